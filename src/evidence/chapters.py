"""Runs a notebook with Papermill, and trusts none that did not finish.

After a killed kernel, a time-out or `sys.exit(0)` the file that Papermill leaves can say "completed". So a run counts
only if the call returned, every code cell has an execution count, nothing exited early, and every exhibit and value
that the notebook names is on disk. The notebook gets its name only after that.
"""

import ast
import contextlib
import logging
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from evidence import kernels  # noqa: F401  (registers the engine)
from evidence import parameters as given
from evidence.errors import Place, Refusal

CELL_SECONDS = 300
START_SECONDS = 60
ALWAYS = frozenset({"exhibits", "sources"})  # tables that the desk of every notebook reads
_EDITION = frozenset({"name", "previous", "texts", "tables", "table", "keys", "schemas", "corrections", "has", "read"})  # of `Edition`, not tables
_EXHIBITS, _VALUES = ("figure", "table"), ("value", "claim")


@dataclass(frozen=True)
class Run:
    """One execution of one notebook: in one language, about one subject where the notebook is a profile."""

    notebook: Path
    edition: str
    lang: str
    out: Path  # relative to the project, so that the published notebook names no machine's folders
    subject: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The notebook's name, or the kind of profile and its subject."""
        return f"{self.notebook.stem}-{self.subject}" if self.subject else self.notebook.stem


def source(notebook: Path) -> str:
    """The code of the notebook, its code cells one after the other."""
    cells = nbformat.read(notebook, as_version=4).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "code")


@cache
def calls(code: str) -> tuple[tuple[str, str], ...]:
    """Every exhibit and value that the code names, as (method, id).

    >>> calls('desk.figure("tier-diagram", chart, table)')
    (('figure', 'tier-diagram'),)
    """
    found = []
    for node in ast.walk(ast.parse(code)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args and isinstance(node.args[0], ast.Constant)):
            continue
        if node.func.attr in (*_EXHIBITS, *_VALUES):
            found.append((node.func.attr, str(node.args[0].value)))
    return tuple(found)


def tables(code: str) -> frozenset[str]:
    """The tables of the edition that the code reads: what it names of `evidence`, and what the desk reads for it.

    >>> sorted(tables("evidence = data.edition(edition); evidence.tiers"))
    ['exhibits', 'sources', 'tiers']
    """
    read = _asked(code) - _EDITION
    quoted = any(method == "claim" for method, _ in calls(code))
    profile = any(isinstance(node, ast.Name) and node.id == "subject" for node in ast.walk(ast.parse(code)))
    return ALWAYS | read | ({"claims", "measures"} if quoted else set()) | ({"programmes", "funders"} if profile else set())


def compares(code: str) -> bool:
    """Whether the code looks at the edition before its own.

    >>> compares("before = evidence.previous")
    True
    """
    return "previous" in _asked(code)


def _asked(code: str) -> set[str]:
    return {node.attr for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Attribute) and _named(node.value, "evidence")}


def modules(code: str) -> frozenset[str]:
    """The modules of this package that the code imports; of the charts, only those it draws with."""
    nodes = list(ast.walk(ast.parse(code)))
    named = {alias.name for node in nodes if isinstance(node, ast.ImportFrom) and node.module == "evidence" for alias in node.names}
    drawn = {node.attr for node in nodes if isinstance(node, ast.Attribute) and _named(node.value, "charts")}
    return frozenset(named - {"charts"} | {f"charts.{name}" for name in drawn})


