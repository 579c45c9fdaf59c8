"""Drawings by what they draw: an SVG by its elements, or as it is drawn where a program wrote it in other elements; a PDF by its contents."""

import collections
import hashlib
import io
import re
from collections.abc import Iterator
from functools import cache

import pikepdf
import vl_convert as vlc
from lxml import etree
from pypdf import PdfReader

from evidence import disk
from evidence.charts import typeface
from evidence.checking import pixels
from evidence.checking.differences import Compared, Difference, told, worded

_UNDRAWN = frozenset({"metadata", "title", "desc", "script", "namedview"})
_UNSEEN = frozenset({"id", "class", "style", "role", "tabindex"})  # of a style its parts are compared
_SIZE = frozenset({"width", "height", "version"})  # of the whole drawing: it may be shown larger
_NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")
Element = tuple[str, dict[str, str]]


def svg(published: bytes, found: bytes) -> Compared | None:
    """Two drawings: element by element; where these are not the same in number, by their words and by how they are drawn. None for no drawing."""
    old, new = elements(published), elements(found)
    if not new:
        return None
    if [name for name, _ in old] == [name for name, _ in new]:
        marks = [(f"<{name}> {number}", one, other) for number, ((name, one), (_, other)) in enumerate(zip(old, new, strict=True), start=1)]
        differing = [Difference(f"{place} {part.place}", part.was, part.now) for place, one, other in marks for part in told(one, other)]
        return Compared(differing, len(differing) / max(1, len(old)))
    said = worded("\n".join(_words(old)), "\n".join(_words(new)))
    if said.found:
        return Compared([Difference("text", one.was, one.now) for one in said.found], said.share)
    return pixels.pixels(*(_drawn(raw) for raw in (published, found))) or Compared([Difference("<svg>", str(len(old)), str(len(new)))], 1.0)


@cache
def elements(raw: bytes) -> list[Element]:
    """What is drawn, in its order: each element's name and attributes, with its text as one of them; none where it is no drawing."""
    root = disk.tree(raw, mended=True) if b"<svg" in raw else None
    return [] if root is None else list(_elements(root))


def _elements(node: etree._Element) -> Iterator[Element]:
    name = etree.QName(node).localname
    if name in _UNDRAWN:
        return
    attributes = {str(key): str(told) for key, told in node.attrib.items()}
    attributes |= {key.strip(): told for key, _, told in (part.partition(":") for part in attributes.get("style", "").split(";")) if told}
    unseen = _UNSEEN | _SIZE if name == "svg" else _UNSEEN
    seen = {key: _plain(told) for key, told in attributes.items() if key not in unseen and not (key.startswith("{") and "xlink" not in key)}
    if text := " ".join((node.text or "").split()):
        seen["text"] = text
    if name != "defs" or len(node):
        yield name, seen
    for child in node.iterchildren(etree.Element):
        yield from _elements(child)


def _plain(told: str) -> str:
    """An attribute as programs differ least in: small spaces, numbers to three places."""
    rounded = _NUMBER.sub(lambda number: f" {float(number[0]):.3f} ", told) if not told.startswith("#") else told.lower()
    return re.sub(r"[\s,]+", " ", rounded).strip()


def _words(drawn: list[Element]) -> list[str]:
    return [part[key] for _, part in drawn for key in ("text", "aria-label") if key in part]


def _drawn(raw: bytes) -> bytes:
    typeface.register()
    return vlc.svg_to_png(raw.decode("utf-8", errors="replace"), ppi=144)


def pdf(published: bytes, found: bytes) -> Compared:
    """Two documents: the same where all their contents are; else by their words, which cannot say whether a line of the drawing was moved."""
    old, new = (PdfReader(io.BytesIO(raw)).pages for raw in (published, found))
    if len(old) != len(new):
        return Compared([Difference("pages", str(len(old)), str(len(new)))], 1.0)
    if _contents(published) == _contents(found):
        return Compared([])
    sides = ["\n".join("".join(line.split()) for page in side for line in page.extract_text().splitlines()) for side in (old, new)]
    return worded(*sides, sure=False)


def _contents(raw: bytes) -> collections.Counter[str]:
    """The SHA-256 of everything drawn, but for what describes the file."""
    with pikepdf.open(io.BytesIO(raw)) as document:
        streams = [one for one in document.objects if isinstance(one, pikepdf.Stream)]
        kept = [one for one in streams if one.get("/Type") not in (pikepdf.Name.Metadata, pikepdf.Name.ObjStm, pikepdf.Name.XRef)]
        return collections.Counter(hashlib.sha256(one.read_bytes()).hexdigest() for one in kept)
