"""Every change between two editions has the cause that a reader of the earlier one needs to know."""

import pandas as pd
import pytest

from evidence import words
from evidence.analysis import amounts, changes

NONE = pd.DataFrame(columns=["table", "row", "column", "right"])
OLD = pd.DataFrame(
    {"id": ["a-fy2018", "a-fy2019"], "entity": ["a", "a"], "measure": ["m", "m"], "period": ["FY2018", "FY2019"], "value": ["10", "20"]}
)


def compared(new: pd.DataFrame, register: pd.DataFrame = NONE, old: pd.DataFrame = OLD) -> list[tuple[str, ...]]:
    found = changes.rows({"observations": old}, {"observations": new}, {"observations": ["id"]}, register)
    return list(found[["row", "column", "kind", "cause", "old", "new"]].itertuples(index=False, name=None))


def added(period: str, entity: str = "a") -> pd.DataFrame:
    return pd.DataFrame({"id": [f"{entity}-{period}"], "entity": [entity], "measure": ["m"], "period": [period], "value": ["30"]})


def test_equal_editions_have_no_changes():
    assert compared(OLD.copy()) == []


def test_a_later_period_of_a_known_series_is_a_new_period():
    assert compared(pd.concat([OLD, added("FY2020")])) == [("a-FY2020", "", "added", "new-period", "", "30")]


def test_a_series_that_was_not_there_is_new_evidence():
    assert compared(pd.concat([OLD, added("FY2020", "b")])) == [("b-FY2020", "", "added", "new-evidence", "", "30")]


def test_a_correction_stays_one_when_the_cell_is_corrected_again():
    register = pd.DataFrame(
        {"table": ["observations"] * 2, "row": ["a-fy2019"] * 2, "column": ["value"] * 2, "right": ["21", "22"]}
    )  # the first edition's correction, then that of the corrected edition

    assert compared(OLD.assign(value=["10", "21"]), register)[0][3] == "correction"
    assert compared(OLD.assign(value=["10", "22"]), register)[0][3] == "correction"


def test_an_old_period_with_another_value_has_no_cause_unless_one_is_stated():
    assert compared(OLD.assign(value=["10", "21"])) == [("a-fy2019", "value", "changed", "unstated", "20", "21")]


def test_a_change_that_the_register_holds_is_a_correction_and_no_other():
    register = pd.DataFrame({"table": ["observations"], "row": ["a-fy2019"], "column": ["value"], "right": ["21"]})

    assert compared(OLD.assign(value=["11", "21"]), register) == [
        ("a-fy2018", "value", "changed", "unstated", "10", "11"),
        ("a-fy2019", "value", "changed", "correction", "20", "21"),
    ]


def test_a_column_that_was_not_there_is_a_change_of_method():
    assert {row[3] for row in compared(OLD.assign(unit="x"))} == {"method"}


def test_a_row_that_is_gone_is_withdrawn():
    assert compared(OLD.head(1)) == [("a-fy2019", "", "removed", "withdrawn", "20", "")]


def test_rows_in_another_order_are_no_change():
    assert compared(OLD.iloc[::-1]) == []


@pytest.mark.parametrize(("claims", "cause"), [("a", "correction"), ("b", "new-evidence"), ("", "new-evidence")])
def test_a_value_changes_for_the_gravest_reason_among_its_claims_and_then_its_tables(claims, cause):
    changed = pd.DataFrame(
        [["claims", "a", "value", "changed", "correction", "1", "2"], ["observations", "x", "", "added", "new-evidence", "", ""]],
        columns=changes.COLUMNS,
    )
    before = pd.DataFrame({"id": ["v"], "content": ["1"], "claims": [claims], "tables": ["observations"]})

    assert changes.made(before, before.assign(content="2"), changed)["cause"].tolist() == [cause]


KEEPING = ["unit", "other-source", "renamed"]


@pytest.mark.parametrize("cause", KEEPING)
def test_a_value_that_is_another_amount_is_not_put_down_to_a_cause_that_leaves_amounts_as_they_were(cause):
    changed = pd.DataFrame([["claims", "a", "value", "changed", cause, "1000", "1"]], columns=changes.COLUMNS)
    before = pd.DataFrame({"id": ["v"], "content": ["1000 eur-m"], "claims": ["a"], "tables": ["claims"]})
    causes = [changes.made(before, before.assign(content=now), changed)["cause"].tolist() for now in ("1 eur-bn", "1 eur-m", "2 eur-bn")]

    assert causes == [[cause], ["method"], ["method"]]


def test_a_count_of_rows_differs_because_rows_came_or_went_and_not_because_one_was_revised():
    cells = [["observations", "a", "value", "changed", "revised", "1", "2"], ["observations", "b", "", "added", "new-period", "", "5 m"]]
    before = pd.DataFrame({"id": ["n"], "content": ["27 observations"], "claims": [""], "tables": ["observations"]})
    after = before.assign(content="28 observations")

    causes = [changes.made(before, after, pd.DataFrame(part, columns=changes.COLUMNS))["cause"].tolist() for part in (cells, cells[:1])]

    assert causes == [["new-period"], ["revised"]]


@pytest.mark.parametrize(("now", "cause"), [("28", "new-period"), ("26", "withdrawn")])
def test_more_rows_are_put_down_to_those_that_came_and_fewer_to_those_that_went(now, cause):
    cells = [["observations", "a", "", "removed", "withdrawn", "1 m", ""], ["observations", "b", "", "added", "new-period", "", "5 m"]]
    before = pd.DataFrame({"id": ["n"], "content": ["27 observations"], "claims": [""], "tables": ["observations"]})

    made = changes.made(before, before.assign(content=f"{now} observations"), pd.DataFrame(cells, columns=changes.COLUMNS))

    assert made["cause"].tolist() == [cause]


