"""Every word a reader sees that is not prose, and how numbers, periods and units are written, in both languages."""

import textwrap
from functools import cache

import budoux

from evidence import rooms

LANGUAGES = ("ja", "en")
YEARS = ("fiscal-year", "calendar-year", "month", "date")  # units whose number is a year: no thousands comma
INTERFACE = ("book", "ui", "toc", "cite", "format", "file")  # kinds of words that stand on pages whatever their chapter
RANGE = {"ja": "～", "en": "–"}


@cache
def _words() -> dict[str, dict[str, str]]:
    return rooms.listed("words.csv", "id")


def word(key: str, lang: str, **parts: object) -> str:
    """The word of this id in this language, its `{parts}` filled in.

    >>> word("ui.source", "en")
    'Source'

    Raises:
        KeyError: no such word: a missing word stops the build instead of showing the other language.
    """
    text = _words()[key][lang]
    if not text:
        raise KeyError(f"{key} has no word in {lang}")
    return text.format(**parts) if parts else text


def interface() -> str:
    """Every word of the book itself, its buttons and contents, its citations and files."""
    return "".join(text for key, row in _words().items() if key.split(".")[0] in INTERFACE for text in row.values())


def has(key: str) -> bool:
    """Whether there is a word of this id.

    >>> has("ui.source"), has("ui.no-such-word")
    (True, False)
    """
    return key in _words()


def number(value: float, digits: int | None = None) -> str:
    """The number with thousands commas; without `digits`, as many decimals as it has, at most two.

    >>> number(2386), number(1.4), number(34.2712, 1)
    ('2,386', '1.4', '34.3')
    """
    if digits is not None:
        return f"{value:,.{digits}f}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def quantity(value: float | tuple[float, float], unit: str, lang: str, digits: int | None = None) -> str:
    """The number with its unit, as a sentence quotes it; a pair is a range.

    >>> quantity(24, "countries", "ja"), quantity(24, "countries", "en"), quantity((7.0, 8.8), "pct", "en", 1)
    ('24か国', '24 countries', '7.0–8.8%')
    """
    pair = value if isinstance(value, tuple) else (value,)
    written = (str(int(one)) if unit in YEARS else number(one, digits) for one in pair)
    shown = RANGE[lang].join(written)
    singular = f"unit.{unit}.one"
    key = singular if pair == (1,) and singular in _words() else f"unit.{unit}"
    return word(key, lang, n=shown)


def unit(name: str, lang: str) -> str:
    """The unit by itself; a number that stands within it is left open.

    >>> unit("jpy-m", "ja"), unit("jpy-m", "en"), unit("index", "en")
    ('百万円', 'JPY … million', 'a bare number')
    """
    if name == "unit-not-stated":
        return word("ui.not_stated", lang)
    told = word(f"unit.{name}", lang, n="…").strip("… ")
    return told or word("ui.no_unit", lang)


@cache
def _phrases() -> budoux.Parser:
    return budoux.load_default_japanese_parser()


def wrapped(text: str, lang: str, width: int) -> list[str]:
    """The text in lines of at most `width` half-width characters, broken between phrases in Japanese, words in English.

    A Japanese phrase that is longer than a line is broken between characters; an English word never is.

    >>> wrapped("国際共同研究の共同公募", "ja", 14)
    ['国際共同研究の', '共同公募']
    """
    chunks = _japanese(text, width) if lang == "ja" else [f"{part} " for part in text.split()]
    lines = [""]
    for chunk in chunks:
        if lines[-1] and _wide(lines[-1] + chunk.rstrip()) > width:
            lines.append("")
        lines[-1] += chunk
    return [line.rstrip() for line in lines]


def _japanese(text: str, width: int) -> list[str]:
    return [part for phrase in _phrases().parse(text) for part in (textwrap.wrap(phrase, width // 2) if _wide(phrase) > width else [phrase])]


def _wide(text: str) -> int:
    return sum(1 if ord(char) < 0x2000 else 2 for char in text)
