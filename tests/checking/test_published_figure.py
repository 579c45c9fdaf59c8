"""The archive of an exhibit holds what was published of it, says what that is, and is the same whenever it is made."""

import subprocess

import frictionless
import pytest

from evidence import zips
from evidence.checking import published_figure, verification
from evidence.checking.published_site import Site
from evidence.citing import stamps
from tests.checking.test_verification import publish
from tests.files.test_exports import made


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    publish(folder, "2019-09", made())
    return Site(folder)


@pytest.fixture(scope="module")
def raw(site):
    return published_figure.archive(site.editions[0], "growth")


def test_the_archive_holds_all_files_with_sums_that_hold_and_a_description_that_is_valid(raw, tmp_path):
    for name, part in zips.unzipped(raw).items():
        (tmp_path / name).write_bytes(part)

    assert {path.name for path in tmp_path.iterdir()} == set(made()) | {"README.txt", "datapackage.json", "SHA256SUMS"}
    assert subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=tmp_path).returncode == 0
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])


def test_the_archive_says_in_both_languages_how_it_is_cited_and_under_what_terms_it_is_used(raw):
    readme = zips.unzipped(raw)["README.txt"].decode("utf-8-sig")

    assert "出典の書き方:\na" in readme and "How to cite after processing:\nb" in readme
    assert readme.count("CC BY 4.0") == 2 and "出典を明記し" in readme and "name the source" in readme


def test_an_archive_made_again_is_the_published_one_and_one_without_a_file_is_not(site, raw):
    said = stamps.Stamp("2019-09", "growth", site.editions[0].digits("figures", "growth"))
    parts = zips.unzipped(raw)

    assert published_figure.archive(site.editions[0], "growth") == raw
    assert verification.content("mailed.zip", raw, site).path == "figures/growth/growth.zip"
    with pytest.raises(Exception, match="E610") as refused:
        verification.content("mailed.zip", zips.zipped({name: parts[name] for name in parts if name != "growth.csv"}, str(said)), site)
    assert "growth.csv" in refused.value.found
