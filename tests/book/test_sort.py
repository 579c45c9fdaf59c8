"""The rows of an exhibit's table are sorted by a button in each head; those of a long one are filtered too, and the address holds what is seen."""

from pathlib import Path

import pytest

from evidence import root
from tests.book.test_browser import opened
from tests.projects import SECOND

TABLE = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><script src="sort.js"></script>
<table data-sort="Sort by {{head}}"><thead><tr><th>Name</th><th class="number">Sum</th></tr></thead>
<tbody>{rows}</tbody></table>"""
ROWS = [("い", "9億円"), ("あ", "約1,200万円"), ("う", ""), ("え", "−3万円")]
LONG = """<!doctype html><html lang="en"><meta charset="utf-8"><link rel="stylesheet" href="print.css" media="print"><script src="sort.js"></script>
<style>tr[hidden] {{ display: none }}</style><figure id="long"><div class="data-table"><table data-sort="Sort by {{head}}" data-order="Sort"
data-unsorted="as in the book" data-filter="Filter rows" data-filtered="{{n}} of {{total}} rows">
<thead><tr><th>Name</th><th class="number">Sum</th></tr></thead><tbody>{rows}</tbody></table></div></figure>"""
pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser, tmp_path):
    (tmp_path / "sort.js").write_bytes((root.folder() / "book" / "_static" / "sort.js").read_bytes())
    rows = "".join(f"<tr><td>{name}</td><td>{number}</td></tr>" for name, number in ROWS)
    (tmp_path / "page.html").write_text(TABLE.format(lang="ja", rows=rows), encoding="utf-8")
    with opened(browser) as page:
        page.goto((tmp_path / "page.html").as_uri())
        yield page


def names(page) -> str:
    return "".join(page.locator("tbody td:first-child").all_inner_texts())


def test_numbers_are_sorted_by_value_up_down_and_as_they_were_with_the_empty_last(page):
    button, seen = page.get_by_role("button", name="Sort by Sum"), []
    for _ in range(3):
        button.focus()
        page.keyboard.press("Enter")
        seen.append((names(page), page.locator("th").nth(1).get_attribute("aria-sort")))

    assert seen == [("えあいう", "ascending"), ("いあえう", "descending"), ("いあうえ", None)]


def test_words_are_sorted_as_the_language_has_them_and_one_head_at_a_time_says_so(page):
    page.get_by_role("button", name="Sort by Sum").click()
    page.get_by_role("button", name="Sort by Name").click()

    assert (names(page), page.locator("th[aria-sort]").count()) == ("あいうえ", 1)


def test_a_click_on_the_name_of_a_head_sorts_as_its_button_does(page):
    page.locator("th").nth(1).click(position={"x": 3, "y": 3})

    assert names(page) == "えあいう"


@pytest.fixture
def long(browser, tmp_path) -> str:
    for name in ("sort.js", "print.css"):
        (tmp_path / name).write_bytes((root.folder() / "book" / "_static" / name).read_bytes())
    rows = "".join(f'<tr id="row-{n}"><td>{"ＡＮＲ" if n % 5 == 0 else "NIH"} {n}</td><td>{100 - n}</td></tr>' for n in range(20))
    (tmp_path / "page.html").write_text(LONG.format(rows=rows), encoding="utf-8")
    return (tmp_path / "page.html").as_uri()


def shown(page) -> list[str]:
    return page.locator("tbody tr:visible td:first-child").all_inner_texts()


def test_a_long_table_is_filtered_and_sorted_and_its_address_shows_another_the_same(browser, long):
    with opened(browser) as page:
        page.goto(long)
        page.get_by_label("Filter rows").fill("anr")
        page.get_by_label("Sort", exact=True).select_option("Sum ↑")
        mine, told, sent = shown(page), page.locator("output").inner_text(), page.url
    with opened(browser) as page:
        page.goto(sent)

        assert shown(page) == mine == ["ＡＮＲ 15", "ＡＮＲ 10", "ＡＮＲ 5", "ＡＮＲ 0"]
        assert told == page.locator("output").inner_text() == "4 of 20 rows"
        page.get_by_label("Filter rows").fill("")
        page.get_by_label("Sort", exact=True).select_option("as in the book")

        assert (len(shown(page)), shown(page)[0], page.url) == (20, "ＡＮＲ 0", long)


def test_who_follows_a_link_to_a_row_that_was_filtered_away_sees_it(browser, long):
    with opened(browser) as page:
        page.goto(f"{long}?rows.long=anr#row-1")

        assert page.locator("#row-1").is_visible() and len(shown(page)) == 20


def test_paper_has_the_rows_that_were_filtered_away(browser, long):
    with opened(browser) as page:
        page.goto(f"{long}?rows.long=anr")
        seen = len(shown(page))
        page.emulate_media(media="print")

        assert (seen, len(shown(page))) == (4, 20)


def test_an_address_sorts_only_by_a_head_that_is_there(browser, long):
    with opened(browser) as page:
        for said in ("9", "-0", "x", "1e9"):
            page.goto(f"{long}?order.long={said}")

            assert (said, shown(page)[:2]) == (said, ["ＡＮＲ 0", "NIH 1"])


@pytest.mark.build
@pytest.mark.parametrize("width", [1400, 360])
def test_a_register_is_filtered_where_its_rows_are_lines_and_where_they_are_cards(browser, small_book: Path, width):
    with opened(browser, viewport={"width": width, "height": 900}) as page:
        page.goto((small_book / "_build" / "html" / SECOND / "en" / "observations.html").as_uri())
        rows = page.locator("figure.exhibit-table tbody tr").count()
        page.get_by_label("Filter rows").first.fill("no such words")

        assert rows >= 12 and page.locator("figure.exhibit-table tbody tr:visible").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.build
@pytest.mark.parametrize(("width", "shown"), [(1400, True), (360, False)])
def test_a_table_of_the_book_has_the_buttons_where_its_heads_are_seen(browser, small_book: Path, width, shown):
    with opened(browser, viewport={"width": width, "height": 900}) as page:
        page.goto((small_book / "_build" / "html" / SECOND / "en" / "glossary.html").as_uri())
        buttons = page.locator("figure.exhibit-table .sort")

        assert buttons.count() > 1 and buttons.first.is_visible() == shown
