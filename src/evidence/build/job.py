"""One task of a build, and what it is called."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evidence import words


@dataclass(frozen=True)
class Job:
    """One task of an edition: its step (`task.<step>` in the words) and what it is about, what it does, the files it reads and those it makes.

    `apart` is one that only computes, and may do so in another process. `keeps` are the files and folders that hold all it makes, so that it need not
    be done again where its work is in store; a task without is done each time.

    >>> job = Job("2019-09", "run", "trends (ja)", print, [], [])
    >>> job.name, job.told("ja")
    ('2019-09: run trends (ja)', '2019-09: ノートブックの実行 trends (ja)')
    """

    edition: str
    step: str
    about: str
    action: Callable[[], object]
    reads: list[Path]
    makes: list[Path]
    apart: bool = False
    keeps: tuple[Path, ...] = ()

    @property
    def name(self) -> str:
        """The task as records keep it, whoever builds."""
        return self.told("en")

    def told(self, lang: str) -> str:
        """The task as a person reads it."""
        return f"{self.edition}: {words.word(f'task.{self.step}', lang, about=self.about)}"
