"""A correction makes a new edition and a row in the register; the edition that was wrong keeps every byte."""

import csv
import dataclasses
import shutil
from pathlib import Path

import pytest

from evidence.curation import corrections
from evidence.curation.corrections import Correction
from evidence.errors import Refusal, Refusals
from evidence.tables import corrections as tables
from evidence.tables import gate
from evidence.tables.edition import Edition
from tests.curation.test_succession import FIRST, PROJECT, contents

ASKED = Correction(
    FIRST, "claims", "satreps-request-fy2020", "value", "2387", "読み取りの誤り | Misread", "結論は変わらない | The conclusions stand", "2026-11-23"
)


@pytest.fixture
def project(tmp_path) -> Path:
    shutil.copytree(PROJECT / "data" / "schema", tmp_path / "data" / "schema")
    shutil.copytree(PROJECT / "data" / FIRST, tmp_path / "data" / FIRST)
    return tmp_path / "data"


def test_the_corrected_edition_differs_in_one_cell_and_the_first_in_no_byte(project):
    before = contents(project / FIRST)

    name = corrections.make(project, ASKED)

    old, new = (contents(project / edition) for edition in (FIRST, name))
    assert name == "2019-09-c1"
    assert old == before
    assert {file for file in old if old[file] != new[file]} == {"claims.csv", "datapackage.json"}
    lines = [pair for pair in zip(old["claims.csv"].split(b"\n"), new["claims.csv"].split(b"\n"), strict=True) if pair[0] != pair[1]]
    assert len(lines) == 1
    assert gate.check(project / name) == []


def test_the_register_says_what_where_wrong_right_why_effect_and_when(project):
    corrections.make(project, ASKED)

    assert tables.register(project) == [{
        "id": "2019-09-c1-satreps-request-fy2020-value", "date": "2026-11-23", "edition": FIRST, "corrected_edition": "2019-09-c1", "table": "claims",
        "row": "satreps-request-fy2020", "column": "value", "wrong": "2386", "right": "2387", "reason_ja": "読み取りの誤り", "reason_en": "Misread",
        "effect_ja": "結論は変わらない", "effect_en": "The conclusions stand",
    }]  # fmt: skip


def test_a_number_may_be_corrected_to_a_negative_one(project):
    corrections.make(project, dataclasses.replace(ASKED, right="-2386"))

    assert tables.register(project)[0]["right"] == "-2386"


def test_an_edition_that_was_corrected_is_corrected_further_from_its_latest_correction(project):
    corrections.make(project, ASKED)

    with pytest.raises(Refusal) as refused:
        corrections.make(project, dataclasses.replace(ASKED, right="2388"))

    assert (refused.value.code, refused.value.found) == ("E288", "2019-09 → 2019-09-c1")


def test_a_correction_is_not_dated_before_the_corrected_edition_it_corrects(project):
    corrections.make(project, ASKED)

    with pytest.raises(Refusal) as refused:
        corrections.make(project, dataclasses.replace(ASKED, edition="2019-09-c1", right="2388", date="2026-11-22"))

    assert refused.value.code == "E281"


@pytest.mark.parametrize("change", [{"row": "nope"}, {"corrected_edition": "2018-01-c1"}, {"right": "2380"}])
def test_a_register_that_says_what_the_corrected_edition_does_not_is_refused(project, change):
    corrections.make(project, ASKED)
    assert tables.problems(project) == []
    path = project / tables.FILE
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerow(rows[0] | change)

    assert [(problem.code, problem.place.line) for problem in tables.problems(project)] == [("E291", 2)]


def test_the_other_columns_that_still_say_what_was_wrong_are_named(project):
    made = corrections.make(project, ASKED)

    assert corrections.alike(project, made, "claims", "satreps-request-fy2020", "2386") == ["as_printed", "text_ja", "text_en"]
    assert corrections.alike(project, made, "claims", "satreps-request-fy2020", "238") == []


def test_a_second_correction_is_counted_on_and_both_stay_in_the_register(project):
    corrections.make(project, ASKED)
    name = corrections.make(project, dataclasses.replace(ASKED, edition="2019-09-c1", right="2388"))

    assert name == "2019-09-c2"
    assert Edition(project / name).previous.name == "2019-09-c1"
    assert [row["wrong"] for row in tables.register(project)] == ["2386", "2387"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": ""}, "E280"),
        ({"date": "20261123"}, "E281"),
        ({"reason": "誤り"}, "E280"),
        ({"effect": "なし | "}, "E280"),
        ({"date": "2019-08-31"}, "E281"),
        ({"date": "2999-01-01"}, "E281"),
        ({"date": "yesterday"}, "E281"),
        ({"row": "satreps-request"}, "E260"),
        ({"column": "valeu"}, "E260"),
        ({"table": "claim"}, "E260"),
        ({"edition": "2018-01"}, "E221"),
        ({"right": "2386"}, "E282"),
    ],
)
def test_an_unfounded_correction_is_refused_and_nothing_is_written(project, change, code):
    before = contents(project)

    with pytest.raises(Refusal) as refused:
        corrections.make(project, dataclasses.replace(ASKED, **change))

    assert refused.value.code == code
    assert contents(project) == before


@pytest.mark.parametrize(("change", "code"), [({"right": "△5"}, "E206"), ({"reason": "=1+1 | =1+1"}, "E240"), ({"effect": "なし | None"}, "E202")])
def test_a_correction_that_the_gate_would_refuse_leaves_nothing_behind(project, change, code):
    before = contents(project)

    with pytest.raises(Refusals) as refused:
        corrections.make(project, dataclasses.replace(ASKED, **change))

    assert refused.value.problems[0].code == code
    assert contents(project) == before


def test_an_unknown_row_is_refused_with_the_nearest_one(project):
    with pytest.raises(Refusal) as refused:
        corrections.make(project, dataclasses.replace(ASKED, row="satreps-request-fy2021"))

    assert "satreps-request-fy2021 → satreps-request-fy2020" in str(refused.value)


def test_a_cell_of_several_lines_is_replaced_whole(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text('id,text\na,"one\ntwo"\nb,x\n', encoding="utf-8")

    corrections._change(path, Correction("", "table", "a", "text", "three, four", "", "", ""))

    assert list(csv.reader(path.read_text(encoding="utf-8").splitlines())) == [["id", "text"], ["a", "three, four"], ["b", "x"]]
