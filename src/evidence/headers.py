"""Whether the header of a file names the columns of its schema; their order is free."""

import difflib

from evidence.errors import Place, Refusal
from evidence.reading import Sheet


def near(name: str, names: list[str]) -> str:
    """The name, and the known name nearest to it, if one is near.

    >>> near("valeu", ["id", "value"]), near("zzz", ["id", "value"])
    ('valeu → value', 'zzz')
    """
    # Longer texts are not misspelt names, and comparing them takes long.
    found = difflib.get_close_matches(name, names, n=1) if len(name) < 100 else []
    return f"{name} → {found[0]}" if found else name


def letter(position: int) -> str:
    """The letter of a column as spreadsheets show it; the first position is 0.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    head = letter(position // 26 - 1) if position >= 26 else ""
    return head + chr(ord("A") + position % 26)


def problems(sheet: Sheet, names: list[str]) -> list[Refusal]:
    """E232 a column missing, E233 one not known (the nearest is named), E234 one that stands twice (by its letters)."""
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
    return found + [Refusal("E232", Place(sheet.file, sheet.header_line, name), name) for name in missing]
