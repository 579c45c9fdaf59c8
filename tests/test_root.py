"""The project is found, its own code works on it, and only what people wrote counts as its files."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from evidence import root
from evidence.errors import Refusal, Refusals

LEFT = (
    ".DS_Store", "._claims.csv", ".~lock.claims.csv#", "claims.csv~", "~$claims.csv", "#claims.csv#", "Thumbs.db", "desktop.ini", "thumbs.db",
    "Desktop.ini", "Icon\r", "claims.csv.orig", "claims.csv.rej", "claims.csv.bak",
)  # fmt: skip
BELOW = ("_build/claims.csv", "__pycache__/claims.pyc", ".ipynb_checkpoints/claims.ipynb", "@eaDir/claims.csv", "__MACOSX/claims.csv")


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


def refused(top: Path) -> list[tuple[str, str]]:
    with pytest.raises(Refusals) as found:
        root.files(top)
    return [(problem.code, problem.place.file) for problem in found.value.problems]


@pytest.mark.parametrize("to", [".", "..", "2019-09", "../data/schema", "../elsewhere/back"])
def test_a_link_that_leads_in_a_circle_or_to_what_stands_here_already_is_refused(tmp_path, to):
    for name in ("data/schema", "data/2019-09", "elsewhere"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "elsewhere" / "back").symlink_to("../data")
    (tmp_path / "data" / "loop").symlink_to(to)

    assert refused(tmp_path / "data") == [("E2120", "data/loop")]


@pytest.mark.parametrize("to", ["/etc/hostname", "/etc", "../../.env", "../../_build/state.json", "../../../outside.txt"])
def test_a_link_to_what_is_no_file_of_the_project_is_refused(tmp_path, to):
    project = tmp_path / "project"
    for name in ("data/schema", "book/_static", "_build"):
        (project / name).mkdir(parents=True)
    for name in (".env", "_build/state.json", "../outside.txt"):
        (project / name).touch()
    (project / "book" / "_static" / "link").symlink_to(to)

    assert refused(project / "book") == [("E2120", "book/_static/link")]


def test_everything_that_is_no_file_is_named_at_once(tmp_path):
    static = tmp_path / "book" / "_static"
    static.mkdir(parents=True)
    os.mkfifo(static / "pipe")
    (static / "self").symlink_to("self")
    (static / "nowhere").symlink_to("gone")
    Path(os.fsdecode(os.fsencode(static) + b"/caf\xe9.svg")).touch()
    (static / "a\nb.svg").touch()

    assert refused(tmp_path / "book") == [
        ("E2122", r"book/_static/a\nb.svg"),
        ("E2122", r"book/_static/caf\xe9.svg"), ("E292", "book/_static/nowhere"), ("E292", "book/_static/pipe"), ("E292", "book/_static/self"),
    ]  # fmt: skip
    assert refused(static / "pipe") == [("E292", "book/_static/pipe")]


def test_a_copy_of_what_may_not_be_written_can_be_written(tmp_path):
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "book.css").touch()
    (tmp_path / "static" / "book.css").chmod(0o444)
    (tmp_path / "static").chmod(0o555)

    root.copy(tmp_path / "static", tmp_path / "staged")

    assert [path.stat().st_mode & 0o200 for path in (tmp_path / "staged", tmp_path / "staged" / "book.css")] == [0o200, 0o200]
    (tmp_path / "static").chmod(0o755)
    shutil.rmtree(tmp_path / "static")
