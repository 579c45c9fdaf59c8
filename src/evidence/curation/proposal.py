"""What a foreign file seems to be, before anything is taken from it: which columns are ours, which labels are which ids, what is turned into rows."""

import csv
import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from evidence.curation import heads, laying, marks, names, normal
from evidence.curation.grids import Grid
from evidence.curation.heads import Head
from evidence.curation.recipes import Recipe
from evidence.errors import Place, Refusal, Refusals
from evidence.tables import columns
from evidence.tables.facts import FINAL, PRELIMINARY

MISSING = (":", "..", "...", "…", "-", "－", "–", "—", "―", "x", "X", "***", "n/a", "N/A", "NA", "na", "n.a.", "n.d.", "NaN", "null", "・・・")
_NONE = re.compile(r":\s*[a-z]{1,3}")  # no number, and why, as Eurostat writes it
_TOTAL = re.compile(r"(?:合\s*計|総\s*計|総\s*数|計|小計|(?:grand |sub)?total)", re.IGNORECASE)
_CODE = re.compile(r"(.+?)(?:補助)?(?:コード|code)")
_STANDARD = ("REF_AREA", "TIME_PERIOD", "OBS_VALUE")  # what SDMX calls area, period and number, whatever else stands beside them
_SHOWN = 5  # values quoted of a column
_LIKE = 0.75  # from where on a label is like a name
_CODES = 3  # letters of a code, in which one other letter is another country


@dataclass(frozen=True)
class Doubt:
    """A label that is no name we know, the id it is most like (or none), and the rows it stands in."""

    column: str
    label: str
    id: str
    rows: int
    within: str = ""  # the cell or head that it is a part of


def proposed(grid: Grid, head: Head, schema: Mapping[str, Any], known: Mapping[str, Mapping[str, str]], asked: Recipe) -> tuple[Recipe, list[Doubt]]:
    """The recipe as it would be, with what was told in `asked` kept, and the labels that are in doubt; `known` gives ids by name, by column.

    Raises:
        Refusals: a column that is none of ours and holds several values, so that it cannot be left out unasked: E2088 one that parts the rows, of
            which some may be chosen; E2140 one of numbers, or of remarks that differ from row to row.
    """
    head = asked_for(head, asked)
    names = [name for name in head.names if name]
    own = [field["name"] for field in schema["fields"]]
    cells = dict(zip(head.names, zip(*(heads.padded(row, len(head.names)) for _, row in head.rows), strict=True), strict=True)) if head.rows else {}
    single = {name for name in names if len(set(cells.get(name, ()))) <= 1}
    matched = {**dict.fromkeys(asked.only, ""), **_matched(names, own, set(asked.set), single), **asked.columns}
    periods = [name for name in names if laying.dated(name, asked) and name not in matched]
    recipe = replace(asked, sheet=grid.title, head=head.lines, columns=matched)
    if periods and "value" in own and "value" not in matched.values():
        upper = {plain(part) for name in periods for part in name.split(heads.BOTH)[:-1]}
        several = bool(upper - _axes()) and "measure" not in {*matched.values(), *asked.set}
        recipe = replace(recipe, long={"into": ["measure", "period"] if several else ["period"], "columns": laying.PERIODS})
    left = [name for name in names if name not in matched and name not in laying.turned(names, recipe)]
    recipe = _across(recipe, left, cells, known) if "value" in own else recipe
    recipe = _rest(recipe, left, cells, own)
    wide = laying.turned(names, recipe)
    if undecided := [name for name in left if name not in recipe.columns and name not in wide]:
        place = {name: Place(grid.file, head.lines[0], name) for name in undecided}
        raise Refusals([Refusal("E2088" if _parts(cells[name]) else "E2140", place[name], _several(name, cells[name])) for name in undecided])
    recipe = replace(recipe, skip=_also(asked.skip, _totals(head, known)))
    recipe = _marks(recipe, cells, names)
    return _ids(_constants(recipe, own), grid, head, known)


def asked_for(head: Head, recipe: Recipe) -> Head:
    """The head with the rows that have the values asked for."""
    return replace(head, rows=[(line, row) for line, row in head.rows if _asked(row, head.names, recipe)])


def _asked(row: list[str], names: list[str], recipe: Recipe) -> bool:
    cells = dict(zip(names, row, strict=False))
    return all(cells.get(name, "") in values for name, values in recipe.only.items())


