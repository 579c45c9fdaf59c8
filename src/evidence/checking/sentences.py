"""The number in the sentence that cites a value, beside the one that was published."""

import math
import re
from typing import Any

from evidence import words
from evidence.checking.natural import books, closed
from evidence.checking.papers import joined
from evidence.citing import citations
from evidence.words import LANGUAGES, YEARS

_SCALES = {"": 1, "万": 1e4, "億": 1e8, "兆": 1e12, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SCALE = "兆|億|万|million|billion|trillion"
_SIGN = r"(?<![0-9A-Z.,/])(?<![0-9] )[-△▲]?"  # two numbers that only a space parts may be one that a PDF broke
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.[0-9]{1,12})?"
_AMOUNT = rf"(?:{_NUMBER}(?:{_SCALE})){{0,2}}{_NUMBER}(?:{_SCALE})?"
_PART = re.compile(rf"(?P<digits>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<scale>{_SCALE})?")
_LEAD = re.compile(r"[「“(（]?(?:出典|資料|注|Source|Adaptedfrom):.*$")  # how a citation begins
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
    if "number_high" in record or record["unit"] in YEARS:
        return ""
    sentence = _sentence(text, record)
    found = [match[0] for pattern in _patterns(record).values() for match in pattern.finditer(sentence)]
    return next((one for one in found if agrees(one, record)), found[-1] if found else "")


def agrees(said: str, record: dict[str, Any]) -> bool:
    """Whether the number of a sentence is the published one, be it with fewer or more of its digits.

    >>> record = {"number": 74.6, "text": {"ja": "74.6%", "en": "74.6%"}}
    >>> agrees("75%", record), agrees("74.60%", record), agrees("76%", record), agrees("64.6%", record)
    (True, True, False, False)
    """
    amount, last = _amount(said)
    for told in {_amount(closed(text))[0] for text in record["text"].values()}:
        scale = 10 ** round(math.log10(abs(told / record["number"]))) if told and record["number"] else 1
        for published in (told, record["number"] * scale):
            near = abs(abs(amount) - abs(published)) <= last / 2 * (1 + 1e-9)
            if (near and abs(abs(amount) - abs(published)) <= ROUNDED * abs(published)) or math.isclose(abs(amount), abs(published), rel_tol=1e-12):
                return True
    return False


def language(said: str, record: dict[str, Any]) -> str:
    """The language in which the number is written as the value is; empty where it is in none."""
    return next((lang for lang, pattern in _patterns(record).items() if pattern.fullmatch(said)), "")


def _patterns(record: dict[str, Any]) -> dict[str, re.Pattern[str]]:
    """A number with what stands around the published one, in each language that has a unit."""
    found = {}
    for lang in LANGUAGES:
        told = re.match(rf"(?P<before>\D*?)[-△▲]?{_AMOUNT}(?P<after>\D*)$", closed(record["text"][lang]))
        if told and (told["after"] or told["before"]):
            found[lang] = re.compile(rf"{re.escape(told['before'])}{_SIGN}{_AMOUNT}{re.escape(told['after'])}")
    return found


def _sentence(text: str, record: dict[str, Any]) -> str:
    """The sentence that the citation follows or stands in, without its spaces, and without what the citation itself says."""
    id = re.search(rf"(?<![a-z0-9-]){re.escape(record['id'])}(?![a-z0-9-])", text)
    head, tail = (text[: id.start()], text[id.end() :]) if id else (text, "")
    head = _close(re.sub(r"([.。])\s", "。", head))
    ends = [*books(), *(citations.title(record, lang) for lang in LANGUAGES)]
    starts = [at for end in ends if (at := head.rfind(_close(joined(end)))) >= 0]
    authors = "|".join(re.escape(_close(joined(words.word("book.author", lang)))) for lang in LANGUAGES)
    starts += [match.start() for match in list(re.finditer(rf"(?:{authors})(?=[.。][(“「])", head))[-1:]]
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
