"""The registers a reader looks things up in: every claim, every source, every term, each row with an anchor of its own."""

import pandas as pd


def claims(claims: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """The full ledger: one row a claim, in the order of the source, with its number, unit, place and status.

    Columns: id, text, value, value_high (empty where the source gives one number), unit, period, status, source,
    locator, as_printed, note, anchor (`claim-<id>`).
    """
    named = measures.set_index("id")
    units = {f"unit_{lang}": claims["measure"].map(named[f"unit_{lang}"]).fillna("") for lang in ("ja", "en")}
    table = claims.assign(anchor="claim-" + claims["id"], claims=claims["id"], **units)
    return table[
        ["id", "text_ja", "text_en", "value", "value_high", "unit_ja", "unit_en", "period", "status", "source", "locator", "as_printed",
         "note_ja", "note_en", "anchor"]
    ]  # fmt: skip


def sources(sources: pd.DataFrame) -> pd.DataFrame:
    """Every document the evidence was read in or that the source names as its ground, with where it was read.

    Columns: id, title, publisher, published, read_in (the source it was read in), address, sha256, note, anchor.
    """
    table = sources.assign(anchor="source-" + sources["id"].str.lower())
    return table[
        ["id", "title_ja", "title_en", "publisher_ja", "publisher_en", "published", "read_in", "address", "sha256", "note_ja", "note_en", "anchor"]
    ]


def terms(glossary: pd.DataFrame) -> pd.DataFrame:
    """Every term in the order of its reading.

    Columns: japanese, reading, english, definition, locator, as_printed, anchor (`term-<id>`).

    >>> glossary = pd.DataFrame({"id": ["b", "a"], "term_ja": ["二", "一"], "reading": ["に", "いち"], "term_en": ["two", "one"],
    ...     "definition_ja": ["", ""], "definition_en": ["", ""], "locator": ["", ""], "as_printed": ["", ""]})
    >>> terms(glossary)["japanese"].tolist()
    ['一', '二']
    """
    table = glossary.sort_values(["reading", "id"]).assign(anchor=lambda rows: "term-" + rows["id"])
    table = table.rename(columns={"term_ja": "japanese", "term_en": "english"})
    return table[["japanese", "reading", "english", "definition_ja", "definition_en", "locator", "as_printed", "anchor"]]
