"""What a small workbook says of its size costs nothing; what it is filled with beyond a limit is refused with the limit."""

import datetime
import time
import zipfile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from evidence.curation import shown, spreadsheet
from evidence.errors import Refusal, Refusals

NAMES = ["id", "value"]


def saved(path, **cells):
    book = openpyxl.Workbook()
    for row in (NAMES, ["a", 1]):
        book.active.append(row)
    for place, value in cells.items():
        book.active[place] = value
        book.active[place].font = Font(bold=True)
    book.save(path)
    return path


def rewritten(path, old: bytes, new: bytes):
    """The workbook with a change in its sheet that no program would make."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(old, new) if name.endswith("sheet1.xml") else content)
    return path


def refused(path) -> str:
    with pytest.raises((Refusal, Refusals)) as found:
        spreadsheet.read(path, "", NAMES)
    return found.value.code if isinstance(found.value, Refusal) else found.value.problems[0].code


@pytest.mark.slow
def test_a_format_on_the_last_cell_of_the_sheet_costs_nothing(tmp_path, monkeypatch):
    kept = []
    monkeypatch.setattr(shown, "text", lambda value, text=shown.text: kept.append(value) or text(value))

    found = spreadsheet.read(saved(tmp_path / "a.xlsx", XFD1048576=None), "", NAMES)

    assert found.sheet.rows == [["a", "1"]]
    assert len(kept) < 20_000  # a line of the sheet, not the whole of it


def test_a_size_that_the_sheet_only_claims_costs_nothing(tmp_path):
    path = rewritten(saved(tmp_path / "a.xlsx"), b'<dimension ref="A1:B2"', b'<dimension ref="A1:XFD1048576"')

    assert spreadsheet.read(path, "", NAMES).sheet.rows == [["a", "1"]]


@pytest.mark.slow
@pytest.mark.parametrize("cells", [{"B1048576": 1}, {"XFD9": 1}, {"B300000": "x"}])
def test_a_sheet_filled_beyond_the_limit_is_refused(tmp_path, cells):
    assert refused(saved(tmp_path / "a.xlsx", **cells)) == "E255"


def test_a_line_that_no_sheet_has_is_refused(tmp_path):
    path = rewritten(saved(tmp_path / "a.xlsx"), b'r="B2"', b'r="B9999999999"')

    assert refused(path) == "E255"


def test_cells_merged_over_the_whole_sheet_are_refused_as_merged(tmp_path):
    path = rewritten(saved(tmp_path / "a.xlsx"), b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>')

    assert refused(path) == "E271"


def test_a_number_of_five_thousand_digits_is_refused(tmp_path):
    assert refused(rewritten(saved(tmp_path / "a.xlsx"), b"<v>1</v>", b"<v>" + b"9" * 5_000 + b"</v>")) == "E273"


def test_a_workbook_that_unfolds_beyond_the_limit_is_refused(tmp_path):
    assert refused(rewritten(saved(tmp_path / "a.xlsx"), b"<sheetData>", b" " * 60_000_000 + b"<sheetData>")) == "E255"


def test_more_columns_than_any_table_has_are_refused(tmp_path):
    (tmp_path / "a.csv").write_text(",".join(f"c{number}" for number in range(1_001)) + "\n", encoding="utf-8")

    assert refused(tmp_path / "a.csv") == "E255"


@pytest.mark.parametrize(
    ("value", "form", "seen"),
    [
        (datetime.datetime(2024, 4, 1), 'yyyy"年度"', "2024年度"), (45383, '[$-411]ggge"年度"', "令和6年度"), (2024, '0"年度"', "2024年度"),
        (datetime.datetime(2024, 4, 1), "yyyy/mm/dd", "2024-04-01"), (datetime.datetime(2024, 4, 1), "yyyy/m", "2024-04"),
        (1234.5, "#,##0", "1234.5"),
    ],
)  # fmt: skip
def test_a_date_is_read_as_its_format_shows_it(tmp_path, value, form, seen):
    book = openpyxl.Workbook()
    for row in (NAMES, ["a", value]):
        book.active.append(row)
    book.active["B2"].number_format = form
    book.save(tmp_path / "a.xlsx")

    assert spreadsheet.read(tmp_path / "a.xlsx", "", NAMES).sheet.rows == [["a", seen]]


def test_a_mark_set_above_a_number_is_no_digit_of_it(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(NAMES)
    book.active.append(["a", CellRichText("14", TextBlock(InlineFont(vertAlign="superscript"), "1"))])
    book.save(tmp_path / "a.xlsx")

    assert spreadsheet.read(tmp_path / "a.xlsx", "", NAMES).sheet.rows == [["a", "14¹"]]


def test_what_one_does_not_see_or_is_struck_out_is_known(tmp_path):
    struck, row, column = (saved(tmp_path / f"{name}.xlsx") for name in "abc")
    changes = {
        struck: lambda sheet: setattr(sheet["B2"], "font", Font(strike=True)),
        row: lambda sheet: setattr(sheet.row_dimensions[2], "hidden", True),
        column: lambda sheet: setattr(sheet.column_dimensions["B"], "hidden", True),
    }
    for path, change in changes.items():
        book = openpyxl.load_workbook(path)
        change(book.active)
        book.save(path)

    unread = [[one.code for one in spreadsheet.grid(path, "").unread] for path in (struck, row, column)]
    assert unread == [["E2084"], ["E2085"], ["E2085"]]


def test_a_sheet_of_a_hundred_thousand_cells_is_read_in_a_few_seconds(tmp_path):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("T")
    sheet.append(["id", *(str(1980 + number) for number in range(40))])
    for number in range(2_500):
        sheet.append([f"row {number}", *(number + place / 2 for place in range(40))])
    book.save(tmp_path / "a.xlsx")
    began = time.process_time()

    found = spreadsheet.grid(tmp_path / "a.xlsx", "")

    assert len(found.lines) == 2_501
    assert time.process_time() - began < 5


@pytest.mark.parametrize("text", ["id,value\na,{}\n", "id;value\na;{}\n", "{}"])
def test_a_cell_that_is_too_long_is_refused_with_its_line_whatever_parts_the_cells(tmp_path, text):
    (tmp_path / "long.csv").write_text(text.format("x" * 131_073), encoding="utf-8")

    with pytest.raises(Refusal) as refused:
        spreadsheet.grid(tmp_path / "long.csv", "")

    assert (refused.value.code, refused.value.place.line) == ("E219", text.count("\n") or 1)


def test_a_line_that_is_long_only_without_its_separator_is_read(tmp_path):
    (tmp_path / "wide.csv").write_text("\n".join("\t".join(["x" * 100] * 2_000) for _ in range(2)), encoding="utf-8")

    assert {len(row) for _, row in spreadsheet.grid(tmp_path / "wide.csv", "").lines} == {2_000}
