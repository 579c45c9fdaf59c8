"""A chapter is begun with all its files, in both languages; what is left to write is refused until it is written, and then the book has it."""

import pytest

from evidence.build import checks
from evidence.curation import chapters
from evidence.errors import Refusal, Refusals
from tests.projects import FIRST, SECOND, small

TOLD = {"id": "energy", "title_ja": "エネルギー", "title_en": "Energy", "entities": "northland"}


@pytest.fixture
def project(tmp_path):
    return small(tmp_path / "project")


def begun(project, **told):
    texts, taken = chapters.planned(project, SECOND, TOLD | told)
    chapters.write(project, SECOND, texts, taken)


def test_what_must_be_told_is_named_at_once_with_the_entities_there_are(project):
    with pytest.raises(Refusals) as refused:
        chapters.planned(project, SECOND, {"id": "energy"})

    assert [problem.code for problem in refused.value.problems] == ["E2109"] * 3
    assert "northland" in refused.value.problems[2].found


@pytest.mark.parametrize(
    ("told", "code"), [({"id": "trends"}, "E2112"), ({"id": "../x"}, "E297"), ({"entities": "nrthland"}, "E2101"), ({"colour": "red"}, "E233")]
)
def test_what_cannot_be_begun_is_refused_and_nothing_is_written(project, told, code):
    before = sorted(project.rglob("*"))

    with pytest.raises(Refusal) as refused:
        begun(project, **told)

    assert (refused.value.code, sorted(project.rglob("*"))) == (code, before)


def test_every_place_that_is_left_to_write_is_named_in_pages_and_cells(project):
    begun(project)

    found = checks.check(project, SECOND)

    assert {problem.code for problem in found} == {"E2108"}
    assert {problem.place.file for problem in found} == {"book/ja/energy.md", "book/en/energy.md", f"data/{SECOND}/exhibits.csv"}
    assert checks.check(project, FIRST) == []
