"""Small multiples: a panel an entity, all with the same two axes, and in each the lines of the others, pale, to compare with."""

import math
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look, narrow
from evidence.charts.timelines import COLOURS, CONTEXT

MOST, LEAST = 3, 112  # panels beside each other; points of a panel below which there is one fewer
LETTER, PITCH, AXIS = 7.2, 17, 70  # points of half a letter, from one line of letters to the next, and of the numbers of the axis
DASHED = [5, 3]
HEAD: dict[str, Any] = {"align": "left", "x": 0, "fontWeight": "bold", "lineBreak": "\n", "lineHeight": PITCH, "aria": False}


@dataclass(frozen=True)
class Form:
    """How panels are set: how many stand beside each other, their size, the room right of each for a number."""

    across: int
    wide: int
    high: int
    aside: int


@dataclass(frozen=True)
class Panels:
    """The series of each entity in a panel of its own, entities in the order of the table.

    `told` has _moment, value, _stretch, entity, name, short and says; `measured` names the axis of values and `span` that of time, `broken` are the
    moments from which on it is counted otherwise. The reference's line is dashed in the panels of the others.
    """

    told: pd.DataFrame
    measured: str
    span: str
    lang: str
    reference: str
    broken: list[float]
    domain: list[float]

    def drawn(self) -> alt.TopLevelMixin:
        """The panels side by side, and on a narrow screen one below the other."""
        aside = math.ceil(max(self.told["short"].map(words.wide)) * LETTER) + 18
        count = self.told["entity"].nunique()
        fit = [(across, (look.WIDTH - AXIS) // across - aside) for across in range(min(MOST, count), 0, -1)]
        across, wide = next((one for one in fit if one[1] >= LEAST), fit[-1])
        return narrow.also(self._laid(Form(across, wide, 104, aside)), self._laid(Form(1, narrow.SHEET - AXIS - aside, 84, aside)))

    def _laid(self, form: Form) -> alt.TopLevelMixin:
        parts = [part for _, part in self.told.groupby("entity", sort=False)]
        heads = [words.wrapped(str(part["name"].iloc[0]), self.lang, int((form.wide + form.aside - 12) / LETTER)) for part in parts]
        last = len(parts) - form.across  # the first panel of those below which there is none
        made = [
            self._panel(part, form, [alt.Chart(_lines(head)).mark_text(y=_above(head), **HEAD).encode(text=alt.Text("text:N"))], place, place >= last)
            for place, (part, head) in enumerate(zip(parts, heads, strict=True))
        ]
        high = max(map(len, heads))
        lines = words.wrapped(self.measured, self.lang, int((form.across * (form.wide + form.aside)) / LETTER))
        measured = alt.Chart(_lines(lines)).mark_text(y=_above(lines) - PITCH * high - 5, **(HEAD | {"fontWeight": "normal", "color": look.SOFT}))
        made[0] += measured.encode(text=alt.Text("text:N"))
        room = 32 + PITCH * high
        return alt.vconcat(*made, spacing=room, bounds="flush") if form.across == 1 else alt.concat(
            *made, columns=form.across, spacing={"row": room, "column": form.aside}, bounds="flush"
        )  # fmt: skip

    def _panel(self, own: pd.DataFrame, form: Form, heads: list[alt.Chart], place: int, lowest: bool) -> alt.LayerChart | alt.FacetChart:
        entity, moments = own["entity"].iloc[0], self.told["_moment"]
        span = [float(moments.min()), float(moments.max())]
        ticks = list(dict.fromkeys([math.ceil(span[0]), math.floor(span[1])]))
        said = look.axis("year", self.lang, self.span if lowest else "", values=ticks, grid=False)
        x = alt.X("_moment:Q", scale=alt.Scale(domain=span, nice=False, zero=False, padding=4), **said)
        axis = alt.Axis(tickCount=3, ticks=False, domain=False, labels=place % form.across == 0)
        y = alt.Y("value:Q", title=None, scale=alt.Scale(domain=self.domain, nice=False), axis=axis)
        shade = COLOURS[0] if self.reference in ("", entity) else look.INK
        base = alt.Chart(own).encode(x=x, y=y)
        line = base.mark_line(strokeWidth=2.4, color=shade, aria=False).encode(detail=alt.Detail("_stretch:N"))
        points = base.mark_point(filled=True, size=14, color=shade).encode(description=alt.Description("says:N"))
        last = alt.Chart(own.tail(1)).mark_text(align="left", dx=7, aria=False, color=shade, fontWeight="bold")
        drawn = [*self._behind(entity, x, y), line, points, last.encode(x=x, y=y, text=alt.Text("short:N")), *heads]
        return alt.layer(*drawn).properties(width=form.wide, height=form.high)

    def _behind(self, entity: str, x: alt.X, y: alt.Y) -> list[alt.Chart]:
        """What a panel's own line is compared with, where it is counted otherwise, the lines of all, and the reference's."""
        rows, chosen = self.told[["_moment", "value", "_stretch"]], self.told["entity"].eq(self.reference)
        dashed = chosen.any() and entity != self.reference
        marks: list[tuple[pd.DataFrame, dict[str, Any]]] = [(rows[~chosen] if dashed else rows, {"strokeWidth": 1, "color": CONTEXT})]
        if dashed:
            marks.append((rows[chosen], {"strokeWidth": 1.6, "strokeDash": DASHED, "color": COLOURS[0]}))
        lines = [alt.Chart(part).mark_line(aria=False, **mark).encode(x=x, y=y, detail=alt.Detail("_stretch:N")) for part, mark in marks]
        gap = pd.DataFrame({"_moment": [moment - 0.5 for moment in self.broken]})
        return [alt.Chart(gap).mark_rule(**look.BREAK).encode(x=x)] * bool(self.broken) + lines


def _lines(lines: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"text": ["\n".join(lines)]})


def _above(lines: list[str]) -> int:
    """How high the first of these lines stands, of which the last stands above the plot."""
    return -12 - PITCH * (len(lines) - 1)
