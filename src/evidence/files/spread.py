"""A table set on slides: how wide its columns are, how high its rows, and which rows stand on which slide, so that none runs off it.

Lengths are in points. What a program will make of a text is estimated on the wide side, for it sets the text in a font of its own.
"""

import math
from collections.abc import Sequence

SIZE, LEADING = 10, 1.5  # of the letters, and of their lines in sizes: the fonts that stand in for the theme's have high lines
LATIN, PADDING = 0.62, 15.0  # width of a Latin letter in sizes, and what stands free beside the text of a cell
BOLD = 1.1  # times as wide, as the heads are
LONGEST, MOST = 12.0, 34.0  # letters of a word that stands whole, and of the longest text of a column that count


def across(text: str) -> float:
    """How wide the text is, in sizes.

    >>> across("図1")
    1.62
    """
    return sum(LATIN if ord(letter) < 0x2E80 else 1.0 for letter in text)


def widths(rows: Sequence[Sequence[str]], whole: float) -> list[float]:
    """The width of each column, where all together are as wide as `whole`: room for its longest word, where there is so much for all, and of what is
    left a share by its longest text.

    >>> [round(width) for width in widths([["id", "b"], ["short", "a text that is a good deal longer"]], 300)]
    [80, 220]
    """
    columns = [[row[place] for row in rows] for place in range(len(rows[0]))]
    needs = [PADDING + BOLD * SIZE * min(max(across(word) for text in texts for word in _words(text) or [""]), LONGEST) for texts in columns]
    shares = [min(max(across(text) for text in texts) + 1, MOST) for texts in columns]
    left = max(0.0, whole - sum(needs))
    found = [need + left * share / sum(shares) for need, share in zip(needs, shares, strict=True)]
    return [whole * one / sum(found) for one in found]


def height(row: Sequence[str], columns: Sequence[float]) -> float:
    """How high a row is whose columns have these widths.

    >>> height(["a", "a text that is a good deal longer"], [100, 100]), height(["", ""], [100, 100])
    (45.0, 15.0)
    """
    return max(_lines(text, (width - PADDING) / SIZE) for text, width in zip(row, columns, strict=True)) * SIZE * LEADING


def _lines(text: str, room: float) -> int:
    """In how many lines the text stands where a line has room for so much; a word stands whole where it can."""
    used, lines = 0.0, 1
    for word in _words(text):
        wide = across(word)
        if used and used + wide > room:
            used, lines = 0.0, lines + 1
        lines += max(0, math.ceil(wide / room) - 1)
        used += wide if wide <= room else wide % room
    return lines


def _words(text: str) -> list[str]:
    """What is not parted at the end of a line: Latin words with the blank after them, and each Japanese letter.

    >>> _words("EU の growth rate")
    ['EU ', 'の', ' ', 'growth ', 'rate']
    """
    found: list[str] = []
    for letter in text:
        whole = found and ord(letter) < 0x2E80 and ord(found[-1][-1]) < 0x2E80 and not found[-1].endswith(" ")
        found[-1:] = [found[-1] + letter] if whole else [*found[-1:], letter]
    return found


def slides(heights: Sequence[float], room: float, most: int) -> list[range]:
    """Which rows stand on which slide: as many as have room below the heads, at most `most`, and at least one.

    >>> slides([10, 10, 30, 10], 35, 12)
    [range(0, 2), range(2, 3), range(3, 4)]
    """
    found, start, used = [], 0, 0.0
    for place, one in enumerate(heights):
        if place > start and (used + one > room or place - start == most):
            found.append(range(start, place))
            start, used = place, 0.0
        used += one
    return [*found, range(start, len(heights))]
