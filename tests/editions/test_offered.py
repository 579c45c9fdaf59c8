"""The commands that read a published book back, and the pages made for whoever cites it, on the small book."""

import json
import shutil
import zipfile
from pathlib import Path
from unittest.mock import ANY

import pytest
from docx import Document
from lxml import html

from evidence.checking import catalogues
from evidence.citing.bibliography import FORMATS
from evidence.words import LANGUAGES
from tests.editions.test_catalogues import objections
from tests.projects import CORRECTED, FIRST, PROJECT, SECOND, called

FIGURE, VALUE, GROWN = "growth-bars", "north-budget", "share-lines"  # the second edition corrects the figure, and its lines are longer
MOST = 350_000  # bytes of an exhibit of the small book, in both languages with its page: what stood there was 310,000
pytestmark = pytest.mark.build


@pytest.fixture(scope="module")
def site(small_book) -> Path:
    return small_book / "_build" / "html"


def figures(site: Path, edition: str) -> dict[str, dict]:
    return {record["id"]: record for record in json.loads((site / edition / "figures.json").read_text(encoding="utf-8"))}


def test_what_is_listed_in_japanese_has_no_latin_semicolon_between(site):
    found = [html.parse(path) for kind in ("figures", "values") for path in site.glob(f"*/{kind}/*/index.html")]
    listed = [part.text_content() for page in found for part in page.xpath("//section[@lang='ja']//*[starts-with(@id, 'sources-') or self::dd]")]

    assert any("、" in text for text in listed)
    assert [text for text in listed if "; " in text] == []


def test_the_page_of_an_exhibit_is_read_by_programs(site):
    page = html.fromstring((site / SECOND / "figures" / FIGURE / "index.html").read_bytes())
    graph = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))["@graph"]
    tags = {tag.get("name"): tag.get("content") for tag in page.xpath("//meta[starts-with(@name, 'citation_')]")}

    assert [part["@type"] for part in graph] == ["Dataset", "ImageObject", "ImageObject"]
    folder = site / SECOND / "figures" / FIGURE
    assert all((folder / part["contentUrl"]).is_file() for part in [*graph[0]["distribution"], *graph[1:]])
    assert tags["citation_publication_date"] == "2021/01" and tags["citation_title"] and tags["citation_author"]
    assert FIGURE in page.xpath("string(//a[starts-with(@href, 'mailto:')]/@href)") and SECOND in page.xpath(
        "string(//a[starts-with(@href, 'mailto:')]/@href)"
    )


def test_the_licence_of_a_source_stands_beside_it_wherever_the_edition_names_it(site):
    """On the list of sources, the page of what rests on it, the data package and the crate; where it was not established that is said."""
    terms, own = "https://example.org/terms", site / SECOND
    listed = html.fromstring((own / "en" / "sources.html").read_bytes()).text_content()
    page = html.fromstring((own / "values" / VALUE / "index.html").read_bytes())
    package, crate = (json.loads((own / name).read_text(encoding="utf-8")) for name in ("datapackage.json", "ro-crate-metadata.json"))

    assert "CC BY 4.0" in listed and "not established" in listed
    assert page.xpath(f"//a[@href='{terms}']/text()") == ["CC BY 4.0", "CC BY 4.0"]
    assert page.xpath("//a[contains(@href, 'sources.html#source-s01')]")
    assert {"name": "CC-BY-4.0", "path": terms} in [licence for source in package["sources"] for licence in source.get("licenses", ())]
    assert [entity["url"] for entity in crate["@graph"] if entity.get("license") == terms] == ["https://example.org/report"]


@pytest.mark.parametrize(("folder", "id"), [("figures", FIGURE), ("values", VALUE)])
def test_what_is_cited_has_a_page_in_its_edition_and_one_with_all_its_editions(site, folder, id):
    own, whole = site / SECOND / folder / id, site / folder / id
    pages = [html.fromstring((place / "index.html").read_bytes()) for place in (own, whole)]
    listed = {(whole / link).resolve() for link in pages[1].xpath("//a/@href") if id in link}
    related = pages[0].xpath("//link[@rel='describedby' or @rel='item' or @rel='collection']/@href")

    told = pages[0].xpath("//*[@class='offer-id']/code[1]/text()") if folder == "figures" else pages[0].xpath("//dd/code/text()")[::2]

    assert set(told) == {id}  # what a reader copies is the id and nothing more
    assert listed == {site / name / folder / id / "index.html" for name in (FIRST, CORRECTED, SECOND)}
    assert [
        link
        for link in pages[0].xpath("//a/@href[not(starts-with(., 'mailto:') or starts-with(., 'https:'))]")
        if not (own / link.partition("#")[0]).is_file()
    ] == []
    assert [link for link in related if not (own / link).is_file()] == [] and len(related) >= 2
    assert pages[0].xpath("//link[@rel='type']/@href") == ["https://schema.org/AboutPage", "https://schema.org/Dataset"]


