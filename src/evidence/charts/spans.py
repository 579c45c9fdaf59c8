"""One line a row from a first to a last value, both told in words at the right."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from evidence.charts import look

WIDE = 400  # points of the plot; the words stand to its right


def spans(told: pd.DataFrame, ends: tuple[str, str], title: str | list[str], scale: alt.Scale, under: Sequence[alt.Chart] = ()) -> alt.TopLevelMixin:
    """A line a row, hollow at its first value and full at its last; `told` has name, shade, text and says beside the two."""
    base = alt.Chart(told).encode(y=alt.Y("name:N", sort=None, title=None), color=alt.Color("shade:N", scale=None))
    x = alt.X(f"{ends[0]}:Q", title=title, scale=scale, axis=alt.Axis(tickCount=6))
    links = base.mark_rule(strokeWidth=2.5, aria=False).encode(x=x, x2=alt.X2(f"{ends[1]}:Q"))
    hollow = {"color": alt.value(look.PAPER), "stroke": alt.Stroke("shade:N", scale=None)}
    before = base.mark_point(filled=True, size=100, strokeWidth=2, aria=False).encode(x=x, **hollow)
    now = base.mark_point(filled=True, size=130).encode(x=alt.X(f"{ends[1]}:Q", scale=scale), description=alt.Description("says:N"))
    texts = base.mark_text(align="left", aria=False).encode(x=alt.value(WIDE + 12), text=alt.Text("text:N"), color=alt.value(look.INK))
    return alt.layer(*under, links, before, now, texts).properties(width=WIDE, height=alt.Step(34))
