"""A file looked at before it is taken in: is it in our form, and if not, by which recipe it becomes so, and what is in doubt."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from evidence.curation import heads, intake, laying, names, proposal, scaffold, scales, spreadsheet
from evidence.curation.grids import Grid
from evidence.curation.heads import Head
from evidence.curation.intake import Asked
from evidence.curation.laying import Laid
from evidence.curation.proposal import Doubt
from evidence.curation.recipes import Recipe
from evidence.errors import Place, Refusal, Refusals

_SHOWN = 12  # ids named of those a column may hold


@dataclass(frozen=True)
class Looked:
    """The file as lines, its head, the recipe proposed, and the labels in doubt; `changed` is what a recipe did not know of the file.

    `required` are the columns that every row must fill, `ids` those that a column may hold, `units` those of the measures.
    """

    grid: Grid
    head: Head
    recipe: Recipe
    doubts: list[Doubt]
    changed: list[Refusal]
    required: list[str]
    ids: dict[str, list[str]]
    units: dict[str, str]

    def owed(self) -> list[tuple[str, str]]:
        """The columns that every row must fill and nothing fills yet, each with the ids it may hold, as far as they are few."""
        made = {*self.recipe.columns.values(), *self.recipe.long.get("into", ()), *self.recipe.set, *(["value"] if self.recipe.long else [])}
        known = {name: self.ids.get(name, []) for name in self.required if name not in made}
        return [(name, ", ".join(ids[:_SHOWN]) + (" …" if len(ids) > _SHOWN else "")) for name, ids in known.items()]

    def constants(self) -> dict[str, str]:
        """The columns that are filled in every row and that the rows as laid out do not have yet."""
        return {name: text for name, text in self.recipe.set.items() if name not in self.laid.sheet.header}

    @cached_property
    def laid(self) -> Laid:
        """The file as rows of its table.

        Raises:
            Refusal: E2139 as `scales.taken`.
            Refusals: E2080 for every label that stands for no id, one line each; what is used and could not be read as it is shown.
        """
        if self.doubts:
            raise Refusals([Refusal("E2080", Place(self.grid.file, column=one.column), _told(one)) for one in self.doubts])
        head = proposal.asked_for(self.head, self.recipe)
        scaled, told = scales.taken(self.grid, head, self._numbers(), self._unit(), self.recipe.scale)
        made = laying.laid(self.grid, self.head, replace(self.recipe, scale=scaled))
        return replace(made, notices=[*self.grid.notices, *self.changed, *told, *made.notices])

    def _numbers(self) -> list[str]:
        """The columns of the file that hold numbers."""
        left = {label for label, id in self.recipe.labels.get("measure", {}).items() if not id}
        wide = laying.turned([name for name in self.head.names if name], self.recipe)
        return [
            *(name for name in wide if not {name, name.rpartition(heads.BOTH)[0]} & left),
            *(name for name, own in self.recipe.columns.items() if own == "value"),
        ]

    def _unit(self) -> str:
        """The unit that the numbers are taken into: the one told, or that of the measure; none where each row has its own."""
        return self.recipe.set.get("unit", "") or self.units.get(self.recipe.set.get("measure", ""), "")


def looked(data: Path, edition: str, asked: Asked, recipe: Recipe, as_it_is: bool) -> Looked | None:
    """What the file seems to be by what is told; None where it may be taken `as_it_is`: ids below a head of ours, or one that `asked` makes so.

    Raises:
        Refusal: as `intake.plan` for what is asked, and `spreadsheet.grid` for a file that cannot be read.
    """
    schema = intake.opened(data, edition, asked)
    folder = data / edition
    kept = recipe.sheet if spreadsheet.has_sheets(asked.file) else ""  # the same table may come as CSV, which has no sheets
    grid = spreadsheet.grid(asked.file, asked.sheet or kept, asked.table)
    own = [field["name"] for field in schema["fields"]]
    told = replace(recipe, columns=recipe.columns | asked.renamed, set=recipe.set | asked.filled)
    counted = [name for name, column in asked.renamed.items() if column == "value" and scales.stated(name)]
    known = names.known(folder, schema)
    if as_it_is and _ours(grid, {*own, *asked.renamed}) and not counted and not _to_be_laid(grid, told, own, known):
        return None
    head = heads.found(grid.lines, {*told.columns, *own})
    head = replace(head, rows=_unmerged(grid, head))
    try:
        made, doubts = proposal.proposed(grid, head, schema, known, told)
    except Refusals as refused:  # what is in question may be so because it could not be read
        raise Refusals([*refused.problems, *grid.unread]) from refused
    required = [field["name"] for field in schema["fields"] if field.get("constraints", {}).get("required")]
    return Looked(
        grid,
        head,
        made,
        doubts,
        _changed(grid, recipe, made) if recipe.head else [],
        required,
        {column: sorted(set(called.values())) for column, called in known.items()},
        {row["id"]: row["unit"] for row in scaffold.rows(folder, "measures")},
    )


def answered(found: Looked, ids: Mapping[tuple[str, str], str]) -> Looked:
    """The same with ids for labels in doubt, by column and label; an empty one leaves the rows of the label out."""
    labels = {column: dict(told) for column, told in found.recipe.labels.items()}
    for (column, label), id in ids.items():
        labels.setdefault(column, {})[label] = id
    left = [one for one in found.doubts if (one.column, one.label) not in ids]
    return replace(found, recipe=replace(found.recipe, labels=labels), doubts=left)


def filled(found: Looked, constants: Mapping[str, str]) -> Looked:
    """The same with these columns filled in every row."""
    return replace(found, recipe=replace(found.recipe, set={**found.recipe.set, **constants}))


def _told(doubt: Doubt) -> str:
    within = f", {' '.join(doubt.within.split())}" if doubt.within else ""
    return f"{doubt.label} ({doubt.rows}{within})" + (f" → {doubt.id}" if doubt.id else "")


def _ours(grid: Grid, names: set[str]) -> bool:
    """Whether the first line that is not empty holds names of ours alone, parted by commas, and nothing is merged."""
    first = next((row for _, row in grid.lines if any(row)), [])
    return set(map(str.strip, filter(None, first))).issubset(names) and bool(first)


def _to_be_laid(grid: Grid, told: Recipe, own: list[str], known: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether rows below a head of ours need what a recipe does: an id made, a name taken for its id, a mark taken off a period."""
    first, *rows = [row for _, row in grid.lines if any(row)] or [[]]
    columns = [told.columns.get(name, name) for name in map(str.strip, first)]
    if proposal.identified(own) and "id" not in {*columns, *told.set}:
        return True
    for place, column in enumerate(columns):
        cells = {row[place].strip() for row in rows if place < len(row)} - set(known.get(column, {}).values())
        if cells.intersection(known.get(column, ())) or (column == "period" and any(heads.marked(cell)[1] for cell in cells)):
            return True
    return False


