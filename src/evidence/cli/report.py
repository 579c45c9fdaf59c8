"""What commands tell on the terminal, in the user's language."""

from pathlib import Path
from typing import TYPE_CHECKING

from evidence import words
from evidence.cli import speech
from evidence.errors import listed

if TYPE_CHECKING:
    from evidence.curation.intake import Taken

SHOWN = 20  # rows told of each kind; all are counted


def begun(folder: str, tables: int, before: str) -> str:
    """What a new edition has, and what to do next."""
    lang, name = speech.lang(), folder.rpartition("/")[2]
    steps = {
        "import": f"evidence import FILE --table TABLE --edition {name}", "package": f"evidence package {name}", "check": f"evidence check {name}",
        "build": f"evidence build {name}", "diff": f"evidence diff {before} {name}",
    }  # fmt: skip
    lines = [words.word("cli.begun", lang, folder=folder, n=tables, before=before), words.word("cli.next", lang)]
    return "\n".join([*lines, *(f"  {command:<54} {words.word(f'cli.next_{step}', lang)}" for step, command in steps.items())])


def imported(taken: "Taken", file: str, table: str, dry_run: bool) -> str:
    """What an import understood and did: form, columns, rows new, changed and equal, and what was set right."""
    lang = speech.lang()
    matched = ", ".join(f"{own}" if own == foreign else f"{foreign} = {own}" for foreign, own in taken.matched.items())
    lines = [f"{file} ({taken.form}) -> {table}", words.word("cli.columns", lang, n=matched)]
    counts = {"new": len(taken.new), "changed": len(taken.changed), "equal": len(taken.equal)}
    lines.append(", ".join(words.word(f"cli.rows_{kind}", lang, n=count) for kind, count in counts.items()))
    lines += [f"  + {id}" for id in taken.new[:SHOWN]] + _more(len(taken.new), lang)
    for id, changes in list(taken.changed.items())[:SHOWN]:
        lines += [f"  ~ {id} {column}: {old} -> {new}" for column, (old, new) in changes.items()]
    lines += _more(len(taken.changed), lang)
    causes = listed(taken.notices, lang)
    lines += causes[:SHOWN] + _more(len(causes), lang)
    if dry_run:
        lines.append(words.word("cli.dry_run", lang))
    return "\n".join(lines)


def corrected(data: Path, made: str) -> str:
    """What the corrected edition says instead, where else in its rows and in later editions the wrong text stands, and what to do next."""
    from evidence.curation import corrections
    from evidence.tables import corrections as tables

    lang = speech.lang()
    entries = [row for row in tables.register(data) if row["corrected_edition"] == made]
    lines = []
    for entry in entries:
        lines.append(f"{made}: {entry['table']} {entry['row']} {entry['column']}: {entry['wrong']} -> {entry['right']}")
        lines.append(f"data/{tables.FILE}: {entry['id']}")
        if alike := corrections.alike(data, made, entry["table"], entry["row"], entry["wrong"]):
            lines.append(words.word("cli.alike", lang, wrong=entry["wrong"], columns=", ".join(alike), made=made))
    if held := [str(problem.place) for problems in tables.held(data).values() for problem in problems]:
        lines.append(words.word("cli.held", lang, places=", ".join(held)))
    return "\n".join([*lines, f"{words.word('cli.next', lang)} evidence build {made}"])


def _more(count: int, lang: str) -> list[str]:
    return [words.word("cli.more", lang, n=count - SHOWN)] if count > SHOWN else []
