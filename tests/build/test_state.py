"""What a build remembers is what it was made from; what it remembers wrongly, or cannot read, counts as nothing."""

import contextlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from rich.console import Console

from evidence import disk
from evidence.build import pipeline, state
from evidence.build.job import Job
from evidence.build.progress import Board
from evidence.errors import Place, Refusal, Refusals

EDITIONS = ["2020-01"]


@pytest.fixture
def project(tmp_path) -> Path:
    for name in ("data/2020-01/claims.csv", "_build/html/index.html", "_config.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("as it was\n", encoding="utf-8")
    return tmp_path


def test_a_table_saved_while_the_build_runs_is_a_change_at_the_next_start(project):
    before = state.inputs(project)
    (project / "data" / "2020-01" / "claims.csv").write_text("saved again\n", encoding="utf-8")

    state.remember(project, EDITIONS, before)

    assert state.changes(project, EDITIONS, state.inputs(project)) == ["input data/2020-01/claims.csv: changed"]


@pytest.mark.parametrize("fault", ["changed", "added", "removed"])
def test_inputs_that_are_not_what_they_were_at_the_start_are_refused_by_name(project, fault):
    before, table = state.inputs(project), project / "data" / "2020-01" / "claims.csv"
    named = table.with_name("tiers.csv") if fault == "added" else table
    if fault == "removed":
        table.unlink()
    else:
        named.write_text("saved again\n", encoding="utf-8")

    with pytest.raises(Refusals) as refused:
        state.unchanged(project, before)

    assert [(problem.code, problem.place.file) for problem in refused.value.problems] == [("E266", f"data/2020-01/{named.name}")]


def test_a_task_during_which_a_file_was_saved_is_done_again(tmp_path):
    table, reasons = tmp_path / "claims.csv", state.Reasons(tmp_path / "reasons.json")
    table.write_text("as the task read it\n", encoding="utf-8")
    read = reasons.read([table])
    table.write_text("saved while it ran\n", encoding="utf-8")
    reasons.note("run trends", read)
    reasons.keep()

    assert state.Reasons(tmp_path / "reasons.json").stale("run trends", [table])


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"editions": 1}', '{"editions": ["2020-01"], "input": [], "output": {}}', '{"edi', "\x00\xff", "[" * 100_000]
)
def test_a_state_that_says_nothing_counts_as_none(project, text):
    state.remember(project, EDITIONS, state.inputs(project))
    (project / "_build" / "state.json").write_text(text, encoding="latin-1")

    assert state.changes(project, EDITIONS, state.inputs(project)) == ["first build"]


@pytest.mark.parametrize("text", ["", "[]", '{"run trends": 1}', '{"run trends": {"claims.csv"', "\x00\xff"])
def test_reasons_that_were_cut_short_count_as_none(tmp_path, text):
    (tmp_path / "reasons.json").write_text(text, encoding="latin-1")

    assert state.Reasons(tmp_path / "reasons.json").stale("run trends", [])


def test_a_link_beside_a_file_of_the_builds_own_is_not_followed(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / ".state.json.new").symlink_to(tmp_path / "mine.txt")

    disk.replace(tmp_path / "state.json", b"{}")

    assert ((tmp_path / "mine.txt").read_text(encoding="utf-8"), (tmp_path / "state.json").read_text(encoding="utf-8")) == ("mine", "{}")


def test_a_file_of_the_builds_own_is_whole_also_where_the_disk_is_full(tmp_path, monkeypatch):
    kept = tmp_path / "reasons.json"
    disk.replace(kept, json.dumps({"run": {}}).encode())
    monkeypatch.setattr(os, "fsync", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))

    with pytest.raises(OSError, match="No space"):
        disk.replace(kept, json.dumps({"run": {"a": "b"}}).encode())

    assert json.loads(kept.read_bytes()) == {"run": {}}


def test_a_lock_that_leads_to_a_file_of_the_users_is_refused_and_the_file_kept(project):
    own = project / "letter.txt"
    own.write_text("kept", encoding="utf-8")
    (project / "_build" / "lock").symlink_to(own)

    with pytest.raises(Refusal) as refused, state.alone(project):
        pass

    assert (refused.value.code, own.read_text(encoding="utf-8")) == ("E405", "kept")


