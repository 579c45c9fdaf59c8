"""What became of the plans of 2019: each claim of the ledger that was planned, and what was found of it since, never a cause.

A status speaks of the documents read: `not-found` that a search brought nothing, which does not mean that the plan was dropped; `not-done` needs
a document that says so. A plan that several claims state is one piece of evidence, and counts once for each of them.
"""

import pandas as pd

from evidence import words
from evidence.analysis import follow_up

STATUSES = ["done", "partly", "differently", "not-done", "not-found", "not-looked-for"]
PLANNED = ["planned", "request"]  # statuses of claims: a request is a plan for the next year
TOLD = ["evidence_ja", "evidence_en", "source", "locator", "confidence", "read_extent", "note_ja", "note_en"]


def planned(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims of the ledger that were plans or requests, in its order."""
    return claims[claims["status"].isin(PLANNED)]


def headline(claims: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """The one row that tells what became of each planned claim, in the order of the ledger; without any, `not-looked-for`.

    Columns: id, about, text of the claim, then status, evidence, source, locator, confidence, read_extent and note of the row.

    >>> claims = pd.DataFrame({"id": ["a", "b", "c"], "status": ["planned", "planned", "stated"], "about": "eu", "text_ja": "", "text_en": ""})
    >>> rows = pd.DataFrame({"claims": ["a b", "a"], "status": ["not-found", "done"], "headline": ["yes", "no"]})
    >>> headline(claims, rows.reindex(columns=[*rows, *TOLD], fill_value=""))[["id", "status"]].values.tolist()
    [['a', 'not-found'], ['b', 'not-found']]
    """
    told = by_claim(plans[plans["headline"].eq("yes")]).set_index("claim")
    table = planned(claims)[["id", "about", "text_ja", "text_en"]].copy()
    for column in ["status", *TOLD]:
        missing = "not-looked-for" if column == "status" else ""
        table[column] = table["id"].map(told[column]).astype(object).fillna(missing).astype("str")
    return table.reset_index(drop=True)


def by_claim(plans: pd.DataFrame) -> pd.DataFrame:
    """The pieces of evidence, once for each claim that they speak of: `claim` beside the columns of the table."""
    return plans.assign(claim=plans["claims"].str.split()).explode("claim", ignore_index=True)


def amiss(claims: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """The claims that evidence is given of though they were no plans, or that have more than one headline.

    >>> claims = pd.DataFrame({"id": ["a", "b"], "status": ["planned", "stated"]})
    >>> amiss(claims, pd.DataFrame({"claims": ["a", "a b"], "headline": ["yes", "yes"]}))["claim"].tolist()
    ['a', 'b']
    """
    every = by_claim(plans)
    twice = every["headline"].eq("yes") & every.duplicated(["claim", "headline"])
    return every[twice | ~every["claim"].isin(planned(claims)["id"])]


def second_hand(headlines: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The plans of high confidence whose document is a copy or an account by others.

    >>> headlines = pd.DataFrame({"id": ["a", "b"], "confidence": ["high", "medium"], "source": ["S1", "S1"]})
    >>> second_hand(headlines, pd.DataFrame({"id": ["S1"], "read_as": ["copy"]}))["id"].tolist()
    ['a']
    """
    copies = sources[sources["read_as"].ne("")]["id"]
    return headlines[headlines["confidence"].eq("high") & headlines["source"].isin(copies)]


def counts(headlines: pd.DataFrame) -> pd.DataFrame:
    """How many plans on each subject came to each status; a pair that does not occur counts 0.

    Columns: about, status (one of STATUSES), plans (count).

    >>> counts(pd.DataFrame({"about": ["eu", "eu"], "status": ["done", "done"]})).values.tolist()[:2]
    [['eu', 'done', 2], ['eu', 'partly', 0]]
    """
    rows = []
    for about in headlines["about"].drop_duplicates():
        own = headlines[headlines["about"].eq(about)]["status"]
        rows += [(about, status, int(own.eq(status).sum())) for status in STATUSES]
    return pd.DataFrame(rows, columns=["about", "status", "plans"])


def shown(headlines: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Every plan with what became of it, what shows it, the document, how much of it was read and how sure it is.

    Columns: text, became (status in words), evidence, document, source, locator, extent, sureness, note, claims (the plan), anchor (`plan-<id>`);
    in the data only: about, status.
    """
    told = _told(headlines, sources).rename(columns={"id": "claims"})
    table = told.assign(_about=headlines["about"], _status=headlines["status"], anchor="plan-" + headlines["id"])
    return table[
        ["text_ja", "text_en", "became_ja", "became_en", "evidence_ja", "evidence_en", "document_ja", "document_en", "source", "locator",
         "extent_ja", "extent_en", "sureness_ja", "sureness_en", "note_ja", "note_en", "claims", "_about", "_status", "anchor"]
    ]  # fmt: skip


def rows(plans: pd.DataFrame, sources: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """The pieces of evidence that add to the one shown with a plan, as they stand in the table.

    Columns: text of the plans that they speak of, became (status in words), evidence, document, source, locator, extent, sureness, note, claims;
    in the data only: id, status.
    """
    more, texts = plans[plans["headline"].eq("no")].reset_index(drop=True), claims.set_index("id")
    table = _told(more, sources).assign(_id=more["id"], _status=more["status"])
    for lang, parted in (("ja", ""), ("en", " ")):
        table[f"text_{lang}"] = [parted.join(texts[f"text_{lang}"].loc[ids.split()]) for ids in more["claims"]]
    return table[
        ["text_ja", "text_en", "became_ja", "became_en", "evidence_ja", "evidence_en", "document_ja", "document_en", "source", "locator", "extent_ja",
         "extent_en", "sureness_ja", "sureness_en", "note_ja", "note_en", "claims", "_id", "_status"]
    ]  # fmt: skip


def _told(table: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The rows with the title of their document, and status, extent and confidence in words."""
    told = follow_up.documents(table, sources)
    for lang in words.LANGUAGES:
        told[f"became_{lang}"] = [words.word(f"became.{status}", lang) for status in table["status"]]
        told[f"extent_{lang}"] = [words.word(f"extent.{extent}", lang) if extent else "" for extent in table["read_extent"]]
    return told
