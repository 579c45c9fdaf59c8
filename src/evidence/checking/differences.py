"""What a file that was saved anew says differently from the published one: by its data, words, drawing or pixels, never by its bytes."""

import collections
import difflib
import io
import itertools
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath
from typing import Any

from python_calamine import CalamineWorkbook

from evidence import disk
from evidence.checking.published_site import rows
from evidence.citing import fingerprint
from evidence.tables.headers import letter

SHOWN, LONG = 5, 60  # differences told, and characters of either side
FAR = 20  # times as many parts as a published file has are those of another file
HELD = 4  # descriptions kept: a file is held against many published ones, and read once
PARTS, DEEPEST = 200_000, 40  # of a JSON file: more numbers and words, or parts further within each other, has none that is published
WORKBOOKS = (".xlsx", ".xlsm", ".ods", ".xls")


@dataclass(frozen=True)
class Difference:
    """One place where the file is another than the published one; both sides are empty where only the place can be told."""

    place: str
    was: str = ""
    now: str = ""

    def __str__(self) -> str:
        """The place and both sides, cut to where they begin to differ.

        >>> print(Difference("Data!B7", "20", "30"), Difference("1,2–3,4 px"), sep="; ")
        Data!B7: 20 → 30; 1,2–3,4 px
        """
        if self.was == self.now:
            return self.place
        same = next((place for place, (one, other) in enumerate(zip(self.was, self.now, strict=False)) if one != other), 0)
        start = max(0, same - LONG // 3) if max(len(self.was), len(self.now)) > LONG else 0
        sides = [f"{'…' if start else ''}{side[start : start + LONG]}{'…' if side[start + LONG :] else ''}" for side in (self.was, self.now)]
        return f"{self.place}: {sides[0] or '–'} → {sides[1] or '–'}"


@dataclass(frozen=True)
class Compared:
    """The differences that were found, the share they have of all that was compared, and whether there can be others: a picture that was made
    smaller does not show them all.
    """

    found: list[Difference]
    share: float = 0.0
    sure: bool = True

    def __str__(self) -> str:
        more = len(self.found) - SHOWN
        return "; ".join(map(str, self.found[:SHOWN])) + (f" (+{more})" if more > 0 else "")


def compared(published: Mapping[str, Any], found: Mapping[str, Any]) -> Compared:
    """Two descriptions, each place of which counts for one."""
    if len(found) > FAR * max(1, len(published)):  # another file: where it begins to differ says enough
        return Compared(list(itertools.islice(_told(published, found), SHOWN)), 1 - len(published) / len(found))
    differing = told(published, found)
    return Compared(differing, len(differing) / max(1, len(published.keys() | found.keys())))


def told(published: Mapping[str, Any], found: Mapping[str, Any]) -> list[Difference]:
    """The places where two descriptions differ, in the order of the published one.

    >>> [str(one) for one in told({"A1": 1, "A2": "x"}, {"A1": 1.0, "A3": True})]
    ['A2: x → –', 'A3: – → True']
    """
    return list(_told(published, found))


def _told(published: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Difference]:
    places = itertools.chain(published, (place for place in found if place not in published))
    sides = ((place, _text(published, place), _text(found, place)) for place in places)
    return (Difference(*side) for side in sides if side[1] != side[2])


def _text(parts: Mapping[str, Any], place: str) -> str:
    part = parts.get(place)
    if isinstance(part, float):
        return f"{part:.12g}"  # programs write the last digits of a number differently
    return "" if part is None else " ".join(str(part).split())


def lines(published: str, found: str) -> list[Difference]:
    """The lines that differ; blanks at their ends do not count."""
    old, new = ([line.strip() for line in text.splitlines() if line.strip()] for text in (published, found))
    changes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [Difference(f"l. {a + 1}", " ".join(old[a:b]), " ".join(new[c:d])) for kind, a, b, c, d in changes if kind != "equal"]


def worded(published: str, found: str, *, sure: bool = True) -> Compared:
    """Two texts by their lines; what counts for a share of them is each line that has no like on the other side."""
    differing = lines(published, found)
    sides = [collections.Counter(line.strip() for line in text.splitlines() if line.strip()) for text in (published, found)]
    alone = max((sides[0] - sides[1]).total(), (sides[1] - sides[0]).total())
    return Compared(differing, alone / max(1, *(side.total() for side in sides)), sure)


def table(published: bytes, found: bytes) -> Compared:
    """A CSV file by its cells, whatever encoding and line ends it has."""
    return compared(_table(published), _table(found))


@lru_cache(maxsize=HELD)
def _table(raw: bytes) -> Mapping[str, Any]:
    known = rows(raw)
    head: dict[str, Any] = {f"column {number}": name for number, name in enumerate(known[0] if known else (), start=1)}
    return head | {f"{name} {number}": row[name] for number, row in enumerate(known, start=2) for name in row}


def workbook(published: bytes, found: bytes) -> Compared:
    """A workbook by its cells, in whatever form a spreadsheet program saved it."""
    return compared(_workbook(published), _workbook(found))


@lru_cache(maxsize=HELD)
def _workbook(raw: bytes) -> Mapping[str, Any]:
    return dict(_cells(CalamineWorkbook.from_filelike(io.BytesIO(raw))))


def _cells(book: CalamineWorkbook) -> Iterator[tuple[str, Any]]:
    for name in book.sheet_names:
        for number, row in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1):
            for place, cell in enumerate(row):
                if cell not in ("", None):
                    yield f"{name}!{letter(place)}{number}", float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell


