"""Where a row stands in its document, as a reader says it: paragraphs, rows and columns in words, headings as the document has them."""

import re
from functools import cache

from evidence import words

_PARAGRAPH = re.compile(r"(?P<before>^|\S\s?)¶(?P<first>\d+)(?:[–-](?P<last>\d+))?")
_ALONE = re.compile(r"paragraphs? (?P<first>\d+)(?:[–-](?P<last>\d+))?")
_ROW = re.compile(r"row (?P<row>r\d+)(?:, column (?P<column>\w+))?")
_SAID = {"n": "(?!on |of ).+", "first": r"\d[\d-]*", "last": r"\d+"}  # what may stand in the words of a place: a heading, a number, the last of two


def told(locator: str, lang: str) -> str:
    """The locator in this language. What names a part of the document in the document's own words stays, so that it can be found there.

    >>> told("国際動向 ¶3", "ja"), told("国際動向 ¶3", "en"), told("¶2–4", "ja"), told("paragraph 5", "ja")
    ('国際動向 第3段落', '国際動向, paragraph 3', '第2段落から第4段落まで', '第5段落')
    >>> told("row r12, column field_all", "ja"), told("row r12", "en"), told("table row FP7", "ja")
    ('r12行 field_all列', 'row r12', '表のFP7の行')
    >>> told("row DEU, 2013", "ja"), told("paragraphs 3 and 4", "ja"), told("title and bullet 1", "ja"), told("Time and place", "ja")
    ('DEUの行 2013', '第3段落及び第4段落', '表題及び箇条書きの第1項目', 'Time and place')
    >>> told("section Budget", "ja"), told("p. 123, KPI", "ja"), told("news, paragraph 2", "ja"), told("section Budget", "en")
    ('「Budget」の節', '123ページ KPI', 'お知らせ 第2段落', 'section Budget')
    """
    if alone := _ALONE.fullmatch(locator):
        return _paragraphs(alone, lang)
    if row := _ROW.fullmatch(locator):
        return words.word("place.cell" if row["column"] else "place.row", lang, **row.groupdict())
    if lang == "ja":
        parts = locator.split(", ")
        named = [_part(part) for part in parts]
        locator = locator if named == parts else " ".join(named)
    joint = {"ja": " ", "en": ", "}[lang]
    return _PARAGRAPH.sub(lambda found: (found["before"].strip() + joint if found["before"] else "") + _paragraphs(found, lang), locator)


def _part(text: str) -> str:
    """A part of a document in Japanese; what is named in the document's own words, or in no form that is known, stays."""
    for name, form in _forms():
        if found := form.fullmatch(text):
            return words.word(f"place.{name}", "ja", **{key: part.strip('"') for key, part in found.groupdict().items()})
    first, joined, last = text.partition(" and ")
    told = (_part(first), _part(last)) if joined else (first, last)
    return text if told[0] == first or told[1] == last else words.word("place.both", "ja", first=told[0], last=told[1])


@cache
def _forms() -> list[tuple[str, re.Pattern[str]]]:
    """The forms in which a locator names a part, as the English words for places have them: what is named in whole before what holds a heading."""
    told = {name: words.word(f"place.{name}", "en", row="", column="", **{key: f"<{key}>" for key in _SAID}) for name in words.family("place")}
    every = sorted(told.items(), key=lambda one: ("<" in one[1], "<n>" in one[1], -len(one[1])))
    return [(name, re.compile(re.sub("<(\\w+)>", lambda held: f"(?P<{held[1]}>{_SAID[held[1]]})", re.escape(text)))) for name, text in every]


def _paragraphs(found: re.Match[str], lang: str) -> str:
    return words.word("place.paragraphs" if found["last"] else "place.paragraph", lang, first=found["first"], last=found["last"])
