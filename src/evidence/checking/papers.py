"""A committee paper as passages of text, each with its place, and as the pictures in it: Word, PowerPoint, PDF, Markdown or plain text."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import docx
import pptx
from lxml import etree
from pypdf import PdfReader

from evidence.checking.verification import MOST
from evidence.errors import Place, Refusal

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"))
_SAFE = {"resolve_entities": False, "no_network": True, "huge_tree": False}


@dataclass(frozen=True)
class Paper:
    """What was read: (place, text) of every passage, and (place, name, bytes) of every picture."""

    passages: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[tuple[str, str, bytes]] = field(default_factory=list)


def read(path: Path) -> Paper:
    """The paper's passages and pictures.

    Raises:
        Refusal: E290 a file that is damaged, locked, too large when unfolded, or of another kind.
    """
    readers = {".docx": _office, ".pptx": _office, ".pdf": _pdf, ".md": _plain, ".txt": _plain}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise Refusal("E290", Place(path.name), path.suffix or path.name)
    try:
        return reader(path)
    except Refusal:
        raise
    except OSError as error:
        raise Refusal("E290", Place(path.name), str(error)) from error
    except Exception as error:  # the readers of foreign files fail in many ways, all of them meaning the same
        raise Refusal("E290", Place(path.name), type(error).__name__) from error


def joined(text: str) -> str:
    """The text as one line, as it is searched: lines joined, full-width letters and the several hyphens made ASCII, unseen characters gone.

    >>> joined("図 ２‑１\\n（budget-\\ngrowth）資\\n料")
    '図 2-1(budget-growth)資料'
    """
    text = _UNSEEN.sub("", text).translate(_HYPHENS)
    text = re.sub(r"(?<=[-/#])[ \t]*\r?\n[ \t]*|(?<=[^\x00-\x7f])[ \t]*\r?\n[ \t]*|[ \t]*\r?\n[ \t]*(?=[^\x00-\x7f])", "", text)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).translate(_HYPHENS)).strip()


def _office(path: Path) -> Paper:
    raw = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST:
            raise Refusal("E290", Place(path.name), f"> {MOST // 1024**2} MB")
    stream = io.BytesIO(raw)
    package = docx.Document(stream).part.package if path.suffix.lower() == ".docx" else pptx.Presentation(stream).part.package
    paper = Paper()
    for part in sorted(package.iter_parts(), key=lambda part: _counted(str(part.partname))):
        name = str(part.partname).rpartition("/")[2]
        if part.content_type.startswith("image/"):
            paper.pictures.append((name, name, part.blob))
        elif part.content_type.endswith("xml"):
            stem = name.removesuffix(".xml")
            told = [(f"{stem} ¶{number}", text) for number, text in enumerate(_paragraphs(part.blob), start=1)]
            links = [(f"{stem} →", link.target_ref) for link in part.rels.values() if link.is_external]
            paper.passages.extend((place, joined(text)) for place, text in [*told, *links] if text.strip())
    return paper


def _counted(name: str) -> tuple[str, int]:
    """The name with its number as a number: slide 10 after slide 9."""
    number = re.search(r"(\d+)\.\w+$", name)
    return re.sub(r"\d+\.\w+$", "", name), int(number[1]) if number else 0


def _paragraphs(raw: bytes) -> Iterator[str]:
    """Text of every paragraph; of one inside another, such as a text box, only its own."""
    root = etree.fromstring(raw, etree.XMLParser(**_SAFE))
    for paragraph in root.iter("{*}p"):
        texts = [node.text or "" for node in paragraph.iter("{*}t") if next(node.iterancestors("{*}p")) is paragraph]
        if texts:
            yield "".join(texts)


def _pdf(path: Path) -> Paper:
    reader = PdfReader(path)
    texts = ((f"p. {number}", joined(page.extract_text())) for number, page in enumerate(reader.pages, start=1))
    return Paper([(place, text) for place, text in texts if text])


def _plain(path: Path) -> Paper:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp932", errors="replace")
    passages, start = [], 1
    for block in re.split(r"(\r?\n[ \t]*(?:\r?\n[ \t]*)+)", text):
        if block.strip():
            passages.append((f"l. {start}", joined(block)))
        start += block.count("\n")
    return Paper(passages)
