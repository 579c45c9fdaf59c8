"""What Excel shows of a cell where that is not what the cell holds: words and eras of its format, marks set above, hidden and struck-out cells.

The values themselves are read elsewhere; a workbook without such formats is never looked through here.
"""

import datetime
import io
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from evidence.errors import Place, Refusal
from evidence.tables.headers import letter

# What a number format writes for a number of 0 or more. Percent signs and commas after the last digit scale; what stands in quotes or after a
# backslash is written as it is; [colours], _widths and *fill characters say nothing.
_SCALED = re.compile(r"%|[0#?],+(?![,0#?])")
_SILENT = re.compile(r"\[[^\]]*\]|[_*].")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_BODY = re.compile(r"[0#?][0#?,.]*")
_DATED = re.compile(r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<token>ggg|gg|g|ee|e|yyyy|yy|mmmm|mmm|mm|m|dd|d|hh|h|ss|s)|(?P<other>.)', re.IGNORECASE)
_ERAS = ((datetime.date(2019, 5, 1), "令和", "R"), (datetime.date(1989, 1, 8), "平成", "H"), (datetime.date(1926, 12, 25), "昭和", "S"))
_FORMATS = re.compile(rb"<(?:\w+:)?xf\b[^>]*\bnumFmtId=\"([0-9]+)\"")
_CUSTOM = re.compile(rb"formatCode=\"([^\"]*)\"")
_BUILT_IN = {9, 10, *range(14, 18), 22, *range(27, 37), *range(50, 59)}  # percentages, dates, Japanese dates
_FIXED = {1: 0, 2: 2, 3: 0, 4: 2, 37: 0, 38: 0, 39: 2, 40: 2}  # digits behind the point
MARKS = (b"vertAlign", b"<strike")  # of runs within a text
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def matters(styles: bytes, strings: bytes, sheet: bytes, most: int = 0) -> bool:
    """Whether a cell of the sheet may show something else than it holds, by the formats of the workbook and the marks in its texts.

    `most` is how many digits behind the point a number of the sheet has.
    """
    custom = [code.decode(errors="replace") for code in _CUSTOM.findall(styles)]
    forms = [_form(code.replace("&quot;", '"')) for code in custom]
    words = any(re.search(r"[A-Za-z\"\\]", form) or _SCALED.search(_LITERAL.sub("", form)) for form in forms)
    used = {int(number) for number in _FORMATS.findall(styles)}
    fewest = min(
        [*(digits for form in custom if (digits := _digits(form)) is not None), *(_FIXED[one] for one in used & _FIXED.keys())], default=most
    )
    return words or fewest < most or bool(used & _BUILT_IN) or any(mark in part for mark in MARKS for part in (styles, strings, sheet))


class Seen(NamedTuple):
    """A filled cell: its line, its place from 0, its value, its number format, is it struck out, its text where marks are set above."""

    line: int
    place: int
    value: object
    form: str
    struck: bool = False
    raised: str = ""


def applied(cells: Iterable[Seen], rows: list[list[str]], file: str) -> list[Refusal]:
    """Puts what is shown into the rows; E274 and E2084 for what cannot be read as it is shown, N2091 and N2096 for what was."""
    found: list[Refusal] = []
    told: Counter[str] = Counter()
    rounded: Counter[str] = Counter()
    for line, place, value, form, struck, raised in cells:
        if struck:
            found.append(Refusal("E2084", Place(file, line, letter(place)), text(value)))
        elif raised:
            rows[line - 1][place] = raised
        elif isinstance(value, int | float) and _SCALED.search(_LITERAL.sub("", _form(form))):
            found.append(Refusal("E274", Place(file, line, letter(place)), f"{text(value)} ({form})"))
        elif (made := _shown(value, form)) != rows[line - 1][place]:
            if isinstance(value, datetime.date) or _era(form):
                told[f"{rows[line - 1][place]} → {made}"] += 1
            rows[line - 1][place] = made
        elif isinstance(value, float) and (digits := _digits(form)) is not None and digits < decimals(made):
            rounded[f"{made} ({form})"] += 1
    return found + notices(told, rounded, file)


def notices(told: Counter[str], rounded: Counter[str], file: str) -> list[Refusal]:
    """N2091 for cells that were read as they are shown, N2096 for numbers that were read with all their digits, of which fewer are shown."""
    kinds = {"N2091": told, "N2096": rounded}
    return [Refusal(code, Place(file), f"{next(iter(cells))} ({sum(cells.values())})") for code, cells in kinds.items() if cells]


def decimals(number: str) -> int:
    """How many digits stand behind the point.

    >>> decimals("12.345"), decimals("12"), decimals("S. 12.345")
    (3, 0, 0)
    """
    return len(number.partition(".")[2]) if re.fullmatch(r"-?[0-9]+\.[0-9]+", number) else 0


def _digits(form: str) -> int | None:
    """How many digits behind the point a number format shows; None where it sets none.

    >>> _digits("#,##0"), _digits("0.0_ "), _digits("General"), _digits('0.00"円"')
    (0, 1, None, 2)
    """
    body = _BODY.search(_LITERAL.sub("", _form(form)))
    return len(body[0].partition(".")[2]) if body else None


