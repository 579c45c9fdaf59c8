"""Two grids of the programmes: whom each joins and to what end, and what the source states of it."""

from collections.abc import Callable
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look, narrow

HEADING = 32  # a row that names a group
# Of the agencies in the order of the source; where there are more, the first come again, for each is named above its programmes.
COLOURS = [look.PALETTE[0], look.PALETTE[3], "#00755a", "#8a4b00", "#56708a", "#3d4752"]
SHAPES = ["circle", "square", "diamond", "triangle-up", "triangle-down", "cross"]
Group = tuple[str, list[str]]  # a heading and the names of its rows
Axis = Callable[[str], Any]  # a field's place across or down


class Form(NamedTuple):
    """How a grid is laid: the room for the rows' names at the left, a programme's column, the space between agencies, the room for agencies and
    programmes above, a row, what of it its name takes, none where it stands beside it; whether programmes' names are read from below.
    """

    left: int
    column: int
    gap: int
    top: int
    row: int
    above: int
    wide: int
    turned: bool


SCREEN = Form(158, 51, 8, 84, 28, 0, look.WIDTH, turned=False)
TURNED = SCREEN._replace(column=31, top=168, turned=True)
PHONE = Form(0, 31, 4, 168, 48, 20, narrow.SHEET, turned=True)
SPACE = 28  # between two grids
UPRIGHT = 8  # half-width characters of a name that stands above its column as it is
LETTERS = 22  # half-width characters of a line of a programme's name that is read from below, or as many as leave it two lines
LETTER = 7  # points of one of them


class Plan(NamedTuple):
    """What the grids of one drawing have in common: the column of their rows, the rows in groups, agencies, names of programmes by id."""

    row: str
    groups: list[Group]
    agencies: list[str]
    heads: dict[str, str]
    lang: str
    form: Form


