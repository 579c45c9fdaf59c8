"""What was published is known by its hash: it is entered once, and a build that would change it is refused."""

import json
from pathlib import Path

import pytest

from evidence.editions import freezing, register, site
from evidence.errors import Refusals
from tests.editions.test_site import FIRST, SECOND, frozen

PROJECT = Path(__file__).parents[2]
DAY = "2026-11-25"


@pytest.fixture
def data(tmp_path) -> Path:
    (tmp_path / "data" / "schema").mkdir(parents=True)
    schema = "published.json"
    (tmp_path / "data" / "schema" / schema).write_bytes((PROJECT / "data" / "schema" / schema).read_bytes())
    return tmp_path / "data"


def test_an_edition_is_entered_once_after_those_before_it(data, tmp_path):
    folders = [frozen(tmp_path / "work", name) for name in (FIRST, SECOND)]

    entered = [register.enter(data, folder, DAY) for folder in (*folders, folders[0])]

    assert entered == [True, True, False]
    assert (data / register.FILE).read_text(encoding="utf-8").splitlines() == [
        "edition,date,sha256", *(f"{folder.name},{DAY},{register.total(folder)}" for folder in folders),
    ]  # fmt: skip


def test_the_sum_passes_over_what_says_of_which_commit_an_edition_was_made(tmp_path):
    folder = frozen(tmp_path / "work", FIRST)
    before = register.total(folder)
    for name in register.MADE_OF:
        (folder / name).write_text(json.dumps({"commit": "0" * 40}), encoding="utf-8")
    freezing.seal(folder)
    assert register.total(folder) == before

    (folder / "ja" / "edition.json").write_text("1", encoding="utf-8")
    freezing.seal(folder)
    assert register.total(folder) != before


def test_a_build_that_would_change_a_published_edition_is_refused_and_nothing_is_published(data, tmp_path):
    html, folder = tmp_path / "html", frozen(tmp_path / "work", FIRST)
    site.site([folder], html, site.Known(promised=register.promised(data)))
    register.enter(data, folder, DAY)
    changed = frozen(tmp_path / "other", FIRST, "2")

    with pytest.raises(Refusals) as refused:
        site.site([changed], html, site.Known(promised=register.promised(data)))

    said = refused.value.text("en")
    assert (refused.value.exit_code, [problem.code for problem in refused.value.problems]) == (5, ["E502"])
    assert all(part in said for part in (FIRST, "evidence correct", "-r1"))
    assert freezing.changed(html / FIRST) == []
    assert register.total(html / FIRST) == register.total(folder)


def test_a_published_edition_stays_on_the_site_when_its_tables_are_gone(data, tmp_path):
    html, folder = tmp_path / "html", frozen(tmp_path / "work", FIRST)
    site.site([folder], html, site.Known())
    register.enter(data, folder, DAY)

    found = site.parts(tmp_path / "nothing", html, [], register.promised(data))

    assert found == [html / FIRST]


def test_an_edition_that_was_changed_on_the_site_is_not_registered(data, tmp_path):
    folder = frozen(tmp_path / "work", FIRST)
    (folder / "ja" / "index.html").write_text("2", encoding="utf-8")

    with pytest.raises(Refusals) as refused:
        register.enter(data, folder, DAY)

    assert [problem.code for problem in refused.value.problems] == ["E501"]
    assert not (data / register.FILE).exists()
