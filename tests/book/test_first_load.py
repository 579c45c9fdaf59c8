"""No page weighs much on a first visit: all that it links is added up as a server sends it, and so every page is weighed, without a browser."""

import functools
import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import pytest

from tests.projects import SECOND

MOST = 300 * 1024
FONTS = MOST - 200 * 1024  # by which the fonts of the real book, of half as many characters again, are heavier than those of the small one
LINKED = "//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //img[not(@loading='lazy')]/@src"
BOLD = "//*[local-name()='text'][@font-weight='bold']"
pytestmark = pytest.mark.build


@functools.cache
def sent(path: Path) -> int:
    raw = path.read_bytes()
    return len(raw) if path.suffix in (".woff2", ".png") else len(gzip.compress(raw, mtime=0))


def loaded(page: Path) -> set[Path]:
    """The page and what it fetches before anything is asked of it: the regular font always, the bold one where a drawing sets something so."""
    tree = lxml.html.fromstring(page.read_bytes())
    linked = {(page.parent / unquote(re.split("[?#]", address)[0])).resolve() for address in tree.xpath(LINKED)}
    sheets = {path for path in linked if path.suffix == ".css"}
    named = {(sheet.parent / name).resolve() for sheet in sheets for name in re.findall(r'url\("?([^")]+\.woff2)', sheet.read_text(encoding="utf-8"))}
    weights = ("regular", "bold") if tree.xpath(BOLD) else ("regular",)
    return {page, *linked, *(path for path in named if path.stem.endswith(weights))}


def weights(site: Path) -> Iterator[tuple[str, dict[str, int]]]:
    for page in sorted(site.rglob("*.html")):
        yield page.relative_to(site).as_posix(), {path.name: sent(path) for path in loaded(page)}


def heavy(site: Path, most: int) -> dict[str, dict[str, int]]:
    return {name: parts for name, parts in weights(site) if sum(parts.values()) > most}


def test_no_page_of_the_small_book_is_heavy_on_a_first_visit(small_book):
    assert heavy(small_book / "_build" / "html", MOST - FONTS) == {}


def test_no_page_of_the_book_is_heavy_on_a_first_visit(book):
    assert heavy(book / "_build" / "html", MOST) == {}


def test_fonts_styles_scripts_and_pictures_are_weighed_with_the_page(small_book):
    site = small_book / "_build" / "html" / SECOND
    found = {path.name for path in loaded(site / "ja" / "trends.html")}

    assert {"trends.html", "noto-regular.woff2", "noto-bold.woff2", "book.css", "sort.js", "icon.svg"} <= found
    assert "noto-bold.woff2" not in {path.name for path in loaded(site / "ja" / "values.html")}
    assert not [path for path in loaded(site / "ja" / "exhibits.html") if path.suffix == ".png" or "figures" in path.parts]
