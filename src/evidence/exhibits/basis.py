"""What a shown row or a quoted value rests on; and what follows from that: its sources, its period, how sure it is, and how it was made.

Nothing of this is typed beside a number: an exhibit or value names the rows it rests on, the tables that it counts or lists, and what it assumes.
"""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pandas as pd

from evidence.errors import Place, Refusal
from evidence.exhibits import parts
from evidence.nearest import near
from evidence.tables.edition import Edition
from evidence.tables.facts import LEDGERS

_ON_GITHUB = re.compile(r"github:(?P<repository>[^@:]+)@(?P<commit>[0-9a-f]+):(?P<path>.+)")
_UNSTATED = "not-stated"  # of a licence
DATED = ("read", "computed")  # what was made so has a period, or values.csv says why not
_SURE = ("low", "medium", "high")
_OF_ROWS = ("source", "claims", "observations", "numerator", "denominator", "target")  # columns by which the rows of a table name what they rest on


@dataclass(frozen=True)
class Basis:
    """`ids` of claims and observations, `counted` tables of this book, `assumed` names of parameters; the rest is derived from them.

    `sources` are ids of documents, `period` spans those of the rows (`FY2008/FY2024`, empty where none has one), `confidence` is the lowest of them.
    """

    ids: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    period: str = ""
    confidence: str = ""

    def record(self) -> dict[str, Any]:
        """The basis as an exhibit or value keeps it."""
        return {"basis": list(self.ids), "counted": list(self.counted), "assumed": list(self.assumed), "period": self.period, "sure": self.confidence}


@dataclass(frozen=True)
class Row:
    """One claim or observation, as far as others rest on it."""

    source: str
    value: float
    value_high: float
    unit: str
    period: str
    confidence: str
    qualifier: str


