"""A folder for what does not outlive a process: sockets, homes of kernels. Its own, short, and gone when the process ends, however it ends.

A process that is killed cannot remove it. So it holds a lock on it, which the system lets go whatever happens, and the next process of this
package removes what none holds.
"""

import fcntl
import multiprocessing
import os
import re
import tempfile
import threading
from collections.abc import Iterable
from functools import cache
from multiprocessing import util
from pathlib import Path

from evidence import disk

LONGEST = 100  # bytes of a socket's path that every system takes; the strictest takes 103
_NAMED = "evidence-scratch-"
_OURS = re.compile(_NAMED + r"\w+", re.ASCII)
_ENDING = len(f"/{_NAMED}12345678/") + len("listener-12345678")  # multiprocessing's listener
_ONCE = threading.Lock()


def folder() -> Path:
    """The folder of this process, in which it and those that it starts meet.

    It is multiprocessing's own too, which speaks to the process that all others are forked from over a socket there.
    """
    with _ONCE:
        return _folder(os.getpid())


@cache
def _folder(process: int) -> Path:  # a fork has a folder of its own
    place = short([tempfile.gettempdir(), os.environ.get("XDG_RUNTIME_DIR", ""), "/tmp", "/var/tmp", "/dev/shm"])
    sweep(place)
    made = _held(place)
    multiprocessing.current_process()._config["tempdir"] = str(made)  # type: ignore[attr-defined]
    util.Finalize(None, disk.remove, args=(made,), exitpriority=-100)  # after all that has something in it
    return made


def _held(place: Path) -> Path:
    """A new folder that is held until this process ends: the lock is kept open, and no program that it starts inherits it."""
    while True:
        made = tempfile.mkdtemp(prefix=_NAMED, dir=place)
        if _lock(Path(made)) is not None and os.path.isdir(made):  # noqa: PTH112  # not held, it may be swept before it is
            return Path(made)


def _lock(path: Path) -> int | None:
    """The descriptor by which the folder is held; None where another process holds it, or where it is none of ours."""
    try:
        opened = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        if os.fstat(opened).st_uid == os.geteuid():
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return opened
    except OSError:
        pass
    os.close(opened)
    return None


def sweep(place: Path) -> None:
    """Removes the folders in this place whose processes are gone."""
    for path in place.iterdir():
        if _OURS.fullmatch(path.name) and (opened := _lock(path)) is not None:
            disk.remove(path)
            os.close(opened)


def short(places: Iterable[str]) -> Path:
    """The first of these folders that can be written to and is short enough for a socket in it; the last resort is where the command was started.

    >>> short(["/a/folder/that/is/not/there", "/tmp"]).as_posix()
    '/tmp'
    """
    for place in places:
        if place and len(os.fsencode(place)) + _ENDING <= LONGEST and os.access(place, os.W_OK | os.X_OK):
            return Path(place)
    return Path(os.curdir)
