"""A correction makes a new edition and a row in the register; the edition that was wrong keeps every byte."""

import csv
import dataclasses
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evidence.curation import corrections, intake, succession
from evidence.curation.corrections import Cell
from evidence.errors import Place, Refusal, Refusals
from evidence.tables import corrections as tables
from evidence.tables import gate, ties
from evidence.tables.edition import Edition
from tests.curation.test_succession import FIRST, PROJECT, contents
from tests.projects import rows, write

ASKED = Cell("claims", "satreps-request-fy2020", "value", "2387", "読み取りの誤り | Misread", "結論は変わらない | The conclusions stand")
TODAY = datetime.now(UTC).astimezone().date().isoformat()


@pytest.fixture
def project(tmp_path) -> Path:
    shutil.copytree(PROJECT / "data" / "schema", tmp_path / "data" / "schema")
    shutil.copytree(PROJECT / "data" / FIRST, tmp_path / "data" / FIRST)
    return tmp_path / "data"


def corrected(project, *cells, edition=FIRST, date="2026-11-23", **change):
    """The name of the edition that corrects these cells, by default the one asked for, with something changed in it."""
    return corrections.make(project, edition, list(cells) or [dataclasses.replace(ASKED, **change)], date)


def codes(refused):
    return [problem.code for problem in refused.value.problems]


def test_the_corrected_edition_differs_in_one_cell_and_the_first_in_no_byte(project):
    before = contents(project / FIRST)

    name = corrected(project)

    old, new = (contents(project / edition) for edition in (FIRST, name))
    assert name == "2019-09-c1"
    assert old == before
    assert {file for file in old if old[file] != new[file]} == {"claims.csv", "datapackage.json"}
    lines = [pair for pair in zip(old["claims.csv"].split(b"\n"), new["claims.csv"].split(b"\n"), strict=True) if pair[0] != pair[1]]
    assert len(lines) == 1
    assert gate.check(project / name) == []


def test_the_register_says_what_where_wrong_right_why_effect_and_when(project):
    corrected(project)

    assert tables.register(project) == [{
        "id": "2019-09-c1-satreps-request-fy2020-value", "date": "2026-11-23", "edition": FIRST, "corrected_edition": "2019-09-c1", "table": "claims",
        "row": "satreps-request-fy2020", "column": "value", "wrong": "2386", "right": "2387", "reason_ja": "読み取りの誤り", "reason_en": "Misread",
        "effect_ja": "結論は変わらない", "effect_en": "The conclusions stand",
    }]  # fmt: skip


def test_a_number_may_be_corrected_to_a_negative_one(project):
    corrected(project, right="-2386")

    assert tables.register(project)[0]["right"] == "-2386"


def test_an_edition_that_was_corrected_is_corrected_further_from_its_latest_correction(project):
    corrected(project)

    with pytest.raises(Refusal) as refused:
        corrected(project, right="2388")

    assert (refused.value.code, refused.value.found) == ("E288", "2019-09 → 2019-09-c1")


def test_a_correction_is_not_dated_before_the_corrected_edition_it_corrects(project):
    corrected(project)

    with pytest.raises(Refusal) as refused:
        corrected(project, edition="2019-09-c1", right="2388", date="2026-11-22")

    assert refused.value.code == "E281"


def test_a_date_that_is_none_of_a_correction_is_told_beside_those_that_are(project):
    with pytest.raises(Refusal) as refused:
        corrected(project, date="2019-08-31")

    assert refused.value.found == f"2019-08-31 (2019-09 – {TODAY})"


def test_an_edition_whose_month_lies_ahead_is_corrected_today(project):
    succession.begin(project, "2999-01", FIRST)

    assert corrected(project, edition="2999-01", date=TODAY) == "2999-01-c1"
    assert tables.problems(project) == gate.check(project / "2999-01-c1") == []


@pytest.mark.parametrize("change", [{"row": "nope"}, {"corrected_edition": "2018-01-c1"}, {"right": "2380"}])
def test_a_register_that_says_what_the_corrected_edition_does_not_is_refused(project, change):
    corrected(project)
    assert tables.problems(project) == []
    path = project / tables.FILE
    write(path, [rows(path)[0] | change])

    assert [(problem.code, problem.place.line) for problem in tables.problems(project)] == [("E291", 2)]


def test_the_other_columns_that_still_say_what_was_wrong_are_named(project):
    made = corrected(project)

    assert corrections.alike(project, made, "claims", "satreps-request-fy2020", "2386") == ["as_printed", "text_ja", "text_en"]
    assert corrections.alike(project, made, "claims", "satreps-request-fy2020", "238") == []


def test_a_second_correction_is_counted_on_and_both_stay_in_the_register(project):
    corrected(project)
    name = corrected(project, edition="2019-09-c1", right="2388")

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

    with pytest.raises((Refusal, Refusals)) as refused:
        corrected(project, **change)

    assert (codes(refused) if isinstance(refused.value, Refusals) else [refused.value.code]) == [code]
    assert contents(project) == before


@pytest.mark.parametrize(("change", "code"), [({"right": "△5"}, "E206"), ({"reason": "=1+1 | =1+1"}, "E240"), ({"effect": "なし | None"}, "E202")])
def test_a_correction_that_the_gate_would_refuse_leaves_nothing_behind(project, change, code):
    before = contents(project)

    with pytest.raises(Refusals) as refused:
        corrected(project, **change)

    assert refused.value.problems[0].code == code
    assert contents(project) == before


