"""Why a row differs between two editions, as far as the tables themselves, the register of corrections and what an import stated can tell.

Causes, the graver first: `correction` we had it wrong, and the register or the import says so; `revised` a newer document, as the import stated, or
a preliminary number that became the final one;
`unstated` a fact changed, and nothing says why; `other-fact` the same id stands for another entity, measure, period, stage or price basis; `method`
a column or a formula; `unit` the same amount in another unit; `other-source` the same content, read in another document; `withdrawn` no longer there;
`renamed` the same row under another id; `new-period` another period of a series that was there; `quoted` a value or exhibit of evidence that stood
before; `new-evidence` anything else that was not; `wording` our own sentences.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from evidence import words
from evidence.tables import facts, stated
from evidence.tables.cells import language

CAUSES = (
    "correction", "revised", "unstated", "other-fact", "method", "unit", "other-source", "withdrawn", "renamed", "new-period", "quoted",
    "new-evidence", "wording",
)  # fmt: skip
FACT = ("entity", "measure", "about", "programme", "funder", "period", "status", "price_basis")  # what a number is of
_ENOUGH = 3  # cells that a row must have beside its key for another to be known as the same
_NEAR = 1e-9
Row = Mapping[str, str]
Tables = Mapping[str, Mapping[str, Row]]  # rows by their key, by table


@dataclass(frozen=True)
class Known:
    """What is known of two editions: all rows of both, which ids are new names of old ones by table, the causes stated of cells, and number columns.

    `stated` holds a cause by (table, row, column, what it says now).
    """

    before: Tables
    after: Tables
    renamed: Mapping[str, Mapping[str, str]]
    stated: Mapping[tuple[str, str, str, str], str]
    numbers: Mapping[str, frozenset[str]]

    def same(self, table: str, column: str, was: str, now: str) -> bool:
        """Whether two cells hold the same: numbers are compared as numbers."""
        return was == now or (column in self.numbers.get(table, ()) and _number(was) is not None and _number(was) == _number(now))

    def unit(self, tables: Tables, row: Row) -> str:
        """The unit of the number in this row: its own, or that of its measure."""
        return row.get("unit", "") or tables.get("measures", {}).get(row.get("measure", ""), {}).get("unit", "")


def known(before: dict[str, pd.DataFrame], after: dict[str, pd.DataFrame], keys: dict[str, list[str]], told: "Told") -> Known:
    """What is known of these two editions, whose tables hold text."""
    sides = [{name: _keyed(frame, keys[name]) for name, frame in tables.items()} for tables in (before, after)]
    numbers = {name: frozenset(one["name"] for one in schema.get("fields", []) if one.get("type") in ("number", "integer"))
               for name, schema in told.schemas.items()}  # fmt: skip
    found = Known(sides[0], sides[1], {}, told.stated, numbers)
    for _ in range(2):  # once the new names of entities and the like are known, so are the rows that are of them
        now = {was: name for names in found.renamed.values() for name, was in names.items()}
        named = {name: _renamed(found, name, told.schemas.get(name, {}).get("naturalKey", []), now) for name in sides[1]}
        found = replace(found, renamed=named)
    return found


@dataclass(frozen=True)
class Told:
    """What is told beside the tables: the schema of each, and causes by (table, row, column, what it says now)."""

    schemas: Mapping[str, Mapping[str, Any]]
    stated: Mapping[tuple[str, str, str, str], str]


def _keyed(frame: pd.DataFrame, key: list[str]) -> dict[str, Row]:
    return {" ".join(row[name] for name in key): {str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")}


def _renamed(known: Known, table: str, natural: list[str], now: Mapping[str, str]) -> dict[str, str]:
    """The old id by the new one, of rows that say the same under another id, or are of the same fact; none where two rows would do.

    `natural` are the columns that tell one fact from another, `now` the new names of ids.
    """
    before = {
        id: {name: cell if cell in (id, *id.split()) else now.get(cell, cell) for name, cell in row.items()}
        for id, row in known.before.get(table, {}).items()
    }
    found: dict[str, str] = {}
    for said in (lambda row, id: _said(known, table, row, id), lambda row, _: _fact(row, natural)):
        gone, come = _alone(before, {*known.after[table], *found.values()}, said), _alone(known.after[table], {*before, *found}, said)
        found |= {id: gone[what] for what, id in come.items() if what in gone}
    return found


def _alone(rows: Mapping[str, Row], known: set[str], said: Callable[[Row, str], tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """The ids that are not known, by what their rows say; without those that say the same, or nothing."""
    found: dict[tuple[str, ...], list[str]] = {}
    for id in sorted(rows.keys() - known):
        found.setdefault(said(rows[id], id), []).append(id)
    return {what: ids[0] for what, ids in found.items() if what and len(ids) == 1}


def _fact(row: Row, natural: list[str]) -> tuple[str, ...]:
    """What tells the fact of a row from others; empty where the row does not say enough."""
    cells = tuple(row.get(name, "") for name in natural)
    return cells if sum(map(bool, cells)) >= _ENOUGH else ()


def _said(known: Known, table: str, row: Row, id: str) -> tuple[str, ...]:
    """What a row says but for its key, numbers as numbers; empty where that is too little to be known by."""
    cells = {name: cell for name, cell in row.items() if cell and cell not in (id, *id.split())}
    numbers = known.numbers.get(table, ())
    return tuple(f"{name}={_number(cell) if name in numbers else cell}" for name, cell in sorted(cells.items())) if len(cells) >= _ENOUGH else ()


def cells(known: Known, table: str, id: str, was: str) -> Iterator[tuple[str, str, str, str]]:
    """(column, cause, old, new) of every cell in which a row differs from the one of the earlier edition under the id `was`."""
    old, new = known.before[table][was], known.after[table][id]
    key = {name for name in new if id != was and name in old and old[name] in (was, *was.split()) and new[name] in (id, *id.split())}
    differ = [name for name in new if not (name in old and known.same(table, name, old[name], new[name])) and (name in old or new[name])]
    differ = [name for name in differ if name not in key]
    whole = _of_row(known, old, new, [name for name in differ if name in old])
    for name in differ:
        if cause := known.stated.get((table, id, name, new[name])):
            yield name, cause, old.get(name, ""), new[name]
        elif name not in old:
            yield name, "method", "", new[name]  # the column is new
        elif language(name) or table == "exhibits":
            yield name, "wording", old[name], new[name]
        elif old[name] in {was for names in known.renamed.values() for now, was in names.items() if now == new[name]}:
            yield name, "renamed", old[name], new[name]
        else:
            yield name, whole, old[name], new[name]
    yield from ((name, "method", old[name], "") for name in old.keys() - new.keys())


def _of_row(known: Known, old: Row, new: Row, differ: list[str]) -> str:
    """The cause of what differs in a row as a whole."""
    ids = {(was, now) for names in known.renamed.values() for now, was in names.items()}
    moved = [name for name in differ if name in FACT and (old[name], new[name]) not in ids]
    settled = moved == ["status"] and (old["status"], new["status"]) == (facts.PRELIMINARY, facts.FINAL)
    if moved and not settled:
        return "other-fact"
    units = known.unit(known.before, old), known.unit(known.after, new)
    if units[0] != units[1] and all(converted(old.get(name, ""), new.get(name, ""), *units) for name in ("value", "value_high")):
        return "unit"
    if settled:
        return "revised"
    if "source" not in differ:
        return "unstated"
    return "revised" if not stated.read_elsewhere(differ) else "other-source"


def converted(old: str, new: str, before: str, after: str) -> bool:
    """Whether the number in the unit `after` is the one in the unit `before`; two empty cells are the same.

    >>> converted("13.2", "13200", "eur-bn", "eur-m"), converted("13.2", "13201", "eur-bn", "eur-m"), converted("1", "1", "eur-m", "usd-m")
    (True, False, False)
    """
    was, now, factor = _number(old), _number(new), words.factor(before, after)
    if was is None or now is None:
        return old == new
    return factor is not None and math.isclose(was * factor, now, rel_tol=_NEAR)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
