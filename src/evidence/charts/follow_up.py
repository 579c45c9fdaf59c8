"""Drawings of the follow-up chapter: a square for each recommendation, and how much of the documents was read."""

from typing import NamedTuple

import altair as alt
import pandas as pd

from evidence import words
from evidence.analysis.follow_up import EXTENTS, STATUSES
from evidence.charts import look, narrow, split
from evidence.charts.shapes import Row, Sheet, at, label, lines_at, lines_of, span

PITCH, SIZE, PAD = 13, 11, 30  # from square to square; a square; room for the number above the squares
FILL = {"adopted": look.PALETTE[0], "partly": "#7fb2dd", "not-found": "#e69f00", "not-looked-for": look.PAPER}
EDGE = {"adopted": look.PALETTE[0], "partly": "#4a86c5", "not-found": "#b57a00", "not-looked-for": "#7b8794"}
SHADES = {"whole": look.PALETTE[0], "excerpt": "#9cc4e8", "summary": "#e8c37a"}


class Form(NamedTuple):
    """How the drawing is laid: where columns start and how wide one is, squares of a row in it, half-width characters of a line of its head, and the
    room that the name of a pillar takes above its row, none where it stands beside it.
    """

    left: float
    column: float
    squares: int
    letters: int
    above: float
    head: float
    wide: float


SCREEN = Form(142, 124, 8, 17, 0, 58, look.WIDTH)
PHONE = Form(0, narrow.SHEET / 4, 4, 9, 22, 76, narrow.SHEET)


def statuses(counts: pd.DataFrame, squares: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Pillars down, statuses across: the number of recommendations, and a square for each; a dot in it where confidence is low."""
    return narrow.also(_statuses(counts, squares, lang, SCREEN), _statuses(counts, squares, lang, PHONE))


def _statuses(counts: pd.DataFrame, squares: pd.DataFrame, lang: str, form: Form) -> alt.TopLevelMixin:
    squares = placed(squares, form.squares)
    heights = {str(pillar): form.above + PAD + PITCH * (int(group["row"].max()) + 1) + 12 for pillar, group in squares.groupby("pillar", sort=False)}
    pillars = list(counts["pillar"].unique())
    tops = {pillar: form.head + sum(heights[one] for one in pillars[:place]) for place, pillar in enumerate(pillars)}
    foot = form.head + sum(heights.values())
    sheet = Sheet(foot + 40, form.wide)
    _heads(sheet, counts, lang, form)
    for pillar, top in tops.items():
        sheet.lines([span(0, top, form.wide, top)], color=look.RULE, strokeWidth=1)
        name = words.word(f"pillar.{pillar}", lang)
        beside = lines_of(name, lang, 21, 0, top + heights[pillar] / 2)
        sheet.texts([label(name, 0, top + 13)] if form.above else beside, align="left", fontWeight="bold" if form.above else "normal")
    rows: list[Row] = counts.to_dict("records")
    cells = [_cell(row, tops, heights, form) | {"says": _says(row, lang)} for row in rows]
    sheet.boxes(cells, fill="#f4f7fa", stroke=None, cornerRadius=3)
    known = [(row, cell) for row, cell in zip(rows, cells, strict=True)]
    sheet.texts([label(str(row["recommendations"] or "―"), cell["x"] + 8, cell["y"] + 14) for row, cell in known], align="left", fontWeight="bold")
    _squares(sheet, squares, tops, form)
    _key(sheet, foot + 24, lang, form)
    return sheet.drawn()


def placed(squares: pd.DataFrame, across: int) -> pd.DataFrame:
    """The squares with `column` and `row`, from 0, so many across within their pillar and status.

    >>> placed(pd.DataFrame({"pillar": ["I"] * 3, "status": ["partly"] * 3}), 2)[["column", "row"]].values.tolist()
    [[0, 0], [1, 0], [0, 1]]
    """
    order = squares.groupby(["pillar", "status"]).cumcount()
    return squares.assign(column=order % across, row=order // across)


def _heads(sheet: Sheet, counts: pd.DataFrame, lang: str, form: Form) -> None:
    """The statuses with the number of recommendations in all."""
    for place, status in enumerate(STATUSES):
        x = form.left + form.column * place + 8
        names = words.wrapped(words.word(f"followed.{status}", lang), lang, form.letters)
        sheet.texts(lines_at(names, x, (form.head - 22) / 2), align="left", fontWeight="bold")
        whole = int(counts.loc[counts["status"].eq(status), "recommendations"].sum())
        sheet.texts([label(words.quantity(whole, "recommendations-short", lang), x, form.head - 14)], align="left", fontSize=12, color=look.SOFT)


def _cell(row: Row, tops: dict[str, float], heights: dict[str, float], form: Form) -> Row:
    x, top = form.left + form.column * STATUSES.index(row["status"]), tops[row["pillar"]]
    return span(x + 2, top + form.above + 4, x + form.column - 4, top + heights[row["pillar"]] - 4)


def _says(row: Row, lang: str) -> str:
    parts = {"a": words.word(f"pillar.{row['pillar']}", lang), "b": words.word(f"followed.{row['status']}", lang)}
    said = words.word("says.pair", lang, n=words.quantity(row["recommendations"], "recommendations", lang), **parts)
    return said + (words.word("says.of_low", lang, n=row["low_confidence"]) if row["low_confidence"] else "")


def _squares(sheet: Sheet, squares: pd.DataFrame, tops: dict[str, float], form: Form) -> None:
    rows: list[Row] = squares.to_dict("records")
    for row in rows:
        row["x0"] = form.left + form.column * STATUSES.index(row["status"]) + 8 + PITCH * row["column"]
        row["y0"] = tops[row["pillar"]] + form.above + PAD + PITCH * row["row"]
    for status in (status for status in STATUSES if (squares["status"] == status).any()):
        shown = [span(row["x0"], row["y0"], row["x0"] + SIZE, row["y0"] + SIZE) for row in rows if row["status"] == status]
        sheet.boxes(shown, fill=FILL[status], stroke=EDGE[status], strokeWidth=1, cornerRadius=1)
    low = [{"x": row["x0"] + SIZE / 2, "y": row["y0"] + SIZE / 2} for row in rows if row["confidence"] == "low"]
    if low:
        sheet.points(low, "circle", size=28, color=look.INK)


def _key(sheet: Sheet, y: float, lang: str, form: Form) -> None:
    """What a square and a dot in it mean."""
    for x, meaning in ((form.left + 8, "one_recommendation"), (form.left + 8 + 2 * form.column, "low_confidence")):
        sheet.boxes([span(x, y - SIZE / 2, x + SIZE, y + SIZE / 2)], fill=FILL["partly"], stroke=EDGE["partly"], cornerRadius=1)
        sheet.texts([label(words.word(f"key.{meaning}", lang), x + 18, y)], align="left", fontSize=12)
    sheet.points([{"x": x + SIZE / 2, "y": at({"y": y})}], "circle", size=28, color=look.INK)


def reading(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Bars of the number of documents by layer, split by how much of them was read."""
    by = split.Split("layer", "extent", "documents", ("layer", "extent"), {extent: SHADES[extent] for extent in EXTENTS}, ("whole",))
    return split.bars(table, by, lang, 20, words.word("extent.title", lang)).properties(width=420, height=alt.Step(32))
