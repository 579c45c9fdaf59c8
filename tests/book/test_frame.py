"""What stands around a page: the edition, what to read instead, the same place in the other language; for every eye and on paper."""

import itertools
import json
import re
from pathlib import Path

import lxml.html
import pytest
from axe_playwright_python.sync_playwright import Axe

from evidence import words
from evidence.words import LANGUAGES
from tests.book.test_browser import FIRST_ROWS, NARROW, UNFOLD, VIOLATIONS, opened
from tests.projects import CORRECTED, FIRST, SECOND

LANDING = "figures/growth-bars/index.html"


@pytest.fixture(scope="module")
def site(small_book) -> Path:
    return small_book / "_build" / "html"


def pages(site: Path, lang: str, edition: str = SECOND) -> dict[str, lxml.html.HtmlElement]:
    found = sorted(path for path in (site / edition / lang).glob("*.html") if path.name != "index.html")
    return {path.name: lxml.html.parse(path).getroot() for path in found}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("edition", [FIRST, CORRECTED, SECOND])
def test_the_edition_stands_in_title_sidebar_and_foot(site, edition, lang):
    named = words.word("ui.edition", lang, name=edition)
    places = ("//title", "//a[contains(@class, 'logo')]", "//p[@class='colophon']")
    told = {name: [named in " ".join(page.xpath(f"{place}//text()")) for place in places] for name, page in pages(site, lang, edition).items()}

    assert len(told) > 15 and {name: found for name, found in told.items() if found != [True] * 3} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_of_chapters_leads_to_each_and_where_the_reader_is_to_the_pages_below_it(site, lang):
    told = pages(site, lang)
    own = set(told) - {"search.html", "overview.html"}  # the first page has a link of its own above the list

    for name, page in told.items():
        here = above(name) or name
        links = page.xpath("//nav[contains(@class, 'bd-links')]//li[not(ancestor::ul[contains(@class, 'home-link')])]/a")
        assert sorted(name if link.get("href") == "#" else link.get("href") for link in links) == sorted(
            one for one in own if above(one) in ("", here)
        )
        assert [link.get("href") for link in links if "current" in link.get("class").split()] == (["#"] if name in own else [])
        opened = page.xpath("//nav[contains(@class, 'bd-links')]//details")
        assert [one.xpath("string(preceding-sibling::a/@href)") for one in opened] == (
            ["#" if here == name else here] if here in map(above, own) else []
        )


def above(name: str) -> str:
    """The page in the list of chapters that this one lies below, if any."""
    return "trends.html" if name.startswith("funder-") else "workings.html" if name.startswith("workings-") else ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_exhibit_is_a_heading_that_one_can_jump_to(site, lang):
    figures = [figure for page in pages(site, lang).values() for figure in page.xpath("//figure[contains(@class, 'exhibit')]")]

    assert len(figures) > 8
    assert [
        figure.get("id") for figure in figures if figure.xpath(".//*[self::h2 or self::h3 or self::h4]/a/@href") != [f"#{figure.get('id')}"]
    ] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_of_exhibits_leads_to_each_of_them_once(site, lang):
    told = json.loads((site / SECOND / "figures.json").read_text(encoding="utf-8"))
    links = pages(site, lang)["exhibits.html"].xpath("//article//tbody/tr/td[2]/a")

    assert {(link.get("href"), link.text_content()) for link in links} >= {(one["page"][lang].rpartition("/")[2], one["title"][lang]) for one in told}
    assert len(links) == len(told) > 8


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_level_of_headings_is_passed_over(site, lang):
    for name, page in pages(site, lang).items():
        levels = [1, *(int(head.tag[1]) for head in page.xpath("//article//*[self::h1 or self::h2 or self::h3 or self::h4]"))]

        assert [(up, down) for up, down in itertools.pairwise(levels) if down > up + 1] == [], name


@pytest.mark.parametrize(("edition", "kind", "to"), [(FIRST, "corrected", CORRECTED), (CORRECTED, "newer", SECOND), (SECOND, "", "")])
def test_an_exhibits_own_page_says_what_to_read_instead(browser, site, edition, kind, to):
    with opened(browser) as page:
        page.goto((site / edition / LANDING).as_uri())
        page.wait_for_function("window.evidenceEditions !== undefined")
        told = [link.inner_text() for link in page.locator(".edition-notice a").all()]

        assert told == ([words.word(f"ui.{kind}_edition", lang, name=to) for lang in LANGUAGES] if kind else [])
        assert all((page.locator(".edition-notice").nth(place).is_visible()) == bool(kind) for place in range(2))


def test_the_other_language_opens_at_the_same_place(browser, site):
    with opened(browser) as page:
        page.goto((site / SECOND / "ja" / "trends.html").as_uri() + "#growth-bars")
        page.wait_for_timeout(300)
        page.locator("a.twin").first.click()
        page.wait_for_url("**/en/trends.html#*")

        assert page.evaluate("location.hash") == "#growth-bars"


@pytest.mark.parametrize("mode", ["narrow", "print"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_has_a_serious_axe_finding_at_320_pixels_or_on_paper(browser, site, lang, mode):
    """A page of each kind stands for its like."""
    kinds = {re.sub("-.*", "", path.stem): path for path in sorted((site / SECOND / lang).glob("*.html")) if path.name != "index.html"}
    found = []
    with opened(browser, viewport=NARROW if mode == "narrow" else {"width": 794, "height": 1123}) as page:
        page.emulate_media(media="print" if mode == "print" else "screen")
        for path in [*kinds.values(), site / SECOND / LANDING, site / "index.html"]:
            page.goto(path.as_uri())
            page.evaluate(FIRST_ROWS)
            page.evaluate(UNFOLD)
            violations = Axe().run(page, options=VIOLATIONS).response["violations"]
            found += [(path.name, item["id"], item["nodes"][0]["html"][:160]) for item in violations if item["impact"] in ("serious", "critical")]

    assert found == []
