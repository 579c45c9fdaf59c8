"""A process that has loaded Jupyter Book and waits: it binds whatever it is asked to, each time in a fork of itself, several at once.

Loading takes longer than binding a page does, and as long as half of a book: who writes waits for it on each save, a build once for every language.
"""

import contextlib
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from evidence.errors import Refusal
from evidence.runs import processes, scratch, surroundings

_PROGRAM = "from evidence.book import standby; standby.serve()"
_LOADED = (
    "IPython.core.interactiveshell", "evidence.book.extension", "jupyter_book.cli.main", "jupyter_book.sphinx", "jupyter_cache.cache.main",
    "myst_nb.sphinx_ext", "sphinx.builders.html", "sphinx.search.ja", "sphinx_book_theme", "sphinx_external_toc.events",
)  # fmt: skip
_LENT: list["Standby"] = []


class Standby:
    """The process, started when it is first needed or was ended; used with `with`, and gone after it, or when this process is."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()
        self._home = tempfile.TemporaryDirectory(prefix="home-", dir=scratch.folder().absolute())

    def __enter__(self) -> "Standby":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._end()
        self._home.cleanup()

    def bound(self, staged: Path, output: Path, pages: list[Path]) -> tuple[int, str]:
        """The exit code, 0 if all went well, and what was said; these pages, or all where none is named, lie in `output`/html then.

        Raises:
            Stopped: the build was interrupted.
            Refusal: E406 the process was ended from outside.
        """
        told = {"staged": str(staged.absolute()), "output": str(output.absolute()), "pages": [str(page.absolute()) for page in pages]}
        ours, theirs = socket.socketpair()
        with ours, contextlib.suppress(OSError):
            with theirs, self._turn:
                self.begin()
                socket.send_fds(self._door, [b"."], [theirs.fileno()])
            ours.sendall(json.dumps(told).encode())
            ours.shutdown(socket.SHUT_WR)
            said, ended, code = b"".join(iter(lambda: ours.recv(1 << 16), b"")).rpartition(b"\0")
            if ended:
                return int(code), said.decode(errors="replace")
        if processes.stopped():
            raise processes.Stopped
        raise Refusal("E406")

    def begin(self) -> None:
        """Starts the process, unless it runs."""
        if not self._process or self._process.poll() is not None:
            self._end()
            self._door, within = socket.socketpair()
            with within:
                command = [sys.executable, "-c", _PROGRAM, str(within.fileno())]
                variables = surroundings.variables(Path(self._home.name))
                self._process = subprocess.Popen(
                    command, env=variables, stdin=subprocess.DEVNULL, pass_fds=[within.fileno()], start_new_session=True
                )  # fmt: skip
            processes.keep(self._process.pid, processes.end)

    def _end(self) -> None:
        if self._process:
            processes.end(self._process.pid)
            self._process.wait()
            processes.forget(self._process.pid)
            self._door.close()


@contextlib.contextmanager
def ready() -> Iterator[Standby]:
    """Inside, all that is `bound` in this process is bound by one."""
    with contextlib.ExitStack() as held:
        if not _LENT:
            _LENT.append(held.enter_context(Standby()))
            held.callback(_LENT.clear)
        yield _LENT[0]


def bound(staged: Path, output: Path, pages: list[Path]) -> tuple[int, str]:
    """As `Standby.bound`, by the one that is ready, or by one that lives as long as that takes."""
    if _LENT:
        return _LENT[0].bound(staged, output, pages)
    with Standby() as own:
        return own.bound(staged, output, pages)


def serve() -> None:
    """Binds what it is asked for through a door, each in a fork, which answers itself; ends with all of them when nobody is left who could ask."""
    door = socket.socket(fileno=int(sys.argv[1]))
    for name in _LOADED:
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a fork
    while True:
        told, handed, *_ = socket.recv_fds(door, 1, 1)
        if not told:
            os.killpg(0, signal.SIGKILL)
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            door.close()
            _answer(socket.socket(fileno=handed[0]))
            os._exit(0)
        os.close(handed[0])


def _answer(asker: socket.socket) -> None:
    """What the fork does: it answers with all that is said, and after it the code."""
    told = json.loads(b"".join(iter(lambda: asker.recv(1 << 16), b"")))
    for stream in (1, 2):
        os.dup2(asker.fileno(), stream)
    code = _bound(Path(told["staged"]), Path(told["output"]), told["pages"])
    sys.stdout.flush()
    sys.stderr.flush()
    asker.sendall(b"\0%d" % code)


def _bound(staged: Path, output: Path, pages: list[str]) -> int:
    """As `jupyter-book build` would, every warning an error."""
    from jupyter_book.sphinx import build_sphinx

    os.chdir(staged)
    try:
        code = build_sphinx(
            staged, output / "html", noconfig=True, path_config=staged / "_config.yml", filenames=pages, warningiserror=True, keep_going=True,
            confoverrides={"external_toc_path": (staged / "_toc.yml").as_posix(), "latex_individualpages": False}, quiet=True,
        )  # fmt: skip
    except BaseException as error:
        print(f"ERROR: {error}", file=sys.stderr)
        code = 1
    return 0 if code == 0 else 1
