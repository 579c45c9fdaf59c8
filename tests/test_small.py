"""The small book holds one of each kind of thing that the whole book has, so that a rule tested on it is tested on all of them."""

import csv
import json
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from evidence.checking.published_site import CODE
from evidence.files import plots
from evidence.words import LANGUAGES
from tests.projects import CORRECTED, FIRST, SECOND, evidence, small

EDITIONS = (FIRST, CORRECTED, SECOND)
# An exhibit of each sort, and what a slide makes of it: a chart of stacked bars or lines, a picture (no chart), or a table (no drawing).
SORTS = {"changes-by-cause": "stacked", "share-lines": "line", "growth-bars": "picture", "tier-diagram": "picture", "source-rows": "table"}
VALUES = {"claim-count": "claims", "north-budget": "jpy-m", "bridge-support": "jpy-m", "north-annual": "pct", "north-share": "pct"}
RANGES = {"bridge-support", "north-annual"}


@pytest.fixture(scope="module")
def site(small_book) -> Path:
    return small_book / "_build" / "html"


def told(site: Path, edition: str, part: str) -> dict[str, dict]:
    return {record["id"]: record for record in json.loads((site / edition / f"{part}.json").read_text(encoding="utf-8"))}


def sort(site: Path, id: str) -> str:
    drawing = site / SECOND / "figures" / id / f"{id}.en.vl.json"
    if not drawing.exists():
        return "table"
    return next((plot.kind for plot in plots.plots(json.loads(drawing.read_text(encoding="utf-8")), "en")), "picture")


def rows(site: Path, id: str) -> list[dict[str, str]]:
    return list(csv.DictReader((site / SECOND / "figures" / id / f"{id}.csv").open(encoding="utf-8-sig")))


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_tables_of_the_small_book_pass_the_gate(edition, tmp_path):
    done = evidence(small(tmp_path / "project"), "check", edition)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.build
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_sums_name_every_file_with_its_hash(site, edition):
    folder = site / edition
    checked = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, capture_output=True, text=True)
    named = {line.split("  ", 1)[1] for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()}

    assert checked.returncode == 0, checked.stdout
    assert named == {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {"SHA256SUMS"}


@pytest.mark.build
@pytest.mark.parametrize("id", SORTS)
def test_the_small_book_has_an_exhibit_of_each_sort(site, id):
    assert sort(site, id) == SORTS[id]


@pytest.mark.build
def test_the_small_book_has_a_long_table_and_a_figure_that_is_empty(site):
    assert len(rows(site, "observation-rows")) > 12  # more than one slide holds
    assert rows(site, "changes-revised") == []
    assert told(site, SECOND, "figures")["changes-revised"]["kind"] == "figure"


@pytest.mark.build
def test_the_small_book_has_a_profile_for_each_subject(site):
    assert {path.stem for path in (site / FIRST / "ja").glob("funder-*.html")} == {"funder-north", "funder-south"}
    assert {"funder-facts-north", "funder-facts-south"} <= told(site, FIRST, "figures").keys()


@pytest.mark.build
def test_the_small_book_has_values_of_each_kind(site):
    values = told(site, FIRST, "values")

    assert {id: values[id]["unit"] for id in VALUES} == VALUES
    assert {id for id in VALUES if "number_high" in values[id]} == RANGES


@pytest.mark.build
def test_a_later_edition_of_the_small_book_shows_a_correction_and_a_series_that_grew(site):
    changed = [(row["cause"], row["row_en"], row["old"], row["new"], row["periods"]) for row in rows(site, "changes-rows")]

    assert ("correction", "north-growth", "30", "35", "") in changed
    assert [row[-1] for row in changed if row[0] == "new-period"] == ["2018"] * 4
    assert "north-growth" in (site / "errata.html").read_text(encoding="utf-8")
    assert [told(site, edition, "values")["north-growth"]["number"] for edition in EDITIONS] == [30, 35, 35]


@pytest.mark.build
@pytest.mark.parametrize("edition", EDITIONS)
def test_both_languages_hold_the_same_pages_exhibits_and_values(site, edition):
    pages = [{path.name for path in (site / edition / lang).glob("*.html")} for lang in LANGUAGES]
    figures, values = told(site, edition, "figures").values(), told(site, edition, "values").values()

    assert pages[0] == pages[1]
    assert [figure["id"] for figure in figures if not all(figure[part][lang] for part in ("title", "alt", "number") for lang in LANGUAGES)] == []
    assert [value["id"] for value in values if not all(value["text"][lang] for lang in LANGUAGES)] == []


STRAY = re.compile(
    r"0x[0-9a-f]{8,}|\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b"
    r"|\b\d{4}-\d\d-\d\dT\d\d:\d\d|/home/|/root/|/tmp/|/Users/|file://"
)
FIXED = re.compile(r"20\d\d-\d\d-01T00:00:00")  # the first of the month of issue, as files that must bear a time do


def stray(site: Path, own: str) -> list[tuple[str, str]]:
    """Each file of the site that bears what differs from machine to machine, with what it bears; packed files are unpacked.

    The code that an edition was made with says such things as examples, wherever it runs; of this project's own place it says nothing either.
    """
    found = []
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        parts = [path.read_bytes()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                parts = [packed.read(name) for name in packed.namelist()]
        for part in parts:
            text = FIXED.sub("", part.decode("utf-8", "ignore"))
            hits = () if path.name == CODE else STRAY.finditer(text)
            found += [(path.relative_to(site).as_posix(), text[hit.start() - 30 : hit.end() + 30]) for hit in hits]
            found += [(path.name, own)] if own in text else []
    return found


@pytest.mark.build
def test_nothing_published_bears_a_time_an_address_in_memory_a_random_id_or_a_path(site, small_book):
    assert stray(site, str(small_book)) == []


@pytest.mark.parametrize("text", ["at 0x7f00deadbeef", "6f1c2a1e-98f0-4a77-8f1e-0d2b6a4c9e11", "2026-11-26T03:02", "/home/someone/x", "file:///x"])
def test_what_differs_from_machine_to_machine_is_found(text, tmp_path):
    (tmp_path / "page.html").write_text(text, encoding="utf-8")

    assert [name for name, _ in stray(tmp_path, "not there")] == ["page.html"]
