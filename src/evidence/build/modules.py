"""The files of the package that a task depends on: its modules, all that they import, and the tables and templates they fill."""

import ast
from functools import cache
from pathlib import Path

from evidence import disk, root

CODE = Path(__file__).parents[1]


@cache
def code(*modules: str) -> tuple[Path, ...]:
    """The files of these modules of the package, of all that they import from it, the package's own tables, and templates where one fills them."""
    own = list(root.files(CODE))
    found = {path for path in own if path.suffix == ".csv"}
    waiting = [module.removeprefix("evidence.") for module in modules]
    while waiting:
        path = CODE.joinpath(*waiting.pop().split(".")).with_suffix(".py")
        if path in found or not path.exists():
            continue
        found.add(path)
        waiting.extend(_imports(path))
    filled = any(path.stem in ("extension", "freezing", "site") for path in found)
    return tuple(sorted(found | {path for path in own if path.parent.name == "templates"} if filled else found))


@cache
def _imports(path: Path) -> tuple[str, ...]:
    found = []
    for node in ast.walk(ast.parse(disk.text(path))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "evidence":
            inside = node.module.removeprefix("evidence").removeprefix(".")
            found += [inside, *(f"{inside}.{alias.name}".removeprefix(".") for alias in node.names)]
    return tuple(found)
