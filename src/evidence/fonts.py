"""The Japanese font of the drawings, cut down to the characters that they use, so that a page carries it along."""

import io
from importlib.resources import files

from fontTools import subset
from fontTools.ttLib import TTFont

WEIGHTS = {"regular": 400, "bold": 700}


def characters(drawings: list[str]) -> str:
    """Every character of these SVG texts once, in code point order, with printable ASCII."""
    return "".join(sorted({chr(code) for code in range(0x20, 0x7F)}.union(*drawings)))


def woff2(weight: str, text: str) -> bytes:
    """The font of this weight with the glyphs of this text alone; the same bytes on every machine."""
    folder = files(f"noto_cjk_sans_jp_{weight}")
    (path,) = (entry for entry in folder.iterdir() if entry.name.endswith(".otf"))
    options = subset.Options(flavor="woff2", layout_features=[], hinting=False, desubroutinize=True, notdef_outline=True)
    font = TTFont(str(path), recalcTimestamp=False, lazy=True)
    cut = subset.Subsetter(options)
    cut.populate(text=text)
    cut.subset(font)
    font.flavor = "woff2"
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()


def stylesheet() -> str:
    """The CSS that gives the drawings their font."""
    face = '@font-face{{font-family:"Noto Sans CJK JP";font-weight:{weight};font-display:swap;src:url("noto-{name}.woff2") format("woff2")}}'
    return "\n".join(face.format(name=name, weight=weight) for name, weight in WEIGHTS.items()) + "\n"
