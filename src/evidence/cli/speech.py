"""How the command speaks: in the language asked for or the user's own, in words or as JSON."""

import contextlib
import enum
import json
import locale
import os
import sys
import threading
from collections.abc import Iterator

import typer

from evidence.errors import Refusals

_ASKED = {"lang": "", "json": ""}


class Lang(enum.StrEnum):
    """The languages of the book."""

    ja = "ja"
    en = "en"


def ask(lang: str) -> None:
    """Makes the command speak this language, anything that is not Japanese being English."""
    _ASKED["lang"] = lang


def ask_json(wanted: bool) -> None:
    """Makes the command say refusals as JSON if wanted."""
    _ASKED["json"] = "yes" if wanted else ""


def lang() -> str:
    """Language of messages: `--lang`, else EVIDENCE_LANG, else the locale."""
    own = _ASKED["lang"] or os.environ.get("EVIDENCE_LANG") or locale.getlocale()[0] or ""
    return "ja" if own.startswith("ja") else "en"


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
