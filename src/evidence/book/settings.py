"""YAML without its traps: no key twice, no references, no objects, and every value the text that was written.

YAML reads NO as false, 2026.10 as a number, 010 as eight and 12:30 as minutes. Where a text is needed, such a value is refused, not repaired.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from evidence import disk, shapes
from evidence.errors import Place, Refusal
from evidence.shapes import TEXT, TEXTS, every, record

DEEPEST = 20  # levels of lists and mappings within each other
_TEXT = "tag:yaml.org,2002:str"
_PLAIN = (_TEXT, *(f"tag:yaml.org,2002:{kind}" for kind in ("map", "seq", "bool", "int", "float", "null", "timestamp")))
_CONFIGURATION = record(
    {"sphinx": record({"config": record({"html_theme_options": {"type": "object"}, "extensions": TEXTS})})},
    {"html": {"anyOf": [{"type": "null"}, record({}, {"baseurl": {"type": ["string", "null"]}})]}},
)
_CHAPTER = record({"file": TEXT}, {"sections": every(record({"file": TEXT, "each": TEXT}))})
_CONTENTS = record({"root": TEXT, "parts": every(record({"caption": TEXT, "chapters": every(_CHAPTER)}, {"numbered": TEXT}))})


def configuration(folder: Path) -> dict[str, Any]:
    """The configuration of the book in this project; raises as `read`."""
    return read(folder / "_config.yml", _CONFIGURATION)


def contents(folder: Path) -> dict[str, Any]:
    """The table of contents of this project; raises as `read`."""
    return read(folder / "_toc.yml", _CONTENTS)


def read(path: Path, shape: dict[str, Any] | None = None) -> dict[str, Any]:
    """The mapping in a YAML file, which is of this shape where one is told.

    Raises:
        Refusal: E422 when it is no YAML or no mapping, has a key twice, a reference, a tag, or a key or value of a kind YAML made up, with the line.
    """
    text, depth = disk.text(path), 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):  # before anything is put together: a few references can stand for millions
            if isinstance(event, yaml.AliasEvent):
                raise _refused(path, event.start_mark, f"*{event.anchor}")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:  # each level costs the reader more than the one above it
                raise _refused(path, event.start_mark, f"more than {DEEPEST} levels")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if not isinstance(node, yaml.MappingNode):
            raise Refusal("E422", Place(path.name, 1), "a mapping is needed")
        for mark, problem in _problems(node):
            raise _refused(path, mark, problem)
        found: dict[str, Any] = yaml.safe_load(text)
        if wrong := shapes.fault(found, shape or {}):
            raise Refusal("E422", Place(path.name), wrong)
        return found
    except yaml.MarkedYAMLError as error:
        raise _refused(path, error.problem_mark, str(error.problem)) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:  # a date such as 2019-99-99 is none
        raise _refused(path, None, str(error).split("\n")[0]) from error


def _refused(path: Path, mark: Any, problem: str) -> Refusal:
    return Refusal("E422", Place(path.name, mark.line + 1 if mark else None), problem)


def _problems(node: yaml.Node) -> Iterator[tuple[Any, str]]:
    if node.tag not in _PLAIN:
        yield node.start_mark, node.tag
    elif isinstance(node, yaml.SequenceNode):
        for part in node.value:
            yield from _problems(part)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.start_mark, f"{key.value}: twice"
            if key.tag != _TEXT:
                yield key.start_mark, f'{key.value}: → "{key.value}":'
            seen.add(key.value)
            yield from _problems(value)
    elif isinstance(node, yaml.ScalarNode) and node.style is None and _made_up(node):
        yield node.start_mark, f'{node.value} → "{node.value}" {"" if node.tag == _TEXT else node.tag.rpartition(":")[2]}'.strip()


def _made_up(node: yaml.ScalarNode) -> bool:
    """Whether YAML reads something else than a person does: anything but text, true, false, null and plain numbers."""
    if node.tag == _TEXT:
        return False
    return (
        node.value not in ("true", "false", "null", "")
        and not (node.value.isascii() and node.value.isdigit() and not node.value.startswith("0"))
        and node.value != "0"
    )
