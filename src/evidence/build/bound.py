"""The tasks from what the runs left to the bound book: its font, its pages, its PDF."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from evidence import disk, root, words
from evidence.book import binding, contents, elsewhere, extension, fonts, frame, later, pdf, staging, trees
from evidence.book.contents import Page
from evidence.build import store
from evidence.build.job import Job
from evidence.build.modules import code
from evidence.charts import typeface
from evidence.editions import downloads, freezing
from evidence.exhibits import subjects
from evidence.files import handout
from evidence.runs import promises
from evidence.tables.edition import Edition

REGISTERS = {"claims": "ledger.html#claim-{}", "observations": "observations.html#observation-{}"}  # tables that values rest on, and their rows

SHEETS = 1 << 28  # bytes of PDFs in store


@dataclass(frozen=True)
class Book:
    """The book of an edition in the languages that are made of it, put together in the folder `work`."""

    folder: Path
    edition: Edition
    pages: list[Page]
    work: Path
    languages: tuple[str, ...]
    whole: bool  # a draft offers no files and has no PDF

    @property
    def cut(self) -> Path:
        """Where its font is put."""
        return self.work / "-".join(["fonts", *(() if self.whole else self.languages)])


def tasks(book: Book, texts: list[Path]) -> Iterator[Job]:
    """The tasks that bind the book; `texts` are the files whose characters it shows."""
    yield from _fonts(book, texts)
    for lang in book.languages:
        yield _bind(book, lang)
    for lang in book.languages if book.whole else ():
        reads = [book.work / lang / "bound.txt", book.folder / "_config.yml", pdf.LAYOUT, *code("book.pdf", "files.handout")]
        made = book.work / lang / "typeset.txt"
        keeps = (book.work / lang / freezing.PDFS, made)
        yield Job(book.edition.name, "pdf", lang, partial(_typeset, book, lang), reads, [made], apart=True, keeps=keeps)


def rows(edition: Edition) -> dict[str, str]:
    """The address of the row of every claim and observation on the page that lists them."""
    return {id: address.format(id) for table, address in REGISTERS.items() if edition.has(table) for id in edition.table(table)["id"]}


def _fonts(book: Book, texts: list[Path]) -> Iterator[Job]:
    name, used = book.edition.name, {weight: book.cut / f"characters-{weight}.txt" for weight in typeface.WEIGHTS}
    made = [*used.values()]
    yield Job(name, "characters", "", partial(_characters, texts, used), [*texts, *code("book.fonts", "words")], made, keeps=(*made,))
    for weight, path in ((weight, book.cut / f"noto-{weight}.woff2") for weight in typeface.WEIGHTS):
        reads = [used[weight], *code("book.fonts")]
        yield Job(name, "font", weight, partial(_font, weight, used[weight], path), reads, [path], apart=True, keeps=(path,))


def _characters(texts: list[Path], used: dict[str, Path]) -> None:
    """Writes the characters of what this edition shows: those of a chapter that only another edition has are not among them."""
    shown = [disk.text(path) for path in texts]
    unescaped = (json.dumps(json.loads(text), ensure_ascii=False) if text.startswith(("{", "[")) else text for text in shown)
    every = {"regular": [fonts.interface(), words.interface(), *unescaped], "bold": [fonts.bold(shown)]}
    for weight, path in used.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(fonts.characters(every[weight]), encoding="utf-8")


def _font(weight: str, used: Path, path: Path) -> None:
    path.write_bytes(fonts.woff2(weight, disk.text(used)))


def _bind(book: Book, lang: str) -> Job:
    folder, runs = book.folder, contents.runs(book.folder, book.edition, lang, book.pages, book.work / lang)
    made = [folder / run.out / name for run in runs for name in promises.promised(run)]
    woffs = [book.cut / f"noto-{weight}.woff2" for weight in typeface.WEIGHTS]
    prose = sorted({folder / "book" / lang / f"{page.file}.md" for page in book.pages})
    static = sorted(root.files(folder / "book" / "_static"))
    cards = [*(f"{id}/{downloads.CARD}" for run in runs for id in promises.exhibits(run)), downloads.VALUES] if book.whole else []
    tables = [folder / "data" / book.edition.name / f"{table}.csv" for table in later.TABLES if book.edition.has(table)]
    reads = [*made, *(book.work / "offers" / name for name in cards), *woffs, *prose, *static, folder / "_config.yml", folder / "_toc.yml", *tables]
    reads += code("book.staging", "book.binding", "book.extension", "book.later", "book.elsewhere")
    work = book.work / lang
    keeps = (work / "html", work / trees.FOLDER, work / "staged" / "records.json", work / "bound.txt")
    return Job(book.edition.name, "bind", lang, partial(_bound, book, lang), reads, [work / "bound.txt"], keeps=keeps)


def _bound(book: Book, lang: str) -> None:
    work, edition = book.work / lang, book.edition
    made: dict[str, Any] = {**staging.records(book.pages, work / "runs", rows(edition))}
    completed(made, book.folder, edition, book.pages, lang)
    if book.whole:
        downloads.add(made, book.work / "offers", lang)
        made["edition"] = edition.name
    staged = staging.stage(book.folder, book.pages, subjects.called(edition, lang), made, lang, work)
    html = binding.bind(staged, book.cut, work / "html", lang)
    (work / "bound.txt").write_text(freezing.sums(html) + freezing.sums(work / trees.FOLDER), encoding="utf-8")


def completed(made: dict[str, Any], folder: Path, edition: Edition, pages: list[Page], lang: str) -> None:
    """Gives the records what no run can know: the number that each exhibit bears among all pages, and what has become known since."""
    numbers = contents.numbers(folder, edition, pages)
    for id, record in made["exhibits"].items():
        record["number"] = staging.called(record["kind"], numbers.get(id, ""), lang)
    later.attach(made, edition, lang)
    elsewhere.attach(made, edition)
    elsewhere.name(made, edition, lang)


def _typeset(book: Book, lang: str) -> None:
    """The book and each of its pages as PDF."""
    work = book.work / lang
    made = disk.loaded(work / "staged" / "records.json")
    to = work / freezing.PDFS
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir()
    told = pdf.Bound(book.edition.name, lang, book.pages, work / trees.FOLDER, made, downloads.base(book.folder))
    kept, module = store.opened().part("sheets"), disk.sha256(Path(pdf.__file__))

    def once(given: dict[str, bytes], make: Callable[[], bytes]) -> bytes:
        hashes = {one: hashlib.sha256(raw).hexdigest() for one, raw in given.items()}
        return kept.made(store.key("pdf", hashes | {"pdf.py": module}, []), make)

    for name, raw in pdf.files(told, once):
        (to / name).write_bytes(raw)
    (to / f"{frame.HANDOUT}.pptx").write_bytes(_slides(book, lang, made))
    (work / "typeset.txt").write_text(freezing.sums(to), encoding="utf-8")
    kept.prune(SHEETS)


def _slides(book: Book, lang: str, made: dict[str, Any]) -> bytes:
    """What the book says before its first exhibit, as slides."""
    tree = disk.loaded(book.work / lang / trees.FOLDER / f"{book.pages[0].name}.json")
    values = {id: extension.quoted(record, lang) for id, record in made["values"].items()}
    edition, address = words.word("ui.edition", lang, name=book.edition.name), f"{book.edition.name}/{lang}/index.html"
    title = words.word("pdf.running", lang, title=words.word("book.title", lang), edition=edition)
    base = downloads.base(book.folder)
    citation = words.word("ui.listed_joint", lang).join([title, f"{base.rstrip('/')}/{address}" if base else address])
    year, month = book.edition.name.split("-")[:2]
    return handout.pptx(handout.Opening(list(pdf.before_exhibits(tree)), values, title, citation, lang), f"{year}-{month}-01T00:00:00Z")
