"""Whether an edition, a file or an id with its digits is what was published; whatever does not hold is named."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from evidence import disk, root
from evidence.checking import contents
from evidence.checking.contents import Judged
from evidence.checking.published_site import KINDS, SUMS, Edition, Site, sha256
from evidence.citing.citations import DIGITS
from evidence.errors import Place, Refusal
from evidence.nearest import near

_CODES = {"saved": "E612", "seen": "E620", "differs": "E610", "edition": "E618", "untold": "E621", "unknown": "E611"}


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
    if published and (folder / SUMS).is_file() and disk.raw(published / folder.name / SUMS) != disk.raw(folder / SUMS):
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
    hashes = {path: sha256(disk.raw(folder / path)) for path in found}
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


def file(path: Path, site: Site, edition: str = "") -> Known:
    """What the file is, if its bytes are those of a published file, whatever its name; with `edition`, of that one.

    Raises:
        Refusal: E610 other content than that of the published file it is, E612 the same saved anew, E618 that of another edition than it says or
            than was asked for, E620 the same as far as it shows, E621 of ours in a form that cannot be compared, E611 a file this site does not know.
    """
    return content(path.name, disk.plain(path), site, edition)


def content(name: str, raw: bytes, site: Site, edition: str = "") -> Known:
    """As `file`, for the bytes of a file of this name."""
    found = contents.judged(name, raw, site)
    other = found.editions and edition and edition not in found.editions
    if found.verdict == "published" and not other:
        return Known(found.editions, found.id, found.path)
    code = "E618" if other else _CODES[found.verdict]
    raise Refusal(code, Place(name), _detail(found, edition) or name)


def _detail(found: Judged, edition: str) -> str:
    """Of which file of which edition it is, and what differs."""
    said = edition or found.said
    of = " ".join(part for part in (found.editions[0] if found.editions else "", found.path or found.id or found.said) if part)
    other = f"{said} → {of}" if found.editions and said and said not in found.editions else of
    return f"{other}: {found.compared}" if found.compared.found else other


def digits(id: str, hash: str, site: Site, edition: str = "") -> Known:
    """The editions in which the figure or value of this id has these twelve digits; both may be in capitals, as a slide sets them.

    Raises:
        Refusal: E297 what cannot be an id, E613 an id that no edition has, with the nearest; E614 digits that are those of no edition of it, E618
            those of another than was asked for; E601 a list of its site that was changed.
    """
    id = root.identifier(id.lower(), "ID")
    kinds = [kind for kind in KINDS if site.having(kind, id)]
    if not kinds:
        known = sorted({id for kind in KINDS for id in site.ids(kind)})
        raise Refusal("E613", Place(id), near(id, known))
    asked = hash.strip().lower()
    for kind in kinds:
        holding = [one for one in reversed(site.having(kind, id)) if len(asked) == DIGITS and one.digits(kind, id) == asked]
        if holding and edition and edition not in [one.name for one in holding]:
            raise Refusal("E618", Place(id), f"{edition} → {holding[0].name} {id}")
        for one in holding:
            one.raw(f"{kind}.json")  # which the digits were taken from
        if holding:
            return Known(tuple(one.name for one in holding), id, "", kind)
    told = ", ".join(f"{one.name}: {one.digits(kinds[0], id)}" for one in reversed(site.having(kinds[0], id)))
    raise Refusal("E614", Place(id), f"{hash} ({told})")
