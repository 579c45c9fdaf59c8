"""Files of statistical offices that are no plain table: JSON-stat, SDMX-ML, Eurostat's TSV, Stata, Parquet; and what else a file seems to be."""

import codecs
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from evidence import disk
from evidence.curation import jsonstat, sdmxml, shown
from evidence.curation.grids import Grid
from evidence.errors import Place, Refusal

Lines = list[tuple[int, list[str]]]
_TURNED = re.compile(r"([A-Za-z0-9_,]+)\\(?:TIME_PERIOD|time)", re.IGNORECASE)  # the first head of Eurostat's, now and before 2023
_LISTED = re.compile(rb"\s*\[\s*[\[{]")  # a list of JSON, as services of the World Bank and others answer
_LOOKED_AT = 2_000  # bytes that tell what a file is
_KINDS = (
    (b"%PDF", "PDF"), (b"{\\rtf", "RTF"), (b"<?xml", "XML"), (b"<!DOCTYPE html", "HTML"), (b"<html", "HTML"), (b"\x89PNG", "PNG"),
    (b"SQLite", "SQLite"), (b"\xff\xd8\xff", "JPEG"), (b"PAR1", "Parquet"), (b"<stata_dta>", "Stata"), (b"PK\x03\x04", "ZIP"), (b"\x1f\x8b", "gzip"),
    (b"\xd0\xcf\x11\xe0", "Excel 97–2003, Word or a file with a password"),
)  # fmt: skip


def opened(path: Path, sheet: str = "") -> Grid | None:
    """The file as lines, where it is of one of these kinds; None where it is a text. `sheet` chooses a dataset of JSON-stat or SDMX-ML.

    Raises:
        Refusal: E2086 a package that is not installed, E2087 a kind of file that is not read, with its name, as `jsonstat.read` and `sdmxml.read`.
    """
    raw = disk.raw(path, disk.TEXT)
    if reader := _READERS.get(path.suffix.lower()):
        return _framed(path, reader)
    if raw.lstrip()[:1] == b"{":
        return jsonstat.read(raw, path, sheet)
    if _LISTED.match(raw.removeprefix(codecs.BOM_UTF8)):
        raise Refusal("E2087", Place(path.name), "JSON")
    first = raw[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf \r\n").lower()
    if first.startswith(b"<") and b"sdmx" in first:
        return sdmxml.read(raw, path, sheet)
    for start, kind in _KINDS:
        if first.startswith(start.lower()):
            raise Refusal("E2087", Place(path.name), kind)
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


def unfolded(lines: Lines) -> Lines:
    """The lines with a first column as Eurostat writes it taken apart: `freq,unit,geo\\TIME_PERIOD` is three columns.

    >>> unfolded([(1, ["freq,geo\\\\TIME_PERIOD", "2020 "]), (2, ["A,DE", "5.1 e"])])
    [(1, ['freq', 'geo', '2020 ']), (2, ['A', 'DE', '5.1 e'])]
    """
    found = _TURNED.fullmatch(lines[0][1][0].strip()) if lines and lines[0][1] else None
    if not found:
        return lines
    names = found[1].split(",")
    return [(line, [*(names if line == lines[0][0] else row[0].strip().split(",")), *row[1:]]) for line, row in lines if row]


_READERS: dict[str, tuple[str, Callable[[Path], pd.DataFrame]]] = {
    ".dta": ("Stata", pd.read_stata),
    ".parquet": ("Parquet", pd.read_parquet),
}
