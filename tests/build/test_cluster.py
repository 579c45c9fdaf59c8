"""A cluster does what this machine would, with the same bytes; its workers share nothing with it but the store."""

import json
import os
import pickle
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from distributed import Client

from evidence import root
from evidence.build import batches, cluster, remote, store
from evidence.build.cluster import Cluster, joined
from evidence.build.job import Job
from evidence.build.store import Distant
from evidence.errors import Refusal, Refusals
from evidence.runs.promises import Run
from tests.projects import FIRST, SECOND, evidence, small

pytestmark = pytest.mark.slow
HERE = ("run", "trends", "--edition", SECOND, "--lang", "en")


@dataclass
class Running:
    """A scheduler and a store, and how to begin a worker: in an empty folder, with a home and a folder for what is temporary of its own."""

    top: Path
    address: str
    workers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def setting(self) -> dict[str, str]:
        return {"EVIDENCE_CLUSTER": self.address, "EVIDENCE_STORE": str(self.top / "store")}

    def worker(self, name: str, *options: str, **environment: str) -> subprocess.Popen[bytes]:
        own = self.top / name
        for part in ("here", "home", "tmp"):
            (own / part).mkdir(parents=True)
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("EVIDENCE_", "XDG_"))}
        variables = {**kept, "HOME": str(own / "home"), "TMPDIR": str(own / "tmp"), **environment}
        return dask("worker", self.address, "--nthreads", "1", "--name", name, *options, cwd=own / "here", env=variables)


def dask(kind: str, *arguments: str, **told: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard", *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, **told)  # type: ignore[call-overload]


def ended(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


@pytest.fixture(scope="module")
def scheduler() -> Iterator[Running]:
    with tempfile.TemporaryDirectory() as folder:  # a short path: where it is long, what a worker needs goes elsewhere, as sockets do not reach far
        top = Path(folder)
        told = top / "scheduler.json"
        process = dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told), cwd=top)
        while not told.exists() or not told.read_text(encoding="utf-8").endswith("}"):
            assert process.poll() is None
            time.sleep(0.05)
        yield Running(top, json.loads(told.read_text(encoding="utf-8"))["address"])
        ended(process)


@pytest.fixture(scope="module")
def workers(scheduler) -> Iterator[Running]:
    """Two workers, one of them with a nanny, as `dask worker` begins it; the other is killed by the last test that uses them."""
    scheduler.workers = {"one": scheduler.worker("one", "--no-nanny"), "two": scheduler.worker("two")}
    with Client(scheduler.address) as client:
        client.wait_for_workers(2, timeout=60)  # else the first of them may have done everything before the other is there
    yield scheduler
    for process in scheduler.workers.values():
        process.terminate()
        process.wait()


def read(project: Path) -> dict[str, bytes]:
    html = project / "_build" / "html" / FIRST
    return {path.relative_to(html).as_posix(): path.read_bytes() for path in html.rglob("*") if path.is_file()}


def sets(project: Path) -> dict[str, bytes]:
    """What the sets of a batch left, without what names the day."""
    out = project / "_build" / "runs" / "trends" / f"{SECOND}-en"
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file() and path.suffix != ".xlsx"}


def test_a_book_that_two_workers_made_has_the_bytes_of_one_made_here(small_book, workers, tmp_path):
    project = small(tmp_path / "project")

    done = evidence(project, "build", FIRST, **workers.setting)

    assert done.returncode == 0, done.stderr
    assert read(project) == read(small_book)
    assert not (project / "_build" / "work" / "font").exists()  # nothing was drawn here
    assert [list((workers.top / name / "here").iterdir()) for name in ("one", "two")] == [[], []]
    for name in ("one", "two"):
        assert list((workers.top / name / "tmp").rglob("project/_build/work/*/*/runs"))  # both had a part


LOCALLY = """
import sys
from evidence.cli import app
try:
    app.main()
finally:
    print(sorted({name.partition(".")[0] for name in sys.modules} & {"dask", "distributed"}))
"""


def test_a_killed_worker_costs_its_sets_again_and_no_row(workers, tmp_path):
    """A set that is refused stops no other, with the same words; and without the setting the same is made with nothing of Dask."""
    here, there = (small(tmp_path / name) for name in ("here", "there"))
    for project in (here, there):
        rows = [f"{years},{growth}," for years in (1, 2, 3) for growth in (1, 2, 3)]
        (project / "sets.csv").write_text("\n".join(["years,growth_pct,base_claim", "1,1,no-such-claim", *rows, ""]), encoding="utf-8")
    variables = {**os.environ, **workers.setting, "EVIDENCE_ROOT": str(there), "EVIDENCE_LANG": "en"}
    command = [sys.executable, "-m", "evidence", *HERE, "--sets", "sets.csv"]
    batch = subprocess.Popen(command, cwd=there, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    while not list((workers.top / "one" / "tmp").rglob("project/_build/runs/trends/*/years=*")):  # it has begun a set
        assert batch.poll() is None, batch.communicate()[0]
        time.sleep(0.02)
    ended(workers.workers["one"])
    said = batch.communicate()[0]
    local = subprocess.run(
        [sys.executable, "-c", LOCALLY, *HERE, "--sets", "sets.csv"],
        cwd=here, env={**os.environ, "EVIDENCE_ROOT": str(here), "EVIDENCE_LANG": "en"}, capture_output=True, text=True,
    )  # fmt: skip

    assert batch.returncode == local.returncode == 3, said + local.stderr
    assert "10 sets: 10 run, 0 still good, 1 failed" in said
    assert [line for line in said.splitlines() if line.startswith("E")] == [line for line in local.stderr.splitlines() if line.startswith("E")]
    assert sets(there) == sets(here)
    assert local.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("address", "kept", "told"),
    [
        ("tcp://127.0.0.1:9", "store", "E433 EVIDENCE_CLUSTER the cluster cannot be used: tcp://127.0.0.1:9: "),
        ("nonsense://x", "store", "E433 EVIDENCE_CLUSTER the cluster cannot be used: nonsense://x: "),
        ("tcp://127.0.0.1:9", "off", 'E435 EVIDENCE_STORE the workers of the cluster do not share the store: "off"'),
    ],
)
def test_a_cluster_that_cannot_be_used_is_refused_by_its_address(tmp_path, monkeypatch, address, kept, told):
    monkeypatch.setenv("EVIDENCE_CLUSTER", address)
    monkeypatch.setenv("EVIDENCE_STORE", kept)
    monkeypatch.setattr("evidence.build.cluster.CONNECT", 1)

    with pytest.raises(Refusals) as refused, joined(tmp_path, store.opened()):
        pass

    assert str(refused.value).startswith(told)
    assert address in refused.value.text("ja") or kept == "off"


