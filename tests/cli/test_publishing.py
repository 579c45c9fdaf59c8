"""Publishing at the command line: what is said, and with which exit code."""

import shutil

import pytest
from typer.testing import CliRunner

from evidence.build import state
from evidence.cli import app
from evidence.editions import freezing, imprint
from evidence.errors import Refusal, Refusals
from tests.editions.test_publishing import PROJECT, SAID, built, forge, rebuilt
from tests.editions.test_site import FIRST, frozen


@pytest.fixture
def project(tmp_path, monkeypatch):
    top = tmp_path / "project"
    shutil.copytree(PROJECT / "data" / "schema", top / "data" / "schema")
    shutil.copy(PROJECT / "_config.yml", top)
    frozen(top / "_build" / "html", FIRST)
    monkeypatch.setenv("EVIDENCE_ROOT", str(top))
    monkeypatch.setenv("EVIDENCE_LANG", "ja")
    monkeypatch.setenv("EVIDENCE_KEY_PASSWORD", "word")
    return top


def run(*arguments):
    return CliRunner().invoke(app.app, [str(part) for part in arguments], standalone_mode=False)


def test_the_way_from_a_key_to_a_proof(project, tmp_path, monkeypatch):
    secret, site = tmp_path / "secret.key", tmp_path / "site"
    made = run("key", "--to", secret)
    lacking = run("publish", FIRST, "--to", site, "--key", secret, "--check")
    (project / "data" / imprint.FILE).write_text(SAID, encoding="utf-8")
    early = run("publish", FIRST, "--to", site, "--key", secret, "--check")
    rebuilt(project, built(project))
    ready = run("publish", FIRST, "--to", site, "--key", secret, "--check")
    done = run("publish", FIRST, "--to", site, "--key", secret)
    holds = run("verify", site / FIRST)

    assert "data/publisher.pub" in made.stdout and made.exit_code == 0
    assert isinstance(lacking.exception, Refusals) and lacking.exception.exit_code == 5
    assert [one.code for one in early.exception.problems] == ["E513"]
    assert "公開できます" in ready.stdout and (done.exit_code, done.exception) == (0, None)
    assert "data/signatures/2020-01.minisig" in done.stdout
    assert "Research Division" in holds.stdout and holds.exit_code == 0

    forge(site / FIRST)
    forged = run("verify", site / FIRST)
    assert (forged.return_value, "E615" in forged.stderr) == (6, True)

    monkeypatch.setenv("EVIDENCE_ROOT", str(tmp_path))  # no project, no key: nothing is proved, and that is said
    freezing.seal(site / FIRST)
    elsewhere = run("verify", site / FIRST)
    assert "--key" in elsewhere.stdout and "Research Division" not in elsewhere.stdout
    named = run("verify", site / FIRST, "--key", project / "data" / "publisher.pub")
    assert named.return_value == 6


def test_a_secret_key_is_not_put_into_the_project(project):
    done = run("key", "--to", project / "data" / "secret.key")

    assert isinstance(done.exception, Refusal) and done.exception.code == "E508"


@pytest.mark.parametrize("name", ["publish", "key", "template"])
def test_a_place_where_nothing_can_be_made_is_told_as_such(project, tmp_path, secret, name):
    """The system says of it that it is not there, which elsewhere is a mistake of ours: a traceback."""
    shutil.copytree(PROJECT / "tests" / "small" / "data" / FIRST, project / "data" / FIRST)
    place = "/proc/none/x.xlsx" if name == "template" else "/proc/none"
    (project / "data" / "publisher.pub").unlink() if name == "key" else None
    asked = {"key": ("key", "--to", place), "template": ("template", "claims", "--edition", FIRST, "--out", place)}

    done = run(*(asked | commands(place, secret))[name])

    assert isinstance(done.exception, Refusal), done.exception
    assert (done.exception.code, str(done.exception.place)) == ("E287", place)
    assert name != "publish" or not (project / "data" / "published.csv").exists()


def test_what_is_not_built_is_not_published(project, tmp_path):
    done = run("publish", "2031-01", "--to", tmp_path / "site")

    assert isinstance(done.exception, Refusal) and done.exception.code == "E221"
    assert built(project).is_dir()


@pytest.mark.parametrize("command", [("publish", "--check", "--to", "site"), ("register",)])
def test_an_edition_that_is_not_built_yet_is_said_to_be_so(project, command):
    shutil.copytree(PROJECT / "tests" / "small" / "data" / FIRST, project / "data" / "2031-01")

    done = run(command[0], "2031-01", *command[1:])

    assert (done.exception.code, done.exception.found) == ("E2126", "2031-01")


def test_what_was_changed_on_disk_is_not_read_to_be_registered(project):
    values = project / "_build" / "html" / FIRST / "values.json"
    values.write_text('["text"]', encoding="utf-8")

    refused = run("register", FIRST)

    assert [(one.code, one.place.file) for one in refused.exception.problems] == [("E501", f"{FIRST}/values.json")]
    assert not list((project / "data").glob("*.csv"))


@pytest.fixture
def secret(project, tmp_path):
    """The key of a project that may publish, whose last build is remembered."""
    (project / "data" / imprint.FILE).write_text(SAID, encoding="utf-8")
    rebuilt(project, built(project))
    run("key", "--to", tmp_path / "secret.key")
    state.remember(project, [FIRST], {})
    return tmp_path / "secret.key"


def commands(site, secret):
    return {"register": ("register", FIRST), "check": ("publish", FIRST, "--to", site, "--key", secret, "--check"),
            "publish": ("publish", FIRST, "--to", site, "--key", secret)}  # fmt: skip


@pytest.mark.parametrize("name", ["register", "check", "publish"])
def test_a_list_that_was_changed_with_its_files_is_not_what_the_build_made(project, tmp_path, secret, name):
    forge(project / "_build" / "html" / FIRST)

    refused = run(*commands(tmp_path / "site", secret)[name])

    assert [(one.code, one.place.file) for one in refused.exception.problems] == [("E501", f"{FIRST}/SHA256SUMS")]
    assert not list((project / "data").glob("*.csv")) and not (tmp_path / "site").exists()


@pytest.mark.parametrize("name", ["register", "check", "publish"])
@pytest.mark.parametrize("left", [None, "{}", '{"output": {}}', '{"output": 1}', "{"])
def test_where_no_build_remembers_the_list_that_is_said(project, tmp_path, secret, name, left):
    path = project / "_build" / "state.json"
    path.unlink() if left is None else path.write_text(left, encoding="utf-8")

    done = run(*commands(tmp_path / "site", secret)[name])

    assert (done.exit_code, done.exception) == (0, None)
    assert "_build/state.json" in done.stderr


@pytest.mark.parametrize("name", ["register", "check", "publish"])
def test_what_is_as_the_build_made_it_passes_without_a_word_of_that(project, tmp_path, secret, name):
    done = run(*commands(tmp_path / "site", secret)[name])

    assert (done.exit_code, done.stderr) == (0, "")


def test_a_check_tells_what_the_site_and_the_key_lack(project, tmp_path, secret):
    """As the publishing itself would: both were taken, and not looked at."""
    ask = commands(tmp_path / "site", secret)
    other = run(*commands(tmp_path / "site", tmp_path / "other.key")["check"])
    run(*ask["publish"])
    forge(tmp_path / "site" / FIRST)
    changed = run(*ask["check"])

    assert (other.exception.code, [one.code for one in changed.exception.problems]) == ("E507", ["E502"])
