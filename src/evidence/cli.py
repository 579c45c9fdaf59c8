"""The `evidence` command: parses, calls, prints."""

import locale
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer

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
    chosen = names or state.editions(folder)
    index = folder / "_build" / "html" / "index.html"
    changed = state.changes(folder, chosen)
    if not changed:
        typer.echo(f"Nothing changed / 変更なし: {index}")
        return
    if why:
        typer.echo("\n".join(changed))
    from rich.console import Console

    from evidence import pipeline
    from evidence.progress import Board

    with Board(Console(stderr=True)) as board:
        pipeline.build(folder, chosen, board)
    state.remember(folder, chosen)
    typer.echo(f"{index}")


@app.command()
def check(name: Annotated[str, typer.Argument(metavar="[EDITION]", help="Edition; all under data/ by default.")] = "") -> None:
    """Check the data of an edition without building."""
    from evidence import gate, state

    folder = _root()
    for edition in [name] if name else state.editions(folder):
        problems = gate.check(folder / "data" / edition)
        if problems:
            raise Refusals(problems)
        typer.echo(f"{edition}: OK")


def _root() -> Path:
    from evidence import root

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
