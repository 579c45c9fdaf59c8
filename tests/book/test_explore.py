"""What a reader asks of a figure: series and years chosen, read, sent and saved, under the strict policy and from a file; nothing of it before."""

import csv
import json
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import etree
from playwright.sync_api import Page

from evidence import charts
from evidence.analysis import trends
from evidence.book import explore
from evidence.words import LANGUAGES
from tests.book.test_browser import VIOLATIONS, opened
from tests.book.test_policy import KEPT, POLICY
from tests.conftest import serving
from tests.projects import PROJECT, SECOND

FIGURE = "share-lines"
SCRIPT = PROJECT / "src" / "evidence" / "book" / "templates" / explore.SCRIPT
WHAT_IF = {
    "kind": "what-if", "id": "supposed", "title": "T", "axis": "A", "guards": ["Not a forecast."], "stamp": "evidence-book:x", "citation": "C",
    "own": {"name": "own", "base": 1777.0, "growth": 7.0, "years": 5, "most": trends.MOST_YEARS}, "peers": [["Peer", 5.0, 9.0, 6.0, "supposed"]],
    "words": dict.fromkeys(explore._SHOWN, "word"),
}  # fmt: skip
pytestmark = [pytest.mark.browser, pytest.mark.build]


@pytest.fixture(scope="module")
def site(small_book) -> Path:
    return small_book / "_build" / "html"


@pytest.fixture(scope="module")
def served(site) -> Iterator[str]:
    yield from serving(site, content_security_policy=POLICY)


def asked(page: Page, top: str, lang: str, query: str = "") -> Page:
    page.add_init_script(KEPT)
    page.goto(f"{top}/{SECOND}/{lang}/coauthorship.html{query}")
    if not query:
        page.locator(f".explore-ask[data-id={FIGURE}]").click()
    page.wait_for_selector(".explore-drawing, .explore table")
    return page


@pytest.fixture(params=["file", "http"])
def top(request, site, served) -> str:
    return site.as_uri() if request.param == "file" else served


def test_nothing_is_loaded_before_a_reader_asks_and_nothing_is_offered_without_scripts(browser, served):
    with opened(browser) as page:
        loaded: list[str] = []
        page.on("request", lambda request: loaded.append(request.url))
        page.goto(f"{served}/{SECOND}/ja/coauthorship.html")
        page.wait_for_load_state("networkidle")
        before = [url for url in loaded if "/explore/" in url]
        page.locator(".explore-ask").first.click()
        page.wait_for_selector(".explore-drawing")

        assert before == []
        assert [url.rpartition("/")[2] for url in loaded if "/explore/" in url] == ["explore.js", f"{FIGURE}.js"]
    with opened(browser, java_script_enabled=False) as page:
        page.goto(f"{served}/{SECOND}/ja/coauthorship.html")

        assert not page.locator(".explore-ask").first.is_visible() and page.locator(f"#{FIGURE} .drawing svg").first.is_visible()


def test_what_is_chosen_stands_in_the_address_and_is_shown_to_whom_it_is_sent(browser, top):
    with opened(browser) as page:
        asked(page, top, "en")
        page.get_by_label("Southland", exact=True).uncheck()
        page.get_by_label("From", exact=True).fill("2016")
        page.keyboard.press("Tab")
        page.get_by_label("Shown as").select_option("table")
        sent, wrong = page.url, page.evaluate("window.held")
    with opened(browser) as page:
        page.add_init_script(KEPT)
        page.goto(sent)
        page.wait_for_selector(".explore table")
        rows = page.locator(".explore tbody tr").all_inner_texts()

        assert [row.split("\t") for row in rows] == [["Northland", "2016", "32.7%"], ["Northland", "2017", "35.0%"], ["Northland", "2018", "38.0%"]]
        assert wrong == page.evaluate("window.held") == []


def test_an_address_chooses_only_what_the_figure_has(browser, top):
    query = f"?explore={FIGURE}&series=northland%20%3Cimg%20src%3Dx%3E&from=-1e9&to=Infinity&as=%3Cb%3E"
    with opened(browser) as page:
        asked(page, top, "en", query)

        assert page.locator(".explore fieldset input:checked").evaluate_all("all => all.map(one => one.value)") == ["northland"]
        assert (page.get_by_label("From", exact=True).input_value(), page.get_by_label("To", exact=True).input_value()) == ("2015", "2018")
        assert page.evaluate("window.held") == [] and page.locator(".explore img").count() == 0


