"""What `evidence verify` says of an edition: that it is as published only where that is proved, else in plain words what it was held against."""

import shutil

import pytest

from evidence.checking import signatures
from evidence.citing import citations
from evidence.cli import sites
from evidence.editions import freezing, publishing, register
from tests.checking.test_verification import VALUE, publish
from tests.cli.test_publishing import run
from tests.editions.test_publishing import forge
from tests.files.test_exports import made
from tests.projects import PROJECT

EDITION = "2019-09"
PUBLISHED = {"ja": "公開時のままです", "en": ": as published"}
UNPROVED = {"ja": "証明されていません", "en": "is not proved"}
LANGUAGES = pytest.mark.parametrize("lang", ["ja", "en"])


@pytest.fixture
def site(tmp_path):
    """A site with one edition that nobody signed."""
    publish(tmp_path / "site", EDITION, made())
    return tmp_path / "site"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project without a site of its own, with a publisher's key."""
    data = tmp_path / "project" / "data"
    data.mkdir(parents=True)
    shutil.copytree(PROJECT / "data" / "schema", data / "schema")
    publishing.new_key(tmp_path / "secret.key", data / signatures.PUBLIC, "")
    monkeypatch.setenv("EVIDENCE_ROOT", str(data.parent))
    return data.parent


def verified(monkeypatch, lang, *arguments):
    monkeypatch.setenv("EVIDENCE_LANG", lang)
    return run("verify", *arguments)


def signed(site, tmp_path):
    """The edition as its publisher signed it."""
    told = signatures.comment(EDITION, "2026-11-26", "Research Division")
    signature = signatures.beside(site / EDITION)
    signature.parent.mkdir(exist_ok=True)
    signature.write_bytes(publishing._signed(site / EDITION, publishing.opened(tmp_path / "secret.key"), told))


@LANGUAGES
def test_a_forged_edition_that_nobody_signed_is_not_said_to_be_as_published(site, tmp_path, monkeypatch, lang):
    monkeypatch.setenv("EVIDENCE_ROOT", str(tmp_path))  # no project
    forge(site / EDITION)

    done = verified(monkeypatch, lang, site / EDITION)

    assert (done.exit_code, PUBLISHED[lang] in done.stdout) == (0, False)
    assert UNPROVED[lang] in done.stdout and "SHA256SUMS" in done.stdout


@LANGUAGES
def test_a_file_or_id_held_against_a_site_that_nobody_signed_is_only_the_same_as_there(site, tmp_path, monkeypatch, lang):
    monkeypatch.setenv("EVIDENCE_ROOT", str(tmp_path))
    mailed = shutil.copy(site / EDITION / "figures" / "growth" / "growth.csv", tmp_path / "mailed.csv")

    done = verified(monkeypatch, lang, mailed, f"ratio:{citations.digits(VALUE)}", "--site", site)

    assert (done.exit_code, PUBLISHED[lang] in done.stdout, done.stdout.count(UNPROVED[lang])) == (0, False, 2)
    assert done.stdout.count(str(site)) == 2


@LANGUAGES
def test_an_edition_held_against_a_site_that_nobody_signed_is_only_the_same_as_there(site, tmp_path, monkeypatch, lang):
    monkeypatch.setenv("EVIDENCE_ROOT", str(tmp_path))
    copy = shutil.copytree(site / EDITION, tmp_path / EDITION)

    done = verified(monkeypatch, lang, copy, "--site", site)

    assert (PUBLISHED[lang] in done.stdout, UNPROVED[lang] in done.stdout, str(site) in done.stdout) == (False, True, True)


@LANGUAGES
def test_a_site_with_a_forged_edition_is_nowhere_said_to_be_as_published(site, project, monkeypatch, lang):
    shutil.copytree(site, project / "_build" / "html")
    forge(site / EDITION)
    (site / "SHA256SUMS").write_text(freezing.sums(site), encoding="utf-8")

    done = verified(monkeypatch, lang, site)

    assert (done.return_value, "E605" in done.stderr) == (6, True)
    assert PUBLISHED[lang] not in done.stdout


