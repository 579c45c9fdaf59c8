"""Editions as typed tables: what is missing, what is whole, what an edition is and is not."""

import json
from pathlib import Path

import pandas as pd
import pytest

from evidence import root
from evidence.errors import Refusal, Refusals
from evidence.tables import gate
from evidence.tables.edition import Edition, opened, typed

SCHEMA = {
    "fields": [
        {"name": "id", "type": "string"},
        {"name": "value", "type": "number"},
        {"name": "count", "type": "integer"},
        {"name": "year", "type": "year"},
    ]
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one edition of one table."""
    place = tmp_path / "data" / "2019-09"
    place.mkdir(parents=True)
    (tmp_path / "data" / "schema").mkdir()
    (tmp_path / "data" / "schema" / "claims.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    (place / "datapackage.json").write_text("{}", encoding="utf-8")
    (place / "claims.csv").write_text("id,count,value,year\n01,3,1.5,2019\nNA,,,\n", encoding="utf-8")
    monkeypatch.setenv("EVIDENCE_ROOT", str(tmp_path))
    return tmp_path


def test_a_table_has_the_types_and_the_column_order_of_its_schema(project: Path) -> None:
    types = opened("2019-09").claims.dtypes

    assert [(name, str(dtype)) for name, dtype in types.items()] == [("id", "str"), ("value", "float64"), ("count", "Int64"), ("year", "Int64")]


def test_missing_text_is_empty_and_missing_numbers_are_missing(project: Path) -> None:
    (project / "data" / "2019-09" / "claims.csv").write_text("id,value,count,year\n,1,1,2019\nNA,,,\n", encoding="utf-8")

    claims = opened("2019-09").claims

    assert claims.id.tolist() == ["", "NA"]
    assert claims[["value", "count", "year"]].isna().to_numpy().tolist() == [[False] * 3, [True] * 3]


def test_no_zero_of_a_code_is_lost(project: Path) -> None:
    assert opened("2019-09").claims.id[0] == "01"


def test_whole_numbers_are_kept_digit_by_digit() -> None:
    assert typed([{"count": "9007199254740992"}], {"fields": [SCHEMA["fields"][2]]})["count"][0] == 2**53


def test_a_column_without_any_number_is_still_a_column_of_numbers() -> None:
    frame = typed([{"value": "", "count": ""}], {"fields": SCHEMA["fields"][1:3]})

    assert [str(dtype) for dtype in frame.dtypes] == ["float64", "Int64"]


def test_a_table_is_read_once(project: Path) -> None:
    edition = opened("2019-09")

    assert edition.claims is edition.claims


def test_an_edition_tells_which_tables_it_has(project: Path) -> None:
    edition = opened("2019-09")

    assert (edition.has("claims"), edition.has("observations")) == (True, False)
    with pytest.raises(AttributeError, match="edition 2019-09 has no table observations"):
        _ = edition.observations


def test_a_table_with_a_fault_is_refused_whole(project: Path) -> None:
    (project / "data" / "2019-09" / "claims.csv").write_text("id,value,count,year\na,△1,x,2019\n", encoding="utf-8")

    with pytest.raises(Refusals) as refused:
        _ = opened("2019-09").claims

    assert [problem.code for problem in refused.value.problems] == ["E206", "E202"]
    assert refused.value.exit_code == 2


def test_an_unknown_edition_is_refused_with_the_names_of_those_there_are(project: Path) -> None:
    with pytest.raises(Refusal) as refused:
        opened("2019-10")

    assert (refused.value.code, refused.value.found) == ("E221", "2019-10 (2019-09)")
    assert [problem.found for problem in gate.check(project / "data" / "2019-10")] == ["2019-10 (2019-09)"]


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "../data/2019-09", "/etc", "schema", "a/b", "%2e%2e", "．．", "2019-09.", "2019-09\x00", "x" * 300]
)
def test_a_name_that_is_no_edition_opens_nothing(name: str, project: Path) -> None:
    with pytest.raises(Refusal) as refused:
        opened(name)

    assert refused.value.code == "E221"


def test_a_folder_without_a_descriptor_is_no_edition(project: Path) -> None:
    (project / "data" / "2019-09" / "datapackage.json").unlink()

    with pytest.raises(Refusal, match="E221"):
        Edition(project / "data" / "2019-09")


def test_a_project_is_found_from_any_folder_inside_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EVIDENCE_ROOT")
    monkeypatch.setattr(root, "CODE", project.parent / "installed" / "as a package" / "evidence")
    monkeypatch.chdir(project / "data" / "2019-09")

    assert root.folder() == project


def test_outside_a_project_nothing_is_guessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVIDENCE_ROOT", str(tmp_path))

    with pytest.raises(Refusal) as refused:
        root.folder()

    assert (refused.value.code, refused.value.place.file) == ("E220", str(tmp_path))


def test_every_table_of_every_edition_opens() -> None:
    folder = root.folder()
    for path in sorted((folder / "data").glob("*/datapackage.json")):
        edition = Edition(path.parent)
        for table in sorted(path.parent.glob("*.csv")):
            assert isinstance(getattr(edition, table.stem), pd.DataFrame)
