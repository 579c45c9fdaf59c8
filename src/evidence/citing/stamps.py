"""What is written into every file that a citer takes away: id, edition, licence, citation and the digits of the data, in one form.

Files get mailed, renamed and pasted; the stamp says where they came from, and `verification` reads it back.
"""

import re
from dataclasses import dataclass

from evidence import words
from evidence.citing.citations import EDITION, ID, Cited, full, line
from evidence.tables.package import LICENSE

STAMP = re.compile(rf"evidence-book:(?P<edition>{EDITION})/(?P<kind>figures|values)/(?P<id>{ID})#(?P<hash>[0-9a-f]{{12}})(?![0-9a-f])")


@dataclass(frozen=True)
class Stamp:
    """Which figure or value of which edition a file says it is, and the digits of its data."""

    edition: str
    id: str
    hash: str
    kind: str = "figures"

    def __str__(self) -> str:
        return f"evidence-book:{self.edition}/{self.kind}/{self.id}#{self.hash}"


def stamp(cited: Cited) -> Stamp:
    """The stamp of the exhibit or value."""
    return Stamp(cited.edition, cited.id, cited.hash, "values" if cited.kind == "value" else "figures")


def read(text: str) -> Stamp | None:
    """The first stamp in the text.

    >>> read("... evidence-book:2019-09/figures/growth#0123456789ab ...")
    Stamp(edition='2019-09', id='growth', hash='0123456789ab', kind='figures')
    """
    found = STAMP.search(text)
    return Stamp(found["edition"], found["id"], found["hash"], found["kind"]) if found else None


def stamped(drawing: str, said: Stamp) -> str:
    """The SVG with the stamp as the first thing inside the root element, so that a drawing copied out of a page says where it came from.

    >>> stamped('<svg width="1"><g/></svg>', Stamp("2019-09", "growth", "0123456789ab"))
    '<svg width="1"><metadata>evidence-book:2019-09/figures/growth#0123456789ab</metadata><g/></svg>'
    """
    return re.sub(r"^(<svg\b[^>]*>)", lambda root: f"{root[1]}<metadata>{said}</metadata>", drawing, count=1)


def properties(cited: Cited, lang: str) -> dict[str, str]:
    """What a file's properties say, by name: identifier, title, creator, publisher, edition, address, licence, citation, language and more."""
    told = cited.told[lang]
    return {
        "identifier": str(stamp(cited)), "title": line(f"{told.number} {told.title}"), "creator": cited.issuer.written_by(lang),
        "publisher": cited.issuer.published_by(lang),
        "book": words.word("book.title", lang), "edition": cited.edition, "address": cited.address(lang),
        "licence": words.word("cite.licence", lang), "licence_address": LICENSE["path"], "citation": full(cited, lang), "language": lang,
    }  # fmt: skip
