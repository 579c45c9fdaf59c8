"""Drawings of the trends chapter: unlike measures share no axis of length, and nothing is sorted by value."""

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look
from evidence.charts.boxed import OTHER, PLAIN, Column, boxed, line
from evidence.tables import columns


def growth_claims(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """A line a funder: what its growth measures, over what span, and the factor in a box; unlike measures share no axis."""
    told = _named(table, lang)
    told["label"] = [words.quantity(value, "multiple", lang) for value in told["multiple"]]
    told["says"] = [words.word("says.growth", lang, a=row.name, n=row.label, kind=row.measured, span=row.span) for row in told.itertuples()]
    return _boxes(told, lang, words.word("head.factor", lang))


def growth_range(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """A line a funder with the range of its annual growth in a box; a funder without a span has words in a dashed frame."""
    told = _ranged(_named(table, lang), lang, "fact.no_span")
    told["says"] = [words.word("says.annual", lang, a=row.name, n=row.label, kind=row.measured, span=row.span) for row in told.itertuples()]
    return _boxes(told, lang, words.word("head.annual", lang))


def position(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """The annual ranges, one funder (`mine`) in full colour, the others pale; one without a range says so."""
    told = _ranged(_named(table, lang), lang, "fact.not_computable")
    told["says"] = [words.word("says.pair_short", lang, a=a, n=n) for a, n in zip(told["name"], told["label"], strict=True)]
    return _boxes(told, lang, words.word("head.annual", lang))


def _ranged(told: pd.DataFrame, lang: str, none: str) -> pd.DataFrame:
    """The rows with their annual range in words, or that there is none."""
    pairs = list(zip(told["annual_low_pct"], told["annual_high_pct"], strict=True))
    labels = [words.word(none, lang) if pd.isna(low) else columns.column("annual_low_pct").said((low, high), lang) for low, high in pairs]
    return told.assign(label=labels, known=[bool(pd.notna(low)) for low, _ in pairs])


def _boxes(told: pd.DataFrame, lang: str, head: str) -> alt.TopLevelMixin:
    """The lines of these rows: name, measure and span, and `label` in a box whose colour tells counts from money."""
    columns = [
        Column(words.word("head.funder", lang), 0, 10, bold=True),
        Column(words.word("measured.title", lang), 90, 24),
        Column(words.word("head.span", lang), 280, 22),
    ]
    rows = []
    for row in told.to_dict("records"):
        style = OTHER if row["measure_kind"] == "project-count" else PLAIN
        cells = [row["name"], row["measured"], row["span"]]
        rows.append(line(cells, row["label"], row["says"], style, known=row.get("known", True), mine=row.get("mine", "yes") == "yes"))
    return boxed(rows, columns, (head, 450, look.WIDTH - 2), lang)


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
        y=alt.Y(
            "name:N", sort=list(told["name"]), title=None, axis=alt.Axis(labelExpr=look.LINES, labelLineHeight=16, labelOffset=-8, labelPadding=10)
        )
    )
    x = alt.X("budget_jpy_m:Q", scale=alt.Scale(domain=[0, 3000], nice=False), **look.axis("budget_jpy_m", lang, tickCount=5))
    look_of = {"fill": alt.condition(alt.datum.kind == "request", alt.value(look.PALE), alt.value(look.PALETTE[0]))}
    bars = base.mark_bar(height=30, stroke=look.PALETTE[0], strokeWidth=1.5).encode(x=x, description=alt.Description("says:N"), **look_of)
    labels = base.mark_text(align="left", dx=8, fontWeight="bold", aria=False).encode(x=x, text=alt.Text("label:N"))
    return (bars + labels).properties(width=440, height=alt.Step(64))


def what_if(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """The budget reached at the growth assumed, beside what the growth of other funders' budgets would give."""
    told = table.assign(name=table[f"name_{lang}"])
    told["label"] = [
        columns.column("low_jpy_m").said(row.low_jpy_m if row.low_jpy_m == row.high_jpy_m else (row.low_jpy_m, row.high_jpy_m), lang)
        for row in told.itertuples()
    ]
    told["says"] = [words.word("says.pair_short", lang, a=a, n=n) for a, n in zip(told["name"], told["label"], strict=True)]
    top = float(told["high_jpy_m"].max())
    scale = alt.Scale(domain=[0, top * 1.35], nice=False)
    y = alt.Y("name:N", sort=list(told["name"]), title=None, axis=alt.Axis(labelPadding=10, labelLimit=220))
    x = alt.X("low_jpy_m:Q", scale=scale, **look.axis("budget_jpy_m", lang, tickCount=5))
    kinds = {"what-if": words.word("kind.what-if", lang), "peer": words.word("kind.peer", lang)}
    told["kind_told"] = told["kind"].map(kinds)
    there = [kind for kind in kinds if told["kind"].eq(kind).any()]
    range_of = {"what-if": look.PALETTE[1], "peer": look.PALETTE[0]}
    scale_of = alt.Scale(domain=[kinds[kind] for kind in there], range=[range_of[kind] for kind in there])
    colour = alt.Color("kind_told:N", title=None, scale=scale_of, legend=alt.Legend(orient="bottom"))
    one = told["low_jpy_m"].eq(told["high_jpy_m"])
    layers = [alt.Chart(told).mark_text(align="left", dx=12, aria=False).encode(y=y, x=alt.X("high_jpy_m:Q", scale=scale), text=alt.Text("label:N"))]
    if one.any():
        layers.append(
            alt.Chart(told[one])
            .mark_point(filled=True, size=190, shape="diamond")
            .encode(y=y, x=x, description=alt.Description("says:N"), color=colour)
        )
    if not one.all():
        layers.append(
            alt.Chart(told[~one]).mark_bar(height=16).encode(y=y, x=x, x2=alt.X2("high_jpy_m:Q"), description=alt.Description("says:N"), color=colour)
        )
    return alt.layer(*layers).properties(width=400, height=alt.Step(34))


def _named(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The rows with the funder's name, its measure and span in words."""
    measured = [words.word(f"measured.{kind}", lang) for kind in table["measure_kind"]]
    none = words.word("span.none", lang)
    spans = [words.word("span.years", lang, n=words.number(years)) if pd.notna(years) else none for years in table["span_years"]]
    return table.assign(name=table[f"name_{lang}"], measured=measured, span=spans)
