"""The same drawing for a narrow screen: what stood beside bars stands above them, columns become bars, plots stand one below the other.

A specification goes in and an SVG comes out; data and colours are not touched. There is none where letters would lie on letters; a diagram
whose shapes are placed by hand has one only where its chart gives it (`also`).
"""

import copy
import json
import math
import re
from collections.abc import Iterator
from typing import Any

import altair as alt

from evidence import words
from evidence.charts import legible, look

WIDTH = 304  # points, as much as the narrowest screen shows without making letters smaller than 11
SHEET = WIDTH - 14  # what the margin around a drawing and its lines leave of it
GUARD_WIDE = 40  # half-width characters of a line below a drawing of that width
_ABOVE, _BESIDE = 42, 12  # half-width characters of a line above a bar, and of the longest label that stays beside it
_PITCH, _GAP = 15, 4  # from one line of a label to the next, and from the last of them to the bar
_HEAD, _TURNED, _LETTER = 28, 12, 6.6  # half-width characters of a line of a head that is read from below, its letters, and one of those across
_TITLE = 36  # half-width characters of a line of an axis's title
_BAR, _POINT = 20, 16  # how high a bar or sign is whose mark does not say
_LEAST, _TRIES = 100, 8  # points below which a plot says nothing
_SIGNS = ("point", "circle", "square")
_BREAK = re.compile(r"(?<=[!-,.-~])\n(?=[!-~])")  # where lines of Latin letters are joined by a space: not after a hyphen
_NAMING = ("nominal", "ordinal")
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)"')
Spec = dict[str, Any]


def also(chart: alt.TopLevelMixin, other: alt.TopLevelMixin) -> alt.TopLevelMixin:
    """The chart with the one that takes its place on a narrow screen, as text: Altair copies and checks all that a chart holds, many times."""
    return chart.properties(usermeta={"narrow": json.dumps(other.to_dict(validate=False))})


def parted(spec: Spec) -> tuple[Spec, Spec]:
    """The specification as it is published, and the one to draw for a narrow screen."""
    given = spec.get("usermeta", {}).get("narrow")
    published = {name: said for name, said in spec.items() if name != "usermeta"}
    return published, json.loads(given) if given else published


def narrow(spec: Spec, guards: list[str], lang: str) -> str:
    """The drawing of this specification for a narrow screen, as SVG; empty where there is none that could be read there."""
    drawings = [look.drawn(_guarded(spec, guards, lang))] if _placed_by_hand(spec) else (_fitted(one, guards, lang) for one in _forms(spec))
    return next((svg for svg in drawings if svg and wide(svg) <= WIDTH and legible.legible(svg)), "")


def _forms(spec: Spec) -> Iterator[Spec]:
    """The specification, and with plots twice as high, where what lies close across is apart in height."""
    yield spec
    taller = copy.deepcopy(spec)
    plots = [unit for unit in taller.get("vconcat", [taller]) if isinstance(unit.get("height"), int | float)]
    for unit in plots:
        unit["height"] *= 2
    if plots:
        yield taller


def _fitted(spec: Spec, guards: list[str], lang: str) -> str:
    """The drawing with plots as wide as leaves room for what stands beside them; empty where that leaves too little of them."""
    room = WIDTH
    for _ in range(_TRIES):
        svg = look.drawn(_guarded(_set(spec, room, lang), guards, lang))
        over = wide(svg) - WIDTH
        if over <= 0:
            return svg
        room -= int(over) + 1
        if room < _LEAST:
            break
    return ""


def _guarded(spec: Spec, guards: list[str], lang: str) -> Spec:
    return look.guarded(spec, guards, lang, GUARD_WIDE)


def wide(svg: str) -> float:
    """How wide the drawing is, in points.

    >>> wide('<svg version="1.1" width="304.5" height="20">')
    304.5
    """
    found = _SIZE.search(svg)
    return float(found[1]) if found else 0.0


def _placed_by_hand(spec: Spec) -> bool:
    """Whether its shapes stand on a sheet without axes."""
    axes = [one.get("axis", {}) for _, name, one in _encodings(spec) if name in ("x", "y")]
    return bool(axes) and all(axis is None for axis in axes)


def _set(spec: Spec, room: int, lang: str) -> Spec:
    """The specification with plots so wide as this, one below the other."""
    made = copy.deepcopy(spec)
    if "hconcat" in made:
        made["vconcat"] = made.pop("hconcat")
        _name_each(made["vconcat"])
    datasets = made.get("datasets", {})
    for unit in made.get("vconcat", [made]):
        if _names(unit, "x", datasets) and not _names(unit, "y", datasets):
            _turn(unit)
        _one(unit, room, lang, datasets)
    for _, name, one in _encodings(made):
        if name in ("x", "x2") and isinstance(one.get("value"), int | float):
            one["value"] = _moved(one["value"], spec, room)
        elif name in ("color", "shape", "fill", "stroke", "opacity"):
            _legend(one, lang)
    return made


