"""What each task of a build reads, and that what it refuses says of which edition it is."""

from pathlib import Path

import pytest

from evidence.build import tasks
from evidence.errors import Place, Refusal, Refusals
from evidence.tables.edition import opened

PROJECT = Path(__file__).parents[2]


def test_a_changed_lock_makes_everything_again():
    jobs = list(tasks.edition(PROJECT, opened("2019-09"), PROJECT / "_build" / "work" / "2019-09"))

    assert [job.name for job in jobs if PROJECT / "requirements.lock" not in job.reads] == []
    assert [job.name for job in jobs if len(set(job.reads)) < len(job.reads)] == []


def refuse(*, several: bool) -> None:
    one = Refusal("E413", Place("tiers"), "map")
    raise Refusals([one, Refusal("E201", Place("data/2019-09/claims.csv", edition="2019-09"), "x")]) if several else one


@pytest.mark.parametrize(("several", "editions"), [(False, ["2026-11"]), (True, ["2026-11", "2019-09"])])
def test_whatever_a_task_refuses_names_its_edition(several, editions):
    with pytest.raises((Refusal, Refusals)) as refused:
        tasks._refusing("2026-11", lambda: refuse(several=several))

    assert [problem.place.edition for problem in getattr(refused.value, "problems", [refused.value])] == editions
