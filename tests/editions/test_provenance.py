"""An edition names the code by its bytes, and a commit only if its files are that commit's."""

import subprocess
from pathlib import Path

import pytest

from evidence import root
from evidence.editions import provenance

FILES = {"data/claims.csv": "id\na\n", "notebooks/表.ipynb": "{}\n", "README.md": "words\n"}
INPUTS = ["data/claims.csv", "notebooks/表.ipynb"]


def git(folder: Path, *asked: str) -> str:
    own = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *own, *asked], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def unpacked(folder: Path) -> Path:
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    folder = unpacked(tmp_path / "project")
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "first")
    return folder


def test_committed_inputs_name_their_commit(project):
    assert provenance.committed(project, INPUTS) == (git(project, "rev-parse", "HEAD"), True)


@pytest.mark.parametrize("place", INPUTS)
def test_an_input_that_differs_from_its_commit_is_not_clean(project, place):
    (project / place).write_text("other\n", encoding="utf-8")

    assert provenance.committed(project, INPUTS)[1] is False


def test_an_input_that_was_never_committed_is_not_clean(project):
    (project / "data" / "new.csv").touch()

    assert provenance.committed(project, [*INPUTS, "data/new.csv"])[1] is False


def test_a_file_that_is_gone_is_not_clean_though_nothing_reads_it(project):
    (project / "data" / "more.csv").touch()
    git(project, "add", ".")
    git(project, "commit", "--quiet", "-m", "second")
    (project / "data" / "more.csv").unlink()

    assert provenance.committed(project, INPUTS)[1] is False


@pytest.mark.parametrize("told", ["--assume-unchanged", "--skip-worktree"])
def test_a_change_that_git_was_told_to_overlook_is_not_clean(project, told):
    git(project, "update-index", told, INPUTS[0])
    (project / INPUTS[0]).write_text("id\nb\n", encoding="utf-8")

    assert provenance.committed(project, INPUTS)[1] is False


@pytest.mark.parametrize("attributes", ["*.csv working-tree-encoding=UTF-16LE", "*.csv text eol=crlf", "*.csv filter=own"])
def test_bytes_that_git_changed_on_the_way_are_not_clean(project, attributes):
    """As a user's own attributes have it; git itself takes them for the same."""
    (project / ".git" / "info").mkdir(exist_ok=True)
    (project / ".git" / "info" / "attributes").write_text(f"{attributes}\n")
    git(project, "config", "filter.own.smudge", "tr a b")
    git(project, "config", "filter.own.clean", "tr b a")
    (project / INPUTS[0]).unlink()
    git(project, "checkout", "--", INPUTS[0])

    assert (git(project, "status", "--short"), provenance.committed(project, INPUTS)[1]) == ("", False)


def test_what_is_no_input_leaves_it_clean(project):
    (project / "README.md").write_text("other words\n", encoding="utf-8")
    (project / "draft.txt").touch()
    (project / INPUTS[0]).chmod(0o755)  # as an archive or a mounted disk may have it

    assert provenance.committed(project, INPUTS)[1] is True


def test_an_archive_has_no_commit(tmp_path):
    assert provenance.committed(unpacked(tmp_path), INPUTS) == ("", None)


def test_an_archive_inside_another_repository_has_no_commit(project):
    assert provenance.committed(unpacked(project / "inside"), INPUTS) == ("", None)


def test_an_archive_over_another_repository_has_no_commit(project):
    (project / "more.csv").touch()

    assert provenance.committed(project, ["more.csv"]) == ("", None)


def test_a_repository_without_a_commit_has_none(tmp_path):
    git(unpacked(tmp_path), "init", "--quiet")

    assert provenance.committed(tmp_path, INPUTS) == ("", None)


def test_a_worktree_names_its_own_commit(project):
    git(project, "worktree", "add", "--quiet", "-b", "other", "../other")
    git(project.parent / "other", "commit", "--quiet", "--allow-empty", "-m", "second")

    assert provenance.committed(project.parent / "other", INPUTS) == (git(project, "rev-parse", "other"), True)


def test_variables_of_a_hook_lead_to_no_other_repository(project, tmp_path, monkeypatch):
    git(unpacked(tmp_path / "stranger"), "init", "--quiet")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "stranger" / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "stranger"))

    assert provenance.committed(project, INPUTS)[1] is True


def test_without_git_there_is_no_commit(project, monkeypatch):
    monkeypatch.setenv("PATH", "")

    assert provenance.committed(project, INPUTS) == ("", None)


def test_the_hash_of_the_code_is_what_sha256sum_says_of_its_files():
    listed = "find src/evidence -type f ! -path '*/__pycache__/*' | LC_ALL=C sort | xargs sha256sum | sha256sum"
    said = subprocess.run(listed, shell=True, cwd=root.CODE.parents[1], capture_output=True, text=True, check=True).stdout

    assert listed in (provenance.code.__doc__ or "")
    assert provenance.code() == said.split()[0]


def test_the_edition_says_something_else_once_its_inputs_are_committed_and_not_for_another_commit(project, tmp_path, monkeypatch):
    note = tmp_path / "origin.txt"
    (project / "src" / "evidence").mkdir(parents=True)
    monkeypatch.setattr(root, "CODE", project / "src" / "evidence")
    (project / INPUTS[0]).write_text("other\n", encoding="utf-8")
    told = [provenance.note(project, INPUTS, note).read_text(encoding="utf-8")]
    git(project, "commit", "--quiet", "--all", "-m", "second")
    told.append(provenance.note(project, INPUTS, note).read_text(encoding="utf-8"))
    git(project, "commit", "--quiet", "--allow-empty", "-m", "third")
    told.append(provenance.note(project, INPUTS, note).read_text(encoding="utf-8"))

    assert told[0] != told[1] == told[2]
