"""Warm kernels: real Jupyter kernels, forked from one process that has already imported the libraries.

Starting Python and importing pandas and Altair costs far more than most notebooks do; a fork of a process
that has done so costs milliseconds. The kernel, its protocol and its isolation stay the ordinary ones.
"""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import tempfile
import uuid
from multiprocessing import forkserver, get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines

from evidence.runs import limits, processes, sockets, surroundings

# "__main__" and this module are what every fork would otherwise import again; the debugger is half of a kernel's start.
_PRELOAD = ["__main__", "evidence.runs.kernels", "ipykernel.kernelapp", "ipykernel.debugger", "evidence.exhibits.desk"]
_FORKSERVER = get_context("forkserver")
_FORKSERVER.set_forkserver_preload(_PRELOAD)


class LeftRunning(Exception):
    """Processes that a notebook started and did not end; they are ended by now."""


def serve(connection_file: str, folder: str | None, home: str, writes: str, build: int) -> None:
    """Turns the forked process into a kernel that answers at this connection file, writes into these two folders only, and ends with its build."""
    from ipykernel.kernelapp import IPKernelApp

    os.setsid()  # own session, so that a kill reaches whatever the kernel started
    processes.adopt()
    processes.end_with(build)
    if folder:
        os.chdir(folder)
    surroundings.wear(Path(home))
    os.environ["TMPDIR"], tempfile.tempdir = home, None
    sys.dont_write_bytecode = True
    limits.keep_within(Path(home), Path(writes))
    app = IPKernelApp.instance(connection_file=connection_file, parent_handle=os.getppid(), quiet=True, log_level="CRITICAL")
    app.initialize([])
    app.start()


class Fork:
    """The few `Popen` methods that Jupyter's provisioner calls, answered by a forked process."""

    stdin = stdout = stderr = None

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process
        self.pid = process.pid

    def poll(self) -> int | None:
        """Exit code, or None while the kernel runs."""
        return self._process.exitcode

    def wait(self) -> int | None:
        """Exit code, once the kernel has ended."""
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Sends the signal; a kernel that is already gone is no error."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._process.pid or 0, number)

    def terminate(self) -> None:
        """Asks the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Ends the kernel."""
        self.send_signal(signal.SIGKILL)


class ForkProvisioner(LocalProvisioner):
    """Starts the kernel as a fork; all else is Jupyter's local provisioner."""

    home = ""  # an empty folder of the kernel's own

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Connection information of the kernel now running."""
        manager: Any = self.parent
        self.home = tempfile.mkdtemp(prefix="evidence-home-")
        told = (manager.connection_file, kwargs.get("cwd"), self.home, manager.writes, os.getpid())
        process = _FORKSERVER.Process(target=serve, args=told, daemon=True)
        await asyncio.to_thread(_started, process, Path(self.home))
        self.process = Fork(process)  # type: ignore[assignment]
        self.pid, self.pgid = process.pid, process.pid
        processes.keep(process.pid or 0)
        return self.connection_info

    async def cleanup(self, restart: bool = False) -> None:
        """Takes away what the kernel had for itself."""
        if self.pid:
            processes.forget(self.pid)
        shutil.rmtree(self.home, ignore_errors=True)
        await super().cleanup(restart)


def _started(process: ForkServerProcess, home: Path) -> None:
    with surroundings.worn(home):
        forkserver.ensure_running()
    process.start()


class ForkKernelManager(AsyncKernelManager):
    """Kernel manager whose kernels are forks, spoken to over sockets in the file system: no port to race for."""

    transport = "ipc"
    writes = ""  # the folder that the notebook may write into

    @property
    def kernel_spec(self) -> KernelSpec:
        """A fixed spec: the build must not depend on which kernels a machine happens to list."""
        return KernelSpec(argv=["fork", "-f", "{connection_file}"], display_name="Python 3", language="python")

    async def _async_pre_start_kernel(self, **kwargs: Any) -> tuple[list[str], dict[str, Any]]:
        self.ip = str(sockets.folder() / f"kernel-{uuid.uuid4().hex[:12]}")
        self.connection_file = f"{self.ip}.json"  # the user's own runtime folder may not be there
        self.provisioner = ForkProvisioner(kernel_id=self.kernel_id or "fork", kernel_spec=self.kernel_spec, parent=self)
        return await super()._async_pre_start_kernel(**kwargs)


class Client(PapermillNotebookClient):
    """Papermill's own client, which also ends what the notebook started and left."""

    def papermill_execute_cells(self) -> None:
        """Executes the cells.

        Raises:
            LeftRunning: every cell ended, but not every process that they started.
        """
        left: dict[int, str] = {}
        try:
            super().papermill_execute_cells()
        finally:
            if pid := self.km and self.km.provisioner and self.km.provisioner.pid:
                left = processes.started_by(pid)
                processes.kill(left)
        if left and not any(output.output_type == "error" for cell in self.nb.cells for output in cell.get("outputs", [])):
            raise LeftRunning(", ".join(sorted(set(left.values()))))


class ForkEngine(NBClientEngine):
    """Papermill's own engine with forked kernels."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> Any:
        """The executed notebook."""
        client = Client(
            nb_man,
            kernel_manager_class=type("RunKernelManager", (ForkKernelManager,), {"writes": kwargs["writes"]}),
            kernel_name=kernel_name,
            timeout=kwargs["execution_timeout"],
            startup_timeout=kwargs["start_timeout"],
            resources={"metadata": {"path": kwargs["folder"]}},
        )
        return client.execute()


papermill_engines.register("fork", ForkEngine)
