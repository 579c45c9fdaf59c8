"""Whether anything changed since the last good build: answered from file hashes alone, before anything heavy is imported."""

import contextlib
import fcntl
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from evidence import root
from evidence.editions import provenance
from evidence.errors import Place, Refusal

INPUTS = ("data", "book", "notebooks", "src", "_config.yml", "_toc.yml", "requirements.lock")


def changes(folder: Path, names: list[str]) -> list[str]:
    """What differs from the last good build of these editions, one line a file; empty when the book stands as built."""
    try:
        last = json.loads(_path(folder).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ["first build"]
    if last["editions"] != names:
        return [f"editions: {' '.join(last['editions'])} -> {' '.join(names)}"]
    now = {"input": _inputs(folder), "output": _hashes(folder, (folder / "_build" / "html").rglob("*"))}
    return [
        f"{kind} {name}: {'added' if name not in last[kind] else 'removed' if name not in now[kind] else 'changed'}"
        for kind in ("input", "output")
        for name in sorted(now[kind].keys() | last[kind].keys())
        if now[kind].get(name) != last[kind].get(name)
    ]


def remember(folder: Path, names: list[str]) -> None:
    """Keeps the state of a good build."""
    state = {"editions": names, "input": _inputs(folder), "output": _hashes(folder, (folder / "_build" / "html").rglob("*"))}
    _path(folder).write_text(json.dumps(state), encoding="utf-8")


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Holds the build folder for one build at a time.

    Raises:
        Refusal: E402 when another build holds it.
    """
    (folder / "_build").mkdir(exist_ok=True)
    with (folder / "_build" / "lock").open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Refusal("E402", Place("_build")) from error
        yield


class Reasons:
    """Why a task is done again: which of the files it reads differ from the last time it was done."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        self.told: dict[str, str] = {}

    def note(self, task: str, reads: list[Path]) -> None:
        """Keeps what the task reads now, and what of it is new."""
        now = {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in reads}
        last = self._last.get(task)
        changed = sorted(Path(name).name for name in now if last and last.get(name) != now[name])
        self.told[task] = "first time" if last is None else ", ".join(changed) or "what it makes was gone, or the task itself changed"
        self._last[task] = now

    def keep(self) -> None:
        """Writes what was noted."""
        self._path.write_text(json.dumps(self._last), encoding="utf-8")


def _path(folder: Path) -> Path:
    return folder / "_build" / "state.json"


def _inputs(folder: Path) -> dict[str, str]:
    found = _hashes(folder, (path for name in INPUTS for path in root.files(folder / name)))
    return found | {"commit": f"clean: {provenance.committed(folder, found)[1]}"}


def _hashes(folder: Path, paths: Iterable[Path]) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(paths) if path.is_file()}
