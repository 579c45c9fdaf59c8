"""Drawings of the changes chapter: what kinds of change there are, and the numbers of both editions side by side."""

from typing import Any

import altair as alt
import pandas as pd

from evidence import words
from evidence.analysis.causes import CAUSES
from evidence.charts import look, narrow

ROW = 34
LETTERS = 30  # half-width characters of a line of words that stand alone on a narrow screen
# The grave causes in full colours, what is merely new in pale ones.
_SHADES = [
    "#8c2d5f", "#e69f00", "#d55e00", "#5b3a8c", "#0b5394", "#56b4e9", "#b39ddb", "#6b7280", "#a38560", "#009e73", "#b8d4a8", "#7fcbb2", "#c9d1d9",
]  # fmt: skip
COLOURS = dict(zip(CAUSES, _SHADES, strict=True))


def by_cause(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Bars of the number of rows, one bar a table and cause, the causes told apart by colour, order and label."""
    if table.empty:
        return _nothing("fact.nothing_changed", lang)
    told = table.assign(name=table[f"name_{lang}"], label=table[f"cause_{lang}"])
    told["says"] = [
        words.word("says.changes", lang, a=row.name, cause=row.label, n=words.quantity(row.rows, "rows", lang))
        for row in told.itertuples(index=False)
    ]
    told["count"] = [words.number(rows) for rows in told["rows"]]
    repeated = told["name"].duplicated(keep=False)
    both = [words.word("label.of_cause", lang, a=row.name, cause=row.label) for row in told.itertuples(index=False)]
    told["bar"] = told["name"].where(~repeated, both)
    shown = [cause for cause in CAUSES if cause in set(told["_cause"])]
    scale = alt.Scale(domain=[words.word(f"cause.{cause}", lang) for cause in shown], range=[COLOURS[cause] for cause in shown])
    colour = alt.Color("label:N", scale=scale, legend=alt.Legend(title=None, orient="top", columns=3))
    base = alt.Chart(told).encode(y=alt.Y("bar:N", sort=None, title=None, axis=alt.Axis(labelLimit=260)))
    x = alt.X("rows:Q", **look.axis("rows", lang, words.word("axis.rows", lang), tickCount=min(5, int(told["rows"].max()))))
    bars = base.mark_bar(height=18).encode(x=x, color=colour, description=alt.Description("says:N"))
    counts = base.mark_text(align="left", dx=6, aria=False).encode(x=x, text=alt.Text("count:N"))
    return (bars + counts).properties(width=380, height=alt.Step(ROW))


def revisions(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Both editions' numbers of every row that changed, a panel a series with its own scale; words alone where nothing changed."""
    if table.empty:
        return _nothing("fact.nothing_revised", lang)
    told = table.assign(old_text=[words.number(value) for value in table["old"]], new_text=[words.number(value) for value in table["new"]])
    told["label"] = [words.period(row.period, lang) if row.period else row.row for row in told.itertuples()]
    told["says"] = [
        words.word("says.changed_number", lang, a=getattr(row, f"series_{lang}"), period=row.label, old=row.old_text, new=row.new_text)
        for row in told.itertuples()
    ]
    told["text"] = told["old_text"] + " → " + told["new_text"]
    groups = [group for _, group in told.groupby("series_en", sort=False)]
    whole, cut = ([_panel(group, lang, letters) for group in groups] for letters in (0, LETTERS))
    return narrow.also(alt.vconcat(*whole, spacing=24), alt.vconcat(*cut, spacing=24))


def _nothing(key: str, lang: str) -> alt.TopLevelMixin:
    """Words alone; in as many lines as a narrow screen takes there."""
    told = words.word(key, lang)
    return narrow.also(_said(told), _said("\n".join(words.wrapped(told, lang, LETTERS)), lineBreak="\n").properties(width=narrow.SHEET))


def _said(told: str, **mark: Any) -> alt.Chart:
    chart = alt.Chart(pd.DataFrame({"text": [told]})).mark_text(aria=False, fontSize=15, color=look.SOFT, **mark)
    return chart.encode(text=alt.Text("text:N")).properties(width=look.WIDTH, height=60)


def _panel(group: pd.DataFrame, lang: str, letters: int) -> alt.LayerChart:
    """One series: hollow what the earlier edition said, filled what this one says, a line from one to the other.

    Its name above it and its axis's below it are cut into lines of so many half-width characters, or stand in one where none are told.
    """
    base = alt.Chart(group.assign(middle=(group["old"] + group["new"]) / 2)).encode(y=alt.Y("label:N", sort=None, title=None))
    scale, title = alt.Scale(zero=False, padding=24), words.word("axis.revision", lang)
    x = alt.X("old:Q", scale=scale, title=words.wrapped(title, lang, letters) if letters else title, axis=alt.Axis(tickCount=5))
    links = base.mark_rule(color=look.SOFT, strokeWidth=2, aria=False).encode(x=x, x2=alt.X2("new:Q"))
    before = base.mark_point(filled=False, size=120, color=look.INK, aria=False).encode(x=x)
    now = base.mark_point(filled=True, size=140, color=look.PALETTE[0]).encode(x=alt.X("new:Q", scale=scale), description=alt.Description("says:N"))
    texts = base.mark_text(align="center", dy=-16, aria=False).encode(x=alt.X("middle:Q", scale=scale), text=alt.Text("text:N"))
    first = group.head(1)
    above: dict[str, Any] = {"y": -14}
    if letters:
        lines = words.wrapped(first[f"series_{lang}"].iloc[0], lang, letters)
        first = first.assign(**{f"series_{lang}": "\n".join(lines)})
        above = {"y": -14 - 17 * (len(lines) - 1), "lineBreak": "\n", "lineHeight": 17}
    name = alt.Chart(first).mark_text(align="left", fontWeight="bold", x=0, aria=False, **above).encode(text=alt.Text(f"series_{lang}:N"))
    return (links + before + now + texts + name).properties(width=480, height=alt.Step(52))
