"""Rows from elsewhere taken into a table of an edition: what was understood is told, and nothing is written unless all of it is sound.

A row is matched by its key: new rows are added at the end, changed cells are changed, and every other line of the table keeps its bytes.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evidence import gate, jumps, normal, package, reading, root, spreadsheet
from evidence.errors import Place, Refusal, Refusals
from evidence.headers import near
from evidence.reading import Sheet


@dataclass(frozen=True)
class Asked:
    """What is to be taken in: a file, its sheet, the table, columns renamed (foreign -> own; "" leaves a column out), columns filled."""

    file: Path
    table: str
    sheet: str = ""
    renamed: dict[str, str] = field(default_factory=dict)
    filled: dict[str, str] = field(default_factory=dict)
    far: bool = False


@dataclass(frozen=True)
class Taken:
    """What an import understood and would do; `text` is the table as it would be."""

    form: str
    matched: dict[str, str]
    new: list[str]
    changed: dict[str, dict[str, tuple[str, str]]]
    equal: list[str]
    notices: list[Refusal]
    text: str


def plan(data: Path, edition: str, asked: Asked) -> Taken:
    """What taking the file in would do to the table of this edition; nothing is written.

    Raises:
        Refusal: E221 an unknown edition, E260 an unknown table, or column in `renamed` or `filled`.
        Refusals: E2xx everything in the file that is not accepted, E275 a year column that mixes fiscal and calendar years,
            E277 new numbers far from their series.
    """
    folder = root.edition(data, edition)
    schema = _schema(folder, asked)
    read = spreadsheet.read(asked.file, asked.sheet, [*(field["name"] for field in schema["fields"]), *asked.renamed])
    sheet, matched = _renamed(read.sheet, schema, asked)
    sheet, notices = _set_right(sheet, schema)
    sheet = _filled(sheet, schema, asked)
    if problems := [*read.problems, *gate.judged(sheet, schema)]:
        raise Refusals(sorted(problems, key=lambda problem: problem.place.line or 0))
    taken = _merged(folder / f"{asked.table}.csv", sheet, schema, Taken(read.form, matched, [], {}, [], notices, ""))
    if not asked.far and (problems := _far(folder / f"{asked.table}.csv", sheet, schema, taken)):
        raise Refusals(problems)
    return taken


def write(data: Path, edition: str, table: str, taken: Taken) -> None:
    """Puts the table and a renewed descriptor in place, after the whole edition with the new table has passed the gate beside them.

    Raises:
        Refusals: E2xx what the edition would then have wrong; nothing is written.
    """
    folder = data / edition
    with tempfile.TemporaryDirectory(prefix=".", dir=data) as temporary:
        beside = Path(temporary) / "data"
        for name in {edition, package.previous(folder), "schema"} - {""}:
            shutil.copytree(data / name, beside / name)
        made = beside / edition
        (made / f"{table}.csv").write_text(taken.text, encoding="utf-8")
        package.write(made)
        if problems := gate.check(made):
            raise Refusals(problems)
        for name in (f"{table}.csv", "datapackage.json"):
            (made / name).replace(folder / name)


def _schema(folder: Path, asked: Asked) -> dict[str, Any]:
    schema = package.schema(folder, asked.table)
    if schema is None:
        known = sorted(path.stem for path in (folder.parent / "schema").glob("*.json"))
        raise Refusal("E260", Place("--table"), f"{near(asked.table, known)} (data/schema)")
    names = [field["name"] for field in schema["fields"]]
    for option, columns in (("--map", [name for name in asked.renamed.values() if name]), ("--set", list(asked.filled))):
        for name in columns:
            if name not in names:
                raise Refusal("E260", Place(option), f"{near(name, names)} ({asked.table})")
    return schema


def _renamed(sheet: Sheet, schema: dict[str, Any], asked: Asked) -> tuple[Sheet, dict[str, str]]:
    """The sheet under the schema's names, and which column was taken for which; a column that is neither known nor left out is refused."""
    names = [field["name"] for field in schema["fields"]]
    header = [name.strip(" \t\u3000") for name in sheet.header]
    missing = [name for name in asked.renamed if name not in header]
    problems = [Refusal("E232", Place(sheet.file, sheet.header_line, name), near(name, header)) for name in missing]
    to = [asked.renamed.get(name, name) for name in header]
    own = [name for name in to if name]
    problems += [Refusal("E234", Place(sheet.file, sheet.header_line, name), name) for name in dict.fromkeys(own) if own.count(name) > 1]
    unknown = [name for name in dict.fromkeys(own) if name not in names]
    problems += [Refusal("E233", Place(sheet.file, sheet.header_line, name), near(name, names)) for name in unknown]
    if problems:
        raise Refusals(problems)
    kept = [place for place, name in enumerate(to) if name]
    rows = [[row[place] for place in kept] for row in sheet.rows]
    return Sheet(sheet.file, own, sheet.header_line, rows, sheet.lines), {header[place]: to[place] for place in kept}


