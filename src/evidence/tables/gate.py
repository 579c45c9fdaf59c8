"""Raw bytes to checked rows: what the input gate lets through, and everything it refuses, with the place.

Nothing is repaired, guessed or left out: a published file must be the file that was checked. Only a byte order mark
and CRLF, which spreadsheets add by themselves, are passed over.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evidence import disk, root
from evidence.errors import Place, Refusal, Refusals
from evidence.nearest import near
from evidence.tables import cells, encoding, facts, headers, jumps, package, reading, references, stated, ties
from evidence.tables.reading import Sheet
from evidence.tables.references import Table

Rows = Sequence[dict[str, str]]
Columns = Mapping[str, Sequence[str]]
_SMALL = 1 << 20  # bytes of a table that is remembered
_JUDGED: dict[str, tuple[bytes, dict[str, Any], Table, list[Refusal]]] = {}  # each table as it was last: its bytes, its schema, what came of it


def rows(path: Path, schema: dict[str, Any]) -> tuple[Rows, list[Refusal]]:
    """The file's rows as text, and every problem found in them, in the order of lines."""
    table, problems = _table(path, schema)
    return table.rows, problems


def check(folder: Path) -> list[Refusal]:
    """Every problem of an edition: of its tables, of what they refer to in each other, of its descriptor, and of
    numbers that jumped against the edition before (asked only of an edition that is sound otherwise).

    E221 when the folder is no edition, E249 a fact told twice, E299 a code without words, E256 a number far from its measure's, E257 a measure
    without those it is read with.
    """
    try:
        root.edition(folder.parent, folder.name)
    except Refusal as refused:
        return [refused]
    found, problems = tables(folder)
    problems += references.problems(found) + references.disagreements(found) + references.counts(found) + facts.problems(found)
    if not any(problem.code in ("E292", "E2121") for problem in problems):  # what cannot be read cannot be described
        problems += package.problems(folder, shown(folder / "datapackage.json"))
    return problems or _jumps(folder, found)


def tables(folder: Path) -> tuple[dict[str, Table], list[Refusal]]:
    """The tables in this folder as text, by name, and what each does wrong by itself; E263 for one without a schema, E294 without a key."""
    read: dict[str, Table] = {}
    problems: list[Refusal] = []
    for path in root.tables(folder):
        schema = package.schema(folder, path.stem)
        if schema is None:
            problems.append(Refusal("E263", Place(shown(path)), path.stem))
            continue
        read[path.stem], found = _table(path, schema)
        problems += found + facts.keyless(read[path.stem])
    return read, problems


def _jumps(folder: Path, after: dict[str, Table]) -> list[Refusal]:
    """Numbers that moved as by a mistaken unit; E221 when the edition before is not there to compare with."""
    try:
        before = ties.before(folder)
    except Refusal as refused:
        return [refused]
    if not before:
        return []
    earlier, _ = tables(before)
    corrected = {(row["table"], row["row"], row["column"]) for row in register(folder.parent, "corrections")}
    return jumps.problems(earlier, after, corrected | stated.accepted(folder))


def register(data: Path, table: str) -> Rows:
    """The rows of a register that all editions share, `data/<table>.csv`, the oldest first; none where it was never begun.

    Raises:
        Refusals: E232 and the like when the file is not such a register.
    """
    path, schema = data / f"{table}.csv", package.schema(data / "any", table)
    found, problems = rows(path, schema) if path.exists() and schema else ([], [])
    if problems:
        raise Refusals(problems)
    return found


def shown(path: Path) -> str:
    """The path as messages name it: from the folder `data` on, so that it reads the same on every machine.

    >>> shown(Path("/home/me/book/data/2019-09/claims.csv"))
    'data/2019-09/claims.csv'
    """
    parts = path.parts
    start = len(parts) - 1 - parts[::-1].index("data") if "data" in parts else 0
    return Path(*parts[start:]).as_posix()


def _table(path: Path, schema: dict[str, Any]) -> tuple[Table, list[Refusal]]:
    """The table as far as it can be read: without the rows of a wrong shape, and without any where the whole file cannot be read.

    What was judged last is remembered by its bytes: an edition is checked with the one before it, and again on each save of one of its tables.
    """
    file = shown(path)
    try:
        raw = disk.raw(path, disk.TEXT)
    except Refusal as refused:
        return Table(file, schema, [], []), [refused]
    before = _JUDGED.get(file)
    if before and before[0] == raw and before[1] is schema:
        return before[2], [*before[3]]
    table, problems = _read(raw, file, schema)
    if len(raw) <= _SMALL:
        _JUDGED[file] = raw, schema, table, problems
    return table, [*problems]


