"""Drawings of the chapter on Japan's funds: dots alone where years are missing; a whole series is an indicator."""

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look

SHAPES = {"applications": "diamond", "countries": "circle"}


def dots(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Dots of applications and of partner countries, a panel each, over the same years; nothing is drawn between them."""
    told = table.assign(name=table[f"measure_{lang}"], count=[words.number(value) for value in table["number"]])
    told["says"] = [
        words.word("says.named_year", lang, a=row.name, year=row.fiscal_year, n=row.count_text)
        for row in told.rename(columns={"count": "count_text"}).itertuples(index=False)
    ]
    panels = [_panel(told[told["_kind"].eq(kind)], kind, lang) for kind in SHAPES]
    return alt.vconcat(*panels, spacing=16)


def _panel(told: pd.DataFrame, kind: str, lang: str) -> alt.LayerChart:
    years = list(range(2008, 2025, 2))
    x = alt.X("fiscal_year:Q", scale=alt.Scale(domain=[2007, 2025]), **look.axis("fiscal_year", lang, values=years))
    y = alt.Y("number:Q", **look.axis("number", lang, words.word(f"axis.{kind}", lang), tickCount=4))
    base = alt.Chart(told).encode(x=x, y=y)
    colour = look.PALETTE[0 if kind == "applications" else 2]
    points = base.mark_point(filled=True, size=130, shape=SHAPES[kind], color=colour).encode(description=alt.Description("says:N"))
    counts = base.mark_text(dy=-14, aria=False).encode(text=alt.Text("count:N"))
    return (points + counts).properties(width=580, height=150)
