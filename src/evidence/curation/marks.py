"""Marks behind a year that say how far its numbers are settled, such as 速報 or (p): which there are, and the stage that each stands for."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from evidence.tables import reading


@cache
def listed() -> dict[str, str]:
    """The marks and the stage of an observation that each stands for; none where makers mean several things by it."""
    return {row["mark"]: row["status"] for row in reading.records(Path(str(files("evidence.curation").joinpath("marks.csv"))))}


def alone(cells: Iterable[str]) -> bool:
    """Whether these cells hold marks and nothing else, as a line below years may.

    >>> alone(["", "確報", "（速報）"]), alone(["", "（件）", "速報"]), alone([""])
    (True, False, False)
    """
    told = [cell for cell in cells if cell]
    return bool(told) and all(parted(f"2000 {cell}")[1] for cell in told)


def parted(text: str) -> tuple[str, str]:
    """What stands before a mark, and the mark without its brackets; the text itself and nothing where it ends in none.

    >>> [parted(text) for text in ("2021年度（速報）", "2021年度\\n速報値", "2021 (p)", "2021P", "2021 (Prelim.)", "2021年度（億円）")]
    [('2021年度', '速報'), ('2021年度', '速報値'), ('2021', 'p'), ('2021', 'P'), ('2021', 'Prelim'), ('2021年度（億円）', '')]
    """
    match = _behind().fullmatch(unicodedata.normalize("NFKC", text).strip())
    return (match["before"], match["within"] or match["bare"]) if match else (text, "")


@cache
def _behind() -> re.Pattern[str]:
    marks = "|".join(sorted(map(re.escape, listed()), key=len, reverse=True))
    return re.compile(rf"(?P<before>.+?)\s*(?:[(\[]\s*(?P<within>{marks})\.?\s*[)\]]|(?P<bare>{marks})\.?)", re.IGNORECASE)
