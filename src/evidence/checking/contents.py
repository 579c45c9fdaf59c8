"""Whether a file is one that was published: its very bytes, the same content saved anew, changed and where, or of another edition."""

import functools
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from evidence import disk
from evidence.checking import differences, documents, drawings, pixels, published_figure, slides, stamped
from evidence.checking.differences import Compared
from evidence.checking.published_site import CODE, Edition, Site, sha256
from evidence.citing.stamps import Stamp
from evidence.errors import Place, Refusal
from evidence.tables import packed

GLANCED = 0.6  # the same of a picture seen small, which is a first choice only
ARCHIVE = ".zip"
RASTER = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp")
TEXTS = (".bib", ".ris")
TIMES = 100  # the length of a published text, table or drawing that no program makes of it by saving it anew; of a picture one may
NAMED, NEAR = 0.9, 0.3  # of its cells, marks or inked pixels, that may differ in a file that bears the name of a figure, and in one of any name


@dataclass(frozen=True)
class Judged:
    """What a file is: `published`, `saved` (anew, the same content), `seen` (the same as far as it shows), `differs`, `edition` (it is of another
    edition than it says), `untold` (it bears our stamp, in a form that cannot be compared) or `unknown`.

    `editions` holds those it is of, the newest first, `said` the edition that it names.
    """

    verdict: str
    editions: tuple[str, ...] = ()
    id: str = ""
    path: str = ""
    compared: Compared = field(default_factory=lambda: Compared([]))
    said: str = ""


@dataclass(frozen=True)
class Published:
    """A published file that another may be."""

    edition: Edition
    id: str
    path: str

    @property
    def made(self) -> bool:
        """Whether it is an archive of an exhibit, which no site holds."""
        return bool(self.id) and self.path.endswith(ARCHIVE)

    @property
    def raw(self) -> bytes:
        """Its bytes; those of an archive that no site holds as they are made of what it holds."""
        if self.made:
            return published_figure.archive(self.edition, self.id)
        return disk.raw(self.edition.folder / self.path)


def judged(name: str, raw: bytes, site: Site) -> Judged:
    """What the file of this name and content is.

    Raises:
        Refusal: E298 an archive that unfolds to more than the machine should hold: it is compared with many files, and unfolded for each.
    """
    hash = sha256(raw)
    found = [(one.name, place) for one in reversed(site.editions) for place, other in one.sums.items() if other == hash]
    if found:
        parts = found[0][1].split("/")
        id = parts[1] if parts[0] == "figures" and len(parts) > 2 else ""
        return Judged("published", tuple(dict.fromkeys(edition for edition, _ in found)), id, found[0][1])
    if told := _too_large(name, raw):
        raise Refusal("E298", Place(name), told)
    said = stamped.stamp(name, raw)
    if said is None:
        return _unsaid(name, raw, site)
    one = site.edition(said.edition)
    if one is None or said.id not in one.records[said.kind]:
        return Judged("unknown", said=str(said))
    if page := stamped.page(raw, said, one):
        return Judged("published", (one.name,), said.id, page)
    return _said(name, raw, said, site)


def _too_large(name: str, raw: bytes) -> str:
    """What keeps an archive, as Office files are too, from being unfolded; empty for any other file."""
    try:
        most = packed.WORKBOOK if differences.ending(name) in differences.WORKBOOKS else packed.PAPER
        return packed.fault(raw, most) if raw.startswith(b"PK") else ""
    except zipfile.BadZipFile:
        return ""


def _said(name: str, raw: bytes, said: Stamp, site: Site) -> Judged:
    """What a file is that says which figure of which edition it is."""
    having = sorted(site.having(said.kind, said.id), key=lambda one: one.name == said.edition)[::-1]
    every = [published for one in having for published in _files(name, one, said.id) if _of_a_kind(name, published)]
    if same := next((one for one in every if one.path.endswith(ARCHIVE) and one.raw == raw), None):
        return Judged("published", (same.edition.name,), said.id, same.path)
    compared = list(_compared(name, raw, every))
    if not compared:
        return Judged("untold", (said.edition,), said.id)
    published, nearest = min(compared, key=_apart)
    return _verdict(published, nearest, said.edition)


def _verdict(published: Published, compared: Compared, said: str) -> Judged:
    if not published.made:
        published.edition.raw(published.path)  # a file of the site that was changed is none to compare with
    found = (published.edition.name,), published.id, published.path, compared, said
    if said not in ("", published.edition.name):
        return Judged("edition", *found)
    if compared.found:
        return Judged("differs", *found)
    return Judged("saved" if compared.sure else "untold" if published.path.endswith(".pdf") else "seen", *found)


