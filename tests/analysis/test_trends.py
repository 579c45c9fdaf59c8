"""What may be computed from the growth claims, and what may not."""

import pandas as pd
import pytest

from evidence.analysis import claim_check, routes, trends
from evidence.charts import claim_check as claim_charts
from evidence.charts import look
from evidence.charts import trends as charts
from evidence.errors import Refusal
from evidence.tables.edition import opened

CLAIMS = pd.DataFrame(
    {
        "id": ["nih-growth", "nih-span", "eu-growth", "budget", "countries"],
        "value": [40.0, 5.0, 26.0, 1777.0, 24.0],
        "as_printed": ["40%増", "5カ年", "26%増", "1,777百万円", "24か国"],
        "measure": ["increase", "span", "increase", "budget", "partner-countries"],
    }
)
TRENDS = pd.DataFrame(
    {
        "funder": ["nih", "eu", "uk"], "growth_claim": ["nih-growth", "eu-growth", ""], "growth_kind": ["pct-increase", "pct-increase", "none"],
        "span_claim": ["nih-span", "", ""], "measure_kind": ["project-count", "budget", "none"],
    }
)  # fmt: skip
FUNDERS = pd.DataFrame({"id": ["nih", "eu", "uk"], "abbreviation_ja": ["NIH", "EU", "UK"], "abbreviation_en": ["NIH", "EU", "UK"]})


def test_both_readings_of_the_span_are_carried_through():
    row = trends.annualised(TRENDS, CLAIMS, FUNDERS).set_index("funder").loc["nih"]

    assert pytest.approx((1 + row.annual_low_pct / 100) ** 5) == 1.4
    assert pytest.approx((1 + row.annual_high_pct / 100) ** 4) == 1.4


def test_without_a_span_nothing_is_computed():
    row = trends.annualised(TRENDS, CLAIMS, FUNDERS).set_index("funder").loc["eu"]

    assert (row.multiple, pd.isna(row.annual_low_pct), pd.isna(row.annual_high_pct)) == (1.26, True, True)


def test_a_message_without_growth_has_no_range_and_the_order_is_that_of_the_source():
    assert trends.annualised(TRENDS, CLAIMS, FUNDERS)["funder"].tolist() == ["nih", "eu"]
    assert trends.beside(trends.annualised(TRENDS, CLAIMS, FUNDERS), "uk", FUNDERS)["mine"].tolist() == ["no", "no", "yes"]


def test_the_what_if_compounds_from_the_claim():
    assert trends.what_if(CLAIMS, "budget", 10.0, 3)["budget_jpy_m"].iloc[-1] == pytest.approx(1777 * 1.1**3)


@pytest.mark.parametrize(
    ("claim", "growth_pct", "years", "found"),
    [
        ("countries", 5.0, 5, "base_claim = countries"),
        ("unknown", 5.0, 5, "base_claim = unknown"),
        ("budget", -100.0, 5, "growth_pct = -100.0"),
        ("budget", float("nan"), 5, "growth_pct = nan"),
        ("budget", 5.0, 0, "years = 0"),
        ("budget", 5.0, 31, "years = 31"),
        ("budget", 5.0, True, "years = True"),
    ],
)
def test_a_parameter_out_of_range_is_refused(claim, growth_pct, years, found):
    with pytest.raises(Refusal) as refused:
        trends.what_if(CLAIMS, claim, growth_pct, years)

    assert (refused.value.code, refused.value.found) == ("E307", found)


RANGES = pd.DataFrame(
    {
        **{f"name_{lang}": ["counts", "long", "short", "edge", "open"] for lang in ("ja", "en")},
        "measure_kind": ["project-count", "budget", "budget", "budget", "budget"],
        "span_years": [9.0, 6.0, 3.0, 5.0, float("nan")], "annual_low_pct": [7.0, 11.0, 21.0, 15.0, float("nan")],
        "annual_high_pct": [9.0, 14.0, 34.0, 19.0, float("nan")], "claims": "",
    }
)  # fmt: skip


def beside(years: int) -> pd.DataFrame:
    return trends.beside_peers(trends.what_if(CLAIMS, "budget", 5.0, years), RANGES, "scenario.own").set_index("name_en")


def test_a_number_of_projects_never_multiplies_yen():
    assert "counts" not in beside(2).index


def test_a_growth_is_run_no_longer_than_its_stated_span():
    assert [list(beside(years).index[1:]) for years in (2, 3, 5, 6, 7)] == [["long", "short", "edge"], ["long", "short", "edge"],
                                                                            ["long", "edge"], ["long"], []]  # fmt: skip


def test_a_reading_of_the_span_that_is_too_short_is_left_out():
    edge = beside(5).loc["edge"]

    assert edge["low_jpy_m"] == edge["high_jpy_m"] == pytest.approx(1777 * 1.15**5)


def lengths(spec: object) -> list[str]:
    """The fields that a drawing puts on an axis of numbers that a reader sees."""
    found: list[str] = []
    if isinstance(spec, dict):
        for name, channel in spec.items():
            if name in ("x", "y") and isinstance(channel, dict) and channel.get("type") == "quantitative" and channel.get("axis", {}) is not None:
                found.append(str(channel.get("field")))
            found += lengths(channel)
    elif isinstance(spec, list):
        found += [field for part in spec for field in lengths(part)]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_unlike_measures_share_no_axis_of_length(lang):
    evidence = opened("2026-11")
    ranges = trends.annualised(evidence.trends, evidence.claims, evidence.funders)
    claimed = claim_check.claimed(evidence.claim_checks, evidence.trends, evidence.claims, evidence.funders)
    grown = routes.growing(routes.every(evidence.claim_check_routes, evidence.observations, claimed))
    nih = trends.beside(ranges, "nih", evidence.funders)
    drawn = [charts.growth_claims(ranges, lang), charts.growth_range(ranges, lang), charts.position(nih, lang),
             claim_charts.multiples(routes.of(grown, ["bmbf", "anr"]), lang)]  # fmt: skip

    assert [lengths(chart.to_dict()) for chart in drawn] == [[], [], [], []]


def test_a_what_if_without_peers_is_drawn():
    path = trends.what_if(CLAIMS, "budget", 5.0, 7)
    drawn = charts.what_if(trends.beside_peers(path, RANGES, "scenario.own"), "en")

    assert len(look.descriptions(look.drawn(drawn.to_dict()))) == 1


def test_a_japanese_reader_sees_no_country_by_its_english_letters_and_each_funder_by_one_name():
    evidence = opened("2026-11")
    ranges = trends.beside(trends.annualised(evidence.trends, evidence.claims, evidence.funders), "uk", evidence.funders)
    claimed = claim_check.claimed(evidence.claim_checks, evidence.trends, evidence.claims, evidence.funders).set_index("funder")
    names = {table: dict(zip(rows["id"], rows["name_ja"], strict=True)) for table, rows in (("f", evidence.funders), ("e", evidence.entities))}

    assert (ranges["name_ja"].iloc[-1], ranges["name_en"].iloc[-1]) == ("英国", "UK")
    assert (claimed["name_ja"]["uk"], claimed["name_en"]["uk"]) == ("英国", "UK")
    assert [id for id in names["f"].keys() & names["e"].keys() if names["f"][id] != names["e"][id]] == []
