"""What an OpenDocument sheet shows of a cell is what is read of it, as of a workbook of Excel: told, or refused with its place."""

import io
import zipfile

import pytest

from evidence.curation import spreadsheet

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {"office": "office", "table": "table", "text": "text", "style": "style", "fo": "xsl-fo-compatible"}.items()
)
STYLES = (
    '<office:automatic-styles><style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="T2" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="ce1" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="ce2" style:family="table-cell"><style:text-properties style:text-line-through-style="none"/></style:style>'
    "</office:automatic-styles>"
)
HEAD = '<table:table-row><table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>' + (
    '<table:table-cell office:value-type="string"><text:p>2030</text:p></table:table-cell></table:table-row>'
)


def text(content: str, more: str = 'office:value-type="string"') -> str:
    return f"<table:table-cell {more}><text:p>{content}</text:p></table:table-cell>"


def read(folder, cells: str, row: str = ""):
    """The lines and notices of a sheet whose third row holds these cells; a row is left out above it by repetition."""
    rows = HEAD.format("Country") + f'<table:table-row table:number-rows-repeated="1">{text("Japan")}{text("9")}</table:table-row>'
    body = f'<table:table table:name="S">{rows}<table:table-row {row}>{cells}</table:table-row></table:table>'
    marked = text('x<text:span text:style-name="T2">1</text:span>')
    other = f'<table:table table:name="T"><table:table-row>{marked}</table:table-row></table:table>'
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMES} office:version="1.2">{STYLES}<office:body><office:spreadsheet>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"{content}{body}{other}</office:spreadsheet></office:body></office:document-content>")
        archive.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>')
    (folder / "a.ods").write_bytes(stream.getvalue())
    return spreadsheet.grid(folder / "a.ods", "S")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (text('14<text:span text:style-name="T1">1</text:span>'), "14¹"),
        (text("14", 'table:style-name="ce2" office:value-type="float" office:value="14"'), "14"),
        (text("令和6年度", 'office:value-type="date" office:date-value="2024-04-01"'), "令和6年度"),
    ],
)
def test_a_cell_is_read_as_it_is_shown(tmp_path, cell, shown):
    assert read(tmp_path, text("Germany") + cell).lines[-1] == (3, ["Germany", shown])


def test_a_date_that_is_shown_as_something_else_is_told(tmp_path):
    found = read(tmp_path, text("Germany") + text("2024年度", 'office:value-type="date" office:date-value="2024-04-01"')).notices

    assert [(one.code, one.found) for one in found] == [("N2091", "2024-04-01 → 2024年度 (1)")]


def test_a_number_of_which_fewer_digits_are_shown_is_read_whole_and_told(tmp_path):
    found = read(tmp_path, text("Germany") + text("1,234.3", 'office:value-type="float" office:value="1234.345"'))

    assert (found.lines[-1][1][1], [one.found for one in found.notices]) == ("1234.345", ["1234.345 (1234.3) (1)"])


@pytest.mark.parametrize(
    ("cells", "row", "code", "where"),
    [
        (text("Germany") + text('1<text:span text:style-name="T2">4</text:span>'), "", "E2084", (3, "B")),
        (text("Germany") + text("14", 'table:style-name="ce1" office:value-type="float" office:value="14"'), "", "E2084", (3, "B")),
        (text("Germany") + text("34.2%", 'office:value-type="percentage" office:value="0.342"'), "", "E274", (3, "B")),
        (text("Germany") + text("14"), 'table:visibility="collapse"', "E2085", (3, "")),
        (text("Germany") + text("14"), 'table:visibility="filter"', "E2085", (3, "")),
    ],
)
def test_what_is_not_read_as_it_is_shown_is_known(tmp_path, cells, row, code, where):
    assert [(one.code, (one.place.line, one.place.column)) for one in read(tmp_path, cells, row).unread] == [(code, where)]
