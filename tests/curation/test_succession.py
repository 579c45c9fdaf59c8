"""A new edition is a whole copy that names its forerunner, or nothing at all."""

import json
import shutil
from pathlib import Path

import pytest

from evidence.cli import curation
from evidence.curation import intake, succession
from evidence.curation.intake import Asked
from evidence.errors import Place, Refusal, Refusals
from evidence.tables import gate, lineage, ties
from evidence.tables.edition import Edition

PROJECT = Path(__file__).parents[2]
FIRST = "2019-09"
# Row B22 of the list of bad input: what is no name of an edition, however it looks.
BAD_NAMES = [
    "../x", "/etc/x", "..\\x", "CON", ".hidden", "a/b", "%2e%2e", "．．", "2026-11\0", "2" * 300, "2026-11 ", "2026-11.", "2026-13", "2026-1",
    "２０２６-11", "2026-11-C1", "2026-11-c0", "2026-11-r", "2026-11-c1-c2", "", "2026-11\n",
]  # fmt: skip


@pytest.fixture
def project(tmp_path) -> Path:
    shutil.copytree(PROJECT / "data" / "schema", tmp_path / "data" / "schema")
    shutil.copytree(PROJECT / "data" / FIRST, tmp_path / "data" / FIRST)
    return tmp_path / "data"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_edition_has_every_table_and_passes_the_gate(project):
    made = succession.begin(project, "2026-11", FIRST)

    assert {path.name for path in made.glob("*.csv")} == {path.name for path in (project / FIRST).glob("*.csv")}
    assert gate.check(made) == []


def test_a_new_edition_names_the_one_before_it_even_after_its_descriptor_is_renewed(project):
    made = succession.begin(project, "2026-11", FIRST)
    succession.package.write(made)

    assert json.loads((made / "datapackage.json").read_text(encoding="utf-8"))["succeeds"] == FIRST
    assert Edition(made).previous.name == FIRST


def test_a_first_edition_goes_back_to_none(project):
    with pytest.raises(AttributeError):
        _ = Edition(project / FIRST).previous

    assert Edition(project / FIRST).has("previous") is False


@pytest.mark.parametrize("name", BAD_NAMES, ids=lambda name: ascii(name[:12]))
def test_what_is_no_name_of_an_edition_is_refused_and_nothing_is_written(project, name):
    before = contents(project.parent)

    with pytest.raises(Refusal) as refused:
        succession.begin(project, name, FIRST)

    assert refused.value.code == "E267"
    assert contents(project.parent) == before


def test_an_edition_that_exists_is_refused_and_stays(project):
    before = contents(project)

    with pytest.raises(Refusal) as refused:
        succession.begin(project, FIRST, FIRST)

    assert refused.value.code == "E268"
    assert contents(project) == before


def test_an_edition_with_faults_is_not_carried_forward(project):
    table = project / FIRST / "measures.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",pct,", ",＝pct,", 1), encoding="utf-8")

    with pytest.raises(Refusals):
        succession.begin(project, "2026-11", FIRST)

    assert sorted(path.name for path in project.iterdir()) == [FIRST, "schema"]


@pytest.mark.parametrize("name", ["2018-01", "0000-01", "2027-03-c1", "2027-03-r1"])
def test_a_name_that_cannot_follow_the_edition_before_is_refused(project, name):
    before = contents(project)

    with pytest.raises(Refusal) as refused:
        succession.begin(project, name, FIRST)

    assert (refused.value.code, refused.value.found) == ("E269", f"{name} ← {FIRST}")
    assert contents(project) == before


@pytest.mark.parametrize(("name", "tie"), [("2026-11", "succeeds"), ("2019-09-c1", "corrects"), ("2019-09-r1", "revises")])
def test_a_new_edition_says_how_it_goes_back_to_the_one_before(project, name, tie):
    made = succession.begin(project, name, FIRST)

    assert ties.of(made) == ties.Tie(tie, FIRST)
    assert lineage.opened(project).newest == name


def test_an_edition_that_was_corrected_is_not_carried_forward(project):
    succession.begin(project, "2019-09-c1", FIRST)

    with pytest.raises(Refusals) as refused:
        succession.begin(project, "2026-11", FIRST)

    assert [(problem.code, problem.found) for problem in refused.value.problems] == [("E288", "2019-09 → 2019-09-c1")]


def test_a_second_edition_that_would_succeed_the_same_one_is_refused(project):
    succession.begin(project, "2026-11", FIRST)

    with pytest.raises(Refusals) as refused:
        succession.begin(project, "2027-03", FIRST)

    assert [(problem.code, problem.found) for problem in refused.value.problems] == [("E269", "2026-11, 2027-03 → 2019-09")]
    assert not (project / "2027-03").exists()


def published(project: Path, edition: str) -> None:
    (project / "published.csv").write_text(f"edition,date,sha256\n{edition},2026-11-26,{'0' * 64}\n", encoding="utf-8")


def test_a_published_edition_takes_nothing_in_even_where_none_goes_back_to_it(project):
    published(project, FIRST)

    with pytest.raises(Refusal) as refused:
        intake.plan(project, FIRST, Asked(project / "any.csv", "measures"))

    assert (refused.value.code, refused.value.found) == ("E2090", FIRST)


def test_a_published_edition_keeps_its_descriptor(project, monkeypatch):
    published(project, FIRST)
    monkeypatch.setenv("EVIDENCE_ROOT", str(project.parent))
    before = contents(project)

    with pytest.raises(Refusal) as refused:
        curation.package(FIRST)

    assert refused.value.code == "E2090"
    assert contents(project) == before


def test_an_edition_that_is_not_published_may_be_written_into(project):
    published(project, FIRST)

    assert succession.unpublished(project, succession.begin(project, "2026-11", FIRST).name, Place("EDITION")) is None
