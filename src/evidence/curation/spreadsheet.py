"""A file from elsewhere as rows of text: CSV in UTF-8 or CP932, or one sheet of a workbook."""

import csv
import io
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from evidence import disk
from evidence.curation import formats, workbooks
from evidence.curation.grids import Grid
from evidence.errors import Place, Refusal, Refusals
from evidence.tables import encoding, reading
from evidence.tables.reading import Sheet

_SEPARATORS = (",", "\t", ";", "|")
_SHORT = 40  # characters of a line that a message shows


@dataclass(frozen=True)
class Foreign:
    """What was read, how (the encoding, or the sheet of the workbook), the lines that are no data, and, as of a grid, what is told and not read."""

    sheet: Sheet
    form: str
    problems: list[Refusal]
    notices: list[Refusal] = field(default_factory=list)
    unread: list[Refusal] = field(default_factory=list)


def read(path: Path, sheet: str, names: list[str], table: str = "") -> Foreign:
    """The file's header and rows; `names` are the columns looked for, so that a title above the header is told from the header.

    Raises:
        Refusal: E222 to E225 unreadable bytes, E229 a wrong separator, E273 a workbook that is no .xlsx, E255 one that is too large,
            E270 a sheet that is not there or not chosen, E296 a sheet of a file that has none.
        Refusals: E230 and E231 quotes that do not close, E271 merged cells.
    """
    if is_workbook(path):
        found = workbooks.opened(path, sheet, table)
        if found.merged:
            raise Refusals([Refusal("E271", Place(found.file, *_corner(area)), area) for area in found.merged])
        shaped, problems = reading.shaped(found.lines, found.file, names)
        return Foreign(shaped, found.form, problems, found.notices, found.unread)
    if sheet:
        raise Refusal("E296", Place(path.name), f"--sheet {sheet}, {path.name}")
    text, form = encoding.foreign(_plain(path), path.name)
    shaped, problems = reading.sheet(text, path.name, names)
    return Foreign(shaped, form, problems)


def grid(path: Path, sheet: str, table: str = "") -> Grid:
    """The file as it stands, whatever it is and separates its cells; raises as `read`, but for merged cells and separators, which it tells.

    Raises:
        Refusal: E2086, E2087, E2096 and E2125 as `formats.opened`.
    """
    if is_workbook(path):
        return workbooks.opened(path, sheet, table)
    if sheet and not has_sheets(path):
        raise Refusal("E296", Place(path.name), f"--sheet {sheet}, {path.name}")
    if found := formats.opened(path, sheet):
        return found
    text, form = _text(path)
    separator, lines = _parted(text, path.name)
    told = {",": "", "\t": ", tab"}.get(separator, f", {separator}")
    return Grid(path.name, "", form + told, formats.unfolded(lines))


def _text(path: Path) -> tuple[str, str]:
    """The text and its encoding, UTF-16 and EUC-JP too, where the bytes say so."""
    raw = disk.raw(path, disk.TEXT)
    try:
        return encoding.foreign(raw, path.name)
    except Refusal as refused:
        names = {"E224": ("utf-16", "UTF-16"), "E223": ("euc_jp", "EUC-JP")}
        if refused.code not in names:
            raise
        name, form = names[refused.code]
        try:
            return raw.decode(name).replace("\r\n", "\n"), form
        except UnicodeDecodeError:
            raise refused from None


def is_workbook(path: Path) -> bool:
    """Whether the name of the file says that it is a workbook."""
    return path.suffix.lower() in workbooks.FORMS


def has_sheets(path: Path) -> bool:
    """Whether the file may hold several tables, of which one is chosen by its name: a workbook, or datasets of JSON-stat or SDMX-ML."""
    return is_workbook(path) or path.suffix.lower() in (".json", ".xml")


def _plain(path: Path) -> bytes:
    raw = disk.raw(path, disk.TEXT)
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):  # a workbook under another name, an OpenDocument sheet, or an old .xls
        raise Refusal("E273", Place(path.name), path.suffix)
    return raw


def _parted(text: str, file: str) -> tuple[str, list[tuple[int, list[str]]]]:
    """The separator that gives most lines of one width above 1, and the lines parted by it; a tab where most lines have it: no text has tabs."""
    csv.field_size_limit(reading.LONGEST)
    best: tuple[float, str, list[tuple[int, list[str]]]] = (-1, ",", [])
    long = 0  # line of a cell that is too long, with whichever separator
    for separator in _SEPARATORS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        lines, line = [], 1
        try:
            for row in reader:
                lines.append((line, row))
                line = reader.line_num + 1
        except csv.Error:  # with another separator it may be several cells
            long = long or line
            continue
        width, times = Counter(len(row) for _, row in lines if row).most_common(1)[0]
        score = math.inf if separator == "\t" and width > 1 and times * 2 > len(lines) else width * times if width > 1 else 0
        if score > best[0]:
            best = (score, separator, lines)
    if not best[2] and long:
        raise Refusal("E219", Place(file, long), text.split("\n", long)[long - 1][:_SHORT])
    return best[1], best[2]


def _corner(area: str) -> tuple[int, str]:
    """Line and column letter of the first cell of an area such as B2:C4."""
    found = re.match(r"\$?([A-Z]+)\$?([0-9]{1,7})", area)
    return (int(found[2]), found[1]) if found else (1, "")


def upright(area: str) -> tuple[int, int, int]:
    """First and last line of a merged area, and the place of its first column from 0.

    >>> upright("B2:C4"), upright("A1")
    ((2, 4, 1), (1, 1, 0))
    """
    from openpyxl.utils import range_boundaries

    left, first, _, last = range_boundaries(area)
    return int(first or 1), int(last or first or 1), int(left or 1) - 1
