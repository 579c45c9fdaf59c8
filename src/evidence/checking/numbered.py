"""Numbers of exhibits as people write them: one, several in a row of which only the first has its word, from one to another, in Japanese numerals."""

import re
from dataclasses import dataclass

from evidence.citing.citations import EDITION

WORD = r"図表|図|表|(?i:Figures?|Tables?|Figs?\.|Figs?(?= ))"
_COUNTED = "projects|programmes|countries|partners|cases|papers|people|years|months|times|points|percent|per cent|million|billion"  # an amount
_DASH = "[-—―─ー]"  # also the signs that are typed for a hyphen in Japanese
_NUMERAL = "[〇零一二三四五六七八九十]"
NUMBER = (
    rf"(?:[0-9A-Z]{{1,8}}(?:{_DASH}[0-9A-Z]{{1,8}}){{0,8}}{_DASH}[0-9]{{1,3}}(?![0-9—―─ー-])"
    rf"|{_NUMERAL}{{1,3}}(?:{_DASH}|[・の]){_NUMERAL}{{1,3}}(?!{_NUMERAL}|つ)|{_NUMERAL}{{3,5}}(?!{_NUMERAL}))"
)
_FIRST = re.compile(rf"(?<![0-9A-Za-z])(?P<word>{WORD})(?P<gap> ?)(?P<number>{NUMBER})")
_AND, _TO = "、|,? ?(?:and|or|&)|,|・|;|/|及び|および|並びに|ならびに|又は|または|と|や", "から|~|〜|to|through"
_MORE = re.compile(
    rf" ?(?:(?P<to>{_TO})|(?:{_AND})) ?(?:(?P<word>{WORD}) ?)?(?!{EDITION}(?![0-9]))(?P<number>{NUMBER})"
    rf"(?![0-9A-Za-z%年月日件倍億万人円]| (?:%|(?:{_COUNTED})\b))"
)
_LAST = re.compile(r" ?[~〜] ?(?P<number>[0-9]{1,3})(?=[ ()、。,;のはをと及]|$)")  # 図1-2～4
_FROM_TO = re.compile(r"(?P<head>[0-9]+)-(?P<first>[0-9]+)-(?P=head)-(?P<last>[0-9]+)")  # "1-2–1-4", whose dash became a hyphen
_KINDS = {"図": ("図", "Figure"), "f": ("Figure", "図"), "表": ("表", "Table"), "t": ("Table", "表"), "図表": ("図", "表", "Figure", "Table")}
MOST = 50  # numbers between the first and the last that are told


@dataclass(frozen=True)
class Written:
    """One number of an exhibit: where it stands, how it is said with its word, and where the row of numbers that it stands in begins and ends."""

    start: int
    end: int
    said: str
    row: tuple[int, int]


def written(text: str) -> list[Written]:
    """The numbers of exhibits in a passage, which is as `papers.joined` gives it.

    >>> [one.said for one in written("図1-2、1-3及び表2-1、2019-09版")], [one.said for one in written("Figs. 1-2 to 1-4")]
    (['図1-2', '図1-3', '表2-1'], ['Fig. 1-2', 'Fig. 1-3', 'Fig. 1-4'])
    """
    found: list[Written] = []
    at = 0
    while first := _FIRST.search(text, at):
        row, at = _row(text, first)
        found += [Written(start, end, said, (first.start(), at)) for start, end, said in row]
    return found


def _row(text: str, first: re.Match[str]) -> tuple[list[tuple[int, int, str]], int]:
    """(start, end, said) of the number and of those that follow it in a row, and where the row ends."""
    word, gap = _one(first["word"]), first["gap"]
    spread = _FROM_TO.fullmatch(first["number"])
    named = [f"{spread['head']}-{one}" for one in _between(spread["first"], spread["last"])] if spread else [first["number"]]
    row, at = [(first.start(), first.end(), f"{word}{gap}{number}") for number in named or [first["number"]]], first.end()
    while more := _MORE.match(text, at) or _LAST.match(text, at):
        parts = more.groupdict()
        word = _one(parts.get("word") or word)
        number = parts["number"] if "to" in parts else f"{_head(row[-1][2])}-{parts['number']}"
        between = _middle(row[-1][2], number) if parts.get("to") or "to" not in parts else []
        row += [(more.start(), more.end(), f"{word}{gap}{one}") for one in [*between, number]]
        at = more.end()
    return row, at


def _one(word: str) -> str:
    """The word for one exhibit, where it is that for several."""
    return re.sub(r"s(?=\.?$)", "", word)


def _head(said: str) -> str:
    return _arabic(re.sub(rf"^(?:{WORD}) ?", "", said)).rpartition("-")[0]


def _middle(first: str, last: str) -> list[str]:
    """The numbers that lie between the two, if they are of one chapter."""
    head, last = _head(first), _arabic(last)
    if head != last.rpartition("-")[0]:
        return []
    return [f"{head}-{one}" for one in _between(_arabic(first).rpartition("-")[2], last.rpartition("-")[2])][1:-1]


def _between(first: str, last: str) -> list[str]:
    if not (first.isdigit() and last.isdigit()):
        return []
    span = range(int(first), int(last) + 1)
    return [str(one) for one in span] if len(span) <= MOST else [first, last]


def numbers(said: str) -> list[str]:
    """The number as the book may print it, without spaces: in its own language first.

    >>> numbers("Fig. 1-2"), numbers("図一―十二"), numbers("図表 1-2")
    (['Figure1-2', '図1-2'], ['図1-12', 'Figure1-12'], ['図1-2', '表1-2', 'Figure1-2', 'Table1-2'])
    """
    match = re.match(rf"(?P<word>{WORD}) ?(?P<number>.+)", said)
    if not match:
        return []
    words = _KINDS.get(match["word"]) or _KINDS[match["word"][0].lower()]
    return [f"{word}{_arabic(match['number'])}" for word in words]


def _arabic(number: str) -> str:
    """The number with a hyphen and digits.

    >>> _arabic("二〇―十"), _arabic("十一・二"), _arabic("1ー2")
    ('20-10', '11-2', '1-2')
    """
    return "-".join(_told(part) for part in re.split(rf"{_DASH}|[・の]", number))


def _told(part: str) -> str:
    if not re.fullmatch(f"{_NUMERAL}+", part):
        return part
    digits = part.translate(str.maketrans("〇零一二三四五六七八九", "00123456789"))
    tens, ten, ones = digits.partition("十")
    return str(int(tens or 1) * 10 + int(ones or 0)) if ten and "十" not in ones else digits
