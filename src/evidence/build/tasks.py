"""The tasks that make one edition: each with the files it reads and the files it makes."""

import contextlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from evidence import root, words
from evidence.book import binding, contents, fonts, later, pdf, staging, trees
from evidence.book.contents import Page
from evidence.build import checks, findings
from evidence.build.modules import code
from evidence.curation import identifiers
from evidence.editions import crate, downloads, freezing, metadata, provenance
from evidence.errors import Place, Refusal, Refusals
from evidence.exhibits import subjects
from evidence.runs import execution, promises
from evidence.runs.promises import Run
from evidence.tables import columns, corrections
from evidence.tables.edition import Edition
from evidence.words import LANGUAGES

REGISTERS = {"claims": "ledger.html#claim-{}", "observations": "observations.html#observation-{}"}  # tables that values rest on, and their rows


@dataclass(frozen=True)
class Job:
    """One task: what it does, the files it reads, the files it makes; `apart` is one that only computes, and may do so in another process."""

    name: str
    action: Callable[[], object]
    reads: list[Path]
    makes: list[Path]
    apart: bool = False


def edition(folder: Path, edition: Edition, work: Path, languages: tuple[str, ...] = LANGUAGES) -> Iterator[Job]:
    """Every task of this edition, working in the folder `work`; an edition is frozen only when it is made in both languages.

    Each task reads the lock as well: what other packages drew is not sealed under the hash of these. Whatever a task refuses names the edition.

    Raises:
        Refusal: as `contents.pages`.
    """
    lock = [path for path in [folder / "requirements.lock"] if path.is_file()]
    with _named(edition.name):
        for job in _tasks(folder, edition, work, languages):
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


def _tasks(folder: Path, edition: Edition, work: Path, languages: tuple[str, ...]) -> Iterator[Job]:
    source = folder / "data" / edition.name
    pages = contents.pages(folder, edition)
    checked, passed = work / "checked.json", work / "passed.txt"
    written = contents.written(folder, pages)
    inputs = [*root.files(source), *contents.schemas(source)]
    check = partial(_check, folder, edition.name, [*inputs, *written], checked, passed)
    yield Job(f"{edition.name}: check data and prose", check, [*inputs, *written, folder / "_toc.yml", *code("build.checks")], [checked, passed])
    shown = []
    for lang in languages:
        for job in _runs(folder, edition, lang, pages, work / lang, passed):
            shown += [path for path in job.makes if path.suffix in (".svg", ".json", ".ipynb") and not path.name.endswith(".vl.json")]
            yield job
    if languages == LANGUAGES:
        yield from _offers(folder, edition, pages, work)
        yield _values(folder, edition, pages, work)
    cut = work / "-".join(["fonts", *(languages if languages != LANGUAGES else ())])
    yield from _fonts(edition.name, [*shown, *written], cut)
    for lang in languages:
        yield _bind(folder, edition, lang, pages, cut)
    if languages == LANGUAGES:
        for lang in languages:
            reads = [work / lang / "bound.txt", folder / "_config.yml", pdf.LAYOUT, *code("book.pdf")]
            action = partial(_typeset, folder, edition, lang, pages, work / lang)
            yield Job(f"{edition.name}: typeset the PDF ({lang})", action, reads, [work / lang / "typeset.txt"], apart=True)
        yield _freeze(folder, edition, work, [*inputs, *written])


def _offers(folder: Path, edition: Edition, pages: list[Page], work: Path) -> Iterator[Job]:
    """One task an exhibit: its files are made again only when its own data, words or drawing changed."""
    base = downloads.base(folder)
    runs = {lang: contents.runs(folder, edition, lang, pages, work / lang) for lang in LANGUAGES}
    numbers = contents.numbers(folder, edition, pages)
    for place, run in enumerate(runs[LANGUAGES[0]]):
        both = {lang: folder / runs[lang][place].out for lang in LANGUAGES}
        for id in promises.exhibits(run):
            reads = [path for out in both.values() for path in _left(out, id, run)]
            to = work / "offers" / id
            number = numbers.get(id, "")
            action = partial(downloads.make, edition.name, id, both, to, number, base)
            reads += [_noted(work / "numbers" / id, number), folder / "_config.yml", columns.path(folder), *code("editions.downloads")]
            yield Job(f"{edition.name}: files of {id}", action, reads, [to / downloads.CARD], apart=True)


