"""The descriptor of an edition: true to the files, the same on every machine, valid by the standard."""

import json
from pathlib import Path

import frictionless
import pytest

from evidence import root
from evidence.errors import Refusal
from evidence.tables import gate, package

EDITIONS = sorted(path.parent for path in (root.folder() / "data").glob("*/datapackage.json"))

SCHEMA = {"fields": [{"name": "id", "type": "string"}]}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An edition of one table, with its descriptor."""
    folder = tmp_path / "data" / "2019-09"
    folder.mkdir(parents=True)
    (tmp_path / "data" / "schema").mkdir()
    for name in ("claims", "extra"):
        (tmp_path / "data" / "schema" / f"{name}.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    (folder / "claims.csv").write_text("id\na\n", encoding="utf-8")
    package.write(folder)
    return folder


def codes(folder: Path) -> list[tuple[str, str, str]]:
    return [(problem.code, str(problem.place), problem.found) for problem in gate.check(folder)]


def test_a_descriptor_made_from_the_files_is_accepted(place: Path) -> None:
    assert codes(place) == []


def test_a_table_that_is_not_listed_is_refused(place: Path) -> None:
    (place / "extra.csv").write_text("id\na\n", encoding="utf-8")

    assert codes(place) == [("E261", "data/2019-09/datapackage.json:resources", "extra.csv")]


def test_a_listed_table_that_is_not_there_is_refused(place: Path) -> None:
    (place / "claims.csv").rename(place / "extra.csv")

    assert [code for code, *_ in codes(place)] == ["E261", "E262"]


@pytest.mark.parametrize("changed", ["2019-09/claims.csv", "schema/claims.json"])
def test_a_descriptor_of_an_older_file_or_schema_is_refused(changed: str, place: Path) -> None:
    path = place.parent / changed
    path.write_text(path.read_text(encoding="utf-8").replace("a\n", "b\n").replace('"string"', '"string", "title": "new"'), encoding="utf-8")

    assert codes(place) == [("E264", "data/2019-09/datapackage.json:resources", "claims.csv")]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"resources": [1]}', "null", "{"])
def test_a_descriptor_that_is_none_is_refused(content: str, place: Path) -> None:
    (place / "datapackage.json").write_text(content, encoding="utf-8")

    assert [code for code, *_ in codes(place)] == ["E265"]


def test_a_descriptor_depends_on_nothing_but_the_files(place: Path) -> None:
    before = (place / "datapackage.json").read_bytes()

    assert package.write(place).read_bytes() == before
    assert json.loads(before)["created"] == "2019-09-01T00:00:00Z"


def test_a_foreign_key_into_a_table_that_the_edition_lacks_is_left_out(place: Path) -> None:
    key = {"fields": ["id"], "reference": {"resource": "other", "fields": ["id"]}}
    (place.parent / "schema" / "claims.json").write_text(json.dumps(SCHEMA | {"foreignKeys": [key]}), encoding="utf-8")

    assert "foreignKeys" not in package.descriptor(place)["resources"][0]["schema"]


@pytest.mark.parametrize("folder", EDITIONS, ids=lambda folder: folder.name)
def test_each_schema_stands_in_the_descriptor_as_it_stands_in_its_file(folder: Path) -> None:
    stored = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))

    assert stored == package.descriptor(folder)
    for resource in stored["resources"]:
        header = (folder / resource["path"]).read_text(encoding="utf-8").partition("\n")[0].split(",")
        fields = package.schema(folder, resource["name"])["fields"]
        assert resource["schema"]["fields"] == [field for field in fields if field["name"] in header or not field.get("optional")]


@pytest.mark.parametrize("folder", EDITIONS, ids=lambda folder: folder.name)
def test_each_edition_is_a_valid_data_package(folder: Path) -> None:
    report = frictionless.validate(str(folder / "datapackage.json"))

    assert report.flatten(["title", "rowNumber", "fieldName", "message"]) == []


@pytest.mark.parametrize("folder", EDITIONS, ids=lambda folder: folder.name)
def test_each_edition_passes_the_gate(folder: Path) -> None:
    assert [str(problem) for problem in gate.check(folder)] == []


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"succeeds": "2019-09"}', '{"succeeds": "../x"}', "<<<<<<< HEAD"])
def test_a_descriptor_that_cannot_be_read_or_names_itself_is_refused(tmp_path, text):
    (tmp_path / "2019-09").mkdir()
    (tmp_path / "2019-09" / "datapackage.json").write_text(text, encoding="utf-8")

    with pytest.raises(Refusal) as refused:
        package.write(tmp_path / "2019-09")

    assert refused.value.code == "E265"


BROKEN = {
    "no tables": ({}, "E261"), "tables of nothing": ({"resources": []}, "E261"), "another table": ({"resources": [{"name": "other"}]}, "E261"),
    "a schema that is none": ({"resources": [{"name": "claims", "schema": [1]}]}, "E265"),
    "a key that is a number": ({"resources": [{"name": "claims", "schema": {"fields": [{"name": "id", "type": "any"}], "primaryKey": 1}}]}, "E265"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "code"), BROKEN.values(), ids=BROKEN)
def test_the_schemas_of_a_broken_descriptor_are_refused(content: dict, code: str, place: Path) -> None:
    """The comparison of two editions ended in a KeyError."""
    (place / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")

    with pytest.raises(Refusal) as refused:
        package.schemas(place)

    assert refused.value.code == code


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda folder: folder.name)
def test_the_schemas_of_an_edition_are_read(edition: Path) -> None:
    assert {path.stem for path in root.tables(edition)} <= package.schemas(edition).keys()
