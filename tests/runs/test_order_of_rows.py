"""The order in which a table's rows come is no evidence: the same rows in another order give the same numbers."""

import csv
import random
from pathlib import Path

import pytest

from evidence.book import contents
from evidence.runs import execution, promises
from evidence.tables import package
from evidence.tables.edition import opened
from tests.projects import SECOND, small


def made(project: Path) -> dict[str, list[list[str]]]:
    """The rows of every exhibit of the edition, and its values, each sorted."""
    edition = opened(SECOND)
    found = {}
    for run in contents.runs(project, edition, "en", contents.pages(project, edition), Path("_build", "work", SECOND, "en")):
        if not promises.compares(run.code):
            execution.execute(run, project)
            for path in sorted((project / run.out).glob("*.csv")):
                with path.open(encoding="utf-8", newline="") as stream:
                    head, *rows = csv.reader(stream)
                    # ids that a row rests on, or counts, are a set
                    found[path.stem] = sorted([head, *([" ".join(sorted(cell.split())) for cell in row] for row in rows)])
    return found


@pytest.mark.slow
def test_no_number_depends_on_the_order_of_rows(tmp_path, monkeypatch):
    project = small(tmp_path / "small")
    monkeypatch.setenv("EVIDENCE_ROOT", str(project))
    before = made(project)
    for path in sorted((project / "data" / SECOND).glob("*.csv")):
        head, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        random.Random(1).shuffle(rows)
        path.write_text(head + "".join(rows), encoding="utf-8")
    package.write(project / "data" / SECOND)

    assert len(before) > 5
    assert made(project) == before
