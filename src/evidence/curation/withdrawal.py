"""Rows of a source and series that the file does not have any more: named, and taken out where that is asked for with a reason."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from evidence.curation.merging import Taken, id_of
from evidence.errors import Place, Refusal
from evidence.tables import reading
from evidence.tables.reading import Sheet

Series = tuple[str, ...]
_SHOWN = 50  # rows that are named one by one


def settled(taken: Taken, sheet: Sheet, schema: dict[str, Any], reason: str, made: Collection[str] = ()) -> Taken:
    """The same with N2092 for rows that the file lacks; with a reason, without them in the text, and N2093. `made` are the ids of an earlier file."""
    table = reading.sheet(taken.text, sheet.file, [])[0]
    gone = _gone(table, taken, schema, made)
    if not gone:
        return taken
    ids = [id for _, id in gone.values()]
    told = f"{', '.join(ids) if len(ids) <= _SHOWN else _by_series(gone)} ({len(ids)})"
    notices = [*taken.notices, Refusal("N2093" if reason else "N2092", Place(sheet.file), f"{told}: {reason}" if reason else told)]
    if not reason:
        return replace(taken, notices=notices)
    return replace(taken, notices=notices, withdrawn=ids, text=reading.spliced(taken.text, table, dict.fromkeys(gone)))


def _by_series(gone: dict[int, tuple[Series, str]]) -> str:
    """The first and last row of each series, and how many.

    >>> _by_series({0: (("S1", "a"), "a-2019"), 1: (("S1", "b"), "b-2019"), 2: (("S1", "a"), "a-2020")})
    'a-2019 – a-2020 (2), b-2019 (1)'
    """
    series: dict[Series, list[str]] = {}
    for key, id in gone.values():
        series.setdefault(key, []).append(id)
    return ", ".join(f"{' – '.join(dict.fromkeys((ids[0], ids[-1])))} ({len(ids)})" for ids in series.values())


def _gone(table: Sheet, taken: Taken, schema: dict[str, Any], made: Collection[str]) -> dict[int, tuple[Series, str]]:
    """The rows of the table, by number from 0 with their series and id, of a source and series that the file has, for a period that it has not.

    A series is what tells one fact from another, but for its period; a table without such a key has none. A file that repeats no row of a series has
    only new ones, and misses nothing. A row that has another source now says nothing of what else that has; but where the file repeats rows that
    were `made` of an earlier one, it has no more of those that it lacks, whichever source is named for it.
    """
    natural = schema.get("naturalKey", [])
    if not {"source", "period"}.issubset(natural):
        return {}
    series = [name for name in natural if name != "period"]
    ids = {*taken.equal, *taken.changed, *taken.new}
    repeated = {*taken.equal, *(id for id, cells in taken.changed.items() if not set(series) & set(cells))}
    again = ids.intersection(made)
    found = [dict(zip(table.header, row, strict=True)) for row in table.rows]
    own = [(tuple(row.get(name, "") for name in series), id_of(row, schema["primaryKey"])) for row in found]
    known = {key for key, id in own if id in repeated}
    return {number: (key, id) for number, (key, id) in enumerate(own) if id not in ids and (key in known or (again and id in made))}
