"""A waiting process binds the pages that are asked for, as they are now, and tells what the binder objects to."""

import os
import signal
from pathlib import Path

import pytest

from evidence.book import staging
from evidence.book.contents import Page
from evidence.book.standby import Standby

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
    output.mkdir(exist_ok=True)
    code, said = standby.bound(staged, [staged / "workings.md"], output)
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
    os.kill(standby._process.pid, signal.SIGKILL)
    standby._process.wait()

    assert bound(standby, tmp_path, "Again.")[0] == 0


def test_none_is_left_when_it_is_not_needed_any_more():
    with Standby() as waiting:
        pid = waiting._process.pid

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
