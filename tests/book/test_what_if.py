"""What a reader asks of the chapters as bound: the what-if moved by mouse and keyboard, sent and saved; no word cut; under the strict policy."""

import csv
import json
import re
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from evidence.words import LANGUAGES
from tests.book.test_browser import EDITION, opened
from tests.book.test_policy import KEPT, POLICY
from tests.conftest import serving

FIGURE = "what-if-budget"
CUT = """root => { const room = root.viewBox.baseVal, all = [...root.querySelectorAll('text')]; return all.filter(one => {
  const box = one.getBBox(); return box.x < 0 || box.x + box.width > room.width; }).map(one => one.textContent); }"""


@pytest.fixture(scope="module")
def site(book) -> Path:
    return book / "_build" / "html"


@pytest.fixture(scope="module")
def served(site) -> Iterator[str]:
    yield from serving(site, content_security_policy=POLICY)


def asked(page: Page, top: str, lang: str) -> Page:
    page.add_init_script(KEPT)
    page.goto(f"{top}/{EDITION}/{lang}/trends.html")
    page.locator(f".explore-ask[data-id={FIGURE}]").click()
    page.wait_for_selector(".explore-drawing")
    return page


def state(page: Page) -> dict[str, list[str]]:
    return urllib.parse.parse_qs(urllib.parse.urlsplit(page.url).query)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_it_shows_first_is_what_the_chapter_says_in_the_same_unit(browser, site, served, lang):
    (value,) = (one for one in json.loads((site / EDITION / "values.json").read_text(encoding="utf-8")) if one["id"] == "what-if-end")
    with opened(browser) as page:
        asked(page, served, lang)
        told = page.locator(".explore tbody tr").first.locator("td").first.inner_text()
        head = page.locator(".explore thead th").nth(1).inner_text()

    said = re.sub(r"[^\d.]", "", value["text"][lang])
    assert {"ja": said == told and "億円" in head, "en": said == f"{float(told.replace(',', '')) / 1000:.3f}" and "JPY million" in head}[lang]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_mouse_and_keyboard_move_it_and_the_address_shows_another_the_same(browser, served, lang):
    with opened(browser, viewport={"width": 1400, "height": 900}) as page:
        asked(page, served, lang)
        growth, years = (page.locator(".explore input[type=range]").nth(place) for place in (0, 1))
        before, box = growth.input_value(), growth.bounding_box()
        page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + box["height"] / 2)
        page.mouse.up()
        years.focus()
        page.keyboard.press("ArrowLeft")
        moved, rows = (growth.input_value(), years.input_value()), page.locator(".explore tbody").inner_text()
        sent, wrong = page.url, page.evaluate("window.held")

        assert moved[0] != before and (state(page)["growth"], state(page)["years"]) == ([moved[0]], [moved[1]])
    with opened(browser) as page:
        page.add_init_script(KEPT)
        page.goto(sent)
        page.wait_for_selector(".explore-drawing")

        assert page.locator(".explore tbody").inner_text() == rows
        assert wrong == page.evaluate("window.held") == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_supposed_goes_into_the_file_with_unit_and_stamp(browser, served, lang):
    with opened(browser) as page:
        asked(page, served, lang)
        page.locator(".explore input[type=number]").nth(1).fill("30")
        page.keyboard.press("Tab")
        page.wait_for_function("() => location.search.includes('years=30')")
        with page.expect_download() as loading:
            page.locator(".explore-save[data-kind=csv]").click()
        rows = list(csv.reader(Path(loading.value.path()).read_text(encoding="utf-8-sig").splitlines()))
        words, axis, wrong = page.evaluate("[evidenceAsked.words, evidenceAsked.axis, window.held]")

    assert axis in rows[0][1] and axis in rows[0][2] and wrong == []
    assert all(FIGURE in row[3] and words["assumed"] in row[4] and f"{words['years']}: 30" in row[4] for row in rows[1:])
    assert [row[1:3] for row in rows[2:]] == [["", ""]] * (len(rows) - 2)  # no growth of a funder is run for longer than its source has it


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("wide", [320, 1400])
def test_no_word_of_it_is_cut_and_a_growth_that_is_not_run_says_why(browser, served, lang, wide):
    with opened(browser, viewport={"width": wide, "height": 900}) as page:
        asked(page, served, lang)
        page.locator(".explore input[type=range]").nth(1).focus()
        page.keyboard.press("End")
        why = page.evaluate("evidenceAsked.words.no_range")

        assert page.locator(".explore-drawing svg").evaluate(CUT) == []
        assert page.locator(".explore tbody td[colspan]").all_inner_texts() == [why] * page.evaluate("evidenceAsked.peers.length")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_a_series_is_cut_on_a_narrow_screen(browser, site, served, lang):
    offered = [path.stem for path in sorted((site / EDITION / lang / "explore").glob("*.js")) if path.stem not in ("explore", FIGURE)]
    pages = {one["id"]: one["page"][lang] for one in json.loads((site / EDITION / "figures.json").read_text(encoding="utf-8"))}
    cut = {}
    with opened(browser, viewport={"width": 320, "height": 900}) as page:
        for id in offered:
            page.goto(f"{served}/{EDITION}/{pages[id].partition('#')[0]}?explore={id}")
            page.wait_for_selector(".explore-drawing")
            cut[id] = page.locator(".explore-drawing svg").evaluate(CUT)

    assert len(offered) > 3
    assert {id: found for id, found in cut.items() if found} == {}
