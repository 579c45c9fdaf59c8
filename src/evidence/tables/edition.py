"""One edition's evidence as typed tables; the gate has passed every row before a type is given to it."""

from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from evidence import root
from evidence.errors import Place, Refusal, Refusals
from evidence.tables import corrections, gate, package, stated, ties

_WHOLE = ("integer", "year")


def opened(name: str) -> "Edition":
    """The edition of this name, opened by its tables: `opened("2019-09").claims`.

    Raises:
        Refusal: E221 when there is none, with the names of those there are.
    """
    return Edition(root.edition(root.folder() / "data", name))


class Edition:
    """Typed tables of one edition, each read once and checked before it is read.

    Every table is a frame with the columns of its schema in `data/schema/<table>.json`: text as `str` (missing is
    an empty string), numbers as `float` (missing is NaN), whole numbers and years as nullable `Int64`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = root.edition(folder.parent, folder.name)
        self.name = folder.name
        self.read: set[str] = set()  # tables asked for so far: what an exhibit was made from
        self._typed: dict[str, pd.DataFrame] = {}

    def __reduce__(self) -> tuple[type["Edition"], tuple[Path]]:
        """What another process needs to open the same edition: it reads the tables itself."""
        return Edition, (self._folder,)

    @cached_property
    def _tables(self) -> dict[str, Path]:
        return {path.stem: path for path in root.tables(self._folder)}

    @cached_property
    def previous(self) -> "Edition":
        """The edition that this one goes back to.

        Raises:
            AttributeError: this is a first edition.
            Refusal: E221 when the edition named is not there.
        """
        before = ties.before(self._folder)
        if not before:
            raise AttributeError(f"edition {self.name} goes back to none")
        return Edition(before)

    def causes(self) -> pd.DataFrame:
        """Why cells say what they say now, by the register of corrections and the imports of this edition: table, row, column, right, cause."""
        register = [one | {"cause": "correction"} for one in corrections.register(self._folder.parent)]
        return pd.DataFrame([*register, *stated.causes(self._folder)], columns=stated.COLUMNS, dtype="str")

    def keys(self) -> dict[str, list[str]]:
        """The columns that tell the rows of each table apart, by table; also of tables that only the previous edition has."""
        earlier = self.previous.keys() if self.has("previous") else {}
        own = {table: schema.get("primaryKey", ["id"]) for table, schema in self.schemas().items()}
        return earlier | {table: [key] if isinstance(key, str) else list(key) for table, key in own.items()}

    def schemas(self) -> dict[str, dict[str, Any]]:
        """The schema of every table as this edition's descriptor keeps it."""
        return package.schemas(self._folder)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table of this edition by its name."""
        return {table: self.table(table) for table in self._tables}

    def has(self, table: str) -> bool:
        """Whether this edition has the table, or goes back to another where `previous` is asked for."""
        return bool(ties.of(self._folder)) if table == "previous" else table in self._tables

    def texts(self) -> dict[str, pd.DataFrame]:
        """Every table by its name, all its cells as text as they stand in the file."""
        return {table: pd.DataFrame(rows, dtype="str") for table in self._tables for rows in [self._checked(table)[0]]}

    def __getattr__(self, table: str) -> pd.DataFrame:
        """The table of this name; that it was asked for is kept in `read`.

        Raises:
            Refusals: E2xx, everything the gate found in the file.
        """
        if table.startswith("_") or not self.has(table):
            raise AttributeError(f"edition {self.name} has no table {table}")
        self.read.add(table)
        return self.table(table)

    def table(self, table: str) -> pd.DataFrame:
        """The table of this name, without a note of it: for what every chapter needs."""
        if table not in self._typed:
            self._typed[table] = typed(*self._checked(table))
        return self._typed[table]

    def _checked(self, table: str) -> tuple[gate.Rows, dict[str, Any]]:
        path = self._tables[table]
        schema = package.schema(self._folder, table)
        if schema is None:
            raise Refusal("E263", Place(gate.shown(path)), table)
        rows, problems = gate.rows(path, schema)
        if problems:
            raise Refusals(problems)
        return rows, schema


def typed(rows: gate.Rows, schema: dict[str, Any]) -> pd.DataFrame:
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
