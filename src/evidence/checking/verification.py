"""Whether an edition, a file or an id with its digits is what was published; whatever does not hold is named."""

import csv
import io
import os
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from evidence import root
from evidence.checking.published_site import KINDS, SUMS, Edition, Site, rows, sha256
from evidence.citing import stamps
from evidence.citing.citations import DIGITS
from evidence.citing.stamps import Stamp
from evidence.errors import Place, Refusal
from evidence.nearest import near

MOST = 200 * 1024 * 1024  # bytes that an archive may unfold to before it is refused


@dataclass(frozen=True)
class Known:
    """What was found to be as published: where (the newest edition first), which figure or value it belongs to, and under what path."""

    editions: tuple[str, ...]
    id: str
    path: str
    kind: str = "figures"


def edition(folder: Path, published: Path | None = None) -> list[Refusal]:
    """Everything in the edition's folder that is not as its SHA256SUMS says, none where it holds; sorted by path.

    With `published`, the folder of a site, the list itself must be the one published there.
    E601 changed, E602 missing, E603 added, E604 renamed, E605 a list that cannot be read or is not the published one, E607 no plain file.
    """
    folder = folder.resolve()  # "." has a name too
    problems = _differing(folder, set())
    if published and (folder / SUMS).is_file() and (published / folder.name / SUMS).read_bytes() != (folder / SUMS).read_bytes():
        problems.append(Refusal("E605", Place(SUMS), f"{SUMS} ({folder.name})"))
    return sorted(problems, key=lambda problem: problem.place.file)


def around(folder: Path) -> list[Refusal]:
    """The same of what stands around the editions of a site, and of the list of each edition; editions that were copied out alone have no more."""
    folder = folder.resolve()
    editions = {path.parent.name for path in folder.glob(f"*/{SUMS}")}
    if not (folder / SUMS).exists() and {path.name for path in folder.iterdir()} == editions:
        return []
    return sorted(_differing(folder, editions), key=lambda problem: problem.place.file)


def _differing(folder: Path, editions: set[str]) -> list[Refusal]:
    """What differs from the folder's list; of the folders of these names at its top only their own lists are looked at."""
    try:
        listed = Edition(folder).sums
    except Refusal as refused:
        return [refused]
    found, strange, empty = _walked(folder, editions)
    hashes = {path: sha256((folder / path).read_bytes()) for path in found}
    problems = [Refusal("E607", Place(path), path) for path in strange]
    problems += [Refusal("E601", Place(path), path) for path in found if path in listed and hashes[path] != listed[path]]
    missing = [path for path in listed if path not in hashes and path not in strange]
    added = [path for path in found if path not in listed]
    for path in missing:
        moved = next((other for other in added if hashes[other] == listed[path]), "")
        if moved:
            added.remove(moved)
        problems.append(Refusal("E604", Place(path), f"{path} → {moved}") if moved else Refusal("E602", Place(path), path))
    return problems + [Refusal("E603", Place(path), path) for path in (*added, *empty)]


def _walked(folder: Path, editions: set[str]) -> tuple[list[str], list[str], list[str]]:
    """Paths of the plain files but the list itself, of what is neither a plain file nor a folder of its own, and of folders with nothing in them."""
    plain, strange, empty = [f"{name}/{SUMS}" for name in editions], [], []
    for where, folders, names in os.walk(folder):
        if Path(where) == folder:
            folders[:] = [name for name in folders if name not in editions]
        elif not folders and not names:
            empty.append(f"{Path(where).relative_to(folder).as_posix()}/")
        for name in sorted([*folders, *names]):
            path = Path(where) / name
            mode = path.lstat().st_mode
            shown = path.relative_to(folder).as_posix()
            if stat.S_ISREG(mode):
                plain.extend([shown] if shown != SUMS else [])
            elif not stat.S_ISDIR(mode):
                strange.append(shown)
    return sorted(plain), sorted(strange), sorted(empty)


def file(path: Path, site: Site) -> Known:
    """What the file is, if its bytes are those of a published file, whatever its name.

    Raises:
        Refusal: E610 bytes that are not those of the figure it names (or whose table it is), E611 a file this site does not know.
    """
    return content(path.name, path.read_bytes(), site)


