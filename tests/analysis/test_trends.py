"""What may be computed from the growth claims, and what may not."""

import pandas as pd
import pytest

from evidence.analysis import trends
from evidence.errors import Refusal

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
FUNDERS = pd.DataFrame({"id": ["nih", "eu", "uk"], "abbreviation": ["NIH", "EU", "UK"]})


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
