"""Whether the letters of a drawing can be read: none is too small, none lies on others or on a sign."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

LEAST = 11.5  # points of the smallest letters
_ACROSS, _DOWN = 2.0, 1.0  # points by which the boxes of two texts may overlap: no letter fills its box
_ASIDE, _BELOW = 0.5, 2.0  # points by which a text may miss the middle of the sign in which it stands
_MOVE = re.compile(r"translate\(([-\d.]+)[, ]+([-\d.]+)\)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SIDE = re.compile(r"[hv]-?[\d.]+")  # a side of a square, told by its length, not by where it ends
_TURN = re.compile(r"rotate\(([-\d.]+)")
_SVG = "{http://www.w3.org/2000/svg}"


class Box(NamedTuple):
    """Where a text lies."""

    left: float
    top: float
    right: float
    bottom: float


def legible(svg: str) -> bool:
    """Whether every text has letters of a size that can be read, and lies on no other and on no sign.

    >>> row = '<svg xmlns="http://www.w3.org/2000/svg"><text font-size="13px">one</text><text transform="{}" font-size="13px">two</text></svg>'
    >>> legible(row.format("translate(30,0)")), legible(row.format("translate(10,0)"))
    (True, False)
    """
    drawing = etree.fromstring(svg.encode())
    found = list(_texts(drawing, 0.0, 0.0))
    boxes, signs = [box for box, _ in found], list(_signs(drawing, 0.0, 0.0))
    return (
        all(size >= LEAST for _, size in found)
        and not any(_on(one, other) for one, other in _near(boxes, boxes))
        and not any(_on(box, sign) and not _in(box, sign) for box, sign in _near(boxes, signs))
    )


def _near(some: list[Box], others: list[Box]) -> Iterator[tuple[Box, Box]]:
    """Every pair of one and another that share some height, for in a long drawing few do; of what stands in both, each pair twice.

    >>> some, others = ([Box(0, top, 1, top + 15) for top in tops] for tops in ((0.0, 20.0), (10.0, 40.0)))
    >>> [(one.top, other.top) for one, other in _near(some, others)]
    [(0.0, 10.0), (20.0, 10.0)]
    """
    marked = sorted([(box.top, 0, place, box) for place, box in enumerate(some)] + [(box.top, 1, place, box) for place, box in enumerate(others)])
    open_: tuple[list[Box], list[Box]] = ([], [])
    for top, kind, _, box in marked:
        for boxes in open_:
            boxes[:] = [one for one in boxes if one.bottom > top]
        yield from ((box, other) if kind == 0 else (other, box) for other in open_[1 - kind] if other is not box)
        open_[kind].append(box)


def _on(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > _ACROSS and down > _DOWN


def _in(box: Box, sign: Box) -> bool:
    """Whether the text stands in the middle of the sign, which is large enough for it: a number in its own square."""
    whole = sign.left <= box.left and box.right <= sign.right and sign.top <= box.top and box.bottom <= sign.bottom
    aside, below = (box.left + box.right - sign.left - sign.right) / 2, (box.top + box.bottom - sign.top - sign.bottom) / 2
    return whole and abs(aside) <= _ASIDE and abs(below) <= _BELOW


def _texts(node: etree._Element, x: float, y: float) -> Iterator[tuple[Box, float]]:
    """Where each text lies, and how large its letters are."""
    x, y = _moved(node, x, y)
    if node.tag != f"{_SVG}text":
        for child in node:
            yield from _texts(child, x, y)
        return
    size = float(node.get("font-size", "11px").removesuffix("px"))
    lines = [part.text or "" for part in node] or [node.text or ""]
    if node.get("opacity") != "0" and any(line.strip() for line in lines):
        wide = max(sum(0.55 if ord(char) < 0x2000 else 1.0 for char in line) for line in lines) * size
        start = {"start": 0.0, "middle": -wide / 2, "end": -wide}[node.get("text-anchor", "start")]
        up, down = -0.88 * size, size * (0.12 + 1.2 * (len(lines) - 1))
        if _TURN.search(node.get("transform", "")):  # the title of an axis or the head of a column, read from below
            yield Box(x + up, y - start - wide, x + down, y - start), size
        else:
            yield Box(x + start, y + up, x + start + wide, y + down), size


def _signs(node: etree._Element, x: float, y: float) -> Iterator[Box]:
    """Where the signs of points lie."""
    x, y = _moved(node, x, y)
    for child in node:
        if child.tag == f"{_SVG}path" and "mark-symbol" in node.get("class", ""):
            far = max((abs(float(number)) for number in _NUMBER.findall(_SIDE.sub("", child.get("d", "")))), default=0.0)
            left, top = _moved(child, x, y)
            yield Box(left - far, top - far, left + far, top + far)
        yield from _signs(child, x, y)


def _moved(node: etree._Element, x: float, y: float) -> tuple[float, float]:
    found = _MOVE.search(node.get("transform", ""))
    return (x + float(found[1]), y + float(found[2])) if found else (x, y)
