"""What a file says its numbers are counted in, such as 単位：千人 or "in thousands", against the unit that they are taken into."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal

from evidence import words
from evidence.curation import units
from evidence.curation.grids import Grid
from evidence.curation.heads import Head
from evidence.errors import Place, Refusal

_TENS = {"": 0, "十": 1, "百": 2, "千": 3, "10": 1, "100": 2, "1000": 3}
_MYRIADS = {"": 0, "万": 4, "億": 8, "兆": 12}
_ENGLISH = {"thousand": 3, "000": 3, "ths": 3, "million": 6, "mn": 6, "mio": 6, "billion": 9, "bn": 9, "trillion": 12}
# A name may begin so too, as that of a prefecture: what is counted has to follow, or nothing.
_THINGS = "人|名|件|円|本|社|校|機関|課題|米?ドル|ユーロ|ポンド|ウォン|元"  # what is counted, one by one
_COUNTED = f"{_THINGS}|論文|[a-z]"
_KANJI = re.compile(rf"(?<![0-9十百千万億兆])(?:(10{{1,3}}|[十百千]?)([万億兆])|(千))(?=\s*(?:{_COUNTED})|\s*$)")
_WORD = re.compile(rf"(?<![a-z0-9])'?({'|'.join(_ENGLISH)})(?:'?s)?(?![a-z])")
_PREFIXED = re.compile(r"(?<![a-z])([km])(?=(?:eur|usd|jpy|gbp|nac|pps)(?![a-z]))")  # as Eurostat codes a unit: CP_MEUR, KEUR
_OPENED = str.maketrans("【】〔〕［］（）", "()()[]()")
_THING = re.compile(f"{_THINGS}|か国|倍|回|[%％]|persons")
_AND = re.compile(r"[、;・]|及び|並びに|,(?!000|[0-9]{3}\b)|\band\b", re.IGNORECASE)  # between units that a table states one after the other
_TOLD = re.compile(r"(?:単位|\bunits?\b)\s*[:は]?\s*(.+)", re.IGNORECASE)
_SAID = re.compile(r"\b(in\s+(?:thousands|millions|billions|trillions)\b.*|(?:thousands|millions|billions|trillions)\s+of\b.*)", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_COLUMNS = ("unit", "単位")
_RATIOS = ("pct", "percentage-points", "points", "index", "multiple")  # units that are counted in no thousands
_POWERS = ("unit_mult", "magnitude", "powercode code")  # columns that tell how many tens the numbers are moved by


def power(text: str) -> int:
    """By how many tens the unit in this text is more than one of what it counts.

    >>> [power(text) for text in ("千人", "百万円", "10億ユーロ", "千億円", "人", "JPY million", "Thousands of persons", "US$ '000", "%", "千葉")]
    [3, 6, 9, 11, 0, 6, 3, 3, 0, 0]
    """
    plain = unicodedata.normalize("NFKC", text).lower().replace("\u2019", "'")
    if match := _KANJI.search(plain):
        return _TENS[match[1] or match[3] or ""] + _MYRIADS[match[2] or ""]
    if match := _PREFIXED.search(plain):
        return {"k": 3, "m": 6}[match[1]]
    return _ENGLISH[match[1]] if (match := _WORD.search(plain)) else 0


def stated(text: str) -> str:
    """What this cell above numbers says they are counted in; empty where it says nothing of it.

    >>> [stated(text) for text in ("（単位：千人）", "Unit: persons", "Table 2. Researchers (in thousands)", "研究者数（千人）", "大学（千葉）")]
    ['千人', 'persons', 'in thousands', '千人', '']
    >>> stated("研究者（人）")
    '人'
    """
    plain = unicodedata.normalize("NFKC", text.translate(_OPENED))
    if match := _TOLD.search(plain) or _SAID.search(plain):
        return match[1].strip(" ()[]")
    return next((part for part in _BRACKETS.findall(plain) if (power(part) or _THING.fullmatch(part)) and not re.search("[0-9]{4}", part)), "")


def taken(grid: Grid, head: Head, used: Iterable[str], unit: str, scale: str) -> tuple[str, list[Refusal]]:
    """The factor that brings the numbers into this unit, empty where they stand in it, and what is told of it; `used` are the columns of numbers.

    A `scale` that is told is that factor, whatever the file says.

    What stands above a column, or in a row of units, goes before a column of units, and that before what stands above the table.

    Raises:
        Refusal: E2139 numbers that are counted in several ways, in thousands of what is a ratio, or in what is not known to be one or many of what
            the unit counts: no one factor brings them into the unit.
    """
    if not units.known(unit):
        return scale, []
    found = _above(head, list(used)) or _beside(head) or {text for _, row in head.titles for cell in row if (text := stated(cell))}
    if not found:
        return scale, []
    found = {part for text in found for part in _meant(text, unit)}
    moved = {_tens(text) - power(words.unit(unit, "ja")) for text in found}
    told = f"{', '.join(sorted(found))} → {unit}"
    unclear = len(moved) > 1 or (unit in _RATIOS and moved != {0}) or (moved != {0} and not all(_known(text, unit) for text in found))
    if unclear and not scale:
        raise Refusal("E2139", Place(grid.file, head.lines[0]), told)
    factor = scale or ("" if moved == {0} else f"{Decimal(1).scaleb(moved.pop()):f}")
    return factor, [Refusal("N2098", Place(grid.file, head.lines[0]), told)] if factor else []


def _meant(text: str, unit: str) -> list[str]:
    """Of several units that one text states, those of what is counted in this one; all that count something where none is, the text where they agree.

    >>> [_meant(text, "persons") for text in ("人、千円", "名、千円", "千人", "US$ '000, current prices", "人・日")]
    [['人'], ['名', '千円'], ['千人'], ["US$ '000"], ['人・日']]
    """
    parts = [part.strip() for part in _AND.split(text) if part.strip()]
    if len({power(part) for part in parts}) < 2:
        return [text]
    things = {_thing(words.unit(unit, lang, " ")) for lang in words.LANGUAGES}
    return [part for part in parts if _thing(part) in things] or [part for part in parts if power(part) or _THING.fullmatch(part)]


def _known(text: str, unit: str) -> bool:
    """Whether it is known how many of what the unit counts this text means: it says so, or names the thing itself.

    >>> [_known(text, "eur-m") for text in ("MIO_EUR", "EUR", "ユーロ（名目）", "XDC", "EUR_HAB")]
    [True, True, True, False, False]
    """
    things = "|".join(re.escape(_thing(words.unit(unit, lang, " "))) for lang in words.LANGUAGES)
    return bool(_tens(text)) or text.startswith("10^") or bool(re.fullmatch(rf"(?:{things})\s*(?:[(,].*)?", _thing(text)))


def _thing(text: str) -> str:
    """What a unit counts, without how many of it.

    >>> [_thing(text) for text in ("百万円", "千人", "Thousands of persons", "JPY million")]
    ['円', '人', 'persons', 'jpy']
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"\bof\b", "", _WORD.sub("", _KANJI.sub("", plain))).strip()


def _tens(text: str) -> int:
    return int(text.removeprefix("10^")) if text.startswith("10^") else power(text)


def _above(head: Head, used: list[str]) -> set[str]:
    """What is stated of the columns of numbers by their names, or by a row of units below them."""
    below: Mapping[str, str] = {name: cell for _, row in head.units for name, cell in zip(head.names, row, strict=False) if cell}
    row = next((row[0] for _, row in head.units if stated(row[0])), "")
    found = {stated(name) or below.get(name, "").strip("()（）[]") for name in used} - {""}
    return found or ({stated(row)} if row else set())


def _beside(head: Head) -> set[str]:
    """What is stated in a column of units, or of powers of ten, beside the numbers."""
    places = {name.lower(): place for place, name in enumerate(head.names)}
    cells = {name: {row[place] for _, row in head.rows if place < len(row) and row[place]} for name, place in places.items()}
    powers = {f"10^{cell}" for name in _POWERS for cell in cells.get(name, ()) if re.fullmatch("-?[0-9]{1,2}", cell)}
    return powers or {cell for name in _COLUMNS for cell in cells.get(name, ())}
