"""How the command speaks: in the language asked for or the user's own, in words or as JSON."""

import contextlib
import enum
import io
import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import typer

from evidence import root, words
from evidence.errors import Place, Refusal, Refusals

_ASKED = {"lang": "", "json": ""}


class Lang(enum.StrEnum):
    """The languages of the book."""

    ja = "ja"
    en = "en"


def ask(lang: str) -> None:
    """Makes the command speak this language.

    Raises:
        Refusal: E217 for a language that the book does not have.
    """
    if lang not in ("", *Lang):
        raise Refusal("E217", Place("--lang"), f"{lang} ({', '.join(Lang)})")
    _ASKED["lang"] = lang


def ask_json(wanted: bool) -> None:
    """Makes the command say refusals as JSON if wanted."""
    _ASKED["json"] = "yes" if wanted else ""


def lang() -> str:
    """Language of messages: `--lang`, else EVIDENCE_LANG, else the locale as it is asked for, whether or not the machine has it installed."""
    asked = (os.environ.get(name) for name in ("EVIDENCE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    return "ja" if (_ASKED["lang"] or next(filter(None, asked), "")).startswith("ja") else "en"


def said(kind: str, **parts: object) -> str:
    """The sentence `cli.<kind>` of the words, in the language of messages."""
    return words.word(f"cli.{kind}", lang(), **parts)


def terminal() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def whatever_the_terminal() -> None:
    """Makes the command tell everything, whatever the locale: characters that a terminal or log cannot take are written out."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def refused(problems: Refusals) -> str:
    """The refusals for a reader, or for scripts: a list with every part by name."""
    if _ASKED["json"]:
        return json.dumps([problem.record() for problem in problems.problems], ensure_ascii=False, indent=1)
    return problems.text(lang())


@contextlib.contextmanager
def if_slow(text: str, seconds: float = 3.0) -> Iterator[None]:
    """Says the text on a terminal if what is done inside takes longer than this; a quick command says nothing of its progress."""
    timer = threading.Timer(seconds if sys.stderr.isatty() else threading.TIMEOUT_MAX, typer.echo, [text], {"err": True})
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextlib.contextmanager
def into(place: Path) -> Iterator[None]:
    """Tells that nothing can be made where the user asks for it: what is not there is elsewhere a mistake of ours.

    Raises:
        Refusal: E287.
    """
    try:
        yield
    except FileNotFoundError as error:
        if not Path(str(error.filename)).absolute().is_relative_to(place.absolute().parent):
            raise
        raise Refusal("E287", Place(str(place)), str(error.strerror)) from error


def absent(edition: str, place: Place, there: list[str]) -> NoReturn:
    """Says that the site does not have the edition.

    Raises:
        Refusal: E2126 where the project has it, and it must be built first; E221 where it is in neither.
    """
    try:
        root.edition(root.folder() / "data", edition)
    except Refusal:
        raise Refusal("E221", place, f"{edition} ({', '.join(there)})") from None
    raise Refusal("E2126", place, edition)


def sealed(project: Path, edition: str) -> str:
    """The hash of the edition's list as the build of this project made it; where none remembers it, that is told."""
    from evidence.build import state

    found = state.sealed(project, edition)
    if not found:
        typer.echo(said("unsealed", edition=edition, file="_build/state.json"), err=True)
    return found
