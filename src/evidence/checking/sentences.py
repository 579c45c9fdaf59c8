"""The number in the sentence that cites a value, beside the one that was published."""

import math
import re
from functools import cache
from typing import Any

from evidence import rooms, words
from evidence.checking.natural import books, closed
from evidence.checking.papers import joined
from evidence.citing import citations
from evidence.words import LANGUAGES, YEARS

_SCALES = {"": 1, "万": 1e4, "億": 1e8, "兆": 1e12, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SCALE = "兆|億|万|million|billion|trillion"
_PERCENT = re.compile(r"[Pp]er ?cent(?!ile|age)|パーセント(?!ポイント)")
_TO = "(?:[-~]|から|ないし|to|and)"
_CURRENCIES = {"JPY": [("¥", ""), ("", "yen")], "EUR": [("€", ""), ("", "euros?")], "USD": [(r"(?:US)?\$", ""), ("", "(?:US)?dollars")]}
_APART = r"(?<![0-9A-Z.,/])(?<![0-9] )"  # two numbers that only a space parts may be one that a PDF broke
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.[0-9]{1,12})?"
_AMOUNT = rf"(?:{_NUMBER}(?:{_SCALE})){{0,2}}{_NUMBER}(?:{_SCALE})?"
_PART = re.compile(rf"(?P<digits>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<scale>{_SCALE})?")
_LEAD = re.compile(r"[「\"(（]?(?:出典|資料|注|Source|Adaptedfrom):.*$")  # how a citation begins
_DATED = re.compile(r"\([0-9]{4}[^)]{0,12}\)")  # or, behind its author, with the year
ROUNDED = 0.05  # of a number, that may be lost where its last digits are written as zeros or left out
FAR = 400  # letters before a citation, in which its sentence begins


def said(text: str, record: dict[str, Any]) -> str:
    """The number of the value's own kind in the sentence that cites it: the published one if it is there, else the nearest; empty for none.

    >>> record = {"id": "ratio", "number": 1.6, "unit": "multiple", "name": {"ja": "倍率", "en": "factor"}, "period": ""}
    >>> record |= {"text": {"ja": "1.6倍", "en": "1.6 times"}}
    >>> said("2.1倍あった。今は9.6倍になった（ratio）。", record), said("1.6倍で、2倍に届かない（ratio）", record), said("増えた（ratio）", record)
    ('9.6倍', '1.6倍', '')
    """
    if record["unit"] in YEARS:
        return ""
    sentence = _PERCENT.sub("%", _sentence(text, record))
    patterns = [_patterns(record, lang) for lang in LANGUAGES]
    for forms in ([pattern for own in patterns for pattern in own[:-1]], [pattern for own in patterns for pattern in own[-1:]]):  # ranges first
        if found := [match[0] for pattern in forms for match in pattern.finditer(sentence)]:
            return next((one for one in found if agrees(one, record)), found[-1])
    return ""


def agrees(said: str, record: dict[str, Any]) -> bool:
    """Whether the number of a sentence is the published one, be it with fewer or more of its digits; of a range both ends, or one of them alone.

    >>> record = {"number": 74.6, "text": {"ja": "74.6%", "en": "74.6%"}}
    >>> agrees("75%", record), agrees("74.60%", record), agrees("76%", record), agrees("64.6%", record)
    (True, True, False, False)
    """
    mine, numbers = _ends(said, record), [record["number"], *([record["number_high"]] if "number_high" in record else [])]
    for lang in LANGUAGES:
        told = _ends(_bare(record, lang), record)
        ends = list(zip(told, numbers, strict=False))
        if len(mine) == len(ends) and all(_near(one, *end) for one, end in zip(mine, ends, strict=True)):
            return True
        if len(mine) == 1 and any(_near(mine[0], *end) for end in ends):
            return True
    return False


def spaced(said: str) -> str:
    """The number of a sentence, which is compared without its spaces, as it is read.

    >>> spaced("7countries"), spaced("JPY50.2billion"), spaced("1.6倍")
    ('7 countries', 'JPY 50.2 billion', '1.6倍')
    """
    return re.sub(r"(?<=[0-9%])(?=[A-Za-z])|(?<=[A-Za-z])(?=[0-9(])|(?<=[mbr]illion)(?=[a-z])|(?<=[a-z])(?=[A-Z])", " ", said)


def _near(said: tuple[float, float], told: tuple[float, float], number: float) -> bool:
    """Whether an amount in a sentence is the one that was published as text and as a number, as exactly as its digits are told."""
    (amount, last), published = said, told[0]
    scale = 10 ** round(math.log10(abs(published / number))) if published and number else 1
    for one in (published, number * scale):
        apart = abs(abs(amount) - abs(one))
        if (apart <= last / 2 * (1 + 1e-9) and apart <= ROUNDED * abs(one)) or math.isclose(abs(amount), abs(one), rel_tol=1e-12):
            return True
    return False


