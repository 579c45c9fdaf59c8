"""What a run reads, as files whose content tells whether it must be made again."""

import json
from collections.abc import Iterator
from pathlib import Path

from evidence import disk
from evidence.exhibits import parts
from evidence.runs import promises
from evidence.runs.promises import Run
from evidence.runs.selection import VALUES, calls
from evidence.tables.edition import Edition


def noted(path: Path, text: str) -> Path:
    """The file that says this: what a task is told, and no other file holds, is compared as what it reads is."""
    if not path.is_file() or disk.text(path) != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return path


def told_to(run: Run) -> str:
    """What the notebook is given beside the tables that it reads, and what of it the edition lists."""
    own = {call.id for call in calls(promises.source(run.notebook))}
    listed = () if run.listed is None else (run.listed.exhibits, run.listed.claims, run.listed.values)
    belongs = [None if part is None else sorted(own & part) for part in listed]
    return json.dumps([run.edition, run.lang, run.subject, run.parameters, belongs], sort_keys=True, default=str)


def tables_of(run: Run, edition: Edition, folder: Path, work: Path) -> Iterator[Path]:
    """The tables that the run reads, with their schemas: what its code names whole, of the others the part that the desk reads, kept in `work`."""
    named, made = promises.named(run.code), {call.id for call in calls(run.code) if call.method in VALUES}
    for table in sorted(promises.tables(run.code)):
        yield folder / "data" / "schema" / f"{table}.json"
        if table in named:
            yield folder / "data" / edition.name / f"{table}.csv"
        else:
            part = parts.read(edition, table, run.notebook.stem, made)
            yield noted(work / f"{run.name}.{table}.csv", part.to_csv(lineterminator="\n"))
