"""The commands that work on data without building: new, import, template, check, correct, diff, audit, addresses, package."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evidence import disk, root, words
from evidence.cli import report, speech
from evidence.errors import Place, Refusal, Refusals

if TYPE_CHECKING:
    from evidence.curation.corrections import Cell

EDITION = Annotated[str, typer.Argument(metavar="EDITION")]


def new(
    name: EDITION,
    before: Annotated[str, typer.Option("--from", metavar="EDITION")] = "",
) -> None:
    """Begin a new edition: every table copied forward from an earlier one, which the descriptor records."""
    from evidence.curation import succession
    from evidence.tables import lineage

    folder = root.folder()
    before = before or lineage.opened(folder / "data").newest
    made = succession.begin(folder / "data", name, before)
    typer.echo(report.begun(made.relative_to(folder).as_posix(), len(root.tables(made)), before))


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False)],
    edition: Annotated[str, typer.Option(metavar="EDITION")],
    table: Annotated[str, typer.Option(metavar="TABLE")] = "",
    recipe: Annotated[str, typer.Option(metavar="NAME")] = "",
    keep: Annotated[str, typer.Option(metavar="NAME")] = "",
    sheet: Annotated[str, typer.Option(metavar="NAME")] = "",
    renamed: Annotated[str, typer.Option("--map", metavar="PAIRS")] = "",
    filled: Annotated[list[str] | None, typer.Option("--set", metavar="COLUMN=VALUE")] = None,
    only: Annotated[list[str] | None, typer.Option("--only", metavar="COLUMN=VALUE")] = None,
    label: Annotated[list[str] | None, typer.Option("--label", metavar="COLUMN:NAME=ID")] = None,
    scale: Annotated[str, typer.Option(metavar="FACTOR")] = "",
    yes: Annotated[bool, typer.Option("--yes")] = False,
    far: Annotated[bool, typer.Option("--accept-jumps")] = False,
    withdraw: Annotated[str, typer.Option("--withdraw", metavar="REASON")] = "",
    cause: Annotated[str, typer.Option("--cause", metavar="CAUSE")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    page: Annotated[Path | None, typer.Option("--report", metavar="FILE.html", dir_okay=False)] = None,
) -> None:
    """Take rows from a spreadsheet into a table: looked at first, matched by key, set right where beyond doubt, refused as a whole otherwise."""
    from dataclasses import replace

    from evidence.cli import asking, importing
    from evidence.curation import intake, recipes

    if recipe and keep:
        raise Refusal("E296", Place("evidence import"), f"--recipe {recipe}, --keep {keep}")
    data = root.folder() / "data"
    kept = recipes.opened(root.edition(data, edition), recipe) if recipe else None
    if not (table := table or (kept.table if kept else "")):
        raise Refusal("E215", Place("evidence import"), "--table")
    asked = intake.Asked(
        file, table, sheet, pairs("--map", renamed.split(",") if renamed else []), pairs("--set", filled or []), far, withdraw, cause=cause,
        made=recipes.made(data / edition, recipe) if recipe else (),
    )  # fmt: skip
    told = asking.told(kept or recipes.Recipe(table), only or [], label or [], scale)
    way = importing.Way(not (recipe or keep or only or label or scale), yes, not (yes or recipe), page)
    found, taken = importing.taken(data, edition, asked, told, way)
    if intake.registered(data, edition):
        typer.echo(words.word("cli.published", speech.lang(), edition=edition), err=True)
    cause = importing.caused(taken, cause, way.asks)
    name = recipe or keep or recipes.name(file, table) if found or taken.withdrawn or cause else ""
    if not dry_run and (taken.new or taken.changed or name):
        written: tuple[str, ...] = ()
        if name:
            made = found.recipe if found else replace(told, columns=asked.renamed, set=asked.filled)
            why = importing.why(data / edition, name, table, taken, importing.Stated(withdraw, cause, far))
            written = recipes.kept(made, file, [*taken.new, *taken.changed, *taken.equal], why)
        intake.write(data, edition, table, taken, dict(zip((f"{name}.yml", f"{name}.json"), written, strict=False)))
    typer.echo(report.imported(taken, file.name, f"data/{edition}/{table}.csv", dry_run))
    if name and not dry_run:
        typer.echo(words.word("cli.kept", speech.lang(), file=f"data/{edition}/{recipes.FOLDER}/{name}.yml", name=name))


def template(
    table: Annotated[str, typer.Argument(metavar="TABLE")],
    edition: Annotated[str, typer.Option(metavar="EDITION")] = "",
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", dir_okay=False)] = None,
) -> None:
    """Make an empty workbook for rows of a table, with lists to choose from and a sheet that explains them."""
    from evidence.curation import forms, intake
    from evidence.tables import lineage

    data = root.folder() / "data"
    edition = edition or lineage.opened(data).newest
    file = out or Path(f"{table}.xlsx")
    schema = intake.schema_of(root.edition(data, edition), intake.Asked(file, table))
    if file.exists():
        raise Refusal("E2089", Place("--out"), str(file))
    with speech.into(file):
        forms.workbook(data / edition, schema, table, speech.lang()).save(file)
    typer.echo(words.word("cli.template", speech.lang(), file=file, edition=edition, table=table))


def pairs(option: str, told: list[str]) -> dict[str, str]:
    """What an option says as NAME=TEXT, by name."""
    for one in told:
        if "=" not in one:
            raise Refusal("E283", Place(option), one)
    names = [one.partition("=")[0].strip() for one in told]
    if twice := [name for name in names if names.count(name) > 1]:
        raise Refusal("E234", Place(option), twice[0])
    return {name.strip(): text.strip() for name, _, text in (one.partition("=") for one in told)}


def correct(
    name: Annotated[str, typer.Argument(metavar="EDITION")],
    row: Annotated[str, typer.Option(metavar="ID")] = "",
    column: Annotated[str, typer.Option(metavar="COLUMN")] = "",
    to: Annotated[str | None, typer.Option(metavar="VALUE")] = None,
    several: Annotated[list[str] | None, typer.Option("--cell", metavar="ROW:COLUMN=VALUE")] = None,
    file: Annotated[Path | None, typer.Option("--from", metavar="FILE", exists=True, dir_okay=False)] = None,
    reason: Annotated[str, typer.Option(metavar="TEXT")] = "",
    effect: Annotated[str, typer.Option(metavar="TEXT")] = "",
    table: Annotated[str, typer.Option(metavar="TABLE")] = "",
    date: Annotated[str, typer.Option(metavar="YYYY-MM-DD")] = "",
) -> None:
    """Correct cells of a published edition: makes one EDITION-c1 beside it and enters each into data/corrections.csv."""
    import datetime
    from dataclasses import replace

    from evidence.curation import corrections

    single = {"--row": row or None, "--column": column or None, "--to": to}
    asked = [any(text is not None for text in single.values()), bool(several), file is not None]
    if asked.count(True) != 1:
        raise Refusal("E215", Place("evidence correct"), "--row --column --to | --cell | --from")
    needed = {**(single if asked[0] else {}), **({} if file else {"--reason": reason or None, "--effect": effect or None})}
    if missing := [option for option, text in needed.items() if text is None]:
        raise Refusal("E215", Place("evidence correct"), ", ".join(missing))
    data = root.folder() / "data"
    day = date or datetime.datetime.now().astimezone().date().isoformat()
    cells = corrections.listed(file, reason, effect) if file else [*_cells(several or [], reason, effect)]
    cells = cells or [corrections.Cell("", row, column, to or "", reason, effect)]
    cells = [replace(cell, table=cell.table or table or corrections.table_of(data, name, cell.row, cell.column)) for cell in cells]
    typer.echo(report.corrected(data, corrections.make(data, name, cells, day)))


def _cells(told: list[str], reason: str, effect: str) -> list["Cell"]:
    """The cells that --cell asks for as ROW:COLUMN=VALUE."""
    from evidence.curation import corrections

    found = []
    for one in told:
        place, equals, right = one.partition("=")
        row, colon, column = place.rpartition(":")
        if not (equals and colon and row and column):
            raise Refusal("E283", Place("--cell"), one)
        found.append(corrections.Cell("", row.strip(), column.strip(), right.strip(), reason, effect, Place("--cell")))
    return found


def diff(
    before: Annotated[str, typer.Argument(metavar="EARLIER")],
    after: Annotated[str, typer.Argument(metavar="LATER")],
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """List every row, value and figure that differs between two editions, with old, new and cause."""
    import json

    from evidence.build import state
    from evidence.editions import comparison
    from evidence.tables.edition import opened

    later = opened(after)
    found = comparison.compared(opened(before), later, root.folder() / state.WORK)
    typer.echo(json.dumps(found, ensure_ascii=False, indent=1) if as_json else comparison.text(found, later.schemas(), speech.lang()))


def audit(
    source: Annotated[Path, typer.Argument(metavar="DOCUMENT", exists=True, dir_okay=False)],
    name: Annotated[str, typer.Option("--edition", metavar="EDITION")] = "2019-09",
    coverage: Annotated[bool, typer.Option("--coverage")] = False,
) -> None:
    """Find every row of the data in the document it was read in: prints N of N, exit 6 where one is not there."""
    from evidence.curation import audit as check
    from evidence.tables.edition import opened

    text, edition = disk.text(source), opened(name)
    found = check.located(edition.tables(), text)
    for row in found[~found["found"]].itertuples():
        typer.echo(f'{row.table}.csv:{row.line} {row.id}: "{row.as_printed}" is not in {row.locator}')
    typer.echo(f"{int(found['found'].sum())} of {len(found)}")
    left = check.uncovered(edition.claims, edition.ignored_numbers, text, edition.sections) if coverage else found.head(0)
    for row in left.itertuples():
        typer.echo(f"{row.locator}: {row.number} ({row.context})")
    mute = check.unstated(edition.tables(), text) if coverage else found.head(0)
    for row in mute.itertuples():
        typer.echo(f"{row.locator}: {row.statement}")
    if coverage:
        typer.echo(f"{len(left)} numbers not accounted for\n{len(mute)} statements not accounted for")
    if len(left) or len(mute) or not found["found"].all():
        raise typer.Exit(6)


def addresses(
    name: Annotated[str, typer.Argument(metavar="EDITION")] = "",
    wait: Annotated[float, typer.Option("--wait", metavar="SECONDS")] = 20,
) -> None:
    """Ask the address of every source whether it still answers, and list those that are gone, have moved or give another document."""
    from rich.console import Console
    from rich.progress import track

    from evidence.curation import addresses as asking
    from evidence.tables import lineage
    from evidence.tables.edition import opened

    sources = opened(name or lineage.opened(root.folder() / "data").newest).table("sources")
    every, told = len(asking.askable(sources)), speech.said("asking_addresses")
    found = list(track(asking.asked(sources, wait), told, every, console=Console(stderr=True), disable=not sys.stderr.isatty()))
    for answer in found:
        if answer.state not in ("answers", "as-read"):
            state = words.word(f"cli.address_{answer.state}", speech.lang())
            typer.echo(f"{answer.id} {state} {answer.address}{f' ({answer.told})' if answer.told else ''}")
    counts = {state: sum(answer.state == state for answer in found) for state in asking.STATES}
    typer.echo(speech.said("addresses_asked", asked=every, other=len(sources) - every, **{state.replace("-", "_"): n for state, n in counts.items()}))


def package(name: Annotated[str, typer.Argument(metavar="EDITION")]) -> None:
    """Write the edition's datapackage.json anew, with the size and hash of every table as it is now."""
    from evidence.curation import succession
    from evidence.tables import package as descriptor

    data = root.folder() / "data"
    succession.unpublished(data, root.edition(data, name).name, Place("EDITION"))
    try:
        typer.echo(descriptor.write(data / name))
    except Refusal as refused:
        raise refused.of(name) from refused


