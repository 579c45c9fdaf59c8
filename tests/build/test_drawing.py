"""A drawing that another process makes has the same bytes; one that none of them makes is made all the same."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time

import pytest

from evidence.build import drawing, store
from evidence.charts import look
from evidence.runs import kernels
from tests.exhibits.test_desk import TABLE, bars
from tests.projects import PROJECT


@pytest.fixture
def font(tmp_path):
    return drawing.Font([], tmp_path / "font")


@pytest.fixture
def kept(tmp_path):
    return store.Store(tmp_path / "store")


@pytest.fixture
def offered(font, kept):
    with drawing.ready(1, font, kept) as begin:
        begin()
        yield


def processes() -> list[multiprocessing.Process]:
    return [process for process in multiprocessing.active_children() if process.is_alive()]


def test_the_drawing_of_another_process_has_the_same_bytes(offered, monkeypatch):
    spec = bars(TABLE).to_dict()
    here = look.draw(spec)
    monkeypatch.setattr(look, "draw", lambda *_, **__: pytest.fail("it was drawn here"))

    assert look.drawn(spec) == here


def test_a_drawing_is_taken_from_the_store_by_what_it_was_made_of_and_never_where_that_differs(kept, monkeypatch):
    spec = bars(TABLE).to_dict()
    made = drawing.drawing(json.dumps(spec).encode(), kept)
    monkeypatch.setattr(look, "draw", lambda *_, **__: "<svg>another</svg>")

    assert drawing.drawing(json.dumps(spec).encode(), kept) == made
    assert drawing.drawing(json.dumps(spec | {"background": "#eee"}).encode(), kept) == b"<svg>another</svg>"


def test_what_cannot_be_drawn_is_an_error_of_who_asked_and_the_next_drawing_is_made(offered):
    with pytest.raises(ValueError, match="Vega"):
        look.drawn({"mark": "no such mark", "encoding": 1})

    assert look.drawn(bars(TABLE).to_dict()).startswith("<svg")


def test_what_is_published_is_held_against_the_schema_of_vega_lite_by_whichever_process_draws_it(offered):
    spec = bars(TABLE).to_dict()
    spec["layer" if "layer" in spec else "mark"] = {"type": "bar", "colour": "red"}  # which Vega-Lite would pass over

    assert look.drawn(spec).startswith("<svg")
    with pytest.raises(ValueError, match="Vega-Lite: "):
        look.drawn(spec, published=True)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_a_drawing_is_made_here_where_the_process_that_draws_is_gone_or_hangs(offered, monkeypatch, number):
    monkeypatch.setattr(look, "PATIENCE", 1)
    look.drawn(bars(TABLE).to_dict())  # it is up
    for process in processes():
        os.kill(process.pid or 0, number)
    time.sleep(0.5)

    assert look.drawn(bars(TABLE).to_dict()).startswith("<svg")


def test_nothing_is_left_once_the_build_is_over(font, kept):
    with drawing.ready(2, font, kept) as begin:
        begin()
        assert len(processes()) == 2

    assert (processes(), kernels.LENT, look.ELSEWHERE in os.environ) == ([], {}, False)


ASKED = """
import sys
from pathlib import Path
from evidence.build import drawing, store
from tests.runs.test_surroundings import notebook, shown
if __name__ == "__main__":
    with drawing.ready(1, drawing.Font([], Path(sys.argv[1], 'font')), store.Store(None)) as begin:
        begin()
        print(shown(notebook(Path(sys.argv[1]), "import sys; sys.flags.hash_randomization")))
"""


@pytest.mark.slow
def test_what_draws_is_started_within_the_surroundings_of_kernels_which_are_forked_from_the_same_server(tmp_path):
    (tmp_path / "asked.py").write_text(ASKED, encoding="utf-8")
    own = os.environ | {"PYTHONHASHSEED": "random", "PYTHONPATH": os.pathsep.join([str(PROJECT), str(PROJECT / "src")])}

    done = subprocess.run([sys.executable, str(tmp_path / "asked.py"), str(tmp_path)], cwd=PROJECT, env=own, capture_output=True, text=True)

    assert done.stdout.strip() == "0", done.stderr
