"""An edition is published by one key, once; the site is whole, and what is forged does not fit."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from evidence.checking import signatures
from evidence.curation import identifiers
from evidence.editions import datacite, downloads, freezing, imprint, publishing, register
from evidence.errors import Refusal, Refusals
from tests.editions.test_site import FIRST, KILLS, SECOND, frozen, killed, of_session, reading

PROJECT = Path(__file__).parents[2]
SAID = 'publisher:\n  ja: "研究振興課"\n  en: "Research Division"\ncontact: "bulletin@example.go.jp"\nclosed_network: true\n'


def rebuilt(project: Path, folder: Path) -> None:
    """The edition as a build leaves it under the publisher and address that are set now."""
    (folder / datacite.FILE).write_bytes(datacite.metadata(folder.name, downloads.issuer(project), {}))
    freezing.seal(folder)


@pytest.fixture
def project(tmp_path) -> Path:
    """A project with two built editions, a publisher and its key pair."""
    data = tmp_path / "project" / "data"
    shutil.copytree(PROJECT / "data" / "schema", data / "schema")
    shutil.copy(PROJECT / "_config.yml", data.parent)
    (data / imprint.FILE).write_text(SAID, encoding="utf-8")
    for name in (FIRST, SECOND):
        rebuilt(data.parent, frozen(data.parent / "_build" / "html", name))
    publishing.new_key(tmp_path / "secret" / "publisher.key", data / signatures.PUBLIC, "")
    return data.parent


@pytest.fixture
def key(project, tmp_path):
    return publishing.opened(tmp_path / "secret" / "publisher.key")


def built(project: Path, name: str = FIRST) -> Path:
    return project / "_build" / "html" / name


def proved(project: Path, edition: Path) -> dict[str, str]:
    return signatures.checked(edition, signatures.beside(edition), project / "data" / signatures.PUBLIC)


def test_an_edition_is_registered_signed_and_set_beside_those_that_are_there(project, tmp_path, key):
    site = tmp_path / "site"
    for name in (FIRST, SECOND):
        publishing.publish(project, built(project, name), site, key)

    assert [(told["edition"], told["publisher"]) for told in (proved(project, site / name) for name in (FIRST, SECOND))] == [
        (FIRST, "Research Division"), (SECOND, "Research Division"),
    ]  # fmt: skip
    assert list(register.promised(project / "data")) == [FIRST, SECOND]
    assert [freezing.changed(site / name) for name in (FIRST, SECOND)] == [[], []]
    assert "研究振興課" in (site / "index.html").read_text(encoding="utf-8")
    assert "bulletin@example.go.jp" in (site / "index.html").read_text(encoding="utf-8")


def test_the_day_stays_the_one_on_which_it_was_published_first(project, tmp_path, key):
    publishing.publish(project, built(project), tmp_path / "site", key)
    signature = project / "data" / "signatures" / f"{FIRST}.minisig"
    before = signature.read_bytes()

    publishing.publish(project, built(project), tmp_path / "another", key)

    assert signature.read_bytes() == before == (tmp_path / "another" / "signatures" / f"{FIRST}.minisig").read_bytes()


@pytest.mark.parametrize(
    ("told", "lacks"),
    [
        ("{}\n", ["publisher: ja", "publisher: en", "contact", "html.baseurl (_config.yml) | closed_network: true"]),
        (SAID.replace("true", "false"), ["html.baseurl (_config.yml) | closed_network: true"]),
        (SAID.replace("研究振興課", ""), ["publisher: ja"]),
        (SAID.replace("Research Division", "Référence"), ["publisher: en (ASCII)"]),
    ],
)
def test_nothing_is_touched_while_publisher_contact_or_address_is_missing(project, tmp_path, key, told, lacks):
    (project / "data" / imprint.FILE).write_text(told, encoding="utf-8")

    with pytest.raises(Refusals) as refused:
        publishing.publish(project, built(project), tmp_path / "site", key)

    assert [(problem.code, problem.found) for problem in refused.value.problems] == [("E503", what) for what in lacks]
    assert not (tmp_path / "site").exists() and not (project / "data" / register.FILE).exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "differs"),
    [
        (f"data/{imprint.FILE}", "研究振興課", "国際課", "publisher: 研究振興課 → 国際課"),
        (
            f"data/{imprint.FILE}",
            "contact:",
            'author:\n  ja: "調査班"\ncontact:',
            "author: エビデンスブック編集者 / The evidence book editors → 調査班",
        ),
        ("_config.yml", "\nsphinx:", "\nhtml:\n  baseurl: https://example.go.jp/book\nsphinx:", "address: – → https://example.go.jp/book"),
    ],
)
def test_an_edition_whose_citations_name_another_publisher_or_address_is_built_again_first(project, tmp_path, key, file, old, new, differs):
    path = project / file
    assert old in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    with pytest.raises(Refusals) as refused:
        publishing.publish(project, built(project), tmp_path / "site", key)

    assert [(problem.code, problem.found.startswith(differs)) for problem in refused.value.problems] == [("E513", True)]
    assert not (project / "data" / register.FILE).exists()
    rebuilt(project, built(project))
    publishing.publish(project, built(project), tmp_path / "site", key)


@pytest.mark.parametrize("told", ["editor: x\n", "contact: [a]\n", 'closed_network: "yes"\n'])
def test_a_setting_of_the_publisher_that_means_nothing_is_refused(project, told):
    (project / "data" / imprint.FILE).write_text(told, encoding="utf-8")

    with pytest.raises(Refusal) as refused:
        imprint.read(project / "data")

    assert refused.value.code == "E504"


def test_an_edition_that_is_there_is_not_written_over(project, tmp_path, key):
    site = tmp_path / "site"
    other = frozen(site, FIRST, "2")
    before = (other / "SHA256SUMS").read_bytes()

    with pytest.raises(Refusals) as refused:
        publishing.publish(project, built(project), site, key)

    assert {problem.code for problem in refused.value.problems} == {"E502"}
    assert (other / "SHA256SUMS").read_bytes() == before
    assert not (project / "data" / register.FILE).exists()


def test_only_the_key_of_the_publisher_signs(project, tmp_path):
    publishing.new_key(tmp_path / "other.key", tmp_path / "other.pub", "")

    with pytest.raises(Refusal) as refused:
        publishing.publish(project, built(project), tmp_path / "site", publishing.opened(tmp_path / "other.key"))

    assert refused.value.code == "E505"


def test_a_key_is_made_once_is_its_owners_alone_and_asks_for_its_password(tmp_path):
    secret, public = tmp_path / "secret.key", tmp_path / "publisher.pub"
    publishing.new_key(secret, public, "正しい")

    assert secret.stat().st_mode & 0o077 == 0
    publishing.opened(secret, "正しい")
    for password in ("", "wrong"):
        with pytest.raises(Refusal) as refused:
            publishing.opened(secret, password)
        assert refused.value.code == "E507"
    with pytest.raises(Refusal) as again:
        publishing.new_key(secret, tmp_path / "another.pub", "")
    assert again.value.code == "E506"


def forge(edition: Path) -> None:
    """Changes a number and writes the sums anew, as a forger would."""
    (edition / "values.json").write_text((edition / "values.json").read_text(encoding="utf-8") + " ", encoding="utf-8")
    freezing.seal(edition)


@pytest.mark.parametrize("how", ["sums written anew", "signature of another edition", "signature taken away", "signed with another key"])
def test_a_forged_edition_does_not_fit_its_signature(project, tmp_path, key, how):
    site = tmp_path / "site"
    for name in (FIRST, SECOND):
        publishing.publish(project, built(project, name), site, key)
    edition, signature = site / FIRST, signatures.beside(site / FIRST)
    if how == "sums written anew":
        forge(edition)
    elif how == "signature of another edition":
        shutil.copytree(site / SECOND, edition, dirs_exist_ok=True)
        signature.write_bytes(signatures.beside(site / SECOND).read_bytes())
    elif how == "signature taken away":
        signature.unlink()
    else:
        forge(edition)
        publishing.new_key(tmp_path / "forger.key", tmp_path / "forger.pub", "")
        told = signatures.comment(FIRST, "2026-11-26", "Research Division")
        signature.write_bytes(publishing._signed(edition, publishing.opened(tmp_path / "forger.key"), told))

    with pytest.raises(Refusal) as refused:
        proved(project, edition)

    assert refused.value.code == ("E616" if how == "signature taken away" else "E615")


@pytest.mark.skipif(not shutil.which("minisign"), reason="minisign is not installed")
def test_minisign_and_sha256sum_say_the_same(project, tmp_path, key):
    site = tmp_path / "site"
    publishing.publish(project, built(project), site, key)
    command = ["minisign", "-Vm", f"{FIRST}/SHA256SUMS", "-x", f"signatures/{FIRST}.minisig", "-p", "publisher.pub"]

    good = subprocess.run(command, cwd=site, capture_output=True, text=True)
    sums = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=site / FIRST, capture_output=True)
    forge(site / FIRST)
    bad = subprocess.run(command, cwd=site, capture_output=True, text=True)

    assert (good.returncode, sums.returncode) == (0, 0), good.stderr
    assert f"edition:{FIRST}" in good.stdout
    assert bad.returncode != 0


@pytest.mark.slow
def test_the_site_is_whole_at_whatever_moment_publishing_is_killed(project, tmp_path, key):
    site = tmp_path / "site"
    publishing.publish(project, built(project), site, key)
    program = (
        "import sys; from pathlib import Path; from evidence.editions import publishing\n"
        f"project, site, key = map(Path, sys.argv[1:])\nbuilt = project / '_build' / 'html' / {SECOND!r}\n"
        "publishing.publish(project, built, site, publishing.opened(key))"
    )
    command = [sys.executable, "-c", program, str(project), str(site), str(tmp_path / "secret" / "publisher.key")]
    started = time.monotonic()
    assert subprocess.run(command, cwd=project).returncode == 0
    whole = time.monotonic() - started
    for part in range(12):
        if part:
            shutil.rmtree(site / SECOND, ignore_errors=True)
        killed = subprocess.Popen(command, cwd=project, start_new_session=True)
        time.sleep(whole * (0.4 + 0.05 * part))
        killed.send_signal(signal.SIGKILL)
        killed.wait()

        assert of_session(killed.pid) == []
        assert freezing.changed(site / FIRST) == []
        assert not (site / SECOND).exists() or freezing.changed(site / SECOND) == []
        assert (site / "index.html").is_file()
    assert subprocess.run(command, cwd=project).returncode == 0
    assert proved(project, site / SECOND)["edition"] == SECOND
    assert not [path for path in tmp_path.iterdir() if path.name.endswith((".new", ".old"))]


@pytest.mark.slow
def test_publishing_goes_on_where_it_was_killed_however_often(project, tmp_path, key):
    """Killed at each step, then at random, while a second process reads the site: registers and signature are whole, or not there, as the site is."""
    site, data, chance = tmp_path / "site", project / "data", random.Random(1)
    publishing.publish(project, built(project), site, key)
    again = partial(publishing.publish, project, built(project, SECOND), site, key)
    started = time.perf_counter()
    again()
    usual = time.perf_counter() - started
    before = [path.read_bytes() for path in sorted(data.rglob("*")) if path.is_file()]
    reader, died, step, lost = reading(site, tmp_path / "told.txt"), 0, 0, []
    while died < KILLS:
        for path in (data / register.FILE, data / identifiers.FILE, data / signatures.FOLDER / f"{SECOND}{signatures.ENDING}"):
            path.unlink(missing_ok=True)
        was_killed = killed(again, step, chance.uniform(0, usual))
        step = step + 1 if was_killed and step is not None else None
        died += was_killed
        whole = [freezing.changed(site / name) == [] for name in (FIRST, SECOND) if (site / name).exists()] == [True, True]
        again()  # nobody has to mend anything by hand
        lost += [] if whole else [died]
    os.kill(reader, signal.SIGTERM)
    os.waitpid(reader, 0)
    reads, *faults = (tmp_path / "told.txt").read_text(encoding="utf-8").splitlines()
    print(f"{died} kills, {len(lost)} sites lost; {reads} reads, {len(faults)} faults")

    assert (lost, faults) == ([], [])
    assert len([path for path in data.rglob("*") if path.is_file()]) == len(before)
    assert [path.name for path in tmp_path.glob("site*")] == ["site"]


@pytest.mark.parametrize("place", [identifiers.FILE, register.FILE, f"{FIRST}{signatures.ENDING}"])
def test_what_is_entered_or_signed_is_there_as_a_whole_or_not_at_all(project, tmp_path, key, place, monkeypatch):
    """An empty register would be refused by every later build, an empty signature by every later publishing."""
    real = os.fsync

    def stopped(number: int) -> None:
        if place in Path(f"/proc/self/fd/{number}").readlink().name:
            raise KeyboardInterrupt
        real(number)

    with monkeypatch.context() as stopping, pytest.raises(KeyboardInterrupt):
        stopping.setattr(os, "fsync", stopped)
        identifiers.append(project / "data", [dict.fromkeys(identifiers.COLUMNS, "x")])
        (project / "data" / identifiers.FILE).unlink()
        publishing.publish(project, built(project), tmp_path / "site", key)

    assert not [path for path in (project / "data").rglob(place) if path.is_file()]
