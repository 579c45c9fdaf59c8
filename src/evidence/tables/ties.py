"""What an edition says of the one it goes back to, in its descriptor and, once it is frozen, in its `edition.json`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from evidence import disk, root
from evidence.errors import Place, Refusal

KINDS = ("succeeds", "corrects", "revises")
EDITION = r"[0-9]{4}-[0-9]{2}(?:-[cr][0-9]+)?"
_DESCRIPTOR, _FROZEN = "datapackage.json", "edition.json"


@dataclass(frozen=True)
class Tie:
    """That an edition succeeds, corrects or revises (`kind`) another (`to`)."""

    kind: str
    to: str

    @property
    def record(self) -> dict[str, str]:
        """The tie as descriptors hold it.

        >>> Tie("succeeds", "2019-09").record
        {'succeeds': '2019-09'}
        """
        return {self.kind: self.to}


Ties = Mapping[str, Tie | None]  # of every edition by its name; None for a first one


def of(folder: Path) -> Tie | None:
    """The tie of the edition in this folder, as its descriptor says; None for a first one.

    Raises:
        Refusal: E265 a descriptor that cannot be read, or that names itself, no edition at all, or several.
    """
    path = folder / _DESCRIPTOR
    return _read(path, "E265", f"data/{folder.name}/{_DESCRIPTOR}") if path.is_file() else None


def frozen(folder: Path) -> Tie | None:
    """The tie of a frozen edition, as its `edition.json` says; None for a first one.

    Raises:
        Refusal: E609 as E265 of `of`.
    """
    return _read(folder / _FROZEN, "E609", f"{folder.name}/{_FROZEN}")


def before(folder: Path) -> Path | None:
    """The folder of the edition that this one goes back to; None for a first one.

    Raises:
        Refusal: E265 as `of`; E221 when there is no such edition.
    """
    told, known = of(folder), root.editions(folder.parent)
    if told and told.to not in known:
        raise missing(folder.name, told, known)
    return folder.parent / told.to if told else None


def missing(name: str, told: Tie, known: Iterable[str]) -> Refusal:
    """E221: the edition `name` goes back to one that is not among those known."""
    return Refusal("E221", place(name, told), f"{told.to} ({', '.join(sorted(known))})")


def place(name: str, told: Tie | None) -> Place:
    """Where the edition `name` says it."""
    return Place(f"data/{name}/{_DESCRIPTOR}", column=told.kind if told else "", edition=name)


def _read(path: Path, code: str, file: str) -> Tie | None:
    try:
        record = disk.parsed(disk.raw(path))
        told = [Tie(kind, str(record[kind])) for kind in KINDS if record.get(kind)]
    except (Refusal, ValueError, AttributeError) as error:
        raise Refusal(code, Place(file), str(error)) from error
    for one in told:
        if len(told) > 1 or one.to == path.parent.name or not re.fullmatch(EDITION, one.to):
            raise Refusal(code, Place(file, column=one.kind), ", ".join(f"{kind}: {to}" for one in told for kind, to in one.record.items()))
    return told[0] if told else None
