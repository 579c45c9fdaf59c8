"""A value is taken away as files, and what is unknown is told with the nearest."""

import csv
import io
import json

import pytest
import rispy
from pybtex.database import parse_string
from typer.testing import CliRunner

from evidence.citing import bibliography
from evidence.cli.app import app
from tests.checking.test_review import value
from tests.checking.test_verification import publish
from tests.files.test_exports import made


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    told = {"ratio": {lang: bibliography.formats(value("2019-09", 1.5), lang) for lang in ("ja", "en")}}
    publish(folder, "2019-09", made()).joinpath("citations.json").write_text(json.dumps(told), encoding="utf-8")
    return folder


def taken(site, to, *asked):
    done = CliRunner().invoke(app, ["export", *asked, "--site", str(site), "--to", str(to)])
    return done, {path.name: path.read_bytes() for path in to.glob("*")}


def test_a_value_is_a_record_a_row_and_its_citations(site, tmp_path):
    done, files = taken(site, tmp_path, "ratio")
    (row,) = csv.DictReader(io.StringIO(files["ratio.csv"].decode("utf-8-sig")))
    record = json.loads(files["ratio.json"])

    assert done.exit_code == 0
    told = (f"{lang}.{form}" for lang in ("ja", "en") for form in ("txt", "bib", "ris", "csl.json"))
    assert sorted(files) == sorted(f"ratio.{ending}" for ending in ("json", "csv", *told))
    assert (row["number"], row["text_ja"], row["unit"], row["edition"], row["digits"]) == ("1.5", "1.5倍", "multiple", "2019-09", record["digits"])
    assert record["digits"] in files["ratio.ja.txt"].decode()
    entries = [parse_string(files["ratio.ja.bib"].decode(), "bibtex").entries, rispy.loads(files["ratio.ja.ris"].decode())]
    assert [len(found) for found in (*entries, json.loads(files["ratio.ja.csl.json"]))] == [1, 1, 1]


def test_a_figure_is_taken_as_it_is_and_forms_can_be_chosen(site, tmp_path):
    _, files = taken(site, tmp_path / "a", "growth", "--formats", "csv,ja.xlsx")

    folder = site / "2019-09" / "figures" / "growth"
    assert files == {name: (folder / name).read_bytes() for name in ("growth.csv", "growth.ja.xlsx")}
    assert sorted(taken(site, tmp_path / "b", "ratio", "--formats", "txt")[1]) == ["ratio.en.txt", "ratio.ja.txt"]


@pytest.mark.parametrize(("id", "nearest"), [("ratios", "ratio"), ("growht", "growth")])
def test_what_is_unknown_is_told_with_the_nearest(site, tmp_path, id, nearest):
    done, files = taken(site, tmp_path, id)

    assert (done.exit_code != 0, files) == (True, {})
    assert f"{id} → {nearest}" in str(done.exception)
