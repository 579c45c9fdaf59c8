"""Rows merged into a table by their key: new ones at its end, changed ones in their place, every other line with the bytes it had."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from evidence import disk
from evidence.errors import Place, Refusal
from evidence.tables import gate, jumps, reading
from evidence.tables.reading import Sheet


@dataclass(frozen=True)
class Taken:
    """What an import understood and would do, rows by their ids; `text` is the table as it would be, `rows` those of the file as they stand in it."""

    form: str
    matched: dict[str, str]
    new: list[str]
    changed: dict[str, dict[str, tuple[str, str]]]
    equal: list[str]
    notices: list[Refusal]
    text: str
    withdrawn: list[str] = field(default_factory=list)
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


def merged(path: Path, sheet: Sheet, schema: dict[str, Any], taken: Taken) -> Taken:
    """The table's text with the rows merged in: new ones at the end, changed ones in their place."""
    key = schema["primaryKey"]
    names = [one["name"] for one in schema["fields"]]
    text = reading.plain(disk.raw(path)) if path.exists() else reading.line(names)
    old = reading.sheet(text, path.name, names)[0] if path.exists() else Sheet(path.name, names, 1, [], [])
    ids = {id_of(dict(zip(old.header, row, strict=True)), key): number for number, row in enumerate(old.rows)}
    numbers = {one["name"] for one in schema["fields"] if one.get("type") in ("number", "integer")}
    replaced: dict[int, list[str]] = {}
    added, standing = [], []
    for row in sheet.rows:
        cells = dict(zip(sheet.header, row, strict=True))
        id = id_of(cells, key)
        if id not in ids:
            taken.new.append(id)
            added.append([cells.get(name, "") for name in old.header])
            standing.append(added[-1])
            continue
        before = dict(zip(old.header, old.rows[ids[id]], strict=True))
        cells |= {name: before[name] for name in numbers.intersection(cells) if _same(before[name], cells[name])}
        changes = {name: (before[name], cells[name]) for name in cells if cells[name] != before[name]}
        standing.append([cells.get(name, before[name]) for name in old.header])
        if changes:
            taken.changed[id] = changes
            replaced[ids[id]] = standing[-1]
        else:
            taken.equal.append(id)
    made = reading.spliced(text, old, replaced) + "".join(reading.line(row) for row in added)
    return replace(taken, text=made, head=old.header, rows=standing)


def known(path: Path, sheet: Sheet, schema: dict[str, Any]) -> Sheet:
    """The sheet with the keys under which the table has its facts already: one fact is one row, whatever id an import would make for it.

    Where its number is the same too, the row keeps its locator: someone wrote down where it was read.
    """
    natural, key = schema.get("naturalKey", []), schema["primaryKey"]
    if not path.exists() or not natural or len(key) != 1:
        return sheet
    facts = {tuple(row.get(name, "") for name in natural): row for row in gate.rows(path, schema)[0]}
    rows = []
    for row in sheet.rows:
        cells = dict(zip(sheet.header, row, strict=True))
        if fact := facts.get(tuple(cells.get(name, "") for name in natural)):
            same = _same(fact.get("value", ""), cells.get("value", "")) and {"locator"}.issubset(cells)
            cells |= {key[0]: fact[key[0]]} | ({"locator": fact["locator"]} if same else {})
        rows.append(list(cells.values()))
    return Sheet(sheet.file, sheet.header, sheet.header_line, rows, sheet.lines)


def in_series(path: Path, sheet: Sheet, schema: dict[str, Any], taken: Taken, far: bool) -> list[Refusal]:
    """New rows that do not go with what the table has of their series: numbers far from the others, fiscal years among calendar years."""
    if not {"value", "period"}.issubset(sheet.header) or not path.exists():
        return []
    old = gate.rows(path, schema)[0]
    rows = [(line, dict(zip(sheet.header, row, strict=True))) for line, row in zip(sheet.lines, sheet.rows, strict=True)]
    touched = {*taken.new, *taken.changed}
    new = [(Place(sheet.file, line), row) for line, row in rows if id_of(row, schema["primaryKey"]) in touched]
    kinds: dict[tuple[str, str], bool] = {}
    problems = []
    for place, row in [*((Place(), row) for row in old), *new]:
        fiscal = row["period"].startswith("FY")
        if kinds.setdefault((row.get("entity", ""), row.get("measure", "")), fiscal) != fiscal and place.file:
            problems.append(Refusal("E275", Place(place.file, place.line, "period"), row["period"]))
    added = [(place, row) for place, row in new if "value" in taken.changed.get(id_of(row, schema["primaryKey"]), {"value": ""})]
    return problems + ([] if far else jumps.of_series(old, added, "value"))


def _same(one: str, other: str) -> bool:
    """Whether two cells hold the same number, however many decimals a spreadsheet shows.

    >>> _same("17", "17.0"), _same("17", "18"), _same("", "0")
    (True, False, False)
    """
    try:
        return float(one) == float(other)
    except ValueError:
        return False


def id_of(cells: dict[str, str], key: list[str]) -> str:
    """What tells this row apart: the cells of its key."""
    return " ".join(cells[name] for name in key)
