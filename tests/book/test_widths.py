"""No table is cut at any width of a screen, and what names a row or a column stays in view."""

from pathlib import Path

import pytest

from evidence.words import LANGUAGES
from tests import projects
from tests.book.test_browser import UNFOLD, opened
from tests.projects import SECOND

WIDTHS = (320, 360, 768, 1400, 1920)
CUT = """tables => tables.filter(table => table.checkVisibility() && table.scrollWidth > table.clientWidth + 1)
    .map(table => `${table.closest('figure')?.id}: ${table.scrollWidth} px in ${table.clientWidth}`)"""
# A head that stays: the table made longer and wider than its window, scrolled to its end, the first cells still where the window begins.
HEADS = """table => {
    Object.assign(table.style, {maxHeight: '6rem', width: '60rem'});
    table.firstElementChild.style.width = '90rem';
    table.scrollTo(400, 400);
    const frame = table.getBoundingClientRect(), [top, left] = [table.querySelector('thead th'), table.querySelector('tbody th')];
    return [table.scrollLeft > 0 && table.scrollTop > 0, top.getBoundingClientRect().top - frame.top, left.getBoundingClientRect().left - frame.left];
}"""
pytestmark = [pytest.mark.browser, pytest.mark.build]


@pytest.fixture(scope="module")
def site(small_book) -> Path:
    return small_book / "_build" / "html"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_table_is_cut_at_any_width(browser, site, lang):
    with opened(browser) as page:
        cut, seen = {}, 0
        for path in sorted(path for path in (site / SECOND / lang).glob("*.html") if path.name != "index.html"):  # which leads on
            page.goto(path.as_uri(), wait_until="domcontentloaded")
            page.evaluate(UNFOLD)
            seen += page.locator(".data-table").count()
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                if found := page.locator(".data-table").evaluate_all(CUT):
                    cut[path.name, width] = found

        assert seen > 0
        assert cut == {}


BEYOND = """parts => parts.filter(part => part.checkVisibility() && part.scrollWidth > part.clientWidth + 1).map(part => part.textContent.trim())"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_way_on_is_cut_on_a_phone(browser, site, lang):
    with opened(browser, viewport={"width": 320, "height": 900}) as page:
        for name in ("overview", "glossary", "trends"):
            page.goto((site / SECOND / lang / f"{name}.html").as_uri())
            titles = page.locator(".prev-next-title").evaluate_all(
                "all => all.map(one => { one.textContent = 'Internationalization '.repeat(3) + one.textContent })"
            )

            assert titles and page.locator(".prev-next-area a").evaluate_all(BEYOND) == []


def test_no_number_of_a_tile_runs_into_the_next_one(browser, tmp_path):
    (tmp_path / "book.css").write_bytes((projects.PROJECT / "book" / "_static" / "book.css").read_bytes())
    tile = '<li><p><a class="value tile-value" href="#">62 recommendations</a><span class="tile-name">formal</span></p></li>'
    page_of_it = f'<link rel="stylesheet" href="book.css"><div class="bd-article"><div class="tiles"><ul>{tile * 4}</ul></div></div>'
    (tmp_path / "page.html").write_text(f"<!doctype html>{page_of_it}", encoding="utf-8")
    with opened(browser, viewport={"width": 790, "height": 600}) as page:
        page.goto((tmp_path / "page.html").as_uri())

        assert page.locator(".tiles li").evaluate_all(BEYOND) == []


@pytest.mark.parametrize(("kind", "lines"), [("number", True), ("long", False)])
def test_a_table_of_numbers_alone_stays_one_where_text_is_set_as_cards(browser, tmp_path, kind, lines):
    cells = "".join(f'<{{0}} class="{"number" if place else kind}">40,000</{{0}}>' for place in range(8))
    table = f"<table><thead><tr>{cells.format('th')}</tr></thead><tbody><tr>{cells.format('td')}</tr></tbody></table>"
    (tmp_path / "book.css").write_bytes((projects.PROJECT / "book" / "_static" / "book.css").read_bytes())
    page_of_it = f'<link rel="stylesheet" href="book.css"><figure class="exhibit" style="width: 784px"><div class="data-table">{table}</div></figure>'
    (tmp_path / "page.html").write_text(f"<!doctype html>{page_of_it}", encoding="utf-8")
    with opened(browser) as page:
        page.goto((tmp_path / "page.html").as_uri())

        assert (page.locator("thead").evaluate("head => getComputedStyle(head).position") == "static") == lines
        assert page.locator(".data-table").evaluate_all(CUT) == []


def test_head_and_first_column_stay_in_view_while_a_table_is_scrolled(browser, site):
    with opened(browser, viewport={"width": 1400, "height": 900}) as page:
        page.goto((site / SECOND / "en" / "trends.html").as_uri())
        page.evaluate(UNFOLD)
        scrolled, top, left = page.locator("figure .data-table").first.evaluate(HEADS)

        assert scrolled
        assert (abs(top) < 2, abs(left) < 2) == (True, True)
