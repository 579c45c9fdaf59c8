"""The tasks that make one edition: each with the files it reads and the files it makes."""

import contextlib
import json
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from evidence import disk, root
from evidence.book import contents, staging
from evidence.book.contents import Page
from evidence.build import bound, checks, findings
from evidence.build.bound import Book
from evidence.build.job import Job
from evidence.build.modules import CODE, code
from evidence.build.reads import noted, tables_of, told_to
from evidence.build.state import WORK
from evidence.checking import published_site
from evidence.curation import identifiers
from evidence.editions import code_archive, crate, downloads, freezing, imprint, metadata, provenance
from evidence.errors import Place, Refusal, Refusals
from evidence.runs import execution, promises
from evidence.runs.promises import Run
from evidence.tables import columns, corrections
from evidence.tables.edition import Edition
from evidence.words import LANGUAGES

PASSED, PASSED_IN = "passed\n", "passed.txt"  # what a check that found nothing leaves, and where


def editions(folder: Path, names: list[str], draft: tuple[str, ...] = ()) -> list[Job]:
    """Every task of these editions, working in the project's own folder; a draft in these languages.

    Raises:
        Refusal: as `edition`.
    """
    return [job for name in names for job in edition(folder, Edition(folder / "data" / name), place(folder, name), draft)]


def checked(folder: Path, names: list[str], draft: tuple[str, ...] = ()) -> list[Job]:
    """As `editions`, where the check was passed elsewhere."""
    for name in names:
        noted(place(folder, name) / PASSED_IN, PASSED)
    return editions(folder, names, draft)


def place(folder: Path, name: str) -> Path:
    """Where the tasks of this edition work."""
    return folder / WORK / name


def edition(folder: Path, edition: Edition, work: Path, draft: tuple[str, ...] = ()) -> Iterator[Job]:
    """Every task of this edition, working in the folder `work`; a draft in these languages has no files for citers and no PDF, and is not frozen.

    Each task reads the lock as well, for what other packages drew is not sealed under the hash of these, and the modules that say what a task does.
    Whatever a task refuses names the edition.

    Raises:
        Refusal: as `contents.pages`.
    """
    lock = [path for path in [folder / "requirements.lock", *(CODE / "build" / f"{name}.py" for name in ("tasks", "bound"))] if path.is_file()]
    with _named(edition.name):
        for job in _tasks(folder, edition, work, draft):
            reads = [*dict.fromkeys([*job.reads, *lock])]
            yield replace(job, reads=reads, action=partial(_refusing, edition.name, job.action))


def _refusing(name: str, action: Callable[[], object]) -> None:
    with _named(name):
        action()


@contextlib.contextmanager
def _named(name: str) -> Iterator[None]:
    """Lets nothing be refused that does not name its edition."""
    try:
        yield
    except Refusals as refused:
        raise Refusals([problem.of(name) for problem in refused.problems]) from refused
    except Refusal as refused:
        raise refused.of(name) from refused


def _tasks(folder: Path, edition: Edition, work: Path, draft: tuple[str, ...]) -> Iterator[Job]:
    source = folder / "data" / edition.name
    pages = contents.pages(folder, edition)
    checked, passed = work / "checked.json", work / PASSED_IN
    written = contents.written(folder, pages)
    inputs = [*root.files(source), *contents.schemas(source)]
    check = partial(_check, folder, edition.name, [*inputs, *written], checked, passed)
    yield Job(edition.name, "check", "", check, [*inputs, *written, folder / "_toc.yml", *code("build.checks")], [checked, passed])
    shown = []
    for lang in draft or LANGUAGES:
        for job in runs(folder, edition, lang, pages, work / lang):
            shown += [path for path in job.makes if path.suffix in (".svg", ".json", ".ipynb")]
            yield job
    if not draft:
        yield from _offers(folder, edition, pages, work)
        yield _values(folder, edition, pages, work)
    yield from bound.tasks(Book(folder, edition, pages, work, draft or LANGUAGES, not draft), [*shown, *written])
    if not draft:
        yield _freeze(folder, edition, work, [*inputs, *written])


