"""Where the project and its editions are: found without importing anything heavy."""

import os
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


def editions(data: Path) -> list[str]:
    """The names of the editions in this folder: those of its folders that have a datapackage.json."""
    return sorted(path.parent.name for path in data.glob("*/datapackage.json"))


def opened(folder: Path) -> Path:
    """The folder, which is an edition's.

    Raises:
        Refusal: E221 when it is none (nor is a name that climbs out of `data`), with the names of the editions there are.
    """
    data = folder.parent
    known = editions(data) if data.name == "data" else []
    if folder.name not in known:
        raise Refusal("E221", Place("data"), f"{folder.name} ({', '.join(known)})")
    return folder
