"""The rules of prose: no number of evidence is typed in a page or a notebook, sentences quote values by their ids, and nothing else gets in."""

import ast
import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import nbformat

from evidence import disk
from evidence.book import markup
from evidence.errors import Place, Refusal
from evidence.runs import selection
from evidence.tables import cells

# Official names and terms that carry a digit, and notation; none of them is evidence.
NAMES = re.compile(
    r"第[1-3１-３]階層|[Tt]ier[- ][1-3]|第[4-7]期|Horizon 2020|SIST ?02|CC BY \d\.\d|UTF-8|SHA-?256|CP932|Python 3|\bR\d\.\d\.\d+|\bV4\b"
    r"|12桁|ISO[ -]?8601|II?\.[1-3]|\bS\d\d\b|\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-[cr]\d+)?\b"
)
# 0 and 1 as a yardstick or in a formula, by the words around them: "指数が1を下回る", "1 means as many as expected", "the nth root less 1", "n − 1".
# A unit, a further digit or a noun after the digit makes it a number of evidence again.
YARDSTICK = re.compile(
    r"(?<![0-9０-９.,．，])[01](?=(?:を(?:下回|上回|超え|基準|引い|足し)|に(?:達し|届|等し)|未満|より(?:小さ|大き)|は、?期待|が期待|とする))"
    r"|(?<=\bn)\s*[−–-]\s*1(?![0-9.,%])|(?<=\bn</i>)\s*[−–-]\s*1(?![0-9.,%])"
    r"|(?<![0-9.,])\b[01](?= means\b)"
    r"|\b(?:below|above|less|minus|equals) [01](?=[;:)]|[.,](?!\d)|$|\s+(?:and|but|or|if|which|where)\b)",
    re.M,
)
_QUOTED = re.compile(r"```.*?```|^:::(?:\{[^\n]*)?$|\{[a-z:]+\}`[^`]*`|`[^`]*`|\]\([^)]*\)|^---\n.*?^---\n|<!--.*?-->|^\([a-z0-9-]+\)=$", re.S | re.M)
_LIST = re.compile(r"^\s*\d+\. ", re.M)
_DIGIT = re.compile(r"[0-9０-９]+|[一二三四五六七八九十][一二三四五六七八九十百千]*(?:か国|カ国|件|億|万|割)")


def typed_digits(text: str) -> list[tuple[int, str]]:
    """Every number typed in the text, with its line (the first is 1).

    >>> typed_digits("予算は {value}`x` で、前年は 1,777 だった。")
    [(1, '1'), (1, '777')]
    >>> typed_digits("第3階層の共同公募"), typed_digits("指数が1を下回る"), typed_digits("採択は1件を下回る")
    ([], [], [(1, '1')])
    """
    blank = _QUOTED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    blank = _LIST.sub(lambda match: " " * len(match[0]), blank)
    for other in (NAMES, YARDSTICK):
        blank = other.sub(lambda match: " " * len(match[0]), blank)
    return [(blank.count("\n", 0, match.start()) + 1, match[0]) for match in _DIGIT.finditer(blank)]


def page(path: Path, name: str) -> list[Refusal]:
    """E420 for every number typed in a page of prose, E423 and E424 for what a page may not hold, E242, E253 and E254 for what deceives the eye."""
    text = disk.text(path)
    found = [*_numbers(text), *_brought_in(text), *_order(text)]
    return [Refusal(code, Place(name, line), told) for line, code, told in sorted(found)]


# A text is judged once, however many editions hold it and however often a preview asks again.
_once = lru_cache(maxsize=4096)


@_once
def _numbers(text: str) -> tuple[markup.Fault, ...]:
    return tuple((line, "E420", digits) for line, digits in typed_digits(text))


@_once
def _brought_in(text: str) -> tuple[markup.Fault, ...]:
    return (*markup.faults(text), *_deceiving(text))


@_once
def _order(text: str) -> tuple[markup.Fault, ...]:
    return tuple(markup.order(text))


def _deceiving(text: str) -> list[markup.Fault]:
    lines = enumerate(text.split("\n"), start=1) if cells.deceives(text) else ()  # almost no text does: its lines are looked at only then
    return [(number, code, line) for number, line in lines if (code := cells.deceives(line))]


@_once
def _written_out(source: str) -> tuple[markup.Fault, ...]:
    """What deceives the eye in code, and in the texts that it holds, where it can be written as an escape too."""
    constants = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    found = [*markup.controls(source), *_deceiving(source)]
    return tuple(found or [(one.lineno, code, ascii(one.value)) for one in constants if (code := cells.deceives(str(one.value)))])


def notebook(path: Path, name: str) -> list[Refusal]:
    """E420 for every number typed in a notebook, but for the defaults in its parameters cell; E421 for logic in it; E428 once for all outputs; as
    `page` for its texts, and for what deceives the eye in its code, each with the line of the cell."""
    every = list(enumerate(selection.cells(path), start=1))
    ran = [str(number) for number, cell in every if cell.get("outputs")]
    problems = [Refusal("E428", Place(name), f"cell {', '.join(ran)}")] if ran else []
    for number, cell in every:
        place = Place(name, column=f"cell {number}")
        problems += [Refusal("E423", place, found) for found in _kept_from_elsewhere(cell)]
        if cell.cell_type == "markdown":
            problems += [Refusal("E420", place, found) for _, _, found in _numbers(cell.source)]
            problems += [Refusal(code, replace(place, line=line), found) for line, code, found in _brought_in(cell.source)]
        elif cell.cell_type == "code":
            problems += [Refusal(code, replace(place, line=line), found) for line, code, found in _written_out(cell.source)]
            typed = () if "parameters" in cell.metadata.get("tags", []) else _code(cell.source)
            problems += [Refusal(code, place, found) for code, found in typed]
    return problems


def _kept_from_elsewhere(cell: nbformat.NotebookNode) -> list[str]:
    """What a cell brings along that no run of ours made: raw text that would be published as it is, attachments."""
    return (["attachments"] if cell.get("attachments") else []) + (["raw"] if cell.cell_type not in ("markdown", "code") else [])


_LOGIC = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Try, ast.If, ast.Lambda, ast.comprehension, ast.With)


@_once
def _code(source: str) -> tuple[tuple[str, str], ...]:
    """Numbers and logic in a cell."""
    found = []
    nodes = list(ast.walk(ast.parse(source)))
    decimals = {id(node.value) for node in nodes if isinstance(node, ast.keyword) and node.arg == "digits"}  # how to write, not what
    for node in nodes:
        if id(node) in decimals:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
            found.append(("E420", str(node.value)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and typed_digits(re.sub(r"[a-z]+[a-z0-9-]*", "", node.value)):
            found.append(("E420", node.value))
        elif isinstance(node, _LOGIC):
            found.append(("E421", type(node).__name__))
    return tuple(found)
