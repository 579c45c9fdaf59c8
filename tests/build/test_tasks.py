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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("read", "task"),
    [
        ("data/2019-09/trends.csv", "run trends (ja)"),
        ("data/schema/trends.json", "run trends (ja)"),
        ("data/schema/columns.csv", "run trends (ja)"),
        ("notebooks/trends.ipynb", "run trends (ja)"),  # and with it the values of its parameters
        ("src/evidence/charts/trends.py", "run trends (ja)"),
        ("src/evidence/words.csv", "run trends (ja)"),
        ("src/evidence/charts/words.csv", "run trends (en)"),
        ("src/evidence/charts/typeface.py", "run trends (en)"),
        ("requirements.lock", "run trends (en)"),  # which pins the fonts
        ("book/ja/trends.md", "bind the book (ja)"),
        ("_toc.yml", "bind the book (en)"),
        ("book/_static/book.css", "bind the book (en)"),
        ("src/evidence/book/templates/exhibit.html", "bind the book (en)"),
        ("_config.yml", "files of growth-claims"),
        ("src/evidence/book/trees.py", "bind the book (ja)"),
        ("src/evidence/book/typst/book.typ", "typeset the PDF (ja)"),
        ("src/evidence/book/paper.py", "typeset the PDF (en)"),
        ("src/evidence/charts/typeface.py", "typeset the PDF (en)"),
    ],
)
def test_whatever_a_page_rests_on_is_read_by_the_tasks_that_make_it(read, task):
    jobs = {job.name: job for job in tasks.edition(PROJECT, opened("2019-09"), PROJECT / "_build" / "work" / "2019-09")}

    assert PROJECT / read in jobs[f"2019-09: {task}"].reads
    assert (PROJECT / read).is_file()
