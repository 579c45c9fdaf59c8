"""A reader chooses the columns of a long or wide table; a wide one shows six of them as a table, and the rest of a row on demand."""

import re
from pathlib import Path

import lxml.html
import pytest
from axe_playwright_python.sync_playwright import Axe

from evidence import root
from evidence.exhibits import printed
from evidence.tables.edition import opened as edition
from evidence.words import LANGUAGES
from tests.book.test_browser import VIOLATIONS, opened
from tests.projects import SECOND

LABELS = [f"Head {place}" for place in range(1, 13)]
WIDE = """<!doctype html><html lang="en"><title>Wide</title><meta charset="utf-8"><link rel="stylesheet" href="book.css">
<link rel="stylesheet" href="print.css" media="print"><script src="table-columns.js"></script><script src="sort.js"></script><main><h1>Wide</h1>
<figure class="exhibit" id="wide"><div class="data-table" role="region" tabindex="0" aria-label="Wide"><table data-sort="Sort by {{head}}"
data-order="Sort" data-unsorted="as in the book" data-filter="Filter rows" data-filtered="{{n}} of {{total}} rows" data-columns="Choose columns"
data-rest="The rest of this row"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></figure></main>"""


@pytest.fixture
def wide(tmp_path) -> str:
    for name in ("sort.js", "table-columns.js", "book.css", "print.css"):
        (tmp_path / name).write_bytes((root.folder() / "book" / "_static" / name).read_bytes())
    cells = "".join(f'<td class="long">{{row}} of <a href="#">{label}</a>, said in words</td>' for label in LABELS[1:])
    rows = "".join(f'<tr id="row-{n}"><th scope="row">Row {n}</th>{cells.format(row=n)}</tr>' for n in range(14))
    heads = "".join(f'<th scope="col" class="long">{label}</th>' for label in LABELS)
    (tmp_path / "page.html").write_text(WIDE.format(heads=heads, rows=rows), encoding="utf-8")
    return (tmp_path / "page.html").as_uri()


def heads(page) -> list[int]:
    return [int(text.split()[1]) for text in page.locator("thead th:visible").all_inner_texts()]


@pytest.mark.browser
@pytest.mark.parametrize(("width", "count"), [(900, 5), (1400, 6), (1920, 6)])
def test_a_wide_table_shows_five_or_six_columns_as_a_table_and_the_rest_of_a_row_on_demand(browser, wide, width, count):
    with opened(browser, viewport={"width": width, "height": 900}) as page:
        page.goto(wide)
        page.wait_for_selector(".row-more")
        button = page.get_by_role("button", name="The rest of this row: Row 2", exact=True)
        assert heads(page) == list(range(1, count + 1))
        assert page.locator("tbody td:visible").first.evaluate("cell => getComputedStyle(cell).display") == "table-cell"
        button.focus()
        page.keyboard.press("Enter")

        rest = page.locator("#row-2 + tr.row-rest")
        assert rest.locator("dt").all_inner_texts() == LABELS[count:] and rest.locator("dd a").count() == 12 - count
        assert button.get_attribute("aria-expanded") == "true"
        page.get_by_label("Filter rows").fill("Row 3")
        assert page.locator("tr.row-rest").count() == 0


@pytest.mark.browser
def test_a_name_that_all_rows_share_leaves_its_room_to_what_differs(browser, wide):
    with opened(browser, viewport={"width": 860, "height": 900}) as page:
        page.goto(wide)
        page.wait_for_selector(".row-more")
        mine = heads(page)
        same = Path(wide.removeprefix("file://")).with_name("same.html")
        same.write_text(re.sub(r"Row \d+", "Row", same.with_name("page.html").read_text(encoding="utf-8")), encoding="utf-8")
        page.goto(same.as_uri())
        page.wait_for_selector(".row-more")

        assert (mine, heads(page)) == ([1, 2, 3, 4], [1, 2, 3, 4, 5])


@pytest.mark.browser
def test_columns_are_chosen_by_keyboard_and_the_address_shows_another_the_same(browser, wide):
    with opened(browser, viewport={"width": 1400, "height": 900}) as page:
        page.goto(wide)
        page.locator("summary", has_text="Choose columns").press("Enter")
        for label in LABELS[1:5]:
            page.get_by_label(label, exact=True).press(" ")
        page.get_by_label("Head 9", exact=True).press(" ")
        mine, sent = heads(page), page.url
        assert page.get_by_label("Head 1", exact=True).count() == 0
    with opened(browser, viewport={"width": 1400, "height": 900}) as page:
        page.goto(sent)
        page.wait_for_selector(".row-more", state="attached")

        assert heads(page) == mine == [1, 6, 9]
        page.goto(f"{wide}?columns.wide=x.99.-1.0")
        page.wait_for_selector(".row-more", state="attached")
        assert heads(page) == [1]


@pytest.mark.browser
def test_paper_has_every_column_whatever_was_chosen(browser, wide):
    with opened(browser) as page:
        page.goto(f"{wide}?columns.wide=1.2")
        page.wait_for_selector(".row-more", state="attached")
        page.emulate_media(media="print")

        assert page.locator("tbody tr").first.locator("th:visible, td:visible").count() == len(LABELS)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1400, 320])
def test_choice_and_rest_are_accessible(browser, wide, width):
    with opened(browser, viewport={"width": width, "height": 900}) as page:
        page.goto(wide)
        page.locator("summary", has_text="Choose columns").click()
        page.locator(".row-more").first.click()
        found = Axe().run(page, options=VIOLATIONS).response["violations"]

        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []


@pytest.mark.build
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_hash_of_a_file_is_a_column_for_readers(small_book: Path, lang):
    shown = printed.seen(edition("2026-11").table("sources")[["id", "sha256"]], lang)
    page = lxml.html.parse(small_book / "_build" / "html" / SECOND / lang / "sources.html")

    assert len(shown.columns) == 1
    assert not [cell for cell in page.xpath("//figure//td/text()") if re.fullmatch("[0-9a-f]{64}", cell.strip())]
    assert not page.xpath("//figure//th[contains(., 'SHA')]")
