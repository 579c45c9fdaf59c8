"""Small multiples: a panel an entity, the same axes in all, none of it lost on a narrow screen."""

import pandas as pd
import pytest

from evidence.charts import look, narrow
from evidence.charts.legible import legible
from evidence.charts.multiples import DASHED, Panels

NAMES = {"uk": "United Kingdom", "japan": "Japan", "agency": "A funding agency whose name is longer than its panel is wide", "eu": "EU"}


@pytest.fixture(scope="module")
def drawn() -> tuple[dict, dict]:
    """The panels as they are published, and those of a narrow screen."""
    rows = [
        {"entity": entity, "name": name, "_moment": 2003.0 + year, "value": 1000.0 * (place + 1) + year, "_stretch": f"{entity} {year // 2}",
         "short": f"{1000 * (place + 1) + year:,}", "says": f"{name} {2003 + year}"}
        for place, (entity, name) in enumerate(NAMES.items()) for year in range(3)
    ]  # fmt: skip
    made = Panels(pd.DataFrame(rows), "articles (articles)", "Fiscal year", "en", "japan", [2005.0], [0, 4500])
    return narrow.parted(made.drawn().to_dict())


def test_every_row_is_a_described_mark_and_all_can_be_read(drawn):
    svg = look.drawn(drawn[0])

    assert (len(look.descriptions(svg)), narrow.wide(svg) <= look.WIDTH, legible(svg)) == (12, True, True)
    assert "whose name" in svg and "…" not in svg


def test_nothing_is_lost_on_a_narrow_screen(drawn):
    svg = narrow.narrow(drawn[1], [], "en")

    assert (len(look.descriptions(svg)), "whose name" in svg, "…" in svg) == (12, True, False)


def test_all_panels_have_the_same_axes(drawn):
    encodings = [layer["encoding"] for panel in drawn[0]["concat"] for layer in panel["layer"] if "y" in layer["encoding"]]

    assert len({str(axes["x"]["scale"]) for axes in encodings}) == len({str(axes["y"]["scale"]) for axes in encodings}) == 1
    assert [panel["layer"][-2]["encoding"]["y"]["axis"]["labels"] for panel in drawn[0]["concat"][1:]] == [False, False, True]


def test_the_reference_is_a_dashed_line_in_the_panels_of_the_others(drawn):
    dashed = [any(layer["mark"].get("strokeDash") == DASHED for layer in panel["layer"]) for panel in drawn[0]["concat"]]

    assert dict(zip(NAMES, dashed, strict=True)) == {"uk": True, "japan": False, "agency": True, "eu": True}
