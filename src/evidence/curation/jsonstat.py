"""JSON-stat: one line for each number, labels in place of codes; of a file with several datasets the one that is chosen."""

import itertools
from pathlib import Path
from typing import Any

from evidence import disk
from evidence.curation import grids, shown
from evidence.curation.grids import Grid
from evidence.errors import Place, Refusal

Lines = list[tuple[int, list[str]]]


def read(raw: bytes, path: Path, chosen: str) -> Grid:
    """The dataset as lines; `chosen` is its name or its place among those of a bundle or collection, and may be empty where there is one.

    Raises:
        Refusal: E270 a dataset that is not there or not chosen, E2087 no JSON-stat, E2096 a collection that holds links alone.
    """
    try:
        told = disk.parsed(raw)
        sets = _datasets(told)
        if not sets and told.get("class") == "collection":
            raise Refusal("E2096", Place(path.name), "; ".join(f"{one.get('label', '')}: {one.get('href', '')}" for one in told["link"]["item"]))
        if not sets:
            raise ValueError
        name = grids.one_of(list(sets), chosen, path.name)
        lines = _dataset(sets[name])
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration, IndexError) as error:
        raise Refusal("E2087", Place(path.name), "JSON") from error
    return Grid(f"{path.name}[{name}]" if len(sets) > 1 else path.name, name if len(sets) > 1 else "", "JSON-stat", lines)


def _datasets(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The datasets of the file by their names: the file itself, those embedded in a collection, or those of a bundle of the first version.

    >>> list(_datasets({"class": "collection", "link": {"item": [{"label": "A", "dimension": {}}, {"label": "A", "dimension": {}}, {"href": "x"}]}}))
    ['A', 'A (2)']
    """
    if told.get("class") == "collection":
        found: dict[str, dict[str, Any]] = {}
        for place, one in enumerate((one for one in told["link"]["item"] if "dimension" in one), start=1):
            name = str(one.get("label") or one.get("href") or place)
            found[name if name not in found else f"{name} ({place})"] = one
        return found
    if "dimension" in told:
        return {str(told.get("label") or ""): told}
    return {name: one for name, one in told.items() if isinstance(one, dict) and "dimension" in one}


def _dataset(told: dict[str, Any]) -> Lines:
    within = told.get("dimension", {})
    ids = told.get("id") or within["id"]
    categories = [_labels(within[name]["category"]) for name in ids]
    marks = told.get("status", {})
    if isinstance(marks, dict) and isinstance(marks.get("value"), (list, dict)):  # as Eurostat had it, with the words of the marks beside
        marks = marks["value"]
    if isinstance(marks, list) and len(marks) == 1:  # one for all
        marks = str(marks[0])
    head = [*(str(within[name].get("label") or name) for name in ids), "value", "OBS_STATUS"]
    lines: Lines = [(1, head)]
    for place, labels in enumerate(itertools.product(*categories)):
        number, mark = _at(told["value"], place), _at(marks, place)
        if number is not None or mark:
            lines.append((place + 2, [*labels, "" if number is None else shown.text(number), str(mark or "")]))
    return lines


def _labels(category: dict[str, Any]) -> list[str]:
    """The labels of a dimension's categories in their order."""
    index = category.get("index") or list(category["label"])
    codes = list(index) if isinstance(index, list) else sorted(index, key=lambda code: int(index[code]))
    return [str(category.get("label", {}).get(code, code)) for code in codes]


def _at(values: Any, place: int) -> Any:
    if isinstance(values, dict):
        return values.get(str(place))
    return values[place] if isinstance(values, list) else values