def plain(text: str) -> str:
    """The text as names are compared: without case, width, spaces and marks.

    >>> plain("Ｃountry　Name"), plain("時間軸（年次）")
    ('countryname', '時間軸年次')
    """
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def _matched(names: list[str], own: list[str], told: set[str], single: set[str]) -> dict[str, str]:
    """The columns of the file that are called as one of ours: by id, registered name, or heading; of several the standard's own, or the first.

    One that is `told` for every row is left out where it says the same all over (`single`), and otherwise in question.
    """
    called = {plain(heading): column for heading, column in _headings().items()}
    for registered in columns.register().values():
        called |= {plain(label): registered.name for label in registered.labels.values() if registered.name in own}
    called |= {plain(name): name for name in own}
    found: dict[str, str] = {}
    lower = Counter(plain(name.rpartition(heads.BOTH)[2]) for name in names)
    for name in sorted(names, key=lambda name: name not in _STANDARD):
        last = plain(name.rpartition(heads.BOTH)[2])
        column = called.get(plain(name), called.get(last) if lower[last] == 1 else None)
        if column is None and (code := _CODE.fullmatch(last)) and code[1] in lower:
            column = ""  # the code of what stands beside it in words
        if column is None or column not in {*own, "flag", ""} or (column in told and name not in single):
            continue
        found[name] = "" if column and (column in found.values() or column in told) else column
    return {name: found[name] for name in names if name in found}


@cache
def _headings() -> dict[str, str]:
    with files("evidence.curation").joinpath("headings.csv").open(encoding="utf-8") as stream:
        return {row["heading"]: row["column"] for row in csv.DictReader(stream)}


def _axes() -> set[str]:
    """What stands above periods and says no more than that they are such."""
    return {plain(heading) for heading, column in _headings().items() if column == "period"}


def _across(recipe: Recipe, left: list[str], cells: Mapping[str, tuple[str, ...]], known: Mapping[str, Mapping[str, str]]) -> Recipe:
    """What the numbers are about where that stands across the head, a column each, and a line is a year: columns that become rows.

    A head above theirs says what is counted, unless that is told; of several heads the one that is told cannot be known.
    """
    by = {plain(name) for name in known.get("entity", ())}
    found = [name for name in left if plain(name.rpartition(heads.BOTH)[2]) in by and _numeric(cells.get(name, ()))]
    if len(found) < 2 or recipe.long or {"entity", "value"} & {*recipe.columns.values(), *recipe.set}:
        return recipe
    upper = {name.rpartition(heads.BOTH)[0] for name in found}
    counted = "" not in upper and "measure" not in {*recipe.columns.values(), *recipe.set}
    into = ["measure", "entity"] if counted else ["entity"]
    return replace(recipe, long={"into": into, "columns": found}) if counted or len(upper) == 1 else recipe


def _rest(recipe: Recipe, left: list[str], cells: Mapping[str, tuple[str, ...]], own: list[str]) -> Recipe:
    """What becomes of columns that are called as none of ours: one number is the value, several are turned; the same all over is left out."""
    numeric = [name for name in left if _numeric(cells.get(name, ()))]
    found = dict(recipe.columns)
    if "value" in own and "value" not in found.values() and not recipe.long:
        if len(numeric) == 1:
            found[numeric[0]] = "value"
        elif numeric and "measure" not in {*found.values(), *recipe.set}:
            recipe = replace(recipe, long={"into": ["measure"], "columns": numeric})
    found |= {name: "" for name in left if name not in numeric and _names_coded(name, found, cells)}
    decided = "value" in found.values() or bool(recipe.long)  # then a number that is the same all over is a code of the table
    for name in left:
        if (name not in numeric or decided) and len(set(cells.get(name, ()))) <= 1 and name not in laying.turned(left, recipe):
            found.setdefault(name, "")
    return replace(recipe, columns=found)


