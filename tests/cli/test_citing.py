"""What the published book offers to whoever cites it, and the commands that read it back."""

import json
import re
import shutil
import zipfile
from pathlib import Path

import cffconvert
import frictionless
import jsonschema
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from docx import Document
from fontTools.ttLib import TTFont
from lxml import html
from pybtex.database import parse_string

from evidence.citing.bibliography import FORMATS
from evidence.curation import identifiers
from evidence.words import LANGUAGES
from tests.build.test_pipeline import PROJECT, evidence
from tests.editions.test_catalogues import objections

FIRST, LATEST = "2019-09", "2026-11"
FIGURE, VALUE = "budget-growth-range", "satreps-request-fy2020"
DRAWN = ("svg", "png", "3x.png", "word.png", "pdf", "vl.json")
OFFICE = ("xlsx", "pptx")
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
    carried = set.intersection(*(set(TTFont(path).getBestCmap()) for path in static.glob("noto-*.woff2")))
    pages = [html.fromstring(path.read_bytes()) for path in (site / edition / "ja").glob("*.html")]
    shown = set("".join(text for page in pages for text in page.xpath("//body//text()[not(ancestor::script or ancestor::style)]")))

    assert len(pages) > 10
    assert {char for char in shown if char.isprintable() and ord(char) not in carried} == set()


@pytest.mark.parametrize("edition", [FIRST, LATEST])
def test_every_exhibit_has_every_file_its_kind_can_have(site, edition):
    for id, record in figures(site, edition).items():
        endings = (*OFFICE, *(DRAWN if record["kind"] == "figure" else ()))
        expected = {f"{id}.{ending}" for ending in ("csv", "bib", "ris", "csl.json", "zip")} | {"index.html"}
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
            assert len(offer.xpath(".//pre[@class='citation']")) == len(FORMATS)
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
            assert set(told[lang]) == set(FORMATS)
            for format in ("text", "short", "processed"):
                assert f"{LATEST}" in told[lang][format] and id in told[lang][format]
                assert digits.get(id, "") in told[lang][format]
                assert not re.search(r"資料：を|。を基に|Based on ;|based on ;", told[lang][format]), told[lang][format]


def test_the_page_of_an_exhibit_is_read_by_programs(site):
    page = html.fromstring((site / LATEST / "figures" / FIGURE / "index.html").read_bytes())
    graph = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))["@graph"]
    tags = {tag.get("name"): tag.get("content") for tag in page.xpath("//meta[starts-with(@name, 'citation_')]")}

    assert [part["@type"] for part in graph] == ["Dataset", "ImageObject", "ImageObject"]
    folder = site / LATEST / "figures" / FIGURE
    assert all((folder / part["contentUrl"]).is_file() for part in [*graph[0]["distribution"], *graph[1:]])
    assert tags["citation_publication_date"] == "2026/11" and tags["citation_title"] and tags["citation_author"]
    assert FIGURE in page.xpath("string(//a[starts-with(@href, 'mailto:')]/@href)") and LATEST in page.xpath(
        "string(//a[starts-with(@href, 'mailto:')]/@href)"
    )


def test_every_exhibit_leads_to_the_list_of_its_editions(site):
    page = html.fromstring((site / "figures" / FIGURE / "index.html").read_bytes())
    links = [link for link in page.xpath("//a/@href") if FIGURE in link]

    assert {(site / "figures" / FIGURE / link).resolve() for link in links} == {
        site / name / "figures" / FIGURE / "index.html" for name in (FIRST, LATEST)
    }
    assert {path.name for path in (site / "figures").iterdir()} == set(figures(site, FIRST)) | set(figures(site, LATEST))


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
    assert (report.valid, report.stats["tasks"]) == (True, counts["exhibits"]), report.flatten(["name", "type", "message"])
    graph = {entity["@id"]: entity for entity in json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]}
    made = [part["@id"] for entity in graph.values() if entity["@type"] == "CreateAction" for part in entity["result"]]
    assert all((folder / path).is_file() for path in made)
    assert {f"figures/{id}/{id}.csv" for id in figures(site, edition)} <= set(made)
    assert any(entity["@id"].endswith("claims.csv") for entity in graph.values())


def test_a_validator_finds_nothing_wrong_with_the_crate_of_an_edition(site, tmp_path):
    copy = Path(shutil.copytree(site / FIRST, tmp_path / FIRST))
    content = json.loads((copy / "ro-crate-metadata.json").read_text(encoding="utf-8"))

    assert objections(copy, content) == []


