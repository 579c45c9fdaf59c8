"""Values and exhibits of two editions are compared once all their notebooks have run; what a preview or an interrupted build left is no edition."""

import pytest

from evidence import words
from evidence.editions import comparison
from evidence.tables.edition import opened
from tests.projects import FIRST, SECOND, small


def test_what_a_preview_left_is_not_compared_as_if_it_were_the_edition(tmp_path, monkeypatch):
    project = small(tmp_path / "project")
    monkeypatch.setenv("EVIDENCE_ROOT", str(project))
    for edition in (FIRST, SECOND):
        (project / "_build" / "work" / edition / "ja" / "runs" / "trends").mkdir(parents=True)

    found = comparison.compared(opened(FIRST), opened(SECOND), project / "_build" / "work")

    assert (found["built"], found["values"]) == (False, [])


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_an_id_is_told_whole_and_a_period_in_words(lang):
    id = "northland-researchers-sent-to-partner-institutions-abroad-fy2021"
    row = {"table": "observations", "row": id, "column": "locator", "kind": "changed", "cause": "unstated", "old": "p. 1 " * 30, "new": "p. 2 " * 30}
    number = {"row": id, "column": "value", "period": "FY2021", "old": 1.0, "new": 2.0, "change": 1.0, "change_pct": 100.0}
    found = {"from": "a", "to": "b", "built": True, "rows": [row], "numbers": [number], "values": [], "figures": []}

    told = comparison.text(found, {}, lang)

    assert "…" not in told
    assert words.period("FY2021", lang) in told
