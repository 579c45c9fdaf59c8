"""Parameters of a notebook: names from its own list, values of the type it declares, refused before a kernel starts.

Papermill itself only logs an unknown parameter, and writes names and values into code.
"""

import ast
import math
import re
from pathlib import Path
from typing import Any

from evidence.errors import Place, Refusal, Refusals
from evidence.nearest import near
from evidence.runs import choices, selection

_RANGE = re.compile(r"^(\w+)(?:: \w+)? = .*#.*([\[(])(-?[0-9.]+), (-?[0-9.]+)([\])]) *$", re.M)

_SET = (ast.Assign, ast.AnnAssign)  # `years = 5`, and `years: int = 5`, of which Papermill tells the type


def declared(notebook: Path) -> dict[str, Any]:
    """The notebook's parameters and their defaults, from the assignments of its `parameters` cell; None stands for "must be given"."""
    code = _cell(notebook)
    told = [(node.targets[0] if isinstance(node, ast.Assign) else node.target, node.value) for node in ast.parse(code).body if isinstance(node, _SET)]
    try:
        return {name.id: ast.literal_eval(value) for name, value in told if isinstance(name, ast.Name) and value}
    except ValueError as error:
        raise Refusal("E322", Place(notebook.name, column="parameters"), str(error)) from error


def _cell(notebook: Path) -> str:
    return "\n".join(cell.source for cell in selection.cells(notebook) if "parameters" in cell.metadata.get("tags", []))


def ranges(notebook: Path) -> dict[str, tuple[str, float, float, str]]:
    """The range that the comment of a parameter ends in, as `[1, 30]` with its ends or `(-100, 1000)` without, by the parameter's name."""
    code = _cell(notebook)
    return {found[1]: (found[2], float(found[3]), float(found[4]), found[5]) for found in _RANGE.finditer(code)}


def _inside(value: Any, span: tuple[str, float, float, str]) -> bool:
    """Whether the number lies within the range.

    >>> [_inside(value, ("(", 0, 30, "]")) for value in (0, 0.5, 30, 31)]
    [False, True, True, False]
    """
    opens, low, high, closes = span
    return (value >= low if opens == "[" else value > low) and (value <= high if closes == "]" else value < high)


def parsed(notebook: Path, given: dict[str, str]) -> dict[str, Any]:
    """Parameters given as text, in the types that the notebook declares; what cannot be read as its type stays text, for `checked` to refuse."""
    known = declared(notebook)
    return {name: _as(known.get(name), text) for name, text in given.items()}


def _as(default: Any, text: str) -> Any:
    """The text as a value of the type of the default, if it is written as one.

    >>> _as(1, "12"), _as(1.0, "2.5"), _as(1, "2.5"), _as("ja", "12"), _as(True, "true")
    (12, 2.5, '2.5', '12', True)
    """
    if isinstance(default, bool):
        return {"true": True, "false": False}.get(text, text)
    if isinstance(default, (int, float)) and re.fullmatch(r"-?[0-9]+" if isinstance(default, int) else r"-?[0-9]+(?:\.[0-9]+)?", text, re.ASCII):
        return type(default)(text)
    return text


def checked(notebook: Path, given: dict[str, Any]) -> dict[str, Any]:
    """The parameters to run the notebook with, as they were given.

    Raises:
        Refusals: E306 a name that the notebook does not declare, E309 one that it needs and was not given, E313 a value of another type,
            E350 a number outside the range that the notebook names, E352 to E354 as `choices.strange`.
    """
    known = declared(notebook)
    names = ", ".join(known)
    place = notebook.name
    problems = [
        Refusal("E306", Place(place, column=str(name)[:40]), f"{near(str(name), list(known))} ({names})") for name in given if name not in known
    ]
    problems += [Refusal("E309", Place(place, column=name), name) for name, default in known.items() if default is None and given.get(name) is None]
    for name, value in given.items():
        if name in known and known[name] is not None and not _fits(value, known[name]):
            told = f"{name} = {value!r} ({type(value).__name__} → {type(known[name]).__name__})"
            problems.append(Refusal("E313", Place(place, column=name), told))
    for name, span in ranges(notebook).items():
        if name in given and _fits(given[name], known[name]) and not _inside(given[name], span):
            told = f"{name} = {given[name]} → {span[0]}{span[1]:g}, {span[2]:g}{span[3]}"
            problems.append(Refusal("E350", Place(place, column=name), told))
    problems += [] if problems else choices.strange(notebook, _cell(notebook), declared(notebook) | given)
    if problems:
        raise Refusals(problems)
    return given


def _fits(value: Any, default: Any) -> bool:
    """Whether the value has the type of the default; a whole number is a decimal too, but yes and no are no numbers.

    >>> [_fits(*pair) for pair in ((5, 1.0), (True, 1), ("2026", 2026), (float("inf"), 1.0), ("ja", "en"))]
    [True, False, False, False, True]
    """
    if isinstance(default, bool) or isinstance(value, bool):
        return type(value) is type(default)
    if isinstance(default, float):
        return isinstance(value, (int, float)) and math.isfinite(value)
    return type(value) is type(default)
