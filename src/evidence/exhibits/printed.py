"""A table of an exhibit as a reader sees it: which columns, in which words, and how each is set."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from evidence import words
from evidence.tables import columns
from evidence.tables.cells import language

_LEADING = ("id", "ids")  # kinds whose cells name what stands elsewhere, in a language too, where a name takes the place of some
_OF_PLACE = ("", "year", "fiscal-year")  # units of a number that says where, not how much
_OF_FILES = ("key", "sha256")  # kinds that a reader of a page has no use for: they stand in the data file
_EMPTY = re.compile(r"(?:; | and |, and )empty\b.*$|[。、]?空欄は.*$")  # what a definition ends with, which is about cells and no method
LONG_TEXT = 24  # characters from which a column is set wide


def seen(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The table as a reader of this language sees it: the other language's columns gone, heads and cells in words, all as text.

    Columns whose names end in `_ja` or `_en` come in pairs; `anchor` is not shown, nor are columns starting with `_`, nor the key of a thing
    that other cells of its row tell in words, nor the hash of a file: they stand in the data file only.

    Raises:
        Refusal: E344 a code without a word, E345 a period that is none, E346 a column that is not registered.
    """
    rows = table.to_dict("records")
    shown = _seen(table, lang)
    told = [column.cells(table[name], rows, lang) for name, column in shown.items()]
    return pd.DataFrame(zip(*told, strict=True), columns=[column.heading(lang) for column in shown.values()], dtype="str")


def numbers(table: pd.DataFrame) -> dict[str, list[float]]:
    """The numbers that the table says, by their column, in its data file too: neither years nor places in an order, which measure nothing."""
    known, found = columns.register(), table.select_dtypes("number")
    told = {name: known.get(str(name).removeprefix("_")) for name in found}
    measured = [name for name, column in told.items() if column and column.kind in columns.NUMERIC and column.unit not in _OF_PLACE]
    return {str(name).removeprefix("_"): [float(number) for number in found[name].dropna()] for name in measured}


def formula(computed: Iterable[str], quoted: Iterable[Mapping[str, str]], lang: str) -> str:
    """How an exhibit was computed: the definitions of its computed columns, and the formulas of the values that its title quotes.

    A value that only counts rows explains itself.
    """
    told = {columns.label(name, lang): _EMPTY.sub("", columns.column(name).definitions[lang]) for name in computed}
    told |= {value["name"]: value["formula"] for value in quoted if value["making"] not in ("read", "counted")}
    return words.word("how.joint", lang).join(words.word("how.told", lang, name=name, how=how) for name, how in told.items())


def own(table: pd.DataFrame, lang: str) -> list[str]:
    """The columns of the table without those in the other language."""
    return [name for name in table.columns if language(name) in ("", lang)]


def _seen(table: pd.DataFrame, lang: str) -> dict[str, columns.Column]:
    names = [name for name in own(table, lang) if name != "anchor" and not name.startswith("_")]
    found = {name: columns.column(name) for name in names}
    return {name: column for name, column in found.items() if column.kind not in _OF_FILES}


def heads(table: pd.DataFrame, shown: pd.DataFrame, lang: str) -> list[dict[str, Any]]:
    """The head of each column of the table as it is shown, what it is, and how the page sets it: `label`, `definition`, `kind`, and `leads` where
    its cells are ids.
    """
    pairs = zip(_seen(table, lang).values(), shown.items(), strict=True)
    return [
        {
            "label": str(label),
            "definition": column.definitions[lang],
            "kind": _set(column, cells),
            "leads": columns.register()[column.name].kind in _LEADING,
        }
        for column, (label, cells) in pairs
    ]


def _set(column: columns.Column, cells: pd.Series) -> str:
    """How the page sets the column: a number to the right, a long text in a wide column, ids of rows and of documents as links to them."""
    if column.kind in columns.NUMERIC:
        return "number"
    if column.kind in ("rows", "documents"):
        return column.kind
    return "long" if cells.str.len().max() > LONG_TEXT else "short"
