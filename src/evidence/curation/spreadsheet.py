"""A file from elsewhere as rows of text: CSV in UTF-8 or CP932, or one sheet of an Excel workbook."""

import csv
import datetime
import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence.errors import Place, Refusal, Refusals
from evidence.tables import encoding, packed, reading
from evidence.tables.headers import letter
from evidence.tables.reading import Sheet

# What a number format writes for a number of 0 or more. Percent signs and commas after the last digit scale; what stands in quotes or after a
# backslash is written as it is; [colours], _widths and *fill characters say nothing.
_SCALED = re.compile(r"%|[0#?],+(?![,0#?])")
_SILENT = re.compile(r"\[[^\]]*\]|[_*].")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_BODY = re.compile(r"[0#?][0#?,.]*")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*\bref=["']([A-Z0-9:$]+)["']""")
_SEPARATORS = (",", "\t", ";", "|")
LINES, CELLS = 200_000, 5_000_000  # of a sheet, as far as it is filled
_EXCEL = 1_048_576  # lines that Excel itself can have
_NOTHING: list[str] = []


@dataclass(frozen=True)
class Foreign:
    """What was read, how (the encoding, or the sheet of the workbook), and the lines that are no data."""

    sheet: Sheet
    form: str
    problems: list[Refusal]


@dataclass(frozen=True)
class Grid:
    """A file as lines of cells, before anything is known of it: its name, the sheet, how it was read, its lines with their numbers, merged areas."""

    file: str
    title: str
    form: str
    lines: list[tuple[int, list[str]]]
    merged: list[str]


def read(path: Path, sheet: str, names: list[str]) -> Foreign:
    """The file's header and rows; `names` are the columns looked for, so that a title above the header is told from the header.

    Raises:
        Refusal: E222 to E225 unreadable bytes, E229 a wrong separator, E273 a workbook that is no .xlsx, E255 one that is too large,
            E270 a sheet that is not there or not chosen, E296 a sheet of a file that has none.
        Refusals: E230 and E231 quotes that do not close, E271 merged cells, E272 a formula or an error in place of a value.
    """
    if is_workbook(path):
        found = workbook(path, sheet)
        if found.merged:
            raise Refusals([Refusal("E271", Place(found.file, *_corner(area)), area) for area in found.merged])
        shaped, problems = reading.shaped(found.lines, found.file, names)
        return Foreign(shaped, found.form, problems)
    if sheet:
        raise Refusal("E296", Place(path.name), f"--sheet {sheet}, {path.name}")
    text, form = encoding.foreign(_plain(path), path.name)
    shaped, problems = reading.sheet(text, path.name, names)
    return Foreign(shaped, form, problems)


def grid(path: Path, sheet: str) -> Grid:
    """The file as it stands, whatever separates its cells; raises as `read`, but for merged cells and a wrong separator, which it tells."""
    if is_workbook(path):
        return workbook(path, sheet)
    if sheet:
        raise Refusal("E296", Place(path.name), f"--sheet {sheet}, {path.name}")
    text, form = encoding.foreign(_plain(path), path.name)
    separator, lines = _parted(text)
    told = {",": "", "\t": ", tab"}.get(separator, f", {separator}")
    return Grid(path.name, "", form + told, lines, [])


def is_workbook(path: Path) -> bool:
    """Whether the name of the file says that it is an Excel workbook."""
    return path.suffix.lower() in (".xlsx", ".xlsm")


def _plain(path: Path) -> bytes:
    raw = path.read_bytes()
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):  # a workbook under another name, an OpenDocument sheet, or an old .xls
        raise Refusal("E273", Place(path.name), path.suffix)
    return raw


def _parted(text: str) -> tuple[str, list[tuple[int, list[str]]]]:
    """The separator that gives most lines of one width above 1, and the lines parted by it."""
    csv.field_size_limit(reading.LONGEST)
    best: tuple[int, str, list[tuple[int, list[str]]]] = (-1, ",", [])
    for separator in _SEPARATORS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        lines, line = [], 1
        for row in reader:
            lines.append((line, row))
            line = reader.line_num + 1
        width, times = Counter(len(row) for _, row in lines if row).most_common(1)[0]
        if (score := width * times if width > 1 else 0) > best[0]:
            best = (score, separator, lines)
    return best[1], best[2]


def workbook(path: Path, sheet: str) -> Grid:
    """One sheet of a workbook; raises as `read`."""
    raw = path.read_bytes()
    try:
        if told := packed.fault(raw, packed.WORKBOOK):
            raise Refusal("E255", Place(path.name), told)
        title, merged, cells = _sheet(raw, path, sheet)
    except (Refusal, Refusals):
        raise
    except Exception as error:  # openpyxl and zipfile have no common base for "not a workbook"
        raise Refusal("E273", Place(path.name), path.suffix) from error
    file = f"{path.name}[{title}]"
    rows, wrong = cells
    if wrong:
        raise Refusals(wrong)
    if not rows:
        raise Refusal("E222", Place(file, 1))
    return Grid(file, title, f"Excel, {title}", list(enumerate(rows, start=1)), merged)


