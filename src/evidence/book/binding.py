"""Binds one language once with Jupyter Book into an empty folder, every warning an error."""

import re
import shutil
import sys
import tempfile
from pathlib import Path

from evidence import disk
from evidence.book import finishing, loads, trees
from evidence.book.standby import Standby
from evidence.errors import Refusal, Refusals
from evidence.runs import processes, scratch, surroundings

_PROGRAM = "from evidence.runs import processes; processes.follow(); from jupyter_book.cli.main import main; main()"


def bind(staged: Path, fonts_folder: Path, to: Path, lang: str) -> Path:
    """The bound book as static HTML in `to`, made in an empty folder, every warning an error; the trees of its pages lie beside `staged`.

    Raises:
        Refusals: E401 what Jupyter Book objected to, or as `disk.refused` what the system refused it; E410 a file that loads from another host.
    """
    for path in fonts_folder.glob("*.woff2"):
        shutil.copy(path, staged / "_static" / path.name)
    output = staged.with_name("output")
    shutil.rmtree(output, ignore_errors=True)
    command = [sys.executable, "-c", _PROGRAM, "build", ".", "--path-output", str(output), "-W", "--keep-going", "-q"]
    with tempfile.TemporaryDirectory(prefix="home-", dir=scratch.folder().absolute()) as home:
        code, said = processes.run(command, staged, surroundings.variables(Path(home)))
    if code:
        raise Refusals(_objections(said, staged))
    html = output / "_build" / "html"
    _finished(html, lang, whole=True)
    _moved(html.with_name(trees.FOLDER), staged.with_name(trees.FOLDER))
    return _moved(html, to)


def alone(staged: Path, names: list[str], to: Path, lang: str, standby: Standby) -> Path:
    """As `bind`, but these pages only, without fonts, trees and the search of a book; styles stay as they are.

    Raises:
        Refusals: E401 and E410 as `bind`.
    """
    output = staged.with_name("output")
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir()
    code, said = standby.bound(staged, [path for name in names for path in sorted(staged.glob(f"{name}.*"))], output)
    if code:
        raise Refusals(_objections(said, staged))
    _finished(output / "html", lang, whole=False)
    return _moved(output / "html", to)


def _finished(html: Path, lang: str, *, whole: bool) -> None:
    _drop_unused(html)
    finishing.finish(html, lang, whole=whole)
    if foreign := loads.foreign(html):
        raise Refusals(foreign)


def _moved(made: Path, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    return made.rename(to)


def _drop_unused(html: Path) -> None:
    """Takes away what no page loads: source maps, other languages' labels, pictures of services we do not use."""
    for pattern in (".buildinfo", ".nojekyll", "_sources", "_static/locales", "_static/images", "_static/**/*.map", "_static/*macros.html"):
        for left in list(html.glob(pattern)):
            shutil.rmtree(left) if left.is_dir() else left.unlink()


def _objections(said: str, staged: Path) -> list[Refusal]:
    if (broken := disk.told(said)) and (refused := disk.refused(broken)):
        return [refused]
    plain = re.sub(r"\x1b\[[0-9;]*m", "", said).replace(f"{staged}/", "")
    lines = [line.strip() for line in plain.splitlines() if re.search(r"WARNING|ERROR|Error:|error:", line)]
    return [Refusal("E401", found=line) for line in lines or [plain.strip()[-400:]]]
