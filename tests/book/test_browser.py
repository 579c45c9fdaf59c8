"""The book as a reader sees it: in a browser, from file:// and over HTTP, with and without scripts."""

import contextlib
import functools
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from evidence.book import staging as book_module
from evidence.editions import site as site_module
from evidence.words import LANGUAGES

FIGURE = "budget-growth-range"
FIRST, EDITION = "2019-09", "2026-11"  # the later one has every page of the first, and more
NARROW = {"width": 320, "height": 640}
pytestmark = [pytest.mark.browser, pytest.mark.build]


@pytest.fixture(scope="module")
def browser(chromium) -> Iterator[Browser]:
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(book) -> Path:
    return book / "_build" / "html"


@pytest.fixture(scope="module")
def served(site) -> Iterator[str]:
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(site))
    handler.log_message = lambda *_: None  # type: ignore[attr-defined]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@contextlib.contextmanager
def opened(browser: Browser, **options) -> Iterator[Page]:
    context = browser.new_context(**options)
    yield context.new_page()
    context.close()


def pages(site: Path, lang: str) -> list[Path]:
    return sorted(path for path in (site / EDITION / lang).glob("*.html") if path.name != "index.html")  # which leads on to the overview


def alone(site: Path) -> list[Path]:
    """Pages that stand outside the books: an exhibit's own page, of a figure and of a table, and the list of its editions."""
    own = [site / EDITION / "figures" / id / "index.html" for id in (FIGURE, "tier-definitions")]
    return [*own, site / "figures" / FIGURE / "index.html", site / "index.html", site / "errata.html"]


UNFOLD = "document.querySelectorAll('details').forEach(part => { part.open = true })"


@pytest.mark.parametrize(
    ("lang", "query", "found"),
    [
        ("ja", "国際共同研究", "overview.html"),
        ("ja", "共同公募", "tiers.html"),
        ("ja", "第3階層", "tiers.html"),
        ("ja", "頭脳循環", "glossary.html"),
        ("ja", "2386", "trends.html"),
        ("en", "joint call", "tiers.html"),
        ("en", "SATREPS", "programmes.html"),
    ],
)
@pytest.mark.parametrize("over", ["file", "http"])
def test_the_search_finds(browser, site, served, over, lang, query, found):
    top = site.as_uri() if over == "file" else served
    with opened(browser) as page:
        page.goto(f"{top}/{EDITION}/{lang}/search.html?q={quote(query)}")
        page.wait_for_selector("ul.search li a", timeout=15_000)
        page.wait_for_function("document.querySelector('#search-progress') === null || document.querySelectorAll('ul.search li').length > 2")
        page.wait_for_timeout(1500)
        hits = page.eval_on_selector_all("ul.search li a", "links => links.map(link => link.getAttribute('href'))")

    assert found in {hit.split("?")[0].split("#")[0].split("/")[-1] for hit in hits}


