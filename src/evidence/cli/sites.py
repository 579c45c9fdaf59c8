"""The published site that a command is to read, and an edition of it."""

import unicodedata
from pathlib import Path
from typing import Annotated, Any

import typer

from evidence import root
from evidence.cli import speech
from evidence.errors import Place

SITE = Annotated[Path | None, typer.Option("--site", metavar="DIR")]
EDITION = Annotated[str, typer.Option(metavar="E")]

_HYPHENS = str.maketrans(dict.fromkeys("ー‐‑‒–—−", "-"))  # what a Japanese keyboard or a word processor makes of one


def named(id: str) -> str:
    """The id that was typed, in capitals or full-width letters, as it is published.

    Raises:
        Refusal: E297 what cannot be one.
    """
    return root.identifier(unicodedata.normalize("NFKC", id).translate(_HYPHENS).strip().lower(), "ID")


def folder(site: Path | None) -> Path:
    """The folder of the site that was named, else of the project's own."""
    return site or root.folder() / "_build" / "html"


def opened(site: Path | None) -> Any:
    """The site that was named, else the project's own."""
    from evidence.checking.published_site import Site

    return Site(folder(site))


def edition(site: Any, name: str) -> Any:
    """The edition of this name of the site; raises as `speech.absent`."""
    return site.edition(name) or speech.absent(name, Place("site"), [one.name for one in site.editions])
