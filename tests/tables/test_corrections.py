"""What was found wrong is known in every edition that says it, until it is corrected there."""

import csv
import json
import shutil

import pytest

from evidence import root
from evidence.tables import corrections

FIRST, CORRECTED, LATER, LAST = "2019-09", "2019-09-c1", "2026-11", "2027-03"
TIES = {FIRST: {}, CORRECTED: {"corrects": FIRST}, LATER: {"succeeds": FIRST}, LAST: {"succeeds": LATER}}


def entry(edition, corrected, wrong, right):
    texts = dict.fromkeys(("reason_ja", "reason_en", "effect_ja", "effect_en"), "x")
    cell = {"table": "claims", "row": "a", "column": "value"}
    return {"id": f"{corrected}-a-value", "date": "2026-12-01", "edition": edition, "corrected_edition": corrected, **cell} | {
        "wrong": wrong, "right": right, **texts,
    }  # fmt: skip


@pytest.fixture
def book(tmp_path):
    """Editions with one table of two rows, the number of row `a` as told, and a register of corrections."""
    data = tmp_path / "data"
    shutil.copytree(root.folder() / "data" / "schema", data / "schema")

    def made(values, *register):
        for name, value in values.items():
            tie = TIES.get(name) or {"corrects": name.rpartition("-")[0]} if name != FIRST else {}
            (data / name).mkdir()
            (data / name / "claims.csv").write_text(f"id,value\nb,1\na,{value}\n", encoding="utf-8")
            (data / name / "datapackage.json").write_text(json.dumps(tie), encoding="utf-8")
        if not register:
            return data
        with (data / "corrections.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, corrections.COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(register)
        return data

    return made


def held(data):
    return {edition: [(one.code, str(one.place), one.found) for one in problems] for edition, problems in corrections.held(data).items()}


def test_every_later_edition_that_still_says_what_was_wrong_is_named_with_its_line(book):
    data = book({FIRST: "5", CORRECTED: "6", LATER: "5", LAST: "5"}, entry(FIRST, CORRECTED, "5", "6"))

    assert held(data) == {
        edition: [("E200", f"data/{edition}/claims.csv:3:value", "a: 5 → 6 (2019-09-c1)")] for edition in (LATER, LAST)
    }  # fmt: skip
    assert list(corrections.wrong(data)) == [FIRST, LATER, LAST]


def test_a_later_edition_that_says_what_is_right_or_something_else_is_not_named(book):
    assert held(book({FIRST: "5", CORRECTED: "6", LATER: "6", LAST: "7"}, entry(FIRST, CORRECTED, "5", "6"))) == {}


def test_an_edition_that_was_corrected_as_well_is_not_named(book):
    register = [entry(FIRST, CORRECTED, "5", "6"), entry(LATER, "2026-11-c1", "5", "6")]

    data = book({FIRST: "5", CORRECTED: "6", LATER: "5", "2026-11-c1": "6"}, *register)

    assert held(data) == {}
    assert list(corrections.wrong(data)) == [FIRST, LATER]


def test_what_was_right_before_it_was_wrongly_corrected_is_right(book):
    register = [entry(FIRST, CORRECTED, "5", "6"), entry(CORRECTED, "2019-09-c2", "6", "5")]
    data = book({FIRST: "5", CORRECTED: "6", LATER: "5"}, *register)
    (data / "2019-09-c2").mkdir()
    (data / "2019-09-c2" / "datapackage.json").write_text('{"corrects": "2019-09-c1"}', encoding="utf-8")
    (data / "2019-09-c2" / "claims.csv").write_text("id,value\na,5\n", encoding="utf-8")

    assert held(data) == {}
    assert list(corrections.wrong(data)) == [FIRST, CORRECTED]


def test_an_earlier_edition_is_not_judged_by_a_correction_of_a_later_one(book):
    assert held(book({FIRST: "5", LATER: "5", "2026-11-c1": "6"}, entry(LATER, "2026-11-c1", "5", "6"))) == {}


def test_without_corrections_nothing_is_known_to_be_wrong(book):
    assert held(book({FIRST: "5", LATER: "5"})) == {}
