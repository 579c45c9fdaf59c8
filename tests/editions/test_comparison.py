"""Values and exhibits of two editions are compared once all their notebooks have run; what a preview or an interrupted build left is no edition."""

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