def test_values_are_read_by_keyboard(browser, top):
    with opened(browser) as page:
        asked(page, top, "en")
        page.locator(".explore-drawing").focus()
        read = []
        for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft"):
            page.keyboard.press(key)
            read.append(page.locator(".explore-told").inner_text())

        assert read == ["Northland, 2015: 30.0%", "Northland, 2016: 32.7%", "Southland, 2016: 19.0%", "Southland, 2015: 20.0%"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_shown_is_saved_with_the_stamp_of_the_exhibit_and_says_that_it_is_a_selection(browser, site, top, lang):
    spec = json.loads((site / SECOND / "figures" / FIGURE / f"{FIGURE}.{lang}.vl.json").read_text(encoding="utf-8"))
    stamp = spec["usermeta"]["evidence"]["identifier"]
    saved = {}
    with opened(browser) as page:
        asked(page, top, lang)
        for kind in ("svg", "png", "csv"):
            with page.expect_download() as loading:
                page.locator(f".explore-save[data-kind={kind}]").click()
            saved[kind] = Path(loading.value.path()).read_bytes()
            assert loading.value.suggested_filename == f"{FIGURE}.{lang}.selection.{kind}"
        told = page.evaluate("window.evidenceAsked.words.selection")

        assert page.evaluate("window.held") == []
    drawing = "".join(etree.fromstring(saved["svg"]).itertext())
    rows = list(csv.DictReader(saved["csv"].decode("utf-8-sig").splitlines()))
    assert f"{stamp} {told}" in drawing
    assert {(row["stamp"], row["note"]) for row in rows} == {(stamp, told)} and len(rows) == 8
    assert float(list(rows[0].values())[2]) == 30.0
    assert saved["png"][:4] == b"\x89PNG" and f"tEXtComment\0{stamp} (selection)".encode() in saved["png"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("scheme", "wide"), [("light", 1300), ("dark", 360)])
def test_it_has_no_serious_axe_finding_and_does_not_scroll_sideways(browser, served, lang, scheme, wide):
    with opened(browser, viewport={"width": wide, "height": 800}, color_scheme=scheme, bypass_csp=True) as page:
        for query in ("", f"?explore={FIGURE}&as=table"):
            asked(page, served, lang, query)
            found = Axe().run(page, context=".explore", options=VIOLATIONS).response["violations"]

            assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found if one["impact"] in ("serious", "critical")] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= wide


def test_the_browser_computes_a_what_if_as_the_analysis_does(browser):
    """Over a grid of growths and years, own and beside two peers, of which one is stated over too few years for some."""
    claims = pd.DataFrame({"id": ["b"], "value": [1777.0], "measure": ["budget"]})
    ranges = pd.DataFrame({
        "name_ja": ["A", "B"], "name_en": ["A", "B"],
        "measure_kind": "budget", "span_years": [3.0, 6.0], "annual_low_pct": [-4.5, 3.2], "annual_high_pct": [12.0, 3.9],
        "claims": ["g", "h"],
    })  # fmt: skip
    wrong = []
    with opened(browser) as page:
        page.add_script_tag(path=SCRIPT)
        for growth in (-50.0, -3.3, 0.0, 7.0, 100.0):
            for years in (1, 2, 3, 5, 6, 30):
                path = trends.what_if(claims, "b", growth, years)
                beside = trends.beside_peers(path, ranges, "scenario.own")
                mine = page.evaluate("([base, growth, years]) => evidenceExplore.reached(base, growth, years)", [1777.0, growth, years])
                peers = page.evaluate(
                    "([base, peers, years]) => peers.map(peer => evidenceExplore.atPeer(base, peer, years)).filter(Boolean)",
                    [1777.0, ranges[["name_en", "annual_low_pct", "annual_high_pct", "span_years"]].to_numpy().tolist(), years],
                )
                theirs = beside[["low_jpy_m", "high_jpy_m"]].to_numpy().tolist()
                same = [pytest.approx(pair, rel=1e-12) for pair in theirs]
                wrong += [] if [[mine, mine], *peers] == same else [(growth, years)]

    assert wrong == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_reader_reads_the_numbers_of_a_figure_in_the_unit_that_its_axis_names(lang):
    """Japanese counts money in hundreds of millions, the table in millions: the axis of the drawing moves what it writes."""
    claims = pd.DataFrame({"id": ["b"], "value": [1777.0], "measure": ["budget"]})
    path = trends.what_if(claims, "b", 7.0, 5)
    peers = pd.DataFrame(columns=["name", "measure_kind", "span_years", "annual_low_pct", "annual_high_pct", "claims"])
    table = trends.beside_peers(path, peers, "scenario.own")
    asked = explore.found(charts.trends.what_if(table, lang).to_dict())
    last = asked["own"]["base"] * 1.07**5

    assert table["high_jpy_m"].iloc[0] == pytest.approx(2492.33, abs=0.01)
    assert (asked["axis"], round(last, 2)) == {"ja": ("予算額（億円）", 24.92), "en": ("Budget (JPY million)", 2492.33)}[lang]


def test_what_an_axis_writes_in_a_way_that_is_not_known_is_not_offered():
    mark = {"encoding": {"description": {"field": "says"}, "x": {"field": "year"}, "y": {"field": "n", "type": "quantitative", "title": "N"}}}
    rows = [{"entity": "a", "name": "A", "year": year, "n": 1.0, "says": "A: 1"} for year in (2001, 2002, 2003)]
    spec = {"data": {"name": "d"}, "datasets": {"d": rows}, "layer": [mark]}
    offered = bool(explore.found(spec))
    mark["encoding"]["y"]["axis"] = {"labelExpr": "datum.value * 2"}

    assert (offered, explore.found(spec)) == (True, {})


def test_the_growth_and_the_years_of_a_what_if_are_moved_by_keyboard(browser, tmp_path):
    page_of_it = tmp_path / "page.html"
    page_of_it.write_text('<!DOCTYPE html><html lang="en"><p><button aria-label="Explore">Explore</button></p></html>', encoding="utf-8")
    with opened(browser) as page:
        page.goto(page_of_it.as_uri())
        page.add_script_tag(path=SCRIPT)
        page.evaluate("data => evidenceExplore.open(document.querySelector('button'), data)", WHAT_IF)
        page.locator("input[type=range]").nth(1).focus()
        page.keyboard.press("ArrowRight")
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(page.url).query)
        last = page.locator("tbody tr").first.inner_text().split("\t")[1]

    assert (query["growth"], query["years"]) == (["7"], ["6"])
    path = trends.what_if(pd.DataFrame({"id": ["b"], "value": [1777.0], "measure": ["budget"]}), "b", 7.0, 6)
    assert last == f"{path['budget_jpy_m'].iloc[-1]:,.0f}"
