"""Which growths may be set side by side, and what a bound can tell of them."""

import pandas as pd
import pytest

from evidence.analysis import budgets
from evidence.errors import Refusal

OBSERVATIONS = pd.DataFrame(
    [
        ("late", "money", "FY2019", 82.0, "eur-m", "current", "more-than"), ("early", "money", "FY2014", 57.9, "eur-m", "current", ""),
        ("other", "money", "FY2015", 57.9, "eur-m", "current", ""), ("budget-late", "gbard", "2019", 16000.0, "eur-m", "current", ""),
        ("budget-early", "gbard", "2014", 15000.0, "eur-m", "current", ""), ("real", "gbard", "2014", 15000.0, "eur-m", "constant-2018", ""),
        ("real-late", "gbard", "2019", 16000.0, "eur-m", "constant-2018", ""),
    ],
    columns=["id", "measure", "period", "value", "unit", "price_basis", "qualifier"],
)  # fmt: skip
COUNTRIES = pd.DataFrame({"id": ["france"], "name_ja": ["フランス"], "name_en": ["France"]})
MEASURES = pd.DataFrame({"id": ["money", "gbard"], "name_ja": ["資金", "予算"], "name_en": ["money", "budget"]})


BREAKS = pd.DataFrame({"entity": ["agency", "agency"], "measure": ["money", "other"], "from_period": ["FY2015", "FY2016"]})


def compared(*ends: str, breaks: pd.DataFrame = BREAKS.iloc[1:]) -> pd.DataFrame:
    row = dict(zip(("money_first", "money_last", "budget_first", "budget_last"), ends, strict=True))
    asked = pd.DataFrame([{"id": "france", "order": 1, "entity": "france", "note_ja": "注", "note_en": "note"} | row])
    return budgets.compared(asked, OBSERVATIONS.assign(entity="agency"), COUNTRIES, MEASURES, breaks)


def test_a_fiscal_year_of_money_stands_beside_the_same_year_of_the_budget():
    found = compared("early", "late", "budget-early", "budget-late").iloc[0]

    assert found["money_growth_pct"] == pytest.approx(100 * (82 / 57.9 - 1))
    assert (found["period"], found["_limit"], found["_status"]) == ("2014/2019", "at-least", "faster")


@pytest.mark.parametrize(
    ("ends", "code"),
    [
        (("other", "late", "budget-early", "budget-late"), "E334"),
        (("early", "late", "real", "real-late"), "E334"),
        (("early", "late", "budget-early", "real-late"), "E334"),
    ],
)
def test_growths_of_unlike_years_or_prices_are_not_set_side_by_side(ends, code):
    with pytest.raises(Refusal) as refused:
        compared(*ends)

    assert (refused.value.code, refused.value.place.column) == (code, "france")


@pytest.mark.parametrize(("first", "last"), [("FY2015", "FY2019"), ("FY2014", "FY2014")])
def test_years_on_one_side_of_a_break_may_be_compared(first, last):
    assert budgets.across(BREAKS, "agency", "money", (first, last)) == []


def test_prices_rise_by_the_years_after_the_first():
    yearly = pd.DataFrame(
        {"id": ["p14", "p15", "p16"], "measure": budgets.PRICES, "entity": "france", "period": ["2014", "2015", "2016"], "value": [50.0, 10.0, 20.0]}
    )

    assert budgets.prices(yearly, "france", "2014/2016") == (pytest.approx(32.0), "p15 p16")
    assert pd.isna(budgets.prices(yearly, "france", "2014/2017")[0]) and budgets.prices(yearly, "germany", "2014/2016")[1] == ""


def test_years_on_the_two_sides_of_a_break_are_not_compared():
    with pytest.raises(Refusal) as refused:
        compared("early", "late", "budget-early", "budget-late", breaks=BREAKS)

    assert (refused.value.code, refused.value.found) == ("E336", "money FY2015")


def test_a_country_without_numbers_says_so_instead_of_comparing():
    found = compared("", "", "", "").iloc[0]

    assert found["_status"] == "none" and pd.isna(found["money_growth_pct"]) and found["note_en"] == "note"
