"""A notebook is cut to what an edition lists: what only a later edition has is left out with all that serves it alone."""

import nbformat
import pytest

from evidence.runs import selection
from evidence.runs.selection import Listed

OLD = Listed(frozenset({"map"}), frozenset({"request"}))


def cells(*sources: str) -> list[nbformat.NotebookNode]:
    """Code cells, and texts where a source begins with #."""
    return [nbformat.v4.new_markdown_cell(one) if one.startswith("#") else nbformat.v4.new_code_cell(one) for one in sources]


def kept(listed: Listed, *sources: str) -> list[str]:
    made = cells(*sources)
    return [cell.source for number, cell in enumerate(made) if number not in selection.left_out(made, listed)]


def test_nothing_is_left_out_where_everything_is_listed():
    sources = ("# Map", "table = one()", 'desk.figure("map", chart(table), table)', 'desk.value("count", len(table))')

    assert kept(OLD, *sources) == list(sources)


def test_an_exhibit_that_is_not_listed_goes_with_its_heading_and_its_computing():
    old = ("# Map", "table = one()", 'desk.figure("map", chart(table), table)')
    new = ("# New", "more = two(table)", "best = more.head()", 'desk.table("new", best)')

    assert kept(OLD, *old, *new) == list(old)


def test_computing_that_others_use_stays():
    sources = ("table = one()", 'desk.figure("map", chart(table), table)')

    assert kept(OLD, *sources, 'desk.table("new", table)') == list(sources)


def test_the_parameters_stay():
    made = cells("years = 5", 'desk.table("new", two(years))')
    made[0].metadata["tags"] = ["parameters"]

    assert selection.left_out(made, OLD) == {1}


def test_a_claim_that_the_ledger_of_the_edition_lacks_is_left_out():
    assert kept(OLD, 'desk.claim("request")', 'desk.claim("later")') == ['desk.claim("request")']


@pytest.mark.parametrize(("values", "left"), [(None, 2), (frozenset({"count"}), 1)])
def test_values_are_left_out_where_the_edition_has_a_table_of_them(values, left):
    listed = Listed(OLD.exhibits, OLD.claims, values)

    assert len(kept(listed, 'desk.value("count", 1)', 'desk.value("new-count", 2)')) == left


def test_a_cell_that_mixes_what_is_listed_and_what_is_not_tears():
    assert selection.torn(cells('desk.figure("map", a, b)\ndesk.table("new", b)'), OLD) == [(0, "new (map)")]


def test_a_name_that_only_cells_set_which_are_left_out_tears():
    made = cells('more = two()\ndesk.table("new", more)', 'desk.figure("map", chart(more), more)')

    assert selection.torn(made, OLD) == [(1, "more")]
