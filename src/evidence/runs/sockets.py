"""A folder for the sockets of one process: short, its own, and gone when the process ends."""

import os
import tempfile
import threading
from collections.abc import Iterable
from functools import cache
from multiprocessing import util
from pathlib import Path

LONGEST = 100  # bytes of a socket's path that every system takes; the strictest takes 103
_ENDING = len("/pymp-12345678/") + 21  # multiprocessing's listener and that of the processes that draw have shorter names
_ONCE = threading.Lock()


def folder() -> Path:
    """The folder in which this process and those that it starts meet.

    It is multiprocessing's own, which speaks to the process that all others are forked from over a socket there and removes the folder at the end.
    """
    with _ONCE:
        return _folder(os.getpid())


@cache
def _folder(process: int) -> Path:  # a fork has a folder of its own
    usual = tempfile.tempdir
    tempfile.tempdir = str(short([tempfile.gettempdir(), os.environ.get("XDG_RUNTIME_DIR", ""), "/tmp", "/var/tmp", "/dev/shm"]))
    try:
        return Path(util.get_temp_dir())
    finally:
        tempfile.tempdir = usual


def short(places: Iterable[str]) -> Path:
    """The first of these folders that can be written to and is short enough for a socket in it; the last resort is where the command was started.

    >>> short(["/a/folder/that/is/not/there", "/tmp"]).as_posix()
    '/tmp'
    """
    for place in places:
        if place and len(os.fsencode(place)) + _ENDING <= LONGEST and os.access(place, os.W_OK | os.X_OK):
            return Path(place)
    return Path(os.curdir)
