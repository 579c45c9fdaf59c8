"""Every word a reader sees that is not prose, and how numbers, periods and units are written, in both languages."""

import re
from collections.abc import Iterable
from functools import cache

import budoux

from evidence import rooms

LANGUAGES = ("ja", "en")
YEARS = ("fiscal-year", "calendar-year", "month", "date")  # units whose number is a year: no thousands comma
INTERFACE = ("book", "ui", "toc", "cite", "format", "file", "hit")  # kinds of words that stand on pages whatever their chapter
UNDATED = ("unstated", "timeless")  # why a value has no period: no row gives one, or its kind has none
DATED = ("month", "date")  # of these, those that the number cannot tell: the period does
RANGE = {"ja": "～", "en": "–"}
_MONEY = {f"{currency}-{size}": (currency, power) for currency in ("jpy", "eur", "usd", "gbp", "cny") for size, power in (("m", 6), ("bn", 9))}
_STEPS = {"ja": ((12, "兆"), (8, "億"), (4, "万")), "en": ((12, " trillion"), (9, " billion"), (6, " million"))}  # powers of ten
_NUMBER_CUT = re.compile("(?<=[0-9.,])\0(?=[0-9.,%年月日])")  # where phrases would part a number
_UNBROKEN = re.compile(r"[（「『(]*(?:[0-9A-Za-z][0-9A-Za-z.,%]*|.)[年月日]?[、。，．）」』)]*", re.DOTALL)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


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


def complete(key: str) -> bool:
    """Whether there is a word of this id in every language.

    >>> complete("unit.pct"), complete("unit.pps-m")
    (True, False)
    """
    return has(key) and all(_words()[key][lang] for lang in LANGUAGES)


def learnt(key: str, ja: str, en: str) -> None:
    """Takes a word into this process; in the lists it stands where it was written."""
    _words()[key] = {"id": key, "ja": ja, "en": en}


def family(name: str) -> list[str]:
    """The codes that have a word of this kind.

    >>> family("price")[:2]
    ['constant-2011', 'constant-2015']
    """
    return [key.removeprefix(f"{name}.") for key in _words() if key.startswith(f"{name}.")]


def factor(before: str, after: str) -> float | None:
    """By how much a number grows when it is told in the unit `after` instead of `before`; None where the two measure different things.

    >>> factor("eur-bn", "eur-m"), factor("jpy-m", "jpy-m"), factor("eur-m", "usd-m"), factor("pct", "articles")
    (1000.0, 1.0, None, None)
    """
    if before == after:
        return 1.0
    (one, power), (other, after_power) = _MONEY.get(before, (before, 0)), _MONEY.get(after, (after, 0))
    return float(10.0 ** (power - after_power)) if one == other else None


def number(value: float, digits: int | None = None) -> str:
    """The number with thousands commas; without `digits`, as many decimals as it has, at most two.

    >>> number(2386), number(1.4), number(34.2712, 1)
    ('2,386', '1.4', '34.3')
    """
    if digits is not None:
        return f"{value:z,.{digits}f}"
    return _trimmed(value, 2)


def quantity(
    value: float | tuple[float, float], unit: str, lang: str, digits: int | None = None, qualifier: str = "", moment: str = ""
) -> str:  # fmt: skip
    """The number with its unit, as a sentence quotes it; a pair is a range, and a qualifier such as "about" is said with it.

    A month or a day is told by `moment`, the period it is.

    `digits` are those of the unit that the number is stored in.

    >>> quantity(24, "countries", "ja"), quantity(24, "countries", "en"), quantity((7.0, 8.8), "pct", "en", 1)
    ('24か国', '24 countries', '7.0–8.8%')
    >>> quantity(30, "jpy-m", "ja", qualifier="about"), quantity(38, "countries", "en", qualifier="cumulative")
    ('約3,000万円', '38 countries (cumulative)')
    """
    if unit in DATED and moment:
        return limited(period(moment, lang), qualifier, lang)
    pair = value if isinstance(value, tuple) else (value,)
    if unit in _MONEY:
        return limited(_money(pair, unit, lang, digits), qualifier, lang)
    written = (str(int(one)) if unit in YEARS else number(one, digits) for one in pair)
    shown = RANGE[lang].join(written)
    return limited(word(_counter(unit, pair), lang, n=shown), qualifier, lang)


