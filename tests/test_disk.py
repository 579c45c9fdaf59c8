"""What the system or a broken file does to a command is one refusal: code, place, what to do, in both languages, and no traceback."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from evidence import disk
from evidence.build import pipeline, state
from evidence.errors import Refusal, rules
from evidence.words import LANGUAGES
from tests.projects import FIRST, called

PROJECT = Path(__file__).parents[1]
EDITION = "2019-09"


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    """The data, notebooks and settings of the project, where a fault can be put."""
    for part in ("data", "notebooks", "book"):
        shutil.copytree(PROJECT / part, tmp_path / part)
    for part in ("_config.yml", "_toc.yml"):
        shutil.copy(PROJECT / part, tmp_path / part)
    monkeypatch.setenv("EVIDENCE_ROOT", str(tmp_path))
    monkeypatch.setenv("EVIDENCE_LANG", "en")
    monkeypatch.setattr(pipeline, "done", lambda *_: {})  # up to the first task, and from the last one on
    return tmp_path


def said(*arguments: str) -> tuple[int, str]:
    """The exit code of the command and what it said."""
    done = called(Path(os.environ["EVIDENCE_ROOT"]), *arguments)
    return done.returncode, done.stderr


def directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def broken_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def hole(path: Path) -> None:
    os.truncate(path, 60 << 30)


def own(fault):
    """The fault where the build keeps what is its own, in a folder that is not there yet."""
    return lambda path: (path.parent.mkdir(parents=True), fault(path))


def text(content: str, encoding: str = "utf-8"):
    return lambda path: path.write_bytes(content.encode(encoding))


def replaced(old: str, new: str):
    return lambda path: path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


TABLE, SCHEMA, DESCRIPTOR = f"data/{EDITION}/claims.csv", "data/schema/claims.json", f"data/{EDITION}/datapackage.json"
NOTEBOOK, PAGE = "notebooks/tiers.ipynb", "book/en/tiers.md"
OWN = ("state.json", "work/reasons.json", "work/pytask.toml", f"work/editions/{EDITION}/SHA256SUMS", f"work/{EDITION}/ja/staged/records.json")
FAULTS = [
    ("check", TABLE, directory, 2, f"E292 {TABLE} the file cannot be read: Is a directory"),
    ("check", TABLE, pipe, 2, f"E292 {TABLE} the file cannot be read: no plain file"),
    ("check", TABLE, hole, 2, f"E2121 {TABLE} the file is too large: 61,440 MB > 50 MB"),
    ("check", f"data/{EDITION}/any.fifo", os.mkfifo, 2, f"E292 data/{EDITION}/any.fifo the file cannot be read: no plain file"),
    ("check", "notebooks/loop", lambda path: path.symlink_to("."), 2, f"E2120 {EDITION} notebooks/loop"),
    ("check", TABLE, broken_link, 2, f"E292 {TABLE} the file cannot be read: No such file"),
    ("check", TABLE, replaced(",2386,", f",{'2' * 5000},"), 2, "E204"),
    ("check", SCHEMA, text('{"fields": ['), 2, f"E294 {EDITION} {SCHEMA}:1"),
    ("check", SCHEMA, text('{"fields": 1}'), 2, f"E294 {EDITION} {SCHEMA}"),
    ("check", SCHEMA, text("[]"), 2, f"E294 {EDITION} {SCHEMA}:1"),
    ("check", SCHEMA, replaced('"pattern": "', '"pattern": "('), 2, f"E294 {EDITION} {SCHEMA}"),
    ("check", SCHEMA, directory, 2, f"E292 {EDITION} {SCHEMA}"),
    ("check", DESCRIPTOR, text("{"), 2, f"E265 {DESCRIPTOR}"),
    ("check", DESCRIPTOR, text('{"resources": [1]}'), 2, f"E265 {DESCRIPTOR}"),
    ("check", DESCRIPTOR, text('{"resources": [{"path": 5}]}'), 2, f"E265 {DESCRIPTOR}"),
    ("check", DESCRIPTOR, text('{"resources": [{"path": null}]}'), 2, f"E265 {DESCRIPTOR}"),
    ("check", DESCRIPTOR, text('{"previous": 1, "resources": 5}'), 2, f"E265 {DESCRIPTOR}"),
    ("check", DESCRIPTOR, text("版", "cp932"), 2, f"E265 {DESCRIPTOR}"),
    ("check", DESCRIPTOR, directory, 2, f"E292 {DESCRIPTOR}"),
    ("build", NOTEBOOK, text("no JSON"), 3, "E321 2019-09 tiers.ipynb"),
    ("build", NOTEBOOK, text("{}"), 3, "E321 2019-09 tiers.ipynb"),
    ("build", NOTEBOOK, text("[]"), 3, "E321 2019-09 tiers.ipynb"),
    ("build", NOTEBOOK, text('{"nbformat": 4, "cells": [1]}'), 3, "E321 2019-09 tiers.ipynb"),
    ("build", NOTEBOOK, replaced("desk.figure(", "desk.figure(("), 3, "E322 2019-09 tiers.ipynb:cell"),
    ("build", NOTEBOOK, text("版", "cp932"), 2, f"E293 {EDITION} {NOTEBOOK}:1"),
    ("build", NOTEBOOK, pipe, 2, f"E292 {NOTEBOOK}"),
    ("build", NOTEBOOK, hole, 2, f"E2121 {NOTEBOOK}"),
    ("build", "_toc.yml", text("版", "cp932"), 2, "E293"),
    ("build", "_toc.yml", text("root: \x01"), 4, "E422 2019-09 _toc.yml"),
    ("build", "_build/lock", lambda path: (path.parent.mkdir(), path.symlink_to("/etc/hostname")), 4, "E405 _build/lock"),
    *(("build", f"_build/{name}", own(os.mkfifo), 2, f"E292 _build/{name}") for name in OWN),
    ("build", "_build/html", own(lambda path: path.symlink_to("html")), 4, "E407 _build/html"),
    ("build", "_build/html", own(Path.touch), 4, "E407 _build/html"),
    ("build", "_build/work", own(Path.touch), 4, "E407 _build/work"),
    ("build", "_build", lambda path: path.write_text("a file", encoding="utf-8"), 4, "E432 "),
]


@pytest.mark.parametrize(
    ("command", "place", "fault", "code", "says"), FAULTS, ids=[f"{place}-{number}" for number, (_, place, *_) in enumerate(FAULTS)]
)
def test_a_file_that_is_broken_or_no_file_is_one_refusal(command, place, fault, code, says, project):
    fault(project / place)

    ended, told = said(command, EDITION)

    assert (ended, says in told, "Traceback" in told) == (code, True, False), told


def test_a_page_in_another_encoding_is_refused_with_its_line(project):
    (project / PAGE).write_bytes("First\nThe 版\n".encode("cp932"))

    with pytest.raises(Refusal) as refused:
        disk.text(project / PAGE)

    assert (refused.value.code, str(refused.value.place)) == ("E293", f"{PAGE}:2")


def test_a_document_in_another_encoding_is_refused_by_audit(project):
    (project / "paper.txt").write_bytes("予算\n".encode("cp932"))

    ended, told = said("audit", str(project / "paper.txt"))

    assert (ended, "E293" in told, "Traceback" in told) == (2, True, False)


NUMBERS = [
    (errno.ENOSPC, "E430"), (errno.EDQUOT, "E430"), (errno.EMFILE, "E431"), (errno.ENFILE, "E431"),
    (errno.EROFS, "E432"), (errno.EACCES, "E432"), (errno.EIO, "E432"),
]  # fmt: skip


@pytest.mark.parametrize("moment", ["alone", "inputs", "done", "site", "remember"])
@pytest.mark.parametrize(("number", "code"), NUMBERS, ids=[errno.errorcode[one[0]] for one in NUMBERS])
def test_what_the_system_refuses_is_one_refusal_at_whichever_moment(number, code, moment, project, monkeypatch):
    """A full disk, a quota, a limit of open files, a read-only disk: while the build starts, reads, runs, publishes or remembers."""

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number), str(project / "_build" / "work" / "x"))

    monkeypatch.setattr(pipeline.tasks, "edition", lambda *_: [])
    monkeypatch.setattr(pipeline.site, "site", lambda *_: None)
    monkeypatch.setattr({"done": pipeline, "site": pipeline.site}.get(moment, state), moment, refuse)
    for lang in LANGUAGES:
        monkeypatch.setenv("EVIDENCE_LANG", lang)
        found, told = said("build", EDITION)
        assert (found, f"{code} _build/work/x {rules()[code][f'what_{lang}'][:6]}" in told, "Traceback" in told) == (4, True, False), told


@pytest.mark.parametrize(
    ("name", "readable", "code"),
    [("claims.csv", True, "E432"), (".claims.csv.new", True, "E432"), ("claims.csv", False, "E292"), ("gone/claims.csv", False, "E292")],
    ids=["written over", "written beside", "read", "read in a folder that may not be entered"],
)
def test_a_table_that_may_be_read_and_not_written_is_told_as_one_that_is_not_written(name, readable, code, tmp_path, monkeypatch):
    """As in a checkout of somebody else's, or one without the right to write."""
    edition = tmp_path / "data" / "2019-09"
    edition.mkdir(parents=True)
    (edition / "claims.csv").touch()
    monkeypatch.setattr(os, "access", lambda *_: readable)

    told = disk.refused(PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(edition / name)))

    assert told and told.code == code


