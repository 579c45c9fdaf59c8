"""A page says that its edition was corrected or followed as the list of editions says, whatever the editions are called."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from evidence import root
from evidence.editions import site
from evidence.tables.lineage import Lineage, Tie

BOOK = {
    "2019-09": None, "2019-09-c2": Tie("corrects", "2019-09"), "2019-09-c10": Tie("corrects", "2019-09-c2"), "2026-11": Tie("succeeds", "2019-09"),
}  # fmt: skip
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><script src="_static/edition.js"></script>
<p class="edition-notice" hidden data-edition="EDITION" data-top="./../../" data-newer="newer: {name}" data-corrected="corrected: {name}"></p>
<article class="bd-article"><p>text</p></article>"""
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(chromium) -> Iterator[Page]:
    with sync_playwright() as player, contextlib.closing(player.chromium.launch(executable_path=chromium, args=["--no-sandbox"])) as browser:
        yield browser.new_page()


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    """A site of pages that hold nothing but what the script looks for."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "editions.js").write_text(f"window.evidenceEditions = {json.dumps(site.listed(Lineage(BOOK)))};\n", encoding="utf-8")
    for name in BOOK:
        static = folder / name / "en" / "_static"
        static.mkdir(parents=True)
        (static / "edition.js").write_bytes((root.folder() / "book" / "_static" / "edition.js").read_bytes())
        (static.parent / "index.html").write_text(PAGE.replace("EDITION", name), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("edition", "told", "to"),
    [
        ("2019-09", "corrected: 2019-09-c10", "2019-09-c10"), ("2019-09-c2", "corrected: 2019-09-c10", "2019-09-c10"),
        ("2019-09-c10", "newer: 2026-11", "2026-11"), ("2026-11", "", ""),
    ],
)  # fmt: skip
def test_a_page_names_what_to_read_instead(page, book, edition, told, to):
    page.goto((book / edition / "en" / "index.html").as_uri())
    page.wait_for_function("window.evidenceEditions !== undefined")
    notice = page.locator(".edition-notice a")

    assert "".join(notice.all_text_contents()) == told
    assert page.locator(".edition-notice").is_visible() == bool(told)
    assert [link.get_attribute("href") for link in notice.all()] == ([f"./../../{to}/en/index.html"] if to else [])
