"""The bars, dots or lines of a Vega-Lite specification as categories and series of numbers: what an office program needs to draw them anew.

Only what was drawn plainly is taken: a number against names or years. Anything else has no plot, and a slide shows its picture.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from evidence import words
from evidence.files import vegalite
from evidence.files.vegalite import Mark, Row
from evidence.tables import columns

MARKS = ("bar", "point", "circle", "line")


@dataclass
class Plot:
    """One panel: `kind` is bar, stacked, dot or line; each series has a number, or None, for every category. `subjects` says what a series is
    of, where several may be of one: each has one colour.
    """

    kind: str
    categories: list[str]
    series: dict[str, list[float | None]]
    title: str = ""
    axis: str = ""
    upright: bool = False
    digits: int | None = None  # decimals that the column of its numbers has; None where each number has its own
    subjects: dict[str, str] = field(default_factory=dict)

    @property
    def numbers(self) -> list[float]:
        """All numbers that it shows."""
        return [number for series in self.series.values() for number in series if number is not None]

    def subject(self, series: str) -> str:
        """What this series is of: itself, where none is told."""
        return self.subjects.get(series, series)


def plots(spec: dict[str, Any], lang: str) -> list[Plot]:
    """The panels of the drawing in their order; none where a panel shows anything but bars, dots or lines of numbers."""
    found = [_plot(panel, lang) for panel in vegalite.panels(spec)]
    kept = [plot for plot in found if plot]
    return kept if len(kept) == len(found) else []


def _plot(marks: list[Mark], lang: str) -> Plot | None:
    shown = [mark for mark in marks if mark.described]
    if not shown or any(mark.type not in (*MARKS, "text") or not mark.plain for mark in shown):
        return None
    drawn = [mark for mark in marks if mark.type in MARKS and (mark.described or (mark.type != "bar" and mark.numbers))]
    if not drawn or any(not mark.numbers for mark in drawn) or len({mark.names for mark in drawn}) > 1:
        return None
    lead = drawn[0].encoding
    axis = next((mark.encoding["_axis"] for mark in drawn if mark.encoding["_axis"]), "")
    if not axis:
        return None  # numbers that nothing names are places, such as dates along a line
    type = "line" if any(mark.type == "line" for mark in drawn) else "bar" if any(mark.type == "bar" for mark in drawn) else "dot"
    categories = _categories([*drawn, *(mark for mark in shown if mark.names == drawn[0].names)])
    series, stacked = _series(drawn, categories, lang)
    kind = "stacked" if type == "bar" and stacked else type
    told = [_told(name) for name in categories]
    if not any(map(_any, series.values())):
        return None
    return Plot(kind, told, series, _heading(marks), axis, lead["_upright"], _digits(drawn, lang), _subjects(drawn))


def _digits(drawn: list[Mark], lang: str) -> int | None:
    """The decimals of the columns that are drawn, where all have the same."""
    known = columns.register()
    found = {known[name].digits_in(lang) if name in known else None for mark in drawn for name in mark.numbers}
    return found.pop() if len(found) == 1 else None


def _any(numbers: list[float | None]) -> bool:
    return any(number is not None for number in numbers)


def _heading(marks: list[Mark]) -> str:
    """The words above the panel: a text of one row that stands at no name and no number."""
    for mark in marks:
        text = mark.encoding.get("text", {}).get("field")
        if mark.type == "text" and text and len(mark.rows) == 1 and "field" not in {**mark.encoding.get("y", {}), **mark.encoding.get("x", {})}:
            return _told(mark.rows[0][text])
    return ""


def _told(name: Any) -> str:
    return " ".join(str(int(name) if isinstance(name, float) and name.is_integer() else name).split())


def _categories(marks: list[Mark]) -> list[Any]:
    named = list(dict.fromkeys(row[mark.names] for mark in marks for row in mark.rows))
    sort = marks[0].encoding["_sort"]
    if isinstance(sort, list):
        return [name for name in sort if name in named] + [name for name in named if name not in sort]
    years = all(isinstance(name, (int, float)) for name in named)
    return sorted(named) if years or (marks[0].encoding["_upright"] and sort is not None) else named


def _series(marks: list[Mark], categories: list[Any], lang: str) -> tuple[dict[str, list[float | None]], bool]:
    """The numbers by series, and whether they lie end to end: by colour, by both ends of a range, or by field."""
    cells: dict[tuple[str, Any], tuple[float, float]] = {}
    fields = {mark.numbers[0] for mark in marks}
    for mark in marks:
        called = _called(mark)
        for row in mark.rows:
            ends: list[Any] = [row.get(name) for name in mark.numbers]
            if any(end is None for end in ends) or (len(ends) == 2 and ends[0] == ends[1] == 0):
                continue
            name = called(row) or (_named(mark.numbers[0], lang) if len(fields) > 1 else "")
            cells[name, row[mark.names]] = (_counted(ends[0], mark.numbers[0], lang), _counted(ends[-1], mark.numbers[0], lang))
    names = list(dict.fromkeys(name for name, _ in cells))
    ranged = any(low != high for low, high in cells.values())
    if ranged and _end_to_end(cells, categories):
        return {name: [_length(cells.get((name, category))) for category in categories] for name in names}, True
    if ranged:
        pairs = {category: cell for (_, category), cell in cells.items()}
        told = (words.word(f"file.plot.{end}", lang) for end in ("low", "high"))
        return {word: [pairs[c][place] if c in pairs else None for c in categories] for place, word in enumerate(told)}, False
    once = len(cells) == len({category for _, category in cells})
    return {name: [cells[name, c][1] if (name, c) in cells else None for c in categories] for name in names}, once and len(names) > 1


def _called(mark: Mark) -> Callable[[Row], str]:
    """The name of the series a row belongs to: what its colour or shape means, or the line it is part of, with its years where two share a name."""
    for name in ("color", "fill", "shape", "stroke"):
        channel = mark.encoding.get(name, {})
        if "field" in channel and channel.get("scale", True) is not None:
            return lambda row: _told(row[channel["field"]])
    line = mark.encoding.get("detail", {}).get("field") if isinstance(mark.encoding.get("detail"), dict) else None
    if not line:
        return lambda row: ""
    spans: dict[Any, list[Any]] = {}
    for row in mark.rows:
        spans.setdefault(row[line], []).append(row)
    names = {key: _told(rows[0].get("name", key)) for key, rows in spans.items()}
    twice = [name for name in names.values() if list(names.values()).count(name) > 1]
    return lambda row: f"{names[row[line]]}{_span(spans[row[line]], mark.names) if names[row[line]] in twice else ''}"


def _subjects(drawn: list[Mark]) -> dict[str, str]:
    """What each line is of, by the name of its series: a line that breaks is several."""
    lines = [(mark, mark.encoding["detail"]["field"]) for mark in drawn if "field" in (mark.encoding.get("detail") or {})]
    named = {_called(mark)(row): _told(row.get("name", row[line])) for mark, line in lines for row in mark.rows}
    return {name: subject for name, subject in named.items() if name.startswith(subject)}


def _span(rows: list[Row], names: str) -> str:
    places = [row[names] for row in rows]
    return f" {_told(min(places))}–{_told(max(places))}"


def _named(field: str, lang: str) -> str:
    return columns.column(field).heading(lang) if field in columns.register() else field


def _counted(number: Any, field: str, lang: str) -> float:
    """The number in the unit that its language counts in, as the axis of the drawing has it."""
    return float(columns.column(field).in_unit(number, lang) if field in columns.register() else number)


def _length(cell: tuple[float, float] | None) -> float | None:
    return cell[1] - cell[0] if cell else None


def _end_to_end(cells: dict[tuple[str, Any], tuple[float, float]], categories: list[Any]) -> bool:
    """Whether the ranges of every name begin at zero and follow one another."""
    for category in categories:
        ends = sorted(ends for (_, name), ends in cells.items() if name == category)
        if any(start != before for (start, _), before in zip(ends, [0.0, *(end for _, end in ends)], strict=False)):
            return False
    return True
