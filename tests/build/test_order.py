"""Which editions are built, in which order, and which may not be."""

import json
import shutil

import pytest

from evidence import root
from evidence.build import pipeline
from evidence.curation import corrections, succession
from evidence.errors import Refusals
from tests.curation.test_corrections import ASKED

FIRST, LATER, LAST = "2019-09", "2020-01", "2026-11"


@pytest.fixture
def data(tmp_path):
    """2019-09, which 2020-01 and then 2026-11 succeed with the same tables; then 2019-09 is corrected."""
    data = tmp_path / "data"
    for part in ("schema", FIRST):
        shutil.copytree(root.folder() / "data" / part, data / part)
    succession.begin(data, LATER, FIRST)
    succession.begin(data, LAST, LATER)
    corrections.make(data, FIRST, [ASKED], "2026-11-23")
    return data


def test_an_edition_is_built_after_those_it_goes_back_to(data):
    assert pipeline.with_previous(data, [LATER]) == [FIRST, LATER]
    assert pipeline.with_previous(data, ["2019-09-c1"]) == [FIRST, "2019-09-c1"]


def test_the_newest_edition_is_not_built_with_a_known_error(data):
    with pytest.raises(Refusals) as refused:
        pipeline.with_previous(data, root.editions(data))

    assert [(problem.code, problem.place.file) for problem in refused.value.problems] == [("E200", f"data/{LAST}/claims.csv")]


def test_once_it_is_corrected_the_newest_edition_is_built(data):
    made = corrections.make(data, LAST, [ASKED], "2026-11-24")

    assert pipeline.with_previous(data, root.editions(data)) == [FIRST, "2019-09-c1", LATER, LAST, made]


def test_editions_without_one_order_are_not_built(data):
    (data / LATER / "datapackage.json").write_text(json.dumps({"succeeds": LAST}), encoding="utf-8")

    with pytest.raises(Refusals) as refused:
        pipeline.with_previous(data, [FIRST])

    assert [problem.code for problem in refused.value.problems] == ["E269"]
