"""The data of an exhibit as an Excel workbook by the rules for machine-readable statistics: one table on its sheet, a row of names, no merged
cells, numbers as numbers, units; title, notes, source and licence on a sheet of their own, and a sheet that explains the columns.
"""

import datetime
import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from evidence import words, zips
from evidence.citing.citations import Cited, line, processed
from evidence.exhibits.data_files import Cell, Sheet
from evidence.files import blank

_WRAPPED, _PLAIN = (Alignment(wrap_text=wrap, vertical="top") for wrap in (True, False))
_BOLD = Font(bold=True)
WIDE = 60  # characters; longer texts run over several lines


def xlsx(cited: Cited, sheet: Sheet, told: dict[str, str], time: str) -> bytes:
    """The workbook: the data first, for whoever opens it, person or program; then columns and cover.

    `told` are the properties of its files, `time` the time it bears (YYYY-MM-DDThh:mm:ssZ).
    """
    lang = told["language"]
    book = _blank()
    data = book.active
    assert data is not None
    names = [words.word(f"file.sheet.{name}", lang) for name in ("data", "columns", "cover")]
    data.title = names[0]
    _fill(data, [[column.heading for column in sheet.columns], *sheet.rows])
    data.freeze_panes = "A2"
    explained: list[list[Cell]] = [[words.word(f"file.column.{name}", lang) for name in ("label", "name", "unit", "definition")]]
    explained += [[column.heading, column.name, column.unit or words.word("file.no_unit", lang), column.definition] for column in sheet.columns]
    _fill(book.create_sheet(names[1]), explained)
    _fill(book.create_sheet(names[2]), _cover(cited, told))
    for name in names:
        _dress(book[name], head=name != names[2])
        _fit(book[name])
    _write_as_shown(data, sheet)
    _properties(book, told)
    stream = io.BytesIO()
    book.save(stream)
    return zips.office(stream.getvalue(), time)


def plain(rows: Iterable[list[Cell]], time: str) -> bytes:
    """A workbook of one sheet, `Sheet1`, with these rows: what stands behind the chart of a slide."""
    book = _blank()
    assert book.active is not None
    book.active.title = "Sheet1"
    _fill(book.active, rows)
    stream = io.BytesIO()
    book.save(stream)
    return zips.office(stream.getvalue(), time)


def _cover(cited: Cited, told: dict[str, str]) -> list[list[Cell]]:
    lang, said = told["language"], cited.told[told["language"]]
    rows = [
        ("title", told["title"]), ("subtitle", said.subtitle), *(("note", note) for note in said.notes), ("citation", told["citation"]),
        ("processed", processed(cited, lang)), ("edition", cited.edition), ("id", cited.id), ("hash", cited.hash), ("address", told["address"]),
        ("book", told["book"]), ("creator", told["creator"]), ("licence", told["licence"]), ("licence_address", told["licence_address"]),
        ("identifier", told["identifier"]),
    ]  # fmt: skip
    return [[words.word(f"file.cover.{name}", lang), text] for name, text in rows if text]


def _blank() -> Workbook:
    """A workbook with the theme of the book's slides and texts, a third of the library's."""
    book = Workbook()
    book.loaded_theme = blank.theme().encode()
    return book


def _fill(sheet: Worksheet, rows: Iterable[list[Cell]]) -> None:
    """Writes the rows; a text stays a text, whatever it starts with, also after someone has edited the cell."""
    for number, row in enumerate(rows, start=1):
        for place, content in enumerate(row, start=1):
            if content is None:
                continue
            cell = sheet.cell(number, place)
            cell.value = line(content) if isinstance(content, str) else content
            if isinstance(content, str):
                cell.data_type = "s"
                cell.quotePrefix = True


def _dress(sheet: Worksheet, head: bool) -> None:
    for place, column in enumerate(sheet.iter_cols(), start=1):
        longest = max(sum(1 if ord(char) < 0x2000 else 2 for char in str(cell.value or "")) for cell in column)
        sheet.column_dimensions[get_column_letter(place)].width = min(WIDE, longest) + 2
        for number, cell in enumerate(column):
            cell.alignment = _WRAPPED if isinstance(cell.value, str) else _PLAIN
            if (head and number == 0) or (not head and place == 1):
                cell.font = _BOLD


def _write_as_shown(data: Worksheet, sheet: Sheet) -> None:
    """Numbers with the decimals that the book's pages give them; the cell holds the number itself."""
    for column, cells in zip(sheet.columns, data.iter_cols(min_row=2), strict=True):
        for cell in cells:
            if column.digits is not None and isinstance(cell.value, int | float):
                cell.number_format = decimals(column.digits)


def decimals(places: int) -> str:
    """The number format of so many decimals.

    >>> decimals(0), decimals(2)
    ('#,##0', '#,##0.00')
    """
    return "#,##0" + "." * bool(places) + "0" * places


def _fit(sheet: Worksheet) -> None:
    """Prints the sheet on A4 across, as wide as a page and as long as it is; a long table has its row of names on each."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if sheet.freeze_panes:
        sheet.print_title_rows = "1:1"


def _properties(book: Workbook, told: dict[str, str]) -> None:
    fixed = datetime.datetime(1980, 1, 1)
    known = book.properties
    known.title, known.creator, known.lastModifiedBy = told["title"], told["creator"], told["creator"]
    known.subject, known.description, known.keywords = told["edition"], told["citation"], f"{told['licence']} {told['licence_address']}"
    known.identifier, known.language, known.version = told["identifier"], told["language"], told["edition"]
    known.created = known.modified = fixed  # set to the time of the edition when the archive is written anew
