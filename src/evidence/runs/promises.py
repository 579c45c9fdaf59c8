"""What a notebook promises, read from its code: the exhibits and values it names, the tables and modules it reads."""

import ast
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import nbformat

from evidence import disk, root
from evidence.errors import Place, Refusal

ALWAYS = frozenset({"exhibits", "sources", "values", "claims", "measures"})  # tables that the desk of every notebook reads
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
    return "\n".join(cell.source for cell in cells(notebook) if cell.cell_type == "code")


def cells(notebook: Path) -> tuple[nbformat.NotebookNode, ...]:
    """The cells of the notebook.

    Raises:
        Refusal: E292 and E293 a file that cannot be read, E321 one that is no notebook, E322 a cell that is no Python, with its line.
    """
    return _cells(disk.text(notebook), notebook.name)


@cache
def _cells(text: str, name: str) -> tuple[nbformat.NotebookNode, ...]:
    try:
        found = tuple(nbformat.reads(text, as_version=4).cells)
        codes = [(number, cell.source) for number, cell in enumerate(found, start=1) if cell.cell_type == "code"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, nbformat.ValidationError) as error:
        raise Refusal("E321", Place(name), str(error).split("\n")[0]) from error
    for number, code in codes:
        try:
            ast.parse(code)
        except (SyntaxError, ValueError, RecursionError) as error:
            told = f"{error.msg} ({error.lineno})" if isinstance(error, SyntaxError) else str(error)
            raise Refusal("E322", Place(name, column=f"cell {number}"), told) from error
    return found


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

    >>> sorted(tables("evidence = tables.edition.opened(edition); evidence.tiers"))
    ['claims', 'exhibits', 'measures', 'sources', 'tiers', 'values']
    """
    read = _asked(code) - _EDITION
    profile = any(isinstance(node, ast.Name) and node.id == "subject" for node in ast.walk(ast.parse(code)))
    return ALWAYS | read | _counted(code) | ({"programmes", "funders"} if profile else set())


def _counted(code: str) -> set[str]:
    """The tables that the code says it counts or lists, where it names them."""
    told = [word for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call) for word in node.keywords if word.arg == "counted"]
    return {table for word in told if isinstance(word.value, ast.Constant) for table in str(word.value.value).split()}


def compares(code: str) -> bool:
    """Whether the code looks at the edition before its own.

    >>> compares("before = evidence.previous")
    True
    """
    return "previous" in _asked(code)


def _asked(code: str) -> set[str]:
    return {node.attr for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Attribute) and _named(node.value, "evidence")}


def modules(code: str) -> frozenset[str]:
    """The modules that the code asks of the rooms it imports.

    >>> sorted(modules("from evidence import charts, tables; charts.look.drawn(tables.edition.opened('2019-09'))"))
    ['charts.look', 'tables.edition']
    """
    nodes = list(ast.walk(ast.parse(code)))
    rooms = {alias.name for node in nodes if isinstance(node, ast.ImportFrom) and node.module == "evidence" for alias in node.names}
    return frozenset(
        f"{node.value.id}.{node.attr}"
        for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in rooms
    )


def _named(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def exhibits(run: Run) -> list[str]:
    """Ids of the exhibits that a finished run leaves."""
    end = f"-{run.subject}" if run.subject else ""
    return [f"{id}{end}" for method, id in calls(source(run.notebook)) if method in _EXHIBITS]


def promised(run: Run) -> list[str]:
    """File names that a finished run leaves: drawings, data and records of its exhibits, its values, the notebook.

    Raises:
        Refusal: E297 an exhibit, value or subject whose name cannot be one.
    """
    end = f"-{run.subject}" if run.subject else ""
    named = [(method, root.identifier(f"{id}{end}", run.notebook.name).removesuffix(end)) for method, id in calls(source(run.notebook))]
    files = [f"{id}{end}{ending}" for method, id in named if method in _EXHIBITS for ending in (".json", ".csv")]
    files += [f"{id}{end}{ending}" for method, id in named if method == "figure" for ending in (".svg", ".vl.json")]
    files += ["values.json"] if any(method in _VALUES for method, _ in named) else []
    return sorted({*files, "notebook.ipynb"})