@pytest.mark.parametrize("unit", ["calendar-year", "fiscal-year"])
def test_a_year_that_is_another_one_has_no_difference_in_per_cent(unit):
    told = changes.measured(pd.DataFrame({"old": [f"2018 {unit}"], "new": [f"2019 {unit}"]}))

    assert told[["change", "change_pct"]].isna().all(axis=None)


def test_a_column_and_a_period_are_told_in_words_of_the_page():
    schemas = {"observations": {"fields": [{"name": "period", "title": "期間 / Period"}]}}
    told = amounts.worded(
        pd.DataFrame([["observations", "a", "period", "changed", "other-fact", "FY2021", "2022"]], columns=changes.COLUMNS), schemas
    )

    names = ["column_ja", "column_en", "_column", "old_ja", "new_ja", "new_en", "_new"]
    assert told[names].values.tolist() == [["期間", "Period", "period", "2021年度", "2022年", "2022", "2022"]]


def test_numbers_of_both_editions_stand_side_by_side_with_their_change():
    new = {"observations": OLD.assign(value=["10", "25"])}
    changed = changes.rows({"observations": OLD}, new, {"observations": ["id"]}, NONE)

    assert changes.revised(changed, new)[["period", "old", "new", "change", "change_pct"]].values.tolist() == [["FY2019", 20, 25, 5, 25]]


@pytest.mark.parametrize("cause", ["unit", "other-fact"])
def test_an_amount_in_another_unit_and_a_number_of_something_else_are_no_change_of_a_number(cause):
    changed = pd.DataFrame([["observations", "a", "value", "changed", cause, "5.4", "5400"]], columns=changes.COLUMNS)

    assert changes.revised(changed, {"observations": OLD}).empty


def test_values_in_different_units_have_no_difference():
    told = changes.measured(pd.DataFrame({"old": ["200 projects", "5.4 eur-bn"], "new": ["210 projects", "5400 eur-m"]}))

    assert (told["change_pct"][0], told["change_pct"].isna().tolist()) == (5.0, [False, True])


@pytest.mark.parametrize("unit", sorted(code for code in words.family("unit") if "." not in code))
def test_a_number_that_is_gone_is_told_with_its_unit_in_the_language_of_the_page_whatever_its_unit(unit):
    gone = OLD.head(1).assign(value="9500", unit=unit)
    told = amounts.worded(
        changes.grouped(changes.rows({"observations": gone}, {"observations": gone.head(0)}, {"observations": ["id"]}, NONE), {}), {}
    )

    assert told[["old_ja", "old_en", "_old"]].values.tolist() == [[*(words.quantity(9500, unit, lang) for lang in words.LANGUAGES), f"9500 {unit}"]]


def test_the_unit_of_a_row_that_names_none_is_that_of_its_measure_and_a_range_has_both_ends():
    measures = pd.DataFrame({"id": ["m"], "unit": ["persons"]})
    gone = OLD.head(1).assign(value_high="12")
    keys = {"observations": ["id"], "measures": ["id"]}
    changed = changes.rows({"observations": gone, "measures": measures}, {"observations": gone.head(0), "measures": measures}, keys, NONE)

    assert amounts.worded(changed, {})["old_ja"].tolist() == ["10～12人"]


def test_a_code_is_told_in_the_words_that_the_schema_names_for_it():
    schemas = {"observations": {"fields": [{"name": "unit", "words": ["unit"]}, {"name": "status", "words": ["stage", "observed"]}]}}
    cells = [
        ["observations", "a", "unit", "changed", "unit", "eur-bn", "eur-m"],
        ["observations", "a", "status", "changed", "revised", "draft", "actual"],
    ]
    told = amounts.worded(pd.DataFrame(cells, columns=changes.COLUMNS), schemas)

    assert told[["old_ja", "new_ja"]].values.tolist() == [
        ["10億ユーロ", "百万ユーロ"], [words.word("stage.draft", "ja"), words.word("stage.actual", "ja")],
    ]  # fmt: skip


def test_added_rows_are_told_by_series_with_their_first_and_last_period():
    new = {"observations": pd.concat([OLD, added("FY2020"), added("FY2021")])}
    changed = changes.rows({"observations": OLD}, new, {"observations": ["id"]}, NONE)

    assert changes.grouped(changed, new)[["row_en", "periods", "rows"]].values.tolist() == [["a-FY2020", "FY2020 – FY2021", 2]]


def test_other_additions_are_told_by_table():
    new = {"observations": pd.concat([OLD, added("FY2020", "b"), added("FY2021", "c")])}
    changed = changes.rows({"observations": OLD}, new, {"observations": ["id"]}, NONE)

    assert changes.grouped(changed, new)[["cause", "periods", "rows"]].values.tolist() == [["new-evidence", "FY2020 – FY2021", 2]]


@pytest.mark.parametrize("period", ["2027", "2028"])
def test_rows_of_a_table_whose_key_is_not_called_id_are_listed(period):
    old = pd.DataFrame({"year": ["2026"], "entity": ["a"], "period": ["2026"]})
    new = pd.concat([old, pd.DataFrame({"year": [period], "entity": ["a"], "period": [period]})])
    changed = changes.rows({"yearly": old}, {"yearly": new}, {"yearly": ["year", "entity"]}, NONE)

    assert changes.grouped(changed, {"yearly": new})[["row_en", "cause", "periods"]].values.tolist() == [[f"{period} a", "new-period", period]]
