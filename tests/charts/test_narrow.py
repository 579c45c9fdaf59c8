"""A drawing for a narrow screen: nothing is cut, no letters lie on others, and what is published is not touched."""

import re
from itertools import pairwise

import altair as alt
import pandas as pd
import pytest

from evidence.charts import boxed, changes, look, narrow
from evidence.charts.legible import legible
from evidence.words import LANGUAGES

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


@pytest.mark.parametrize("more", range(4))
def test_years_below_a_line_stand_apart(more):
    table = pd.DataFrame({"year": range(2015, 2020), "n": range(2015, 2020), "name": "Northland 1,478" + "x" * more})
    scale = alt.Scale(nice=False, zero=False, padding=8)
    x = alt.X("year:Q", scale=scale, **look.axis("year", "en", "", values=list(table["year"])))
    line, end = alt.Chart(table).mark_line(), alt.Chart(table.tail(1)).mark_text(align="left", dx=9)
    svg = drawn((line.encode(x, alt.Y("n:Q", title="Researchers sent")) + end.encode(x, y="n:Q", text="name:N")).properties(width=560))

    ends = {"start": (0, 29), "middle": (-14.5, 14.5), "end": (-29, 0)}  # four digits take 29 points
    labels = re.findall(r'text-anchor="(\w+)" transform="translate\(([0-9.]+),[0-9.]+\)"(?![^>]*opacity)[^>]*>20[12][0-9]<', svg)
    spans = [(float(place) + ends[anchor][0], float(place) + ends[anchor][1]) for anchor, place in labels]
    assert len(spans) > 1
    assert min(after[0] - before[1] for before, after in pairwise(spans)) >= 4


def test_a_row_of_boxes_stands_below_its_cells():
    row = boxed.line(["An agency", "what it measures", "five years"], "1.5", "says", boxed.PLAIN)
    heads = [boxed.Column("Agency", 0, 10, bold=True), boxed.Column("Measure", 90, 24), boxed.Column("Span", 280, 22)]
    chart = boxed.boxed([row], heads, ("Factor", 450, 638), "en")

    assert narrow.wide(svg := drawn(chart)) <= narrow.WIDTH and "Measure: what it measures" in svg
    assert narrow.wide(look.drawn(narrow.parted(chart.to_dict())[0])) > 600


def test_what_one_panel_named_for_those_beside_it_each_names_where_they_stand_one_below_the_other():
    table = pd.DataFrame({"name": ["Japan", "France"], "n": [1, 2]})
    panels = [
        alt.Chart(table).mark_bar().encode(x="n:Q", y=alt.Y("name:N", title=None, axis=alt.Axis(labels=first))).properties(width=150)
        for first in (True, False)
    ]
    svg = drawn(alt.hconcat(*panels))

    assert (svg.count(">Japan<"), svg.count(">France<")) == (2, 2)


def test_what_is_published_says_nothing_of_the_narrow_form():
    chart = bars()

    assert narrow.parted(narrow.also(chart, bars(width=200)).to_dict())[0] == chart.to_dict()


def test_there_is_none_where_letters_would_lie_on_letters():
    crowded = alt.Chart(pd.DataFrame({"x": range(40), "y": [1] * 40})).mark_text(text="crowded").encode(x="x:Q", y="y:Q").properties(width=3000)

    assert drawn(crowded) == ""


def test_a_diagram_placed_by_hand_has_none_of_its_own():
    placed = alt.Chart(ROWS).mark_text().encode(x=alt.X("n:Q", axis=None), y=alt.Y("n:Q", axis=None), text="name").properties(width=640)

    assert drawn(placed) == ""


