"""Papermill's engine, whose kernels are forked processes."""

from typing import Any

from jupyter_core.utils import run_sync
from nbclient.exceptions import CellTimeoutError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines

from evidence.runs import cells, processes
from evidence.runs.kernels import Kernel, kernel


class LeftRunning(Exception):
    """Processes that a notebook started and did not end; they are ended by now."""


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
                left = self.kernel.left()
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