class Grounds:
    """The rows of an edition that exhibits and values can rest on; observations are looked into only for what is no claim."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._ledgers: dict[str, dict[str, Row]] = {}

    def row(self, id: str) -> Row | None:
        """The claim or observation of this id, if there is one."""
        return next((row for table in LEDGERS if self._edition.has(table) and (row := self._ledger(table).get(id))), None)

    def rows(self, ids: Iterable[str]) -> list[Row]:
        """The rows of these ids, as far as there are such."""
        return [row for id in ids if (row := self.row(id))]

    def _ledger(self, table: str) -> dict[str, Row]:
        if table not in self._ledgers:
            units = parts.rows(self._edition, "measures")["unit"]
            self._ledgers[table] = {id: _row(row, units) for id, row in parts.rows(self._edition, table).to_dict("index").items()}
        return self._ledgers[table]

    def basis(self, id: str, ids: Iterable[str], counted: str = "", assumed: str = "", shown: Set[str] = frozenset()) -> Basis:
        """The basis of the exhibit or value of this id; of a counted table of which an exhibit shows only the rows `shown`, the documents of those.

        Raises:
            Refusal: E340 a row or table that this edition does not have, E341 nothing at all.
        """
        named, tables = tuple(dict.fromkeys(ids)), tuple(counted.split())
        if unknown := [one for one in named if not self.row(one)] or [one for one in tables if not self._counts(one)]:
            raise Refusal("E340", Place("exhibits.csv", column=id), near(unknown[0], [id for rows in self._ledgers.values() for id in rows]))
        if not (named or tables or assumed):
            raise Refusal("E341", Place("exhibits.csv", column=id), id)
        rows = self.rows(named)
        own = {source for row in rows for source in row.source.split()}
        sources = own.union(*(self._documents(table, shown) for table in tables if self._edition.has(table)))
        sure = min((row.confidence for row in rows if row.confidence), key=_SURE.index, default="")
        return Basis(named, tables, tuple(assumed.split()), tuple(sorted(sources)), spanned(row.period for row in rows), sure)

    def rested(self, table: pd.DataFrame) -> list[list[str]]:
        """The ids that each row of a table names as what it rests on: in `claims` or `observations`, or its own, kept as `_id`, where a ledger
        has it.
        """
        named = [name for name in ("claims", "observations", "_observations") if name in table.columns]
        found = []
        for row in table.to_dict("records"):
            ids = [word for name in named if isinstance(row[name], str) for word in row[name].split()]
            own = row.get("_id")
            found.append([*ids, own] if isinstance(own, str) and self.row(own) else ids)
        return found

    def _counts(self, name: str) -> bool:
        """Whether this is a table of the edition, or an edition that is compared as a whole."""
        return self._edition.has(name) or name in (self._edition.name, self._edition.previous.name if self._edition.has("previous") else "")

    def _documents(self, table: str, shown: Set[str]) -> list[str]:
        """The ids of the documents that the rows of this table were read in, directly or through the rows that they name; where it has rows of
        the ids `shown`, only of those.
        """
        frame = self._edition.table(table)
        if "id" in frame.columns and frame["id"].isin(shown).any():
            frame = frame[frame["id"].isin(shown)]
        if table == "sources":
            return list(frame["id"])
        cells = {word for name in _OF_ROWS if name in frame.columns for cell in frame[name].astype("str") for word in cell.split()}
        own = set(frame["source"].str.split().explode().dropna()) if "source" in frame.columns else set()
        return sorted(own | {source for row in self.rows(sorted(cells)) for source in row.source.split()})

    def making(self, basis: Basis, number: tuple[float, float], unit: str, formula: str, id: str) -> str:
        """How the number was made: assumed where a parameter is in it, counted in tables of this book, computed by a formula, or read.

        Raises:
            Refusal: E342 a number without a formula that stands in no row it rests on.
        """
        if basis.assumed:
            return "assumed"
        if formula or basis.counted:
            return "computed" if basis.ids else "counted"
        if not any(self.says(one, number, unit) for one in basis.ids):
            raise Refusal("E342", Place("exhibits.csv", column=id), f"{id}: {number[0]:.15g} ({' '.join(basis.ids[:3])})")
        return "read"

    def shown(self, basis: Basis, computed: Iterable[str], quoted: Iterable[str] = ()) -> str:
        """How an exhibit was made: assumed or counted as a number is; computed where it has columns that were, or where a value that its title
        quotes (`quoted` are their makings) was; or read.
        """
        if basis.assumed or not basis.ids:
            return "assumed" if basis.assumed else "counted"
        return "computed" if any(computed) or "computed" in quoted else "read"

    def computed(self, basis: Basis, numbers: Mapping[str, Iterable[float]]) -> list[str]:
        """The columns of an exhibit, by their numbers, of which one stands in no row that it rests on."""
        told = {end for row in self.rows(basis.ids) for end in (row.value, row.value_high)}
        return [name for name, found in numbers.items() if not told.issuperset(found)]

    def says(self, id: str, number: tuple[float, float], unit: str) -> bool:
        """Whether this row gives this number, or both ends of this range."""
        row = self.row(id)
        if row is None:
            return False
        high = row.value if pd.isna(row.value_high) else row.value_high
        return (row.value, high) == number and row.unit == unit


def _row(row: dict[str, Any], units: pd.Series) -> Row:
    unit = row.get("unit") or units.get(row["measure"], "")
    told = (row["source"], row["value"], row["value_high"], unit, row["period"], row.get("confidence", ""), row.get("qualifier", ""))
    return Row(*told)


def document(id: str, row: Mapping[str, Any], lang: str) -> dict[str, str]:
    """The document of this row of sources.csv, as an exhibit or value keeps it: address and licence where the edition tells them.

    >>> told = {"title_en": "Plan", "publisher_en": "MEXT", "published": "", "address": "github:a/b@0f:c d.csv", "licence": "not-stated"}
    >>> document("S1", told, "en")["address"]
    'https://github.com/a/b/blob/0f/c%20d.csv'
    """
    found = {"id": id, "title": row[f"title_{lang}"], "publisher": row[f"publisher_{lang}"], "published": row["published"]}
    known = {name: text for name, text in row.items() if isinstance(text, str)}  # a column that the edition does not have is missing in every row
    more = {"address": _web(known.get("address", "")), "read_as": known.get("read_as", "")}
    if known.get("licence", "") not in ("", _UNSTATED):
        more |= {"licence": known["licence"], "terms": known.get("licence_address", "")}
    return found | {name: text for name, text in more.items() if text}


def _web(address: str) -> str:
    """The address for a browser; empty for one that is none. A file in a repository on GitHub is told as `github:owner/name@commit:path`."""
    if found := _ON_GITHUB.fullmatch(address):
        return f"https://github.com/{found['repository']}/blob/{found['commit']}/{quote(found['path'])}"
    return address if address.startswith(("https://", "http://")) else ""


def spanned(periods: Iterable[str]) -> str:
    """The period from the first to the last of these; one that they share stays as it is.

    A fiscal year runs from April to March, so that it begins after the calendar year of its number and ends after it.

    >>> spanned(["FY2008", "FY2024", ""]), spanned(["2014/2020", "2021/2027"]), spanned(["2004", "FY2004"]), spanned(["2018-10"])
    ('FY2008/FY2024', '2014/2027', '2004/FY2004', '2018-10')
    >>> spanned(["FY2014", "2018-04", "FY2009", "2018-10"])
    'FY2009/2018-10'
    """
    found = {period for period in periods if period}
    if len(found) < 2:
        return next(iter(found), "")
    ends = sorted({end for period in found for end in period.split("/")})
    first, last = min(ends, key=_begins), max(ends, key=_ends)
    return first if first == last else f"{first}/{last}"


def _begins(moment: str) -> str:
    return f"{moment.removeprefix('FY')}-04" if moment.startswith("FY") else moment


def _ends(moment: str) -> str:
    if moment.startswith("FY"):
        return f"{int(moment.removeprefix('FY')) + 1}-03-31"
    return f"{moment}-12-31"[:10] if moment.isdecimal() else f"{moment}-31"[:10]


def undated(period: str, making: str, reason: str) -> bool:
    """Whether a value that was read or computed has neither a period nor the reason why it has none; or a reason that it does not need.

    >>> undated("FY2019", "read", ""), undated("", "computed", "unstated"), undated("", "counted", "")
    (False, False, False)
    >>> undated("", "read", ""), undated("FY2019", "read", "timeless")
    (True, True)
    """
    return (making in DATED and not period) != bool(reason)
