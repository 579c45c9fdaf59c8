"""What diagrams are drawn with: boxes, texts and arrows placed in points from the upper left corner."""

import json
from typing import Any

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look

PALE, DEEP, LINE = "#eaf1f8", look.PALETTE[0], "#7b8794"
PITCH = 17  # from one line of text to the next
Row = dict[str, Any]


class Sheet:
    """A diagram in the making: layers of shapes on a sheet of this height and, if not told, the book's width."""

    def __init__(self, height: float, width: float = look.WIDTH) -> None:
        self._height, self._width = height, width
        self._layers: list[alt.Chart] = []
        self._texts: dict[str, tuple[Row, list[Row]]] = {}

    def boxes(self, rows: list[Row], **mark: Any) -> None:
        """Rectangles from (x, y) to (x2, y2); those with `says` are read out, so each row of the table has one."""
        read = "says" in rows[0]
        style: Row = {"fill": look.PAPER, "stroke": LINE, "strokeWidth": 1, "cornerRadius": 4}
        chart = alt.Chart(pd.DataFrame(rows)).mark_rect(**(style | {"aria": read} | mark))
        encoded = chart.encode(x=self._x("x"), y=self._y("y"), x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q"))
        self._layers.append(encoded.encode(description=alt.Description("says:N")) if read else encoded)

    def texts(self, rows: list[Row], **mark: Any) -> None:
        """One line of text each, at (x, y), which is its middle in height; texts lie over all shapes, those of one look in one layer."""
        style: Row = {"fontSize": 13, "color": look.INK, "baseline": "middle", "aria": False} | mark
        self._texts.setdefault(json.dumps(style, sort_keys=True), (style, []))[1].extend(rows)

    def lines(self, rows: list[Row], **mark: Any) -> None:
        """Straight lines from (x, y) to (x2, y2)."""
        style: Row = {"color": LINE, "strokeWidth": 1.5, "aria": False}
        chart = alt.Chart(pd.DataFrame(rows)).mark_rule(**(style | mark))
        self._layers.append(chart.encode(x=self._x("x"), y=self._y("y"), x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q")))

    def points(self, rows: list[Row], shape: str, **mark: Any) -> None:
        """A filled sign of this shape at each (x, y)."""
        style: Row = {"color": LINE, "size": 70, "filled": True, "aria": False}
        chart = alt.Chart(pd.DataFrame(rows)).mark_point(shape=shape, **(style | mark))
        self._layers.append(chart.encode(x=self._x("x"), y=self._y("y")))

    def arrows(self, rows: list[Row], *, both: bool = False, color: str = LINE, **mark: Any) -> None:
        """Lines with a head at (x2, y2), and at (x, y) too when `both`; each runs level or upright."""
        self.lines(rows, color=color, **mark)
        ends = [_head(row["x"], row["y"], row["x2"], row["y2"]) for row in rows]
        ends += [_head(row["x2"], row["y2"], row["x"], row["y"]) for row in rows if both]
        for shape in sorted({str(end["shape"]) for end in ends}):
            self.points([end for end in ends if end["shape"] == shape], shape, color=color)

    def drawn(self) -> alt.TopLevelMixin:
        """The whole diagram."""
        texts = [self._written(rows, style) for style, rows in self._texts.values()]
        return alt.layer(*self._layers, *texts).properties(width=self._width, height=self._height)

    def _written(self, rows: list[Row], style: Row) -> alt.Chart:
        return alt.Chart(pd.DataFrame(rows)).mark_text(**style).encode(x=self._x("x"), y=self._y("y"), text=alt.Text("text:N"))

    def _x(self, field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, self._width], nice=False, zero=False))

    def _y(self, field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[self._height, 0], nice=False, zero=False))


def _head(x: float, y: float, x2: float, y2: float) -> Row:
    """The triangle that ends a line from (x, y) at (x2, y2), its tip on the end."""
    right, down = x2 - x, y2 - y
    if right:
        return {"x": x2 - (4 if right > 0 else -4), "y": y2, "shape": "triangle-right" if right > 0 else "triangle-left"}
    return {"x": x2, "y": y2 - (4 if down > 0 else -4), "shape": "triangle-down" if down > 0 else "triangle-up"}


def span(x: float, y: float, x2: float, y2: float) -> Row:
    """A box or a line from (x, y) to (x2, y2)."""
    return {"x": x, "y": y, "x2": x2, "y2": y2}


def label(text: str, x: float, y: float) -> Row:
    """One line of text at (x, y)."""
    return {"text": text, "x": x, "y": y}


def at(row: Row, down: float = 0) -> float:
    """The height of the row, or so far below it."""
    return float(row["y"]) + down


def lines_at(lines: list[str], x: float, middle: float) -> list[Row]:
    """These lines of text around this middle height.

    >>> [row["y"] for row in lines_at(["Funding", "agency"], 10, 100)]
    [91.5, 108.5]
    """
    return [label(line, x, middle + PITCH * (place - (len(lines) - 1) / 2)) for place, line in enumerate(lines)]


def lines_of(text: str, lang: str, width: int, x: float, middle: float) -> list[Row]:
    """The text cut into lines of at most `width` half-width characters, around this middle height."""
    return lines_at(words.wrapped(text, lang, width), x, middle)


def lines_from(text: str, lang: str, width: int, x: float, top: float) -> list[Row]:
    """The text cut into lines of at most `width` half-width characters, the first at this height.

    >>> [row["y"] for row in lines_from("Funding agency", "en", 8, 10, 100)]
    [100.0, 117.0]
    """
    return [label(line, x, float(top + PITCH * place)) for place, line in enumerate(words.wrapped(text, lang, width))]