def _read(raw: bytes, file: str, schema: dict[str, Any]) -> tuple[Table, list[Refusal]]:
    names = [field["name"] for field in schema["fields"]]
    try:
        text = encoding.decoded(raw, file)
        if columns := reading.columns(text, names):
            del raw, text  # of a million lines the memory is wanted below
            lines = range(2, len(columns[names[0]]) + 2)
            return Table(file, schema, reading.Rows(columns), lines), sorted(_judged(Sheet(file, names, 1, [], lines), schema, columns), key=_line)
        sheet, problems = reading.sheet(text, file, names)
    except Refusal as refused:
        return Table(file, schema, [], []), [refused]
    except Refusals as refused:
        return Table(file, schema, [], []), refused.problems
    optional = {field["name"] for field in schema["fields"] if field.get("optional")}
    problems += [*headers.problems(sheet, names, optional), *judged(sheet, schema)]
    found = [dict(zip(sheet.header, row, strict=True)) for row in sheet.rows]
    return Table(file, schema, found, sheet.lines), sorted(problems, key=_line)


def _line(problem: Refusal) -> int:
    return problem.place.line or 0


def judged(sheet: Sheet, schema: dict[str, Any]) -> list[Refusal]:
    """What the cells of this sheet do wrong, each by itself and together in their row; columns the schema does not have are passed over."""
    return _judged(sheet, schema, dict(zip(reversed(sheet.header), reversed(list(zip(*sheet.rows, strict=True))), strict=True)) if sheet.rows else {})


def _judged(sheet: Sheet, schema: dict[str, Any], columns: Columns) -> list[Refusal]:
    return [*_columns(sheet, schema, columns), *_rows(sheet, schema, columns)]


def _columns(sheet: Sheet, schema: dict[str, Any], columns: Columns) -> Iterator[Refusal]:
    """What single cells do wrong; a value is judged once, however often it stands in the column."""
    for field in schema["fields"]:
        column = columns.get(field["name"])
        if column is None:
            continue
        faults = cells.faults(field, set(column))
        allowed = [str(value) for value in field.get("constraints", {}).get("enum", ())]
        for line, value in zip(sheet.lines, column, strict=True) if faults else ():
            if code := faults.get(value):
                yield Refusal(code, Place(sheet.file, line, field["name"]), near(value, allowed) if code == "E245" else value)


def _rows(sheet: Sheet, schema: dict[str, Any], columns: Columns) -> Iterator[Refusal]:
    """What the cells of a row do wrong together: E248 a key used again, E250 one language only, E251 printed words without a place."""
    keys = [schema["primaryKey"]] if "primaryKey" in schema else []
    keys += [[field["name"]] for field in schema["fields"] if field.get("constraints", {}).get("unique")]
    for key in {tuple([key] if isinstance(key, str) else key): None for key in keys}:
        if all(name in columns for name in key):
            yield from _repeated(sheet, key, [columns[name] for name in key])
    for ja, en in cells.pairs(columns):
        for line, left, right in zip(sheet.lines, columns[ja], columns[en], strict=True):
            if (not left) != (not right):
                yield Refusal("E250", Place(sheet.file, line, en if left else ja), left or right)
    for words, place in cells.printed(columns):
        for line, printed, locator in zip(sheet.lines, columns[words], columns[place], strict=True):
            if printed and not locator:
                yield Refusal("E251", Place(sheet.file, line, place), printed)


def _repeated(sheet: Sheet, key: tuple[str, ...], columns: list[Sequence[str]]) -> Iterator[Refusal]:
    if len(set(columns[0])) == len(columns[0]):
        return
    values = list(zip(*columns, strict=True))
    first: dict[tuple[str, ...], int] = {}
    for line, value in zip(sheet.lines, values, strict=True):
        if any(value) and first.setdefault(value, line) != line:
            yield Refusal("E248", Place(sheet.file, line, key[0]), f"{' '.join(value)} ({first[value]})")
