"""What of a notebook belongs to an edition: the cells whose exhibits and values the edition's own tables list.

A notebook serves every edition. What a later edition adds to it stands in cells of its own and is left out of an earlier one, with the headings
and the computing that only those cells need, so that an earlier edition is made of the same cells as before.
"""

import ast
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import nbformat

from evidence import disk
from evidence.errors import Place, Refusal

EXHIBITS, VALUES = ("figure", "table"), ("value", "claim")
INDICATOR = "indicator"  # the notebook that is run once per indicator, and what it calls the one figure that bears the indicator's own id
TABLE = "indicator-table"  # what it calls that one exhibit where its form is a table
Cells = Sequence[nbformat.NotebookNode]


@dataclass(frozen=True)
class Listed:
    """What an edition lists of one chapter: ids of its exhibits, of its claims, and of its values where it has a table of them (else None)."""

    exhibits: frozenset[str]
    claims: frozenset[str] = frozenset()
    values: frozenset[str] | None = None

    def has(self, call: "Call") -> bool | None:
        """Whether the edition lists what the call makes; None where no table of the edition says.

        >>> Listed(frozenset({"map"})).has(Call("figure", "map")), Listed(frozenset()).has(Call("value", "n"))
        (True, None)
        """
        if call.method in EXHIBITS:
            return call.id in self.exhibits
        if call.method == "claim" and call.id not in self.claims:
            return False
        return None if self.values is None else call.id in self.values


@dataclass(frozen=True)
class Call:
    """A call that makes an exhibit or a value: its method, its id, what else is written out in it.

    `holds` says whether a test holds its title, `counted` whether it counts rows of this book, `assumed` whether a parameter is in it.
    """

    method: str
    id: str
    unit: str = ""
    rests: tuple[str, ...] = ()
    formula: str = ""
    holds: bool = False
    counted: bool = False
    assumed: bool = False


def own(id: str, subject: str) -> str:
    """The id under which a run about this subject keeps the exhibit that its notebook calls `id`.

    >>> own("facts", "nih"), own("facts", ""), own("indicator", "patents")
    ('facts-nih', 'facts', 'patents')
    """
    if id in (INDICATOR, TABLE):
        return subject or id
    return f"{id}-{subject}" if subject else id


@cache
def calls(code: str) -> tuple[Call, ...]:
    """Every exhibit and value that the code names, in the order of its lines.

    >>> calls('desk.figure("tier-diagram", chart, table)')[0].id
    'tier-diagram'
    """
    nodes = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    made = [node for node in nodes if getattr(node.func, "attr", "") in (*EXHIBITS, *VALUES) and node.args and _text(node.args[0])]
    return tuple(_call(node) for node in sorted(made, key=lambda node: (node.lineno, node.col_offset)))


def _call(node: ast.Call) -> Call:
    told = {keyword.arg: _text(keyword.value) for keyword in node.keywords}
    unit = told.get("unit") or (_text(node.args[2]) if len(node.args) > 2 else "")
    rests = f"{told.get('claims', '')} {told.get('basis', '')}".split()
    has = (name in told for name in ("holds", "counted", "assumed"))
    return Call(getattr(node.func, "attr", ""), _text(node.args[0]), unit, tuple(rests), told.get("formula", ""), *has)


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def notebook(path: Path, listed: Listed | None = None) -> nbformat.NotebookNode:
    """The notebook with the cells of an edition that lists so much, to do with as one likes; the whole notebook where nothing is told.

    Raises:
        Refusal: as `cells`.
    """
    own = cells(path, listed)
    found: nbformat.NotebookNode = nbformat.reads(disk.text(path), as_version=4)
    found.cells = deepcopy(own)
    return found


def cells(path: Path, listed: Listed | None = None) -> list[nbformat.NotebookNode]:
    """The cells of the notebook, to be read only: of an edition that lists so much, or all where nothing is told.

    Raises:
        Refusal: E292 and E293 a file that cannot be read, E321 one that is no notebook, E322 a cell that is no Python, with its line.
    """
    whole = _cells(disk.text(path), path.name)
    left = left_out(whole, listed) if listed is not None else set()
    return [cell for number, cell in enumerate(whole) if number not in left]


