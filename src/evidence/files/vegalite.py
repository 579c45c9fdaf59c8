"""A Vega-Lite specification read as panels of marks: what was drawn, of which rows, with which field on which axis."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
_VALID = re.compile(r"\(?(?P<not>!?)isValid\(datum\.(?P<field>\w+)\)\)?")
_EQUAL = re.compile(r"\(?datum\.(?P<field>\w+) ===? '(?P<text>[^'\\]*)'\)?")


@dataclass
class Mark:
    """A layer that was drawn: its type, what stands on which axis, the rows it draws, whether each is described, whether they were drawn as they are,
    the fields of its numbers (one, or both ends of a range) and of its names.
    """

    type: str
    encoding: dict[str, Any]
    rows: list[Row]
    described: bool = False
    plain: bool = True
    numbers: list[str] = field(default_factory=list)
    names: str = ""


def panels(spec: dict[str, Any]) -> list[list[Mark]]:
    """The marks of every panel, each panel's in the order in which they were drawn."""
    return [[_measured(mark) for mark in panel] for panel in _panels(spec, spec.get("datasets", {}))]


def _panels(spec: dict[str, Any], data: dict[str, list[Row]]) -> Iterator[list[Mark]]:
    parts = next((spec[name] for name in ("vconcat", "hconcat", "concat") if name in spec), None)
    if parts is None:
        yield list(_marks(spec, data, {}, []))
        return
    for part in parts:
        yield from _panels({**{key: spec[key] for key in ("data",) if key in spec}, **part}, data)


def _marks(spec: dict[str, Any], data: dict[str, list[Row]], encoding: dict[str, Any], steps: list[Any]) -> Iterator[Mark]:
    encoding, steps = encoding | spec.get("encoding", {}), steps + spec.get("transform", [])
    if "layer" in spec:
        for layer in spec["layer"]:
            yield from _marks({"data": spec.get("data", {}), **layer}, data, encoding, steps)
        return
    source = spec.get("data", {})
    rows = source.get("values") or data.get(source.get("name", ""), [])
    mark = spec.get("mark", "")
    tests = [_test(step) for step in steps]
    kept = [row for row in rows if all(test is None or test(row) for test in tests)]
    yield Mark(mark["type"] if isinstance(mark, dict) else mark, encoding, kept, "description" in encoding, None not in tests and "facet" not in spec)


def _test(step: dict[str, Any]) -> Callable[[Row], bool] | None:
    """Which rows a step of the drawing keeps; None for a step that does anything but choose rows by one field."""
    text = step["filter"] if isinstance(step.get("filter"), str) else ""
    if valid := _VALID.fullmatch(text):
        return lambda row: (row.get(valid["field"]) is None) == bool(valid["not"])
    if equal := _EQUAL.fullmatch(text):
        return lambda row: row.get(equal["field"]) == equal["text"]
    return None


def _measured(mark: Mark) -> Mark:
    """The mark with the fields of its numbers (one, or both ends of a range) and of its names."""
    for axis, other in (("x", "y"), ("y", "x")):
        channel, across = mark.encoding.get(axis, {}), mark.encoding.get(other, {})
        if channel.get("type") == "quantitative" and "field" in channel and "field" in across and _names(across, mark.rows):
            ends = [channel["field"], mark.encoding.get(f"{axis}2", {}).get("field")]
            mark.numbers, mark.names = [end for end in ends if end], across["field"]
            mark.encoding = mark.encoding | {"_upright": axis == "y", "_axis": _title(channel), "_sort": across.get("sort")}
            break
    return mark


def _names(channel: dict[str, Any], rows: list[Row]) -> bool:
    """Whether the channel holds names, or years that are set along a line."""
    years = [row.get(channel["field"]) for row in rows]
    return channel.get("type") != "quantitative" or all(isinstance(year, (int, float)) and year == int(year) and 1800 < year < 2200 for year in years)


def _title(channel: dict[str, Any]) -> str:
    title = channel.get("title") or (channel.get("axis") or {}).get("title") or ""
    return " ".join(title) if isinstance(title, list) else str(title)
