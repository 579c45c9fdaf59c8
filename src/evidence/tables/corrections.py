"""The register of corrections, `data/corrections.csv`: what was wrong in which edition, what is right, why, and what follows from it."""

from functools import cache
from pathlib import Path

from evidence import disk
from evidence.errors import Place, Refusal, Refusals
from evidence.tables import encoding, gate, lineage, reading

FILE = "corrections.csv"

COLUMNS = (
    "id", "date", "edition", "corrected_edition", "table", "row", "column", "wrong", "right", "reason_ja", "reason_en", "effect_ja", "effect_en",
)  # fmt: skip
CELL = ("table", "row", "column")
_SHORT = 40  # characters of a text that a message shows
Row = dict[str, str]  # of the register


def register(data: Path) -> list[Row]:
    """The rows of the register, oldest first; none where no edition was ever corrected."""
    return list(gate.register(data, Path(FILE).stem))


def problems(data: Path) -> list[Refusal]:
    """E291 for every row of the register whose corrected edition, row or value is not there."""
    found = []
    for line, row in enumerate(register(data), start=2):
        cell = rows_of(data / row["corrected_edition"] / f"{row['table']}.csv").get(row["row"], {}).get(row["column"])
        if cell != row["right"]:
            told = f"{row['corrected_edition']}/{row['table']} {row['row']} {row['column']}: {row['right']} ≠ {cell if cell is not None else '-'}"
            found.append(Refusal("E291", Place(f"data/{FILE}", line, "right"), told))
    return found


def wrong(data: Path) -> dict[str, list[Row]]:
    """By edition, the rows of the register whose wrong text it holds: that of the edition which was corrected, and of every later one.

    A cell may be corrected again: what counts of a text is the last row that speaks of it, among those of this edition and earlier ones.

    Raises:
        Refusals: E221 and E269 where the editions have no order.
    """
    rows = register(data)
    order = lineage.opened(data).order if rows else []
    tables = cache(lambda edition, table: rows_of(data / edition / f"{table}.csv"))
    found: dict[str, list[Row]] = {}
    for number, edition in enumerate(order):
        known = [row for row in rows if row["edition"] in order[: number + 1]]
        for cell in dict.fromkeys(tuple(row[name] for name in CELL) for row in known):
            table, id, column = cell
            text = tables(edition, table).get(id, {}).get(column)
            last = next((row for row in reversed(known) if _cell(row) == cell and text in (row["wrong"], row["right"])), None)
            if last and text != last["right"]:
                found.setdefault(edition, []).append(last)
    return found


def held(data: Path) -> dict[str, list[Refusal]]:
    """By edition, E200 for every cell that still says what was found wrong in an earlier edition, until it is corrected there as well.

    Raises:
        Refusals: E221 and E269 where the editions have no order.
    """
    found = {}
    for edition, rows in wrong(data).items():
        if later := [_still(data, edition, row) for row in rows if row["edition"] != edition]:
            found[edition] = later
    return found


def _still(data: Path, edition: str, row: Row) -> Refusal:
    path = data / edition / f"{row['table']}.csv"
    sheet, _ = reading.sheet(reading.plain(disk.raw(path)), path.name, [])
    line = sheet.lines[[cells[sheet.header.index("id")] for cells in sheet.rows].index(row["row"])]
    texts = (text if len(text) <= _SHORT else f"{text[:_SHORT]}…" for text in (row["wrong"], row["right"]))
    found = f"{row['row']}: {' → '.join(texts)} ({row['corrected_edition']})"
    return Refusal("E200", Place(gate.shown(path), line, row["column"], edition), found)


def _cell(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in CELL)


def rows_of(path: Path) -> dict[str, Row]:
    """The rows of a table by their ids, as text; none where there is no such table, or one that the gate refuses as a whole."""
    try:
        sheet, _ = reading.sheet(encoding.decoded(disk.raw(path), path.name), path.name, [])
    except (OSError, Refusal, Refusals):
        return {}
    rows = [dict(zip(sheet.header, cells, strict=True)) for cells in sheet.rows]
    return {row.get("id", ""): row for row in rows}
