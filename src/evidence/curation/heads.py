"""Where the head of a foreign sheet is, and which of its lines are no rows: titles above it, a line of units, notes below."""

import re
from dataclasses import dataclass
from functools import cache

from evidence.curation import marks, normal

_TITLES = 40  # lines above a head, at most
_LOOKED_AT = 300  # lines that tell how wide a sheet is
BOTH = " / "  # between an upper and a lower head
_TELLS = ("：", ":")  # what ends the first cell of a line that tells of the table, such as its name
_UNITS = re.compile(r"[（(\[]?\s*(?:単位|units?\b)", re.IGNORECASE)
_NOTE = re.compile(r"[（(※*]?\s*(?:注|資料|出所|出典|notes?\b|sources?\b)", re.IGNORECASE)  # how a line below the rows begins that tells of them
_FISCAL = re.compile(r"年度|\bfiscal[ _]years?\b|\bFY\b", re.IGNORECASE)  # of a head below which years are fiscal ones
_LED = re.compile(r"(?:[XYF]|field_|year_?|yr_?)([12][0-9]{3})", re.IGNORECASE)  # a year as the FAO, the IMF, NCSES and R's tables head it
_BANK = re.compile(r"([12][0-9]{3}) \[YR\1\]")  # a year of the World Bank's DataBank

Lines = list[tuple[int, list[str]]]


@dataclass(frozen=True)
class Head:
    """The names of the columns, the lines they stand on, and the lines that are no rows, each with its text."""

    names: list[str]
    lines: list[int]
    titles: Lines
    units: Lines
    notes: Lines
    rows: Lines


def found(lines: Lines, known: set[str]) -> Head:
    """The head: the first line that is half as full as the fullest, or the one that has most of the names `known`.

    >>> lines = [(1, ["表1", "", ""]), (2, ["国", "採択", ""]), (3, ["", "件数", "率"]), (4, ["英", "5", "0.2"]), (5, ["注 速報", "", ""])]
    >>> head = found(lines, set())
    >>> head.names, head.lines, head.titles[0][0], head.notes[0][0], [line for line, _ in head.rows]
    (['国', '採択 / 件数', '採択 / 率'], [2, 3], 1, 5, [4])
    """
    lines = [(line, [cell.strip(" \t\u3000\u00a0\n") for cell in row]) for line, row in lines]
    width = max((_filled(row) for _, row in lines[:_LOOKED_AT]), default=0)
    wide = [place for place, (_, row) in enumerate(lines[:_TITLES]) if _filled(row) * 2 >= width and _filled(row) > 1 and not _tells(row, width)]
    named = [(len(known.intersection(lines[place][1])), -place) for place in wide]
    start = -max(named)[1] if named and max(named)[0] > 0 else (wide[0] if wide else 0)
    start -= bool(start) and _above(lines[start - 1][1], lines[start][1])
    below = lines[start + 1 :]
    names, used = list(lines[start][1]), [lines[start][0]]
    units: Lines = []
    worded = len(below) > 1 and not _numbers(below[0][1]) and any(_numbers(row) for _, row in below[1:4])
    while worded and "" in names and len(below) > 1 and _names(names, below[0][1]):
        names, used, below = _joined(names, below[0][1]), [*used, below[0][0]], below[1:]
    if below and marks.alone(below[0][1]):
        names = [f"{name} {cell}".strip() for name, cell in zip(names, padded(below[0][1], len(names)), strict=True)]
        used, below = [*used, below[0][0]], below[1:]
    if len(below) > 1 and not _numbers(below[0][1]) and (not below[0][1][0] or _UNITS.match(below[0][1][0])) and _numbers(below[1][1]):
        units, below = below[:1], below[1:]
    notes = [(line, row) for line, row in below if row[0] and width > 1 and (_filled(row) == 1 or (_NOTE.match(row[0]) and not _numbers(row)))]
    rows = [(line, row) for line, row in below if _filled(row) and (line, row) not in notes]
    return Head(names, used, [(line, row) for line, row in lines[:start] if _filled(row)], units, notes, rows)


def period(text: str) -> str:
    """The period that a head or label is, as the tables write it, whatever mark stands behind it; empty where it is none.

    >>> [period(text) for text in ("2019", "令和6年度", "2019 [YR2019]", "FY2008", "1,234", "人口", "2014-2020", "会計年度 / 2019")]
    ['2019', 'FY2024', '2019', 'FY2008', '', '', '2014/2020', 'FY2019']
    """
    return marked(text)[0]


