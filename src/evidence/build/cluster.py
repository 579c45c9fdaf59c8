"""Tasks handed to the workers of a Dask cluster, on as many machines as it has, which share nothing with this one but the store.

The address of its scheduler stands in EVIDENCE_CLUSTER; without it no module of Dask is imported.
"""

import contextlib
import logging
import os
import pickle
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evidence import disk, root
from evidence.build import remote, state, store
from evidence.build.job import Job
from evidence.build.remote import Listing, Task
from evidence.build.store import Store
from evidence.errors import Place, Refusal, Refusals
from evidence.runs import processes

if TYPE_CHECKING:
    from distributed import Client, Future

VARIABLE = "EVIDENCE_CLUSTER"  # the address of the scheduler, as tcp://host:8786
CONNECT, ALONE = 10, 60  # seconds in which the scheduler answers, and after which a cluster without any worker is given up
TRIES = 2  # more of a task whose process ended; of one whose whole worker ended, the scheduler's `allowed-failures` says


@dataclass(frozen=True)
class Cluster:
    """The cluster, and what its workers are told of the project: the key of its files in store, and all hashes as they were then."""

    client: "Client"
    address: str
    kept: Store
    project: str
    files: dict[str, str]

    @property
    def width(self) -> int:
        """How many tasks are handed out at a time: as many wait at the workers as are done there."""
        return 2 * sum(self.client.nthreads().values()) + 2

    def do(self, job: Job, read: dict[str, str], key: str, listing: Listing) -> None:
        """Does the job, which has read this and has this key, on one of the workers, who find it by the listing; what it makes then stands here.

        Raises:
            Refusal: what the job itself refuses, and E436 when whatever did it was ended from outside, again and again.
            Refusals: E266 files that changed since the project was put into the store, E433 the cluster is gone, E434 the worker has other programs
                or files, E435 it has another store.
            Stopped: the build was interrupted.
        """
        if changed := sorted(name for name, sum in read.items() if self.files.get(name, sum) != sum):
            raise Refusals([Refusal("E266", Place(disk.shown(name))) for name in changed])
        task = Task(job.name, key, read, pickle.dumps(listing), self.project, self.kept, store.programs())
        if refused := self._result(task):
            raise refused
        if not self.kept.take(key, job.keeps):
            raise Refusals([Refusal("E435", Place(str(self.kept)))])

    def _result(self, task: Task) -> Refusal | Refusals | None:
        from distributed import KilledWorker

        try:
            future = self.client.submit(remote.do, task, pure=False, retries=TRIES)
            self._wait(future)
            return future.result()
        except (KilledWorker, BrokenProcessPool) as error:
            raise Refusal("E436", found=task.job) from error
        except Exception as error:
            if type(error).__module__.startswith("distributed") or self.client.status != "running":
                raise _unreachable(self.address, error) from error
            raise

    def _wait(self, future: "Future") -> None:
        """Returns once the task has ended."""
        ended, since = threading.Event(), time.monotonic()
        future.add_done_callback(lambda _: ended.set())
        while not ended.wait(1):
            if processes.stopped():
                future.cancel()
                raise processes.Stopped
            if self.client.nthreads():
                since = time.monotonic()
            elif time.monotonic() - since > ALONE:
                raise _unreachable(self.address, "0 workers")


@contextlib.contextmanager
def joined(folder: Path, kept: Store) -> Iterator[Cluster | None]:
    """The cluster that EVIDENCE_CLUSTER names, told of the project in this folder; None where it names none.

    Raises:
        Refusals: E433 it cannot be reached, has no workers, or its package is not installed; E434 workers with other programs; E435 no store.
    """
    address = os.environ.get(VARIABLE, "")
    if not address:
        yield None
        return
    if kept == Store(None):
        raise Refusals([Refusal("E435", Place(store.VARIABLE), "off")])
    try:
        from distributed import Client
        from distributed.comm import parse_address
        from distributed.comm.registry import get_backend

        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what it would say, the refusal says
        get_backend(parse_address(address)[0])  # a client of an unknown kind of address would be waited for at the end
        client = Client(address, timeout=CONNECT, set_as_default=False)
    except (ImportError, OSError, ValueError) as error:
        raise _unreachable(address, error) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=CONNECT)
            told = client.run(store.programs, on_error="return").items()  # else one without this package would end at the first task
        except OSError as error:  # of which running out of time is one
            raise _unreachable(address, error) from error
        if other := [remote.differing(had, Place(worker)) for worker, had in told if had != store.programs()]:
            raise Refusals(other)
        yield Cluster(client, address, kept, *_told(folder, kept))


def _told(folder: Path, kept: Store) -> tuple[str, dict[str, str]]:
    """The key under which the files of the project now stand in the store, and their hashes, with those of the code.

    A worker that goes on while its code is changed would work with what it had loaded: with other code it is another project.
    """
    with tempfile.TemporaryDirectory(prefix="evidence-project-") as beside:
        copy = Path(beside, "project")
        for name in (name for name in state.INPUTS if name != "src"):  # workers have programs of their own
            root.copy(folder / name, copy / name)
        read = [path for top in (copy, root.CODE) for path in root.files(top) if path.is_file()]
        files = state.Reasons(copy / state.WORK / "reasons.json").read(read)
        key = store.key("project", files, [])
        kept.put(key, [copy])
    return key, files


def _unreachable(address: str, error: object) -> Refusals:
    return Refusals([Refusal("E433", Place(VARIABLE), f"{address}: {str(error).strip() or type(error).__name__}")])
