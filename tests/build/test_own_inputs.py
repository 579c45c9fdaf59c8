"""What counts as a change: inputs that people wrote, and whether they are committed; not what a run by hand or a system leaves."""

import subprocess
from pathlib import Path

import pytest

from evidence.build import state


@pytest.fixture
def project(tmp_path) -> Path:
    for name in ("data/2019-09/claims.csv", "notebooks/trends.ipynb", "_build/html/index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("first\n", encoding="utf-8")
    state.remember(tmp_path, ["2019-09"], state.inputs(tmp_path))
    return tmp_path


@pytest.mark.parametrize("left", ["notebooks/_build/notebooks/trends/values.json", "data/2019-09/.~lock.claims.csv#", "book/.DS_Store"])
def test_what_a_run_by_hand_or_a_system_leaves_is_no_change(project, left):
    (project / left).parent.mkdir(parents=True, exist_ok=True)
    (project / left).touch()

    assert state.changes(project, ["2019-09"], state.inputs(project)) == []


def test_a_changed_input_is_a_change(project):
    (project / "notebooks" / "trends.ipynb").write_text("second\n", encoding="utf-8")

    assert state.changes(project, ["2019-09"], state.inputs(project)) == ["input notebooks/trends.ipynb: changed"]


def test_committing_the_inputs_is_a_change_because_the_edition_says_so(project):
    for asked in (("init", "--quiet"), ("add", "data", "notebooks"), ("commit", "--quiet", "-m", "first")):
        own = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *own, *asked], cwd=project, check=True)

    assert state.changes(project, ["2019-09"], state.inputs(project)) == ["input commit: changed"]
