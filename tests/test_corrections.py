"""A correction makes a new edition and a row in the register; the edition that was wrong keeps every byte."""

import csv
import dataclasses
import shutil
from pathlib import Path

import pytest

from evidence import corrections, data, gate
from evidence.corrections import Correction
from evidence.errors import Refusal, Refusals
from tests.test_succession import FIRST, PROJECT, contents

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

    assert corrections.register(project) == [{
        "id": "2019-09-c1-satreps-request-fy2020-value", "date": "2026-11-23", "edition": FIRST, "corrected_edition": "2019-09-c1", "table": "claims",
        "row": "satreps-request-fy2020", "column": "value", "wrong": "2386", "right": "2387", "reason_ja": "読み取りの誤り", "reason_en": "Misread",
        "effect_ja": "結論は変わらない", "effect_en": "The conclusions stand",
    }]  # fmt: skip


def test_a_second_correction_is_counted_on_and_both_stay_in_the_register(project):
    corrections.make(project, ASKED)
    name = corrections.make(project, dataclasses.replace(ASKED, edition="2019-09-c1", right="2388"))

    assert name == "2019-09-c2"
    assert data.Edition(project / name).previous.name == "2019-09-c1"
    assert [row["wrong"] for row in corrections.register(project)] == ["2386", "2387"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": ""}, "E280"),
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
