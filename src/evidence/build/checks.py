"""The gate: whatever of an edition can be decided without a kernel. `evidence check` and the build ask the same function."""

import re
from pathlib import Path

from evidence import disk, root, words
from evidence.book import contents, prose, settings
from evidence.build import agreement, findings, gaps, indicators, periods, quoted, wording
from evidence.build.outline import Outline
from evidence.errors import Place, Refusal, Refusals
from evidence.tables import columns, facts, gate

LOCK = "requirements.lock"
# A package in one version, for which systems, and what its archives are by their hashes; as pip reads it where it installs by hashes alone.
_PINNED = re.compile(r"[A-Za-z0-9._-]+(?:\[[\w,-]+\])?==[^\s;]+(?: ?;.+)?")
_HASH = re.compile(r"--hash=sha(?:256:[0-9a-f]{64}|384:[0-9a-f]{96}|512:[0-9a-f]{128})")
_OWN = ("_config.yml", "_toc.yml", LOCK, "book", "notebooks")
_PROSE = {".ipynb": prose.notebook, ".md": prose.page}


def check(folder: Path, name: str) -> list[Refusal]:
    """Every problem of the edition in this project: of its tables, notebooks and pages, each by itself and together; each names the edition."""
    found: list[Refusal] = []
    try:
        found += [*_listed(folder), *_lock(folder)]
        found += [*_settings(folder), *columns.problems(folder)]
        found += gate.check(folder / "data" / name)
        outline = Outline(folder, name)
        for problems in _TOGETHER:
            found += problems(outline)
    except (Refusal, Refusals) as refused:  # what keeps the rest from being read
        told = {str(one.place) for one in found}
        found += [one for one in (refused.problems if isinstance(refused, Refusals) else [refused]) if str(one.place) not in told]
    return [problem.of(name) for problem in found]


def _listed(folder: Path) -> list[Refusal]:
    """What stands where the project's own files stand and is none: E292, E2120 and E2122 of `root.files`."""
    found = [Refusal("E2120", Place(name), str(path.readlink())) for name in _OWN if root.strayed(path := folder / name)]
    for part in ("data", "book", "notebooks"):
        try:
            root.files(folder / part)
        except Refusals as refused:
            found += refused.problems
    return found


def _settings(folder: Path) -> list[Refusal]:
    """What keeps `_config.yml` from being read; the notebooks would have run by the time the book is bound with it."""
    try:
        settings.configuration(folder)
    except Refusal as refused:
        return [refused]
    return []


def _lock(folder: Path) -> list[Refusal]:
    """What keeps the lock from saying what an edition was made with: its hash is sealed into the edition. The first of it."""
    path = folder / LOCK
    try:
        lines = disk.text(path).split("\n")
    except Refusal as refused:
        return [refused]
    pins, begins, whole = 0, 1, ""
    for number, line in enumerate(lines, start=1):
        whole += line.removesuffix("\\")
        if line.endswith("\\") and number < len(lines):
            continue
        if whole.strip() and not whole.startswith("#"):
            pins += 1
            if not _pins(whole.split()):
                return [Refusal("E2124", Place(LOCK, begins), whole[:80])]
        begins, whole = number + 1, ""
    return [] if pins else [Refusal("E2124", Place(LOCK, 1))]


def _pins(words: list[str]) -> bool:
    """Whether these words of a lock are a package in one version, then its hashes, and no option of the installer.

    >>> [_pins(["a==1.0", *more]) for more in ([f"--hash=sha256:{'0' * 64}"], [], ["--pre", f"--hash=sha256:{'0' * 64}"])]
    [True, False, False]
    """
    told = [word for word in words if not word.startswith("-")]
    return bool(words[len(told) :] and _PINNED.fullmatch(" ".join(words[: len(told)])) and all(map(_HASH.fullmatch, words[len(told) :])))


def _written(outline: Outline) -> list[Refusal]:
    """What pages and notebooks do wrong by themselves."""
    paths = contents.written(outline.folder, outline.pages)
    return [problem for path in paths for problem in _PROSE[path.suffix](path, path.relative_to(outline.folder).as_posix())]


def _captions(outline: Outline) -> list[Refusal]:
    """E422 for a part of the book whose caption is no word."""
    parts = dict.fromkeys(page.part for page in outline.pages if page.part)
    return [Refusal("E422", Place("_toc.yml"), f"caption: {part}") for part in parts if not words.complete(part)]


def _unwritten(outline: Outline) -> list[Refusal]:
    """E2108 for every cell whose words are still to be written."""
    return [
        Refusal("E2108", Place(table.file, line, column), row.get("id", ""))
        for table in outline.tables.values()
        for line, row in zip(table.lines, table.rows, strict=True)
        for column, cell in row.items()
        if cell == facts.UNWRITTEN
    ]


_TOGETHER = (
    _written, _captions, _unwritten, indicators.problems, gaps.problems, agreement.problems, quoted.problems, findings.problems, periods.problems,
    wording.problems, wording.units,
)  # fmt: skip
