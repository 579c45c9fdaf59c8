"""Drawings of what the source shows of single programmes: joint calls, result cases, planned types of support."""

from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look, narrow
from evidence.tables import columns

DEEP, PALE = look.PALETTE[0], "#9cc3e6"
TEXT: dict[str, Any] = {"lineBreak": "\n", "lineHeight": 17, "aria": False}


class Said(NamedTuple):
    """How far below the line of a case its last date stands and how long after adoption it was; half-width characters of a line of what has no date,
    none where it stands beside the line.
    """

    when: int
    lag: int
    letters: int


def joint_calls(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Bars of the partner countries of each listed call, a cell a country; a second number stands below the first, not added."""
    told = table.assign(
        call=["\n".join(words.wrapped(call, lang, 26)) for call in table[f"call_{lang}"]],
        lane=table["figure"].map({1: -8, 2: 9}),
        rank=[words.word("call.first" if figure == 1 else "call.second", lang) for figure in table["figure"]],
        label=[_countries(row.countries, row.bound, lang) for row in table.itertuples()],
        low=0,
    )
    told["says"] = [words.word("says.call", lang, a=call, n=label) for call, label in zip(table[f"call_{lang}"], told["label"], strict=True)]
    single = told.groupby("call")["figure"].transform("max").eq(1)
    told["lane"] = told["lane"].where(~single, 0)
    told["most"] = told["countries"].max()
    groups = [_calls(rows, heading, lang) for heading, rows in told.groupby(f"group_{lang}", sort=False)]
    return alt.vconcat(*groups, spacing=14).resolve_scale(x="shared", color="shared")


def _countries(countries: float, bound: str, lang: str) -> str:
    if pd.isna(countries):
        return words.word("call.none", lang)
    told = words.quantity(countries, "countries", lang)
    return words.word("call.at_least", lang, n=told) if bound == "at-least" else told


def _calls(told: pd.DataFrame, heading: str, lang: str) -> Any:
    ranks = [words.word(f"call.{name}", lang) for name in ("first", "second")]
    calls = list(told["call"].unique())
    layers = [_call_bars(told[told["lane"] == lane], calls, ranks, lang) for lane in told["lane"].unique()]
    return alt.layer(*layers, _heading(heading, look.SOFT)).properties(width=400, height=alt.Step(42))


def _heading(text: str, colour: str) -> alt.Chart:
    """Bold words above a panel: a title of Vega's own would be read out as if it were a mark."""
    mark = alt.Chart(pd.DataFrame({"heading": [text]})).mark_text(align="left", baseline="line-bottom", fontWeight="bold", color=colour, **TEXT)
    return mark.encode(x=alt.value(0), y=alt.value(-8 - 17 * text.count("\n")), text=alt.Text("heading:N"))


def _call_bars(told: pd.DataFrame, calls: list[str], ranks: list[str], lang: str) -> Any:
    """The bars that stand equally far below the middle of their rows."""
    lane, most = int(told["lane"].iloc[0]), int(told["most"].max())
    y = alt.Y("call:N", sort=calls, title=None, axis=alt.Axis(labelLineHeight=16, labelExpr=look.LINES, domain=False, ticks=False, labelPadding=8))
    x = alt.X(
        "countries:Q", **look.axis("countries", lang, words.word("axis.partner_countries", lang)), scale=alt.Scale(domain=[0, most + 4], nice=False)
    )
    colour = alt.Color(
        "rank:N", scale=alt.Scale(domain=ranks, range=[DEEP, PALE]), title=None, legend=alt.Legend(orient="bottom", symbolType="square")
    )
    base = alt.Chart(told).encode(y=y)
    known = base.transform_filter("isValid(datum.countries)")
    cells = known.transform_calculate(each="sequence(1, datum.countries)").transform_flatten(["each"])
    unknown = base.transform_filter("!isValid(datum.countries)")
    return alt.layer(
        known.mark_bar(height=14, yOffset=lane).encode(x=x, color=colour, description=alt.Description("says:N")),
        cells.mark_tick(color=look.PAPER, thickness=1.5, height=14, yOffset=lane, aria=False).encode(x=alt.X("each:Q")),
        known.mark_text(align="left", dx=6, dy=lane, aria=False).encode(x=x, text=alt.Text("label:N")),
        unknown.mark_text(align="left", dx=4, dy=lane, color=look.SOFT).encode(
            x=alt.X("low:Q"), text=alt.Text("label:N"), description=alt.Description("says:N")
        ),
    )


def timeline(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """One line a case: the fiscal year of adoption, then the month of publication or recognition; open where no date is stated.

    On a narrow screen what is said of the end stands below the line, for above it is said of the beginning.
    """
    return narrow.also(_timeline(table, lang, Said(-17, 19, 0)), _timeline(table, lang, Said(19, 36, 40)))


def _timeline(table: pd.DataFrame, lang: str, place: Said) -> alt.TopLevelMixin:
    adopted = [words.quantity(int(year), "fiscal-year", lang) for year in table["adopted"]]
    told = table.assign(
        case=[_case(row, lang) for row in table.to_dict("records")],
        first=int(table["_adopted_from"].min()),
        last=int(table["_event"].max()) + 1,
        kind=table[f"kind_{lang}"],
        adopted_told=adopted,
        middle=(table["_adopted_from"] + table["_adopted_to"]) / 2,
        open_end=table["_adopted_to"] + 1.1,
        label=[_cut(words.word("outcome.undated", lang, kind=kind), lang, place) for kind in table[f"kind_{lang}"]],
        when=[event or words.word("outcome.no_date", lang) for event in table["event"]],
        lag=[_lag(low, high, lang) for low, high in zip(table["lag_low_years"], table["lag_high_years"], strict=True)],
    )
    told["says"] = [
        words.word("says.case", lang, a=row.case.replace("\n", " " if lang == "en" else ""), adopted=row.adopted_told, kind=row.kind, event=row.when)
        for row in told.itertuples()
    ]
    told["all"] = [list(told["case"])] * len(told)
    dated, undated = told[told["event"].ne("")], told[told["event"].eq("")]
    return alt.layer(*_dated(dated, lang, place), *_undated(undated, place), *_adoption(told)).properties(width=470, height=alt.Step(76))


def _cut(text: str, lang: str, place: Said) -> str:
    return "\n".join(words.wrapped(text, lang, place.letters)) if place.letters else text


def _case(row: dict[str, str], lang: str) -> str:
    parts = [row[f"{name}_{lang}"] for name in ("short", "partner", "field")]
    return "\n".join(line for part in parts for line in words.wrapped(part, lang, 22))


def _lag(low: float, high: float, lang: str) -> str:
    return "" if pd.isna(low) else words.word("outcome.lag", lang, n=columns.column("lag_low_years").said((low, high), lang))


def _y(told: pd.DataFrame) -> alt.Y:
    axis = alt.Axis(labelLineHeight=17, labelExpr=look.LINES, domain=False, ticks=False, labelPadding=12, labelOffset=-17, labelLimit=200)
    return alt.Y("case:N", sort=list(told["all"].iloc[0]), title=None, axis=axis)


def _x(field: str, told: pd.DataFrame) -> alt.X:
    first, last = int(told["first"].iloc[0]), int(told["last"].iloc[0])
    years = look.axis("year", "", values=list(range(first, last + 1)), labelFontSize=12, labelFlush=False)
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[first, last], nice=False), **years)