def content(name: str, raw: bytes, site: Site) -> Known:
    """As `file`, for the bytes of a file of this name."""
    hash = sha256(raw)
    found = [(one.name, place) for one in reversed(site.editions) for place, other in one.sums.items() if other == hash]
    if found:
        parts = found[0][1].split("/")
        return Known(tuple(dict.fromkeys(edition for edition, _ in found)), parts[1] if parts[0] == "figures" and len(parts) > 2 else "", found[0][1])
    claimed = stamp(name, raw)
    if claimed is None:
        raise _table(name, raw, site) or Refusal("E611", Place(name), name)
    one = site.edition(claimed.edition)
    if one is None or claimed.id not in one.records[claimed.kind]:
        raise Refusal("E611", Place(name), str(claimed))
    if page := _page(raw, claimed, one):
        return Known((one.name,), claimed.id, page)
    raise Refusal("E610", Place(name), f"{claimed.edition} {claimed.id}")


def _page(raw: bytes, said: Stamp, one: Edition) -> str:
    """The address on which the edition shows this very drawing, copied out of its page; empty if it does not.

    Programs write the same element in several ways: compared is what was read, not how it was written.
    """
    drawn = _drawings(raw, said)
    for address in one.records[said.kind][said.id]["page"].values() if drawn else ():
        path = address.partition("#")[0]
        if path in one.sums and (one.folder / path).is_file():
            page = (one.folder / path).read_bytes()
            if sha256(page) == one.sums[path] and drawn[0] in _drawings(page, said):
                return str(address)
    return ""


def _drawings(raw: bytes, said: Stamp) -> list[list[tuple[object, ...]]]:
    """Every drawing in these bytes that carries this stamp: tag, attributes and text of each of its elements."""
    if b"<svg" not in raw or str(said).encode() not in raw:
        return []
    root = etree.fromstring(raw, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    found = [] if root is None else [svg for svg in root.iter("svg") if str(said) in "".join(svg.itertext("metadata"))]
    return [[(part.tag, sorted(part.attrib.items()), part.text or "") for part in svg.iter(etree.Element)] for svg in found]


def stamp(name: str, raw: bytes) -> Stamp | None:
    """What a file says it is: in the metadata of SVG, PNG and PDF, the properties of Office files, the comment of a ZIP; None if nothing."""
    try:
        return stamps.read(_said(name.lower(), raw))
    except (zipfile.BadZipFile, PyPdfError, ValueError, KeyError, OSError, RecursionError):
        return None  # a damaged file says nothing


def _said(name: str, raw: bytes) -> str:
    if raw.startswith(b"%PDF"):
        told: dict[str, object] = dict(PdfReader(io.BytesIO(raw)).metadata or {})
        return " ".join(str(told.get(key, "")) for key in ("/Identifier", "/Keywords"))
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            inside = [entry for entry in ("docProps/core.xml", "datapackage.json") if entry in archive.namelist()]
            if sum(archive.getinfo(entry).file_size for entry in inside) > MOST:
                return ""
            return " ".join([archive.comment.decode(errors="replace"), *(archive.read(entry).decode(errors="replace") for entry in inside)])
    return "" if name.endswith(".csv") else raw.decode(errors="replace")


def _table(name: str, raw: bytes, site: Site) -> Refusal | None:
    """E610 for a table that has the columns of a published data file: that of its name, else the one with most rows in common."""
    if not name.lower().endswith(".csv"):
        return None
    try:
        told = rows(raw)
    except csv.Error:  # no file that was published has such cells
        return None
    best: tuple[float, Edition, str] | None = None
    for one in reversed(site.editions):
        for id in one.records["figures"]:
            known = one.data(id)
            if told and known and list(told[0]) == list(known[0]):
                lines = {_line(row) for row in known}
                same = sum(_line(row) in lines for row in told) / max(len(told), len(known)) + name.startswith(f"{id}.")
                best = (same, one, id) if same and (best is None or same > best[0]) else best
    if best is None:
        return None
    _, found, id = best
    return Refusal("E612" if told == found.data(id) else "E610", Place(name), f"{found.name} {id}")


def _line(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(map(str, row.values()))


def digits(id: str, hash: str, site: Site) -> Known:
    """The editions in which the figure or value of this id has these twelve digits.

    Raises:
        Refusal: E297 what cannot be an id, E613 an id that no edition has, with the nearest; E614 digits that are those of no edition of it.
    """
    root.identifier(id, "ID")
    kinds = [kind for kind in KINDS if site.having(kind, id)]
    if not kinds:
        known = sorted({id for kind in KINDS for id in site.ids(kind)})
        raise Refusal("E613", Place(id), near(id, known))
    asked = hash.strip().lower()
    for kind in kinds:
        holding = [one for one in reversed(site.having(kind, id)) if len(asked) == DIGITS and one.digits(kind, id) == asked]
        if holding:
            return Known(tuple(one.name for one in holding), id, "", kind)
    told = ", ".join(f"{one.name}: {one.digits(kinds[0], id)}" for one in reversed(site.having(kinds[0], id)))
    raise Refusal("E614", Place(id), f"{hash} ({told})")
