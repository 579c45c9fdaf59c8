"""The register of corrections, `data/corrections.csv`: what was wrong in which edition, what is right, why, and what follows from it."""

import csv
import io
from pathlib import Path

from evidence import disk
from evidence.errors import Place, Refusal
from evidence.tables import encoding, gate

FILE = "corrections.csv"

COLUMNS = (
    "id", "date", "edition", "corrected_edition", "table", "row", "column", "wrong", "right", "reason_ja", "reason_en", "effect_ja", "effect_en",
)  # fmt: skip


def register(data: Path) -> list[dict[str, str]]:
    """The rows of the register, oldest first; none where no edition was ever corrected."""
    return gate.register(data, Path(FILE).stem)


def problems(data: Path) -> list[Refusal]:
    """E291 for every row of the register whose corrected edition, row or value is not there."""
    found = []
    for line, row in enumerate(register(data), start=2):
        path = data / row["corrected_edition"] / f"{row['table']}.csv"
        cells = rows_of(path) if path.is_file() else {}
        cell = cells.get(row["row"], {}).get(row["column"])
        if cell != row["right"]:
            told = f"{row['corrected_edition']}/{row['table']} {row['row']} {row['column']}: {row['right']} ≠ {cell if cell is not None else '-'}"
            found.append(Refusal("E291", Place(f"data/{FILE}", line, "right"), told))
    return found


def rows_of(path: Path) -> dict[str, dict[str, str]]:
    """The rows of a table by their ids, as text."""
    rows = csv.DictReader(io.StringIO(encoding.decoded(disk.raw(path), path.name), newline=""))
    return {row.get("id", ""): row for row in rows}