def _names_coded(name: str, matched: Mapping[str, str], cells: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a column is called as one that was taken and more, such as geo_name beside geo, and says the same as it, label by label."""
    for other in (one for one, own in matched.items() if own and plain(name).startswith(plain(one))):
        if len(set(zip(cells[other], cells[name], strict=True))) == len(set(cells[other])) == len(set(cells[name])):
            return True
    return False


def _missing(cell: str) -> bool:
    """Whether the cell says that there is no number.

    >>> [_missing(text) for text in (":", ": z", ":cz", "…", "0", "")]
    [True, True, True, True, False, False]
    """
    return cell in MISSING or bool(_NONE.fullmatch(cell))


def _parts(cells: Iterable[str]) -> bool:
    """Whether what stands in a column parts the rows into few kinds, as what is counted or how; not so numbers, and remarks.

    >>> _parts(["新規", "継続", "新規", "継続"]), _parts(["1", "2", "1", "2"]), _parts(["再集計", "", "確認中"])
    (True, False, False)
    """
    told = list(cells)
    return not _numeric(told) and "" not in told and len(set(told)) < len(told)


def _several(name: str, cells: Iterable[str]) -> str:
    values = list(dict.fromkeys(cells))
    return f"{name}: {', '.join(values[:_SHOWN])}" + (f" … ({len(values)})" if len(values) > _SHOWN else "")


def _numeric(cells: Iterable[str]) -> bool:
    told = [cell for cell in cells if cell and not _missing(cell)]
    return bool(told) and sum(normal.number(cell) is not None or bool(laying.FLAGGED.fullmatch(cell)) for cell in told) * 10 >= len(told) * 9


def _totals(head: Head, known: Mapping[str, Mapping[str, str]]) -> list[str]:
    names = {plain(name) for ids in known.values() for name in ids}
    return sorted({row[0] for _, row in head.rows if _TOTAL.fullmatch(row[0]) and plain(row[0]) not in names})


def _also(told: list[str], found: list[str]) -> list[str]:
    """What was told and what was found besides: what a recipe did not meet in its first file is read as it would have been there."""
    return [*told, *(one for one in found if one not in told)]


def _marks(recipe: Recipe, cells: Mapping[str, tuple[str, ...]], names: list[str]) -> Recipe:
    """The marks in place of numbers, and those behind them, each a note of the row it stands in."""
    places = [*laying.turned(names, recipe), *(name for name, own in recipe.columns.items() if own == "value")]
    found = {cell for name in places for cell in set(cells.get(name, ()))}
    flags = {match["flag"] for cell in found if normal.number(cell) is None and (match := laying.FLAGGED.fullmatch(cell))}
    flags |= {cell for name, own in recipe.columns.items() if own == "flag" for cell in cells.get(name, ()) if cell and cell != "A"}
    told = {flag: {"note_ja": f"出典の記号「{flag}」", "note_en": f'Mark in the source: "{flag}"'} for flag in sorted(flags)}
    return replace(recipe, missing=_also(recipe.missing, sorted(filter(_missing, found))), flags=told | recipe.flags)


def identified(own: Iterable[str]) -> bool:
    """Whether rows of a table with these columns get an id made of what tells those of a series apart."""
    return {"id", "entity", "measure", "period"}.issubset(own)


def _constants(recipe: Recipe, own: list[str]) -> Recipe:
    """With an id made of what tells rows of a series apart, and a locator made of the labels by which one finds the number again."""
    found = dict(recipe.set)
    made = {*recipe.columns.values(), *recipe.long.get("into", ())}
    if identified(own) and "id" not in {*made, *found}:
        found["id"] = "{entity}-{measure}-{period}"
    if "locator" in own and "locator" not in {*made, *found}:
        labels = [name for name, column in recipe.columns.items() if column in ("entity", "measure", "period")]
        found["locator"] = "{sheet}: " + ", ".join(f"{{{name}}}" for name in [*labels, *(["column"] if recipe.long else [])])
    return replace(recipe, set=found)


def _ids(recipe: Recipe, grid: Grid, head: Head, known: Mapping[str, Mapping[str, str]]) -> tuple[Recipe, list[Doubt]]:
    """With the id of every label that is a name, and the labels that are none."""
    settled = recipe.set.get("status", "") in ("", PRELIMINARY, FINAL)  # of another stage no number is preliminary
    periods = {"period": recipe.labels["period"]} if "period" in recipe.labels else {}
    bare = replace(recipe, labels=periods, set={"status": ""} if "status" in known else {})  # marks behind periods are labels of the stage
    sheet = laying.laid(replace(grid, unread=[]), head, bare).sheet
    labels, doubts = {}, []
    for column, ids in known.items():
        if column not in sheet.header:
            continue
        place = sheet.header.index(column)
        told = dict(recipe.labels.get(column, {}))
        by = {plain(name): id for name, id in ids.items()}
        for label, rows in Counter(row[place] for row in sheet.rows).items():
            if not label or label in told:
                continue
            if plain(label) in by and (settled or column != "status"):
                told[label] = by[plain(label)]
            elif laying.OTHERS not in told:
                near = plain(label) if plain(label) in by else _near(plain(label), list(by))
                doubts.append(Doubt(column, label, by[near] if near else "", rows, _within(label, head) if column == "status" else ""))
        labels[column] = {label: id for label, id in told.items() if label != id or laying.OTHERS in told or label in marks.listed()}
    return replace(recipe, labels=recipe.labels | {column: ids for column, ids in labels.items() if ids}), doubts


def _within(mark: str, head: Head) -> str:
    """The first head or cell in which the mark stands behind a period; nothing where it is a label of its own."""
    return next((text for row in [head.names, *(row for _, row in head.rows)] for text in row if heads.marked(text)[1] == mark), "")


def _near(label: str, known: list[str]) -> str:
    """The name that the label is most like, as one mistyped is; none for a code, another country, or another number.

    >>> _near("germny", ["germany"]), _near("aus", ["usa"]), _near("northkorea", ["southkorea"]), _near("eufp5", ["eufp6"])
    ('germany', '', '', '')
    """
    if len(label) <= _CODES or label in _countries():
        return ""
    digits = [char for char in label if char.isdecimal()]
    alike = [name for name in known if len(name) > _CODES and digits == [char for char in name if char.isdecimal()]]
    return next(iter(difflib.get_close_matches(label, alike, n=1, cutoff=_LIKE)), "")


@cache
def _countries() -> frozenset[str]:
    return frozenset(map(plain, names.countries()))
