"""A title or sentence that states a finding names what tests it, and is named when the data no longer bear it out."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from evidence.book import contents, sentences
from evidence.build import findings, tasks
from evidence.build.outline import Outline
from evidence.errors import Refusals
from evidence.runs.promises import Run
from evidence.tables import package
from evidence.tables.edition import Edition
from tests.projects import PROJECT

EDITION = "2026-11"
Change = Callable[[pd.DataFrame], pd.DataFrame]


@pytest.mark.parametrize("edition", ["2019-09", EDITION])
def test_no_title_and_no_sentence_states_a_finding_that_nothing_tests(edition):
    assert [str(problem) for problem in findings.problems(Outline(PROJECT, edition))] == []


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "Action is found chiefly in two pillars."),
        ("en", "The source is very uneven."),
        ("en", "(Only one grew.)"),
        ("en", "The briefing gives no budget."),
        ("en", "It was not looked for."),
        ("ja", "多くは写しで読んだ。"),
        ("ja", "期間も異なる。"),
        ("ja", "予算額の記載がない。"),
        ("ja", "- 決算の額は見当たらない。"),
    ],
)
def test_a_comparison_and_a_silence_state_a_finding(lang, sentence):
    assert [one.text for one in sentences.stated(sentence, lang)] == [sentence]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "## Not found"),
        ("en", 'Such items stand as "not found".'),
        ("en", "At most one of them counts at all."),
        ("ja", "何が分からないかを並べて示す。"),
        ("ja", "「見当たらない」は、そう記す。"),
        ("ja", "確かめられないことは、誤りであることを意味しない。"),
    ],
)
def test_a_heading_a_mention_and_a_question_state_none(lang, text):
    assert list(sentences.stated(text, lang)) == []


def executed(observations: pd.DataFrame) -> pd.DataFrame:
    row = observations[observations["id"].eq("satreps-budget-jst-fy2019")].iloc[:1]
    return pd.concat([observations, row.assign(id="satreps-executed", status="actual", value="281")])


def budget_of_sicorp(claims: pd.DataFrame) -> pd.DataFrame:
    row = claims[claims["id"].eq("satreps-budget-fy2019")]
    return pd.concat([claims, row.assign(id="sicorp-budget-fy2019", about="jst-sicorp")])


def amount_of_a_funder(claims: pd.DataFrame) -> pd.DataFrame:
    row = claims[claims["id"].eq("satreps-budget-fy2019")]
    return pd.concat([claims, row.assign(id="nih-budget", about="nih")])


@pytest.mark.parametrize(
    ("notebook", "table", "change", "sentence", "row"),
    [
        ("japan_funds", "observations", executed, "not one executed amount of a yearly budget was found", "SATREPS"),
        ("programmes", "claims", budget_of_sicorp, "The source gives no budget for SICORP", "SICORP"),
        ("trends", "claims", amount_of_a_funder, "come without a base or an amount", "nih-budget"),
    ],
)
def test_one_new_row_makes_a_sentence_false_and_the_build_names_both(tmp_path, monkeypatch, notebook, table, change: Change, sentence, row):
    for part in ("data", "notebooks", "book"):
        shutil.copytree(PROJECT / part, tmp_path / part)
    shutil.copy(PROJECT / "_toc.yml", tmp_path)
    monkeypatch.setenv("EVIDENCE_ROOT", str(tmp_path))
    path = tmp_path / "data" / EDITION / f"{table}.csv"
    change(pd.read_csv(path, dtype=str, keep_default_na=False)).to_csv(path, index=False, lineterminator="\n")
    package.write(path.parent)
    pages = contents.pages(tmp_path, Edition(path.parent))

    with pytest.raises(Refusals) as refused:
        tasks._run(Run(PROJECT / "notebooks" / f"{notebook}.ipynb", EDITION, "en", Path("run")), tmp_path, pages)

    first, *named = refused.value.problems
    assert (first.code, first.place.file) == ("E301", f"{notebook}.ipynb (en)") and row in first.found.partition("←")[2]
    assert {problem.code for problem in named} == {"E418"} and {problem.place.file.split("/")[1] for problem in named} == {"ja", "en"}
    assert any(sentence in problem.found for problem in named)
