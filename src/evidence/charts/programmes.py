"""Drawings of the programmes chapter: two grids of the nine programmes, and what the source shows of calls, cases and plans."""

from collections.abc import Callable
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look, narrow

HEADING = 32  # a row that names a group
AGENCY = {"JST": look.PALETTE[0], "AMED": look.PALETTE[3], "JSPS": "#00755a"}
SHAPE = {"JST": "circle", "AMED": "square", "JSPS": "diamond"}
Group = tuple[str, list[str]]  # a heading and the names of its rows
Axis = Callable[[str], Any]  # a field's place across or down


class Form(NamedTuple):
    """How a grid is laid: the room for the rows' names at the left, a programme's column, the space between agencies, the room for agencies and
    programmes above, a row, and what of it its name takes, none where it stands beside it.
    """

    left: int
    column: int
    gap: int
    top: int
    row: int
    above: int
    wide: int


SCREEN = Form(158, 51, 8, 84, 28, 0, look.WIDTH)
PHONE = Form(0, 31, 4, 168, 48, 20, narrow.SHEET)
LETTERS = 22  # half-width characters of a line of a programme's name that is read from below


def scope(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Grid of partners and aims by programmes, the programmes under their agencies; hollow where only an assumed example."""
    return narrow.also(_scope(table, lang, SCREEN), _scope(table, lang, PHONE))


def _scope(table: pd.DataFrame, lang: str, form: Form) -> alt.TopLevelMixin:
    kinds = table["kind"].unique()
    groups = [(words.word(f"scope.{kind}", lang), list(table.loc[table["kind"] == kind, f"category_{lang}"].unique())) for kind in kinds]
    told = _placed(table, f"category_{lang}", groups, lang, form)
    told["basis_told"] = [words.word(f"scope_basis.{basis}", lang) for basis in table["basis"]]
    told["says"] = [
        words.word("says.scope", lang, agency=row.agency, a=row.name, kind=words.word(f"scope.{row.kind}", lang), b=row.row, basis=row.basis_told)
        for row in told.itertuples(index=False)
    ]
    foot = _bottom(groups, form)
    height = foot + (60 if form.above else 34)
    x, y = _frame(height, form)
    base = alt.Chart(told).encode(
        x=x("x"), y=y("y"), shape=alt.Shape("agency:N", scale=_scale(SHAPE), legend=None), description=alt.Description("says:N")
    )
    colour = alt.Color("agency:N", scale=_scale(AGENCY), legend=None)
    full = base.transform_filter(alt.datum.basis == "stated").mark_point(size=210, filled=True, opacity=1).encode(color=colour)
    hollow = base.transform_filter(alt.datum.basis == "planned").mark_point(size=180, strokeWidth=2, fill=look.PAPER, opacity=1).encode(stroke=colour)
    key = _key(foot, 220, form).assign(fill=[look.SOFT, look.PAPER])
    key["label"] = [words.word(f"scope_basis.{basis}", lang) for basis in ("stated", "planned")]
    dots = (
        alt.Chart(key)
        .mark_point(size=150, stroke=look.SOFT, strokeWidth=2, aria=False)
        .encode(x=x("x"), y=y("y"), fill=alt.Fill("fill:N", scale=None))
    )
    return alt.layer(*_grid(told, groups, x, y, form), full, hollow, dots, _labels(key, x, y)).properties(width=form.wide, height=height)


def stated(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Grid of what one would ask of a programme by programmes: a tile with the number of statements, or an empty one."""
    return narrow.also(_stated(table, lang, SCREEN), _stated(table, lang, PHONE))


def _stated(table: pd.DataFrame, lang: str, form: Form) -> alt.TopLevelMixin:
    groups = [("", list(table[f"asked_{lang}"].unique()))]
    told = _placed(table, f"asked_{lang}", groups, lang, form)
    told["says"] = [
        words.word("says.stated", lang, agency=row.agency, a=row.name, b=row.row, n=_told(row.statements, lang)) for row in told.itertuples()
    ]
    foot = _bottom(groups, form)
    height = foot + (60 if form.above else 34)
    x, y = _frame(height, form)
    key = _key(foot, 130, form).assign(is_stated=["yes", "no"])
    key["label"] = [words.word(f"asked.{answer}", lang) for answer in key["is_stated"]]
    tiles = [_tiles(told, form.column - 9, x, y).encode(description=alt.Description("says:N")), _tiles(key, 20, x, y, aria=False)]
    counts = alt.Chart(told[told["statements"] > 0]).mark_text(fontSize=12, fontWeight="bold", color=look.PAPER, aria=False).encode(
        x=x("x"), y=y("y"), text=alt.Text("statements:Q")
    )  # fmt: skip
    return alt.layer(*_grid(told, groups, x, y, form), *tiles, counts, _labels(key, x, y)).properties(width=form.wide, height=height)


def _told(statements: int, lang: str) -> str:
    return words.quantity(statements, "statements", lang) if statements else words.word("ui.not_stated", lang)


def _tiles(told: pd.DataFrame, width: int, x: Axis, y: Axis, *, aria: bool = True) -> alt.Chart:
    return alt.Chart(told).mark_rect(width=width, height=20, cornerRadius=3, stroke="#b4bec8", strokeWidth=1, aria=aria).encode(
        x=x("x"), y=y("y"), color=alt.condition(alt.datum.is_stated == "yes", alt.value(look.PALETTE[0]), alt.value(look.PAPER))
    )  # fmt: skip


def _key(foot: float, apart: int, form: Form) -> pd.DataFrame:
    """The places of two signs below the grid: side by side so far apart, or on a narrow screen one below the other."""
    if form.above:
        return pd.DataFrame({"x": [12, 12], "y": [foot + 20, foot + 46]})
    return pd.DataFrame({"x": [form.left, form.left + apart], "y": foot + 18})


def _placed(table: pd.DataFrame, row: str, groups: list[Group], lang: str, form: Form) -> pd.DataFrame:
    """The table with the places of its marks and the programme's name in short lines."""
    places = {name: y for _, rows in _rows(groups, form) for name, y in rows}
    agencies = list(table.sort_values("_order")["agency"].unique())
    told = table.assign(row=table[row], name=table[f"short_{lang}"], y=table[row].map(places))
    told["x"] = form.left + form.column / 2 + told["_order"] * form.column + told["agency"].map(agencies.index) * form.gap
    if form.above:  # whole names, for they are read from below
        return told.assign(lines=["\n".join(words.wrapped(name, lang, LETTERS)) for name in told["name"]])
    told["lines"] = [words.word(f"label.{programme}", lang).replace(" ", "\n") for programme in told["_programme"]]
    return told


def _rows(groups: list[Group], form: Form) -> list[tuple[tuple[str, float], list[tuple[str, float]]]]:
    """Every group with its heading and its rows, each with its height on the page."""
    placed, y = [], float(form.top)
    for heading, names in groups:
        start, y = y, y + (HEADING if heading else 0)
        placed.append(
            ((heading, start + HEADING / 2 + 2), [(name, y + form.row * place + (form.row + form.above) / 2) for place, name in enumerate(names)])
        )
        y += form.row * len(names)
    return placed


def _bottom(groups: list[Group], form: Form) -> float:
    return _rows(groups, form)[-1][1][-1][1] + (form.row - form.above) / 2


def _frame(height: float, form: Form) -> tuple[Axis, Axis]:
    """Encodings of places in points, from the upper left corner."""

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, form.wide], nice=False))

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False))

    return x, y


