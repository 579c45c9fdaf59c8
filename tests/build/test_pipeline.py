"""One test builds everything, twice, in different circumstances, and compares; the others look at what was built."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from evidence import root
from evidence.words import LANGUAGES

PROJECT = Path(__file__).parents[2]
EDITION = "2019-09"
PARTS = ("data", "book", "notebooks", "src", "_config.yml", "_toc.yml", "requirements.lock", "pyproject.toml")
pytestmark = pytest.mark.build


def copied(project: Path) -> Path:
    project.mkdir(parents=True)
    for part in PARTS:
        source = PROJECT / part
        if source.is_dir():
            shutil.copytree(source, project / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, project / part)
    return project


def evidence(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("evidence")), *arguments]
    variables = {**os.environ, "EVIDENCE_ROOT": str(project), **environment}
    return subprocess.run(command, cwd=project, env=variables, capture_output=True, text=True, encoding="utf-8")


def test_two_builds_in_different_circumstances_have_the_same_sums(book, tmp_path_factory):
    other = copied(tmp_path_factory.mktemp("elsewhere") / "a folder 別")

    done = evidence(other, "build", TZ="Asia/Tokyo", LC_ALL="C", LANG="C", PYTHONHASHSEED="7", EVIDENCE_LANG="ja")

    assert done.returncode == 0, done.stderr
    sums = f"_build/html/{EDITION}/SHA256SUMS"
    assert (other / sums).read_text(encoding="utf-8") == (book / sums).read_text(encoding="utf-8")


def test_the_sums_name_every_file_with_its_hash(book):
    folder = book / "_build" / "html" / EDITION
    checked = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, capture_output=True, text=True)
    named = {line.split("  ", 1)[1] for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()}

    assert checked.returncode == 0, checked.stdout
    assert named == {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {"SHA256SUMS"}


def test_both_languages_hold_the_same_pages_and_exhibits(book):
    folder = book / "_build" / "html" / EDITION
    pages = [{path.name for path in (folder / lang).glob("*.html")} for lang in LANGUAGES]
    figures = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    values = json.loads((folder / "values.json").read_text(encoding="utf-8"))

    assert pages[0] == pages[1]
    assert [figure["id"] for figure in figures if not all(figure[part][lang] for part in ("title", "alt", "number") for lang in LANGUAGES)] == []
    assert [value["id"] for value in values if not all(value["text"][lang] for lang in LANGUAGES)] == []


def test_every_chapter_has_three_figures_and_every_profile_its_page(book):
    folder = book / "_build" / "html" / EDITION
    figures = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    drawn = [figure["page"]["ja"].split("/")[1].split(".")[0] for figure in figures if figure["kind"] == "figure"]
    names = {path.stem for path in (folder / "ja").glob("*.html")}

    assert {chapter: drawn.count(chapter) >= 3 for chapter in ("overview", "tiers", "trends", "programmes", "recommendations")} == dict.fromkeys(
        ("overview", "tiers", "trends", "programmes", "recommendations"), True
    )
    assert (len([n for n in names if n.startswith("programme-")]), len([n for n in names if n.startswith("funder-")])) == (9, 6)


def test_a_build_without_a_change_does_nothing(book):
    before = (book / "_build" / "html" / "index.html").stat().st_mtime_ns

    done = evidence(book, "build")

    assert done.returncode == 0
    assert "Nothing changed" in done.stdout
    assert (book / "_build" / "html" / "index.html").stat().st_mtime_ns == before


def test_after_a_change_only_what_reads_it_is_made_again(book, tmp_path):
    project = tmp_path / "project"
    shutil.copytree(book, project, symlinks=True)
    table = project / "data" / EDITION / "glossary.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("国際共同研究", "国際的な共同研究", 1), encoding="utf-8")
    assert evidence(project, "package", EDITION).returncode == 0

    done = evidence(project, "build", EDITION, "--why")

    assert done.returncode == 0, done.stderr
    ran = {line.partition(" <- ")[0].removeprefix(f"{EDITION}: ") for line in done.stdout.splitlines() if " <- " in line}
    assert {"run glossary (ja)", "run glossary (en)", "files of glossary-terms", "freeze the edition"} <= ran
    assert {task for task in ran if task.startswith(("run ", "files of "))} == {"run glossary (ja)", "run glossary (en)", "files of glossary-terms"}


def test_a_failing_notebook_means_exit_three_and_the_old_book_stays(book, tmp_path):
    project = tmp_path / "project"
    shutil.copytree(book, project, symlinks=True)
    notebook = project / "notebooks" / "glossary.ipynb"
    notebook.write_text(notebook.read_text(encoding="utf-8").replace("registers.terms(", "registers.lost("), encoding="utf-8")
    before = (project / "_build" / "html" / EDITION / "SHA256SUMS").read_bytes()

    done = evidence(project, "build", EVIDENCE_LANG="en")

    assert done.returncode == 3
    assert "E301 glossary.ipynb" in done.stderr
    assert "has no attribute 'lost'" in done.stderr
    assert "Traceback" not in done.stderr
    assert (project / "_build" / "html" / EDITION / "SHA256SUMS").read_bytes() == before


def test_a_typed_number_in_a_page_means_exit_four_and_the_place(book, tmp_path):
    project = tmp_path / "project"
    shutil.copytree(book, project, symlinks=True)
    page = project / "book" / "en" / "glossary.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nThe request was 2386.\n", encoding="utf-8")

    done = evidence(project, "build", EVIDENCE_LANG="en")

    line = page.read_text(encoding="utf-8").splitlines().index("The request was 2386.") + 1
    assert done.returncode == 4
    assert f"E420 book/en/glossary.md:{line}" in done.stderr


def test_a_broken_table_is_refused_before_the_first_kernel(book, tmp_path):
    project = tmp_path / "project"
    shutil.copytree(book, project, symlinks=True)
    claims = project / "data" / EDITION / "claims.csv"
    claims.write_text(claims.read_text(encoding="utf-8").replace(",2386,", ",２３８６,"), encoding="utf-8")

    done = evidence(project, "build", EVIDENCE_LANG="en")

    assert done.returncode == 2
    assert f"data/{EDITION}/claims.csv:" in done.stderr
    assert "run " not in done.stderr


def test_an_interrupted_build_says_so_and_leaves_the_old_book(book, tmp_path):
    project = tmp_path / "project"
    shutil.copytree(book, project, symlinks=True)
    shutil.rmtree(project / "_build" / "work")
    (project / "_build" / "state.json").unlink()
    before = (project / "_build" / "html" / EDITION / "SHA256SUMS").read_bytes()
    command = [str(Path(sys.executable).with_name("evidence")), "build"]
    running = subprocess.Popen(command, env={**os.environ, "EVIDENCE_ROOT": str(project), "EVIDENCE_LANG": "en"}, stderr=subprocess.PIPE, text=True)
    for line in running.stderr:
        if "run " in line:
            break
    second = evidence(project, "build", EVIDENCE_LANG="en")
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)

    assert (second.returncode, second.stderr[:4]) == (4, "E402")
    assert (running.returncode, "Interrupted" in said, "Traceback" in said) == (130, True, False)
    assert (project / "_build" / "html" / EDITION / "SHA256SUMS").read_bytes() == before


def test_an_input_that_changes_during_the_build_is_refused_and_the_old_book_stays(book, tmp_path):
    """The table is saved again by a program that a notebook starts, as an analyst might while the build runs."""
    project = tmp_path / "project"
    shutil.copytree(book, project, symlinks=True)
    table = project / "data" / EDITION / "glossary.csv"
    notebook = project / "notebooks" / "glossary.ipynb"
    again = f"import subprocess; subprocess.run(['sed', '-i', 's/Research on one question/Research on a question/', {str(table)!r}], check=True)"
    book_json = json.loads(notebook.read_text(encoding="utf-8"))
    cell = next(cell for cell in book_json["cells"] if cell["id"] == "imports")
    cell["source"] = [again + "\n", *cell["source"]]
    notebook.write_text(json.dumps(book_json, ensure_ascii=False), encoding="utf-8")
    before = (project / "_build" / "html" / EDITION / "SHA256SUMS").read_bytes()

    done = evidence(project, "build", EVIDENCE_LANG="en")

    assert done.returncode == 2
    assert "E266" in done.stderr
    assert f"data/{EDITION}/glossary.csv the input changed during the build" in done.stderr
    assert (project / "_build" / "html" / EDITION / "SHA256SUMS").read_bytes() == before


CHANGES_ONLY = ("changes", "claim_check", "coauthorship", "follow_up", "japan_funds")


def test_an_edition_is_the_same_bytes_whether_or_not_later_chapters_exist(book, tmp_path_factory):
    """Chapters, tables and schemas that only a later edition has leave no trace in the first one."""
    other = copied(tmp_path_factory.mktemp("earlier") / "project")
    for folder in root.editions(other / "data")[1:]:
        shutil.rmtree(other / "data" / folder)
    for name in CHANGES_ONLY:
        for path in [other / "notebooks" / f"{name}.ipynb", *(other / "book" / lang / f"{name}.md" for lang in LANGUAGES)]:
            path.unlink()
    toc = (other / "_toc.yml").read_text(encoding="utf-8").splitlines(keepends=True)
    (other / "_toc.yml").write_text("".join(line for line in toc if not line.strip().startswith(tuple(f"- file: {n}" for n in CHANGES_ONLY))))

    done = evidence(other, "build")

    assert done.returncode == 0, done.stderr
    sums = f"_build/html/{EDITION}/SHA256SUMS"
    assert (other / sums).read_text(encoding="utf-8") == (book / sums).read_text(encoding="utf-8")


def test_a_draft_of_one_language_leaves_the_published_book_alone(book):
    before = (book / "_build" / "html" / EDITION / "SHA256SUMS").read_bytes()

    done = evidence(book, "build", EDITION, "--lang", "en")

    assert done.returncode == 0, done.stderr
    assert (book / "_build" / "draft" / EDITION / "en" / "index.html").is_file()
    assert not (book / "_build" / "draft" / EDITION / "ja").exists()
    assert (book / "_build" / "html" / EDITION / "SHA256SUMS").read_bytes() == before
