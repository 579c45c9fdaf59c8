"""Where the project and its editions are, and what may name them: found without importing anything heavy."""

import os
import re
from pathlib import Path

from evidence.errors import Place, Refusal


def folder() -> Path:
    """Folder of the project: the nearest folder at or above this one that holds data/schema, or EVIDENCE_ROOT.

    Raises:
        Refusal: E220 when there is none.
    """
    named = os.environ.get("EVIDENCE_ROOT")
    here = Path(named) if named else Path.cwd()
    for candidate in (here, *here.parents):
        if (candidate / "data" / "schema").is_dir():
            return candidate
    raise Refusal("E220", Place(str(here)))


LONGEST = 200  # characters of an id; with language and kind it is still the name of a file
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_NAME = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])(?:-[cr][1-9][0-9]{0,2})?", re.ASCII)


def valid(name: str) -> str:
    """The name, if it may be an edition's: the month of its evidence, with -c1 for a correction or -r1 for a revision.

    >>> valid("2026-11"), valid("2019-09-c1")
    ('2026-11', '2019-09-c1')

    Raises:
        Refusal: E267 for anything else, paths and look-alike letters included.
    """
    if not _NAME.fullmatch(name):
        raise Refusal("E267", Place("data"), name)
    return name


def identifier(text: str, place: str = "") -> str:
    """The text, if it may be an id: asked before any path is made of it.

    >>> identifier("budget-growth-range")
    'budget-growth-range'

    Raises:
        Refusal: E292 for anything else: paths, dots, other letters, a text longer than a file's name may be.
    """
    if not _ID.fullmatch(text) or len(text) > LONGEST:
        raise Refusal("E292", Place(place), text)
    return text


def editions(data: Path) -> list[str]:
    """The names of the editions in this folder: those of its folders that have a datapackage.json."""
    return sorted(path.parent.name for path in data.glob("*/datapackage.json"))


def latest(data: Path) -> str:
    """The name of the latest edition.

    Raises:
        Refusal: E221 when there is none.
    """
    known = editions(data)
    if not known:
        raise Refusal("E221", Place("data"))
    return known[-1]


def edition(data: Path, name: str) -> Path:
    """The folder of the edition of this name in the folder `data`.

    Raises:
        Refusal: E221 when there is none, with the names of the editions there are; a name that is a path is none of them.
    """
    known = editions(data)
    if name not in known:
        raise Refusal("E221", Place("data"), f"{name} ({', '.join(known)})")
    return data / name
