"""A drawing as SVG, PNG and PDF, each saying within the file what it is."""

import hashlib
import io
import math
import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import pypdf
import vl_convert as vlc
from PIL import Image, PngImagePlugin
from pypdf.generic import DictionaryObject, NameObject

from evidence import zips
from evidence.charts import typeface
from evidence.citing.citations import line

ENLARGED = 2  # on a page of A4 that is 200 dots an inch; who prints it larger takes the SVG or PDF, which have no dots
DPI = 96 * ENLARGED  # a picture is then as large as its drawing
_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/",
}  # fmt: skip
_TERMS = {
    "dc:identifier": "identifier", "dc:title": "title", "dc:creator": "creator", "dc:publisher": "publisher", "dc:language": "language",
    "dc:source": "address", "dc:rights": "licence", "dcterms:license": "licence_address", "dcterms:isPartOf": "book",
    "dcterms:hasVersion": "edition", "dcterms:bibliographicCitation": "citation",
}  # fmt: skip
_PNG = {"Title": "title", "Author": "creator", "Copyright": "licence", "Source": "address", "Description": "citation"}
_PNG |= {"Identifier": "identifier", "Edition": "edition", "Licence": "licence_address", "Language": "language"}
_PDF = {"Title": "title", "Author": "creator", "Subject": "citation", "Keywords": "identifier", "Identifier": "identifier"}
_PDF |= {"Edition": "edition", "Licence": "licence_address", "Address": "address"}


def svg(drawing: str, told: dict[str, str]) -> bytes:
    """The drawing with its properties as Dublin Core metadata, the first thing inside the root element."""
    names = " ".join(f"xmlns:{prefix}={quoteattr(address)}" for prefix, address in _NAMESPACES.items())
    terms = "".join(f"<{term}>{escape(line(told[name]))}</{term}>" for term, name in _TERMS.items())
    metadata = f'<metadata><rdf:RDF {names}><rdf:Description rdf:about="">{terms}</rdf:Description></rdf:RDF></metadata>'
    return re.sub(r"^(<svg\b[^>]*>)", lambda root: root[1] + metadata, drawing, count=1).encode()


def png(drawing: str, told: dict[str, str]) -> bytes:
    """The drawing as pixels on white, enlarged, with its properties as international text (iTXt)."""
    typeface.register()
    picture = _few_colours(Image.open(io.BytesIO(vlc.svg_to_png(typeface.cut(_on_white(drawing)), ppi=72 * ENLARGED))).convert("RGB"))
    said = PngImagePlugin.PngInfo()
    for keyword, name in _PNG.items():
        said.add_itxt(keyword, line(told[name]), told["language"])
    stream = io.BytesIO()
    picture.save(stream, "PNG", pnginfo=said, dpi=(DPI, DPI), compress_level=8)  # 9 takes twice as long for the last twentieth
    return stream.getvalue()


def _few_colours(picture: Image.Image) -> Image.Image:
    """The same picture with a palette, a third of the size: of its own colours where they are few enough to lose nothing, else of the 256 nearest."""
    found = picture.getcolors(256)
    if found is None:
        return picture.quantize(256, dither=Image.Dither.NONE)
    palette = np.array(sorted(colour for _, colour in found), dtype=np.uint8)
    place = np.zeros(1 << 24, dtype=np.uint8)  # of a colour in the palette, by its three bytes as one number
    place[np.pad(palette, ((0, 0), (0, 1))).view("<u4").ravel()] = np.arange(len(palette), dtype=np.uint8)
    pixels = np.asarray(picture.convert("RGBA")).view("<u4")[..., 0] & 0xFFFFFF
    small = Image.fromarray(place[pixels], "P")
    small.putpalette(palette.tobytes())
    return small


def _on_white(drawing: str) -> str:
    wide, high = (math.ceil(float(number)) for number in re.findall(r'\b(?:width|height)="([\d.]+)"', drawing)[:2])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{wide}" height="{high}">'
        f'<rect width="{wide}" height="{high}" fill="#ffffff"/>{_inlined(drawing)}</svg>'
    )


def _inlined(drawing: str) -> str:
    """The drawing as a group: nested in another it is drawn two to three times as slowly, to the same picture; one that is scaled stays nested.

    >>> _inlined('<svg width="20" height="10" viewBox="0 0 20 10"><g/></svg>'), _inlined('<svg width="20" height="10" viewBox="0 0 2 1"/>')[:4]
    ('<g><g/></g>', '<svg')
    """
    root = re.match(r"<svg\b[^>]*>", drawing)
    wide, high = re.findall(r'\b(?:width|height)="([\d.]+)"', drawing)[:2]
    if not root or f'viewBox="0 0 {wide} {high}"' not in root[0] or not drawing.endswith("</svg>"):
        return drawing
    return f"<g>{drawing[root.end() : -len('</svg>')]}</g>"


def pdf(drawing: str, told: dict[str, str]) -> bytes:
    """The drawing as a page with its fonts and its properties; written in one order, for the program that draws it has none."""
    typeface.register()
    reader = pypdf.PdfReader(io.BytesIO(vlc.svg_to_pdf(typeface.cut(drawing))))
    for page in reader.pages:
        _tag(page["/Resources"])
        _sort(page)
    writer = pypdf.PdfWriter()
    writer.append(reader)
    writer.metadata = None
    writer.add_metadata({f"/{key}": line(told[name]) for key, name in _PDF.items()} | {"/Producer": "svg2pdf, pypdf"})
    writer.root_object[NameObject("/Lang")] = pypdf.generic.TextStringObject(told["language"])
    stream = io.BytesIO()
    writer.write(stream)
    return zips.pdf(stream.getvalue())


def _tag(resources: Any) -> None:
    """Gives each font that a page holds in part the six letters its name begins with by what is held: they tell where in the whole font it stood."""
    for font in [found.get_object() for found in resources.get("/Font", {}).values()]:
        inner = font["/DescendantFonts"][0].get_object()
        described = inner["/FontDescriptor"]
        digest = hashlib.sha256(described["/FontFile3"].get_data()).digest()
        tag = "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
        for part, key in ((font, "/BaseFont"), (inner, "/BaseFont"), (described, "/FontName")):
            part[NameObject(key)] = NameObject(f"/{tag}+{part[key].partition('+')[2]}")


def _sort(found: DictionaryObject) -> None:
    """Puts the keys of the page and of the dictionaries in it into order: the writer numbers objects as it meets them."""
    for key in sorted(found):
        part = found.raw_get(key)
        del found[key]
        found[key] = part
        if isinstance(part, DictionaryObject):
            _sort(part)
