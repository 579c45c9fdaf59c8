"""The list that the search looks in: of a large book it lies in several files, none of them large."""

from pathlib import Path
from urllib.parse import quote

import pytest

from evidence.book import hits
from tests.book.test_browser import opened
from tests.projects import PROJECT

PAGE = "<article><section id='a'><h1>{}</h1><p>{}</p></section></article>"
SEARCH = """<ol id="hits" data-from="./hits.js"></ol><p id="hits-told" data-found="{n}" data-none="none"></p><script src="search.js"></script>"""


@pytest.fixture
def book(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(hits, "LARGEST", 500)
    for number in range(9):
        (tmp_path / f"page-{number}.html").write_text(PAGE.format(f"Chapter no{number}", "of some words " * 20), encoding="utf-8")
    hits.write(tmp_path, "en")
    (tmp_path / "search.html").write_text(SEARCH, encoding="utf-8")
    (tmp_path / "search.js").write_bytes((PROJECT / "book" / "_static" / "search.js").read_bytes())
    return tmp_path


@pytest.mark.browser
@pytest.mark.parametrize("number", [0, 8])
def test_what_lies_in_the_first_and_in_the_last_of_several_files_is_found(book, browser, number):
    assert len(list(book.glob("hits*.js"))) > 3
    with opened(browser) as page:
        page.goto(f"{book.as_uri()}/search.html?q={quote(f'Chapter no{number}')}")

        assert page.locator("#hits li a").first.get_attribute("href") == f"page-{number}.html"
