"""What is said in many places is said in one: each kind of page and file of the small book weighs no more than what it alone tells.

Limits are what stood there when they were set, and a tenth more: a page or file that grows beyond says why, here.
"""

import json
import zipfile
from pathlib import Path

import lxml.html
import pytest

from evidence.words import LANGUAGES
from tests.projects import SECOND

OFFICE = {"docx": 7_000, "pptx": 20_000, "xlsx": 11_000}  # bytes of a file beside its pictures
pytestmark = pytest.mark.build


@pytest.fixture(scope="module")
def edition(small_book) -> Path:
    return small_book / "_build" / "html" / SECOND


def pages(edition: Path, pattern: str) -> list[tuple[str, lxml.html.HtmlElement]]:
    return [(path.name, lxml.html.parse(path).getroot()) for lang in LANGUAGES for path in sorted((edition / lang).glob(pattern))]


def test_the_workings_lead_to_an_exhibit_and_do_not_hold_it_again(edition):
    found = pages(edition, "workings-*.html")
    led = [link for _, page in found for link in page.xpath("//div[contains(@class, 'cell_output')]//a/@href")]

    assert [name for name, page in found if page.xpath("//div[contains(@class, 'cell_output')]//*[self::svg or self::table]")] == []
    assert {link.partition("#")[2] for link in led} == {one["id"] for one in json.loads((edition / "figures.json").read_text(encoding="utf-8"))}
    assert [link for link in led if not (edition / "ja" / link.partition("#")[0]).is_file()] == []


def test_the_pictures_of_the_workings_are_the_published_ones_and_come_when_they_are_seen(edition):
    found = [picture for _, page in pages(edition, "workings-*.html") for picture in page.xpath("//div[contains(@class, 'cell_output')]//img")]

    assert found and {picture.get("loading") for picture in found} == {"lazy"}
    assert [picture.get("src") for picture in found if not (edition / "ja" / picture.get("src")).is_file()] == []


def test_a_table_tells_the_names_of_its_columns_once(edition):
    tables = [table for _, page in pages(edition, "[!w]*.html") for table in page.xpath("//div[contains(@class, 'data-table')]/table[thead]")]

    assert len(tables) > 20
    for table in tables:
        heads = [" ".join(head.text_content().split()) for head in table.xpath("thead//th")]
        assert all(f'--h{place}:"{head}"' in table.get("style") for place, head in enumerate(heads, start=1) if '"' not in head)
        assert not table.xpath(".//*[@data-label]")


def test_how_the_page_of_an_exhibit_or_value_looks_is_told_once(edition):
    found = sorted([*edition.glob("figures/*/index.html"), *edition.glob("values/*/index.html")])
    sheets = {path: lxml.html.parse(path).getroot().xpath("//link[@rel='stylesheet']/@href") for path in found}

    assert [path for path in found if lxml.html.parse(path).getroot().xpath("//style")] == []
    assert found and all(
        (path.parent / "../../ja/_static/landing.css").is_file() and "../../ja/_static/landing.css" in sheets[path] for path in found
    )


@pytest.mark.parametrize("kind", OFFICE)
def test_an_office_file_holds_what_it_shows(edition, kind):
    heavy = {}
    for path in edition.glob(f"figures/*/*.{kind}"):
        with zipfile.ZipFile(path) as archive:
            own = path.stat().st_size - sum(entry.compress_size for entry in archive.infolist() if "/media/" in entry.filename)
        if own > OFFICE[kind]:
            heavy[path.name] = own

    assert heavy == {}


def test_what_programs_read_of_an_exhibit_lies_beside_it_and_is_listed_nowhere_again(edition):
    cited = json.loads((edition / "citations.json").read_text(encoding="utf-8"))
    for one in json.loads((edition / "figures.json").read_text(encoding="utf-8")):
        page = lxml.html.parse(edition / "figures" / one["id"] / "index.html").getroot()
        (dataset, *_) = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))["@graph"]
        listed = {part["contentUrl"] for part in dataset["distribution"]}
        linked = set(page.xpath("//link[@rel='item' or @rel='describedby']/@href"))

        assert not {"bibtex", "ris", "csl-json"} & set(cited[one["id"]]["ja"])
        assert listed == {f"{one['id']}.csv", *(f"{one['id']}.{lang}.xlsx" for lang in LANGUAGES)}
        assert {f"{one['id']}.{lang}.{ending}" for lang in LANGUAGES for ending in ("bib", "ris", "csl.json", "docx", "pptx")} <= linked
