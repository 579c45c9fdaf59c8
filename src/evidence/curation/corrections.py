"""The register of corrections, `data/corrections.csv`: what was wrong in which edition, what is right, why, and what follows from it.

A correction never changes the edition it corrects: it makes a new one, `2019-09-c1`, and a row that both readers and programs can find.
"""

import csv
import io
import re
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from evidence import disk, root
from evidence.curation import spreadsheet, succession
from evidence.errors import Place, Refusal, Refusals
from evidence.nearest import near
from evidence.tables import gate, lineage, package, reading
from evidence.tables.corrections import CELL, COLUMNS, FILE, register, rows_of

_BOTH = " | "  # parts the Japanese from the English, as in the notes of exhibits.csv
_TEXTS = ("reason", "effect")
NOWHERE = Place()


@dataclass(frozen=True)
class Cell:
    """A cell, what it should say, and the texts that explain it as "Japanese | English"; `asked` is the option or the line that asks for it."""

    table: str
    row: str
    column: str
    right: str
    reason: str
    effect: str
    asked: Place = NOWHERE

    def place(self, part: str) -> Place:
        """Where this part of it was told: its own option, or its column of the file."""
        return Place(self.asked.file, self.asked.line, part) if self.asked.file else Place(f"--{part}")


def make(data: Path, edition: str, cells: list[Cell], date: str) -> str:
    """The name of the corrected edition, made as a copy of the one asked for with these cells changed, and entered into the register.

    Raises:
        Refusal: E221 an unknown edition, E281 a wrong date, E288 an edition in whose place another stands.
        Refusals: of the cells, E248 one that is told twice, E260 an unknown table, row or column, E280 a text that lacks a language, E282 nothing
            to correct; E2xx when the edition with the right values does not pass the gate. Nothing is left of it then.
    """
    source = root.edition(data, edition)
    rows = register(data)
    if (standing := lineage.opened(data).standing(edition)) != edition:
        raise Refusal("E288", Place("EDITION"), f"{edition} → {standing}")
    _dated(date, next((row["date"] for row in rows if row["corrected_edition"] == edition), edition[: len("2026-11")]))
    if problems := [problem for cell in cells for problem in _problems(source, cell)] or _twice(cells):
        raise Refusals(problems)
    name = _next(data, edition)
    entries = [{"date": date, "edition": edition, "corrected_edition": name, **entry} for entry in _entries(source, name, cells)]
    folder = succession.begin(data, name, edition)
    try:
        _change(folder, cells)
        package.write(folder)
        # A jump is what the check would say of a mistaken unit; here it is the correction itself.
        if problems := [problem for problem in gate.check(folder) if problem.code != "E277"]:
            raise Refusals(problems)
        _enter(data / FILE, [*rows, *entries])
    except BaseException:
        shutil.rmtree(folder)
        raise
    return name


def listed(path: Path, reason: str, effect: str) -> list[Cell]:
    """The cells that a file asks for: table, row, column, right, and texts of their own in reason_ja, reason_en, effect_ja and effect_en.

    Where a row has no text of its own, `reason` and `effect` hold.

    Raises:
        Refusals: E232 a column that is missing, and what else is wrong with the file.
    """
    names = (*CELL, "right")
    read = spreadsheet.read(path, "", list(names))
    head = Place(read.sheet.file, read.sheet.header_line)
    absent = [Refusal("E232", Place(head.file, head.line, name), name) for name in names if name not in read.sheet.header]
    if problems := [*read.problems, *read.unread, *absent]:
        raise Refusals(problems)
    found = []
    for line, cells in zip(read.sheet.lines, read.sheet.rows, strict=True):
        told = dict(zip(read.sheet.header, cells, strict=True))
        own = [_BOTH.join(told.get(f"{name}_{lang}", "") for lang in ("ja", "en")) for name in _TEXTS]
        why, follows = (text if text != _BOTH else common for text, common in zip(own, (reason, effect), strict=True))
        found.append(Cell(told["table"], told["row"], told["column"], told["right"], why, follows, Place(read.sheet.file, line)))
    return found


def _entries(source: Path, name: str, cells: list[Cell]) -> list[dict[str, str]]:
    """What the register says of each cell; the table is part of the id only where row and column alone do not tell cells apart."""
    short = Counter((cell.row, cell.column) for cell in cells)
    found = []
    for cell in cells:
        parts = [*([cell.table] if short[cell.row, cell.column] > 1 else []), cell.row.casefold(), cell.column]
        told = {"id": "-".join([name, *parts]).replace("_", "-"), "table": cell.table, "row": cell.row, "column": cell.column, "right": cell.right}
        texts = {f"{part}_{lang}": text for part in _TEXTS for lang, text in zip(("ja", "en"), _languages(getattr(cell, part)) or (), strict=True)}
        found.append(told | texts | {"wrong": rows_of(source / f"{cell.table}.csv")[cell.row][cell.column]})
    return found


