"""A verdict stands beside numbers that were computed, and a year that was not found stays empty."""

import pandas as pd

from evidence.analysis import claim_check
from evidence.tables.edition import opened

CHECKS = pd.DataFrame(
    {
        "id": ["eu", "nsfc", "uk"], "trend": ["eu", "nsfc", "uk"], "claims": ["", "", "uk-few"],
        "why_ja": "理由", "why_en": "why", "missing_ja": "", "missing_en": "",
        "observations": ["a", "b", "c"], "lowered_to": "", "lowered_why_ja": "", "lowered_why_en": "", "note_ja": "", "note_en": "",
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
FUNDERS = pd.DataFrame({"id": ["eu", "nsfc", "uk"], "abbreviation_ja": ["EU", "NSFC", "UK"], "abbreviation_en": ["EU", "NSFC", "UK"]})
OBSERVATIONS = pd.DataFrame(
    {
        "id": ["a", "b", "c"],
        "period": ["2021/2027", "2014", "2022"],
        "value": [94.1, 0.618, 0.72],
        "unit": ["eur-bn", "cny-bn", "index"],
        "qualifier": "",
    }
)
ROUTES = pd.DataFrame(
    {
        "check": ["eu", "eu", "uk"], "route": ["wide", "same", "index"], "growth_pct": [26.8, 22.2, float("nan")],
        "multiple": [1.268, 1.222, float("nan")], "level": [float("nan"), float("nan"), 0.72], "limit": "exact",
        "same_measure": ["partly", "yes", "partly"], "same_span": ["yes", "yes", "partly"], "first": ["2014/2020", "2014/2020", "2022"],
        "last": ["2021/2027", "2021/2027", "2022"],
    }
)  # fmt: skip
GRADES = opened("2026-11").verdict_grades


def told(**changed: str) -> pd.DataFrame:
    claimed = claim_check.claimed(CHECKS, TRENDS, CLAIMS, FUNDERS)
    return claim_check.results(CHECKS.assign(**changed), claimed, ROUTES, OBSERVATIONS, GRADES).set_index("_check")


def test_what_was_found_is_the_range_of_the_computed_routes():
    assert "22.2–26.8%" in told().loc["eu", "found_en"]
    assert "22.2～26.8%" in told().loc["eu", "found_ja"]


def test_the_claim_stands_as_the_briefing_gave_it():
    assert told().loc["eu", "claimed_en"] == "budget up 26% (no span stated)"
    assert told().loc["nsfc", "claimed_ja"] == "予算 1.8倍（3年間）"


def test_a_verdict_stands_beside_the_number_that_gave_it():
    found = told()

    assert found.loc["eu", ["verdict_told_en", "share_told_en"]].tolist() == ["Near the claim", "85% of the claim"]
    assert found.loc["uk", ["verdict_told_ja", "share_told_ja"]].tolist() == ["おおむね一致", "期待される数の72%"]
    assert found.loc["nsfc", ["verdict_told_en", "share_told_en"]].tolist() == ["Not verifiable", "nothing to compare with"]


def test_why_an_editor_lowered_a_verdict_stands_with_the_reason():
    found = told(lowered_to=["not-verifiable", "", ""], lowered_why_ja="案", lowered_why_en="a proposal").loc["eu"]

    assert (found["verdict_told_en"], found["why_en"]) == ("Not verifiable", "why a proposal")


def test_budgets_of_other_prices_and_proposals_are_not_mixed_in():
    rows = [("a", "adopted", "current"), ("b", "proposal", "current"), ("c", "adopted", "constant-2018")]
    observations = pd.DataFrame(rows, columns=["id", "status", "price_basis"]).assign(
        entity="fp7", measure="fp", unit="eur-bn", value=50.5, period="2007/2013", source="S1", confidence="high", note_ja="", note_en="", locator=""
    )
    entities = pd.DataFrame({"id": ["fp7"], "name_ja": ["FP7"], "name_en": ["FP7"], "order": [1]})
    sources = pd.DataFrame({"id": ["S1"], "title_ja": ["文書"], "title_en": ["document"]})

    assert claim_check.budgets(observations, entities, sources, ["fp"])["_id"].tolist() == ["a"]


def test_a_verdict_holds_the_numbers_it_rests_on_apart_from_their_words():
    found = told()

    assert found.loc["eu", ["_claimed_pct", "_growth_pct", "_first", "_last", "_limit"]].tolist() == [26.0, 22.2, "2014/2020", "2021/2027", "exact"]
    assert found.loc["uk", "_level"] == 0.72
    assert found.loc["nsfc", ["_first", "_limit"]].tolist() == ["", ""]


def test_a_reason_stands_with_the_computed_number_that_its_verdict_follows_from():
    found = claim_check.results(CHECKS, claim_check.claimed(CHECKS, TRENDS, CLAIMS, FUNDERS), ROUTES, OBSERVATIONS, GRADES)

    assert claim_check.reasons(found, OBSERVATIONS.assign(source="S1"))["_share_pct"].equals(found["_share_pct"])
