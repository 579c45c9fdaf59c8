"""Holds the tables against the document: is every row where it says it is, and is every number and every statement of it accounted for?

What counts as a number: digits, ASCII or full-width, with commas and points inside and 十 百 千 万 億 兆 after them; kanji
numerals that count something (二国間, 四つ); 元 of the first year of an era; 倍増 and 半減; and digits in another dress, so that
leaving them out is a decision: ① ¹ Ⅱ. Not numbers: words that only contain a numeral (一方, 一層, 一体, 一角, 一部, 第一線),
words for several or both (複数, 両国, 双方, 多国間), Latin letters (II), and years told without digits (前年度).
"""

import re
from collections.abc import Iterator
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple

import pandas as pd

from evidence.curation.passages import passages

_PLACES = (("locator", "as_printed"), ("summary_locator", "summary_as_printed"))
_AROUND = 12  # characters of context on either side of a number

_COUNTED = (
    "つ|[か箇カヵケヶ](?:国|年|月|所)|国|年|月|日|件|回|期|章|倍|割|桁|人|名|本|点|種|類|社|校|階層|段階|次元|世紀|%|％",
    "課題|機関|大学|分野|事業|側面|地域",
)
NUMBER = re.compile(
    "[0-9０-９]+(?:[,.，．][0-9０-９]+)*[十百千万億兆]*"
    f"|[〇一二三四五六七八九十百千万億兆]+(?={'|'.join(_COUNTED)})"
    "|元(?=年)|倍増|倍加|半減|半数|[①-⑳¹²³⁰⁴-⁹Ⅰ-Ⅿⅰ-ⅿ]"
)
STATEMENT = re.compile("[^。]+(?:。[」）)*]*)?")  # a sentence with what closes it, or what a heading, bullet or cell says without one


class Span(NamedTuple):
    """A stretch of one passage."""

    start: int
    end: int

    def holds(self, other: "Span") -> bool:
        """Whether the other stretch lies within this one."""
        return self.start <= other.start and other.end <= self.end


def located(tables: dict[str, pd.DataFrame], text: str) -> pd.DataFrame:
    """Every row that quotes the document, and whether its printed words stand in the passage that its locator names.

    Columns: table, line (of the file; the header is line 1), id, locator, as_printed, found. `tables` holds `sections` too,
    by which the text is cut. A row that also quotes the summary gives a second row. A row whose source is another document than
    the one whose hash `sources` keeps, and does not stand in that one, is left out: its words are not to be found here.

    >>> sections = pd.DataFrame({"heading": ["予算"], "begins_with": ["予算"], "occurrence": [1], "kind": ["slide"]})
    >>> claims = pd.DataFrame({"id": ["a", "b"], "locator": "予算 ¶1", "as_printed": ["2,386百万円", "2,386億円"]})
    >>> located({"claims": claims, "sections": sections}, "予算\\n要求額 2,386百万円")[["line", "id", "found"]].values.tolist()
    [[2, 'a', True], [3, 'b', False]]
    """
    places, elsewhere = passages(text, tables["sections"]), _elsewhere(tables.get("sources"))
    rows = [
        (name, line, row.get("id", ""), row[locator], row[printed], row[printed] in places.get(row[locator], ""))
        for name, table in tables.items()
        for line, row in enumerate(_quotes(table), start=2)
        if row.get("source") not in elsewhere
        for locator, printed in _PLACES
        if locator in row and row.get(printed)
    ]
    return pd.DataFrame(rows, columns=["table", "line", "id", "locator", "as_printed", "found"])


def _quotes(table: pd.DataFrame) -> list[dict[str, str]]:
    """The rows by the columns that say who quotes what from where, as far as the table has them."""
    names = {"id", "source", *chain.from_iterable(_PLACES)}
    return table[[name for name in table.columns if name in names]].fillna("").to_dict("records")


def _elsewhere(sources: pd.DataFrame | None) -> set[str]:
    """The sources read in other documents than the one held, which is the one whose hash is kept; where none is, nothing is elsewhere."""
    if sources is None or not (held := sources["sha256"].fillna("").ne("")).any():
        return set()
    own = held | sources["read_in"].isin(sources.loc[held, "id"])
    return set(sources.loc[~own, "id"])


