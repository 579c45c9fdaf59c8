"""The whole book is built twice, in different circumstances, and compared; what a build does and refuses is tested on the small one."""

import json
import shutil
import signal
from pathlib import Path

import pytest

from evidence import root
from evidence.build import pipeline
from evidence.words import LANGUAGES
from tests.projects import ELSEWHERE, FIRST, SECOND, building, copied, evidence, small

EDITION = "2019-09"
pytestmark = pytest.mark.build


def sums(project: Path, edition: str) -> bytes:
    return (project / "_build" / "html" / edition / "SHA256SUMS").read_bytes()


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.twice
def test_two_builds_in_different_circumstances_have_the_same_sums(book, tmp_path_factory):
    """The other takes nothing that the first one made: its store is its own, and empty."""
    other = copied(tmp_path_factory.mktemp("elsewhere") / "a folder 別")

    own = str(other.with_name("store"))

    done = evidence(other, "build", EVIDENCE_STORE=own, **ELSEWHERE)

    assert done.returncode == 0, done.stderr
    assert {name: sums(other, name) for name in root.editions(other / "data")} == {name: sums(book, name) for name in root.editions(book / "data")}


def test_every_chapter_has_three_figures_and_every_profile_its_page(book):
    folder = book / "_build" / "html" / EDITION
    figures = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    drawn = [figure["page"]["ja"].split("/")[1].split(".")[0] for figure in figures if figure["kind"] == "figure"]
    names = {path.stem for path in (folder / "ja").glob("*.html")}

    assert {chapter: drawn.count(chapter) >= 3 for chapter in ("overview", "tiers", "trends", "programmes", "recommendations")} == dict.fromkeys(
        ("overview", "tiers", "trends", "programmes", "recommendations"), True
    )
    assert (len([n for n in names if n.startswith("programme-")]), len([n for n in names if n.startswith("funder-")])) == (9, 6)


def test_a_build_without_a_change_does_nothing(small_book):
    before = (small_book / "_build" / "html" / "index.html").stat().st_mtime_ns

    done = evidence(small_book, "build")

    assert done.returncode == 0
    assert "Nothing changed" in done.stdout
    assert (small_book / "_build" / "html" / "index.html").stat().st_mtime_ns == before


def test_after_a_change_only_what_reads_it_is_made_again(changing):
    replace(changing / "data" / FIRST / "entities.csv", "Southland", "The Southland")
    assert evidence(changing, "package", FIRST).returncode == 0

    done = evidence(changing, "build", FIRST, "--why")

    assert done.returncode == 0, done.stderr
    ran = {line.partition(" <- ")[0].removeprefix(f"{FIRST}: ") for line in done.stdout.splitlines() if " <- " in line}
    runs = {f"run {chapter} ({lang})" for chapter in ("coauthorship", "observations") for lang in LANGUAGES}
    assert "freeze the edition" in ran
    assert {task for task in ran if task.startswith(("run ", "files of "))} == runs | {"files of share-lines", "files of observation-rows"}
    assert not any("font" in task for task in ran)


def test_a_failing_notebook_means_exit_three_and_the_old_book_stays(changing):
    replace(changing / "notebooks" / "glossary.ipynb", "registers.terms(", "registers.lost(")
    before = sums(changing, SECOND)

    done = evidence(changing, "build", EVIDENCE_LANG="en")

    assert done.returncode == 3
    assert f"E301 {SECOND} glossary.ipynb" in done.stderr
    assert "has no attribute 'lost'" in done.stderr
    assert "Traceback" not in done.stderr
    assert sums(changing, SECOND) == before


def test_a_typed_number_in_a_page_means_exit_four_and_the_place(changing):
    page = changing / "book" / "en" / "glossary.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nThe request was 2386.\n", encoding="utf-8")

    done = evidence(changing, "build", EVIDENCE_LANG="en")

    line = page.read_text(encoding="utf-8").splitlines().index("The request was 2386.") + 1
    assert done.returncode == 4
    assert f"E420 {SECOND} book/en/glossary.md:{line}" in done.stderr


def test_a_broken_table_is_refused_before_the_first_kernel(changing):
    replace(changing / "data" / FIRST / "claims.csv", ",1250,", ",１２５０,")

    done = evidence(changing, "build", EVIDENCE_LANG="en")

    assert done.returncode == 2
    assert f"data/{FIRST}/claims.csv:" in done.stderr
    assert "run " not in done.stderr


def test_an_interrupted_build_says_so_and_leaves_the_old_book(changing):
    shutil.rmtree(changing / "_build" / "work")
    (changing / "_build" / "state.json").unlink()
    before = sums(changing, FIRST)
    running = building(changing, EVIDENCE_LANG="en", EVIDENCE_STORE="off")  # with the store it may have ended before the second has begun
    for line in running.stderr:
        if "run " in line:
            break
    second = evidence(changing, "build", EVIDENCE_LANG="en")
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)

    assert (second.returncode, second.stderr[:4]) == (4, "E402")
    assert (running.returncode, "Interrupted" in said, "Traceback" in said) == (130, True, False)
    assert sums(changing, FIRST) == before


def test_an_input_that_changes_during_the_build_is_refused_and_the_old_book_stays(changing):
    """The table is saved again by an analyst while the build runs."""
    table = changing / "data" / SECOND / "glossary.csv"
    replace(changing / "notebooks" / "glossary.ipynb", "# 用語", "# 用語 ")
    before = sums(changing, SECOND)
    running = building(changing, EVIDENCE_LANG="en")
    for line in running.stderr:
        if "bind the book" in line:  # all of it has been read by then, and nothing is published yet
            break
    replace(table, "A country that shares", "The country that shares")
    _, said = running.communicate(timeout=300)

    assert running.returncode == 2, said
    assert "E266" in said
    assert f"data/{SECOND}/glossary.csv the input changed during the build" in said
    assert sums(changing, SECOND) == before


def test_a_draft_does_of_other_editions_only_what_its_own_tasks_read(tmp_path, monkeypatch):
    project = small(tmp_path / "project")
    monkeypatch.setenv("EVIDENCE_ROOT", str(project))

    jobs = pipeline.drafted(project, [SECOND], ("en",))

    others = [job for job in jobs if job.edition != SECOND]
    assert {job.step for job in others} == {"check", "run"}  # not the book, its fonts or its files
    read = {path for job in jobs for path in job.reads}
    assert [job.name for job in others if not read.intersection(job.makes)] == []


def test_a_draft_has_no_files_for_citers_and_leaves_the_published_book_alone(changing):
    """In one language, then in both: the second takes from the store what the first made."""
    before = sums(changing, FIRST)

    for asked, made in ((("--lang", "en"), {"en"}), (("--draft",), {"en", "ja"})):
        done = evidence(changing, "build", FIRST, *asked)

        assert done.returncode == 0, done.stderr
        drafted = changing / "_build" / "draft" / FIRST
        assert {path.name for path in drafted.iterdir()} == made
        assert all((drafted / lang / "index.html").is_file() and not list((drafted / lang).glob("*.pdf")) for lang in made)
        assert not any("typeset" in line or "files" in line for line in done.stderr.splitlines())
        assert sums(changing, FIRST) == before
