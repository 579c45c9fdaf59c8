"""A file from elsewhere as lines of cells, before anything is known of it."""

from dataclasses import dataclass, field

from evidence.errors import Place, Refusal


@dataclass(frozen=True)
class Grid:
    """Lines of cells with their numbers: the file's name, the sheet, how it was read, areas that are merged, what is told of its cells.

    `unread` are cells, and whole lines and columns, that cannot be read as they are shown: refused where they are used.
    """

    file: str
    title: str
    form: str
    lines: list[tuple[int, list[str]]]
    merged: list[str] = field(default_factory=list)
    notices: list[Refusal] = field(default_factory=list)
    unread: list[Refusal] = field(default_factory=list)


def one_of(names: list[str], chosen: str, file: str) -> str:
    """The name of the table that is chosen of those in one file, by its name or by its place counted from 1; the only one needs no choice.

    Raises:
        Refusal: E270 one that is not there, or several and none chosen.

    >>> one_of(["A", "B"], "2", "a.json"), one_of(["A"], "", "a.json")
    ('B', 'A')
    """
    if chosen in names:
        return chosen
    if len(names) == 1 and not chosen:
        return names[0]
    if chosen.isdecimal() and 0 < int(chosen) <= len(names):
        return names[int(chosen) - 1]
    raise Refusal("E270", Place(file), f"{chosen} ({', '.join(names)})".strip())
