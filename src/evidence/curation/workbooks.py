"""One sheet of a workbook as lines of cells, .xlsx, .ods or .xls, as one sees them: by python-calamine, and what formats show by openpyxl or xlrd."""

import io
import re
import zipfile
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

from evidence import disk
from evidence.curation import grids, old_excel, opendocument, shown
from evidence.curation.grids import Grid
from evidence.errors import Place, Refusal
from evidence.tables import packed
from evidence.tables.headers import letter

OLD = "Excel 97–2003"
FORMS = {".xlsx": "Excel", ".xlsm": "Excel", ".xls": OLD, ".ods": "OpenDocument"}
LINES, CELLS = 200_000, 5_000_000  # of a sheet, as far as it is filled
_EXCEL = 1_048_576  # lines that Excel itself can have
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*\bref=["']([A-Z0-9:$]+)["']""")
_FILLED = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]+)([0-9]+)["'][^>]*>\s*<(?:\w+:)?(?:f|v|is)\b""")
_EMPTY = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]+)([0-9]+)["'][^>]*>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*(?:<v\s*/>|<v></v>)?\s*</(?:\w+:)?c>"""
)
_WRONG = re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*\bt=["']e["'])[^>]*?\br=["']([A-Z]+)([0-9]+)["'][^>]*>.*?<(?:\w+:)?v>([^<]*)<""")
_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\b(?=[^>]*\bhidden=["'](?:1|true)["'])[^>]*?\br=["']([0-9]+)["']""")
_HIDDEN_COLUMN = re.compile(rb"""<(?:\w+:)?col\b(?=[^>]*\bhidden=["'](?:1|true)["'])[^>]*?\bmin=["']([0-9]+)["']""")


def opened(path: Path, sheet: str, table: str = "") -> Grid:
    """The sheet of this name, else that of the table's name, which our templates have, else the only one.

    Not read as they are shown: E272 a formula or an error in place of a value, E274 and E2084 other numbers and struck-out ones, E2085 hidden cells.

    Raises:
        Refusal: E222 an empty sheet, E255 one that is too large, E270 one that is not there or not chosen, E273 a file that is no workbook.
    """
    raw, form = disk.raw(path), FORMS[path.suffix.lower()]
    try:
        if raw.startswith(b"PK") and (told := packed.fault(raw, packed.WORKBOOK)):
            raise Refusal("E255", Place(path.name), told)
        if form == "Excel" and not raw.startswith(b"PK"):
            raise Refusal("E273", Place(path.name), path.suffix)
        inside, unread = _xml(raw, path, sheet, table) if form == "Excel" else (b"", [])
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        title = _title(path, sheet, book.sheet_names, table)
        found = book.get_sheet_by_name(title)
        rows = [[shown.text(None if cell == "" else cell) for cell in row] for row in found.iter_rows()]
        rows = [[""] * len(rows[0] if rows else [])] * (found.start[0] if found.start else 0) + rows
        areas = found.merged_cell_ranges or []
    except Refusal:
        raise
    except (CalamineError, WorksheetNotFound, zipfile.BadZipFile, ValueError, KeyError, OverflowError) as error:
        raise Refusal("E273", Place(path.name), path.suffix) from error
    file = f"{path.name}[{title}]"
    rows = _trimmed([[""] * (found.start[1] if found.start else 0) + row for row in rows], file)
    if not rows:
        raise Refusal("E222", Place(file, 1))
    heard = _looked(raw, title, rows, file, inside) if inside else []
    if reader := {"OpenDocument": opendocument.applied, OLD: old_excel.applied}.get(form):
        heard = reader(raw, title, rows, file)
    unread += [one for one in heard if one.code.startswith("E")]
    merged = (
        [f"{letter(a[1])}{a[0] + 1}:{letter(b[1])}{b[0] + 1}" for a, b in areas] if not inside else [one.decode() for one in _MERGED.findall(inside)]
    )
    for one in unread:
        _written(one, rows)
    notices = [one for one in heard if not one.code.startswith("E")]
    return Grid(file, title, f"{form}, {title}", list(enumerate(rows, start=1)), merged, notices, unread)


def _title(path: Path, sheet: str, titles: list[str], table: str) -> str:
    return grids.one_of(titles, sheet or (table if table in titles else ""), path.name)


def _xml(raw: bytes, path: Path, sheet: str, table: str) -> tuple[bytes, list[Refusal]]:
    """The sheet's own XML, after a look at how far it is filled: what a workbook claims beyond that costs nothing; what has no value or is hidden."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True)
    title = _title(path, sheet, book.sheetnames, table)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        inside = archive.read(book[title]._worksheet_path)
    file = f"{path.name}[{title}]"
    last = dict(_FILLED.findall(inside))  # of each column, its last filled line
    lines = max((int(line) for line in last.values()), default=0)
    width = max((_number(column.decode()) for column in last), default=0)
    if lines > _EXCEL:
        raise Refusal("E255", Place(file, lines), f"{lines:,} > {_EXCEL:,}")
    if lines > LINES or width * lines > CELLS:
        raise Refusal("E255", Place(file, lines, letter(width - 1)), f"{lines:,} × {width:,}")
    wrong = [Refusal("E272", Place(file, int(line), column.decode()), told.decode()) for column, line, told in _WRONG.findall(inside)]
    wrong += [Refusal("E272", Place(file, int(line), column.decode()), f"={told.decode()}") for column, line, told in _EMPTY.findall(inside)]
    hidden = [Refusal("E2085", Place(file, int(line)), line.decode()) for line in _HIDDEN_ROW.findall(inside)]
    hidden += [Refusal("E2085", Place(file, column=letter(int(column) - 1)), letter(int(column) - 1)) for column in _HIDDEN_COLUMN.findall(inside)]
    return inside, [*wrong, *hidden]


def _written(unread: Refusal, rows: list[list[str]]) -> None:
    """Puts what is told of a cell without a value into it, so that it is not taken for one that was left empty."""
    line, place = unread.place.line, _number(unread.place.column) - 1
    if line and 0 <= place < len(rows[0]) and line <= len(rows) and not rows[line - 1][place]:
        rows[line - 1][place] = unread.found


def _number(column: str) -> int:
    """The number of a column by its letters, from 1.

    >>> _number("A"), _number("AB")
    (1, 28)
    """
    number = 0
    for character in column:
        number = number * 26 + ord(character) - 64
    return number


def _trimmed(rows: list[list[str]], file: str) -> list[list[str]]:
    """The rows as far as the sheet is filled."""
    while rows and not any(rows[-1]):
        rows.pop()  # formatted but empty rows at the end, which spreadsheets leave
    width = max((place + 1 for row in rows for place, told in enumerate(row) if told), default=0)
    if len(rows) > LINES or width * len(rows) > CELLS:
        raise Refusal("E255", Place(file, len(rows), letter(width - 1)), f"{len(rows):,} × {width:,}")
    return [(row + [""] * width)[:width] for row in rows]


def _looked(raw: bytes, title: str, rows: list[list[str]], file: str, inside: bytes) -> list[Refusal]:
    """What formats show put into the rows, and what is told of it."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = archive.namelist()
        styles, strings = (archive.read(name) if name in names else b"" for name in ("xl/styles.xml", "xl/sharedStrings.xml"))
    most = max((shown.decimals(cell) for row in rows for cell in row), default=0)
    if not shown.matters(styles, strings, inside, most):
        return []
    cells = shown.excel(raw, title, len(rows), len(rows[0]), any(mark in inside for mark in shown.MARKS))
    return shown.applied(cells, rows, file)