def excel(raw: bytes, title: str, lines: int, width: int, inline: bool) -> Iterator[Seen]:
    """The filled cells of a sheet of an .xlsx within these lines and this width.

    Marks `inline`, in the sheet itself and not in its list of texts, are not seen where a workbook is read line by line.
    """
    import openpyxl  # takes a while to import, and most files need none of it

    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=not inline, data_only=True, rich_text=True)
    sheet = book[title]
    if not inline:
        sheet.reset_dimensions()
    for line, cells in zip(range(1, lines + 1), sheet.iter_rows(), strict=False):
        for place, cell in enumerate(cells[:width]):
            if cell.value is not None:
                rich = type(cell.value).__name__ == "CellRichText"
                yield Seen(line, place, cell.value, str(cell.number_format), _struck(cell), _raised(cell.value) if rich else "")


def _struck(cell: Any) -> bool:
    runs = [run for run in cell.value if hasattr(run, "font")] if type(cell.value).__name__ == "CellRichText" else []
    return bool(cell.font and cell.font.strike) or any(run.font and run.font.strike for run in runs)


def _raised(runs: Any) -> str:
    """A text with marks set above in raised digits, so that 14 and a footnote 1 are not 141."""
    parts = []
    for run in runs:
        raised = getattr(getattr(run, "font", None), "vertAlign", None) == "superscript"
        told = str(getattr(run, "text", run))
        parts.append(above(told) if raised else told)
    return "".join(parts)


def above(text: str) -> str:
    """The text with raised digits.

    >>> above("1")
    '¹'
    """
    return text.translate(_RAISED)


def _form(number_format: str) -> str:
    return _SILENT.sub("", number_format.split(";")[0]).replace("General", "")


def _era(number_format: str) -> bool:
    return bool(re.search(r"g+e", _LITERAL.sub("", _form(number_format)), re.IGNORECASE))


def _shown(value: object, number_format: str) -> str:
    """The cell as text, with the words its format writes around a number: a year or an amount that only the format tells is not lost.

    >>> [_shown(2024, '0"年度"'), _shown(1234, '#,##0"百万円"'), _shown(1234, '_ "¥"* #,##0_ '), _shown(-5, "General")]
    ['2024年度', '1234百万円', '1234', '-5']
    >>> _shown(45383, '[$-411]ggge"年度"'), _shown(datetime.datetime(2024, 4, 1), 'yyyy"年度"'), _shown(datetime.datetime(2024, 4, 1), "yyyy/mm/dd")
    ('令和6年度', '2024年度', '2024-04-01')
    """
    if isinstance(value, int | float) and not isinstance(value, bool) and _era(number_format):
        from openpyxl.utils.datetime import from_excel

        value = from_excel(value)
    if isinstance(value, datetime.date):
        return _dated(value, number_format)
    form = _form(number_format)
    body = _BODY.search(_LITERAL.sub(lambda found: "\0" * len(found[0]), form))
    if not isinstance(value, int | float) or not body:
        return text(value)
    return _words(form[: body.start()]) + text(value) + _words(form[body.end() :])


def _dated(value: datetime.date, number_format: str) -> str:
    """The date as its format shows it where that leaves the day out: a year with its words, or a month; the whole date otherwise."""
    parts = list(_DATED.finditer(_form(number_format)))
    tokens = "".join((part["token"] or "").lower()[:1] for part in parts)
    if "d" in tokens or "h" in tokens or "s" in tokens or not re.search("[ye]", tokens):
        return text(value)
    if "m" in tokens:
        return f"{value.year}-{value.month:02}"
    day = value.date() if isinstance(value, datetime.datetime) else value
    start, era, initial = next((one for one in _ERAS if day >= one[0]), (datetime.date(1, 1, 1), "", ""))
    year = day.year - start.year + 1
    made = {"y": str(day.year), "e": str(year)}
    written = [
        (initial if part["token"] in ("g", "G") else era) if (part["token"] or " ")[0] in "gG"
        else made[part["token"][0].lower()] if part["token"] else (part["quoted"] or part["escaped"] or part["other"] or "")
        for part in parts
    ]  # fmt: skip
    return "".join(written).strip()


def _words(part: str) -> str:
    written = "".join(quoted or escaped for quoted, escaped in _LITERAL.findall(part))
    return written if any(character.isalnum() for character in written) else ""  # a currency sign or a bracket changes nothing


def text(value: object) -> str:
    """The cell as text: what a CSV of the sheet would hold, without the artefacts of binary fractions.

    >>> [text(value) for value in (2386.0, 0.1 + 0.2, 9007199254740993, None, "　国")]
    ['2386', '0.3', '9007199254740993', '', '　国']

    Raises:
        ValueError: a number that is not finite.
    """
    if value is None:
        return ""
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(value)  # no sheet holds such a number
        return f"{value:.15g}" if abs(value) < 1e15 and (value == 0 or abs(value) >= 1e-4) else f"{Decimal(f'{value:.15g}'):f}"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    return str(value)
