"""One notebook run with many sets of parameters, each in a folder named by them: what is still good is kept, one that fails stops no other."""

import csv
import hashlib
import io
import itertools
import json
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from evidence import disk, unseen
from evidence.build import cluster, drawing, state, store
from evidence.build.cluster import Cluster
from evidence.build.job import Job
from evidence.build.modules import code
from evidence.build.progress import Board
from evidence.build.reads import told_to
from evidence.build.workers import AT_ONCE
from evidence.errors import Place, Refusal, Refusals
from evidence.runs import execution, parameters, processes, promises
from evidence.runs.promises import Run
from evidence.tables import columns

DONE = "set.json"  # in the folder of a set that was run: its parameters, and the hash of all that it depends on
LONGEST = 100  # characters of a folder's name
SUMMARY = "summary"
_NUMBERS = ["id", "name", "number", "number_high", "unit", "text", "making"]


@dataclass(frozen=True)
class Batch:
    """A run of the notebook as it would be without parameters, and the sets to run it with, each with its place in the file it was told in."""

    run: Run
    sets: tuple[tuple[Place, dict[str, Any]], ...]
    folder: Path

    @property
    def runs(self) -> list[Run]:
        """One run a set, in a folder of its own."""
        return [replace(self.run, out=self.run.out / name(given), parameters=given) for _, given in self.sets]


def name(given: Mapping[str, Any]) -> str:
    """The folder of a set: its parameters as they are, or as far as a folder may be called so with a hash of them.

    >>> name({"years": 5, "growth_pct": 2.5}), name({}), name({"claim": "a/b"})
    ('years=5,growth_pct=2.5', 'as-it-stands', 'claim=a-b,06f4e5eb')
    """
    told = ",".join(f"{key}={value}" for key, value in given.items())
    plain = re.sub(r"[^A-Za-z0-9._=,+-]", "-", told)[:LONGEST]
    mark = "" if plain == told else "," + hashlib.sha256(told.encode()).hexdigest()[:8]
    return f"{plain}{mark}" or "as-it-stands"


def told(file: Path) -> list[tuple[Place, dict[str, str]]]:
    """The sets of a CSV file: parameters in its head, one set a line, an empty cell where the notebook's own value stands.

    Raises:
        Refusal: E348 a file without sets, a head that names a parameter twice, or a line that does not fit its head.
    """
    reader = csv.reader(io.StringIO(disk.text(file), newline=""))
    try:
        rows = list(reader)
    except csv.Error as error:  # a cell that is longer than any
        raise Refusal("E348", Place(file.name, reader.line_num), str(error)) from error
    if len(rows) < 2 or not all(cell.strip() for cell in rows[0]) or len(set(rows[0])) < len(rows[0]):
        raise Refusal("E348", Place(file.name, 1), ",".join(rows[0]) if rows else "")
    for line, row in enumerate(rows[1:], start=2):
        if len(row) != len(rows[0]) and row:
            raise Refusal("E348", Place(file.name, line), ",".join(row))
    return [
        (Place(file.name, line), {key.strip(" "): cell.strip(" ") for key, cell in zip(rows[0], row, strict=True) if cell.strip()})
        for line, row in enumerate(rows[1:], start=2)
        if row
    ]


def grid(given: Mapping[str, str]) -> list[tuple[Place, dict[str, str]]]:
    """Every combination of the values that stand after each parameter, parted by commas.

    >>> [one for _, one in grid({"years": "5,10", "lang": "x"})]
    [{'years': '5', 'lang': 'x'}, {'years': '10', 'lang': 'x'}]
    """
    several = [[part.strip() for part in text.split(",")] for text in given.values()]
    return [(Place("-p"), dict(zip(given, one, strict=True))) for one in itertools.product(*several)]


def planned(run: Run, sets: list[tuple[Place, dict[str, str]]], folder: Path) -> Batch:
    """The batch, each set in the types of the notebook and judged before a kernel starts.

    Raises:
        Refusals: E2123 names and values with what cannot be seen or written; E306, E309, E313 and E350 for sets that the notebook does not take,
            each at its line; E349 a set that stands twice.
    """
    told = [(place, f"{key}={text}") for place, texts in sets for key, text in texts.items()]
    problems = [Refusal("E2123", place, ascii(text)[1:-1]) for place, text in told if unseen.odd(text)]
    if problems:  # of these no folder is made, nor the name of one
        raise Refusals(problems)
    made: dict[str, tuple[Place, dict[str, Any]]] = {}
    for place, texts in sets:
        given = parameters.parsed(run.notebook, texts)
        subject = {"subject": run.subject} if run.subject else {}
        try:
            parameters.checked(run.notebook, {"edition": run.edition, "lang": run.lang, "out": "", **subject, **given})
        except Refusals as refused:
            problems += [Refusal(one.code, replace(place, column=one.place.column), one.found) for one in refused.problems]
        if name(given) in made:
            problems.append(Refusal("E349", place, name(given)))
        made[name(given)] = (place, given)
    if problems:
        raise Refusals(problems)
    return Batch(run, tuple(made.values()), folder)


