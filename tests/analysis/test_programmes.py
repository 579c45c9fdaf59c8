"""Programmes: names, gaps, joint calls, planned types and result cases."""

import pandas as pd

from evidence.analysis import joint_calls, outcomes, programmes

PROGRAMMES = pd.DataFrame(
    {
        "id": ["one", "two"], "agency": ["JST", "JSPS"], "name_ja": ["一", "二"], "name_en": ["First", "Second"], "abbreviation": ["F", ""],
        "objective_ja": ["目的", "目的"], "objective_en": ["aim", "aim"], "partner_type_ja": ["", ""], "partner_type_en": ["", ""],
        "locator": ["A ¶1", "A ¶2"], "as_printed": ["x", "y"], "note_ja": ["", ""], "note_en": ["", ""],
    }
)  # fmt: skip
DETAILS = pd.DataFrame(
    {
        "programme": ["one", "one", "one"], "aspect": ["amount", "joint-call", "joint-call"], "order": [1, 1, 2],
        "item_ja": ["額", "甲", "乙"], "item_en": ["amount", "A", "B"], "claims": ["a", "pair none", "none"],
        "locator": ["A ¶1", "B ¶3", "B ¶9"], "as_printed": ["", "", ""], "note_ja": ["", "", ""], "note_en": ["", "", ""],
    }
)  # fmt: skip
CLAIMS = pd.DataFrame(
    {
        "id": ["pair", "none", "sicorp-calls-advanced", "sicorp-calls-emerging", "money"], "measure": ["partner-countries", "", "", "", "budget"],
        "value": [3.0, None, None, None, 7.0], "value_high": [None] * 5, "as_printed": ["3か国以上", "", "", "", "7"], "text_ja": [""] * 5,
        "text_en": [""] * 5, "locator": ["B ¶3", "B ¶9", "B ¶2", "B ¶8", "C ¶1"], "about": ["one"] * 4 + ["two"], "status": ["stated"] * 5,
        "period": [""] * 5, "note_ja": [""] * 5, "note_en": [""] * 5,
    }
)  # fmt: skip
CASES = pd.DataFrame(
    {
        "id": ["c"], "programme": ["one"], "partner_ja": ["仏"], "partner_en": ["France"], "field_ja": ["化学"], "field_en": ["chemistry"],
        "adopted": [2009], "kind": ["publication"], "publication_date": [""], "claims": ["pair"],
    }
)  # fmt: skip


def stated() -> pd.DataFrame:
    return programmes.stated(PROGRAMMES, DETAILS, CASES, CLAIMS)


def test_a_programme_without_an_abbreviation_is_shown_by_its_name():
    assert programmes.named(PROGRAMMES)["short_en"].tolist() == ["F", "Second"]


def test_programmes_of_one_agency_stand_side_by_side_wherever_their_rows_are():
    rows = pd.concat([PROGRAMMES, PROGRAMMES.iloc[:1].assign(id="added")])

    assert programmes.named(rows).sort_values("order")["programme"].tolist() == ["one", "added", "two"]


def test_what_the_source_does_not_state_is_a_gap_and_not_left_out():
    assert len(stated()) == len(PROGRAMMES) * len(programmes.ASKED)


def test_the_budget_of_one_programme_is_not_counted_for_another():
    found = stated().query("_code == 'budget'")

    assert found["statements"].tolist() == [0, 1]


def test_programmes_of_which_something_is_stated_are_counted_once_each():
    assert programmes.stating(stated(), "plan") == 1


def test_the_portfolio_says_not_stated_where_an_amount_is_missing():
    assert programmes.portfolio(PROGRAMMES, DETAILS, CLAIMS)["amount_en"].tolist() == ["amount", "not stated"]


def test_the_portfolio_holds_the_two_ends_of_what_is_stated_as_numbers():
    amounts = {"measure": ["annual-support-per-project"] * 2, "value": [5.0, 100.0], "value_high": [None, None]}
    ledger = pd.DataFrame({"id": ["low", "high"], **amounts})
    found = programmes.portfolio(PROGRAMMES, DETAILS.assign(claims="low high"), ledger)

    assert found.loc[0, ["_amount_low_jpy_m", "_amount_high_jpy_m"]].tolist() == [5.0, 100.0]
    assert found.loc[1, ["_amount_low_jpy_m", "_duration_low_years"]].isna().all()


def test_a_joint_call_without_a_number_is_listed_without_one():
    listed = joint_calls.listed(DETAILS, CLAIMS, "sicorp-calls-advanced sicorp-calls-emerging")

    assert listed["bound"].tolist() == ["at-least", "not-stated"]


def test_a_joint_call_belongs_to_the_heading_before_it():
    listed = joint_calls.listed(DETAILS, CLAIMS, "sicorp-calls-advanced sicorp-calls-emerging")

    assert listed["_group_claim"].tolist() == ["sicorp-calls-advanced", "sicorp-calls-emerging"]


def test_two_numbers_of_one_call_are_not_added_up():
    details = DETAILS.assign(claims=["a", "pair second", "none"])
    second = CLAIMS.iloc[:1].assign(id="second", value=16.0)
    listed = joint_calls.listed(details, pd.concat([CLAIMS, second]), "sicorp-calls-advanced sicorp-calls-emerging")

    assert listed["countries"].dropna().tolist() == [3.0, 16.0]


def test_a_case_without_a_date_has_no_years_to_its_result():
    assert outcomes.timeline(CASES, CLAIMS, PROGRAMMES)["lag_high_years"].isna().all()


def test_years_to_a_result_are_a_range_of_one_fiscal_year_less_a_month():
    timeline = outcomes.timeline(CASES.assign(publication_date="2010-04"), CLAIMS, PROGRAMMES)

    assert timeline[["lag_low_years", "lag_high_years"]].round(3).values.tolist() == [[0.083, 1.0]]


def test_the_profile_lists_only_what_is_stated():
    listed = programmes.facts(PROGRAMMES, DETAILS, CASES.assign(result_ja="", result_en=""), CLAIMS, "two")

    assert listed["aspect_en"].tolist() == ["Objective"]