def _named(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def exhibits(run: Run) -> list[str]:
    """Ids of the exhibits that a finished run leaves."""
    end = f"-{run.subject}" if run.subject else ""
    return [f"{id}{end}" for method, id in calls(source(run.notebook)) if method in _EXHIBITS]


def promised(run: Run) -> list[str]:
    """File names that a finished run leaves: drawings, data and records of its exhibits, its values, the notebook."""
    named = calls(source(run.notebook))
    end = f"-{run.subject}" if run.subject else ""
    files = [f"{id}{end}{ending}" for method, id in named if method in _EXHIBITS for ending in (".json", ".csv")]
    files += [f"{id}{end}{ending}" for method, id in named if method == "figure" for ending in (".svg", ".vl.json")]
    files += ["values.json"] if any(method in _VALUES for method, _ in named) else []
    return sorted({*files, "notebook.ipynb"})


def execute(run: Run, folder: Path, seconds: int = CELL_SECONDS) -> Path:
    """The executed notebook, its exhibits beside it; nothing is left of a run that failed.

    Raises:
        Refusal: E301 a cell failed, E302 the kernel died, E303 a cell ran out of time, E304 the notebook ended early,
            E305 an exhibit or value is missing, and before anything is touched E306, E309 or E313 for its parameters.
    """
    parameters = given.checked(run.notebook, _parameters(run))
    out = folder / run.out
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    unfinished = out / "unfinished.ipynb"
    try:
        notebook = _papermill(run, parameters, unfinished, folder, seconds)
        _finished(run, notebook, out)
    except BaseException:
        shutil.rmtree(out, ignore_errors=True)
        raise
    nbformat.write(normalised(notebook), out / "notebook.ipynb")
    unfinished.unlink()
    return out / "notebook.ipynb"


def _parameters(run: Run) -> dict[str, Any]:
    own = {"edition": run.edition, "lang": run.lang, "out": run.out.as_posix(), **run.parameters}
    return own | ({"subject": run.subject} if run.subject else {})


def _papermill(run: Run, parameters: dict[str, Any], unfinished: Path, folder: Path, seconds: int) -> nbformat.NotebookNode:
    for name in ("papermill", "traitlets", "nbclient"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what they would say, the refusal says
    with _explained(run):
        return papermill.execute_notebook(
            str(run.notebook), str(unfinished), parameters=parameters, engine_name="fork", kernel_name="python3",
            progress_bar=False, execution_timeout=seconds, start_timeout=START_SECONDS, folder=str(folder),
        )  # fmt: skip


@contextlib.contextmanager
def _explained(run: Run) -> Iterator[None]:
    """Whatever goes wrong inside, said as a refusal that names notebook, cell and message."""
    name = f"{run.notebook.name} ({run.lang})"
    try:
        yield
    except PapermillExecutionError as error:
        code = "E304" if error.ename == "SystemExit" else "E301"
        raise Refusal(code, Place(name, column=_cell(run, error)), f"{error.ename}: {error.evalue}") from error
    except DeadKernelError as error:
        raise Refusal("E302", Place(name)) from error
    except CellTimeoutError as error:
        raise Refusal("E303", Place(name), str(error).split("\n")[0]) from error


def _cell(run: Run, error: PapermillExecutionError) -> str:
    """The cell as the notebook's author counts it: without the one that Papermill adds after the parameters."""
    cells = nbformat.read(run.notebook, as_version=4).cells
    parameters = next((place for place, cell in enumerate(cells) if "parameters" in cell.metadata.get("tags", [])), len(cells))
    return f"cell {error.cell_index + (error.cell_index <= parameters)}"


def _finished(run: Run, notebook: nbformat.NotebookNode, out: Path) -> None:
    own = [cell for cell in notebook.cells if "injected-parameters" not in cell.metadata.get("tags", [])]
    for number, cell in enumerate(own, start=1):
        if cell.cell_type != "code":
            continue
        exited = any(output.get("ename") == "SystemExit" for output in cell.outputs)
        if exited or cell.execution_count is None:
            raise Refusal("E304", Place(f"{run.notebook.name} ({run.lang})", column=f"cell {number}"))
    missing = [name for name in promised(run) if name != "notebook.ipynb" and not (out / name).exists()]
    if missing:
        raise Refusal("E305", Place(f"{run.notebook.name} ({run.lang})"), ", ".join(missing))


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
