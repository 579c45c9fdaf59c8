"""Rows from elsewhere taken into a table of an edition: what was understood is told, and nothing is written unless all of it is sound.

A row is matched by its key: new rows are added at the end, changed cells are changed, and every other line of the table keeps its bytes.
"""

import contextlib
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from evidence import disk, root
from evidence.curation import heads, identifiers, normal, spreadsheet, succession, withdrawal
from evidence.curation.laying import Laid
from evidence.curation.merging import Taken, id_of, in_series, known, merged
from evidence.curation.recipes import FOLDER
from evidence.errors import Place, Refusal, Refusals
from evidence.nearest import near
from evidence.tables import cells as cell_rules
from evidence.tables import corrections, gate, package, reading, ties
from evidence.tables.headers import letter
from evidence.tables.reading import Sheet

REGISTERS = ("columns", "corrections", "ids", "published")  # of all editions together; rows are added by commands of their own


@dataclass(frozen=True)
class Asked:
    """What is to be taken in: a file, its sheet, the table, columns renamed (foreign -> own; "" leaves a column out), columns filled;

    the reason why rows that the file lacks are taken out; and the file laid out as rows by a recipe, where it is not in our form as it stands.
    """

    file: Path
    table: str
    sheet: str = ""
    renamed: dict[str, str] = field(default_factory=dict)
    filled: dict[str, str] = field(default_factory=dict)
    far: bool = False
    withdraw: str = ""
    laid: Laid | None = None
    cause: str = ""  # why numbers that the table has change, where that is told
    made: tuple[str, ...] = ()  # the keys of the rows that its recipe made of the file before


def plan(data: Path, edition: str, asked: Asked) -> Taken:
    """What taking the file in would do to the table of this edition; nothing is written.

    Raises:
        Refusal: E221 an unknown edition, E2090 a published one, E289 one that a later edition was copied from, E263 an unknown table,
            E233 an unknown column in `renamed` or `filled`.
        Refusals: E2xx everything in the file that is not accepted, E275 a year column that mixes fiscal and calendar years,
            E279 new numbers far from their series, E2097 a file of which no row is left.
    """
    schema = opened(data, edition, asked)
    path = data / edition / f"{asked.table}.csv"
    if path.exists() and (problems := gate.rows(path, schema)[1]):
        raise Refusals(problems)
    read, matched, heard = _read(schema, asked)
    if asked.laid and not read.sheet.rows:
        gone = "; ".join(one.found for one in heard if one.code in ("N2082", "N2083", "N2084", "N2086"))
        raise Refusals([Refusal("E2097", Place(read.sheet.file), gone)])
    sheet, notices = _set_right(read.sheet, schema)
    sheet = _filled(sheet, schema, asked)
    sheet = known(path, sheet, schema) if asked.laid else sheet
    problems = [*read.problems, *gate.judged(sheet, schema)]
    taken = merged(path, sheet, schema, Taken(read.form, matched, [], {}, [], [*heard, *notices], ""))
    taken = withdrawal.settled(taken, sheet, schema, asked.withdraw, set(asked.made))
    missing = _missing(sheet, schema) if taken.new else []
    told = {(problem.code, problem.place.line, problem.place.column) for problem in problems}
    absent = {problem.place.column for problem in missing}
    others = _in_edition(data, edition, asked.table, sheet, schema["primaryKey"], taken)
    others = [problem for problem in others if not (asked.far and asked.cause and problem.code == "E277")]  # a true jump, with its reason
    others = [problem for problem in others if _key(problem) not in told and problem.place.column not in absent]
    problems = [*problems, *missing, *others]
    if problems := problems or in_series(path, sheet, schema, taken, asked.far):
        raise Refusals(sorted(problems, key=lambda problem: problem.place.line or 0))
    return taken


def _read(schema: dict[str, Any], asked: Asked) -> tuple[spreadsheet.Foreign, dict[str, str], list[Refusal]]:
    """The file under the names of the schema, which of its columns was taken for which, and what is told of the way there."""
    if asked.laid:
        plain, _ = _renamed(asked.laid.sheet, schema, replace(asked, renamed={}))
        return spreadsheet.Foreign(_fiscal(plain, asked.laid.matched), asked.laid.form, []), asked.laid.matched, asked.laid.notices
    looked_for = list(asked.renamed) if len(asked.renamed) > 1 else [*(field["name"] for field in schema["fields"]), *asked.renamed]
    read = spreadsheet.read(asked.file, asked.sheet, looked_for, asked.table)
    sheet, matched = _renamed(read.sheet, schema, asked)
    left = {letter(place) for place, name in enumerate(read.sheet.header) if not asked.renamed.get(name.strip(" \t\u3000"), name)}
    if unread := [one for one in read.unread if one.place.column not in left]:
        raise Refusals(unread)
    return replace(read, sheet=_fiscal(sheet, matched)), matched, read.notices


