"""The processes that a build starts: each leads a session of its own, and none outlives the build, however it ends."""

import contextlib
import ctypes
import multiprocessing
import os
import resource
import select
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from multiprocessing.connection import Connection
from pathlib import Path

from evidence.errors import Refusal

FILES, FILES_EACH = 128, 64  # that a build keeps open, and more for each task that works at the same time
_LEADERS: dict[int, Callable[[int], None]] = {}  # each with how it is ended
_STOPPED = threading.Event()
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of Linux
_ROUNDS = 500  # until what goes on starting processes is given up


class Stopped(Exception):
    """The build was interrupted: nothing is started any more."""


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Inside, the signals that end a build end what it started too, and are then an interrupt from the keyboard.

    Raises:
        Refusal: E431 when fewer files may be open than the kernels need, whose library ends the whole process then.
    """
    _enough_files()

    def stop(*_: object) -> None:
        _STOPPED.set()
        others = [child.pid for child in multiprocessing.active_children() if child.pid]
        for leader, ending in (dict.fromkeys(others, end) | _LEADERS).items():
            ending(leader)
        raise KeyboardInterrupt

    _STOPPED.clear()
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _enough_files() -> None:
    needed = FILES + FILES_EACH * max(2, os.cpu_count() or 2)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < needed:
        if hard != resource.RLIM_INFINITY and hard < needed:
            raise Refusal("E431", found=f"{hard} < {needed}")
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))


def stopped() -> bool:
    """Whether the build was interrupted."""
    return _STOPPED.is_set()


def keep(leader: int, ending: Callable[[int], None]) -> None:
    """Takes note of a process that leads a session, and how it is ended; one that started while the build was being stopped ends at once.

    Raises:
        Stopped: the build was interrupted.
    """
    _LEADERS[leader] = ending
    if stopped():
        ending(leader)
        raise Stopped


def forget(leader: int) -> None:
    """The process has ended."""
    _LEADERS.pop(leader, None)


def wait_for(other: int, seconds: float) -> None:
    """Returns once the process of this number has ended, also before it is asked how: who started it may wait for what this process has open.

    Where no system tells of it, it is asked for every so many seconds.
    """
    try:
        ended = os.pidfd_open(other)
    except ProcessLookupError:
        return
    except (AttributeError, OSError):  # no Linux, or an old one
        with contextlib.suppress(OSError):
            while True:
                os.kill(other, 0)
                time.sleep(seconds)
        return
    try:
        asked = select.poll()
        asked.register(ended, select.POLLIN)
        asked.poll()
    finally:
        os.close(ended)


def end_with(other: int) -> None:
    """Ends this process and all it started within a second after the process of this number is gone, whatever state either is in."""

    def watch() -> None:
        wait_for(other, 1)
        end(os.getpid())

    threading.Thread(target=watch, daemon=True).start()


def guarded(open_here: Iterable[Connection | socket.socket]) -> None:
    """Returns in a new process. The one that called, which no notebook reaches, guards it, without what is open here, and never returns.

    It becomes the parent of whatever is left behind below it (on Linux), so that nothing hides from it by a session or an environment of its own.
    It ends all of it once the new process has ended, or the process that asked for both.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    if not (child := os.fork()):
        return
    try:
        for one in open_here:
            one.close()
        threading.Thread(target=_follow_parent, daemon=True).start()
        while os.wait()[0] != child:  # the others were left to this one
            pass
        with contextlib.suppress(ChildProcessError):  # once none is left
            while True:
                if not os.waitpid(-1, os.WNOHANG)[0]:
                    end_below(os.getpid())
    finally:
        os._exit(0)


def _follow_parent() -> None:
    """Ends what this process guards once the process that asked for it is gone; the rest follows."""
    if parent := multiprocessing.parent_process():
        parent.join()
        end_below(os.getpid())


def end_below(leader: int) -> None:
    """Ends all that the process started, also what is being started meanwhile, and leaves it itself."""
    for _ in range(_ROUNDS):
        if not (found := started_by(leader)):
            return
        kill(found)
        time.sleep(0.002)


def end(leader: int) -> None:
    """Ends the process with all that it started, also where it was only just forked and leads no session yet."""
    end_below(leader)  # first, for the rest may end this process itself
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
    kill({leader: ""})


def kill(found: Mapping[int, str]) -> None:
    """Ends these processes, which may have ended by themselves."""
    for pid in found:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)


def started_by(leader: int) -> dict[int, str]:
    """The processes that this one started, and what those started, each by its number with its name; those that have ended are left out."""
    known = {}
    for place in Path("/proc").glob("[0-9]*"):  # not */stat: to see whether it is there fails where the process ends meanwhile
        with contextlib.suppress(OSError):
            head, _, rest = (place / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")
            state, parent, _, session = rest.split()[:4]
            if state != "Z":
                known[int(place.name)] = (head.partition("(")[2], int(parent), int(session))
    found = {pid: name for pid, (name, _, session) in known.items() if session == leader and pid != leader}
    while new := {pid: name for pid, (name, parent, _) in known.items() if pid not in found and (parent == leader or parent in found)}:
        found |= new
    return found
