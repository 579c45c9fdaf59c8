"""A process that has loaded Jupyter Book and waits: it binds single pages, each in a fork of itself.

Loading takes three quarters of what binding one page takes, and who writes waits for it on each save.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType

from evidence.runs import processes, scratch, surroundings

_PROGRAM = "from evidence.book import standby; standby.serve()"
_LOADED = (
    "IPython.core.interactiveshell", "evidence.book.extension", "jupyter_book.cli.main", "jupyter_book.sphinx", "jupyter_cache.cache.main",
    "myst_nb.sphinx_ext", "sphinx.builders.html", "sphinx.search.ja", "sphinx_book_theme", "sphinx_external_toc.events",
)  # fmt: skip


class Standby:
    """The process, started when it is first needed or was ended; used with `with`, and gone after it, or when this process is."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._home = tempfile.TemporaryDirectory(prefix="home-", dir=scratch.folder().absolute())

    def __enter__(self) -> "Standby":
        self._begun()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._process:
            processes.end(self._process.pid)
            self._process.communicate()
            processes.forget(self._process.pid)
        self._home.cleanup()

    def bound(self, staged: Path, pages: list[Path], output: Path) -> tuple[int, str]:
        """The exit code, 0 if all went well, and what was said; the pages lie in `output`/html then, and nothing of the others.

        Raises:
            Stopped: the process was ended.
        """
        process = self._begun()
        told = {"staged": str(staged), "pages": [str(page) for page in pages], "output": str(output)}
        try:
            process.stdin.write(json.dumps(told) + "\n")  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            answer = process.stdout.readline()  # type: ignore[union-attr]
        except OSError as error:
            raise processes.Stopped from error
        if not answer:
            raise processes.Stopped
        code, said = json.loads(answer)
        return code, said

    def _begun(self) -> subprocess.Popen[str]:
        if not self._process or self._process.poll() is not None:
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "encoding": "utf-8", "start_new_session": True}
            variables = surroundings.variables(Path(self._home.name))
            self._process = subprocess.Popen([sys.executable, "-c", _PROGRAM], env=variables, **pipes)  # type: ignore[call-overload]
            processes.keep(self._process.pid, processes.end)
        return self._process


def serve() -> None:
    """Binds what each line of the input asks for and answers with the exit code and what was said, until the input ends."""
    for name in _LOADED:
        importlib.import_module(name)
    for line in sys.stdin:
        asked = json.loads(line)
        reading, writing = os.pipe()
        if (fork := os.fork()) == 0:
            os._exit(_bound(Path(asked["staged"]), asked["pages"], Path(asked["output"]), writing))
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            said = pipe.read()
        print(json.dumps([os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1]), said.decode(errors="replace")]), flush=True)


def _bound(staged: Path, pages: list[str], output: Path, said: int) -> int:
    """What the fork does, with all that it says into the pipe `said`: as `jupyter-book build` would, but for these pages only."""
    from jupyter_book.sphinx import build_sphinx

    for stream in (1, 2):
        os.dup2(said, stream)
    os.chdir(staged)
    try:
        code = build_sphinx(
            staged, output / "html", noconfig=True, path_config=staged / "_config.yml", filenames=pages, warningiserror=True, keep_going=True,
            confoverrides={"external_toc_path": (staged / "_toc.yml").as_posix(), "latex_individualpages": False}, quiet=True,
        )  # fmt: skip
    except BaseException as error:
        print(f"ERROR: {error}", file=sys.stderr)
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return 0 if code == 0 else 1
