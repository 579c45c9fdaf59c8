"""The command says no without a traceback, in the user's language, with the exit code of its kind."""

import ast
import contextlib
import inspect
import json
import shlex
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import typer

from evidence import words
from evidence.cli import app, speech
from tests.projects import PROJECT, called, evidence

EDITION = "2019-09"
DOCUMENT = "予算\n要求額 2,386百万円、24か国\n"
SECTIONS = "heading,heading_en,begins_with,occurrence,kind,part_ja,part_en\n予算,Budget,予算,1,slide,予算,Budget\n"


@pytest.mark.parametrize(
    ("arguments", "lang", "code", "says"),
    [
        (("check", "2020-01"), "en", 2, "E221 data there is no such edition: 2020-01"),
        (("check", "2020-01"), "ja", 2, "E221 data その名前の版はありません: 2020-01"),
        (("build", "../x"), "en", 2, "E221"),
        (("audit", "no-such-file.txt"), "en", 2, "E216 evidence audit the file no-such-file.txt cannot be opened"),
        (("build", "--jobs", "0"), "en", 2, "E218 evidence build the command cannot be read: Invalid value for '--jobs'"),
        (("bulid",), "en", 2, "E214 evidence there is no command bulid → build"),
        (("--lang", "ja", "bulid"), "en", 2, "E214 evidence コマンド bulid → build はありません"),
        (("check", "--editon"), "ja", 2, "E213 evidence check オプション --editon はありません"),
        (("import", "README.md", "--tabel"), "en", 2, "E213 evidence import there is no option --tabel → --table"),
        (("cite",), "ja", 2, "E215 evidence cite ID がありません"),
        (("import", "README.md", "--edition", "2026-11"), "en", 2, "E215 evidence import --table is missing"),
        (("new", "2027-03", "--from"), "en", 2, "E215 evidence --from … is missing"),
        (("cite", "x", "--lang", "fr"), "en", 2, "E217 evidence cite it is no value to choose: fr (ja, en)"),
        (("check", "a", "b"), "en", 2, "E218 evidence check"),
        (("--lang", "ja"), "en", 2, "E218 evidence"),
        (("new", "../x"), "en", 2, "E267"),
        (("new", "2019-09"), "ja", 2, "E268 data その版は既にあります"),
        (("import", "README.md", "--table", "measures", "--edition", "2019-09", "--map", "年度"), "en", 2, "E283"),
        (("diff", "2019-09", "2019-13"), "en", 2, "E221"),
        (("run", "trends", "-p", "out=elsewhere"), "en", 3, "E306 -p:out"),
        (("run", "programme"), "en", 3, "E309 programme.ipynb:subject"),
        (("import", "README.md", "--table", "../schema/measures", "--edition", "2026-11"), "en", 2, "E263 --table"),
        (("import", "README.md", "--table", "measures", "--edition", "2019-09"), "en", 2, "E289 --edition"),
        (("import", "README.md", "--table", "measures", "--edition", "2019-09", "--set", "unit=a", "--set", "unit=b"), "en", 2, "E234 --set"),
    ],
)
def test_a_wrong_call_is_refused_without_a_traceback(arguments, lang, code, says):
    done = called(PROJECT, *arguments, EVIDENCE_LANG=lang)

    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_the_help_is_in_the_language_asked_for_and_teaches_by_example():
    whole, one = (called(PROJECT, *arguments, "--help", EVIDENCE_LANG="en").stdout for arguments in ([], ["import"]))
    japanese = called(PROJECT, "--lang", "ja", "--help", EVIDENCE_LANG="en").stdout

    assert "Add rows from a spreadsheet to a table\n" in whole
    assert "Example: evidence import budget.xlsx" in one
    assert "表計算ファイルの行を表に加える\n" in japanese


@pytest.mark.parametrize("name", [command.name or command.callback.__name__ for command in app.app.registered_commands])
def test_every_command_has_help_in_both_languages_and_an_example_that_parses(name):
    group = typer.main.get_command(app.app)
    for lang in ("ja", "en"):
        speech.ask(lang)
        command = group.get_command(None, name)
        written = [command.help, command.epilog, *(parameter.help for parameter in command.params)]
        assert all(written)
        program, asked, *arguments = shlex.split(words.word(f"help.{name}.example", lang))
        assert (program, asked) == ("evidence", name)
        assert command.make_parser(typer.Context(command)).parse_args(arguments)[1] == []
    speech.ask("")


def test_outside_a_project_the_command_says_where_it_looked(tmp_path):
    done = called(tmp_path, "check", EVIDENCE_LANG="en")

    assert (done.returncode, done.stderr[:4]) == (2, "E220")


