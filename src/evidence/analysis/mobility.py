"""Researchers sent and received: series with their breaks, stays by length, fellowships and programmes by fiscal year."""

import pandas as pd

from evidence.analysis.japan_funds import fiscal_year

STAYS = {
    "received": "researchers-received", "received_short": "researchers-received-short", "received_long": "researchers-received-long",
    "sent": "researchers-sent", "sent_short": "researchers-sent-short", "sent_long": "researchers-sent-long",
}  # fmt: skip


def broken(breaks: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """The breaks in the series of all researchers received and sent: measure, fiscal_year (the first of the new count), reason,
    source, locator; in the data only: id.
    """
    table = breaks[breaks["measure"].isin([STAYS["received"], STAYS["sent"]])]
    table = table.assign(fiscal_year=table["from_period"].map(fiscal_year)).rename(columns={"id": "_id"})
    names = measures[["id", "name_ja", "name_en"]].set_axis(["measure", "measure_ja", "measure_en"], axis=1)
    named = table.merge(names, on="measure").sort_values(["measure", "fiscal_year"], ignore_index=True)
    return named[["measure_ja", "measure_en", "fiscal_year", "reason_ja", "reason_en", "source", "locator", "_id"]]


def latest(observations: pd.DataFrame, measure: str) -> pd.Series:
    """The observation of this measure in its latest fiscal year.

    >>> rows = pd.DataFrame({"id": ["a", "b"], "measure": "researchers-sent", "period": ["FY2010", "FY2009"], "value": 4.0})
    >>> latest(rows, "researchers-sent")["id"]
    'a'
    """
    own = observations[observations["measure"].eq(measure)]
    return own.loc[own["period"].map(fiscal_year).idxmax()]


def longer(stays: pd.DataFrame) -> pd.Series:
    """The latest year in which more researchers were sent for longer stays than for short ones.

    >>> longer(pd.DataFrame({"fiscal_year": [2020, 2021], "sent_short": [3.0, 9.0], "sent_long": [5.0, 5.0]}))["fiscal_year"].item()
    2020.0
    """
    return stays[stays["sent_short"] < stays["sent_long"]].iloc[-1]


def stays(observations: pd.DataFrame) -> pd.DataFrame:
    """Researchers received and sent by fiscal year and length of stay, for the years in which a length is known; empty where none was found.

    Columns: fiscal_year, received, received_short, received_long, sent, sent_short, sent_long, claims.

    >>> measures = ["researchers-sent-long", "researchers-sent"]
    >>> rows = pd.DataFrame({"id": ["a", "b"], "measure": measures, "period": ["FY2009", "FY2010"], "value": 4.0})
    >>> stays(rows)[["fiscal_year", "sent_long"]].values.tolist()
    [[2009.0, 4.0]]
    """
    names = {measure: name for name, measure in STAYS.items()}
    table = observations[observations["measure"].isin(names)]
    table = table.assign(fiscal_year=table["period"].map(fiscal_year), name=table["measure"].map(names))
    wide = table.pivot(index="fiscal_year", columns="name", values="value").reindex(columns=list(STAYS))
    wide["claims"] = table.groupby("fiscal_year")["id"].agg(" ".join)
    known = wide[[name for name in STAYS if "_" in name]].notna().any(axis=1)
    return wide[known].reset_index()


def unadded(stays: pd.DataFrame) -> pd.DataFrame:
    """The years in which short and longer stays do not add up to the number in all, where all three are known.

    >>> table = pd.DataFrame({"received": [5.0], "received_short": [3.0], "received_long": [1.0], "sent": [9.0]})
    >>> len(unadded(table.assign(sent_short=8.0, sent_long=1.0)))
    1
    """
    wrong = [stays[f"{way}_short"].add(stays[f"{way}_long"]).sub(stays[way]).fillna(0).ne(0) for way in ("received", "sent")]
    return stays[wrong[0] | wrong[1]]


def fellowships(observations: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """Applicants and fellows adopted by programme and fiscal year, with the share of applicants adopted.

    Columns: name, fiscal_year, applicants, fellows, adopted_pct (as the source gives it where the applicants are not known), claims.
    """
    kinds = {"fellowship-applicants": "applicants", "fellowships-adopted": "fellows", "fellowship-rate": "rate"}
    table = observations[observations["measure"].isin(kinds)]
    table = table.assign(fiscal_year=table["period"].map(fiscal_year), kind=table["measure"].map(kinds))
    wide = table.pivot(index=["fiscal_year", "entity"], columns="kind", values="value").reindex(columns=list(kinds.values()))
    wide["claims"] = table.groupby(["fiscal_year", "entity"])["id"].agg(" ".join)
    named = wide.reset_index().merge(entities[["id", "name_ja", "name_en"]], left_on="entity", right_on="id")
    named["adopted_pct"] = (100 * named["fellows"] / named["applicants"]).fillna(named["rate"])
    return named[["name_ja", "name_en", "fiscal_year", "applicants", "fellows", "adopted_pct", "claims"]]
