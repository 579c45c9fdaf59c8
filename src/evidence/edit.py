"""The commands that work on data without building: new, import, check, correct, diff, audit, package."""

from pathlib import Path
from typing import Annotated

import typer

from evidence import report, root, speech, words
from evidence.errors import Place, Refusal, Refusals

EDITION = Annotated[str, typer.Argument(metavar="EDITION", help="Name of the edition, the month of its latest evidence: 2026-11.")]


def new(
    name: EDITION,
    before: Annotated[str, typer.Option("--from", metavar="EDITION", help="Edition to copy forward; the latest by default.")] = "",
) -> None:
    """Begin a new edition: every table copied forward from an earlier one, which the descriptor records."""
    from evidence import succession

    folder = root.folder()
    before = before or root.latest(folder / "data")
    made = succession.begin(folder / "data", name, before)
    typer.echo(report.begun(made.relative_to(folder).as_posix(), len(list(made.glob("*.csv"))), before))


def import_(
    file: Annotated[Path, typer.Argument(help="A .csv (UTF-8 or CP932) or .xlsx file.", exists=True, dir_okay=False)],
    table: Annotated[str, typer.Option(help="Table of the edition, as in data/schema: observations.")],
    edition: Annotated[str, typer.Option(help="Edition to import into.")],
    sheet: Annotated[str, typer.Option(help="Sheet of the workbook; needed only where it has several.")] = "",
    renamed: Annotated[
        str, typer.Option("--map", help='Columns that are called otherwise: "年度=period,予算額=value"; "備考=" leaves one out.')
    ] = "",
    filled: Annotated[
        list[str] | None, typer.Option("--set", help='Column to fill in every row, once each: "unit=jpy-m", "id=satreps-budget-{period}".')
    ] = None,
    far: Annotated[bool, typer.Option("--accept-jumps", help="Accept new numbers that are fifty times their series, or a fiftieth.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")] = False,
) -> None:
    """Take rows from a spreadsheet into a table: matched by key, set right where beyond doubt, refused as a whole otherwise."""
    from evidence import intake

    data = root.folder() / "data"
    asked = intake.Asked(file, table, sheet, pairs("--map", renamed.split(",") if renamed else []), pairs("--set", filled or []), far)
    taken = intake.plan(data, edition, asked)
    if intake.registered(data, edition):
        typer.echo(words.word("cli.published", speech.lang(), edition=edition), err=True)
    if not dry_run and (taken.new or taken.changed):
        intake.write(data, edition, table, taken)
    typer.echo(report.imported(taken, file.name, f"data/{edition}/{table}.csv", dry_run))


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
    name: Annotated[str, typer.Argument(metavar="EDITION", help="Published edition that has an error.")],
    row: Annotated[str, typer.Option(help="Id of the row that is wrong.")],
    column: Annotated[str, typer.Option(help="Column that is wrong.")],
    to: Annotated[str, typer.Option(help="What it should say.")],
    reason: Annotated[str, typer.Option(help='Why it was wrong, in both languages: "日本語 | English".')],
    effect: Annotated[str, typer.Option(help='What follows for the conclusions, in both languages: "日本語 | English".')],
    table: Annotated[str, typer.Option(help="Table of the row.")] = "claims",
    date: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="Date of the correction; today by default.")] = "",
) -> None:
    """Correct a published edition: makes EDITION-c1 beside it and enters the correction into data/corrections.csv."""
    import datetime

    from evidence import corrections

    folder = root.folder()
    day = date or datetime.datetime.now().astimezone().date().isoformat()
    made = corrections.make(folder / "data", corrections.Correction(name, table, row, column, to, reason, effect, day))
    entry = corrections.register(folder / "data")[-1]
    typer.echo(f"{made}: {table} {row} {column}: {entry['wrong']} -> {entry['right']}")
    typer.echo(f"data/{corrections.FILE}: {entry['id']}")
    if alike := corrections.alike(folder / "data", made, table, row, entry["wrong"]):
        typer.echo(words.word("cli.alike", speech.lang(), wrong=entry["wrong"], columns=", ".join(alike), made=made))
    typer.echo(f"{words.word('cli.next', speech.lang())} evidence build {made}")


def diff(
    before: Annotated[str, typer.Argument(metavar="EARLIER", help="Edition to compare with.")],
    after: Annotated[str, typer.Argument(metavar="LATER", help="Edition that is compared.")],
    as_json: Annotated[bool, typer.Option("--json", help="Everything, for scripts.")] = False,
) -> None:
    """List every row, value and figure that differs between two editions, with old, new and cause."""
    import json

    from evidence import comparison, data

    found = comparison.compared(data.edition(before), data.edition(after), root.folder() / "_build" / "work")
    typer.echo(json.dumps(found, ensure_ascii=False, indent=1) if as_json else comparison.text(found, speech.lang()))


def audit(
    source: Annotated[Path, typer.Argument(help="The document as text, UTF-8.", exists=True, dir_okay=False)],
    name: Annotated[str, typer.Option("--edition", help="Edition to check.")] = "2019-09",
    coverage: Annotated[bool, typer.Option("--coverage", help="Also list every number of the document that no row accounts for.")] = False,
) -> None:
    """Find every row of the data in the document it was read in: prints N of N, exit 6 where one is not there."""
    from evidence import audit as check
    from evidence import data

    text, edition = source.read_text(encoding="utf-8"), data.edition(name)
    found = check.located(edition.tables(), text)
    for row in found[~found["found"]].itertuples():
        typer.echo(f'{row.table}.csv:{row.line} {row.id}: "{row.as_printed}" is not in {row.locator}')
    typer.echo(f"{int(found['found'].sum())} of {len(found)}")
    left = check.uncovered(edition.claims, edition.ignored_numbers, text, edition.sections) if coverage else found.head(0)
    for row in left.itertuples():
        typer.echo(f"{row.locator}: {row.number} ({row.context})")
    if coverage:
        typer.echo(f"{len(left)} numbers not accounted for")
    if len(left) or not found["found"].all():
        raise typer.Exit(6)


def package(name: Annotated[str, typer.Argument(metavar="EDITION", help="Edition whose tables changed.")]) -> None:
    """Write the edition's datapackage.json anew, with the size and hash of every table as it is now."""
    from evidence import package as descriptor

    typer.echo(descriptor.write(root.edition(root.folder() / "data", name)))


def check(name: Annotated[str, typer.Argument(metavar="[EDITION]", help="Edition; all under data/ by default.")] = "") -> None:
    """Check the data of an edition, and the register of corrections, without building."""
    from evidence import corrections, gate

    data = root.folder() / "data"
    checked = [name] if name else root.editions(data)
    found = {edition: gate.check(data / edition) for edition in checked}
    if wrong := corrections.problems(data):
        found[corrections.FILE] = wrong
    for edition, problems in found.items():
        if not problems:
            typer.echo(f"{edition}: OK")
    if every := [problem for problems in found.values() for problem in problems]:
        raise Refusals(every)


def register(app: typer.Typer) -> None:
    """Gives the app these commands."""
    app.command()(new)
    app.command("import")(import_)
    for command in (check, correct, diff, audit, package):
        app.command()(command)
