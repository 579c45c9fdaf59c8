"""What the desk reads of the tables that every run is given, so that a run is made again where that has changed, and for nothing else in them."""

from collections.abc import Collection

import pandas as pd

from evidence.tables.edition import Edition
from evidence.tables.facts import LEDGERS

_OF_LEDGER = ("id", "source", "value", "value_high", "unit", "measure", "period", "confidence", "qualifier")
_NAMES = ("title_ja", "title_en", "publisher_ja", "publisher_en")
_COLUMNS = {
    **dict.fromkeys(LEDGERS, _OF_LEDGER),
    "measures": ("id", "unit"),
    "sources": ("id", *_NAMES, "published", "address", "read_as", "licence", "licence_address"),
}


def rows(edition: Edition, table: str) -> pd.DataFrame:
    """The columns that the desk reads of claims, observations, measures or sources, as far as the edition has them, by the rows' ids."""
    found: pd.DataFrame = edition.table(table).filter(list(_COLUMNS[table])).set_index("id")
    return found


def exhibits(edition: Edition, chapter: str) -> pd.DataFrame:
    """The rows of exhibits.csv of this chapter, by their ids."""
    table = edition.table("exhibits")
    return table[table["chapter"].eq(chapter)].set_index("id")


def values(edition: Edition) -> pd.DataFrame:
    """The rows of values.csv, by their ids; the desk reads those of the values that a run makes."""
    return edition.table("values").set_index("id")


def read(edition: Edition, table: str, chapter: str, made: Collection[str]) -> pd.DataFrame:
    """What the desk reads of one of the tables of every run, in a run of this chapter that makes these values."""
    if table == "exhibits":
        return exhibits(edition, chapter)
    return values(edition).filter(sorted(made), axis="index") if table == "values" else rows(edition, table)
