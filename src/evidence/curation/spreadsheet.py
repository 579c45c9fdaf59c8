"""A file from elsewhere as rows of text: CSV in UTF-8 or CP932, or one sheet of an Excel workbook."""

import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence.errors import Place, Refusal, Refusals
from evidence.tables import encoding, reading
from evidence.tables.headers import letter
from evidence.tables.reading import Sheet

# What a number format writes for a number of 0 or more. Percent signs and commas after the last digit scale; what stands in quotes or after a
# backslash is written as it is; [colours], _widths and *fill characters say nothing.
_SCALED = re.compile(r"%|[0#?],+(?![,0#?])")
_SILENT = re.compile(r"\[[^\]]*\]|[_*].")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_BODY = re.compile(r"[0#?][0#?,.]*")


@dataclass(frozen=True)
class Foreign:
    """What was read, how (the encoding, or the sheet of the workbook), and the lines that are no data."""

    sheet: Sheet
    form: str
    problems: list[Refusal]


def read(path: Path, sheet: str, names: list[str]) -> Foreign:
    """The file's header and rows; `names` are the columns looked for, so that a title above the header is told from the header.

    Raises:
        Refusal: E222 to E225 unreadable bytes, E229 a wrong separator, E273 a workbook that is no .xlsx,
            E270 a sheet that is not there or not chosen, E296 a sheet of a file that has none.
        Refusals: E230 and E231 quotes that do not close, E271 merged cells, E272 a formula or an error in place of a value.
    """
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return _workbook(path, sheet, names)
    if sheet:
        raise Refusal("E296", Place(path.name), f"--sheet {sheet}, {path.name}")
    raw = path.read_bytes()
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):  # a workbook under another name, an OpenDocument sheet, or an old .xls
        raise Refusal("E273", Place(path.name), path.suffix)
    text, form = encoding.foreign(raw, path.name)
    found, problems = reading.sheet(text, path.name, names)
    return Foreign(found, form, problems)


def _workbook(path: Path, sheet: str, names: list[str]) -> Foreign:
    import openpyxl  # takes a while to import, and most files are CSV

    try:
        books = [openpyxl.load_workbook(path, data_only=values) for values in (True, False)]
    except (OSError, KeyError, ValueError, SyntaxError) as error:
        raise Refusal("E273", Place(path.name), path.suffix) from error
    except Exception as error:  # openpyxl and zipfile have no common base for "not a workbook"
        raise Refusal("E273", Place(path.name), path.suffix) from error
    if sheet not in books[0].sheetnames and (sheet or len(books[0].sheetnames) != 1):
        raise Refusal("E270", Place(path.name), f"{sheet} ({', '.join(books[0].sheetnames)})".strip())
    values, formulas = (book[sheet or book.sheetnames[0]] for book in books)
    file = f"{path.name}[{values.title}]"
    problems = [Refusal("E271", Place(file, area.min_row, letter(area.min_col - 1)), str(area)) for area in formulas.merged_cells.ranges]
    rows, wrong = _cells(values, formulas, file)
    if problems or wrong:
        raise Refusals([*problems, *wrong])
    if not rows:
        raise Refusal("E222", Place(file, 1))
    found, problems = reading.shaped(list(enumerate(rows, start=1)), file, names)
    return Foreign(found, f"Excel, {values.title}", problems)


def _cells(values: Any, formulas: Any, file: str) -> tuple[list[list[str]], list[Refusal]]:
    rows, problems = [], []
    for number, (row, behind) in enumerate(zip(values.iter_rows(), formulas.iter_rows(), strict=True), start=1):
        rows.append([_shown(cell.value, str(cell.number_format)) for cell in row])
        for cell, source in zip(row, behind, strict=True):
            place = Place(file, number, letter(cell.column - 1))
            if cell.data_type == "e" or (source.data_type == "f" and cell.value is None):
                problems.append(Refusal("E272", place, str(source.value)))
            elif isinstance(cell.value, (int, float)) and _SCALED.search(_LITERAL.sub("", _form(cell.number_format))):
                problems.append(Refusal("E274", place, f"{_text(cell.value)} ({cell.number_format})"))
    while rows and not any(rows[-1]):
        rows.pop()  # formatted but empty rows at the end, which Excel leaves
    width = max((place + 1 for row in rows for place, text in enumerate(row) if text), default=0)
    return [row[:width] for row in rows], problems


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
