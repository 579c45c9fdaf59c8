"""A whole edition can be cited, described and packed so that other programs understand it."""

import json

import cffconvert
import frictionless
import pytest
import rispy
from pybtex.database import parse_string
from rocrate_validator import models, services

from evidence.citing.citations import Issuer
from evidence.editions import catalogues, crate
from evidence.editions.provenance import Origin
from evidence.files import exports
from tests.checking.test_review import value
from tests.files.test_exports import data, record


def exhibit(edition="2019-09"):
    return exports.cited(edition, {lang: record(lang, svg="") for lang in ("ja", "en")}, data(), Issuer("https://example.go.jp"))


@pytest.mark.parametrize(("base", "issued"), [("", ""), ("https://example.go.jp/book", "2026-11-30")])
def test_the_citation_file_is_valid_and_prefers_the_report(base, issued):
    text = catalogues.cff("2019-09", Issuer(base), issued)

    citation = cffconvert.Citation(text)
    citation.validate()
    assert "2019-09" in text and ("date-released" in text) == bool(issued)
    assert citation.cffobj["preferred-citation"]["type"] == "report"
    assert citation.as_bibtex().startswith("@")


def test_the_lists_of_an_edition_hold_every_figure_and_value_in_both_languages():
    files = catalogues.citations("2019-09", [exhibit(), value("2019-09", 1.5)])

    assert len(parse_string(files["citations/evidence-2019-09.bib"].decode(), "bibtex").entries) == 6
    assert len(rispy.loads(files["citations/evidence-2019-09.ris"].decode())) == 6
    assert len({item["id"] for item in json.loads(files["citations/evidence-2019-09.csl.json"])}) == 6


def test_the_data_package_of_an_edition_describes_its_files(tmp_path):
    files = exports.files("2019-09", {lang: record(lang, svg="") for lang in ("ja", "en")}, data(), {})
    (tmp_path / "figures" / "growth").mkdir(parents=True)
    (tmp_path / "figures" / "growth" / "growth.csv").write_bytes(files["growth.csv"])

    (tmp_path / "datapackage.json").write_bytes(catalogues.datapackage("2019-09", [(exhibit(), files["growth.csv"])]))

    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    fields = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]["schema"]["fields"]
    assert {field["name"]: (field["type"], field.get("unit", "")) for field in fields}["multiple"] == ("number", "倍 / times")


def packed(clean=True):
    files = {"figures/growth/growth.csv": ("a" * 64, 10), "ja/index.html": ("b" * 64, 20)}
    inputs = {"data/2019-09/claims.csv": "c" * 64, "notebooks/trends.ipynb": "d" * 64}
    runs = [crate.Run("trends", "notebooks/trends.ipynb", ("data/2019-09/claims.csv", "gone.csv"), ("figures/growth/growth.csv", "other.csv"))]
    return crate.metadata(crate.Edition("2019-09", Origin("e" * 64, "1234567", clean), inputs, files), runs)


def test_the_crate_states_inputs_notebooks_and_outputs():
    graph = {entity["@id"]: entity for entity in json.loads(packed())["@graph"]}

    run = graph["#run-trends"]
    assert run["instrument"] == {"@id": "#notebooks/trends.ipynb"}
    assert run["object"] == [{"@id": "#data/2019-09/claims.csv"}]
    assert run["result"] == [{"@id": "figures/growth/growth.csv"}]
    assert graph["figures/growth/growth.csv"]["sha256"] == "a" * 64
    assert graph["./"]["datePublished"] == "2019-09-01"
    assert {part["@id"] for part in graph["./"]["hasPart"]} == {"figures/growth/growth.csv", "ja/index.html"}


@pytest.mark.parametrize(("clean", "version"), [(True, "1234567"), (False, "2019-09"), (None, "2019-09")])
def test_the_crate_names_the_code_by_its_hash_and_the_commit_only_where_it_holds_the_inputs(clean, version):
    graph = {entity["@id"]: entity for entity in json.loads(packed(clean))["@graph"]}

    assert graph["#src/evidence"]["sha256"] == "e" * 64
    assert {graph[id]["version"] for id in ("#src/evidence", "#notebooks/trends.ipynb", "#data/2019-09/claims.csv")} == {version}


def named(content):
    """Every id that a JSON-LD node refers to."""
    if isinstance(content, dict):
        return {content["@id"]} if set(content) == {"@id"} else set().union(*(named(part) for part in content.values()))
    return set().union(*(named(part) for part in content)) if isinstance(content, list) else set()


def test_everything_the_crate_refers_to_stands_in_it_and_has_a_type_and_a_name():
    content = json.loads(packed())
    graph = {entity["@id"]: entity for entity in content["@graph"]}

    assert named(content) - graph.keys() <= {"https://w3id.org/ro/crate/1.1", "http://schema.org/CompletedActionStatus"}
    assert all("@type" in entity and ("name" in entity or id == "ro-crate-metadata.json") for id, entity in graph.items())
    assert graph["ro-crate-metadata.json"]["about"] == {"@id": "./"}


def objections(folder, content):
    """What the RO-Crate validator says of this crate; its context stands in it, for the validator would ask the network for it."""
    graph = content["@graph"]
    terms = {name for entity in graph for name in entity if not name.startswith("@")}
    terms |= {kind for entity in graph for kind in ([entity["@type"]] if isinstance(entity["@type"], str) else entity["@type"])}
    context = {name: f"http://schema.org/{name}" for name in terms} | {
        "File": "http://schema.org/MediaObject", "conformsTo": "http://purl.org/dc/terms/conformsTo",
        "sha256": "https://w3id.org/ro/terms/workflow-run#sha256",
    }  # fmt: skip
    (folder / "ro-crate-metadata.json").write_text(json.dumps({"@context": context, "@graph": graph}), encoding="utf-8")
    asked = services.ValidationSettings(
        rocrate_uri=str(folder), profile_identifier="process-run-crate-0.5", requirement_severity=models.Severity.REQUIRED
    )
    return [issue.message for issue in services.validate(asked).get_issues()]


@pytest.mark.slow
def test_a_validator_finds_nothing_wrong_with_the_crate_and_something_where_it_is(tmp_path):
    content = json.loads(packed())
    for path in ("figures/growth/growth.csv", "ja/index.html"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text("x", encoding="utf-8")

    assert objections(tmp_path, content) == []
    root = next(entity for entity in content["@graph"] if entity["@id"] == "./")
    del root["datePublished"]
    assert any("datePublished" in message for message in objections(tmp_path, content))


def test_the_crate_is_the_same_in_every_run():
    assert packed() == packed()
    assert b"2026" not in packed()
