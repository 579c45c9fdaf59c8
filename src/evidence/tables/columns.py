"""The column register: what every column that an exhibit shows holds, and how page, workbook, slide and description write it.

A cell is text, a code with its words, an id, the ids of rows it rests on, a year, a period, or a number with a unit and so many digits.
What is not registered is not shown.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from evidence import root, words
from evidence.errors import Place, Refusal
from evidence.nearest import near

FILE = "columns.csv"
NUMERIC = ("year", "count", "index", "money", "percent", "points", "multiple", "number", "quantity")  # kinds whose cells are numbers
_PERIOD = re.compile(r"(?:FY)?\d{4}(?:-\d{2}){0,2}(?:/(?:FY)?\d{4}(?:-\d{2}){0,2})?")
_SPAN = " – "  # between the first and the last of several periods


@dataclass(frozen=True)
class Column:
    """A registered column: its kind, the unit of its numbers (`file.unit.<unit>`), their digits, and the families of words for its codes."""

    name: str
    kind: str
    unit: str
    digits: int | None
    codes: tuple[str, ...]
    labels: Mapping[str, str]

    def cell(self, value: Any, row: Mapping[str, Any], lang: str) -> str:
        """The cell as a reader of this language sees it; `row` holds the unit and the period of a number that has its own.

        >>> register()["first_year"].cell(2008, {}, "en"), register()["first_pct"].cell(36.7033, {}, "en")
        ('2008', '36.7')
        >>> register()["period"].cell("2014/2020", {}, "ja"), register()["modality"].cell("must", {}, "ja")
        ('2014年から2020年まで', '必要')
        >>> register()["value"].cell(2019.0, {"unit": "fiscal-year"}, "en"), register()["value"].cell(2386.0, {"unit": "jpy-m"}, "en")
        ('2019', '2,386')

        Raises:
            Refusal: E344 a code without a word, E345 a period that is none.
        """
        if value is None or str(value) in ("", "<NA>") or value != value:
            return ""
        if self.kind in NUMERIC and isinstance(value, int | float):
            return self._number(value, row, lang)
        if self.kind == "code":
            return words.word(self._word(str(value), [str(value)]), lang)
        if self.kind == "period":
            return self._period(str(value), lang)
        return words.number(value) if isinstance(value, float) else str(value)

    def cells(self, values: Iterable[Any], rows: Iterable[Mapping[str, Any]], lang: str) -> list[str]:
        """The cells of a whole column: its codes are those of the first family that has a word for each of them."""
        values = list(values)
        if self.kind != "code":
            return [self.cell(value, row, lang) for value, row in zip(values, rows, strict=True)]
        found = sorted({str(value) for value in values if str(value) not in ("", "nan", "<NA>")})
        told = {code: self._unit(code, lang) if self.codes == ("unit",) else words.word(self._word(code, found), lang) for code in found}
        return [told.get(str(value), "") for value in values]

    def _number(self, value: float, row: Mapping[str, Any], lang: str) -> str:
        unit = str(row.get("unit", "")) if self.kind == "quantity" else ""
        if unit in ("month", "date") and row.get("period"):
            return self._period(str(row["period"]), lang)
        if self.kind == "year" or unit in words.YEARS:
            return str(int(value))
        return words.number(value, self.digits) if self.digits is not None else words.number(value)

    def _word(self, code: str, among: list[str]) -> str:
        fitting = [family for family in self.codes if all(words.complete(f"{family}.{one}") for one in among)]
        if not fitting:
            known = [one for family in self.codes for one in words.family(family)]
            raise Refusal("E344", Place(FILE, column=self.name), near(code, known))
        return f"{fitting[0]}.{code}"

    def _unit(self, code: str, lang: str) -> str:
        if not words.complete(f"unit.{code}"):
            raise Refusal("E344", Place(FILE, column=self.name), near(code, words.family("unit")))
        return words.unit(code, lang).replace(" … ", " ")

    def _period(self, text: str, lang: str) -> str:
        parts = text.split(_SPAN)
        if not all(_PERIOD.fullmatch(part) for part in parts):
            raise Refusal("E345", Place(FILE, column=self.name), text)
        ends = [parts[0].partition("/")[0], parts[-1].rpartition("/")[2]] if len(parts) > 1 else [text]
        if ends[0].startswith("FY") and not ends[-1].startswith("FY"):
            ends[-1] = f"FY{ends[-1]}" if "/" not in ends[-1] and len(ends) > 1 else ends[-1]
        return words.period("/".join(ends), lang)


def register() -> dict[str, Column]:
    """Every registered column of the project by its name."""
    return _read(root.folder() / "data" / "schema" / FILE)


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


@cache
def _read(path: Path) -> dict[str, Column]:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {
        row["name"]: Column(
            row["name"], row["kind"], row["unit"], int(row["digits"]) if row["digits"] else None, tuple(row["codes"].split()),
            {lang: row[lang] for lang in words.LANGUAGES},
        ) for row in rows
    }  # fmt: skip
