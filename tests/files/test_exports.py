"""The files of an exhibit say what they are, are the same in every run, open in other programs, and hold nothing that runs."""

import csv
import hashlib
import io
import json
import os
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import altair as alt
import docx
import openpyxl
import pandas as pd
import pypdfium2
import pytest
import python_calamine
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor

from evidence import zips
from evidence.charts import look
from evidence.citing import stamps
from evidence.exhibits import data_files
from evidence.files import blank, exports, pictures, plots, slides
from tests.citing.test_citations import PAYLOADS

PROJECT = Path(__file__).parents[2]
TABLE = pd.DataFrame({"name": ["NIH", "BMBF"], "text_ja": ["増", "倍増"], "text_en": ["up", "doubled"], "multiple": [1.4, 2.0], "order": [7, None]})


def spec(table=TABLE):
    told = table.assign(says=table["name"])
    x = alt.X("multiple:Q", title="Factor")
    return alt.Chart(told).mark_bar().encode(x=x, y=alt.Y("name:N", sort=None), description="says:N").properties(width=300).to_dict()


def record(lang, table=TABLE, kind="figure", title="Growth", svg=None):
    return {
        "id": "growth", "kind": kind, "number": {"ja": "図 2-1", "en": "Figure 2-1"}[lang], "title": title,
        "subtitle": "Factor", "notes": ["one"], "guards": ["not a ranking"],
        "alt": f"Bars. {title}", "basis": ["a"], "making": "read",
        "sources": [{"id": "S01", "title": "Briefing", "publisher": "MEXT", "published": ""}],
        "columns": [{"label": "Funder"}, {"label": "Factor"}], "rows": [[str(cell) for cell in row] for row in table[["name", "multiple"]].values],
        "svg": look.own_ids(look.drawn(spec(table)), "growth") if svg is None else svg,
    }  # fmt: skip


def data(table=TABLE):
    return table.to_csv(index=False, lineterminator="\n").encode()


def made(table=TABLE, edition="2019-09", **parts):
    drawn = parts.get("kind", "figure") == "figure"
    both = {lang: record(lang, table, svg=None if drawn else "", **parts) for lang in ("ja", "en")}
    return exports.files(edition, both, data(table), {lang: spec(table) for lang in both} if drawn else {})


@pytest.fixture(scope="module")
def files():
    return made()


@pytest.fixture(scope="module")
def hostile():
    names = [payload.replace("\u202e", "") for payload in PAYLOADS]  # what the input gate refuses never reaches a drawing
    table = pd.DataFrame({"name": names, "text_ja": PAYLOADS, "text_en": PAYLOADS, "multiple": 1.5, "order": 1.0})
    return made(table, title=" ".join(PAYLOADS))


def chunks(raw):
    """The chunks of a PNG, read without the library that wrote it."""
    place = 8
    while place < len(raw):
        (size,) = struct.unpack(">I", raw[place : place + 4])
        yield raw[place + 4 : place + 8], raw[place + 8 : place + 8 + size]
        place += 12 + size


def said(name, raw):
    """All text in which a file says what it is."""
    if name.endswith(".png"):
        return " ".join(content.decode() for kind, content in chunks(raw) if kind == b"iTXt")
    if name.endswith(".pdf"):
        document = pypdfium2.PdfDocument(raw)
        return " ".join([*document.get_metadata_dict().values(), *([document.get_metadata_value("Identifier")])])
    if name.endswith((".xlsx", ".pptx", ".docx")):
        archive = zipfile.ZipFile(io.BytesIO(raw))
        core = archive.read("docProps/core.xml").decode() if "docProps/core.xml" in archive.namelist() else ""
        return archive.comment.decode() + core
    return raw.decode()


def test_a_figure_has_every_file_and_a_table_those_that_a_table_can_have(files):
    both = {f"growth.{lang}.{end}" for lang in ("ja", "en") for end in ("svg", "png", "pdf", "xlsx", "pptx", "docx", "vl.json")}
    lists = {"growth.csv", *(f"growth.{lang}.{end}" for lang in ("ja", "en") for end in ("bib", "ris", "csl.json"))}

    assert set(files) == both | lists
    assert set(made(kind="table")) == lists | {f"growth.{lang}.{end}" for lang in ("ja", "en") for end in ("xlsx", "pptx", "docx")}


