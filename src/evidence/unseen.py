"""Text that cannot be seen, or that looks like other text: one rule, by the properties that Unicode gives each character."""

import re
import unicodedata
from functools import cache

# What Unicode calls Default_Ignorable_Code_Point and does not already put among format characters or the unassigned; the empty Braille cell; and what
# stands for a lost character or object, where nobody sees what was meant.
_IGNORABLE = (
    0xFFFC, 0xFFFD,
    0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800, 0x3164, 0xFFA0,
    *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0),
)  # fmt: skip
_KINDS = ("Cf", "Co", "Cn", "Cs", "Zl", "Zp")  # format, private use, unassigned, half of a pair, separators of lines
_IDEOGRAPHS = range(0x20000, 0x3FFFE)  # where rare kanji are added, later than a Python may know
_KANJI = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_SELECTED = re.compile(f"(?<=[{_KANJI}])[\ufe00-\ufe02\U000e0100-\U000e01ef]")
_COMPATIBLE = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")  # 福 (U+FA1B) is a letter of names, and NFC would take it away
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
# Letters that are taken for Latin ones: Greek ones (Ω, μ and β are units and names), and of Cyrillic, Armenian, Indic and African digits and letters,
# Georgian, Cherokee, Coptic, Lisu, phonetic signs and small Roman numerals any that stands within a Latin word.
_ALIKE = re.compile(
    "[\u0250-\u02af\u0400-\u058f\u0900-\u0dff\u1000-\u10ff\u13a0-\u13ff\u1c80-\u1c8f\u1d00-\u1dbf\u2160-\u217f\u2c80-\u2cff\u2de0-\u2dff"
    "\ua4d0-\ua4ff\ua640-\ua69f\uab30-\uabbfΑΒΕΖΗΙΚΜΝΟΡΤΥΧικνορυχϲϳ]"
)


@cache
def hidden(char: str) -> bool:
    """Whether the character cannot be seen; control characters are another rule's.

    >>> [hidden(char) for char in ("a", "　", "\\u200b", "\\ue000", "\\u3164", "\\ufe0f", "\\U000e0041", "𠮷")]
    [False, False, True, True, True, True, True, False]
    """
    if ord(char) in _IGNORABLE:
        return True
    return unicodedata.category(char) in _KINDS and not (ord(char) in _IDEOGRAPHS and unicodedata.category(char) == "Cn")


def among(text: str) -> set[str]:
    """The characters of the text that cannot be seen."""
    return set() if text.isascii() else {char for char in set(text) if hidden(char)}


def without(text: str) -> str:
    """The text without the characters that cannot be seen.

    >>> without("budget\\u200b-growth")
    'budget-growth'
    """
    return text.translate({ord(char): None for char in among(text)})


def selected(text: str) -> str:
    """The text without the selectors that choose among the forms of a kanji: right in Japanese, but no search finds 葛󠄀 by 葛.

    >>> selected("葛\\U000e0100城") == "葛城", selected("☎\\ufe0e") == "☎\\ufe0e"
    (True, True)
    """
    return _SELECTED.sub("", text)


def composed(text: str) -> str:
    """The text with letters and their marks as one character each (NFC), as か and ゙ are が; kanji of names stay as they are.

    >>> composed("か\\u3099") == "が", composed("\\ufa1b") == "\\ufa1b", composed("ｶﾞ㌫①")
    (True, True, 'ｶﾞ㌫①')
    """
    if unicodedata.is_normalized("NFC", text):
        return text
    return _COMPATIBLE.sub(lambda run: unicodedata.normalize("NFC", run[0]), text)


def mixed(text: str) -> str:
    """The first word in which a letter of another script stands where one reads a Latin one; empty if there is none.

    >>> mixed("the SАTREPS call") == "SАTREPS", mixed("РФФИ, TGF-β, 5 μm, kΩ, Ω版")
    (True, '')
    >>> [mixed(word) == word for word in ("ᎪNR", "ꓢATREPS", "Ⲟne", "Աbc", "aոr", "oօne", "ɑnr", "ⅽall", "anr")]
    [True, True, True, True, True, True, True, True, False]
    """
    if not _ALIKE.search(text):
        return ""
    return next((word for word in _WORD.findall(text) if _ALIKE.search(word) and _LATIN.search(word)), "")
