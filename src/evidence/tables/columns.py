"""The column register: what every column that an exhibit shows holds, and how page, workbook, slide and description write it.

A cell is text, a code with its words, an id, the ids of rows or documents it rests on, a year, a period, or a number with a unit and so many digits.
What is not registered is not shown.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from evidence import disk, root, words
from evidence.errors import Place, Refusal, Refusals
from evidence.nearest import near
from evidence.tables import gate, locators, package

FILE = "columns.csv"
NUMERIC = ("year", "count", "index", "money", "percent", "points", "multiple", "number", "quantity")  # kinds whose cells are numbers
_TENS = {"jpy_10k": 4, "jpy_m": 6, "jpy_100m": 8, "eur_100m": 8, "eur_bn": 9}  # how many tens the units of money hold
_PERIOD = re.compile(r"(?:FY)?\d{4}(?:-\d{2}){0,2}(?:/(?:FY)?\d{4}(?:-\d{2}){0,2})?")
_SPAN = " – "  # between the first and the last of several periods


@dataclass(frozen=True)
class Column:
    """A registered column: its kind, the unit of its numbers (`file.unit.<unit>`), their digits, the families of words for its codes.

    `labels` and `definitions` say, by language, what it is called and what a cell of it holds. `counted` is the unit of money that a language counts
    in, where it is not that of the numbers (in Japanese 億円, of numbers in millions of yen).
    """

    name: str
    kind: str
    unit: str
    digits: int | None
    codes: tuple[str, ...]
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    counted: Mapping[str, str] = field(default_factory=dict)

    def unit_in(self, lang: str) -> str:
        """The unit in which pages, drawings, workbooks and slides of this language give the numbers."""
        return self.counted.get(lang) or self.unit

    def heading(self, lang: str) -> str:
        """What stands above the cells: what it is called and, for money, the unit.

        >>> register()["enacted_jpy_m"].heading("ja"), register()["enacted_jpy_m"].heading("en")
        ('予算（億円）', 'Enacted (JPY million)')
        """
        unit = words.word(f"file.unit.{self.unit_in(lang)}", lang) if self.kind == "money" else ""
        return words.word("file.heading", lang, label=self.labels[lang], unit=unit) if unit else self.labels[lang]

    def tens(self, lang: str) -> int:
        """By how many tens the number has to be moved to stand in the unit of this language."""
        return _TENS[self.unit] - _TENS[self.unit_in(lang)] if self.unit_in(lang) != self.unit else 0

    def in_unit(self, value: float, lang: str, row: Mapping[str, Any] = MappingProxyType({})) -> float:
        """The number in the unit of this language, with every digit that it has; `row` holds the unit of a number that has its own.

        >>> register()["enacted_jpy_m"].in_unit(2386, "ja"), register()["budget_eur_bn"].in_unit(95.517, "ja")
        (23.86, 955.17)
        >>> register()["amount_jpy_m"].in_unit(30, "ja"), register()["enacted_jpy_m"].in_unit(2386, "en")
        (3000, 2386)
        >>> register()["value"].in_unit(2386, "ja", {"value": 2386, "unit": "jpy-m"})
        23.86
        """
        if not (tens := _tens(row, lang)[0] if self.kind == "quantity" else self.tens(lang)):
            return value
        moved = Decimal(str(value)).scaleb(tens)
        return int(moved) if moved == int(moved) else float(moved)

    def cells(self, values: Iterable[Any], rows: Iterable[Mapping[str, Any]], lang: str) -> list[str]:
        """The cells as a reader of this language sees them; `rows` hold the unit and the period of a number that has its own.

        Codes are told in the words of the first family that has one for each of them.

        >>> register()["first_year"].cells([2008], [{}], "en"), register()["first_pct"].cells([36.7033], [{}], "en")
        (['2008'], ['36.7'])
        >>> register()["period"].cells(["2014/2020"], [{}], "ja"), register()["modality"].cells(["must", ""], [{}, {}], "ja")
        (['2014年から2020年まで'], ['必要', ''])
        >>> register()["value"].cells([2019.0, 2386.0], [{"unit": "fiscal-year"}, {"_unit": "jpy-m"}], "en")
        ['2019', '2,386']
        >>> register()["enacted_jpy_m"].cells([2386.0], [{}], "ja"), register()["enacted_jpy_m"].cells([2386.0], [{}], "en")
        (['23.86'], ['2,386'])
        >>> [register()[name].cells([cell], [{"value": 2386, "unit": "jpy-m"}], "ja") for name, cell in (("value", 2386), ("unit", "jpy-m"))]
        [['23.86'], ['億円']]

        Raises:
            Refusal: E344 a code without a word, E345 a period that is none.
        """
        held = ["" if value is None or str(value) in ("", "<NA>") or value != value else value for value in values]
        told = self.coded({str(value) for value in held if value != ""}, lang) if self.kind == "code" else {}
        if self.codes[:1] == ("unit",) and told:
            return [_tens(row, lang)[1] or told.get(str(value), "") for value, row in zip(held, rows, strict=True)]
        return [told.get(str(value)) or self._cell(value, row, lang) for value, row in zip(held, rows, strict=True)]

    def _cell(self, value: Any, row: Mapping[str, Any], lang: str) -> str:
        if value != "" and self.kind == "period":
            return self._period(str(value), lang)
        if not isinstance(value, int | float):
            return locators.told(str(value), lang) if self.name == "locator" else str(value)
        unit = (row.get("unit") or row.get("_unit", "")) if self.kind == "quantity" else ""
        if unit in words.DATED and row.get("period"):
            return self._period(str(row["period"]), lang)
        if self.kind == "year" or unit in words.YEARS:
            return str(int(value))
        moved = self.in_unit(value, lang, row)
        return words.amount(moved) if self.kind == "quantity" and moved != value else words.number(moved, self.digits_in(lang))

    def digits_in(self, lang: str) -> int | None:
        """How many decimals its numbers have in the unit that the language counts in: a count none; None where each number has its own.

        >>> [register()["low_jpy_m"].digits_in(lang) for lang in ("ja", "en")], register()["projects"].digits_in("en")
        ([2, 0], 0)
        """
        digits = 0 if self.kind == "count" else self.digits
        return None if digits is None else max(0, digits - self.tens(lang))

    def said(self, number: float | tuple[float, float], lang: str) -> str:
        """The number with the unit and the digits of its column, as a drawing says it; a pair is a range.

        >>> register()["annual_low_pct"].said((6.961, 8.776), "en"), register()["low_jpy_m"].said(2267.95, "ja")
        ('7.0–8.8%', '22.68億円')
        """
        return words.quantity(number, self.unit.replace("_", "-"), lang, self.digits)

    def coded(self, codes: set[str], lang: str) -> dict[str, str]:
        """The words of these codes; units and limits, which stand around a number, by themselves."""
        fitting = [family for family in self.codes if all(words.complete(f"{family}.{code}") for code in codes)]
        if not fitting:
            known = [one for family in self.codes for one in words.family(family)]
            raise Refusal("E344", Place(FILE, column=self.name), near(min(codes - {*known}, default=min(codes)), known))
        if fitting[0] == "unit":
            return {code: words.unit(code, lang, " ") for code in codes}
        return {code: words.limit(code, lang) if fitting[0] == "limited" else words.word(f"{fitting[0]}.{code}", lang) for code in codes}

    def _period(self, text: str, lang: str) -> str:
        parts = text.split(_SPAN)
        if not all(_PERIOD.fullmatch(part) for part in parts):
            raise Refusal("E345", Place(FILE, column=self.name), text)
        first, last = parts[0].partition("/")[0], parts[-1].rpartition("/")[2]
        return words.period(f"{first}/{last}" if len(parts) > 1 else text, lang)


def _tens(row: Mapping[str, Any], lang: str) -> tuple[int, str]:
    """By how many tens all numbers of a row about money are moved in this language, and the unit they then stand in; no unit for any other row."""
    unit = str(row.get("unit") or row.get("_unit") or "")
    if not words.money(unit):
        return 0, ""
    known = {name: column.kind for name, column in register().items() if name in row}
    amounts = (cell for name, cell in row.items() if known.get(name) == "quantity" and isinstance(cell, int | float) and cell == cell)
    return words.counted(amounts, unit, lang)


def path(folder: Path) -> Path:
    """Where the register of the project in this folder stands."""
    return folder / "data" / "schema" / FILE


def register() -> dict[str, Column]:
    """Every registered column of the project by its name."""
    return _read(path(root.folder()))


def column(name: str) -> Column:
    """The column of this name, as it stands in a table; one of a pair that ends in a language is text in that language, whatever it tells of.

    Raises:
        Refusal: E346 when it is not registered.
    """
    known = register()
    stem = re.sub(r"_(?:ja|en)$", "", name)
    if stem in known:
        return known[stem] if stem == name else replace(known[stem], kind="text", codes=())
    raise Refusal("E346", Place(FILE, column=name), near(stem, list(known)))


def label(name: str, lang: str) -> str:
    """What the column is called; raises as `column`."""
    return column(name).labels[lang]


def problems(folder: Path) -> list[Refusal]:
    """What the register of the project in this folder does wrong as a table, and E299 for a unit or family without words."""
    rows, found = _rows(path(folder))
    if found:
        return found
    told = [(line, column, name) for line, row in enumerate(rows, start=2) for column, name in _worded(row)]
    return [Refusal("E299", Place(disk.shown(path(folder)), line, column), name) for line, column, name in told]


def _rows(place: Path) -> tuple[gate.Rows, list[Refusal]]:
    """The rows of the register at this place, and what is wrong with it as a table."""
    schema = package.schema(place.parents[1] / "any", place.stem)
    return gate.rows(place, schema) if schema else (list(csv.DictReader(disk.text(place).splitlines())), [])


def _worded(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The unit and the families of codes of this row that have no words."""
    for column in ("unit", "unit_ja"):
        if row[column] and not (words.complete(f"file.unit.{row[column]}") and (row["kind"] != "money" or row[column] in _TENS)):
            yield column, row[column]
    yield from (("codes", family) for family in row["codes"].split() if not words.family(family))


@cache
def _read(place: Path) -> dict[str, Column]:
    rows, found = _rows(place)
    if found:
        raise Refusals(found)
    return {
        row["name"]: Column(
            row["name"], row["kind"], row["unit"], int(row["digits"]) if row["digits"] else None, tuple(row["codes"].split()),
            {lang: row[lang] for lang in words.LANGUAGES}, {lang: row[f"definition_{lang}"] for lang in words.LANGUAGES},
            {"ja": row["unit_ja"]},
        ) for row in rows
    }  # fmt: skip
