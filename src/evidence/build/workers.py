"""Processes beside the build for tasks that only compute: threads of one Python share one core, whatever the machine has."""

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from evidence.build.drawing import Font
from evidence.charts import typeface
from evidence.errors import Refusal
from evidence.runs import processes

AT_ONCE = max(2, os.cpu_count() or 2)  # tasks that work at the same time on this machine


class Workers:
    """At most so many processes, started when the first task is given to them; used with `with`, and ended with the build, however that ends.

    They draw with this font. `turn` is what a task holds while it works, wherever: so many work at the same time.
    """

    def __init__(self, most: int, font: Font) -> None:
        self._font = font
        self.turn = threading.Semaphore(most)
        context = multiprocessing.get_context("forkserver")
        self._pool = ProcessPoolExecutor(most, mp_context=context, initializer=_begin, initargs=(os.getpid(), font.place))

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def do(self, action: Callable[[], object]) -> None:
        """Does this in one of the processes; what it refuses is refused here.

        Raises:
            Stopped: the build was interrupted.
            Refusal: E406 the process was ended from outside.
        """
        self._font.cut()
        try:
            self._pool.submit(action).result()
        except BrokenProcessPool as error:
            if processes.stopped():
                raise processes.Stopped from error
            raise Refusal("E406") from error


def _begin(build: int, font: Path) -> None:
    os.setsid()  # a key pressed on the terminal reaches the build, which ends what it started
    processes.end_with(build)
    typeface.use(font)