def _sheet(raw: bytes, path: Path, sheet: str) -> tuple[str, list[str], tuple[list[list[str]], list[Refusal]]]:
    """The title of the sheet asked for, its merged areas, and its cells with what is wrong with them.

    Both books are read line by line: what a workbook says of its size, or formats beyond its last line, costs nothing.
    """
    import openpyxl  # takes a while to import, and most files are CSV

    books = [openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=values) for values in (True, False)]
    titles = books[0].sheetnames
    if sheet not in titles and (sheet or len(titles) != 1):
        raise Refusal("E270", Place(path.name), f"{sheet} ({', '.join(titles)})".strip())
    values, formulas = (book[sheet or titles[0]] for book in books)
    for one in (values, formulas):
        one.reset_dimensions()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        merged = [area.decode() for area in _MERGED.findall(archive.read(values._worksheet_path))]
    return values.title, merged, _cells(values, formulas, f"{path.name}[{values.title}]")


def _corner(area: str) -> tuple[int, str]:
    """Line and column letter of the first cell of an area such as B2:C4."""
    found = re.match(r"\$?([A-Z]+)\$?([0-9]{1,7})", area)
    return (int(found[2]), found[1]) if found else (1, "")


def upright(area: str) -> tuple[int, int, int]:
    """First and last line of a merged area, and the place of its first column from 0.

    >>> upright("B2:C4"), upright("A1")
    ((2, 4, 1), (1, 1, 0))
    """
    from openpyxl.utils import range_boundaries

    left, first, _, last = range_boundaries(area)
    return int(first or 1), int(last or first or 1), int(left or 1) - 1


def _cells(values: Any, formulas: Any, file: str) -> tuple[list[list[str]], list[Refusal]]:
    rows: list[list[str]] = []
    problems = []
    for number, (row, behind) in enumerate(zip(values.iter_rows(), formulas.iter_rows(), strict=True), start=1):
        if number > _EXCEL:
            raise Refusal("E255", Place(file, number), f"{number:,} > {_EXCEL:,}")
        rows.append([_shown(cell.value, str(cell.number_format)) for cell in row] if row else _NOTHING)
        for place, (cell, source) in enumerate(zip(row, behind, strict=True)):
            if cell.data_type == "e" or (source.data_type == "f" and cell.value is None):
                problems.append(Refusal("E272", Place(file, number, letter(place)), str(source.value)))
            elif isinstance(cell.value, (int, float)) and _SCALED.search(_LITERAL.sub("", _form(cell.number_format))):
                problems.append(Refusal("E274", Place(file, number, letter(place)), f"{_text(cell.value)} ({cell.number_format})"))
    while rows and not any(rows[-1]):
        rows.pop()  # formatted but empty rows at the end, which Excel leaves
    width = max((place + 1 for row in rows for place, text in enumerate(row) if text), default=0)
    if len(rows) > LINES or width * len(rows) > CELLS:
        raise Refusal("E255", Place(file, len(rows), letter(width - 1)), f"{len(rows):,} × {width:,}")
    return [(row + [""] * (width - len(row)))[:width] for row in rows], problems


def _form(number_format: str) -> str:
    return _SILENT.sub("", number_format.split(";")[0])


def _shown(value: object, number_format: str) -> str:
    """The cell as text, with the words its format writes around a number: a year or an amount that only the format tells is not lost.

    >>> [_shown(2024, '0"年度"'), _shown(1234, '#,##0"百万円"'), _shown(1234, '_ "¥"* #,##0_ '), _shown(-5, "General")]
    ['2024年度', '1234百万円', '1234', '-5']
    """
    form = _form(number_format)
    body = _BODY.search(_LITERAL.sub(lambda found: "\0" * len(found[0]), form))
    if not isinstance(value, (int, float)) or not body:
        return _text(value)
    return _words(form[: body.start()]) + _text(value) + _words(form[body.end() :])


def _words(part: str) -> str:
    written = "".join(quoted or escaped for quoted, escaped in _LITERAL.findall(part))
    return written if any(character.isalnum() for character in written) else ""  # a currency sign or a bracket changes nothing


def _text(value: object) -> str:
    """The cell as text: what a CSV of the sheet would hold, without the artefacts of binary fractions.

    >>> [_text(value) for value in (2386.0, 0.1 + 0.2, 9007199254740993, None, "　国")]
    ['2386', '0.3', '9007199254740993', '', '　国']
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    return str(value)
