"""Warm kernels: real Jupyter kernels, forked from one process that has already imported the libraries.

Starting Python and importing pandas and Altair costs far more than most notebooks do; a fork of a process
that has done so costs milliseconds. The kernel, its protocol and its isolation stay the ordinary ones.
"""

import asyncio
import contextlib
import os
import signal
import uuid
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines

from evidence.runs import sockets

# "__main__" and this module are what every fork would otherwise import again; the debugger is half of a kernel's start.
_PRELOAD = ["__main__", "evidence.runs.kernels", "ipykernel.kernelapp", "ipykernel.debugger", "evidence.exhibits.desk"]
os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # a preloaded debugger would print a note of its own
_FORKSERVER = get_context("forkserver")
_FORKSERVER.set_forkserver_preload(_PRELOAD)


def serve(connection_file: str, folder: str | None) -> None:
    """Turns the forked process into a kernel that answers at this connection file."""
    from ipykernel.kernelapp import IPKernelApp

    os.setsid()  # own process group, so that a kill reaches whatever the kernel started
    if folder:
        os.chdir(folder)
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

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Connection information of the kernel now running."""
        process = _FORKSERVER.Process(target=serve, args=(self.parent.connection_file, kwargs.get("cwd")), daemon=True)  # type: ignore[union-attr]
        await asyncio.to_thread(process.start)
        self.process = Fork(process)  # type: ignore[assignment]
        self.pid, self.pgid = process.pid, process.pid
        return self.connection_info


class ForkKernelManager(AsyncKernelManager):
    """Kernel manager whose kernels are forks, spoken to over sockets in the file system: no port to race for."""

    transport = "ipc"

    @property
    def kernel_spec(self) -> KernelSpec:
        """A fixed spec: the build must not depend on which kernels a machine happens to list."""
        return KernelSpec(argv=["fork", "-f", "{connection_file}"], display_name="Python 3", language="python")

    async def _async_pre_start_kernel(self, **kwargs: Any) -> tuple[list[str], dict[str, Any]]:
        self.ip = str(sockets.folder() / f"kernel-{uuid.uuid4().hex[:12]}")
        self.connection_file = f"{self.ip}.json"  # the user's own runtime folder may not be there
        self.provisioner = ForkProvisioner(kernel_id=self.kernel_id or "fork", kernel_spec=self.kernel_spec, parent=self)
        return await super()._async_pre_start_kernel(**kwargs)


class ForkEngine(NBClientEngine):
    """Papermill's own engine with forked kernels."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> Any:
        """The executed notebook."""
        client = PapermillNotebookClient(
            nb_man,
            kernel_manager_class=ForkKernelManager,
            kernel_name=kernel_name,
            timeout=kwargs["execution_timeout"],
            startup_timeout=kwargs["start_timeout"],
            resources={"metadata": {"path": kwargs["folder"]}},
        )
        return client.execute()


papermill_engines.register("fork", ForkEngine)
