"""The build as a graph of tasks in pytask: only what depends on a change is done again, several at a time.

Every task names the files it reads and the files it makes; pytask compares their content with the last run.
"""

import ast
import json
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytask
from _pytask.console import console as pytask_console

from evidence import book, chapters, contents, data, editions, fonts, gate, prose, subjects, words
from evidence.contents import Page
from evidence.data import Edition
from evidence.errors import Place, Refusal, Refusals
from evidence.progress import Board
from evidence.state import Reasons
from evidence.words import LANGUAGES

CODE = Path(__file__).parent
AT_ONCE = max(2, os.cpu_count() or 2)  # tasks that work at the same time
QUEUED = 2 * AT_ONCE + 2  # tasks handed out: pytask looks for finished ones about once a second, and none should wait for that


@dataclass(frozen=True)
class Job:
    """One task: what it does, the files it reads, the files it makes."""

    name: str
    action: Callable[[], object]
    reads: list[Path]
    makes: list[Path]


def build(folder: Path, names: list[str], board: Board) -> dict[str, str]:
    """Brings `_build/html` up to date with these editions; gives the tasks that were done, each with its reason.

    Raises:
        Refusals: everything that was refused, from whichever task refused it; the published book is untouched then.
    """
    work = folder / "_build" / "work"
    found = [job for name in names for job in _edition(folder, data.edition(name), work / name)]
    board.expect(len(found))
    work.mkdir(parents=True, exist_ok=True)
    settings = work / "pytask.toml"  # pytask keeps its records beside its settings
    settings.write_text("[tool.pytask.ini_options]\n", encoding="utf-8")
    reasons = Reasons(work / "reasons.json")
    working = threading.Semaphore(AT_ONCE)
    pytask_console.quiet = True  # the board shows what runs, refusals say what went wrong
    session = pytask.build(
        tasks=[_task(job, board, working, reasons) for job in found], paths=work, config=settings, verbose=0,
        n_workers=QUEUED, parallel_backend="threads", show_errors_immediately=False, capture="no",
    )  # fmt: skip
    refused = [problem for report in session.execution_reports if report.exc_info for problem in _problems(report.exc_info[1])]
    reasons.keep()
    if refused:
        raise Refusals(refused)
    if len(session.execution_reports) < len(found):
        raise KeyboardInterrupt  # pytask ends quietly when it is interrupted
    if session.exit_code != pytask.ExitCode.OK:
        raise RuntimeError(f"pytask ended with {session.exit_code!r}")
    if reasons.told or not (folder / "_build" / "html" / "index.html").exists():
        editions.site([work / "editions" / name for name in names], folder / "_build" / "html")
    return reasons.told


def _problems(error: BaseException | None) -> list[Refusal]:
    if isinstance(error, Refusals):
        return error.problems
    if isinstance(error, Refusal):
        return [error]
    if error is not None and type(error).__name__ != "SkippedAncestorFailed" and "Skipped" not in type(error).__name__:
        raise error
    return []


def _task(job: Job, board: Board, working: threading.Semaphore, reasons: Reasons) -> Callable[..., object]:
    @pytask.task(name=job.name, kwargs={"reads": job.reads, "produces": job.makes})
    def run(reads: list[Path], produces: list[Path]) -> None:
        with working, board.running(job.name):
            job.action()
        reasons.note(job.name, reads)

    return run


def _edition(folder: Path, edition: Edition, work: Path) -> Iterator[Job]:
    source = folder / "data" / edition.name
    pages = contents.pages(folder, edition)
    checked = work / "checked.json"
    written = contents.written(folder, pages)
    inputs = [*sorted(source.glob("*")), *contents.schemas(source)]
    check = partial(_check, folder, edition.name, [*inputs, *written], checked)
    yield Job(f"{edition.name}: check data and prose", check, [*inputs, *written, *_code("gate", "prose")], [checked])
    shown = []
    for lang in LANGUAGES:
        for job in _runs(folder, edition, lang, pages, work / lang, checked):
            shown += [path for path in job.makes if path.suffix in (".svg", ".json", ".ipynb")]
            yield job
    yield from _fonts(edition.name, [*shown, *written], work)
    for lang in LANGUAGES:
        yield _bind(folder, edition, lang, pages, work)
    frozen = work.parent / "editions" / edition.name
    sums = frozen / editions.SUMS
    inputs += [*written, folder / "_config.yml", *(path for path in [folder / "requirements.lock"] if path.exists())]
    bound = [work / lang / "bound.txt" for lang in LANGUAGES]
    action = partial(_frozen, folder, edition.name, work, inputs, frozen)
    yield Job(f"{edition.name}: freeze the edition", action, [*inputs, checked, *bound, *_code("editions")], [sums])


def _check(folder: Path, name: str, inputs: list[Path], checked: Path) -> None:
    """Writes the hash of everything that was checked, taken before the check, so that a later change is noticed."""
    hashes = _hashes(folder, inputs)
    problems = gate.check(folder / "data" / name)
    judges = {".ipynb": prose.notebook, ".md": prose.page}
    for path in inputs:
        if path.suffix in judges:
            problems += judges[path.suffix](path, path.relative_to(folder).as_posix())
    if problems:
        raise Refusals(problems)
    checked.parent.mkdir(parents=True, exist_ok=True)
    checked.write_text(json.dumps(hashes), encoding="utf-8")


