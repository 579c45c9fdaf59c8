"""The audit: a row that does not stand where it says, a number nobody accounts for and an idle pattern are each named."""

import pandas as pd
import pytest

from evidence.curation import audit

TEXT = """予算
1. 要求額 2,386百万円
24か国、二国間の協力。４カ年で倍増
成果
V4との共同研究は24か国"""
SECTIONS = pd.DataFrame(
    [["予算", "予算", 1, "slide"], ["成果", "成果", 1, "slide"]], columns=["heading", "begins_with", "occurrence", "kind"]
)  # fmt: skip
CLAIMS = [
    ("request", "予算 ¶1", "2,386百万円"), ("countries", "予算 ¶2", "24か国"), ("bilateral", "予算 ¶2", "二国間"),
    ("growth", "予算 ¶2", "４カ年で倍増"), ("partners", "成果 ¶1", "24か国"),
]  # fmt: skip
IGNORED = [(r"^1\. ", "予算"), ("V4", "*")]


def claims(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["id", "locator", "as_printed"])


def lost(rows: list[tuple[str, str, str]]) -> list[list[object]]:
    """Table, line and id of the rows that the audit does not find."""
    found = audit.located({"claims": claims(rows).assign(value=float("nan")), "sections": SECTIONS}, TEXT)
    return found.loc[~found["found"], ["table", "line", "id"]].values.tolist()


def missing(rows: list[tuple[str, str, str]], patterns: list[tuple[str, str]], text: str = TEXT) -> list[list[str]]:
    """Place and number of everything the coverage report names."""
    ignored = pd.DataFrame(patterns, columns=["pattern", "scope"])
    return audit.uncovered(claims(rows), ignored, text, SECTIONS)[["locator", "number"]].values.tolist()


def test_rows_that_stand_where_they_say_are_found():
    assert lost(CLAIMS) == []


def test_an_unknown_locator_is_named_with_its_line():
    assert lost([CLAIMS[0], ("request-again", "予算 ¶9", "2,386百万円")]) == [["claims", 3, "request-again"]]


def test_printed_words_without_a_place_are_named():
    assert lost([("request", "", "2,386百万円")]) == [["claims", 2, "request"]]


def test_a_wrong_token_is_named_even_where_it_stands_in_another_passage():
    assert lost([("request", "予算 ¶2", "2,386百万円"), ("countries", "予算 ¶2", "25か国")]) == [["claims", 2, "request"], ["claims", 3, "countries"]]


def test_a_row_that_quotes_another_document_is_not_looked_for_in_this_one():
    sources = pd.DataFrame([["S01", "", "ab12"], ["S02", "S01", ""], ["S03", "", ""]], columns=["id", "read_in", "sha256"])
    rows = claims([("own", "予算 ¶1", "2,386百万円"), ("reproduced", "予算 ¶2", "25か国"), ("other", "p. 123", "230 本")])

    found = audit.located({"claims": rows.assign(source=["S01", "S02", "S03"]), "sources": sources, "sections": SECTIONS}, TEXT)

    assert found[["line", "id", "found"]].values.tolist() == [[2, "own", True], [3, "reproduced", False]]


def test_a_row_that_also_quotes_the_summary_is_looked_up_in_both_places():
    both = pd.DataFrame({"id": ["r1"], "locator": ["成果 ¶1"], "as_printed": ["V4"], "summary_locator": ["予算 ¶1"], "summary_as_printed": ["V4"]})

    found = audit.located({"recommendations": both, "sections": SECTIONS}, TEXT)

    assert found[["locator", "found"]].values.tolist() == [["成果 ¶1", True], ["予算 ¶1", False]]


def test_rows_that_print_nothing_are_not_looked_up():
    assert audit.located({"claims": claims([("fact", "予算 ¶1", "")]), "sections": SECTIONS}, TEXT).empty


def test_nothing_is_missing_where_claims_and_patterns_account_for_every_number():
    assert missing(CLAIMS, IGNORED) == []


