"""Whether an edition, a file or an id with its digits is what was published; whatever does not hold is named."""

import csv
import io
import os
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path

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
    one = Edition(folder)
    try:
        listed = one.sums
    except Refusal as refused:
        return [refused]
    found, strange = _walked(folder)
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
    problems += [Refusal("E603", Place(path), path) for path in added]
    if published and (published / folder.name / SUMS).read_bytes() != (folder / SUMS).read_bytes():
        problems.append(Refusal("E605", Place(SUMS), f"{SUMS} ({folder.name})"))
    return sorted(problems, key=lambda problem: problem.place.file)


def _walked(folder: Path) -> tuple[list[str], list[str]]:
    """Paths of the plain files but the list itself, and of everything that is neither a plain file nor a folder of its own."""
    plain, strange = [], []
    for where, folders, names in os.walk(folder):
        for name in sorted([*folders, *names]):
            path = Path(where) / name
            mode = path.lstat().st_mode
            shown = path.relative_to(folder).as_posix()
            if stat.S_ISREG(mode):
                plain.extend([shown] if shown != SUMS else [])
            elif not stat.S_ISDIR(mode):
                strange.append(shown)
    return sorted(plain), sorted(strange)


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
    raise Refusal("E610", Place(name), f"{claimed.edition} {claimed.id}")


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
        Refusal: E292 what cannot be an id, E613 an id that no edition has, with the nearest; E614 digits that are those of no edition of it.
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
