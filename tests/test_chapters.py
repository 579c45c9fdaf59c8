"""A run counts only when it finished: one faulty notebook a fault."""

from pathlib import Path

import nbformat
import pytest

from evidence import chapters, prose
from evidence.chapters import Run
from evidence.errors import Refusal

BROKEN = Path(__file__).parent / "broken_notebooks"
PROJECT = Path(__file__).parents[1]


def run_of(name: str, tmp_path: Path) -> Run:
    return Run(BROKEN / f"{name}.ipynb", "2019-09", "en", tmp_path / "run")


@pytest.mark.parametrize(
    ("name", "code", "cell", "says"),
    [
        ("failing_cell", "E301", "cell 3", "the sum is wrong"),
        ("killed_kernel", "E302", "", ""),
        ("slow_cell", "E303", "", ""),
        ("early_exit", "E304", "cell 3", ""),
        ("missing_figure", "E305", "", "tier-diagram"),
        ("missing_value", "E305", "", "values.json"),
        ("empty_chart", "E301", "cell 4", "E312"),
        ("unseen_marks", "E301", "cell 4", "E310"),
        ("unknown_exhibit", "E301", "cell 4", "E311"),
    ],
)
def test_a_notebook_that_did_not_finish_is_refused_and_leaves_nothing(name, code, cell, says, tmp_path):
    with pytest.raises(Refusal) as refused:
        chapters.execute(run_of(name, tmp_path), PROJECT, seconds=5)

    problem = refused.value
    assert (problem.code, problem.place.file, problem.place.column) == (code, f"{name}.ipynb (en)", cell)
    assert says in problem.found
    assert not (tmp_path / "run").exists()


def test_a_finished_run_leaves_the_notebook_without_times_and_paths(tmp_path):
    path = chapters.execute(run_of("good", tmp_path), PROJECT)

    notebook = nbformat.read(path, as_version=4)
    assert "papermill" not in notebook.metadata
    assert [cell.metadata for cell in notebook.cells if cell.metadata.get("tags") is None] == [{}, {}]
    assert notebook.cells[-1].outputs[0].data["text/plain"] == "2"


def test_two_runs_leave_the_same_bytes(tmp_path):
    first = chapters.execute(run_of("good", tmp_path), PROJECT).read_bytes()

    assert chapters.execute(run_of("good", tmp_path), PROJECT).read_bytes() == first


def test_a_parameter_that_the_notebook_does_not_have_is_refused_before_a_kernel_starts(tmp_path):
    run = Run(BROKEN / "good.ipynb", "2019-09", "en", tmp_path / "run", parameters={"growth": 1.0})

    with pytest.raises(Refusal) as refused:
        chapters.execute(run, PROJECT)

    assert (refused.value.code, refused.value.found) == ("E306", "growth")


@pytest.mark.parametrize(("name", "code"), [("typed_number", "E420"), ("logic", "E421")])
def test_a_notebook_with_typed_numbers_or_logic_is_refused(name, code):
    problems = prose.notebook(BROKEN / f"{name}.ipynb", name)

    assert [(problem.code, problem.place.column) for problem in problems] == [(code, "cell 4")]
