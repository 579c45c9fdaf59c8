"""The gate: whatever of an edition can be decided without a kernel. `evidence check` and the build ask the same function."""

from pathlib import Path

from evidence import root, words
from evidence.book import contents, prose, settings
from evidence.build import agreement, findings, indicators, periods, quoted, wording
from evidence.build.outline import Outline
from evidence.errors import Place, Refusal, Refusals
from evidence.tables import columns, facts, gate

_PROSE = {".ipynb": prose.notebook, ".md": prose.page}


def check(folder: Path, name: str) -> list[Refusal]:
    """Every problem of the edition in this project: of its tables, notebooks and pages, each by itself and together; each names the edition."""
    found: list[Refusal] = []
    try:
        found += _listed(folder)
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
    found: list[Refusal] = []
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
    _written, _captions, _unwritten, indicators.problems, agreement.problems, quoted.problems, findings.problems, periods.problems, wording.problems,
    wording.units,
)  # fmt: skip
