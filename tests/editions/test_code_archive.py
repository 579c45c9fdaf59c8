"""The site holds what each edition was made with: whoever has the edition alone can make it again, and see by which code."""

import hashlib
import subprocess

import pytest

from evidence import disk, zips
from evidence.checking import published_figure, verification
from evidence.checking.published_site import CODE, Site
from evidence.editions import code_archive, register, reproduction
from tests.projects import SECOND, evidence

FIGURE = "growth-bars"
pytestmark = pytest.mark.build


@pytest.fixture(scope="module")
def site(small_book):
    return Site(small_book / "_build" / "html")


@pytest.fixture(scope="module")
def unpacked(site, tmp_path_factory):
    """What the code archive of the later edition holds, in a folder of its own."""
    folder = tmp_path_factory.mktemp("unpacked")
    for name, raw in zips.unzipped(disk.raw(site.edition(SECOND).folder / CODE)).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    return folder


def test_an_edition_is_made_again_from_its_own_code_archive_byte_for_byte(site, unpacked):
    done = evidence(unpacked, "build", SECOND, PYTHONPATH=str(unpacked / "src"))

    assert done.returncode == 0, done.stderr
    assert reproduction.compared(site.edition(SECOND).folder, unpacked / "_build" / "html" / SECOND) == {}


def test_the_read_me_says_in_both_languages_what_is_what_and_names_the_very_code_and_packages(site, unpacked):
    told, readme = disk.loaded(site.edition(SECOND).folder / "edition.json"), disk.text(unpacked / "README.txt")
    listed = subprocess.run(
        "find src/evidence -type f ! -path '*/__pycache__/*' | LC_ALL=C sort | xargs sha256sum | sha256sum",
        shell=True, cwd=unpacked, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip

    assert listed.split()[0] == told["code"] and readme.count(told["code"]) == 2
    assert readme.count(hashlib.sha256(disk.raw(unpacked / "requirements.lock")).hexdigest()) == 2
    assert readme.count(f"python -m evidence build {SECOND}") == 4  # a shell and PowerShell, in both languages
    assert "ノートブック" in readme and "one notebook for each chapter" in readme


def test_the_read_me_gives_whole_commands_for_a_shell_and_for_powershell(tmp_path):
    """On Windows nothing is left to translate: no `VARIABLE=value command`, no folder bin, no python3."""
    told = {"id": SECOND, "commit": "", "code": "c", "lock": "", "clean": True}
    readme = zips.unzipped(code_archive.archive(tmp_path, told, []))["README.txt"].decode("utf-8-sig")
    commands = [line.strip() for line in readme.splitlines() if line.startswith("    ")]
    windows = [line for line in commands if "\\" in line or line.startswith(("py ", "$env:"))]

    assert windows == 2 * [
        "py -3 -m venv .venv",
        r".venv\Scripts\python -m pip install --require-hashes -r requirements.lock",
        '$env:PYTHONPATH = "src"',
        rf".venv\Scripts\python -m evidence build {SECOND}",
    ]
    assert commands.count("python3 -m venv .venv") == 2 and len(commands) == 14
    assert readme.count("PowerShell") == 2


def test_the_archive_of_an_exhibit_holds_its_notebook_and_the_modules_of_analysis_and_chart_and_says_so(site):
    one = site.edition(SECOND)
    raw = published_figure.archive(one, FIGURE)
    packed, whole = zips.unzipped(raw), zips.unzipped(disk.raw(one.folder / CODE))
    code = {name.removeprefix("code/"): part for name, part in packed.items() if name.startswith("code/")}

    assert {"notebooks/trends.ipynb", *(f"src/evidence/{name}.py" for name in ("analysis/trends", "charts/trends", "charts/look"))} <= code.keys()
    assert {name.split("/")[0] for name in code} == {"notebooks", "src"} and not [name for name in code if "/cli/" in name or "/curation/" in name]
    assert all(whole[name] == part for name, part in code.items())
    readme = packed["README.txt"].decode("utf-8-sig")
    told = disk.loaded(one.folder / "edition.json")
    assert readme.count("code/notebooks/trends.ipynb") == 2 and readme.count(CODE) == 2
    assert readme.count(told["code"]) == 2 and readme.count(told["lock"]) == 2
    assert published_figure.archive(one, FIGURE) == raw
    assert verification.content("mailed.zip", raw, site).path == f"figures/{FIGURE}/{FIGURE}.zip"


def test_the_page_of_an_exhibit_leads_to_the_code_that_made_it(site):
    page = disk.text(site.edition(SECOND).folder / "figures" / FIGURE / "index.html")

    assert page.count('href="../../code.zip"') == 2 and page.count("notebooks/trends.ipynb") == 2
    assert 'href="../../ja/workings-trends.html"' in page and 'href="../../en/workings-trends.html"' in page


def test_what_the_edition_was_made_with_changes_nothing_of_what_was_promised(site):
    """The code differs with every commit though nothing that a reader sees does, as `edition.json` does."""
    assert CODE in register.MADE_OF
