"""The one font of all drawings, from a package, so that every machine draws and measures the same."""

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import vl_convert as vlc

from evidence import disk
from evidence.errors import Refusal

FONT = "Noto Sans CJK JP"
WEIGHTS = {"regular": 400, "bold": 700}
CUT = "Evidence Sans JP"  # what the font cut by `cut_font` is called, so that no font of the machine is taken for it
CUT_OF = "cut.json"  # stands beside the cut fonts: the characters they have, and their sums
_NAMED = r'(font-family="|"font": ?"){}(?=")'
_TO_CUT, _TO_FONT = re.compile(_NAMED.format(FONT)), re.compile(_NAMED.format(CUT))
_cut: set[str] = set()  # the characters that this process has a cut font for


def path(weight: str) -> Path:
    """The font file of this weight, `regular` or `bold`.

    Raises:
        Refusal: E401 when the package of the font holds none.
    """
    package = f"noto_cjk_sans_jp_{weight}"
    found = [Path(str(entry)) for entry in files(package).iterdir() if entry.name.endswith(".otf")]
    if not found:
        raise Refusal("E401", found=package)
    return found[0]


@cache
def register() -> None:
    """Makes both weights known to the program that draws; nothing else is looked up on the machine for this font."""
    for weight in WEIGHTS:
        vlc.register_font_directory(str(path(weight).parent))


def characters(folder: Path) -> set[str]:
    """The characters of the cut font in this folder; none where there is none, or where it is not what was put there."""
    try:
        told = disk.loaded(folder / CUT_OF)
        whole = all(disk.sha256(folder / name) == sum for name, sum in told["sums"].items())
    except (Refusal, OSError, ValueError, LookupError, TypeError):
        return set()
    return set(told["characters"]) if whole else set()


def use(folder: Path) -> None:
    """Lets this process draw with the cut font of this folder, where it has all characters of a drawing: the same drawing in half the time."""
    if found := characters(folder):
        vlc.register_font_directory(str(folder))
        _cut.update(found)


def cut(text: str) -> str:
    """The SVG, or the specification as JSON, set in the cut font where that has all its characters."""
    return _TO_CUT.sub(rf"\g<1>{CUT}", text) if _cut.issuperset(text) else text


def whole(svg: str) -> str:
    """The SVG as everyone reads it, set in the font that the cut one was cut from.

    >>> whole('<text font-family="Evidence Sans JP">a</text>')
    '<text font-family="Noto Sans CJK JP">a</text>'
    """
    return _TO_FONT.sub(rf"\g<1>{FONT}", svg)
