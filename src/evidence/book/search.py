"""Full-text search that works from file:// in Japanese: text and query are cut in the same way, on both sides.

Stock Sphinx cuts Japanese text into words when it builds the index but does not cut the query, and it drops numbers.
Here runs of Japanese characters become overlapping pairs, and a number becomes one term (`2,386` is `n2386`).
"""

import re

from sphinx.search import SearchLanguage
from sphinx.search.en import SearchEnglish

_PARTS = re.compile(r"[0-9０-９][0-9０-９,，]*|[A-Za-zÀ-ɏ_]+|[\u3005\u3041-\u30ff\u3400-\u9fff]+")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789", ",，")

# The same rules in the browser; kept side by side so that a change of one is seen in the other.
_BROWSER = r"""
var splitQuery = function (query) {
  var terms = [];
  var parts = query.match(/[0-9０-９][0-9０-９,，]*|[A-Za-zÀ-ɏ_]+|[\u3005\u3041-\u30ff\u3400-\u9fff]+/g) || [];
  parts.forEach(function (part) {
    if (/^[0-9０-９]/.test(part)) {
      terms.push("n" + part.replace(/[,，]/g, "").replace(/[０-９]/g, function (digit) {
        return String.fromCharCode(digit.charCodeAt(0) - 0xfee0);
      }));
    } else if (/^[A-Za-zÀ-ɏ_]/.test(part)) {
      terms.push(part);
    } else if (part.length < 2) {
      terms.push(part);
    } else {
      for (var start = 0; start + 1 < part.length; start += 1) { terms.push(part.slice(start, start + 2)); }
    }
  });
  return terms;
};
"""


def terms(text: str) -> list[str]:
    """The search terms of a text.

    >>> terms("共同公募 2,386 SICORP")
    ['共同', '同公', '公募', 'n2386', 'SICORP']
    """
    found: list[str] = []
    for part in _PARTS.findall(text):
        if part[0].isdigit():
            found.append("n" + part.translate(_WIDE))
        elif ord(part[0]) < 0x3000 or len(part) < 2:
            found.append(part)
        else:
            found.extend(part[start : start + 2] for start in range(len(part) - 1))
    return found


class Japanese(SearchLanguage):
    """Pairs of characters; every pair counts, also those of two kana, because the query keeps them too."""

    lang = "ja"
    language_name = "Japanese"
    js_splitter_code = _BROWSER

    def split(self, input: str) -> list[str]:
        """The terms of the text."""
        return terms(input)

    def word_filter(self, word: str) -> bool:
        """True: no term is left out of the index."""
        return bool(word)

    def stem(self, word: str) -> str:
        """The word in lower case."""
        return word.lower()


class English(SearchEnglish):
    """English stems, with the numbers kept."""

    js_splitter_code = _BROWSER

    def split(self, input: str) -> list[str]:
        """The terms of the text."""
        return terms(input)