def _fiscal(sheet: Sheet, matched: Mapping[str, str]) -> Sheet:
    """The sheet with plain years as fiscal ones where the column that they were read from says that they are such, whichever way the file came."""
    if not (heads_ := [name for name, own in matched.items() if own == "period"]):
        return sheet
    place = sheet.header.index("period")
    rows = [[heads.fiscal(heads_[0], cell) if at == place else cell for at, cell in enumerate(row)] for row in sheet.rows]
    return replace(sheet, rows=rows)


def _key(problem: Refusal) -> tuple[str, int | None, str]:
    return problem.code, problem.place.line, problem.place.column


def registered(data: Path, edition: str) -> bool:
    """Whether ids of this edition are registered, which is done when it is published."""
    return any(row["first_edition"] == edition for row in identifiers.registered(data))


def write(data: Path, edition: str, table: str, taken: Taken, kept: Mapping[str, str] | None = None) -> None:
    """Puts the table, what is kept of the import and a renewed descriptor in place, after the whole edition has passed the gate beside them.

    `kept` holds texts by the names of their files in the folder of imports.

    Raises:
        Refusals: E2xx what the edition would then have wrong; nothing is written.
    """
    with _beside(data, edition, table, taken.text) as made:
        texts = {f"{FOLDER}/{name}": text for name, text in (kept or {}).items()}
        for name, text in texts.items():
            (made / name).parent.mkdir(exist_ok=True)
            (made / name).write_text(text, encoding="utf-8")
            (data / edition / name).parent.mkdir(exist_ok=True)
        package.write(made)
        if problems := gate.check(made):
            raise Refusals(problems)
        for name in (f"{table}.csv", *texts, "datapackage.json"):
            (made / name).replace(data / edition / name)


@contextlib.contextmanager
def _beside(data: Path, edition: str, table: str, text: str) -> Iterator[Path]:
    """A copy of the edition with this text for a table, beside the edition for as long as it is looked at."""
    with tempfile.TemporaryDirectory(prefix=".", dir=data) as temporary:
        beside = Path(temporary) / "data"
        before = ties.before(data / edition)
        for folder in [data / edition, *([before] if before else []), data / "schema"]:
            root.copy(folder, beside / folder.name)
        root.copy(data / corrections.FILE, beside / corrections.FILE)  # a number that was corrected by a power of ten did not jump
        path = beside / edition / f"{table}.csv"
        path.write_bytes(reading.dressed(text, disk.raw(path) if path.exists() else b""))
        package.write(beside / edition)
        yield beside / edition


def _in_edition(data: Path, edition: str, table: str, sheet: Sheet, key: list[str], taken: Taken) -> list[Refusal]:
    """What the edition would have wrong with the rows in it; told at the lines of the file they came from."""
    with _beside(data, edition, table, taken.text) as made:
        found = gate.check(made)
        text = reading.sheet(taken.text, f"{table}.csv", [])[0]
    ids = {line: id_of(dict(zip(text.header, row, strict=True)), key) for line, row in zip(text.lines, text.rows, strict=True)}
    lines = {id_of(dict(zip(sheet.header, row, strict=True)), key): line for line, row in zip(sheet.lines, sheet.rows, strict=True)}
    placed = []
    for problem in found:
        line = lines.get(ids.get(problem.place.line or 0, "")) if Path(problem.place.file).name == f"{table}.csv" else None
        place = Place(sheet.file, line, problem.place.column) if line else problem.place
        placed.append(Refusal(problem.code, place, problem.found))
    return placed


