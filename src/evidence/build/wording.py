"""Whether all that a reader of the edition is shown keeps to the book's terms: pages, tables, the column register and the words of the house."""

import csv
import io
import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from evidence import disk, rooms, words
from evidence.book import terms
from evidence.build.outline import Outline
from evidence.errors import Place, Refusal
from evidence.tables import columns

_NAMES = {
    "sources": ("title", "publisher"), "outcomes": ("title", "publication", "institution", "investigator"), "programmes": ("name",),
    "entities": ("name",), "funders": ("name",),
}  # fmt: skip
"""What others named so: it keeps its own words."""


Text = tuple[Place, str, str]  # where it stands, its language, what it says


def problems(outline: Outline) -> Iterator[Refusal]:
    """E426 for every form that a term of `terms.csv` replaces, with what to write instead."""
    parts = [[*part(outline)] for part in (_pages, _tables, _lists)]
    for texts, lang in itertools.product(parts, words.LANGUAGES):
        own = [(place, text) for place, told, text in texts if told == lang]
        for number, line, found in terms.wrong([text for _, text in own], lang):
            place = own[number][0]
            yield Refusal("E426", replace(place, line=place.line or line), found)


def units(outline: Outline) -> Iterator[Refusal]:
    """E427 for a unit of money typed in a subtitle: it stands along the axis or above the cells, in what the language counts in."""
    codes = [code for code in words.family("unit") if words.money(code)]
    for lang in words.LANGUAGES:
        counted = {words.counted([10.0**power], code, lang)[1] for code in codes for power in range(6)}
        typed = sorted(counted | {words.unit(code, lang, " ") for code in codes}, key=len, reverse=True)
        for line, row in outline.lines("exhibits"):
            if found := next((unit for unit in typed if unit in row.get(f"subtitle_{lang}", "")), ""):
                yield Refusal("E427", Place(outline.tables["exhibits"].file, line, f"subtitle_{lang}"), found)


def _pages(outline: Outline) -> Iterator[Text]:
    """Every page of prose in both languages."""
    for lang in words.LANGUAGES:
        for name in dict.fromkeys(page.file for page in outline.pages):
            file = f"book/{lang}/{name}.md"
            if (path := outline.folder / file).exists():
                yield Place(file), lang, disk.text(path)


def _tables(outline: Outline) -> Iterator[Text]:
    """Every cell of the edition that is text in one of the languages and our own."""
    for name, table in outline.tables.items():
        for line, row in zip(table.lines, table.rows, strict=True):
            for column, text in row.items():
                stem, _, lang = column.rpartition("_")
                if text and lang in words.LANGUAGES and stem not in _NAMES.get(name, ()):
                    yield Place(table.file, line, column), lang, text


def _lists(outline: Outline) -> Iterator[Text]:
    """The column register and the words of every room."""
    schema = outline.folder / "data" / "schema" / columns.FILE
    for path in (*([schema] if schema.exists() else []), *rooms.parts("words.csv")):
        yield from _list(path, outline.folder)


def _list(path: Path, folder: Path) -> Iterator[Text]:
    file = path.relative_to(folder) if path.is_relative_to(folder) else Path(path.parent.name, path.name)
    reader = csv.DictReader(io.StringIO(disk.text(path), newline=""))
    names = {name: name.rpartition("_")[2] for name in reader.fieldnames or () if name.rpartition("_")[2] in words.LANGUAGES}
    last = reader.line_num
    for row in reader:
        yield from ((Place(file.as_posix(), last + 1, name), lang, row[name] or "") for name, lang in names.items())
        last = reader.line_num
