"""A chart pasted into a paper as a chart is held against the published one, by the numbers it shows and those behind it."""

import io
import zipfile

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from openpyxl import load_workbook
from pptx import Presentation

from evidence.checking import review
from evidence.checking.published_site import Site
from tests.checking.test_review import NEW, folder  # noqa: F401
from tests.files.test_exports import made

CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
INLINE = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:drawing>'
    '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="1" cy="1"/>'
    '<wp:docPr id="1" name="Chart 1" title="{said}"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="{related}" r:id="{id}"/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)

OPEN = 'xmlns:{0}="urn:oasis:names:tc:opendocument:xmlns:{0}:1.0"'
NAMES = " ".join(OPEN.format(name) for name in ("office", "table", "text", "drawing", "chart"))
CELL = {
    True: '<table:table-cell office:value-type="float" office:value="{0}"><text:p>{0}</text:p></table:table-cell>',
    False: '<table:table-cell office:value-type="string"><text:p>{0}</text:p></table:table-cell>',
}
TABLE = f'<office:chart {NAMES}><chart:chart><table:table table:name="local-table">{{}}</table:table></chart:chart></office:chart>'
CONTENT = (
    f'<office:document-content {NAMES} xmlns:xlink="http://www.w3.org/1999/xlink"><drawing:frame><drawing:object xlink:href="./Object 1"/>'
    '<svg:desc xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0">{said}</svg:desc></drawing:frame><text:p>Our growth.</text:p>'
    "</office:document-content>"
)


@pytest.fixture(scope="module")
def slide():
    return made(NEW, edition="2026-11-c1")["growth.en.pptx"]


def frame(deck):
    return next(shape for one in deck.slides for shape in one.shapes if shape.has_chart)


def saved(thing, path):
    stream = io.BytesIO()
    thing.save(stream)
    path.write_bytes(stream.getvalue())
    return path


def pasted(slide, path, said="", shown=None, cell=None):
    """A text with the slide's chart in it, as a word processor pastes it: its own copy of the chart, and of the workbook."""
    chart = frame(Presentation(io.BytesIO(slide))).chart
    drawn = chart._chartSpace
    if shown is not None:
        next(drawn.iter("{*}val")).find(".//{*}v").text = shown
    book = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    if cell is not None:
        book.worksheets[0]["B2"] = cell
    held = io.BytesIO()
    book.save(held)
    text = docx.Document()
    text.add_paragraph("Our growth.")
    part = Part(PackURI("/word/charts/chart1.xml"), CHART, chart.part.blob if shown is None else _written(drawn), text.part.package)
    part.relate_to(Part(PackURI("/word/embeddings/book1.xlsx"), SHEET, held.getvalue(), text.part.package), f"{RELATED}/package")
    id = text.part.relate_to(part, f"{RELATED}/chart")
    text.element.body.insert(0, parse_xml(INLINE.format(said=said, related=RELATED, id=id)))
    return saved(text, path)


def opened_document(slide, path, said="", shown=None):
    """Slides of the Open Document kind with the slide's chart in it, as LibreOffice saves it: a document of its own, with its numbers as a table."""
    chart = frame(Presentation(io.BytesIO(slide))).chart
    plot = chart.plots[0]
    rows = [["", *(series.name for series in plot.series)]]
    rows += [[name, *(series.values[place] for series in plot.series)] for place, name in enumerate(plot.categories)]
    if shown is not None:
        rows[1][1] = shown
    cells = ["".join(CELL[isinstance(cell, float)].format(cell) for cell in row) for row in rows]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", CONTENT.format(said=said))
        archive.writestr("Object 1/content.xml", TABLE.format("".join(f"<table:table-row>{row}</table:table-row>" for row in cells)))
    return path


def _written(element):
    from lxml import etree

    return etree.tostring(element)


def told(paper, site):
    return [(one["place"], one["id"], one["verdict"], one["detail"]) for one in review.review(paper, Site(site), {}) if "chart" in one["place"]]


def test_a_chart_of_ours_is_known_by_its_stamp_and_current(folder, slide, tmp_path):  # noqa: F811
    said = frame(Presentation(io.BytesIO(slide)))._element.xpath(".//p:cNvPr/@title")[0]

    assert said.startswith("evidence-book:2026-11-c1/figures/growth#")
    assert told(pasted(slide, tmp_path / "a.docx", said), folder) == [("chart1.xml", "growth", "current", "")]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"shown": "9.5"}, "The chart does not show the published numbers ("),
        ({"cell": 9.5}, "The workbook behind the chart is not as published ("),
    ],
)
def test_a_number_that_was_changed_in_a_chart_or_behind_it_is_told(folder, slide, tmp_path, changed, says):  # noqa: F811
    said = frame(Presentation(io.BytesIO(slide)))._element.xpath(".//p:cNvPr/@title")[0]

    [(_, id, verdict, detail)] = told(pasted(slide, tmp_path / "a.docx", said, **changed), folder)

    assert (id, verdict) == ("growth", "altered")
    assert detail.startswith(says) and "→ 9.5)" in detail


def test_a_chart_without_a_stamp_is_held_against_what_the_paper_cites(folder, slide, tmp_path):  # noqa: F811
    path = pasted(slide, tmp_path / "a.docx", shown="9.5")
    assert told(path, folder) == []
    text = docx.Document(path)
    text.add_paragraph("evidence-book:2026-11-c1/figures/growth")
    saved(text, path)

    assert [one[1:3] for one in told(path, folder)] == [("growth", "altered")]


def test_a_chart_that_nobody_published_is_said_to_be_missing(folder, slide, tmp_path):  # noqa: F811
    path = pasted(slide, tmp_path / "a.docx", "evidence-book:2030-01/figures/growth#0123456789ab")

    assert [one[1:3] for one in told(path, folder)] == [("growth", "missing")]


def test_a_changed_number_on_our_own_slide_is_told(folder, slide, tmp_path):  # noqa: F811
    deck = Presentation(io.BytesIO(slide))
    next(frame(deck).chart._chartSpace.iter("{*}val")).find(".//{*}v").text = "9.5"

    assert [one[1:3] for one in told(saved(deck, tmp_path / "a.pptx"), folder)] == [("growth", "altered")]


@pytest.mark.parametrize(("shown", "verdict"), [(None, "current"), (9.5, "altered")])
def test_a_chart_in_an_open_document_is_held_against_the_published_one(folder, slide, tmp_path, shown, verdict):  # noqa: F811
    said = frame(Presentation(io.BytesIO(slide)))._element.xpath(".//p:cNvPr/@title")[0]
    path = opened_document(slide, tmp_path / "a.odp", said, shown)

    [(place, id, found, detail)] = [
        (one["place"], one["id"], one["verdict"], one["detail"]) for one in review.review(path, Site(folder), {}) if "Object" in one["place"]
    ]
    assert (place, id, found) == ("Object 1", "growth", verdict)
    assert ("→ 9.5)" in detail) == (verdict == "altered")
