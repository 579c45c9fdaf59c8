"""A change is called what the tables, the register or the import know it to be, and what they do not know is said to be not stated."""

import pandas as pd
import pytest

from evidence.analysis import changes

OLD = {
    "entities": pd.DataFrame([["a", "甲", "A", "1"], ["b", "乙", "B", "2"]], columns=["id", "name_ja", "name_en", "order"]),
    "measures": pd.DataFrame([["m", "eur-bn", "1"]], columns=["id", "unit", "typical_low"]),
    "claims": pd.DataFrame([["c", "m", "13.2", "13.2", "Text"]], columns=["id", "measure", "value", "as_printed", "text_en"]),
    "observations": pd.DataFrame(
        [
            ["a-2018", "a", "m", "2018", "10.5", "eur-bn", "S1", "p. 1", "preliminary"],
            ["a-2019", "a", "m", "2019", "20", "eur-bn", "S1", "p. 1", "actual"],
        ],
        columns=["id", "entity", "measure", "period", "value", "unit", "source", "locator", "status"],
    ),
}
KEYS = {name: ["id"] for name in OLD}
REGISTER = pd.DataFrame([["observations", "a-2019", "value", "21", "correction"]], columns=["table", "row", "column", "right", "cause"])
STATED = REGISTER.assign(right="22", cause="revised")


SCHEMAS = {name: {"fields": [{"name": column, "type": "number"} for column in ("value", "order", "typical_low")]} for name in OLD}
SCHEMAS["observations"]["naturalKey"] = ["entity", "measure", "period", "status", "source"]


def told(change, register=REGISTER) -> list[tuple[str, str, str]]:
    """Kind, row and cause of all that differs after the change, each once."""
    new = {name: frame.copy() for name, frame in OLD.items()}
    change(new)
    found = changes.rows(OLD, new, KEYS, register, SCHEMAS)
    return list(found[["row", "kind", "cause"]].drop_duplicates().itertuples(index=False, name=None))


def cell(table, row, column, text):
    def change(tables):
        tables[table].loc[tables[table]["id"].eq(row), column] = text

    return change


def both(*several):
    def change(tables):
        for one in several:
            one(tables)

    return change


def row(table, *cells):
    def change(tables):
        tables[table] = pd.concat([tables[table], pd.DataFrame([cells], columns=tables[table].columns)])

    return change


def reversed_rows(tables):
    tables["observations"] = tables["observations"].iloc[::-1]


def moved_row(tables):
    tables["observations"] = tables["observations"].iloc[[1, 0]].reset_index(drop=True)


def without(tables):
    tables["observations"] = tables["observations"].head(1)


def in_millions(tables):
    tables["observations"] = tables["observations"].assign(unit="eur-m", value=["10500", "20000"])


def measured_in_millions(tables):
    tables["measures"] = tables["measures"].assign(unit="eur-m", typical_low="1000")
    tables["claims"] = tables["claims"].assign(value="13200")
    in_millions(tables)


