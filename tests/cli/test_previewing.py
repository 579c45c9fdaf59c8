"""A preview runs what one page needs of one edition, shows it on this machine alone, and what was saved; a refusal leaves the page as it was."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from evidence.build import preview
from tests.projects import SECOND, called, small

PATIENCE = 240  # seconds; machines differ


@pytest.fixture
def shown(tmp_path):
    """A project, the address at which its page on trends is shown, and what the command said."""
    project = small(tmp_path / "project")
    command = [str(Path(sys.executable).with_name("evidence")), "preview", "trends", "--edition", SECOND, "--lang", "en", "--port", "0"]
    said = (tmp_path / "said.txt").open("w+", encoding="utf-8")
    variables = {**os.environ, "EVIDENCE_ROOT": str(project), "EVIDENCE_LANG": "en", "PYTHONUNBUFFERED": "1"}
    running = subprocess.Popen(command, cwd=project, env=variables, stdout=said, stderr=said, start_new_session=True)
    address = until(lambda: re.search(r"http://127\.0\.0\.1:\d+/trends\.html", told(tmp_path)))[0]
    yield project, address, tmp_path
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def told(folder):
    return (folder / "said.txt").read_text(encoding="utf-8")


def until(answer):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := answer():
            return found
        time.sleep(0.1)
    raise AssertionError("never came")


def page(address):
    with urllib.request.urlopen(address) as answer:
        return answer.read().decode()


def test_a_page_is_named_as_its_file_is_and_one_that_is_not_there_is_told_before_anything_is_started_for_it(tmp_path, monkeypatch):
    monkeypatch.setattr(preview.Ready, "__init__", lambda self: pytest.fail("what binds was started"))

    refused = called(small(tmp_path / "project"), "--lang", "en", "preview", "how_to_cites", "--edition", SECOND)

    assert (refused.returncode, "E2113" in refused.stderr, "how_to_cites → how_to_cite" in refused.stderr) == (2, True, True)


@pytest.mark.slow
def test_a_page_is_made_of_its_own_notebook_and_made_anew_when_it_is_saved(shown):
    project, address, folder = shown
    runs = project / "_build" / "work"

    assert sorted(path.parent.name for path in runs.rglob("notebook.ipynb")) == ["trends"]
    assert [path.name for path in runs.iterdir() if path.is_dir() and path.name.startswith("20")] == [SECOND]
    assert 'src="/-/reload.js"' in page(address)
    before = page(address.replace("trends.html", "-/state.js"))

    prose = project / "book" / "en" / "trends.md"
    text = prose.read_text(encoding="utf-8")
    prose.write_text(text.replace("# ", "# Saved: ", 1), encoding="utf-8")
    until(lambda: "Saved: " in page(address))
    until(lambda: page(address.replace("trends.html", "-/state.js")) != before)

    prose.write_text(text.replace("# ", "# Wrong {value}`no-such-value` ", 1), encoding="utf-8")
    until(lambda: "E416" in told(folder))
    assert "Saved: " in page(address)
