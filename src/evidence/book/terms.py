"""The book's terms: one term for one meaning, in both languages. What would say the same in other words is refused wherever a reader sees it.

`terms.csv` holds a term a row: `ja` and `en`, what it means, and in `not_ja` and `not_en` the forms that it replaces, as regular expressions.
Words in quotation marks are quoted or mentioned, not ours, and stay as they are; so do code and addresses.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from evidence import rooms

_QUOTED = re.compile(
    r"「[^」]*」|『[^』]*』|“[^”]*”|\"[^\"\n]*\"|```.*?```|\{[a-z:-]+\}`[^`]*`|`[^`]*`|\]\([^)]*\)|^% .*$|^\([a-z0-9-]+\)=$", re.S | re.M
)


def wrong(texts: Sequence[str], lang: str) -> Iterator[tuple[int, int, str]]:
    """Every form in these texts that a term replaces: the place of the text among them, its line there (the first is 1), and after an arrow
    what to write instead.

    >>> list(wrong(["予算の増減", "根拠の\\n確からしさによる。「または」は引用。"], "ja"))
    [(1, 2, '確からしさ → 確度')]
    >>> list(wrong(["There is no ground for it; the playground stays."], "en"))
    [(0, 1, 'ground → evidence')]
    """
    forms = _among("\n".join(texts), lang)  # few: looking through each text takes long
    for place, text in enumerate(texts) if forms else ():
        own = _QUOTED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
        for pattern, term in forms:
            yield from ((place, own.count("\n", 0, match.start()) + 1, f"{match[0]} → {term}") for match in pattern.finditer(own))


@lru_cache(maxsize=64)
def _among(text: str, lang: str) -> list[tuple[re.Pattern[str], str]]:
    """Which of the forms stand in this text, quoted or not; remembered, because editions share pages and words."""
    return [(pattern, term) for pattern, term in _forms(lang) if pattern.search(text)]


@cache
def _forms(lang: str) -> list[tuple[re.Pattern[str], str]]:
    """What a term replaces in this language, with the term."""
    rows = rooms.listed("terms.csv", "id").values()
    return [(re.compile(row[f"not_{lang}"]), row[lang]) for row in rows if row[f"not_{lang}"]]
