"""What a workbook of Excel 97–2003 shows of a cell is what is read of it, as of a newer one: told, or refused with its place.

The files were written by LibreOffice; their numbers are made up.
"""

from pathlib import Path

from evidence.curation import spreadsheet
from evidence.errors import Refusal

FILES = Path(__file__).parent / "files"


def test_cells_are_read_as_they_are_shown_and_told():
    found = spreadsheet.grid(FILES / "as_shown.xls", "S")

    assert [row for _, row in found.lines] == [
        ["Year", "Projects", "Checked"],
        ["2012年度", "14¹", "True"],
        ["2024年度", "9", "False"],
        ["令和7年度", "12", "True"],
        ["2026-04-01", "12.5", "True"],
    ]
    assert [(one.code, one.found) for one in found.notices] == [("N2091", "2024-04-01 → 2024年度 (2)")]


def test_what_is_hidden_struck_out_or_no_value_is_known():
    unread = spreadsheet.grid(FILES / "not_as_shown.xls", "S").unread

    assert [(one.code, one.place.line, one.place.column, one.found) for one in unread] == [
        ("E2085", 6, "", "6"),
        ("E2085", None, "C", "C"),
        ("E272", 5, "B", "#DIV/0!"),
        ("E2084", 2, "B", "12"),
        ("E2084", 3, "B", "41"),
        ("E274", 4, "B", "0.342 (0.0%)"),
    ]


def test_a_workbook_whose_formats_are_damaged_is_refused_and_ends_no_program(tmp_path):
    whole = (FILES / "as_shown.xls").read_bytes()
    told = set()
    for place in range(512, len(whole), 97):
        (tmp_path / "a.xls").write_bytes(whole[:place] + b"\xff\xff\xff" + whole[place + 3 :])
        try:
            spreadsheet.grid(tmp_path / "a.xls", "S")
        except Refusal as refusal:
            told.add(refusal.code)

    assert "E273" in told
