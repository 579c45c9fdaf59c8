"""The feed of the site (Atom, RFC 4287): each edition as it is published, and each correction, the newest first."""

import uuid
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from evidence import words
from evidence.tables.lineage import Lineage
from evidence.words import LANGUAGES

NAME = "feed.xml"
_ATOM = "http://www.w3.org/2005/Atom"
_MADE = ElementMaker(namespace=_ATOM, nsmap={None: _ATOM})


def feed(known: Lineage, corrections: list[dict[str, str]]) -> bytes:
    """The feed of these editions and of the rows of the register of corrections, told in both languages.

    Every date is one of the data: an edition's is its month, or the day of the corrections that it was made for; so the feed is the same
    whenever it is made. Its links stand beside it, so that it needs no address.
    """
    editions = [_edition(name, known, corrections) for name in known.order]
    entries = sorted([*map(_correction, corrections[::-1]), *editions[::-1]], key=lambda one: one["updated"], reverse=True)
    root = _MADE.feed(
        _MADE.id(_named("feed")), _MADE.title(_both("feed.title")), _MADE.updated(entries[0]["updated"] if entries else "1970-01-01T00:00:00Z"),
        _MADE.author(_MADE.name(_both("book.author"))), _MADE.link(rel="self", href=NAME), _MADE.link(rel="alternate", href="index.html"),
        *map(_entry, entries),
    )  # fmt: skip
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _entry(told: dict[str, Any]) -> etree._Element:
    links = [_MADE.link(rel="alternate", href=href, hreflang=lang) for lang, href in told["links"].items()]
    return _MADE.entry(_MADE.id(told["id"]), _MADE.title(told["title"]), _MADE.updated(told["updated"]), *links, _MADE.summary(told["summary"]))


def _edition(name: str, known: Lineage, corrections: list[dict[str, str]]) -> dict[str, Any]:
    days = [row["date"] for row in corrections if row["corrected_edition"] == name]
    tie = known.ties[name]
    return {
        "id": _named(f"edition {name}"), "updated": _moment(max(days, default=f"{name[:7]}-01")), "title": _both("ui.edition", name=name),
        "links": {lang: f"{name}/{lang}/index.html" for lang in LANGUAGES},
        "summary": _both(f"site.succeeded.{tie.kind}", before=tie.to) if tie else _both("book.lead"),
    }  # fmt: skip


def _correction(row: dict[str, str]) -> dict[str, Any]:
    told = " / ".join(f"{row[f'reason_{lang}']} {row[f'effect_{lang}']}" for lang in LANGUAGES)
    return {
        "id": _named(f"correction {row['id']}"), "updated": _moment(row["date"]),
        "title": _both("feed.corrected", name=row["edition"], row=row["row"]),
        "links": {lang: f"errata.html#{lang}-{row['id']}" for lang in LANGUAGES},
        "summary": f"{row['wrong']} → {row['right']}. {told}",
    }  # fmt: skip


def _both(word: str, **values: Any) -> str:
    return " / ".join(words.word(word, lang, **values) for lang in LANGUAGES)


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _named(what: str) -> str:
    """A name that stays the same for good, made of the name of the book and of what it names."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{words.word('book.title', 'en')}: {what}").urn