def _offers(folder: Path, edition: Edition, pages: list[Page], work: Path) -> Iterator[Job]:
    """One task an exhibit: its files are made again only when its own data, words or drawing changed."""
    issuer = downloads.issuer(folder)
    runs = {lang: contents.runs(folder, edition, lang, pages, work / lang) for lang in LANGUAGES}
    numbers = contents.numbers(folder, edition, pages)
    for place, run in enumerate(runs[LANGUAGES[0]]):
        both = {lang: folder / runs[lang][place].out for lang in LANGUAGES}
        for id in promises.exhibits(run):
            reads = [path for out in both.values() for path in _left(out, id, run)]
            to = work / "offers" / id
            number = numbers.get(id, "")
            action = partial(downloads.make, edition.name, id, both, to, number, issuer)
            reads += [noted(work / "numbers" / id, number), *_issued(folder), columns.path(folder), *code("editions.downloads")]
            yield Job(edition.name, "files", id, action, reads, [to / downloads.CARD], apart=True, keeps=(to,))


def _issued(folder: Path) -> list[Path]:
    """The files that say who answers for the book and where its site stands."""
    named = folder / "data" / imprint.FILE
    return [folder / "_config.yml", *([named] if named.exists() else [])]


def _left(out: Path, id: str, run: Run) -> list[Path]:
    """What the run left of this exhibit."""
    return [out / name for name in promises.promised(run) if name.rpartition("/")[2].split(".")[0] == id]


def _values(folder: Path, edition: Edition, pages: list[Page], work: Path) -> Job:
    """The citations of all values, from what the runs in both languages left."""
    runs = [run for lang in LANGUAGES for run in contents.runs(folder, edition, lang, pages, work / lang)]
    tables = [folder / "data" / edition.name / f"{table}.csv" for table in bound.REGISTERS if edition.has(table)]
    reads = [path for run in runs if "values.json" in promises.promised(run) for path in [folder / run.out / "values.json"]]
    made = work / "offers" / downloads.VALUES
    action = partial(_valued, folder, edition, pages, work)
    reads += [*tables, *_issued(folder), folder / "_toc.yml", *code("editions.downloads")]
    return Job(edition.name, "values", "", action, reads, [made], apart=True, keeps=(made,))


def _valued(folder: Path, edition: Edition, pages: list[Page], work: Path) -> None:
    made = {lang: staging.records(pages, work / lang / "runs", bound.rows(edition)) for lang in LANGUAGES}
    downloads.make_values(edition.name, made, downloads.issuer(folder), work / "offers")


def _freeze(folder: Path, edition: Edition, work: Path, inputs: list[Path]) -> Job:
    name = edition.name
    frozen = work.parent / "editions" / name
    inputs = [*inputs, folder / "_config.yml", *(path for path in [folder / "requirements.lock"] if path.exists())]
    bound = [work / lang / name for lang in LANGUAGES for name in ("bound.txt", "typeset.txt")]
    origin = provenance.note(folder, [path.relative_to(folder).as_posix() for path in inputs], work / "origin.txt")
    reads = [*inputs, *_issued(folder), origin, work / "checked.json", *bound, *code("editions.freezing", "editions.downloads", "editions.metadata")]
    reads += _made_with(folder, edition)
    return Job(name, "freeze", "", partial(_frozen, folder, edition, work, inputs, frozen), reads, [frozen / published_site.SUMS])


def _check(folder: Path, name: str, inputs: list[Path], checked: Path, passed: Path) -> None:
    """Writes the hash of everything that was checked, taken before the check, so that a later change is noticed.

    `passed` says the same whatever was checked: a notebook waits for it, but runs again only when what it reads itself has changed.
    """
    hashes = _hashes(folder, inputs)
    problems = checks.check(folder, name)
    if problems:
        raise Refusals(problems)
    checked.parent.mkdir(parents=True, exist_ok=True)
    checked.write_text(json.dumps(hashes), encoding="utf-8")
    passed.write_text(PASSED, encoding="utf-8")


def _hashes(folder: Path, paths: Iterable[Path]) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): disk.sha256(path) for path in sorted(paths)}


def _frozen(folder: Path, edition: Edition, work: Path, inputs: list[Path], to: Path) -> None:
    """The frozen edition, if nothing it was made from was changed since it was checked.

    Raises:
        Refusals: E266 every file that was; E286 an id that was published as something else.
    """
    made = freezing.freeze(folder, edition.name, work, _hashes(folder, inputs), _programs(folder, edition, work), to)
    (to / published_site.CODE).write_bytes(code_archive.archive(folder, disk.loaded(to / "edition.json"), _made_with(folder, edition)))
    issuer = downloads.issuer(folder)
    cited = [*downloads.cited_exhibits(edition.name, made, work, issuer), *downloads.cited_values(edition.name, made, issuer)]
    identifiers.missing(identifiers.registered(folder / "data"), edition.name, freezing.published(to))
    metadata.write(to, cited, list(_crated(folder, edition, work, to)), issuer)
    checked = disk.loaded(work / "checked.json")
    changed = [path for path, hash in checked.items() if not (folder / path).exists() or disk.sha256(folder / path) != hash]
    if changed:
        raise Refusals([Refusal("E266", Place(path)) for path in changed])
    freezing.seal(to)