def _hashes(folder: Path, paths: Iterable[Path]) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): editions.sha256(path) for path in sorted(paths)}


def _frozen(folder: Path, name: str, work: Path, inputs: list[Path], to: Path) -> None:
    """The frozen edition, if nothing it was made from was changed since it was checked.

    Raises:
        Refusals: E266 every file that was.
    """
    editions.freeze(folder, name, work, _hashes(folder, inputs), to)
    checked = json.loads((work / "checked.json").read_text(encoding="utf-8"))
    changed = [path for path, hash in checked.items() if not (folder / path).exists() or editions.sha256(folder / path) != hash]
    if changed:
        (to / editions.SUMS).unlink()  # so that it counts as made only once it is made from what was checked
        raise Refusals([Refusal("E266", Place(path)) for path in changed])


def _runs(folder: Path, edition: Edition, lang: str, pages: list[Page], work: Path, checked: Path) -> Iterator[Job]:
    for run in contents.runs(folder, edition, lang, pages, work.relative_to(folder)):
        code = chapters.source(run.notebook)
        tables = sorted(chapters.tables(code))
        reads = [folder / "data" / edition.name / f"{table}.csv" for table in tables]
        reads += [folder / "data" / "schema" / f"{table}.json" for table in tables]
        reads += [run.notebook, checked, *_code("chapters", "kernels", "exhibits", *chapters.modules(code))]
        action = partial(chapters.execute, run, folder)
        yield Job(f"{edition.name}: run {run.name} ({lang})", action, reads, [folder / run.out / name for name in chapters.promised(run)])


def _fonts(name: str, texts: list[Path], work: Path) -> Iterator[Job]:
    used = work / "fonts" / "characters.txt"
    yield Job(f"{name}: collect the characters of the book", partial(_characters, texts, used), [*texts, *_code("fonts", "words")], [used])
    for weight in fonts.WEIGHTS:
        path = work / "fonts" / f"noto-{weight}.woff2"
        yield Job(f"{name}: cut the font ({weight})", partial(_font, weight, used, path), [used, *_code("fonts")], [path])


def _characters(texts: list[Path], used: Path) -> None:
    """Writes the characters of what this edition shows: those of a chapter that only another edition has are not among them."""
    used.parent.mkdir(parents=True, exist_ok=True)
    shown = (path.read_text(encoding="utf-8") for path in texts)
    unescaped = (json.dumps(json.loads(text), ensure_ascii=False) if text.startswith(("{", "[")) else text for text in shown)
    used.write_text(fonts.characters([fonts.interface(), words.interface(), *unescaped]), encoding="utf-8")


def _font(weight: str, used: Path, path: Path) -> None:
    path.write_bytes(fonts.woff2(weight, used.read_text(encoding="utf-8")))


def _bind(folder: Path, edition: Edition, lang: str, pages: list[Page], work: Path) -> Job:
    made = [folder / run.out / name for run in contents.runs(folder, edition, lang, pages, work / lang) for name in chapters.promised(run)]
    woffs = [work / "fonts" / f"noto-{weight}.woff2" for weight in fonts.WEIGHTS]
    prose_files = sorted({folder / "book" / lang / f"{page.file}.md" for page in pages})
    static = sorted(path for path in (folder / "book" / "_static").rglob("*") if path.is_file())
    reads = [*made, *woffs, *prose_files, *static, folder / "_config.yml", folder / "_toc.yml", *_code("book", "binding")]
    action = partial(_bound, folder, edition, lang, pages, work)
    return Job(f"{edition.name}: bind the book ({lang})", action, reads, [work / lang / "bound.txt"])


def _bound(folder: Path, edition: Edition, lang: str, pages: list[Page], work: Path) -> None:
    made = book.records(pages, work / lang / "runs", set(edition.claims.id), lang)
    staged = book.stage(folder, pages, subjects.called(edition, lang), made, lang, work / lang)
    html = book.bind(staged, work / "fonts", work / lang / "html", lang)
    (work / lang / "bound.txt").write_text(editions.sums(html), encoding="utf-8")


def _code(*modules: str) -> list[Path]:
    """The files of these modules of the package, of all that they import from it, and the package's own tables."""
    found: set[Path] = set(CODE.glob("*.csv")) | set(CODE.glob("templates/*"))
    waiting = [module.removeprefix("evidence.") for module in modules]
    while waiting:
        path = CODE.joinpath(*waiting.pop().split(".")).with_suffix(".py")
        if path in found or not path.exists():
            continue
        found.add(path)
        waiting.extend(_imports(path))
    return sorted(found)


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "evidence":
            inside = node.module.removeprefix("evidence").removeprefix(".")
            yield inside
            yield from (f"{inside}.{alias.name}".removeprefix(".") for alias in node.names)
