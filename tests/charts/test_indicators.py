"""What a series is compared with is drawn in it, and on a narrow screen too."""

import pandas as pd
import pytest

from evidence.charts import indicators, look, narrow

ONE = {
    "unit": "index", "form": "bars", "reference": "uk", "breaks": "", "measure_ja": "指数", "measure_en": "index", "unit_ja": "", "unit_en": "",
    "line": 2.0, "line_ja": "期待どおり", "line_en": "As expected",
}  # fmt: skip
ROWS = [
    {"name_ja": "英国", "name_en": "UK", "entity": "uk", "period": str(2001 + year), "value": value, "value_high": float("nan"), "qualifier": "",
     "_status": "actual", "_moment": 2001.0 + year, "_stretch": "uk 0", "first_period": "2001", "first_value": 0.25}
    for year, value in enumerate((0.25, 1.0))
]  # fmt: skip


def drawn(form, rows, **told) -> dict:
    """The specification of the figure."""
    return indicators.drawn(pd.DataFrame(rows), pd.Series(ONE | {"form": form} | told), "en").to_dict()


@pytest.mark.parametrize(("form", "rows"), [("line", ROWS), ("bars", ROWS), ("slope", ROWS[1:]), ("dots", ROWS)])
def test_a_line_to_compare_with_says_what_it_is(form, rows):
    svg = look.drawn(drawn(form, rows))

    assert (svg.count(">As expected<"), len(look.descriptions(svg))) == (1, len(rows))


def test_the_line_stands_across_bars_that_lie_down_on_a_narrow_screen():
    assert narrow.narrow(drawn("bars", ROWS), [], "en").count(">As expected<") == 1


def test_the_numbers_of_an_index_have_the_same_decimals():
    svg = look.drawn(drawn("slope", ROWS[1:], line=float("nan")))

    assert ">0.25 → 1.00<" in svg


@pytest.mark.parametrize(("lang", "unit", "first"), [("ja", "万ユーロ", 25.0), ("en", "EUR million", 0.25)])
def test_money_is_counted_along_the_axis_as_the_language_counts(lang, unit, first):
    told = pd.Series(ONE | {"form": "bars", "unit": "eur-m", "unit_ja": "百万ユーロ", "unit_en": "EUR million", "line": float("nan")})
    spec = indicators.drawn(pd.DataFrame(ROWS), told, lang).to_dict()
    [rows] = spec["datasets"].values()

    assert unit in str(spec)
    assert [row["value"] for row in rows] == [first, first * 4]


@pytest.mark.parametrize("form", ["bars", "dots", "line"])
def test_a_preliminary_number_says_so_wherever_it_is_read(form):
    rows = [ROWS[0], ROWS[1] | {"_status": "preliminary"}]

    assert [said.endswith("(preliminary)") for said in look.descriptions(look.drawn(drawn(form, rows)))] == [False, True]


def test_the_bar_of_a_preliminary_number_is_pale():
    rows = [ROWS[0], ROWS[1] | {"_status": "preliminary"}]

    assert look.drawn(drawn("bars", rows)).count(look.PALE) == 1


@pytest.mark.parametrize(("breaks", "lines"), [("", 0), ("2002", 1)])
def test_bars_are_parted_where_they_are_counted_otherwise_and_on_a_narrow_screen_too(breaks, lines):
    spec = drawn("bars", ROWS, breaks=breaks, line=float("nan"))
    wide, small = look.drawn(spec), narrow.narrow(spec, [], "en")

    assert [svg.count("stroke-dasharray") for svg in (wide, small)] == [lines, lines]
    assert [svg.count("The series changes here") for svg in (wide, small)] == [lines, 0]
