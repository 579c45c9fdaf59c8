"""The rows B21 to B27 of the list of bad input, as far as they are decided before a build; B1 to B20 are `tables/corpus.py`.

What takes a browser or a build of these rows is asked in `book/test_hostile.py`, what takes a run in `runs/test_execution.py`.
"""

import json

import nbformat
import pytest

from evidence import root
from evidence.book import contents, prose, settings
from evidence.curation import spreadsheet
from evidence.errors import Refusal, Refusals
from evidence.runs import parameters
from evidence.tables import gate, ties
from tests.projects import PROJECT
from tests.tables import corpus
from tests.tables.test_packed import MB, archive

EDITIONS = (
    "../x",
    "/etc/x",
    "..\\x",
    "CON",
    ".hidden",
    "a/b",
    "%2e%2e",
    "．．",
    "2019-09\0",
    "2" * 300,
    "2019-09.",
    "2019-09 ",
    "2019-09-C1",
    "2019-13",
    "2019-09-c0",
)
BOMB = "a: &a [x, x]\n" + "".join(f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True))
HEAD = {"metadata": {}, "nbformat": 4, "nbformat_minor": 5}
WORDS = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "words"}
OUTPUT = {"output_type": "display_data", "data": {"text/html": "<script>window.ran=1</script>"}, "metadata": {}}


def table(folder, note):
    (folder / "series.csv").write_bytes(corpus._both(1, "note_en", note).encode())
    return gate.rows(folder / "series.csv", corpus.SCHEMA)[1]


def previous(folder, name):
    (folder / "datapackage.json").write_text(json.dumps({"succeeds": name}), encoding="utf-8")
    return ties.before(folder)


def yaml(folder, text):
    (folder / "_toc.yml").write_text(text, encoding="utf-8")
    return settings.read(folder / "_toc.yml")


def notebook(folder, *cells):
    (folder / "a.ipynb").write_text(json.dumps({**HEAD, "cells": list(cells)}), encoding="utf-8")
    return prose.notebook(folder / "a.ipynb", "a.ipynb")


def workbook(folder, raw):
    (folder / "a.xlsx").write_bytes(raw)
    return spreadsheet.read(folder / "a.xlsx", "", ["id"])


def page(folder, text):
    (folder / "a.md").write_text(text, encoding="utf-8")
    return prose.page(folder / "a.md", "a.md")


def toc(folder, file):
    (folder / "_toc.yml").write_text(f'root: overview\nparts:\n  - caption: a\n    chapters:\n      - file: "{file}"\n', encoding="utf-8")
    return contents.pages(folder, None)


def parameter(folder, given):
    return parameters.checked(PROJECT / "notebooks" / "trends.ipynb", given)


CASES = [
    *(("B21", table, text, "E242") for text in ("a\u202etxt.exe", "a\u2066b", "\U000e0041dmin", "a\u200bb")),
    *(("B21", table, text, "E240") for text in ("=1+1", "@SUM(A1)", "\t=1", "＝1")),
    *(("B22", lambda folder, name: root.valid(name), name, "E267") for name in EDITIONS),
    *(("B22", previous, name, "E265") for name in EDITIONS if name not in ("2019-13", "2019-09-c0")),
    *(("B22", lambda folder, name: root.edition(PROJECT / "data", name), name, "E221") for name in EDITIONS),
    ("B23", parameter, {"a=1\nimport os": 1}, "E306"), ("B23", parameter, {"yeer": 1}, "E306"), ("B23", parameter, {"years": "2026"}, "E313"),
    ("B23", parameter, {"growth_pct": float("inf")}, "E313"),
    *(("B24", yaml, text, "E422") for text in (
        "a: NO\n", "a: 2026.10\n", "a: 010\n", "a: 12:30\n", "a: x\na: y\n", "a: !!python/object/apply:os.system [ls]\n", BOMB,
    )),
    ("B25", notebook, {"cell_type": "raw", "id": "a", "metadata": {"raw_mimetype": "text/html"}, "source": "<script></script>"}, "E423"),
    ("B25", notebook, {"cell_type": "code", "id": "a", "metadata": {}, "source": "", "execution_count": 1, "outputs": [OUTPUT]}, "E428"),
    ("B25", notebook, WORDS | {"attachments": {"a.svg": {"image/svg+xml": "PHN2Zy8+"}}}, "E423"),
    ("B25", notebook, WORDS | {"source": "<script>window.ran=one</script>"}, "E423"),
    ("B25", notebook, WORDS | {"source": "```{include} /etc/hostname\n```"}, "E423"),
    *(("B26", workbook, raw, "E255") for raw in (
        archive(("../a.xml", b"")), archive(("/a.xml", b"")), archive(link="a.xml"), archive(("A.xml", b""), ("a.xml", b"")),
        archive(("a.xml", b" " * 60 * MB)), archive(("a.xml", b" " * 12 * MB)),
    )),
    *(("B27", page, f"```{{{name}}} ../../etc/hostname\n```\n", "E423") for name in ("include", "literalinclude", "raw")),
    ("B27", page, "[a](../../etc/hostname)\n", "E424"),
    *(("B27", toc, file, "E422") for file in ("../x", "/etc/hostname", "a/b", "..", "a.md", "aux")),
]  # fmt: skip


@pytest.mark.parametrize(("row", "given", "what", "code"), CASES, ids=[f"{case[0]}-{number:02}" for number, case in enumerate(CASES)])
def test_bad_input_is_refused_in_words_before_a_build(tmp_path, row, given, what, code):
    try:
        problems = given(tmp_path, what)
    except Refusals as refused:
        problems = refused.problems
    except Refusal as refused:
        problems = [refused]

    assert code in {problem.code for problem in problems}
    assert all("\0" not in problem.text(lang) and "\u202e" not in problem.text(lang) for problem in problems for lang in ("ja", "en"))


def test_every_row_is_asked():
    assert {row for row, *_ in CASES} == {f"B{number}" for number in range(21, 28)}


@pytest.mark.parametrize("path", sorted((PROJECT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_every_notebook_of_the_book_passes(path):
    assert nbformat.read(path, as_version=4).nbformat_minor >= 5
    assert prose.notebook(path, path.name) == []
