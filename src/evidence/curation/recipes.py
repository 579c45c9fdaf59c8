"""What was decided on a file, kept so that next year's file is read the same way: `data/<edition>/imports/<name>.yml`.

Beside it, `<name>.json` says which file it was last used on (name, SHA-256, size, day) and the rows that were made of it.
"""

import datetime
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from evidence import disk, root
from evidence.errors import Place, Refusal
from evidence.nearest import near
from evidence.tables import stated

FOLDER = "imports"
_YEAR = re.compile(r"(?<![0-9])(?:fy)?[12][0-9]{3}(?![0-9])")


@dataclass(frozen=True)
class Recipe:
    """How a file becomes rows of a table; columns of the file are called as in its head, two heads as `upper / lower`.

    `long` turns columns into rows: their heads go into the columns `into`; `columns` names them, or is "periods" for every head that is a period.
    `labels` says which id stands for a label, by column of ours; where that is empty, its rows are left out. `only` keeps rows with one of these
    values, by column of the file. A mark in `missing` leaves its number out; one in `flags` stands behind a number and gives other columns.
    """

    table: str
    sheet: str = ""
    encoding: str = ""
    separator: str = ""
    head: list[int] = field(default_factory=list)
    skip: list[str] = field(default_factory=list)
    only: dict[str, list[str]] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    long: dict[str, Any] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    flags: dict[str, dict[str, str]] = field(default_factory=dict)
    scale: str = ""
    set: dict[str, str] = field(default_factory=dict)


def path(folder: Path, name: str) -> Path:
    """Where the recipe of this name lies in the folder of an edition."""
    return folder / FOLDER / f"{root.identifier(name, '--recipe')}.yml"


def opened(folder: Path, name: str) -> Recipe:
    """The recipe of this name.

    Raises:
        Refusal: E2081 a name that the edition has no recipe of, E2082 a file that is no recipe.
    """
    file = path(folder, name)
    if not file.is_file():
        raise Refusal("E2081", Place("--recipe"), near(name, sorted(other.stem for other in file.parent.glob("*.yml"))))
    shapes = {one.name: type(getattr(Recipe(""), one.name)) for one in fields(Recipe)}
    try:
        told = yaml.load(disk.text(file), yaml.BaseLoader)  # makes texts, lists and mappings alone: NO stays the label it is
        if not isinstance(told, dict) or "table" not in told:
            raise TypeError("table")
        for key, value in told.items():
            if not isinstance(value, shapes.get(key, ())):
                raise TypeError(near(str(key), list(shapes)) if key not in shapes else f"{key}: {value!r}")
        return Recipe(**told | {"head": [int(line) for line in told.get("head", [])]})
    except (yaml.YAMLError, TypeError, ValueError) as error:
        raise Refusal("E2082", Place(disk.shown(file)), str(error).partition("\n")[0]) from error


def name(file: Path, table: str) -> str:
    """A name for the recipe of this file: the ASCII words of the file's own, without years; the table's where it has none.

    >>> name(Path("SATREPS adopted_2025.xlsx"), "observations"), name(Path("採択.xlsx"), "observations")
    ('satreps-adopted', 'observations')
    >>> name(Path("haken2027.xlsx"), "observations"), name(Path("FY2027haken.xlsx"), "observations")
    ('haken', 'haken')
    """
    parts = re.findall(r"[a-z0-9]+", _YEAR.sub(" ", file.stem.lower()))
    return "-".join(parts) or table.replace("_", "-")


def withdrawn(folder: Path, name: str) -> dict[str, str]:
    """The reasons kept under this name for rows that were withdrawn, by id; none where it was never used."""
    return dict(_kept(folder, name).get("withdrawn", {}))


def made(folder: Path, name: str) -> tuple[str, ...]:
    """The keys of the rows that were made under this name before; none where it was never used."""
    return tuple(_kept(folder, name).get("rows", []))


@dataclass(frozen=True)
class Why:
    """What an import stated: why rows were `withdrawn`, by id, and the `cells` it changed, each with its cause."""

    withdrawn: Mapping[str, str] = field(default_factory=dict)
    cells: tuple[Mapping[str, str], ...] = ()


def causes(folder: Path, name: str) -> list[dict[str, str]]:
    """The cells whose cause was stated under this name before; none where it was never used."""
    return list(_kept(folder, name).get(stated.CELLS, []))


def _kept(folder: Path, name: str) -> dict[str, Any]:
    """The record of the last import under this name; empty where there was none."""
    file = path(folder, name).with_suffix(".json")
    return disk.record(file) if file.is_file() else {}


def stating(table: str, changed: Mapping[str, Mapping[str, tuple[str, str]]], cause: str, far: bool) -> list[dict[str, str]]:
    """The changed cells of a table with this cause, as a record keeps them; a row that was only read in another source was not revised there.

    >>> stating("observations", {"a": {"value": ("1", "2")}}, "corrected", far=False)
    [{'table': 'observations', 'row': 'a', 'column': 'value', 'right': '2', 'cause': 'correction', 'far': ''}]
    >>> stating("observations", {"a": {"source": ("S1", "S2")}}, "revised", far=False)
    []
    """
    return [
        {"table": table, "row": row, "column": column, "right": now, "cause": stated.CAUSES[cause], "far": "yes" if far else ""}
        for row, cells in changed.items()
        if cause != "revised" or not stated.read_elsewhere(cells)
        for column, (_, now) in cells.items()
    ]


def kept(recipe: Recipe, file: Path, rows: list[str], why: Why = Why()) -> tuple[str, str]:
    """The recipe as YAML without what it leaves open, and as JSON what it was used on, the keys of its rows, and what was stated of changes."""
    said = {name: value for name, value in asdict(recipe).items() if value}
    raw = disk.raw(file)
    day = datetime.datetime.now().astimezone().date().isoformat()
    used = {"file": file.name, "sha256": hashlib.sha256(raw).hexdigest(), "bytes": len(raw), "date": day, "rows": rows}
    used |= {"withdrawn": dict(why.withdrawn)} if why.withdrawn else {}
    used |= {stated.CELLS: [dict(cell) for cell in why.cells]} if why.cells else {}
    written = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=120)
    return written, json.dumps(used, ensure_ascii=False, indent=1) + "\n"
