"""Parameters that name what the edition holds, judged before a kernel starts: their comment ends in `[entities of MEASURE]`,
`[claim of MEASURE]` or `[period]`.

Several ids are parted by spaces: a comma parts the sets of a grid. An empty text leaves the choice to the notebook, but for a claim.
"""

import fnmatch
import re
from pathlib import Path
from typing import Any

from evidence import root
from evidence.errors import Place, Refusal
from evidence.nearest import near
from evidence.tables import reading

_TOLD = re.compile(r"^(\w+)(?:: \w+)? = .*#.*\[(?:(?P<kind>entities|claim) of (?P<measures>[\w*|-]+)|(?P<period>period))\] *$", re.M)
_PERIOD = re.compile(r"(?:FY)?[12][0-9]{3}|[12][0-9]{3}-(?:0[1-9]|1[0-2])")
SUBJECT = "subject"  # the measure of the indicator that the notebook is run for
_SHOWN = 12  # ids named of those there are


def strange(notebook: Path, code: str, given: dict[str, Any]) -> list[Refusal]:
    """E352 for ids that no observation of the measures is about, with the nearest and those there are; E353 for what is no period,
    E354 for what is no claim of the measures.

    E260 for an indicator that the edition does not have.
    """
    data, found = notebook.parents[1] / "data", []
    for told in _TOLD.finditer(code):
        name, text, measures = told[1], given.get(told[1]), told["measures"]
        if measures == SUBJECT and given.get(SUBJECT) not in (drawn := _indicators(data, given)):
            return [Refusal("E260", Place(notebook.name, column=SUBJECT), f"{near(str(given.get(SUBJECT)), list(drawn))} (indicators)")]
        if told["kind"] == "claim":
            known = _of(data, "claims", "id", measures, given)
            found += [] if text in known else [Refusal("E354", Place(notebook.name, column=name), _near(str(text), known))]
            continue
        if not isinstance(text, str) or not text.strip():
            continue
        if measures is None:
            found += [] if _PERIOD.fullmatch(text) else [Refusal("E353", Place(notebook.name, column=name), f"{name} = {text}")]
            continue
        known = _of(data, "observations", "entity", measures, given)
        found += [Refusal("E352", Place(notebook.name, column=name), _near(id, known)) for id in text.split() if id not in known]
    return found


def _near(id: str, known: list[str]) -> str:
    """The id with the nearest of those that are known, and these, as far as they are few."""
    return f"{near(id, known)} ({', '.join(known[:_SHOWN])}{', …' if len(known) > _SHOWN else ''})".strip()


def _of(data: Path, table: str, column: str, measures: str, given: dict[str, Any]) -> list[str]:
    """The ids in this column of the rows of these measures, in order."""
    folder = root.edition(data, str(given.get("edition", "")))
    patterns = [_indicators(data, given)[given[SUBJECT]]] if measures == SUBJECT else measures.split("|")
    rows = reading.records(folder / f"{table}.csv")
    return sorted({row[column] for row in rows if any(fnmatch.fnmatchcase(row["measure"], pattern) for pattern in patterns)})


def _indicators(data: Path, given: dict[str, Any]) -> dict[str, str]:
    """The measures of the edition's indicators by their ids."""
    return {row["id"]: row["measure"] for row in reading.records(root.edition(data, str(given.get("edition", ""))) / "indicators.csv")}
