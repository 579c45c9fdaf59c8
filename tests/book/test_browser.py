"""Every page of the whole book as a reader sees it: in a browser, from file:// and over HTTP."""

import contextlib
import csv
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import lxml.html
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from evidence.book import staging as book_module
from evidence.words import LANGUAGES

FIGURE = "budget-growth-range"
VALUE = "anr-annual"
FIRST, EDITION = "2019-09", "2026-11"  # the later one has every page of the first, and more
NARROW = {"width": 320, "height": 640}
pytestmark = [pytest.mark.browser, pytest.mark.build]


@pytest.fixture(scope="module")
def site(book) -> Path:
    return book / "_build" / "html"


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
    around = ("figures/" + FIGURE + "/index.html", "index.html", "errata.html", "review.html")
    return [*own, site / EDITION / "values" / VALUE / "index.html", *(site / path for path in around)]


# The rows of a table are alike, and axe compares each cell with everything around it: the first rows stand for the rest.
FIRST_ROWS = "document.querySelectorAll('tbody tr:nth-child(n+9)').forEach(row => row.remove())"
VIOLATIONS = {"resultTypes": ["violations"]}  # to name each thing that passes takes half of the time
UNFOLD = "document.querySelectorAll('details').forEach(part => { part.open = true })"


def queries(lang: str) -> list[tuple[str, set[str]]]:
    """What readers type, and the places that answer it: a page, or an address in it."""
    with Path(__file__).with_name("queries.csv").open(encoding="utf-8", newline="") as stream:
        return [(row["query"], set(row["found"].split())) for row in csv.DictReader(stream) if row["lang"] == lang]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_search_answers_what_readers_ask_among_its_first_three_hits(browser, site, lang):
    """95 of 100 queries, which were written before the search was tuned."""
    asked = queries(lang)
    with opened(browser) as page:
        page.goto(f"{site.as_uri()}/{EDITION}/{lang}/search.html?q=1")
        found = page.evaluate(
            "asked => asked.map(one => evidenceSearch.found(one).slice(0, 3).map(hit => hit.hit.address))", [one for one, _ in asked]
        )
    missed = [
        query
        for (query, answers), hits in zip(asked, found, strict=True)
        if not {part for hit in hits for part in (hit, hit.split("#")[0])} & answers
    ]

    assert len(missed) <= 0.05 * len(asked), missed


@pytest.mark.parametrize("over", ["file", "http"])
def test_a_hit_is_shown_with_its_kind_and_a_line_of_text_and_leads_to_its_place(browser, site, served, over):
    top = site.as_uri() if over == "file" else served
    with opened(browser) as page:
        page.goto(f"{top}/{EDITION}/ja/search.html?q={quote('図２－３')}")
        hit = page.locator("#hits li").first

        assert "図表" in hit.inner_text() and "件" in page.locator("#hits-told").inner_text()
        hit.locator("a").click()
        page.wait_for_url("**/trends.html#budget-growth-range")


def test_the_search_does_not_find_what_is_not_there(browser, site):
    with opened(browser) as page:
        page.goto(f"{site.as_uri()}/{EDITION}/ja/search.html?q={quote('国際競技大会')}")

        assert page.locator("#hits li").count() == 0
        assert page.locator("#hits-told").inner_text().startswith("見つかりませんでした")


def kinds(site: Path, lang: str) -> dict[str, Path]:
    """A page of each kind, which stands for its like: a profile, the workings behind a page, and every page that is one of its own."""
    return {re.sub("-.*", "", path.stem): path for path in pages(site, lang)}


