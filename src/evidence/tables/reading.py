"""Text to rows of cells with their physical lines: the shape of a CSV file, before any cell is judged."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence import disk
from evidence.errors import Place, Refusal, Refusals

_QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+("?)')
_SEPARATORS = (";", "\t", "|", "，", "、")
_REMARK = re.compile(r"\s*(?:[（(［\[]?(?:注|備考|出典|出所|資料|※|＊|\*)|notes?\b|sources?\b)", re.IGNORECASE)
_SPLIT_HEAD, _SPLIT_TAIL = re.compile(r"-?\d{1,3}"), re.compile(r"\d{3}(?:\.\d+)?")
LONGEST = 131_072  # characters of one cell
COLUMNS = 1_000  # of a table
PART = 1 << 20  # characters that are taken apart at a time
_SHORT = 40  # characters of a line that a message shows
_TITLES = 10  # lines above a header that may be a title


@dataclass(frozen=True)
class Sheet:
    """A CSV file as it stands: its header, its rows of text and the line each starts on (the first line is 1)."""

    file: str
    header: list[str]
    header_line: int
    rows: list[list[str]]
    lines: Sequence[int]


def sheet(text: str, file: str, names: list[str]) -> tuple[Sheet, list[Refusal]]:
    r"""The rows that have as many cells as the header, and a refusal for every line that has not; `names` are the columns looked for.

    >>> sheet("id,value\na,1\nb,1,234\n", "claims.csv", ["id", "value"])[1][0].place.line
    3

    Raises:
        Refusal: E219 a cell too long, E229 a wrong separator.
        Refusals: E230 and E231, quotes that do not close.
    """
    quotes = _quotes(text, file)
    if quotes:
        raise Refusals(quotes)
    return shaped(_records(text, file), file, names)


def columns(text: str, names: list[str]) -> dict[str, list[str]]:
    r"""The columns of a table that needs no second look: this header, no quotes, a cell for each column in each line. Of any other, none.

    A file of a million lines is taken apart so in a third of the time that row after row takes.

    >>> columns("id,value\na,1\nb,2\n", ["id", "value"])
    {'id': ['a', 'b'], 'value': ['1', '2']}
    >>> columns('id,value\na,"1"\n', ["id", "value"]), columns("id,value\na\n", ["id", "value"])
    ({}, {})
    """
    head, wide = text[: text.find("\n") + 1], len(names)
    if head != ",".join(names) + "\n" or wide < 2 or head == text or not text.endswith("\n") or '"' in text:
        return {}
    found: dict[str, list[str]] = {name: [] for name in names}
    for part in _parts(text, len(head)):
        lines = part.split("\n")
        if any(line.count(",") != wide - 1 for line in lines) or max(map(len, lines)) > LONGEST:
            return {}
        cells = part.replace("\n", ",").split(",")
        for place, column in enumerate(found.values()):
            column.extend(_shared(cells[place::wide]))
    first, *beside = list(found.values())[:3]
    return found if all(first) and all(map(any, zip(*beside, strict=True))) else {}  # as `_shape` lets a row through


def _parts(text: str, start: int) -> Iterator[str]:
    """The lines of the text from this place on, so many together as take little memory beside the whole."""
    while start < len(text):
        end = text.find("\n", start + PART)
        end = len(text) - 1 if end < 0 else end
        yield text[start:end]
        start = end + 1


def _shared(cells: list[str]) -> Iterator[str]:
    """The cells, each text once in memory however often it stands there."""
    known: dict[str, str] = {}
    return (known.setdefault(cell, cell) for cell in cells)


class Rows(Sequence[dict[str, str]]):
    """The rows of a table of which the columns are kept: each is made when it is looked at, for a million of them take more memory than all cells.

    >>> rows = Rows({"id": ["a", "b"], "value": ["1", "2"]})
    >>> rows[1], len(rows), [row["id"] for row in rows]
    ({'id': 'b', 'value': '2'}, 2, ['a', 'b'])
    """

    def __init__(self, columns: Mapping[str, Sequence[str]]) -> None:
        self._columns = columns

    def __len__(self) -> int:
        return min(map(len, self._columns.values()), default=0)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        return {name: cells[place] for name, cells in self._columns.items()}

    def __iter__(self) -> Iterator[dict[str, str]]:
        names = list(self._columns)
        return (dict(zip(names, row, strict=True)) for row in zip(*self._columns.values(), strict=True))


def shaped(records: list[tuple[int, list[str]]], file: str, names: list[str]) -> tuple[Sheet, list[Refusal]]:
    """The rows among these lines that have as many cells as the header, and a refusal for every other line.

    Raises:
        Refusal: E229 a wrong separator, E255 more columns than any table has.
    """
    start, problems = _header(records, file, names)
    line, header = records[start]
    if len(header) > COLUMNS:
        raise Refusal("E255", Place(file, line), f"{len(header):,} > {COLUMNS:,}")
    lines: list[int] = []
    found = Sheet(file, header, line, [], lines)
    for line, row in records[start + 1 :]:
        if problem := _shape(line, row, header, file):
            problems.append(problem)
        else:
            found.rows.append(row)
            lines.append(line)
    if len(records) == start + 1:
        problems.append(Refusal("E239", Place(file, line), ",".join(header)))
    return found, problems


def line(row: list[str]) -> str:
    """The row as one record of a CSV file, its line end included."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow(row)
    return stream.getvalue()


