"""Text as it is searched: what looks the same is the same, however a program wrote it."""

import re
import unicodedata

# What programs write for one another: of letters that a font draws alike, the PDF of a browser names any; a word processor curls quotes.
HYPHENS = "\u2010\u2011\u2012\u2013\u2212"
_SAME = {
    "-": HYPHENS,
    "—": "―─⸺",
    "~": "〜∼",
    "・": "·‧•∙⋅",
    "'": "‘’‚‛′‵ʻʼ`",
    '"': "“”„‟″〝〞〟",
}
_RADICALS = dict(
    zip("⺒⺓⺔⺙⺛⺞⺟⺠⻄⻆⻑⻘⻝⻤⻨⻩⻫⻭⻯⻲戶", "巳幺彑攵旡歺母民西角長青食鬼麦黄斉歯竜亀戸", strict=True)
)  # that NFKC leaves alone
_FOLDED = str.maketrans({char: one for one, chars in _SAME.items() for char in chars} | _RADICALS | {"⋯": "..."})
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff9f"  # kanji, kana, marks; no digits
_JUSTIFIED = re.compile(f"(?<=[{_WIDE}]) +(?=[{_WIDE}])")


def alike(text: str) -> str:
    """The line with one character for all that look like it, and without the spaces by which a PDF spreads Japanese over a line.

    >>> alike("図 ２‑１、識 別 ⼦ ：growth（科学技術‧学術、22.2〜26.8%）"), alike("“Japan’s” share, 7 – 8")
    ('図 2-1、識別子:growth(科学技術・学術、22.2~26.8%)', '"Japan\\'s" share, 7 - 8')
    """
    closed = _JUSTIFIED.sub("", text.translate(_FOLDED))
    return " ".join(unicodedata.normalize("NFKC", closed).translate(_FOLDED).split())
