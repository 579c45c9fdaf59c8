"""The book as PDF, and each chapter by itself: typeset with Typst from the pages' trees and the exhibits' records.

No page is turned into markup: trees and records are handed as data to the layout `typst/book.typ`, which sets them. It has no font but that of the
drawings, no clock and no network, so that the same book is the same bytes. Its files are PDF/A-2a, to be kept, and PDF/UA-1, to be heard.
"""

import datetime
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from evidence import disk, words, zips
from evidence.book import extension, frame, paper
from evidence.book.contents import Page
from evidence.charts import typeface
from evidence.errors import Refusal
from evidence.tables.package import LICENSE

LAYOUT = Path(__file__).parent / "typst" / "book.typ"
STANDARDS: list[Any] = ["a-2a", "ua-1"]
_WORKINGS = "toc.workings"  # leads to notebooks, which are not on paper
_UI = ("source", "notes", "later", "offer_id", "offer_hash", "value", "value_unit", "value_formula", "sure")
Once = Callable[[dict[str, bytes], Callable[[], bytes]], bytes]
_WORDS = ("contents", "figures", "tables", "fewer", "reading_head")


@dataclass(frozen=True)
class Bound:
    """What is typeset: the pages of an edition in one language as they were bound, the folder of their trees, and the records that they show.

    `address` is that of the site, or empty where it has none.
    """

    edition: str
    lang: str
    pages: list[Page]
    trees: Path
    made: dict[str, Any]
    address: str


def _now(_: dict[str, bytes], make: Callable[[], bytes]) -> bytes:
    return make()


