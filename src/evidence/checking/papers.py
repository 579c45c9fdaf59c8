"""A committee paper as passages of text, each with its place, and as the pictures in it: Office, OpenDocument, PDF, HTML, RTF or text."""

import codecs
import html
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import docx
import pptx
from lxml import etree
from pypdf import PageObject, PdfReader

from evidence import disk, unseen
from evidence.checking import other_papers, pasted, rtf
from evidence.checking.alike import HYPHENS, alike
from evidence.checking.pasted import Chart
from evidence.checking.running import apart
from evidence.errors import Place, Refusal
from evidence.tables import packed

_HYPHENS = str.maketrans(dict.fromkeys(HYPHENS, "-"))
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32", codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
_PAINTS = frozenset({b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"sh", b"Do", b"INLINE IMAGE", b"Tj", b"TJ", b"'", b'"'})  # in a PDF
_SIGNS = {"br": "\n", "cr": "\n", "tab": "\n", "ptab": "\n", "noBreakHyphen": "-"}  # what an office program writes as an element
_WRITTEN = [f"{{*}}{name}" for name in ("t", *_SIGNS)]
_FIELD = re.compile(r'^\s*HYPERLINK\b.*?"([^"]+)"')  # a link that is no relation
LETTERS, PASSAGES = 5_000_000, 100_000  # of a paper's text
OLD = {".doc": ".docx", ".ppt": ".pptx", ".xls": ".xlsx"}  # no kept library reads them: each is saved anew first


@dataclass(frozen=True)
class Paper:
    """What was read: (place, text) of every passage, (place, name, bytes) of every picture, every chart, and the places of pages without text.

    `flows` says that a passage may go on in the next, as pages do.
    """

    passages: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[tuple[str, str, bytes]] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    flows: bool = False


def read(path: Path) -> Paper:
    """The paper's passages and pictures.

    Raises:
        Refusal: E290 a file that is damaged, locked, in another encoding or of another kind, E298 one that is too large.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        newer = OLD.get(path.suffix.lower())
        raise Refusal("E290", Place(path.name), f"{path.suffix} → {newer}" if newer else path.suffix or path.name)
    try:
        paper = reader(path)
        _bound(path, sum(len(text) for _, text in paper.passages), LETTERS)
        return paper
    except Refusal:
        raise
    except OSError as error:
        raise Refusal("E290", Place(path.name), str(error)) from error
    except Exception as error:  # the readers of foreign files fail in many ways, all of them meaning the same
        raise Refusal("E290", Place(path.name), type(error).__name__) from error


def _bound(path: Path, count: int, most: int) -> None:
    if count > most:
        raise Refusal("E298", Place(path.name), f"{count:,} > {most:,}")


def joined(text: str) -> str:
    """The text as one line, as it is searched: lines joined, full-width letters and the several hyphens made ASCII, unseen characters gone.

    >>> joined("図 ２‑１\\n（budget-\\ngrowth）資\\n料")
    '図 2-1(budget-growth)資料'
    """
    lines = [line.strip(" \t") for line in unseen.without(text).translate(_HYPHENS).replace("\r\n", "\n").split("\n")]
    parts = [part for line, after in zip(lines, [*lines[1:], ""], strict=True) for part in (line, "" if _close(line, after) else "\n")]
    return alike("".join(parts))


def _close(line: str, after: str) -> bool:
    """Whether the next line goes on without a space: after a hyphen or slash, and where Japanese stands on either side."""
    return line[-1:] in ("-", "/", "#") or not line[-1:].isascii() or not after[:1].isascii()


def _office(path: Path) -> Paper:
    raw = disk.plain(path)
    if too_large := packed.fault(raw, packed.PAPER):
        raise Refusal("E298", Place(path.name), too_large)
    stream = io.BytesIO(raw)
    package = docx.Document(stream).part.package if path.suffix.lower() == ".docx" else pptx.Presentation(stream).part.package
    paper = Paper()
    for part in sorted(package.iter_parts(), key=lambda part: _counted(str(part.partname))):
        name = str(part.partname).rpartition("/")[2]
        if part.content_type.startswith("image/"):
            paper.pictures.append((name, name, part.blob))
        elif part.content_type.endswith("xml"):
            stem = name.removesuffix(".xml")
            root = disk.tree(part.blob)
            told = [(f"{stem} ¶{number}", text) for number, (_, text) in enumerate(paragraphs(root), start=1)]
            _bound(path, len(told) + len(paper.passages), PASSAGES)
            paper.charts.extend(pasted.charts(root, part))
            links = [(f"{stem} →", link.target_ref) for link in part.rels.values() if link.is_external]
            links += [(f"{stem} →", link[1]) for code in root.iter("{*}instrText") if (link := _FIELD.match(code.text or ""))]
            paper.passages.extend((place, joined(text)) for place, text in [*told, *links] if text.strip())
    return paper


def _counted(name: str) -> tuple[str, int]:
    """The name with its number as a number: slide 10 after slide 9."""
    number = re.search(r"(\d+)\.\w+$", name)
    return re.sub(r"\d+\.\w+$", "", name), int(number[1]) if number else 0


def paragraphs(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Every paragraph that holds text, and the text; of one inside another, such as a text box, only its own."""
    for paragraph in root.iter("{*}p"):
        own = [node for node in paragraph.iter(*_WRITTEN) if next(node.iterancestors("{*}p")) is paragraph]
        if any(etree.QName(node).localname == "t" for node in own):
            yield paragraph, "".join(map(_written, own))