def _grid(told: pd.DataFrame, groups: list[Group], x: Axis, y: Axis, form: Form) -> list[alt.Chart]:
    """Agencies and programmes above, names of rows at the left or above each row, a thin line under each row."""
    heads = told.drop_duplicates("_order").assign(y=form.top - 8 if form.above else 34)
    bands = heads.groupby("agency", sort=False)["x"].agg(["min", "max"]).reset_index()
    bands = bands.assign(
        left=bands["min"] - form.column / 2 + 1, right=bands["max"] + form.column / 2 - 1, mid=(bands["min"] + bands["max"]) / 2, top=0, low=24, y=12
    )
    rows = [(name, at) for _, placed in _rows(groups, form) for name, at in placed]
    lines = pd.DataFrame(rows, columns=["label", "y"]).assign(
        x=form.left - 12, left=0, right=form.wide, rule=lambda frame: frame["y"] + (form.row - form.above) / 2
    )
    headings = pd.DataFrame([heading for heading, _ in _rows(groups, form) if heading[0]], columns=["label", "y"]).assign(x=0)
    upright: dict[str, Any] = {"baseline": "top"}
    beside: dict[str, Any] = {"align": "right"}
    if form.above:
        heads["x"] -= 7.5 * heads["lines"].str.count("\n")  # a name of two lines has its column between them
        lines = lines.assign(x=0)
        upright, beside = {"baseline": "middle", "align": "left", "angle": 270}, {"align": "left", "dy": -form.row / 2}
    text: dict[str, Any] = {"lineBreak": "\n", "lineHeight": 15, "fontSize": 12, "aria": False}
    return [
        alt.Chart(bands).mark_rect(cornerRadius=2, aria=False).encode(
            x=x("left"), x2=alt.X2("right:Q"), y=y("top"), y2=alt.Y2("low:Q"), color=alt.Color("agency:N", scale=_scale(AGENCY), legend=None)),
        alt.Chart(bands).mark_text(color=look.PAPER, fontWeight="bold", **text).encode(x=x("mid"), y=y("y"), text=alt.Text("agency:N")),
        alt.Chart(heads).mark_text(**upright, **text).encode(x=x("x"), y=y("y"), text=alt.Text("lines:N")),
        alt.Chart(lines).mark_rule(color=look.RULE, aria=False).encode(x=x("left"), x2=alt.X2("right:Q"), y=y("rule")),
        alt.Chart(lines).mark_text(aria=False, **beside).encode(x=x("x"), y=y("y"), text=alt.Text("label:N")),
        alt.Chart(headings).mark_text(align="left", fontWeight="bold", color=look.SOFT, aria=False).encode(
            x=x("x"), y=y("y"), text=alt.Text("label:N"),
        ),
    ]  # fmt: skip


def _labels(key: pd.DataFrame, x: Axis, y: Axis) -> alt.Chart:
    return alt.Chart(key).mark_text(align="left", dx=18, aria=False).encode(x=x("x"), y=y("y"), text=alt.Text("label:N"))


def _scale(by_agency: dict[str, str]) -> alt.Scale:
    return alt.Scale(domain=list(by_agency), range=list(by_agency.values()))
