"""What the rooms have in common: their lists of words and rules, read as one, and modules that are imported when they are first asked for."""

import csv
from collections.abc import Callable
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import ModuleType


def listed(name: str, key: str) -> dict[str, dict[str, str]]:
    """The rows of the list of this name in every room, by their id in the column `key`.

    >>> listed("rules.csv", "code")["E201"]["example"]
    '-1234'

    Raises:
        ValueError: an id that stands twice, with the rooms in which it stands.
    """
    found: dict[str, dict[str, str]] = {}
    where: dict[str, str] = {}
    house = files("evidence")
    for room in [house, *sorted((place for place in house.iterdir() if place.is_dir()), key=lambda place: place.name)]:
        if not (part := room.joinpath(name)).is_file():
            continue
        for row in _rows(part):
            if row[key] in found:
                raise ValueError(f"{name}: {row[key]} stands twice, in {where[row[key]]} and in {room.name}")
            found[row[key]], where[row[key]] = row, room.name
    return found


def _rows(part: Traversable) -> list[dict[str, str]]:
    with part.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def modules(room: str) -> Callable[[str], ModuleType]:
    """A room's `__getattr__`: `trends` of `evidence.analysis` is imported when a notebook first asks for it.

    >>> modules("evidence.tables")("package").__name__
    'evidence.tables.package'
    """

    def module(name: str) -> ModuleType:
        try:
            return import_module(f"{room}.{name}")
        except ModuleNotFoundError as error:
            raise AttributeError(f"{room} has no module {name}") from error

    return module
