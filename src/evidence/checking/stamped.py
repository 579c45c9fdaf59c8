"""What a file says it is: the stamp in it, wherever a program that saved it anew has left it, and the page that shows it."""

import io
import zipfile

from lxml import etree
from pypdf import PdfReader

from evidence import disk
from evidence.checking.published_site import Edition, sha256
from evidence.citing import stamps
from evidence.citing.stamps import STAMP, Stamp

MOST = 200 * 1024 * 1024  # bytes that an archive may unfold to before it is refused
_FIRST = ("docProps/core.xml", "datapackage.json", "meta.xml")  # where we wrote it; elsewhere it stands on a sheet or a page of notes
_TEXT = (".xml", ".json", ".rels")


def stamp(name: str, raw: bytes) -> Stamp | None:
    """What a file says it is: in the metadata of SVG, PNG and PDF, in the parts of Office files, the comment of a ZIP; None if nothing."""
    try:
        return stamps.read(_said(name.lower(), raw))
    except Exception:  # the readers of foreign files fail in many ways: a damaged file says nothing
        return None


def _said(name: str, raw: bytes) -> str:
    if raw.startswith(b"%PDF"):
        told: dict[str, object] = dict(PdfReader(io.BytesIO(raw)).metadata or {})
        return " ".join(str(told.get(key, "")) for key in ("/Identifier", "/Keywords"))
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _packed(archive)
    return "" if name.endswith(".csv") else raw.decode(errors="replace")


def _packed(archive: zipfile.ZipFile) -> str:
    """The first text in the archive that bears a stamp."""
    if sum(entry.file_size for entry in archive.infolist()) > MOST:
        return ""
    names = sorted((name for name in archive.namelist() if name.endswith(_TEXT)), key=lambda name: (name not in _FIRST, name))
    parts = [archive.comment, *(archive.read(name) for name in names)]
    return next((text for text in (part.decode(errors="replace") for part in parts) if STAMP.search(text)), "")


def page(raw: bytes, said: Stamp, one: Edition) -> str:
    """The address on which the edition shows this very drawing, copied out of its page; empty if it does not.

    Programs write the same element in several ways: compared is what was read, not how it was written.
    """
    drawn = _drawings(raw, said)
    for address in one.records[said.kind][said.id]["page"].values() if drawn else ():
        path = address.partition("#")[0]
        if path in one.sums and (one.folder / path).is_file():
            shown = disk.raw(one.folder / path)
            if sha256(shown) == one.sums[path] and drawn[0] in _drawings(shown, said):
                return str(address)
    return ""


def _drawings(raw: bytes, said: Stamp) -> list[list[tuple[object, ...]]]:
    """Every drawing in these bytes that carries this stamp: tag, attributes and text of each of its elements."""
    if b"<svg" not in raw or str(said).encode() not in raw:
        return []
    root = etree.fromstring(raw, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    found = [] if root is None else [svg for svg in root.iter("svg") if str(said) in "".join(svg.itertext("metadata"))]
    return [[(part.tag, sorted(part.attrib.items()), part.text or "") for part in svg.iter(etree.Element)] for svg in found]