@pytest.mark.parametrize(("folder", "id"), [("figures", FIGURE), ("values", VALUE)])
def test_the_page_of_all_editions_tells_programs_which_there_are_and_which_is_the_newest(site, folder, id):
    whole = site / folder / id
    page = html.fromstring((whole / "index.html").read_bytes())
    [dataset] = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))["@graph"]

    editions = [(SECOND, dataset["name"]), (CORRECTED, ANY), (FIRST, ANY)]
    assert [(one["version"], one["name"]) for one in dataset["workExample"]] == editions
    listed = [one["url"] for one in dataset["workExample"]]
    assert page.xpath("//link[@rel='item']/@href") == listed and page.xpath("//link[@rel='latest-version']/@href") == listed[:1]
    assert [link for link in listed if not (whole / link).is_file()] == []
    assert dataset["identifier"] == id and dataset["license"] and dataset["creator"]["name"] and 50 <= len(dataset["description"]) <= 5000


def test_the_page_of_a_value_says_what_its_record_says_in_both_languages(site):
    page = html.fromstring((site / FIRST / "values" / VALUE / "index.html").read_bytes())
    [record] = [one for one in json.loads((site / FIRST / "values.json").read_text(encoding="utf-8")) if one["id"] == VALUE]
    [dataset] = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))["@graph"]

    assert [part.text for part in page.find_class("number")] == [record["text"][lang] for lang in LANGUAGES]
    measured = {"@type": "PropertyValue", "name": record["name"]["en"], "value": record["number"], "unitText": record["unit"]}
    assert dataset["variableMeasured"] == [measured]
    known = [source["name"].split(" / ") for source in dataset["isBasedOn"]]
    assert known and all(title in page.text_content() for titles in known for title in titles)
    assert VALUE in page.xpath("string(//a[starts-with(@href, 'mailto:')]/@href)")
    assert {path.name for path in (site / "figures").iterdir()} == set(figures(site, FIRST)) | set(figures(site, SECOND))


def test_a_validator_finds_nothing_wrong_with_the_crate_of_an_edition(site, tmp_path):
    copy = Path(shutil.copytree(site / FIRST, tmp_path / FIRST))
    content = json.loads((copy / "ro-crate-metadata.json").read_text(encoding="utf-8"))

    assert objections(copy, content) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("id", [FIGURE, VALUE])
def test_cite_prints_what_stands_under_the_exhibit(small_book, site, id, lang):
    told = catalogues.cited(site / FIRST, id, *FORMATS)[lang]
    for format in FORMATS:
        done = called(small_book, "cite", id, "--edition", FIRST, "--lang", lang, "--format", format)
        below = catalogues.beside(figures(site, FIRST).get(id, {}), lang) if format == "text" else []
        assert (done.returncode, done.stdout.split()) == (0, " ".join([told[format], *below]).split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_computed_tells_how_in_the_list_and_on_its_page(site, lang):
    computed = [one for one in figures(site, SECOND).values() if one["making"] == "computed"]
    pages = {one["id"]: html.parse(site / SECOND / "figures" / one["id"] / "index.html").getroot().text_content() for one in computed}

    assert computed
    assert [one["id"] for one in computed if not one["formula"][lang] or one["formula"][lang] not in pages[one["id"]]] == []


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("cite", "growth-bar"), 2, f"→ {FIGURE}"),
        (("cite", FIGURE, "--format", "bibtx"), 2, "E284 --format there is no such format: bibtx → bibtex"),
        (("cite", FIGURE, "--edition", "2030-01"), 2, "E221"),
        (("cite", FIGURE, "--lang", "fr"), 2, "ja"),
        (("export", "nothing"), 2, "E285"),
        (("export", FIGURE, "--formats", "tiff"), 2, "E284"),
        (("export", FIGURE, "--formats", "csv,tiff"), 2, "E284"),
        (("export",), 2, "ID"),
        (("export", FIGURE, "--to", "/proc/nowhere"), 2, "E287"),
        (("verify", "gone.svg"), 6, "E619"),
        (("verify", f"{FIGURE}:000000000000"), 6, "E614"),
        (("review", "README.txt"), 2, "E216"),
        (("register", "2030-01"), 2, "E221"),
    ],
)
def test_a_wrong_call_is_refused_in_words(small_book, arguments, code, says):
    done = called(small_book, *arguments, EVIDENCE_LANG="en")

    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
    assert says in done.stderr


def test_export_copies_the_published_bytes(small_book, site, tmp_path):
    done = called(small_book, "export", FIGURE, "--to", str(tmp_path), "--formats", "ja.xlsx,csv")
    published = site / SECOND / "figures" / FIGURE

    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{FIGURE}.csv", f"{FIGURE}.ja.xlsx"]
    assert all(path.read_bytes() == (published / path.name).read_bytes() for path in tmp_path.iterdir())


def test_export_of_all_makes_a_folder_for_each_exhibit(small_book, site, tmp_path):
    done = called(small_book, "export", "--all", "--edition", FIRST, "--formats", "csv", "--to", str(tmp_path))

    assert done.returncode == 0, done.stderr
    assert {path.parent.name for path in tmp_path.glob("*/*.csv")} == set(figures(site, FIRST))


