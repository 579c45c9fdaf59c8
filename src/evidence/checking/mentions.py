"""Where a passage cites this book: by address, by stamp, by id with its digits, by an id alone, or by title, edition and number."""

import re
from dataclasses import dataclass, replace
from functools import cache

from evidence import words
from evidence.checking.papers import joined
from evidence.checking.published_site import KINDS, Site
from evidence.checking.rejoined import rejoined
from evidence.citing.citations import EDITION, ID
from evidence.citing.stamps import STAMP
from evidence.words import LANGUAGES

_DIGITS = "[0-9a-zA-Z](?: ?[0-9a-zA-Z]){7,15}"  # wide enough to see digits that were mistyped, or broken at the end of a line
_ADDRESS = re.compile(rf"(?P<edition>{EDITION})/(?:figures/(?P<figures>{ID})|(?:ja|en)/[\w-]+\.html#(?:value-(?P<values>{ID})|(?P<anchor>{ID})))")
_LABELLED = re.compile(rf"(?:識別子: ?|\bId: ?|\( ?)(?P<id>{ID})(?: ?\( ?(?:デ ?ー ?タ|data) ?| ?[、,] ?)(?P<hash>{_DIGITS}) ?\)")
_UNDER = re.compile(rf"(?:{EDITION} ?版|[Ee]dition {EDITION},) ?[^()]{{1,16}}\((?P<id>{ID})(?: ?、|;)")  # the line under a figure
_BARE = re.compile(rf"(?<![A-Za-z0-9_./#-])(?P<id>{ID})(?![A-Za-z0-9_/]|-[A-Za-z0-9]|\.[A-Za-z0-9])")
_HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{12}(?![0-9a-f])")
_EDITION = re.compile(rf"(?P<ja>{EDITION}) ?版|[Ee]dition (?P<en>{EDITION})")
_AROUND = 2_000  # characters on either side that a citation is judged by
_NUMBER = re.compile(r"(?:図|表|Figure|Table) ?[0-9A-Z]+-[0-9]+")


@dataclass(frozen=True)
class Mention:
    """One citation of this book: what it names, as far as it says; `text` is the passage it stands in."""

    place: str
    id: str
    kind: str
    edition: str
    hash: str
    text: str


def mentions(place: str, text: str, site: Site) -> list[Mention]:
    """The citations in the passage, which is as `papers.joined` gives it; what names one exhibit several times counts once."""
    text = rejoined(text, site.names)
    found: list[Mention] = []
    last: dict[str, int] = {}  # where the last citation of an id stands in the list
    matches = sorted(_matches(text, site.named))
    for start, edition, kind, id, hash in matches:
        _add(found, last, Mention(place, id, kind, edition, hash, _own(text, start, [at for at, *_, other, _ in matches if other != id])))
    editions = [match["ja"] or match["en"] for match in _EDITION.finditer(text)]
    found = [mention if mention.edition or len(set(editions)) != 1 else replace(mention, edition=editions[0]) for mention in found]
    return found or _by_hash(place, text, site) or _by_number(place, text, site, editions)


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
        kind = "values" if match["values"] else "figures"
        id = match["values"] or match["figures"] or match["anchor"]
        if not match["anchor"] or id in named["figures"]:
            found.add((match.start(), match["edition"], kind, id, ""))
    for match in _LABELLED.finditer(text):
        hash = match["hash"].replace(" ", "").lower()
        if _kind(match["id"], named) or re.fullmatch("[0-9a-f]{12}", hash):
            found.add((match.start(), "", _kind(match["id"], named) or "figures", match["id"], hash))
    for match in _UNDER.finditer(text):
        if kind := _kind(match["id"], named):
            found.add((match.start("id"), "", kind, match["id"], ""))
    for match in _BARE.finditer(text):
        if "-" in match["id"] and (kind := _kind(match["id"], named)):
            found.add((match.start(), "", kind, match["id"], ""))
    return found


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
    return [Mention(place, id, kind, edition, hash, text) for hash, edition, kind, id in hits]


@cache
def _titles() -> tuple[str, ...]:
    return tuple(joined(words.word("book.title", lang)) for lang in LANGUAGES)


def _by_number(place: str, text: str, site: Site, editions: list[str]) -> list[Mention]:
    """A citation with the book's title and a number but no id; without an edition that has the number it names nothing that is known."""
    if not any(title in text for title in _titles()):
        return []
    found = []
    edition = site.edition(editions[0]) if editions else None
    for number in dict.fromkeys(match[0] for match in _NUMBER.finditer(text)):
        records = edition.records["figures"] if edition else {}
        id = next((id for id, record in records.items() if number in {joined(told) for told in record["number"].values()}), "")
        found.append(Mention(place, id or number, "figures", editions[0] if editions else "", "", text))
    return found
