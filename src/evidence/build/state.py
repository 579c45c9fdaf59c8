"""Whether anything changed since the last good build: answered from file hashes alone, before anything heavy is imported."""

import contextlib
import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from evidence import disk, root, words
from evidence.checking import published_site
from evidence.editions import provenance
from evidence.errors import Place, Refusal, Refusals

_TOP = Path(__file__).parents[2]
WORK = Path("_build", "work")  # of a project: where tasks leave what others read
INPUTS = ("data", "book", "notebooks", "src", "_config.yml", "_toc.yml", "requirements.lock")


def inputs(folder: Path) -> dict[str, str]:
    """The hash of every input as it is now, by its path, and whether all of them are committed: asked once, at the start of a build."""
    paths = [path for name in INPUTS for path in root.files(folder / name)]
    found = _hashes(folder, paths) | {path.relative_to(folder).as_posix(): "no plain file" for path in paths if not path.is_file()}
    return found | {"commit": f"clean: {provenance.committed(folder, found)[1]}"}


def changes(folder: Path, names: list[str], now: dict[str, str], lang: str = "en") -> list[str]:
    """What differs from the last good build of these editions, one line a file; empty when the book stands as built. `now` are the inputs."""
    last = _last(folder)
    if last is None:
        return [words.word("state.first", lang)]
    if last["editions"] != names:
        return [words.word("state.editions", lang, before=" ".join(last["editions"]), now=" ".join(names))]
    found = {"input": now, "output": _output(folder)}
    return [
        words.word(f"state.{kind}", lang, name=name, how=words.word(f"state.{_how(name, last[kind], found[kind])}", lang))
        for kind in ("input", "output")
        for name in sorted(found[kind].keys() | last[kind].keys())
        if found[kind].get(name) != last[kind].get(name)
    ]


def _how(name: str, last: dict[str, str], now: dict[str, str]) -> str:
    return "added" if name not in last else "changed" if name in now else "removed"


def unchanged(folder: Path, before: dict[str, str]) -> None:
    """Holds the inputs against what they were when the build began.

    Raises:
        Refusals: E266 every file that was changed, added or taken away since.
    """
    now = inputs(folder)
    if now != before:
        raise Refusals([Refusal("E266", Place(name)) for name in sorted(now.keys() | before.keys()) if now.get(name) != before.get(name)])


def remember(folder: Path, names: list[str], built_from: dict[str, str]) -> None:
    """Keeps the state of a good build: the inputs it was built from, which need not be those on the disk by now, and what it made."""
    disk.replace(_path(folder), json.dumps({"editions": names, "input": built_from, "output": _output(folder)}).encode())


def sealed(folder: Path, edition: str) -> str:
    """The hash of the list of this edition as the last good build left it in the site; empty where no build here remembers one.

    It tells what was changed by mistake or by a program. Who may write into the folder may write this record as well: only a signature proves.
    """
    last = _last(folder)
    found = last["output"].get(f"_build/html/{edition}/{published_site.SUMS}") if last else ""
    return found if isinstance(found, str) else ""


def _last(folder: Path) -> dict[str, Any] | None:
    """The state of the last good build; None where there was none, or where its file says nothing that can be used."""
    last = record(_path(folder))
    parts = {"editions": list, "input": dict, "output": dict}
    return last if last and all(isinstance(last.get(name), kind) for name, kind in parts.items()) else None


def record(path: Path) -> dict[str, Any]:
    """The record in a file of the build's own; empty where there is none or it is broken.

    Raises:
        Refusal: E292 what stands there and cannot be read, such as a pipe or a folder, which nothing of ours can be written over.
    """
    if not path.exists():
        return {}
    try:
        found = disk.loaded(path)
    except Refusal as refused:
        if refused.code == "E292":
            raise
        return {}
    return found if isinstance(found, dict) else {}


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Holds the build folder for one build at a time; the lock is opened as it is, because a link could lead to a file of the user's.

    Raises:
        Refusal: E402 when another build holds it, E405 when the lock is no plain file, E407 what is no folder where a folder of the build stands.
        Refusals: E292 what is neither file nor folder where the build works: it would wait for a pipe, and write through a link.
    """
    path = folder / "_build" / "lock"
    path.parent.mkdir(exist_ok=True)
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise Refusal("E405", Place("_build/lock"))
    opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refusal("E402", Place("_build")) from error
        for name in ("html", "work"):
            place = folder / "_build" / name
            if os.path.lexists(place) and not place.is_dir():
                raise Refusal("E407", Place(f"_build/{name}"), name)
        if strange := sorted(_strange(folder / WORK)):
            raise Refusals([Refusal("E292", Place(disk.shown(path)), "no plain file") for path in strange])
        yield
    finally:
        os.close(opened)


def _strange(folder: Path) -> Iterator[Path]:
    """What is neither a file nor a folder of its own in this folder and those below it."""
    with os.scandir(folder) if folder.is_dir() else contextlib.nullcontext(()) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _strange(Path(entry.path))
            elif not entry.is_file(follow_symlinks=False):
                yield Path(entry.path)


class Reasons:
    """Why a task is done again: which of the files it reads differ from the last time it was done."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last: dict[str, dict[str, str]] = {task: read for task, read in record(path).items() if isinstance(read, dict)}
        self.told: dict[str, list[str] | None] = {}
        self.taken: set[str] = set()  # tasks whose work was in store

    def stale(self, task: str, reads: list[Path]) -> bool:
        """Whether a file is not what it was when the task began to read it, also where it was saved while the task ran, or that is not known."""
        return self._last.get(task) != self.read(reads)

    def read(self, paths: list[Path]) -> dict[str, str]:
        """The hash of each file that is there, by its way from here: a folder that was moved or copied has read the same.

        The program's own files have their way from its top, for it may stand elsewhere.
        """
        return {self._way(path): _content(path, *_mark(path)) for path in paths if path.is_file()}

    def ways(self, paths: Iterable[Path]) -> list[str]:
        """The way of each path from here."""
        return [self._way(path) for path in paths]

    def _way(self, path: Path) -> str:
        return str(path.relative_to(_TOP)) if path.is_relative_to(_TOP) else os.path.relpath(path, self._path.parent)

    def note(self, task: str, now: dict[str, str]) -> None:
        """Keeps what the task read, and what of it is new."""
        last = self._last.get(task)
        self.told[task] = None if last is None else sorted(Path(name).name for name in now if last.get(name) != now[name])
        self._last[task] = now

    def why(self, task: str, lang: str) -> str:
        """The reason for which the task was done: what it read that is new, in words where that is no file."""
        changed = self.told[task]
        reason = ", ".join(changed) if changed else words.word("task.first" if changed is None else "task.gone", lang)
        return words.word("task.taken", lang, reason=reason) if task in self.taken else reason

    def keep(self) -> None:
        """Writes what was noted."""
        disk.replace(self._path, json.dumps(self._last).encode())


def _path(folder: Path) -> Path:
    return folder / "_build" / "state.json"


def _output(folder: Path) -> dict[str, str]:
    html = folder / "_build" / "html"
    return _hashes(folder, html.rglob("*") if html.is_dir() else ())


def _hashes(folder: Path, paths: Iterable[Path]) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): disk.sha256(path) for path in sorted(paths) if path.is_file()}


def _mark(path: Path) -> tuple[int, int, int]:
    """By what a file is known to be the one that was hashed: every task reads the same modules."""
    told = path.stat()
    return told.st_mtime_ns, told.st_size, told.st_ino


@cache
def _content(path: Path, *mark: int) -> str:
    return disk.sha256(path)
