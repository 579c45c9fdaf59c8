"""Warm kernels: each run has a process of its own, forked from one that has already imported the libraries.

Starting Python and importing pandas and Altair costs far more than most notebooks do; a fork of a process that has done so costs
milliseconds. Papermill runs the cells; `cells` answers in the fork.
"""

import contextlib
import json
import multiprocessing
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from functools import cache
from multiprocessing import Pipe, connection, forkserver, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from jupyter_core.utils import run_sync
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines

from evidence.runs import cells, limits, processes, sockets, surroundings

# "__main__" and this module are what every fork would otherwise import again.
_PRELOAD = ["__main__", "evidence.runs.kernels", "evidence.exhibits.desk"]
_FORKSERVER = get_context("forkserver")
_FORKSERVER.set_forkserver_preload(_PRELOAD)
MINDER = "minder"
_ONCE = threading.Lock()


class LeftRunning(Exception):
    """Processes that a notebook started and did not end; they are ended by now."""


class NotStarted(Exception):
    """A kernel that never answered."""


def serve(pipe: Connection, folder: str, variables: dict[str, str], writes: str, build: int) -> None:
    """Turns the forked process into a kernel that answers through this pipe, with this environment, and ends with its build.

    It may write into the home that its environment names, and into the folder `writes`; nowhere else.
    """
    os.setsid()  # own session, so that a kill reaches whatever the kernel started
    processes.adopt()
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # a notebook may start processes
    os.chdir(folder)
    surroundings.put_on(variables)
    os.environ["TMPDIR"], tempfile.tempdir = variables["HOME"], None
    sys.dont_write_bytecode = True
    limits.keep_within(Path(variables["HOME"]), Path(writes))
    processes.end_with(build)  # a thread that was there before would not be kept within
    cells.answer(pipe)


def server() -> None:
    """Starts the process that all others are forked from, where it has not been: with the surroundings of a build, whatever the user has set."""
    sockets.folder()  # where it listens
    with surroundings.worn(Path(os.devnull)):
        forkserver.ensure_running()


@cache
def _minded(build: int) -> str:
    """How the homes of this process's kernels begin; another process minds them, and ends whatever has one once this process is gone."""
    homes = str(Path(tempfile.gettempdir(), f"evidence-home-{build}-"))
    _FORKSERVER.Process(target=processes.mind, args=(build, homes), daemon=True, name=MINDER).start()
    return homes


class Kernel:
    """A forked process that runs cells."""

    def __init__(self, process: ForkServerProcess, pipe: Connection) -> None:
        self._process, self._pipe = process, pipe
        self.pid = process.pid or 0

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
        """Ends it with all that it started."""
        processes.end(self.pid)
        self._process.join()
        self._pipe.close()


@contextlib.contextmanager
def kernel(folder: str, writes: str, seconds: float) -> Iterator[Kernel]:
    """A kernel that works in this folder, ready for its first cell.

    Raises:
        NotStarted: it did not answer within so many seconds.
    """
    server()
    with _ONCE:
        homes = Path(_minded(os.getpid()))
    home = tempfile.mkdtemp(prefix=homes.name, dir=homes.parent)
    try:
        started = _started(folder, home, writes)
        try:
            processes.keep(started.pid)
            try:
                next(started.messages(seconds))
            except (DeadKernelError, TimeoutError) as error:
                raise NotStarted(str(error)) from error
            yield started
        finally:
            started.end()
            processes.kill(processes.wearing(home))  # what a kernel that died had started
            processes.forget(started.pid)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _started(folder: str, home: str, writes: str) -> Kernel:
    own, other = Pipe()
    told = (other, folder, surroundings.variables(Path(home)), writes, os.getpid())
    process = _FORKSERVER.Process(target=serve, args=told, daemon=True)
    try:
        process.start()
    except BaseException:
        own.close()
        raise
    finally:
        other.close()
    return Kernel(process, own)


class Client(PapermillNotebookClient):
    """Papermill's own client, which speaks through a pipe and ends what the notebook started and left."""

    kernel: Kernel

    def execute(self, folder: str, writes: str) -> NotebookNode:
        """The executed notebook.

        Raises:
            LeftRunning: every cell ended, but not every process that they started.
        """
        self.reset_execution_trackers()
        with kernel(folder, writes, self.startup_timeout) as self.kernel:
            try:
                self.papermill_execute_cells()
            finally:
                left = processes.started_by(self.kernel.pid)
                processes.kill(left)
        if left and not any(output.output_type == "error" for cell in self.nb.cells for output in cell.get("outputs", [])):
            raise LeftRunning(", ".join(sorted(set(left.values()))))
        return self.nb

    def execute_cell(self, cell: NotebookNode, cell_index: int, *_: Any, **__: Any) -> NotebookNode:
        """The cell with what it showed.

        Raises:
            CellExecutionError: it failed.
            CellTimeoutError: it ran out of time.
            DeadKernelError: the kernel ended.
        """
        if cell.cell_type != "code" or not cell.source.strip():
            return cell
        cell.outputs = []
        self.clear_before_next_output = False
        self.kernel.run(cell.source)
        try:
            for message in self.kernel.messages(self.timeout):
                if message["msg_type"] == cells.REPLY:
                    run_sync(self._check_raise_for_error)(cell, cell_index, message) if message["content"]["status"] == "error" else None
                    break
                self.process_message(message, cell, cell_index)
        except TimeoutError as error:
            raise CellTimeoutError.error_from_timeout_and_cell("Cell execution timed out", self.timeout, cell) from error
        return cell


class ForkEngine(NBClientEngine):
    """Papermill's own engine with forked kernels."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> NotebookNode:
        """The executed notebook."""
        seconds = {"timeout": kwargs["execution_timeout"], "startup_timeout": kwargs["start_timeout"]}
        client = Client(nb_man, kernel_name=kernel_name, record_timing=False, **seconds)
        return client.execute(kwargs["folder"], kwargs["writes"])


papermill_engines.register("fork", ForkEngine)
