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
# What needs no second look: no letter but plain Latin ones, kanji and kana, no mark and no digit of another script.
_PLAIN = re.compile(
    "[\x00-\x7f\u00a1-\u00bf\u2010-\u206f\u2190-\u245f\u2500-\u27ff\u3000-\u3029\u3030-\u3098\u309b-\u30ff\u31f0-\u9fff\uf900-\ufaff"
    "\uff01-\uff20\uff3b-\uff40\uff5b-\uff9f\uffe0-\uffef]*"
)
# A run of letters of alphabets: Japanese and Korean are written without spaces beside them.
_WORD = re.compile(f"[^\\W\\d_\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff{_KANJI}\uac00-\ud7a3\uff66-\uff9f]+")
# Blocks with which languages write.
_LATIN = {
    "Basic Latin",
    "Latin-1 Supplement",
    "Latin Extended-A",
    "Latin Extended-B",
    "Latin Extended Additional",
}
_GREEK = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧικνορυχϲϹϺͿ")  # letters taken for Latin ones; of the others, units and names are made (kΩ, TGFβ)
_LITRE = re.compile("[A-Za-zµμ]?ℓ")


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


def odd(text: str) -> bool:
    """Whether a name or short text has what cannot be seen or written: control characters, line breaks and halves of characters among it.

    >>> [odd(text) for text in ("葛\\U000e0100城 = 5 %", "a\\nb", "a\\u200bb", "a\\udcffb")]
    [False, True, True, True]
    """
    return bool(among(selected(text))) or any(unicodedata.category(char) == "Cc" for char in set(text))


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


def respaced(text: str) -> str:
    """The text with every space that cannot be told from the usual one made that; one as wide as a kanji stays.

    >>> respaced("a\u00a0b\u2009c　d")
    'a b c　d'
    """
    if text.isascii():
        return text
    return text.translate({ord(char): " " for char in set(text) - {"\u3000"} if unicodedata.category(char) == "Zs"})


def stray(text: str) -> bool:
    """Whether a mark stands where none is written: after no letter, after a letter of another script, or upon another mark.

    >>> [stray(text) for text in ("3\u0336", "国\u0301", "a\u0301\u0301\u0301", "x\u0483", "あ\u3099", "q\u0303", "हि")]
    [True, True, True, True, False, False, False]
    """
    if _PLAIN.fullmatch(text):
        return False
    letter, marks = " ", 0
    for char in unicodedata.normalize("NFC", text):
        if unicodedata.category(char) not in ("Mn", "Me"):
            letter, marks = char, 0
        elif not _borne(char, letter, marks):
            return True
        else:
            marks += 1
    return False


def _borne(mark: str, letter: str, marks: int) -> bool:
    """Whether the letter, which has so many marks already, bears the mark: one of its own script, or one of any upon a letter of an alphabet."""
    own, other = _scripts(mark), _scripts(letter)
    if own.isdisjoint(("Zinh", "Zyyy", "Latn")):
        return not own.isdisjoint(other)
    return unicodedata.category(mark) == "Mn" and not marks and letter.isalpha() and not other.isdisjoint(("Latn", "Grek", "Cyrl"))


@cache
def _scripts(char: str) -> set[str]:
    from fontTools.unicodedata import script_extension  # asked of few texts, and slow to import

    found: set[str] = script_extension(char)
    return found


def mixed(text: str) -> str:
    """The first word with letters of more than one script, or of forms that stand for plain Latin ones; a digit of a script that its line lacks.

    >>> mixed("the SАTREPS call") == "SАTREPS", mixed("РФФИ, TGF-β, TGFβ, 5 μm, 3 mℓ, kΩ, Ω版, ＳＡ、第Ⅱ期、ãn, Nguyễn")
    (True, '')
    >>> [mixed(word) == word for word in ("ᎪNR", "ꓢATREPS", "Ⲟne", "Աbc", "aոr", "oօne", "ɑnr", "ⅽall", "SＡT", "𝐒𝐀𝐓", "ﬁnd", "pubㅣic", "anr")]
    [True, True, True, True, True, True, True, True, True, True, True, True, False]
    >>> mixed("𝟐𝟎"), mixed("৪ 件"), mixed("২০২৪ সালে")
    ('𝟐', '৪', '')
    """
    if _PLAIN.fullmatch(text):
        return ""
    lines = [line for line in text.split("\n") if not _PLAIN.fullmatch(line)]
    return next((found for line in lines if (found := _mixed_word(line) or _odd_digit(line))), "")


def _mixed_word(line: str) -> str:
    for word in _WORD.findall(line):
        kinds = {_kind(char) for char in word} - {""}
        if (len(kinds) > 1 or ("<font>" in kinds and len(word) > 1)) and not _LITRE.fullmatch(word):
            return str(word)
    return ""


def _odd_digit(line: str) -> str:
    for char in line:
        odd = unicodedata.category(char) == "Nd" and not char.isascii() and unicodedata.east_asian_width(char) != "F"
        if odd and all(_scripts(char).isdisjoint(_scripts(other)) for other in line if other.isalpha()):
            return char
    return ""


@cache
def _kind(char: str) -> str:
    """What the letter must share with the others of its word: its script, of Latin letters also how they are formed; empty where it goes with any."""
    from fontTools.unicodedata import block, script

    formed, written = unicodedata.decomposition(char).partition(" ")[0], str(script(char))
    if formed == "<font>":
        return formed
    if written == "Latn" and block(char) not in _LATIN:
        return {"<super>": "", "<sub>": ""}.get(formed, str(block(char)))
    if written == "Grek":
        return written if unicodedata.normalize("NFD", char)[0] in _GREEK else ""
    return "" if written in ("Zyyy", "Zinh") else written
