"""Cuts the briefing's text into the passages that locators name."""

import re
from typing import Any

import pandas as pd

FOOTNOTE = re.compile("^([¹²³⁴]) ?")
ENDS = "。"


def passages(text: str, sections: pd.DataFrame) -> dict[str, str]:
    """The text of every passage, by its locator.

    A section starts at the `occurrence`-th line that begins with `begins_with` and runs to the next
    section. Its heading line is `¶0`; the paragraphs count from `¶1`. On a slide each line is a
    paragraph. In prose a paragraph that a page break cut in two is one paragraph, and a footnote
    stands apart, as `提言 脚注2`: the recommendation numbers its footnotes through.

    >>> table = pd.DataFrame([["表紙", "研究費部会", 1, "slide"]],
    ...     columns=["heading", "begins_with", "occurrence", "kind"])
    >>> passages("研究費部会\\n\\n文部科学省", table)
    {'表紙 ¶0': '研究費部会', '表紙 ¶1': '文部科学省'}
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    starts = {_start(lines, row): row for row in sections.itertuples()}
    found: dict[str, str] = {}
    for number, line in enumerate(lines):
        if number in starts:
            section, paragraph, closed = starts[number], 0, True
            found[f"{section.heading} ¶0"] = line
        elif not starts or number < min(starts):
            continue
        elif section.kind == "prose" and (mark := FOOTNOTE.match(line)):
            found[f"{section.heading.split()[0]} 脚注{'¹²³⁴'.index(mark[1]) + 1}"] = line
        elif section.kind == "prose" and not closed:
            found[f"{section.heading} ¶{paragraph}"] += line
            closed = line.endswith(ENDS)
        else:
            paragraph += 1
            found[f"{section.heading} ¶{paragraph}"] = line
            closed = line.endswith(ENDS)
    return found


def _start(lines: list[str], section: Any) -> int:
    """The line where a section begins; -1 where the text has no such line."""
    hits = [n for n, line in enumerate(lines) if line.startswith(section.begins_with)]
    return hits[int(section.occurrence) - 1] if len(hits) >= int(section.occurrence) else -1
