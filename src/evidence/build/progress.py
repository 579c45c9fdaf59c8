"""What is running now: a live list on a terminal, one line a task elsewhere."""

import contextlib
import threading
import time
from collections.abc import Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


class Board:
    """Shows the tasks of a build while they run, in the language `lang`; the total is what the graph holds, done or still good."""

    def __init__(self, console: Console, lang: str) -> None:
        self._console, self.lang = console, lang
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console, transient=True)
        self._whole = self._progress.add_task("", total=None)
        self._running: list[str] = []
        self._lock = threading.Lock()

    def __enter__(self) -> "Board":
        if self._console.is_terminal:
            self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def expect(self, total: int) -> None:
        """Says how many tasks the graph holds."""
        self._progress.update(self._whole, total=total)

    @contextlib.contextmanager
    def running(self, name: str) -> Iterator[None]:
        """Names this task as running until it ends."""
        started = time.perf_counter()
        self._named(add=name)
        try:
            yield
        finally:
            self._named(drop=name)
            if not self._console.is_terminal:
                self._console.print(f"{time.perf_counter() - started:6.1f} s  {name}", highlight=False)

    def _named(self, add: str = "", drop: str = "") -> None:
        with self._lock:
            if add:
                self._running.append(add)
            if drop:
                self._running.remove(drop)
            self._progress.update(self._whole, description=" | ".join(self._running), advance=1 if drop else 0)
