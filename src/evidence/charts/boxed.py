"""Numbers that must not be compared by length: a line each, the number in a box of one size, what it measures beside it.

Unlike measures side by side share no axis: where every box is as long as the next, nothing can be read off their length.
"""

from typing import Any, NamedTuple

import altair as alt

from evidence import words
from evidence.charts import look
from evidence.charts.shapes import Row, Sheet, label, lines_at, span

HEAD = 30
PLAIN: dict[str, Any] = {"fill": "#eaf1f8", "stroke": look.PALETTE[0]}
OTHER: dict[str, Any] = {"fill": "#fdf1d8", "stroke": "#b57a00"}
EMPTY: dict[str, Any] = {"fill": look.PAPER, "stroke": "#7b8794", "strokeDash": [4, 3]}
FADED: dict[str, Any] = {"fill": look.PAPER, "stroke": "#b8c2cc"}


class Column(NamedTuple):
    """A column of the lines: its head, where it starts, and how many half-width characters a line of it has."""

    head: str
    x: float
    wide: int
    bold: bool = False


def boxed(rows: list[Row], columns: list[Column], box: tuple[str, float, float], lang: str, high: float = 52) -> alt.TopLevelMixin:
    """A line a row: its `cells` in their columns, and its `number` in a box that is read out as `says`; `style`, `ink` and `weight` are its look.

    `box` is the head of the boxes and their two ends.
    """
    head, left, right = box
    sheet = Sheet(HEAD + high * len(rows) + 4)
    heads = [label(column.head, column.x, 13) for column in columns] + [label(head, left, 13)]
    sheet.texts(heads, align="left", fontSize=12, color=look.SOFT)
    placed = [row | {"y": HEAD + high * (place + 0.5)} for place, row in enumerate(rows)]
    for row in placed:
        sheet.lines([span(0, row["y"] - high / 2, look.WIDTH, row["y"] - high / 2)], color=look.RULE, strokeWidth=1)
        shape = span(left, row["y"] - high / 2 + 6, right, row["y"] + high / 2 - 6) | {"says": row["says"]}
        sheet.boxes([shape], strokeWidth=1.5, **row["style"])
        for column, text in zip(columns, row["cells"], strict=True):
            lines = lines_at(words.wrapped(text, lang, column.wide), column.x, row["y"])
            sheet.texts(lines, align="left", color=row["ink"], fontWeight="bold" if column.bold else "normal")
        sheet.texts(_inside(row, lang, (left, right)), align="center", color=row["ink"], fontWeight=row["weight"])
    return sheet.drawn()


def _inside(row: Row, lang: str, ends: tuple[float, float]) -> list[Row]:
    """The number in the middle of its box, on as many lines as it needs."""
    left, right = ends
    return lines_at(words.wrapped(row["number"], lang, int((right - left) / 7)), (left + right) / 2, row["y"])


def line(cells: list[str], number: str, says: str, style: dict[str, Any], *, known: bool = True, mine: bool = True) -> Row:
    """A row for `boxed`; a number that is not known stands in a dashed frame, and a row that is not the one in question is paler."""
    look_of = EMPTY if not known else style if mine else FADED
    return {"cells": cells, "number": number, "says": says, "style": look_of, "ink": look.INK if mine else look.SOFT,
            "weight": "bold" if known and mine else "normal"}  # fmt: skip
