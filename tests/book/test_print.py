"""A page printed by a browser: A4, the edition and the number of the sheet on each, every exhibit with its id and digits, every column."""

import io
import json
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.projects import SECOND

A4 = {(595, 842), (842, 595)}
LENGTHENED = """
  const shown = document.querySelector("figure.exhibit-table"), rows = shown.querySelector("tbody");
  const row = rows.rows[0];
  rows.replaceChildren(...Array.from({ length: 80 }, (_, place) => {
    const made = row.cloneNode(true);
    made.cells[0].textContent = `row${place}`;
    return made;
  }));
  const before = document.createElement("p");
  before.textContent = "before";
  document.querySelector("article").replaceChildren(before, shown);
"""


@pytest.fixture(scope="session")
def site(small_book) -> Path:
    return small_book / "_build" / "html" / SECOND


@pytest.fixture(params=["ja", "en"])
def printed(request, site, browser) -> dict[str, tuple[str, PdfReader]]:
    """Each page of the book, by its name: what its HTML says, and what a browser prints of it."""
    found, page = {}, browser.new_page()
    for path in sorted((site / request.param).glob("[a-z]*.html")):
        if not re.match(r"workings|search|genindex|index", path.name):
            page.goto(path.as_uri())
            sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
            found[path.stem] = (path.read_text(encoding="utf-8"), sheets)
    page.close()
    return found


def close(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_every_sheet_is_a4_and_bears_the_edition_and_its_number(printed):
    for name, (_, reader) in printed.items():
        for number, sheet in enumerate(reader.pages, start=1):
            assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) in A4
            text = close(sheet.extract_text())
            assert SECOND in text and f"{number}/{len(reader.pages)}" in text, name


def test_every_exhibit_bears_its_id_and_digits_and_every_table_all_its_columns(printed, site):
    digits = {one["id"]: one["sha256"][:12] for one in json.loads((site / "figures.json").read_text(encoding="utf-8"))}
    seen = set()
    for html, reader in printed.values():
        text = close("".join(sheet.extract_text() for sheet in reader.pages))
        for id in re.findall(r'<figure class="exhibit exhibit-\w+" id="([^"]+)"', html):
            seen.add(id)
            assert re.search(close(id) + r"\W{1,4}(data)?" + digits[id], text), id
        for table in re.findall(r'exhibit-table"(.*?)</thead>', html, re.S):
            assert all(close(head) in text for head in re.findall(r"<th [^>]*>([^<]*)</th>", table))

    assert seen == set(digits)


def test_a_table_longer_than_a_sheet_begins_where_there_is_room(site, browser):
    """Kept whole as far as may be, it would leave the sheet before it empty but for a line."""
    path = next(path for path in sorted((site / "ja").glob("[a-v]*.html")) if "exhibit-table" in path.read_text(encoding="utf-8"))
    page = browser.new_page()
    page.goto(path.as_uri())
    page.evaluate(f"() => {{ {LENGTHENED} }}")
    first, *others = [close(sheet.extract_text()) for sheet in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    page.close()

    assert "before" in first and "row9" in first
    assert others and "row79" in others[-1]
