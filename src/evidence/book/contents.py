"""What an edition's book is made of: its pages in order, their numbers and those of the exhibits, and the notebook runs, from `_toc.yml`."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from evidence import disk, root, words
from evidence.book import settings
from evidence.errors import Place, Refusal, Refusals
from evidence.runs import promises
from evidence.runs.promises import Run
from evidence.runs.selection import INDICATOR, TABLE, Listed
from evidence.tables import columns
from evidence.tables.edition import Edition

_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
EXHIBIT = re.compile(r"\{exhibit\} *([a-z0-9@-]+)")
INDICATORS = {
    INDICATOR: (INDICATOR, TABLE),
    "indicators": ("indicator-list",),
}  # the exhibits of each chapter that are made from a table, not listed in exhibits.csv
_COUNTED: dict[str, Callable[[int], str]] = {
    "figures": str,
    "letters": lambda place: chr(ord("A") + place - 1),
}  # how the chapters of a part are numbered


@dataclass(frozen=True)
class Page:
    """One page of the book: its name in addresses, the file of prose, and the subject where it is a profile."""

    name: str
    file: str
    part: str = ""
    parent: str = ""
    subject: str = ""
    counted: str = ""
    number: str = ""

    @property
    def evidence(self) -> bool:
        """Whether it is a chapter of evidence, which is numbered by figures, and no register or page about the book."""
        return self.number[:1].isdigit()


def pages(folder: Path, edition: Edition) -> list[Page]:
    """The pages of this edition in reading order; one with a notebook is left out where `exhibits.csv` lists nothing of its chapter.

    Raises:
        Refusal: E422 when `_toc.yml` is no table of contents, or names a page by a path or a device of Windows.
        Refusals: E258 a chapter that is listed although a table that it reads is not there, E415 a page that is missing in a language.
    """
    every = list(_listed(settings.contents(folder), edition))
    strange = [f"file: {page.file}" for page in every if not _NAME.fullmatch(page.file) or root.device(page.file)]
    strange += [f"numbered: {kind}" for kind in sorted({page.counted for page in every} - {"", *_COUNTED})]
    if strange:
        raise Refusals([Refusal("E422", Place("_toc.yml"), name) for name in strange])
    found = [page for page in every if _belongs(folder, page, edition)]
    written = [Path("book", lang, f"{file}.md") for file in sorted({page.file for page in found}) for lang in words.LANGUAGES]
    missing = [problem for file in dict.fromkeys(page.file for page in found) for problem in _tables(folder, file, edition)]
    missing += [Refusal("E415", Place(path.as_posix())) for path in written if not (folder / path).exists()]
    if missing:
        raise Refusals(missing)
    return numbered(found)


def numbered(pages: list[Page]) -> list[Page]:
    """The pages with their numbers, in reading order: the root 0, then 1, 2 … or A, B … as their part says; a profile its chapter's and its subject.

    >>> told = [Page("overview", "overview"), Page("trends", "trends", counted="figures"), Page("ledger", "ledger", counted="letters")]
    >>> [page.number for page in numbered([*told, Page("funder-nih", "funder", parent="trends", subject="nih"), Page("workings", "workings")])]
    ['0', '1', 'A', '1-NIH', '']
    """
    chapters = {kind: [page.name for page in pages if page.counted == kind and not page.parent] for kind in _COUNTED}
    given = {name: _COUNTED[kind](place) for kind, names in chapters.items() for place, name in enumerate(names, start=1)}
    given[pages[0].name] = "0"
    own = {page.name: f"{given.get(page.parent, '')}-{page.subject.upper()}" for page in pages if page.subject}
    return [replace(page, number=(own | given).get(page.name, "")) for page in pages]


def numbers(folder: Path, edition: Edition, pages: list[Page]) -> dict[str, str]:
    """The number of every exhibit by its id: that of the page which shows it first, and its place among the exhibits there."""
    kept = {id for table in ("exhibits", "indicators") if edition.has(table) for id in edition.table(table)["id"]}
    kept |= {id for ids in INDICATORS.values() for id in ids}
    found: dict[str, str] = {}
    for page in pages:
        shown = EXHIBIT.findall(disk.text(folder / "book" / words.LANGUAGES[0] / f"{page.file}.md"))
        told = {id: id.replace("@subject@", page.subject) for id in shown}
        own = [full for id, full in told.items() if {id.removesuffix("-@subject@"), full} & kept]
        for place, id in enumerate([id for id in own if id not in found], start=1):
            found[id] = f"{page.number}-{place}"
    return found


def _listed(toc: dict[str, Any], edition: Edition) -> Iterator[Page]:
    yield Page(toc["root"], toc["root"])
    for part in toc["parts"]:
        for entry in part["chapters"]:
            yield Page(entry["file"], entry["file"], part["caption"], counted=part.get("numbered", ""))
            for section in entry.get("sections", []):
                yield from _each(section, part["caption"], entry["file"], edition)


def _each(section: dict[str, str], part: str, parent: str, edition: Edition) -> Iterator[Page]:
    file = section["file"]
    if edition.has(section["each"]):
        for subject in edition.table(section["each"])["id"]:
            yield Page(f"{file}-{subject}", file, part, parent, subject)


@lru_cache(maxsize=256)
def listed(edition: Edition, chapter: str, subject: str = "") -> Listed:
    """What the edition's own tables list of this chapter: exhibits, the claims of its ledger, and values where it has a table of them.

    Of one indicator, whose form says whether it is a figure or a table, that one alone.
    """
    register = edition.table("exhibits") if edition.has("exhibits") else None
    exhibits = () if register is None else register["id"][register["chapter"].eq(chapter)]
    if chapter in INDICATORS:
        exhibits = _indicators(edition, chapter, subject)
    claims, values = (edition.table(table)["id"] if edition.has(table) else None for table in ("claims", "values"))
    return Listed(frozenset(exhibits), frozenset(() if claims is None else claims), None if values is None else frozenset(values))


def _indicators(edition: Edition, chapter: str, subject: str) -> list[str]:
    if not edition.has("indicators") or edition.table("indicators").empty:
        return []
    rows = edition.table("indicators")
    forms = set(rows["form"][rows["id"].eq(subject)] if subject else rows["form"])
    return [id for id in INDICATORS[chapter] if id not in INDICATORS[INDICATOR] or (forms & {"table"} if id == TABLE else forms - {"table"})]


def _belongs(folder: Path, page: Page, edition: Edition) -> bool:
    """Whether the edition has the page: one without a notebook always, one with a notebook where an exhibit of its chapter is listed.

    A first edition has nothing to be compared with: whatever it lists, it has no chapter that compares editions.
    """
    notebook = folder / "notebooks" / f"{page.file}.ipynb"
    if not notebook.exists():
        return True
    own = listed(edition, page.file)
    return bool(own.exhibits) and (not promises.compares(promises.source(notebook, own)) or edition.has("previous"))


def _tables(folder: Path, file: str, edition: Edition) -> list[Refusal]:
    """E258 for every table that the chapter reads and the edition does not have."""
    notebook = folder / "notebooks" / f"{file}.ipynb"
    if not notebook.exists():
        return []
    needed = promises.tables(promises.source(notebook, listed(edition, file)))
    place = Place(f"data/{edition.name}/exhibits.csv", column="chapter")
    return [Refusal("E258", place, f"{file} ({table}.csv)") for table in sorted(needed) if not edition.has(table)]


def written(folder: Path, pages: list[Page]) -> list[Path]:
    """The files written by hand that these pages are made from: prose in both languages, and notebooks."""
    files = sorted({page.file for page in pages})
    found = [folder / "book" / lang / f"{file}.md" for lang in words.LANGUAGES for file in files]
    return [*found, *(path for file in files if (path := folder / "notebooks" / f"{file}.ipynb").exists())]


def schemas(source: Path) -> list[Path]:
    """The schemas of the tables in an edition's folder, and the register of the columns that exhibits show."""
    schema = source.parent / "schema"
    return [path for table in root.tables(source) if (path := schema / f"{table.stem}.json").exists()] + [columns.path(source.parents[1])]


