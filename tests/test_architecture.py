"""The order of the house: who may import whom, and how large a room may grow."""

import ast
from pathlib import Path

CODE = Path(__file__).parents[1] / "src" / "evidence"
BOOK = {
    "chapters",
    "kernels",
    "contents",
    "prose",
    "book",
    "binding",
    "search",
    "fonts",
    "editions",
    "pipeline",
    "progress",
    "state",
    "tasks",
    "offers",
    "description",
    "parameters",
    "settings",
}
FRONT = {"cli", "usage", "edit", "comparison", "report", "citing"}
GATE = {"gate", "reading", "cells", "headers", "references", "encoding", "package"}
GROUND = GATE | {
    "errors",
    "words",
    "root",
    "subjects",
    "data",
    "passages",
    "audit",
    "succession",
    "corrections",
    "identifiers",
    "normal",
    "spreadsheet",
    "intake",
    "jumps",
    "speech",
    "typeface",
}
# What makes and reads citations and files for citers: it stands on the ground alone, and the book may use it.
CITING = {"citations", "bibliography", "stamps", "archives", "pictures", "plots", "slides", "workbooks", "parcels", "exports", "crate"}
CITING |= {"sheets", "vegalite", "published", "pagedata", "catalogues", "papers", "mentions", "verification", "review"}
LINES, BODY = 300, 55


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "evidence"]
    return {alias.name if node.module == "evidence" else node.module.split(".")[1] for node in found for alias in node.names}


def test_the_wings_never_import_each_other_nor_the_ground_a_wing():
    for path in CODE.rglob("*.py"):
        name = path.relative_to(CODE).parts[0].removesuffix(".py")
        seen = imports(path)
        if name in GROUND:
            assert seen <= GROUND, (path.name, seen - GROUND)
        elif name in CITING:
            assert seen <= CITING | GROUND, (path.name, seen - CITING - GROUND)
        elif name in BOOK:
            assert seen <= BOOK | CITING | GROUND, (path.name, seen - BOOK - CITING - GROUND)
        elif name not in FRONT:
            assert not seen & (BOOK | FRONT), (path.name, seen & (BOOK | FRONT))


def test_modules_and_functions_stay_small():
    for path in CODE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= LINES, path.name
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < BODY, (path.name, node.name)
                # an option of a command is a parameter of its function
                assert len(node.args.args) <= 6 or path.stem in FRONT, (path.name, node.name)