@pytest.mark.parametrize(
    ("left_out", "number"),
    [(0, ["予算 ¶1", "2,386百万"]), (1, ["予算 ¶2", "24"]), (2, ["予算 ¶2", "二"]), (4, ["成果 ¶1", "24"])],
    ids=["amount", "count", "kanji", "other-passage"],
)
def test_a_number_without_a_claim_is_named(left_out: int, number: list[str]):
    assert missing(CLAIMS[:left_out] + CLAIMS[left_out + 1 :], IGNORED) == [number]


def test_a_full_width_number_and_a_doubling_are_numbers():
    assert missing(CLAIMS[:3] + CLAIMS[4:], IGNORED) == [["予算 ¶2", "４"], ["予算 ¶2", "倍増"]]


def test_words_that_only_cut_into_a_number_do_not_account_for_it():
    assert missing([("request", "予算 ¶1", "386百万円"), *CLAIMS[1:]], IGNORED) == [["予算 ¶1", "2,386百万"]]


def test_the_same_words_twice_in_a_passage_need_two_claims():
    text = "予算\n\n現在24か国、将来24か国"
    claim = ("now", "予算 ¶1", "24か国")

    assert missing([claim], [], text) == [["予算 ¶1", "24"]]
    assert missing([claim, ("then", *claim[1:])], [], text) == []


def test_a_pattern_counts_only_in_its_section():
    assert missing(CLAIMS[:4], [*IGNORED, ("24", "予算")]) == [["成果 ¶1", "24"]]


@pytest.mark.parametrize("idle", [("CO2", "*"), ("V4", "予算"), ("協力", "*")], ids=["absent", "other-section", "no-number"])
def test_a_pattern_that_meets_no_number_is_named_with_its_line(idle: tuple[str, str]):
    assert missing(CLAIMS, [*IGNORED, idle]) == [["ignored_numbers.csv:4", idle[0]]]


@pytest.mark.parametrize("word", ["一方", "一層", "一体", "一角", "一部", "第一線", "多国間", "複数", "両国", "双方", "統一"])
def test_words_that_only_contain_a_numeral_are_no_numbers(word: str):
    assert audit.numbers(f"この{word}の研究") == []


@pytest.mark.parametrize(
    ("text", "number"), [("四つの柱", "四"), ("令和元年度", "元"), ("1.8倍", "1.8"), ("二つの側面", "二"), ("①型", "①"), ("重要³", "³")]
)
def test_counts_first_years_and_digits_in_another_dress_are_numbers(text: str, number: str):
    assert [text[span.start : span.end] for span in audit.numbers(text)] == [number]


def told(*tables: tuple[str, list[tuple[str, str, str]]]) -> list[list[str]]:
    """Place and words of the statements for which no row of these tables stands."""
    frames = {name: claims(rows) for name, rows in tables}
    return audit.unstated(
        {**frames, "sections": SECTIONS}, "予算\n要求が増えた。（参考）各国も「増やす。」と言う。\n成果\nV4との共同研究"
    ).values.tolist()


def test_a_sentence_without_a_row_is_named_beside_one_that_has_a_row():
    left = told(("claims", [("a", "予算 ¶1", "要求"), ("b", "成果 ¶0", "成果"), ("c", "成果 ¶1", "V4")]))

    assert left == [["予算 ¶0", "予算"], ["予算 ¶1", "（参考）各国も「増やす。」"], ["予算 ¶1", "と言う。"]]


def test_what_is_passed_over_with_a_reason_is_accounted_for():
    rows = [("a", "予算 ¶1", "要求"), ("b", "予算 ¶1", "各国"), ("c", "予算 ¶1", "言う"), ("d", "成果 ¶1", "V4")]

    assert told(("claims", rows), ("passed_over", [("", "予算 ¶0", "予算"), ("", "成果 ¶0", "成果")])) == []


def test_words_that_stand_in_another_passage_do_not_account_for_a_statement():
    assert ["成果 ¶1", "V4との共同研究"] in told(("claims", [("a", "予算 ¶1", "V4との共同研究")]))