KINDS = [
    ("a number written otherwise", cell("observations", "a-2019", "value", "20.00"), []),
    ("rows in another order", reversed_rows, []),
    ("a row moved", moved_row, []),
    ("another unit, the same amounts", in_millions, [("a-2018", "changed", "unit"), ("a-2019", "changed", "unit")]),
    ("a renamed row", cell("observations", "a-2019", "id", "a-in-2019"), [("a-in-2019", "renamed", "renamed")]),
    ("a renamed entity", both(cell("entities", "a", "id", "alpha"), cell("observations", "a-2018", "entity", "alpha"),
                              cell("observations", "a-2019", "entity", "alpha")),
     [("alpha", "renamed", "renamed"), ("a-2018", "changed", "renamed"), ("a-2019", "changed", "renamed")]),
    ("a renamed entity, and its rows with it",
     both(cell("entities", "a", "id", "alpha"), cell("observations", "a-2018", "entity", "alpha"), cell("observations", "a-2019", "entity", "alpha"),
          cell("observations", "a-2018", "id", "alpha-2018"), cell("observations", "a-2019", "id", "alpha-2019")),
     [("alpha", "renamed", "renamed"), *((f"alpha-{year}", kind, "renamed") for year in (2018, 2019) for kind in ("renamed", "changed"))]),
    ("another period under the same id", cell("observations", "a-2019", "period", "2020"), [("a-2019", "changed", "other-fact")]),
    ("another stage under the same id", cell("observations", "a-2019", "status", "budget"), [("a-2019", "changed", "other-fact")]),
    ("another stage and another number under the same id",
     both(cell("observations", "a-2019", "status", "budget"), cell("observations", "a-2019", "value", "23")), [("a-2019", "changed", "other-fact")]),
    ("a preliminary number that became the final one",
     both(cell("observations", "a-2018", "status", "actual"), cell("observations", "a-2018", "value", "11")), [("a-2018", "changed", "revised")]),
    ("a final number called preliminary", cell("observations", "a-2019", "status", "preliminary"), [("a-2019", "changed", "other-fact")]),
    ("a preliminary number of another year",
     both(cell("observations", "a-2018", "status", "actual"), cell("observations", "a-2018", "period", "2017")),
     [("a-2018", "changed", "other-fact")]),
    ("a renamed row with another number", both(cell("observations", "a-2019", "value", "23"), cell("observations", "a-2019", "id", "a-in-2019")),
     [("a-in-2019", "renamed", "renamed"), ("a-in-2019", "changed", "unstated")]),
    ("the same fact of another source beside it", row("observations", "a-2019-s2", "a", "m", "2019", "30", "eur-bn", "S2", "p. 2", "actual"),
     [("a-2019-s2", "added", "new-evidence")]),
    ("an earlier period", row("observations", "a-2010", "a", "m", "2010", "5", "eur-bn", "S1", "p. 2", "actual"),
     [("a-2010", "added", "new-period")]),
    ("a later period", row("observations", "a-2020", "a", "m", "2020", "30", "eur-bn", "S1", "p. 2", "actual"), [("a-2020", "added", "new-period")]),
    ("another series", row("observations", "b-2020", "b", "m", "2020", "30", "eur-bn", "S1", "p. 2", "actual"),
     [("b-2020", "added", "new-evidence")]),
    ("a row that is gone", without, [("a-2019", "removed", "withdrawn")]),
    ("what the register corrects", cell("observations", "a-2019", "value", "21"), [("a-2019", "changed", "correction")]),
    ("a number told with fewer digits", cell("observations", "a-2018", "value", "11"), [("a-2018", "changed", "unstated")]),
    ("a number, and nothing says why", cell("observations", "a-2019", "value", "23"), [("a-2019", "changed", "unstated")]),
    ("a number of a newer document", both(cell("observations", "a-2019", "value", "23"), cell("observations", "a-2019", "source", "S2")),
     [("a-2019", "changed", "revised")]),
    ("the same number of a newer document", both(cell("observations", "a-2019", "source", "S2"), cell("observations", "a-2019", "locator", "p. 9")),
     [("a-2019", "changed", "other-source")]),
    ("our own words", cell("claims", "c", "text_en", "Words"), [("c", "changed", "wording")]),
    ("a new column", lambda tables: tables.update(claims=tables["claims"].assign(scope="x")), [("c", "changed", "method")]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), [kind[1:] for kind in KINDS], ids=[kind[0] for kind in KINDS])
def test_each_kind_of_change_is_named_rightly(change, expected):
    assert sorted(told(change)) == sorted(expected)


def test_a_cause_that_an_import_stated_holds_for_what_it_wrote_and_for_nothing_else():
    assert told(cell("observations", "a-2019", "value", "22"), STATED) == [("a-2019", "changed", "revised")]
    assert told(cell("observations", "a-2019", "value", "23"), STATED) == [("a-2019", "changed", "unstated")]


@pytest.mark.parametrize("cause", ["correction", "revised", "method"])
def test_each_cause_that_may_be_stated_is_told(cause):
    assert told(cell("observations", "a-2019", "value", "22"), STATED.assign(cause=cause)) == [("a-2019", "changed", cause)]


def test_a_renamed_row_of_which_another_fact_is_told_is_another_row():
    changed = both(cell("observations", "a-2019", "id", "a-in-2020"), cell("observations", "a-in-2020", "period", "2020"))

    assert sorted(told(changed)) == [("a-2019", "removed", "withdrawn"), ("a-in-2020", "added", "new-period")]


def test_a_renamed_row_with_another_number_is_not_known_where_two_would_do():
    two = both(
        cell("observations", "a-2019", "id", "x"),
        cell("observations", "x", "value", "23"),
        row("observations", "y", "a", "m", "2019", "24", "eur-bn", "S1", "p. 2", "actual"),
    )

    assert sorted(told(two)) == [("a-2019", "removed", "withdrawn"), ("x", "added", "new-evidence"), ("y", "added", "new-evidence")]


def test_another_unit_with_another_amount_is_no_mere_change_of_unit():
    changed = both(in_millions, cell("observations", "a-2019", "value", "20001"))

    assert told(changed) == [("a-2018", "changed", "unit"), ("a-2019", "changed", "unstated")]


def test_the_unit_of_a_claim_is_that_of_its_measure():
    assert ("c", "changed", "unit") in told(measured_in_millions)


def test_a_value_of_evidence_that_stood_before_is_quoted_anew():
    before = pd.DataFrame(columns=["id", "content", "claims", "tables"])
    value = pd.DataFrame({"id": ["v"], "content": ["13.2 eur-bn"], "claims": ["c"], "tables": ["claims"]})
    new = {name: frame.copy() for name, frame in OLD.items()}
    row("claims", "d", "m", "1", "1", "Other")(new)
    changed = changes.rows(OLD, new, KEYS, REGISTER)

    assert changes.made(before, value, changed)["cause"].tolist() == ["quoted"]
    assert changes.made(before, value.assign(claims="d"), changed)["cause"].tolist() == ["new-evidence"]