def spliced(text: str, sheet: Sheet, replaced: Mapping[int, list[str] | None]) -> str:
    r"""The text of this sheet with some rows written anew, or left out (None), by their number from 0; every other line keeps its bytes.

    >>> text = "id,value\na,1\nb,2\n"
    >>> spliced(text, sheet(text, "t.csv", [])[0], {1: ["b", "3"]})
    'id,value\na,1\nb,3\n'
    >>> spliced(text, sheet(text, "t.csv", [])[0], {0: None})
    'id,value\nb,2\n'
    """
    lines = text.removesuffix("\n").split("\n")
    ends = [*(start - 1 for start in sheet.lines[1:]), len(lines)]
    made = lines[: sheet.lines[0] - 1] if sheet.lines else lines
    for number, (start, end) in enumerate(zip(sheet.lines, ends, strict=False)):
        anew = replaced.get(number)
        made.extend(([line(anew).removesuffix("\n")] if anew is not None else []) if number in replaced else lines[start - 1 : end])
    return "\n".join(made) + "\n"


def plain(raw: bytes) -> str:
    r"""The text of a table that passed the gate, without a byte order mark, its lines ended by LF.

    >>> plain(b"\xef\xbb\xbfid\r\na\r\n")
    'id\na\n'
    """
    return raw.decode("utf-8-sig").replace("\r\n", "\n")


def records(path: Path) -> list[dict[str, str]]:
    """The rows of a table that passed the gate, or of a list of ours; none where there is no file."""
    return list(csv.DictReader(io.StringIO(plain(disk.raw(path)), newline=""))) if path.is_file() else []


def dressed(text: str, like: bytes) -> bytes:
    r"""The text with the byte order mark and the line ends of the file it takes the place of.

    >>> dressed("id\nb\n", b"\xef\xbb\xbfid\r\na\r\n")
    b'\xef\xbb\xbfid\r\nb\r\n'
    """
    ended = text.replace("\n", "\r\n") if b"\r\n" in like else text
    return (codecs.BOM_UTF8 if like.startswith(codecs.BOM_UTF8) else b"") + ended.encode()


def _quotes(text: str, file: str) -> list[Refusal]:
    """Quotes that open but do not close, and quotes that stand inside a cell: the rows after them cannot be trusted."""
    for match in _QUOTED.finditer(text):
        start, end = match.span()
        opens = start == 0 or text[start - 1] in ",\n"
        closes = match[1] and (end == len(text) or text[end] in ",\n")
        if opens and closes:
            continue
        line = text.count("\n", 0, start) + 1
        row = text[text.rfind("\n", 0, start) + 1 :].split("\n", 1)[0]
        # A quote that runs over several lines before something odd follows was most likely never closed.
        code = "E230" if opens and (not match[1] or "\n" in match[0]) else "E231"
        return [Refusal(code, Place(file, line), row)]
    return []


def _records(text: str, file: str) -> list[tuple[int, list[str]]]:
    found, line = [], 1
    csv.field_size_limit(LONGEST)  # one limit for the whole process, which other libraries raise
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            found.append((line, row))
            line = reader.line_num + 1
    except csv.Error:  # quotes and line ends are sound by now: only the length of a cell is left
        raise Refusal("E219", Place(file, line), text.split("\n", line)[line - 1][:_SHORT]) from None
    return found


def _header(records: list[tuple[int, list[str]]], file: str, names: list[str]) -> tuple[int, list[Refusal]]:
    """Where the header stands, and a refusal for every line above it."""
    start = 0
    for number, (_, row) in enumerate(records[:_TITLES]):
        if len(set(row).intersection(names)) * 2 > len(names):
            start = number
            break
    else:
        start = next((number for number, (_, row) in enumerate(records) if any(row)), 0)
    line, row = records[start]
    for separator in _SEPARATORS:
        cells = {cell.strip().strip('"') for cell in ",".join(row).split(separator)}
        if len(names) > 1 and len(cells.intersection(names)) * 2 > len(names):
            raise Refusal("E229", Place(file, line), {"\t": "tab"}.get(separator, separator))
    above = [Refusal("E238" if any(row) else "E237", Place(file, line), ",".join(row)) for line, row in records[:start]]
    return start, above


def _shape(line: int, row: list[str], header: list[str], file: str) -> Refusal | None:
    """What is wrong with the shape of this row, if anything."""
    if len(row) == len(header) and row[0] and any(row[1:3]):
        return None  # almost every row, let through quickly
    written = ",".join(row)
    if not written.replace(",", "").strip():
        return Refusal("E237", Place(file, line, header[0]), written)
    if not any(row[1:]) and len(header) > 1 and _REMARK.match(row[0]):
        return Refusal("E238", Place(file, line, header[0]), row[0])
    if len(row) > len(header):
        for column, head, tail in zip(header, row, row[1:], strict=False):
            if _SPLIT_HEAD.fullmatch(head) and _SPLIT_TAIL.fullmatch(tail):
                return Refusal("E235", Place(file, line, column), f"{head},{tail}")
        return Refusal("E235", Place(file, line, header[-1]), ",".join(row[len(header) - 1 :]))
    if len(row) < len(header):
        return Refusal("E236", Place(file, line, header[len(row)]), written)
    return None
