"""Where a notebook may write: into the folder of its run and into its own empty home, nowhere else.

What Python itself opens, moves or removes is judged before it happens. Where Linux has Landlock, the kernel holds programs that the notebook
starts, libraries in C and a notebook that changes this module to the same, and what Landlock does not judge is refused by `seccomp`; elsewhere what
they do to an input is found before the book is published, because all inputs are hashed again then (E266).
"""

import os
import sys
from collections.abc import Callable, Iterable
from multiprocessing import synchronize
from pathlib import Path
from typing import Any

from evidence.runs import landlock, seccomp

_KEEPING_NOTHING = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom", "/dev/tty")
DEVICES = (*_KEEPING_NOTHING, "/dev/stdin", "/dev/stdout", "/dev/stderr")  # the last lead to what the kernel has open

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Where the paths that are written stand among the arguments of an event, each with its folder's descriptor where it can have one.
_WRITTEN: dict[str, tuple[tuple[int, int | None], ...]] = {
    "os.remove": ((0, 1),), "os.rmdir": ((0, 1),), "os.mkdir": ((0, 2),), "os.rename": ((0, 2), (1, 3)), "os.link": ((1, 3),),
    "os.symlink": ((1, 2),), "os.truncate": ((0, None),), "os.chmod": ((0, 2),), "os.chown": ((0, 3),), "os.utime": ((0, 3),),
    "os.setxattr": ((0, None),), "os.removexattr": ((0, None),), "shutil.rmtree": ((0, 1),), "sqlite3.connect": ((0, None),),
}  # fmt: skip
_MARKING = ("os.chmod", "os.chown", "os.utime", "os.setxattr", "os.removexattr")  # which a file that is open for reading lets happen too
_held: list[str] = []  # the folders that this process is kept within
_GONE = ("os.rmdir", "os.rename", "shutil.rmtree")  # of these, the run's own folder is no object either


class OutsideRun(PermissionError):
    """A notebook wrote where it may not."""


def keep_within(*folders: Path) -> None:
    """From now on whatever this process writes outside these folders is refused with `OutsideRun`, before it happens."""
    allowed = tuple(os.path.realpath(folder) for folder in folders)
    _held[:] = allowed
    landlock.restrict(allowed, _KEEPING_NOTHING)
    seccomp.restrict()

    def judge(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, (str, bytes, os.PathLike)) and isinstance(flags, int) and flags & _WRITING:
                _judged(path, -1, allowed, whole=True)
        elif event in _WRITTEN:
            if event in _MARKING and isinstance(arguments[0], int):
                arguments = (os.readlink(f"/proc/self/fd/{arguments[0]}"), *arguments[1:])  # noqa: PTH115
            for place, holder in _WRITTEN[event]:
                within = arguments[holder] if holder is not None and len(arguments) > holder else -1
                if isinstance(arguments[place], (str, bytes, os.PathLike)):
                    _judged(arguments[place], within, allowed, whole=event not in _GONE)

    sys.addaudithook(judge)
    for name in ("mkfifo", "mknod"):  # of which Python tells no one
        setattr(os, name, _asking(getattr(os, name), allowed))
    synchronize.SemLock._make_name = staticmethod(_no_name)  # type: ignore[attr-defined]  # nor of this, and the system without a file's name


def outside(error: BaseException | None) -> bool:
    """Whether the system refused this because it was a write outside the folders; what cannot be read either is another matter."""
    if not isinstance(error, PermissionError) or not isinstance(error.filename, (str, bytes)) or not _held:
        return False
    path = os.path.realpath(os.fsdecode(error.filename))
    return not _within(path, _held) and (not os.path.exists(path) or os.access(path, os.R_OK))  # noqa: PTH110


def _no_name() -> str:
    """Where the name of a lock that processes share would come from: it is a file outside the folder."""
    raise OutsideRun("/dev/shm")


def _asking(make: Callable[..., None], allowed: tuple[str, ...]) -> Callable[..., None]:
    def made(path: Any, *arguments: Any, **named: Any) -> None:
        _judged(path, named.get("dir_fd", -1), allowed, whole=True)
        make(path, *arguments, **named)

    return made


def _within(path: str, folders: Iterable[str], whole: bool = True) -> bool:
    """Whether the path lies in one of these folders or, as a `whole`, is one of them."""
    return any(path.startswith(f"{folder}{os.sep}") or (whole and path == folder) for folder in folders)


def _judged(path: Any, holder: Any, allowed: tuple[str, ...], whole: bool) -> None:
    name = os.fsdecode(path)
    if isinstance(holder, int) and holder >= 0 and not name.startswith("/"):
        name = os.path.join(os.readlink(f"/proc/self/fd/{holder}"), name)  # noqa: PTH118, PTH115
    if name == ":memory:" or os.path.normpath(name) in DEVICES:
        return
    parent, last = os.path.split(os.path.abspath(name))  # noqa: PTH100
    real = os.path.join(os.path.realpath(parent), last)  # noqa: PTH118
    if os.path.islink(real):  # noqa: PTH114
        real = os.path.realpath(real)
    if not _within(real, allowed, whole):
        raise OutsideRun(name)