def test_the_audit_counts_names_what_is_not_there_and_ends_with_six(tmp_path):
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    folder = tmp_path / "data" / EDITION
    document = tmp_path / "document.txt"
    document.write_text(DOCUMENT, encoding="utf-8")
    (folder / "sections.csv").write_text(SECTIONS, encoding="utf-8")
    header = (folder / "claims.csv").read_text(encoding="utf-8").splitlines()[0]
    row = dict.fromkeys(header.split(","), "") | {
        "id": "request",
        "source": "S01",
        "locator": "予算 ¶1",
        "as_printed": "2,387百万円",
        "status": "stated",
    }
    row |= {"text_ja": "要求額", "text_en": "Request"}
    quoted = ",".join(f'"{cell}"' if "," in cell else cell for cell in row.values())
    (folder / "claims.csv").write_text(f"{header}\n{quoted}\n", encoding="utf-8")
    for path in folder.glob("*.csv"):
        if path.stem not in ("claims", "sections", "ignored_numbers"):
            path.unlink()
    (folder / "ignored_numbers.csv").write_text("pattern,scope,reason_ja,reason_en\n国,*,例,example\n", encoding="utf-8")

    done = called(tmp_path, "audit", str(document), "--coverage")

    assert done.returncode == 6, done.stderr
    assert 'claims.csv:2 request: "2,387百万円" is not in 予算 ¶1' in done.stdout
    assert "0 of 1" in done.stdout
    assert "予算 ¶1: 24" in done.stdout


def test_with_json_a_refusal_names_every_part_in_both_languages():
    done = called(PROJECT, "--json", "check", "2020-01")
    (told,) = json.loads(done.stderr)

    assert done.returncode == 2
    assert {"code", "edition", "file", "line", "column", "found", "ja", "en"} == set(told)
    assert (told["code"], told["ja"][:4], told["en"][:4]) == ("E221", "E221", "E221")


def test_the_package_is_the_command(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "evidence", "--lang", "en", "--help"], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8"
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "build" in done.stdout


def test_no_command_takes_an_option_that_it_does_not_read():
    for name, command in typer.main.get_command(app.app).commands.items():
        body = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(command.callback))))
        read = {node.id for node in ast.walk(body) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
        assert [one.name for one in command.params if one.name not in read and one.name != "help"] == [], name


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("export", "nih-annual", "--all"), "E296 evidence export these exclude each other: nih-annual, --all"),
        (("build", "--lang", "ja", "--twice"), "E296 evidence build these exclude each other: --lang, --twice"),
        (("build", "--draft", "--twice"), "E296 evidence build these exclude each other: --draft, --twice"),
        (("--lang", "fr", "check"), "E217 --lang it is no value to choose: fr (ja, en)"),
        (("import", "docs/example/broken.csv", "--table", "claims", "--edition", "2026-11", "--sheet", "予算"), "E296 broken.csv these exclude"),
    ],
)
def test_an_option_that_would_be_ignored_is_refused(arguments, says):
    done = called(PROJECT, *arguments, EVIDENCE_LANG="en")

    assert (done.returncode, says in done.stderr) == (2, True), done.stderr


def test_an_edition_is_held_against_the_site_that_was_named(tmp_path):
    for folder in (tmp_path / "2019-09", tmp_path / "site" / "2026-11"):
        folder.mkdir(parents=True)
        (folder / "SHA256SUMS").touch()
        (folder / "edition.json").write_text(json.dumps({"id": folder.name}), encoding="utf-8")

    done = called(PROJECT, "verify", str(tmp_path / "2019-09"), "--site", str(tmp_path / "site"), EVIDENCE_LANG="en")

    assert (done.returncode, "E221 site there is no such edition: 2019-09" in done.stderr) == (6, True), done.stderr


def test_a_draft_tells_its_reasons_and_takes_as_many_tasks_at_a_time_as_were_asked_for(monkeypatch, capsys):
    asked = []

    def draft(*arguments: object) -> tuple[list[Path], dict[str, str]]:
        asked.append(arguments[-1])
        return [Path("index.html")], {"2019-09: bind the book (ja)": "first time"}

    monkeypatch.setattr("evidence.build.pipeline.draft", draft)
    monkeypatch.setattr("evidence.build.state.alone", lambda _: contextlib.nullcontext())
    monkeypatch.setattr("evidence.build.state.unchanged", lambda *_: None)

    typer.main.get_command(app.app)(["build", "2019-09", "--lang", "ja", "--why", "--jobs", "3"], standalone_mode=False)

    assert (capsys.readouterr().out.splitlines(), asked) == (["2019-09: bind the book (ja) <- first time", "index.html"], [3])


@pytest.mark.parametrize(
    ("variables", "starts"),
    [
        ({"LC_ALL": "C"}, "E221 data there is"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "ja_JP.UTF-8"}, "E221 data その名前"),  # not installed on most servers
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "ja_JP.UTF-8"}, "E221 data there is"),
    ],
)
def test_the_command_speaks_the_language_of_the_locale(variables, starts):
    done = called(PROJECT, "check", "2020-01", EVIDENCE_LANG="", **variables)

    assert done.stderr.startswith(starts)


def test_a_terminal_without_japanese_gets_every_word_written_out():
    """As cron and old terminals have it."""
    done = evidence(PROJECT, "--help", EVIDENCE_LANG="ja", PYTHONIOENCODING="latin-1:strict", PYTHONUTF8="0")

    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u" in done.stdout
