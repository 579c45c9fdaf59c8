"""The `evidence` command: parses, calls, prints."""

import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer

from evidence import root, words
from evidence.cli import citing, curation, speech, usage
from evidence.cli.speech import Lang
from evidence.errors import Place, Refusal, Refusals
from evidence.nearest import near

app = typer.Typer(cls=usage.Group, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

curation.register(app)


@app.callback()
def options(
    lang: Annotated[str, typer.Option("--lang", metavar="ja|en", is_eager=True, callback=speech.ask)] = "",
    as_json: Annotated[bool, typer.Option("--json", is_eager=True, callback=speech.ask_json)] = False,
) -> None:
    """Build, check and audit the evidence book; both options are heard before a help is shown or a command refused."""


@app.command()
def build(
    names: Annotated[list[str] | None, typer.Argument(metavar="EDITION")] = None,
    lang: Annotated[Lang | None, typer.Option("--lang")] = None,
    why: Annotated[bool, typer.Option("--why")] = False,
) -> None:
    """Build the book into _build/html, doing again only what depends on a change."""
    from evidence.build import state

    folder = root.folder()
    chosen = [root.edition(folder / "data", name).name for name in names] if names else root.editions(folder / "data")
    if lang:
        return _draft(folder, chosen, lang.value)
    index = folder / "_build" / "html" / "index.html"
    changed = state.changes(folder, chosen)
    if not changed:
        typer.echo(f"Nothing changed / 変更なし: {index}")
        return
    from rich.console import Console

    from evidence.build import pipeline
    from evidence.build.progress import Board

    try:
        with state.alone(folder), Board(Console(stderr=True)) as board:
            done = pipeline.build(folder, chosen, board)
            state.remember(folder, chosen)
    except KeyboardInterrupt as interrupted:
        typer.echo({"ja": "中断しました。前の本はそのままです。", "en": "Interrupted. The last book is as it was."}[speech.lang()], err=True)
        raise typer.Exit(130) from interrupted
    if why:
        typer.echo("\n".join([*changed, *(f"{task} <- {reason}" for task, reason in done.items())]))
    if new := pipeline.unregistered(folder):
        typer.echo(words.word("cli.unregistered", speech.lang(), n=len(new), ids=", ".join(new[:5])), err=True)
    typer.echo(f"{index}")


@app.command()
def run(
    notebook: Annotated[str, typer.Argument(metavar="NOTEBOOK")],
    edition: Annotated[str, typer.Option(metavar="EDITION")] = "",
    lang: Annotated[Lang, typer.Option("--lang")] = Lang.ja,
    given: Annotated[list[str] | None, typer.Option("-p", "--parameter", metavar="NAME=VALUE")] = None,
) -> None:
    """Run one notebook with parameters of your own into _build/runs; the book is not touched."""
    from evidence.runs import execution, parameters, promises
    from evidence.tables import lineage

    folder = root.folder()
    path = folder / "notebooks" / f"{notebook}.ipynb"
    known = sorted(other.stem for other in path.parent.glob("*.ipynb"))
    if notebook not in known:
        raise Refusal("E314", Place("notebooks"), f"{near(notebook, known)} ({', '.join(known)})")
    name = root.edition(folder / "data", edition or lineage.opened(folder / "data").newest).name
    told = curation.pairs("-p", given or [])
    if options := {"edition", "lang", "out"}.intersection(told):
        raise Refusal("E306", Place("-p", column=min(options)), f"{min(options)} (--edition, --lang)")
    own = parameters.parsed(path, told)
    if "subject" in parameters.declared(path) and not own.get("subject"):
        raise Refusal("E309", Place(path.name, column="subject"), "subject")
    asked = promises.Run(path, name, lang.value, Path("_build", "runs", notebook), str(own.pop("subject", "")), own)
    made = execution.execute(asked, folder)
    typer.echo("\n".join(str(file) for file in sorted(made.parent.iterdir())))


def _draft(folder: Path, names: list[str], lang: str) -> None:
    from rich.console import Console

    from evidence.build import pipeline, state
    from evidence.build.progress import Board

    with state.alone(folder), Board(Console(stderr=True)) as board:
        for index in pipeline.draft(folder, names, lang, board):
            typer.echo(f"{index}")


citing.register(app)


def main() -> None:
    """Runs the command; a refusal is one message and an exit code, never a traceback."""
    try:
        sys.exit(app(sys.argv[1:] or ["--help"], standalone_mode=False))
    except (Refusal, Refusals, typer.TyperException) as refused:
        one = usage.refusal(refused) if isinstance(refused, typer.TyperException) else refused
        problems = Refusals([one]) if isinstance(one, Refusal) else one
        typer.echo(speech.refused(problems), err=True)
        sys.exit(problems.exit_code)
    except Exception:
        traceback.print_exc()
        sys.exit(1)
