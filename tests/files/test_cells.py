"""What stands in the cells of pages, workbooks and slides: words for codes and periods, years without a comma, numbers as numbers, ids as links."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pandas as pd
import pytest
from openpyxl import load_workbook
from pptx import Presentation

from evidence import words
from evidence.errors import Refusal
from evidence.exhibits import data_files, printed
from evidence.words import LANGUAGES
from tests.projects import PROJECT, SECOND

RAW_PERIOD = re.compile(r"(?:FY)?\d{4}/(?:FY)?\d{4}|\d{4}-\d{2}(?:-\d{2})?")
UNITS = [word for key in ("jpy-m", "eur-bn", "pct", "projects", "countries", "items", "years", "multiple", "articles") for word in [f"unit.{key}"]]
QUOTED = {"as_printed", "growth", "span", "item", "old", "new"}  # words of a source, and cells of tables of any kind, which stay as they are


def codes() -> set[str]:
    """The codes of the tables' columns that pages show in words; one that is also a word of the language is none of ours."""
    found = set()
    for path in (PROJECT / "data" / "schema").glob("*.json"):
        for field in json.loads(path.read_text(encoding="utf-8"))["fields"]:
            found |= {code for code in field.get("constraints", {}).get("enum", []) if re.fullmatch(r"[a-z]+(?:-[a-z]+)+", str(code))}
    return found


def cells(site: Path, lang: str) -> Iterator[tuple[str, str]]:
    """(where, text) of every cell of the tables on pages, of the data in workbooks, and of slides, but those of ids."""
    for path in sorted((site / lang).glob("*.html")):
        for cell in lxml.html.parse(path).getroot().iterfind(".//figure//tbody/tr/*"):
            yield f"page {path.name}", cell.text_content().strip()
    for path in sorted(site.glob(f"figures/*/*.{lang}.xlsx")):
        book = load_workbook(path, read_only=True)
        ids = {
            row[0] for row in book.worksheets[1].iter_rows(values_only=True) if str(row[1]) in {"id", "entity", "funder", "claims", "observations"}
        }
        heads, *rows = book.worksheets[0].iter_rows(values_only=True)
        yield from (
            (f"workbook {path.name}", cell)
            for row in rows
            for head, cell in zip(heads, row, strict=True)
            if isinstance(cell, str) and head not in ids
        )
    for path in sorted(site.glob(f"figures/*/*.{lang}.pptx")):
        for shape in (shape for slide in Presentation(path).slides for shape in slide.shapes if shape.has_table):
            yield from ((f"slide {path.name}", cell.text.strip()) for row in shape.table.rows for cell in row.cells)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_cell_of_a_page_workbook_or_slide_is_a_bare_code_or_a_raw_period(small_book, lang):
    site, known = small_book / "_build" / "html" / SECOND, codes()
    found = list(cells(site, lang))

    assert {place.split()[0] for place, _ in found} == {"page", "workbook", "slide"}
    assert [cell for cell in found if cell[1] in known or RAW_PERIOD.fullmatch(cell[1])] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_cell_of_a_workbook_is_a_number_with_its_unit_as_text(small_book, lang):
    shapes = [re.escape(words.word(unit, lang, n="§")).replace("§", r"[\d,.]+(?:[–～][\d,.]+)?") for unit in UNITS]
    told = re.compile("|".join(shapes))
    found = []
    for path in (small_book / "_build" / "html" / SECOND).glob("figures/*/*.csv"):
        for row in csv.DictReader(path.open(encoding="utf-8-sig", newline="")):
            own = {name: cell for name, cell in row.items() if name.endswith(f"_{lang}") and name.removesuffix(f"_{lang}") not in QUOTED}
            found += [(path.name, name, cell) for name, cell in own.items() if told.fullmatch(cell)]

    assert found == []


@pytest.mark.parametrize(("data", "code"), [(b"modality\nmustn't\n", "E344"), (b"period\nlately\n", "E345"), (b"rank\n1\n", "E346")])
def test_a_workbook_that_would_show_what_has_no_words_is_refused(data, code):
    with pytest.raises(Refusal) as refused:
        data_files.sheet(data, "ja")

    assert refused.value.code == code


@pytest.mark.parametrize(("name", "value", "code"), [("modality", "mustn't", "E344"), ("period", "lately", "E345")])
def test_a_page_and_a_slide_that_would_show_what_has_no_words_are_refused(name, value, code):
    with pytest.raises(Refusal) as refused:  # a slide shows the rows that its page shows
        printed.seen(pd.DataFrame({name: [value]}), "en")

    assert refused.value.code == code


KEYED = b"grade,verdict_ja,verdict_en\nnot-verifiable,\xe4\xb8\x80\xe8\x87\xb4,confirmed\n"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workbook_of_a_language_has_no_key_and_the_data_file_keeps_it(lang):
    assert [column.name for column in data_files.sheet(KEYED, lang).columns] == [f"verdict_{lang}"]
    assert [column.name for column in data_files.sheet(KEYED).columns] == ["grade", "verdict_ja", "verdict_en"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_place_in_a_figure_is_a_number_in_a_workbook(lang):
    found = data_files.sheet(b"partner_ja,partner_en,down,across\nx,x,1,2\n", lang)

    assert [column.numeric for column in found.columns] == [False, True, True]


@pytest.mark.parametrize("kind", [(2008, "2008"), (2019.0, "2019")])
def test_a_year_has_no_comma_in_a_table(kind):
    assert printed.seen(pd.DataFrame({"year": [kind[0]]}), "en").iloc[0, 0] == kind[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_id_in_a_table_is_a_link_where_this_edition_has_what_it_names(small_book, lang):
    site = small_book / "_build" / "html" / SECOND
    known = {one["id"] for part in ("figures", "values") for one in json.loads((site / f"{part}.json").read_text(encoding="utf-8"))}
    plain = []
    for path in sorted((site / lang).glob("*.html")):
        for row in lxml.html.parse(path).getroot().iterfind(".//figure//tbody/tr"):
            own = row.get("id", "")
            plain += [(path.name, text) for text in row.xpath("./*/text()") if text.strip() in known and not own.endswith(text.strip())]

    assert plain == []