def language(said: str, record: dict[str, Any], lang: str) -> str:
    """The language in which the number is written as the value is; where it is written so in both or in none, this one."""
    found = [other for other in LANGUAGES if any(pattern.fullmatch(said) for pattern in _patterns(record, other))]
    return found[0] if len(found) == 1 else lang


def _ends(text: str, record: dict[str, Any]) -> list[tuple[float, float]]:
    """The amount in the text, or both of a range, of which the first has the scale of the second where it says neither scale nor unit."""
    for lang in LANGUAGES if "number_high" in record else ():
        if match := next((match for pattern in _patterns(record, lang)[:-1] if (match := pattern.fullmatch(text))), None):
            low, high = match["low"], match["high"]
            scale = (re.findall(_SCALE, high) or [""])[-1]
            return [_amount(low if match["own"] or re.search(_SCALE, low) else low + scale), _amount(high)]
    return [_amount(text)]


@cache
def _limits(lang: str) -> list[list[str]]:
    """What stands before and behind a number that its source limits."""
    return [words.word(id, lang, n="\0").split("\0") for id in rooms.listed("words.csv", "id") if id.startswith("limited.")]


def _bare(record: dict[str, Any], lang: str) -> str:
    """The number as it was published, without its spaces and what its source limits it by.

    >>> _bare({"text": {"en": "more than 2 times"}}, "en"), _bare({"text": {"ja": "原則3年"}}, "ja")
    ('2times', '3年')
    """
    text = record["text"][lang]
    found = [text[len(start) : len(text) - len(end)] for start, end in _limits(lang) if text.startswith(start) and text.endswith(end)]
    return closed(min(found, key=len, default=text))


def _patterns(record: dict[str, Any], lang: str) -> list[re.Pattern[str]]:
    """A number with what stands around the published one in this language, if it has a unit there; of a range first both ends, then one alone."""
    told = re.match(rf"(?P<before>\D*?)[-△▲]?{_AMOUNT}(?:(?P<unit>\D*?){_TO}(?:(?P=before))?[-△▲]?{_AMOUNT})?(?P<after>\D*)$", _bare(record, lang))
    if not told or not (told["after"] or told["before"]):
        return []
    before, after = re.escape(told["before"]), re.escape(told["after"])
    sides = [(before, after), *((start, end) for start, end in _CURRENCIES.get(told["before"], ()))]
    one = "|".join(rf"{_APART}{start}[-△▲]?{_AMOUNT}{end}" for start, end in sides)
    both = [
        rf"{_APART}{start}(?P<low>[-△▲]?{_AMOUNT})(?P<own>{end or '(?!)'})?{_TO}(?:{start})?(?P<high>[-△▲]?{_AMOUNT}){end}" for start, end in sides
    ]
    return [re.compile(form) for form in (*(both if "number_high" in record else ()), one)]


def _sentence(text: str, record: dict[str, Any]) -> str:
    """The sentence that the citation follows or stands in, without its spaces, and without what the citation itself says."""
    id = re.search(rf"(?<![a-z0-9-]){re.escape(record['id'])}(?![a-z0-9-])", text)
    head, tail = (text[: id.start()], text[id.end() :]) if id else (text, "")
    head = _close(re.sub(r"([.。])\s", "。", head))
    ends = [*books(), *(citations.title(record, lang) for lang in LANGUAGES)]
    starts = [at for end in ends if (at := head.rfind(_close(joined(end)))) >= 0]
    authors = "|".join(re.escape(_close(joined(words.word("book.author", lang)))) for lang in LANGUAGES)
    starts += [match.start() for match in list(re.finditer(rf'(?:{authors})(?=[.。][("「])', head))[-1:]]
    if starts:
        head, tail = head[: min(starts)], ""
    parts = re.split("[。\n]", head[-FAR:])
    if len(parts) > 1 and any(_DATED.fullmatch(part) for part in parts[-3:]):
        parts = parts[: max(place for place, part in enumerate(parts) if _DATED.fullmatch(part)) - 1]
    told = [part for part in (_LEAD.sub("", part) for part in parts[-2:]) if len(part) > 3]
    return (told[-1] if told else "") + _close(re.split("。|\\. ", tail)[0])


def _close(text: str) -> str:
    """The text without its spaces, but for those between two digits."""
    return re.sub(r"(?<![0-9]) | (?![0-9])", "", text)


def _amount(text: str) -> tuple[float, float]:
    """The number in the text, and what one of its last digit that is told counts.

    >>> _amount("1兆2,300億円"), _amount("1.6倍"), _amount("△3件")
    ((1230000000000.0, 10000000000.0), (1.6, 0.1), (-3.0, 1.0))
    """
    total, last = 0.0, 1.0
    for match in _PART.finditer(text):
        digits, scale = match["digits"].replace(",", "").rstrip("."), _SCALES[match["scale"] or ""]
        total += float(digits) * scale
        whole, _, parts = digits.partition(".")
        zeros = 0 if parts else len(whole) - len(whole.rstrip("0"))
        last = scale * 10.0 ** (zeros - len(parts))
    return (-total if re.match(r"\D*[-△▲]", text) else total), last
