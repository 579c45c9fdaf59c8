"""Drawings of the chapter on mobility: a line only between years that count the same."""

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look
from evidence.tables import columns

ROOM = 1.12  # of the greatest number: the height of the plot


def received(table: pd.DataFrame, breaks: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Researchers received by fiscal year; a dashed rule stands before each year from which the survey counts otherwise."""
    told = table.assign(stretch=table["_stretch"].astype(str))
    numbers = [words.quantity(value, "persons", lang) for value in told["researchers"]]
    told["says"] = [words.word("says.fiscal_year", lang, year=year, n=n) for year, n in zip(told["fiscal_year"], numbers, strict=True)]
    years = list(range(int(told["fiscal_year"].min()) + 2, int(told["fiscal_year"].max()) + 1, 5))
    scale = alt.Scale(domain=[told["fiscal_year"].min() - 1, told["fiscal_year"].max() + 1], nice=False)
    x = alt.X("fiscal_year:Q", scale=scale, **look.axis("fiscal_year", lang, columns.label("fiscal_year", lang), values=years))
    y = alt.Y("researchers:Q", scale=alt.Scale(domain=[0, ROOM * told["researchers"].max()]), **look.axis("researchers", lang))
    base = alt.Chart(told).encode(x=x, y=y)
    lines = base.mark_line(color=look.PALETTE[0], strokeWidth=2.5, aria=False).encode(detail=alt.Detail("stretch:N"))
    points = base.mark_point(filled=True, size=46, opacity=1, color=look.PALETTE[0]).encode(description=alt.Description("says:N"))
    told["text"] = [words.number(value) for value in told["researchers"]]
    most = alt.Chart(told[told["researchers"].eq(told["researchers"].max())]).mark_text(align="right", dx=6, dy=-13, aria=False)
    last = alt.Chart(told[told["fiscal_year"].eq(told["fiscal_year"].max())]).mark_text(align="right", dx=8, dy=15, aria=False)
    ends = [layer.encode(x=x, y=y, text=alt.Text("text:N")) for layer in (most, last)]
    marks = breaks.assign(at=breaks["year"] - 0.5, text=breaks["year"].astype(str))
    rules = alt.Chart(marks).mark_rule(color=look.SOFT, strokeDash=[3, 3], aria=False).encode(x=alt.X("at:Q", scale=scale))
    labels = (
        alt.Chart(marks).mark_text(align="left", dx=4, y=9, color=look.SOFT, aria=False).encode(x=alt.X("at:Q", scale=scale), text=alt.Text("text:N"))
    )
    return alt.layer(rules, labels, lines, points, *ends).properties(width=600, height=300)
