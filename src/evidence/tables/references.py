"""What tables of an edition say of each other: every id that a cell names must stand in the table it names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evidence.errors import SHOWN, Place, Refusal
from evidence.nearest import near


@dataclass(frozen=True)
class Table:
    """A table of an edition as it was read, with the line each row starts on."""

    file: str
    schema: dict[str, Any]
    rows: Sequence[dict[str, str]]
    lines: Sequence[int]


@dataclass(frozen=True)
class Reference:
    """A column whose cells name ids: of one of `tables`, or one of the `words` that mean no table's row.

    `separator` parts several ids in one cell; with `by`, that column of the same row says which of the tables is meant.
    """

    column: str
    tables: dict[str, str]
    field: str = "id"
    separator: str = ""
    by: str = ""
    words: tuple[str, ...] = ()


def references(schema: dict[str, Any]) -> Iterator[Reference]:
    """The references of a schema: its foreign keys, and the property `references` of its fields.

    >>> schema = {"fields": [{"name": "claims", "references": {"table": "claims", "separator": " "}}]}
    >>> next(references(schema)).separator
    ' '
    """
    for key in schema.get("foreignKeys", []):
        table = key["reference"].get("resource", "")
        yield Reference(key["fields"][0], {table: table}, key["reference"]["fields"][0])
    for field in schema["fields"]:
        if told := field.get("references"):
            tables = told.get("tables") or [told["table"]]
            tables = tables if isinstance(tables, dict) else {table: table for table in tables}
            words = tuple(told.get("words", ()))
            yield Reference(field["name"], tables, told.get("field", "id"), told.get("separator", ""), told.get("by", ""), words)


def problems(tables: dict[str, Table]) -> list[Refusal]:
    """E260 for every id that does not stand where it should, with the nearest one that does and the tables looked in."""
    found: list[Refusal] = []
    for table in tables.values():
        for reference in references(table.schema):
            # A table that cannot be read is refused already; what refers to it is not to blame.
            if not any(name in tables and not tables[name].rows for name in reference.tables.values()):
                found += _unknown(table, reference, tables)
    return found


def disagreements(tables: dict[str, Table]) -> list[Refusal]:
    """E278 for every cell that must agree with a field of the row that another column names, such as the unit with its measure's."""
    found = []
    for table in tables.values():
        for field in table.schema["fields"]:
            told = field.get("agrees")
            if not told or told["table"] not in tables:
                continue
            needed = {row.get("id", ""): row.get(told["field"], "") for row in tables[told["table"]].rows}
            for line, row in zip(table.lines, table.rows, strict=True):
                right = needed.get(row.get(told["by"], ""))
                if right is not None and row.get(field["name"], "") != right:
                    found.append(Refusal("E278", Place(table.file, line, field["name"]), f"{row.get(field['name'], '')} → {right}"))
    return found


def counts(tables: dict[str, Table]) -> list[Refusal]:
    """E247 for every negative number in a unit that counts things: a field names these units and the column that says which is meant."""
    found = []
    for table in tables.values():
        for field in table.schema["fields"]:
            told = field.get("countsIn", {})
            for line, row in zip(table.lines, table.rows, strict=True) if told else ():
                if row.get(field["name"], "").startswith("-") and row.get(told["by"], "") in told["units"]:
                    found.append(Refusal("E247", Place(table.file, line, field["name"]), row[field["name"]]))
    return found


def _unknown(table: Table, reference: Reference, tables: dict[str, Table]) -> list[Refusal]:
    named = {kind: _ids(tables.get(name) if name else table, reference.field) for kind, name in reference.tables.items()}
    everywhere = set().union(reference.words, *named.values())
    found: list[Refusal] = []
    for line, row in zip(table.lines, table.rows, strict=True):
        cell, kind = row.get(reference.column, ""), row.get(reference.by, "")
        known = named.get(kind, set()) if reference.by else everywhere
        ids = cell.split(reference.separator) if reference.separator else [cell]
        for id in ids if cell and cell not in known else ():
            if id not in known:
                told = near(id, sorted(known)) if len(found) < SHOWN else id  # looking for the nearest takes long
                where = kind if reference.by else ", ".join(reference.tables.values())
                found.append(Refusal("E260", Place(table.file, line, reference.column), f"{told} ({where or table.file})"))
    return found


def _ids(table: Table | None, field: str) -> set[str]:
    return {row[field] for row in table.rows if row.get(field)} if table else set()
