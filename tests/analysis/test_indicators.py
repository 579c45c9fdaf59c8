"""A series of observations is chosen, cut where it breaks, and held against what its title says."""

import pandas as pd
import pytest

from evidence.analysis import indicators

ONE = pd.Series({"measure": "m", "entities": "", "first": "", "last": "", "status": "actual", "price_basis": "", "breaks": "", "reference": "uk",
                 "unit": "pct", "form": "line", "line": float("nan"), "line_side": ""})  # fmt: skip


def told(**said: str | float) -> pd.Series:
    """The indicator, but for what is said."""
    return pd.Series(ONE.to_dict() | said)


NAMES = pd.DataFrame({"id": ["uk", "japan"], "name_ja": ["英国", "日本"], "name_en": ["UK", "Japan"], "order": [2, 1]})


def rows(*told: tuple[str, str, float], **same: str) -> pd.DataFrame:
    table = pd.DataFrame(told, columns=["entity", "period", "value"]).assign(id=lambda all: all["entity"] + all["period"])
    common = {"measure": "m", "status": "actual", "price_basis": "", "value_high": float("nan"), "qualifier": "", "unit": "pct"}
    return table.assign(**(common | same))


def test_entities_come_in_the_order_of_their_register_and_periods_ascend():
    table = indicators.series(ONE, rows(("uk", "2020", 1), ("japan", "2021", 2), ("japan", "2020", 3)), NAMES)

    assert table["claims"].tolist() == ["japan2020", "japan2021", "uk2020"]


def test_a_stage_or_price_basis_that_is_not_asked_for_is_not_shown():
    both = pd.concat([rows(("uk", "2020", 1)), rows(("uk", "2021", 2), status="draft"), rows(("uk", "2022", 3), price_basis="current")])

    assert indicators.series(ONE, both, NAMES)["period"].tolist() == ["2020"]


def test_no_line_is_drawn_across_a_missing_year_or_a_break():
    table = rows(("uk", "2018", 1), ("uk", "2019", 1), ("uk", "2021", 1), ("uk", "2022", 1))

    assert indicators.series(ONE, table, NAMES)["_stretch"].tolist() == ["uk 0", "uk 0", "uk 1", "uk 1"]
    assert indicators.series(told(breaks="2022"), table, NAMES)["_stretch"].tolist() == ["uk 0", "uk 0", "uk 1", "uk 2"]


@pytest.mark.parametrize(
    ("finding", "broken"),
    [("rises", []), ("falls", ["uk"]), ("all-rise", ["japan"]), ("highest", []), ("lowest", ["japan"]), ("complete", []), ("", [])],
)
def test_a_finding_is_broken_by_the_rows_that_say_otherwise(finding, broken):
    table = rows(("uk", "2020", 5), ("uk", "2021", 6), ("japan", "2020", 4), ("japan", "2021", 3))
    one = told(finding=finding)

    assert indicators.untrue(one, indicators.series(one, table, NAMES))["entity"].tolist() == broken


@pytest.mark.parametrize(("side", "broken"), [("above", ["uk"]), ("below", [])])
def test_the_side_of_a_line_is_broken_by_the_last_value_of_the_reference(side, broken):
    table = rows(("uk", "2020", 9), ("uk", "2021", 6), ("japan", "2021", 8))
    one = told(finding="", line=7.0, line_side=side)

    assert indicators.untrue(one, indicators.series(one, table, NAMES))["entity"].tolist() == broken


def test_a_series_that_lacks_a_year_is_not_complete():
    one = told(finding="complete")
    table = rows(("uk", "2018", 1), ("uk", "2019", 1), ("uk", "2021", 1))

    assert indicators.untrue(one, indicators.series(one, table, NAMES))["period"].tolist() == ["2021"]


def test_what_a_title_may_quote_is_of_its_reference():
    table = indicators.series(ONE, rows(("uk", "2020", 5), ("uk", "2021", 6), ("japan", "2020", 4)), NAMES)

    assert indicators.quoted(ONE, table)["last"] == (6, "pct", "", "actual")
    assert "first" not in indicators.quoted(told(reference=""), table)
