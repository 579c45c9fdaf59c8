"""Drawings of the overview."""

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look


def book_map(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Four questions on the left, the chapter's short answer on the right, one row each."""
    told = table.assign(
        row=range(len(table)),
        question=["\n".join(words.wrapped(text, lang, 30)) for text in table[f"question_{lang}"]],
        answer=["\n".join(words.wrapped(text, lang, 52)) for text in table[f"answer_{lang}"]],
        says=[words.word("says.answer", lang, a=row[f"question_{lang}"], b=row[f"answer_{lang}"]) for _, row in table.iterrows()],
        left=0, split=215, right=look.WIDTH,
    )  # fmt: skip
    height = alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.16, paddingOuter=0.05))
    across = alt.Scale(domain=[0, look.WIDTH], nice=False)
    base = alt.Chart(told)
    asked = base.mark_bar(color=look.PALETTE[0], cornerRadius=3).encode(
        x=alt.X("left:Q", axis=None, scale=across), x2="split:Q", y=height, description="says:N"
    )
    answered = base.mark_bar(color="#eaf1f8", cornerRadius=3, aria=False).encode(x=alt.X("split:Q", scale=across), x2="right:Q", y=height)
    text = {"align": "left", "baseline": "middle", "lineBreak": "\n", "lineHeight": 19, "aria": False}
    asks = base.mark_text(dx=14, color=look.PAPER, fontWeight="bold", fontSize=14, **text).encode(x=alt.X("left:Q", scale=across), y=height, text="question:N")
    answers = base.mark_text(dx=16, color=look.INK, fontSize=14, **text).encode(x=alt.X("split:Q", scale=across), y=height, text="answer:N")
    return (answered + asked + asks + answers).properties(width=look.WIDTH, height=alt.Step(92))


def by_part(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Bars of the number of claims by part of the document, numbers and facts told apart."""
    kinds = [words.word(f"kind.{kind}", lang) for kind in ("number", "fact")]
    told = table.assign(
        part=table[f"part_{lang}"],
        kind_told=table["kind"].map(dict(zip(("number", "fact"), kinds, strict=True))),
        says=[
            words.word("says.pair", lang, a=row[f"part_{lang}"], b=words.word(f"kind.{row['kind']}", lang), n=words.quantity(row["claims_count"], "claims", lang))
            for _, row in table.iterrows()
        ],
    )
    told = told.assign(high=told.groupby("part")["claims_count"].cumsum(), low=lambda rows: rows["high"] - rows["claims_count"])
    part = alt.Y("part:N", sort=list(told["part"].unique()), title=None, axis=alt.Axis(labelLimit=260, labelPadding=8))
    bars = alt.Chart(told).mark_bar(height=20).encode(
        y=part, x=alt.X("low:Q", title=words.word("axis.claims", lang)), x2="high:Q", description="says:N",
        color=alt.Color("kind_told:N", title=None, scale=alt.Scale(domain=kinds, range=[look.PALETTE[0], "#8db8e0"]), legend=alt.Legend(orient="bottom")),
    )  # fmt: skip
    return bars.properties(width=400, height=alt.Step(32))


def by_status(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Bars of the number of claims by how firm they are."""
    told = table.assign(
        name=[words.word(f"status.{status}", lang) for status in table["status"]],
        label=[words.quantity(count, "claims", lang) for count in table["claims_count"]],
    )
    told["says"] = told["name"] + words.word("ui.colon", lang) + told["label"]
    name = alt.Y("name:N", sort=list(told["name"]), title=None, axis=alt.Axis(labelPadding=8))
    base = alt.Chart(told).encode(y=name, x=alt.X("claims_count:Q", title=words.word("axis.claims", lang)))
    bars = base.mark_bar(height=20, color=look.PALETTE[0]).encode(description="says:N")
    labels = base.mark_text(align="left", dx=6, aria=False).encode(text="label:N")
    return (bars + labels).properties(width=420, height=alt.Step(34))
