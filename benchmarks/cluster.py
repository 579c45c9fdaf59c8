"""Measures a batch of 40 sets of one notebook on one worker of a Dask cluster and on two: `.venv/bin/python benchmarks/cluster.py`.

The workers share nothing but the store. Both have done a set before the clock starts, so that the libraries are imported.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from distributed import Client

PROJECT = Path(__file__).parents[1]
SETS = 40
Told = dict[str, str]


def main() -> None:
    """Prints the seconds of both, their ratio, and how busy the machine was."""
    spent = {workers: measured(workers) for workers in (1, 2)}
    for workers, seconds in spent.items():
        print(f"{workers} worker(s): {seconds:.1f} s for {SETS} sets")
    print(f"ratio {spent[1] / spent[2]:.2f}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} over the last minute")


def measured(workers: int) -> float:
    """Seconds in which so many workers run the sets."""
    with tempfile.TemporaryDirectory() as folder, cluster(Path(folder), workers) as told:
        with Client(told["EVIDENCE_CLUSTER"]) as client:
            client.wait_for_workers(workers)
        batch(["years=6,7", "growth_pct=1,2"], told)
        started = time.perf_counter()
        batch(["years=1,2,3,4,5", "growth_pct=1,2,3,4,5,6,7,8"], told)
        return time.perf_counter() - started


def batch(given: list[str], told: Told) -> None:
    """Runs the sets, whose results go as the store does."""
    out = PROJECT / "_build" / "runs" / "trends"
    for path in out.glob("2019-09-en/*/set.json"):
        path.unlink()
    parameters = [part for one in given for part in ("-p", one)]
    subprocess.run(
        [sys.executable, "-m", "evidence", "run", "trends", "--edition", "2019-09", "--lang", "en", *parameters],
        cwd=PROJECT, env={**os.environ, **told, "EVIDENCE_ROOT": str(PROJECT)}, check=True, capture_output=True,
    )  # fmt: skip


@contextlib.contextmanager
def cluster(folder: Path, workers: int) -> Iterator[Told]:
    """What leads a command to a scheduler with so many workers, and to an empty store."""
    told = folder / "scheduler.json"
    command = [sys.executable, "-m", "distributed.cli.dask_{}", "--no-dashboard", "--scheduler-file", str(told)]
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = [subprocess.Popen([part.format("scheduler") for part in command] + ["--host", "127.0.0.1", "--port", "0"], **quiet)]  # type: ignore[call-overload]
    try:
        for number in range(workers):
            own = folder / f"worker-{number}"
            own.mkdir()
            quiet |= {"env": {**os.environ, "TMPDIR": str(own)}}
            started.append(subprocess.Popen([part.format("worker") for part in command] + ["--nthreads", "1", "--no-nanny"], **quiet))  # type: ignore[call-overload]
        while not told.exists() or not told.read_text().endswith("}"):
            time.sleep(0.1)
        yield {"EVIDENCE_CLUSTER": json.loads(told.read_text())["address"], "EVIDENCE_STORE": str(folder / "store")}
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()
