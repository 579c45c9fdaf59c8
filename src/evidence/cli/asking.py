"""What an import asks at a terminal, grouped by cause, and what its options tell so that it does not have to."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from evidence import words
from evidence.cli import speech
from evidence.errors import Place, Refusal, Refusals
from evidence.nearest import near

if TYPE_CHECKING:
    from evidence.curation.intake import Asked
    from evidence.curation.looking import Looked
    from evidence.curation.recipes import Recipe


def told(recipe: "Recipe", only: list[str], label: list[str], scale: str) -> "Recipe":
    """The recipe with what the options say.

    Raises:
        Refusal: E283 an option that is not of the form asked for.
    """
    kept = {column: list(values) for column, values in recipe.only.items()}
    for text in only:
        column, equals, value = text.partition("=")
        if not equals:
            raise Refusal("E283", Place("--only"), text)
        kept.setdefault(column.strip(), []).append(value.strip())
    labels = {column: dict(ids) for column, ids in recipe.labels.items()}
    for text in label:
        name, equals, id = text.rpartition("=")
        column, colon, foreign = name.partition(":")
        if not (equals and colon and foreign):
            raise Refusal("E283", Place("--label"), text)
        labels.setdefault(column.strip(), {})[foreign.strip()] = id.strip()
    return replace(recipe, only=kept, labels=labels, scale=scale or recipe.scale)


def looked(data: Path, edition: str, asked: "Asked", told: "Recipe", way: tuple[bool, bool]) -> "Looked | None":
    """What the file seems to be, as `looking.looked`; `way` says whether it may be taken as it is, and whether a person at the terminal may be asked.

    A column that is called as none of ours is asked for, once, whatever its rows; what was answered is kept in the recipe.
    """
    from evidence.curation import intake, looking

    as_it_is, asks = way
    try:
        return looking.looked(data, edition, asked, told, as_it_is)
    except Refusals as refused:
        unknown = [one for one in refused.problems if one.code in ("E2088", "E2140")]
        if not (asks and speech.terminal() and unknown):
            raise
        own = [field["name"] for field in intake.opened(data, edition, asked)["fields"]]
        questions = {one.place.column: words.word("cli.ask_which", speech.lang(), values=one.found) for one in unknown}
        columns = {name: _chosen(question, "-", own) for name, question in questions.items()}
        return looked(data, edition, asked, replace(told, columns=told.columns | columns), way)


def settled(found: "Looked", yes: bool, asks: bool) -> "Looked":
    """What was found with its doubts settled: by the nearest ids with `yes`, by the person at a terminal where one may be asked."""
    from evidence.curation import looking

    if yes:
        return looking.answered(found, {(one.column, one.label): one.id for one in found.doubts if one.id})
    if not (asks and speech.terminal()):
        return found
    lang = speech.lang()
    answers = {}
    for one in found.doubts:
        question = words.word("cli.ask_label", lang, column=one.column, label=one.label, n=one.rows)
        answers[one.column, one.label] = _chosen(question, one.id or "-", found.ids[one.column])
    found = looking.answered(found, answers)
    constants = {
        name: typer.prompt(words.word("cli.ask_column", lang, column=name, ids=ids), default="", show_default=False) for name, ids in found.owed()
    }
    return looking.filled(found, {name: text for name, text in constants.items() if text})


def _chosen(question: str, default: str, known: list[str]) -> str:
    """Which of these the person means, asked again until it is one of them; nothing for "-"."""
    while (said := str(typer.prompt(question, default=default)).strip()) not in (*known, "-"):
        typer.echo(speech.said("ask_again", found=near(said, known)))
    return "" if said == "-" else said
