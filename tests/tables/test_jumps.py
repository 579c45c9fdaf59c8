"""A number that moved by a power of ten has most likely a mistaken unit; the same amount in another unit has not moved."""

import pytest

from evidence.tables import jumps
from evidence.tables.references import Table

SCHEMA = {"fields": [{"name": "id", "type": "string"}, {"name": "value", "type": "number"}], "primaryKey": ["id"]}


def edition(value, unit, measured=""):
    row = {"id": "a", "measure": "m", "value": value, "unit": unit}
    measures = Table("measures.csv", {"fields": []}, [{"id": "m", "unit": measured}], [2])
    return {"observations": Table("observations.csv", SCHEMA, [row], [2]), "measures": measures}


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (edition("13.2", "eur-bn"), edition("13200", "eur-m"), []),
        (edition("13.2", "", "eur-bn"), edition("13200", "", "eur-m"), []),
        (edition("13.2", "eur-bn"), edition("13200", "eur-bn"), ["13.2 → 13200 (10^3)"]),
        (edition("13.2", "eur-bn"), edition("13.2", "eur-m"), ["13200 → 13.2 (10^-3)"]),
        (edition("13.2", "eur-bn"), edition("1320", "usd-bn"), ["13.2 → 1320 (10^2)"]),
    ],
)
def test_numbers_are_compared_in_one_unit(before, after, found):
    assert [problem.found for problem in jumps.problems(before, after, set())] == found
