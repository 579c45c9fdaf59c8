"""The registers a reader looks things up in: every claim, every source, every term, each row with an anchor of its own."""

from collections.abc import Mapping

import pandas as pd

from evidence import words
from evidence.tables.columns import Column

NUMBERS = ["_value", "_value_high", "_unit", "_qualifier"]  # columns of the data file beside a number in words


def claims(claims: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """The full ledger: one row a claim, in the order of the source, with its number, unit, place and status.

    Columns: id, text, quantity (number with unit, limited as the source does), period, nature (status in words), source, locator, as_printed,
    note, anchor (`claim-<id>`); in the data only: value, value_high (empty where the source gives one number), unit, qualifier, status.
    """
    unit = claims["measure"].map(measures.set_index("id")["unit"]).fillna("")
    table = claims.assign(
        anchor="claim-" + claims["id"], _value=claims["value"], _value_high=claims["value_high"], _unit=unit, _qualifier=claims["qualifier"],
        _status=claims["status"],
    )  # fmt: skip
    for lang in words.LANGUAGES:
        table[f"nature_{lang}"] = [words.word(f"status.{status}", lang) for status in claims["status"]]
        table[f"quantity_{lang}"] = _quantities(table, lang)
    return table[
        ["id", "text_ja", "text_en", "quantity_ja", "quantity_en", "period", "nature_ja", "nature_en", "source", "locator", "as_printed",
         "note_ja", "note_en", *NUMBERS, "_status", "anchor"]
    ]  # fmt: skip


def observations(observations: pd.DataFrame, measures: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """Every number of every series, in the order of the file, with its source and locator.

    Columns: id, subject (what the number is about), measure, period, quantity (number with unit, limited as the source does), stage, price_basis,
    confidence, source, locator, note, anchor (`observation-<id>`); in the data only: value, value_high, unit, qualifier, status.
    """
    table = observations.assign(
        anchor="observation-" + observations["id"], _value=observations["value"], _value_high=observations["value_high"], _unit=observations["unit"],
        _qualifier=observations["qualifier"], _status=observations["status"],
    )  # fmt: skip
    for lang in words.LANGUAGES:
        table[f"subject_{lang}"] = observations["entity"].map(entities.set_index("id")[f"name_{lang}"])
        table[f"measure_{lang}"] = observations["measure"].map(measures.set_index("id")[f"name_{lang}"])
        table[f"quantity_{lang}"] = _quantities(table, lang)
        for name, group in (("stage", "status"), ("price", "price_basis"), ("sure", "confidence")):
            codes = observations["status" if name == "stage" else group]
            table[f"{name}_{lang}"] = [words.word(f"{name}.{code}", lang) if code else "" for code in codes]
    both = [f"{name}_{lang}" for name in ("subject", "measure") for lang in words.LANGUAGES]
    more = [f"{name}_{lang}" for name in ("quantity", "stage", "price", "sure") for lang in words.LANGUAGES]
    return table[["id", *both, "period", *more, "source", "locator", "note_ja", "note_en", *NUMBERS, "_status", "anchor"]]


def _quantities(table: pd.DataFrame, lang: str) -> list[str]:
    rows = table[[*NUMBERS, "period"]].itertuples(index=False, name=None)
    return [quantity(low, high, unit, qualifier, period, lang) for low, high, unit, qualifier, period in rows]


def quantity(low: float, high: float, unit: str, qualifier: str, period: str, lang: str) -> str:
    """The number of a claim as a reader sees it, limited as its source limits it; empty where the claim has none, a month or day as its period.

    >>> quantity(1, 3, "years", "", "", "en"), quantity(30, float("nan"), "jpy-m", "about", "", "ja")
    ('1–3 years', '約3,000万円')
    >>> quantity(2018, float("nan"), "month", "", "2018-10", "en"), quantity(float("nan"), float("nan"), "", "", "", "en")
    ('October 2018', '')
    """
    if pd.isna(low):
        return ""
    return words.quantity(low if pd.isna(high) else (low, high), unit, lang, qualifier=qualifier, moment=period)


def sources(sources: pd.DataFrame) -> pd.DataFrame:
    """Every document the evidence was read in or that the source names as its ground, with where it was read.

    Columns: id, title, publisher, published, read_in (the source it was read in), read_as (copy or secondary, where the edition tells), address,
    licence (code of the publisher's terms, where the edition tells), sha256, note, anchor; in the data only: licence_address.
    """
    table = sources.assign(anchor="source-" + sources["id"].str.lower())
    named = ["title_ja", "title_en", "publisher_ja", "publisher_en", "published", "read_in", "read_as", "address"]
    stated = "licence" in table and table["licence"].fillna("").ne("").any()
    told = [*named, *(["licence"] if stated else []), "sha256", "note_ja", "note_en"]
    table = table.assign(_licence_address=table["licence_address"]) if stated else table
    return table[["id", *(name for name in told if name in table), *(["_licence_address"] if stated else []), "anchor"]]


def licensed(sources: pd.DataFrame) -> int:
    """How many of the documents have terms of use that were established.

    >>> licensed(pd.DataFrame({"licence": ["PDL-1.0", "not-stated", "permission", ""]}))
    2
    """
    return int((~sources["licence"].isin(["", "not-stated"])).sum())


def terms(glossary: pd.DataFrame) -> pd.DataFrame:
    """Every term in the order of its reading.

    Columns: japanese, reading, english, definition, definition_basis (in words), locator, as_printed, anchor (`term-<id>`).

    >>> glossary = pd.DataFrame({"id": ["b", "a"], "term_ja": ["二", "一"], "reading": ["に", "いち"], "term_en": ["two", "one"],
    ...     "definition_ja": ["", ""], "definition_en": ["", ""], "definition_basis": ["book", "book"], "locator": ["", ""], "as_printed": ["", ""]})
    >>> terms(glossary)["japanese"].tolist()
    ['一', '二']
    """
    table = glossary.sort_values(["reading", "id"]).assign(anchor=lambda rows: "term-" + rows["id"])
    table = table.rename(columns={"term_ja": "japanese", "term_en": "english"})
    for lang in words.LANGUAGES:
        table[f"definition_basis_{lang}"] = [words.word(f"defined.{basis}", lang) for basis in table["definition_basis"]]
    both = [f"{name}_{lang}" for name in ("definition", "definition_basis") for lang in words.LANGUAGES]
    return table[["japanese", "reading", "english", *both, "locator", "as_printed", "anchor"]]


def dictionary(register: Mapping[str, Column]) -> pd.DataFrame:
    """Every registered column by its name: what it holds and how it is written.

    Columns: column_name (as in CSV files), column_heading, column_kind, column_unit (empty where the kind is no number), digits (empty: as they are),
    column_codes (each code with its word), column_definition.
    """
    out = pd.DataFrame({"column_name": list(register), "digits": pd.array([one.digits for one in register.values()], dtype="Int64")})
    for lang in words.LANGUAGES:
        out[f"column_heading_{lang}"] = [one.heading(lang) for one in register.values()]
        out[f"column_kind_{lang}"] = [words.word(f"column-kind.{one.kind}", lang) for one in register.values()]
        out[f"column_unit_{lang}"] = [words.word(f"file.unit.{one.unit_in(lang)}", lang) if one.unit else "" for one in register.values()]
        out[f"column_codes_{lang}"] = [_worded(one, lang) for one in register.values()]
        out[f"column_definition_{lang}"] = [one.definitions[lang] for one in register.values()]
    both = ("column_heading", "column_definition", "column_kind", "column_unit")
    columns = ["column_name", *(f"{name}_{lang}" for name in both for lang in words.LANGUAGES), "digits", "column_codes_ja", "column_codes_en"]
    return out[columns].sort_values("column_name", ignore_index=True)


def _worded(column: Column, lang: str) -> str:
    """The codes of a column with their words; units and limits, which have a list of their own, are only named as such."""
    known = {code: f"{family}.{code}" for family in column.codes for code in words.family(family) if family not in ("unit", "limited")}
    return words.word("column-kind.joint", lang).join(f"{code} = {words.word(key, lang)}" for code, key in known.items())
