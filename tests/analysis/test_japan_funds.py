"""Stages and agencies are never mixed, and a total that does not add up is shown, not explained away."""

import pandas as pd
import pytest

from evidence.analysis import japan_funds
from evidence.tables.edition import opened

ENTITIES = pd.DataFrame({"id": ["satreps", "aspire"], "name_ja": ["SATREPS", "ASPIRE"], "name_en": ["SATREPS", "ASPIRE"], "order": [1, 2]})
YEARLY = pd.DataFrame({"fiscal_year": [2014, 2015], "projects": [10.0, 14.0], "claims": ["a", "b"]})


def observed(*rows: tuple[str, str, str, float, str], entity: str = "satreps") -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["id", "measure", "period", "value", "status"])
    return table.assign(entity=entity, unit="jpy-m", note_ja="", note_en="")


def test_the_series_of_adopted_projects_counts_both_agencies_alone():
    table = observed(("x", "adopted-jst-amed", "FY2015", 14, "actual"), ("y", "adopted-announced-jst", "FY2015", 12, "actual"))

    assert japan_funds.adopted(table, "satreps")[["fiscal_year", "projects"]].values.tolist() == [[2015, 14]]


@pytest.mark.parametrize(("year", "rows"), [("FY2014", 1), ("FY2015", 0)])
def test_an_announcement_of_jst_is_compared_only_while_it_covered_all_fields(year, rows):
    table = observed(("x", "adopted-announced-jst", year, 11, "actual"))

    assert len(japan_funds.announced(table, YEARLY, "satreps")) == rows


def test_today_less_announced_keeps_its_sign():
    table = observed(("x", "adopted-announced-jst", "FY2014", 11, "actual"))

    assert japan_funds.announced(table, YEARLY, "satreps")["difference"].tolist() == [-1]


def test_request_and_enacted_stand_in_columns_of_their_own():
    table = observed(("x", "budget-jst", "FY2020", 2386, "request"), ("y", "budget-jst", "FY2020", 1777, "enacted"))
    row = japan_funds.budgets(table, ENTITIES).iloc[0]

    assert (row["request_jpy_m"], row["enacted_jpy_m"], row["claims"]) == (2386, 1777, "x y")


def test_budgets_of_one_agency_and_of_two_are_two_rows():
    table = observed(("x", "budget-jst", "FY2023", 3500, "request"), ("y", "budget-jst-amed", "FY2023", 4000, "request"), entity="aspire")

    assert japan_funds.budgets(table, ENTITIES)["agency"].tolist() == ["JST", "JST/AMED"]


def test_a_one_off_fund_is_no_yearly_budget():
    table = observed(("x", "one-off-fund-jst", "FY2022/FY2023", 44100, "enacted"), entity="aspire")

    assert japan_funds.one_off(table, ENTITIES)["money_jpy_m"].tolist() == [44100]
    assert japan_funds.budgets(table, ENTITIES).empty


def test_two_amounts_at_one_stage_are_an_error_not_a_choice():
    table = observed(("x", "budget-jst", "FY2023", 3500, "request"), ("y", "budget-jst", "FY2023", 4000, "request"))

    with pytest.raises(ValueError, match="duplicate"):
        japan_funds.budgets(table, ENTITIES)


def test_how_sure_the_result_of_a_call_is_stands_beside_it():
    row = {"scheme": "satreps", "period": "2020", "proposals": None, "adopted": 3, "source": "S1", "confidence": "medium"}
    told = {f"{name}_{lang}": "" for name in ("partner", "field", "note") for lang in ("ja", "en")}

    assert japan_funds.calls(pd.DataFrame([row | told]), ENTITIES)["sureness_en"].tolist() == ["medium"]


def test_what_was_not_found_after_a_year_names_the_kind_of_year_that_the_series_counts():
    evidence = opened("2026-11")
    sought = evidence.gaps[evidence.gaps["after"].ne("")].merge(evidence.observations, on=["entity", "measure"])

    assert sought.loc[sought["after"].str.startswith("FY") != sought["period"].str.startswith("FY"), "id_x"].unique().tolist() == []
