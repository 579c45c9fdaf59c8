"""What looks like another text is found by the properties of its characters, whichever they are; what languages write stays."""

import sys
import unicodedata

import pytest
from fontTools.unicodedata import script

from evidence import unseen
from evidence.tables import cells

BESIDE = {"Latn", "Grek", "Zyyy", "Zinh", "Hani", "Hira", "Kana", "Hang"}  # what may stand in a text beside Latin letters
LEGITIMATE = (
    "β-カロテン", "β-carotene", "TGFβ", "α線", "5 μm", "5 µm",
    "kΩ", "3 mℓ", "π", "Δx", "n² + xⁿ",
    "1ª, nº 3", "葛城", "髙﨑", "が、ぱ、ゔ", "あ゙", "か゚",
    "Nguyễn", "Škoda", "Łódź", "Straße", "Ærø", "q̃", "РФФИ", "露РФФИ基金とJSTの公募", "Αθήνα", "한국연구재단과IT기업", "हिन्दी", "עברית", "ไทย",
    "ＳＡＴＲＥＰＳ事業", "第Ⅱ期", "①〜③", "㌫", "２０２５年", "①②ⅲ", "٢٠٢٤ سنة",
    "A4判", "々〆ヶ", "Ｘ線とX線", "ﾊﾟﾘ",
)  # fmt: skip


@pytest.mark.parametrize("text", LEGITIMATE)
def test_what_languages_write_is_no_deception(text):
    assert cells.deceives(unseen.composed(text)) == ""


def test_no_letter_of_another_alphabet_passes_in_a_latin_word():
    letters = [char for char in map(chr, range(0x100, 0x20000, 7)) if unicodedata.category(char).startswith("L") and script(char) not in BESIDE]

    assert len(letters) > 2000
    assert [char for char in letters if not unseen.mixed(f"S{char}TREPS")] == []


def test_no_character_that_is_format_private_or_unassigned_passes():
    chars = [char for char in map(chr, range(0xA0, sys.maxunicode, 11)) if unicodedata.category(char) in ("Cf", "Co", "Cs", "Zl", "Zp")]

    assert len(chars) > 10_000
    assert [char for char in chars if cells.deceives(f"a{char}b") != "E242"] == []


def test_no_mark_passes_upon_what_bears_none():
    marks = [char for char in map(chr, range(0x300, 0x1F000)) if unicodedata.category(char) in ("Mn", "Me")]

    assert len(marks) > 1500
    assert [mark for mark in marks if not cells.deceives(f"3{mark}")] == []