def _noted(path: Path, text: str) -> Path:
    """The file that says this: what a task is told, and no other file holds, is compared as what it reads is."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return path


def _left(out: Path, id: str, run: Run) -> list[Path]:
    """What the run left of this exhibit."""
    return [out / name for name in promises.promised(run) if name.rpartition("/")[2].split(".")[0] == id]


def _values(folder: Path, edition: Edition, pages: list[Page], work: Path) -> Job:
    """The citations of all values, from what the runs in both languages left."""
    runs = [run for lang in LANGUAGES for run in contents.runs(folder, edition, lang, pages, work / lang)]
    tables = [folder / "data" / edition.name / f"{table}.csv" for table in REGISTERS if edition.has(table)]
    reads = [path for run in runs if "values.json" in promises.promised(run) for path in [folder / run.out / "values.json"]]
    made = work / "offers" / downloads.VALUES
    action = partial(_valued, folder, edition, pages, work)
    reads += [*tables, folder / "_config.yml", *code("editions.downloads")]
    return Job(f"{edition.name}: citations of the values", action, reads, [made], apart=True)


def _valued(folder: Path, edition: Edition, pages: list[Page], work: Path) -> None:
    made = {lang: staging.records(pages, work / lang / "runs", _rows(edition)) for lang in LANGUAGES}
    downloads.make_values(downloads.cited_values(edition.name, made, downloads.base(folder)), work / "offers")


def _freeze(folder: Path, edition: Edition, work: Path, inputs: list[Path]) -> Job:
    name = edition.name
    frozen = work.parent / "editions" / name
    inputs = [*inputs, folder / "_config.yml", *(path for path in [folder / "requirements.lock"] if path.exists())]
    bound = [work / lang / name for lang in LANGUAGES for name in ("bound.txt", "typeset.txt")]
    origin = provenance.note(folder, [path.relative_to(folder).as_posix() for path in inputs], work / "origin.txt")
    reads = [*inputs, origin, work / "checked.json", *bound, *code("editions.freezing", "editions.downloads", "editions.metadata")]
    return Job(f"{name}: freeze the edition", partial(_frozen, folder, edition, work, inputs, frozen), reads, [frozen / freezing.SUMS])


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
    passed.write_text("passed\n", encoding="utf-8")


def _hashes(folder: Path, paths: Iterable[Path]) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): freezing.sha256(path) for path in sorted(paths)}


def _frozen(folder: Path, edition: Edition, work: Path, inputs: list[Path], to: Path) -> None:
    """The frozen edition, if nothing it was made from was changed since it was checked.

    Raises:
        Refusals: E266 every file that was; E286 an id that was published as something else.
    """
    made = freezing.freeze(folder, edition.name, work, _hashes(folder, inputs), to)
    base = downloads.base(folder)
    cited = [*downloads.cited_exhibits(edition.name, made, work, base), *downloads.cited_values(edition.name, made, base)]
    identifiers.missing(identifiers.registered(folder / "data"), edition.name, freezing.published(to))
    metadata.write(to, cited, list(_crated(folder, edition, work, to)), base)
    checked = json.loads((work / "checked.json").read_text(encoding="utf-8"))
    changed = [path for path, hash in checked.items() if not (folder / path).exists() or freezing.sha256(folder / path) != hash]
    if changed:
        raise Refusals([Refusal("E266", Place(path)) for path in changed])
    freezing.seal(to)


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


def _runs(folder: Path, edition: Edition, lang: str, pages: list[Page], work: Path, passed: Path) -> Iterator[Job]:
    found = contents.runs(folder, edition, lang, pages, work.relative_to(folder))
    for run in found:
        tables = sorted(promises.tables(run.code))
        reads = [folder / "data" / edition.name / f"{table}.csv" for table in tables]
        reads += [folder / "data" / "schema" / f"{table}.json" for table in tables]
        reads += [run.notebook, passed, columns.path(folder)]
        reads += code("runs.execution", "runs.kernels", "exhibits.desk", *promises.modules(run.code))
        if promises.compares(run.code):
            reads += _compared(folder, edition, lang, [other for other in found if other != run])
        action = partial(_run, run, folder, pages)
        yield Job(f"{edition.name}: run {run.name} ({lang})", action, reads, [folder / run.out / name for name in promises.promised(run)])


def _run(run: Run, folder: Path, pages: list[Page]) -> None:
    try:
        execution.execute(run, folder)
    except Refusal as refused:
        raise Refusals(findings.explained(refused, folder, pages)) from refused


def _compared(folder: Path, edition: Edition, lang: str, others: list[Run]) -> list[Path]:
    """What a notebook that compares two editions reads: the tables of both, the register of corrections, and what the other notebooks left."""
    before = edition.previous
    runs_before = contents.runs(folder, before, lang, contents.pages(folder, before), Path("_build", "work", before.name, lang))
    earlier = [run for run in runs_before if not promises.compares(run.code)]
    left = [folder / run.out / name for run in [*others, *earlier] for name in promises.promised(run) if name.endswith((".json", ".csv"))]
    tables = [path for name in (edition.name, before.name) for path in root.files(folder / "data" / name)]
    return [*left, *tables, *(path for path in [folder / "data" / corrections.FILE] if path.exists())]


def _rows(edition: Edition) -> dict[str, str]:
    """The address of the row of every claim and observation on the page that lists them."""
    return {id: address.format(id) for table, address in REGISTERS.items() if edition.has(table) for id in edition.table(table)["id"]}


def _fonts(name: str, texts: list[Path], cut: Path) -> Iterator[Job]:
    used = cut / "characters.txt"
    yield Job(f"{name}: collect the characters of the book", partial(_characters, texts, used), [*texts, *code("book.fonts", "words")], [used])
    for weight in fonts.WEIGHTS:
        path = cut / f"noto-{weight}.woff2"
        yield Job(f"{name}: cut the font ({weight})", partial(_font, weight, used, path), [used, *code("book.fonts")], [path], apart=True)


def _characters(texts: list[Path], used: Path) -> None:
    """Writes the characters of what this edition shows: those of a chapter that only another edition has are not among them."""
    used.parent.mkdir(parents=True, exist_ok=True)
    shown = (path.read_text(encoding="utf-8") for path in texts)
    unescaped = (json.dumps(json.loads(text), ensure_ascii=False) if text.startswith(("{", "[")) else text for text in shown)
    used.write_text(fonts.characters([fonts.interface(), words.interface(), *unescaped]), encoding="utf-8")


def _font(weight: str, used: Path, path: Path) -> None:
    path.write_bytes(fonts.woff2(weight, used.read_text(encoding="utf-8")))


def _bind(folder: Path, edition: Edition, lang: str, pages: list[Page], cut: Path) -> Job:
    work = cut.parent
    made = [folder / run.out / name for run in contents.runs(folder, edition, lang, pages, work / lang) for name in promises.promised(run)]
    woffs = [cut / f"noto-{weight}.woff2" for weight in fonts.WEIGHTS]
    prose_files = sorted({folder / "book" / lang / f"{page.file}.md" for page in pages})
    static = sorted(root.files(folder / "book" / "_static"))
    cards = [work / "offers" / name for name in [*(f"{id}/{downloads.CARD}" for id in _ids(folder, edition, lang, pages, work)), downloads.VALUES]]
    cards = cards if cut.name == "fonts" else []
    settings = [folder / "_config.yml", folder / "_toc.yml"]
    tables = [folder / "data" / edition.name / f"{table}.csv" for table in later.TABLES if edition.has(table)]
    reads = [*made, *cards, *woffs, *prose_files, *static, *settings, *tables]
    reads += code("book.staging", "book.binding", "book.extension", "book.later")
    action = partial(_bound, folder, edition, lang, pages, cut)
    return Job(f"{edition.name}: bind the book ({lang})", action, reads, [work / lang / "bound.txt"])


def _ids(folder: Path, edition: Edition, lang: str, pages: list[Page], work: Path) -> list[str]:
    return [id for run in contents.runs(folder, edition, lang, pages, work / lang) for id in promises.exhibits(run)]


def _bound(folder: Path, edition: Edition, lang: str, pages: list[Page], cut: Path) -> None:
    work = cut.parent
    made: dict[str, Any] = {**staging.records(pages, work / lang / "runs", _rows(edition))}
    numbers = contents.numbers(folder, edition, pages)
    for id, record in made["exhibits"].items():
        record["number"] = staging.called(record["kind"], numbers.get(id, ""), lang)
    later.attach(made, edition, lang)
    if cut.name == "fonts":  # a draft of one language has nothing to offer
        downloads.add(made, work / "offers", lang)
        made["edition"] = edition.name
    staged = staging.stage(folder, pages, subjects.called(edition, lang), made, lang, work / lang)
    html = binding.bind(staged, cut, work / lang / "html", lang)
    sums = freezing.sums(html) + freezing.sums(work / lang / trees.FOLDER)
    (work / lang / "bound.txt").write_text(sums, encoding="utf-8")


def _typeset(folder: Path, edition: Edition, lang: str, pages: list[Page], work: Path) -> None:
    """The book and each of its pages as PDF."""
    made = json.loads((work / "staged" / "records.json").read_text(encoding="utf-8"))
    to = work / freezing.PDFS
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir()
    for name, raw in pdf.files(pdf.Bound(edition.name, lang, pages, work / trees.FOLDER, made, downloads.base(folder))):
        (to / name).write_bytes(raw)
    (work / "typeset.txt").write_text(freezing.sums(to), encoding="utf-8")
