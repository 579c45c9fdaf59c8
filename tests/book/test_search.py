"""Text and query are cut in the same way."""

import pytest

from evidence.book import search


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("国際共著論文", ["国際", "際共", "共著", "著論", "論文"]),
        ("2,386百万円", ["n2386", "百万", "万円"]),
        ("２，３８６", ["n2386"]),
        ("joint call", ["joint", "call"]),
        ("第3階層", ["第", "n3", "階層"]),
    ],
)
def test_japanese_becomes_pairs_and_a_number_one_term(text, terms):
    assert search.terms(text) == terms


def test_the_browser_cuts_by_the_same_pattern():
    assert search._PARTS.pattern in search.Japanese.js_splitter_code
