"""Raw bytes to checked rows: what the input gate lets through, and everything it refuses, with the place."""

import csv
from pathlib import Path
from typing import Any

from evidence.errors import Refusal


def rows(path: Path, schema: dict[str, Any]) -> tuple[list[dict[str, str]], list[Refusal]]:
    """The file's rows as text, and every problem found in them."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True)), []
