"""A row is begun in both languages: nothing that must be chosen is guessed, and what is left to write is refused until it is written."""

import os
import sys
from pathlib import Path

import pytest

from evidence import words
from evidence.build import checks
from evidence.curation import intake, scaffold
from evidence.errors import Refusal, Refusals
from evidence.tables import package
from tests.projects import SECOND, evidence, small

SAID = {"measure": "articles-total", "form": "line", "status": "actual", "reference": "northland", "finding": "rises", "name_en": "Articles"}
WORDS = {"name_ja": "論文数", "title_ja": "北国の論文は{first}から{last}に増えた", "title_en": "Northland's articles rose from {first} to {last}"}


@pytest.fixture
def project(tmp_path):
    return small(tmp_path / "project")


def added(project, kind, /, **told):
    data = project / "data"
    row = scaffold.begun(data, SECOND, kind, told)
    intake.write(data, SECOND, scaffold.TABLES[kind], scaffold.planned(data, SECOND, kind, row))
    return row


def test_what_must_be_chosen_is_named_all_at_once_with_what_there_is_to_choose(project):
    with pytest.raises(Refusals) as refused:
        added(project, "indicator", name_en="Articles")

    assert {problem.code for problem in refused.value.problems} == {"E2109"}
    assert [problem.found.partition(" ")[0] for problem in refused.value.problems] == ["measure=…", "status=…", "form=…"]
    assert "(bars, dots, line, multiples, slope, table)" in refused.value.problems[2].found


def test_words_that_are_not_told_are_left_to_write_and_the_check_says_where(project):
    added(project, "indicator", **SAID)

    found = checks.check(project, SECOND)

    assert [(one.code, str(one.place).rpartition(":")[2]) for one in found] == [("E2108", name) for name in ("name_ja", "title_ja", "title_en")]


def test_a_row_whose_words_are_told_passes_the_check(project):
    assert added(project, "indicator", **SAID, **WORDS)["id"] == "articles"
    assert checks.check(project, SECOND) == []


def test_numbered_rows_get_the_next_number_and_ordered_ones_the_next_place(project):
    told = {"title_ja": "報告", "title_en": "Report", "publisher_ja": "局", "publisher_en": "Office", "published": "2020"}

    assert added(project, "source", **told)["id"] == "S03"
    assert added(project, "entity", kind="country", name_ja="東国", name_en="Eastland")["order"] == "3"


def test_a_row_that_is_there_is_not_changed(project):
    with pytest.raises(Refusal, match="E2112"):
        added(project, "measure", id="budget", name_ja="予算", name_en="budget", unit="jpy-m", unit_ja="百万円", unit_en="million yen")


@pytest.mark.parametrize(("kind", "told", "code"), [("chapters", {}, "E2111"), ("measure", {"colour": "red"}, "E233")])
def test_what_there_is_no_row_for_is_refused_with_the_nearest(project, kind, told, code):
    with pytest.raises(Refusal) as refused:
        scaffold.begun(project / "data", SECOND, kind, told)

    assert refused.value.code == code


def test_the_language_that_is_told_owes_the_other(project):
    row = scaffold.begun(project / "data", SECOND, "entity", {"name_en": "Eastland", "note_en": "Made up"})

    assert (row["name_ja"], row["note_ja"]) == ("___", "___")


def test_a_table_that_refers_to_itself_is_offered_its_own_ids(project):
    offered = {column: ids for column, _, ids in scaffold.owed(project / "data", SECOND, "source", dict.fromkeys(fields(project), ""))}

    assert "read_in" not in offered


def fields(project):
    return [field["name"] for field in package.schema(project / "data" / SECOND, "sources")["fields"]]


def test_a_unit_that_other_measures_have_needs_no_words_of_its_own(project):
    there = next(row for row in scaffold.rows(project / "data" / SECOND, "measures") if row["unit"])

    row = added(project, "measure", id="spending", name_ja="支出", name_en="spending", unit=there["unit"])

    assert (row["unit_ja"], row["unit_en"]) == (there["unit_ja"], there["unit_en"])


NEW = {"id": "researchers", "unit": "k-persons", "name_ja": "研究者数", "name_en": "researchers"}


def test_a_new_measure_asks_for_its_words_and_for_those_of_a_unit_that_the_book_does_not_know(project):
    with pytest.raises(Refusals) as refused:
        added(project, "measure", id="researchers", unit="k-persons")

    assert [problem.found for problem in refused.value.problems] == ["name_ja=…", "name_en=…", "unit_ja=…", "unit_en=…"]


def test_a_unit_that_the_book_knows_is_called_as_there(project):
    row = scaffold.begun(project / "data", SECOND, "measure", {**NEW, "unit": "persons"})

    assert (row["unit_ja"], row["unit_en"]) == (words.unit("persons", "ja"), words.unit("persons", "en"))


def test_words_of_a_new_unit_are_written_where_the_house_has_them_and_the_edition_passes(project):
    told = [f"{name}={text}" for name, text in {**NEW, "unit_ja": "千人", "unit_en": "thousand persons"}.items()]
    own = {"PYTHONPATH": os.pathsep.join([str(project / "src"), *sys.path])}
    package_ = evidence(project, "package", SECOND, **own)
    made = [evidence(project, *command, **own) for command in (["add", "measure", *told, "--edition", SECOND], ["check", SECOND])]

    assert [one.returncode for one in (package_, *made)] == [0, 0, 0], made
    lines = (project / "src" / "evidence" / "words.csv").read_text(encoding="utf-8").splitlines()
    assert "unit.k-persons,{n}千人,{n} thousand persons" in lines


def test_words_are_not_written_into_a_program_of_another_project(project):
    list_ = Path(words.__file__).with_name("words.csv")
    before = list_.read_bytes()

    told = [f"{name}={text}" for name, text in {**NEW, "unit": "m-persons", "unit_ja": "百万人", "unit_en": "million persons"}.items()]
    made = evidence(project, "add", "measure", *told, "--edition", SECOND)

    assert (made.returncode, list_.read_bytes()) == (2, before)
    assert "unit.m-persons,{n}百万人" in made.stderr
