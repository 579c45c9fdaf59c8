"""What an edition's book is made of: its pages in order, and the notebook runs behind them, from `_toc.yml`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence import root, words
from evidence.book import settings
from evidence.errors import Place, Refusal, Refusals
from evidence.runs import promises
from evidence.runs.promises import Run
from evidence.tables.edition import Edition

_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


@dataclass(frozen=True)
class Page:
    """One page of the book: its name in addresses, the file of prose, and the subject where it is a profile."""

    name: str
    file: str
    part: str = ""
    parent: str = ""
    subject: str = ""


def pages(folder: Path, edition: Edition) -> list[Page]:
    """The pages of this edition in reading order; a page whose notebook lacks a table is left out.

    Raises:
        Refusal: E422 when `_toc.yml` is no table of contents, or names a page by a path.
        Refusals: E415 a page that is missing in a language.
    """
    try:
        toc = settings.read(folder / "_toc.yml")
        listed = list(_listed(toc, edition))
        strange = [page.file for page in listed if not _NAME.fullmatch(page.file)]
    except (KeyError, TypeError, AttributeError) as error:
        raise Refusal("E422", Place("_toc.yml"), f"{type(error).__name__}: {error}") from error
    if strange:
        raise Refusals([Refusal("E422", Place("_toc.yml"), f"file: {name}") for name in strange])
    found = [page for page in listed if _has_tables(folder, page, edition)]
    written = [Path("book", lang, f"{file}.md") for file in sorted({page.file for page in found}) for lang in words.LANGUAGES]
    missing = [Refusal("E415", Place(path.as_posix())) for path in written if not (folder / path).exists()]
    if missing:
        raise Refusals(missing)
    return found


def _listed(toc: dict[str, Any], edition: Edition) -> Iterator[Page]:
    yield Page(toc["root"], toc["root"])
    for part in toc["parts"]:
        for entry in part["chapters"]:
            yield Page(entry["file"], entry["file"], part["caption"])
            for section in entry.get("sections", []):
                yield from _each(section, part["caption"], entry["file"], edition)


def _each(section: dict[str, str], part: str, parent: str, edition: Edition) -> Iterator[Page]:
    file = section["file"]
    if edition.has(section["each"]):
        for subject in getattr(edition, section["each"])["id"]:
            yield Page(f"{file}-{subject}", file, part, parent, subject)


def _has_tables(folder: Path, page: Page, edition: Edition) -> bool:
    notebook = folder / "notebooks" / f"{page.file}.ipynb"
    if not notebook.exists():
        return True
    code = promises.source(notebook)
    needed = promises.tables(code) | ({"previous"} if promises.compares(code) else set())
    return all(edition.has(table) for table in needed)


def written(folder: Path, pages: list[Page]) -> list[Path]:
    """The files written by hand that these pages are made from: prose in both languages, and notebooks."""
    files = sorted({page.file for page in pages})
    found = [folder / "book" / lang / f"{file}.md" for lang in words.LANGUAGES for file in files]
    return [*found, *(path for file in files if (path := folder / "notebooks" / f"{file}.ipynb").exists())]


def schemas(source: Path) -> list[Path]:
    """The schemas of the tables in an edition's folder."""
    schema = source.parent / "schema"
    return [path for table in root.tables(source) if (path := schema / f"{table.stem}.json").exists()]


def runs(folder: Path, edition: Edition, lang: str, pages: list[Page], work: Path) -> list[Run]:
    """The notebook runs behind these pages in one language, each with the folder it writes to."""
    found = []
    for page in pages:
        notebook = folder / "notebooks" / f"{page.file}.ipynb"
        if notebook.exists():
            compared = _compared(edition, lang, work) if promises.compares(promises.source(notebook)) else {}
            found.append(Run(notebook, edition.name, lang, work / "runs" / page.name, page.subject, compared))
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