def _adoption(told: pd.DataFrame) -> list[alt.Chart]:
    base = alt.Chart(told).encode(y=_y(told))
    return [
        base.mark_bar(height=14, color=PALE, cornerRadius=2, aria=False).encode(x=_x("_adopted_from", told), x2=alt.X2("_adopted_to:Q")),
        base.mark_text(dy=-17, align="center", **TEXT).encode(x=_x("middle", told), text=alt.Text("adopted_told:N")),
    ]


def _dated(told: pd.DataFrame, lang: str, place: Said) -> list[alt.Chart]:
    base = alt.Chart(told).encode(y=_y(told))
    title = words.word("outcome.title", lang)
    kinds = list(told["kind"].unique())
    shape = alt.Shape("kind:N", title=title, scale=alt.Scale(domain=kinds, range=["circle", "diamond"]), legend=alt.Legend(orient="bottom"))
    colour = alt.Color("kind:N", title=title, scale=alt.Scale(domain=kinds, range=[DEEP, look.PALETTE[3]]))
    return [
        base.mark_rule(color=DEEP, strokeWidth=2, aria=False).encode(x=_x("_adopted_to", told), x2=alt.X2("_event:Q")),
        base.mark_point(size=220, filled=True).encode(x=_x("_event", told), shape=shape, color=colour, description=alt.Description("says:N")),
        base.mark_text(dy=place.when, align="right", dx=10, fontWeight="bold", **TEXT).encode(x=_x("_event", told), text=alt.Text("when:N")),
        base.mark_text(dy=place.lag, align="right", dx=10, color=look.SOFT, **TEXT).encode(x=_x("_event", told), text=alt.Text("lag:N")),
    ]


