"""One edition's evidence as typed tables; the gate has passed every row before a type is given to it."""

import json
import os
from functools import cached_property
from pathlib import Path

import pandas as pd

from evidence import gate
from evidence.errors import Place, Refusal, Refusals


def root() -> Path:
    """Folder of the project: the nearest folder at or above this one that holds data/schema, or EVIDENCE_ROOT."""
    named = os.environ.get("EVIDENCE_ROOT")
    here = Path(named) if named else Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "data" / "schema").is_dir():
            return folder
    raise Refusal("E220", Place(str(here)))


def edition(name: str) -> "Edition":
    """The edition of this name, opened by its tables: `edition("2019-09").claims`."""
    return Edition(root() / "data" / name)


class Edition:
    """Typed tables of one edition, each read once and checked before it is read.

    Every table is a frame with the columns of its schema in `data/schema/<table>.json`: text as `str` (missing is
    an empty string), numbers as `float` (missing is NaN), whole numbers as nullable `Int64`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.name = folder.name
        if not self._tables:
            raise Refusal("E221", Place(str(folder)), folder.name)

    @cached_property
    def _tables(self) -> dict[str, Path]:
        return {path.stem: path for path in sorted(self._folder.glob("*.csv"))}

    def __getattr__(self, table: str) -> pd.DataFrame:
        """The table of this name.

        Raises:
            Refusals: E2xx, everything the gate found in the file.
        """
        if table.startswith("_") or table not in self._tables:
            raise AttributeError(f"edition {self._folder.name} has no table {table}")
        path = self._tables[table]
        schema = json.loads((self._folder.parent / "schema" / f"{table}.json").read_text(encoding="utf-8"))
        rows, problems = gate.rows(path, schema)
        if problems:
            raise Refusals(problems)
        frame = typed(rows, schema)
        setattr(self, table, frame)
        return frame


def typed(rows: list[dict[str, str]], schema: dict) -> pd.DataFrame:
    """The checked rows with the types of their schema.

    >>> typed([{"id": "a", "value": "2"}], {"fields": [{"name": "id", "type": "string"}, {"name": "value", "type": "number"}]}).value.sum()
    np.float64(2.0)
    """
    frame = pd.DataFrame(rows, columns=[field["name"] for field in schema["fields"]], dtype="str")
    for field in schema["fields"]:
        column = field["name"]
        if field["type"] == "number":
            frame[column] = pd.to_numeric(frame[column].replace("", None)).astype(float)
        elif field["type"] == "integer":
            frame[column] = pd.to_numeric(frame[column].replace("", None)).astype("Int64")
    return frame
