"""What stands for an id, an edition, a table or a notebook is looked at before any path is made of it."""

import json

import pytest
from typer.testing import CliRunner

from evidence import root
from evidence.checking.published_site import Site
from evidence.cli.app import app
from evidence.errors import Refusal, Refusals
from tests.checking.test_verification import publish
from tests.files.test_exports import made
from tests.projects import PROJECT

PATHS = (
    "../../../../data/2019-09",
    "..",
    ".",
    "/etc",
    "growth/",
    "growth/../growth",
    "..\\x",
    "growth\0",
    "%2e%2e",
    "．．",
    "Growth",
    "growth.",
    "a" * 300,
)
ASKED = {
    "export": ("export", "{}", "--edition", "2019-09", "--to", "{out}", "--site", "{site}"),
    "export from the newest": ("export", "{}", "--to", "{out}", "--site", "{site}"),
    "export from an edition": ("export", "growth", "--edition", "{}", "--to", "{out}", "--site", "{site}"),
    "export all of an edition": ("export", "--all", "--edition", "{}", "--to", "{out}", "--site", "{site}"),
    "cite": ("cite", "{}", "--edition", "2019-09", "--site", "{site}"),
    "cite an edition": ("cite", "growth", "--edition", "{}", "--site", "{site}"),
    "register": ("register", "{}", "--site", "{site}"),
    "run": ("run", "{}"),
    "run an edition": ("run", "trends", "--edition", "{}"),
    "run about a subject": ("run", "programme", "-p", "subject={}"),
    "preview": ("preview", "{}"),
    "preview an edition": ("preview", "trends", "--edition", "{}"),
    "add": ("add", "{}"),
    "add to an edition": ("add", "measure", "--edition", "{}"),
    "build": ("build", "{}"),
    "check": ("check", "{}"),
    "package": ("package", "{}"),
    "new": ("new", "{}"),
    "new from": ("new", "2030-01", "--from", "{}"),
    "diff": ("diff", "2019-09", "{}"),
    "import into a table": ("import", __file__, "--edition", "2026-11", "--table", "{}"),
    "import into an edition": ("import", __file__, "--edition", "{}", "--table", "claims"),
    "correct": ("correct", "{}", "--row", "x", "--column", "value", "--to", "1", "--reason", "a | b", "--effect", "a | b"),
    "correct a table": (
        "correct",
        "2026-11",
        "--table",
        "{}",
        "--row",
        "x",
        "--column",
        "value",
        "--to",
        "1",
        "--reason",
        "a | b",
        "--effect",
        "a | b",
    ),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    publish(folder, "2019-09", made())
    return folder


@pytest.mark.parametrize("name", ["export", "export from the newest", "cite"])
def test_an_id_is_known_in_capitals_too_as_papers_and_shells_may_have_them(site, tmp_path, monkeypatch, name):
    monkeypatch.setenv("EVIDENCE_ROOT", str(PROJECT))
    told = [CliRunner().invoke(app, [part.format(id, out=tmp_path / id, site=site) for part in ASKED[name]]) for id in ("growth", "GROWTH")]

    assert [one.exit_code for one in told] == [0, 0]
    assert told[0].stdout.replace(str(tmp_path / "growth"), "") == told[1].stdout.replace(str(tmp_path / "GROWTH"), "")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("cite", "growth", "--edition", "2030-01"), "E221 site"),
        (("export", "growth", "--edition", "2030-01"), "E221 site"),
        (("export", "growth", "--formats", "csv,tiff"), "tiff (csv"),
    ],
)
def test_what_is_unknown_is_named_itself_and_nothing_is_written(site, tmp_path, monkeypatch, asked, says):
    monkeypatch.setenv("EVIDENCE_ROOT", str(PROJECT))
    monkeypatch.chdir(tmp_path)

    refused = CliRunner().invoke(app, [*asked, "--site", str(site)]).exception

    assert isinstance(refused, Refusal)
    assert says in f"{refused.code} {refused.place.file} {refused.found}"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_a_path_in_place_of_a_name_is_refused_and_nothing_is_written(site, tmp_path, monkeypatch, asked):
    monkeypatch.setenv("EVIDENCE_ROOT", str(PROJECT))
    before = sorted(path.name for path in (PROJECT / "data").iterdir())
    known = {"Growth"} if asked[0] in ("export", "cite") and asked[1] == "{}" else set()
    for path in (path for path in PATHS if path not in known):
        arguments = [part.format(path, out=tmp_path / "out", site=site) for part in asked]

        refused = CliRunner().invoke(app, arguments).exception

        assert isinstance(refused, (Refusal, Refusals)), (path, refused)
    assert not (tmp_path / "out").exists()
    assert sorted(path.name for path in (PROJECT / "data").iterdir()) == before


@pytest.mark.parametrize("path", [*PATHS, "con", "nul", "com1", "lpt9"])  # the last four are devices wherever the site is copied to a Windows share
def test_what_cannot_be_an_id_is_none(path):
    with pytest.raises(Refusal) as refused:
        root.identifier(path)
    assert refused.value.code == "E297"


@pytest.mark.parametrize("content", ['[{"id": "../../x"}]', "{", '[{"id": 5}]', "[5]", '[{"id": ' + "9" * 5000 + "}]", '{"id": "a"}'])
def test_a_site_whose_records_name_a_path_is_refused(site, tmp_path, content):
    folder = publish(tmp_path, "2019-09", made())
    (folder / "figures.json").write_text(content, encoding="utf-8")

    with pytest.raises(Refusal) as refused:
        Site(tmp_path).ids("figures")
    assert refused.value.code in ("E297", "E608")
    assert json.dumps(refused.value.record())