def _unsaid(name: str, raw: bytes, site: Site) -> Judged:
    """What a file is that does not say what it is: that of its name, else the published one that it differs least from, if it is near."""
    stem = PurePath(name).name.partition(".")[0]
    for ids, most in (((stem,), NAMED), (site.ids("figures"), NEAR)):
        every = [one for edition in reversed(site.editions) for id in ids for one in _files(name, edition, id) if _of_a_kind(name, one)]
        near = [pair for pair in _compared(name, raw, _glanced(name, raw, every) if ids != (stem,) else every) if pair[1].share <= most]
        if near:
            return _verdict(*min(near, key=_apart), "")
    if differences.ending(name) == ARCHIVE:
        codes = [Published(one, "", CODE) for one in reversed(site.editions) if CODE in one.sums]
        if near := [pair for pair in _compared(name, raw, codes) if pair[1].share <= NEAR]:
            return _verdict(*min(near, key=_apart), "")
    return _by_values(name, raw, site)


def _by_values(name: str, raw: bytes, site: Site) -> Judged:
    """What a table is that holds the very values of a published one, whatever its form and the names and order of its columns."""
    mine = differences.fingerprints(name, raw)
    for edition in reversed(site.editions) if mine else ():
        for id in edition.records["figures"]:
            for one in _files(name, edition, id):
                if differences.ending(one.path) in (".csv", ".xlsx") and mine & differences.fingerprints(one.path, one.raw):
                    return Judged("saved", (edition.name,), id, one.path)
    return Judged("unknown")


def _glanced(name: str, raw: bytes, every: list[Published]) -> list[Published]:
    """Of pictures those of the figure that looks most like this one, seen small; of other files all."""
    if differences.ending(name) not in RASTER:
        return every
    share, id = min(((_share(one, raw), one.id) for one in every), default=(1.0, ""))
    return [one for one in every if one.id == id] if share < GLANCED else []


def _share(published: Published, raw: bytes) -> float:
    try:
        return pixels.glance(published.raw, raw)
    except Exception:  # as `between`
        return 1.0


def _apart(pair: tuple[Published, Compared]) -> tuple[float, int, bool]:
    """How far a file is from a published one; of those that are the same, that comes first of which it is sure."""
    return pair[1].share, len(pair[1].found), not pair[1].sure


def _files(name: str, one: Edition, id: str) -> Iterator[Published]:
    """The files of a figure of an edition, as its list has them, and for an archive the one that is made of them."""
    yield from (Published(one, id, path) for path in one.files(id))
    if differences.ending(name) == ARCHIVE and id in one.records["figures"]:
        yield Published(one, id, f"figures/{id}/{id}{ARCHIVE}")


def _compared(name: str, raw: bytes, every: "Iterator[Published] | list[Published]") -> Iterator[tuple[Published, Compared]]:
    """Each of these published files that the file can be held against, with what differs; the search ends with the first that surely is the same."""
    for published in every:
        compared = between(name, published.raw, raw)
        if compared is not None:
            yield published, compared
            if compared.sure and not compared.found:
                return


def between(name: str, published: bytes, found: bytes) -> Compared | None:
    """What a file of this name says differently from the published one; None where they are no two forms of one content."""
    if differences.ending(name) not in RASTER and len(found) > TIMES * len(published) + disk.MB:
        return None
    try:
        compare = _COMPARED.get(differences.ending(name))
        return compare(published, found) if compare and not _too_large(name, found) else None
    except Exception:  # the readers of foreign files fail in many ways, all of them meaning that this is no such file
        return None


def _of_a_kind(name: str, published: Published) -> bool:
    """Whether a file of this name can be the published one in another form."""
    mine, its = differences.ending(name), differences.ending(published.path)
    return any(mine in kinds and its in kinds for kinds in (differences.WORKBOOKS, RASTER)) or mine == its


_COMPARED: dict[str, Callable[[bytes, bytes], Compared | None]] = {
    ".csv": differences.table, ".json": differences.structure, ".svg": drawings.svg, ".pdf": drawings.pdf, ".pptx": slides.slides,
    ".docx": documents.documents,
    ARCHIVE: functools.partial(differences.archive, inner=between), **dict.fromkeys(differences.WORKBOOKS, differences.workbook),
    **dict.fromkeys(RASTER, pixels.pixels), **dict.fromkeys(TEXTS, differences.text),
}  # fmt: skip
