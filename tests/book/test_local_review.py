"""A paper is checked in the reader's browser, offline, as the command checks it; nothing leaves the machine."""

import json
from collections.abc import Iterator

import docx
import pytest
from pptx import Presentation

from evidence.checking import review
from evidence.checking.published_site import Site
from evidence.tables import corrections
from tests.book.test_browser import opened
from tests.book.test_policy import KEPT, POLICY
from tests.conftest import serving
from tests.projects import FIRST, SECOND

FIGURE, VALUE, GROWN = "growth-bars", "north-budget", "share-lines"
pytestmark = [pytest.mark.browser, pytest.mark.build]


@pytest.fixture(scope="module")
def site(small_book):
    return small_book / "_build" / "html"


@pytest.fixture(scope="module")
def served(site) -> Iterator[str]:
    yield from serving(site, content_security_policy=POLICY)


@pytest.fixture(scope="module")
def cited(site):
    """Citations as the book offers them, and as they come to be: with other digits, without an edition, of what there is not."""
    told = {edition: json.loads((site / edition / "citations.json").read_text(encoding="utf-8")) for edition in (FIRST, SECOND)}
    short = told[SECOND][FIGURE]["ja"]["short"]
    whole = [told[edition][id]["ja"]["short"] for edition, id in ((SECOND, FIGURE), (FIRST, FIGURE), (FIRST, GROWN), (SECOND, VALUE))]
    digits = next(one["sha256"][:12] for one in json.loads((site / SECOND / "figures.json").read_text(encoding="utf-8")) if one["id"] == FIGURE)
    return [
        *whole,
        short.replace(digits, "000000000000"),
        f"see {FIRST}/figures/{GROWN}/",
        "識別子：no-such-id（データ 0123456789ab）",
        "no citation",
    ]


def paper(path, cited):
    if path.suffix == ".docx":
        text = docx.Document()
        for told in cited:
            text.add_paragraph(told)
        text.save(path)
    elif path.suffix == ".pptx":
        deck = Presentation()
        for told in cited:
            deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = told
        deck.save(path)
    else:
        path.write_text("\n\n".join(cited), encoding="utf-8")
    return path


def checked(browser, address, path, lang="en"):
    """The rows of the result in this language, and what the browser held back or said."""
    with opened(browser) as page:
        asked: list[str] = []
        page.add_init_script(KEPT)
        page.goto(address)
        page.on("request", lambda request: asked.append(request.url) if "/_static/" not in request.url else None)  # letters of the result
        page.locator(f"section[lang={lang}] input").set_input_files(str(path))
        page.locator(f"section[lang={lang}] .result p").wait_for()
        shown = page.locator(f"section[lang={lang}] .result tbody tr")
        rows = shown.evaluate_all("rows => rows.map(row => [...row.cells].map(cell => cell.textContent))")
        assert page.evaluate("window.held") == [] and asked == []
        return rows, page.locator(f"section[lang={lang}] .result").inner_text()


@pytest.mark.parametrize("ending", [".docx", ".pptx", ".md"])
def test_the_page_says_of_each_citation_what_the_command_says(browser, small_book, site, served, cited, tmp_path, ending):
    path = paper(tmp_path / f"paper{ending}", cited)
    found = review.review(path, Site(site), corrections.wrong(small_book / "data"), "en")

    rows, _ = checked(browser, f"{served}/review.html", path)

    command = [(one["id"], one["edition"], one["verdict"]) for one in found]
    verdicts = {review.shown(one, "en")["verdict"]: one["verdict"] for one in found}
    page = [(row[1].split(" ")[0], row[2].split(" ")[0], verdicts.get(row[3], row[3])) for row in rows]
    assert len({one[2] for one in command}) >= 4
    assert page == command


def test_it_works_from_a_folder_in_japanese_and_names_what_to_read_instead(browser, site, cited, tmp_path):
    rows, told = checked(browser, (site / "review.html").as_uri(), paper(tmp_path / "文書.docx", cited), "ja")

    assert told.startswith("文書.docx: 引用 7 件")
    assert [row[2] for row in rows if row[1].startswith(FIGURE)][1] == f"{FIRST} → {SECOND}"


def test_a_file_that_is_none_is_said_to_be_none(browser, site, tmp_path):
    path = tmp_path / "paper.docx"
    path.write_bytes(b"no archive")

    assert "this file cannot be read" in checked(browser, (site / "review.html").as_uri(), path)[1]
