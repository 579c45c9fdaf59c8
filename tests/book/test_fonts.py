"""The fonts that the book carries hold what it sets in them, and little more."""

import io
import json
import re

import lxml.html
import pytest
from fontTools.ttLib import TTFont

from tests.projects import SECOND

BOLD = "//text[@font-weight='bold']"


@pytest.fixture(scope="module")
def held(small_book) -> dict[str, set[str]]:
    """The characters of each font."""
    static = small_book / "_build" / "html" / SECOND / "ja" / "_static"
    raw = {weight: (static / f"noto-{weight}.woff2").read_bytes() for weight in ("regular", "bold")}
    return {weight: set(map(chr, TTFont(io.BytesIO(found)).getBestCmap())) for weight, found in raw.items()}


@pytest.mark.build
def test_what_drawings_set_bold_is_in_the_bold_font(small_book, held):
    shown: dict[str, str] = {}
    for path in (small_book / "_build" / "html" / SECOND / "ja").glob("[!w]*.html"):  # the workings aside
        for part in lxml.html.parse(path).xpath(BOLD):
            shown |= dict.fromkeys(re.sub(r"\s", "", part.text_content()), f"{path.name}: {part.text_content()[:40]}")

    assert len(shown) > 20 and {char: where for char, where in shown.items() if char not in held["bold"] and char in held["regular"]} == {}


@pytest.mark.build
def test_the_bold_font_is_a_part_of_the_regular_one(small_book, held):
    texts = [path.read_text(encoding="utf-8") for path in (small_book / "_build" / "work" / SECOND / "ja" / "runs").rglob("*.json")]

    assert set("".join(str(json.loads(text)) for text in texts)) & held["regular"] - held["bold"]
    assert held["bold"] < held["regular"] and len(held["bold"]) * 2 < len(held["regular"])
