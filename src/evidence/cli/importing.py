"""The command that takes a file in: looks, asks, plans, tells, and writes the page of the screening whether or not the file is accepted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from evidence.cli import asking, speech
from evidence.curation import intake, recipes, screening, spreadsheet
from evidence.curation.intake import Asked
from evidence.curation.merging import Taken
from evidence.curation.recipes import Recipe
from evidence.errors import Place, Refusal, Refusals
from evidence.nearest import near
from evidence.tables.cells import language
from evidence.tables.stated import CAUSES

if TYPE_CHECKING:
    from evidence.curation.looking import Looked


@dataclass(frozen=True)
class Way:
    """How a file is taken in: as it is where its head is ours, with the ids proposed, with questions at a terminal; the page that tells of it."""

    as_it_is: bool
    yes: bool
    asks: bool
    page: Path | None


def taken(data: Path, edition: str, asked: Asked, told: Recipe, way: Way) -> tuple["Looked | None", Taken]:
    """What the file was found to be, unless it is in our form, and what taking it in would do; raises as `intake.plan`."""
    found: Looked | None = None
    into = f"data/{edition}/{asked.table}.csv"
    try:
        found = asking.looked(data, edition, asked, told, (way.as_it_is, way.asks))
        if found:
            found = asking.settled(found, way.yes, way.asks)
            asked = replace(asked, renamed={}, laid=found.laid, filled=found.constants())
        made = intake.plan(data, edition, asked)
    except (Refusal, Refusals) as refused:
        if way.page:
            problems = refused.problems if isinstance(refused, Refusals) else [refused]
            screening.write(way.page, replace(_rows(asked, found), into=into, problems=problems), speech.lang())
        raise
    if way.page:
        counts = {"new": len(made.new), "changed": len(made.changed), "equal": len(made.equal)}
        page = screening.Screened(asked.file.name, into, made.head, made.rows, made.matched, (), made.notices, counts)
        screening.write(way.page, page, speech.lang())
    return found, made


@dataclass(frozen=True)
class Stated:
    """What the command was told of changes: why rows are withdrawn, why cells change, whether numbers may lie far from what they were."""

    withdraw: str
    cause: str
    far: bool


def why(folder: Path, name: str, table: str, taken: Taken, stated: Stated) -> recipes.Why:
    """What is kept under this name of withdrawals and causes: what was kept before, and what this import adds."""
    withdrawn = recipes.withdrawn(folder, name) | dict.fromkeys(taken.withdrawn, stated.withdraw)
    new = recipes.stating(table, taken.changed, stated.cause, stated.far) if stated.cause else []
    known = {(cell["table"], cell["row"], cell["column"]): cell for cell in [*recipes.causes(folder, name), *new]}
    return recipes.Why(withdrawn, tuple(known.values()))


def caused(taken: Taken, cause: str, asks: bool) -> str:
    """The cause of what changes: the one told; asked at a terminal; else none, and it is said that the book will say so.

    Raises:
        Refusal: E2110 a cause that an import cannot state.
    """
    if cause not in ("", *CAUSES):
        raise Refusal("E2110", Place("--cause"), near(cause, list(CAUSES)))
    if cause or not any(_facts(cells) for cells in taken.changed.values()):
        return cause if taken.changed else ""
    if asks and speech.terminal():
        said = typer.prompt(speech.said("ask_cause", n=len(taken.changed), causes=", ".join(CAUSES)), default="", show_default=False).strip()
        return said if said in CAUSES else ""
    typer.echo(speech.said("no_cause", n=len(taken.changed)), err=True)
    return ""


def _facts(cells: Mapping[str, tuple[str, str]]) -> bool:
    return any(not language(column) for column in cells)


def _rows(asked: Asked, found: "Looked | None") -> screening.Screened:
    """The first rows of a file that is refused, as far as they could be laid out, or as the file has them."""
    if found and not found.doubts and asked.laid:
        constants = found.constants()
        rows = [
            [*row, *(_own(text, asked.laid.sheet.header, row) for text in constants.values())] for row in asked.laid.sheet.rows[: screening.FIRST]
        ]
        return screening.Screened(asked.file.name, "", [*asked.laid.sheet.header, *constants], rows, asked.laid.matched)
    try:
        lines = found.grid.lines if found else spreadsheet.grid(asked.file, asked.sheet, asked.table).lines
    except (Refusal, Refusals):
        lines = []
    return screening.Screened(asked.file.name, "", rows=[row for _, row in lines[: screening.FIRST]])


def _own(text: str, header: list[str], row: list[str]) -> str:
    """A constant with the cells of the row in its `{…}`, as far as they are known."""
    for name, cell in zip(header, row, strict=True):
        text = text.replace(f"{{{name}}}", cell)
    return text