def _counter(unit: str, pair: tuple[float, ...]) -> str:
    """The id of the unit's word: one of its own for one and from ten on, where there is one.

    >>> quantity(9, "items", "ja"), quantity(11, "items", "ja"), quantity(1, "countries", "en")
    ('9つ', '11件', '1 country')
    """
    form = "one" if pair == (1,) else "ten" if min(pair) >= 10 else ""
    own = f"unit.{unit}.{form}"
    return own if form and own in _words() else f"unit.{unit}"


def limited(text: str, qualifier: str, lang: str) -> str:
    """The number limited as its source limits it.

    >>> limited("2 times", "more-than", "en"), limited("3年", "as-a-rule", "ja"), limited("3年", "", "ja")
    ('more than 2 times', '原則3年', '3年')
    """
    return word(f"limited.{qualifier}", lang, n=text) if qualifier else text


def _money(pair: tuple[float, ...], unit: str, lang: str, digits: int | None) -> str:
    """Money in the steps its language counts in: a hundred million in Japanese, a billion in English."""
    currency, exponent = _MONEY[unit]
    steps = [_step(one, exponent, lang) for one in pair]
    if len(set(steps)) > 1:
        return RANGE[lang].join(_money((one,), unit, lang, digits) for one in pair)
    power, name = steps[0]
    places = 3 if digits is None else min(max(0, digits + power - exponent), 3)  # no amount is told with more
    written = (_trimmed(one * 10.0 ** (exponent - power), places) for one in pair)
    return word(f"money.{currency}", lang, n=f"{RANGE[lang].join(written)}{name}")


def _step(amount: float, exponent: int, lang: str) -> tuple[int, str]:
    size = abs(amount) * 10.0**exponent
    return next(((power, name) for power, name in _STEPS[lang] if size >= 10.0**power), (0, ""))


def money(unit: str) -> bool:
    """Whether the unit is one of money."""
    return unit in _MONEY


def amount(number: float) -> str:
    """An amount of money as a table tells it once it was moved: to the ten thousand of what is a hundred million.

    >>> amount(5.43968), amount(23.86)
    ('5.4397', '23.86')
    """
    return _trimmed(number, 4)


def _trimmed(value: float, most: int) -> str:
    """The number with thousands commas and at most so many decimals, the last of them no zero."""
    text = f"{value:z,.{most}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def period(code: str, lang: str) -> str:
    """A period as a reader writes it: a year, a fiscal year, a month, a day, or a span of them.

    >>> [period(code, "ja") for code in ("2014/2020", "FY2019", "FY2009/FY2013", "2019-10", "2019-06-21")]
    ['2014年から2020年まで', '2019年度', '2009年度から2013年度まで', '2019年10月', '2019年6月21日']
    >>> [period(code, "en") for code in ("2014/2020", "FY2019", "FY2009/FY2013", "2019-10", "2019-06-21", "")]
    ['2014–2020', 'FY2019', 'FY2009–2013', 'October 2019', '21 June 2019', '']
    >>> period("FY2009/2021", "en"), period("2009/FY2021", "en"), period("FY2009/2021-10", "en")
    ('FY2009 to calendar year 2021', 'calendar year 2009 to FY2021', 'FY2009–October 2021')
    >>> period("unstated", "ja"), period("unstated", "en")
    ('時期の記載なし', 'period not stated')
    """
    if code in UNDATED:
        return word(f"period.{code}", lang)
    first, _, last = code.partition("/")
    if not last:
        return _moment(first, lang)
    fiscal = first.startswith("FY"), last.startswith("FY")
    if lang == "en" and all(fiscal):
        return f"{first}{RANGE['en']}{last.removeprefix('FY')}"
    if any(fiscal) and any(end.isdecimal() for end in (first, last)):  # a bare year beside a fiscal one would read as fiscal too
        ends = [word("period.calendar", lang, n=end) if end.isdecimal() else _moment(end, lang) for end in (first, last)]
        return word("period.mixed", lang, first=ends[0], last=ends[1])
    return word("period.span", lang, first=_moment(first, lang), last=_moment(last, lang))


