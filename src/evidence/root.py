"""Where the project and its editions are: found without importing anything heavy."""

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


def editions(data: Path) -> list[str]:
    """The names of the editions in this folder, those of its folders that have a datapackage.json; sorted, which is not their order in time."""
    return sorted(path.parent.name for path in data.glob("*/datapackage.json"))


def edition(data: Path, name: str) -> Path:
    """The folder of the edition of this name in the folder `data`.

    Raises:
        Refusal: E221 when there is none, with the names of the editions there are; a name that is a path is none of them.
    """
    known = editions(data)
    if name not in known:
        raise Refusal("E221", Place("data"), f"{name} ({', '.join(known)})")
    return data / name
