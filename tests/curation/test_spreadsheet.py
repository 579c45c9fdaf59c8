"""What a small workbook says of its size costs nothing; what it is filled with beyond a limit is refused with the limit."""

import zipfile

import openpyxl
import pytest
from openpyxl.styles import Font

from evidence.curation import spreadsheet
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
    monkeypatch.setattr(spreadsheet, "_shown", lambda value, form, shown=spreadsheet._shown: kept.append(value) or shown(value, form))

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
    path = rewritten(saved(tmp_path / "a.xlsx"), b'<row r="2"', b'<row r="9999999999"')

    assert refused(path) in ("E255", "E273")


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
