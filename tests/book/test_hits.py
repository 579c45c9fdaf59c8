"""The list that the search looks in: of a large book it lies in several files, none of them large."""

from pathlib import Path
from urllib.parse import quote

import pytest

from evidence.book import hits
from tests.book.test_browser import opened
from tests.projects import PROJECT

PAGE = "<article><section id='a'><h1>{}</h1><p>{}</p></section></article>"
SEARCH = """<meta charset="utf-8"><ol id="hits" data-from="./hits.js"></ol>
<p id="hits-told" data-found="{n}" data-none="none"></p><script src="search.js"></script>"""


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


GLOSSARY = """<html lang="{}"><article><section id="t"><h1>Terms</h1><table><tbody><tr id="term-satreps"><th>SATREPS（仮称）</th><td>さとれっぷす</td>
<td>SATREPS (working title)</td><td>A programme.</td></tr></tbody></table></section></article></html>"""


@pytest.fixture
def glossary(tmp_path) -> Path:
    (tmp_path / "glossary.html").write_text(GLOSSARY.format("ja"), encoding="utf-8")
    (tmp_path / "funds.html").write_text(PAGE.format("SATREPS の採択", "課題の数"), encoding="utf-8")
    (tmp_path / "shares.html").write_text(PAGE.format("Co-authorship of Germany", "shares"), encoding="utf-8")
    hits.write(tmp_path, "ja")
    (tmp_path / "search.html").write_text(SEARCH, encoding="utf-8")
    (tmp_path / "search.js").write_bytes((PROJECT / "book" / "_static" / "search.js").read_bytes())
    return tmp_path


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "page_of_it"), [("サトレップス 採択", "funds.html"), ("サトレップス採択", "funds.html"), ("Germany co-authorshp", "shares.html")]
)
def test_the_reading_of_a_term_and_a_slip_in_a_hyphened_word_find_what_the_book_calls_otherwise(glossary, browser, query, page_of_it):
    with opened(browser) as page:
        page.goto(f"{glossary.as_uri()}/search.html?q={quote(query)}")
        page.wait_for_selector("#hits li")

        assert page_of_it in [link.get_attribute("href") for link in page.locator("#hits li a").all()]


@pytest.mark.parametrize(("lang", "name"), [("ja", "SATREPS（仮称）"), ("en", "SATREPS (working title)")])
def test_a_term_is_found_under_its_name_in_the_language_of_the_book(lang, name):
    assert [hit.title for hit in hits.listed(GLOSSARY.format(lang), "glossary.html") if hit.kind == "term"] == [name]
