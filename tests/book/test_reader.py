"""What a reader does with a page, on the small book: unfold, copy, hover, follow, change language and edition, with scripts and without."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from evidence.editions import site as site_module
from evidence.words import LANGUAGES
from tests.book.test_browser import UNFOLD, opened
from tests.projects import CORRECTED, FIRST, SECOND

FIGURE = "growth-bars"
pytestmark = [pytest.mark.browser, pytest.mark.build]


@pytest.fixture(scope="module")
def site(small_book) -> Path:
    return small_book / "_build" / "html"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_works_with_scripts_off(browser, site, lang):
    with opened(browser, java_script_enabled=False) as page:
        page.goto((site / SECOND / lang / "trends.html").as_uri())
        page.locator("figure.exhibit details summary").first.click()

        assert page.locator("figure.exhibit svg").first.is_visible()
        assert page.locator("figure.exhibit details .data-table").first.is_visible()
        assert page.locator("a.twin").is_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_citations_and_files_are_reached_without_scripts(browser, site, lang):
    with opened(browser, java_script_enabled=False) as page:
        page.goto((site / SECOND / lang / "trends.html").as_uri())
        offer = page.locator(f"figure#{FIGURE} details.offer")
        offer.locator("> summary").click()

        assert SECOND in offer.locator("pre.citation").first.inner_text()
        assert offer.locator("a[download]").first.is_visible()
        assert page.locator("button.copy-citation").count() == 0


@pytest.mark.parametrize("over", ["file", "http"])
def test_a_button_copies_the_citation(browser, site, served, over):
    top = site.as_uri() if over == "file" else served
    with opened(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        for path in (f"{SECOND}/en/trends.html", f"{SECOND}/figures/{FIGURE}/index.html"):
            page.goto(f"{top}/{path}")
            page.evaluate(UNFOLD)
            button = page.locator("button.copy-citation").first
            button.click()

            expect(button).to_have_text(page.locator("pre.citation").first.get_attribute("data-copied"))
            assert page.evaluate("navigator.clipboard.readText()") == page.locator("pre.citation").first.text_content()


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("a (accessed ____-__-__).", "a (accessed {iso})."),
        ("甲（○年○月○日に利用）。", "甲（{day}に利用）。"),
        ("@misc{{a,\n  url = {{https://example.org}},\n}}", "@misc{{a,\n  url = {{https://example.org}},\n  urldate = {{{iso}}},\n}}"),
    ],
)
def test_the_button_fills_in_the_day_of_access_once(browser, site, text, copied):
    with opened(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto((site / SECOND / "figures" / FIGURE / "index.html").as_uri())
        page.evaluate(UNFOLD)
        page.evaluate("text => { document.querySelector('pre.citation').textContent = text }", text.format())
        iso, day = page.evaluate("[new Date().toLocaleDateString('sv'), new Date().toLocaleDateString('ja-JP', {dateStyle: 'long'})]")
        for _ in range(2):
            page.locator("button.copy-citation").first.click()

        assert page.locator("pre.citation").first.text_content() == copied.format(iso=iso, day=day)


def test_a_number_says_what_it_is_on_hover_and_on_focus_and_leads_to_its_row(browser, site):
    with opened(browser) as page:
        page.goto((site / SECOND / "en" / "trends.html").as_uri())
        number = page.locator("a.value").first
        tip = page.locator(f"#{number.get_attribute('aria-describedby')}")
        assert not tip.is_visible()
        number.hover()
        assert tip.is_visible()
        assert all(word in tip.inner_text() for word in ("Id ", "Unit ", "Method of calculation ", "Rests on ", "Source "))
        page.mouse.move(0, 0)
        number.focus()
        assert tip.is_visible()
        page.keyboard.press("Escape")
        assert not tip.is_visible()
        text = number.inner_text()
        number.press("Enter")
        page.wait_for_url("**/values.html#value-*")

        assert page.locator("tr:target th a").inner_text() == text


def test_a_mark_says_its_value_on_hover(browser, site):
    with opened(browser) as page:
        page.goto((site / SECOND / "en" / "trends.html").as_uri())
        mark = page.locator('.drawing [role="graphics-symbol"][aria-label]').first
        mark.scroll_into_view_if_needed()
        mark.hover(force=True)

        assert page.locator("#mark-says").text_content() == mark.get_attribute("aria-label")


def test_the_front_page_leads_to_both_languages(browser, site):
    with opened(browser) as page:
        for lang in LANGUAGES:
            page.goto((site / "index.html").as_uri())
            page.locator(f'li a[lang="{lang}"]').first.click()
            page.wait_for_url(f"**/{lang}/overview.html")

            assert page.locator("html").get_attribute("lang") == lang


def test_the_keyboard_reaches_the_data_table(browser, site):
    with opened(browser) as page:
        page.goto((site / SECOND / "ja" / "trends.html").as_uri())
        page.locator("figure.exhibit details summary").first.focus()
        page.keyboard.press("Enter")

        assert page.locator("figure.exhibit details").first.get_attribute("open") is not None


@pytest.mark.parametrize(("edition", "told"), [(FIRST, CORRECTED), (CORRECTED, SECOND), (SECOND, "")])
def test_a_page_names_a_newer_edition_where_there_is_one(browser, site, edition, told):
    with opened(browser) as page:
        page.goto((site / edition / "ja" / "trends.html").as_uri())
        page.wait_for_timeout(300)
        notices = page.locator(".edition-notice a")

        assert notices.count() == (1 if told else 0)
        if told:
            notices.first.click()
            page.wait_for_url(f"**/{told}/ja/overview.html")


HOSTILE = "</script><img src=x onerror=\"document.title='run'\">{{7*7}} = {include} $x$ \u202e"
ENTRY = {
    "id": "2020-01-c1-x", "date": "2026-11-23", "edition": FIRST, "corrected_edition": CORRECTED, "table": "claims",
    "row": "north-growth", "column": "value", "wrong": "30", "right": HOSTILE, "reason_ja": "理由", "reason_en": HOSTILE,
    "effect_ja": HOSTILE, "effect_en": "none",
}  # fmt: skip


def test_the_errata_show_every_part_of_a_correction_and_run_nothing(browser, site, tmp_path):
    """A page of the first edition names the corrected one before a newer one."""
    made = site_module.site([site / name for name in (FIRST, CORRECTED, SECOND)], tmp_path / "site", site_module.Known(corrected=[ENTRY]))
    with opened(browser) as page:
        page.goto((made / "errata.html").as_uri())
        text = page.locator("main").inner_text()

        assert page.title() == "正誤表 / Errata"
        assert page.locator("main img").count() == 0
        for part in ("2026-11-23", "claims.csv", "north-growth", "30", "理由", "{{7*7}} = {include} $x$", "north-annual"):
            assert part in text
        page.goto((made / FIRST / "en" / "trends.html").as_uri())
        page.wait_for_timeout(300)

        assert CORRECTED in page.locator(".edition-notice").inner_text()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_tile_names_its_number_its_period_its_source_and_leads_to_its_row(browser, site, lang):
    with opened(browser) as page:
        page.goto((site / SECOND / lang / "index.html").as_uri())
        tile = page.locator(".tiles li").nth(1)
        told, rest = tile.inner_text(), page.evaluate("name => document.querySelectorAll(name).length", ".tiles li")

        assert rest == 3
        assert "2018" in told
        assert {"ja": "資料", "en": "Source"}[lang] in told
        tile.locator("a.value").click()
        assert page.url.endswith("values.html#value-north-share")


@pytest.mark.parametrize(("lang", "dated"), [("ja", "2018年（2018年）"), ("en", "2018 (2018)")])
def test_a_sentence_dates_its_number_as_the_number_is_dated(browser, site, lang, dated):
    with opened(browser) as page:
        page.goto((site / SECOND / lang / "overview.html").as_uri())

        assert dated in page.locator("article").evaluate(
            "part => { part.querySelectorAll('.value-tip').forEach(one => one.remove()); return part.textContent }"
        )


def test_the_front_page_says_what_the_book_is_and_leads_to_what_is_sought(browser, site):
    with opened(browser) as page:
        page.goto((site / "index.html").as_uri())
        shown = page.locator("section").all_inner_texts()
        page.get_by_role("searchbox").fill("Northland")
        page.get_by_role("button", name="Search in English").click()

        assert [SECOND in shown[0], CORRECTED in shown[1], FIRST in shown[2]] == [True, True, True]
        assert "/en/search.html?q=Northland" in page.url


def test_the_front_page_without_scripts_offers_no_search_and_every_edition(browser, site):
    with opened(browser, java_script_enabled=False) as page:
        page.goto((site / "index.html").as_uri())

        assert not page.get_by_role("searchbox").is_visible()
        assert page.locator("section a", has_text="Read in English").count() == 3
