"""Binds one language once with Jupyter Book into an empty folder, every warning an error."""

import re
import shutil
from pathlib import Path

from evidence import disk
from evidence.book import finishing, loads, standby, trees
from evidence.errors import Refusal, Refusals


def bind(staged: Path, fonts_folder: Path, to: Path, lang: str) -> Path:
    """The bound book as static HTML in `to`, made in an empty folder, every warning an error; the trees of its pages lie beside `staged`.

    Raises:
        Refusals: E401 what Jupyter Book objected to, or as `disk.refused` what the system refused it; E410 a file that loads from another host.
        Stopped, Refusal: as `Standby.bound`.
    """
    for path in fonts_folder.glob("*.woff2"):
        shutil.copy(path, staged / "_static" / path.name)
    html = _bound(staged, staged.with_name("output"), [])
    _finished(html, lang, whole=True)
    _moved(html.with_name(trees.FOLDER), staged.with_name(trees.FOLDER))
    return _moved(html, to)


def alone(staged: Path, names: list[str], to: Path, lang: str) -> Path:
    """As `bind`, but these pages only, without fonts, trees and the search of a book; styles stay as they are.

    Raises:
        Refusals: E401 and E410 as `bind`.
    """
    html = _bound(staged, staged.with_name("output"), [path for name in names for path in sorted(staged.glob(f"{name}.*"))])
    _finished(html, lang, whole=False)
    return _moved(html, to)


def _bound(staged: Path, output: Path, pages: list[Path]) -> Path:
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir()
    code, said = standby.bound(staged, output, pages)
    if code:
        raise Refusals(_objections(said, staged))
    return output / "html"


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
