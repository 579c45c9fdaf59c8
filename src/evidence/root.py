"""Where the project is: found without importing anything heavy."""

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
