"""What a foreign cell means, where that is beyond doubt: full-width digits, Japanese minus signs, thousands separators, years of an era,
marks apart from their letters, selectors of the forms of a kanji.

Used on import only. What is set right is told with the value found beside the value used; whatever is not named here stays as it is, for the
gate to judge. Tables of an edition are never set right: a published file must be the file that was checked.
"""

import re
from typing import Any

from evidence import unseen

_WIDE = {0xFEE0 + code: code for code in range(0x21, 0x7F)} | {0x3000: 0x20}  # full-width ASCII, but not ① or ㌫, which NFKC would take apart
_SIGNED = re.compile(r"[△▲−-]([0-9.].*)")  # brackets are left to the gate: in Japanese tables they may mean "of which"
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_SHORT = re.compile(r"\+?(-?)(0|[1-9][0-9]*)?(\.[0-9]+)?")  # as programs write numbers: a plus before one, no zero before its point
_SOUND = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
# First year of the era less one, its last calendar year and its last fiscal year (of the era's own counting).
_ERAS = {"昭和": (1925, 64, 63), "平成": (1988, 31, 31), "令和": (2018, 50, 50)}  # no plan looks further than Reiwa 50
_LETTERS = {"S": "昭和", "H": "平成", "R": "令和"}
_ERA = re.compile(r"(?P<era>昭和|平成|令和|[SHR])(?P<year>元|[0-9]{1,2})(?P<kind>年度|年)?")
_MONTH = re.compile(r"(.+年)(1[0-2]|0?[1-9])月(?:分)?")
_COMMON = re.compile(r"(?P<fy>FY)?(?P<year>[12][0-9]{3})(?P<kind>年度|年)?")
_KINDS = re.compile(
    r"([^()\[\]]+?)\s*[(\[]\s*(?:(FY|年度|会計年度|fiscal year)|CY|PY|暦年|出版年|公表年|calendar year|publication year)\s*[)\]]",
    re.IGNORECASE,
)  # which kind of year it is, told behind it in brackets
_SPACES = " \t\u3000\u00a0"


def used(field: dict[str, Any], value: str) -> tuple[str, str]:
    """The value to use in a column of this schema field, and the code of the notice; no code where the value is used as it is.

    >>> used({"name": "value", "type": "number"}, "△１，２３４")
    ('-1234', 'N202')
    >>> used({"name": "value", "type": "number"}, "1,23")
    ('1,23', '')
    """
    bare = value.strip(_SPACES)
    kind = field.get("type", "string")
    if kind in ("number", "integer"):
        found = number(bare)
        return (found, _why(bare)) if found is not None and found != value else (value, "")
    if kind == "year" or _takes_fiscal_years(field):
        found = _period(bare, bare_era=kind == "year", fiscal=kind != "year")
        if found is not None and found != value:
            return found, "N203" if found != bare.translate(_WIDE) else "N201"
    return _text(value, bare)


def _text(value: str, bare: str) -> tuple[str, str]:
    """The text with plain spaces, none around it, a letter and its mark one character, no selector after a kanji; the notice is of the least seen.

    >>> [_text(text, text.strip())[1] for text in ("国", " 国", "a\u00a0b", "か\u3099", "葛\U000e0100城", "国\u200b")]
    ['', 'N204', 'N204', 'N206', 'N207', '']
    """
    bare = unseen.respaced(bare)
    composed = unseen.composed(bare)
    plain = unseen.selected(composed)
    return plain, "N207" if plain != composed else "N206" if composed != bare else "N204" if bare != value else ""


def year_kind(value: str) -> str:
    """Whether the year is written as a fiscal or a calendar year; empty where it does not say.

    >>> [year_kind(text) for text in ("令和6年度", "2024年", "FY2024", "2024")]
    ['fiscal', 'calendar', 'fiscal', '']
    """
    bare = _kinded(value.strip(_SPACES).translate(_WIDE))
    match = _ERA.fullmatch(bare) or _COMMON.fullmatch(bare)
    if not match:
        return ""
    if match["kind"] == "年度" or match.groupdict().get("fy"):
        return "fiscal"
    return "calendar" if match["kind"] == "年" else ""


def period(bare: str) -> str | None:
    """The year, led by FY where it is written as a fiscal year; None where the text is not certainly one."""
    return _period(bare, bare_era=False, fiscal=True)


def _kinded(plain: str) -> str:
    """The year with the kind that is told behind it in brackets as part of it; as it stands where the two contradict each other.

    >>> [_kinded(text) for text in ("2015年(PY)", "2015(CY)", "2015年(FY)", "2015年度(FY)", "2015年度(CY)", "2015年(p)")]
    ['2015年', '2015年', '2015年度', '2015年度', '2015年度(CY)', '2015年(p)']
    """
    if not (match := _KINDS.fullmatch(plain)) or (match[1].endswith("年度") and not match[2]):
        return plain
    year = match[1].removesuffix("年度").removesuffix("年")
    return year + ("年度" if match[2] else "年")


def _takes_fiscal_years(field: dict[str, Any]) -> bool:
    return "FY" in field.get("constraints", {}).get("pattern", "")


def number(bare: str) -> str | None:
    """The number in ASCII digits; None where the text is not certainly one."""
    plain = bare.translate(_WIDE)
    if match := _SIGNED.fullmatch(plain):
        plain = f"-{match[1]}"
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if (match := _SHORT.fullmatch(plain)) and (match[2] or match[3]):
        plain = f"{match[1]}{match[2] or '0'}{match[3] or ''}"
    return plain if _SOUND.fullmatch(plain) else None


def _why(bare: str) -> str:
    """The gravest thing that was set right: a sign before digits before spaces."""
    plain = bare.translate(_WIDE)
    if _SIGNED.fullmatch(plain) and not plain.startswith("-"):
        return "N202"
    if plain.startswith("+") or plain.removeprefix("-").startswith("."):
        return "N208"
    return "N205" if "," in plain else "N201" if plain != bare or bare.startswith("－") else "N204"


def _period(bare: str, bare_era: bool, fiscal: bool) -> str | None:
    """The year in ASCII digits, led by FY where it is a fiscal year and the column says so; None where it is not certainly a year.

    >>> [_period(text, False, True) for text in ("令和元年度", "平成31年度", "平成31年", "昭和64年", "平成32年", "昭和64年度", "R6")]
    ['FY2019', 'FY2019', '2019', '1989', None, None, None]
    >>> [_period(text, False, True) for text in ("2021年11月", "令和3年１月", "2021年13月")]
    ['2021-11', '2021-01', None]
    """
    plain = _kinded(bare.translate(_WIDE))
    if fiscal and (match := _MONTH.fullmatch(plain)):
        year_of = _period(match[1], bare_era, fiscal=True)
        return f"{year_of}-{int(match[2]):02}" if year_of else None
    if match := _ERA.fullmatch(plain):
        before, last, last_fiscal = _ERAS[_LETTERS.get(match["era"], match["era"])]
        number = 1 if match["year"] == "元" else int(match["year"])
        if not 1 <= number <= (last_fiscal if match["kind"] == "年度" else last) or not (match["kind"] or bare_era):
            return None
        year = before + number
    elif match := _COMMON.fullmatch(plain):
        year = int(match["year"])
    else:
        return None
    return f"FY{year}" if fiscal and year_kind(bare) == "fiscal" else str(year)