@pytest.mark.parametrize("edition", [FIRST, LATEST])
def test_every_number_of_the_published_data_has_a_unit(site, edition):
    """But for ordinals, which are no quantities."""
    resources = json.loads((site / edition / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    without = {field["name"] for part in resources for field in part["schema"]["fields"] if field["type"] == "number" and not field.get("unit")}

    assert without <= {"order", "row", "column", "figure"}


def test_the_citation_of_the_project_is_that_of_its_latest_edition():
    citation = cffconvert.Citation((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))

    citation.validate()
    assert citation.cffobj["version"] == LATEST


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("id", [FIGURE, VALUE])
def test_cite_prints_what_stands_under_the_exhibit(book, site, id, lang):
    told = json.loads((site / FIRST / "citations.json").read_text(encoding="utf-8"))[id][lang]
    for format in FORMATS:
        done = evidence(book, "cite", id, "--edition", FIRST, "--lang", lang, "--format", format)
        assert (done.returncode, done.stdout.split()) == (0, told[format].split())


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("cite", "budget-growth-rang"), 2, f"→ {FIGURE}"),
        (("cite", FIGURE, "--format", "bibtx"), 2, "E284 --format there is no such format: bibtx → bibtex"),
        (("cite", FIGURE, "--edition", "2020-01"), 2, "E285"),
        (("cite", FIGURE, "--lang", "fr"), 2, "ja"),
        (("export", "nothing"), 2, "E285"),
        (("export", FIGURE, "--formats", "tiff"), 2, "E284"),
        (("export",), 2, "ID"),
        (("export", FIGURE, "--to", "/proc/nowhere"), 2, "E287"),
        (("verify", "gone.svg"), 6, "E619"),
        (("verify", f"{FIGURE}:000000000000"), 6, "E614"),
        (("review", "README.txt"), 2, "E216"),
        (("register", "2020-01"), 2, "E221"),
    ],
)
def test_a_wrong_call_is_refused_in_words(book, arguments, code, says):
    done = evidence(book, *arguments, EVIDENCE_LANG="en")

    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
    assert says in done.stderr


def test_export_copies_the_published_bytes(book, site, tmp_path):
    done = evidence(book, "export", FIGURE, "--to", str(tmp_path), "--formats", "ja.xlsx,csv")
    published = site / LATEST / "figures" / FIGURE

    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{FIGURE}.csv", f"{FIGURE}.ja.xlsx"]
    assert all(path.read_bytes() == (published / path.name).read_bytes() for path in tmp_path.iterdir())


def test_export_of_all_makes_a_folder_for_each_exhibit(book, site, tmp_path):
    done = evidence(book, "export", "--all", "--edition", FIRST, "--formats", "csv", "--to", str(tmp_path))

    assert done.returncode == 0, done.stderr
    assert {path.parent.name for path in tmp_path.glob("*/*.csv")} == set(figures(site, FIRST))


def test_verify_knows_an_edition_a_mailed_file_and_an_id_with_its_digits(book, site, tmp_path):
    mailed = Path(shutil.copy(site / LATEST / "figures" / FIGURE / f"{FIGURE}.ja.pptx", tmp_path / "資料1.pptx"))
    digits = figures(site, FIRST)[FIGURE]["sha256"][:12]

    done = evidence(book, "verify", str(site), str(mailed), f"{FIGURE}:{digits}", EVIDENCE_LANG="en")

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("as published") == 5 and f"figures/{FIGURE}/{FIGURE}.ja.pptx" in done.stdout


def test_verify_names_what_was_altered_and_ends_with_six(book, site, tmp_path):
    copy = Path(shutil.copytree(site / FIRST, tmp_path / FIRST))
    page = copy / "ja" / "tiers.html"
    page.write_bytes(page.read_bytes().replace(b"a", b"b", 1))
    svg = tmp_path / "figure.svg"
    svg.write_text((site / FIRST / "figures" / FIGURE / f"{FIGURE}.en.svg").read_text(encoding="utf-8").replace("NIH", "NIA"), encoding="utf-8")

    done = evidence(book, "verify", str(copy), str(svg), EVIDENCE_LANG="en")

    assert done.returncode == 6
    assert "E601" in done.stderr and "ja/tiers.html" in done.stderr
    assert "E610" in done.stderr and "figure.svg" in done.stderr


def test_review_says_of_each_citation_in_a_paper_whether_it_holds(book, site, tmp_path):
    cited = {
        edition: json.loads((site / edition / "citations.json").read_text(encoding="utf-8"))[FIGURE]["ja"]["short"] for edition in (FIRST, LATEST)
    }
    paper = Document()
    paper.add_paragraph(cited[LATEST])
    paper.add_paragraph(cited[FIRST])
    paper.save(tmp_path / "paper.docx")

    done = evidence(book, "review", str(tmp_path / "paper.docx"), "--json")
    table = evidence(book, "--lang", "ja", "review", str(tmp_path / "paper.docx"))

    assert [(record["edition"], record["verdict"]) for record in json.loads(done.stdout)] == [(LATEST, "current"), (FIRST, "superseded")]
    assert table.returncode == 0 and FIGURE[:10] in table.stdout


def test_the_zip_of_an_exhibit_holds_its_files_and_their_sums(site):
    with zipfile.ZipFile(site / LATEST / "figures" / FIGURE / f"{FIGURE}.zip") as archive:
        names = set(archive.namelist())

    assert {"README.txt", "LICENSE.txt", "datapackage.json", "SHA256SUMS", f"{FIGURE}.csv", f"{FIGURE}.ja.pptx"} <= names
