"""What a notebook promises, read from its code: the exhibits and values it names, the tables and modules it reads."""

import ast
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from evidence import root
from evidence.runs import selection
from evidence.runs.selection import EXHIBITS, VALUES, Call, Listed, calls

ALWAYS = frozenset({"exhibits", "sources", "values", "claims", "measures"})  # tables of which the desk of every notebook reads a part
_EDITION = frozenset({"name", "previous", "texts", "tables", "table", "keys", "schemas", "causes", "has", "read"})  # of `Edition`, not tables


@dataclass(frozen=True)
class Run:
    """One execution of one notebook: in one language, about one subject where the notebook is a profile.

    `listed` is what the edition lists of the chapter: the run has only the cells that belong to it. Where it is not told the notebook is whole.
    """

    notebook: Path
    edition: str
    lang: str
    out: Path  # relative to the project, so that the published notebook names no machine's folders
    subject: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    listed: Listed | None = None

    @property
    def code(self) -> str:
        """The code of the cells that the run has."""
        return source(self.notebook, self.listed)

    @property
    def name(self) -> str:
        """The notebook's name, or the kind of profile and its subject."""
        return f"{self.notebook.stem}-{self.subject}" if self.subject else self.notebook.stem


def source(notebook: Path, listed: Listed | None = None) -> str:
    """The code of the notebook, its code cells one after the other: of those that belong to an edition that lists so much, if that is told."""
    return "\n".join(cell.source for cell in selection.cells(notebook, listed) if cell.cell_type == "code")


def tables(code: str) -> frozenset[str]:
    """The tables of the edition that the code reads: what it names of `evidence`, and what the desk reads for it.

    >>> sorted(tables("evidence = tables.edition.opened(edition); evidence.tiers"))
    ['claims', 'exhibits', 'measures', 'sources', 'tiers', 'values']
    """
    return ALWAYS | named(code)


@cache
def named(code: str) -> frozenset[str]:
    """The tables that the code itself reads, whole; of the others the desk reads what is in `exhibits.parts`.

    >>> sorted(named("evidence = tables.edition.opened(edition); evidence.tiers"))
    ['tiers']
    """
    read = _asked(code) - _EDITION
    profile = any(isinstance(node, ast.Name) and node.id == "subject" for node in ast.walk(ast.parse(code)))
    about = {"indicators"} if "indicators" in read else {"programmes", "funders"}  # the tables that name what a profile may be about
    return frozenset(read | _counted(code) | (about if profile else set()))


def _counted(code: str) -> set[str]:
    """The tables that the code says it counts or lists, where it names them."""
    told = [word for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call) for word in node.keywords if word.arg == "counted"]
    return {table for word in told if isinstance(word.value, ast.Constant) for table in str(word.value.value).split()}


@cache
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
    return [full(call, run.subject) for call in calls(run.code) if call.method in EXHIBITS]


def full(call: Call, subject: str) -> str:
    """The id under which a run about this subject leaves what the call makes; a claim keeps its own.

    >>> full(Call("table", "facts"), "nih"), full(Call("claim", "nih-growth"), "nih"), full(Call("value", "count"), "")
    ('facts-nih', 'nih-growth', 'count')
    """
    return call.id if call.method == "claim" or call.rests == (call.id,) else selection.own(call.id, subject)


def promised(run: Run) -> list[str]:
    """File names that a finished run leaves: drawings, data and records of its exhibits, its values, the notebook.

    Raises:
        Refusal: E297 an exhibit, value or subject whose name cannot be one.
    """
    named = [(call.method, root.identifier(full(call, run.subject), run.notebook.name)) for call in calls(run.code)]
    files = [f"{id}{ending}" for method, id in named if method in EXHIBITS for ending in (".json", ".csv")]
    files += [f"{id}{ending}" for method, id in named if method == "figure" for ending in (".svg", ".narrow.svg", ".vl.json")]
    files += ["values.json"] if any(method in VALUES for method, _ in named) else []
    return sorted({*files, "notebook.ipynb"})
