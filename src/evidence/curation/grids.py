"""A file from elsewhere as lines of cells, before anything is known of it."""

from dataclasses import dataclass, field

from evidence.errors import Refusal


@dataclass(frozen=True)
class Grid:
    """Lines of cells with their numbers: the file's name, the sheet, how it was read, areas that are merged, what is told of its cells."""

    file: str
    title: str
    form: str
    lines: list[tuple[int, list[str]]]
    merged: list[str] = field(default_factory=list)
    notices: list[Refusal] = field(default_factory=list)