def task(project: Path, folder: Path, **other: str) -> remote.Task:
    """A set of the notebook, whose files are in no store."""
    batch = batches.planned(Run(project / "notebooks" / "trends.ipynb", SECOND, "en", Path("out")), [], project)
    return remote.Task("job", "key", {}, pickle.dumps(batch), "project", store.Store(folder), other.get("programs", store.programs()))


def refused(done: Callable[[], Refusal | Refusals | None]) -> list[str]:
    found = done()
    assert isinstance(found, Refusals)
    return [str(problem) for problem in found.problems]


def test_a_worker_with_other_programs_is_refused_and_they_are_named(scheduler, tmp_path):
    """As the cluster is joined, and by the task of one that came later."""
    project, other = small(tmp_path / "project"), tmp_path / "packages" / "elsewhere-1.0.dist-info"
    other.mkdir(parents=True)
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: elsewhere\nVersion: 1.0\n", encoding="utf-8")
    worker = scheduler.worker("other", "--no-nanny", PYTHONPATH=os.pathsep.join([str(other.parent), os.environ.get("PYTHONPATH", "")]))

    done = evidence(project, *HERE, EVIDENCE_LANG="en", **scheduler.setting)
    ended(worker)
    later = refused(lambda: remote._done(task(project, tmp_path, programs=f"{store.programs()}\nnot-here==1.0")))

    told = "a worker of the cluster has other programs, or read other files, than here: "
    said = done.stderr.strip()
    assert (done.returncode, said.count("\n")) == (4, 0), said
    assert re.match(rf"E434 tcp://[0-9.:]+ {told}elsewhere==1\.0\. Rule: ", said)
    assert later[0].startswith(f"E434  {told}not-here==1.0. Rule: ")


def test_what_no_worker_brings_to_an_end_is_a_refusal():
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError

    class Ended:
        status = "running"

        def submit(self, *_: object, **__: object) -> "Ended":
            return self

        def add_done_callback(self, call: Callable[[object], None]) -> None:
            call(self)

        def result(self) -> None:
            raise error

    for error in (KilledWorker("a", None, 3), BrokenProcessPool(), FutureCancelledError("a", "scheduler-connection-lost")):
        with pytest.raises((Refusal, Refusals), match="E433" if isinstance(error, FutureCancelledError) else "E436"):
            Cluster(Ended(), "tcp://host:1", store.Store(None), "", {}).do(Job("2021-01", "run", "a", print, [], []), {}, "", list)


def test_a_worker_that_finds_no_project_in_its_store_says_which_store(tmp_path):
    assert refused(lambda: remote._done(task(small(tmp_path / "project"), tmp_path / "other")))[0].startswith(f"E435 {tmp_path / 'other'} ")


def test_with_other_code_a_worker_begins_anew(tmp_path, monkeypatch):
    """One that has loaded the code before it was changed would say that it worked with what lies on the disk now."""
    project = small(tmp_path / "project")
    before = cluster._told(project, store.Store(None))[0]
    assert cluster._told(project, store.Store(None))[0] == before
    code = Path(shutil.copytree(root.CODE, tmp_path / "evidence"))
    monkeypatch.setattr(root, "CODE", code)
    monkeypatch.setattr("evidence.build.state._TOP", tmp_path)

    (code / "words.py").write_text("", encoding="utf-8")

    assert cluster._told(project, store.Store(None))[0] != before


def test_a_store_at_an_address_keeps_and_gives_as_a_folder_does(tmp_path):
    own, kept = Distant(None, (tmp_path / "store").as_uri()), tmp_path / "made"
    kept.mkdir()
    (kept / "a.txt").write_text("a", encoding="utf-8")
    own.put("key", [kept])
    shutil.rmtree(kept)

    assert not own.take("other", [kept])
    assert own.take("key", [kept])
    assert (kept / "a.txt").read_text(encoding="utf-8") == "a"
    entry = next((tmp_path / "store").glob("*.tar"))
    entry.write_bytes(entry.read_bytes()[:-512] + b"x" * 512)
    assert not own.take("key", [kept])
    assert not entry.exists()
