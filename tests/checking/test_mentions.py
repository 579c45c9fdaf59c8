"""A passage that cites one exhibit of two editions, or several close together, cites each of them: a page of a PDF is one passage."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from evidence.checking import mentions, papers
from evidence.checking.published_site import Edition, Site

EDITIONS = ("2020-01", "2021-01")
NUMBERS = {"growth-dots": "1-2", "growth-bars": "1-3", "share-lines": "2-1"}


@pytest.fixture
def site():
    """A site of two editions with the same three exhibits and other numbers."""
    found = Site.__new__(Site)
    found.editions, found.lineage = [_edition(name) for name in EDITIONS], SimpleNamespace(order=EDITIONS)
    return found


def _edition(name):
    one = Edition(Path(name))
    figures = {
        id: {"number": {"ja": f"図 {number}", "en": f"Figure {number}"}, "title": {"ja": id, "en": id}, "sha256": f"{name[3]}{place}" * 32}
        for place, (id, number) in enumerate(NUMBERS.items())
    }
    one.records = {"figures": figures, "values": {}}
    return one


def cited(text, site):
    return [(one.id, one.edition) for one in mentions.mentions("p. 1", papers.joined(text), site)]


@pytest.mark.parametrize(
    "text",
    [
        "割合は38%（share-lines、2021-01版）。かつては35%であった（share-lines、2020-01版）。",
        "It is 38% (share-lines, edition 2021-01). Formerly 35%: share-lines, edition 2020-01, Figure 2-1.",
        "What share-lines of edition 2021-01 says is more than share-lines of edition 2020-01 did.",
    ],
)
def test_the_older_edition_of_what_is_cited_anew_is_not_lost(site, text):
    assert cited(text, site) == [("share-lines", "2021-01"), ("share-lines", "2020-01")]


@pytest.mark.parametrize(
    "text",
    [
        "See the annex (edition 2021-01). The number of 2020 (share-lines, edition 2020-01).",
        "別添（2021-01版）を見よ。2020年の数（share-lines、2020-01版）。",
    ],
)
def test_the_edition_beside_an_id_is_its_own(site, text):
    assert ("share-lines", "2020-01") in cited(text, site)


@pytest.mark.parametrize(
    "text",
    [
        "予算は増えた（2021-01版）図1-2。出典：エビデンスブック2021-01版図 1-3（growth-bars、算出）",
        "They grew (edition 2021-01, Figure 1-2). One has a rate (Evidence Book, edition 2021-01, Figure 1-3 (growth-bars; computed)).",
    ],
)
def test_a_number_is_not_lost_before_the_number_and_id_of_another_exhibit(site, text):
    assert sorted(cited(text, site)) == [("growth-bars", "2021-01"), ("growth-dots", "2021-01")]


def test_a_number_of_a_source_in_the_same_citation_is_none_of_the_book(site):
    text = "見本省「白書」図1-2を基に作成。出典：国際共同研究支援エビデンスブック2021-01版図 1-3（growth-bars、算出）"

    assert cited(text, site) == [("growth-bars", "2021-01")]


@pytest.mark.parametrize("text", ["share-line（2021-01版）", "as share-line (edition 2021-01) shows", "share-line of edition 2021-01"])
def test_an_id_cut_short_beside_an_edition_is_found_and_can_be_told(site, text):
    assert cited(text, site) == [("share-line", "2021-01")]


@pytest.mark.parametrize("text", ["co-authored (edition 2021-01)", "a share-line of the market"])
def test_a_word_with_a_hyphen_is_no_id(site, text):
    assert cited(text, site) == []


@pytest.mark.parametrize(
    "text",
    [
        "出典：エビデンスブック2020-01版図 2-1（share-lines、算出） 次の図 出典：エビデンスブック2021-01版図 2-1（share-lines、算出）",
        "Evidence Book, edition 2020-01, Figure 2-1 (share-lines; computed) Evidence Book, edition 2021-01, Figure 2-1 (share-lines; read)",
        "Evidence Book, edition 2020-01, Figure 2-1 (share-lines, 000000000000) Book, edition 2021-01, Figure 2-1 (share-lines, 111111111111)",
    ],
)
def test_a_caption_keeps_its_own_edition_beside_the_caption_of_another(site, text):
    assert cited(text, site) == [("share-lines", "2020-01"), ("share-lines", "2021-01")]


@pytest.mark.parametrize(
    "text", ["As Figure 1-2 of edition 2021-01 shows", "Figure 1-2 in the edition 2021-01", "edition 2021-01's Figure 1-2", "2021-01版の図1-2"]
)
def test_a_number_of_an_edition_in_a_sentence_is_the_exhibit(site, text):
    assert cited(text, site) == [("growth-dots", "2021-01")]


@pytest.mark.parametrize(
    ("text", "number", "edition"),
    [
        ("図2-9（2021-01版）のとおり", "図2-9", "2021-01"), ("2021-01版の図2-9", "図2-9", "2021-01"), ("図2-1（2031-01版）", "図2-1", "2031-01"),
        ("Figure 9-9 of edition 2021-01", "Figure 9-9", "2021-01"), ("edition 2031-01, Figure 1-2", "Figure 1-2", "2031-01"),
        ("別に share-lines を見よ。図2-9（2021-01版）", "図2-9", "2021-01"),
        ("図2-9（2021-01版） 割合は38%（share-lines、2021-01版）", "図2-9", "2021-01"),
        ("see Figure 9-9 of the Evidence Book, edition 2021-01", "Figure 9-9", "2021-01"),
        ("図2-9（エビデンスブック2021-01版）", "図2-9", "2021-01"),
    ],
)  # fmt: skip
def test_a_number_or_an_edition_that_does_not_exist_is_found_and_can_be_told(site, text, number, edition):
    assert (number, edition) in cited(text, site)


@pytest.mark.parametrize(
    "text",
    [
        "It grew (share-lines, edition 2021-01). Figure 2-9 shows our own.", "増えた（share-lines、2021-01版）、図2-9に示す。",
        "白書2018年3月版 図1-2", "白書（2018-03版）図9-9", "図9-9。2021-01版では（share-lines）",
        "本稿の図2-9（2021-01版、share-lines）",
    ],
)  # fmt: skip
def test_a_number_of_another_document_near_an_edition_is_none_of_the_book(site, text):
    assert [id for id, _ in cited(text, site) if id != "share-lines"] == []


@pytest.mark.parametrize("id", ["share-lnes", "sharelines", "growth-of-all"])
@pytest.mark.parametrize("text", ["エビデンスブック2021-01版図 2-1（{}、算出）", "Evidence Book, edition 2021-01, Figure 2-1 ({}; computed)"])
def test_a_caption_with_an_id_that_does_not_exist_is_not_taken_for_its_number(site, text, id):
    assert cited(text.format(id), site) == [(id, "2021-01")]


@pytest.mark.parametrize("text", ["エビデンスブック2021-01版数値（{}、算出）", "Evidence Book, edition 2021-01, Value ({}; computed)"])
def test_a_caption_of_a_value_that_does_not_exist_is_found_and_can_be_told(site, text):
    (found,) = mentions.mentions("p. 1", papers.joined(text.format("share-of-all")), site)

    assert (found.id, found.kind, found.edition) == ("share-of-all", "values", "2021-01")


TITLE = "数値は一行ずつ所在を持つ"  # too short to stand for its exhibit by itself


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        (f"「{TITLE}」（2021-01版）による。", "2021-01"), (f"{TITLE}（2020-01版）。2021-01版は別。", "2020-01"), (f"2020-01版「{TITLE}」", "2020-01"),
        (f"2020-01版の図2-1「{TITLE}」。2021-01版も見た。", "2020-01"), (f"表C-1「{TITLE}」（2021-01版）", "2021-01"),
        (f"{TITLE}という。2021-01版を見よ。", ""),
    ],
)  # fmt: skip
def test_a_short_title_beside_an_edition_is_the_exhibit_of_that_edition(site, text, edition):
    for one in site.editions:
        one.records["figures"]["share-lines"]["title"]["ja"] = TITLE

    assert cited(text, site) == ([("share-lines", edition)] if edition else [])


@pytest.mark.parametrize(
    "text",
    ["図1-2及び図1-3（2021-01版）", "図1-2、図1-3（2021-01版）による", "Figure 1-2 and Figure 1-3 of edition 2021-01", "図1-2と図1-3（2021-01版）"],
)
def test_numbers_in_a_row_share_the_edition_of_the_last(site, text):
    assert sorted(cited(text, site)) == [("growth-bars", "2021-01"), ("growth-dots", "2021-01")]
