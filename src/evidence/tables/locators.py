"""Where a row stands in its document, as a reader says it: paragraphs, rows and columns in words, headings as the document has them."""

import re

from evidence import words

_PARAGRAPH = re.compile(r"(?P<before>^|\S\s?)¶(?P<first>\d+)(?:[–-](?P<last>\d+))?")
_ALONE = re.compile(r"paragraphs? (?P<first>\d+)(?:[–-](?P<last>\d+))?")
_ROW = re.compile(r"row (?P<row>r\d+)(?:, column (?P<column>\w+))?")


def told(locator: str, lang: str) -> str:
    """The locator in this language. What names a part of the document in the document's own words stays, so that it can be found there.

    >>> told("国際動向 ¶3", "ja"), told("国際動向 ¶3", "en"), told("¶2–4", "ja"), told("paragraph 5", "ja")
    ('国際動向 第3段落', '国際動向, paragraph 3', '第2段落から第4段落まで', '第5段落')
    >>> told("row r12, column field_all", "ja"), told("row r12", "en"), told("table row FP7", "ja")
    ('r12行 field_all列', 'row r12', 'table row FP7')
    """
    if alone := _ALONE.fullmatch(locator):
        return _paragraphs(alone, lang)
    if row := _ROW.fullmatch(locator):
        return words.word("place.cell" if row["column"] else "place.row", lang, **row.groupdict())
    joint = {"ja": " ", "en": ", "}[lang]
    return _PARAGRAPH.sub(lambda found: (found["before"].strip() + joint if found["before"] else "") + _paragraphs(found, lang), locator)


def _paragraphs(found: re.Match[str], lang: str) -> str:
    return words.word("place.paragraphs" if found["last"] else "place.paragraph", lang, first=found["first"], last=found["last"])
