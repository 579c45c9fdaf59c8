"""Runs a notebook with Papermill, and trusts none that did not finish.

After a killed kernel, a time-out or `sys.exit(0)` the file that Papermill leaves can say "completed". So a run counts
only if the call returned, every code cell has an execution count, nothing exited early, and every exhibit and value
that the notebook names is on disk. The notebook gets its name only after that.
"""

import contextlib
import logging
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from evidence import disk
from evidence.errors import Place, Refusal
from evidence.runs import outputs, processes, selection
from evidence.runs import parameters as given
from evidence.runs.engine import LeftRunning  # the module registers the engine
from evidence.runs.kernels import NotStarted
from evidence.runs.limits import OutsideRun
from evidence.runs.promises import Run, promised

CELL_SECONDS = 300
START_SECONDS = 60
DEEPEST = 16  # folders within each other that a notebook leaves


def execute(run: Run, folder: Path, seconds: int = CELL_SECONDS) -> Path:
    """The executed notebook, its exhibits beside it; nothing is left of a run that failed.

    Raises:
        Refusal: E301 a cell failed, E302 the kernel died, E303 a cell ran out of time, E304 the notebook ended early,
            E305 an exhibit or value is missing, E317 it wrote outside its folder, E318 its kernel did not start, twice,
            E319 it left processes, E320 it left a script, E327 it shows what cannot be seen, E326 it left what is no plain file,
            and before anything is touched E306, E309 or E313 for its parameters.
    """
    parameters = given.checked(run.notebook, _parameters(run))
    out = folder / run.out
    try:
        try:
            notebook = _papermill(run, parameters, folder, seconds)
        except Refusal as refused:
            if refused.code != "E318":
                raise
            notebook = _papermill(run, parameters, folder, seconds)
        _finished(run, notebook, out)
    except BaseException:
        disk.remove(out)
        raise
    nbformat.write(normalised(notebook), out / "notebook.ipynb")
    return out / "notebook.ipynb"


def _parameters(run: Run) -> dict[str, Any]:
    own = {"edition": run.edition, "lang": run.lang, "out": run.out.as_posix(), **run.parameters}
    return own | ({"subject": run.subject} if run.subject else {})


def _papermill(run: Run, parameters: dict[str, Any], folder: Path, seconds: int) -> nbformat.NotebookNode:
    for name in ("papermill", "traitlets", "nbclient"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what they would say, the refusal says
    out = folder / run.out
    disk.remove(out)
    out.mkdir(parents=True)
    with _explained(run):  # without a file to write to, for Papermill writes it anew at each cell
        return papermill.execute_notebook(
            selection.notebook(run.notebook, run.listed), None, parameters=parameters, engine_name="fork", kernel_name="python3",
            language="python", progress_bar=False, execution_timeout=seconds, start_timeout=START_SECONDS, folder=str(folder), writes=str(out),
        )  # fmt: skip


@contextlib.contextmanager
def _explained(run: Run) -> Iterator[None]:
    """Whatever goes wrong inside, said as a refusal that names notebook, cell and message."""
    try:
        yield
    except PapermillExecutionError as error:
        code = {"SystemExit": "E304", OutsideRun.__name__: "E317"}.get(error.ename, "E301")
        told = error.evalue if code == "E317" else f"{error.ename}: {error.evalue}"
        raise Refusal(code, _place(run, _cell(run, error)), told) from error
    except LeftRunning as error:
        raise Refusal("E319", _place(run), str(error)) from error
    except DeadKernelError as error:
        raise Refusal("E302", _place(run)) from error
    except CellTimeoutError as error:
        raise Refusal("E303", _place(run), str(error).split("\n")[0]) from error
    except (NotStarted, EOFError, ConnectionError) as error:  # the last two are what the server of forks says
        if processes.stopped():
            raise processes.Stopped from error
        raise Refusal("E318", _place(run), f"{type(error).__name__}: {error}") from error


def _cell(run: Run, error: PapermillExecutionError) -> str:
    """The cell as the notebook's author counts it: with those that the edition leaves out, without the one that Papermill adds."""
    cells = selection.cells(run.notebook, run.listed)
    parameters = next((place for place, cell in enumerate(cells) if "parameters" in cell.metadata.get("tags", [])), len(cells))
    return f"cell {_number(run, cells[error.cell_index - (error.cell_index > parameters)].get('id', ''))}"


def _number(run: Run, id: str) -> int:
    """The number of the cell of this id in the notebook's file; the first is 1."""
    cells = selection.cells(run.notebook)
    return next((number for number, cell in enumerate(cells, start=1) if cell.get("id") == id), 0)


def _finished(run: Run, notebook: nbformat.NotebookNode, out: Path) -> None:
    own = [cell for cell in notebook.cells if "injected-parameters" not in cell.metadata.get("tags", [])]
    for cell in own:
        if cell.cell_type != "code":
            continue
        exited = any(output.get("ename") == "SystemExit" for output in cell.outputs)
        place = _place(run, f"cell {_number(run, cell.get('id', ''))}")
        if exited or cell.execution_count is None:
            raise Refusal("E304", place)
        if scripts := sorted({kind for output in cell.outputs for kind in outputs.active(output)}):
            raise Refusal("E320", place, ", ".join(scripts))
        if unseen := sorted({told for output in cell.outputs for told in outputs.hidden(output)}):
            raise Refusal("E327", place, ", ".join(unseen))
    if odd := [path.relative_to(out).as_posix() for path in _odd(out)]:
        raise Refusal("E326", _place(run), ", ".join(odd))
    missing = [name for name in promised(run) if name != "notebook.ipynb" and not (out / name).exists()]
    if missing:
        raise Refusal("E305", _place(run), ", ".join(missing))


def _odd(folder: Path, below: int = DEEPEST) -> Iterator[Path]:
    """What is no plain file, and folders that lie too deep for whatever copies and removes them."""
    for path in sorted(folder.iterdir()):
        if not _plain(path) or (path.is_dir() and not below):
            yield path
        elif path.is_dir():
            yield from _odd(path, below - 1)


def _plain(path: Path) -> bool:
    """Whether this is a folder, or a file that has no other name: a link would be read, or written, where it leads."""
    told = path.lstat()
    return stat.S_ISDIR(told.st_mode) or (stat.S_ISREG(told.st_mode) and told.st_nlink == 1)


def _place(run: Run, column: str = "") -> Place:
    return Place(f"{run.notebook.name} ({run.lang})", column=column, edition=run.edition)


def normalised(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook without what differs from run to run: times, paths, and the id of the cell that Papermill adds."""
    notebook.metadata.pop("papermill", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for number, cell in enumerate(notebook.cells):
        tags = cell.metadata.get("tags", [])
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
        cell["id"] = "injected-parameters" if "injected-parameters" in tags else cell.get("id", f"cell-{number}")
        for output in cell.get("outputs", []):
            output.pop("execution_count", None) if output.output_type != "execute_result" else None
            if "text" in output:
                output["text"] = re.sub(r"0x[0-9a-f]{6,}", "0x…", output["text"])
    return notebook
