"""The `evidence` command: parses, calls, prints."""

import os
import sys
import traceback
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from evidence import disk, root, words
from evidence.cli import adding, citing, curation, previewing, publishing, running, speech, usage
from evidence.cli.speech import Lang
from evidence.errors import Place, Refusal, Refusals

app = typer.Typer(cls=usage.Group, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

curation.register(app)
adding.register(app)
running.register(app)
previewing.register(app)


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
    draft: Annotated[bool, typer.Option("--draft")] = False,
    why: Annotated[bool, typer.Option("--why")] = False,
    twice: Annotated[bool, typer.Option("--twice")] = False,
    jobs: Annotated[int | None, typer.Option("--jobs", metavar="N", min=1)] = None,
) -> None:
    """Build the book into _build/html, doing again only what depends on a change."""
    from evidence.build import state

    folder = root.folder()
    chosen = [root.edition(folder / "data", name).name for name in names] if names else root.editions(folder / "data")
    if (lang or draft) and twice:
        raise Refusal("E296", Place("evidence build"), f"{'--lang' if lang else '--draft'}, --twice")
    if lang or draft:
        return _draft(folder, chosen, (lang.value,) if lang else words.LANGUAGES, why, jobs)
    index = folder / "_build" / "html" / "index.html"
    inputs = state.inputs(folder)
    changed = state.changes(folder, chosen, inputs, speech.lang())
    if not changed and not twice:
        typer.echo(f"Nothing changed / 変更なし: {index}")
        return
    from rich.console import Console

    from evidence.build import pipeline
    from evidence.build.progress import Board
    from evidence.runs import processes

    try:
        with processes.stoppable(), state.alone(folder), Board(Console(stderr=True), speech.lang()) as board:
            done = pipeline.build(folder, chosen, board, inputs, twice, jobs)
            state.remember(folder, chosen, inputs)
    except KeyboardInterrupt as interrupted:
        raise _interrupted() from interrupted
    if why:
        typer.echo("\n".join([*changed, *_reasons(done)]))
    if new := pipeline.unregistered(folder):
        typer.echo(words.word("cli.unregistered", speech.lang(), n=len(new), ids=", ".join(new[:5])), err=True)
    typer.echo(f"{index}")


def _interrupted() -> typer.Exit:
    typer.echo({"ja": "中断しました。前の本はそのままです。", "en": "Interrupted. The last book is as it was."}[speech.lang()], err=True)
    return typer.Exit(130)


def _draft(folder: Path, names: list[str], languages: tuple[str, ...], why: bool, jobs: int | None) -> None:
    from rich.console import Console

    from evidence.build import pipeline, state
    from evidence.build.progress import Board
    from evidence.runs import processes

    inputs = state.inputs(folder)
    try:
        with processes.stoppable(), state.alone(folder), Board(Console(stderr=True), speech.lang()) as board:
            made, done = pipeline.draft(folder, names, languages, board, jobs)
            state.unchanged(folder, inputs)
    except KeyboardInterrupt as interrupted:
        raise _interrupted() from interrupted
    if why:
        typer.echo("\n".join(_reasons(done)))
    typer.echo("\n".join(map(str, made)))


def _reasons(done: dict[str, str]) -> list[str]:
    return [f"{task} <- {reason}" for task, reason in done.items()]


citing.register(app)
publishing.register(app)


def main() -> None:
    """Runs the command; a refusal is one message and an exit code, never a traceback."""
    speech.whatever_the_terminal()
    if named := os.environ.get("EVIDENCE_ROOT"):
        os.environ["EVIDENCE_ROOT"] = str(Path(named).absolute())  # also where a kernel stands in another folder
    try:
        sys.exit(app(sys.argv[1:] or ["--help"], prog_name="evidence", standalone_mode=False))
    except (Refusal, Refusals, typer.TyperException) as refused:
        one = usage.refusal(refused) if isinstance(refused, typer.TyperException) else refused
        _end(Refusals([one]) if isinstance(one, Refusal) else one)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read along has enough; so has Python, at its exit
        sys.exit(141)
    except Exception as error:
        if isinstance(error, OSError) and (told := disk.refused(error)):
            _end(Refusals([told]))
        traceback.print_exc()
        sys.exit(1)


def _end(problems: Refusals) -> NoReturn:
    typer.echo(speech.refused(problems), err=True)
    sys.exit(problems.exit_code)
