"""Whether notebooks and the edition's tables agree: what the one shows the other lists, and words name values that are made."""

import re
from collections.abc import Iterator

from evidence import words
from evidence.book import contents
from evidence.build.outline import Chapter, Outline
from evidence.errors import Place, Refusal
from evidence.nearest import near
from evidence.runs import promises, selection
from evidence.runs.selection import EXHIBITS, Call

PLACEHOLDER = re.compile(r"\{([a-z0-9-]+)\}")
_FILLED = tuple(f"{name}_{lang}" for name in ("title", "subtitle", "notes", "alt") for lang in words.LANGUAGES)


def problems(outline: Outline) -> list[Refusal]:
    """Everything in which notebooks and tables of the edition do not agree."""
    found = [*_rows(outline), *_values(outline)]
    for chapter in outline.chapters:
        found += [*_calls(outline, chapter), *_torn(chapter), *_words(outline, chapter)]
    return found


def _rows(outline: Outline) -> Iterator[Refusal]:
    """E259 for a row of exhibits.csv that no notebook shows, E259 for one of another kind than the notebook shows."""
    shown = {chapter.name: {call.id: call.method for _, call in chapter.calls if call.method in EXHIBITS} for chapter in outline.chapters}
    for line, row in outline.lines("exhibits"):
        name, id = row["chapter"], row["id"]
        if name not in shown and name in {path.stem for path in outline.comparing()}:
            continue  # a first edition has nothing to be compared with
        file = outline.tables["exhibits"].file
        if id not in shown.get(name, {}):
            told = near(id, list(shown[name])) if name in shown else near(name, list(shown))
            yield Refusal("E259", Place(file, line, "id" if name in shown else "chapter"), f"{told} (notebooks/{name}.ipynb)")
        elif shown[name][id] != row["kind"]:
            yield Refusal("E259", Place(file, line, "kind"), f"{row['kind']} → {shown[name][id]} (notebooks/{name}.ipynb)")


def _values(outline: Outline) -> Iterator[Refusal]:
    """E259 for a row of values.csv that no notebook makes."""
    made = {call.id for chapter in outline.chapters for _, call in chapter.calls if call.method not in EXHIBITS}
    comparing = {call.id for name in outline.comparing() for call in selection.calls(promises.source(name))}  # left out of a first edition
    for line, row in outline.lines("values"):
        if row["id"] not in made | comparing:
            yield Refusal("E259", Place(outline.tables["values"].file, line, "id"), near(row["id"], sorted(made)))


def _calls(outline: Outline, chapter: Chapter) -> Iterator[Refusal]:
    """E324 for what a notebook names that no edition lists, and for rows, formulas and units that the edition or the words do not have."""
    for number, call in chapter.named():
        table = "exhibits" if call.method in EXHIBITS else "claims" if call.method == "claim" else "values"
        listed = outline.anywhere.get(table, set()).union(contents.INDICATORS.get(chapter.name, ()))
        if chapter.listed.has(call) is False and call.id not in listed:
            yield _unknown(chapter, number, call.id, sorted(listed), f"{table}.csv")
    rows = {row["id"] for table in ("claims", "observations") for _, row in outline.lines(table)}
    for number, call in chapter.calls:
        yield from (_unknown(chapter, number, id, sorted(rows), "claims.csv") for id in call.rests if id not in rows)
        for family, code in (("formula", call.formula), ("unit", call.unit)):
            if code and not words.complete(f"{family}.{code}"):
                yield _unknown(chapter, number, code, words.family(family), "words.csv")


def _unknown(chapter: Chapter, number: int, name: str, known: list[str], where: str) -> Refusal:
    return Refusal("E324", Place(chapter.file, column=f"cell {number}"), f"{near(name, known)} ({where})")


def _torn(chapter: Chapter) -> Iterator[Refusal]:
    """E325 where the notebook cannot be cut to the edition."""
    for number, told in selection.torn(chapter.cells, chapter.listed):
        yield Refusal("E325", Place(chapter.file, column=f"cell {number + 1}"), told)


def _words(outline: Outline, chapter: Chapter) -> Iterator[Refusal]:
    """E315 for braces in the words of an exhibit that name no value its notebook has set before."""
    rows = {row["id"]: (line, row) for line, row in outline.lines("exhibits") if row["chapter"] == chapter.name}
    known: list[str] = ["name"] if any(chapter.subjects) else []
    for _, call in chapter.calls:
        if call.method not in EXHIBITS:
            known.append(call.id)
        elif call.id in rows:
            yield from _unfilled(outline.tables["exhibits"].file, *rows[call.id], known, call)


def _unfilled(file: str, line: int, row: dict[str, str], known: list[str], call: Call) -> Iterator[Refusal]:
    for column in _FILLED:
        for name in PLACEHOLDER.findall(row.get(column, "")):
            if name not in known:
                yield Refusal("E315", Place(file, line, column), f"{near(name, known)} ({call.id})")
