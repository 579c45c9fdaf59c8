"""The feed of the site is valid Atom, told by the data alone, and leads to what is there."""

import re

import pytest
from lxml import etree

from evidence.editions.feed import feed
from evidence.tables.lineage import Lineage, Tie

KNOWN = Lineage({"2020-01": None, "2020-01-c1": Tie("corrects", "2020-01"), "2021-01": Tie("succeeds", "2020-01")})
ROW = {
    "id": "a", "date": "2020-03-01", "edition": "2020-01", "corrected_edition": "2020-01-c1", "row": "growth", "wrong": "30", "right": "35 < 36",
    "reason_ja": "写し違い", "reason_en": "Copied wrongly", "effect_ja": "なし", "effect_en": "None",
}  # fmt: skip
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(scope="module")
def made() -> etree._Element:
    return etree.fromstring(feed(KNOWN, [ROW]))


def test_every_edition_and_correction_is_an_entry_the_newest_first(made):
    assert made.xpath("a:entry/a:updated/text()", namespaces=ATOM) == [
        f"{day}T00:00:00Z" for day in ("2021-01-01", "2020-03-01", "2020-03-01", "2020-01-01")
    ]
    assert made.xpath("a:entry[2]/a:link/@href", namespaces=ATOM) == ["errata.html#ja-a", "errata.html#en-a"]


def test_feed_and_entries_have_what_atom_asks_for_once(made):
    for part in [made, *made.xpath("a:entry", namespaces=ATOM)]:
        assert [len(part.xpath(f"a:{name}", namespaces=ATOM)) for name in ("id", "title", "updated")] == [1, 1, 1]
    ids = made.xpath("//a:id/text()", namespaces=ATOM)
    assert len(set(ids)) == len(ids) == 5 and all(re.fullmatch("urn:uuid:[0-9a-f-]{36}", id) for id in ids)
    assert made.xpath("count(a:author/a:name)", namespaces=ATOM) == 1


def test_the_feed_is_the_same_whenever_it_is_made():
    assert feed(KNOWN, [ROW]) == feed(KNOWN, [ROW])


def test_the_feed_of_a_book_leads_to_files_that_are_there(small_book):
    html = small_book / "_build" / "html"
    links = etree.parse(html / "feed.xml").xpath("//a:link/@href", namespaces=ATOM)

    assert len(links) > 8 and [link for link in links if not (html / link.partition("#")[0]).is_file()] == []
    assert 'href="feed.xml"' in (html / "index.html").read_text(encoding="utf-8")
