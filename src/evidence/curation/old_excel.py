"""What a sheet of Excel 97–2003 shows of a cell where that is not what the cell holds, and its hidden and struck-out cells: by xlrd."""

import io
import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from evidence.curation import shown
from evidence.curation.shown import Seen
from evidence.errors import Place, Refusal
from evidence.tables.headers import letter

_EMPTY, _DATE, _TRUTH, _ERROR, _BLANK = 0, 3, 4, 5, 6  # kinds of cell
_ABOVE = 1  # where a font stands: superscript
_BROKEN = (struct.error, AssertionError, IndexError, KeyError, ValueError, TypeError)  # what xlrd raises of records that are cut or contradict


def applied(raw: bytes, title: str, rows: list[list[str]], file: str) -> list[Refusal]:
    """Puts what is shown into the rows; E272, E274, E2084 and E2085 for what cannot be read as it is shown, N2091 for what was.

    Raises:
        Refusal: E273 a workbook whose formats cannot be read.
    """
    import xlrd  # an old workbook alone needs it

    try:
        book = xlrd.open_workbook(file_contents=raw, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO())
        sheet = book.sheet_by_name(title)
        found = [*_hidden(sheet, rows, file), *_wrong(sheet, rows, file)]
        return found + shown.applied(_seen(book, sheet, rows), rows, file)
    except (xlrd.XLRDError, *_BROKEN) as error:
        raise Refusal("E273", Place(file), ".xls") from error


def _hidden(sheet: Any, rows: list[list[str]], file: str) -> list[Refusal]:
    lines = [line for line, told in sorted(sheet.rowinfo_map.items()) if told.hidden and line < len(rows)]
    places = [place for place, told in sorted(sheet.colinfo_map.items()) if told.hidden and place < len(rows[0])]
    return [Refusal("E2085", Place(file, line + 1), str(line + 1)) for line in lines] + [
        Refusal("E2085", Place(file, column=letter(place)), letter(place)) for place in places
    ]


def _filled(sheet: Any, rows: list[list[str]]) -> Iterator[tuple[int, int, Any]]:
    """The cells that hold something, as far as the sheet is filled, with line and place from 0."""
    for line in range(min(sheet.nrows, len(rows))):
        for place, cell in enumerate(sheet.row(line)[: len(rows[0])]):
            if cell.ctype not in (_EMPTY, _BLANK):
                yield line, place, cell


def _wrong(sheet: Any, rows: list[list[str]], file: str) -> list[Refusal]:
    import xlrd

    errors = ((line, place, cell.value) for line, place, cell in _filled(sheet, rows) if cell.ctype == _ERROR)
    return [Refusal("E272", Place(file, line + 1, letter(place)), xlrd.error_text_from_code.get(code, str(code))) for line, place, code in errors]


def _seen(book: Any, sheet: Any, rows: list[list[str]]) -> Iterator[Seen]:
    import xlrd

    for line, place, cell in _filled(sheet, rows):
        if cell.ctype == _ERROR:
            continue
        form = book.xf_list[cell.xf_index]
        runs = [(start, book.font_list[font]) for start, font in sheet.rich_text_runlist_map.get((line, place), ())]
        struck = any(font.struck_out for font in (book.font_list[form.font_index], *(font for _, font in runs)))
        made = {_DATE: lambda value: xlrd.xldate_as_datetime(value, book.datemode), _TRUTH: bool}.get(cell.ctype, lambda value: value)
        yield Seen(line + 1, place, made(cell.value), book.format_map[form.format_key].format_str, struck, _raised(cell.value, runs))


def _raised(text: object, runs: list[tuple[int, Any]]) -> str:
    """The text with marks set above in raised digits; empty where it has one font."""
    if not runs or not isinstance(text, str):
        return ""
    places = [*(start for start, _ in runs), len(text)]
    parts = (text[start:end] for start, end in pairwise(places))
    told = (shown.above(part) if font.escapement == _ABOVE else part for part, (_, font) in zip(parts, runs, strict=True))
    return text[: places[0]] + "".join(told)
