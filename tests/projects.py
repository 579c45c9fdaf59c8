"""Project folders for tests: a copy of the whole book, and the small book of `tests/small`, which builds in seconds through the same code."""

import contextlib
import csv
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest import mock

from evidence import root
from evidence.cli import app, speech
from evidence.tables import package

PROJECT = Path(__file__).parents[1]
SMALL = PROJECT / "tests" / "small"
PARTS = ("data", "book", "notebooks", "src", "_config.yml", "_toc.yml", "requirements.lock", "pyproject.toml")
SHARED = (
    "data/schema", "book/_static", "src", "_config.yml", "requirements.lock", "pyproject.toml",
    *(f"book/{lang}/{page}.md" for lang in ("ja", "en") for page in ("indicator", "indicators")),
    *(f"notebooks/{name}.ipynb" for name in ("indicator", "indicators")),
)  # fmt: skip  # what the small book takes from the whole one
FIRST, CORRECTED, SECOND = "2020-01", "2020-01-c1", "2021-01"  # editions of the small book; the other two go back to the first

ELSEWHERE = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "7", "EVIDENCE_LANG": "ja"}  # other circumstances of a build


def copied(project: Path) -> Path:
    """A copy of the whole project in this folder."""
    return _with(PARTS, project)


def small(project: Path) -> Path:
    """The small book as a project in this folder.

    Its descriptors say only which edition each goes back to; the rest is written here from the tables and the schemas of the whole book.
    """
    shutil.copytree(SMALL, project)
    _with(SHARED, project)
    for name in root.editions(project / "data"):
        package.write(project / "data" / name)
    return project


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """Writes the rows, of which there is one at least, in place of those that the table has; its descriptor stays."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def evidence(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What the command did when it was called for this project, with these variables set."""
    return subprocess.run(**_call(project, arguments, environment), capture_output=True)


def building(project: Path, **environment: str) -> subprocess.Popen[str]:
    """A build that goes on beside the tests, with these variables set; what it says is read once it has ended, or while it runs."""
    return subprocess.Popen(**_call(project, ("build",), environment), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def _call(project: Path, arguments: tuple[str, ...], environment: dict[str, str]) -> dict[str, Any]:
    command = [str(Path(sys.executable).with_name("evidence")), *arguments]
    return {"args": command, "cwd": project, "env": {**os.environ, "EVIDENCE_ROOT": str(project), **environment}, "text": True, "encoding": "utf-8"}


def called(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """As `evidence`, in this process: for commands that only read, many of which take less time than it takes to start one."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    code = _called(project, arguments, environment, out, err)
    return subprocess.CompletedProcess(arguments, code, _said(out), _said(err))


def shown(project: Path, *arguments: str, **environment: str) -> str:
    """What a terminal shows of the command that was called in this process: all that it says, in the order in which it says it."""
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    _called(project, arguments, environment, terminal, terminal)
    return _said(terminal)


def _called(project: Path, arguments: tuple[str, ...], environment: dict[str, str], out: io.TextIOWrapper, err: io.TextIOWrapper) -> int:
    variables = {"EVIDENCE_ROOT": str(project), **environment}
    with (
        mock.patch.dict(os.environ, variables), mock.patch.object(sys, "argv", ["evidence", *arguments]), contextlib.chdir(project),
        contextlib.redirect_stdout(out), contextlib.redirect_stderr(err),
    ):  # fmt: skip
        try:
            app.main()
            return 0
        except SystemExit as ended:
            return int(ended.code or 0)
        finally:
            speech.ask("")


def _said(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode()  # type: ignore[attr-defined,no-any-return]


def _with(parts: tuple[str, ...], project: Path) -> Path:
    for part in parts:
        source, to = PROJECT / part, project / part
        to.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, to, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, to)
    return project
