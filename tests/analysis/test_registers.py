"""What the registers say of each row: the glossary tells where each meaning comes from."""

import pytest

from evidence.analysis import registers
from evidence.tables.edition import opened


@pytest.mark.parametrize("edition", ["2019-09", "2026-11"])
def test_a_term_is_a_term_of_the_book_exactly_if_no_source_has_it(edition):
    glossary = opened(edition).glossary

    assert glossary["definition_basis"].eq("book").equals(glossary["source"].eq(""))


def test_a_term_that_the_source_only_uses_is_told_apart_from_one_that_it_explains():
    table = registers.terms(opened("2019-09").glossary).set_index("anchor")

    told = table.loc[["term-joint-call", "term-sabbatical", "term-edition"], "definition_basis_en"]

    assert told.tolist() == ["source", "general", "book"]


def test_a_licence_is_told_only_with_the_page_on_which_the_publisher_states_it():
    """Terms that nobody can look up would be a guess."""
    sources = opened("2026-11").sources
    stated = ~sources["licence"].isin(["", "not-stated"])

    assert sources.loc[stated & ~sources["licence_address"].str.startswith("https://"), "id"].tolist() == []
    assert sources.loc[~stated & sources["licence_address"].ne(""), "id"].tolist() == []
    assert 0 < registers.licensed(sources) < len(sources)
