"""What is printed with an exhibit is of this exhibit, in one language."""

import re

import pytest

from evidence.analysis import trends
from evidence.exhibits import data_files, printed
from evidence.tables import columns, edition

COMPUTED = ("multiple", "share_pct", "annual_low_pct", "annual_high_pct", "growth_pct")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_method_of_calculation_says_how_and_nothing_of_other_exhibits_or_of_empty_cells(lang):
    names = [name for name in COMPUTED if name in columns.register()]
    told = printed.formula(names, [], lang)

    assert len(names) >= 2 and all(columns.label(name, lang) in told for name in names)
    assert not re.search("by exhibit|in exhibits of|図表により|検証の経路|empty|空欄", told), told
    assert lang == "ja" or not re.search("[ぁ-んァ-ヶ一-龠]", told)


def test_the_facts_of_a_funder_say_how_each_number_was_computed_and_hold_it_once():
    book = edition.opened("2019-09")
    ranges = trends.annualised(book.trends, book.claims, book.funders)
    facts = trends.facts(trends.comparability(book.trends, book.funders, book.claims), ranges, "nih", book.trends)
    told = printed.formula([name for name, found in printed.numbers(facts).items() if found], [], "en")
    held = data_files.apart(facts.rename(columns=lambda name: name.removeprefix("_"))).set_index("fact_en")

    assert "nth root less one" in told and "ratio of end to start" in told
    assert "Number of the claim or observation" not in told
    assert sorted(held.index[held["told_en"].eq("")]) == sorted(held.index[held[["multiple", "annual_low_pct", "as_printed"]].notna().any(axis=1)])
    assert held["told_en"].eq("").sum() == 4
