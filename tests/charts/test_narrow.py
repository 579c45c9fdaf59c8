"""A drawing for a narrow screen: nothing is cut, no letters lie on others, and what is published is not touched."""

import altair as alt
import pandas as pd
import pytest

from evidence.charts import boxed, look, narrow
from evidence.charts.legible import legible

ROWS = pd.DataFrame({"name": ["A funding agency with a long name", "An agency"], "n": [3, 5], "says": ["a 3", "b 5"]})


def bars(turned: bool = False, width: int = 640) -> alt.TopLevelMixin:
    name, number = alt.X if turned else alt.Y, alt.Y if turned else alt.X
    base = alt.Chart(ROWS).encode(name("name:N", sort=None, title=None), number("n:Q", title="Number"))
    return (base.mark_bar().encode(description="says:N") + base.mark_text(align="left", dx=6, aria=False).encode(text="n:N")).properties(width=width)


def drawn(chart: alt.TopLevelMixin, guards: list[str] = []) -> str:  # noqa: B006
    return narrow.narrow(narrow.parted(chart.to_dict())[1], guards, "en")


@pytest.mark.parametrize("turned", [False, True])
def test_bars_and_columns_fit_with_every_label_whole(turned):
    svg = drawn(bars(turned), ["A caution without which the drawing would mislead whoever sees it"])

    assert narrow.wide(svg) <= narrow.WIDTH and legible(svg)
    assert "A funding agency with a long name" in svg and "…" not in svg
    assert [part in svg for part in ("A caution without which the drawing", "mislead")] == [True, True]
    assert look.descriptions(svg) == ["a 3", "b 5"]


def test_a_row_of_boxes_stands_below_its_cells():
    row = boxed.line(["An agency", "what it measures", "five years"], "1.5", "says", boxed.PLAIN)
    heads = [boxed.Column("Agency", 0, 10, bold=True), boxed.Column("Measure", 90, 24), boxed.Column("Span", 280, 22)]
    chart = boxed.boxed([row], heads, ("Factor", 450, 638), "en")

    assert narrow.wide(svg := drawn(chart)) <= narrow.WIDTH and "Measure: what it measures" in svg
    assert narrow.wide(look.drawn(narrow.parted(chart.to_dict())[0])) > 600


def test_what_is_published_says_nothing_of_the_narrow_form():
    chart = bars()

    assert narrow.parted(narrow.also(chart, bars(width=200)).to_dict())[0] == chart.to_dict()


def test_there_is_none_where_letters_would_lie_on_letters():
    crowded = alt.Chart(pd.DataFrame({"x": range(40), "y": [1] * 40})).mark_text(text="crowded").encode(x="x:Q", y="y:Q").properties(width=3000)

    assert drawn(crowded) == ""


def test_a_diagram_placed_by_hand_has_none_of_its_own():
    placed = alt.Chart(ROWS).mark_text().encode(x=alt.X("n:Q", axis=None), y=alt.Y("n:Q", axis=None), text="name").properties(width=640)

    assert drawn(placed) == ""
