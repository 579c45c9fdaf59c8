"""The Japanese font of the drawings, cut down to the characters of the book, so that the book carries it along.

A reader without any Japanese font reads the pages too; where there is one, the style sheet prefers it for the prose.
"""

import gettext
import io
import re
from importlib.resources import files

from fontTools import subset
from fontTools.ttLib import TTFont

from evidence.charts import typeface

_BOOK_LOCALES = "theme/sphinx_book_theme/static/locales"
_DRAWN = re.compile(r'<text[^>]*font-weight="(?:bold|[6-9]00)"[^>]*>(.*?)</text>', re.S)


def characters(texts: list[str]) -> str:
    """Every character of these texts once, in code point order, with printable ASCII."""
    return "".join(sorted(char for char in {chr(code) for code in range(0x20, 0x7F)}.union(*texts) if char.isprintable()))


def bold(texts: list[str]) -> str:
    """What of these texts drawings set bold.

    The prose, headings too, is set in the regular weight, made bolder where it is bold and none of the fonts before it is there: a second weight
    for it would be a third of what a page loads first.

    >>> bold(['<text font-weight="bold">a</text><text>b</text>', '{"title": "c"}', "# d\\n"])
    'a'
    """
    return "".join(part for text in texts if text.lstrip().startswith("<") for part in _DRAWN.findall(text))


def interface() -> str:
    """Every Japanese text of the theme's own buttons and labels."""
    catalogs = [("sphinx", "locale", "sphinx"), ("pydata_sphinx_theme", "locale", "sphinx"), ("sphinx_book_theme", _BOOK_LOCALES, "booktheme")]
    found = []
    for package, folder, domain in catalogs:
        with files(package).joinpath(folder, "ja", "LC_MESSAGES", f"{domain}.mo").open("rb") as stream:
            found.extend(gettext.GNUTranslations(stream)._catalog.values())  # type: ignore[attr-defined]
    return "".join(str(text) for text in found)


def woff2(weight: str, text: str) -> bytes:
    """The font of this weight with the glyphs of this text alone; the same bytes on every machine."""
    options = subset.Options(flavor="woff2", layout_features=[], hinting=False, desubroutinize=True, notdef_outline=True)
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]  # for lines from top to bottom, of which the book has none
    font = TTFont(str(typeface.path(weight)), recalcTimestamp=False, lazy=True)
    cut = subset.Subsetter(options)
    cut.populate(text=text)
    cut.subset(font)
    font.flavor = "woff2"
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()


def stylesheet() -> str:
    """The CSS that gives the drawings their font."""
    face = '@font-face{{font-family:"Noto Sans CJK JP{more}";font-display:swap;src:url("noto-{name}.woff2") format("woff2"){weight}}}'
    weights = [face.format(more="", name=name, weight=f";font-weight:{weight}") for name, weight in typeface.WEIGHTS.items()]
    return "\n".join([*weights, face.format(more=" plain", name="regular", weight="")]) + "\n"
