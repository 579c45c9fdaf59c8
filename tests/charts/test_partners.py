"""Countries by calls: however many calls there are, the drawing fits the page it is read on."""

import re

import pandas as pd
import pytest
import vl_convert

from evidence.charts import partners

PAGE = 700  # points of a page's text; a wider drawing is shrunk, and its letters with it


def table(calls: int) -> pd.DataFrame:
    rows = [
        {"period": str(2000 + n), "partner_en": "New Zealand", "name_en": "EIG CONCERT-Japan", "_down": 1, "_across": n} for n in range(1, calls + 1)
    ]
    return pd.DataFrame(rows).assign(field_en="")


@pytest.mark.parametrize("calls", [3, 8, 13, 16])
def test_a_drawing_is_no_wider_than_the_page_however_many_calls_it_has(calls):
    drawn = vl_convert.vegalite_to_svg(partners.calls(table(calls), "en").to_dict())

    assert float(re.search(r'<svg [^>]*?width="([\d.]+)"', drawn)[1]) <= PAGE


def test_heads_stand_on_end_only_where_they_have_no_room_side_by_side():
    angles = [partners.calls(table(calls), "en").to_dict()["encoding"]["x"]["axis"]["labelAngle"] for calls in (8, 13)]

    assert angles == [0, -90]
