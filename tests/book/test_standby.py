"""A waiting process binds the pages that are asked for, as they are now, and tells what the binder objects to."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from evidence.book import staging
from evidence.book.contents import Page
from evidence.book.standby import Standby
from evidence.errors import Refusal
from evidence.runs import processes

PROJECT = Path(__file__).parents[2]
TOC = "format: jb-book\nroot: workings\nchapters:\n- file: b\n"


@pytest.fixture(scope="module")
def standby():
    with Standby() as waiting:
        yield waiting


def bound(standby, folder, text):
    """The exit code, what was said, and the pages that came of it, where the page says this."""
    staged = staging.stage(PROJECT, [Page("workings", "workings")], {}, {"exhibits": {}, "values": {}}, "en", folder)
    for name, content in {"_toc.yml": TOC, "workings.md": f"# A\n\n{text}\n", "b.md": "# B\n\n(there)=\n## There\n"}.items():
        (staged / name).write_text(content, encoding="utf-8")
    output = folder / "output"
    output.mkdir(parents=True, exist_ok=True)
    code, said = standby.bound(staged, output, [staged / "workings.md"])
    return code, said, output / "html"


def test_the_page_is_bound_as_it_is_now_and_no_other_page_is(standby, tmp_path):
    for text in ("First.", "Second."):
        code, said, html = bound(standby, tmp_path, text)

        assert (code, said) == (0, "")
        assert text in (html / "workings.html").read_text(encoding="utf-8")
        assert not (html / "b.html").exists()


def test_a_link_into_another_page_is_judged(standby, tmp_path):
    assert bound(standby, tmp_path, "[There](there)")[0] == 0
    code, said, _ = bound(standby, tmp_path, "[Nowhere](nowhere)")
    assert (code, "nowhere" in said) == (1, True)


def test_one_that_was_ended_is_started_again(standby, tmp_path):
    standby.begin()
    os.kill(standby._process.pid, signal.SIGKILL)
    standby._process.wait()

    assert bound(standby, tmp_path, "Again.")[0] == 0


def test_none_is_left_when_it_is_not_needed_any_more():
    with Standby() as waiting:
        waiting.begin()
        pid = waiting._process.pid

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_and_what_it_forked_end_with_the_build_however_that_ends(number, tmp_path):
    """The fork waits for what it is asked, which never comes."""
    program = f"""
import pathlib, signal, socket
from evidence.book.standby import Standby
from evidence.errors import Refusal
from evidence.runs import processes
from evidence.runs import processes
with processes.stoppable(), Standby() as waiting:
    waiting.begin()
    ours, theirs = socket.socketpair()
    socket.send_fds(waiting._door, [b"."], [theirs.fileno()])
    pathlib.Path({str(tmp_path / "pid")!r}).write_text(str(waiting._process.pid))
    signal.pause()
"""
    build = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.DEVNULL)
    told = tmp_path / "pid"
    while not (told.exists() and told.read_text() and (fork := below(int(told.read_text())))):
        assert build.poll() is None
        time.sleep(0.05)
    build.send_signal(number)
    build.wait(timeout=20)

    for pid in (int(told.read_text()), *fork):
        processes.wait_for(pid, 1)


def below(pid: int) -> list[int]:
    """The processes that this one started and that still are."""
    return [int(one) for task in Path(f"/proc/{pid}/task").iterdir() for one in (task / "children").read_text().split()]


def test_a_fork_that_was_ended_from_outside_is_refused_in_words(standby, tmp_path):
    standby.begin()
    staged = tmp_path / "staged"
    staged.mkdir()
    os.mkfifo(staged / "_config.yml")  # it waits for what is read from it
    ended = threading.Thread(target=lambda: [os.kill(one, signal.SIGKILL) for one in waited(standby._process.pid)])
    ended.start()

    with pytest.raises(Refusal) as refused:
        standby.bound(staged, tmp_path / "output", [])
    ended.join()

    assert refused.value.code == "E406"


def waited(pid: int) -> list[int]:
    """What the process has started, once it has."""
    while not (found := below(pid)):
        time.sleep(0.05)
    return found


def test_two_at_a_time_are_each_bound_and_answered(standby, tmp_path):
    with ThreadPoolExecutor(2) as pool:
        made = [pool.submit(bound, standby, tmp_path / name, f"{name} alone.") for name in ("One", "Two")]

    for name, one in zip(("One", "Two"), made, strict=True):
        code, said, html = one.result()
        assert (code, said) == (0, "") and f"{name} alone." in (html / "workings.html").read_text(encoding="utf-8")
