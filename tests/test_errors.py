"""A refusal names code, place, value, rule and example, in both languages."""

import pytest

from evidence.errors import SHOWN, Place, Refusal, Refusals, rules


def test_every_rule_speaks_both_languages_and_gives_an_example():
    assert [code for code, rule in rules().items() if not all(rule[part] for part in ("what_ja", "what_en", "rule_ja", "rule_en", "example"))] == []


def test_the_first_digit_of_the_code_is_the_exit_code():
    assert Refusals([Refusal("E301", Place("tiers.ipynb"), "boom")]).exit_code == 3


def test_a_refusal_reads_the_same_in_both_languages():
    refusal = Refusal("E420", Place("book/ja/tiers.md", 7), "40")

    assert refusal.text("en").startswith("E420 book/ja/tiers.md:7 a number is typed")
    assert refusal.text("ja").startswith("E420 book/ja/tiers.md:7 本文やノートブックに")


@pytest.mark.parametrize(
    ("code", "place", "example"),
    [
        ("E264", Place("data/2026-11/datapackage.json"), "evidence package 2026-11"),
        ("E264", Place("data/2026-11-c1/datapackage.json", edition="2026-11-c1"), "evidence package 2026-11-c1"),
        ("E265", Place("data/2027-03-r2/datapackage.json"), "git checkout -- data/2027-03-r2/datapackage.json"),
        ("E501", Place("2026-11/SHA256SUMS"), "rm -r _build/work/editions/2026-11; evidence build"),
        ("E292", Place("data/2026-11/claims.csv", edition="2026-11"), "chmod u+r data/2026-11/claims.csv"),
        ("E261", Place("elsewhere/datapackage.json"), "evidence package EDITION"),
    ],
)
def test_an_example_is_of_the_edition_and_file_that_are_refused(code, place, example):
    assert Refusal(code, place).text("en").endswith(f"Example: {example}")
    assert Refusal(code, place).text("ja").endswith(f"例: {example}")


def test_fifty_are_shown_and_all_are_counted():
    text = Refusals([Refusal("E420", Place("page.md", line), chr(0x4E00 + line)) for line in range(SHOWN + 7)]).text("en")

    assert len(text.splitlines()) == SHOWN + 1
    assert text.endswith("and 7 more")


@pytest.mark.parametrize(("rows", "lines"), [(4, 4), (5, 4), (1904, 4)])
def test_causes_that_differ_in_their_numbers_alone_are_three_and_how_many_more(rows, lines):
    text = Refusals([Refusal("E248", Place("a.csv", line, "id"), f"japan-{line}") for line in range(2, 2 + rows)]).text("ja")

    assert len(text.splitlines()) == lines
    assert ("同様のものが" in text) == (rows > 4)


def test_a_cause_that_repeats_is_one_line_that_counts_its_rows():
    text = Refusals([Refusal("E260", Place("a.csv", line, "entity"), "Germany") for line in range(2, 36)]).text("ja")

    assert len(text.splitlines()) == 1
    assert text.endswith("（34行: 2, 3, 4, 5, 6, …）")
