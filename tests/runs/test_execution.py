"""A run counts only when it finished: one faulty notebook a fault."""

import datetime
from pathlib import Path

import nbformat
import papermill
import pytest

from evidence.book import prose
from evidence.errors import Refusal, Refusals
from evidence.runs import execution, parameters
from evidence.runs.promises import Run

BROKEN = Path(__file__).parent / "broken_notebooks"
PROJECT = Path(__file__).parents[2]


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
        execution.execute(run_of(name, tmp_path), PROJECT, seconds=2 if name == "slow_cell" else 60)

    problem = refused.value
    assert (problem.code, problem.place.file, problem.place.column) == (code, f"{name}.ipynb (en)", cell)
    assert says in problem.found
    assert not (tmp_path / "run").exists()


def test_a_finished_run_leaves_the_notebook_without_times_and_paths(tmp_path):
    path = execution.execute(run_of("good", tmp_path), PROJECT)

    notebook = nbformat.read(path, as_version=4)
    assert "papermill" not in notebook.metadata
    assert [cell.metadata for cell in notebook.cells if cell.metadata.get("tags") is None] == [{}, {}]
    assert notebook.cells[-1].outputs[0].data["text/plain"] == "2"


def test_two_runs_leave_the_same_bytes(tmp_path):
    first = execution.execute(run_of("good", tmp_path), PROJECT).read_bytes()

    assert execution.execute(run_of("good", tmp_path), PROJECT).read_bytes() == first


@pytest.mark.parametrize(
    ("given", "code", "found"),
    [
        ({"yeers": 5}, "E306", "yeers → years (edition, lang, out, base_claim, growth_pct, years)"),
        ({"a=1\nimport os": 1}, "E306", "a=1\nimport os (edition, lang, out, base_claim, growth_pct, years)"),
        ({"years": "2026"}, "E313", "years = '2026' (str → int)"),
        ({"years": True}, "E313", "years = True (bool → int)"),
        ({"years": 2.0}, "E313", "years = 2.0 (float → int)"),
        ({"growth_pct": float("inf")}, "E313", "growth_pct = inf (float → float)"),
        ({"growth_pct": float("nan")}, "E313", "growth_pct = nan (float → float)"),
        ({"lang": datetime.date(2026, 1, 1)}, "E313", "lang = datetime.date(2026, 1, 1) (date → str)"),
    ],
)
def test_a_wrong_parameter_is_refused_before_a_kernel_starts_and_before_anything_is_removed(tmp_path, monkeypatch, given, code, found):
    """Papermill would log the first, run the second as code, and fail on the others in the middle of the run."""
    monkeypatch.setattr(execution.papermill, "execute_notebook", lambda *_, **__: pytest.fail("a kernel was started"))
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "kept.txt").write_text("kept", encoding="utf-8")
    run = Run(PROJECT / "notebooks" / "trends.ipynb", "2019-09", "en", tmp_path / "run", parameters=given)

    with pytest.raises(Refusals) as refused:
        execution.execute(run, PROJECT)

    assert [(problem.code, problem.found) for problem in refused.value.problems] == [(code, found)]
    assert (tmp_path / "run" / "kept.txt").exists()


def test_a_parameter_that_must_be_given_and_is_not_is_refused(tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("year = None", metadata={"tags": ["parameters"]})])
    nbformat.write(notebook, tmp_path / "needs.ipynb")

    with pytest.raises(Refusals) as refused:
        parameters.checked(tmp_path / "needs.ipynb", {})

    assert refused.value.problems[0].code == "E309"
    assert parameters.checked(tmp_path / "needs.ipynb", {"year": 2026}) == {"year": 2026}


def test_every_parameter_of_every_notebook_is_explained_and_typed():
    for notebook in sorted((PROJECT / "notebooks").glob("*.ipynb")):
        told = papermill.inspect_notebook(str(notebook))
        assert [name for name, one in told.items() if " / " not in one["help"]] == [], notebook.name
        typed = {name: type(default).__name__ for name, default in parameters.declared(notebook).items()}
        assert {name: one["inferred_type_name"] for name, one in told.items()} == typed, notebook.name
        assert {"edition", "lang", "out"} <= set(told), notebook.name