def files(bound: Bound, once: Once = _now) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every PDF: the book, what it says before its first exhibit as a handout, then each chapter with its profiles.

    `once` is given all that a file is made of and what makes it: a chapter in which nothing moved need not be typeset again.

    Raises:
        Refusal: E440 what Typst objected to.
    """
    told = _told(bound)
    yield f"{frame.BOOK}.pdf", _typeset(told, once)
    opening = told["pages"][0] | {"of": list(before_exhibits(told["pages"][0]["of"])), "shown": [], "across": []}
    yield f"{frame.HANDOUT}.pdf", _typeset(told | {"whole": False, "pages": [opening]}, once)
    for chapter in told["pages"]:
        if not chapter["parent"]:
            own = [page for page in told["pages"] if chapter["name"] in (page["name"], page["parent"])]
            yield f"{chapter['name']}.pdf", _typeset(told | {"whole": False, "pages": own}, once)


def _told(bound: Bound) -> dict[str, Any]:
    """Everything that the layout is told of the whole book."""
    lang, made = bound.lang, bound.made
    exhibits = {id: paper.exhibit(record, lang) for id, record in made["exhibits"].items()}
    title, edition = words.word("book.title", lang), words.word("ui.edition", lang, name=bound.edition)
    running = words.word("pdf.running", lang, title=title, edition=edition)
    return {
        "whole": True, "lang": lang, "name": bound.edition, "date": _day(bound.edition), "title": title, "edition": edition,
        "author": words.word("book.author", lang), "lead": words.word("book.lead", lang), "running": running,
        "base": f"{bound.address.rstrip('/')}/{bound.edition}/{lang}/" if bound.address else "",
        "words": _words(lang), "imprint": _imprint(bound), "exhibits": exhibits, "values": [_value(one, lang) for one in made["values"].values()],
        "pages": [_page(page, bound.trees, exhibits) for page in bound.pages if page.part != _WORKINGS],
    }  # fmt: skip


def _words(lang: str) -> dict[str, str]:
    told = {name: words.word(f"ui.{name}", lang) for name in _UI} | {name: words.word(f"pdf.{name}", lang) for name in _WORDS}
    return told | {"across": words.word("pdf.across", lang, page="{page}"), "reading": words.word("pdf.reading", lang, rows=paper.ROWS)}


def _imprint(bound: Bound) -> list[tuple[str, str, str]]:
    """What the cover says of the edition: a name, what is said, and where it leads."""
    lang, month = bound.lang, "-".join(bound.edition.split("-")[:2])
    place = f"{bound.address.rstrip('/')}/{bound.edition}/{lang}/index.html" if bound.address else f"{bound.edition}/{lang}/{frame.BOOK}.pdf"
    told = {"title": words.word("book.title", lang), "author": words.word("book.author", lang), "issued": words.period(month, lang)}
    cited = words.word(
        "pdf.citation", lang, **told, edition=bound.edition, place=place, licence=words.word("cite.licence", lang), address=LICENSE["path"]
    )
    said = {"issued": told["issued"], "published": told["author"], "licence": words.word("cite.licence", lang), "cite": cited}
    return [(words.word(f"pdf.{name}", lang), text, LICENSE["path"] if name == "licence" else "") for name, text in said.items()]


def _value(record: dict[str, Any], lang: str) -> dict[str, str]:
    told = extension.quoted(record, lang)
    return {name: told[name] for name in ("id", "text", "page", "named", "unit", "formula", "sureness", "documents")} | {
        "hash": (told["offer"] or {}).get("hash", "")
    }


def _page(page: Page, trees: Path, exhibits: dict[str, Any]) -> dict[str, Any]:
    """A page of the book, with the exhibits that are set across at its end."""
    of = disk.loaded(trees / f"{page.name}.json")
    shown = [node["id"] for node in _every(of, "exhibit")]
    return {
        "name": page.name, "parent": page.parent, "level": 2 if page.parent else 1, "of": of, "shown": shown,
        "across": [id for id in shown if exhibits[id].get("across")],
    }  # fmt: skip


def before_exhibits(of: list[Any]) -> Iterator[Any]:
    """What stands before the first exhibit, without the section that holds it."""
    for node in of:
        if isinstance(node, dict) and any(_every([node], "exhibit")):
            if any(isinstance(part, dict) and part["is"] == "section" for part in node["of"]):
                yield node | {"of": list(before_exhibits(node["of"]))}
            return
        yield node


def _every(of: list[Any], kind: str) -> Iterator[dict[str, Any]]:
    """Each element of this kind in the tree, in reading order."""
    for node in of:
        if isinstance(node, dict):
            if node["is"] == kind:
                yield node
            yield from _every(node.get("of", []), kind)


def _labels(told: dict[str, Any]) -> Iterator[str]:
    """Every place in this file that a link may lead to."""
    for page in told["pages"]:
        yield page["name"]
        yield from (id for node in _every(page["of"], "section") for id in node["ids"])
        for id in page["shown"]:
            yield f"{page['name']}#{id}"
            yield from (f"{page['name']}#{anchor}" for anchor in told["exhibits"][id].get("anchors", []) if anchor)
        if any(_every(page["of"], "register")):
            yield from (f"{page['name']}#value-{one['id']}" for one in told["values"])


def _typeset(told: dict[str, Any], once: Once) -> bytes:
    """The PDF of these pages, from what they show alone."""
    shown = {id for page in told["pages"] for id in page["shown"]}
    quoted = {id for page in told["pages"] for node in _every(page["of"], "tiles") for id in node["ids"]}
    listed = any(True for page in told["pages"] for _ in _every(page["of"], "register"))
    head = told["pages"][0]["of"][0]["of"][0]["of"]
    part = {
        "document": f"{told['running']}" if told["whole"] else f"{told['running']}: {''.join(head)}",
        "labels": dict.fromkeys(_labels(told), True), "exhibits": {id: one for id, one in told["exhibits"].items() if id in shown},
        "values": [one for one in told["values"] if listed or one["id"] in quoted],
    }  # fmt: skip
    given = {"main.typ": disk.raw(LAYOUT), "book.json": json.dumps(told | part, ensure_ascii=False).encode()}
    year, month, day = told["date"]
    moment = datetime.datetime(year, month, day, tzinfo=datetime.UTC)
    return once(given, lambda: zips.pdf(_compiled(given, moment)))


def _compiled(given: dict[str, bytes], moment: datetime.datetime) -> bytes:
    only = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[typeface.path(weight).parent for weight in typeface.WEIGHTS]
    )
    files: Any = given
    try:
        raw, warned = typst.compile_with_warnings(files, font_paths=only, pdf_standards=STANDARDS, timestamp=moment)
    except typst.TypstError as error:
        raise Refusal("E440", found=error.diagnostic) from error
    if warned:  # a font that is not found or a layout that does not settle is only a warning, and words would be missing
        raise Refusal("E440", found=warned[0].message)
    return raw


def _day(edition: str) -> tuple[int, int, int]:
    """The first day of the month that names the edition: a clock would make every build differ."""
    year, month = edition.split("-")[:2]
    return int(year), int(month), 1
