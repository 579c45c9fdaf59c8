"""A verdict follows the numbers, on a scale with both ends; an editor lowers it with a reason and never raises it."""

import pandas as pd
import pytest

from evidence.analysis import claim_check, routes, verdicts
from evidence.errors import Refusal
from evidence.tables.edition import opened

EVIDENCE = opened("2026-11")
GRADES = EVIDENCE.verdict_grades
CHECK = pd.DataFrame({"id": ["a"], "lowered_to": "", "lowered_why_ja": "", "lowered_why_en": ""})


def graded(multiple: float, measure: str = "yes", span: str = "yes", check: pd.DataFrame = CHECK, grades: pd.DataFrame = GRADES) -> pd.Series:
    """The verdict on a claimed doubling, where this factor was found."""
    claimed = pd.DataFrame({"check": ["a"], "claimed_multiple": [2.0], "span_years": [5.0]})
    found = pd.DataFrame({"check": ["a"], "route": "r", "multiple": multiple, "level": float("nan"), "limit": "exact", "same_measure": measure,
                          "same_span": span, "first": "2014", "last": "2018"})  # fmt: skip
    return verdicts.graded(check, claimed, found, grades).iloc[0]


def of_edition(observations: pd.DataFrame) -> dict[str, str]:
    claimed = claim_check.claimed(EVIDENCE.claim_checks, EVIDENCE.trends, EVIDENCE.claims, EVIDENCE.funders)
    found = routes.every(EVIDENCE.claim_check_routes, observations, claimed)
    table = verdicts.graded(EVIDENCE.claim_checks, claimed, found, GRADES)
    return dict(zip(table["check"], table["grade"], strict=True))


def moved(id: str, value: float) -> pd.DataFrame:
    observations = EVIDENCE.observations
    return observations.assign(value=observations["value"].where(observations["id"].ne(id), value))


@pytest.mark.parametrize(
    ("multiple", "grade"),
    [(2.0, "confirmed"), (1.9, "near"), (1.5, "smaller"), (2.5, "larger"), (1.1, "not-confirmed"), (1.0, "contradicted"), (0.8, "contradicted")],
)
def test_the_scale_has_both_ends(multiple, grade):
    assert graded(multiple)["grade"] == grade


def test_every_number_has_a_grade_from_one_end_to_the_other():
    """At both sides of every bound of the scale, and far and near between them."""
    bounds = pd.concat([GRADES["from_pct"], GRADES["to_pct"]]).dropna().unique()
    for percent in sorted({*range(-300, 500, 25), *(bound + step for bound in bounds for step in (-0.01, 0, 0.01))}):
        for same in ("yes", "partly"):
            assert graded(1 + percent / 100, same, same)["grade"] != "not-verifiable"


def test_neither_end_is_reached_where_measure_or_span_is_the_same_only_in_part():
    assert [graded(2.0, "partly")["grade"], graded(0.8, "yes", "partly")["grade"]] == ["near", "not-confirmed"]


def test_another_measure_or_another_length_of_span_verifies_nothing():
    found = graded(2.0, "no")

    assert (found["grade"], pd.isna(found["share_pct"]), graded(2.0, "yes", "no")["grade"]) == ("not-verifiable", True, "not-verifiable")


def test_a_span_called_the_same_but_longer_is_refused():
    claimed = pd.DataFrame({"check": ["a"], "claimed_multiple": [2.0], "span_years": [5.0]})
    found = pd.DataFrame({"check": ["a"], "route": "r", "multiple": 2.0, "level": float("nan"), "limit": "exact", "same_measure": "yes",
                          "same_span": "yes", "first": "2009", "last": "2015"})  # fmt: skip

    with pytest.raises(Refusal) as refused:
        verdicts.graded(CHECK, claimed, found, GRADES)

    assert (refused.value.code, refused.value.place.column, refused.value.found) == ("E331", "r", "2009, 2015 / 5")


@pytest.mark.parametrize(
    ("multiple", "wanted", "reason", "refused"),
    [
        (1.5, "near", "why", True), (1.5, "not-verifiable", "", True), (0.8, "not-verifiable", "why", True), (1.5, "larger", "why", True),
        (1.5, "not-verifiable", "why", False), (2.0, "near", "why", False),
    ],
)  # fmt: skip
def test_an_editor_lowers_a_verdict_with_a_reason_and_never_raises_it(multiple, wanted, reason, refused):
    check = CHECK.assign(lowered_to=wanted, lowered_why_ja=reason, lowered_why_en=reason)
    if not refused:
        assert graded(multiple, check=check)["grade"] == wanted
        return

    with pytest.raises(Refusal) as found:
        graded(multiple, check=check)

    assert (found.value.code, str(found.value.place)) == ("E330", "claim_checks.csv:a")


def test_what_is_not_verifiable_is_not_graded_by_hand():
    with pytest.raises(Refusal) as refused:
        graded(2.0, "no", check=CHECK.assign(lowered_to="contradicted", lowered_why_ja="理由", lowered_why_en="why"))

    assert refused.value.code == "E330"


def test_a_scale_with_a_gap_is_refused():
    with pytest.raises(Refusal) as refused:
        graded(1.5, grades=GRADES[GRADES["grade"].ne("smaller")])

    assert (refused.value.code, refused.value.found) == ("E332", "50.0")


def test_what_the_book_says_of_each_claim_today():
    expected = {"nih": "not-verifiable", "bmbf": "not-verifiable", "nsfc": "not-verifiable", "eu": "near", "anr": "smaller", "uk": "near"}

    assert of_edition(EVIDENCE.observations) == expected


@pytest.mark.parametrize(
    ("observation", "value", "check", "grade"),
    [
        ("anr-international-funding-2019", 110, "anr", "near"),
        ("anr-international-funding-2019", 57, "anr", "not-confirmed"),
        ("eu-horizon-europe-budget-proposal", 90, "eu", "smaller"),
        ("collaboration-index-japan-united-kingdom-2022", 0.96, "uk", "not-confirmed"),
    ],
)
def test_one_observation_moved_across_a_threshold_moves_the_verdict(observation, value, check, grade):
    before = of_edition(EVIDENCE.observations)

    after = of_edition(moved(observation, value))

    assert after == before | {check: grade}


def test_of_the_routes_that_agree_best_the_strictest_decides():
    near_by_one_route_alone = moved("eu-horizon-europe-budget-proposal-constant-2018", 70)

    assert of_edition(near_by_one_route_alone)["eu"] == "not-confirmed"
