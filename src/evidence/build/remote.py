"""What a worker of a cluster does: one task of a project that it has never seen, from the store alone.

The worker has this package and the packages it needs; the store holds the project's own files and what other tasks made. A process of its own works
on each project, so that nothing that one remembers is told of another. What a task reads and the store has lost is made again first.
"""

import multiprocessing
import os
import pickle
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evidence import disk
from evidence.build import drawing, store
from evidence.build.job import Job
from evidence.build.state import WORK, Reasons
from evidence.build.store import Store
from evidence.charts import typeface
from evidence.errors import Place, Refusal, Refusals
from evidence.runs import processes, scratch

Listing = Callable[[Path], Iterable[Job]]  # the jobs of the project in a folder; it can be pickled
SHOWN = 4  # packages or files that are named


@dataclass(frozen=True)
class Task:
    """A job by its name, the pickled listing that holds it, and the key that its work is to have, which only the same files and programs give.

    `read` are the hashes of what it reads where it was asked for; `project` is the key of the project's files in the store.
    """

    job: str
    key: str
    read: dict[str, str]
    listing: bytes
    project: str
    kept: Store
    programs: str


_TURN = threading.Lock()
_AT_WORK: dict[tuple[Store, str], ProcessPoolExecutor] = {}  # for the project that was worked on last


def do(task: Task) -> Refusal | Refusals | None:
    """Puts what the job makes into the store, under its key; gives what is refused: an exception would be tried again elsewhere.

    Raises:
        BrokenProcessPool: the process that works was ended from outside.
    """
    project = (task.kept, task.project)
    with _TURN:
        if project not in _AT_WORK:
            while _AT_WORK:
                _AT_WORK.popitem()[1].shutdown()
            multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # a worker with a nanny may start processes too
            context = multiprocessing.get_context("spawn")
            _AT_WORK[project] = ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=(os.getpid(),))
        try:
            return _AT_WORK[project].submit(_done, task).result()
        except BrokenProcessPool:
            _AT_WORK.clear()
            raise


def _begin(worker: int) -> None:
    os.setsid()
    processes.end_with(worker)


def _done(task: Task) -> Refusal | Refusals | None:
    try:
        if task.programs != store.programs():
            raise Refusals([differing(task.programs)])
        _project(task.kept, task.project).do(task)
    except (Refusal, Refusals) as refused:
        return refused
    return None


def differing(other: str | Exception, place: Place | str = "") -> Refusal:
    """E434 with what only one has of these programs, asked for elsewhere, and those here; or with why they could not be asked for."""
    return _differ(other.splitlines(), store.programs().splitlines(), place) if isinstance(other, str) else Refusal("E434", place, str(other))


def _differ(one: Iterable[str], other: Iterable[str], place: Place | str = "") -> Refusal:
    return Refusal("E434", place, ", ".join(sorted({*one} ^ {*other})[:SHOWN]))


@cache
def _project(kept: Store, key: str) -> "Project":
    return Project(kept, key)


class Project:
    """A project in a folder of this process, as its files stand in the store under this key.

    Raises:
        Refusals: E435 the store does not hold them.
    """

    def __init__(self, kept: Store, key: str) -> None:
        self._kept = kept
        self._folder = scratch.folder() / "project"
        if not kept.take(key, [self._folder]):
            raise Refusals([Refusal("E435", Place(str(kept)))])
        os.environ["EVIDENCE_ROOT"] = str(self._folder)
        self._reasons = Reasons(self._folder / WORK / "reasons.json")
        self._jobs: dict[bytes, dict[str, Job]] = {}
        self._makers: dict[Path, Job] = {}
        self._there: set[str] = set()
        self._drawing: AbstractContextManager[Callable[[], None]] | None = None

    def do(self, task: Task) -> None:
        """Does the job of this task, and what it reads and is neither here nor in store.

        Raises:
            Refusals: E434 where something that it reads is not what it is where it was asked for.
        """
        if task.listing not in self._jobs:
            self._there.clear()  # what a draft leaves is not what a book does
            listed = list(pickle.loads(task.listing)(self._folder))
            self._jobs = {task.listing: {job.name: job for job in listed}}
            self._makers = {path: job for job in listed if job.keeps for path in job.makes}
        job = self._jobs[task.listing][task.job]
        read = self._read(job)
        if read != task.read:
            asked, here = ([f"{disk.shown(way)} {sum[:12]}" for way, sum in one.items()] for one in (task.read, read))
            raise Refusals([_differ(asked, here)])
        self._make(job, task.key)

    def _read(self, job: Job) -> dict[str, str]:
        """The hashes of what the job reads, once it is here."""
        for other in {maker.name: maker for path in job.reads if (maker := self._makers.get(path))}.values():
            if other.name not in self._there:
                self._make(other, store.key(other.name, self._read(other), self._reasons.ways(other.keeps)))
        return self._reasons.read(job.reads)

    def _make(self, job: Job, key: str) -> None:
        if not self._kept.take(key, job.keeps):
            if job.step == "run" or job.apart:
                self._ready()
            job.action()
            self._kept.put(key, job.keeps)
        self._there.add(job.name)

    def _ready(self) -> None:
        """Makes ready to draw, once."""
        if self._drawing is None:
            listed = [job for jobs in self._jobs.values() for job in jobs.values()]
            font = drawing.Font(drawing.texts(listed), self._folder / WORK / "font")
            self._drawing = drawing.ready(1, font, self._kept)  # until this process ends
            self._drawing.__enter__()()
            typeface.use(font.place)
