"""What imports stated of the cells they changed: why, and whether a number may lie far from what it was."""

from collections.abc import Iterable
from pathlib import Path

from evidence import disk, root
from evidence.tables.cells import language

COLUMNS = ["table", "row", "column", "right", "cause"]
CAUSES = {"revised": "revised", "corrected": "correction", "method": "method"}  # as an import is told them
READ = ("source", "locator", "as_of", "confidence", "as_printed")  # columns that say where a row was read, and how
CELLS = "cells"  # where the record of an import holds them


def read_elsewhere(columns: Iterable[str]) -> bool:
    """Whether these columns of a row only say where it was read, and nothing that was read there.

    >>> read_elsewhere(["source", "locator", "note_en"]), read_elsewhere(["source", "value"])
    (True, False)
    """
    return all(name in READ or language(name) for name in columns)


def causes(folder: Path) -> list[dict[str, str]]:
    """The cells whose cause an import stated: table, row, column, right (what it says now), cause, far (`yes` for an accepted jump)."""
    found: list[dict[str, str]] = []
    for path in root.imports(folder):
        if path.suffix == ".json":
            told = disk.loaded(path).get(CELLS, [])
            found += [{str(name): str(value) for name, value in one.items()} for one in told if isinstance(one, dict)]
    return found


def accepted(folder: Path) -> set[tuple[str, str, str]]:
    """The cells (table, row, column) that an import let lie far from what they were."""
    return {(one["table"], one["row"], one["column"]) for one in causes(folder) if one.get("far") == "yes"}
