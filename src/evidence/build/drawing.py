"""Processes that draw for the notebooks of a build: to start the program that draws takes longer than a drawing, and each notebook would."""

import contextlib
import hashlib
import json
import multiprocessing
import os
import socket
import tempfile
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path

from evidence import disk
from evidence.build import store
from evidence.build.job import Job
from evidence.build.modules import code
from evidence.build.store import Store
from evidence.charts import cut_font, look, typeface
from evidence.runs import kernels, processes, scratch

MOST = 1 << 28  # bytes of drawings in store


class Font:
    """The font that a build draws with, in the folder `place`: cut to the characters of these texts when the first task is done."""

    def __init__(self, texts: Iterable[Path], place: Path) -> None:
        self.place = place
        self._texts, self._turn, self._cut = list(texts), threading.Lock(), False

    def cut(self) -> None:
        """Cuts it, once."""
        with self._turn:
            if not self._cut:
                cut_font.cut("".join(disk.text(path) for path in self._texts), self.place)
                self._cut = True


def texts(jobs: Collection[Job]) -> set[Path]:
    """The files that notebooks take words from, which no job makes: what is drawn has their characters."""
    made = {path for job in jobs for path in job.makes}
    return {path for job in jobs if job.step == "run" for path in job.reads if path.suffix in (".csv", ".ipynb")} - made


@contextlib.contextmanager
def ready(most: int, font: Font, kept: Store) -> Iterator[Callable[[], None]]:
    """Inside, and once what this gives was called, whatever this process starts is drawn for by so many others (`look.drawn` asks them).

    They draw with this font, take from the store what was drawn before, for another edition or in another folder, and end with this process,
    however it ends. A build that finds all its work in store starts none.
    """
    door, within = socket.socketpair()  # without a name, by which others could ask
    with door, within:
        context = multiprocessing.get_context("forkserver")
        started: list[multiprocessing.context.ForkServerProcess] = []
        begun = threading.Lock()

        def begin() -> None:
            with begun:
                if started:
                    return
                font.cut()
                kernels.server()
                told = (within, os.getpid(), font.place, kept.part("drawings"), scratch.folder())
                started.extend(context.Process(target=_draw, args=told, daemon=True) for _ in range(most))
                os.environ[look.ELSEWHERE], kernels.LENT[look.ELSEWHERE] = str(door.fileno()), door
                for process in started:
                    process.start()
                within.close()  # theirs alone: once none of them is left, who asks is told so at once

        try:
            yield begin
        finally:
            os.environ.pop(look.ELSEWHERE, None)
            kernels.LENT.clear()
            for process in started:
                if process.pid:
                    process.kill()
                    process.join()
            kept.part("drawings").prune(MOST)


def _draw(within: socket.socket, build: int, font: Path, kept: Store, beside: Path) -> None:
    os.setsid()
    tempfile.tempdir = str(beside)  # goes with the build, however that ends
    processes.end_with(build)
    typeface.use(font)
    while True:
        told, handed, *_ = socket.recv_fds(within, 1, 1)
        if not told:
            return  # nobody is left who could ask
        # Who asks draws for itself, and says what is wrong, where this cannot.
        with contextlib.suppress(Exception), Connection(handed[0]) as asking:
            asking.send_bytes(drawing(asking.recv_bytes(), kept, published=told == look.PUBLISHED))


def drawing(spec: bytes, kept: Store, *, published: bool = False) -> bytes:
    """The drawing of this specification, from the store where it holds it."""
    key = store.key("drawing" + "!" * published, {"": hashlib.sha256(spec).hexdigest()} | _code(), [])
    return kept.made(key, lambda: look.draw(json.loads(spec), published=published).encode())


@cache
def _code() -> dict[str, str]:
    """The hashes of the modules that draw."""
    return {path.name: disk.sha256(path) for path in code("charts.look") if path.suffix == ".py"}
