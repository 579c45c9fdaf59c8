"""The data file of an exhibit as typed rows with names and units in words, and as a CSV that a spreadsheet opens as it is meant."""

import csv
import io
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evidence import words
from evidence.citing.citations import line
from evidence.tables import columns
from evidence.words import LANGUAGES

if TYPE_CHECKING:
    import pandas as pd  # half the time in which a binding starts, which lists the files alone

BOM = b"\xef\xbb\xbf"  # by which Excel knows UTF-8
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?(e[+-][0-9]+)?")
_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r\n]")  # what a spreadsheet may take for the start of a formula
# Columns that say in words the number or the quotation of their row, and those in which it stands; pages show the former, data files hold the latter.
NUMBERS = {
    "quantity": ("value",), "told": ("multiple", "annual_low_pct", "as_printed"), "old": ("old_value",), "new": ("new_value",),
    "range": ("from_pct", "to_pct"), "duration": ("duration_low_years",),
}  # fmt: skip
Cell = str | int | float | None


@dataclass(frozen=True)
class Column:
    """A column of the data file: its name there, what it is called, its unit in words (empty for text), whether it holds numbers, what it is, and
    the heading it has in a workbook: what it is called, with the unit where that does not say it. `stored` is the unit of the data file itself,
    `digits` how many decimals of its numbers are shown (None: as many as each has).
    """

    name: str
    label: str
    unit: str
    numeric: bool
    definition: str = ""
    heading: str = ""
    stored: str = ""
    digits: int | None = None


@dataclass(frozen=True)
class Sheet:
    """One table: a column for each thing said, a row for each thing it is said of; an empty cell is None."""

    columns: list[Column]
    rows: list[list[Cell]]


def apart(data: "pd.DataFrame") -> "pd.DataFrame":
    """The data with each number once, as a number: a text that says it in words is left empty in its row, and left out where none has another.

    >>> import pandas as pd
    >>> apart(pd.DataFrame({"told_en": ["1.4 times", "not said"], "multiple": [1.4, None]}))["told_en"].tolist()
    ['', 'not said']
    >>> list(apart(pd.DataFrame({"quantity_en": ["24 countries", ""], "value": [24, None], "unit": ["countries", ""]})))
    ['value', 'unit']
    """
    kept = data.copy()
    for name in data:
        numbers = [number for number in NUMBERS.get(re.sub(r"_(ja|en)$", "", str(name)), ()) if number in data]
        if numbers:
            kept[name] = data[name].where(data[numbers].isna().all(axis=1), "")
    empty = [name for name in data if not kept[name].equals(data[name]) and kept[name].eq("").all()]
    return kept.drop(columns=empty)


def csv_bytes(raw: bytes) -> bytes:
    """The data file for download: UTF-8 with a byte order mark; a text that a spreadsheet would calculate gets an apostrophe before it.

    >>> csv_bytes(b"id,value\\na,-1\\n=1+1,2\\n").decode("utf-8-sig").splitlines()
    ['id,value', 'a,-1', "'=1+1,2"]
    """
    rows = _rows(raw)
    if not any(_risky(cell) for row in rows for cell in row):
        return BOM + raw.removeprefix(BOM)
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([f"'{cell}" if _risky(cell) else cell for cell in row] for row in rows)
    return BOM + stream.getvalue().encode()


def sheet(raw: bytes, lang: str = "") -> Sheet:
    """The data file as typed rows; with a language as a reader sees it: without the columns of the other one and without keys, which other cells
    tell in words, codes and periods in its words, money in its unit.

    >>> sheet(b"id,share_pct\\na,1.5\\nb,\\n", "en").rows
    [['a', 1.5], ['b', None]]
    >>> [sheet(b"id,enacted_jpy_m\\na,2386\\n", lang).rows for lang in ("ja", "en")]
    [[['a', 23.86]], [['a', 2386]]]
    """
    header, *rows = _rows(raw)
    others = tuple(f"_{other}" for other in LANGUAGES if other != lang)
    kept = [place for place, name in enumerate(header) if not (lang and (name.endswith(others) or columns.column(name).kind == "key"))]
    cells = [[row[place] for row in rows] for place in kept]
    found = [_column(header[place], part, lang or LANGUAGES[-1]) for place, part in zip(kept, cells, strict=True)]
    records = [{column.name: _cell(cell, column.numeric) for column, cell in zip(found, row, strict=True)} for row in zip(*cells, strict=True)]
    if lang:
        cells = [_told(column.name, part, records, lang) for column, part in zip(found, cells, strict=True)]
    typed = [[_cell(cell, column.numeric) for cell, column in zip(row, found, strict=True)] for row in zip(*cells, strict=True)]
    if lang:
        typed = [
            [_counted(cell, column.name, lang, record) for cell, column in zip(row, found, strict=True)]
            for row, record in zip(typed, records, strict=True)
        ]
    return Sheet(_headed(found, lang or LANGUAGES[-1]), typed)


def _told(name: str, cells: list[str], records: list[dict[str, Cell]], lang: str) -> list[str]:
    column = columns.column(name)
    return column.cells(cells, records, lang) if column.kind in ("code", "period") else cells


def _counted(cell: Cell, name: str, lang: str, record: dict[str, Cell]) -> Cell:
    return cell if cell is None or isinstance(cell, str) else columns.column(name).in_unit(cell, lang, record)


def _rows(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.removeprefix(BOM).decode(), newline="")))


def _risky(cell: str) -> bool:
    return bool(_FORMULA.match(cell)) and not _NUMBER.fullmatch(cell)


def _cell(text: str, numeric: bool) -> Cell:
    if not text:
        return None
    return line(text) if not numeric else int(text) if re.fullmatch(r"-?[0-9]+", text) else float(text)


def _number(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell)) and len(cell.lstrip("-").replace(".", "")) <= 17


def _column(name: str, cells: list[str], lang: str) -> Column:
    known, filled = columns.column(name), [cell for cell in cells if cell]
    numeric = known.kind in columns.NUMERIC and bool(filled) and all(_number(cell) for cell in filled)
    told, own = (words.word(f"file.unit.{unit}", lang) if numeric and unit else "" for unit in (known.unit_in(lang), known.unit))
    return Column(name, known.labels[lang], told, numeric, known.definitions[lang], stored=own, digits=known.digits_in(lang) if numeric else None)


def _headed(found: list[Column], lang: str) -> list[Column]:
    """The columns with their headings; what would be called the same is told apart by the name in the file."""
    labels = [column.label for column in found]
    told = [f"{column.label} [{column.name}]" if labels.count(column.label) > 1 else column.label for column in found]
    return [
        replace(column, heading=label if column.unit in label else words.word("file.heading", lang, label=label, unit=column.unit))
        for column, label in zip(found, told, strict=True)
    ]
