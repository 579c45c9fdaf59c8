"""A published edition is made anew from its commit: the same bytes, or every file that differs is named."""

import json
import shutil
import subprocess

import pytest

from evidence.checking import published_site
from evidence.editions import freezing, register, reproduction
from evidence.errors import Refusal
from tests.editions.test_site import frozen
from tests.projects import CORRECTED, ELSEWHERE, FIRST, SECOND, called, evidence, small

LATER = ("glossary",)  # chapters that the first edition of the small book lacks, but for the one that compares


@pytest.fixture
def both(tmp_path):
    """An edition as it was published, and the same as it was made anew."""
    published = tmp_path / "published" / FIRST
    frozen(published.parent, FIRST)
    return published, shutil.copytree(published, tmp_path / "made" / FIRST)


def test_every_file_that_differs_is_named_with_how(both):
    published, made = both
    assert reproduction.compared(published, made) == {}

    (made / "figures.json").write_text("[1]", encoding="utf-8")
    (made / "values.json").unlink()
    (made / "more.txt").touch()
    (made / published_site.SUMS).write_text(freezing.sums(made), encoding="utf-8")

    assert reproduction.compared(published, made) == {"figures.json": "changed", "more.txt": "added", "values.json": "missing"}


def test_a_list_that_is_not_true_certifies_nothing(both):
    published, made = both
    (published / "figures.json").write_text("[1]", encoding="utf-8")

    assert reproduction.compared(published, made) == {"figures.json": "changed"}


UNTRUE = [{"commit": "", "clean": None}, {"commit": "0" * 40, "clean": False}, {}, {"commit": 5, "clean": True}, {"commit": "--x", "clean": True}]


@pytest.mark.parametrize("told", UNTRUE)
def test_an_edition_that_no_commit_holds_cannot_be_made_anew(tmp_path, told):
    folder = tmp_path / FIRST
    folder.mkdir()
    (folder / "edition.json").write_text(json.dumps(told), encoding="utf-8")

    with pytest.raises(Refusal, match="E509"):
        reproduction.reproduce(tmp_path, folder)


def test_a_record_of_an_edition_that_is_no_object_is_refused(tmp_path):
    (tmp_path / FIRST).mkdir()
    (tmp_path / FIRST / "edition.json").write_text("[]", encoding="utf-8")

    with pytest.raises(Refusal, match="E294"):
        reproduction.reproduce(tmp_path, tmp_path / FIRST)


def test_a_commit_that_the_repository_does_not_have_is_refused(tmp_path):
    folder = tmp_path / FIRST
    folder.mkdir()
    (folder / "edition.json").write_text(json.dumps({"commit": "0" * 40, "clean": True}), encoding="utf-8")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)

    with pytest.raises(Refusal, match="E510"):
        reproduction.reproduce(tmp_path, folder)


def test_a_package_of_another_version_than_the_lock_has_is_named():
    assert reproduction.unlike("pytest==0.1 \\\n    --hash=sha256:00\n")[0].startswith("pytest 0.1 → ")
    assert reproduction.unlike(f"pytest==0.1 ; python_version < '3'\nPyTest=={pytest.__version__} \\\n") == []


@pytest.mark.parametrize(("asked", "says"), [((), "E2126"), (("--site", "site"), f"E221 site there is no such edition: {SECOND} ({FIRST})")])
def test_an_edition_that_is_not_built_or_not_in_the_site_is_refused_with_what_is_there(tmp_path, asked, says):
    project = small(tmp_path / "project")
    frozen(project / "site", FIRST)

    done = called(project, "reproduce", SECOND, *asked, EVIDENCE_LANG="en")

    assert (done.returncode in (2, 5), says in done.stderr) == (True, True), done.stderr


@pytest.mark.build
@pytest.mark.slow
def test_an_edition_is_the_same_bytes_made_anew_elsewhere_without_what_came_later_and_a_changed_file_is_named(small_book, tmp_path):
    """Notebooks, tables and schemas that only a later edition has leave no trace in what the first one promises; the prose that its passages
    name stays. The code that it was made with, and what names its hash, is that of the whole project.

    Neither do the folder, the zone, the locale and the seed of hashes.
    """
    project = small(tmp_path / "a folder 別")
    for name in (CORRECTED, SECOND):
        shutil.rmtree(project / "data" / name)
    (project / "data" / "schema" / "glossary.json").unlink()
    for name in LATER:
        (project / "notebooks" / f"{name}.ipynb").unlink()
    toc = (project / "_toc.yml").read_text(encoding="utf-8").splitlines(keepends=True)
    (project / "_toc.yml").write_text("".join(line for line in toc if not line.strip().startswith(tuple(f"- file: {n}" for n in LATER))))
    (project / ".gitignore").write_text("_build\n__pycache__\n", encoding="utf-8")
    for asked in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "one"]):
        subprocess.run(["git", "-C", str(project), *asked], check=True)
    own = {"PYTHONPATH": str(project / "src")}  # an edition is as committed only where the code that runs is the project's own
    assert evidence(project, "build", FIRST, **own).returncode == 0
    assert register.total(project / "_build" / "html" / FIRST) == register.total(small_book / "_build" / "html" / FIRST)
    changed = project / "_build" / "html" / FIRST / "ja" / "index.html"
    changed.write_bytes(changed.read_bytes() + b" ")

    done = evidence(project, "reproduce", FIRST, "--to", str(tmp_path / "certificate.json"), **own, **ELSEWHERE)

    assert done.returncode == 6, done.stderr
    certificate = json.loads((tmp_path / "certificate.json").read_text(encoding="utf-8"))
    assert (certificate["same"], certificate["differing"]) == (False, {"ja/index.html": "changed"})
    assert certificate["promised"] == ""  # it was never published
    assert certificate["published"] == certificate["rebuilt"]  # the list itself was not rewritten
