"""The project is found, its own code works on it, and only what people wrote counts as its files."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from evidence import root
from evidence.errors import Refusal

LEFT = (".DS_Store", "._claims.csv", ".~lock.claims.csv#", "claims.csv~", "~$claims.csv", "#claims.csv#", "Thumbs.db", "desktop.ini")
BELOW = ("_build/claims.csv", "__pycache__/claims.pyc", ".ipynb_checkpoints/claims.ipynb")


def project(folder: Path, code: bool = True) -> Path:
    (folder / "data" / "schema").mkdir(parents=True)
    if code:
        (folder / "src" / "evidence").mkdir(parents=True)
    return folder


@pytest.mark.parametrize("code", [True, False])
def test_code_of_another_folder_is_refused_with_both_paths(tmp_path, monkeypatch, code):
    monkeypatch.delenv("EVIDENCE_ROOT", raising=False)
    monkeypatch.chdir(project(tmp_path / "copy", code))

    with pytest.raises(Refusal) as refused:
        root.folder()

    assert (refused.value.code, refused.value.place.file) == ("E295", str(tmp_path / "copy"))
    assert refused.value.found == str(root.CODE.parents[1])


def test_code_of_another_folder_works_where_the_environment_asks_for_it(tmp_path, monkeypatch):
    monkeypatch.chdir(project(tmp_path / "copy").parent)
    monkeypatch.setenv("EVIDENCE_ROOT", "copy")

    assert root.folder() == tmp_path / "copy"


def test_a_project_is_itself_through_a_link(tmp_path, monkeypatch):
    monkeypatch.delenv("EVIDENCE_ROOT", raising=False)
    (tmp_path / "link").symlink_to(root.CODE.parents[1])
    monkeypatch.chdir(tmp_path / "link" / "data")

    assert root.folder().samefile(root.CODE.parents[1])


def test_a_copy_with_the_environment_of_the_original_refuses(tmp_path):
    """As `cp -r` leaves it: the command in the copy is that of the original."""
    copy = project(tmp_path / "copy")
    variables = {name: text for name, text in os.environ.items() if name != "EVIDENCE_ROOT"} | {"EVIDENCE_LANG": "en"}
    done = subprocess.run([sys.executable, "-m", "evidence", "check"], cwd=copy, env=variables, capture_output=True, text=True)

    assert (done.returncode, done.stderr.split(" ")[:2]) == (2, ["E295", str(copy)])
    assert str(root.CODE.parents[1]) in done.stderr


def test_what_systems_and_editors_leave_is_no_file_of_the_project(tmp_path):
    top = tmp_path / ".cache" / "_build" / "data"  # wherever the project itself lies
    for name in ("claims.csv", "schema/claims.json", *LEFT, *BELOW):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).touch()

    assert [path.relative_to(top).as_posix() for path in root.files(top)] == ["claims.csv", "schema/claims.json"]
    assert root.tables(top) == [top / "claims.csv"]


def test_what_lies_behind_a_link_is_a_file_of_the_project(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "claims.csv").touch()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "2019-09").symlink_to(tmp_path / "elsewhere")

    assert [path.name for path in root.files(tmp_path / "data")] == ["claims.csv"]


def test_a_copy_of_what_may_not_be_written_can_be_written(tmp_path):
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "book.css").touch()
    (tmp_path / "static" / "book.css").chmod(0o444)
    (tmp_path / "static").chmod(0o555)

    root.copy(tmp_path / "static", tmp_path / "staged")

    assert [path.stat().st_mode & 0o200 for path in (tmp_path / "staged", tmp_path / "staged" / "book.css")] == [0o200, 0o200]
    (tmp_path / "static").chmod(0o755)
    shutil.rmtree(tmp_path / "static")
