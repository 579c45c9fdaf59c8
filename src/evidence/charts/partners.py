"""Dots of the countries that took part in joint calls."""

import textwrap
from typing import Any

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look
from evidence.tables import columns

BESIDE = 8  # calls whose heads have room side by side; those of more stand on end
_WIDE, _NARROW = 66, 30  # points of a column below a head that is read across, and below one on end


def calls(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Countries down, calls across: a dot where the country took part; an empty place is no statement that it did not seek to."""
    told = table.assign(partner=table[f"partner_{lang}"], years=[columns.column("period").cells([one], [{}], lang)[0] for one in table["period"]])
    told["call"] = ["\n".join([*_lines(name, lang), *_lines(years, lang)]) for name, years in zip(told[f"name_{lang}"], told["years"], strict=True)]
    told["says"] = [
        words.word("says.took_part", lang, a=row.partner, b=row.call.replace("\n", " "), field=getattr(row, f"field_{lang}"))
        for row in told.itertuples()
    ]
    rows, across = (list(told.sort_values(place)[name].unique()) for place, name in (("_down", "partner"), ("_across", "call")))
    bare: dict[str, Any] = {"domain": False, "ticks": False, "grid": True}
    wide, heads = (_NARROW, _on_end()) if len(across) > BESIDE else (_WIDE, look.side_by_side(across))
    head = alt.Axis(orient="top", labelFontSize=12, **heads, **bare)
    dots = alt.Chart(told).mark_point(filled=True, size=130, color=look.PALETTE[0]).encode(
        x=alt.X("call:N", title=None, sort=across, axis=head),
        y=alt.Y("partner:N", title=None, sort=rows, axis=alt.Axis(labelPadding=10, **bare)), description=alt.Description("says:N"),
    )  # fmt: skip
    return dots.properties(width=alt.Step(wide), height=alt.Step(22))


def _on_end() -> dict[str, Any]:
    told = "replace(datum.label, /([!-,.-~])\\n(?=[!-~])/g, '$1 ')"  # Latin words stay apart, unless a hyphen joins them
    return {
        "labelAngle": -90, "labelExpr": f"replace({told}, /\\n/g, '')", "labelAlign": "left", "labelBaseline": "middle", "labelLimit": 240,
        "labelPadding": 8,
    }  # fmt: skip


def _lines(name: str, lang: str) -> list[str]:
    """A name in lines short enough for the head of a column; a Latin one is broken at a space or hyphen."""
    return textwrap.wrap(name, 9) if name.isascii() else words.wrapped(name, lang, 9)