def test_the_search_does_not_find_what_is_not_there(browser, site):
    with opened(browser) as page:
        page.goto(f"{site.as_uri()}/{EDITION}/ja/search.html?q={quote('国際競技大会')}")
        page.wait_for_timeout(3000)

        assert page.locator("ul.search li").count() == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_asks_another_host_or_writes_an_error(browser, site, lang):
    asked: list[str] = []
    errors: list[str] = []
    with opened(browser) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        for path in [*pages(site, lang), *alone(site)]:
            page.goto(path.as_uri())

    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert errors == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_scrolls_sideways_at_320_pixels(browser, site, lang):
    wide = []
    with opened(browser, viewport=NARROW) as page:
        for path in [*pages(site, lang), *alone(site)]:
            page.goto(path.as_uri())
            page.evaluate(UNFOLD)
            if page.evaluate("document.documentElement.scrollWidth") > NARROW["width"]:
                wide.append(path.name)

    assert wide == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_has_a_serious_axe_finding(browser, site, lang, scheme):
    """Every page in Japanese by day; dark differs by its colours alone, English by its words, and one page of each kind stands for its like."""
    found = []
    options = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
    kinds = {re.sub("-.*", "", path.stem): path for path in pages(site, lang)}
    looked = pages(site, lang) if (lang, scheme) == ("ja", "light") else list(kinds.values())
    with opened(browser, color_scheme=scheme) as page:
        for path in [*alone(site), *looked]:
            page.goto(path.as_uri())
            if path.stem in ("trends", "values") or path in alone(site):
                page.evaluate(UNFOLD)
            violations = Axe().run(page, options=options).response["violations"]
            found += [(path.name, item["id"], item["nodes"][0]["html"][:120]) for item in violations if item["impact"] in ("serious", "critical")]

    assert found == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_scrolls_at_320_pixels_is_reached_by_the_keyboard(browser, site, lang):
    """One page of each kind stands for its like; folded parts are looked at unfolded."""
    found = []
    kinds = {re.sub("-.*", "", path.stem): path for path in pages(site, lang)}
    with opened(browser, viewport=NARROW) as page:
        for path in [*alone(site), *kinds.values(), *sorted((site / EDITION / lang).glob("workings-funder-*.html"))[:1]]:
            page.goto(path.as_uri())
            page.evaluate(UNFOLD)
            violations = Axe().run(page, options={"runOnly": ["scrollable-region-focusable"]}).response["violations"]
            found += [(path.name, item["nodes"][0]["html"][:120]) for item in violations]

    assert found == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_works_with_scripts_off(browser, site, lang):
    with opened(browser, java_script_enabled=False) as page:
        page.goto((site / EDITION / lang / "tiers.html").as_uri())
        page.locator("figure.exhibit details summary").first.click()

        assert page.locator("figure.exhibit svg").first.is_visible()
        assert page.locator("figure.exhibit details .data-table").first.is_visible()
        assert page.locator("a.twin").is_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_citations_and_files_are_reached_without_scripts(browser, site, lang):
    with opened(browser, java_script_enabled=False) as page:
        page.goto((site / EDITION / lang / "trends.html").as_uri())
        offer = page.locator(f"figure#{FIGURE} details.offer")
        offer.locator("> summary").click()

        assert EDITION in offer.locator("pre.citation").first.inner_text()
        assert offer.locator("a[download]").first.is_visible()
        assert page.locator("button.copy-citation").count() == 0


