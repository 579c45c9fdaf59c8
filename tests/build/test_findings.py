"""A sentence that states a finding quotes the exhibit that tests it, and is named when the data no longer bear it out."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from evidence.book import contents
from evidence.build import tasks
from evidence.errors import Refusals
from evidence.runs.promises import Run
from evidence.tables import package
from evidence.tables.edition import Edition
from tests.projects import PROJECT

EDITION = "2026-11"


def test_one_new_row_makes_a_sentence_false_and_the_build_names_it(tmp_path, monkeypatch):
    """An executed amount, of which a sentence of the chapter says that not one was found."""
    for part in ("data", "notebooks", "book"):
        shutil.copytree(PROJECT / part, tmp_path / part)
    shutil.copy(PROJECT / "_toc.yml", tmp_path)
    monkeypatch.setenv("EVIDENCE_ROOT", str(tmp_path))
    table = tmp_path / "data" / EDITION / "observations.csv"
    observations = pd.read_csv(table, dtype=str, keep_default_na=False)
    row = observations[observations["entity"].eq("sicorp") & observations["status"].eq("enacted")].iloc[:1]
    pd.concat([observations, row.assign(id="sicorp-executed", status="actual", value="281")]).to_csv(table, index=False, lineterminator="\n")
    package.write(table.parent)
    pages = contents.pages(tmp_path, Edition(table.parent))

    with pytest.raises(Refusals) as refused:
        tasks._run(Run(PROJECT / "notebooks" / "japan_funds.ipynb", EDITION, "en", Path("run")), tmp_path, pages)

    told = [(problem.code, problem.place.file) for problem in refused.value.problems]
    assert told == [("E301", "japan_funds.ipynb (en)"), ("E418", "book/ja/japan_funds.md"), ("E418", "book/en/japan_funds.md")]
    assert "not one executed amount" in refused.value.problems[-1].found