def test_every_file_but_the_data_names_the_figure_the_edition_and_the_digits_of_its_data(files):
    stamp = f"evidence-book:2019-09/figures/growth#{exports.cited('2019-09', {lang: record(lang, svg='') for lang in ('ja', 'en')}, data()).hash}"

    for name, raw in files.items():
        if not name.endswith((".csv", ".bib", ".ris", ".csl.json")):
            assert str(stamps.read(said(name, raw))) == stamp, name
    for name in ("growth.en.svg", "growth.en.png", "growth.en.pdf", "growth.en.xlsx", "growth.en.pptx", "growth.en.vl.json"):
        text = said(name, files[name])
        assert "CC BY 4.0" in text and "2019-09" in text and "edition 2019-09" in text, name


@pytest.mark.slow
def test_two_runs_make_the_same_bytes(files):
    code = "import hashlib, json; from tests.files.test_exports import made"
    code += "; print(json.dumps({name: hashlib.sha256(raw).hexdigest() for name, raw in made().items()}))"
    circumstances = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}

    again = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=circumstances, cwd=PROJECT)

    assert json.loads(again.stdout) == {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()}


def test_the_csv_opens_in_excel_as_it_is_meant(files):
    assert files["growth.csv"] == b"\xef\xbb\xbf" + data()


def test_the_picture_has_the_size_and_resolution_it_promises(files):
    picture = Image.open(io.BytesIO(files["growth.en.png"]))
    drawn = [float(number) for number in re.findall(r'\b(?:width|height)="([\d.]+)"', record("en")["svg"])[:2]]

    assert picture.size == tuple(pictures.ENLARGED * side for side in drawn)
    assert round(picture.info["dpi"][0]) == 96 * pictures.ENLARGED


def test_the_picture_is_the_drawing_itself(files):
    import vl_convert

    direct = Image.open(io.BytesIO(vl_convert.svg_to_png(record("en")["svg"], ppi=72 * pictures.ENLARGED))).convert("RGB")

    assert Image.open(io.BytesIO(files["growth.en.png"])).convert("RGB").tobytes() == direct.tobytes()


def test_the_pdf_carries_its_fonts_and_its_text(files):
    text = "".join(pypdfium2.PdfDocument(files["growth.en.pdf"])[0].get_textpage().get_text_range().split())

    assert "BMBF" in text and "Factor" in text


def test_the_workbook_follows_the_rules_for_machine_readable_data(files):
    book = python_calamine.load_workbook(io.BytesIO(files["growth.en.xlsx"]))
    sheets_xml = [part for name, part in zips.unzipped(files["growth.en.xlsx"]).items() if name.startswith("xl/worksheets/")]

    assert book.sheet_names == ["Data", "Columns", "About"]
    assert book.get_sheet_by_name("Data").to_python() == [
        ["Name", "Statement", "Factor (times)", "Order"], ["NIH", "up", 1.4, 7.0], ["BMBF", "doubled", 2.0, ""],
    ]  # fmt: skip
    assert [row[0] for row in book.get_sheet_by_name("About").to_python()][:4] == ["Title", "Subtitle", "Note", "How to cite"]
    assert not any(b"mergeCell" in part or b"<f>" in part or b"<drawing" in part for part in sheets_xml)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_workbook_is_printed_as_wide_as_a_page_and_opens_on_its_table(files, lang):
    book = openpyxl.load_workbook(io.BytesIO(files[f"growth.{lang}.xlsx"]))

    assert book.active is book.worksheets[0] and book.worksheets[0].print_title_rows == "$1:$1"
    for sheet in book.worksheets:
        setup = sheet.page_setup
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, setup.fitToWidth, setup.fitToHeight) == (True, 1, 0), sheet.title


@pytest.mark.parametrize(("column", "shown"), [("grown_pct", "#,##0.0"), ("projects", "#,##0"), ("year", "General"), ("value", "General")])
def test_a_number_in_a_workbook_is_shown_with_the_decimals_that_pages_give_it_and_is_whole_in_its_cell(column, shown):
    table = pd.DataFrame({"name": ["NIH"], "multiple": [2.0], column: [1000 / 13]})
    book = openpyxl.load_workbook(io.BytesIO(made(table)["growth.en.xlsx"]))
    cell = book.worksheets[0]["C2"]

    assert (cell.number_format, cell.value) == (shown, 1000 / 13)


def test_a_label_on_a_slide_has_the_decimals_of_its_column_as_the_picture_has(files):
    (chart,) = [shape.chart for shape in Presentation(io.BytesIO(files["growth.en.pptx"])).slides[0].shapes if shape.has_chart]

    assert chart.plots[0].data_labels.number_format == "#,##0.00"  # of the column multiple