def test_records_of_pytask_that_cannot_be_read_are_a_refusal_and_no_interruption(tmp_path):
    (tmp_path / ".pytask").write_text("damaged", encoding="utf-8")

    with pytest.raises(Refusal) as refused, Board(Console(file=io.StringIO()), "en") as board:
        pipeline.done([], tmp_path, board)

    assert (refused.value.code, refused.value.place.file) == ("E407", "_build/work/.pytask")


def test_whether_anything_changed_is_asked_without_what_builds():
    asked = "import sys, evidence.build.state; print(sorted({'altair', 'docx', 'pandas', 'pptx', 'sphinx'} & sys.modules.keys()))"

    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True).stdout == "[]\n"


def test_no_more_tasks_work_at_a_time_than_were_asked_for(tmp_path):
    working, most = set(), []

    def do(name: str) -> None:
        working.add(name)
        most.append(len(working))
        time.sleep(0.1)
        (tmp_path / name).touch()
        working.remove(name)

    found = [Job("2019-09", "files", name, partial(do, name), [], [tmp_path / name]) for name in "abcd"]
    with Board(Console(file=io.StringIO()), "en") as board:
        pipeline.done(found, tmp_path / "_build" / "work", board, most=1)

    assert most == [1, 1, 1, 1]


def test_what_went_wrong_is_told_once_and_no_page_of_it_is_drawn_for_nobody(tmp_path, monkeypatch):
    """To draw the call stack of a refusal takes longer than most tasks."""
    drawn: list[object] = []
    monkeypatch.setattr("rich.syntax.Syntax.highlight", lambda *told, **_: drawn.append(told))

    def refuse() -> None:
        raise Refusal("E407", Place("data"), "a")

    found = [Job("2019-09", "files", "a", refuse, [], [tmp_path / "a"])]
    with pytest.raises(Refusals) as refused, Board(Console(file=io.StringIO()), "en") as board:
        pipeline.done(found, tmp_path / "_build" / "work", board)

    assert [problem.code for problem in refused.value.problems] == ["E407"]
    assert drawn == []


def test_what_was_made_is_known_again_without_a_commit_to_a_database_for_each_file(tmp_path):
    made: list[str] = []

    def do() -> None:
        made.append("a")
        (tmp_path / "a").write_text("a", encoding="utf-8")

    work = tmp_path / "_build" / "work"
    for _ in range(2):
        with Board(Console(file=io.StringIO()), "en") as board:
            pipeline.done([Job("2019-09", "files", "a", do, [], [tmp_path / "a"])], work, board)

    with contextlib.closing(sqlite3.connect(next(work.rglob("*.sqlite3")))) as database:
        (kept,) = database.execute("select count(*) from state").fetchone()
    assert (made, kept) == (["a"], 0)


def test_a_second_build_is_refused_while_the_first_one_runs(project):
    with state.alone(project), pytest.raises(Refusal) as refused, state.alone(project):
        pass

    assert refused.value.code == "E402"


def test_a_copied_folder_has_read_the_same_wherever_the_program_stands(tmp_path):
    paths = [Path(state.__file__)]
    for name in ("here", "further/down/there"):
        (tmp_path / name / "data").mkdir(parents=True)
        (tmp_path / name / "data" / "claims.csv").write_text("id\n", encoding="utf-8")

    read = [
        state.Reasons(tmp_path / name / "reasons.json").read([*paths, tmp_path / name / "data" / "claims.csv"])
        for name in ("here", "further/down/there")
    ]

    assert read[0] == read[1]


def test_what_changed_and_why_a_task_is_done_are_told_in_the_language_asked_for(project, tmp_path):
    state.remember(project, EDITIONS, state.inputs(project))
    (project / "_config.yml").unlink()
    reasons = state.Reasons(tmp_path / "reasons.json")
    reasons.note("a task", {})

    assert "入力 _config.yml: なくなった" in state.changes(project, EDITIONS, state.inputs(project), "ja")
    assert [reasons.why("a task", lang) for lang in ("ja", "en")] == ["初めて", "first time"]