def test_an_unknown_row_is_refused_with_the_nearest_one(project):
    with pytest.raises(Refusals) as refused:
        corrected(project, row="satreps-request-fy2021")

    assert "satreps-request-fy2021 → satreps-request-fy2020" in str(refused.value)


def test_a_cell_of_several_lines_is_replaced_whole(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text('id,text\na,"one\ntwo"\nb,x\n', encoding="utf-8")

    corrections._change(tmp_path, [dataclasses.replace(ASKED, table="table", row="a", column="text", right="three, four")])

    assert list(csv.reader(path.read_text(encoding="utf-8").splitlines())) == [["id", "text"], ["a", "three, four"], ["b", "x"]]


def test_several_cells_make_one_edition_and_a_row_of_the_register_each(project):
    others = [
        dataclasses.replace(ASKED, column="text_en", right="It is 2,387."),
        dataclasses.replace(ASKED, row="nih-projects-growth", right="41", effect="大きい | Large"),
    ]

    name = corrected(project, ASKED, *others)

    assert sorted(path.name for path in project.iterdir() if path.is_dir()) == [FIRST, name, "schema"]
    assert [(row["row"], row["column"], row["right"], row["effect_en"]) for row in tables.register(project)] == [
        ("satreps-request-fy2020", "value", "2387", "The conclusions stand"),
        ("satreps-request-fy2020", "text_en", "It is 2,387.", "The conclusions stand"), ("nih-projects-growth", "value", "41", "Large"),
    ]  # fmt: skip
    assert tables.problems(project) == gate.check(project / name) == []


def test_all_that_is_wrong_with_several_cells_is_told_at_once_and_nothing_is_written(project):
    before = contents(project)
    unfounded = [dataclasses.replace(ASKED, row="nope"), dataclasses.replace(ASKED, right="2386", reason="誤り")]

    with pytest.raises(Refusals) as refused:
        corrected(project, ASKED, *unfounded)

    assert codes(refused) == ["E260", "E280", "E282"]
    assert contents(project) == before


def test_a_cell_that_is_told_twice_is_refused(project):
    with pytest.raises(Refusals) as refused:
        corrected(project, ASKED, dataclasses.replace(ASKED, right="2388"))

    assert [(problem.code, problem.found) for problem in refused.value.problems] == [("E248", "claims satreps-request-fy2020 value (1)")]


def test_a_list_of_cells_gives_each_its_own_texts_or_the_common_ones(tmp_path):
    path = tmp_path / "cells.csv"
    path.write_text("table,row,column,right,reason_ja,reason_en\nclaims,a,value,5,誤記,Typing error\nclaims,b,value,6,,\n", encoding="utf-8")

    assert corrections.listed(path, "理由 | Why", "影響 | Effect") == [
        Cell("claims", "a", "value", "5", "誤記 | Typing error", "影響 | Effect", Place("cells.csv", 2)),
        Cell("claims", "b", "value", "6", "理由 | Why", "影響 | Effect", Place("cells.csv", 3)),
    ]


def test_a_list_of_cells_without_what_is_right_is_refused_and_a_wrong_row_is_told_at_its_line(project):
    path = project / "cells.csv"
    path.write_text("table,row,column\nclaims,a,value\n", encoding="utf-8")
    with pytest.raises(Refusals) as refused:
        corrections.listed(path, "", "")
    assert codes(refused) == ["E232"]

    path.write_text("table,row,column,right\nclaims,nope,value,5\n", encoding="utf-8")
    with pytest.raises(Refusals) as refused:
        corrected(project, *corrections.listed(path, "理由 | Why", "影響 | Effect"))
    assert [(problem.code, str(problem.place)) for problem in refused.value.problems] == [("E260", "cells.csv:2:row")]


def test_a_revision_is_corrected_by_the_next_correction_of_its_month(project):
    succession.begin(project, "2019-09-r1", FIRST)

    name = corrected(project, edition="2019-09-r1")

    assert name == "2019-09-c1"
    assert ties.of(project / name) == ties.Tie("corrects", "2019-09-r1")


def test_the_tenth_correction_is_the_one_to_be_corrected(project):
    made = [FIRST]
    for value in range(2387, 2398):
        made.append(corrected(project, edition=made[-1], right=str(value)))

    assert made[-1] == "2019-09-c11"
    with pytest.raises(Refusal) as refused:
        corrected(project, edition="2019-09-c2", right="1")
    assert (refused.value.code, refused.value.found) == ("E288", "2019-09-c2 → 2019-09-c11")


def test_a_known_error_is_not_carried_forward_but_may_be_corrected(project):
    succession.begin(project, "2026-11", FIRST)
    corrected(project)

    with pytest.raises(Refusals) as refused:
        succession.begin(project, "2027-03", "2026-11")
    assert codes(refused) == ["E200"]

    corrected(project, edition="2026-11")
    assert succession.begin(project, "2027-03", "2026-11-c1").name == "2027-03"
    assert tables.held(project) == {}


def test_what_was_corrected_by_a_power_of_ten_may_be_imported_into_an_edition_that_followed(project):
    succession.begin(project, "2026-11", FIRST)
    corrected(project, right="238600")
    (project / "right.csv").write_text("id,value\nsatreps-request-fy2020,238600\n", encoding="utf-8")

    taken = intake.plan(project, "2026-11", intake.Asked(project / "right.csv", "claims"))
    intake.write(project, "2026-11", "claims", taken)

    assert tables.held(project) == {}