def check(name: Annotated[str, typer.Argument(metavar="EDITION")] = "") -> None:
    """Check an edition, its tables, notebooks and pages, how the editions follow each other, and the register of corrections, without building."""
    from evidence.build import checks
    from evidence.tables import corrections, lineage

    data = root.folder() / "data"
    untied = lineage.problems(data)
    held = {} if untied else corrections.held(data)
    found = {}
    for edition in [name] if name else root.editions(data):
        with speech.if_slow(words.word("cli.checking", speech.lang(), edition=edition)):
            found[edition] = [*checks.check(data.parent, root.edition(data, edition).name), *held.get(edition, [])]
    told = {str(problem) for problems in found.values() for problem in problems}
    for shared, problems in (("datapackage.json", untied), (corrections.FILE, corrections.problems(data))):
        if new := [problem for problem in problems if str(problem) not in told]:
            found[shared] = new
    for edition, problems in found.items():
        if not problems:
            typer.echo(f"{edition}: OK")
    if every := [problem for problems in found.values() for problem in problems]:
        raise Refusals(every)


def register(app: typer.Typer) -> None:
    """Gives the app these commands."""
    app.command()(new)
    app.command("import")(import_)
    for command in (template, check, correct, diff, audit, addresses, package):
        app.command()(command)