def _set_right(sheet: Sheet, schema: dict[str, Any]) -> tuple[Sheet, list[Refusal]]:
    """The sheet with what is beyond doubt set right, and a notice of every cell that was."""
    fields = {field["name"]: field for field in schema["fields"]}
    notices, rows = [], []
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        made = [normal.used(fields[name], value) for name, value in zip(sheet.header, row, strict=True)]
        for name, value, (taken, code) in zip(sheet.header, row, made, strict=True):
            if code:
                notices.append(Refusal(code, Place(sheet.file, line, name), f"{value} → {taken}"))
        rows.append([taken for taken, _ in made])
    problems = [problem for place, name in enumerate(sheet.header) for problem in _mixed(sheet, place, fields[name])]
    if problems:
        raise Refusals(problems)
    return Sheet(sheet.file, sheet.header, sheet.header_line, rows, sheet.lines), notices


def _mixed(sheet: Sheet, place: int, field: dict[str, Any]) -> Iterator[Refusal]:
    """A year column whose cells are fiscal years here and calendar years there: as bare years they could not be told apart."""
    if field.get("type") != "year":
        return
    kinds = [normal.year_kind(row[place]) for row in sheet.rows]
    first = next((kind for kind in kinds if kind), "")
    for line, row, kind in zip(sheet.lines, sheet.rows, kinds, strict=True):
        if kind and kind != first:
            yield Refusal("E275", Place(sheet.file, line, field["name"]), row[place])


def _filled(sheet: Sheet, schema: dict[str, Any], asked: Asked) -> Sheet:
    """The sheet with the columns of `--set`, in which `{column}` stands for that row's cell, in lower case within an id."""
    header = [*sheet.header, *(name for name in asked.filled if name not in sheet.header)]
    key = schema["primaryKey"]
    rows = []
    for row in sheet.rows:
        cells = dict(zip(sheet.header, row, strict=True))
        for name, text in asked.filled.items():
            made = re.sub(r"\{([a-z_]+)\}", lambda match, cells=cells: cells.get(match[1], match[0]), text)  # type: ignore[misc]
            cells[name] = made.lower().replace("/", "-") if name in key and made != text else made
        rows.append([cells[name] for name in header])
    missing = [name for name in ([key] if isinstance(key, str) else key) if name not in header]
    if missing:
        raise Refusals([Refusal("E276", Place(sheet.file, sheet.header_line, name), name) for name in missing])
    return Sheet(sheet.file, header, sheet.header_line, rows, sheet.lines)


def _merged(path: Path, sheet: Sheet, schema: dict[str, Any], taken: Taken) -> Taken:
    """The table's text with the rows merged in: new ones at the end, changed ones in their place."""
    key = schema["primaryKey"]
    names = [field["name"] for field in schema["fields"]]
    text = path.read_text(encoding="utf-8") if path.exists() else reading.line(names)
    old = reading.sheet(text, path.name, names)[0] if path.exists() else Sheet(path.name, names, 1, [], [])
    ids = {_id(dict(zip(old.header, row, strict=True)), key): number for number, row in enumerate(old.rows)}
    replaced: dict[int, list[str]] = {}
    added = []
    for row in sheet.rows:
        cells = dict(zip(sheet.header, row, strict=True))
        id = _id(cells, key)
        if id not in ids:
            taken.new.append(id)
            added.append([cells.get(name, "") for name in old.header])
            continue
        before = dict(zip(old.header, old.rows[ids[id]], strict=True))
        changes = {name: (before[name], cells[name]) for name in cells if cells[name] != before[name]}
        if changes:
            taken.changed[id] = changes
            replaced[ids[id]] = [cells.get(name, before[name]) for name in old.header]
        else:
            taken.equal.append(id)
    made = reading.spliced(text, old, replaced) + "".join(reading.line(row) for row in added)
    return Taken(taken.form, taken.matched, taken.new, taken.changed, taken.equal, taken.notices, made)


def _far(path: Path, sheet: Sheet, schema: dict[str, Any], taken: Taken) -> list[Refusal]:
    """New numbers that are far from what the table has of their series."""
    if "value" not in sheet.header or not path.exists():
        return []
    old = gate.rows(path, schema)[0]
    rows = [(line, dict(zip(sheet.header, row, strict=True))) for line, row in zip(sheet.lines, sheet.rows, strict=True)]
    new = [(Place(sheet.file, line), row) for line, row in rows if _id(row, schema["primaryKey"]) in set(taken.new)]
    return jumps.of_series(old, new, "value")


def _id(cells: dict[str, str], key: list[str]) -> str:
    return " ".join(cells[name] for name in key)