def test_the_slide_has_an_editable_chart_with_the_numbers_title_notes_and_source(files):
    deck = Presentation(io.BytesIO(files["growth.en.pptx"]))
    (slide,) = deck.slides
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    texts = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)

    assert list(chart.plots[0].categories) == ["NIH", "BMBF"]
    assert [list(series.values) for series in chart.plots[0].series] == [[1.4, 2.0]]
    workbook = python_calamine.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert workbook.get_sheet_by_index(0).to_python() == [["", "Factor"], ["NIH", 1.4], ["BMBF", 2.0]]
    assert "Figure 2-1 Growth" in texts and "Source: Evidence Book, edition 2019-09" in texts
    notes = slide.notes_slide.notes_text_frame.text
    assert "Bars. Growth" in notes and "Note: one" in notes and "Adapted from" in notes


def drawn(kind, upright, series):
    """The chart of a slide, as it is kept."""
    return on_a_slide(plots.Plot(kind, ["a", "b"], series, "", "n", upright))


def on_a_slide(plot):
    deck = blank.deck()
    slide, told = deck.slides.add_slide(deck.slide_layouts[0]), {"language": "en", "identifier": "x"}
    slides._chart(slide, plot, "alt", told, "2019-09-01T00:00:00Z")
    return next(shape.chart for shape in slide.shapes if shape.has_chart)


def test_both_parts_of_a_line_that_breaks_have_the_colour_of_their_subject_and_no_other_has():
    told = [(year, f"{name}{year > 2002}", name, 1) for name in "ABCDEFG" for year in (2001, 2002, 2003, 2004)]
    rows = pd.DataFrame(told, columns=["year", "part", "name", "number"])
    lines = alt.Chart(rows).mark_line().encode(x="year:O", y=alt.Y("number:Q", title="n"), detail="part:N", description="name:N")
    (plot,) = plots.plots(lines.to_dict(), "en")
    chart = on_a_slide(plot)
    colours = {series.name[0]: set() for series in chart.plots[0].series}
    for series in chart.plots[0].series:
        colours[series.name[0]].add(str(series.format.line.color.rgb))

    assert len(plot.series) == 14 and [len(own) for own in colours.values()] == [1] * 7 and len(set().union(*colours.values())) == 7


@pytest.mark.parametrize(
    ("ends", "named"),
    [((1.0, 5.0, 9.0), ["A", "B", "C"]), ((1.0, 5.0, 5.1), []), ((1.0, 5.0, None), [])],
    ids=["apart", "too close", "one ends before"],
)
def test_lines_are_named_behind_their_ends_where_each_name_has_room_and_by_a_legend_elsewhere(ends, named):
    chart = on_a_slide(
        plots.Plot(
            "line",
            [str(year) for year in range(2000, 2021)],
            {name: [4000.0] * 20 + [end and end * 1000] for name, end in zip("ABC", ends, strict=True)},
            "",
            "n",
        )
    )
    told = [series.points[20].data_label for series in chart.plots[0].series if series._element.xpath("c:dLbls/c:dLbl")]

    assert [label.text_frame.text for label in told] == named and not chart.plots[0].has_data_labels
    assert chart.has_legend is not bool(named) and chart.value_axis.tick_labels.number_format == "#,##0"


@pytest.mark.parametrize("kind", ["bar", "stacked"])
def test_the_numbers_of_lying_bars_stand_below_them(kind):
    crosses = [drawn(kind, upright, {"x": [1, 2]})._chartSpace.xpath(".//c:valAx/c:crosses/@val") for upright in (False, True)]

    assert crosses == [["max"], ["autoZero"]]


@pytest.mark.parametrize(
    ("numbers", "written"), [([8.0, 13.0], "#,##0"), ([8.0, 9.5], "#,##0.0"), ([9.78, 13.35], "#,##0.00"), ([1 / 3, 2.0], "#,##0.00")]
)
def test_a_label_says_the_number_that_the_title_says(numbers, written):
    """13.35 written with one decimal is 13.4, beside a title that says 13.35."""
    assert drawn("bar", True, {"x": numbers}).plots[0].data_labels.number_format == written


def test_the_number_in_a_dark_bar_is_white_and_none_is_not_written():
    chart = drawn("stacked", False, {"x": [1, 2], "y": [0, 3]})

    assert chart.plots[0].data_labels.number_format == "#,##0;-#,##0;"
    assert [chart.plots[0].series[place].data_labels.font.color.rgb for place in (0, 1)] == [RGBColor(255, 255, 255), RGBColor(0x1B, 0x27, 0x33)]
    assert not drawn("stacked", False, {name: [1, 2] for name in "abcdefghijklmnopqrstu"})._chartSpace.xpath(".//c:dLbls")