def _undated(told: pd.DataFrame, place: Said) -> list[alt.Chart]:
    base = alt.Chart(told).encode(y=_y(told))
    below: dict[str, Any] = {"dx": 0, "dy": place.when, "lineBreak": "\n", "lineHeight": 17} if place.letters else {"dx": 8}
    return [
        base.mark_rule(color=look.SOFT, strokeWidth=2, strokeDash=[4, 4], aria=False).encode(x=_x("_adopted_to", told), x2=alt.X2("open_end:Q")),
        base.mark_text(align="left", color=look.SOFT, **below).encode(
            x=_x("_adopted_from" if place.letters else "open_end", told), text=alt.Text("label:N"), description=alt.Description("says:N")
        ),
    ]  # fmt: skip


def derived(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """A block a year of support, as high as the amount: solid for the years at the least, pale for those it may last."""
    spans = [words.word(f"derived.{name}", lang) for name in ("certain", "possible")]
    told = table.assign(
        type=["\n".join(words.wrapped(name, lang, 36)) for name in table[f"type_{lang}"]],
        certain=spans[0], possible=spans[1], zero=0, longest=table["duration_high_years"].max(), largest=table["amount_jpy_m"].max(),
        total=[words.word("derived.total", lang, n=_range(row.total_low_jpy_m, row.total_high_jpy_m, "jpy-m", lang)) for row in table.itertuples()],
        amount=[words.quantity(amount, "jpy-m", lang) for amount in table["amount_jpy_m"]],
    )  # fmt: skip
    told["says"] = [
        words.word("says.type", lang, a=row[f"type_{lang}"], amount=row["amount"],
                   years=_range(row["duration_low_years"], row["duration_high_years"], "years", lang),
                   total=_range(row["total_low_jpy_m"], row["total_high_jpy_m"], "jpy-m", lang))
        for row in told.to_dict("records")
    ]  # fmt: skip
    panels = [_type(told[told["type"] == name], spans, lang, first=place == 0) for place, name in enumerate(told["type"])]
    return alt.hconcat(*panels, spacing=36).resolve_scale(y="shared", color="shared")


def _range(low: float, high: float, unit: str, lang: str) -> str:
    return words.quantity(low if low == high else (low, high), unit, lang)


def _type(told: pd.DataFrame, spans: list[str], lang: str, *, first: bool) -> Any:
    years = look.axis("duration_high_years", lang, words.word("axis.year_of_support", lang), tickMinStep=1, grid=False)
    amounts = look.axis("amount_jpy_m", lang, tickCount=4) if first else {"axis": None}
    colour: dict[str, Any] = {"scale": alt.Scale(domain=spans, range=[DEEP, PALE]), "title": words.word("derived.title", lang)}
    x = alt.X("zero:Q", scale=alt.Scale(domain=[0, float(told["longest"].max())], nice=False), **years)
    y = alt.Y("zero:Q", scale=alt.Scale(domain=[0, 1.15 * float(told["largest"].max())], nice=False), **amounts)
    base = alt.Chart(told).encode(y=y)
    legend = alt.Legend(orient="bottom", symbolType="square")
    pale = base.mark_rect(aria=False).encode(
        x=x, x2=alt.X2("duration_high_years:Q"), y2=alt.Y2("amount_jpy_m:Q"), color=alt.Color("possible:N", legend=legend, **colour)
    )
    solid = base.mark_rect().encode(
        x=x,
        x2=alt.X2("duration_low_years:Q"),
        y2=alt.Y2("amount_jpy_m:Q"),
        color=alt.Color("certain:N", legend=legend, **colour),
        description=alt.Description("says:N"),
    )
    parts = base.transform_calculate(year="sequence(1, datum.duration_high_years)").transform_flatten(["year"]).mark_rule(
        color=look.PAPER, strokeWidth=2, aria=False).encode(x=alt.X("year:Q"), y2=alt.Y2("amount_jpy_m:Q"))  # fmt: skip
    total = base.mark_text(align="left", dx=2, dy=-10, fontWeight="bold", **TEXT).encode(x=x, y=alt.Y("amount_jpy_m:Q"), text=alt.Text("total:N"))
    return alt.layer(pale, solid, parts, total, _heading(told["type"].iloc[0], look.INK)).properties(width=262, height=210)
