"""What the published book offers to whoever cites it: every exhibit and value of both editions of the whole book."""

import json
import re
from pathlib import Path

import cffconvert
import frictionless
import jsonschema
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from fontTools.ttLib import TTFont
from lxml import html
from pybtex.database import parse_string

from evidence.citing.bibliography import FILES, FORMATS
from evidence.curation import identifiers
from evidence.words import LANGUAGES
from tests.projects import PROJECT

FIRST, LATEST = "2019-09", "2026-11"
DRAWN = ("svg", "png", "pdf", "vl.json")
OFFICE = ("xlsx", "pptx", "docx")
ON_PAGES = {"caption", "text"}  # the forms that most need
TO_COPY = set(FORMATS) - {"bibtex", "ris", "csl-json"}  # which are files of the exhibit
# What the JSON schema of CSL data allows for the fields that we use.
TEXT = {"type": "string", "minLength": 1}
DATES = {"type": "array", "items": {"type": "array", "items": {"type": "integer"}, "maxItems": 3}}
CSL_FIELDS = dict.fromkeys(("id", "title", "container-title", "publisher", "edition", "version", "language", "note", "number", "URL"), TEXT) | {
    "type": {"enum": ["report", "figure", "dataset"]},
    "author": {"type": "array", "items": {"type": "object", "properties": {"literal": TEXT}, "required": ["literal"], "additionalProperties": False}},
    "issued": {"type": "object", "properties": {"date-parts": DATES}, "required": ["date-parts"], "additionalProperties": False},
}  # fmt: skip
CSL = {"type": "array", "items": {"type": "object", "properties": CSL_FIELDS, "required": ["id", "type"], "additionalProperties": False}}
pytestmark = pytest.mark.build


@pytest.fixture(scope="module")
def site(book) -> Path:
    return book / "_build" / "html"


def figures(site: Path, edition: str) -> dict[str, dict]:
    return {record["id"]: record for record in json.loads((site / edition / "figures.json").read_text(encoding="utf-8"))}


@pytest.mark.parametrize("edition", [FIRST, LATEST])
def test_every_character_of_the_japanese_pages_is_in_the_font_that_the_book_carries(site, edition):
    static = site / edition / "ja" / "_static"
    carried = {path.stem: set(TTFont(path).getBestCmap()) for path in static.glob("noto-*.woff2")}
    pages = {path.name: html.fromstring(path.read_bytes()) for path in (site / edition / "ja").glob("*.html")}
    shown = set("".join(text for page in pages.values() for text in page.xpath("//body//text()[not(ancestor::script or ancestor::style)]")))

    assert len(pages) > 10
    assert {char for char in shown if char.isprintable() and ord(char) not in carried["noto-regular"]} == set()


@pytest.mark.parametrize("edition", [FIRST, LATEST])
def test_every_exhibit_has_every_file_its_kind_can_have(site, edition):
    for id, record in figures(site, edition).items():
        endings = (*OFFICE, "bib", "ris", "csl.json", *(DRAWN if record["kind"] == "figure" else ()))
        expected = {f"{id}.csv", "index.html"}
        expected |= {f"{id}.{lang}.{ending}" for lang in LANGUAGES for ending in endings}
        assert {path.name for path in (site / edition / "figures" / id).iterdir()} == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_exhibit_on_a_page_offers_its_citations_and_files_with_their_sizes(site, lang):
    shown = set()
    for path in (site / LATEST / lang).glob("*.html"):
        for offer in html.fromstring(path.read_bytes()).xpath("//figure/details[@class='offer']"):
            links = offer.xpath(".//a[@download]")
            names = [(path.parent / link.get("href")).resolve() for link in links]
            id = offer.xpath("string(.//code)")
            shown.add(id)
            assert all(name.is_file() for name in names), path.name
            sizes = [link.getnext().text for link in links]
            assert all(re.fullmatch(r"[\d.]+ (B|KB|MB)", size) for size in sizes)
            whole = [size for size, name in zip(sizes, names, strict=True) if name.stat().st_size < 1024]
            assert whole == [f"{name.stat().st_size} B" for name in names if name.stat().st_size < 1024]
            assert len(offer.xpath(".//pre[@class='citation']")) == len(ON_PAGES)
            page = html.fromstring((site / LATEST / "figures" / id / "index.html").read_bytes())
            forms = [form for form in page.xpath("//pre[@class='citation']/@aria-labelledby") if form.startswith(f"{lang}-")]
            assert {form.removeprefix(f"{lang}-{id}-") for form in forms} == TO_COPY
            other = next(one for one in LANGUAGES if one != lang)
            assert not any(f".{other}." in name.name for name in names)

    assert shown == set(figures(site, LATEST))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_in_a_sentence_leads_to_its_row_and_says_what_it_is(site, lang):
    rows = {row.get("id"): row for row in html.fromstring((site / LATEST / lang / "values.html").read_bytes()).xpath("//tr[@id]")}
    quoted = 0
    for path in (site / LATEST / lang).glob("*.html"):
        for link in html.fromstring(path.read_bytes()).xpath("//a[@class='value']"):
            quoted += 1
            target = link.get("href").partition("#")[2]
            tip = link.getnext()
            assert link.get("href") == f"values.html#{target}"
            assert rows[target].xpath("string(.//a)") == link.text
            assert rows[target].getnext().xpath(".//pre[@class='citation']")
            assert tip.get("id") == link.get("aria-describedby")
            assert target.removeprefix("value-") in tip.text_content()

    assert quoted > 100