def test_a_mistake_of_ours_keeps_its_traceback(project, monkeypatch):
    def mistaken(*_: object) -> None:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", "/nowhere/of/the/project")

    monkeypatch.setattr(state, "inputs", mistaken)

    ended, told = said("build", EDITION)

    assert (ended, "Traceback" in told) == (1, True)


@pytest.mark.parametrize("held", [False, True], ids=["nobody reads", "somebody reads"])
def test_nothing_is_written_into_a_pipe(tmp_path, held):
    os.mkfifo(tmp_path / "growth.csv")
    reader = os.open(tmp_path / "growth.csv", os.O_RDONLY | os.O_NONBLOCK) if held else None

    with pytest.raises((OSError, Refusal)):
        disk.put(tmp_path / "growth.csv", b"id\n")

    assert reader is None or os.read(reader, 10) == b""


def test_a_folder_is_removed_however_deep_it_is(tmp_path):
    """Also where its names are those that what lies deep is given meanwhile; what a link leads to stays."""
    subprocess.run(["mkdir", "-p", f"{tmp_path}/home/0" + "/a" * 1000, f"{tmp_path}/home/1/b/c"], check=True)
    (tmp_path / "kept").mkdir()
    (tmp_path / "home" / "0" / "link").symlink_to(tmp_path / "kept")

    disk.remove(tmp_path / "home")
    disk.remove(tmp_path / "nowhere")

    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


