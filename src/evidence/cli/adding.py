"""The command that begins a row: what is not told is asked at a terminal, and what is left to write is said."""

from typing import Annotated

import typer

from evidence import root, words
from evidence.cli import speech
from evidence.cli.curation import pairs


def add(
    kind: Annotated[str, typer.Argument(metavar="KIND")],
    told: Annotated[list[str] | None, typer.Argument(metavar="COLUMN=VALUE")] = None,
    edition: Annotated[str, typer.Option(metavar="EDITION")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
) -> None:
    """Begin a row in both languages: a source, entity, measure, indicator, value or exhibit; or a chapter. What is not told is asked, or owed."""
    from evidence.curation import chapters, intake, scaffold, units
    from evidence.tables import lineage
    from evidence.tables.facts import UNWRITTEN

    data, lang = root.folder() / "data", speech.lang()
    edition = edition or lineage.opened(data).newest
    if kind == chapters.KIND:
        _chapter(edition, pairs("COLUMN=VALUE", told or []), dry_run)
        return
    row = scaffold.begun(data, edition, kind, pairs("COLUMN=VALUE", told or []))
    if speech.terminal():
        answers: dict[str, str] = {}
        for _ in range(2):  # what a unit is called is asked once it is told
            answers |= {column: _answer(column, title, ids) for column, title, ids in scaffold.owed(data, edition, kind, {**row, **answers})}
            row = scaffold.begun(data, edition, kind, {**row, **answers})
        texts = {column: _answer(column, "", []) for column, text in row.items() if text == UNWRITTEN}
        row = scaffold.begun(data, edition, kind, {**row, **{column: text for column, text in texts.items() if text}})
    taken = scaffold.planned(data, edition, kind, row)
    table = scaffold.TABLES[kind]
    if not dry_run:
        learnt = units.written(row, root.folder()) if "unit_ja" in row else None
        intake.write(data, edition, table, taken)
        if learnt:
            typer.echo(words.word("cli.added", lang, file=learnt.relative_to(root.folder().resolve()).as_posix(), id=f"unit.{row['unit']}"))
    typer.echo(words.word("cli.added", lang, file=f"data/{edition}/{table}.csv", id=row["id"]))
    typer.echo("\n".join(f"  {column} = {text}" for column, text in row.items() if text))
    if left := [column for column, text in row.items() if text == UNWRITTEN]:
        typer.echo(words.word("cli.left", lang, columns=", ".join(left), edition=edition))
    if dry_run:
        typer.echo(words.word("cli.dry_run", lang))


def _chapter(edition: str, told: dict[str, str], dry_run: bool) -> None:
    """A chapter begun, its files named."""
    from evidence.curation import chapters, scaffold

    folder, lang = root.folder(), speech.lang()
    if speech.terminal():
        told |= {column: _answer(column, "", ids) for column, ids in chapters.owed(folder / "data", edition, told)}
    texts, taken = chapters.planned(folder, edition, told)
    if not dry_run:
        chapters.write(folder, edition, texts, taken)
    for path in [*texts, folder / "data" / edition / f"{scaffold.TABLES['exhibit']}.csv"]:
        typer.echo(words.word("cli.added", lang, file=path.relative_to(folder).as_posix(), id=told["id"]))
    typer.echo(words.word("cli.left_in_chapter", lang, edition=edition))
    if dry_run:
        typer.echo(words.word("cli.dry_run", lang))


def _answer(column: str, title: str, ids: list[str]) -> str:
    """What the person at the terminal says of this column."""
    from evidence.curation import scaffold
    from evidence.tables import package

    name = package.titles(title)[words.LANGUAGES.index(speech.lang())]
    offered = ", ".join(ids[: scaffold.SHOWN])
    return str(
        typer.prompt(" ".join(part for part in (column, name, f"({offered})" if offered else "") if part), default="", show_default=False)
    ).strip()


def register(app: typer.Typer) -> None:
    """Gives the app this command."""
    app.command()(add)
