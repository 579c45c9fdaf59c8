"""The font cut to what a build draws: the same drawing, pixels and page, and where a character is missing the whole font."""

import json

import pytest

from evidence.charts import cut_font, look, typeface
from evidence.files import pictures
from tests.exhibits.test_desk import TABLE, bars

KEYS = {*pictures._TERMS.values(), *pictures._PNG.values(), *pictures._PDF.values()}
TOLD = dict.fromkeys(KEYS, "x") | {"language": "en"}
SHOWN = "Ångström −3.5 (AV To fi) 国際共同研究 —―— か゚ 葛󠄀 “x”…"


@pytest.fixture
def place(tmp_path):
    cut_font.cut(SHOWN, tmp_path / "font")
    return tmp_path / "font"


@pytest.fixture
def unused(monkeypatch):
    monkeypatch.setattr(typeface, "_cut", set())


def drawn(text):
    spec = bars(TABLE).to_dict()
    svg = look.draw(spec | {"title": {"text": [text, text * 2], "fontWeight": "bold"}})
    return svg, pictures.png(svg, TOLD), pictures.pdf(svg, TOLD)


def test_a_drawing_is_the_same_byte_by_byte_as_svg_png_and_pdf_in_the_cut_font_and_in_the_whole(place, unused):
    whole = drawn(SHOWN)
    typeface.use(place)

    assert typeface.CUT in typeface.cut(whole[0])
    assert drawn(SHOWN) == whole


def test_a_character_that_was_not_cut_is_drawn_in_the_whole_font(place, unused):
    whole = drawn("鑿")
    typeface.use(place)

    assert typeface.CUT not in typeface.cut(whole[0])
    assert drawn("鑿") == whole


def test_it_is_cut_again_only_for_a_character_that_it_lacks_and_then_has_both(place):
    before = {path.name: path.stat().st_mtime_ns for path in place.iterdir()}
    cut_font.cut("国際", place)
    assert {path.name: path.stat().st_mtime_ns for path in place.iterdir()} == before

    cut_font.cut("鑿", place)

    assert typeface.characters(place) >= {"鑿", "国"}


@pytest.mark.parametrize("broken", ["regular.otf", "cut.json"])
def test_a_cut_font_that_is_not_what_was_put_there_is_not_used_and_cut_anew(place, unused, broken):
    (place / broken).write_bytes((place / broken).read_bytes()[:-1] + b" ")
    if broken == "cut.json":
        (place / broken).write_text(json.dumps([]), encoding="utf-8")
    typeface.use(place)
    assert not typeface._cut

    cut_font.cut("国際", place)

    assert "国" in typeface.characters(place)
