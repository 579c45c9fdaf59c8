"""The page of a screening stands alone, says each cause once, and shows the first rows."""

from evidence.curation import screening
from evidence.errors import Place, Refusal

LINES = [Refusal("E260", Place("a.csv", line, "entity"), "Germany") for line in range(2, 36)]


def test_a_cause_is_one_line_however_many_rows_have_it():
    page = screening.page(screening.Screened("a.csv", "data/2027-03/observations.csv", problems=LINES), "en")

    assert page.count("<li>") == 1
    assert "(34 lines: 2, 3, 4, 5, 6, …)" in page


def test_the_page_asks_for_no_other_file_and_escapes_what_a_cell_says():
    page = screening.page(screening.Screened("a.csv", "x", ["entity"], [["<script>alert(1)</script>"]], problems=LINES), "ja")

    assert "<script" not in page
    assert "src=" not in page
    assert "http" not in page
    assert '<html lang="ja">' in page
