"""What is printed on every page of a PDF, apart from its text: a citation goes on over the end of a page, past a number and a heading."""

import re
import unicodedata
from collections import Counter

EDGE = 3  # lines at the top and at the bottom of a page that may be no part of its text
OFTEN = 3  # on one page of so many, at least, and on two


def apart(pages: list[str]) -> list[tuple[str, str]]:
    """Each page as its text and what runs at its top and bottom, lines that are alike on many pages but for their numbers.

    >>> apart(["Draft\\nThe SATREPS bud-\\n- 1 -", "Draft\\nget grew.\\n- 2 -"])
    [('The SATREPS bud-', 'Draft\\n- 1 -'), ('get grew.', 'Draft\\n- 2 -')]
    """
    split = [[line for line in page.splitlines() if line.strip()] for page in pages]
    counted = Counter(alike for lines in split for alike in {_alike(lines[at]) for at in _edges(lines)})
    told = []
    for lines in split:
        runs = {at for at in _edges(lines) if counted[_alike(lines[at])] >= max(2, len(pages) // OFTEN)}
        text, heads = ("\n".join(line for at, line in enumerate(lines) if (at in runs) == running) for running in (False, True))
        told.append((text, heads))
    return told


def _edges(lines: list[str]) -> list[int]:
    return [at for at in range(len(lines)) if at < EDGE or at >= len(lines) - EDGE]


def _alike(line: str) -> str:
    return re.sub(r"[0-9]+", "0", "".join(unicodedata.normalize("NFKC", line).split()))