@LANGUAGES
@pytest.mark.parametrize("how", ["signed", "registered"])
def test_what_its_publisher_signed_or_registered_is_as_published(site, project, tmp_path, monkeypatch, lang, how):
    if how == "signed":
        signed(site, tmp_path)
    else:
        register.enter(project / "data", site / EDITION, "2026-11-26")
        (project / "data" / signatures.PUBLIC).unlink()
    csv = site / EDITION / "figures" / "growth" / "growth.csv"

    done = verified(monkeypatch, lang, site / EDITION, csv, "--site", site)

    assert (done.exit_code, done.stdout.count(PUBLISHED[lang]), UNPROVED[lang] in done.stdout) == (0, 2, False), done.stdout
    assert ("Research Division" if how == "signed" else "data/published.csv") in done.stdout


@LANGUAGES
def test_what_is_not_as_published_is_not_said_to_be_the_publishers(site, project, tmp_path, monkeypatch, lang):
    signed(site, tmp_path)
    (site / EDITION / "values.json").write_text("[]", encoding="utf-8")

    done = verified(monkeypatch, lang, site / EDITION, "--site", site)

    assert (done.return_value, "E601" in done.stderr) == (6, True)
    assert "Research Division" not in done.stdout


def test_what_was_registered_with_another_sum_is_told(site, project, monkeypatch):
    register.enter(project / "data", site / EDITION, "2026-11-26")
    (project / "data" / signatures.PUBLIC).unlink()
    forge(site / EDITION)

    done = verified(monkeypatch, "en", site / EDITION, "--site", site)

    assert (done.return_value, "E502" in done.stderr, PUBLISHED["en"] in done.stdout) == (6, True, False)


def test_the_signature_of_the_site_named_proves_a_copy_of_the_edition_alone(site, tmp_path, monkeypatch, project):
    signed(site, tmp_path)
    copy = shutil.copytree(site / EDITION, tmp_path / EDITION)

    done = verified(monkeypatch, "en", copy, "--site", site)

    assert (done.exit_code, PUBLISHED["en"] in done.stdout, "Research Division" in done.stdout) == (0, True, True), done.stdout


def test_lists_changed_beneath_a_signature_prove_no_digits(site, project, tmp_path, monkeypatch):
    signed(site, tmp_path)
    values = site / EDITION / "values.json"
    values.write_text(values.read_text(encoding="utf-8").replace("1.5", "9.5"), encoding="utf-8")
    changed = VALUE | {"number": 9.5, "text": {"ja": "9.5倍", "en": "9.5 times"}}

    done = verified(monkeypatch, "en", f"ratio:{citations.digits(changed)}", "--site", site)

    assert PUBLISHED["en"] not in done.stdout, done.stdout


@pytest.mark.parametrize("id", ["ｒａｔｉｏ", "Ratio", " ratio ", "ＲＡＴＩＯ"])
def test_an_id_is_read_in_the_letters_in_which_a_japanese_keyboard_writes_it(site, tmp_path, monkeypatch, id):
    monkeypatch.setenv("EVIDENCE_ROOT", str(tmp_path))
    digits = citations.digits(VALUE)

    done = verified(monkeypatch, "ja", f"{id}:{digits}", f"{id}：{digits.upper()}", "--site", site)
    assert (done.exit_code, done.exception) == (0, None), done.output
    assert sites.named("ｂｕｄｇｅｔーｇｒｏｗｔｈ－１") == sites.named("Budget‐growth–1") == "budget-growth-1"


def test_the_edition_asked_for_is_held_against_a_folder_too(site, tmp_path, monkeypatch):
    monkeypatch.setenv("EVIDENCE_ROOT", str(tmp_path))  # where this project's own site, if one is built, would be the published one
    other = verified(monkeypatch, "en", site / EDITION, "--edition", "2026-11")
    same = verified(monkeypatch, "en", site / EDITION, "--edition", EDITION)
    whole = verified(monkeypatch, "en", site, "--edition", EDITION)

    assert ("E618" in other.stderr, other.return_value, same.return_value) == (True, 6, None)
    assert ("E296" in whole.stderr, whole.return_value) == (True, 6)