def _unmerged(grid: Grid, head: Head) -> list[tuple[int, list[str]]]:
    """The rows with what stands in an area merged over several lines in each line of it, as one sees it."""
    rows = {line: list(row) for line, row in head.rows}
    for area in grid.merged:
        first, last, place = spreadsheet.upright(area)
        if first in rows and place < len(rows[first]):
            for line in range(first + 1, last + 1):
                if line in rows and place < len(rows[line]):
                    rows[line][place] = rows[first][place]
    return list(rows.items())


def _changed(grid: Grid, before: Recipe, now: Recipe) -> list[Refusal]:
    """What the recipe did not know: N2090 for a head that moved, and for columns, labels, marks and flags that are new."""
    found = [("head", f"{before.head} → {now.head}")] if before.head != now.head else []
    found += [("sheet", f"{before.sheet} → {now.sheet or grid.form}")] if before.sheet != now.sheet else []
    found += [("columns", name) for name in now.columns if name not in before.columns]
    found += [
        (column, f"{label} → {id}") for column, ids in now.labels.items() for label, id in ids.items() if label not in before.labels.get(column, {})
    ]
    for kind in ("missing", "skip", "flags"):
        found += [(kind, mark) for mark in getattr(now, kind) if mark not in getattr(before, kind)]
    return [Refusal("N2090", Place(grid.file, column=column), text) for column, text in found]
