"""Measures the build against the stock way, in one run on one machine, and writes `benchmarks/results.md`.

The stock way is what one would do without this project's pipeline: papermill notebook by notebook, then
`jupyter-book build` for each language, on the same notebooks and the same pages.
"""

import contextlib
import csv
import ctypes
import json
import os
import platform
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
from rich.console import Console

from evidence.book import contents
from evidence.runs import processes, selection
from evidence.tables.edition import Edition
from evidence.words import LANGUAGES

PROJECT = Path(__file__).parents[1]
EDITION = "2019-09"
PARTS = ("data", "book", "notebooks", "src", "_config.yml", "_toc.yml", "requirements.lock", "pyproject.toml")
BIN = Path(sys.executable).parent
Spent = tuple[float, float]  # seconds by the clock, CPU seconds


def main() -> None:
    """Builds cold, again without a change, in a clone, again after one cell of a table changed, then the stock way; writes the ratios."""
    console = Console(stderr=True)
    adopt()
    with tempfile.TemporaryDirectory() as scratch:
        project = copied(Path(scratch) / "project")
        spent, said = {}, {}
        for name, step in STEPS.items():
            with console.status(name):
                spent[name], said[name] = _timed(step, project)
            console.print(f"{name}: {spent[name][0]:.1f} s, {spent[name][1]:.1f} CPU s", highlight=False)
        gates = [_gate(Path(scratch), rows) for rows in (100_000, 1_000_000)]
    results = _told(spent) + _told_of_tasks(said["cold"]) + _told_of_gate(gates)
    (PROJECT / "benchmarks" / "results.md").write_text(results, encoding="utf-8")
    print(results)


def adopt() -> None:
    """Makes this process the parent of whatever outlives the one that started it, as the workers of a build do, so that their work is counted."""
    ctypes.CDLL(None).prctl(processes._SUBREAPER, 1, 0, 0, 0)


def copied(project: Path) -> Path:
    """A copy of the project in this folder."""
    project.mkdir(parents=True)
    for part in PARTS:
        source = PROJECT / part
        if source.is_dir():
            shutil.copytree(source, project / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, project / part)
    return project


def _timed(step: Callable[[Path], str], project: Path) -> tuple[Spent, str]:
    """What the step took by the clock and of all its processes, and what it said."""
    started, before = time.perf_counter(), worked()
    said = step(project)
    return (time.perf_counter() - started, worked() - before), said


def worked() -> float:
    """CPU seconds of all processes that a step started, also of those whose parents ended before them: a build's workers are forked from a server."""
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(command: list[str], folder: Path) -> str:
    variables = {**os.environ, "EVIDENCE_ROOT": str(folder), "EVIDENCE_STORE": str(folder.parent / "store")}  # empty when the first build begins
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:3])} failed\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stderr


def _build(project: Path) -> str:
    """Builds, and returns what the build said of its tasks."""
    return _run([str(BIN / "evidence"), "build", EDITION], project)


def _cloned(project: Path) -> str:
    """Builds the project in another folder, which finds in store what the first build left."""
    return _build(copied(project.with_name("clone")))


def _changed(table: str) -> Callable[[Path], str]:
    """A step that changes the last cell with text of one table, in its last row, and builds."""

    def step(project: Path) -> str:
        path = project / "data" / EDITION / f"{table}.csv"
        rows = list(csv.reader(path.open(encoding="utf-8", newline="")))
        column = rows[0].index({"claims": "text_en", "glossary": "definition_en"}[table])
        rows[-1][column] += " (changed)"
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(rows)
        _run([str(BIN / "evidence"), "package", EDITION], project)
        return _build(project)

    return step


def _verified(project: Path) -> str:
    return _run([str(BIN / "evidence"), "verify", str(project / "_build" / "html")], project)


def _stock(project: Path) -> str:
    edition = Edition(project / "data" / EDITION)
    pages = contents.pages(project, edition)
    for lang in LANGUAGES:
        for run in contents.runs(project, edition, lang, pages, Path("stock") / lang):
            parameters = {"edition": EDITION, "lang": lang, "out": run.out.as_posix()} | ({"subject": run.subject} if run.subject else {})
            (project / run.out).mkdir(parents=True, exist_ok=True)
            options = [part for name, value in parameters.items() for part in ("-p", name, value)]
            own = run.out / "own.ipynb"  # of a notebook that serves every edition, the cells of this one
            nbformat.write(selection.notebook(run.notebook, run.listed), project / own)
            _run([str(BIN / "papermill"), "--no-progress-bar", str(own), str(run.out / "notebook.ipynb"), *options], project)
        staged = project / "_build" / "work" / EDITION / lang / "staged"
        _run([str(BIN / "jupyter-book"), "build", ".", "--path-output", str(project / "stock" / lang / "output"), "-q"], staged)
    return ""


def _stock_files(project: Path) -> str:
    """The files for citers of every exhibit that the stock way left, made one after another, in one process."""
    return _run([sys.executable, "-c", FILES, EDITION], project)


