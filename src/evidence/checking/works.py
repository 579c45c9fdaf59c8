"""Which other work a number of an exhibit is said of: a white paper, a handbook, "the fifth edition"; told by what stands right beside the number."""

import re
from collections.abc import Collection

from evidence import words
from evidence.checking.papers import joined
from evidence.words import LANGUAGES

BOOK = r"(?:[一-龠々]{0,20}エビデンスブック|[Ee]vidence [Bb]ook)"  # this book, as a paper calls it
SELF = rf"{BOOK}|本書|同書|[Ii]bid"  # the same, also where it is spoken of without its name
_COUNT = "[0-9一二三四五六七八九十]{1,3}"
_ERA = rf"(?:令和|平成|昭和) ?(?:元|{_COUNT}) ?年"
_YEAR = rf"(?:{_ERA}(?:度|版|度版)?|[0-9]{{4}}(?![0-9-]) ?(?:年(?:度|版|度版)?(?![0-9]))?)"
_ORDINAL = r"[0-9]{1,2}(?:st|nd|rd|th)|(?i:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|revised|new|latest)"
_OF_OTHERS = (  # editions as this book does not call its own
    rf"第 ?{_COUNT} ?版|{_ERA}度? ?版|(?<![0-9])[0-9]{{4}} ?(?:年度? ?)?版"
    rf"|改訂(?:新|第 ?[0-9]{{1,2}} ?)?版|増補版|初版"
    rf"|\b(?:{_ORDINAL}|(?<![0-9-])[0-9]{{4}}) (?:ed\.|edn\.?|edition\b)|\b[Ee]dition [0-9]{{4}}(?![0-9-])"
)
_BY_KIND = (  # works by what they are; some only with a year, as any text may speak of a plan or a report
    r"[^ 。、,.;:()「」『』]{0,20}(?:白書|要覧|便覧|年鑑|年報|総覧|ハンドブック)|[^ 。、,.;:()「」『』]{1,20}(?:指標|統計|報告書|調査|計画) ?(?="
    + _YEAR
    + ")"
    r"|(?:[A-Z][A-Za-z&'-]{0,20} ){0,6}(?:White Paper|Handbook|Yearbook|Outlook|Scoreboard)"
    r"|(?:[A-Z][A-Za-z&'-]{0,20} ){1,6}(?:Indicators|Statistics|Report|Survey),? (?=" + _YEAR + ")"
)
_QUOTED = r"『[^『』]{1,60}』|「[^「」]{1,60}」|\"[^\"]{1,80}\""
_NEXT = rf"[」』\"]?[ ,、の(]{{0,3}}(?:{_YEAR}[」』\"]?[ ,、の)]{{0,3}})?(?:第 ?{_COUNT} ?[部章節編][ ,、の]{{0,2}})*"
_BEFORE = re.compile(rf"(?P<work>{_BY_KIND}|『[^『』]{{1,60}}』){_NEXT}$|(?P<edition>{_OF_OTHERS})[^。!?]{{0,30}}$")
_BEFORE_EDITION = re.compile(rf"(?P<work>{_BY_KIND}|{_QUOTED}){_NEXT}$")
_BEHIND = re.compile(
    rf"(?: ?\(|,? (?:of|in|from) (?:the )?)(?P<work>[^。.;:()]{{0,40}}?(?:{_OF_OTHERS}|{_BY_KIND})[^。;:()]{{0,30}}?)(?:[),、。]|\. |\.?$)"
)
_SENTENCE = re.compile(r"。|(?<!\bed)(?<!\bedn)[.!?] (?=[A-Z\"])")
_OURS = re.compile(rf"{SELF}|[Tt]his book")
_OF = re.compile(rf"{_OURS.pattern}|^,? (?:of|in|from) |^ ?の")  # between a number and the edition that it is of
_CLOSE = re.compile(r"[ (、,」』\"の]{0,4}")  # between the name of this book and its edition


def other(text: str, number: tuple[int, int], edition: tuple[int, int] | None, titles: Collection[str]) -> str:
    """The other work that a number is said of which stands at `number`, beside an edition as this book names its own, where there is one.

    `titles` are those of the exhibits without spaces: what stands in quotation marks beside a number may be its title.

    >>> [other(text, (text.index("図"), len(text)), None, ()) for text in ("令和元年版科学技術白書の図1-2", "本書の図1-2", "第5版、図1-2")]
    ['令和元年版科学技術白書', '', '第5版']
    """
    first, last = number
    if not edition:
        return _before(text[:first], _BEFORE, titles) or _behind(text[last:])
    start, end = edition
    begins = min(start, first)
    if (text[begins - 1 : begins] == "(" and text[begins:].find(")") >= max(end, last) - begins) or _OF.search(text[last:start]):
        return ""  # both in one bracket, behind what they are the citation of; or the number is said of the edition
    return _before(text[:begins], _BEFORE_EDITION if start < first else _BEFORE, titles)


def _before(lead: str, form: re.Pattern[str], titles: Collection[str]) -> str:
    lead = _SENTENCE.split(lead[-160:])[-1]
    match = form.search(lead)
    if not match:
        return ""
    kind = "work" if match["work"] else "edition"
    (start, end), own = match.span(kind), _ours(lead)
    if own and (own[1] >= end - 1 or (kind == "edition" and _CLOSE.fullmatch(lead[own[1] : start]))):
        return ""
    said = lead[max(start, own[1]) if own else start : end].strip("はがをにのと、 ")
    return "" if said[1:-1].replace(" ", "") in titles else said


def _behind(rest: str) -> str:
    match = _BEHIND.match(rest[:120])
    return match["work"].strip() if match and not _ours(match["work"]) else ""


def _ours(text: str) -> tuple[int, int] | None:
    """Where this book is named last in the text."""
    named = [match.span() for match in _OURS.finditer(text)]
    named += [
        (text.rindex(title), text.rindex(title) + len(title))
        for title in (joined(words.word("book.title", lang)) for lang in LANGUAGES)
        if title in text
    ]
    return max(named, key=lambda span: span[1], default=None)
