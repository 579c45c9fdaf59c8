"""Files of statistical offices that are no plain table: JSON-stat, Eurostat's TSV, Stata, Parquet; and what else a file seems to be."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from evidence import disk
from evidence.curation import shown
from evidence.curation.grids import Grid
from evidence.errors import Place, Refusal

Lines = list[tuple[int, list[str]]]
_TURNED = "\\TIME_PERIOD"  # at the end of a head of Eurostat's, of which the rest is parted by commas
_KINDS = (
    (b"%PDF", "PDF"), (b"{\\rtf", "RTF"), (b"<?xml", "XML"), (b"<!DOCTYPE html", "HTML"), (b"<html", "HTML"), (b"\x89PNG", "PNG"),
    (b"SQLite", "SQLite"), (b"\xff\xd8\xff", "JPEG"), (b"PAR1", "Parquet"), (b"<stata_dta>", "Stata"), (b"PK\x03\x04", "ZIP"), (b"\x1f\x8b", "gzip"),
    (b"\xd0\xcf\x11\xe0", "Excel 97–2003, Word or a file with a password"),
)  # fmt: skip


def opened(path: Path) -> Grid | None:
    """The file as lines, where it is of one of these kinds; None where it is a text.

    Raises:
        Refusal: E2086 a package that is not installed, E2087 a kind of file that is not read, with its name.
    """
    raw = disk.raw(path, disk.TEXT)
    if reader := _READERS.get(path.suffix.lower()):
        return _framed(path, reader)
    if raw.lstrip()[:1] == b"{":
        return _json(raw, path)
    for start, kind in _KINDS:
        if raw[:200].lstrip(b"\xef\xbb\xbf \r\n").lower().startswith(start.lower()):
            inside = "SDMX-ML" if kind == "XML" and b"sdmx" in raw[:2_000].lower() else kind
            raise Refusal("E2087", Place(path.name), inside)
    return None


def _framed(path: Path, reader: tuple[str, Callable[[Path], pd.DataFrame]]) -> Grid:
    """The table that pandas reads; labels in place of codes where the file has them."""
    form, read = reader
    try:
        table = read(path)
    except ImportError as error:
        raise Refusal("E2086", Place(path.name), f"{form}: pip install 'evidence-book[formats]'") from error
    except (ValueError, OSError) as error:
        raise Refusal("E2087", Place(path.name), f"{form}: {str(error).partition(chr(10))[0]}") from error
    rows = [["" if pd.isna(cell) else shown.text(cell) for cell in row] for row in table.astype("object").to_numpy().tolist()]
    return Grid(path.name, "", form, list(enumerate([[str(name) for name in table.columns], *rows], start=1)))


def _json(raw: bytes, path: Path) -> Grid:
    """A JSON-stat dataset as one line for each of its numbers, the labels of its categories in place of their codes."""
    try:
        told = disk.parsed(raw)
        if told.get("class") != "dataset":
            told = next(one for one in told.values() if isinstance(one, dict) and "dimension" in one)
        lines = _dataset(told)
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration, IndexError) as error:
        raise Refusal("E2087", Place(path.name), "JSON") from error
    return Grid(path.name, "", "JSON-stat", lines)


def _dataset(told: dict[str, Any]) -> Lines:
    within = told.get("dimension", {})
    ids = told.get("id") or within["id"]
    categories = [_labels(within[name]["category"]) for name in ids]
    marks = told.get("status", {})
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


def unfolded(lines: Lines) -> Lines:
    """The lines with a first column as Eurostat writes it taken apart: `freq,unit,geo\\TIME_PERIOD` is three columns.

    >>> unfolded([(1, ["freq,geo\\\\TIME_PERIOD", "2020 "]), (2, ["A,DE", "5.1 e"])])
    [(1, ['freq', 'geo', '2020 ']), (2, ['A', 'DE', '5.1 e'])]
    """
    if not lines or not lines[0][1] or not lines[0][1][0].strip().endswith(_TURNED):
        return lines
    names = lines[0][1][0].strip().removesuffix(_TURNED).split(",")
    return [(line, [*(names if line == lines[0][0] else row[0].strip().split(",")), *row[1:]]) for line, row in lines if row]


_READERS: dict[str, tuple[str, Callable[[Path], pd.DataFrame]]] = {
    ".dta": ("Stata", pd.read_stata),
    ".parquet": ("Parquet", pd.read_parquet),
}
