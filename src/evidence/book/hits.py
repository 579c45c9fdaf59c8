"""What the search looks in: every place of the book that answers a question, with its kind, its address and its words, as a file for the browser.

A hit is a figure or table, a value, a term, a row of a register, or a passage: not a page alone. The bound pages are read, so that nothing can be
found that is not shown. `search.js` compares these words with a query; what the same thing is called elsewhere is told in `synonyms.csv`.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import lxml.html
from lxml.html import HtmlElement

from evidence import disk, rooms, words

FILE, MORE = "hits.js", "hits-{}.js"  # the second where there is more than fits into a file
LARGEST = 900_000  # bytes of one of them
LONGEST = 300  # characters of a text that are kept: what a row says stands at its beginning
SHORT = 40  # characters of a first cell that is a name and no statement
_NOT_READ = ("exhibits", "genindex", "index", "search")  # lists of what other pages show
# Rows that are found, by the first part of their anchor: their kind, and the cells that name them; the rest is their text.
_ROWS = {
    "term": ("term", (0,)), "value": ("value", (0,)), "recommendation": ("recommendation", (0, 2)), "follow": ("follow-up", (0, 1)),
    "plan": ("plan", (1,)), "claim": ("claim", (1,)), "observation": ("observation", (1, 2, 3)), "source": ("source", (1,)),
    "definition": ("definition", (0, 1)), "tier": ("placing", (0, 1)), "case": ("case", (4,)), "programme": ("programme", (0, 1)),
}  # fmt: skip
_OWN = {("en", "term"): (2,)}  # what a row is called in a language whose words do not stand first in it
_IDS = {"value": (3,)}  # cells of ids alone: they are found, and say nothing to a reader
_OTHERS = {"value": (4,)}  # cells with the names of documents, which are found as such: what rests on one is not what it is called
_ASIDE = (  # tips, links to headings, what is known since, drawings, and ids beside names
    ".//*[contains(@class, 'value-tip') or contains(@class, 'headerlink') or contains(@class, 'later') or self::svg or self::code[ancestor::th]]"
)
_READING = re.compile("[ぁ-ゖー・]{4,}")  # in kana, long enough not to be met by chance within other words
_BLOCKS = {"p", "ul", "ol", "dl", "blockquote"}


class Hit(NamedTuple):
    """A place: what kind of thing stands there, its address from the root of the book, its name, its text and what else it is called."""

    kind: str
    address: str
    title: str
    text: str
    also: str = ""


def write(html: Path, lang: str) -> None:
    """Writes the list of a bound book beside its pages."""
    found = [Hit("page", "../../errata.html", words.word("ui.errata", lang), words.word("ui.errata_lead", lang))]
    found += [hit for path in sorted(html.glob("*.html")) if _read(path.stem) for hit in listed(disk.text(path), path.name)]
    called = [[row["said"], row["means"]] for part in rooms.parts("synonyms.csv") for row in rooms.rows(part) if row["lang"] == lang]
    told = {
        "kinds": {kind: words.word(f"hit.{kind}", lang) for kind in sorted({hit.kind for hit in found})},
        "synonyms": [*called, *readings(found)],
    }
    first, *others = _files([list(hit) for hit in found])
    named = [MORE.format(place) for place in range(2, len(others) + 2)]
    (html / FILE).write_text(f"window.evidenceHits = {_script(told | {'more': named, 'hits': first})};\n", encoding="utf-8")
    for name, hits in zip(named, others, strict=True):
        (html / name).write_text(f"window.evidenceHits.hits.push(...{_script(hits)});\n", encoding="utf-8")


def readings(hits: Iterable[Hit]) -> list[list[str]]:
    """How a term is read, and the name by which all but the glossary call it.

    >>> readings([Hit("term", "g.html#term-a", "SATREPS（仮称）", "さとれっぷす a programme"), Hit("term", "g.html#term-b", "版", "はん an edition")])
    [['さとれっぷす', 'SATREPS']]
    """
    terms = ((hit.title, next((word for word in hit.text.split() if _READING.fullmatch(word)), "")) for hit in hits if hit.kind == "term")
    return [[reading, title.partition("（")[0].partition(" (")[0]] for title, reading in terms if reading]


def _files(hits: list[list[str]]) -> list[list[list[str]]]:
    """The hits in as many parts as make files that are not too large.

    >>> [len(part) for part in _files([["a" * 400_000]] * 5)]
    [2, 2, 1]
    """
    parts: list[list[list[str]]] = [[]]
    size = 0
    for hit in hits:
        own = len(_script(hit).encode())
        if parts[-1] and size + own > LARGEST:
            parts, size = [*parts, []], 0
        parts[-1].append(hit)
        size += own + 1
    return parts


def _script(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def listed(page: str, name: str) -> Iterator[Hit]:
    """Every hit of a page, in the order in which they stand there.

    >>> row = '<table><tr id="term-tier"><th>tier</th><td>one of three</td></tr></table>'
    >>> page = f'<article><section id="s"><h1>Terms<a class="headerlink">#</a></h1><p>All of them.</p>{row}</section></article>'
    >>> for hit in listed(page, "t.html"):
    ...     print(*hit, sep=" | ")
    page | t.html | Terms | All of them. | t
    term | t.html#term-tier | tier | one of three | tier
    """
    tree = lxml.html.fromstring(page)
    for aside in tree.xpath(_ASIDE):
        aside.drop_tree()
    for number, part in enumerate(tree.xpath("//article//*[self::section or self::figure or self::tr][@id]")):
        address = f"{name}#{part.get('id')}"
        if part.tag == "section":
            heads = part.xpath("./h1|./h2|./h3|./h4")
            also = name.removesuffix(".html").replace("_", " ") if number == 0 else ""
            text = " ".join(_text(block) for block in part if block.tag in _BLOCKS)
            yield Hit("section" if number else "page", address if number else name, _text(heads[0]) if heads else "", text[:LONGEST], also)
        elif part.tag == "figure":
            yield _exhibit(part, address)
        elif found := _ROWS.get(part.get("id").partition("-")[0]):
            kind, named = found
            yield _row(part, address, kind, _OWN.get((tree.get("lang"), kind), named))


def _exhibit(figure: HtmlElement, address: str) -> Hit:
    number, title, subtitle = (" ".join(map(_text, figure.xpath(f".//*[@class='exhibit-{part}']"))) for part in ("number", "title", "subtitle"))
    notes = " ".join(map(_text, figure.xpath("./p[@class='exhibit-notes']")))
    heads = " ".join(map(_text, figure.xpath(".//thead//th")))
    named = " ".join(
        dict.fromkeys(name for name in map(_text, figure.xpath(".//tbody/tr/*[1]")) if len(name) <= SHORT)
    )  # countries, programmes, plans
    return Hit(
        "exhibit",
        address,
        f"{number} {title}",
        f"{subtitle} {notes}"[:LONGEST] + f" {named[:LONGEST]}".rstrip(),
        f"{figure.get('id')} {heads}"[:LONGEST],
    )


def _row(row: HtmlElement, address: str, kind: str, named: tuple[int, ...]) -> Hit:
    cells = [_text(cell) for cell in row.xpath("./th|./td")]
    title = " ".join(cells[place] for place in named if place < len(cells) and cells[place])
    aside = _IDS.get(kind, ())
    passed = (*named, *aside, *_OTHERS.get(kind, ()))
    rest = " ".join(cell for place, cell in enumerate(cells) if place not in passed and cell and not re.fullmatch("[0-9a-f]{64}", cell))
    also = " ".join([row.get("id").partition("-")[2], *(cells[place][:LONGEST] for place in aside if place < len(cells))])
    return Hit(kind, address, title, rest[:LONGEST], also.strip())


def _text(element: HtmlElement) -> str:
    """The words of an element; those of its parts do not run into each other."""
    return " ".join(" ".join(element.itertext()).split())


def _read(page: str) -> bool:
    return page not in _NOT_READ and not page.startswith("workings")
