"""What a review found, for those who wrote the paper: a page that needs nothing else, and a copy of a Word document with a comment at each place."""

import io
import posixpath
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from jinja2 import Environment, PackageLoader, select_autoescape

from evidence import disk, words
from evidence.checking import papers
from evidence.checking.review import VERDICTS, shown

NAMES = ("id", "edition", "said", "published", "was", "now", "latest", "detail")  # what is told of a citation, in this order
GOOD, ASK = ("current",), ("same", "changed", "withdrawn", "ambiguous", "unreadable")  # of the verdicts; any other is something wrong
_TEMPLATES = Environment(loader=PackageLoader("evidence.checking"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True)


def page(paper: str, records: list[dict[str, Any]], editions: list[str], lang: str) -> str:
    """The page of a review of the paper of this name against these editions; it asks no other file and runs nothing."""
    verdicts = Counter(record["verdict"] for record in records)
    told = {
        "paper": paper, "editions": editions, "lang": lang, "names": NAMES, "records": [shown(one, lang) | {"mark": _mark(one)} for one in records],
        "counts": {verdict: verdicts[verdict] for verdict in VERDICTS if verdict in verdicts}, "word": partial(words.word, lang=lang),
    }  # fmt: skip
    return _TEMPLATES.get_template("review.html").render(told)


def _mark(record: dict[str, Any]) -> str:
    return "good" if record["verdict"] in GOOD else "ask" if record["verdict"] in ASK else "bad"


def lines(record: dict[str, Any], lang: str) -> list[str]:
    """A record in lines: the verdict and what is cited, then everything that is told of it."""
    told = shown(record, lang)
    head = " ".join(part for part in (told["verdict"], told["title"], told["id"] and f"({told['id']})") if part)
    return [
        head,
        *(words.word("report.line", lang, name=words.word(f"col.review.{name}", lang), told=told[name]) for name in NAMES[1:] if told[name]),
    ]


def annotated(paper: Path, records: list[dict[str, Any]], lang: str) -> bytes:
    """A copy of the Word document with a comment at each citation, of one in a footnote or endnote at its number in the text; what stands where Word
    has no comments is told at the first paragraph.
    """
    document = docx.Document(io.BytesIO(disk.raw(paper)))
    places = {f"document ¶{number}": element for number, (element, _) in enumerate(papers.paragraphs(document.element), start=1)}
    pictured, noted = {name: element for element, name in _pictured(document)}, dict(_noted(document))
    first = next(iter(places.values()), None)
    for record in records:
        at, note = places.get(record["place"], pictured.get(record["place"])), noted.get(record["place"])
        element = at if at is not None else first
        told = "\n".join(lines(record, lang))
        if note is not None:
            runs, told = [note], f"{words.word('report.in_note', lang)}\n{told}"
        else:
            runs = _runs(Paragraph(element, document) if element is not None else document.add_paragraph())
            told = told if at is not None else f"{record['place']}\n{told}"
        document.add_comment(runs, told, author=words.word("report.title", lang), initials="EB")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _runs(paragraph: Paragraph) -> list[Run]:
    """The runs that a comment is fixed to, those within links too; an empty one where there are none."""
    found = [Run(element, paragraph) for element in paragraph._p.xpath(".//w:r[not(ancestor::w:txbxContent)]")]
    return found or paragraph.runs or [paragraph.add_run()]


def _pictured(document: Document) -> list[tuple[Any, str]]:
    """The paragraphs that hold a picture, each with the picture's name."""
    parts = {key: posixpath.basename(str(link.target_part.partname)) for key, link in document.part.rels.items() if not link.is_external}
    blips = [(blip, parts.get(id, "")) for blip in document.element.xpath(".//a:blip") for id in blip.xpath("./@r:embed")]
    return [(next(blip.iterancestors("{*}p")), name) for blip, name in blips]


def _noted(document: Document) -> Iterator[tuple[str, Run]]:
    """The places in footnotes and endnotes, each with the run of the text that holds the number of its note: Word has no comments inside a note."""
    for link in document.part.rels.values():
        kind = link.reltype.rpartition("/")[2].removesuffix("s")
        if link.is_external or kind not in ("footnote", "endnote"):
            continue
        numbers = {run.xpath(f"./w:{kind}Reference/@w:id")[0]: run for run in document.element.xpath(f".//w:r[w:{kind}Reference]")}
        stem = posixpath.basename(str(link.target_part.partname)).removesuffix(".xml")
        for number, (paragraph, _) in enumerate(papers.paragraphs(disk.tree(link.target_part.blob)), start=1):
            note = next(paragraph.iterancestors(f"{{*}}{kind}"), None)
            if note is not None and (run := numbers.get(note.get(qn("w:id")))) is not None:
                yield f"{stem} ¶{number}", Run(run, Paragraph(next(run.iterancestors("{*}p")), document))
