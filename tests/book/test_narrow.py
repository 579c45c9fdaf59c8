"""A drawing that has a form for a narrow screen is shown in it where the wide one would be cut, and on paper and on a wide screen in the wide one."""

from pathlib import Path

import pytest

from evidence.charts import narrow
from evidence.words import LANGUAGES
from tests.book.test_browser import opened
from tests.projects import SECOND

LATEST = "2026-11"
NAMES = ("trends", "coauthorship", "changes")
SEEN = """drawings => drawings.map(drawing => {
    const shown = [...drawing.querySelectorAll('svg')].filter(svg => svg.checkVisibility());
    const texts = shown.flatMap(svg => [...svg.querySelectorAll('text')].map(text =>
        parseFloat(text.getAttribute('font-size')) * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width));
    return {id: drawing.closest('figure').id, shown: shown.map(svg => svg.parentElement.className), two: drawing.matches('.in-two'),
        cut: drawing.scrollWidth > drawing.clientWidth + 1, least: Math.min(...texts)};
})"""
pytestmark = [pytest.mark.browser, pytest.mark.build]


@pytest.fixture(scope="module")
def site(small_book) -> Path:
    return small_book / "_build" / "html" / SECOND


def drawings(browser, site: Path, lang: str, width: int, media: str = "screen") -> list[dict]:
    found = []
    with opened(browser, viewport={"width": width, "height": 900}) as page:
        page.emulate_media(media=media)
        for name in NAMES:
            page.goto((site / lang / f"{name}.html").as_uri())
            found += page.locator("figure.exhibit .drawing").evaluate_all(SEEN)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [320, 360])
def test_a_drawing_in_two_forms_is_not_cut_and_its_letters_are_11_pixels_at_least(browser, site, lang, width):
    found = [one for one in drawings(browser, site, lang, width) if one["two"]]

    assert len(found) >= 4
    assert [one for one in found if one["cut"] or one["least"] < 11 or one["shown"] != ["on-narrow"]] == []


@pytest.mark.parametrize(("width", "media"), [(768, "screen"), (1400, "screen"), (794, "print"), (360, "print")])
def test_on_a_wide_screen_and_on_paper_it_is_the_wide_one(browser, site, width, media):
    found = drawings(browser, site, "ja", width, media)

    assert [one for one in found if one["shown"] != ["on-wide"]] == []


def test_ids_of_both_forms_differ_and_no_file_for_citers_is_narrow(site):
    text = (site / "ja" / "coauthorship.html").read_text(encoding="utf-8")

    assert 'id="share-lines-narrow-' in text or "on-narrow" in text
    assert [path.name for path in (site / "figures").rglob("*narrow*")] == []
    assert all(narrow.wide(path.read_text(encoding="utf-8")) > narrow.WIDTH for path in (site / "figures" / "growth-bars").glob("*.svg"))


def without(project: Path, edition: str) -> list[str]:
    """The drawings of an edition that would be cut on a narrow screen: too wide, and in no form for it."""
    drawings = [path for path in (project / "_build" / "work" / edition).rglob("runs/*/*.svg") if not path.name.endswith(".narrow.svg")]
    assert drawings
    wide = [path for path in drawings if narrow.wide(path.read_text(encoding="utf-8")) > narrow.WIDTH]
    return sorted(f"{path.parts[-4]} {path.stem}" for path in wide if not path.with_suffix(".narrow.svg").read_text(encoding="utf-8"))


def test_every_drawing_that_is_too_wide_has_a_form_for_a_narrow_screen(small_book):
    assert without(small_book, SECOND) == []


def test_so_has_every_drawing_of_the_whole_book(book):
    assert without(book, LATEST) == []
