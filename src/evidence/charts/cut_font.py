"""The font of the drawings with the characters that a build draws, and no more: to measure a text in it takes a third of the time.

The tables of a font are read anew for each text that is measured or drawn; those of the whole font hold 65,000 characters and the joining of old
Hangul. A drawing is the same in either, byte by byte.
"""

import hashlib
import io
import json
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from evidence.charts import typeface

# What the program that draws applies to a horizontal text; a character, its width and its kerning are those of the whole font.
_FEATURES = ["calt", "ccmp", "clig", "curs", "dist", "kern", "liga", "locl", "mark", "mkmk", "rclt", "rlig"]
_VERTICAL = ["BASE", "VORG", "vhea", "vmtx", "DSIG"]
# What a drawing may show that no table holds: ASCII, Latin, punctuation, the minus of axes.
_ALWAYS = {*map(chr, range(0x20, 0x7F)), *map(chr, range(0xA0, 0x180)), *map(chr, range(0x2010, 0x2028)), "\u2212", "\n", "\t"}
_FAMILY = (1, 3, 4, 16)  # names of a font that hold that of its family; the one for printers stays, which a PDF bears


def cut(text: str, to: Path) -> None:
    """Puts both weights, cut to the characters of this text, into this folder, unless what is there has them all.

    Raises:
        Refusal: E401 as `typeface.path`.
    """
    wanted, before = _ALWAYS.union(text), typeface.characters(to)
    if wanted <= before:
        return
    to.mkdir(parents=True, exist_ok=True)
    (to / typeface.CUT_OF).unlink(missing_ok=True)
    characters = "".join(sorted(wanted | before))
    made = {f"{weight}.otf": _cut(weight, characters) for weight in typeface.WEIGHTS}
    for name, raw in made.items():
        (to / name).write_bytes(raw)
    sums = {name: hashlib.sha256(raw).hexdigest() for name, raw in made.items()}
    (to / typeface.CUT_OF).write_text(json.dumps({"characters": characters, "sums": sums}), encoding="utf-8")


def _cut(weight: str, characters: str) -> bytes:
    options = subset.Options(layout_features=_FEATURES, name_IDs=["*"], notdef_outline=True)
    options.drop_tables += _VERTICAL
    font = TTFont(typeface.path(weight), recalcTimestamp=False, recalcBBoxes=False, lazy=True)
    part = subset.Subsetter(options)
    part.populate(text=characters)
    part.subset(font)
    for name in font["name"].names:
        if name.nameID in _FAMILY:
            name.string = name.toUnicode().replace(typeface.FONT, typeface.CUT)
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()
