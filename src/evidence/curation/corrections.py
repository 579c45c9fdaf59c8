"""The register of corrections, `data/corrections.csv`: what was wrong in which edition, what is right, why, and what follows from it.

A correction never changes the edition it corrects: it makes a new one, `2019-09-c1`, and a row that both readers and programs can find.
"""

import csv
import datetime
import io
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from evidence import root
from evidence.curation import succession
from evidence.errors import Place, Refusal, Refusals
from evidence.nearest import near
from evidence.tables import encoding, gate, package, reading
from evidence.tables.corrections import COLUMNS, FILE, register, rows_of

_BOTH = " | "  # parts the Japanese from the English, as in the notes of exhibits.csv


@dataclass(frozen=True)
class Correction:
    """One cell of one edition, what it should say, and the texts that explain it as "Japanese | English"."""

    edition: str
    table: str
    row: str
    column: str
    right: str
    reason: str
    effect: str
    date: str


def make(data: Path, asked: Correction) -> str:
    """The name of the corrected edition, made as a copy of the one asked for with one cell changed, and entered into the register.

    Raises:
        Refusal: E221 an unknown edition, E260 an unknown table, row or column, E280 a text that lacks a language, E281 a wrong date,
            E282 nothing to correct, E288 an edition that has a later correction.
        Refusals: E2xx when the edition with the right value does not pass the gate; nothing is left of it then.
    """
    source = root.edition(data, asked.edition)
    rows = register(data)
    if (latest := _latest(data, asked.edition)) != asked.edition:
        raise Refusal("E288", Place("EDITION"), f"{asked.edition} → {latest}")
    texts = {name: _languages(name, text) for name, text in (("reason", asked.reason), ("effect", asked.effect))}
    _dated(asked, next((row["date"] for row in rows if row["corrected_edition"] == asked.edition), asked.edition[: len("2026-11")]))
    wrong = _found(source, asked)
    name = _next(data, asked.edition)
    folder = succession.begin(data, name, asked.edition)
    try:
        _change(folder / f"{asked.table}.csv", asked)
        package.write(folder)
        # A jump is what the check would say of a mistaken unit; here it is the correction itself.
        if problems := [problem for problem in gate.check(folder) if problem.code != "E277"]:
            raise Refusals(problems)
        told = {f"{part}_{lang}": text for part, both in texts.items() for lang, text in zip(("ja", "en"), both, strict=True)}
        entry = {
            "id": f"{name}-{asked.row.casefold()}-{asked.column.replace('_', '-')}", "date": asked.date, "edition": asked.edition,
            "corrected_edition": name, "table": asked.table, "row": asked.row, "column": asked.column, "wrong": wrong, "right": asked.right,
        }  # fmt: skip
        _enter(data / FILE, [*rows, entry | told])
    except BaseException:
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
        raise
    return name


def _languages(name: str, text: str) -> tuple[str, str]:
    ja, found, en = text.partition(_BOTH)
    if not (found and ja.strip() and en.strip()):
        raise Refusal("E280", Place(f"--{name}"), text)
    return ja.strip(), en.strip()


def _dated(asked: Correction, first: str) -> None:
    """A correction is dated not before its edition (the month `first`, or the day on which that was itself corrected) and not after today."""
    try:
        day = datetime.datetime.strptime(asked.date, "%Y-%m-%d").date()
    except ValueError:
        raise Refusal("E281", Place("--date"), asked.date) from None
    if asked.date[: len(first)] < first or day > datetime.datetime.now(datetime.UTC).astimezone().date():
        raise Refusal("E281", Place("--date"), asked.date)


def _found(source: Path, asked: Correction) -> str:
    """What the cell says now."""
    tables = [path.stem for path in root.tables(source)]
    if asked.table not in tables:
        raise Refusal("E260", Place("--table"), f"{near(asked.table, tables)} ({asked.edition})")
    path = source / f"{asked.table}.csv"
    rows = list(csv.DictReader(io.StringIO(encoding.decoded(path.read_bytes(), path.name), newline="")))
    ids = [row.get("id", "") for row in rows]
    if asked.row not in ids:
        raise Refusal("E260", Place("--row"), f"{near(asked.row, ids)} ({asked.table})")
    row = rows[ids.index(asked.row)]
    if asked.column not in row or asked.column == "id":
        raise Refusal("E260", Place("--column"), f"{near(asked.column, list(row))} ({asked.table})")
    if row[asked.column] == asked.right:
        raise Refusal("E282", Place(f"{asked.table}.csv", column=asked.column), asked.right)
    return row[asked.column]


def alike(data: Path, made: str, table: str, row: str, wrong: str) -> list[str]:
    """The other columns of a corrected row that still say what was wrong, plainly or with thousands separators."""
    cells = rows_of(data / made / f"{table}.csv")[row]
    grouped = f"{int(wrong):,}" if re.fullmatch(r"-?[0-9]+", wrong) else wrong
    said = re.compile(rf"(?<![0-9]){re.escape(wrong)}(?![0-9])|(?<![0-9]){re.escape(grouped)}(?![0-9])")
    return [name for name, text in cells.items() if wrong and said.search(text)]


def _latest(data: Path, edition: str) -> str:
    """The latest correction of this edition; itself if there is none, or none later."""
    own = int(match[1]) if (match := re.search(r"-c([0-9]+)$", edition)) else 0
    base, last = re.sub(r"-c[0-9]+$", "", edition), int(re.sub(r".*-c", "", _next(data, edition))) - 1
    return f"{base}-c{last}" if last > own else edition


def _next(data: Path, edition: str) -> str:
    """The name of the next correction of this edition: corrections of a corrected edition count on."""
    base = re.sub(r"-c[0-9]+$", "", edition)
    taken = [int(match[1]) for path in data.iterdir() if (match := re.fullmatch(rf"{base}-c([0-9]+)", path.name))]
    return f"{base}-c{max(taken, default=0) + 1}"


def _change(path: Path, asked: Correction) -> None:
    """Writes the one cell anew; every other line keeps its bytes."""
    raw = path.read_bytes()
    text = reading.plain(raw)
    sheet, _ = reading.sheet(text, path.name, [])
    place = [row[sheet.header.index("id")] for row in sheet.rows].index(asked.row)
    row = list(sheet.rows[place])
    row[sheet.header.index(asked.column)] = asked.right
    path.write_bytes(reading.dressed(reading.spliced(text, sheet, {place: row}), raw))


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