def scope(table: pd.DataFrame, programmes: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Grid of partners and aims by programmes, the programmes under their agencies; hollow where only an assumed example."""
    kinds = table["kind"].unique()
    groups = [(words.word(f"scope.{kind}", lang), list(table.loc[table["kind"] == kind, f"category_{lang}"].unique())) for kind in kinds]
    return _drawn(_scope, table, programmes, groups, f"category_{lang}")


def _scope(table: pd.DataFrame, plan: Plan) -> Any:
    lang, form, groups = plan.lang, plan.form, plan.groups
    told = _placed(table, plan)
    told["basis_told"] = [words.word(f"scope_basis.{basis}", lang) for basis in table["basis"]]
    told["says"] = [
        words.word("says.scope", lang, agency=row.agency, a=row.name, kind=words.word(f"scope.{row.kind}", lang), b=row.row, basis=row.basis_told)
        for row in told.itertuples(index=False)
    ]
    foot = _bottom(groups, form)
    height = foot + (60 if form.above else 34)
    x, y = _frame(height, form)
    base = alt.Chart(told).encode(
        x=x("x"), y=y("y"), shape=alt.Shape("agency:N", scale=_scale(plan.agencies, SHAPES), legend=None), description=alt.Description("says:N")
    )
    colour = alt.Color("agency:N", scale=_scale(plan.agencies, COLOURS), legend=None)
    full = base.transform_filter(alt.datum.basis == "stated").mark_point(size=210, filled=True).encode(color=colour)
    hollow = base.transform_filter(alt.datum.basis == "planned").mark_point(size=180, strokeWidth=2, fill=look.PAPER).encode(stroke=colour)
    key = _key(foot, 220, form).assign(fill=[look.SOFT, look.PAPER])
    key["label"] = [words.word(f"scope_basis.{basis}", lang) for basis in ("stated", "planned")]
    dots = (
        alt.Chart(key)
        .mark_point(size=150, stroke=look.SOFT, strokeWidth=2, aria=False)
        .encode(x=x("x"), y=y("y"), fill=alt.Fill("fill:N", scale=None))
    )
    return alt.layer(*_grid(told, plan, x, y), full, hollow, dots, _labels(key, x, y)).properties(width=form.wide, height=height)


def stated(table: pd.DataFrame, programmes: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Grid of what one would ask of a programme by programmes: a tile with the number of statements, or an empty one."""
    return _drawn(_stated, table, programmes, [("", list(table[f"asked_{lang}"].unique()))], f"asked_{lang}")


def _stated(table: pd.DataFrame, plan: Plan) -> Any:
    lang, form, groups = plan.lang, plan.form, plan.groups
    told = _placed(table, plan)
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
    return alt.layer(*_grid(told, plan, x, y), *tiles, counts, _labels(key, x, y)).properties(width=form.wide, height=height)


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


def _drawn(grid: Callable[[pd.DataFrame, Plan], Any], table: pd.DataFrame, programmes: pd.DataFrame, groups: list[Group], row: str) -> Any:
    """The table as a grid, or as several one below the other where not all programmes stand side by side; and so for a narrow screen."""
    lang = row.rpartition("_")[2]
    agencies = list(table.sort_values("_order")["agency"].unique())
    short, (long, high) = _heads(programmes, lang), _turned(table, lang)
    turned = [Plan(row, groups, agencies, long, lang, form._replace(top=form.top + high)) for form in (TURNED, PHONE)]
    wide = Plan(row, groups, agencies, short, lang, SCREEN) if all(short.values()) else turned[0]
    drawings = []
    for plan in (wide, turned[1]):
        grids = [grid(part, plan) for part in _parts(table, plan.form)]
        drawings.append(grids[0] if len(grids) == 1 else alt.vconcat(*grids, spacing=SPACE))
    return narrow.also(*drawings)


def _turned(table: pd.DataFrame, lang: str) -> tuple[dict[str, str], int]:
    """The name of each programme by its id, in two lines at most, and by how much more than usual that is high.

    >>> table = pd.DataFrame({"_programme": ["a"], "short_en": ["A very long name of a programme of joint research"]})
    >>> _turned(table, "en")
    ({'a': 'A very long name of a\\nprogramme of joint research'}, 35)
    """
    named, letters = dict(zip(table["_programme"], table[f"short_{lang}"], strict=True)), LETTERS
    while max(len(words.wrapped(name, lang, letters)) for name in named.values()) > 2:
        letters += 1
    return {id: "\n".join(words.wrapped(name, lang, letters)) for id, name in named.items()}, LETTER * (letters - LETTERS)


def _heads(programmes: pd.DataFrame, lang: str) -> dict[str, str]:
    """What stands above the column of each programme: its label, a word a line, or an abbreviation that fits as it is; else nothing.

    >>> rows = {"id": ["a", "b", "c"], "label_en": ["Core-to- Core", "", ""], "abbreviation": ["", "SICORP", ""]}
    >>> _heads(pd.DataFrame(rows), "en")
    {'a': 'Core-to-\\nCore', 'b': 'SICORP', 'c': ''}
    """
    labels = programmes[f"label_{lang}"] if f"label_{lang}" in programmes else [""] * len(programmes)
    told = zip(programmes["id"], labels, programmes["abbreviation"], strict=True)
    return {id: label.replace(" ", "\n") or (short if words.wide(short) <= UPRIGHT else "") for id, label, short in told}


def _parts(table: pd.DataFrame, form: Form) -> list[pd.DataFrame]:
    """The rows of as many programmes as stand side by side, then of those that come next; each with the places of its own programmes, from 0 on."""
    parts: list[list[int]] = [[]]
    agencies: list[str] = []
    for order, agency in table.drop_duplicates("_order").sort_values("_order")[["_order", "agency"]].itertuples(index=False):
        after = [*agencies, *([] if agency in agencies else [agency])]
        if form.left + (len(parts[-1]) + 1) * form.column + (len(after) - 1) * form.gap > form.wide:
            parts.append([])
            after = [agency]
        parts[-1].append(order)
        agencies = after
    own = [table[table["_order"].isin(part)] for part in parts]
    return [rows.assign(_order=rows["_order"].map(part.index)) for rows, part in zip(own, parts, strict=True)]


def _placed(table: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """The table with the places of its marks and the programme's name in short lines."""
    form, lang = plan.form, plan.lang
    places = {name: y for _, rows in _rows(plan.groups, form) for name, y in rows}
    agencies = list(table.sort_values("_order")["agency"].unique())
    told = table.assign(row=table[plan.row], name=table[f"short_{lang}"], y=table[plan.row].map(places))
    told["x"] = form.left + form.column / 2 + told["_order"] * form.column + told["agency"].map(agencies.index) * form.gap
    return told.assign(lines=told["_programme"].map(plan.heads))


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


def _grid(told: pd.DataFrame, plan: Plan, x: Axis, y: Axis) -> list[alt.Chart]:
    """Agencies and programmes above, names of rows at the left or above each row, a thin line under each row."""
    form, groups = plan.form, plan.groups
    heads = told.drop_duplicates("_order").assign(y=form.top - 8 if form.turned else 34)
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
    if form.turned:
        heads["x"] -= 7.5 * heads["lines"].str.count("\n")  # a name of two lines has its column between them
        upright = {"baseline": "middle", "align": "left", "angle": 270}
    if form.above:
        lines = lines.assign(x=0)
        beside = {"align": "left", "dy": -form.row / 2}
    text: dict[str, Any] = {"lineBreak": "\n", "lineHeight": 15, "fontSize": 12, "aria": False}
    return [
        alt.Chart(bands).mark_rect(cornerRadius=2, aria=False).encode(
            x=x("left"), x2=alt.X2("right:Q"), y=y("top"), y2=alt.Y2("low:Q"),
            color=alt.Color("agency:N", scale=_scale(plan.agencies, COLOURS), legend=None)),
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


def _scale(agencies: list[str], signs: list[str]) -> alt.Scale:
    return alt.Scale(domain=agencies, range=[signs[place % len(signs)] for place in range(len(agencies))])
