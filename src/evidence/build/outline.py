"""What an edition's book will hold, known from its tables, notebooks and pages before a kernel starts."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import nbformat

from evidence import root
from evidence.book import contents
from evidence.book.contents import Page
from evidence.errors import Refusal, Refusals
from evidence.runs import promises, selection
from evidence.runs.selection import EXHIBITS, Call, Listed
from evidence.tables import corrections, gate
from evidence.tables.edition import Edition
from evidence.tables.references import Table


@dataclass(frozen=True)
class Chapter:
    """A notebook of the edition: all its cells, what the edition lists of it, the subjects it is run about."""

    name: str
    cells: list[nbformat.NotebookNode]
    listed: Listed
    subjects: tuple[str, ...]

    @property
    def file(self) -> str:
        """The notebook as messages name it."""
        return f"notebooks/{self.name}.ipynb"

    @cached_property
    def calls(self) -> list[tuple[int, Call]]:
        """What the notebook makes for the edition, each with the number of its cell from 1, in order."""
        left = selection.left_out(self.cells, self.listed)
        return [(number, call) for number, call in self.named() if number - 1 not in left]

    def named(self) -> Iterator[tuple[int, Call]]:
        """What the notebook makes for any edition."""
        for number, cell in enumerate(self.cells, start=1):
            yield from ((number, call) for call in (selection.calls(cell.source) if cell.cell_type == "code" else ()))


class Outline:
    """The outline of one edition.

    Raises:
        Refusal: as `contents.pages`, and E2xx where a table cannot be read.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.edition = folder, Edition(folder / "data" / name)
        self.pages: list[Page] = contents.pages(folder, self.edition)
        self.tables: dict[str, Table] = gate.tables(folder / "data" / name)[0]

    @cached_property
    def chapters(self) -> list[Chapter]:
        """The notebooks of the edition in the order of its pages."""
        found = []
        for file in dict.fromkeys(page.file for page in self.pages):
            path = self.folder / "notebooks" / f"{file}.ipynb"
            if path.exists():
                subjects = tuple(page.subject for page in self.pages if page.file == file)
                found.append(Chapter(file, selection.cells(path), contents.listed(self.edition, file), subjects))
        return found

    def comparing(self) -> list[Path]:
        """The notebooks that compare two editions, in a first edition, which has none of them; else none."""
        if self.edition.has("previous"):
            return []
        notebooks = [path for path in root.files(self.folder / "notebooks") if path.suffix == ".ipynb"]
        return [path for path in notebooks if promises.compares(promises.source(path))]

    def made(self, exhibits: bool) -> dict[str, str]:
        """The id of every exhibit, or of every value, that the runs will leave, with the name of its page."""
        return {
            promises.full(call, subject): f"{chapter.name}-{subject}" if subject else chapter.name
            for chapter in self.chapters
            for subject in chapter.subjects
            for _, call in chapter.calls
            if (call.method in EXHIBITS) == exhibits
        }

    @cached_property
    def had(self) -> set[str]:
        """All that a passage of a page may go with: pages, exhibits, values, and what notebooks of profiles call their own."""
        calls = {call.id for chapter in self.chapters for _, call in chapter.calls}
        return {page.name for page in self.pages} | self.made(exhibits=True).keys() | self.made(exhibits=False).keys() | calls

    def lines(self, table: str) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows of this table, as text, with their lines; none where the edition lacks the table."""
        if table in self.tables:
            yield from zip(self.tables[table].lines, self.tables[table].rows, strict=True)

    @cached_property
    def anywhere(self) -> dict[str, set[str]]:
        """The ids that the tables exhibits, claims and values of any edition list; a table that cannot be read is refused elsewhere."""
        found: dict[str, set[str]] = {}
        for name in root.editions(self.folder / "data"):
            for table in ("exhibits", "claims", "values"):
                path = self.folder / "data" / name / f"{table}.csv"
                try:
                    found.setdefault(table, set()).update(corrections.rows_of(path) if path.exists() else ())
                except (Refusal, Refusals):
                    continue
        return found