def _made_with(folder: Path, edition: Edition) -> list[Path]:
    """The files of the project, beside its code, from which this edition is made again: its own and those of the editions that it goes back to."""
    pages = contents.pages(folder, edition)
    source = folder / "data" / edition.name
    found = [path for part in (source, source.parent / "schema", folder / "book", folder / "notebooks") for path in root.files(part)]
    found += [*_issued(folder), *(path for name in code_archive.BESIDE if (path := folder / name).exists())]
    if any(promises.compares(run.code) for run in contents.runs(folder, edition, LANGUAGES[0], pages, Path(edition.name, LANGUAGES[0]))):
        found += [path for path in [folder / "data" / corrections.FILE] if path.exists()]
    return sorted({*found, *(_made_with(folder, edition.previous) if edition.has("previous") else ())})


def _programs(folder: Path, edition: Edition, work: Path) -> dict[str, list[str]]:
    """The paths of the notebook behind each page, and of the modules of analysis and chart that it uses."""
    rooms = (CODE / "analysis", CODE / "charts")
    found = {}
    for run in contents.runs(folder, edition, LANGUAGES[0], contents.pages(folder, edition), work / LANGUAGES[0]):
        used = code(*promises.modules(run.code))
        modules = [path.relative_to(CODE).as_posix() for path in used if path.parent in rooms and path.suffix == ".py"]
        found[run.name] = [run.notebook.relative_to(folder).as_posix(), *(f"src/evidence/{name}" for name in modules)]
    return found


def _crated(folder: Path, edition: Edition, work: Path, frozen: Path) -> Iterator[crate.Run]:
    """Each run of a notebook with the inputs it read and the files of the edition that came of it."""
    pages = contents.pages(folder, edition)
    for lang in LANGUAGES:
        for run in contents.runs(folder, edition, lang, pages, work / lang):
            reads = [f"data/{edition.name}/{table}.csv" for table in sorted(promises.tables(run.code))]
            folders = [frozen / "figures" / id for id in promises.exhibits(run)]
            other = next(one for one in LANGUAGES if one != lang)
            made = [path.relative_to(frozen).as_posix() for one in folders for path in sorted(one.iterdir()) if f".{other}." not in path.name]
            page = [f"{lang}/{run.name}.html", f"{lang}/workings-{run.name}.html"]
            yield crate.Run(f"{run.name}-{lang}", run.notebook.relative_to(folder).as_posix(), tuple(reads), (*made, *page))


def runs(folder: Path, edition: Edition, lang: str, pages: list[Page], work: Path, names: Container[str] | None = None) -> Iterator[Job]:
    """The runs behind the pages of these names, or of all, in one language, whose folder is `work`."""
    found = contents.runs(folder, edition, lang, pages, work.relative_to(folder))
    for run in (run for run in found if names is None or run.name in names):
        reads = [*tables_of(run, edition, folder, work / "given"), work.parent / PASSED_IN]
        reads += [run.notebook, columns.path(folder), noted(work / "given" / run.name, told_to(run))]
        reads += code("runs.execution", "runs.kernels", "exhibits.desk", *promises.modules(run.code))
        if promises.compares(run.code):
            reads += _compared(folder, edition, lang, [other for other in found if other != run])
        action = partial(_run, run, folder, pages)
        makes = [folder / run.out / name for name in promises.promised(run)]
        yield Job(edition.name, "run", f"{run.name} ({lang})", action, reads, makes, keeps=(folder / run.out,))


def _run(run: Run, folder: Path, pages: list[Page]) -> None:
    try:
        execution.execute(run, folder)
    except Refusal as refused:
        raise Refusals(findings.explained(refused, folder, pages)) from refused


def _compared(folder: Path, edition: Edition, lang: str, others: list[Run]) -> list[Path]:
    """What a notebook that compares two editions reads: the tables of both, the register of corrections, and what the other notebooks left."""
    before = edition.previous
    runs_before = contents.runs(folder, before, lang, contents.pages(folder, before), WORK / before.name / lang)
    earlier = [run for run in runs_before if not promises.compares(run.code)]
    left = [folder / run.out / name for run in [*others, *earlier] for name in promises.promised(run) if name.endswith((".json", ".csv"))]
    tables = [path for name in (edition.name, before.name) for path in root.files(folder / "data" / name)]
    return [*left, *tables, *(path for path in [folder / "data" / corrections.FILE] if path.exists())]
