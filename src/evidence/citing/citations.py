"""One exhibit or value as something to cite, and its citation as a sentence: in the form of the Japanese government, and in English.

The access date is left open for whoever cites; a build has no date of its own.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evidence import words
from evidence.errors import visible
from evidence.tables.package import LICENSE
from evidence.words import LANGUAGES

DIGITS = 12  # of a hash, printed with a citation
CAPTION, SHORT = {"ja": 60, "en": 150}, 120  # letters of the line under a figure, and of the one on a slide
NAMED = 5  # sources that a citation names: with two hundred it fills pages of a paper, and the page it leads to has them all
ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
EDITION = r"[0-9]{4}-[0-9]{2}(?:-[cr][0-9]+)?"


@dataclass(frozen=True)
class Issuer:
    """Who answers for what is cited: the `address` that the site stands under, empty where it has none, `author` and `publisher` by language, and the
    `contact` for errors. Without an author the book's own editors are named, without a publisher the author.
    """

    address: str = ""
    author: Mapping[str, str] = field(default_factory=dict)
    publisher: Mapping[str, str] = field(default_factory=dict)
    contact: str = ""

    def written_by(self, lang: str) -> str:
        """The author in this language."""
        return self.author.get(lang) or words.word("book.author", lang)

    def published_by(self, lang: str) -> str:
        """The publisher in this language."""
        return self.publisher.get(lang) or self.written_by(lang)

    def named(self, lang: str) -> str:
        """The author, and the publisher where it is another.

        >>> Issuer("", {"en": "Editors"}, {"en": "Ministry"}).named("en"), Issuer().named("en")
        ('Editors, published by Ministry', 'The evidence book editors')
        """
        author, publisher = self.written_by(lang), self.published_by(lang)
        return author if publisher == author else words.word("cite.issued", lang, author=author, publisher=publisher)


EDITORS = Issuer()  # the book's own, whose site has no address


@dataclass(frozen=True)
class Source:
    """One upstream document, in one language: who published it, its title, and when (empty where the document bears no date).

    `address` is where it was read, `copied` whether that was not the document itself, `licence` and `terms` code and address of its licence: empty
    where they are not known.
    """

    title: str
    publisher: str = ""
    published: str = ""
    address: str = ""
    copied: bool = False
    licence: str = ""
    terms: str = ""


@dataclass(frozen=True)
class Told:
    """The words of an exhibit or value in one language; `processing` says what was done to the sources, `made` the same in a word."""

    number: str
    title: str
    processing: str
    sources: tuple[Source, ...]
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    made: str = ""


@dataclass(frozen=True)
class Cited:
    """What is cited: an exhibit or value of one edition.

    `place` is its path in the site (`2019-09/figures/<id>/`), `issuer` who answers for it and the address that the site stands under;
    `hash` the first 12 digits of the SHA-256 of its data; `issued` year and month; `basis` the claims and observations it rests on.
    """

    id: str
    kind: str
    edition: str
    hash: str
    places: dict[str, str]
    told: dict[str, Told]
    basis: tuple[str, ...] = ()
    issuer: Issuer = EDITORS
    issued: str = ""

    def address(self, lang: str) -> str:
        """The permanent address; the path in the site where the book has no fixed host."""
        return self.at(self.places[lang])

    def at(self, path: str) -> str:
        """The address of this path in the site; the path itself where the book has no fixed host."""
        return f"{self.base.rstrip('/')}/{path}" if self.base else path

    @property
    def base(self) -> str:
        """The address that the site stands under; empty where it has none."""
        return self.issuer.address

    @property
    def dated(self) -> tuple[int, int]:
        """Year and month of issue; those that name the edition where no other was given."""
        year, month = (self.issued or self.edition).split("-")[:2]
        return int(year), int(month)


def exhibit(both: dict[str, dict[str, Any]], edition: str, data: bytes, issuer: Issuer = EDITORS) -> Cited:
    """The exhibit to cite, from its records in both languages and the bytes of its published data file."""
    record = both[LANGUAGES[0]]
    told = {
        lang: Told(
            one["number"], one["title"], words.word(f"cite.making.{one['making']}.{one['kind']}", lang), _sources(one["sources"]), one["subtitle"],
            tuple(one["notes"]), words.word(f"cite.made.{one['making']}", lang),
        )
        for lang, one in both.items()
    }  # fmt: skip
    places = dict.fromkeys(both, f"{edition}/figures/{record['id']}/")
    hash = hashlib.sha256(data).hexdigest()[:DIGITS]
    return Cited(record["id"], record["kind"], edition, hash, places, told, tuple(record["basis"]), issuer)


def value(record: dict[str, Any], sources: dict[str, list[dict[str, str]]], edition: str, issuer: Issuer = EDITORS) -> Cited:
    """The value to cite, from its row of values.json and the records of its sources in each language."""
    told = {}
    for lang in LANGUAGES:
        processing = words.word(f"cite.making.{record['making']}.value", lang, formula=record["formula"][lang])
        made = words.word(f"cite.made.{record['making']}", lang)
        told[lang] = Told(words.word("cite.value", lang), title(record, lang), processing, _sources(sources[lang]), made=made)
    places = dict.fromkeys(LANGUAGES, f"{edition}/values/{record['id']}/")
    return Cited(record["id"], "value", edition, digits(record), places, told, tuple(record["basis"]), issuer)


def title(record: dict[str, Any], lang: str) -> str:
    """What a value is cited as: its name, its period and its number, from its row of values.json."""
    return words.word("cite.value.title", lang, name=named(record["name"][lang], record["period"], lang), text=record["text"][lang])


def named(name: str, period: str, lang: str) -> str:
    """The name of a value with the period it is about.

    >>> named("SATREPS projects adopted", "FY2008/FY2024", "en"), named("採択課題数", "2022", "ja"), named("tiers", "", "en")
    ('SATREPS projects adopted, FY2008–2024', '採択課題数（2022年）', 'tiers')
    """
    return words.word("cite.value.named", lang, name=name, period=words.period(period, lang)) if period else name


def called(record: dict[str, Any], lang: str) -> str:
    """What an exhibit or value is called without its number, from its row of figures.json or values.json.

    >>> called({"title": {"en": "Growth"}}, "en"), called({"name": {"en": "growth"}, "period": "2019"}, "en")
    ('Growth', 'growth, 2019')
    """
    return str(record["title"][lang]) if "title" in record else named(record["name"][lang], record["period"], lang)


def digits(record: dict[str, Any]) -> str:
    """The first 12 digits of the SHA-256 of a value: of its id, its number (or both ends of its range) and its unit.

    >>> digits({"id": "a", "number": 2.0, "unit": "years"}) == hashlib.sha256(b"a 2 2 years").hexdigest()[:12]
    True
    """
    low = f"{record['number']:.15g}"
    high = f"{record['number_high']:.15g}" if "number_high" in record else low
    return hashlib.sha256(f"{record['id']} {low} {high} {record['unit']}".encode()).hexdigest()[:DIGITS]


def caption(cited: Cited, lang: str) -> str:
    """The citation for the line under a figure: book, edition, number, id, and how it was made, in a word."""
    return _fitting("cite.caption", 3, cited, lang, CAPTION[lang])


def short(cited: Cited, lang: str) -> str:
    """The citation for a slide, in one line: as the caption, with the digits of the data and, where it fits, who published the first source."""
    return _fitting("cite.short", 4, cited, lang, SHORT)


def _fitting(key: str, forms: int, cited: Cited, lang: str, most: int) -> str:
    """The first of these forms that has no more than `most` letters, or the last: the book's title gives way first, the number last, for it is the
    id that never moves.
    """
    sources = cited.told[lang].sources
    publishers = [name for name in dict.fromkeys(source.publisher or source.title for source in sources) if name]
    named = words.word("cite.others", lang, named=publishers[0]) if len(publishers) > 1 else "".join(publishers)
    usable = [f"{key}.{number}" for number in range(1, forms + 1) if named or "{sources}" not in words.word(f"{key}.{number}", lang)]
    told = [_filled(one, cited, lang, named) for one in usable]
    return next((text for text in told if len(text) <= most), told[-1])


def full(cited: Cited, lang: str) -> str:
    """The whole citation of the unchanged exhibit or value."""
    return _filled("cite.full", cited, lang, upstream(cited, lang))


def processed(cited: Cited, lang: str) -> str:
    """The whole citation for use in changed form: nothing changed may look as if it were published so."""
    return _filled("cite.processed", cited, lang, upstream(cited, lang))


def upstream(cited: Cited, lang: str) -> str:
    """The sources in one line; of many the first few, and how many are left.

    >>> told = Told("Figure 1", "Growth", "drawn", (Source("Briefing", "MEXT"), Source("Plan")))
    >>> upstream(Cited("a", "figure", "2019-09", "0" * 12, {}, {"en": told}), "en")
    'MEXT, “Briefing”; “Plan”'
    """
    sources = cited.told[lang].sources
    joined = words.word("cite.joint", lang).join(_source(source, lang) for source in sources[:NAMED])
    return words.word("cite.rest", lang, named=joined, left=len(sources) - NAMED) if len(sources) > NAMED else joined


def line(text: str) -> str:
    """The text in one line, what cannot be seen in it written out: a citation never carries a line break or a control character.

    >>> line(" a\\n b\\u202e")
    'a b\\\\u202e'
    """
    return visible(re.sub(r"[ \t\r\n\f\v]+", " ", text).strip())


def _source(source: Source, lang: str) -> str:
    key = "cite.source" + (".publisher" if source.publisher else "") + (".date" if source.published else "")
    return words.word(key, lang, title=source.title, publisher=source.publisher, published=source.published)


def _sources(records: list[dict[str, str]]) -> tuple[Source, ...]:
    told = ("publisher", "published", "address", "licence", "terms")
    return tuple(Source(one["title"], copied=bool(one.get("read_as")), **{name: one.get(name, "") for name in told}) for one in records)


def _filled(key: str, cited: Cited, lang: str, sources: str) -> str:
    told, author = cited.told[lang], cited.issuer.written_by(lang)
    publisher = cited.issuer.named(lang).removeprefix(author)
    parts = {
        "book": words.word("book.title", lang), "brief_book": words.word("cite.brief_book", lang), "author": author, "publisher": publisher,
        "licence_address": LICENSE["path"],
        "licence": words.word("cite.licence", lang), "accessed": words.word("cite.accessed", lang), "edition": cited.edition, "id": cited.id,
        "hash": cited.hash, "number": told.number, "title": told.title, "address": cited.address(lang), "sources": sources,
        "processing": told.processing, "made": told.made,
    }  # fmt: skip
    return line(words.word(key, lang, **parts))