def uncovered(claims: pd.DataFrame, ignored: pd.DataFrame, text: str, sections: pd.DataFrame) -> pd.DataFrame:
    """Every number of the document that neither a claim nor a pattern accounts for, and every pattern that accounts for none.

    Columns: locator, number, context. A claim accounts for the numbers inside its printed words, once: where the same
    words stand twice in a passage, two claims are needed. A pattern accounts for the numbers inside its matches, in the
    section `scope` or, with `*`, everywhere; one that meets no number is told with its line and scope: it hides nothing
    today and might hide something tomorrow.

    >>> sections = pd.DataFrame({"heading": ["予算"], "begins_with": ["予算"], "occurrence": [1], "kind": ["slide"]})
    >>> claims = pd.DataFrame({"locator": ["予算 ¶1"], "as_printed": ["2,386百万円"]})
    >>> ignored = pd.DataFrame({"pattern": ["^[0-9]\\\\. ", "V4"], "scope": ["*", "*"]})
    >>> uncovered(claims, ignored, "予算\\n1. 要求額 2,386百万円、24か国", sections).values.tolist()
    [['予算 ¶1', '24', '求額 2,386百万円、24か国'], ['ignored_numbers.csv:3', 'V4', '*']]
    """
    places = passages(text, sections)
    told = _told(claims, places)
    hidden, idle = _hidden(ignored, places)
    rows = [
        (locator, passage[number.start : number.end], passage[max(0, number.start - _AROUND) : number.end + _AROUND])
        for locator, passage in places.items()
        for number in numbers(passage)
        if not any(span.holds(number) for span in [*told.get(locator, ()), *hidden.get(locator, ())])
    ]
    return pd.DataFrame([*rows, *idle], columns=["locator", "number", "context"])


def unstated(tables: dict[str, pd.DataFrame], text: str) -> pd.DataFrame:
    """Every statement of the document in which no row of any table stands: columns locator, statement.

    A sentence is a statement, and so is a heading, bullet or cell that has none. What is no claim, recommendation, definition or the like
    stands in the table `passed_over` with the reason.

    >>> sections = pd.DataFrame({"heading": ["予算"], "begins_with": ["予算"], "occurrence": [1], "kind": ["slide"]})
    >>> claims = pd.DataFrame({"locator": ["予算 ¶1"], "as_printed": ["要求"]})
    >>> unstated({"claims": claims, "sections": sections}, "予算\\n要求が増えた。各国も増やす。").values.tolist()
    [['予算 ¶0', '予算'], ['予算 ¶1', '各国も増やす。']]
    """
    rows = located(tables, text)
    printed = rows.groupby("locator")["as_printed"].agg(list).to_dict()
    told = [
        (locator, statement)
        for locator, passage in passages(text, tables["sections"]).items()
        for statement in STATEMENT.findall(passage)
        if not any(quote in statement for quote in printed.get(locator, ()))
    ]
    return pd.DataFrame(told, columns=["locator", "statement"])


def numbers(passage: str) -> list[Span]:
    """Where the numbers of a passage stand.

    >>> text = "一方、二国間で5百万円、四つの国で倍増"
    >>> [text[number.start : number.end] for number in numbers(text)]
    ['二', '5百万', '四', '倍増']
    """
    return _spans(NUMBER, passage)


def _spans(pattern: re.Pattern[str], passage: str) -> list[Span]:
    return [Span(*found.span()) for found in pattern.finditer(passage)]


def _told(claims: pd.DataFrame, places: dict[str, str]) -> dict[str, list[Span]]:
    """By locator, the printed words of its claims: the first claim of the same words takes their first place, and so on."""
    quotes = sorted((locator, printed) for locator, printed in zip(claims["locator"], claims["as_printed"], strict=True) if printed)
    told: dict[str, list[Span]] = {}
    for (locator, printed), rows in groupby(quotes):
        spans = _spans(re.compile(re.escape(printed)), places.get(locator, ""))
        told.setdefault(locator, []).extend(spans[: len(list(rows))])
    return told


def _hidden(ignored: pd.DataFrame, places: dict[str, str]) -> tuple[dict[str, list[Span]], list[tuple[str, str, str]]]:
    """By locator, what the patterns match; and the patterns that meet no number, as rows of the answer."""
    hidden: dict[str, list[Span]] = {}
    idle: list[tuple[str, str, str]] = []
    for line, (pattern, scope) in enumerate(zip(ignored["pattern"], ignored["scope"], strict=True), start=2):
        met = list(_matches(re.compile(pattern), scope, places))
        if not met:
            idle.append((f"ignored_numbers.csv:{line}", pattern, scope))
        for locator, spans in groupby(met, key=itemgetter(0)):
            hidden.setdefault(locator, []).extend(span for _, span in spans)
    return hidden, idle


def _matches(pattern: re.Pattern[str], scope: str, places: dict[str, str]) -> Iterator[tuple[str, Span]]:
    """Where a pattern meets a number, by locator."""
    for locator, passage in places.items():
        if scope in ("*", locator.rpartition(" ")[0]):
            found = numbers(passage)
            yield from ((locator, span) for span in _spans(pattern, passage) if any(span.holds(number) for number in found))
