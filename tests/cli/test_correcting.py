"""What `correct` and `check` say at the command line, function by function; the guide shows the whole."""

import shutil

import pytest
from typer.testing import CliRunner

from evidence import root
from evidence.cli import app
from evidence.errors import Refusal, Refusals
from tests.cli.test_app import PROJECT

CELL = "satreps-request-fy2020:value=2387"
TEXTS = ["--reason", "読み取りの誤り | Misread", "--effect", "なし。 | No effect", "--date", "2026-11-23"]


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with 2019-09 and the edition that succeeds it."""
    for part in ("data/schema", "data/2019-09", "data/2026-11", "notebooks", "book"):
        shutil.copytree(PROJECT / part, tmp_path / part)
    for name in ("_toc.yml", "_config.yml", "requirements.lock"):
        shutil.copy(PROJECT / name, tmp_path)
    monkeypatch.setenv("EVIDENCE_ROOT", str(tmp_path))
    monkeypatch.setenv("EVIDENCE_LANG", "en")
    return tmp_path


def line() -> int:
    """Where the row of the cell stands in the later edition."""
    rows = (PROJECT / "data" / "2026-11" / "claims.csv").read_text(encoding="utf-8").splitlines()
    return next(number for number, row in enumerate(rows, start=1) if row.startswith(f"{CELL.partition(':')[0]},"))


def run(*arguments):
    done = CliRunner().invoke(app.app, list(arguments), standalone_mode=False)
    if isinstance(done.exception, (Refusal, Refusals)):
        raise done.exception
    return done.stdout


def test_several_cells_named_on_the_line_make_one_edition_and_later_editions_are_named(project):
    told = run("correct", "2019-09", "--cell", CELL, "--cell", "satreps-request-fy2020:text_en=It is 2,387.", *TEXTS)

    assert [line.split(":")[0] for line in told.splitlines() if line.startswith("2019-09-c1")] == ["2019-09-c1"] * 2
    assert f"data/2026-11/claims.csv:{line()}:value, data/2026-11/claims.csv:{line()}:text_en" in told
    assert root.editions(project / "data") == ["2019-09", "2019-09-c1", "2026-11"]


def test_the_table_of_a_row_is_found_where_nobody_names_it(project):
    told = run("correct", "2026-11", "--row", "satreps-adopted-fy2010", "--column", "value", "--to", "18", *TEXTS)

    assert told.startswith("2026-11-c1: observations satreps-adopted-fy2010 value: 17 -> 18")


def test_a_row_that_stands_in_several_tables_needs_its_table_and_they_are_named(project):
    with pytest.raises(Refusal) as refused:
        run("correct", "2026-11", "--row", "japan", "--column", "order", "--to", "99", *TEXTS)

    assert (refused.value.code, refused.value.found) == ("E215", "--table (budget_comparisons, entities)")


def test_a_correction_of_a_first_edition_passes_the_check_with_the_chapter_on_what_changed(project):
    run("correct", "2019-09", "--cell", CELL, *TEXTS)

    assert run("check", "2019-09-c1") == "2019-09-c1: OK\n"


def test_the_check_names_each_edition_that_still_says_what_was_wrong(project):
    run("correct", "2019-09", "--cell", CELL, *TEXTS)

    assert run("check", "2019-09") == "2019-09: OK\n"
    with pytest.raises(Refusals) as refused:
        run("check")
    assert [(one.code, str(one.place)) for one in refused.value.problems] == [("E200", f"data/2026-11/claims.csv:{line()}:value")]


def test_the_check_names_what_keeps_editions_from_having_an_order_once(project):
    shutil.move(project / "data" / "2019-09", project / "elsewhere")

    with pytest.raises(Refusals) as refused:
        run("check")

    assert [(one.code, str(one.place)) for one in refused.value.problems if one.code != "E324"] == [
        ("E221", "data/2026-11/datapackage.json:succeeds")
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "found"),
    [
        ([*TEXTS], "E215", "--row --column --to | --cell | --from"),
        (["--cell", CELL, "--row", "satreps-request-fy2020", *TEXTS], "E215", "--row --column --to | --cell | --from"),
        (["--row", "satreps-request-fy2020", "--column", "value", *TEXTS], "E215", "--to"),
        (["--cell", CELL], "E215", "--reason, --effect"),
        (["--cell", "satreps-request-fy2020=2387", *TEXTS], "E283", "satreps-request-fy2020=2387"),
    ],
)
def test_a_correction_that_is_not_told_whole_or_in_two_ways_is_refused(project, arguments, code, found):
    with pytest.raises(Refusal) as refused:
        run("correct", "2019-09", *arguments)

    assert (refused.value.code, refused.value.found) == (code, found)
