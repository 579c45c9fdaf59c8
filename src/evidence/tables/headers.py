"""Whether the header of a file names the columns of its schema; their order is free."""

from collections.abc import Set

from evidence.errors import Place, Refusal
from evidence.nearest import near
from evidence.tables.reading import Sheet


def letter(position: int) -> str:
    """The letter of a column as spreadsheets show it; the first position is 0.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    head = letter(position // 26 - 1) if position >= 26 else ""
    return head + chr(ord("A") + position % 26)


def problems(sheet: Sheet, names: list[str], optional: Set[str] = frozenset()) -> list[Refusal]:
    """E232 a column missing that is not optional, E233 one not known (the nearest is named), E234 one that stands twice (by its letters)."""
    found, header = [], sheet.header
    missing = [name for name in names if name not in header]
    for name in dict.fromkeys(header):
        if name not in names:
            told = near(name, missing or names)
            missing = [other for other in missing if other != told.partition(" → ")[2]]
            found.append(Refusal("E233", Place(sheet.file, sheet.header_line, name), told))
        elif header.count(name) > 1:
            letters = [letter(position) for position, other in enumerate(header) if other == name]
            found.append(Refusal("E234", Place(sheet.file, sheet.header_line, name), f"{name} ({', '.join(letters)})"))
    return found + [Refusal("E232", Place(sheet.file, sheet.header_line, name), name) for name in missing if name not in optional]
