"""Drawings of the co-authorship chapter: Japan in full colour, the others to compare with; a break is a break."""

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look, spans
from evidence.tables import columns

MINE, OTHERS = look.PALETTE[0], "#8a96a3"
WORLD = look.PALETTE[1]
SHADE = {"japan": MINE, "world": WORLD}
LETTERS = {"japan": MINE, "world": "#8a5f00"}  # the same hues, dark enough to be read
DASHED = [5, 4]


def shares(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Lines of the shares by year, named at their ends; the earlier series stands apart, dashed, and is not joined to the current one."""
    told = _named(table, lang)
    told["says"] = [words.word("says.share_year", lang, a=row.name, year=row.year, n=_pct(row.share_pct, lang)) for row in told.itertuples()]
    x = alt.X("year:Q", scale=alt.Scale(domain=[1995, 2028], nice=False), **look.axis("year", lang, values=list(range(1996, 2023, 2))))
    y = alt.Y("share_pct:Q", **look.axis("share_pct", lang, words.word("axis.coauthored", lang)), scale=alt.Scale(domain=[0, 70]))
    base = alt.Chart(told).encode(x=x, y=y, color=alt.Color("shade:N", scale=None), detail=alt.Detail("line:N"))
    lines = base.mark_line(aria=False).encode(
        strokeDash=alt.StrokeDash("series:N", scale=alt.Scale(domain=["earlier", "current"], range=[DASHED, [1, 0]]), legend=None),
        strokeWidth=alt.condition(alt.datum.entity == "japan", alt.value(3.5), alt.value(1.8)),
    )
    points = base.mark_point(filled=True, size=16).encode(description=alt.Description("says:N"))
    last = told[told["year"].eq(told["year"].max())].assign(text=lambda rows: rows["name"] + " " + [_pct(value, lang) for value in rows["share_pct"]])
    names = (
        alt.Chart(last)
        .mark_text(align="left", dx=8, aria=False, fontWeight="bold")
        .encode(x=x, y=y, text=alt.Text("text:N"), color=alt.Color("ink:N", scale=None))
    )
    first = int(told[told["series"].eq("current")]["year"].min())
    gap = pd.DataFrame({"year": [first - 0.5], "text": [words.word("fact.series_break", lang)]})
    rule = alt.Chart(gap).mark_rule(**look.BREAK).encode(x=x)
    label = alt.Chart(gap).mark_text(align="left", dx=6, y=348, color=look.SOFT, aria=False).encode(x=x, text=alt.Text("text:N"))
    return (rule + label + lines + points + names).properties(width=600, height=360)


def ends(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Where each country began and where it is now: hollow the first year, filled the last."""
    told = _named(table, lang)
    told["text"] = [f"{_pct(a, lang)} → {_pct(b, lang)}" for a, b in zip(told["first_pct"], told["last_pct"], strict=True)]
    told["says"] = [
        words.word(
            "says.from_to", lang, a=row.name, first=row.first_year, last=row.last_year, old=_pct(row.first_pct, lang), new=_pct(row.last_pct, lang)
        )
        for row in told.itertuples()
    ]
    return spans.spans(told, ("first_pct", "last_pct"), words.word("axis.coauthored", lang), alt.Scale(domain=[0, 70]))


def growth(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Bars of growth by country, one panel a span with an axis of its own: spans differ in length and are not to be compared."""
    told = _named(table, lang)
    told["text"] = [f"{value:+.1f}%" for value in told["grown_pct"]]
    told["says"] = [words.word("says.grown", lang, a=row.name, first=row.first_year, last=row.last_year, n=row.text) for row in told.itertuples()]
    panels = []
    for place, (_, part) in enumerate(told.groupby("_over", sort=False)):
        top = part["grown_pct"].max() * 1.45  # room for the number beside the longest bar
        y = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False, labels=not place))
        x = alt.X("grown_pct:Q", title=None, scale=alt.Scale(domain=[0, top]), axis=None)
        base = alt.Chart(part).encode(y=y, x=x)
        bars = base.mark_bar(height=18).encode(color=alt.Color("shade:N", scale=None), description=alt.Description("says:N"))
        texts = base.mark_text(align="left", dx=5, aria=False).encode(text=alt.Text("text:N"))
        head = words.quantity((int(part["first_year"].iloc[0]), int(part["last_year"].iloc[0])), "calendar-year", lang)
        panels.append((bars + texts).properties(width=165, height=alt.Step(30), title=alt.Title(head, anchor="start", fontSize=13)))
    return alt.hconcat(*panels, spacing=16)


def other_series(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Dots of the other database's shares, by country and year; years without a published share stay empty."""
    told = _named(table, lang)
    told["text"] = [words.quantity(value, "pct", lang) for value in told["share_pct"]]
    told["says"] = [words.word("says.share_year", lang, a=row.name, year=row.year, n=row.text) for row in told.itertuples()]
    told["when"] = told["year"].astype(str)
    x = alt.X("when:O", title=None, axis=alt.Axis(labelAngle=0, orient="top"))
    base = alt.Chart(told).encode(x=x, y=alt.Y("name:N", sort=None, title=None))
    dots = base.mark_circle().encode(
        size=alt.Size("share_pct:Q", scale=alt.Scale(domain=[0, 75], range=[0, 700]), legend=None),
        color=alt.Color("shade:N", scale=None),
        description=alt.Description("says:N"),
    )
    texts = base.mark_text(dx=40, aria=False).encode(text=alt.Text("text:N"))
    return (dots + texts).properties(width=470, height=alt.Step(44))


def _named(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    told = table.assign(name=table[f"name_{lang}"], shade=[SHADE.get(entity, OTHERS) for entity in table["entity"]])
    told["ink"] = [LETTERS.get(entity, look.SOFT) for entity in table["entity"]]
    return told.assign(line=told["entity"] + told["series"]) if "series" in told else told


def _pct(value: float, lang: str) -> str:
    return columns.column("share_pct").said(value, lang)
