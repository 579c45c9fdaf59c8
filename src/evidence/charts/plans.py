"""Drawing of the chapter on plans: how many plans of each subject came to what."""

import altair as alt
import pandas as pd

from evidence import words
from evidence.analysis.plans import STATUSES
from evidence.charts import look

FILL = dict(zip(STATUSES, [look.PALETTE[0], "#4a86c5", "#9cc4e8", "#8c2d5f", "#e69f00", "#d9dee4"], strict=True))
DARK = ("done", "partly", "not-done")  # filled so darkly that a number in them is white


def outcomes(counts: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Bars of the number of plans by subject, split by what became of them."""
    told = counts.assign(
        about_told=[words.word(f"planned_of.{about}", lang) for about in counts["about"]],
        became_told=[words.word(f"became.{status}", lang) for status in counts["status"]],
        high=counts.groupby("about", sort=False)["plans"].cumsum(),
    )
    told["low"] = told["high"] - told["plans"]
    told["mid"] = (told["low"] + told["high"]) / 2
    numbers = [words.quantity(count, "plans", lang) for count in told["plans"]]
    told["says"] = [words.word("says.pair", lang, a=a, b=b, n=n) for a, b, n in zip(told["about_told"], told["became_told"], numbers, strict=True)]
    y = alt.Y("about_told:N", sort=list(told["about_told"].unique()), title=None, axis=alt.Axis(labelPadding=8, domain=False, ticks=False))
    x = alt.X("low:Q", **look.axis("plans", lang, words.word("axis.plans", lang), tickMinStep=5))
    scale = alt.Scale(domain=[words.word(f"became.{status}", lang) for status in STATUSES], range=[FILL[status] for status in STATUSES])
    legend = alt.Legend(orient="bottom", symbolType="square", columns=3)
    colour = alt.Color("became_told:N", title=None, scale=scale, legend=legend)
    bars = alt.Chart(told).mark_bar(height=24, stroke=look.PAPER, strokeWidth=1).encode(y=y, x=x, x2="high:Q", description="says:N", color=colour)
    ink = alt.condition(alt.FieldOneOfPredicate("status", list(DARK)), alt.value(look.PAPER), alt.value(look.INK))
    some = alt.Chart(told[told["plans"] > 0])
    labels = some.mark_text(fontSize=12, fontWeight="bold", aria=False).encode(y=y, x="mid:Q", text="plans:Q", color=ink)
    return (bars + labels).properties(width=440, height=alt.Step(38))
