"""Where a passage cites this book: by address, by stamp, by id with its digits, by an id alone, or by title, edition and number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from evidence import words
from evidence.checking import natural
from evidence.checking.published_site import KINDS, Site
from evidence.checking.rejoined import rejoined
from evidence.citing.citations import EDITION, ID
from evidence.citing.stamps import STAMP
from evidence.errors import Place, Refusal
from evidence.nearest import nearest
from evidence.words import LANGUAGES

_DIGITS = "[0-9a-zA-Z](?: ?[0-9a-zA-Z]){7,15}"  # wide enough to see digits that were mistyped, or broken at the end of a line
_ADDRESS = re.compile(
    rf"(?P<edition>{EDITION})/(?:(?P<kind>figures|values)/(?P<id>{ID})|(?:ja|en)/[\w-]+\.html#(?:value-(?P<value>{ID})|(?P<anchor>{ID})))", re.I
)
_LABELLED = re.compile(rf"(?:識別子: ?|\bId: ?|\( ?)(?P<id>{ID})(?: ?\( ?(?:デ ?ー ?タ|data) ?| ?[、,] ?)(?P<hash>{_DIGITS}) ?\)")
# Under a figure, or on a slide.
_UNDER = re.compile(rf"(?:(?P<ja>{EDITION}) ?版|[Ee]dition (?P<en>{EDITION}),?) ?(?P<number>[^()]{{0,32}})\((?P<id>{ID})(?: ?、|[,;])")
_BARE = re.compile(rf"(?<![A-Za-z0-9_./#-])(?P<id>{ID})(?![A-Za-z0-9_/]|-[A-Za-z0-9]|\.[A-Za-z0-9])")
_HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{12}(?![0-9a-f])")
_HISTORY = re.compile(rf"(?<![0-9A-Za-z])(?P<kind>figures|values)/(?P<id>{ID})/", re.I)  # the page of all editions of an exhibit or value
_VALUE = {words.word("cite.value", lang) for lang in LANGUAGES}  # what a caption has for the number of a value
MOST = 2_000  # citations in one paper
FORMS = (("stamp", STAMP), ("address", _ADDRESS), ("labelled", _LABELLED), ("under", _UNDER), ("history", _HISTORY), ("bare", _BARE))
_OVER = 700  # characters of the page before and after that a citation may go on in
_AROUND = 2_000  # characters on either side that a citation is judged by


@dataclass(frozen=True)
class Mention:
    """One citation of this book: what it names, as far as it says; `text` is the passage it stands in, `said` the number or title that it was known
    by where it names no id, and `ids` the exhibits that this can be, or the one that it is if it is not of the `work` named beside it; `start` counts
    the letters before it, without spaces.
    """

    place: str
    id: str
    kind: str
    edition: str
    hash: str
    text: str
    said: str = ""
    ids: tuple[str, ...] = ()
    start: int = 0
    work: str = ""


def mentions(place: str, text: str, site: Site) -> list[Mention]:
    """The citations in the passage, which is as `papers.joined` gives it; what names one exhibit several times counts once.

    Raises:
        Refusal: E298 a passage that names more than `MOST` exhibits, values, numbers or editions.
    """
    text = rejoined(text, site.names)
    found: list[Mention] = []
    last: dict[str, int] = {}  # where the last citation of an id stands in the list
    matches = sorted(_matches(text, site.named))
    counted = max(len({start for start, *_ in matches}), *natural.counted(text))
    if counted > MOST:  # each is held against the others: a thousand times as many is a million times the work
        raise Refusal("E298", Place(place), f"{counted:,} > {MOST:,}")
    for start, edition, kind, id, hash in matches:
        others = [at for at, named, _, other, _ in matches if other != id or (named and edition and named != edition)]
        own = _own(text, start, others)
        _add(found, last, Mention(place, id, kind, edition, hash, own, start=_letters(text[:start])))
    found = [mention if mention.edition else replace(mention, edition=_only(mention.text) or _only(text)) for mention in found]
    found = found or _by_hash(place, text, site)
    return found + _natural(place, text, site, [at for at, *_ in matches], {mention.id for mention in found})


def all_of(passages: list[tuple[str, str]], site: Site) -> Iterator[Mention]:
    """The citations in passages of which each stands by itself, one by one; raises as `mentions`."""
    for place, text in passages:
        yield from mentions(place, text, site)


def flowing(passages: list[tuple[str, str]], site: Site) -> Iterator[Mention]:
    """The citations in passages of which one may go on in the next, as the pages of a PDF do: each is found where it begins."""
    for number, (place, text) in enumerate(passages):
        before = passages[number - 1][1][-_OVER:] if number else ""
        after = passages[number + 1][1][:_OVER] if number + 1 < len(passages) else ""
        begins, ends = _letters(before), _letters(before) + _letters(text)
        yield from (one for one in mentions(place, f"{before} {text} {after}", site) if begins <= one.start < ends)


def _letters(text: str) -> int:
    return len(text) - text.count(" ")


def _only(text: str) -> str:
    """The edition that the text names, if it names one alone."""
    named = {name for _, name in natural.editions(text)}
    return min(named) if len(named) == 1 else ""


def alone(found: list[Mention]) -> list[Mention]:
    """The citations of a paper but for titles and numbers that name no edition, where the paper cites the same exhibit whole elsewhere."""
    whole = {mention.id for mention in found if not mention.said}
    return [mention for mention in found if not (mention.said and not mention.edition and whole.intersection(mention.ids))]


def _natural(place: str, text: str, site: Site, cited: list[int], known: set[str]) -> list[Mention]:
    """What the passage names without an id: by edition and number, else by title."""
    named = list(natural.numbered(text, site, cited))
    numbered = {id for one in named for id in one.ids}
    named += [one for one in natural.titles(text, site) if not numbered.intersection(one.ids)]
    named = [one for one in named if one.ids or one.sure or not known]  # beside an id, a number that is none of ours is one of a source
    once = {(one.said, one.edition): one for one in named if not known.intersection(one.ids)}
    return [
        Mention(place, one.ids[0] if len(one.ids) == 1 else one.said, "figures", one.edition, "", text, one.said, one.ids, one.start, one.work)
        for one in once.values()
    ]


def _own(text: str, start: int, others: list[int]) -> str:
    """What is said around one id: from the id before it to the one after it, a page of a PDF being one passage."""
    before = max((at for at in others if at < start), default=0)
    after = min((at for at in others if at > start), default=len(text))
    return text[max(before, start - _AROUND) : min(after, start + _AROUND)]


def _matches(text: str, named: dict[str, frozenset[str]]) -> set[tuple[int, str, str, str, str]]:
    """(start, edition, kind, id, digits) of everything in the text that names an exhibit or a value."""
    found = set()
    for match in STAMP.finditer(text):
        found.add((match.start(), match["edition"], match["kind"], match["id"], match["hash"]))
    for match in _ADDRESS.finditer(text):
        kind = (match["kind"] or ("values" if match["value"] else "figures")).lower()
        id = (match["id"] or match["value"] or match["anchor"]).lower()
        if not match["anchor"] or id in named["figures"]:
            found.add((match.start(), match["edition"], kind, id, ""))
    for match in _HISTORY.finditer(text):
        kind, id = match["kind"].lower(), match["id"].lower()
        if id in named[kind] and not re.search(rf"{EDITION}/$", text[max(0, match.start() - 16) : match.start()]):
            found.add((match.start(), "", kind, id, ""))
    for match in _LABELLED.finditer(text):
        hash = match["hash"].replace(" ", "").lower()
        if _kind(match["id"], named) or re.fullmatch("[0-9a-f]{12}", hash):
            found.add((match.start(), "", _kind(match["id"], named) or "figures", match["id"], hash))
    for match in _UNDER.finditer(text):
        if kind := _kind(match["id"], named) or _meant(match["id"], match["number"], named):
            found.add((match.start("id"), match["ja"] or match["en"], kind, match["id"], ""))
    for match in (match for match in _BARE.finditer(text) if "-" in match["id"]):
        edition = natural.beside(text, match.end())
        if kind := _kind(match["id"], named) or (edition and _cut(match["id"], named)):
            found.add((match.start(), edition, kind, match["id"], ""))
    told = {(start, id) for start, edition, _, id, _ in found if edition}
    return {one for one in found if one[1] or (one[0], one[3]) not in told}


def _cut(id: str, named: dict[str, frozenset[str]]) -> str:
    """The kind of the exhibit or value whose id this is, but for its end; empty for none, as any word may have a hyphen."""
    return next((kind for kind in KINDS if any(known.startswith(id) for known in named[kind])), "")


def _meant(id: str, number: str, named: dict[str, frozenset[str]]) -> str:
    """The kind of what a word is meant to be that stands where a caption has its id behind this number, if it is formed as an id or near one."""
    kind = "values" if number.strip() in _VALUE else "figures" if natural.counted(number)[0] else ""
    return kind if kind and ("-" in id or nearest(id, [*named[kind]])) else ""


def _kind(id: str, named: dict[str, frozenset[str]]) -> str:
    return next((kind for kind in KINDS if id in named[kind]), "")


def _add(found: list[Mention], last: dict[str, int], new: Mention) -> None:
    """Adds the new citation to the list: to the last of its id, unless it says something else."""
    old = found[last[new.id]] if new.id in last else None
    if old is None or (old.edition and new.edition and old.edition != new.edition) or (old.hash and new.hash and old.hash != new.hash):
        last[new.id] = len(found)
        found.append(new)
        return
    edition, hash, kind = old.edition or new.edition, old.hash or new.hash, new.kind if new.edition else old.kind
    found[last[new.id]] = replace(old, edition=edition, hash=hash, kind=kind)


def _by_hash(place: str, text: str, site: Site) -> list[Mention]:
    """Digits that stand alone, where they are those of something published."""
    hits = [(hash, *site.by_digits[hash]) for hash in dict.fromkeys(_HASH.findall(text)) if hash in site.by_digits]
    return [Mention(place, id, kind, edition, hash, text, start=_letters(text[: text.index(hash)])) for hash, edition, kind, id in hits]