LIMITED = "import resource, sys\nresource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\nfrom evidence.cli import app\napp.main()\n"


@pytest.mark.slow
@pytest.mark.parametrize(("size", "code"), [(0, "E432 TMPDIR"), (60_000, "E4")])
def test_a_limit_of_how_large_a_file_may_become_is_one_refusal(size, code, changing):
    """Nothing may be written at all; or the records and pages of a build become larger than they may."""
    site = changing / "_build" / "html"
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    table = changing / "data" / FIRST / "entities.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Southland", "The Southland"), encoding="utf-8")
    called(changing, "package", FIRST)
    command = [sys.executable, "-c", LIMITED.format(size=size), "build", FIRST]
    variables = {**os.environ, "EVIDENCE_ROOT": str(changing), "EVIDENCE_LANG": "en", "EVIDENCE_STORE": "off"}

    ended = subprocess.run(command, cwd=changing, env=variables, capture_output=True, text=True)

    assert (ended.returncode, "Traceback" in ended.stderr) == (4, False), ended.stderr[-2000:]
    assert code in ended.stderr
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_of_a_file_that_may_not_become_so_large_the_limit_is_named():
    told = disk.refused(OSError(errno.EFBIG, os.strerror(errno.EFBIG), "/srv/book/_build/work/x"))

    assert (told.code, "ulimit -f" in told.text("en"), "ulimit -f" in told.text("ja")) == ("E430", True, True)
