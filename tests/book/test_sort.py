"""The rows of an exhibit's table are sorted by a button in each head, by keyboard too; numbers go by their value."""

from pathlib import Path

import pytest

from evidence import root
from tests.book.test_browser import opened
from tests.projects import SECOND

TABLE = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><script src="sort.js"></script>
<table data-sort="Sort by {{head}}"><thead><tr><th>Name</th><th class="number">Sum</th></tr></thead>
<tbody>{rows}</tbody></table>"""
ROWS = [("い", "9億円"), ("あ", "約1,200万円"), ("う", ""), ("え", "−3万円")]
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


@pytest.mark.build
@pytest.mark.parametrize(("width", "shown"), [(1400, True), (360, False)])
def test_a_table_of_the_book_has_the_buttons_where_its_heads_are_seen(browser, small_book: Path, width, shown):
    with opened(browser, viewport={"width": width, "height": 900}) as page:
        page.goto((small_book / "_build" / "html" / SECOND / "en" / "glossary.html").as_uri())
        buttons = page.locator("figure.exhibit-table .sort")

        assert buttons.count() > 1 and buttons.first.is_visible() == shown