def _name_each(panels: list[Spec]) -> None:
    """Gives each panel the axis that the first had for all of them while they stood beside it."""
    named = next((one for _, name, one in _encodings(panels[0]) if name == "y" and one.get("axis", {}) is not None), {})
    for _, name, one in [found for panel in panels[1:] for found in _encodings(panel)] if named else []:
        if name == "y" and one.get("axis", {}) is None:
            one |= {"axis": copy.deepcopy(named.get("axis", {})), "title": named.get("title")}
        elif name == "y":
            one.get("axis", {}).pop("labels", None)


def _turn(unit: Spec) -> None:
    """Makes columns bars: what was told by height is told by length, from the left."""
    unit["width"], unit["height"] = unit.get("width"), {"step": _BAR + 8}
    if "layer" in unit:  # what was said over the columns has no place between bars: a note says it
        unit["layer"] = [part for part in unit["layer"] if not (isinstance(part["mark"], dict) and part["mark"].get("y", 0) < 0)]
    for part, _ in _parts(unit):
        told = part.get("encoding", {})
        part["encoding"] = {{"x": "y", "y": "x", "x2": "y2", "y2": "x2"}.get(name, name): one for name, one in told.items()}
        for one in part["encoding"].values():
            one.get("axis") and one["axis"].pop("labelAngle", None)
        mark = part["mark"] = dict(part["mark"]) if isinstance(part.get("mark"), dict) else {"type": part.get("mark")}
        for told_of_columns in ("width", "size") if mark["type"] == "bar" else ("width",):
            mark.pop(told_of_columns, None)
        if mark["type"] == "text":
            mark |= {"align": "left", "baseline": "middle", "dx": abs(mark.pop("dy", 0)) or 6}
            if "x" in mark:  # what is said of a line across stands above it
                mark |= {"y": -14, "dx": 0, "align": "center"}
                mark.pop("x")
            mark.pop("lineBreak", None)
        elif mark["type"] == "bar":
            mark["height"] = _BAR


def _one(unit: Spec, room: int, lang: str, datasets: dict[str, list[Spec]]) -> None:
    across, named = _names(unit, "x", datasets), _names(unit, "y", datasets)
    unit["width"] = {"step": room / len(across)} if across and isinstance(unit.get("width"), dict) else room
    beside = max((words.wide(line) for label in named for line in label.split("\n")), default=0) <= _BESIDE
    lines = {label: words.wrapped(label.replace("\n", " "), lang, _ABOVE) for label in named}
    below = _below(unit, room / len(across)) if across and named else 0.0
    most, high = max(map(len, lines.values()), default=0), _high(unit)
    for _, name, one in _encodings(unit):
        if name == "y" and one.get("type") == "nominal" and one.get("axis", {}) is not None and not beside:
            told = one.get("axis") or {}
            one["axis"] = told | _above(lines, most, high) | {"grid": bool(across) and told.get("grid", False)}
            one["title"] = None
        elif name == "x" and one.get("type") in _NAMING and named and one.get("axis", {}) is not None:
            told = (one.get("axis") or {}) | (_read_from_below(across, lang) if _crowded(across, room) else {})
            higher = {"domain": False, "ticks": False, "labelPadding": told.get("labelPadding", _GAP) + _PITCH * most / 2}
            one["axis"] = told if beside else told | higher  # no line through the first label
            one["title"] = None
        elif name == "x" and one.get("type") == "quantitative" and one.get("axis", {}) is not None:
            told = {said: what for said, what in (one.get("axis") or {}).items() if said not in ("values", "labelFlush")}
            one["axis"] = told | {"tickCount": 4, "labelOverlap": True, "labelSeparation": 4, "titleAnchor": "start", "titleLimit": WIDTH}
            if isinstance(one.get("title"), list):
                one["title"] = words.wrapped(("" if lang == "ja" else " ").join(one["title"]), lang, _TITLE)
    if below and beside:
        unit["height"] = {"step": below}
    if named and not beside:
        unit["height"] = {"step": high + _PITCH * most + 5 * _GAP}
        for part, kind in _parts(unit):
            told = part.get("encoding", {}).get("y", {})
            if kind == "text" and told.get("value") == 0:  # what stands above the plot stands above the first label too
                told["value"] = -_PITCH * most / 2


def _below(unit: Spec, cell: float) -> float:
    """Puts below the signs of a grid what stood beside them, where a cell is too narrow for both; says how high a row is then."""
    signs = [part for part, kind in _parts(unit) if kind in _SIGNS]
    beside = [part for part, kind in _parts(unit) if kind == "text" and cell < 2 * part["mark"].get("dx", 0)]
    if not signs or not beside:
        return 0.0
    wide = max(_largest(part["mark"], part["encoding"].get("size", {})) for part in signs)
    for part in signs:
        part["mark"] |= {"yOffset": -_PITCH / 2}
    for part in beside:
        part["mark"] |= {"dx": 0, "dy": wide / 2 + 1}
    return wide + _PITCH + 2 * _GAP