def jobs(batch: Batch, folder: Path) -> Iterator[Job]:
    """The sets of the batch as jobs of the project in this folder, in its order."""
    notebook = folder / "notebooks" / batch.run.notebook.name
    for run in (replace(run, notebook=notebook) for run in batch.runs):
        reads = [notebook, *(folder / "data" / run.edition / f"{table}.csv" for table in sorted(promises.tables(run.code))), columns.path(folder)]
        reads += code("runs.execution", "runs.kernels", "exhibits.desk", *promises.modules(run.code))
        made = folder / run.out
        work, about = partial(execution.execute, run, folder), f"{run.name} {told_to(run)}"
        yield Job(run.edition, "run", about, work, reads, [made / "notebook.ipynb"], keeps=(made,))


def outdated(batch: Batch) -> dict[str, str]:
    """The sets that must be run, by the names of their folders, with the hash of all that each depends on."""
    return {run.out.name: key for run, _, _, key in _asked(batch)}


Asked = tuple[Run, Job, dict[str, str], str]  # a set as a job, what it reads, and its key


def _asked(batch: Batch) -> Iterator[Asked]:
    """The sets that must be run."""
    reasons = state.Reasons(batch.folder / state.WORK / "reasons.json")
    read: dict[str, str] = {}
    for run, job in zip(batch.runs, jobs(batch, batch.folder), strict=True):
        read = read or reasons.read(job.reads)  # all sets read the same
        key = store.key(job.name, read, reasons.ways(job.keeps))
        if state.record(batch.folder / run.out / DONE).get("key") != key:
            yield run, job, read, key


def execute(batch: Batch, board: Board, most: int | None = None) -> dict[str, Refusal]:
    """Runs what is outdated; gives those that failed, by the names of their folders, and writes the summary.

    At `most` so many sets are run at a time, without it as many as there are cores.

    Raises:
        Refusals: what is wrong with the cluster that is to run them.
        Stopped: it was interrupted; what was done by then need not be done again.
    """
    todo = list(_asked(batch))
    board.expect(len(todo))
    failed = _failed(batch, todo, board, most) if todo else {}
    if processes.stopped():
        raise processes.Stopped
    summarised(batch, failed)
    return failed


def _failed(batch: Batch, todo: list[Asked], board: Board, most: int | None) -> dict[str, Refusal]:
    failed, kept = dict[str, Refusal](), store.opened()
    font = drawing.Font(drawing.texts([job for _, job, _, _ in todo[:1]]), batch.folder / state.WORK / "font")
    with (
        cluster.joined(batch.folder, kept) as joined,
        drawing.ready(most or AT_ONCE, font, kept) as begin,
        ThreadPoolExecutor(most or (joined.width if joined else AT_ONCE)) as pool,
    ):
        if not joined:
            begin()
        asked = {pool.submit(_one, batch, one, joined, board): one[0].out.name for one in todo}
        for future in as_completed(asked):
            if isinstance(error := future.exception(), Refusal):
                failed[asked[future]] = error
            elif error and not isinstance(error, processes.Stopped):
                pool.shutdown(wait=False, cancel_futures=True)
                raise error
    return failed


def _one(batch: Batch, asked: Asked, joined: Cluster | None, board: Board) -> None:
    if processes.stopped():
        raise processes.Stopped
    run, job, read, key = asked
    with board.running(run.out.name):
        disk.remove(batch.folder / run.out)
        joined.do(job, read, key, partial(jobs, replace(batch, sets=((Place(), run.parameters),)))) if joined else job.action()
        disk.replace(batch.folder / run.out / DONE, json.dumps({"key": key, "parameters": run.parameters}).encode())


def summarised(batch: Batch, failed: Mapping[str, Refusal]) -> None:
    """Writes every value of every set with its parameters, as CSV and XLSX; a set that failed has one row, which says why."""
    table = pd.DataFrame([row for run in batch.runs for row in _rows(run, batch.folder, failed.get(run.out.name))])
    made = batch.folder / batch.run.out / SUMMARY
    table.to_csv(made.with_suffix(".csv"), index=False, lineterminator="\n", float_format="%.15g")
    table.to_excel(made.with_suffix(".xlsx"), index=False, freeze_panes=(1, 1))


def _rows(run: Run, folder: Path, problem: Refusal | None) -> Iterator[dict[str, Any]]:
    own = {"set": run.out.name, **run.parameters}
    path = folder / run.out / "values.json"
    values = disk.loaded(path) if path.exists() and not problem else []
    yield from ({**own, **{key: value[key] for key in _NUMBERS}, "problem": ""} for value in values)
    if not values:
        yield {**own, **dict.fromkeys(_NUMBERS, ""), "problem": str(problem or "")}
