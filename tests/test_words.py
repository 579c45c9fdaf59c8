"""Every word is there in both languages, and numbers are written one way."""

import re
from pathlib import Path

import pytest

from evidence import rooms, words

CODE = Path(__file__).parents[1] / "src" / "evidence"
ROWS = list(rooms.listed("words.csv", "id").values())


def test_every_word_stands_in_both_languages_with_the_same_parts():
    wrong = [
        row["id"] for row in ROWS if not (row["ja"] and row["en"]) or set(re.findall(r"\{\w+\}", row["ja"])) != set(re.findall(r"\{\w+\}", row["en"]))
    ]

    assert [id for id in wrong if id not in {"ui.programme_name"}] == []  # names its columns by language


@pytest.mark.parametrize("name", ["words.csv", "rules.csv", "terms.csv"])
def test_no_row_has_more_cells_than_the_list_has_columns(name):
    """A comma within a text that is not quoted shifts all that follows it: a reader of English is told the end of a sentence in Japanese."""
    assert [row for part in rooms.parts(name) for row in rooms.rows(part) if None in row or None in row.values()] == []


def test_every_word_the_code_names_is_there():
    named = {id for path in CODE.rglob("*.py") for id in re.findall(r'words\.word\("([a-z0-9_.-]+)"', path.read_text(encoding="utf-8"))}

    assert named - {row["id"] for row in ROWS} == set()


def test_a_missing_word_is_an_error_and_never_the_other_language():
    with pytest.raises(KeyError):
        words.word("no.such.word", "ja")


@pytest.mark.parametrize("digits", [None, 0, 1])
def test_what_rounds_to_zero_has_no_minus_sign(digits):
    assert words.number(-0.0002, digits).startswith("0")


@pytest.mark.parametrize(
    ("value", "unit", "lang", "digits", "text"),
    [
        (2386, "jpy-m", "ja", None, "23.86億円"),
        (100, "jpy-m", "ja", None, "1億円"),
        ((5, 100), "jpy-m", "ja", None, "500万円～1億円"),
        (95.517, "eur-bn", "ja", 1, "955億ユーロ"),
        (95.517, "eur-bn", "en", 1, "EUR 95.5 billion"),
        (2386, "jpy-m", "en", None, "JPY 2.386 billion"),
        (1, "countries", "en", None, "1 country"),
        ((7.0, 8.8), "pct", "ja", 1, "7.0～8.8%"),
        (2009, "fiscal-year", "ja", None, "2009年度"),
    ],
)
def test_a_quantity_is_written_with_its_unit(value, unit, lang, digits, text):
    assert words.quantity(value, unit, lang, digits) == text