def test_slides_hold_no_layout_that_none_uses_and_a_theme_with_a_japanese_font(files):
    parts = zips.unzipped(files["growth.ja.pptx"])

    assert [name for name in parts if "Layout" in name and name.endswith(".xml")] == ["ppt/slideLayouts/slideLayout6.xml"]
    assert not [name for name in parts if "thumbnail" in name or "printerSettings" in name]
    assert all(b'<a:ea typeface="Yu Gothic"/>' in raw for name, raw in parts.items() if name.startswith("ppt/theme/"))
    assert len(files["growth.ja.pptx"]) < 24_000


def test_a_table_is_an_editable_table_on_its_slide():
    deck = Presentation(io.BytesIO(made(kind="table")["growth.ja.pptx"]))
    (table,) = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]

    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Funder", "Factor"], ["NIH", "1.4"], ["BMBF", "2.0"]]


def test_a_long_table_says_that_the_slides_do_not_hold_it_all():
    rows = [[str(number), "x"] for number in range(100)]
    one = exports.cited("2019-09", {lang: record(lang, svg="") for lang in ("ja", "en")}, data())
    raw = slides.pptx(one, slides.Content([], b"", "", ["a", "b"], rows), stamps.properties(one, "en"), exports.time(one))
    deck = Presentation(io.BytesIO(raw))

    told = [any(shape.has_text_frame and "left out" in shape.text_frame.text for shape in slide.shapes) for slide in deck.slides]
    assert told == [False, False, False, True]


LONG = {
    "ja": "国際共同研究の予算を国の資金で支える制度の一覧であり、条件を示す。",
    "en": "programmes that fund international joint research, and on which terms",
}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_table_of_long_texts_stands_on_its_slides_and_every_text_in_its_cell(lang):
    """Measured with letters as wide and lines as high as those of the fonts that stand in for the theme's."""
    rows = [[str(number), *[LONG[lang]] * 7] for number in range(20)]
    one = exports.cited("2019-09", {name: record(name, svg="") for name in ("ja", "en")}, data())
    content = slides.Content([], b"", "", [f"column {number}" for number in range(8)], rows)
    deck = Presentation(io.BytesIO(slides.pptx(one, content, stamps.properties(one, lang), exports.time(one))))
    frames = [shape for slide in deck.slides for shape in slide.shapes if shape.has_table]

    assert len(frames) == 4
    for frame in frames:
        assert frame.top + sum(row.height for row in frame.table.rows) <= slides.BOTTOM
        assert sum(column.width for column in frame.table.columns) <= deck.slide_width - 2 * slides.EDGE + 8
        for row in frame.table.rows:
            letters = [1.0 if ord(letter) > 0x2E80 else 0.55 for cell in row.cells for letter in cell.text]
            area = [(column.width.pt - 14.4) * row.height.pt for column in frame.table.columns]
            assert sum(letters) * 10 * 14 <= sum(area)


def test_nothing_that_a_text_holds_becomes_a_tag_in_a_drawing(hostile):
    for name in ("growth.ja.svg", "growth.en.svg"):
        root = etree.fromstring(hostile[name])
        tags = {etree.QName(element).localname for element in root.iter() if isinstance(element.tag, str)}
        assert not tags & {"script", "img", "foreignObject", "iframe", "a"}
        assert not [key for element in root.iter() for key in element.attrib if key.lower().startswith("on")]
        assert "<svg onload=window.ran=1>" in root.findtext(".//{http://purl.org/dc/elements/1.1/}title")


def test_nothing_that_a_text_holds_becomes_a_formula_or_a_link(hostile):
    workbooks = {name: hostile[name] for name in ("growth.ja.xlsx", "growth.en.xlsx")}
    for lang in ("ja", "en"):
        slides_files = zips.unzipped(hostile[f"growth.{lang}.pptx"])
        workbooks |= {f"{lang}/{name}": raw for name, raw in slides_files.items() if name.endswith(".xlsx")}
        for name, raw in slides_files.items():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(raw)
            assert b"hlinkClick" not in raw, name
    assert len(workbooks) == 4
    for name, raw in workbooks.items():
        for part, content in zips.unzipped(raw).items():
            assert not re.search(rb"<f[ >]|<hyperlink|mergeCell", content), (name, part)
    cells = [row[0] for row in python_calamine.load_workbook(io.BytesIO(hostile["growth.en.xlsx"])).get_sheet_by_name("Data").to_python()[1:]]
    assert cells == [payload.replace("\u202e", "") for payload in PAYLOADS]


