"""A verdict stands beside numbers that were computed, and a year that was not found stays empty."""

import pandas as pd

from evidence.analysis import claim_check

CHECKS = pd.DataFrame(
    {
        "id": ["eu", "nsfc", "uk"], "trend": ["eu", "nsfc", "uk"], "verdict": ["consistent", "not-verifiable", "supported"],
        "size": ["not-verifiable", "not-verifiable", "not-verifiable"], "why_ja": "理由", "why_en": "why", "missing_ja": "", "missing_en": "",
        "observations": ["a", "b", "c"], "note_ja": "", "note_en": "",
    }
)  # fmt: skip
TRENDS = pd.DataFrame(
    {
        "id": ["eu", "nsfc", "uk"], "funder": ["eu", "nsfc", "uk"], "growth_claim": ["eu-growth", "nsfc-growth", ""],
        "span_claim": ["", "nsfc-span", ""],
        "growth_kind": ["pct-increase", "multiple", "none"], "measure_kind": ["budget", "budget", "none"], "scope_ja": "", "scope_en": "",
    }
)  # fmt: skip
CLAIMS = pd.DataFrame({"id": ["eu-growth", "nsfc-growth", "nsfc-span"], "value": [26.0, 1.8, 3.0], "as_printed": ["26%増", "1.8倍", "3カ年"]})
FUNDERS = pd.DataFrame({"id": ["eu", "nsfc", "uk"], "abbreviation": ["EU", "NSFC", "UK"]})
OBSERVATIONS = pd.DataFrame(
    {
        "id": ["a", "b", "c"],
        "period": ["2021/2027", "2014", "2022"],
        "value": [94.1, 0.618, 0.72],
        "unit": ["eur-bn", "cny-bn", "index"],
        "qualifier": "",
    }
)
COMPUTED = pd.DataFrame(
    {"check": ["eu", "eu"], "growth_pct": [22.2, 26.8], "multiple": [1.222, 1.268], "limit": "exact", "first": "2014/2020", "last": "2021/2027"}
)


def told() -> pd.DataFrame:
    claimed = claim_check.claimed(CHECKS, TRENDS, CLAIMS, FUNDERS)
    return claim_check.verdicts(CHECKS, claimed, COMPUTED, OBSERVATIONS).set_index("_check")


def test_what_was_found_is_the_range_of_the_computed_routes():
    assert "22.2–26.8%" in told().loc["eu", "found_en"]
    assert "22.2～26.8%" in told().loc["eu", "found_ja"]


def test_the_claim_stands_as_the_briefing_gave_it():
    assert told().loc["eu", "claimed_en"] == "budget up 26% (no span stated)"
    assert told().loc["nsfc", "claimed_ja"] == "予算 1.8倍（3年間）"


def test_a_claim_without_anything_to_compare_says_so_instead_of_a_size():
    assert told().loc["nsfc", ["verdict_told_en", "size_told_en"]].tolist() == ["Not verifiable", "nothing to compare with"]


def test_a_view_without_a_figure_has_no_size():
    assert told().loc["uk", ["verdict_told_en", "size_told_en"]].tolist() == ["Supported", "as to numbers"]


def test_a_year_that_was_not_found_stays_empty():
    found = pd.DataFrame({"period": ["2014", "2016"], "value": [57.9, 64.6], "source": ["S1", "S1"]})

    table = claim_check.with_gaps(found, 2013)

    assert table["value"].isna().tolist() == [True, False, True, False]
    assert table["source"].tolist() == ["", "S1", "", "S1"]


def test_budgets_of_other_prices_and_proposals_are_not_mixed_in():
    rows = [("a", "adopted", "current"), ("b", "proposal", "current"), ("c", "adopted", "constant-2018")]
    observations = pd.DataFrame(rows, columns=["id", "status", "price_basis"]).assign(
        entity="fp7", measure="fp", unit="eur-bn", value=50.5, period="2007/2013", source="S1", confidence="high", note_ja="", note_en="", locator=""
    )
    entities = pd.DataFrame({"id": ["fp7"], "name_ja": ["FP7"], "name_en": ["FP7"], "order": [1]})
    sources = pd.DataFrame({"id": ["S1"], "title_ja": ["文書"], "title_en": ["document"]})

    assert claim_check.budgets(observations, entities, sources, ["fp"])["_id"].tolist() == ["a"]
