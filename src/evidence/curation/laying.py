"""A foreign sheet laid out as rows of a table by a recipe: what is left out, turned, renamed or read as something else, and a notice of each kind."""

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from evidence.curation import heads, marks, normal
from evidence.curation.grids import Grid
from evidence.curation.heads import Head
from evidence.curation.recipes import Recipe
from evidence.errors import Place, Refusal, Refusals
from evidence.nearest import near
from evidence.tables.headers import letter
from evidence.tables.reading import Sheet

PERIODS = "periods"
OTHERS = "*"  # every label that is not told
_LINE, _COLUMN, _UNREAD = "_line", "column", "_unread"
_SHOWN = 3  # lines quoted of those left out
_SHORT = 40  # characters shown of a cell
FLAGGED = re.compile(r"(?P<number>[-−△▲]?[0-9][0-9,.]*)\s*(?P<flag>[^\s0-9.,%％]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹])")
_HOLE = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Laid:
    """The rows under our names, which column of the file was taken for which, and what is told of the rest."""

    sheet: Sheet
    form: str
    matched: dict[str, str]
    notices: list[Refusal]


def laid(grid: Grid, head: Head, recipe: Recipe) -> Laid:
    """The sheet as rows of the recipe's table.

    Raises:
        Refusal: E2083 columns that --map, --only or the recipe names and the file does not have.
        Refusals: what of the head and of the rows that are left could not be read as it is shown.
    """
    named = [*recipe.only, *recipe.columns, *(recipe.long["columns"] if isinstance(recipe.long.get("columns"), list) else [])]
    if missing := [near(name, head.names) for name in named if name not in head.names]:
        raise Refusal("E2083", Place(grid.file, head.lines[0]), ", ".join(missing))
    notices = [*_around(grid, head), *_nameless(grid, head)]
    table = _framed(grid, head)
    for step in (_skipped, _limited, _lengthened):
        table = step(table, recipe, grid, notices)
    notices += _unused(table, recipe, grid)
    table = _doubted(table, recipe, grid, head)
    table = _staged(_named(table, recipe, grid), recipe)
    for step in (_numbered, _labelled):
        table = step(table, recipe, grid, notices)
    if unread := list(dict.fromkeys(one for told in table.get(_UNREAD, ()) for one in told)):
        raise Refusals(unread)
    header = [name for name in table.columns if name not in (_LINE, _UNREAD)]
    rows = table[header].to_numpy().tolist()
    lines = table[_LINE].tolist()
    matched = {foreign: own for foreign, own in recipe.columns.items() if own and own != "flag"}
    return Laid(Sheet(grid.file, header, head.lines[-1], rows, lines), grid.form, matched | _turned(recipe), notices)


def _turned(recipe: Recipe) -> dict[str, str]:
    columns = recipe.long.get("columns")
    told = f"({columns})" if isinstance(columns, str) else ", ".join(columns or ())
    return {told: " / ".join(recipe.long["into"])} if recipe.long else {}


def _around(grid: Grid, head: Head) -> list[Refusal]:
    """A notice for each kind of line that is no row."""
    kinds = {"N2080": head.titles, "N2081": head.units, "N2082": head.notes}
    return [
        Refusal(code, Place(grid.file, lines[0][0]), f"{len(lines)}: " + "; ".join(" ".join(filter(None, row)) for _, row in lines[:_SHOWN]))
        for code, lines in kinds.items() if lines
    ]  # fmt: skip


def _nameless(grid: Grid, head: Head) -> list[Refusal]:
    """A notice of the columns that no head names and that hold something, such as a mark beside each number."""
    told = []
    for place in (place for place, name in enumerate(head.names) if not name):
        texts = [row[place] for _, row in head.rows if place < len(row) and row[place]]
        told += [f"{letter(place)}: {texts[0][:_SHORT]}{' …' if len(set(texts)) > 1 else ''} ({len(texts)})"] if texts else []
    return [Refusal("N2094", Place(grid.file), "; ".join(told))] if told else []


def _framed(grid: Grid, head: Head) -> pd.DataFrame:
    """The rows under the names of the head, each with its line; columns without name and content are left out."""
    width = len(head.names)
    problems = [Refusal("E235", Place(grid.file, line), ",".join(row[width:])) for line, row in head.rows if any(row[width:])]
    rows = [(row + [""] * width)[:width] for _, row in head.rows]
    kept = [place for place, name in enumerate(head.names) if name]
    names = Counter(head.names[place] for place in kept)
    problems += [Refusal("E234", Place(grid.file, head.lines[0]), name) for name, times in names.items() if times > 1]
    if problems:
        raise Refusals(problems)
    table = pd.DataFrame(rows, columns=range(width), dtype="object")[kept]
    table.columns = pd.Index([head.names[place] for place in kept], dtype="object")
    table[_LINE] = [line for line, _ in head.rows]
    return table


