"""The register of permanent ids, `data/ids.csv`: every exhibit and value ever published, what it was, and since which edition.

Rows are only ever added at the end: an id never means another thing, and never vanishes.
"""

import csv
import io
from pathlib import Path
from typing import Any

from evidence import disk
from evidence.errors import Place, Refusal, Refusals
from evidence.tables import gate

FILE = "ids.csv"
COLUMNS = ("id", "kind", "unit", "first_edition", "about_ja", "about_en")
Published = dict[str, list[dict[str, Any]]]  # "figures" and "values": records as an edition publishes them


def registered(data: Path) -> list[dict[str, str]]:
    """The rows of the register, the oldest first; none where nothing was published."""
    return list(gate.register(data, Path(FILE).stem))


def rows(edition: str, published: Published) -> list[dict[str, str]]:
    """What the register says of every exhibit and value of an edition: an exhibit is described by its subtitle, a value by how it is found."""
    exhibits = [[one["id"], one["kind"], "", *(one["subtitle"][lang] for lang in ("ja", "en"))] for one in published["figures"]]
    values = [[one["id"], "value", one["unit"], *(one["formula"][lang] for lang in ("ja", "en"))] for one in published["values"]]
    return [dict(zip(COLUMNS, (id, kind, unit, edition, *about), strict=True)) for id, kind, unit, *about in [*exhibits, *values]]


def missing(known: list[dict[str, str]], edition: str, published: Published) -> list[dict[str, str]]:
    """The rows of this edition's ids that the register lacks.

    Raises:
        Refusals: E286 an id that was published as another kind of thing or in another unit.
    """
    by_id = {row["id"]: row for row in known}
    own = rows(edition, published)
    problems = [
        Refusal("E286", Place(FILE, column=row["id"]), f"{_meaning(row)} ← {_meaning(earlier)} ({earlier['first_edition']})")
        for row in own if (earlier := by_id.get(row["id"])) and _meaning(earlier) != _meaning(row)
    ]  # fmt: skip
    if problems:
        raise Refusals(problems)
    return [row for row in own if row["id"] not in by_id]


def append(data: Path, new: list[dict[str, str]]) -> None:
    """Writes these rows after those that the register has; where there are none no register is begun."""
    if not new:
        return
    path = data / FILE
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    if not path.exists():
        writer.writeheader()
    writer.writerows(new)
    disk.append(path, text.getvalue().encode())


def _meaning(row: dict[str, str]) -> str:
    """Kind and unit; a bare count and one with its counter (count-cases: 件) are one unit, said in other words."""
    return f"{row['kind']} {'count' if row['unit'].startswith('count-') else row['unit']}".strip()
