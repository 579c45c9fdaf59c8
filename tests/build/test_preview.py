"""What is previewed is a page that the edition has."""

import multiprocessing
from pathlib import Path

import pytest
from rich.console import Console

from evidence.build import checks, preview
from evidence.build.outline import Outline
from evidence.build.preview import Preview
from evidence.build.progress import Board
from evidence.errors import Refusal
from tests.projects import FIRST, SECOND, small


def test_a_page_that_the_edition_has_not_is_refused_with_the_nearest(tmp_path):
    project = small(tmp_path / "project")
    outline = Outline(project, SECOND)

    assert Preview(project, SECOND, "en", "funder").page(outline).name == "funder-north"
    with pytest.raises(Refusal) as refused:
        Preview(project, SECOND, "en", "trend").page(outline)
    assert (refused.value.code, refused.value.found) == ("E2113", "trend → trends")


@pytest.mark.parametrize("table", ["claims", "entities"])
def test_a_table_changed_by_hand_is_previewed_without_a_descriptor_made_anew(tmp_path, table):
    project = small(tmp_path / "project")
    path = project / "data" / SECOND / f"{table}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Northland", "Northern Land"), encoding="utf-8")

    assert {one.code for one in checks.check(project, SECOND)} == {"E264"}
    assert preview.problems(Preview(project, SECOND, "en", "trends"), Outline(project, SECOND)) == []


def test_what_is_wrong_with_a_table_or_with_the_page_itself_is_still_refused(tmp_path):
    project = small(tmp_path / "project")
    shown, outline = Preview(project, SECOND, "en", "trends"), Outline(project, SECOND)
    other, own, table = (project / part for part in ("book/en/glossary.md", "book/en/trends.md", f"data/{SECOND}/claims.csv"))
    for path in (other, own):
        path.write_text(path.read_text(encoding="utf-8") + "\n{value}`no-such-value`\n", encoding="utf-8")

    assert {one.place.file for one in preview.problems(shown, outline)} == {"book/en/trends.md"}
    table.write_text(table.read_text(encoding="utf-8") + "x\n", encoding="utf-8")
    assert {one.place.file for one in preview.problems(shown, outline)} == {f"data/{SECOND}/claims.csv"}


@pytest.mark.parametrize("page", ["changes", "trends"])
def test_whatever_a_notebook_of_the_page_reads_of_others_is_made_first(tmp_path, monkeypatch, page):
    project = small(tmp_path / "project")
    monkeypatch.setenv("EVIDENCE_ROOT", str(project))
    jobs = preview.jobs(Preview(project, SECOND, "en", page), Outline(project, SECOND), {page})

    assert {path for job in jobs for path in job.reads if not path.exists()} <= {path for job in jobs for path in job.makes}
    assert {job.edition for job in jobs} == ({SECOND, FIRST} if page == "changes" else {SECOND})


@pytest.mark.slow
def test_what_draws_and_binds_is_the_same_from_one_save_to_the_next_and_gone_after_them(tmp_path, monkeypatch):
    project = small(tmp_path / "project")
    monkeypatch.setenv("EVIDENCE_ROOT", str(project))
    monkeypatch.chdir(project)
    shown, table, drawing = Preview(project, SECOND, "en", "trends"), project / "data" / SECOND / "claims.csv", []

    with preview.Ready() as ready, Board(Console(quiet=True), "en") as board:
        for name in ("Northern Land", "Land of the North"):
            table.write_text(table.read_text(encoding="utf-8").replace("Northland", name), encoding="utf-8")
            preview.make(shown, board, ready)
            drawing.append({child.pid for child in multiprocessing.active_children()})

    assert (drawing[0] == drawing[1], len(drawing[0]) > 0, multiprocessing.active_children()) == (True, True, [])


def test_a_preview_lies_beside_the_book(tmp_path):
    assert Preview(tmp_path, SECOND, "ja", "trends").to == Path(tmp_path, "_build", "preview", SECOND, "ja")