def _missing(sheet: Sheet, schema: dict[str, Any]) -> list[Refusal]:
    """E2095 for every column that a new row must fill and the file does not have, the twin in the other language included."""
    needed = [field["name"] for field in schema["fields"] if field.get("constraints", {}).get("required")]
    twins = cell_rules.pairs([field["name"] for field in schema["fields"]])
    needed += [name for pair in twins for name in pair if len(set(pair) & set(sheet.header)) == 1 and name not in needed]
    return [_owed(sheet, schema, name) for name in needed if name not in sheet.header]


def _owed(sheet: Sheet, schema: dict[str, Any], name: str) -> Refusal:
    """E2095 for a column that every new row must fill and nothing fills, with the codes it may hold or the table of its ids."""
    codes = [code for field in schema["fields"] if field["name"] == name for code in field.get("constraints", {}).get("enum", [])]
    tables = [key["reference"].get("resource") or schema["name"] for key in schema.get("foreignKeys", []) if key["fields"] == [name]]
    told = ", ".join(map(str, codes)) or "".join(f"{table}.csv: id" for table in tables[:1])
    return Refusal("E2095", Place(sheet.file, sheet.header_line, name), f"{name} ({told})" if told else name)


def opened(data: Path, edition: str, asked: Asked) -> dict[str, Any]:
    """The schema of the table asked for, in an edition that may still change.

    Raises:
        Refusal: E221, E2090, E289, E263 and E233 as `plan`.
    """
    folder = root.edition(data, edition)
    succession.unpublished(data, edition, Place("--edition"))
    if edition in {tie.to for name in root.editions(data) if (tie := ties.of(data / name))}:
        raise Refusal("E289", Place("--edition"), edition)
    return schema_of(folder, asked)


def schema_of(folder: Path, asked: Asked) -> dict[str, Any]:
    """The schema of the table asked for; raises E263 and E233 as `plan`."""
    known = sorted(path.stem for path in root.files(folder.parent / "schema") if path.suffix == ".json" and path.stem not in REGISTERS)
    schema = package.schema(folder, asked.table) if asked.table in known else None
    if schema is None:
        raise Refusal("E263", Place("--table"), near(asked.table, known))
    names = [field["name"] for field in schema["fields"]]
    for option, columns in (("--map", [name for name in asked.renamed.values() if name]), ("--set", list(asked.filled))):
        for name in columns:
            if name not in names:
                raise Refusal("E233", Place(option), near(name, names))
    return schema


def _renamed(sheet: Sheet, schema: dict[str, Any], asked: Asked) -> tuple[Sheet, dict[str, str]]:
    """The sheet under the schema's names, and which column was taken for which; a column that is neither known nor left out is refused."""
    names = [field["name"] for field in schema["fields"]]
    header = [name.strip(" \t\u3000") for name in sheet.header]
    missing = [name for name in asked.renamed if name not in header]
    problems = [Refusal("E232", Place(sheet.file, sheet.header_line, name), near(name, header)) for name in missing]
    to = [asked.renamed.get(name, name) for name in header]
    own = [name for name in to if name]
    letters = {name: ", ".join(letter(place) for place, other in enumerate(to) if other == name) for name in own}
    problems += [Refusal("E234", Place(sheet.file, sheet.header_line, name), f"{name} ({letters[name]})") for name in letters if own.count(name) > 1]
    problems += [
        Refusal("E233", Place(sheet.file, sheet.header_line, letter(place)), next(row[place] for row in sheet.rows if row[place].strip()))
        for place, name in enumerate(header) if not name and any(row[place].strip() for row in sheet.rows)
    ]  # fmt: skip
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
    twice = [name for name in asked.filled if name in sheet.header and any(row[sheet.header.index(name)] for row in sheet.rows)]
    if twice:
        raise Refusals([Refusal("E234", Place("--set", column=name), f"{name} ({sheet.file}, --set)") for name in twice])
    header = [*sheet.header, *(name for name in asked.filled if name not in sheet.header)]
    key = schema["primaryKey"]
    unknown = [name for text in asked.filled.values() for name in re.findall(r"\{([a-z_]+)\}", text) if name not in header]
    if absent := [name for name in dict.fromkeys(unknown) if name in {field["name"] for field in schema["fields"]}]:
        needed = _missing(Sheet(sheet.file, header, sheet.header_line, [], []), schema)
        others = [name for name in absent if name not in {problem.place.column for problem in needed}]
        raise Refusals([*(_owed(sheet, schema, name) for name in others), *needed])
    if unknown:
        raise Refusal("E233", Place("--set"), near(unknown[0], header))
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
