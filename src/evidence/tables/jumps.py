"""Numbers that became a hundred or ten thousand times what the edition before had: most likely a unit that was mistaken."""

import math
import statistics
from collections.abc import Sequence

from evidence import words
from evidence.errors import Place, Refusal
from evidence.tables import facts
from evidence.tables.references import Table

# 億円 against 百万円 and 万円, % against ratio, thousands and millions.
_POWERS = (2, 3, 4, 6, 8)
_NEAR = 1e-9
_FAR = 50  # times: no funder's yearly budget or count moves so far, a unit does
Cell = tuple[str, str, str]


def problems(before: dict[str, Table], after: dict[str, Table], corrected: set[Cell]) -> list[Refusal]:
    """E277 for every number that differs from the same cell of the edition before by such a factor, unless a correction says so.

    `corrected` holds (table, row, column) of registered corrections. Rows are matched by their key, so that new rows pass.
    """
    found: list[Refusal] = []
    for name in before.keys() & after.keys():
        numbers = [field["name"] for field in after[name].schema["fields"] if field.get("type") in ("number", "integer")]
        key = facts.key(after[name].schema)
        units = [_units(tables) for tables in (before, after)]
        known = {tuple(row.get(part, "") for part in key): row for row in before[name].rows} if numbers else {}
        for line, row in zip(after[name].lines, after[name].rows, strict=True):
            was = known.get(tuple(row.get(part, "") for part in key))
            for column in numbers if was else ():
                told = [row.get("unit") or units[place].get(row.get("measure", ""), "") for place, row in enumerate((was or {}, row))]
                old, new = _in_unit((was or {}).get(column, ""), *told), row.get(column, "")
                if old != new and jumped(old, new) and (name, row.get("id", ""), column) not in corrected:
                    found.append(Refusal("E277", Place(after[name].file, line, column), f"{old} → {new} (10^{jumped(old, new)})"))
    return sorted(found, key=lambda problem: (problem.place.file, problem.place.line or 0))


def _units(tables: dict[str, Table]) -> dict[str, str]:
    """The unit of each measure."""
    return {row["id"]: row["unit"] for row in tables["measures"].rows} if "measures" in tables else {}


def _in_unit(number: str, before: str, after: str) -> str:
    """The earlier number as it would stand in the later unit: the same amount has not jumped.

    >>> _in_unit("13.2", "eur-bn", "eur-m"), _in_unit("13.2", "pct", "articles")
    ('13200', '13.2')
    """
    factor = words.factor(before, after)
    return number if not number or factor in (None, 1.0) else f"{float(number) * factor:.15g}"


def of_series(rows: Sequence[dict[str, str]], new: list[tuple[Place, dict[str, str]]], column: str) -> list[Refusal]:
    """E279 for every new number that is far from all that its series (same entity and measure) has: fifty times its middle, or a fiftieth.

    >>> old = [{"entity": "a", "measure": "m", "value": "17.8"}, {"entity": "a", "measure": "m", "value": "18.1"}]
    >>> of_series(old, [(Place("f.csv", 2), {"entity": "a", "measure": "m", "value": "1801"})], "value")[0].found
    'a m: 17.95 → 1801 (10^2)'
    """
    numbers: dict[tuple[str, str], list[float]] = {}
    for other in rows:
        if other[column]:
            numbers.setdefault((other.get("entity", ""), other.get("measure", "")), []).append(abs(float(other[column])))
    middles = {series: statistics.median(found) for series, found in numbers.items() if all(series)}
    found = []
    for place, row in new:
        series = (row.get("entity", ""), row.get("measure", ""))
        middle, value = middles.get(series, 0.0), abs(float(row[column])) if row.get(column) else 0.0
        if middle and value and not 1 / _FAR < value / middle < _FAR:
            told = f"{' '.join(series)}: {middle:.15g} → {row[column]} (10^{round(math.log10(value / middle))})"
            found.append(Refusal("E279", Place(place.file, place.line, column), told))
    return found


def jumped(old: str, new: str) -> int:
    """The power of ten by which the number changed, if it is one that a mistaken unit makes; 0 if not.

    >>> jumped("1777", "177700"), jumped("34", "0.34"), jumped("1777", "1800"), jumped("0", "5")
    (2, -2, 0, 0)
    """
    try:
        before, after = float(old), float(new)
    except ValueError:
        return 0
    if before * after <= 0:
        return 0
    power = math.log10(after / before)
    return round(power) if abs(power - round(power)) < _NEAR and abs(round(power)) in _POWERS else 0