def _problems(source: Path, cell: Cell) -> list[Refusal]:
    """What keeps the cell from being corrected: its place, or its texts."""
    found = [Refusal("E280", cell.place(part), getattr(cell, part)) for part in _TEXTS if not _languages(getattr(cell, part))]
    tables = [path.stem for path in root.tables(source)]
    if cell.table not in tables:
        return [*found, Refusal("E260", cell.place("table"), f"{near(cell.table, tables)} ({source.name})")]
    rows = rows_of(source / f"{cell.table}.csv")
    if cell.row not in rows:
        return [*found, Refusal("E260", cell.place("row"), f"{near(cell.row, list(rows))} ({cell.table})")]
    row = rows[cell.row]
    if cell.column not in row or cell.column == "id":
        return [*found, Refusal("E260", cell.place("column"), f"{near(cell.column, list(row))} ({cell.table})")]
    if row[cell.column] == cell.right:
        found.append(Refusal("E282", Place(f"{cell.table}.csv", column=cell.column), cell.right))
    return found


def _twice(cells: list[Cell]) -> list[Refusal]:
    """E248 for every cell that was told before."""
    places = [(cell.table, cell.row, cell.column) for cell in cells]
    return [
        Refusal("E248", cell.place("row"), f"{' '.join(place)} ({places.index(place) + 1})")
        for number, (cell, place) in enumerate(zip(cells, places, strict=True)) if places.index(place) < number
    ]  # fmt: skip


def _languages(text: str) -> tuple[str, str] | None:
    """The text in Japanese and in English; None where one is missing."""
    ja, _, en = text.partition(_BOTH)
    return (ja.strip(), en.strip()) if ja.strip() and en.strip() else None


def _dated(date: str, first: str) -> None:
    """A correction is dated not before its edition (the month `first`, or the day on which that was itself corrected) and not after today.

    Of an edition whose month lies ahead, today is the only day.
    """
    today = datetime.now(UTC).astimezone().date().isoformat()
    first = min(first, today[: len(first)])
    try:
        sound = datetime.strptime(date, "%Y-%m-%d").date().isoformat() == date and date[: len(first)] >= first and date <= today
    except ValueError:
        sound = False
    if not sound:
        raise Refusal("E281", Place("--date"), f"{date} ({first} – {today})")


def table_of(data: Path, edition: str, row: str, column: str) -> str:
    """The table that has this cell, where none is named: `claims` where it has it, for values are called as the claims they quote, or none has.

    Raises:
        Refusal: E221 an unknown edition, E215 several tables that have it, of which one is to be named.
    """
    found = [path.stem for path in root.tables(root.edition(data, edition)) if column in rows_of(path).get(row, {})]
    if len(found) > 1 and "claims" not in found:
        raise Refusal("E215", Place("evidence correct"), f"--table ({', '.join(found)})")
    return found[0] if len(found) == 1 else "claims"


def alike(data: Path, made: str, table: str, row: str, wrong: str) -> list[str]:
    """The other columns of a corrected row that still say what was wrong, plainly or with thousands separators."""
    cells = rows_of(data / made / f"{table}.csv")[row]
    grouped = f"{int(wrong):,}" if re.fullmatch(r"-?[0-9]+", wrong) else wrong
    said = re.compile(rf"(?<![0-9]){re.escape(wrong)}(?![0-9])|(?<![0-9]){re.escape(grouped)}(?![0-9])")
    return [name for name, text in cells.items() if wrong and said.search(text)]


def _next(data: Path, edition: str) -> str:
    """The first name of a correction of this month that is free: what is a correction of what, the descriptor says."""
    month = edition[: len("2026-11")]
    taken = [int(match[1]) for path in data.iterdir() if (match := re.fullmatch(rf"{month}-c([0-9]+)", path.name))]
    return f"{month}-c{max(taken, default=0) + 1}"


def _change(folder: Path, cells: list[Cell]) -> None:
    """Writes these cells anew; every other line keeps its bytes."""
    for table in dict.fromkeys(cell.table for cell in cells):
        path = folder / f"{table}.csv"
        raw = disk.raw(path)
        text = reading.plain(raw)
        sheet, _ = reading.sheet(text, path.name, [])
        ids = [row[sheet.header.index("id")] for row in sheet.rows]
        changed: dict[int, list[str]] = {}
        for cell in (cell for cell in cells if cell.table == table):
            row = changed.setdefault(ids.index(cell.row), list(sheet.rows[ids.index(cell.row)]))
            row[sheet.header.index(cell.column)] = cell.right
        path.write_bytes(reading.dressed(reading.spliced(text, sheet, changed), raw))


def _enter(path: Path, rows: list[dict[str, str]]) -> None:
    """The register with the new row at its end, checked beside the old one and then put in its place.

    Raises:
        Refusals: E2xx what the gate says of the new row.
    """
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    with tempfile.TemporaryDirectory(prefix=".", dir=path.parent) as folder:
        beside = Path(folder) / path.name
        beside.write_text(stream.getvalue(), encoding="utf-8")
        _, problems = gate.rows(beside, package.schema(path.parent / "any", path.stem) or {})
        if problems:
            raise Refusals([Refusal(problem.code, Place(path.name, column=problem.place.column), problem.found) for problem in problems])
        beside.replace(path)
