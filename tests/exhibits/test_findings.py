"""A title that states a finding is tested by the run that makes its exhibit, and refused once the data say otherwise."""

import ast
import csv
import re
import shutil
from pathlib import Path

import nbformat
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
_JA = "すべて のみ だけ 最も 最大 最多 いずれも 一つも 唯一 ほとんど 大半 過半 多く どの ない 上回 下回 及ば 遠い 高い 高まっ 異なる ごく 断片"
_EN = "not one|none|no|only|most|all|every|largest|highest|lowest|never|neither|half|few|pieces|differ|less|more|rose|far|higher|above|below"
STATES = {"ja": re.compile("|".join(_JA.split())), "en": re.compile(rf"\b({_EN})\b", re.I)}


def held() -> set[str]:
    """The exhibits whose notebooks hand over a test of the title."""
    found = set()
    for path in (PROJECT / "notebooks").glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            for node in ast.walk(ast.parse(cell.source)) if cell.cell_type == "code" else ():
                if isinstance(node, ast.Call) and any(keyword.arg == "holds" for keyword in node.keywords):
                    found.add(ast.literal_eval(node.args[0]))
    return found


def stating(edition: str) -> set[str]:
    """The exhibits of the edition whose title has a word of quantity, comparison or denial."""
    with (PROJECT / "data" / edition / "exhibits.csv").open(encoding="utf-8", newline="") as stream:
        return {row["id"] for row in csv.DictReader(stream) if any(STATES[lang].search(row[f"title_{lang}"]) for lang in STATES)}


@pytest.mark.parametrize("edition", ["2019-09", EDITION])
def test_a_title_with_a_word_of_quantity_comparison_or_denial_is_tested(edition):
    assert stating(edition) - held() == set()


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
    """An executed amount, of which the book says that not one was found."""
    for part in ("data", "notebooks"):
        shutil.copytree(PROJECT / part, tmp_path / part)
    monkeypatch.setenv("EVIDENCE_ROOT", str(tmp_path))
    table = tmp_path / "data" / EDITION / "observations.csv"
    observations = pd.read_csv(table, dtype=str, keep_default_na=False)
    row = observations[observations["entity"].eq("sicorp") & observations["status"].eq("enacted")].iloc[:1]
    pd.concat([observations, row.assign(id="sicorp-executed", status="actual", value="281")]).to_csv(table, index=False, lineterminator="\n")
    package.write(table.parent)
    run = Run(PROJECT / "notebooks" / "japan_funds.ipynb", EDITION, "en", tmp_path / "run")

    with pytest.raises(Refusal) as refused:
        execution.execute(run, tmp_path)

    assert (refused.value.code, refused.value.place.edition) == ("E301", EDITION)
    assert "E347" in refused.value.found and "not one executed amount" in refused.value.found and "← SICORP" in refused.value.found
