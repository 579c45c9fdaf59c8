"""Drawings of the claim-check chapter: verdicts, routes against the claimed growth, and the observations behind them."""

import math
from typing import Any

import altair as alt
import pandas as pd

from evidence import words
from evidence.analysis.routes import bounded, period
from evidence.charts import look
from evidence.charts.shapes import PITCH, Row, Sheet, label, lines_at, span

WHO, FOUND, CHIP = 0, 178, 476  # where the claim, what was found, and the verdict start
HIGH, HEAD = 74, 34  # a claim; the heads
CHIPS: dict[str, dict[str, Any]] = {
    "supported": {"fill": look.PALETTE[0], "stroke": look.PALETTE[0]},
    "consistent": {"fill": "#bcd4ea", "stroke": look.PALETTE[0]},
    "not-verifiable": {"fill": "#fbe6bd", "stroke": "#b57a00"},
}
LINES = "split(datum.label, '\\n')"


def verdicts(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """A line a claim: who and what was claimed, what was found, and the verdict; all three verdicts are equally large."""
    rows: list[Row] = table.to_dict("records")
    sheet = Sheet(HEAD + HIGH * len(rows) + 4)
    heads = [("col.claimed", WHO), ("col.found", FOUND), ("col.verdict", CHIP)]
    sheet.texts([label(words.word(key, lang), x, 14) for key, x in heads], align="left", fontSize=12, color=look.SOFT)
    for place, row in enumerate(rows):
        row["y"] = HEAD + HIGH * (place + 0.5)
        row["says"] = words.word("says.verdict", lang, a=row["name"], claimed=row[f"claimed_{lang}"], found=row[f"found_{lang}"],
                                 verdict=row[f"verdict_told_{lang}"], size=row[f"size_told_{lang}"])  # fmt: skip
        sheet.lines([span(0, row["y"] - HIGH / 2, look.WIDTH, row["y"] - HIGH / 2)], color=look.RULE, strokeWidth=1)
        lines = words.wrapped(row[f"claimed_{lang}"], lang, 27)
        top = row["y"] - PITCH * len(lines) / 2
        sheet.texts([label(row["name"], WHO, top)], align="left", fontWeight="bold")
        sheet.texts([label(line, WHO, top + PITCH * number) for number, line in enumerate(lines, start=1)], align="left")
        sheet.texts(lines_at(words.wrapped(row[f"found_{lang}"], lang, 43), FOUND, row["y"]), align="left")
    for verdict, style in CHIPS.items():
        own = [row for row in rows if row["_verdict"] == verdict]
        if not own:
            continue
        sheet.boxes([span(CHIP, row["y"] - 27, look.WIDTH - 2, row["y"] + 27) | {"says": row["says"]} for row in own], strokeWidth=1.5, **style)
        ink = look.PAPER if verdict == "supported" else look.INK
        x = (CHIP + look.WIDTH) / 2
        sheet.texts([label(row[f"verdict_told_{lang}"], x, row["y"] - 10) for row in own], color=ink, fontWeight="bold", align="center")
        sheet.texts([label(row[f"size_told_{lang}"], x, row["y"] + 11) for row in own], color=ink, fontSize=12, align="center")
    return sheet.drawn()


def routes(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """A dot a route, and a line at the claimed growth; hollow where the route compares unlike things in part."""
    told = table.assign(row=["\n".join(words.wrapped(name, lang, 38)) for name in table[f"name_{lang}"]])
    told["label"] = [bounded(row["growth_pct"], row["limit"], "pct", lang, 1) for row in told.to_dict("records")]
    told["says"] = [words.word("says.pair_short", lang, a=a, n=n) for a, n in zip(told[f"name_{lang}"], told["label"], strict=True)]
    told["kind"] = [words.word(f"comparable.{one}", lang) for one in told["comparable"]]
    scale = _around(told, "growth_pct", "claimed_pct", room=2)
    base = alt.Chart(told).encode(y=_rows(told))
    x = alt.X("growth_pct:Q", title=words.word("axis.growth_pct", lang), scale=scale, axis=alt.Axis(tickCount=6))
    points = base.mark_point(filled=True, size=170, opacity=1).encode(x=x, description="says:N", **_kinds(told, lang))
    labels = base.mark_text(align="left", dx=12, fontWeight="bold", aria=False).encode(x=x, text="label:N")
    claim = told.drop_duplicates("check").assign(
        told=lambda rows: [words.word("claimed.line", lang, n=words.quantity(value, "pct", lang)) for value in rows["claimed_pct"]]
    )
    line = alt.Chart(claim).mark_rule(color=look.INK, strokeDash=[5, 4], strokeWidth=1.5, aria=False).encode(x=alt.X("claimed_pct:Q", scale=scale))
    name = alt.Chart(claim).mark_text(align="center", baseline="bottom", dy=-6, fontSize=12, aria=False).encode(
        x=alt.X("claimed_pct:Q", scale=scale), y=alt.value(0), text="told:N"
    )  # fmt: skip
    return (line + name + points + labels).properties(width=340, height=alt.Step(46))


def multiples(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """A dot a route and a tick at the claimed factor of each, so that bounds and claim can be set side by side."""
    names = [f"{row['_funder']} {row[f'name_{lang}']}" for row in table.to_dict("records")]
    told = table.assign(row=["\n".join(words.wrapped(name, lang, 37)) for name in names])
    told["label"] = [bounded(row["multiple"], row["limit"], "multiple", lang, None) for row in told.to_dict("records")]
    told["says"] = [words.word("says.pair_short", lang, a=a, n=n) for a, n in zip(names, told["label"], strict=True)]
    told["kind"] = [words.word(f"comparable.{one}", lang) for one in told["comparable"]]
    told["claim"] = [words.word("claimed.line", lang, n=words.quantity(value, "multiple", lang)) for value in told["claimed_multiple"]]
    scale = _around(told, "multiple", "claimed_multiple", room=0.6)
    base = alt.Chart(told).encode(y=_rows(told))
    x = alt.X("multiple:Q", title=words.word("axis.factor", lang), scale=scale, axis=alt.Axis(tickCount=6))
    points = base.mark_point(filled=True, size=170, opacity=1).encode(x=x, description="says:N", **_kinds(told, lang))
    labels = base.mark_text(align="left", dx=-8, dy=-18, fontWeight="bold", aria=False).encode(x=x, text="label:N")
    at = alt.X("claimed_multiple:Q", scale=scale)
    ticks = base.mark_tick(color=look.INK, thickness=2, size=18, aria=False).encode(x=at)
    notes = base.mark_text(align="left", dx=7, fontSize=12, color=look.SOFT, aria=False).encode(x=at, text="claim:N")
    return (ticks + notes + points + labels).properties(width=360, height=alt.Step(56))


def budgets(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """A row a programme, a dot a source; programmes with more than one dot are those on which sources disagree or scope differs."""
    told = table.assign(row=_programmes(table, lang), scope=table[f"scope_{lang}"])
    texts = told.groupby("row", sort=False)["budget_eur_bn"].transform(lambda values: " / ".join(dict.fromkeys(_short(value) for value in values)))
    told = told.assign(label=texts, top=told.groupby("row", sort=False)["budget_eur_bn"].transform("max"))
    told["says"] = [
        words.word("says.budget", lang, a=row["row"].replace("\n", " "), n=words.quantity(row["budget_eur_bn"], "eur-bn", lang), b=row["scope"],
                   source=row[f"document_{lang}"])
        for row in told.to_dict("records")
    ]  # fmt: skip
    scale = alt.Scale(domain=[0, 1.5 * float(told["budget_eur_bn"].max())], nice=False)
    base = alt.Chart(told).encode(y=_rows(told))
    x = alt.X("budget_eur_bn:Q", title=words.word("axis.eur_bn", lang), scale=scale, axis=alt.Axis(values=[0, 20, 40, 60, 80, 100]))
    scopes = [words.word(f"euratom.{one}", lang) for one in ("without", "with")]
    points = base.mark_point(size=120, opacity=1, strokeWidth=2, filled=False).encode(
        x=x, description="says:N",
        shape=alt.Shape("scope:N", title=None, scale=alt.Scale(domain=scopes, range=["circle", "diamond"]), legend=alt.Legend(orient="bottom")),
        stroke=alt.Stroke("scope:N", title=None, scale=alt.Scale(domain=scopes, range=[look.PALETTE[0], "#b57a00"])),
    )  # fmt: skip
    labels = alt.Chart(told.drop_duplicates("row")).mark_text(align="left", dx=12, fontSize=12, aria=False).encode(
        y=_rows(told), x=alt.X("top:Q", scale=scale), text="label:N"
    )  # fmt: skip
    return (points + labels).properties(width=420, height=alt.Step(40))


def years(table: pd.DataFrame, lang: str, unit: str, title: str) -> alt.TopLevelMixin:
    """A bar a year that was found; a year that was not has an empty frame, and nothing is drawn between the two."""
    told = table.assign(known=table["value"].notna(), year=[period(code, lang) for code in table["period"]])
    top = float(told["value"].max())
    none = words.word("label.year_not_found", lang)
    told["label"] = [_of_year(row, lang) if row["known"] else none for row in told.to_dict("records")]
    said = [words.quantity(row["value"], unit, lang) if row["known"] else none for row in told.to_dict("records")]
    told["says"] = [words.word("says.pair_short", lang, a=a, n=n) for a, n in zip(told["year"], said, strict=True)]
    told["height"] = told["value"].fillna(top * 0.3)
    told["look"] = ["none" if not row["known"] else "open" if row.get("_status") == "preliminary" else "full" for row in told.to_dict("records")]
    scale = alt.Scale(domain=[0, top * 1.15], nice=False)
    x = alt.X("year:N", sort=list(told["year"]), title=None, axis=alt.Axis(labelAngle=0, ticks=False))
    y = alt.Y("height:Q", title=words.word(title, lang), scale=scale, axis=alt.Axis(tickCount=5))
    base = alt.Chart(told).encode(x=x)
    layers = []
    styles: dict[str, dict[str, Any]] = {
        "full": {"fill": look.PALETTE[0], "stroke": look.PALETTE[0]},
        "open": {"fill": "#dbe8f4", "stroke": look.PALETTE[0]},
        "none": {"fill": look.PAPER, "stroke": "#7b8794", "strokeDash": [4, 3]},
    }
    for kind, style in styles.items():
        if (told["look"] == kind).any():
            layers.append(base.transform_filter(alt.datum.look == kind).mark_bar(width=44, **style).encode(y=y, description="says:N"))
    labels = base.mark_text(dy=-8, baseline="bottom", fontSize=12, lineBreak="\n", aria=False).encode(
        y=alt.Y("height:Q", scale=scale), text="label:N"
    )
    return alt.layer(*layers, labels).properties(width=560, height=250)


def _of_year(row: Row, lang: str) -> str:
    told = words.number(row["value"])
    return words.word(f"short.{row['qualifier']}", lang, n=told) if row["qualifier"] else told


def _around(told: pd.DataFrame, found: str, claimed: str, room: float) -> alt.Scale:
    """A scale from the whole number below all to a little above them, where labels find room."""
    low, high = (float(getattr(told[[found, claimed]], end)().agg(end)) for end in ("min", "max"))
    return alt.Scale(domain=[math.floor(low), math.ceil(high) + room], nice=False, zero=False)


def _short(value: float) -> str:
    return words.number(value, 3).rstrip("0").rstrip(".")


def _programmes(table: pd.DataFrame, lang: str) -> list[str]:
    spans = [period.replace("/", words.RANGE[lang]) for period in table["period"]]
    return [f"{name}\n{span}" for name, span in zip(table[f"name_{lang}"], spans, strict=True)]


def _rows(told: pd.DataFrame) -> alt.Y:
    axis = alt.Axis(labelExpr=LINES, labelLineHeight=15, labelPadding=10, labelOffset=-7, labelLimit=300, domain=False, ticks=False, grid=True)
    return alt.Y("row:N", sort=list(dict.fromkeys(told["row"])), title=None, axis=axis)


def _kinds(told: pd.DataFrame, lang: str) -> dict[str, Any]:
    domain = [words.word(f"comparable.{one}", lang) for one in ("yes", "partly")]
    legend = alt.Legend(orient="bottom")
    return {
        "shape": alt.Shape("kind:N", title=None, scale=alt.Scale(domain=domain, range=["circle", "diamond"]), legend=legend),
        "color": alt.Color("kind:N", title=None, scale=alt.Scale(domain=domain, range=[look.PALETTE[0], look.PALETTE[1]]), legend=legend),
    }
