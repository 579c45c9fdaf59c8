"""What an edition says for its deposit is what the schema of DataCite asks for.

The schema lies in `schemas/`, as the package `datacite` 1.4.1 has it (MIT licence).
"""

import json
from pathlib import Path

import jsonschema
import pytest

from evidence.citing.citations import EDITORS, Issuer
from evidence.editions import datacite, publishing
from tests.editions.test_publishing import built, project  # noqa: F401

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "datacite-v4.5.json").read_text(encoding="utf-8"))
NAMES = {"author": {"ja": "調査班", "en": "Study Team"}, "publisher": {"ja": "研究振興課", "en": "Research Division"}}


def faults(told):
    return [f"{list(error.path)} {error.message}" for error in jsonschema.Draft7Validator(SCHEMA).iter_errors(told)]


@pytest.mark.parametrize("issuer", [EDITORS, Issuer("https://example.go.jp", **NAMES, contact="a@example.go.jp")])
def test_the_metadata_are_valid_and_lack_nothing_but_the_doi(tmp_path, issuer):
    (tmp_path / datacite.FILE).write_bytes(datacite.metadata("2026-11", issuer, {"succeeds": "2019-09"}))
    told = json.loads((tmp_path / datacite.FILE).read_text(encoding="utf-8"))

    assert faults(told) == []
    assert faults({name: part for name, part in told.items() if name != "types"}) != []
    assert datacite.lacking(tmp_path / datacite.FILE) == []
    assert (told["creators"][0]["name"], told["publisher"]["name"]) == (issuer.written_by("ja"), issuer.published_by("ja"))
    assert ("IsNewVersionOf" in str(told)) == bool(issuer.address)


def test_an_edition_whose_metadata_say_too_little_is_not_published(project):  # noqa: F811
    path = built(project) / datacite.FILE
    told = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(told | {"publisher": {"name": ""}, "titles": []}), encoding="utf-8")

    assert [problem.found for problem in publishing.lacking(project, built(project), project) if problem.code == "E512"] == ["publisher", "titles"]
    path.unlink()
    assert [problem.found for problem in publishing.lacking(project, built(project), project) if problem.code == "E512"] == ["datacite.json"]


@pytest.mark.parametrize("text", ["[]", '{"publisher": 1}', '{"creators": [1]}', '{"creators": 1}'])
def test_what_is_no_metadata_lacks_all_of_it(tmp_path, text):
    (tmp_path / datacite.FILE).write_text(text, encoding="utf-8")

    assert datacite.lacking(tmp_path / datacite.FILE) == [datacite.FILE]
