"""Drawings of the trends chapter: unlike measures are told apart by colour, shape and label, and nothing is sorted by value."""

from typing import Any

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look

KINDS = ["project-count", "budget"]
COLOURS = [look.PALETTE[1], look.PALETTE[0]]
SHAPES = ["diamond", "circle"]
ROW = 46
LINES = "split(datum.label, '\\n')"


def growth_claims(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Points of the growth factors, one row a funder, with what each measures and over what span."""
    told = _named(table, lang)
    told["label"] = [words.quantity(value, "multiple", lang) for value in told["multiple"]]
    told["says"] = [words.word("says.growth", lang, a=row.name, n=row.label, kind=row.measured, span=row.span) for row in told.itertuples()]
    base = alt.Chart(told).encode(y=_rows(told))
    x = alt.X("multiple:Q", title=words.word("axis.multiple", lang), scale=alt.Scale(domain=[1, 2.2], nice=False), axis=alt.Axis(tickCount=6))
    stems = base.mark_rule(color=look.RULE, strokeWidth=3, aria=False).encode(
        x=alt.X("start:Q", scale=alt.Scale(domain=[1, 2.2], nice=False)), x2="multiple:Q"
    )
    points = base.mark_point(filled=True, size=190, opacity=1).encode(x=x, description="says:N", **_by_kind(lang))
    labels = base.mark_text(align="left", dx=14, fontWeight="bold", aria=False).encode(x=x, text="label:N")
    return (stems + points + labels).properties(width=400, height=alt.Step(ROW))


def growth_range(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Bars from the low to the high reading of the annual growth; a funder without a span has words instead of a bar."""
    told = _named(table, lang)
    known = told["annual_low_pct"].notna()
    none = words.word("fact.no_span", lang)
    pairs = zip(told["annual_low_pct"], told["annual_high_pct"], known, strict=True)
    told["label"] = [words.quantity((low, high), "pct", lang, 1) if has else none for low, high, has in pairs]
    told["says"] = [words.word("says.annual", lang, a=row.name, n=row.label, kind=row.measured, span=row.span) for row in told.itertuples()]
    told = told.assign(low=told["annual_low_pct"].fillna(0), high=told["annual_high_pct"].fillna(0))
    scale = alt.Scale(domain=[0, 38], nice=False)
    x = alt.X("low:Q", title=words.word("axis.annual", lang), scale=scale, axis=alt.Axis(tickCount=8))
    base = alt.Chart(told).encode(y=_rows(told))
    bars = base.mark_bar(height=16, cornerRadius=2).encode(x=x, x2="high:Q", description="says:N", color=_by_kind(lang)["color"])
    labels = base.mark_text(align="left", dx=8, aria=False).encode(x=alt.X("high:Q", scale=scale), text="label:N")
    return (bars + labels).properties(width=400, height=alt.Step(ROW))


def position(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """The annual ranges, one funder (`mine`) in full colour, the others pale; one without a range says so."""
    told = _named(table, lang)
    none = words.word("fact.not_computable", lang)
    pairs = zip(told["annual_low_pct"], told["annual_high_pct"], strict=True)
    told["label"] = [none if pd.isna(low) else words.quantity((low, high), "pct", lang, 1) for low, high in pairs]
    told["says"] = [words.word("says.pair_short", lang, a=a, n=n) for a, n in zip(told["name"], told["label"], strict=True)]
    told = told.assign(low=told["annual_low_pct"].fillna(0), high=told["annual_high_pct"].fillna(0))
    scale = alt.Scale(domain=[0, 38], nice=False)
    base = alt.Chart(told).encode(y=_rows(told))
    shade = alt.condition(alt.datum.mine == "yes", alt.value(look.PALETTE[0]), alt.value("#b9cfe4"))
    x = alt.X("low:Q", title=words.word("axis.annual", lang), scale=scale, axis=alt.Axis(tickCount=8))
    bars = base.mark_bar(height=16, cornerRadius=2).encode(x=x, x2="high:Q", description="says:N", color=shade)
    ink = alt.condition(alt.datum.mine == "yes", alt.value(look.INK), alt.value(look.SOFT))
    labels = base.mark_text(align="left", dx=8, aria=False).encode(x=alt.X("high:Q", scale=scale), text="label:N", color=ink)
    return (bars + labels).properties(width=400, height=alt.Step(ROW))


def request(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Two bars: the budget of the year before and the request, told apart because a request is not a budget."""
    told = table.assign(
        name=[
            "\n".join([words.quantity(row.fiscal_year, "fiscal-year", lang), words.word(f"request.{row.kind}", lang)]) for row in table.itertuples()
        ],
        label=[words.quantity(value, "jpy-m", lang) for value in table["budget_jpy_m"]],
    )
    told["says"] = told["name"].str.replace("\n", " ") + words.word("ui.colon", lang) + told["label"]
    base = alt.Chart(told).encode(
        y=alt.Y("name:N", sort=list(told["name"]), title=None, axis=alt.Axis(labelExpr=LINES, labelLineHeight=16, labelOffset=-8, labelPadding=10))
    )
    x = alt.X("budget_jpy_m:Q", title=words.word("axis.jpy_m", lang), axis=alt.Axis(tickCount=5), scale=alt.Scale(domain=[0, 3000], nice=False))
    look_of = {"fill": alt.condition(alt.datum.kind == "request", alt.value("#dbe8f4"), alt.value(look.PALETTE[0]))}
    bars = base.mark_bar(height=30, stroke=look.PALETTE[0], strokeWidth=1.5).encode(x=x, description="says:N", **look_of)
    labels = base.mark_text(align="left", dx=8, fontWeight="bold", aria=False).encode(x=x, text="label:N")
    return (bars + labels).properties(width=440, height=alt.Step(64))


def what_if(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """The budget one reaches at the growth that was set, beside the ranges that the funders' growth would give."""
    told = table.assign(name=table[f"name_{lang}"])
    told["label"] = [
        words.quantity(row.low_jpy_m if row.low_jpy_m == row.high_jpy_m else (row.low_jpy_m, row.high_jpy_m), "jpy-m", lang, 0)
        for row in told.itertuples()
    ]
    told["says"] = [words.word("says.pair_short", lang, a=a, n=n) for a, n in zip(told["name"], told["label"], strict=True)]
    top = float(told["high_jpy_m"].max())
    scale = alt.Scale(domain=[0, top * 1.35], nice=False)
    y = alt.Y("name:N", sort=list(told["name"]), title=None, axis=alt.Axis(labelPadding=10, labelLimit=220))
    x = alt.X("low_jpy_m:Q", title=words.word("axis.jpy_m", lang), scale=scale, axis=alt.Axis(tickCount=5))
    kinds = [words.word("kind.what-if", lang), words.word("kind.peer", lang)]
    told["kind_told"] = told["kind"].map({"what-if": kinds[0], "peer": kinds[1]})
    base, own = alt.Chart(told[told["kind"] == "peer"]).encode(y=y), alt.Chart(told[told["kind"] == "what-if"]).encode(y=y)
    colour = alt.Color(
        "kind_told:N", title=None, scale=alt.Scale(domain=kinds, range=[look.PALETTE[1], "#b9cfe4"]), legend=alt.Legend(orient="bottom")
    )
    bars = base.mark_bar(height=16).encode(x=x, x2="high_jpy_m:Q", description="says:N", color=colour)
    point = own.mark_point(filled=True, opacity=1, size=190, shape="diamond").encode(x=x, description="says:N", color=colour)
    labels = alt.Chart(told).mark_text(align="left", dx=12, aria=False).encode(y=y, x=alt.X("high_jpy_m:Q", scale=scale), text="label:N")
    return (point + bars + labels).properties(width=400, height=alt.Step(34))


def _named(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The rows with their measure and span in words, and a row label of two lines."""
    measured = [words.word(f"measured.{kind}", lang) for kind in table["measure_kind"]]
    none = words.word("span.none", lang)
    spans = [words.word("span.years", lang, n=words.number(years)) if pd.notna(years) else none for years in table["span_years"]]
    rows = [f"{name}\n{kind}{words.word('ui.comma', lang)}{span}" for name, kind, span in zip(table["name"], measured, spans, strict=True)]
    return table.assign(measured=measured, span=spans, row=rows, start=1.0)


def _rows(told: pd.DataFrame) -> alt.Y:
    axis = alt.Axis(labelExpr=LINES, labelLineHeight=15, labelPadding=10, labelOffset=-7, labelLimit=260, domain=False, ticks=False)
    return alt.Y("row:N", sort=list(told["row"]), title=None, axis=axis)


def _by_kind(lang: str) -> dict[str, Any]:
    domain = [words.word(f"measured.{kind}", lang) for kind in KINDS]
    title = words.word("measured.title", lang)
    legend = alt.Legend(orient="bottom")
    return {
        "color": alt.Color("measured:N", title=title, scale=alt.Scale(domain=domain, range=COLOURS), legend=legend),
        "shape": alt.Shape("measured:N", title=title, scale=alt.Scale(domain=domain, range=SHAPES), legend=legend),
    }
