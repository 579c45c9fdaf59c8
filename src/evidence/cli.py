"""The `evidence` command: parses, calls, prints."""

import locale
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer

from evidence import root
from evidence.errors import Refusal, Refusals

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

LANG: dict[str, str] = {"ui": "en"}


@app.callback()
def options(lang: Annotated[str, typer.Option("--lang", help="Language of messages: ja or en. Default: your locale.")] = "") -> None:
    """Build, check and audit the evidence book / エビデンス・ブックの生成・検査・照合"""
    own = lang or os.environ.get("EVIDENCE_LANG") or (locale.getlocale()[0] or "")
    LANG["ui"] = "ja" if own.startswith("ja") else "en"


@app.command()
def build(
    names: Annotated[list[str] | None, typer.Argument(metavar="[EDITION]...", help="Editions to build; all under data/ by default.")] = None,
    why: Annotated[bool, typer.Option("--why", help="Say why each task is done again.")] = False,
) -> None:
    """Build the book into _build/html, doing again only what depends on a change."""
    from evidence import state

    folder = _root()
    chosen = names or root.editions(folder / "data")
    index = folder / "_build" / "html" / "index.html"
    changed = state.changes(folder, chosen)
    if not changed:
        typer.echo(f"Nothing changed / 変更なし: {index}")
        return
    from rich.console import Console

    from evidence import pipeline
    from evidence.progress import Board

    try:
        with state.alone(folder), Board(Console(stderr=True)) as board:
            done = pipeline.build(folder, chosen, board)
            state.remember(folder, chosen)
    except KeyboardInterrupt as interrupted:
        typer.echo({"ja": "中断しました。前の本はそのままです。", "en": "Interrupted. The last book is as it was."}[LANG["ui"]], err=True)
        raise typer.Exit(130) from interrupted
    if why:
        typer.echo("\n".join([*changed, *(f"{task} <- {reason}" for task, reason in done.items())]))
    typer.echo(f"{index}")


@app.command()
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


@app.command()
def package(name: Annotated[str, typer.Argument(metavar="EDITION", help="Edition whose tables changed.")]) -> None:
    """Write the edition's datapackage.json anew, with the size and hash of every table as it is now."""
    from evidence import package as descriptor

    typer.echo(descriptor.write(root.edition(_root() / "data", name)))


@app.command()
def check(name: Annotated[str, typer.Argument(metavar="[EDITION]", help="Edition; all under data/ by default.")] = "") -> None:
    """Check the data of an edition without building."""
    from evidence import gate

    folder = _root()
    for edition in [name] if name else root.editions(folder / "data"):
        problems = gate.check(folder / "data" / edition)
        if problems:
            raise Refusals(problems)
        typer.echo(f"{edition}: OK")


def _root() -> Path:
    return root.folder()


def main() -> None:
    """Runs the command; a refusal is one message and an exit code, never a traceback."""
    try:
        app(standalone_mode=True)
    except (Refusal, Refusals) as refused:
        problems = Refusals([refused]) if isinstance(refused, Refusal) else refused
        typer.echo(problems.text(LANG["ui"]), err=True)
        sys.exit(problems.exit_code)
    except Exception:
        traceback.print_exc()
        sys.exit(1)
