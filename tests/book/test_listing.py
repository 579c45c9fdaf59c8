"""The list of exhibits: every figure and table with picture, chapter, what it is of, years and files, as a page and as a file."""

import csv
import io
import json
from pathlib import Path
from urllib.parse import unquote

import frictionless
import lxml.html
import pytest

from evidence.book import elsewhere
from evidence.tables.edition import opened as edition
from evidence.words import LANGUAGES
from tests.book.test_browser import opened
from tests.projects import SECOND

OWN = "//figure[@id='gallery']//tbody/tr"
HEADS = {
    "ja": ["番号", "識別子", "種類", "題名", "章", "対象", "期間", "ファイル", "ページ"],
    "en": ["Number", "Id", "Kind", "Title", "Chapter", "Of what", "Years", "Files", "Page"],
}


@pytest.fixture(scope="module")
def site(small_book) -> Path:
    return small_book / "_build" / "html" / SECOND


def listed(site: Path, lang: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((site / lang / "exhibits.csv").read_bytes().decode("utf-8-sig"))))


def rows(site: Path, lang: str) -> list[lxml.html.HtmlElement]:
    return lxml.html.parse(site / lang / "exhibits.html").getroot().xpath(OWN)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_and_file_list_every_exhibit_with_its_chapter_and_its_files(site, lang):
    told = {one["id"]: one for one in json.loads((site / "figures.json").read_text(encoding="utf-8"))}
    found = listed(site, lang)

    assert list(found[0]) == HEADS[lang]
    number, id, _, title, chapter, _, _, files, page = HEADS[lang]
    assert {row[id]: (row[number], row[title], row[page]) for row in found} == {
        id: (one["number"][lang], one["title"][lang], one["page"][lang]) for id, one in told.items()
    }
    assert [row.get("id") for row in rows(site, lang)] == [f"listed-{row[id]}" for row in found]
    assert all(row[chapter] and row[files] and (site / path).is_file() for row in found for path in row[files].split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_an_exhibit_is_of_and_its_years_are_those_of_the_rows_it_rests_on(site, lang):
    told = {row[HEADS[lang][1]]: (row[HEADS[lang][5]], row[HEADS[lang][6]]) for row in listed(site, lang)}
    north, joint = {"ja": ("北国", "、"), "en": ("Northland", "; ")}[lang]

    assert north in told["observation-rows"][0].split(joint) and "20" in told["observation-rows"][1]
    assert told["funder-facts-north"][0] and told["funder-facts-north"][0] != told["funder-facts-south"][0]
    assert told["share-lines"] == ({"ja": "北国、南国", "en": "Northland; Southland"}[lang], {"ja": "2015年から2018年まで", "en": "2015–2018"}[lang])


def test_what_is_told_of_a_claim_that_no_table_names_is_no_name():
    claims = edition("2026-11").claims
    plan = claims["id"][claims["about"].eq("plan")].iloc[0]
    made = {"exhibits": {"a": {"id": "a", "basis": [plan, "anr-international-funding-2014"], "counted": [], "subject": "", "period": ""}}}
    elsewhere.name(made, edition("2026-11"), "en")

    assert made["exhibits"]["a"]["entities"] == ["French National Research Agency (ANR)"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_has_a_small_picture_that_no_first_visit_loads(site, lang):
    for row in rows(site, lang):
        picture = row.xpath("./td[1]/*")[0]

        assert (picture.get("width"), picture.get("height")) == ("128", "80")
        assert picture.tag == "svg" or (picture.get("loading") == "lazy" and (site / lang / unquote(picture.get("src"))).is_file())


def test_the_files_of_the_list_are_described_with_those_of_the_edition(site, tmp_path):
    package = json.loads((site / "datapackage.json").read_text(encoding="utf-8"))
    paths = {f"{lang}/exhibits.csv" for lang in LANGUAGES}

    assert paths <= {one["path"] for one in package["resources"]}
    assert all(path in (site / name).read_text(encoding="utf-8") for path in paths for name in ("SHA256SUMS", "ro-crate-metadata.json"))
    assert all('href="../' + lang + '/exhibits.csv"' in (site / lang / "how_to_cite.html").read_text(encoding="utf-8") for lang in LANGUAGES)
    described = [one for one in package["resources"] if one["path"] in paths]
    for path in paths:
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_bytes((site / path).read_bytes())
    (tmp_path / "datapackage.json").write_text(json.dumps({**package, "resources": described}), encoding="utf-8")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])


@pytest.mark.browser
@pytest.mark.parametrize("width", [1400, 360])
def test_the_list_is_filtered_and_stands_without_scripts(browser, site, width):
    address = (site / "ja" / "exhibits.html").as_uri()
    with opened(browser, viewport={"width": width, "height": 900}) as page:
        page.goto(address)
        page.get_by_label("行を絞り込む").fill("growth-bars")

        assert page.locator("#gallery tbody tr:visible").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    with opened(browser, java_script_enabled=False) as page:
        page.goto(address)

        assert page.locator("#gallery tbody tr:visible").count() == len(rows(site, "ja"))


@pytest.mark.browser
def test_the_list_is_sorted_by_what_has_an_order_and_not_by_pictures_and_files(browser, site):
    with opened(browser, viewport={"width": 1920, "height": 900}) as page:
        page.goto((site / "en" / "exhibits.html").as_uri())
        buttons = page.locator("#gallery thead th").evaluate_all("heads => heads.map(head => head.querySelectorAll('.sort').length)")
        offered = page.locator("#gallery").locator("xpath=..").locator("select").first.locator("option").all_inner_texts()

        assert buttons == [1, 0, 1, 1, 1, 1, 0]
        assert offered and not [one for one in offered if one.startswith(("Picture", "Files"))]
