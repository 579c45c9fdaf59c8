"""Numbers that must not be compared by length: a line each, the number in a box of one size, what it measures beside it.

Unlike measures side by side share no axis: where every box is as long as the next, nothing can be read off their length.
"""

from itertools import accumulate
from typing import Any, NamedTuple

import altair as alt

from evidence import words
from evidence.charts import look, narrow
from evidence.charts.shapes import PITCH, Row, Sheet, label, lines_at, span

HEAD = 30
NARROW = 40  # half-width characters of a line on a narrow screen
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

    `box` is the head of the boxes and their two ends. On a narrow screen the cells of a row stand one below the other, its box under them.
    """
    head, left, right = box
    sheet = Sheet(HEAD + high * len(rows) + 4)
    heads = [label(column.head, column.x, 13) for column in columns] + [label(head, left, 13)]
    sheet.texts(heads, align="left", fontSize=12, color=look.SOFT)
    placed = [row | {"y": HEAD + high * (place + 0.5)} for place, row in enumerate(rows)]
    sheet.lines([span(0, row["y"] - high / 2, look.WIDTH, row["y"] - high / 2) for row in placed], color=look.RULE, strokeWidth=1)
    for row in placed:
        shape = span(left, row["y"] - high / 2 + 6, right, row["y"] + high / 2 - 6) | {"says": row["says"]}
        sheet.boxes([shape], strokeWidth=1.5, **row["style"])
        for column, text in zip(columns, row["cells"], strict=True):
            lines = lines_at(words.wrapped(text, lang, column.wide), column.x, row["y"])
            sheet.texts(lines, align="left", color=row["ink"], fontWeight="bold" if column.bold else "normal")
        sheet.texts(_inside(row, lang, (left, right)), align="center", color=row["ink"], fontWeight=row["weight"])
    return narrow.also(sheet.drawn(), stacked(rows, columns, head, lang))


def stacked(rows: list[Row], columns: list[Column], head: str, lang: str) -> alt.TopLevelMixin:
    """The rows in one column, for a narrow screen: each cell after its head, then what the box says over the box; `inside` is the ink in it."""
    ends = (1.0, narrow.SHEET - 1.0)
    told = [[part for column, text in zip(columns, row["cells"], strict=True) for part in _cell(column, text, lang)] for row in rows]
    inside = [len(_inside(row | {"y": 0}, lang, ends)) for row in rows]
    tops = [0.0, *accumulate(PITCH * (len(lines) + deep + 2.5) + 20 for lines, deep in zip(told, inside, strict=True))]
    sheet = Sheet(tops[-1] + 4, narrow.SHEET)
    sheet.lines([span(0, top, narrow.SHEET, top) for top in tops[:-1]], color=look.RULE, strokeWidth=1)
    for row, lines, top, low in zip(rows, told, tops, tops[1:], strict=False):
        for place, (text, weight) in enumerate(lines, start=1):
            sheet.texts([label(text, 0, top + PITCH * place)], align="left", color=row["ink"], fontWeight=weight)
        under = top + PITCH * (len(lines) + 1)
        sheet.texts([label(head, 0, under)], align="left", fontSize=12, color=look.SOFT)
        sheet.boxes([span(ends[0], under + 10, ends[1], low - 10) | {"says": row["says"]}], strokeWidth=1.5, **row["style"])
        sheet.texts(
            _inside(row | {"y": (under + low) / 2}, lang, ends), align="center", color=row.get("inside", row["ink"]), fontWeight=row["weight"]
        )
    return sheet.drawn()


def _cell(column: Column, text: str, lang: str) -> list[tuple[str, str]]:
    """A cell in lines with their weight, after its head where it is not the name of the row."""
    whole = text if column.bold else f"{column.head}{words.word('ui.colon', lang)}{text}"
    return [(part, "bold" if column.bold else "normal") for part in words.wrapped(whole, lang, NARROW)] if text else []


def _inside(row: Row, lang: str, ends: tuple[float, float]) -> list[Row]:
    """The number in the middle of its box, on as many lines as it needs."""
    left, right = ends
    return lines_at(words.wrapped(row["number"], lang, int((right - left) / 7)), (left + right) / 2, row["y"])


def line(cells: list[str], number: str, says: str, style: dict[str, Any], *, known: bool = True, mine: bool = True) -> Row:
    """A row for `boxed`; a number that is not known stands in a dashed frame, and a row that is not the one in question is paler."""
    look_of = EMPTY if not known else style if mine else FADED
    return {"cells": cells, "number": number, "says": says, "style": look_of, "ink": look.INK if mine else look.SOFT,
            "weight": "bold" if known and mine else "normal"}  # fmt: skip