def runs(folder: Path, edition: Edition, lang: str, pages: list[Page], work: Path) -> list[Run]:
    """The notebook runs behind these pages in one language, each with the folder it writes to."""
    found = []
    for page in pages:
        notebook = folder / "notebooks" / f"{page.file}.ipynb"
        if notebook.exists():
            own = listed(edition, page.file, page.subject)
            compared = _compared(edition, lang, work) if promises.compares(promises.source(notebook, own)) else {}
            found.append(Run(notebook, edition.name, lang, work / "runs" / page.name, page.subject, compared, own))
    return found


def _compared(edition: Edition, lang: str, work: Path) -> dict[str, str]:
    """Where a notebook that compares two editions finds what the others left."""
    before = work.parent.with_name(edition.previous.name) / lang
    return {"made": (work / "runs").as_posix(), "made_before": (before / "runs").as_posix()}


def toc(pages: list[Page], worked: list[str], lang: str) -> dict[str, Any]:
    """The table of contents as Jupyter Book reads it, captions in words, workings pages at its end."""
    parts: dict[str, list[dict[str, Any]]] = {}
    chapters_by_name: dict[str, dict[str, Any]] = {}
    for page in pages[1:]:
        entry: dict[str, Any] = {"file": page.name}
        if page.parent:
            chapters_by_name[page.parent].setdefault("sections", []).append(entry)
        else:
            chapters_by_name[page.name] = entry
            parts.setdefault(page.part, []).append(entry)
    if "workings" in chapters_by_name:
        chapters_by_name["workings"]["sections"] = [{"file": f"workings-{name}"} for name in worked]
    told = [{"caption": words.word(part, lang), "chapters": entries} for part, entries in parts.items()]
    return {"format": "jb-book", "root": pages[0].name, "parts": told}