@pytest.mark.parametrize("over", ["file", "http"])
def test_a_button_copies_the_citation(browser, site, served, over):
    top = site.as_uri() if over == "file" else served
    with opened(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        for path in (f"{EDITION}/en/trends.html", f"{EDITION}/figures/{FIGURE}/index.html"):
            page.goto(f"{top}/{path}")
            page.evaluate(UNFOLD)
            button = page.locator("button.copy-citation").first
            button.click()

            expect(button).to_have_text(page.locator("pre.citation").first.get_attribute("data-copied"))
            assert page.evaluate("navigator.clipboard.readText()") == page.locator("pre.citation").first.text_content()


def test_a_number_says_what_it_is_on_hover_and_on_focus_and_leads_to_its_row(browser, site):
    with opened(browser) as page:
        page.goto((site / EDITION / "en" / "trends.html").as_uri())
        number = page.locator("a.value").first
        tip = page.locator(f"#{number.get_attribute('aria-describedby')}")
        assert not tip.is_visible()
        number.hover()
        assert tip.is_visible()
        assert all(word in tip.inner_text() for word in ("Id ", "Unit ", "How it was found ", "Rests on ", "Source "))
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
        page.goto((site / EDITION / "en" / "trends.html").as_uri())
        mark = page.locator('.drawing [role="graphics-symbol"][aria-label]').first
        mark.scroll_into_view_if_needed()
        mark.hover(force=True)

        assert page.locator("#mark-says").text_content() == mark.get_attribute("aria-label")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_page_leads_to_its_twin_and_back(browser, site, lang):
    lost = []
    with opened(browser, java_script_enabled=False) as page:
        for path in pages(site, lang):
            page.goto(path.as_uri())
            page.locator("a.twin").first.click()
            page.locator("a.twin").first.click()
            if not page.url.startswith(path.as_uri()):
                lost.append(path.name)

    assert lost == []


def test_the_front_page_leads_to_both_languages(browser, site):
    with opened(browser) as page:
        for lang in LANGUAGES:
            page.goto((site / "index.html").as_uri())
            page.locator(f'li a[lang="{lang}"]').first.click()
            page.wait_for_url(f"**/{lang}/overview.html")

            assert page.locator("html").get_attribute("lang") == lang


def test_the_keyboard_reaches_the_data_table(browser, site):
    with opened(browser) as page:
        page.goto((site / EDITION / "ja" / "tiers.html").as_uri())
        page.locator("figure.exhibit details summary").first.focus()
        page.keyboard.press("Enter")

        assert page.locator("figure.exhibit details").first.get_attribute("open") is not None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_section_of_a_page_is_addressed_by_its_label(site, lang):
    for path in pages(site, lang):
        source = Path(__file__).parents[2] / "book" / lang / f"{re.sub('-.*', '', path.stem)}.md"
        if source.exists() and not path.stem.startswith("workings-"):
            names = {page.stem for page in pages(site, lang)}
            prose = book_module.kept(source.read_text(encoding="utf-8"), names).replace("@subject@", path.stem.partition("-")[2])
            labels = re.findall(r"^\(([a-z0-9-]+)\)=$", prose, re.M)
            assert re.findall(r'<section id="([^"]*)"', path.read_text(encoding="utf-8"))[1:] == labels, path.name


@pytest.mark.parametrize(("edition", "told"), [(FIRST, EDITION), (EDITION, "")])
def test_a_page_names_a_newer_edition_where_there_is_one(browser, site, edition, told):
    with opened(browser) as page:
        page.goto((site / edition / "ja" / "tiers.html").as_uri())
        page.wait_for_timeout(300)
        notices = page.locator(".edition-notice a")

        assert notices.count() == (1 if told else 0)
        if told:
            notices.first.click()
            page.wait_for_url(f"**/{told}/ja/overview.html")


HOSTILE = "</script><img src=x onerror=\"document.title='run'\">{{7*7}} = {include} $x$ \u202e"
CORRECTED = {
    "id": "2019-09-c1-x", "date": "2026-11-23", "edition": FIRST, "corrected_edition": "2019-09-c1", "table": "claims",
    "row": "satreps-request-fy2020", "column": "value", "wrong": "2386", "right": HOSTILE, "reason_ja": "理由", "reason_en": HOSTILE,
    "effect_ja": HOSTILE, "effect_en": "none",
}  # fmt: skip


def test_the_errata_show_every_part_of_a_correction_and_run_nothing(browser, site, tmp_path):
    """The corrected edition stands in the list of editions, so that a page of the first one names it before a newer one."""
    made = site_module.site([site / FIRST, site / EDITION], tmp_path / "site", [CORRECTED], [])
    (made / "editions.js").write_text(f'window.evidenceEditions = ["{FIRST}", "{FIRST}-c1", "{EDITION}"];\n', encoding="utf-8")
    with opened(browser) as page:
        page.goto((made / "errata.html").as_uri())
        text = page.locator("main").inner_text()

        assert page.title() == "正誤表 / Errata"
        assert page.locator("main img").count() == 0
        for part in ("2026-11-23", "claims.csv", "satreps-request-fy2020", "2386", "理由", "{{7*7}} = {include} $x$", "satreps-change-pct"):
            assert part in text
        page.goto((made / FIRST / "en" / "trends.html").as_uri())
        page.wait_for_timeout(300)

        assert f"{FIRST}-c1" in page.locator(".edition-notice").inner_text()
