"""An exhibit as it is set on paper: how large its drawing, which columns of its table, how wide and in which size, upright or across.

A sheet is A4. A table is set in the largest size in which every column has the room its cells need; one that needs more than an upright sheet stands
on sheets turned sideways at the end of its chapter. Ids of rows, which lead on by a click on screen, stay in the data file, and so do empty columns.
"""

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from evidence import words

UPRIGHT, ACROSS, TALLEST = 482.0, 725.0, 560.0  # points between the margins of an A4 sheet, and the tallest drawing
HALF = 230.0  # points: the height up to which two drawings and their words stand on one sheet
LARGEST, SMALLEST = 0.75, 0.6  # points a pixel; in the smallest, letters of 11 pixels are read without a glass
SETTINGS = ((False, 8.5), (False, 7.5), (True, 8.5), (True, 7.5), (True, 6.5))  # across or upright, and the size of the letters in points
SOURCES = 3  # documents named below an exhibit
ROWS = 250  # of a table on paper; a longer one is there to be searched, and is told with its file
TALL = 9  # lines of a cell, above which the table is better set smaller or across
FEW, MANY = 5, 8  # up to so many rows with at least so many columns, a table is turned: each row is set as a column
_BREAKS = re.compile(r"(?<=[/._=&?%-])(?=.)|(?<=[0-9a-f]{8})(?=[0-9a-f]{8})")
_PADDING = 6.0  # points beside the cells of a column
_SLACK, _MORE = 0.3, 1.5  # letters that a column is wider than measured, and than its longest cell where there is room
_BOLD = 1.1  # a word of a head is set in bold
_LINE, _HIGHEST = 1.5, 260.0  # the height of a line in letters, and points up to which a row stays on one sheet
_LONG, _STEP = 8.0, 0.25  # the least that a column of sentences is set in, and the step in which it is given more, in letters
Cell = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """What a column needs, in letters as wide as high: the room without which it is hard to read, and the room in which nothing is broken."""

    least: float
    most: float


def exhibit(record: dict[str, Any], lang: str) -> dict[str, Any]:
    """What the layout is told of this exhibit: its words as they are, and its drawing or its table with the way it is set."""
    told = {name: record[name] for name in ("id", "kind", "number", "title", "subtitle", "alt", "sources", "later", "svg")}
    told["notes"] = [note for note in record["notes"] if not record["svg"] or note not in record["guards"]]
    told["hash"] = record.get("offer", {}).get("hash", "")
    told["rest"] = words.word("ui.sources_rest", lang, n=len(record["sources"]) - SOURCES)
    if len(record["rows"]) > ROWS and not record["svg"]:
        return told | {"left_out": words.word("pdf.left_out", lang, rows=len(record["rows"]), id=record["id"])}
    return told | (_drawing(record["svg"]) if record["svg"] else _table(record))


def _drawing(svg: str) -> dict[str, float]:
    """The width of the drawing in points: in half a sheet if its letters stay large enough, never beyond the margins."""
    box = re.search(r'viewBox="([^"]*)"', svg)
    width, height = (float(number) for number in box[1].split()[2:4])  # type: ignore[index]
    scale = max(SMALLEST, min(LARGEST, HALF / height))
    return {"width": round(min(width * scale, UPRIGHT, TALLEST * width / height), 1)}


def _table(record: dict[str, Any]) -> dict[str, Any]:
    filled = [any(row[place] for row in record["rows"]) for place in range(len(record["columns"]))]
    shown = [place for place, column in enumerate(record["columns"]) if column["kind"] != "rows" and filled[place]]
    anchors = record["anchors"] or [""] * len(record["rows"])
    heads = [_cell(record["columns"][place]["label"]) for place in shown]
    rows = [
        [_cell(row[shown[0]], anchor, record["badges"]), *(_cell(row[place]) for place in shown[1:])]
        for row, anchor in zip(record["rows"], anchors, strict=True)
    ]
    numbers = [record["columns"][place]["kind"] == "number" for place in shown]
    if len(rows) <= FEW and len(heads) >= MANY:
        heads, *rows = [list(cells) for cells in zip(heads, *rows, strict=True)]
        numbers = [False] * len(heads)
    return {"heads": heads, "rows": rows, "numbers": numbers, "anchors": record["anchors"], "fewer": len(shown) < sum(filled)} | _set(heads, rows)