def violations(page: Page, **options) -> list[dict]:
    """What axe says of the page as it is shown now."""
    return Axe().run(page, options=VIOLATIONS | options).response["violations"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_asks_another_host_writes_an_error_or_scrolls_sideways_at_320_pixels(browser, site, lang):
    """And what scrolls within a page of each kind is reached by the keyboard, folded parts unfolded."""
    asked: list[str] = []
    errors: list[str] = []
    wide, unreached = [], []
    closely = {*alone(site), *kinds(site, lang).values(), *sorted((site / EDITION / lang).glob("workings-funder-*.html"))[:1]}
    with opened(browser, viewport=NARROW) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        for path in [*pages(site, lang), *alone(site)]:
            page.goto(path.as_uri())
            page.evaluate(UNFOLD)
            if page.evaluate("document.documentElement.scrollWidth") > NARROW["width"]:
                wide.append(path.name)
            if path in closely:
                page.evaluate(FIRST_ROWS)
                found = violations(page, runOnly=["scrollable-region-focusable"])
                unreached += [(path.name, item["nodes"][0]["html"][:120]) for item in found]

    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert (errors, wide, unreached) == ([], [], [])


PARTS = 3  # of the pages that are all looked at, so that the workers of a test run share them


@pytest.mark.parametrize(("lang", "part"), [*(("ja", part) for part in range(PARTS)), ("en", 0)])
def test_no_page_has_a_serious_axe_finding(browser, site, lang, part):
    """Every page in Japanese; English differs by its words. Colours, which take most of the time, by day and by night on one page of each kind."""
    found = []
    closely = {*kinds(site, lang).values(), *alone(site)}
    looked = pages(site, lang)[part::PARTS] if lang == "ja" else sorted(kinds(site, lang).values())
    with opened(browser) as page:
        for path in [*([] if part else alone(site)), *looked]:
            page.emulate_media(color_scheme="light")
            page.goto(path.as_uri())
            page.evaluate(FIRST_ROWS)
            if path.stem in ("trends", "values") or path in alone(site):
                page.evaluate(UNFOLD)
            told = violations(page, rules={"color-contrast": {"enabled": path in closely}})
            if path in closely:
                page.emulate_media(color_scheme="dark", reduced_motion="reduce")
                page.wait_for_function("document.documentElement.dataset.theme !== 'light'")
                told += violations(page, runOnly=["color-contrast"])
            found += [(path.name, item["id"], item["nodes"][0]["html"][:120]) for item in told if item["impact"] in ("serious", "critical")]

    assert found == []


def twin(path: Path) -> Path:
    """The page that the page's link to the other language leads to."""
    links = lxml.html.parse(path).xpath("//a[contains(concat(' ', @class, ' '), ' twin ')]/@href")
    return (path.parent / links[0].partition("#")[0]).resolve()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_page_leads_to_its_twin_and_back(site, lang):
    other = {path: twin(path) for path in pages(site, lang)}

    assert len(other) > 30 and not any(there.parent.name == lang for there in other.values())
    assert [path.name for path, there in other.items() if there.name != path.name or twin(there) != path.resolve()] == []


def test_a_click_leads_to_the_twin_and_back(browser, site):
    """Without scripts; where each leads is tested above for all."""
    lost = []
    with opened(browser, java_script_enabled=False) as page:
        for path in (kinds(site, LANGUAGES[0])[kind] for kind in ("overview", "funder", "values")):
            page.goto(path.as_uri())
            page.locator("a.twin").first.click()
            page.locator("a.twin").first.click()
            if not page.url.startswith(path.as_uri()):
                lost.append(path.name)

    assert lost == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_section_of_a_page_is_addressed_by_its_label(site, lang):
    for path in pages(site, lang):
        source = Path(__file__).parents[2] / "book" / lang / f"{re.sub('-.*', '', path.stem)}.md"
        if source.exists() and not path.stem.startswith("workings-"):
            names = {page.stem for page in pages(site, lang)} | {path.name for path in (site / EDITION / "figures").iterdir()}
            prose = book_module.kept(source.read_text(encoding="utf-8"), names).replace("@subject@", path.stem.partition("-")[2])
            labels = re.findall(r"^\(([a-z0-9-]+)\)=$", prose, re.M)
            assert re.findall(r'<section id="([^"]*)"', path.read_text(encoding="utf-8"))[1:] == labels, path.name
