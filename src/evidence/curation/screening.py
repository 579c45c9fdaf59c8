"""What an import found as one page that stands alone: causes grouped, what was understood, and the first rows as they would stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, PackageLoader, select_autoescape

from evidence import disk, words
from evidence.errors import Refusal, listed

FIRST = 10  # rows shown


@dataclass(frozen=True)
class Screened:
    """The file, the table it goes to, the rows as far as they were laid out, and what is wrong or was told."""

    file: str
    into: str
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    matched: dict[str, str] = field(default_factory=dict)
    problems: Sequence[Refusal] = ()
    notices: Sequence[Refusal] = ()
    counts: dict[str, int] = field(default_factory=dict)


def page(found: Screened, lang: str) -> str:
    """The page in this language; it asks for no other file."""
    templates = Environment(loader=PackageLoader("evidence.curation"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True)

    return templates.get_template("screening.html").render(
        found=found, lang=lang, problems=listed(found.problems, lang), notices=listed(found.notices, lang), first=list(found.rows)[:FIRST],
        word=lambda name, **parts: words.word(f"screening.{name}", lang, **parts),
    )  # fmt: skip


def write(path: Path, found: Screened, lang: str) -> None:
    """Puts the page at this path."""
    disk.put(path, page(found, lang).encode())