def test_nothing_in_the_csv_is_calculated_and_no_number_is_changed(hostile):
    rows = list(csv.reader(io.StringIO(hostile["growth.csv"].decode("utf-8-sig"), newline="")))

    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@")) and not re.fullmatch(r"-?[\d.]+", cell)]
    assert data_files.csv_bytes(b"a\n-1\n+1\n1e-05\n").decode("utf-8-sig").split() == ["a", "-1", "'+1", "1e-05"]


def test_texts_that_hold_anything_stay_readable_in_every_property(hostile):
    shown = "</script><script>window.ran=1</script>"

    assert shown in said("growth.en.png", hostile["growth.en.png"])
    assert shown in pypdfium2.PdfDocument(hostile["growth.en.pdf"]).get_metadata_value("Title")
    assert Presentation(io.BytesIO(hostile["growth.en.pptx"])).core_properties.title.startswith(f"Figure 2-1 {shown}")
    assert "\\u202e" in said("growth.en.png", hostile["growth.en.png"]) and "\u202e" not in said("growth.en.png", hostile["growth.en.png"])
    assert json.loads(hostile["growth.en.vl.json"])["usermeta"]["evidence"]["edition"] == "2019-09"


def panel(mark, **channels):
    rows = pd.DataFrame({"name": ["a", "a", "b"], "low": [0, 2, 0], "high": [2.0, 3.0, 4.0], "kind": ["x", "y", "x"], "year": [2019, 2020, 2020]})
    return getattr(alt.Chart(rows), f"mark_{mark}")().encode(description="name:N", **channels).to_dict()


@pytest.mark.parametrize(
    ("drawing", "kind", "series"),
    [
        (panel("bar", x=alt.X("low:Q", title="n"), x2="high:Q", y="name:N", color="kind:N"), "stacked", {"x": [2, 4], "y": [1, None]}),
        (panel("line", x="year:O", y=alt.Y("high:Q", title="n"), color="kind:N"), "line", {"x": [2, 4], "y": [None, 3]}),
        (panel("point", x=alt.X("high:Q", title="n"), y="name:N", color="kind:N"), "dot", {"x": [2, 4], "y": [3, None]}),
        (panel("rect", x=alt.X("low:Q", title="n"), x2="high:Q", y="name:N"), "", {}),
        (panel("bar", x=alt.X("low:Q", title=None), y="name:N"), "", {}),
    ],
)
def test_bars_dots_and_lines_are_plotted_and_nothing_else(drawing, kind, series):
    found = plots.plots(drawing, "en")

    assert ([plot.kind for plot in found], [plot.series for plot in found]) == (([kind], [series]) if kind else ([], []))


def test_every_png_is_whole(files):
    for name, raw in files.items():
        if name.endswith(".png"):
            places = [kind for kind, _ in chunks(raw)]
            assert places[0] == b"IHDR" and places[-1] == b"IEND"
            assert zlib.decompress(b"".join(content for kind, content in chunks(raw) if kind == b"IDAT"))


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("kind", ["figure", "table"])
def test_a_guard_stands_in_the_block_for_a_text_document_once_and_before_its_table(lang, kind):
    text = docx.Document(io.BytesIO(made(kind=kind)[f"growth.{lang}.docx"]))
    told = [one.text if hasattr(one, "text") else "table" for one in text.iter_inner_content()]

    guards = [number for number, one in enumerate(told) if "not a ranking" in one]
    assert len(guards) == 1
    assert guards[0] < told.index("table")


def test_the_block_for_a_text_has_caption_picture_source_line_and_table(files):
    """What is dropped into a paper says by itself what it is, to whoever sees the picture and to whoever hears it."""
    text = docx.Document(io.BytesIO(files["growth.en.docx"]))
    told = [paragraph.text for paragraph in text.paragraphs if paragraph.text]
    [picture] = text.inline_shapes
    named = picture._inline.docPr

    assert told[0] == "Figure 2-1 Growth" and told[-1].startswith("Source: Evidence Book") and "Note: not a ranking" in told
    assert named.get("descr") and str(stamps.read(named.get("title"))).startswith("evidence-book:2019-09/figures/growth#")
    assert [[cell.text for cell in row.cells] for row in text.tables[0].rows] == [["Funder", "Factor"], ["NIH", "1.4"], ["BMBF", "2.0"]]
    assert len(files["growth.en.docx"]) < 16_000 + len(files["growth.en.png"])
