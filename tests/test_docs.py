"""The guides say what the commands say: every command of a console block is run, in order, and its output compared."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.projects import PROJECT, copied, shown

GUIDES = {"new-edition.md": "en", "new-edition.ja.md": "ja"}
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.S | re.M)


def commands(guide: str) -> list[tuple[str, str]]:
    """Every command of the guide with the output it is said to have."""
    found: list[tuple[str, str]] = []
    for block in _BLOCK.findall((PROJECT / "docs" / guide).read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            lines = part.splitlines()
            length = next(number for number, line in enumerate(lines, 1) if not line.endswith("\\"))
            found.append(("\n".join(lines[:length]), "\n".join(lines[length:]).rstrip()))
    return found


def output(project: Path, command: str, lang: str) -> str:
    """What the command prints, both streams as a terminal shows them."""
    program, *arguments = shlex.split(command.replace("\\\n", " "))
    assert program == "evidence"
    told = shown(project, *arguments, EVIDENCE_LANG=lang, COLUMNS="120")
    assert "Traceback" not in told
    return "\n".join(line.rstrip() for line in told.splitlines()).rstrip()


@pytest.mark.slow
def test_every_command_of_a_guide_prints_what_the_guide_says(tmp_path):
    """One guide after the other: what the first built, the second takes from the store."""
    for guide, lang in GUIDES.items():
        project = copied(tmp_path / lang)
        shutil.copytree(PROJECT / "docs", project / "docs")

        for command, told in commands(guide):
            assert output(project, command, lang) == told, (guide, command)


def test_both_guides_run_the_same_commands():
    assert [command for command, _ in commands("new-edition.md")] == [command for command, _ in commands("new-edition.ja.md")]
    assert len(commands("new-edition.md")) >= 8


def test_each_file_that_the_house_names_stands_in_that_room():
    """A newcomer opens what CONTRIBUTING names beside a task; a module that was moved is not found there."""
    rows = re.findall(r"^\| (?:`(\w+)/`|ground) \|(.*)\|$", (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.M)
    named = [(room, name) for room, told in rows for name in re.findall(r"`([\w/]+\.(?:py|js|typ|csv))`", told)]
    code = PROJECT / "src" / "evidence"

    assert {room for room, _ in rows} == {"", *(path.parent.name for path in code.glob("*/__init__.py"))}
    assert len(named) > 20
    assert [one for one in named if not (code / one[0] / one[1]).is_file()] == []
