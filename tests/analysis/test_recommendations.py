"""Recommendations and what they are linked to."""

import pandas as pd

from evidence.analysis import recommendations

GROUPS = pd.DataFrame({"id": ["R1"], "parent": ["R"], "heading_ja": ["群"], "heading_en": ["Group"]})
LINKS = pd.DataFrame({"recommendation": ["R1"], "kind": ["programme"], "target": ["p-3"], "basis": ["stated"]})


def drawn(programmes: int) -> list[str]:
    ids = [f"p-{number}" for number in range(programmes)]
    rows = pd.DataFrame({"id": ids, "agency": "A", "abbreviation": ids, "name_ja": ids, "name_en": ids})
    return sorted(recommendations.matrix(GROUPS, LINKS, rows)["programme"])


def test_where_more_programmes_than_stand_side_by_side_only_those_with_a_link_are_drawn():
    assert (len(drawn(recommendations.ACROSS)), drawn(recommendations.ACROSS + 1)) == (recommendations.ACROSS, ["p-3"])
