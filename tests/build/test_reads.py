"""What a run reads of the tables: those that its notebook names whole, of the others what the desk reads, and nothing else."""

from pathlib import Path

import pytest

from evidence.book import contents
from evidence.build import tasks
from evidence.tables import package
from evidence.tables.edition import Edition
from tests.projects import FIRST, rows, small, write


def changed(path: Path, id: str, column: str, text: str) -> None:
    """The cell of this row and column says this."""
    found = rows(path)
    next(row for row in found if row["id"] == id)[column] = text
    write(path, found)


def read(project: Path) -> dict[str, list[str]]:
    """The content of all that each run of the first edition reads, in English."""
    edition = Edition(project / "data" / FIRST)
    work = project / "_build" / "work" / FIRST / "en"
    found = tasks.runs(project, edition, "en", contents.pages(project, edition), work)
    passed = work.parent / tasks.PASSED_IN
    return {
        job.about: [path.read_text(encoding="utf-8") for path in job.reads if path != passed and path.suffix in (".csv", ".json", "")]
        for job in found
    }


@pytest.mark.parametrize(
    ("table", "row", "column", "text", "runs"),
    [
        ("exhibits", "growth-bars", "title_en", "Another", {"trends"}),
        ("values", "north-share", "name_en", "Another", {"coauthorship"}),
        ("measures", "budget-increase", "name_en", "another", {"ledger", "observations"}),
        ("sources", "S01", "note_en", "Another.", {"sources"}),
        ("claims", "north-growth", "text_en", "Another.", {"funder-north", "funder-south", "ledger", "trends"}),
        (
            "claims",
            "north-growth",
            "period",
            "2019",
            {"coauthorship", "funder-north", "funder-south", "ledger", "observations", "sources", "trends"},
        ),
    ],
)
def test_a_cell_outdates_the_runs_that_read_it(tmp_path, table, row, column, text, runs):
    project = small(tmp_path / "project")
    before = read(project)

    changed(project / "data" / FIRST / f"{table}.csv", row, column, text)
    package.write(project / "data" / FIRST)

    after = read(project)
    assert {about.removesuffix(" (en)") for about in after if after[about] != before[about]} == runs
