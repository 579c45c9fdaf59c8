"""Why numbers change is stated when they are taken in, kept with the edition, and told by diff; a true jump is accepted with its cause alone."""

import json

import pytest

from tests.projects import SECOND, called, small

ID = "northland-total-2018"


@pytest.fixture
def project(tmp_path):
    """The small book with an edition begun, and a file that says another number of one of its rows."""
    project = small(tmp_path / "project")
    assert called(project, "new", "2022-01").returncode == 0
    return project


def refreshed(project, value, *options):
    (project / "new.csv").write_text(f"id,value\n{ID},{value}\n", encoding="utf-8")
    return called(project, "import", "new.csv", "--table", "observations", "--edition", "2022-01", *options, EVIDENCE_LANG="en")


def causes(project):
    found = json.loads(called(project, "diff", SECOND, "2022-01", "--json").stdout)["rows"]
    return [(one["row"], one["cause"], one["old"], one["new"]) for one in found if one["table"] == "observations"]


def test_a_number_that_changes_without_a_cause_is_said_to_have_none(project):
    done = refreshed(project, "251")

    assert done.returncode == 0, done.stderr
    assert "1 rows change. Unless --cause" in done.stderr
    assert causes(project) == [(ID, "unstated", "250", "251")]


@pytest.mark.parametrize(("cause", "told"), [("revised", "revised"), ("corrected", "correction"), ("method", "method")])
def test_a_cause_stated_at_the_import_is_kept_and_told(project, cause, told):
    assert refreshed(project, "251", "--cause", cause).returncode == 0
    assert causes(project) == [(ID, told, "250", "251")]
    assert called(project, "check", "2022-01").returncode == 0


def test_a_cause_that_there_is_not_is_refused_and_nothing_is_written(project):
    assert refreshed(project, "251", "--cause", "because").stderr.startswith("E2110 ")
    assert causes(project) == []


def test_a_true_jump_is_accepted_with_its_cause_and_not_without(project):
    assert "E277" in refreshed(project, "25000", "--accept-jumps").stderr
    assert refreshed(project, "25000", "--accept-jumps", "--cause", "revised").returncode == 0
    assert called(project, "check", "2022-01").stderr == ""
    assert causes(project) == [(ID, "revised", "250", "25000")]