@cache
def marked(text: str) -> tuple[str, str]:
    """The period that a head or label is, and the mark behind it that says how far its numbers are settled; neither where it is no period.

    >>> [marked(text) for text in ("令和6年度", "令和6年度（速報）", "会計年度 / 2019p", "件数（速報）")]
    [('FY2024', ''), ('FY2024', '速報'), ('FY2019', 'p'), ('', '')]
    """
    if found := _period(text):
        return found, ""
    before, mark = marks.parted(text)
    found = _period(before) if mark else ""
    return (found, mark) if found else ("", "")


def _period(text: str) -> str:
    upper, _, last = text.rpartition(BOTH)
    plain = fiscal(upper, last.strip())
    if match := _BANK.fullmatch(plain) or _LED.fullmatch(plain):
        return match[1]
    if match := re.fullmatch(r"([12][0-9]{3})[-–/]([12][0-9]{3})", plain):
        return f"{match[1]}/{match[2]}"
    if re.fullmatch(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])", plain):
        return plain
    return normal.period(plain) or ""


def _names(upper: list[str], lower: list[str]) -> bool:
    """Whether the line below a head names columns as well: those that the head names once for several, and not the first one again.

    >>> upper = ["国", "採択", ""]
    >>> _names(upper, ["", "件数", "率"]), _names(upper, ["", "（単位：件）", "（単位：%）"]), _names(upper, ["英", "5", "6"])
    (True, False, False)
    """
    return _filled(lower) > 1 and not (upper[0] and lower[0]) and not _numbers(lower) and not any(_UNITS.match(cell) for cell in lower)


def fiscal(head: str, text: str) -> str:
    """The cell below this head; a year alone as a fiscal year where the head says that its years are such.

    >>> fiscal("会計年度", "2019"), fiscal("Fiscal year", "2019"), fiscal("Year", "2019"), fiscal("年度", "2019年")
    ('2019年度', '2019年度', '2019', '2019年')
    """
    return f"{text}年度" if _FISCAL.search(head) and re.fullmatch("[12][0-9]{3}", text.strip()) else text


def _joined(upper: list[str], lower: list[str]) -> list[str]:
    """Two heads as one; an upper one holds until the next, as where its cells were merged. A period comes last, whichever of the two it is.

    >>> _joined(["", "令和6年度", ""], ["国", "件数", "新規"])
    ['国', '件数 / 令和6年度', '新規 / 令和6年度']
    """
    names, last = [], ""
    for above, below in zip(upper, lower, strict=False):
        last = above or last
        parts = [part for part in (last if below else above, below) if part]
        names.append(BOTH.join(reversed(parts) if period(last) and not period(below) else parts))
    return names


def _above(upper: list[str], lower: list[str]) -> bool:
    """Whether a line is the upper of two heads although few of its cells are filled: it names columns that it spans, and each column has a name.

    >>> _above(["相手国", "予算額", "", "備考"], ["", "2030年", "2031年", ""]), _above(["表1", "", "", "単位：円"], ["", "2030年", "2031年", ""])
    (True, False)
    """
    named = [cell for cell in upper if cell and not _UNITS.match(cell)]
    title, coded = len(named) < 2 or upper[0][-1:] in _TELLS, any(cell.endswith("コード") for cell in upper)
    if title or coded or _numbers(upper):
        return False
    spanned = next((place for place, cell in enumerate(lower) if cell), 0)  # where the first column is named above, others begin below its end
    return not upper[0] or bool(not lower[0] and spanned < len(upper) and upper[spanned])


def _tells(row: list[str], width: int) -> bool:
    """Whether the line tells of the table: its name and what that is, or a title with something far at its side, such as the unit or a date.

    >>> _tells(["統計名：", "調査"], 3), _tells(["表1", "", "（単位：本）"], 3), _tells(["国", "2030年", "2031年"], 3)
    (True, True, False)
    """
    filled = [place for place, cell in enumerate(row) if cell]
    return row[0][-1:] in _TELLS or (len(filled) == 2 < width and filled[1] - filled[0] > 1)  # the title and one thing beside it


def padded(row: list[str], width: int) -> list[str]:
    """The line with empty cells up to this width, and none beyond it."""
    return (row + [""] * width)[:width]


def _filled(row: list[str]) -> int:
    return sum(1 for cell in row if cell)


def _numbers(row: list[str]) -> bool:
    """Whether a cell of the line is a number that is no year."""
    return any(normal.number(cell) is not None and not period(cell) for cell in row)