def fingerprints(name: str, raw: bytes) -> set[str]:
    """The fingerprints of the tables in a file, each without its head: of a CSV file one, of a workbook one a sheet; none of what is no table.

    A sheet of two columns or of a single row holds too little to be told from another: our sheets of notes are such.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw)) if ending(name) in WORKBOOKS else None
        sheets = [book.get_sheet_by_name(sheet).to_python() for sheet in book.sheet_names] if book else []
        sheets += [[list(row.values()) for row in [{}, *rows(raw)]]] if ending(name) == ".csv" else []
    except Exception:  # the readers of foreign files fail in many ways, all of them meaning that this is no table
        return set()
    return {fingerprint.unf(fingerprint.columns(sheet[1:])) for sheet in sheets if len(sheet) > 2 and max(map(len, sheet)) > 2}


def structure(published: bytes, found: bytes) -> Compared | None:
    """JSON by its parts, whatever their order and blanks; None for what is no JSON, or has more or deeper parts than any that is published."""
    old, new = _structure(published), _structure(found)
    return None if old is None or new is None else compared(old, new)


@lru_cache(maxsize=HELD)
def _structure(raw: bytes) -> Mapping[str, Any] | None:
    try:
        parts = dict(itertools.islice(_leaves(disk.parsed(raw)), PARTS + 1))
    except (ValueError, OverflowError):  # numbers that nothing holds are the last
        return None
    return parts if len(parts) <= PARTS else None


def _leaves(part: Any, place: str = "$", below: int = DEEPEST) -> Iterator[tuple[str, Any]]:
    if not below:
        raise ValueError("nested too deeply")
    pairs = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for name, inner in pairs:
        yield from _leaves(inner, f"{place}.{name}", below - 1)
    if not isinstance(part, dict | list):
        yield place, float(part) if isinstance(part, int) and not isinstance(part, bool) else part


def text(published: bytes, found: bytes) -> Compared:
    """A plain text by its lines."""
    return worded(*(raw.decode("utf-8-sig", errors="replace") for raw in (published, found)))


def archive(published: bytes, found: bytes, inner: Callable[[str, bytes, bytes], Compared | None]) -> Compared:
    """A ZIP by its files, each compared as `inner` does; a file that is there on one side only is a difference."""
    old, new = (_unfolded(raw) for raw in (published, found))
    differing = [Difference(name, name * (name in old), name * (name in new)) for name in sorted(old.keys() ^ new.keys())]
    sure = True
    for name in sorted(name for name in old.keys() & new.keys() if old[name] != new[name]):
        one = inner(name, old[name], new[name])
        differing += [Difference(f"{name} {part.place}", part.was, part.now) for part in one.found] if one else [Difference(name)]
        sure = sure and (one is None or one.sure)
    return Compared(differing, len(old.keys() ^ new.keys()) / max(1, len(old)), sure)


def _unfolded(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as opened:
        return {name: opened.read(name) for name in opened.namelist() if not name.endswith("/")}


def ending(name: str) -> str:
    """How a file's name ends, in small letters.

    >>> ending("growth.JA.xlsx"), ending("growth.vl.json")
    ('.xlsx', '.json')
    """
    return PurePath(name.lower()).suffix
