"""Drawings of the claim-check chapter: verdicts, routes against the claimed growth, and the observations behind them."""

import math
from typing import Any

import altair as alt
import pandas as pd

from evidence import words
from evidence.analysis.routes import SAME, bounded
from evidence.charts import look, narrow
from evidence.charts.boxed import OTHER, PLAIN, Column, boxed, line, stacked
from evidence.charts.shapes import PITCH, Row, Sheet, label, lines_at, span
from evidence.tables import columns

WHO, FOUND, CHIP = 0, 178, 476  # where the claim, what was found, and the verdict start
HIGH, HEAD = 74, 34  # a claim; the heads
CHIPS: dict[str, dict[str, Any]] = {
    "confirmed": {"fill": look.PALETTE[0], "stroke": look.PALETTE[0]},
    "near": {"fill": "#bcd4ea", "stroke": look.PALETTE[0]},
    "smaller": {"fill": "#eaf1f8", "stroke": look.PALETTE[0], "strokeDash": [5, 3]},
    "larger": {"fill": "#eaf1f8", "stroke": look.PALETTE[0], "strokeDash": [5, 3]},
    "not-confirmed": {"fill": "#f3dfe9", "stroke": look.PALETTE[3]},
    "contradicted": {"fill": look.PALETTE[3], "stroke": look.PALETTE[3]},
    "not-verifiable": {"fill": "#fbe6bd", "stroke": "#b57a00"},
}
DARK = ("confirmed", "contradicted")  # both ends of the scale


