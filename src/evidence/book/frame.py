"""What stands around the text of a page: the edition it belongs to, its PDFs, and the way to the same page in the other language."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from sphinx.addnodes import toctree
from sphinx.application import Sphinx

from evidence import disk, words
from evidence.words import LANGUAGES

LISTED = 40  # pages below a chapter that are listed beside every page; of more only those next to where the reader is
BOOK, HANDOUT = "book", "handout"  # the names of the PDF of the whole book, and of what it says before its first exhibit


def around(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Gives the templates what they set around every page."""
    lang = app.config.language
    other = next(one for one in LANGUAGES if one != lang)
    context["twin_href"] = "../" * (pagename.count("/") + 1) + f"{other}/{pagename}.html"
    context["twin_lang"] = other
    context["twin_label"] = words.word("ui.twin", other)
    context["pdfs"] = list(_pdfs(app, pagename))
    edition = records(app.config).get("edition", "")  # a draft has none yet
    told = {"id": edition, "edition": words.word("ui.edition", lang, name=edition) if edition else ""}
    told |= {name: words.word(f"book.{name}", lang) for name in ("title", "author")}
    told |= {"parts": parts(app), "way": {pagename, *_above(app, pagename)}, "below": partial(below, here=pagename)}
    named = ("toggle", "editions", "errata", "newer_edition", "corrected_edition")
    context["frame"] = told | {name: words.word(f"ui.{name}", lang) for name in named}


@dataclass(frozen=True)
class Entry:
    """A page as the list of chapters beside every page names it, with those below it."""

    name: str
    title: str
    below: tuple["Entry", ...]


@dataclass(frozen=True)
class Part:
    """A part of the book in the list of chapters, the first perhaps without a caption."""

    caption: str
    pages: tuple[Entry, ...]


def parts(app: Sphinx) -> list[Part]:
    """The list of chapters, by the contents that Sphinx has read: the same for every page, and made once."""
    cached: list[Part] | None = getattr(app, "_evidence_parts", None)
    if cached is None:
        found = app.env.tocs[app.config.root_doc].findall(toctree)
        cached = [Part(one.get("caption") or "", tuple(_entry(app, name) for _, name in one["entries"])) for one in found]
        app._evidence_parts = cached  # type: ignore[attr-defined]
    return cached


def _entry(app: Sphinx, name: str) -> Entry:
    return Entry(name, app.env.titles[name].astext(), tuple(_entry(app, one) for one in app.env.toctree_includes.get(name, [])))


def below(page: Entry, here: str) -> tuple[Entry, ...]:
    """The pages below this one that are listed beside the page `here`: all where they are few, or where it is the chapter itself.

    Else a thousand profiles would stand beside each of a thousand profiles; a profile has those around it, and its chapter above them.

    >>> chapter = Entry("a", "A", tuple(Entry(str(place), "", ()) for place in range(100)))
    >>> [len(below(chapter, here)) for here in ("a", "50", "elsewhere")], [one.name for one in below(chapter, "99")][::39]
    ([100, 40, 0], ['60', '99'])
    """
    names = [one.name for one in page.below]
    if len(names) <= LISTED or here == page.name:
        return page.below
    if here not in names:
        return ()
    first = min(max(0, names.index(here) - LISTED // 2), len(names) - LISTED)
    return page.below[first : first + LISTED]


def _above(app: Sphinx, page: str) -> Iterator[str]:
    """The pages under which this one stands, but for the first of the book."""
    for above, below in app.env.toctree_includes.items():
        if page in below and above != app.config.root_doc:
            yield above
            yield from _above(app, above)


def escaped(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Makes the title that the theme has set, and writes as it is, safe to write."""
    if "pagetitle" in context:
        context["pagetitle"] = escape(str(context["pagetitle"]))


def records(config: Any) -> dict[str, Any]:
    """What the pages may show, as it was staged."""
    cached = getattr(config, "_evidence", None)
    if cached is None:
        cached = config._evidence = disk.loaded(Path(config.evidence_records))
    return cached


def _pdfs(app: Sphinx, pagename: str) -> Iterator[tuple[str, str]]:
    """File and name of the page's chapter as PDF, on the first page after that of the book; a draft has none, nor have the workings."""
    if records(app.config).get("edition") and pagename in app.env.found_docs and not pagename.startswith("workings"):
        if pagename == app.config.root_doc:
            yield f"{HANDOUT}.pdf", words.word("ui.handout_pdf", app.config.language)
            yield f"{HANDOUT}.pptx", words.word("ui.handout_pptx", app.config.language)
            yield f"{BOOK}.pdf", words.word("ui.pdf_book", app.config.language)
            return
        yield f"{next(_above(app, pagename), pagename)}.pdf", words.word("ui.pdf_page", app.config.language)