def _high(unit: Spec) -> float:
    """How high the tallest mark of a row is; a bar that does not say is given its height."""
    found = [float(_POINT)]
    for part, kind in _parts(unit):
        mark = part["mark"] if isinstance(part.get("mark"), dict) else {}
        if kind in _SIGNS:
            found.append(_largest(mark, part.get("encoding", {}).get("size", {})))
        if kind in ("bar", "tick"):
            if not isinstance(mark.get("height"), int | float):
                part["mark"] = {**mark, "type": kind, "height": _BAR}
            found.append(part["mark"]["height"] + 2 * abs(mark.get("yOffset", 0)))
        if kind == "text" and part.get("encoding", {}).get("y", {}).get("type") == "nominal":
            found.append(abs(mark.get("dy", 0)) * 2 + _PITCH)
    return max(found)


def _largest(mark: Spec, size: Spec) -> float:
    """How wide the largest sign of such a mark is."""
    told = [mark.get("size"), size.get("value"), size.get("condition", {}).get("value"), *size.get("scale", {}).get("range", [])]
    return 2 * math.sqrt(max((area for area in told if isinstance(area, int | float)), default=0) / math.pi)


def _above(lines: dict[str, list[str]], most: int, high: float) -> Spec:
    """An axis whose labels stand above what they name, from the left edge on; the last line of each is next to it."""
    padded = {label: [""] * (most - len(parts)) + parts for label, parts in lines.items()}
    return {
        "labelExpr": _told(padded), "labelAlign": "left", "labelBaseline": "top", "labelLineHeight": _PITCH, "labelLimit": WIDTH, "labelPadding": 0,
        "labelOffset": -(high / 2 + _GAP + _PITCH * most), "ticks": False, "domain": False,
    }  # fmt: skip


def _crowded(heads: list[str], room: float) -> bool:
    """Whether the heads of columns would touch each other side by side."""
    return max(words.wide(line) for head in heads for line in head.split("\n")) * _LETTER > room / len(heads)


def _read_from_below(heads: list[str], lang: str) -> Spec:
    """An axis whose labels stand on end; one of two lines has its column between them."""
    lines = {head: words.wrapped(_BREAK.sub(" ", head).replace("\n", ""), lang, _HEAD) for head in heads}
    two = ", ".join(_quoted(head) for head, parts in lines.items() if len(parts) > 1)
    return {
        "labelExpr": _told(lines), "labelAngle": -90, "labelAlign": "left", "labelBaseline": "middle", "labelFontSize": _TURNED,
        "labelLineHeight": _TURNED + 2, "labelLimit": WIDTH, "labelPadding": _GAP,
        "labelOffset": {"condition": {"test": f"indexof([{two}], datum.label) >= 0", "value": -(_TURNED + 2) / 2}, "value": 0},
    }  # fmt: skip


def _told(lines: dict[str, list[str]]) -> str:
    """The expression that gives each label as its lines."""
    told = ", ".join(f"{_quoted(label)}: [{', '.join(map(_quoted, parts))}]" for label, parts in lines.items())
    return f"({{{told}}})[datum.label] || datum.label"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"


def _names(unit: Spec, channel: str, datasets: dict[str, list[Spec]]) -> list[str]:
    """What a nominal axis of this unit names, in whatever layer."""
    found: dict[str, None] = {}
    for part, _ in _parts(unit):
        one = part.get("encoding", {}).get(channel, {})
        if one.get("type") in _NAMING:
            data = part.get("data") or unit.get("data") or {}
            found |= dict.fromkeys(one["sort"] if isinstance(one.get("sort"), list) else [])
            found |= dict.fromkeys(str(row[one["field"]]) for row in datasets.get(data.get("name", ""), []) if one["field"] in row)
    return list(found)


def _legend(one: Spec, lang: str) -> None:
    """A legend below the plot, an entry a line."""
    if one.get("legend", {}) is None or "field" not in one or one.get("scale", {}) is None:
        return
    entries = one.get("scale", {}).get("domain", [])
    lines = {entry: words.wrapped(entry, lang, _ABOVE - 4) for entry in entries if isinstance(entry, str)}
    more = {"labelExpr": _told(lines)} if any(len(parts) > 1 for parts in lines.values()) else {}
    one["legend"] = (one.get("legend") or {}) | {"orient": "bottom", "direction": "vertical", "columns": 1, "labelLimit": WIDTH, **more}


def _moved(value: float, spec: Spec, room: int) -> float:
    """A place beside the plot stays beside it."""
    before = spec.get("width")
    if not isinstance(before, int | float):
        return value
    return room + value - before if value > before else value * room / before


def _parts(spec: Spec) -> Iterator[tuple[Spec, str]]:
    """Every unit with a mark, and what kind of mark."""
    if "mark" in spec:
        yield spec, spec["mark"]["type"] if isinstance(spec["mark"], dict) else spec["mark"]
    for kind in ("layer", "vconcat", "hconcat", "concat"):
        for part in spec.get(kind, []):
            yield from _parts(part)


def _encodings(spec: Spec) -> Iterator[tuple[Spec, str, Spec]]:
    """Every channel that says something: its unit, its name and what it says."""
    for part, _ in _parts(spec):
        yield from ((part, name, one) for name, one in part.get("encoding", {}).items() if isinstance(one, dict))
