"""One folder takes the place of another in one step: whoever looks sees a whole folder, the old or the new, also after a kill or a power cut.

Linux exchanges two names in one call (renameat2). Where a system or a disk has none, two renames do it; what a kill between them
leaves is mended by `recovered` at the next start, because nothing is removed before its successor stands.
"""

import ctypes
import errno
import os
import shutil
from pathlib import Path

_LIBC = ctypes.CDLL(None, use_errno=True)
_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
_NOT_HERE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)  # the kernel or the disk cannot


def beside(place: Path) -> Path:
    """The empty folder in which the successor of the folder at `place` is made.

    Raises:
        NotADirectoryError: something else stands there, which would be taken away, or is a link that leads nowhere but to itself.
    """
    if os.path.lexists(place) and not place.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(place))
    recovered(place)
    new = _named(place, ".new")
    new.mkdir(parents=True)
    return new


def recovered(place: Path) -> None:
    """Ends what a killed exchange left: a folder that was moved away without a successor returns, halves and leftovers go."""
    new, old = _named(place, ".new"), _named(place, ".old")
    if old.exists() and not place.exists():
        old.rename(place)
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)


def swap(new: Path, place: Path) -> None:
    """Puts the folder `new` at `place` for good; what stood there is removed only after that."""
    _settle(new)
    left = new
    if not place.exists():
        new.rename(place)
    elif not exchanged(new, place):
        left = _named(place, ".old")
        place.rename(left)
        new.rename(place)
    _settle(place.parent)
    shutil.rmtree(left, ignore_errors=True)


def exchanged(one: Path, other: Path) -> bool:
    """Whether the two names were exchanged in one step; False where the system or the disk has no such step."""
    if not hasattr(_LIBC, "renameat2"):
        return False
    if _LIBC.renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NOT_HERE:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _named(place: Path, end: str) -> Path:
    return place.with_name(place.name + end)


def _settle(folder: Path) -> None:
    """Waits until what was written into the folder, and its own name, are on the disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        if hasattr(_LIBC, "syncfs"):
            _LIBC.syncfs(opened)
        else:
            os.sync()
        os.fsync(opened)
    finally:
        os.close(opened)