def test_a_number_that_has_a_type_has_its_range():
    notebook = PROJECT / "notebooks" / "coauthorship.ipynb"

    with pytest.raises(Refusals) as refused:
        parameters.checked(notebook, {"first_year": 1600})

    assert [(one.code, one.found) for one in refused.value.problems] == [("E350", "first_year = 1600 → [1900, 2100]")]


@pytest.mark.parametrize(
    ("name", "given", "code", "says"),
    [
        ("coauthorship", {"entities": "japan germny"}, "E352", "germny → germany (china, "),
        ("coauthorship", {"entities": "nih"}, "E352", "nih"),  # an entity, but not one of the series shown
        ("japan_funds", {"entities": "satreps japan"}, "E352", "japan"),
        ("indicator", {"subject": "coauthorship-index", "entities": "japan-china nih"}, "E352", "nih"),
        ("indicator", {"subject": "coauthorship-index", "reference": "nih"}, "E352", "nih"),
        ("mobility", {"entities": "jsps-exchang"}, "E352", "jsps-exchang → jsps-exchange ("),
        ("trends", {"base_claim": "satreps-budget"}, "E354", "satreps-budget → satreps-budget-fy2019 ("),
        ("trends", {"base_claim": "anr-budget-growth"}, "E354", "anr-budget-growth"),  # a claim, but of no budget
        ("trends", {"base_claim": ""}, "E354", ""),  # one is needed
        ("indicator", {"subject": "coauthorship-indx"}, "E260", "coauthorship-indx → coauthorship-index (indicators)"),
        ("indicator", {"subject": "coauthorship-index", "first": "R5"}, "E353", "first = R5"),
    ],
)
def test_what_a_parameter_names_is_looked_up_in_the_edition_before_a_kernel_starts(name, given, code, says):
    with pytest.raises(Refusals) as refused:
        parameters.checked(PROJECT / "notebooks" / f"{name}.ipynb", {"edition": "2026-11", **given})

    assert [one.code for one in refused.value.problems] == [code]
    assert says in refused.value.problems[0].found


@pytest.mark.parametrize(("name", "given"), [
    ("coauthorship", {}), ("coauthorship", {"entities": ""}), ("coauthorship", {"entities": "germany france"}),
    ("japan_funds", {"entities": "satreps"}), ("mobility", {"entities": "jsps-exchange"}), ("trends", {}),
    ("trends", {"base_claim": "satreps-request-fy2020"}),
    ("indicator", {"subject": "coauthorship-index", "entities": "japan-china", "first": "2010", "reference": "japan-china"}),
])  # fmt: skip
def test_what_the_edition_has_may_be_named(name, given):
    asked = {"edition": "2026-11", **given}

    assert parameters.checked(PROJECT / "notebooks" / f"{name}.ipynb", asked) == asked


@pytest.mark.parametrize(("name", "code"), [("typed_number", "E420"), ("logic", "E421")])
def test_a_notebook_with_typed_numbers_or_logic_is_refused(name, code):
    problems = prose.notebook(BROKEN / f"{name}.ipynb", name)

    assert [(problem.code, problem.place.column) for problem in problems] == [(code, "cell 4")]


def test_a_cell_that_says_it_may_fail_is_refused_when_it_does(tmp_path):
    notebook = nbformat.read(BROKEN / "failing_cell.ipynb", as_version=4)
    for cell in notebook.cells[2:]:
        cell.metadata["tags"] = ["raises-exception"]
    nbformat.write(notebook, tmp_path / "may.ipynb")

    with pytest.raises(Refusal) as refused:
        execution.execute(Run(tmp_path / "may.ipynb", "2019-09", "en", tmp_path / "run"), PROJECT)

    assert (refused.value.code, refused.value.place.column) == ("E301", "cell 3")


def test_what_a_notebook_shows_is_of_this_run_alone(tmp_path):
    notebook = nbformat.read(BROKEN / "good.ipynb", as_version=4)
    notebook.cells[-1].outputs = [nbformat.v4.new_output("display_data", {"text/html": "from elsewhere"})]
    notebook.cells[-1].execution_count = 7
    nbformat.write(notebook, tmp_path / "kept.ipynb")

    made = execution.execute(Run(tmp_path / "kept.ipynb", "2019-09", "en", tmp_path / "run"), PROJECT)

    assert "from elsewhere" not in made.read_text(encoding="utf-8")
