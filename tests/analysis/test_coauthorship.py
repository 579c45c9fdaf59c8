"""Shares are computed from two counts of one table, and series that differ are never joined."""

import math

import pandas as pd
import pytest

from evidence.analysis import coauthorship

NAMES = pd.DataFrame({"id": ["japan", "world"], "name_ja": ["日本", "世界"], "name_en": ["Japan", "World"], "order": [1, 2]})


def counts(entity: str, year: str, whole: float, part: float, ending: str = "") -> pd.DataFrame:
    measures = [f"articles-total{ending}", f"articles-international{ending}"]
    ids = [f"t-{entity}-{year}", f"i-{entity}-{year}"]
    return pd.DataFrame({"id": ids, "entity": entity, "measure": measures, "period": year, "value": [whole, part]})


def test_a_share_of_nothing_is_missing():
    assert math.isnan(coauthorship.share_pct(0, 0))


def test_a_year_with_one_count_only_has_no_share():
    observations = pd.concat([counts("japan", "2003", 200, 50), counts("japan", "2004", 100, 40).head(1)])

    assert coauthorship.shares(observations, NAMES)["year"].tolist() == [2003]


def test_the_two_editions_of_the_indicators_stay_two_series():
    observations = pd.concat([counts("japan", "2002", 100, 10, "-earlier"), counts("japan", "2003", 200, 50)])
    table = coauthorship.shares(observations, NAMES)

    assert table[["year", "share_pct", "series"]].values.tolist() == [[2002, 10.0, "earlier"], [2003, 25.0, "current"]]


def test_first_and_last_year_are_of_the_current_series_alone():
    observations = pd.concat([counts("japan", "2002", 100, 10, "-earlier"), counts("japan", "2003", 200, 50), counts("japan", "2004", 200, 60)])
    row = coauthorship.ends(coauthorship.shares(observations, NAMES)).iloc[0]

    assert (row["first_year"], row["last_year"], row["change_points"]) == (2003, 2004, pytest.approx(5))


def test_a_share_names_the_two_observations_it_is_computed_from():
    assert coauthorship.shares(counts("japan", "2003", 200, 50), NAMES)["claims"].tolist() == ["i-japan-2003 t-japan-2003"]


def test_a_country_that_is_not_there_is_not_guessed():
    with pytest.raises(KeyError):
        coauthorship.of(coauthorship.ends(coauthorship.shares(counts("japan", "2003", 200, 50), NAMES)), "germany")


def test_a_year_of_partner_articles_without_its_index_is_left_out():
    """The gate refuses such an edition (E257); whoever asks the function with a table of their own gets the years that have both."""
    names = pd.DataFrame({"id": ["japan-world"], "name_ja": ["日本と世界"], "name_en": ["Japan and the world"]})
    rows = [("partner-articles", "2003", 5), ("collaboration-index", "2003", 1), ("partner-articles", "2027", 9)]
    table = pd.DataFrame([(f"{m}-{p}", "japan-world", m, p, v) for m, p, v in rows], columns=["id", "entity", "measure", "period", "value"])

    row = coauthorship.partners(table, names, "japan").iloc[0]

    assert (row["last_year"], row["articles_last"], row["claims"]) == (2003, 5, "partner-articles-2003 collaboration-index-2003")
