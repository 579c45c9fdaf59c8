"""The plan of faults and bad input: each of its rows is tried by tests that are there, or says why it is not."""

import ast
import csv
from pathlib import Path

TESTS = Path(__file__).parent
LISTED = {"A": 15, "B": 27, "C": 17, "D": 10, "E": 11}


def rows() -> list[dict[str, str]]:
    with (TESTS / "faults.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_row_of_the_plan_is_there_once():
    assert [row["id"] for row in rows()] == [f"{part}{number}" for part, last in LISTED.items() for number in range(1, last + 1)]


def test_every_row_names_tests_that_are_there_or_says_why_it_is_not_tried():
    written = {
        f"{path.relative_to(TESTS).as_posix()}::{node.name}"
        for path in TESTS.rglob("test_*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }

    assert [(row["id"], name) for row in rows() for name in row["tried"].split() if name not in written] == []
    assert [row["id"] for row in rows() if not row["tried"] and not row["open"]] == []
