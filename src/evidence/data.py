"""One edition's evidence as typed tables; the gate has passed every row before a type is given to it."""

from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from evidence import gate, package
from evidence.errors import Place, Refusal, Refusals
from evidence.root import edition as named
from evidence.root import folder as root

_WHOLE = ("integer", "year")


def edition(name: str) -> "Edition":
    """The edition of this name, opened by its tables: `edition("2019-09").claims`.

    Raises:
        Refusal: E221 when there is none, with the names of those there are.
    """
    return Edition(named(root() / "data", name))


class Edition:
    """Typed tables of one edition, each read once and checked before it is read.

    Every table is a frame with the columns of its schema in `data/schema/<table>.json`: text as `str` (missing is
    an empty string), numbers as `float` (missing is NaN), whole numbers and years as nullable `Int64`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = named(folder.parent, folder.name)
        self.name = folder.name

    @cached_property
    def _tables(self) -> dict[str, Path]:
        return {path.stem: path for path in sorted(self._folder.glob("*.csv"))}

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table of this edition by its name."""
        return {table: getattr(self, table) for table in self._tables}

    def has(self, table: str) -> bool:
        """Whether this edition has the table."""
        return table in self._tables

    def __getattr__(self, table: str) -> pd.DataFrame:
        """The table of this name.

        Raises:
            Refusals: E2xx, everything the gate found in the file.
        """
        if table.startswith("_") or not self.has(table):
            raise AttributeError(f"edition {self.name} has no table {table}")
        path = self._tables[table]
        schema = package.schema(self._folder, table)
        if schema is None:
            raise Refusal("E263", Place(gate.shown(path)), table)
        rows, problems = gate.rows(path, schema)
        if problems:
            raise Refusals(problems)
        frame = typed(rows, schema)
        setattr(self, table, frame)
        return frame


def typed(rows: list[dict[str, str]], schema: dict[str, Any]) -> pd.DataFrame:
    """The checked rows with the types and the column order of their schema.

    >>> schema = {"fields": [{"name": "id", "type": "string"}, {"name": "value", "type": "number"}]}
    >>> typed([{"value": "2", "id": "a"}, {"value": "", "id": "b"}], schema).value.tolist()
    [2.0, nan]
    """
    frame = pd.DataFrame(rows, columns=[field["name"] for field in schema["fields"]], dtype="str")
    for field in schema["fields"]:
        column = field["name"]
        if field["type"] == "number":
            frame[column] = pd.to_numeric(frame[column].replace("", None)).astype(float)
        elif field["type"] in _WHOLE:
            frame[column] = pd.to_numeric(frame[column].replace("", None)).astype("Int64")
    return frame
