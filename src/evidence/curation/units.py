"""A unit that the book does not know yet: its words, asked with the measure that brings it, and kept in the house's list of words."""

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path

from evidence import disk, rooms, words
from evidence.errors import Place, Refusal

_CURRENCY = re.compile(r"([A-Z]{3}) (.+)")  # in English it stands before the number, what it is counted in behind
SAID = ("unit_ja", "unit_en")  # columns of a measure that tell its unit


def known(unit: str) -> bool:
    """Whether the unit has words in both languages.

    >>> known("jpy-m"), known("k-persons")
    (True, False)
    """
    return words.complete(f"unit.{unit}")


def learnt(row: Mapping[str, str]) -> None:
    """Takes the words of the row's unit into this process, where they are told and not known, so that the row can be judged with them."""
    if row.get("unit") and not known(row["unit"]) and all(row.get(name) for name in SAID):
        words.learnt(f"unit.{row['unit']}", *(_around(row[name]) for name in SAID))


def written(row: Mapping[str, str], project: Path) -> Path | None:
    """The list into which the words of the row's unit were written; None where they stand in one.

    Raises:
        Refusal: E299 a list that does not belong to this project, with the line that is to be added to it.
    """
    key = f"unit.{row.get('unit', '')}"
    list_ = next(rooms.parts("words.csv"))
    if not row.get("unit") or any(line["id"] == key for part in rooms.parts("words.csv") for line in rooms.rows(part)):
        return None
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([key, *(_around(row[name]) for name in SAID)])
    if not list_.is_relative_to(project.resolve()):
        raise Refusal("E299", Place(disk.shown(list_), column=key), line.getvalue().strip())
    head, *lines = disk.text(list_).splitlines(keepends=True)
    place = next((number for number, one in enumerate(lines) if one.startswith("unit.") and one.partition(",")[0] > key), len(lines))
    disk.replace(list_, "".join([head, *lines[:place], line.getvalue(), *lines[place:]]).encode())
    return list_


def _around(text: str) -> str:
    """The words as they stand around a number.

    >>> _around("千人"), _around("thousand persons"), _around("JPY thousand")
    ('{n}千人', '{n} thousand persons', 'JPY {n} thousand')
    """
    if match := _CURRENCY.fullmatch(text):
        return f"{match[1]} {{n}} {match[2]}"
    return f"{{n}} {text}" if text[:1].isascii() and text[:1].isalpha() else f"{{n}}{text}"
