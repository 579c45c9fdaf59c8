"""The notes of figures and tables, which go with them into slides and papers."""

import csv
import re

import pytest

from tests.projects import PROJECT

BESIDE = re.compile(
    r"[次前上下右左]の[図表]|\b(?:next|previous|preceding|following) (?:figure|table)\b|\b(?:figure|table) (?:above|below)\b", re.IGNORECASE
)


@pytest.mark.parametrize("edition", ["2019-09", "2026-11"])
def test_a_note_points_to_nothing_that_only_stands_beside_it_on_the_page(edition):
    with (PROJECT / "data" / edition / "exhibits.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))

    assert [(row["id"], found[0]) for row in rows for lang in ("ja", "en") if (found := BESIDE.search(row[f"notes_{lang}"]))] == []
