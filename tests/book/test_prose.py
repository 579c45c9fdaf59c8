"""No number of evidence is typed in a page."""

import re

import nbformat
import pytest

from evidence.book import prose
from tests.projects import PROJECT


@pytest.mark.parametrize(
    "text",
    ["予算は2,386百万円である。", "予算は２３８６百万円である。", "Growth was 40% over the span.", "九件の事業がある。", "In 2019 the call opened."],
)
def test_a_typed_number_is_found(text):
    assert prose.typed_digits(text)


@pytest.mark.parametrize(
    "text",
    [
        "予算は{value}`satreps-request-fy2020`である。",
        "第3階層の国際共同研究は第6期計画でも第7期計画でも、",
        "Horizon 2020 was the current programme.",
        "Tier 3 is the subject of edition 2019-09.",
        "[章](tiers.md#tiers-3)",
        "```{exhibit} chart-2\n```",
        "(trends-2)=",
        "1. 項目",
    ],
)
def test_names_ids_and_addresses_are_no_evidence(text):
    assert prose.typed_digits(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "指数が1を下回る。",
        "指数は期待どおりを表す1に達していない。",
        "1は期待どおりの数を表す。",
        "起点を1とする。",
        "乗根から1を引いた値",
        "（<i>n</i> − 1）乗根",
        "Where 1 means as many as expected.",
        "The index is still below 1, which means fewer.",
        "the <i>n</i>th root of <i>m</i>, minus 1",
        "n − 1 intervals",
    ],
)
def test_a_yardstick_or_a_formula_is_no_evidence(text):
    assert prose.typed_digits(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "採択は1件を下回る。", "指数が0.1を下回る。", "予算は21を下回る。", "予算は1億円とする。", "指数が2を下回る。", "1は課題の件数である。",
        "Growth was below 1.5.", "The share is below 1%.", "It rose to 1.", "below 1 project", "less 1,777", "11 means eleven", "n − 1.5", "n − 12",
    ],
)  # fmt: skip
def test_a_number_of_evidence_is_found_though_words_of_a_yardstick_stand_by_it(text):
    assert prose.typed_digits(text)


def test_the_line_of_a_typed_number_is_told(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# 題\n\n```{exhibit} a-1\n```\n\n予算は 1,777 百万円", encoding="utf-8")

    problems = prose.page(page, "page.md")

    assert [(problem.code, str(problem.place), problem.found) for problem in problems] == [("E420", "page.md:6", "1"), ("E420", "page.md:6", "777")]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_changed_is_told_to_people_before_it_is_listed(lang):
    text = (PROJECT / "book" / lang / "changes.md").read_text(encoding="utf-8")
    sections = re.findall(r"^\((changes-\w+)\)=$|^```\{exhibit\} (changes-[\w-]+)$", text, re.M)

    assert " ".join("".join(one).removeprefix("changes-") for one in sections) == (
        "new both numbers causes by-cause quoted values exhibits rows care"
    )


def test_a_notebook_that_was_run_by_hand_and_saved_is_refused_once_with_what_to_do(tmp_path):
    """As JupyterLab leaves it: not one line a cell that speaks of pages."""
    ran = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("a", outputs=[nbformat.v4.new_output("stream", text="b")]) for _ in range(2)])
    nbformat.write(ran, tmp_path / "ran.ipynb")

    (refused,) = prose.notebook(tmp_path / "ran.ipynb", "ran.ipynb")

    assert (refused.code, refused.found) == ("E428", "cell 1, 2")
    assert "Clear Outputs" in refused.text("en") and "出力をクリア" in refused.text("ja")