def verdicts(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """A line a claim: who and what was claimed, what was found, and the verdict with the number behind it; all verdicts are equally large."""
    rows: list[Row] = table.to_dict("records")
    sheet = Sheet(HEAD + HIGH * len(rows) + 4)
    heads = [("claimed", WHO), ("found", FOUND), ("verdict", CHIP)]
    sheet.texts([label(columns.label(key, lang), x, 14) for key, x in heads], align="left", fontSize=12, color=look.SOFT)
    for place, row in enumerate(rows):
        row["y"] = HEAD + HIGH * (place + 0.5)
        row["says"] = words.word("says.verdict", lang, a=row[f"name_{lang}"], claimed=row[f"claimed_{lang}"], found=row[f"found_{lang}"],
                                 verdict=row[f"verdict_told_{lang}"], share=row[f"share_told_{lang}"])  # fmt: skip
        sheet.lines([span(0, row["y"] - HIGH / 2, look.WIDTH, row["y"] - HIGH / 2)], color=look.RULE, strokeWidth=1)
        lines = words.wrapped(row[f"claimed_{lang}"], lang, 27)
        top = row["y"] - PITCH * len(lines) / 2
        sheet.texts([label(row[f"name_{lang}"], WHO, top)], align="left", fontWeight="bold")
        sheet.texts([label(line, WHO, top + PITCH * number) for number, line in enumerate(lines, start=1)], align="left")
        sheet.texts(lines_at(words.wrapped(row[f"found_{lang}"], lang, 43), FOUND, row["y"]), align="left")
    for grade, style in CHIPS.items():
        own = [row for row in rows if row["_grade"] == grade]
        if own:
            _chips(sheet, own, lang, style, look.PAPER if grade in DARK else look.INK)
    return narrow.also(sheet.drawn(), _stacked(rows, lang))


def _stacked(rows: list[Row], lang: str) -> alt.TopLevelMixin:
    """The same lines for a narrow screen: claim and what was found over the verdict."""
    heads = [Column("", 0, 0, bold=True), *(Column(columns.label(key, lang), 0, 0) for key in ("claimed", "found"))]
    told = []
    for row in rows:
        cells, grade = [row[f"name_{lang}"], row[f"claimed_{lang}"], row[f"found_{lang}"]], row["_grade"]
        said = words.word("ui.colon", lang).join(part for part in (row[f"verdict_told_{lang}"], row[f"share_told_{lang}"]) if part)
        verdict = line(cells, said, row["says"], CHIPS[grade])
        told.append(verdict | {"inside": look.PAPER if grade in DARK else look.INK})
    return stacked(told, heads, columns.label("verdict", lang), lang)


def _chips(sheet: Sheet, rows: list[Row], lang: str, style: dict[str, Any], ink: str) -> None:
    """The verdicts of one grade: its name, in one line or two, over the number that gave it."""
    sheet.boxes([span(CHIP, row["y"] - 31, look.WIDTH - 2, row["y"] + 31) | {"says": row["says"]} for row in rows], strokeWidth=1.5, **style)
    x = (CHIP + look.WIDTH) / 2
    names = [(row["y"], words.wrapped(row[f"verdict_told_{lang}"], lang, 22)) for row in rows]
    middle = {1: -10.0, 2: -9.5}
    sheet.texts(
        [one for y, lines in names for one in lines_at(lines, x, y + middle.get(len(lines), -9.5))], color=ink, fontWeight="bold", align="center"
    )
    below = [label(row[f"share_told_{lang}"], x, y + (11 if len(lines) == 1 else 19)) for row, (y, lines) in zip(rows, names, strict=True)]
    sheet.texts(below, color=ink, fontSize=12, align="center")


def routes(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """A dot a route, and a line at the claimed growth; hollow where the route compares unlike things in part."""
    told = table.assign(row=["\n".join(words.wrapped(name, lang, 38)) for name in table[f"name_{lang}"]])
    told["label"] = [bounded(row["growth_pct"], row["limit"], "pct", lang, 1) for row in told.to_dict("records")]
    told["says"] = [words.word("says.pair_short", lang, a=a, n=n) for a, n in zip(told[f"name_{lang}"], told["label"], strict=True)]
    told["kind"] = [words.word(f"same_measure.{one}", lang) for one in told["same_measure"]]
    scale = _around(told, "growth_pct", "claimed_pct", room=2)
    base = alt.Chart(told).encode(y=_rows(told))
    x = alt.X("growth_pct:Q", scale=scale, **look.axis("growth_pct", lang, tickCount=6))
    points = base.mark_point(filled=True, size=170).encode(x=x, description=alt.Description("says:N"), **_kinds(told, lang))
    labels = base.mark_text(align="left", dx=12, fontWeight="bold", aria=False).encode(x=x, text=alt.Text("label:N"))
    claim = told.drop_duplicates("check").assign(
        told=lambda rows: [words.word("claimed.line", lang, n=words.quantity(value, "pct", lang)) for value in rows["claimed_pct"]]
    )
    line = alt.Chart(claim).mark_rule(color=look.INK, strokeDash=[5, 4], strokeWidth=1.5, aria=False).encode(x=alt.X("claimed_pct:Q", scale=scale))
    name = alt.Chart(claim).mark_text(align="center", baseline="bottom", dy=-6, fontSize=12, aria=False).encode(
        x=alt.X("claimed_pct:Q", scale=scale), y=alt.value(0), text=alt.Text("told:N")
    )  # fmt: skip
    return (line + name + points + labels).properties(width=340, height=alt.Step(46))


def multiples(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """A line a route: what it measures, over what span, its factor in a box, and the claim; routes differ in both, so lengths are not compared."""
    heads = [
        Column(columns.label("route", lang), 0, 32),
        Column(columns.label("same_measure", lang), 242, 18),
        Column(columns.label("same_span", lang), 374, 12),
        Column(words.word("head.claim", lang), 584, 9),
    ]
    rows = []
    for row in table.to_dict("records"):
        name = f"{row[f'_funder_{lang}']} {row[f'name_{lang}']}"
        number = bounded(row["multiple"], row["limit"], "multiple", lang, None)
        told = [words.word(f"{part}.{row[part]}", lang) for part in SAME]
        says = words.word("says.route", lang, a=name, n=number, measure=told[0], span=told[1])
        style = PLAIN if "no" not in [row[part] for part in SAME] else OTHER
        rows.append(line([name, *told, words.quantity(row["claimed_multiple"], "multiple", lang)], number, says, style))
    return boxed(rows, heads, (columns.label("found_multiple", lang), 462, 576), lang)


def budgets(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """A row a programme, a dot a source; programmes with more than one dot are those on which sources disagree or scope differs."""
    told = table.assign(row=_programmes(table, lang), scope=table[f"scope_{lang}"])
    known, amounts = columns.column("budget_eur_bn"), told.groupby("row", sort=False)["budget_eur_bn"]
    texts = amounts.transform(lambda values: " / ".join(dict.fromkeys(known.cells(values, [{}] * len(values), lang))))
    told = told.assign(label=texts, top=amounts.transform("max"))
    told["says"] = [
        words.word("says.budget", lang, a=row["row"].replace("\n", " "), n=known.said(row["budget_eur_bn"], lang), b=row["scope"],
                   source=row[f"document_{lang}"])
        for row in told.to_dict("records")
    ]  # fmt: skip
    scale = alt.Scale(domain=[0, 1.5 * float(told["budget_eur_bn"].max())], nice=False)
    base = alt.Chart(told).encode(y=_rows(told))
    x = alt.X("budget_eur_bn:Q", scale=scale, **look.axis("budget_eur_bn", lang, values=[0, 20, 40, 60, 80, 100]))
    scopes = [words.word(f"euratom.{one}", lang) for one in ("without", "with")]
    points = base.mark_point(size=120, strokeWidth=2, filled=False).encode(
        x=x, description=alt.Description("says:N"),
        shape=alt.Shape("scope:N", title=None, scale=alt.Scale(domain=scopes, range=["circle", "diamond"]), legend=alt.Legend(orient="bottom")),
        stroke=alt.Stroke("scope:N", title=None, scale=alt.Scale(domain=scopes, range=[look.PALETTE[0], "#b57a00"])),
    )  # fmt: skip
    labels = alt.Chart(told.drop_duplicates("row")).mark_text(align="left", dx=12, fontSize=12, aria=False).encode(
        y=_rows(told), x=alt.X("top:Q", scale=scale), text=alt.Text("label:N")
    )  # fmt: skip
    return (points + labels).properties(width=420, height=alt.Step(40))


def _around(told: pd.DataFrame, found: str, claimed: str, room: float) -> alt.Scale:
    """A scale from the whole number below all to a little above them, where labels find room."""
    low, high = (float(getattr(told[[found, claimed]], end)().agg(end)) for end in ("min", "max"))
    return alt.Scale(domain=[math.floor(low), math.ceil(high) + room], nice=False, zero=False)


def _programmes(table: pd.DataFrame, lang: str) -> list[str]:
    spans = [period.replace("/", words.RANGE[lang]) for period in table["period"]]
    return [f"{name}\n{span}" for name, span in zip(table[f"name_{lang}"], spans, strict=True)]


def _rows(told: pd.DataFrame) -> alt.Y:
    axis = alt.Axis(labelExpr=look.LINES, labelLineHeight=15, labelPadding=10, labelOffset=-7, labelLimit=300, domain=False, ticks=False, grid=True)
    return alt.Y("row:N", sort=list(dict.fromkeys(told["row"])), title=None, axis=axis)


def _kinds(told: pd.DataFrame, lang: str) -> dict[str, Any]:
    """How each dot tells whether its route measures what the claim does; the legend names the kinds that there are."""
    kinds = {"yes": ("circle", look.PALETTE[0]), "partly": ("diamond", look.PALETTE[1]), "no": ("triangle-up", look.PALETTE[5])}
    shown = {words.word(f"same_measure.{one}", lang): kind for one, kind in kinds.items() if told["same_measure"].eq(one).any()}
    shapes, colours = ([kind[part] for kind in shown.values()] for part in (0, 1))
    legend = alt.Legend(orient="bottom")
    return {
        "shape": alt.Shape("kind:N", title=None, scale=alt.Scale(domain=list(shown), range=shapes), legend=legend),
        "color": alt.Color("kind:N", title=None, scale=alt.Scale(domain=list(shown), range=colours), legend=legend),
    }
