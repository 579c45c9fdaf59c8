"""International co-authorship: how many articles of a country have authors abroad, with whom, and how far that is above chance.

Shares are computed from two counts of the same table. Series of different databases, or of different editions of one database, are never joined.
"""

import pandas as pd

from evidence.analysis import findings

SERIES = {"articles-total": "current", "articles-total-earlier": "earlier"}  # the later edition of the indicators, and the one before it
FAR_POINTS = 10  # "far below": by so many percentage points or more
SPANS = {"long": (2003, 2018), "ten-years": (2008, 2018), "since": (2018, 2022)}  # to the last whole year before the recommendation, and since
CLAIMS = ("coauthorship-world", "coauthorship-china", "coauthorship-japan-slower")  # what the recommendation says of growth
PAIR = {"partner-articles": "articles", "collaboration-index": "index"}


def share_pct(part: float, whole: float) -> float:
    """The part in percent of the whole; missing where the whole is zero or missing.

    >>> share_pct(1, 4), share_pct(1, 0)
    (25.0, nan)
    """
    return 100 * part / whole if whole else float("nan")


def shares(observations: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """Share of articles with authors abroad, by country and year, from whole counts.

    Formula: 100 x articles with institutions abroad / all articles, both of the same table.
    Columns: name_ja, name_en, year, total, international, share_pct, series (current, or earlier for the years of another edition), entity,
    claims (the two observations).

    >>> table = pd.DataFrame({"id": ["t", "i"], "entity": ["japan"] * 2, "measure": ["articles-total", "articles-international"],
    ...     "period": ["2003"] * 2, "value": [200.0, 50.0]})
    >>> names = pd.DataFrame({"id": ["japan"], "name_ja": ["日本"], "name_en": ["Japan"], "order": [1]})
    >>> shares(table, names)[["year", "share_pct", "series"]].values.tolist()
    [[2003, 25.0, 'current']]
    """
    found = []
    for measure, series in SERIES.items():
        whole = observations[observations["measure"].eq(measure)]
        part = observations[observations["measure"].eq(measure.replace("total", "international"))]
        both = whole.merge(part, on=["entity", "period"], suffixes=("_whole", "_part"), validate="one_to_one")
        found.append(both.assign(series=series))
    table = pd.concat(found).merge(entities.add_suffix("_of"), left_on="entity", right_on="id_of")
    table = table.rename(columns={"name_ja_of": "name_ja", "name_en_of": "name_en", "order_of": "order"})
    table["year"] = table["period"].astype(int)
    table["total"], table["international"] = table["value_whole"], table["value_part"]
    table["share_pct"] = [share_pct(part, whole) for part, whole in zip(table["international"], table["total"], strict=True)]
    table["claims"] = table["id_part"] + " " + table["id_whole"]
    table = table.sort_values(["order", "year"])
    return table[["name_ja", "name_en", "year", "total", "international", "share_pct", "series", "entity", "claims"]].reset_index(drop=True)


def ends(table: pd.DataFrame) -> pd.DataFrame:
    """First and last year of the current series of each country, the highest last share first; the world stands among them as a yardstick.

    Columns: name_ja, name_en, first_year, last_year, first_pct, last_pct, change_points, entity, claims.

    >>> table = pd.DataFrame({"claims": ["a b", "c d"], "name_ja": ["日本"] * 2, "name_en": ["Japan"] * 2, "year": [2003, 2022],
    ...     "share_pct": [20.0, 30.0], "series": ["current"] * 2, "entity": ["japan"] * 2})
    >>> ends(table)["change_points"].tolist()
    [10.0]
    """
    current = table[table["series"].eq("current")].sort_values("year")
    first, last = (current.groupby("entity", sort=False).nth(place).set_index("entity") for place in (0, -1))
    out = pd.DataFrame({"name_ja": first["name_ja"], "name_en": first["name_en"], "first_year": first["year"], "last_year": last["year"]})
    out["first_pct"], out["last_pct"] = first["share_pct"], last["share_pct"]
    out["change_points"] = out["last_pct"] - out["first_pct"]
    out["claims"] = first["claims"] + " " + last["claims"]
    columns = ["name_ja", "name_en", "first_year", "last_year", "first_pct", "last_pct", "change_points", "entity", "claims"]
    return out.sort_values("last_pct", ascending=False).reset_index()[columns]


def growth(shares: pd.DataFrame) -> pd.DataFrame:
    """How far the number of articles with authors abroad grew in each country, over the two spans before the recommendation and since.

    Formula: articles of the last year over articles of the first, less 1. Spans are those of SPANS; both ends are of the current series.
    Columns: name_ja, name_en, first_year, last_year, coauthored_first, coauthored_last, grown_pct, entity, claims; in the data only: span.

    >>> row = {"name_ja": "日本", "name_en": "Japan", "series": "current", "entity": "japan"}
    >>> table = pd.DataFrame([row | {"year": year, "international": n, "claims": "i t"} for year, n in ((2003, 50.0), (2008, 60.0), (2018, 75.0),
    ...     (2022, 90.0))])
    >>> growth(table)["grown_pct"].round(1).tolist()
    [50.0, 25.0, 20.0]
    """
    current = shares[shares["series"].eq("current")].assign(id=shares["claims"].str.split().str[0])
    parts = []
    for span, (first_year, last_year) in SPANS.items():
        first, last = current[current["year"].eq(first_year)], current[current["year"].eq(last_year)]
        both = first.merge(last, on=["entity", "name_ja", "name_en"], suffixes=("_first", "_last"), sort=False)
        both = both.rename(columns={"international_first": "coauthored_first", "international_last": "coauthored_last"})
        ratio = both["coauthored_last"] / both["coauthored_first"]
        parts.append(both.assign(
            _over=span, first_year=first_year, last_year=last_year, grown_pct=100 * (ratio - 1), claims=both["id_first"] + " " + both["id_last"]
        ))  # fmt: skip
    columns = ["name_ja", "name_en", "first_year", "last_year", "coauthored_first", "coauthored_last", "grown_pct", "entity", "claims", "_over"]
    return pd.concat(parts, ignore_index=True)[columns]


def untrue(growth: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """For each claim on the growth of the number of papers, the rows that speak against it, in the two spans before the recommendation.

    >>> rows = [("japan", 77.0), ("france", 129.0), ("china", 771.0), ("world", 196.0)]
    >>> table = pd.DataFrame([{"entity": entity, "grown_pct": pct, "_over": span} for span in SPANS for entity, pct in rows])
    >>> {claim: len(against) for claim, against in untrue(table).items()}
    {'coauthorship-world': 0, 'coauthorship-china': 0, 'coauthorship-japan-slower': 0}
    """
    spans = [part for span, part in growth.groupby("_over", sort=False) if span != "since"]
    rising, first, last = CLAIMS
    return {
        rising: pd.concat([part[part["entity"].eq("world") & (part["grown_pct"] <= 0)] for part in spans]),
        first: pd.concat([findings.largest(part, "grown_pct", "entity == 'china'") for part in spans]),
        last: pd.concat([findings.below(part, "grown_pct", "entity == 'japan'", "entity != 'japan'") for part in spans]),
    }


def other_series(observations: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """The shares that another institute published for another database, as published.

    Columns: name_ja, name_en, year, share_pct, entity, claims; countries in the order of the register, years ascending.
    """
    table = observations[observations["measure"].eq("coauthored-share-wos")].merge(entities, left_on="entity", right_on="id", suffixes=("", "_of"))
    table = table.assign(year=table["period"].astype(int), share_pct=table["value"], claims=table["id"]).sort_values(["order", "year"])
    return table[["name_ja", "name_en", "year", "share_pct", "entity", "claims"]].reset_index(drop=True)


def not_higher(other: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """The rows of the other series that are not above the share of the same country and year in the current one.

    >>> other = pd.DataFrame({"entity": ["japan", "japan"], "year": [2011, 2022], "share_pct": [27.0, 30.0]})
    >>> shares = pd.DataFrame({"entity": ["japan"], "year": [2022], "share_pct": [31.8], "series": ["current"]})
    >>> not_higher(other, shares)["year"].tolist()
    [2022]
    """
    current = shares.loc[shares["series"].eq("current"), ["entity", "year", "share_pct"]]
    both = other.merge(current, on=["entity", "year"], suffixes=("", "_current"))
    return both[both["share_pct"] <= both["share_pct_current"]]


def partners(observations: pd.DataFrame, entities: pd.DataFrame, country: str) -> pd.DataFrame:
    """The country's articles with each partner, and the index of collaboration, in the first and the last year that have both.

    The index is the share of the partner in the country's international articles over its share in the world's: one means as many as expected.
    Columns: partner_ja, partner_en, first_year, last_year, articles_first, articles_last, index_first, index_last, entity, claims; most
    articles first.
    """
    table = observations[observations["measure"].isin(PAIR) & observations["entity"].str.startswith(f"{country}-")]
    wide = table.pivot(index="entity", columns=["measure", "period"], values="value")
    both = set.intersection(*(set(table.loc[table["measure"].eq(measure), "period"]) for measure in PAIR))
    first, last = min(both), max(both)
    table = table[table["period"].isin(both)]
    names = entities.set_index("id")
    out = pd.DataFrame({
        "partner_ja": names.loc[wide.index, "name_ja"].str.partition("と")[2],
        "partner_en": names.loc[wide.index, "name_en"].str.partition(" and ")[2].str.removeprefix("the "),
        "first_year": int(first), "last_year": int(last),
    })  # fmt: skip
    for measure, name in PAIR.items():
        out[f"{name}_first"], out[f"{name}_last"] = wide[(measure, first)], wide[(measure, last)]
    out["entity"], out["claims"] = out.index, table.groupby("entity")["id"].agg(" ".join)
    return out.sort_values("articles_last", ascending=False).reset_index(drop=True)


def not_far_above(ends: pd.DataFrame, country: str, others: list[str]) -> pd.DataFrame:
    """The rows of the other countries whose last share is not far above that of the country.

    >>> ends = pd.DataFrame({"entity": ["japan", "united-kingdom", "germany"], "last_pct": [31.8, 66.6, 40.0]})
    >>> not_far_above(ends, "japan", ["united-kingdom", "germany"])["entity"].tolist()
    ['germany']
    """
    return ends[ends["entity"].isin(others) & (ends["last_pct"] < of(ends, country)["last_pct"] + FAR_POINTS)]


def of(table: pd.DataFrame, entity: str) -> pd.Series:
    """The row of this country or pair.

    Raises:
        KeyError: the table has none.
    """
    rows = table[table["entity"].eq(entity)]
    if rows.empty:
        raise KeyError(entity)
    return rows.iloc[0]


def at(table: pd.DataFrame, entity: str, year: int) -> pd.Series:
    """The row of this country and year in the current series of `shares`."""
    return table[table["entity"].eq(entity) & table["year"].eq(year) & table["series"].eq("current")].iloc[0]


def rank(partners: pd.DataFrame, pair: str) -> int:
    """The place of the pair among those shown by the number of articles in the last year, from 1.

    >>> rank(pd.DataFrame({"entity": ["us", "uk"], "articles_last": [9.0, 5.0]}), "uk")
    2
    """
    return 1 + int((partners["articles_last"] > of(partners, pair)["articles_last"]).sum())
