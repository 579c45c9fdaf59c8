"""What the rooms have in common: their lists of words and rules, read as one, and modules that are imported when they are first asked for."""

import csv
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.resources import files
from pathlib import Path
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
    for part in parts(name):
        for row in rows(part):
            if row[key] in found:
                raise ValueError(f"{name}: {row[key]} stands twice, in {where[row[key]]} and in {part.parent.name}")
            found[row[key]], where[row[key]] = row, part.parent.name
    return found


def parts(name: str) -> Iterator[Path]:
    """The list of this name of the house and of each room that has one.

    >>> [part.parent.name for part in parts("terms.csv")]
    ['book']
    """
    house = Path(str(files("evidence")))
    rooms = sorted((place for place in house.iterdir() if place.is_dir()), key=lambda place: place.name)
    yield from (room / name for room in (house, *rooms) if (room / name).is_file())


def rows(part: Path) -> list[dict[str, str]]:
    """The rows of one list, as `parts` gives them."""
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