def _written(node: etree._Element) -> str:
    """What a node of a paragraph shows: its text, or the sign that it stands for."""
    name = etree.QName(node).localname
    return (node.text or "") if name == "t" else _SIGNS[name] if etree.QName(node.getparent()).localname in ("r", "p") else ""


def _pdf(path: Path) -> Paper:
    """The text of each page and the addresses of its links; what runs at the top and bottom of pages follows, as passages of its own.

    Its pictures are not compared, for a PDF may hold them in parts.
    """
    paper, running = Paper(flows=True), []
    pages = PdfReader(io.BytesIO(disk.plain(path))).pages
    for number, (page, (told, heads)) in enumerate(zip(pages, apart([page.extract_text() for page in pages]), strict=True), start=1):
        links = " ".join(str(note.get_object().get("/A", {}).get("/URI", "")) for note in page.get("/Annots") or ()).strip()
        if text := " ".join(part for part in (joined(told), links) if part):
            paper.passages.append((f"p. {number}", text))
        if heads:
            running.append((f"p. {number}", joined(heads)))
        if not (told or heads) and _painted(page):
            paper.unread.append(f"p. {number}")
    paper.passages.extend(running)
    return paper


def _painted(page: PageObject) -> bool:
    """Whether anything is drawn on the page: an office program sets a line width and a clipping on one with nothing on it."""
    drawn = page.get_contents()
    return drawn is not None and any(operator in _PAINTS for _, operator in drawn.operations)


def _packed(path: Path) -> Paper:
    raw = disk.plain(path)
    book = path.suffix.lower() in (".xlsx", ".xlsm")
    if too_large := packed.fault(raw, packed.WORKBOOK if book else packed.PAPER):
        raise Refusal("E298", Place(path.name), too_large)
    passages = other_papers.workbook(raw) if book else other_papers.opendocument(raw)
    charts = () if book else pasted.opendocument(raw)
    return Paper(_told(path, passages), other_papers.pictures(raw), [*charts])


def _web(path: Path) -> Paper:
    text = _decoded(disk.plain(path), path.name)
    _bound(path, len(text), LETTERS)
    return Paper(_told(path, other_papers.web(text)))


def _told(path: Path, passages: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The passages that say something, as they are searched; counted as they come, so that none too many is held."""
    found: list[tuple[str, str]] = []
    for place, text in passages:
        if text.strip():
            found.append((place, joined(text)))
            _bound(path, len(found), PASSAGES)
    return found


def _plain(path: Path) -> Paper:
    return _blocks(path, _decoded(disk.plain(path), path.name))


def _markdown(path: Path) -> Paper:
    return _blocks(path, _shown(_decoded(disk.plain(path), path.name)))


def _shown(text: str) -> str:
    r"""Markdown as its reader sees it, as far as a citation goes: signs behind a backslash, dashes, names of signs, emphasis by underscores.

    >>> _shown(r"7\.0--8.8 \[_growth-bars_\] &amp; 5\%")
    '7.0–8.8 [growth-bars] & 5%'
    """
    dashed = re.sub(r"(?<![-|:])--(-?)(?![-|:])", lambda dash: "—" if dash[1] else "–", html.unescape(text))
    plain = re.sub(r"(?<![A-Za-z0-9_\\])_{1,2}(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])_{1,2}(?![A-Za-z0-9_])", "", dashed)
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", plain)


def _rich(path: Path) -> Paper:
    return _blocks(path, rtf.text(disk.plain(path)))


def _blocks(path: Path, text: str) -> Paper:
    _bound(path, len(text), LETTERS)
    blocks = re.split(r"(\r?\n[ \t]*+(?:\r?\n[ \t]*+)+)", text)
    _bound(path, len(blocks) // 2 + 1, PASSAGES)
    passages, start = [], 1
    for block in blocks:
        if block.strip():
            passages.append((f"l. {start}", joined(block)))
        start += block.count("\n")
    return Paper(passages)


def _decoded(raw: bytes, name: str) -> str:
    """The text in the encoding that its first bytes tell: UTF-8, UTF-16 or UTF-32 with its mark; without one UTF-8, else CP932."""
    marked = next((encoding for mark, encoding in _MARKS.items() if raw.startswith(mark)), "")
    for encoding in (marked,) if marked else ("utf-8", "cp932"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refusal("E290", Place(name), marked or "UTF-8, UTF-16, CP932 ×")


READERS = {
    ".docx": _office, ".pptx": _office, ".pdf": _pdf, ".md": _markdown, ".txt": _plain, ".rtf": _rich, ".html": _web, ".htm": _web,
    ".xlsx": _packed, ".xlsm": _packed, ".odt": _packed, ".odp": _packed, ".ods": _packed,
}  # fmt: skip
