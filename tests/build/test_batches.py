"""Many sets of parameters: each in a folder of its own, judged before a kernel starts, done once, and none stops another."""

import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evidence.build import batches
from evidence.errors import Place, Refusal, Refusals
from evidence.runs.promises import Run
from tests.projects import SECOND, evidence, small

HERE = ("run", "trends", "--edition", SECOND, "--lang", "en")


@pytest.fixture
def project(tmp_path):
    return small(tmp_path / "project")


def folders(project):
    return sorted(path.name for path in (project / "_build" / "runs" / "trends" / f"{SECOND}-en").iterdir() if path.is_dir())


def summary(project):
    with (project / "_build" / "runs" / "trends" / f"{SECOND}-en" / "summary.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.slow
def test_every_combination_is_run_once_and_all_values_stand_in_one_table(project):
    first = evidence(project, *HERE, "-p", "years=1,2", "-p", "growth_pct=0", EVIDENCE_LANG="en")
    again = evidence(project, *HERE, "-p", "years=1,2,3", "-p", "growth_pct=0", EVIDENCE_LANG="en")

    assert (first.returncode, again.returncode) == (0, 0), first.stderr + again.stderr
    assert "3 sets: 1 run, 2 still good, 0 failed" in again.stdout
    assert folders(project) == [f"years={years},growth_pct=0.0" for years in (1, 2, 3)]
    ends = {row["years"]: row["number"] for row in summary(project) if row["id"] == "what-if-end"}
    assert len(set(ends)) == 3
    assert len(set(ends.values())) == 1  # nothing grows by 0 %


@pytest.mark.slow
def test_a_set_that_fails_is_named_and_stops_no_other(project):
    (project / "sets.csv").write_text("years,base_claim\n1,no-such-claim\n2,\n", encoding="utf-8")

    done = evidence(project, *HERE, "--sets", "sets.csv", EVIDENCE_LANG="en")

    assert done.returncode == 3
    assert "E301 years=1,base_claim=no-such-claim: " in done.stderr
    assert folders(project) == ["years=2"]
    assert [row["set"] for row in summary(project) if row["problem"]] == ["years=1,base_claim=no-such-claim"]


def test_a_number_out_of_range_is_refused_at_its_line_before_any_is_run(project):
    (project / "sets.csv").write_text("years,growth_pct\n5,1\n31,-100\n", encoding="utf-8")

    done = evidence(project, *HERE, "--sets", "sets.csv", EVIDENCE_LANG="en")

    assert [line.partition(" a ")[0] for line in done.stderr.splitlines()] == ["E350 sets.csv:3:growth_pct", "E350 sets.csv:3:years"]
    assert not (project / "_build").exists()


@pytest.mark.slow
def test_what_was_done_before_a_kill_is_not_done_again(project):
    command = [str(Path(sys.executable).with_name("evidence")), *HERE, "-p", "years=1,2,3,4,5,6"]
    killed = subprocess.Popen(command, cwd=project, env={**os.environ, "EVIDENCE_ROOT": str(project)}, start_new_session=True)
    place = project / "_build" / "runs" / "trends" / f"{SECOND}-en"
    while not list(place.glob("*/set.json")):
        time.sleep(0.05)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    kept = {path: path.read_bytes() for path in place.glob("*/notebook.ipynb") if path.with_name("set.json").exists()}

    done = evidence(project, *HERE, "-p", "years=1,2,3,4,5,6", EVIDENCE_LANG="en")

    assert done.returncode == 0, done.stderr
    assert f"6 sets: {6 - len(kept)} run, {len(kept)} still good" in done.stdout
    assert len(folders(project)) == 6


@pytest.mark.parametrize(
    ("text", "line"),
    [("years\n", 1), ("years,\n1,2\n", 1), ("years,growth_pct\n1\n", 2), ("years,years\n1,2\n", 1), (f"years\n{'1' * 131_073}\n", 2)],
)
def test_a_file_that_holds_no_sets_is_refused_at_its_line(tmp_path, text, line):
    (tmp_path / "sets.csv").write_text(text, encoding="utf-8")

    with pytest.raises(Refusal, match="E348") as refused:
        batches.told(tmp_path / "sets.csv")

    assert refused.value.place == Place("sets.csv", line)


def test_a_set_that_stands_twice_is_refused(project):
    run = Run(project / "notebooks" / "trends.ipynb", SECOND, "en", Path("out"))

    with pytest.raises(Refusals, match="E349"):
        batches.planned(run, batches.grid({"years": "1,01"}), project)


@pytest.mark.parametrize("odd", ["a\nb", "a\rb", "a\x1bb", "a\0b", "a\udcffb", "a\u200bb", "a\u2028b", "a\U000e0041b"])
def test_no_parameter_has_a_name_or_a_value_that_cannot_be_seen_whole(project, odd):
    """A folder is called after it, a table has it in a row, a code has it in a text."""
    run = Run(project / "notebooks" / "trends.ipynb", SECOND, "en", Path("out"))
    for given in ({odd: "1"}, {"base_claim": odd}):
        with pytest.raises(Refusals) as refused:
            batches.planned(run, batches.grid(given), project)
        assert ([problem.code for problem in refused.value.problems], refused.value.exit_code) == (["E2123"], 2)
        assert all(not set("\n\r\x1b\0\udcff\u200b\u2028\U000e0041") & set(refused.value.text(lang)) for lang in ("ja", "en"))


@pytest.mark.parametrize("text", ['"ye\nars"\n1\n', '"years"\n"1\n"\n', "years\n1\x0b2\n"])
def test_a_line_break_within_a_cell_does_not_make_another_name_of_it(project, text):
    (project / "sets.csv").write_text(text, encoding="utf-8", newline="")
    run = Run(project / "notebooks" / "trends.ipynb", SECOND, "en", Path("out"))

    with pytest.raises(Refusals, match="E2123"):
        batches.planned(run, batches.told(project / "sets.csv"), project)
