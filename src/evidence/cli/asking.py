"""What an import asks at a terminal, grouped by cause, and what its options tell so that it does not have to."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from evidence import words
from evidence.cli import speech
from evidence.errors import Place, Refusal

if TYPE_CHECKING:
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


def settled(found: "Looked", yes: bool, asks: bool) -> "Looked":
    """What was found with its doubts settled: by the nearest ids with `yes`, by the person at a terminal where one may be asked."""
    from evidence.curation import looking

    if yes:
        return looking.answered(found, {(one.column, one.label): one.id for one in found.doubts if one.id})
    if not (asks and sys.stdin.isatty() and sys.stdout.isatty()):
        return found
    lang = speech.lang()
    answers = {}
    for one in found.doubts:
        question = words.word("cli.ask_label", lang, column=one.column, label=one.label, n=one.rows)
        said = typer.prompt(question, default=one.id or "-").strip()
        answers[one.column, one.label] = "" if said == "-" else said
    found = looking.answered(found, answers)
    constants = {
        name: typer.prompt(words.word("cli.ask_column", lang, column=name, ids=ids), default="", show_default=False) for name, ids in found.owed()
    }
    return looking.filled(found, {name: text for name, text in constants.items() if text})
