"""An import at the command line writes its page whether or not the file is accepted, and takes next year's file by the recipe it kept."""

import sys

import pexpect
import pytest

from evidence.cli import speech
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
    page = (data / "page.html").read_text(encoding="utf-8")
    assert "It can be taken in" in page
    standing = (data / EDITION / "observations.csv").read_text(encoding="utf-8").splitlines()[-2:]
    assert all(f"<td>{line.partition(',')[0]}</td>" in page for line in standing)  # the rows as the table has them now, not as the file did
    assert "{" not in page.partition("<table")[2]


def test_a_recipe_that_is_used_is_not_kept_under_another_name(data):
    with pytest.raises(Refusal, match="E296"):
        run("import", str(workbook(data, SHEET)), *INTO, "--recipe", "adopted", "--keep", "other")


def test_a_sheet_that_is_refused_has_its_page_and_changes_nothing(data):
    before = (data / EDITION / "observations.csv").read_bytes()
    rows = [["事業", "2030年度"], ["Germny", 1], ["Atlantis", 2]]

    with pytest.raises((Refusal, Refusals)):
        run("import", str(workbook(data, rows)), *INTO, *SET, "--report", str(data / "page.html"))

    page = (data / "page.html").read_text(encoding="utf-8")
    assert page.count("<li>") == 2
    assert "E2080" in page
    assert (data / EDITION / "observations.csv").read_bytes() == before


def test_at_a_terminal_what_is_unsure_is_asked_once_for_all_its_rows(data):
    file = workbook(data, [["事業", "区分", "2030年度", "2031年度"], ["SATERPS", "新規", 10, 11], ["Atlantis", "継続", 2, 3]])
    told = [part for name, text in TOLD.items() if name != "confidence" for part in ("--set", f"{name}={text}")]
    answers = {
        "区分: 新規, 継続 — which of our columns is it": "note",
        "There is no such id or column: note": "-",
        r"entity: id of SATERPS \(2 rows\); - leaves them out \[satreps\]": "",
        r"entity: id of Atlantis \(2 rows\); - leaves them out \[-\]": "-",
        "What is confidence": "high",
    }
    asked = pexpect.spawn(sys.executable, ["-m", "evidence", "import", str(file), *INTO, *told, "--dry-run"], encoding="utf-8", timeout=60)
    asked.setwinsize(40, 200)

    for question, answer in answers.items():
        asked.expect(question)
        asked.sendline(answer)

    asked.expect("new rows: 2")
    asked.expect(pexpect.EOF)


def test_at_a_terminal_nothing_is_asked_with_yes_or_a_recipe(data, monkeypatch):
    monkeypatch.setattr(speech, "terminal", lambda: True)  # a question would find no answer, and the command would stop
    file = str(workbook(data, [["SATERPS" if cell == "SATREPS" else cell for cell in row] for row in SHEET]))

    assert "new rows: 2" in run("import", file, *INTO, *SET, "--yes", "--keep", "adopted")
    assert "equal: 2" in run("import", file, "--recipe", "adopted", "--edition", EDITION)
    with pytest.raises(Refusals) as refused:
        run("import", str(workbook(data, [*SHEET[:-2], ["Atlantis", 1, 2]], "later.xlsx")), "--recipe", "adopted", "--edition", EDITION)
    assert {problem.code for problem in refused.value.problems} == {"E2080"}