def _skipped(table: pd.DataFrame, recipe: Recipe, grid: Grid, notices: list[Refusal]) -> pd.DataFrame:
    """Without the rows whose first cell is a text to skip, such as a total."""
    out = table.iloc[:, 0].isin(recipe.skip)
    for text, rows in table[out].groupby(table.columns[0], sort=False):
        notices.append(Refusal("N2083", Place(grid.file, int(rows[_LINE].iloc[0])), f"{text} ({len(rows)})"))
    return table[~out]


def _limited(table: pd.DataFrame, recipe: Recipe, grid: Grid, notices: list[Refusal]) -> pd.DataFrame:
    """Only the rows with the values asked for."""
    for column, values in recipe.only.items():
        keep = table[column].isin(values)
        if not keep.all():
            notices.append(Refusal("N2084", Place(grid.file, column=column), f"{', '.join(values)} ({int((~keep).sum())})"))
        table = table[keep]
    return table


def turned(names: list[str], recipe: Recipe) -> list[str]:
    """The columns of the file that the recipe turns into rows."""
    columns = recipe.long.get("columns", [])
    return [name for name in names if dated(name, recipe) and name not in recipe.columns] if columns == PERIODS else list(columns)


def dated(name: str, recipe: Recipe) -> bool:
    """Whether a head is a period, by itself or because the recipe says so."""
    return bool(heads.period(name)) or name in recipe.labels.get("period", {})


def _lengthened(table: pd.DataFrame, recipe: Recipe, grid: Grid, notices: list[Refusal]) -> pd.DataFrame:
    """One row for each number of the columns that are turned; their heads in the columns `into`."""
    if not recipe.long:
        return table
    wide = turned(list(table.columns), recipe)
    into = list(recipe.long["into"])
    kept = [name for name in table.columns if name not in wide]
    long = table.melt(id_vars=kept, value_vars=wide, var_name=_COLUMN, value_name="value").sort_values(_LINE, kind="stable")
    parts = [column.rsplit(heads.BOTH, len(into) - 1) for column in long[_COLUMN]]
    for place, name in enumerate(into):
        texts = [part[place] for part in parts]
        if name == "period":
            texts = [text if heads.marked(text)[1] else heads.period(text) or text for text in texts]
        elif name == "entity":  # what stands above it says what is counted
            texts = [text.rpartition(heads.BOTH)[2] for text in texts]
        long[name] = texts
    notices.append(
        Refusal("N2085", Place(grid.file), f"{', '.join(wide[:_SHOWN])}{' …' if len(wide) > _SHOWN else ''} ({len(wide)}) → {', '.join(into)}")
    )
    return long.reset_index(drop=True)


def _unused(table: pd.DataFrame, recipe: Recipe, grid: Grid) -> list[Refusal]:
    """A notice of the columns that are left out and hold something: a remark or a unit there may change what the numbers mean."""
    told = []
    for name in (name for name, own in recipe.columns.items() if not own):
        texts = [text for text in dict.fromkeys(table[name]) if text]
        if texts:
            more = " …" if len(texts) > 1 else ""
            told.append(f"{name}: {texts[0][:_SHORT]}{more} ({table.loc[table[name] != '', _LINE].nunique()})")
    return [Refusal("N2094", Place(grid.file), "; ".join(told))] if told else []


def _doubted(table: pd.DataFrame, recipe: Recipe, grid: Grid, head: Head) -> pd.DataFrame:
    """With what of each row could not be read as it is shown, in its cells that are used and in the head above them."""
    if not grid.unread:
        return table
    told: dict[tuple[int | None, str], list[Refusal]] = {}
    for one in grid.unread:
        told.setdefault((one.place.line, one.place.column), []).append(one)
    letters = {name: letter(place) for place, name in enumerate(head.names)}
    written = {hole for text in recipe.set.values() for hole in _HOLE.findall(text)}
    used = [name for name in table.columns if name in letters and (recipe.columns.get(name, name) or name in {*written, *recipe.only})]
    columns = table[_COLUMN] if recipe.long else [""] * len(table)
    found = []
    for line, column in zip(table[_LINE], columns, strict=True):
        places = ["", *(letters[name] for name in (*used, column) if name)]
        found.append([one for at in (line, None, *head.lines) for place in places for one in told.get((at, place), ())])
    return table.assign(**{_UNREAD: found})


def _named(table: pd.DataFrame, recipe: Recipe, grid: Grid) -> pd.DataFrame:
    """Under our names, with the constants whose `{…}` name columns of the file; columns of the file that are left out are gone."""
    sheet = {"sheet": grid.title or grid.file}
    holes = {*table.columns, *sheet} - {*recipe.columns.values(), *recipe.long.get("into", ()), "value"}
    foreign = {name: text for name, text in recipe.set.items() if holes.intersection(_HOLE.findall(text))}
    for name, text in foreign.items():
        rows = [{str(key): str(cell) for key, cell in row.items()} for row in table.to_dict("records")]
        table = table.assign(**{name: [_written(text, sheet | row) for row in rows]})
    table = table.drop(columns=[name for name, own in recipe.columns.items() if not own and name not in foreign] + ([_COLUMN] if recipe.long else []))
    return table.rename(columns={name: own for name, own in recipe.columns.items() if own})