def _cell(text: str, anchor: str = "", badges: dict[str, Any] | None = None) -> Cell:
    """A cell, with the place that a link to its row leads to, and what is known since of the row."""
    return {"text": breakable(text), "anchor": anchor, "later": (badges or {}).get(anchor, [])}


def _set(heads: list[Cell], rows: list[list[Cell]]) -> dict[str, Any]:
    """How the table is set: upright or across, in which size, how wide each column, and whether no row is broken."""
    said = [[" ".join([cell["text"], *(f"[{one['text']}]" for one in cell["later"])]) for cell in row] for row in (heads, *rows)]
    needs = [need(head, list(cells)) for head, *cells in zip(*said, strict=True)]
    across, size = fitting(needs)
    given = widths(needs, across, size)
    lines = (math.ceil(wide(cell) * size / (width - _PADDING)) for row in said[1:] for cell, width in zip(row, given, strict=True))
    return {"across": across, "size": size, "widths": given, "whole": max(lines, default=1) * size * _LINE < _HIGHEST}


def need(label: str, cells: list[str]) -> Column:
    """What a column with this head and these cells needs.

    >>> need("Year", ["2019", "2020"]), need("件数", ["1,234", "5"])
    (Column(least=2.72, most=3.92), Column(least=3.05, most=4.25))
    """
    longest = max((wide(cell) for cell in cells), default=0.0)
    set_in = [(label, _BOLD), *((cell, 1.0) for cell in cells)]
    word = max((wide(word) * weight for text, weight in set_in for word in re.split(r"[\s\u200b-]", text) if word.isascii()), default=0.0)
    head = wide(label) / 2 + 1 if wide(label) > 4 else wide(label)  # a long head is set in two lines
    return Column(round(max(word, head, min(longest, _LONG)) + _SLACK, 2), round(max(word, wide(label), longest) + _MORE, 2))


def wide(text: str) -> float:
    """How wide the text is in letters as wide as high: a Japanese character one, others about half.

    >>> wide("件数"), wide("ab")
    (2.0, 1.1)
    """
    return round(sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.55 for char in text), 2)


def fitting(needs: list[Column]) -> tuple[bool, float]:
    """Whether the table is set across, and its size: the largest in which every column has the least that it needs and no cell is a tall tower.

    >>> fitting([Column(4, 4)] * 5), fitting([Column(9, 20)] * 12), fitting([Column(4, 4)] * 8 + [Column(9, 300)])
    ((False, 8.5), (True, 6.5), (True, 8.5))
    """
    total = sum(one.least for one in needs)
    able = [setting for setting in SETTINGS if total <= _room(needs, *setting)] or [SETTINGS[-1]]
    towers = {
        (across, size): max(one.most * size / width for one, width in zip(needs, widths(needs, across, size), strict=True)) for across, size in able
    }
    return next((setting for setting in able if towers[setting] <= TALL), min(able, key=towers.__getitem__))


def widths(needs: list[Column], across: bool, size: float) -> list[float]:
    """The width of each column in points: first the least, then a little more, again and again, to the one whose longest cell takes the most lines.

    >>> widths([Column(4, 4), Column(9, 30)], False, 8.5)
    [40.0, 261.0]
    """
    room, total = _room(needs, across, size), sum(one.least for one in needs)
    given = [one.least * min(1.0, room / total) for one in needs]
    while needs and sum(given) + _STEP <= room:
        place = max(range(len(needs)), key=lambda one: needs[one].most / given[one])
        if needs[place].most <= given[place]:
            break
        given[place] += _STEP
    return [round(one * size + _PADDING, 1) for one in given]


def _room(needs: list[Column], across: bool, size: float) -> float:
    return ((ACROSS if across else UPRIGHT) - _PADDING * len(needs)) / size


def breakable(text: str) -> str:
    """The text with places where its longest words may be broken: addresses after their signs, hashes anywhere.

    >>> breakable("see https://www.example.org/a-b").split("\u200b")
    ['see https:/', '/', 'www.', 'example.', 'org/', 'a-', 'b']
    """
    return " ".join(_BREAKS.sub("\u200b", word) if len(word) > 20 and word.isascii() else word for word in text.split(" "))
