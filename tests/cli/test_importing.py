"""An import at the command line writes its page whether or not the file is accepted, and takes next year's file by the recipe it kept."""

import pytest

from evidence.errors import Refusal, Refusals
from tests.cli.test_correcting import run
from tests.curation.test_recipes import EDITION, SHEET, TOLD, data, workbook

__all__ = ["data"]
SET = [part for name, text in TOLD.items() for part in ("--set", f"{name}={text}")]
INTO = ["--table", "observations", "--edition", EDITION]


@pytest.fixture(autouse=True)
def project(data, monkeypatch):
    monkeypatch.setenv("EVIDENCE_ROOT", str(data.parent))
    monkeypatch.setenv("EVIDENCE_LANG", "en")


def test_a_sheet_is_taken_in_and_the_next_one_by_its_recipe(data):
    first = run("import", str(workbook(data, SHEET)), *INTO, *SET, "--report", str(data / "page.html"))
    next_year = [[*row[:2], 12] if len(row) == 3 and row[0] == "SATREPS" else row for row in SHEET]
    again = run("import", str(workbook(data, next_year, "later.xlsx")), "--recipe", "adopted", "--edition", EDITION)

    assert "new rows: 2" in first
    assert "changed: 1, equal: 1" in again
    assert "It can be taken in" in (data / "page.html").read_text(encoding="utf-8")


def test_a_sheet_that_is_refused_has_its_page_and_changes_nothing(data):
    before = (data / EDITION / "observations.csv").read_bytes()
    rows = [["事業", "2030年度"], ["Germny", 1], ["Atlantis", 2]]

    with pytest.raises((Refusal, Refusals)):
        run("import", str(workbook(data, rows)), *INTO, *SET, "--report", str(data / "page.html"))

    page = (data / "page.html").read_text(encoding="utf-8")
    assert page.count("<li>") == 2
    assert "E2080" in page
    assert (data / EDITION / "observations.csv").read_bytes() == before
