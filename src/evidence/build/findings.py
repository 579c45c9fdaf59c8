"""Whether what titles and pages state as findings is tested by the exhibits they name, before a kernel starts and when a test fails."""

import re
from collections.abc import Iterator
from pathlib import Path

from evidence import disk, words
from evidence.book import sentences, staging
from evidence.book.contents import Page
from evidence.build.agreement import PLACEHOLDER
from evidence.build.outline import Outline
from evidence.errors import Place, Refusal
from evidence.runs import promises
from evidence.runs.selection import EXHIBITS, Call

_BROKEN = re.compile(r"\bE347 (?:\S+ )?exhibits\.csv:(?P<id>[a-z0-9-]+)")  # what a kernel says of a title


def problems(outline: Outline) -> Iterator[Refusal]:
    """E419 for a title that states a finding and has no test, E417 for a sentence of a chapter that states one and quotes nothing
    that tests it, E425 for a rule that quotes evidence.

    A silence is tested where it is counted; one of a passage of the source is read there, beside the claim that the sentence quotes.
    """
    yield from _titles(outline)
    tested = {full for full, call in _made(outline) if call.holds}
    counted = {full for full, call in _made(outline) if call.method == "claim" or (call.counted and call.method not in EXHIBITS)}
    found = {}
    for page, lang in ((page, lang) for page in outline.pages if page.evidence for lang in words.LANGUAGES):
        file = f"book/{lang}/{page.file}.md"
        prose = staging.kept(disk.text(outline.folder / file), outline.had, lines=True).replace("@subject@", page.subject)
        for number, line in sentences.misruled(prose):
            found[file, number, ""] = Refusal("E425", Place(file, number), line)
        for one in sentences.stated(prose, lang):
            if not (tested.intersection(one.exhibits) or (one.silent and counted.intersection(one.values))):
                found[file, one.line, one.text.removesuffix(page.subject)] = Refusal("E417", Place(file, one.line), one.text)
    yield from found.values()


def _titles(outline: Outline) -> Iterator[Refusal]:
    held = {call.id for _, call in _made(outline) if call.holds}
    for line, row in outline.lines("exhibits"):
        titles = {lang: PLACEHOLDER.sub("", row.get(f"title_{lang}", "")) for lang in words.LANGUAGES}
        stating = [f"title_{lang}" for lang, title in titles.items() if sentences.TITLES[lang].search(title)]
        if stating and row["id"] not in held:
            yield Refusal("E419", Place(outline.tables["exhibits"].file, line, stating[0]), f"{row[stating[0]]} ({row['id']})")


def _made(outline: Outline) -> Iterator[tuple[str, Call]]:
    """Every call of the edition's notebooks, with the id under which a run about each subject leaves what it makes."""
    for chapter in outline.chapters:
        yield from ((promises.full(call, subject), call) for subject in chapter.subjects for _, call in chapter.calls)


def explained(refused: Refusal, folder: Path, pages: list[Page]) -> list[Refusal]:
    """The refusal of a run and, where a title no longer holds (E347), E418 for every sentence that rests on it."""
    broken = _BROKEN.search(refused.found)
    found = [refused]
    for page, lang in ((page, lang) for page in pages if broken for lang in words.LANGUAGES):
        file = f"book/{lang}/{page.file}.md"
        for one in sentences.stated(disk.text(folder / file).replace("@subject@", page.subject), lang):
            if broken and broken["id"] in one.exhibits:
                found.append(Refusal("E418", Place(file, one.line), one.text))
    return found
