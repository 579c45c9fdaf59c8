"""The command that runs one notebook beside the book, with one set of parameters or many."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evidence import root
from evidence.cli import curation, speech
from evidence.cli.speech import Lang
from evidence.errors import Place, Refusal, Refusals
from evidence.nearest import near

if TYPE_CHECKING:
    from evidence.build.batches import Batch


def run(
    notebook: Annotated[str, typer.Argument(metavar="NOTEBOOK")],
    edition: Annotated[str, typer.Option(metavar="EDITION")] = "",
    lang: Annotated[Lang, typer.Option("--lang")] = Lang.ja,
    given: Annotated[list[str] | None, typer.Option("-p", "--parameter", metavar="NAME=VALUE")] = None,
    sets: Annotated[Path | None, typer.Option("--sets", metavar="FILE.csv", exists=True, dir_okay=False)] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", metavar="N", min=1)] = None,
) -> None:
    """Run one notebook with parameters of your own into _build/runs, once for each set of them; the book is not touched."""
    from evidence.build import batches
    from evidence.tables import lineage

    folder = root.folder()
    known = [other.stem for other in root.files(folder / "notebooks") if other.suffix == ".ipynb"]
    if notebook not in known:
        raise Refusal("E314", Place("notebooks"), f"{near(notebook, known)} ({', '.join(known)})")
    name = root.edition(folder / "data", edition or lineage.opened(folder / "data").newest).name
    told = curation.pairs("-p", given or [])
    rows = [(place, told | own) for place, own in batches.told(sets)] if sets else batches.grid(told)
    asked = _run(folder, notebook, name, lang.value, rows)
    own = [(place, {key: text for key, text in row.items() if key != "subject" or not asked.subject}) for place, row in rows]
    batch = batches.planned(asked, own, folder)
    failed, left = _executed(batch, jobs)
    out = folder / batch.run.out
    if len(batch.runs) == 1 and not failed:
        typer.echo("\n".join(str(file) for file in sorted((folder / batch.runs[0].out).iterdir())))
        return
    typer.echo(speech.said("sets", n=len(batch.runs), run=left, good=len(batch.runs) - left, failed=len(failed)))
    typer.echo("\n".join(str(out / f"{batches.SUMMARY}.{kind}") for kind in ("csv", "xlsx")))
    if failed:
        raise Refusals([Refusal(one.code, Place(f"{set}: {one.place}"), one.found) for set, one in failed.items()])


def _run(folder: Path, notebook: str, edition: str, lang: str, rows: list[tuple[Place, dict[str, str]]]) -> Any:
    """The run without its parameters; a profile is about one subject, whatever else differs between sets.

    Raises:
        Refusal: E306 a parameter that is an option, E309 a profile without its subject.
    """
    from evidence.book import contents
    from evidence.runs import parameters, promises
    from evidence.tables.edition import opened

    path = folder / "notebooks" / f"{notebook}.ipynb"
    if options := {"edition", "lang", "out"}.intersection(*[dict.fromkeys(name for _, row in rows for name in row)]):
        raise Refusal("E306", Place("-p", column=min(options)), f"{min(options)} (--edition, --lang)")
    subjects = sorted({row.get("subject", "") for _, row in rows})
    if "subject" in parameters.declared(path):
        if len(subjects) != 1 or not subjects[0]:
            raise Refusal("E309", Place(path.name, column="subject"), ", ".join(filter(None, subjects)) or "subject")
        root.identifier(subjects[0], "-p subject")
    else:
        subjects = [""]  # if one is told, it is refused with the other names that the notebook does not know
    out = Path("_build", "runs", notebook, "-".join(filter(None, [edition, lang, subjects[0]])))
    return promises.Run(path, edition, lang, out, subjects[0], {}, contents.listed(opened(edition), notebook, subjects[0]))


def _executed(batch: "Batch", jobs: int | None) -> tuple[dict[str, Refusal], int]:
    """The sets that failed, and how many had to be run."""
    from rich.console import Console

    from evidence.build import batches, state
    from evidence.build.progress import Board
    from evidence.runs import processes

    left = len(batches.outdated(batch))
    try:
        with processes.stoppable(), state.alone(batch.folder), Board(Console(stderr=True), speech.lang()) as board:
            return batches.execute(batch, board, jobs), left
    except (KeyboardInterrupt, processes.Stopped) as interrupted:
        typer.echo(speech.said("sets_interrupted", n=left - len(batches.outdated(batch)), left=len(batches.outdated(batch))), err=True)
        raise typer.Exit(130) from interrupted


def register(app: typer.Typer) -> None:
    """Gives the app this command."""
    app.command()(run)
