"""A notebook that leaves something else when it is run again is named, with the files that differ."""

from pathlib import Path

import nbformat
import pytest

from evidence.build import second_run
from evidence.runs import execution
from evidence.runs.promises import Run

PROJECT = Path(__file__).parents[2]
PARAMETERS = 'edition = "2019-09"\nlang = "ja"\nout = ""'
KEPT = "import pathlib, random, time\npathlib.Path(out, 'values.json').write_text(str({}))\ndesk = str"


@pytest.mark.parametrize(
    ("told", "last", "differ"),
    [
        ("1", "1", []),
        ("time.time_ns()", "1", ["values.json"]),
        ("random.random()", "1", ["values.json"]),
        ("1", "random.random()", ["notebook.ipynb"]),
        ("1", "out", ["notebook.ipynb"]),
    ],
)
def test_what_chance_or_the_clock_decides_is_found_by_a_second_run(told, last, differ, tmp_path):
    cells = [nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})]
    cells += [nbformat.v4.new_code_cell(code) for code in (KEPT.format(told), last, 'class desk:\n    value = print\ndesk.value("an-id")')]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "own.ipynb")
    first, second = (Run(tmp_path / "own.ipynb", "2019-09", "en", tmp_path / name) for name in ("first", "second"))
    execution.execute(first, PROJECT)

    found = second_run._compared(PROJECT, first, second)

    assert [(problem.code, problem.found) for problem in found] == [("E323", ", ".join(differ)) for _ in differ[:1]]