def test_every_citation_names_its_edition_id_digits_and_an_upstream_source(site):
    cited = json.loads((site / LATEST / "citations.json").read_text(encoding="utf-8"))
    digits = {id: record["sha256"][:12] for id, record in figures(site, LATEST).items()}

    assert len(cited) == sum(len(json.loads((site / LATEST / f"{part}.json").read_text(encoding="utf-8"))) for part in ("figures", "values"))
    for id, told in cited.items():
        for lang in LANGUAGES:
            assert set(told[lang]) == set(FORMATS) - (set(FILES) if id in digits else set())  # what programs read lies beside an exhibit
            for format in ("text", "short", "processed"):
                assert f"{LATEST}" in told[lang][format] and id in told[lang][format]
                assert digits.get(id, "") in told[lang][format]
                assert not re.search(r"資料：を|。を基に|Based on ;|based on ;", told[lang][format]), told[lang][format]


@pytest.mark.parametrize("edition", [FIRST, LATEST])
def test_every_id_of_an_edition_is_registered(book, site, edition):
    published = {part: json.loads((site / edition / f"{part}.json").read_text(encoding="utf-8")) for part in ("figures", "values")}

    assert identifiers.missing(identifiers.registered(book / "data"), edition, published) == []


@pytest.mark.parametrize("edition", [FIRST, LATEST])
def test_other_programs_read_what_an_edition_says_of_itself(site, edition):
    folder = site / edition
    counts = json.loads((folder / "edition.json").read_text(encoding="utf-8"))["counts"]
    entries = 2 * (counts["exhibits"] + counts["values"] + 1)

    assert len(parse_string((folder / f"citations/evidence-{edition}.bib").read_text(encoding="utf-8"), "bibtex").entries) == entries
    assert len(rispy.loads((folder / f"citations/evidence-{edition}.ris").read_text(encoding="utf-8"))) == entries
    items = json.loads((folder / f"citations/evidence-{edition}.csl.json").read_text(encoding="utf-8"))
    jsonschema.validate(items, CSL)
    assert len(CiteProcJSON(items)) == len({item["id"] for item in items}) == entries
    cffconvert.Citation((folder / "CITATION.cff").read_text(encoding="utf-8")).validate()
    report = frictionless.validate(str(folder / "datapackage.json"))
    lists = 2  # of all exhibits, one a language
    assert (report.valid, report.stats["tasks"]) == (True, counts["exhibits"] + lists), report.flatten(["name", "type", "message"])
    graph = {entity["@id"]: entity for entity in json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]}
    made = [part["@id"] for entity in graph.values() if entity["@type"] == "CreateAction" for part in entity["result"]]
    assert all((folder / path).is_file() for path in made)
    assert {f"figures/{id}/{id}.csv" for id in figures(site, edition)} <= set(made)
    assert any(entity["@id"].endswith("claims.csv") for entity in graph.values())


@pytest.mark.parametrize("edition", [FIRST, LATEST])
def test_every_number_of_the_published_data_has_a_unit(site, edition):
    """But for ordinals, which are no quantities."""
    resources = json.loads((site / edition / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    without = {field["name"] for part in resources for field in part["schema"]["fields"] if field["type"] == "number" and not field.get("unit")}

    assert without <= {"order", "down", "across", "figure"}


def test_the_citation_of_the_project_is_that_of_its_latest_edition():
    citation = cffconvert.Citation((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))

    citation.validate()
    assert citation.cffobj["version"] == LATEST