def _told_of_tasks(said: str) -> str:
    """The share of each kind of task in a cold build, from the seconds that the build tells of every task."""
    seconds: dict[str, float] = {}
    for spent, kind in re.findall(rf"^ *([0-9.]+) s  {EDITION}: (files of|run|bind|cut|typeset|freeze|check|collect|citations)", said, re.M):
        seconds[KINDS.get(kind, "everything else")] = seconds.get(KINDS.get(kind, "everything else"), 0) + float(spent)
    whole = sum(seconds.values())
    rows = "\n".join(f"| {kind} | {spent:.1f} | {spent / whole:.2f} |" for kind, spent in sorted(seconds.items(), key=lambda one: -one[1]))
    return f"\n## What a cold build does\n\nSeconds of its workers.\n\n| task | seconds | share |\n| --- | ---: | ---: |\n{rows}\n"


def _gate(folder: Path, rows: int) -> tuple[int, float, float, float]:
    """Rows, seconds to check them in a process of its own, seconds to read them with the csv module alone, and peak memory in GB."""
    schema = {"fields": [{"name": "id", "type": "string", "constraints": {"required": True, "unique": True}}, {"name": "year", "type": "year"},
                         {"name": "value", "type": "number"}, {"name": "note", "type": "string"}], "primaryKey": ["id"]}  # fmt: skip
    path = folder / "large.csv"
    with path.open("w", encoding="utf-8") as stream:
        stream.write("id,year,value,note\n")
        stream.writelines(f"row-{number},{1990 + number % 40},{number}.5,国際共同研究\n" for number in range(rows))
    program = (
        "import csv,json,resource,sys,time\nfrom pathlib import Path\nfrom evidence.tables import gate\npath=Path(sys.argv[1])\n"
        "a=time.process_time(); problems=gate.rows(path,json.loads(sys.argv[2]))[1]; b=time.process_time()\nassert not problems\n"
        "most=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss/1e6; c=time.process_time()\n"
        "list(csv.reader(path.open(encoding='utf-8',newline=''))); print(time.process_time()-c,b-a,most)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path), json.dumps(schema)], capture_output=True, text=True, check=True)
    reading, checking, memory = (float(part) for part in done.stdout.split())
    return rows, checking, reading, memory


def _told_of_gate(gates: list[tuple[int, float, float, float]]) -> str:
    rows = "\n".join(f"| {rows:,} | {checking:.1f} | {checking / reading:.1f} | {memory:.2f} |" for rows, checking, reading, memory in gates)
    return (
        "\n## The input gate\n\nFour columns, checked in a process of its own, against reading the same file with Python's csv module.\n\n"
        f"| rows | seconds | to csv alone | peak memory (GB) |\n| ---: | ---: | ---: | ---: |\n{rows}\n"
    )


FILES = """
import sys
from pathlib import Path
from evidence.book import contents
from evidence.editions import downloads
from evidence.runs import promises
from evidence.tables.edition import Edition
from evidence.words import LANGUAGES
here = Path.cwd()
edition = Edition(here / "data" / sys.argv[1])
pages = contents.pages(here, edition)
issuer, numbers = downloads.issuer(here), contents.numbers(here, edition, pages)
runs = {lang: contents.runs(here, edition, lang, pages, Path("stock") / lang) for lang in LANGUAGES}
for first, second in zip(*runs.values()):
    both = dict(zip(LANGUAGES, (here / first.out, here / second.out)))
    for id in promises.exhibits(first):
        downloads.make(edition.name, id, both, here / "stock" / "files" / id, numbers.get(id, ""), issuer)
"""
KINDS = {"files of": "files for citers, of every exhibit", "run": "notebooks", "bind": "binding with Jupyter Book", "cut": "fonts", "typeset": "PDF"}
STEPS = {
    "cold": _build,
    "no change": _build,
    "another clone, with the store": _cloned,
    "one cell of glossary.csv changed (one chapter reads it)": _changed("glossary"),
    "one cell of claims.csv changed (most chapters read it)": _changed("claims"),
    "verifying the built site": _verified,
    "stock": _stock,
    "stock's files for citers": _stock_files,
}


def _told(spent: dict[str, Spent]) -> str:
    (cold, cold_work), (stock, stock_work), (files, files_work) = (spent[name] for name in ("cold", "stock", "stock's files for citers"))
    spent = spent | {"stock with files for citers": (stock + files, stock_work + files_work)}
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}"
    rows = "\n".join(f"| {name} | {clock:.1f} | {work:.1f} | {clock / cold:.2f} | {clock / stock:.2f} |" for name, (clock, work) in spent.items())
    return (
        f"# Speed\n\nMeasured by `make bench` in one run ({machine}); one edition, two languages. Ratios travel better than seconds.\n\n"
        f"| build | seconds | CPU seconds | to cold | to stock |\n| --- | ---: | ---: | ---: | ---: |\n{rows}\n\n"
        f"Stock is papermill one by one, then jupyter-book, per language; the files for citers then one exhibit after another, in one process.\n"
        f"Cold is {(stock + files) / cold:.1f} times as fast as stock with files, with {cold_work / (stock_work + files_work):.2f} of its CPU\n"
        f"seconds; it makes PDFs, search and sums as well. Against stock without files it is {stock / cold:.1f} times as fast.\n"
    )


if __name__ == "__main__":
    main()