def _moment(code: str, lang: str) -> str:
    """A year, fiscal year, month or day.

    >>> _moment("2019-10", "ja")
    '2019年10月'
    """
    if code.startswith("FY"):
        return word("unit.fiscal-year", lang, n=code.removeprefix("FY"))
    year, month, day = ([*code.split("-"), "", ""])[:3]
    if not month:
        return word("unit.calendar-year", lang, n=year) if year else ""
    told = {"year": year, "month": str(int(month)) if lang == "ja" else _MONTHS[int(month) - 1]}
    return word("period.day", lang, day=str(int(day)), **told) if day else word("period.month", lang, **told)


def limit(qualifier: str, lang: str) -> str:
    """The limit of a number by itself.

    >>> limit("about", "ja"), limit("cumulative", "ja"), limit("as-a-rule", "en")
    ('約', '累計', 'as a rule')
    """
    return limited(" ", qualifier, lang).strip(" （）()")


def unit(name: str, lang: str, within: str = " … ") -> str:
    """The unit by itself; where a number stands within it, it is left open, or closed up by what is told.

    >>> unit("jpy-m", "ja"), unit("jpy-m", "en"), unit("jpy-m", "en", " "), unit("index", "en")
    ('百万円', 'JPY … million', 'JPY million', 'a bare number')
    """
    if name == "unit-not-stated":
        return word("ui.not_stated", lang)
    told = word(f"unit.{name}", lang, n="…").strip("… ").replace(" … ", within)
    return told or word("ui.no_unit", lang)


def counted(amounts: Iterable[float], name: str, lang: str) -> tuple[int, str]:
    """By how many tens numbers in this unit are moved to stand in one that the language counts in, and the word of that; the largest decides.

    Where the language counts in the unit itself nothing is moved. No unit beyond a hundred million is taken: a column is compared down its cells.

    >>> counted([2386], "jpy-m", "ja"), counted([30], "jpy-m", "ja"), counted([95.517], "eur-bn", "ja")
    ((-2, '億円'), (2, '万円'), (1, '億ユーロ'))
    >>> counted([2386], "jpy-m", "en"), counted([24], "countries", "ja")
    ((0, 'JPY million'), (0, 'か国'))
    """
    currency, exponent = _MONEY.get(name, ("", 0))
    steps = [step for step in _STEPS[lang] if step[0] <= 9]
    if not currency or exponent in (power for power, _ in steps):
        return 0, unit(name, lang, " ")
    most = max((abs(amount) for amount in amounts), default=0) * 10.0**exponent
    power, told = next((step for step in steps if most >= 10.0 ** step[0]), steps[0])
    return exponent - power, word(f"money.{currency}", lang, n=told)


@cache
def _phrases() -> budoux.Parser:
    return budoux.load_default_japanese_parser()


def wrapped(text: str, lang: str, width: int) -> list[str]:
    """The text in lines of at most `width` half-width characters, broken between phrases in Japanese, words in English.

    A Japanese phrase that is longer than a line is broken between characters, a number never, nor what closes or opens a bracket from what it
    encloses; an English word never is.

    >>> wrapped("国際共同研究の共同公募", "ja", 14), wrapped("課題数（2009年から2015年まで）", "ja", 16)
    (['国際共同研究の', '共同公募'], ['課題数', '（2009年から', '2015年まで）'])
    """
    chunks = _japanese(text, width) if lang == "ja" else [f"{part} " for part in text.split()]
    lines = [""]
    for chunk in chunks:
        if lines[-1] and wide(lines[-1] + chunk.rstrip()) > width:
            lines.append("")
        lines[-1] += chunk
    return [line.rstrip() for line in lines]


def _japanese(text: str, width: int) -> list[str]:
    phrases = _NUMBER_CUT.sub("", "\0".join(_phrases().parse(text))).split("\0")  # the parser knows no numbers
    return [part for phrase in phrases for part in (_UNBROKEN.findall(phrase) if wide(phrase) > width else [phrase])]


def wide(text: str) -> int:
    """How many half-width letters the text takes.

    >>> wide("日本 JP")
    7
    """
    return sum(1 if ord(char) < 0x2000 else 2 for char in text)