@lru_cache(maxsize=64)
def _cells(text: str, name: str) -> tuple[nbformat.NotebookNode, ...]:
    told: dict[str, Exception] = {}
    try:
        found = tuple(nbformat.reads(text, as_version=4, capture_validation_error=told).cells)
        if told:
            raise told["ValidationError"]
        codes = [(number, cell.source) for number, cell in enumerate(found, start=1) if cell.cell_type == "code"]
    except Exception as error:  # the reader fails in many ways, and also where it brings an older notebook up to date
        raise Refusal("E321", Place(name), str(error).split("\n")[0] or type(error).__name__) from error
    for number, code in codes:
        try:
            ast.parse(code)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:  # nested too deeply is one of the last two
            why = f"{error.msg} ({error.lineno})" if isinstance(error, SyntaxError) else str(error) or type(error).__name__
            raise Refusal("E322", Place(name, column=f"cell {number}"), why) from error
    return found


def left_out(cells: Cells, listed: Listed) -> set[int]:
    """The cells that do not belong to an edition that lists so much, by their number from 0.

    A cell goes where all that it makes is not listed (its values follow its exhibits where no table lists values), computing goes where only
    such cells use what it sets, and a heading goes where no cell below it stays.
    """
    codes = {number: cell.source for number, cell in enumerate(cells) if cell.cell_type == "code"}
    told = {number: {listed.has(call) for call in calls(code)} for number, code in codes.items()}
    left = {number for number, verdicts in told.items() if False in verdicts and True not in verdicts}
    free = [number for number, verdicts in told.items() if not verdicts and "parameters" not in cells[number].metadata.get("tags", [])]
    while more := {number for number in free if number not in left and _serves_only(number, codes, left)}:
        left |= more
    return left | _headings(cells, left)


def _serves_only(number: int, codes: dict[int, str], left: set[int]) -> bool:
    """Whether what this cell sets is used by cells that are left out, and by no other."""
    users = {other for other, code in codes.items() if other != number and _sets(codes[number]) & _uses(code)}
    return bool(users) and users <= left


def _headings(cells: Cells, left: set[int]) -> set[int]:
    """The texts below which there is code, up to the next text, and none of it stays."""
    found: set[int] = set()
    above: list[int] = []
    below: list[int] = []
    for number, cell in [*enumerate(cells), (len(cells), None)]:
        if cell is None or (cell.cell_type != "code" and below):
            found |= set(above) if below and set(below) <= left else set()
            above, below = [], []
        if cell is not None:
            (below if cell.cell_type == "code" else above).append(number)
    return found


def torn(cells: Cells, listed: Listed) -> list[tuple[int, str]]:
    """Where the notebook cannot be cut to such an edition, with the number of the cell from 0 and what tears.

    A cell that makes what the edition lists and what it does not; a cell that stays and uses a name that only cells set that are left out.
    """
    left = left_out(cells, listed)
    kept = {number: cell.source for number, cell in enumerate(cells) if cell.cell_type == "code" and number not in left}
    found = []
    for number, code in kept.items():
        verdicts = [(call.id, listed.has(call)) for call in calls(code)]
        lost = [id for id, verdict in verdicts if verdict is False]
        found += [(number, f"{id} ({', '.join(other for other, verdict in verdicts if verdict)})") for id in lost]
    lost_names = {name for number in left if cells[number].cell_type == "code" for name in _sets(cells[number].source)}
    lost_names -= {name for code in kept.values() for name in _sets(code)}
    return found + [(number, name) for number, code in kept.items() for name in sorted(_uses(code) & lost_names)]


@cache
def _sets(code: str) -> frozenset[str]:
    return _names(code, ast.Store)


@cache
def _uses(code: str) -> frozenset[str]:
    return _names(code, ast.Load)


def _names(code: str, context: type[ast.expr_context]) -> frozenset[str]:
    return frozenset(node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name) and isinstance(node.ctx, context))
