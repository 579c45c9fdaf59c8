"""The ids, digits and names of editions in a passage as they were published, where a line end, a space or capitals came into them."""

import re
import string
from collections.abc import Iterable

_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)  # never another length, as str.lower may have
_WORD = re.compile("[A-Za-z0-9_-]")


def rejoined(text: str, names: Iterable[str]) -> str:
    """The text with these names whole and in small letters; a PDF breaks them at any letter.

    >>> rejoined("2026-11/figures/budg et-growth/ (Budget-Growth) sub-budget-growth budget-growth s", ["budget-growth"])
    '2026-11/figures/budget-growth/ (budget-growth) sub-budget-growth budget-growth s'
    """
    places = [place for place, letter in enumerate(text) if letter != " "]
    closed = "".join(text[place] for place in places).translate(_LOWER)
    spans: dict[int, tuple[int, str]] = {}
    taken = bytearray(len(text))
    for name in sorted(names, key=len, reverse=True):
        at = closed.find(name)
        while at >= 0:
            start, end = places[at], places[at + len(name) - 1] + 1
            if not any(taken[start:end]) and _alone(text, start, end):
                taken[start:end] = b"\1" * (end - start)
                spans[start] = end, name
            at = closed.find(name, at + 1)
    parts, last = [], 0
    for start, (end, name) in sorted(spans.items()):
        parts += [text[last:start], name]
        last = end
    return "".join([*parts, text[last:]])


def _alone(text: str, start: int, end: int) -> bool:
    """Whether no letter of a longer name stands on either side."""
    return not (_WORD.match(text[start - 1 : start]) or _WORD.match(text[end : end + 1]))
