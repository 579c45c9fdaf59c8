"""A title that states a finding is tested by the run that makes its exhibit, and refused once the data say otherwise."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from evidence.analysis import findings
from evidence.errors import Refusal
from evidence.runs import execution
from evidence.runs.promises import Run
from evidence.tables import package
from tests.exhibits.test_desk import TABLE, bars, opened_chapter

PROJECT = Path(__file__).parents[2]
EDITION = "2026-11"


def test_a_title_that_no_longer_holds_is_refused_with_the_row_that_breaks_it(tmp_path):
    chapter = opened_chapter(tmp_path)
    chapter.claim("request")
    rows = TABLE[["id", "value", "claims"]]

    with pytest.raises(Refusal) as refused:
        chapter.figure("growth", bars(TABLE), rows, holds=(findings.every(rows, "value > 0"), findings.every(rows, "value > 2")))

    assert refused.value.code == "E347"
    assert refused.value.found.endswith(" ← a, 1.0, request")
    assert not (tmp_path / "growth.json").exists()


def test_one_new_row_makes_a_title_false_and_the_run_names_title_edition_and_row(tmp_path, monkeypatch):
    """An executed amount of JST, of which the book says that not one was found."""
    for part in ("data", "notebooks"):
        shutil.copytree(PROJECT / part, tmp_path / part)
    monkeypatch.setenv("EVIDENCE_ROOT", str(tmp_path))
    table = tmp_path / "data" / EDITION / "observations.csv"
    observations = pd.read_csv(table, dtype=str, keep_default_na=False)
    row = observations[observations["id"].eq("satreps-budget-jst-fy2019")].iloc[:1]
    pd.concat([observations, row.assign(id="satreps-executed", status="actual", value="281")]).to_csv(table, index=False, lineterminator="\n")
    package.write(table.parent)
    run = Run(PROJECT / "notebooks" / "japan_funds.ipynb", EDITION, "en", tmp_path / "run")

    with pytest.raises(Refusal) as refused:
        execution.execute(run, tmp_path)

    assert (refused.value.code, refused.value.place.edition) == ("E301", EDITION)
    assert "E347" in refused.value.found and "not one for a programme of JST" in refused.value.found and "← SATREPS" in refused.value.found
