"""Axes of drawings speak by the column register: no chart types how a number is written."""

import ast
from pathlib import Path

import pytest

from evidence import charts
from evidence.errors import Refusal

TYPED = {"format", "formatType", "labelFormat", "tickFormat"}
MODULES = sorted(path for path in Path(charts.__file__).parent.glob("*.py") if path.stem != "look")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_chart_types_no_format_of_numbers(path):
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]

    assert [keyword.arg for call in calls for keyword in call.keywords if keyword.arg in TYPED] == []


@pytest.mark.parametrize(
    ("name", "title", "properties"),
    [
        ("year", None, {"format": "d"}),
        ("projects", "採択課題数", {"tickMinStep": 1}),
        ("growth_pct", "伸び（%）", {}),
        ("budget_jpy_m", "予算額（億円）", {"labelExpr": "format(datum.value / 100, ',')"}),
    ],
)
def test_an_axis_is_titled_and_written_as_its_column(name, title, properties):
    told = charts.look.axis(name, "ja")

    assert (told["title"], told["axis"].to_dict()) == (title, properties)


def test_an_axis_of_a_column_that_is_not_registered_is_refused():
    with pytest.raises(Refusal) as refused:
        charts.look.axis("rank", "ja")

    assert refused.value.code == "E346"
