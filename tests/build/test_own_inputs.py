"""What counts as a change: inputs that people wrote, and whether they are committed; not what a run by hand or a system leaves."""

import shutil
import subprocess
from pathlib import Path

import pytest

from evidence.build import modules, state
from tests.projects import PROJECT, SECOND, called, small


@pytest.fixture
def project(tmp_path) -> Path:
    for name in ("data/2019-09/claims.csv", "notebooks/trends.ipynb", "_build/html/index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("first\n", encoding="utf-8")
    state.remember(tmp_path, ["2019-09"], state.inputs(tmp_path))
    return tmp_path


@pytest.mark.parametrize("left", ["notebooks/_build/notebooks/trends/values.json", "data/2019-09/.~lock.claims.csv#", "book/.DS_Store"])
def test_what_a_run_by_hand_or_a_system_leaves_is_no_change(project, left):
    (project / left).parent.mkdir(parents=True, exist_ok=True)
    (project / left).touch()

    assert state.changes(project, ["2019-09"], state.inputs(project)) == []


def test_what_a_system_leaves_beside_each_file_is_read_by_nothing(tmp_path):
    """As macOS does on a share or in an archive: beside each file another one, with what the file system has no place for."""
    folder = small(tmp_path / "project")
    for path in [path for name in ("data", "book", "notebooks") for path in (folder / name).rglob("*") if path.is_file()]:
        path.with_name(f"._{path.name}").write_bytes(b"\0\5\x16\7\xff")

    done = called(folder, "check", EVIDENCE_LANG="en")
    unknown = called(folder, "template", "nope", "--edition", SECOND, EVIDENCE_LANG="en")

    assert (done.returncode, done.stderr) == (0, "")
    assert "._" not in unknown.stderr


def test_what_a_system_leaves_is_no_code_that_a_task_depends_on(tmp_path, monkeypatch):
    shutil.copytree(PROJECT / "src" / "evidence" / "editions", tmp_path / "editions", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(modules, "CODE", tmp_path)
    before = modules.code.__wrapped__("editions.site")
    (tmp_path / "editions" / "._words.csv").touch()
    (tmp_path / "editions" / "templates" / ".DS_Store").touch()

    assert modules.code.__wrapped__("editions.site") == before


def test_a_changed_input_is_a_change(project):
    (project / "notebooks" / "trends.ipynb").write_text("second\n", encoding="utf-8")

    assert state.changes(project, ["2019-09"], state.inputs(project)) == ["input notebooks/trends.ipynb: changed"]


def test_committing_the_inputs_is_a_change_because_the_edition_says_so(project):
    for asked in (("init", "--quiet"), ("add", "data", "notebooks"), ("commit", "--quiet", "-m", "first")):
        own = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *own, *asked], cwd=project, check=True)

    assert state.changes(project, ["2019-09"], state.inputs(project)) == ["input commit: changed"]
