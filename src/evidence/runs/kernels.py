"""Warm kernels: each run has a process of its own, forked from one that has already imported the libraries.

Starting Python and importing pandas and Altair costs far more than most notebooks do; a fork of a process that has done so costs
milliseconds. `engine` hands it the cells; `cells` answers in the fork.
"""

import contextlib
import json
import multiprocessing
import os
import random
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing import Pipe, connection, forkserver, get_context, resource_tracker, util
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import numpy as np
from nbclient.exceptions import DeadKernelError

from evidence import disk
from evidence.runs import cells, limits, processes, scratch, surroundings

# "__main__" and these modules are what every fork would otherwise import again, those of IPython when its shell begins.
# The last has done what each of them would do first.
_PRELOAD = [
    "__main__",
    "evidence.runs.engine",
    "evidence.exhibits.desk",
    "IPython.core.application",
    "IPython.core.oinspect",
    "IPython.core.completerlib",
    "evidence.exhibits.warm",
]
_FORKSERVER = get_context("forkserver")
_FORKSERVER.set_forkserver_preload(_PRELOAD)
LENT: dict[str, socket.socket] = {}  # what each kernel is handed, open, its number in the variable of this name


class NotStarted(Exception):
    """A kernel that never answered."""


def serve(pipe: Connection, folder: str, variables: dict[str, str], writes: str, lent: dict[str, socket.socket]) -> None:
    """Turns the forked process into the guard of another one, which is a kernel that answers through this pipe, with this environment.

    It may write into the home that its environment names, and into the folder `writes`; nowhere else.
    """
    os.setsid()  # own session, so that a kill reaches whatever the kernel started
    processes.guarded([pipe, *lent.values()])
    own = multiprocessing.current_process()._config  # type: ignore[attr-defined]
    own["daemon"] = False  # a notebook may start processes
    own.pop("tempdir", None)
    _let_go()
    os.chdir(folder)
    surroundings.put_on(variables)
    os.environ |= {name: str(one.detach()) for name, one in lent.items()}
    os.environ["TMPDIR"], tempfile.tempdir = variables["HOME"], None
    sys.dont_write_bytecode = True
    random.seed()
    np.random.seed()  # else what is drawn by chance would be the same in every fork
    limits.keep_within(Path(variables["HOME"]), Path(writes))
    cells.answer(pipe)


def _let_go() -> None:
    """Closes what leads to processes of the build: to the server of forks, and to the one that removes what they share."""
    server, tracker = forkserver._forkserver, resource_tracker._resource_tracker
    for held in (server._forkserver_alive_fd, tracker._fd):  # type: ignore[attr-defined]
        os.close(held)
    server._forkserver_alive_fd = server._forkserver_address = tracker._fd = None  # type: ignore[attr-defined]


def server() -> None:
    """Starts the process that all others are forked from, where it has not been: with the surroundings of a build, whatever the user has set."""
    scratch.folder()  # where it listens
    with surroundings.worn(Path(os.devnull)):
        forkserver.ensure_running()


def _stop() -> None:
    """Ends the server and waits for it: whoever started this process may not wait for any other."""
    for helper in (forkserver._forkserver, resource_tracker._resource_tracker):
        with contextlib.suppress(OSError):
            helper._stop()  # type: ignore[union-attr]


util.Finalize(None, _stop, exitpriority=-50)  # once all that it forked has ended


class Kernel:
    """A forked process that runs cells."""

    def __init__(self, process: ForkServerProcess, pipe: Connection) -> None:
        self._process, self._pipe = process, pipe
        self.guard = process.pid or 0
        self.pid = 0

    def ready(self, seconds: float) -> None:
        """Returns once it answers.

        Raises:
            NotStarted: it did not within so many seconds.
        """
        try:
            self.pid = next(self.messages(seconds))["content"]["pid"]
        except (DeadKernelError, TimeoutError) as error:
            raise NotStarted(str(error)) from error

    def left(self) -> dict[int, str]:
        """What it started and did not end, each process by its number with its name."""
        found = processes.started_by(self.guard)
        found.pop(self.pid, None)
        return found

    def messages(self, seconds: float) -> Iterator[dict[str, Any]]:
        """What the kernel says, each as Jupyter's messages are, for so many seconds at most.

        Raises:
            DeadKernelError: it ended.
            TimeoutError: it said nothing more for too long.
        """
        until = time.monotonic() + seconds
        while True:
            ready = connection.wait([self._pipe, self._process.sentinel], max(0, until - time.monotonic()))
            if not ready:
                raise TimeoutError
            try:
                if self._pipe not in ready and not self._pipe.poll():
                    raise EOFError
                yield json.loads(self._pipe.recv_bytes().decode("utf-8", "replace"))
            except (EOFError, OSError, ValueError) as error:  # the last where the notebook itself wrote into the pipe
                raise DeadKernelError("Kernel died") from error

    def run(self, source: str) -> None:
        """Hands it a cell.

        Raises:
            DeadKernelError: it ended.
        """
        try:
            self._pipe.send_bytes(source.encode())
        except OSError as error:
            raise DeadKernelError("Kernel died") from error

    def end(self) -> None:
        """Ends it with all that it started, and then its guard ends; at once where that may not have started it yet."""
        (processes.end_below if self.pid else processes.end)(self.guard)
        self._pipe.close()


@contextlib.contextmanager
def kernel(folder: str, writes: str, seconds: float) -> Iterator[Kernel]:
    """A kernel that works in this folder, ready for its first cell.

    Raises:
        NotStarted: it did not answer within so many seconds.
    """
    server()
    home = tempfile.mkdtemp(prefix="home-", dir=scratch.folder().absolute())
    try:
        started = _started(folder, home, writes)
        try:
            processes.keep(started.guard, processes.end)
            started.ready(seconds)
            processes.keep(started.guard, processes.end_below)  # its guard waits for what it leaves, and then ends by itself
            yield started
        finally:
            started.end()
            processes.forget(started.guard)
    finally:
        disk.remove(Path(home))


def _started(folder: str, home: str, writes: str) -> Kernel:
    own, other = Pipe()
    told = (other, folder, surroundings.variables(Path(home)), writes, LENT)
    process = _FORKSERVER.Process(target=serve, args=told, daemon=True)
    try:
        process.start()
    except BaseException:
        own.close()
        raise
    finally:
        other.close()
    return Kernel(process, own)
