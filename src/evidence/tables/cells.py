"""What a cell may hold: numbers, years, codes and texts, judged as text so that nothing is guessed or repaired."""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable, Set
from functools import lru_cache
from typing import Any

from evidence import unseen
from evidence.tables import encoding
from evidence.words import LANGUAGES

EXACT = 2**53  # above this, a float, a spreadsheet and a browser round whole numbers
_DIGITS = 15  # significant digits that a float keeps
_EDITION = 5000  # texts in a column, as editions have them; those of a file of a million rows are not kept in memory

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_YEAR = re.compile(r"[12][0-9]{3}")
_MONTH = re.compile(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])")

_PLAIN = {
    "number": re.compile(rf"(?:(?=[-0-9.]{{1,{_DIGITS}}}\n){_NUMBER.pattern}\n)*+"),
    "integer": re.compile(rf"(?:(?=[-0-9]{{1,{_DIGITS}}}\n){_NUMBER.pattern}\n)*+"),
    "year": re.compile(rf"(?:{_YEAR.pattern}\n)*+"),
}

_NULLS = {"n/a", "#n/a", "nan", "null", "none", "…", "……", "...", "‥", "**", "***", "#ref!", "#value!", "#div/0!", "#name?"}
_MISSING = _NULLS | {"na", "-", "－", "―", "–", "—", "ー", "x", "ｘ", "*", ".", "..", "?", "？", "不明", "なし", "該当なし", "tbd", "unknown"}
_ENDLESS = re.compile(r"[-+]?(?:inf(?:inity)?|[0-9.]+e[0-9]{3,}|∞)", re.IGNORECASE)
_ERA = re.compile(
    r"(?:令和|平成|昭和|大正|明治|[RHSTM]|FY|'|’)\s*(?:元|[0-9]+)\s*(?:年度|年)?|[0-9]{4}\s*(?:年度|年)|[0-9]{4}[/-][0-9]{1,4}", re.IGNORECASE
)
_MINUS = re.compile(r"[△▲▼−‐‑‒–—―－]\s*[0-9].*|\(\s*[0-9][0-9,.]*\s*\)|[0-9][0-9,.]*-")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:[, '’\u00a0\u202f][0-9]{3})+(?:\.[0-9]+)?")
_PADDED = re.compile(r"-?0[0-9]+(?:\.[0-9]+)?")
_WITH_UNIT = re.compile(r"[¥￥$€£]\s*-?[0-9][0-9,.]*|-?[0-9][0-9,.]*\s*[^0-9\s.,eE+-].*")

_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_SPACES = frozenset(" \t\n\u3000\u00a0")
# Left as they are: line feeds inside a quoted cell. Refused: what a reader cannot see but a machine obeys.
_CONTROL = re.compile("[\x01-\x09\x0b-\x1f\x7f-\x9f]")
_DIRTY = re.compile(f"{_CONTROL.pattern}|{encoding.SUSPECT.pattern}|\x00")


def faults(field: dict[str, Any], values: set[str]) -> dict[str, str]:
    """The code of the rule that each value breaks; values that break none are left out.

    >>> faults({"name": "value", "type": "number"}, {"1234", "-0.5", "", "△1,234", "２０２５"})["△1,234"]
    'E206'
    >>> faults({"name": "unit", "type": "string", "constraints": {"enum": ["pct"]}}, {"pct", "%"})
    {'%': 'E245'}
    """
    kind = field.get("type", "string")
    declared = {str(value) for value in field.get("constraints", {}).get("enum", ())}
    told = values.difference(declared, ("",))  # what the schema declares is sound, even where it says "none"
    if kind == "any":  # a cell of the register of corrections may be the number that another table has
        told = {value for value in told if not _NUMBER.fullmatch(value)}
    judge = _TYPED.get(kind)
    if judge and _plain(kind, told):
        found = {}
    elif judge:
        found = {value: code for value in told if (code := judge(value))}
    else:
        found = _texts_of_an_edition(frozenset(told)) if len(told) <= _EDITION else _texts(told)
    return _constraints(field.get("constraints", {}), values, kind, found) | found


def _plain(kind: str, told: Set[str]) -> bool:
    """Whether all of these are plain numbers or years that lose no digit: asked of all at once, in a fifth of the time that one by one takes."""
    whole = "\n".join(told) + "\n"
    return kind in _PLAIN and whole.count("\n") == len(told) and bool(_PLAIN[kind].fullmatch(whole))


def number(value: str) -> str:
    """The code of what keeps this text from being a number; empty if it is one.

    >>> [number(text) for text in ("-1234", "1,234", "9007199254740993", "令和元年度", "007", "-", "1e3")]
    ['', 'E207', 'E204', 'E208', 'E209', 'E202', 'E201']
    >>> number("0.08756999671459198"), number("0.08756999671459197999")
    ('', 'E204')
    """
    if _NUMBER.fullmatch(value):
        digits = value.replace(".", "").lstrip("-0")
        exact = len(digits) <= _DIGITS or ("." not in value and len(digits) <= len(str(EXACT)) and int(digits) <= EXACT)
        exact = exact or ("." in value and repr(float(value)) == value)  # more digits, but exactly those that a float is written with
        return "" if exact else "E204"
    return _why(value)


def integer(value: str) -> str:
    """The code of what keeps this text from being a whole number; empty if it is one.

    >>> integer("12"), integer("1.5")
    ('', 'E210')
    """
    return number(value) or ("E210" if "." in value else "")


def year(value: str) -> str:
    """The code of what keeps this text from being a year of the Common Era; empty if it is one.

    >>> year("2019"), year("R1"), year("19")
    ('', 'E208', 'E211')
    """
    return "" if _YEAR.fullmatch(value) else integer(value) or "E211"


def _why(value: str) -> str:
    """Why a value that is not a number is not: the nearest reason first, E201 where none fits."""
    plain = unicodedata.normalize("NFKC", value)
    if value.lower() in _MISSING:
        return "E202"
    if _MINUS.fullmatch(value) or _MINUS.fullmatch(plain):
        return "E206"
    if plain != value and any(char.isdecimal() and not char.isascii() for char in value):
        return "E205"
    shapes = {"E203": _ENDLESS, "E207": _THOUSANDS, "E208": _ERA, "E209": _PADDED, "E212": _WITH_UNIT}
    return next((code for code, shape in shapes.items() if shape.fullmatch(value)), "E201")


_TYPED: dict[str, Callable[[str], str]] = {
    "number": number,
    "integer": integer,
    "year": year,
    "yearmonth": lambda value: "" if _MONTH.fullmatch(value) else "E211",
}


@lru_cache(maxsize=2048)
def _texts_of_an_edition(told: frozenset[str]) -> dict[str, str]:
    """As `_texts`, remembered: the columns of an edition are read again by its outline, and by every edition that goes back to it."""
    return _texts(told)


def _texts(told: Set[str]) -> dict[str, str]:
    """What no text may be, asked of the whole set first: almost every column passes without a look at its single values."""
    found: dict[str, str] = {}
    whole = "\n".join(told)
    # Of a value of several lines each: what none of these shows, no value does.
    parts = told if whole.count("\n") == len(told) - 1 else whole.split("\n")
    first, last = {part[:1] or "\n" for part in parts}, {part[-1:] or "\n" for part in parts}
    if not _SPACES.isdisjoint(first | last):
        found |= {value: "E243" for value in told if value[0] in _SPACES or value[-1] in _SPACES}
    if not _FORMULA.isdisjoint(first):
        found |= {value: "E240" for value in told if value[0] in _FORMULA}
    if not _NULLS.isdisjoint(map(str.lower, told)):
        found |= {value: "E202" for value in told if value.lower() in _NULLS}
    if whole.isascii() and whole.replace("\n", "").isprintable() and "???" not in whole:
        return found
    if _DIRTY.search(whole):
        found |= {value: code for value in told if (code := _unreadable(value))}
    if not whole.isascii() and deceives(whole):
        found |= {value: code for value in (told - found.keys()) if (code := deceives(value))}
    return found


def _unreadable(value: str) -> str:
    if "\x00" in value:
        return "E226"
    if _CONTROL.search(value) and value[0] not in _FORMULA:
        return "E241"
    return "E227" if encoding.mojibake(value) else ""


def deceives(value: str) -> str:
    """The code of what the eye does not see in this text: E242 unseen characters, E253 a mark apart, E254 letters of two scripts.

    >>> [deceives(text) for text in ("国\u200b", "か\u3099", "SАTREPS", "が")]
    ['E242', 'E253', 'E254', '']
    """
    if unseen.among(value) or unseen.respaced(value) != value:
        return "E242"
    if unseen.composed(value) != value or unseen.stray(value):
        return "E253"
    return "E254" if unseen.mixed(value) else ""


def _constraints(rules: dict[str, Any], values: set[str], kind: str, known: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    if rules.get("required") and "" in values:
        found[""] = "E244"
    if rules.keys().isdisjoint(("enum", "pattern", "minimum", "maximum")):
        return found
    sound = values.difference(known, ("",))
    if "enum" in rules:
        found |= dict.fromkeys(sound.difference(map(str, rules["enum"])), "E245")
    if "pattern" in rules:
        pattern = re.compile(rules["pattern"])
        spans = "FY" in rules["pattern"]  # years, fiscal years, dates, and spans between two of them
        found |= {value: "E252" if spans else "E246" for value in sound if not pattern.fullmatch(value) or (spans and not _is_period(value))}
    if kind in ("number", "integer", "year") and ("minimum" in rules or "maximum" in rules):
        low, high = float(rules.get("minimum", "-inf")), float(rules.get("maximum", "inf"))
        found |= {value: "E247" for value in sound if not low <= float(value) <= high}
    return found


def _is_period(value: str) -> bool:
    """Whether the span ends no earlier than it begins, both ends of one kind, and every full date is in the calendar.

    >>> [_is_period(text) for text in ("FY2019", "2014/2020", "2027/2024", "FY2025/2026", "2026-02-30")]
    [True, True, False, False, False]
    """
    ends = value.split("/")
    try:
        for end in ends:
            if len(end) == len("2026-02-28"):
                datetime.date.fromisoformat(end)
    except ValueError:
        return False
    return len({end.startswith("FY") for end in ends}) == 1 and ends == sorted(ends)


def language(name: str) -> str:
    """The language in which the cells of a column are, as the end of its name says; empty for a column that is in none.

    >>> language("note_ja"), language("as_printed"), language("en")
    ('ja', '', '')
    """
    stem, _, end = name.rpartition("_")
    return end if stem and end in LANGUAGES else ""


def pairs(names: Iterable[str]) -> list[tuple[str, str]]:
    """Columns that say the same in both languages.

    >>> pairs(["id", "name_ja", "name_en", "heading_en"])
    [('name_ja', 'name_en')]
    """
    known = list(names)
    return [(name, f"{name[:-3]}_en") for name in known if name.endswith("_ja") and f"{name[:-3]}_en" in known]


def printed(names: Iterable[str]) -> list[tuple[str, str]]:
    """Columns of printed words, each with the column that says where they stand.

    >>> printed(["locator", "as_printed", "summary_locator", "summary_as_printed"])
    [('as_printed', 'locator'), ('summary_as_printed', 'summary_locator')]
    """
    known = list(names)
    found = [(name, name.replace("as_printed", "locator")) for name in known if name.endswith("as_printed")]
    return [pair for pair in found if pair[1] in known]
