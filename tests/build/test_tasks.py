"""What each task of a build reads."""

from pathlib import Path

from evidence.build import tasks
from evidence.tables.edition import opened

PROJECT = Path(__file__).parents[2]


def test_a_changed_lock_makes_everything_again():
    jobs = list(tasks.edition(PROJECT, opened("2019-09"), PROJECT / "_build" / "work" / "2019-09"))

    assert [job.name for job in jobs if PROJECT / "requirements.lock" not in job.reads] == []
    assert [job.name for job in jobs if len(set(job.reads)) < len(job.reads)] == []
