"""The one font of all drawings, from a package, so that every machine draws and measures the same."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import vl_convert as vlc

from evidence.errors import Refusal

FONT = "Noto Sans CJK JP"


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
    for weight in ("regular", "bold"):
        vlc.register_font_directory(str(path(weight).parent))