def test_verify_knows_an_edition_a_mailed_file_and_an_id_with_its_digits(small_book, site, tmp_path):
    mailed = Path(shutil.copy(site / SECOND / "figures" / FIGURE / f"{FIGURE}.ja.pptx", tmp_path / "資料1.pptx"))
    digits = figures(site, FIRST)[FIGURE]["sha256"][:12]

    done = called(small_book, "verify", str(site), str(mailed), f"{FIGURE}:{digits}", EVIDENCE_LANG="en")

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("is not proved") == 5 and "as published" not in done.stdout  # three editions, a file and an id, signed by nobody
    assert f"figures/{FIGURE}/{FIGURE}.ja.pptx" in done.stdout


def test_verify_names_what_was_altered_and_ends_with_six(small_book, site, tmp_path):
    copy = Path(shutil.copytree(site / FIRST, tmp_path / FIRST))
    page = copy / "ja" / "trends.html"
    page.write_bytes(page.read_bytes().replace(b"a", b"b", 1))
    svg = tmp_path / "figure.svg"
    svg.write_text((site / FIRST / "figures" / FIGURE / f"{FIGURE}.en.svg").read_text(encoding="utf-8").replace("NRF", "NRA"), encoding="utf-8")

    done = called(small_book, "verify", str(copy), str(svg), EVIDENCE_LANG="en")

    assert done.returncode == 6
    assert "E601" in done.stderr and "ja/trends.html" in done.stderr
    assert "E610" in done.stderr and "figure.svg" in done.stderr


def test_review_says_of_each_citation_in_a_paper_whether_it_holds(small_book, site, tmp_path):
    told = {edition: json.loads((site / edition / "citations.json").read_text(encoding="utf-8")) for edition in (FIRST, SECOND)}
    paper = Document()
    for edition, id in ((SECOND, FIGURE), (FIRST, FIGURE), (FIRST, GROWN)):
        paper.add_paragraph(told[edition][id]["ja"]["short"])
    paper.save(tmp_path / "paper.docx")

    done = called(small_book, "review", str(tmp_path / "paper.docx"), "--json")
    table = called(small_book, "--lang", "ja", "review", str(tmp_path / "paper.docx"))

    found = [(record["edition"], record["id"], record["verdict"]) for record in json.loads(done.stdout)]
    assert found == [(SECOND, FIGURE, "current"), (FIRST, FIGURE, "corrected"), (FIRST, GROWN, "changed")]
    assert done.returncode == table.returncode == 6 and FIGURE[:10] in table.stdout


def test_export_makes_one_archive_of_an_exhibit_that_verify_knows(small_book, site, tmp_path):
    done = called(small_book, "export", FIGURE, "--formats", "zip", "--to", str(tmp_path))
    told = called(small_book, "verify", str(tmp_path / f"{FIGURE}.zip"), EVIDENCE_LANG="en")
    with zipfile.ZipFile(tmp_path / f"{FIGURE}.zip") as archive:
        names = set(archive.namelist())

    published = {path.name for path in (site / SECOND / "figures" / FIGURE).iterdir()} - {"index.html"}
    assert (done.returncode, told.returncode) == (0, 0), done.stderr + told.stderr
    assert {name for name in names if not name.startswith("code/")} == published | {"README.txt", "datapackage.json", "SHA256SUMS"}


@pytest.mark.parametrize("edition", [FIRST, SECOND])
def test_an_exhibit_is_light_in_all_its_files_and_none_holds_another(site, edition):
    folders = [site / edition / "figures" / id for id in figures(site, edition)]
    heavy = {one.name: bytes for one in folders if (bytes := sum(path.stat().st_size for path in one.iterdir())) > MOST}

    assert heavy == {}
    assert [path.name for one in folders for path in one.glob("*.zip")] == []


def test_a_paper_is_reviewed_against_what_the_site_itself_knows_to_be_wrong(site, tmp_path):
    """A copy of the site elsewhere, reviewed in a folder whose register tells nothing of its editions."""
    shutil.copytree(PROJECT / "data" / "schema", tmp_path / "other" / "data" / "schema")
    paper = tmp_path / "paper.txt"
    paper.write_text(json.loads((site / FIRST / "citations.json").read_text(encoding="utf-8"))["north-growth"]["ja"]["short"], encoding="utf-8")

    told = called(tmp_path / "other", "review", str(paper), "--site", str(site), "--json", EVIDENCE_LANG="en")
    cited = called(tmp_path / "other", "cite", "NORTH-growth", "--edition", FIRST, "--site", str(site), EVIDENCE_LANG="en")
    silent = Path(shutil.copytree(site, tmp_path / "silent"))
    (silent / "corrections.json").unlink()
    untold = called(tmp_path / "other", "review", str(paper), "--site", str(silent), "--json", EVIDENCE_LANG="en")

    assert [one["verdict"] for one in json.loads(told.stdout)] == ["corrected"], told.stderr
    assert "copied wrongly" in told.stdout and "copied wrongly" in cited.stderr
    assert "copied wrongly" not in untold.stdout
    assert "does not say which numbers were found wrong" in untold.stderr