@pytest.mark.parametrize(("shape", "size"), [("square", 420), ("circle", 420)])
def test_heads_of_a_grid_that_would_touch_are_read_from_below(shape, size):
    heads = ["JSPS\nInternational\nJoint Research\nProgram", *(f"Agency\nprogramme {number}" for number in range(8))]
    cells = pd.DataFrame(
        [{"head": head, "row": row, "n": 3, "says": row + head} for head in heads for row in ("A group with a long name", "Another")]
    )
    split = alt.Axis(orient="top", labelAngle=0, labelExpr="split(datum.label, '\\n')", labelPadding=60)
    base = alt.Chart(cells).encode(alt.X("head:N", sort=heads, title=None, axis=split), alt.Y("row:N", sort=None, title=None))
    marks = base.mark_point(filled=True, shape=shape, size=size).encode(description="says:N")
    numbers = base.mark_text(aria=False, fontSize=12, color="white").encode(text="n:Q", x=alt.X("head:N", sort=heads))

    svg = drawn((marks + numbers).properties(width=alt.Step(66), height=alt.Step(30)))

    assert 0 < narrow.wide(svg) <= narrow.WIDTH and legible(svg) and "…" not in svg
    assert [f">{head}<" in svg for head in ("Agency programme 7", "JSPS International Joint", "Research Program")] == [True] * 3


SIGN = '<svg xmlns="http://www.w3.org/2000/svg"><g class="mark-symbol"><path d="M-10,-10h20v20h-20Z"/></g><text x="0" {}</text></svg>'


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('text-anchor="middle" transform="translate(0,4)" font-size="12px">3', True),  # the number of the square, in its middle
        ('text-anchor="middle" transform="translate(3,4)" font-size="12px">3', False),
        ('text-anchor="middle" transform="translate(0,4)" font-size="12px">3.14159', False),
        ('transform="translate(11,4)" font-size="12px">3', True),  # beside it: a side's length is no place
        ('transform="translate(0,-12) rotate(-90)" font-size="12px">upwards', True),
        ('text-anchor="end" transform="translate(0,-12) rotate(-90)" font-size="12px">down on it', False),
    ],
)
def test_a_text_may_stand_in_its_own_sign_but_on_no_other(text, read):
    assert legible(SIGN.format(text)) is read


def dots(x: list[int], y: list[int]) -> alt.TopLevelMixin:
    base = alt.Chart(pd.DataFrame({"year": x, "n": y})).encode(alt.X("year:Q", scale=alt.Scale(domain=[2007, 2025])), alt.Y("n:Q"))
    return (base.mark_point(filled=True, size=130) + base.mark_text(dy=-14).encode(text="n:Q")).properties(width=580, height=150)


def test_dots_too_close_across_are_drawn_further_apart_in_height():
    assert narrow.wide(svg := drawn(dots([2008, 2009, 2016], [127, 147, 89]))) <= narrow.WIDTH and legible(svg)
    assert drawn(dots([2008, 2008], [127, 128])) == ""  # no height takes apart what lies in one place


@pytest.mark.parametrize("name", ["Japan", "A country with a long name"])
def test_a_number_beside_a_sign_stands_below_it_where_a_cell_is_too_narrow_for_both(name):
    cells = pd.DataFrame([{"when": str(year), "name": row, "n": 30.5 + year - 2010} for year in range(2010, 2015) for row in (name, "X")])
    base = alt.Chart(cells).encode(alt.X("when:O", title=None, axis=alt.Axis(orient="top", labelAngle=0)), alt.Y("name:N", sort=None, title=None))
    signs = base.mark_circle().encode(size=alt.Size("n:Q", scale=alt.Scale(domain=[0, 75], range=[0, 700]), legend=None))

    svg = drawn((signs + base.mark_text(dx=40).encode(text="n:Q")).properties(width=470, height=alt.Step(44)))

    assert 0 < narrow.wide(svg) <= narrow.WIDTH and legible(svg)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("draw", [changes.by_cause, changes.revisions])
def test_where_nothing_changed_the_words_fit(draw, lang):
    svg = narrow.narrow(narrow.parted(draw(pd.DataFrame(), lang).to_dict())[1], [], lang)

    assert 0 < narrow.wide(svg) <= narrow.WIDTH


def test_a_long_name_of_a_series_whose_numbers_changed_is_whole():
    name = "Expenditure on collaborative research and development, operating grant"
    row = {"series_en": name, "period": "FY2019", "row": "x", "old": 1200.0, "new": 1300.0}

    svg = narrow.narrow(narrow.parted(changes.revisions(pd.DataFrame([row, row | {"series_en": "Another"}]), "en").to_dict())[1], [], "en")

    assert 0 < narrow.wide(svg) <= narrow.WIDTH and "Expenditure on collaborative<" in svg and "operating grant<" in svg
