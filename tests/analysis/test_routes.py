"""What may be divided by what, and what a "more than" does to the result."""

import json

import pandas as pd
import pytest

from evidence import disk
from evidence.analysis import routes
from evidence.errors import Refusal
from tests.projects import PROJECT

OBSERVATIONS = pd.DataFrame(
    [
        ("proposal", "2021/2027", 94.1, "eur-bn", "current", ""), ("before", "2014/2020", 77.0, "eur-bn", "current", ""),
        ("moved", "2015", 2.7, "eur-bn", "current", ""), ("before-2018", "2014/2020", 67.06, "eur-bn", "constant-2018", ""),
        ("later", "2019", 82.0, "eur-m", "current", "more-than"),
    ],
    columns=["id", "period", "value", "unit", "price_basis", "qualifier"],
)  # fmt: skip
CLAIMED = pd.DataFrame(
    {"check": ["eu"], "name_ja": ["EU"], "name_en": ["EU"], "claimed_pct": [26.0], "claimed_multiple": [1.26], "claims": ["eu-growth"]}
)


def route(numerator: str, denominator: str, deducted: str = "") -> pd.DataFrame:
    row = {
        "id": "a-route",
        "check": "eu",
        "name_ja": "経路",
        "name_en": "route",
        "same_measure": "yes",
        "same_span": "yes",
        "note_ja": "",
        "note_en": "",
    }
    return pd.DataFrame([row | {"numerator": numerator, "denominator": denominator, "deducted": deducted}])


def test_the_growth_is_computed_and_set_against_the_claim():
    found = routes.computed(route("proposal", "before", "moved"), OBSERVATIONS, CLAIMED).iloc[0]

    assert found["growth_pct"] == pytest.approx(100 * (94.1 / (77 - 2.7) - 1))
    assert found["difference_points"] == pytest.approx(found["growth_pct"] - 26)
    assert (found["above"], found["below"], found["deducted"], found["unit"], found["limit"]) == (94.1, 77, 2.7, "eur-bn", "exact")


@pytest.mark.parametrize(
    ("numerator", "denominator", "deducted", "found"),
    [
        ("proposal", "before-2018", "", "constant-2018 / current"),
        ("later", "before", "", "eur-bn / eur-m"),
        ("proposal", "moved", "moved", "0.0"),
    ],
)
def test_a_route_that_mixes_prices_or_units_or_divides_by_nothing_is_refused(numerator, denominator, deducted, found):
    with pytest.raises(Refusal) as refused:
        routes.computed(route(numerator, denominator, deducted), OBSERVATIONS, CLAIMED)

    assert (refused.value.code, refused.value.place.column, refused.value.found) == ("E308", "a-route", found)


@pytest.mark.parametrize("basis", ["", "not-stated", "constant-unstated"])
def test_money_of_unknown_prices_is_not_divided(basis):
    unknown = OBSERVATIONS.assign(price_basis=basis)

    with pytest.raises(Refusal) as refused:
        routes.computed(route("proposal", "before"), unknown, CLAIMED)

    assert refused.value.code == "E308"


def test_numbers_without_a_price_are_divided_without_a_price_basis():
    papers = OBSERVATIONS.assign(unit="articles", price_basis="")

    assert routes.computed(route("proposal", "before"), papers, CLAIMED)["growth_pct"].iloc[0] == pytest.approx(22.2, abs=0.1)


@pytest.mark.parametrize(
    ("above", "below", "deducted", "limit"),
    [
        ("more-than", "", [], "at-least"),
        ("", "more-than", [], "at-most"),
        ("about", "more-than", [], "at-most"),
        ("", "", ["more-than"], "at-least"),
        ("more-than", "more-than", [], "open"),
    ],
)
def test_a_more_than_makes_the_growth_a_bound(above, below, deducted, limit):
    assert routes.limit([above], [below], deducted) == limit


def test_growth_that_a_source_states_is_kept_apart_from_what_is_computed():
    grants = pd.DataFrame([("grants", "2009/2015", 2.0, "multiple", "current", "more-than")], columns=OBSERVATIONS.columns)
    both = pd.concat([route("proposal", "before"), route("grants", "").assign(id="told")])

    found = routes.every(both, pd.concat([OBSERVATIONS, grants]), CLAIMED).set_index("route")

    assert found.loc["told", ["multiple", "limit", "unit"]].tolist() == [2, "at-least", ""]
    assert found.loc["told", ["difference_points", "above"]].isna().all() and found.loc["a-route", "above"] == 94.1


def test_a_level_is_a_route_but_no_growth():
    index = pd.DataFrame([("few", "2022", 0.72, "index", "", "")], columns=OBSERVATIONS.columns)
    both = pd.concat([route("proposal", "before"), route("few", "").assign(id="index")])

    every = routes.every(both, pd.concat([OBSERVATIONS, index]), CLAIMED)

    assert every.set_index("route").loc["index", "level"] == 0.72
    assert routes.growing(every)["route"].tolist() == ["a-route"]


def test_an_observation_knows_every_limit_that_a_claim_knows_and_a_quotient_of_each_is_bounded():
    limits = [
        next(field for field in json.loads(disk.text(PROJECT / "data" / "schema" / f"{table}.json"))["fields"] if field["name"] == "qualifier")
        for table in ("claims", "observations")
    ]
    known = [field["constraints"]["enum"] for field in limits]

    assert known[0] == known[1]
    assert {routes.limit([one], [""], []) for one in known[0]} | {routes.limit([""], [one], []) for one in known[0]} == {
        "about", "at-least", "at-most", "exact",
    }  # fmt: skip
