"""One page of one edition in one language, made from what is outdated of it alone: its notebook, and those of the values and exhibits it quotes."""

import contextlib
import re
import shutil
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from evidence import disk, root
from evidence.book import binding, staging, standby
from evidence.book.contents import Page
from evidence.build import bound, checks, pipeline, quoted, state, tasks
from evidence.build.job import Job
from evidence.build.outline import Outline
from evidence.build.progress import Board
from evidence.errors import Place, Refusal, Refusals
from evidence.exhibits import subjects
from evidence.nearest import near
from evidence.runs import promises
from evidence.tables.edition import opened

_KEPT = re.compile(r"^(?:# .*|\([a-z0-9-]+\)=|##+ .*)$", re.M)  # of a page that is only linked to: headings and their labels


@dataclass(frozen=True)
class Preview:
    """What is looked at, and the folder it is made in."""

    folder: Path
    edition: str
    lang: str
    chapter: str

    @property
    def to(self) -> Path:
        """Where the page is put together."""
        return self.folder / "_build" / "preview" / self.edition / self.lang

    def page(self, outline: Outline) -> Page:
        """The page of this name, or the first of the profiles that a notebook of this name makes.

        Raises:
            Refusal: E2113 when the edition has none.
        """
        found = [page for page in outline.pages if self.chapter in (page.name, page.file)]
        if not found:
            names = list(dict.fromkeys(name for page in outline.pages for name in (page.file, page.name)))
            raise Refusal("E2113", Place(self.edition), near(self.chapter, names))
        return found[0]

    def marks(self) -> dict[Path, int]:
        """When each file that the page may be made from was last saved."""
        parts = [self.folder / "data" / self.edition, *(self.folder / name for name in ("book", "notebooks", "_toc.yml", "_config.yml"))]
        return {path: path.stat().st_mtime_ns for part in parts for path in root.files(part) if path.exists()}


class Ready:
    """What stands ready from one save to the next, for each would start it anew: what binds, and what draws; used with `with`, and gone after it."""

    def __init__(self) -> None:
        self._held = contextlib.ExitStack()
        self._hands: pipeline.Hands | None = None

    def __enter__(self) -> "Ready":
        self._held.enter_context(standby.ready()).begin()
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def hands(self, found: list[Job], work: Path) -> pipeline.Hands:
        """What does the tasks, the same at each save."""
        self._hands = self._hands or self._held.enter_context(pipeline.hands_for(found, work))
        return self._hands


def make(preview: Preview, board: Board, ready: Ready) -> Path:
    """The page as HTML, its notebooks run where they are outdated; nothing else of the project is touched.

    Raises:
        Refusals: what of the page or its tables is wrong, and whatever its notebooks or its binding refuse.
    """
    outline = Outline(preview.folder, preview.edition)
    if wrong := problems(preview, outline):
        raise Refusals(wrong)
    page = preview.page(outline)
    shown = _shown(outline, page, preview.lang)
    made = outline.made(exhibits=True) | outline.made(exhibits=False)
    names = {page.name} | {made[id] for id in shown if id in made}
    needed = jobs(preview, outline, names)
    work = preview.folder / state.WORK
    work.mkdir(parents=True, exist_ok=True)
    reasons = state.Reasons(work / "reasons.json")
    if [job for job in needed if reasons.stale(job.name, job.reads) or not all(path.exists() for path in job.makes)]:
        pipeline.done(needed, work, board, ready=ready.hands(needed, work))
    staged = _staged(preview, outline, page, [one for one in outline.pages if one.name in names], shown)
    html = binding.alone(staged, [page.name, f"workings-{page.name}"], preview.to / "next", preview.lang)
    return _put(html, preview.to / "html") / f"{page.name}.html"


def problems(preview: Preview, outline: Outline) -> list[Refusal]:
    """What is wrong with the tables, _config.yml or _toc.yml; where nothing is, what is wrong with the page.

    Not that the descriptor tells of a table as it was before it was saved (E264): who writes will save it again, and `check` and `build` ask for it.
    """
    found = [one for one in checks.check(preview.folder, preview.edition) if one.code != "E264"]
    if whole := [one for one in found if one.place.file.startswith(("data/", "_"))]:
        return whole
    file = preview.page(outline).file
    own = {f"book/{preview.lang}/{file}.md", f"notebooks/{file}.ipynb"}
    return [one for one in found if one.place.file in own]


