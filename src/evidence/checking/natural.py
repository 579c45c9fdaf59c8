"""What a passage names as a reader would: by edition and number, or by the title as it was published, without an id."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from evidence import words
from evidence.checking.numbered import NUMBER, WORD, Written, numbers, written
from evidence.checking.papers import joined
from evidence.checking.published_site import Site
from evidence.checking.works import BOOK, SELF, other
from evidence.citing.citations import EDITION
from evidence.nearest import nearest
from evidence.words import LANGUAGES

KEY = 8  # letters of a title by which it is looked for
LONG = 16  # letters from which on a title stands for its exhibit by itself
_COUNT = r"(?:[、,の] ?[0-9][0-9,.]{0,15}(?:[-~〜][0-9][0-9,.]{0,15})? ?[^] ()[「」『』、,.:;の0-9]{1,12})?"  # what a number of an exhibit says
_BETWEEN = re.compile(
    rf"{_COUNT}[] ()[「」『』、,.:;の]{{0,12}}(?:(?:of|in|from) (?:the )?)?(?:{BOOK}[ (「」『』、,の]{{0,4}})?|'s "
)  # it, and its edition
_WORK = re.compile(r"(?P<work>[^ 。、,.;:()]{1,40}) ?\($")  # before an edition in brackets: what it is the edition of
_SELF = re.compile(rf"(?:{SELF}|前掲書?|[Bb]ook)[」』\"]?$")
_RIGHT_BEHIND = re.compile(rf"[ (、,の]{{0,3}}(?:(?:of|in|from) (?:the )?)?(?:{BOOK}[ (「」『』、,の]{{0,4}})?")
_RIGHT_BEFORE = re.compile(r"[ )、,の]{0,3}|'s ")  # it names, and is named
OF_ID = 60  # letters between an id and the edition that belongs to it
BEFORE = 300  # letters between a number and the id that it belongs to
_OF_NEXT = re.compile(r" ?[の、,]? ?|'s ")  # between an edition and the number that it is said of, with no bracket closed
_EDITION = re.compile(
    rf"(?P<ja>{EDITION}) ?版|[Ee]dition (?P<en>{EDITION})|(?<![0-9A-Za-z-])(?P<the>{EDITION}) [Ee]dition(?! [0-9])"
    r"|(?P<year>[0-9]{4}) ?年 ?(?P<month>1[0-2]|0?[1-9]) ?月 ?版"
)
_BESIDE = re.compile(rf" ?[(,、;の]? ?(?:of |in )?(?:{_EDITION.pattern})")  # right behind an id
_WHOLE = re.compile(rf" ?\( ?(?:{_EDITION.pattern}) ?\)")  # what makes a number a citation by itself
_BEHIND_TITLE = re.compile(r"[」』\"'、,.:;() の]{0,6}(?:(?:of|in|from) (?:the )?)?")
_BEFORE_TITLE = re.compile(rf"[」』、,.:;() の]{{0,4}}(?:(?:{WORD}) ?{NUMBER}[ :,、]{{0,3}})?[「『\"]?")


@dataclass(frozen=True)
class Named:
    """What a passage names: the letters before it, the edition (empty where none is said), the number or title, and the ids that bear it there.

    `sure` says that it is of this book though no id bears it: its edition or its number is, and they stand right beside each other. `work` is another
    work, named right before an edition that this book has too: which of them is meant is not known.
    """

    start: int
    edition: str
    said: str
    ids: tuple[str, ...]
    sure: bool = False
    work: str = ""


def editions(text: str) -> list[tuple[int, str]]:
    """The editions that the passage names, with their places."""
    return [(match.start(), _named(match)) for match in _EDITION.finditer(text)]


def _named(match: re.Match[str]) -> str:
    return match["ja"] or match["en"] or match["the"] or f"{match['year']}-{match['month']:0>2}"


def beside(text: str, at: int) -> str:
    """The edition that is named right at this place, behind an id; empty where none is.

    >>> beside("growth-bars (edition 2019-09)", 11), beside("growth-bars grew. Edition 2019-09", 11)
    ('2019-09', '')
    """
    match = _BESIDE.match(text, at)
    return _named(match) if match else ""


def titled(text: str) -> bool:
    """Whether the passage names the book."""
    return any(title in text for title in books())


@cache
def books() -> tuple[str, ...]:
    """The title of the book in each language, as it is searched."""
    return tuple(joined(words.word("book.title", lang)) for lang in LANGUAGES)


def counted(text: str) -> tuple[int, int]:
    """How many numbers of exhibits and how many editions the text names."""
    return len(written(text)), sum(1 for _ in _EDITION.finditer(text))


def numbered(text: str, site: Site, cited: Collection[int]) -> Iterator[Named]:
    """The numbers of exhibits that stand beside an edition of the site, or in a passage with the book's title; but those of an id (at `cited`).

    An id has the last number before it; what stands before that one must have an edition of its own, for it may be a number of a source. What stands
    beside a row of numbers is said of each.
    """
    told, book = [(match.span(), _named(match)) for match in _EDITION.finditer(text)], titled(text)
    found = written(text)
    for place, one in enumerate(found, start=1):
        after = found[place].start if place < len(found) else len(text)
        ahead = min((at for at in cited if 0 <= at - one.start < BEFORE), default=None)
        first, last = one.row
        if ahead is not None and ahead <= after and not _WHOLE.match(text, last):
            continue
        sides = [(not _beside(text, one.row, span), max(span[0], first) - min(span[1], last), *span, name) for span, name in told]
        apart, _, start, end, edition = min(sides, default=(True, 0, 0, 0, ""))
        ids = tuple(sorted(having(one.said, site, edition)))
        near = bool(ids and edition and not apart)
        sure = bool(not ids and edition) and _own(text, (start, end), one, cited) and _ours(text[start:end], one.said, edition, site)
        if (book and ahead is None) or near or sure:
            work = other(text, one.row, (start, end) if not apart and edition else None, called(site))
            if near or not work:
                yield Named(len(closed(text[: one.start])), edition, one.said, ids, sure, work)


def _beside(text: str, row: tuple[int, int], edition: tuple[int, int]) -> bool:
    """Whether no more than the name of the book, or what the number says, stands between a row of numbers and the edition."""
    return bool(_BETWEEN.fullmatch(text[min(edition[1], row[1]) : max(edition[0], row[0])]))


def _own(text: str, edition: tuple[int, int], number: Written, cited: Collection[int]) -> bool:
    """Whether the row of the number and the edition stand right beside each other, and the edition is not that of an id or of a number behind it."""
    (start, end), (first, last) = edition, number.row
    if last <= start:
        behind = next((row for row in (one.row[0] for one in written(text[end : end + 40])) if _OF_NEXT.fullmatch(text[end : end + row])), None)
        return behind is None and bool(_RIGHT_BEHIND.fullmatch(text[last:start]))
    work = _WORK.search(text, max(0, start - 60), start) if text.startswith(")", end) else None
    if work and not (_SELF.search(work["work"]) or titled(text)):
        return False
    of_id = any(0 < start - at < OF_ID and not re.search(r"。|\. ", text[at:start]) for at in cited)
    return not of_id and bool(_RIGHT_BEFORE.fullmatch(text[end:first]))


def _ours(said: str, number: str, edition: str, site: Site) -> bool:
    """Whether the edition is one of this site, or the number one of it beside an edition that is named as this book names its own."""
    return edition in site.lineage.order or ("年" not in said and bool(having(number, site)))


def nearest_number(said: str, site: Site, edition: str) -> str:
    """The number of an exhibit that is nearest to this one, in the edition if the site has it; empty where none is near."""
    one = site.edition(edition) or site.editions[-1]
    known = {closed(told): told for record in one.records["figures"].values() for told in record["number"].values()}
    return known.get(nearest(next(iter(numbers(said)), said), list(known)), "")


def having(number: str, site: Site, edition: str = "") -> dict[str, list[str]]:
    """The exhibits that bear this number, with the editions in which they do; in one edition where it is named."""
    found: dict[str, list[str]] = {}
    printed = set(numbers(number))
    for one in site.editions:
        for id, record in one.records["figures"].items() if edition in ("", one.name) else ():
            if not printed.isdisjoint(closed(told) for told in record["number"].values()):
                found.setdefault(id, []).append(one.name)
    return found


def titles(text: str, site: Site) -> Iterator[Named]:
    """The exhibits whose title stands in the passage as it was published; a short one only beside the title of the book or an edition of the site."""
    places = [place for place, letter in enumerate(text) if letter != " "]
    bare, book, told, known = text.replace(" ", ""), titled(text), list(_EDITION.finditer(text)), by_title(site)
    only = {_named(match) for match in told}
    found: dict[str, Named] = {}
    for start in range(len(bare) - KEY + 1):
        for title, id in known.get(bare[start : start + KEY], ()):
            if bare.startswith(title, start) and id not in found:
                edition = _edition_of(text, (places[start], places[start + len(title) - 1] + 1), told)
                if book or len(title) >= LONG or edition in site.lineage.order:
                    found[id] = Named(start, edition or (min(only) if len(only) == 1 else ""), id, (id,))
    yield from found.values()


def _edition_of(text: str, title: tuple[int, int], told: list[re.Match[str]]) -> str:
    """The edition that is named right beside a title at this place; empty where none is."""
    start, end = title
    for match in told:
        behind = match.start() >= end and _BEHIND_TITLE.fullmatch(text[end : match.start()])
        if behind or (match.end() <= start and _BEFORE_TITLE.fullmatch(text[match.end() : start])):
            return _named(match)
    return ""


@cache
def called(site: Site) -> frozenset[str]:
    """Every title that was published, without its spaces."""
    return frozenset(closed(told) for one in site.editions for record in one.records["figures"].values() for told in record["title"].values())


@cache
def by_title(site: Site) -> dict[str, list[tuple[str, str]]]:
    """Every title that was published, without its spaces, and its exhibit, by its first letters."""
    every = {(closed(told), id) for one in site.editions for id, record in one.records["figures"].items() for told in record["title"].values()}
    found: dict[str, list[tuple[str, str]]] = {}
    for title, id in sorted(every):
        if len(title) >= KEY:
            found.setdefault(title[:KEY], []).append((title, id))
    return found


def closed(text: str) -> str:
    """The text as it is searched, without its spaces.

    >>> closed("図 ２－１")
    '図2-1'
    """
    return joined(text).replace(" ", "")
