"""What rows say together: one fact stands in one row, codes have words, numbers lie where their measure lies, and pairs are whole.

Each rule is told in the schema of its table: `naturalKey` of the table, `together` of the table, `words`, `within` and `surest` of a field.
"""

from collections.abc import Iterator
from typing import Any

from evidence import words
from evidence.errors import Place, Refusal
from evidence.nearest import near
from evidence.tables.references import Table

LEDGERS = ("claims", "observations")  # the tables whose rows a number can rest on, each by its id
PRELIMINARY, FINAL = "preliminary", "actual"  # stages of a number before it is settled, and once it is
UNWRITTEN = "___"  # in a cell whose words are still to be written


def problems(tables: dict[str, Table]) -> list[Refusal]:
    """Everything that rows of an edition do wrong together, in the order of tables."""
    found: list[Refusal] = []
    for table in tables.values():
        found += [*_twice(table), *_unworded(table, tables), *_parted(table), *_far(table, tables), *_sure(table, tables)]
    return found


def _twice(table: Table) -> Iterator[Refusal]:
    """E249 for every row that tells a fact which an earlier row told under another id; both lines are named."""
    parts = table.schema.get("naturalKey", [])
    first: dict[tuple[str, ...], tuple[int, list[str]]] = {}
    for line, row in zip(table.lines, table.rows, strict=True) if parts else ():
        fact, id = tuple(row.get(part, "") for part in parts), [row.get(part, "") for part in key(table.schema)]
        earlier, other = first.setdefault(fact, (line, id))
        if earlier != line and other != id:  # the same id twice is refused already
            yield Refusal("E249", Place(table.file, line, parts[0]), f"{' · '.join(part for part in fact if part)} ({earlier})")


def _unworded(table: Table, tables: dict[str, Table]) -> Iterator[Refusal]:
    """E299 for every code that lacks a word in a language: once for each code, where it first stands."""
    for field in table.schema["fields"]:
        first: dict[str, int] = {}
        for line, row in zip(table.lines, table.rows, strict=True) if "words" in field else ():
            first.setdefault(row.get(field["name"], ""), line)
        for family in _families(field, tables):
            for code, line in first.items():
                if code and not words.complete(f"{family}.{code}"):
                    yield Refusal("E299", Place(table.file, line, field["name"]), f"{near(code, words.family(family))} ({family}.{code})")


def _families(field: dict[str, Any], tables: dict[str, Table]) -> Iterator[str]:
    """The kinds of words that codes of this field need; one that a single chapter needs, only in an edition that has the chapter.

    >>> list(_families({"words": ["unit", {"family": "label", "chapter": "programmes"}]}, {}))
    ['unit']
    """
    chapters = {row.get("chapter", "") for row in tables["exhibits"].rows} if "exhibits" in tables else set()
    for told in field.get("words", ()):
        if isinstance(told, str):
            yield told
        elif told["chapter"] in chapters:
            yield told["family"]


def _parted(table: Table) -> Iterator[Refusal]:
    """E257 for every row of a measure that is read together with others, where one of them is missing or stands twice.

    `together` lists groups of measures: for one entity and period each measure of a group has exactly one row.
    """
    for group in table.schema.get("together", ()):
        lines: dict[tuple[str, str], dict[str, list[int]]] = {}
        for line, row in zip(table.lines, table.rows, strict=True):
            if row.get("measure") in group:
                lines.setdefault((row["entity"], row["period"]), {}).setdefault(row["measure"], []).append(line)
        for (entity, period), rows in lines.items():
            found = sorted(line for several in rows.values() for line in several)
            for measure in group:
                if len(own := rows.get(measure, [])) != 1:
                    told = f"{entity} {period}: {len(own)} × {measure} ({', '.join(str(line) for line in found)})"
                    yield Refusal("E257", Place(table.file, own[-1] if own else found[0], "measure"), told)


def _far(table: Table, tables: dict[str, Table]) -> Iterator[Refusal]:
    """E256 for every series with numbers outside the typical range of its measure, once, at its first such row; a zero is no mistaken unit."""
    for field in table.schema["fields"]:
        if not (told := field.get("within")) or told["table"] not in tables:
            continue
        ranges = {row.get("id", ""): (row.get(told["low"], ""), row.get(told["high"], "")) for row in tables[told["table"]].rows}
        outside: dict[str, list[tuple[int, str]]] = {}
        for line, row in zip(table.lines, table.rows, strict=True):
            measure, value = row.get(told["by"], ""), row.get(field["name"], "")
            if value and not _inside(value, *ranges.get(measure, ("", ""))):
                outside.setdefault(measure, []).append((line, value))
        for measure, rows in outside.items():
            low, high = ranges[measure]
            shown = f"{measure}: {rows[0][1]} ({low}–{high}; {len(rows)})"
            yield Refusal("E256", Place(table.file, rows[0][0], field["name"]), shown)


def _sure(table: Table, tables: dict[str, Table]) -> Iterator[Refusal]:
    """E2001 for every document that was not read in itself and rows of which claim to be as sure as if it had been, once, at the first of them."""
    for field in table.schema["fields"]:
        if not (told := field.get("surest")) or told["table"] not in tables:
            continue
        read = {row.get("id", ""): row.get(told["unless"], "") for row in tables[told["table"]].rows}
        lines: dict[str, list[int]] = {}
        for line, row in zip(table.lines, table.rows, strict=True):
            if row.get(field["name"]) == told["code"] and read.get(row.get(told["by"], "")):
                lines.setdefault(row[told["by"]], []).append(line)
        for document, several in lines.items():
            yield Refusal("E2001", Place(table.file, several[0], field["name"]), f"{told['code']} ({document}: {read[document]}; {len(several)})")


def _inside(value: str, low: str, high: str) -> bool:
    """Whether the number lies in the range; an end that is not told is open, and what is no number is refused elsewhere.

    >>> _inside("95", "0.1", "1000"), _inside("95000", "0.1", "1000"), _inside("0", "0.1", "1000"), _inside("95000", "", "")
    (True, False, True, True)
    """
    number, least, most = (_number(text) for text in (value, low, high))
    return not number or ((least is None or least <= number) and (most is None or number <= most))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def keyless(table: Table) -> list[Refusal]:
    """E294 when the schema does not say which columns tell the rows apart, or names one that it does not have."""
    names = [field["name"] for field in table.schema["fields"]]
    wrong = [part for part in key(table.schema) if part not in names]
    if key(table.schema) and not wrong:
        return []
    return [Refusal("E294", Place(f"data/schema/{table.file.rpartition('/')[2].removesuffix('.csv')}.json", column="primaryKey"), ", ".join(wrong))]


def key(schema: dict[str, Any]) -> list[str]:
    """The columns that tell the rows of a table apart, as its schema says; `id` where it says nothing."""
    told = schema.get("primaryKey", "id")
    return [told] if isinstance(told, str) else list(told)
