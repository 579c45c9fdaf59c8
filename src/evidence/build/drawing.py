"""Processes that draw for the notebooks of a build: to start the program that draws takes longer than a drawing, and each notebook would."""

import contextlib
import json
import multiprocessing
import os
import socket
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

from evidence.charts import look
from evidence.runs import kernels, processes, sockets


@contextlib.contextmanager
def ready(most: int) -> Iterator[Callable[[], None]]:
    """Inside, and once what this gives was called, whatever this process starts is drawn for by so many others (`look.drawn` asks them).

    They end with it, however it ends. A build that finds all its drawings in store starts none.
    """
    place = sockets.folder() / "drawing"
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as listening:
        listening.bind(str(place))
        listening.listen(64)
        context = multiprocessing.get_context("forkserver")
        started: list[multiprocessing.context.ForkServerProcess] = []
        begun = threading.Lock()

        def begin() -> None:
            with begun:
                if started:
                    return
                kernels.server()
                started.extend(context.Process(target=_draw, args=(listening, os.getpid()), daemon=True) for _ in range(most))
                os.environ[look.ELSEWHERE] = str(place)
                for process in started:
                    process.start()
                listening.close()  # theirs alone: once none of them is left, who asks is told so at once

        try:
            yield begin
        finally:
            os.environ.pop(look.ELSEWHERE, None)
            for process in started:
                if process.pid:
                    process.kill()
                    process.join()
            place.unlink()


def _draw(listening: socket.socket, build: int) -> None:
    os.setsid()
    processes.end_with(build)
    while True:
        accepted, _ = listening.accept()
        # Who asks draws for itself, and says what is wrong, where this cannot.
        with contextlib.suppress(Exception), Connection(accepted.detach()) as asking:
            asking.send_bytes(look.draw(json.loads(asking.recv_bytes())).encode())