def _shown(outline: Outline, page: Page, lang: str) -> set[str]:
    """The ids of all that the page shows or quotes."""
    prose = staging.kept(disk.text(outline.folder / "book" / lang / f"{page.file}.md"), outline.had)
    return {id for _, kind, id in quoted.named(prose, page) if kind in ("exhibit", "quoted exhibit", "value", "citation")}


def jobs(preview: Preview, outline: Outline, names: set[str]) -> list[Job]:
    """The runs behind the pages of these names, as the build knows them; where one compares editions, all that it reads is made first.

    Raises:
        Refusals: as `pipeline.with_previous`.
    """
    folder, lang, work = preview.folder, preview.lang, preview.folder / state.WORK
    tasks.noted(work / preview.edition / tasks.PASSED_IN, tasks.PASSED)  # what was checked is told by `make`
    runs = partial(tasks.runs, folder, outline.edition, lang, outline.pages, work / preview.edition / lang)
    wanted = [*runs(names)]
    notebooks = {folder / "notebooks" / f"{page.file}.ipynb" for page in outline.pages if page.name in names}
    if not any(promises.compares(promises.source(path)) for path in notebooks if path.exists()):
        return wanted
    before = [name for name in pipeline.with_previous(folder / "data", [preview.edition]) if name != preview.edition]
    earlier = [job for name in before for job in tasks.edition(folder, opened(name), work / name, (lang,))]
    return pipeline.needed([*earlier, *runs()], wanted)


def _put(made: Path, html: Path) -> Path:
    """The page in the place that is served; what is looked at and made anew needs not be on the disk before it is."""
    before = html.with_name("before")
    shutil.rmtree(before, ignore_errors=True)
    if html.exists():
        html.rename(before)
    return made.rename(html)


def _staged(preview: Preview, outline: Outline, page: Page, pages: list[Page], shown: set[str]) -> Path:
    """The page with what it shows, ready to be bound; other pages are there by their headings alone, so that links are judged."""
    edition, runs = outline.edition, preview.folder / state.WORK / preview.edition / preview.lang / "runs"
    made: dict[str, Any] = staging.records(pages, runs, bound.rows(edition))
    made = {kind: {id: record for id, record in records.items() if id in shown} for kind, records in made.items()}
    bound.completed(made, preview.folder, edition, outline.pages, preview.lang)
    made["others"] = sorted(outline.had)
    preview.to.mkdir(parents=True, exist_ok=True)
    if not (preview.to / "runs").is_symlink():
        (preview.to / "runs").symlink_to(runs)
    alone = replace(page, parent="", part="")
    names = subjects.called(edition, preview.lang)
    staged = staging.stage(preview.folder, [alone], names, made, preview.lang, preview.to)
    others = [other for other in outline.pages if other.name != page.name]
    for other in others:
        (staged / f"{other.name}.md").write_text(_headings(outline, other, names, preview.lang), encoding="utf-8")
    with (staged / "_static" / "drawings.css").open("a", encoding="utf-8") as style:  # the book's own font is cut for the whole book
        style.write(".drawing svg text { font-family: 'Noto Sans CJK JP', sans-serif; }\n")
    worked = [{"file": path.stem} for path in sorted(staged.glob("workings-*.ipynb"))]
    toc = {"format": "jb-book", "root": page.name, "chapters": [*({"file": other.name} for other in others), *worked]}
    (staged / "_toc.yml").write_text(yaml.safe_dump(toc, allow_unicode=True), encoding="utf-8")
    return staged


def _headings(outline: Outline, page: Page, names: dict[str, str], lang: str) -> str:
    prose = staging.kept(disk.text(outline.folder / "book" / lang / f"{page.file}.md"), outline.had)
    prose = prose.replace("@subject@", page.subject).replace("@name@", staging.plain(names.get(page.subject, "")))
    return "\n\n".join(_KEPT.findall(prose)).replace(")=\n\n", ")=\n") + "\n"
