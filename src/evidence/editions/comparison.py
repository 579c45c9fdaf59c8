"""Two editions compared, for the terminal and for scripts: rows, values and figures, each with its cause."""

import io
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Column, Table

from evidence import words
from evidence.analysis import amounts, changes
from evidence.book import contents
from evidence.exhibits import desk
from evidence.runs import promises
from evidence.tables import columns
from evidence.tables.edition import Edition

PARTS = {
    "rows": ["table", "row", "column", "kind", "cause", "old", "new"],
    "numbers": ["row", "column", "period", "old", "new", "change", "change_pct"],
}
PARTS |= {"values": ["id", "kind", "cause", "old", "new", "change", "change_pct"], "figures": ["id", "kind", "cause", "old", "new"]}


def compared(before: Edition, after: Edition, work: Path) -> dict[str, Any]:
    """Everything that differs, as records: rows, numbers (cells that hold numbers in both, with the change), values, figures.

    `built` says whether all notebooks of both editions have been run in the folder `work`; where they have not, values and figures are empty: what a
    preview or an interrupted build left is no edition, of which the rest would seem to be gone.
    """
    texts = after.texts()
    changed = changes.rows(before.texts(), texts, before.keys() | after.keys(), after.causes(), after.schemas())
    runs = [work / edition.name / "ja" / "runs" for edition in (before, after)]
    built = all(_ran(edition, work) for edition in (before, after))
    old, new = (desk.made(str(folder) if built else "", "changes") for folder in runs)
    tables = {
        "rows": changed, "numbers": changes.revised(changed, texts),
        "values": changes.measured(changes.made(old[0], new[0], changed)), "figures": changes.made(old[1], new[1], changed),
    }  # fmt: skip
    records = {name: table.astype(object).where(table.notna(), None).to_dict("records") for name, table in tables.items()}
    return {"from": before.name, "to": after.name, "built": built, **records}


def _ran(edition: Edition, work: Path) -> bool:
    """Whether the notebooks of the edition have left in the folder `work` what they promise, but for those that compare it with another."""
    folder = work.parents[1]
    found = contents.runs(folder, edition, "ja", contents.pages(folder, edition), work.relative_to(folder) / edition.name / "ja")
    return all((folder / run.out / name).exists() for run in found if not promises.compares(run.code) for name in promises.promised(run))


def text(found: dict[str, Any], schemas: dict[str, dict[str, Any]], lang: str) -> str:
    """The comparison as tables for a terminal: kinds, causes, units and codes of rows in words; `schemas` are those of the later edition."""
    stream = io.StringIO()
    console = Console(file=stream, width=160)
    for part, names in PARTS.items():
        heads = [Column(columns.label(name, lang), overflow="fold") for name in names]
        table = Table(*heads, title=f"{words.word(f'cli.part.{part}', lang)}: {len(found[part])}", title_justify="left", box=None)
        for record in found[part]:
            told = {name: amounts.content(record, name, schemas, lang) for name in ("old", "new")} if part == "rows" else {}
            table.add_row(*(_shown(name, told.get(name, record[name]), lang) for name in names))
        console.print(table if found[part] else table.title, markup=False)
        console.print()
    if not found["built"]:
        console.print(words.word("cli.not_built", lang, name=found["to"]))
    return stream.getvalue().rstrip()


def _shown(name: str, cell: object, lang: str) -> str:
    if name in ("kind", "cause"):
        return words.word(f"{'change' if name == 'kind' else 'cause'}.{cell}", lang)
    if name == "period" and cell:
        return words.period(str(cell), lang)
    return "" if cell is None or cell != cell else f"{cell:.6g}" if isinstance(cell, float) else str(cell)