def _staged(table: pd.DataFrame, recipe: Recipe) -> pd.DataFrame:
    """With marks behind periods as labels of the stage, which is the one told for all where there is none; a table without stages keeps them."""
    if "period" not in table or "status" in table or "status" not in recipe.set:
        return table
    parted = [heads.marked(text) for text in table["period"]]
    if not any(mark for _, mark in parted):
        return table
    periods = [period if mark else text for (period, mark), text in zip(parted, table["period"], strict=True)]
    return table.assign(period=periods, status=[mark or recipe.set["status"] for _, mark in parted])


def _written(text: str, cells: dict[str, str]) -> str:
    """The text with cells in its `{…}`; those that name no cell stay.

    >>> _written("{sheet}: {国}, {period}", {"sheet": "表1", "国": "英国"})
    '表1: 英国, {period}'
    """
    return _HOLE.sub(lambda hole: cells.get(hole[1], hole[0]), text)


def _numbered(table: pd.DataFrame, recipe: Recipe, grid: Grid, notices: list[Refusal]) -> pd.DataFrame:
    """The column `value` without marks that mean missing, with its flags in columns of their own, and scaled."""
    if "value" not in table:
        return table.drop(columns=["flag"], errors="ignore")
    gone = table["value"].isin(recipe.missing) | (table["value"] == "")
    for mark, count in table["value"][gone].value_counts().items():
        notices.append(Refusal("N2086", Place(grid.file, column="value"), f'"{mark}" ({count})'))
    table = table[~gone].copy()
    split = table["value"].map(lambda text: FLAGGED.fullmatch(text) if normal.number(text) is None else None)
    flags = [match["flag"] if match else "" for match in split]
    if "flag" in table:
        flags = [flag or own for flag, own in zip(flags, table["flag"], strict=True)]
    known = [flag if flag in recipe.flags else "" for flag in flags]
    table["value"] = [match["number"] if match and flag else text for match, flag, text in zip(split, known, table["value"], strict=True)]
    for name in dict.fromkeys(name for flag in recipe.flags.values() for name in flag):
        table[name] = [recipe.flags.get(flag, {}).get(name, "") or old for flag, old in zip(known, table.get(name, [""] * len(table)), strict=True)]
    for flag, count in Counter(filter(None, known)).items():
        notices.append(
            Refusal(
                "N2087", Place(grid.file, column="value"), f'"{flag}" ({count}) → ' + ", ".join(f"{a}={b}" for a, b in recipe.flags[flag].items())
            )
        )
    if recipe.scale:
        table["value"] = [_scaled(text, recipe.scale) for text in table["value"]]
        notices.append(Refusal("N2088", Place(grid.file, column="value"), f"× {recipe.scale}"))
    return table.drop(columns=["flag"], errors="ignore")


def _scaled(text: str, factor: str) -> str:
    """The number times the factor, in decimal digits; a text that is no number stays for the gate.

    >>> _scaled("1,234", "0.001"), _scaled("x", "2"), _scaled("5", "1000")
    ('1.234', 'x', '5000')
    """
    plain = normal.number(text)
    return f"{Decimal(plain) * Decimal(factor):f}" if plain is not None else text


def _labelled(table: pd.DataFrame, recipe: Recipe, grid: Grid, notices: list[Refusal]) -> pd.DataFrame:
    """Ids in place of labels; rows whose label stands for none are left out."""
    for column, ids in recipe.labels.items():
        if column not in table:
            continue
        for label, count in table[column].value_counts(sort=False).items():
            if label in ids and (ids[label] != label or label in marks.listed()):
                code = "N2089" if ids[label] else "N2083"
                notices.append(
                    Refusal(code, Place(grid.file, column=column), f"{label} → {ids[label]} ({count})" if ids[label] else f"{label} ({count})")
                )
        others = {label: ids.get(OTHERS, label) for label in table[column] if label not in ids}
        if others and OTHERS in ids:
            told = ", ".join(list(others)[:_SHOWN]) + (" …" if len(others) > _SHOWN else "") + (f" → {ids[OTHERS]}" if ids[OTHERS] else "")
            code = "N2089" if ids[OTHERS] else "N2083"
            notices.append(Refusal(code, Place(grid.file, column=column), f"{told} ({int(table[column].isin(list(others)).sum())})"))
        table = table.assign(**{column: [(ids | others)[label] for label in table[column]]})
        table = table[table[column] != ""] if "" in ids.values() else table
    return table
