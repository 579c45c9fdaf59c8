"""A run's own kernel shows what Jupyter's kernel shows, and is found dead, hung or gone as that is."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import papermill
import pytest

from evidence.errors import Refusal
from evidence.runs import execution, kernels, processes
from evidence.runs.promises import Run
from tests.projects import SECOND, small
from tests.runs.test_surroundings import PROJECT, notebook, refused, running

SHOWN = [
    "1 + 1",
    "print('a'); print('b')\n3",
    "import sys; print('out'); print('err', file=sys.stderr)",
    "import pandas; pandas.DataFrame({'年度': [2019], 'x': [1.5]})",
    "from IPython.display import display, Markdown, SVG; display(Markdown('*x*'), metadata={'a': 1}); SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')",
    "handle = display('first', display_id='one'); handle.update('second')",
    "from IPython.display import clear_output; print('gone'); clear_output(); print('kept')",
    "import asyncio; await asyncio.sleep(0.01); _ + 1 if isinstance(_, int) else 'no number'",
    "get_ipython().run_line_magic('who_ls', '')",
    "import altair; altair.Chart(pandas.DataFrame({'x': [1]})).mark_point().encode(x='x:Q').to_dict()['mark']",
    "open('/dev/null').name; x = 5;",
]  # fmt: skip


def stock(source: Path, given: dict[str, str], cwd: Path = PROJECT) -> nbformat.NotebookNode:
    """The notebook as Papermill runs it in Jupyter's own kernel."""
    return papermill.execute_notebook(str(source), None, given, kernel_name="python3", language="python", progress_bar=False, cwd=str(cwd))


def outputs(made: nbformat.NotebookNode) -> list[object]:
    return [cell.outputs for cell in execution.normalised(made).cells if cell.cell_type == "code"]


@pytest.mark.slow
def test_what_cells_show_is_what_jupyters_kernel_shows(tmp_path):
    run = notebook(tmp_path, *SHOWN)

    own = nbformat.read(execution.execute(run, PROJECT), as_version=4)

    assert outputs(own) == outputs(stock(run.notebook, {"out": str(tmp_path / "run"), "lang": "en"}))


def test_what_a_program_says_belongs_to_the_cell_that_started_it(tmp_path):
    """Under Jupyter's kernel it is lost, or belongs to a later cell, where the kernel is quicker than the thread that listens."""
    run = notebook(tmp_path, "import subprocess; done = subprocess.run(['sh', '-c', 'echo said; echo wrong >&2'])", "done.returncode")

    shown = outputs(nbformat.read(execution.execute(run, PROJECT), as_version=4))

    assert [(output.name, output.text) for output in shown[-2]] == [("stdout", "said\n"), ("stderr", "wrong\n")]


@pytest.mark.parametrize("line", ["1 / 0", "int('x')", "raise ValueError('年')", "input('?')", "undefined", "import sys; sys.exit(3)"])
def test_a_cell_fails_as_under_jupyters_kernel(line, tmp_path):
    run = notebook(tmp_path, line)
    with pytest.raises(papermill.PapermillExecutionError) as failed:
        stock(run.notebook, {"lang": "en"})

    found = refused(run)

    assert (found.code in ("E301", "E304"), found.place.column) == (True, "cell 2")
    assert found.found == f"{failed.value.ename}: {failed.value.evalue}" or line.startswith("input")


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["import os; os._exit(3)"], "E302"),
        (["import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"], "E302"),
        (["import ctypes; ctypes.string_at(0)"], "E302"),
        (["exit()", "1"], "E302"),
        (["while True: pass"], "E303"),
        (
            ["import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"],
            "E303",
        ),
        (["import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 31, 1 << 31)); bytes(1 << 40)"], "E301"),
        (["import os, time\nif os.fork() == 0: time.sleep(600)"], "E319"),
    ],
)
def test_a_kernel_that_ends_hangs_or_forks_is_found(lines, code, tmp_path, monkeypatch):
    with pytest.raises(Refusal) as found:
        execution.execute(notebook(tmp_path, *lines), PROJECT, seconds=2)

    assert found.value.code == code


def test_the_copy_of_a_kernel_that_forked_says_nothing(tmp_path):
    run = notebook(tmp_path, "import os\nchild = os.fork()\nprint('parent' if child else 'copy')\nos.waitpid(child, 0) if child else None", "7")

    made = nbformat.read(execution.execute(run, PROJECT), as_version=4)

    assert [cell.outputs for cell in made.cells][-1][0].data["text/plain"] == "7"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["trends", "ledger", "coauthorship"])
def test_notebooks_of_the_book_leave_the_same_bytes_under_both_kernels(name, tmp_path, monkeypatch):
    project = small(tmp_path / "small")
    monkeypatch.setenv("EVIDENCE_ROOT", str(project))
    source = project / "notebooks" / f"{name}.ipynb"
    own = Run(source, SECOND, "en", Path("_build/own"))
    given = {"edition": SECOND, "lang": "en", "out": "_build/stock"}
    (project / "_build" / "stock").mkdir(parents=True)

    execution.execute(own, project)
    made = stock(source, given, project)

    left = {path.name: path.read_bytes() for path in (project / "_build" / "own").iterdir() if path.suffix != ".ipynb"}
    assert left == {path.name: path.read_bytes() for path in (project / "_build" / "stock").iterdir()}
    assert outputs(nbformat.read(project / "_build" / "own" / "notebook.ipynb", as_version=4)) == outputs(made)


@pytest.mark.parametrize("seconds", [0.0, 0.3, 0.8])
def test_a_kernel_killed_from_outside_is_found_at_any_moment(seconds, tmp_path):
    run = notebook(tmp_path, "import time; open(out + '/begun', 'w').close(); time.sleep(60)")
    found: list[Refusal] = []

    def execute() -> None:
        try:
            execution.execute(run, PROJECT, seconds=60)
        except Refusal as refusal:
            found.append(refusal)

    running = threading.Thread(target=execute)
    running.start()
    while not (run.out / "begun").exists():
        time.sleep(0.01)
    time.sleep(seconds)
    processes.end(next(iter(processes._LEADERS)))
    running.join(timeout=10)

    assert [refusal.code for refusal in found] == ["E302"]
    assert not run.out.exists()


def test_what_several_threads_show_arrives_whole(tmp_path):
    shows = "import threading; from IPython.display import display; show = lambda n: [display('x' * 300_000 + str(n)) for _ in range(5)]"
    starts = (
        "found = [threading.Thread(target=show, args=[n]) for n in range(6)]; [one.start() for one in found]; [one.join() for one in found]; None"
    )

    made = nbformat.read(execution.execute(notebook(tmp_path, shows, starts), PROJECT), as_version=4)

    assert len(made.cells[-1].outputs) == 30


def test_bytes_that_are_no_text_are_shown_as_under_jupyters_kernel(tmp_path):
    run = notebook(tmp_path, "print('a\\udce9b'); print('\\ud800')", "import sys")

    made = nbformat.read(execution.execute(run, PROJECT), as_version=4)

    assert made.cells[-2].outputs[0].text.startswith("a\ufffdb")


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        ("import multiprocessing\nours, theirs = multiprocessing.Pipe()\n"
         "process = multiprocessing.get_context('fork').Process(target=theirs.send, args=(2,)); process.start(); process.join(); ours.recv()", "2"),
        ("import os; from IPython.display import display\nchild = os.fork(); display('copy' if child == 0 else 'parent')\n"
         "os.waitpid(child, 0) and 3 if child else None", "'parent'"),
    ],
)  # fmt: skip
def test_a_notebook_may_start_processes_and_their_copies_of_it_say_nothing(lines, shown, tmp_path):
    made = nbformat.read(execution.execute(notebook(tmp_path, lines), PROJECT), as_version=4)

    assert made.cells[-1].outputs[0].data["text/plain"] == shown
    assert "copy" not in str(made.cells[-1].outputs)


@pytest.mark.parametrize("line", ["import sys; sys.stdout.write(5)", "import sys; sys.stdout.write(b'ab')"])
def test_what_is_no_text_is_an_error_of_the_cell_that_writes_it(line, tmp_path):
    found = refused(notebook(tmp_path, line))

    assert (found.code, found.place.column, found.found.split(":")[0]) == ("E301", "cell 2", "TypeError")


def test_a_notebook_that_writes_into_the_pipe_is_refused(tmp_path):
    line = "import os\nfor n in range(3, 60):\n    try: os.write(n, b'\\0\\0\\0\\3abc')\n    except OSError: pass"

    assert refused(notebook(tmp_path, line)).code == "E302"


@pytest.mark.parametrize("end", ["os._exit(0)", "os.kill(os.getpid(), 9)"])
@pytest.mark.parametrize("apart", ["['sleep', '978'], start_new_session=True", "['setsid', '-f', 'sleep', '978'], env={}"])
def test_what_a_kernel_that_died_had_started_is_ended(apart, end, tmp_path):
    """Also where it says nothing of the kernel: another session, an empty environment, a parent that has ended."""
    line = f"import os, subprocess, time; subprocess.Popen({apart}); time.sleep(0.1); {end}"

    assert refused(notebook(tmp_path, line)).code == "E302"
    assert not running("sleep 978")


ADOPTS = """
import ctypes, subprocess, sys, time
from pathlib import Path
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
own = str(subprocess.os.getpid())
subprocess.run([sys.executable, *sys.argv[1:]])
left = lambda: [told for path in Path("/proc").glob("[0-9]*/stat") if (told := path.read_text().rpartition(")"))[2].split()[1] == own]
until = time.monotonic() + 5
while any(told[2].split()[0] != "Z" for told in left()) and time.monotonic() < until:
    time.sleep(0.02)
print([told[0] for told in left()])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives a process the orphans below it")
def test_nobody_else_has_to_wait_for_what_a_build_started(tmp_path):
    """As the first process of a container, which waits for what it started itself: what ended would stay in the list of processes for ever."""
    (tmp_path / "left.py").write_text(LEFT, encoding="utf-8")
    variables = os.environ | {"PYTHONPATH": os.pathsep.join([str(PROJECT), str(PROJECT / "src")])}
    line = "import subprocess, time; subprocess.run(['setsid', '-f', 'true'], capture_output=True); time.sleep(0.2)"  # until it has ended too

    program = [sys.executable, "-c", ADOPTS, str(tmp_path / "left.py"), str(tmp_path), line]
    done = subprocess.run(program, cwd=PROJECT, env=variables, capture_output=True)

    assert (done.stdout, done.stderr) == (b"[]\n", b"")


LEFT = """
import sys, time
from pathlib import Path
from evidence.runs import execution
from tests.runs.test_surroundings import PROJECT, notebook
if __name__ == "__main__":
    execution.execute(notebook(Path(sys.argv[1]), sys.argv[2]), PROJECT, seconds=600)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        "open(out + '/begun', 'w').close(); import subprocess; subprocess.run(['setsid', 'sleep', '976'])",
        "import re, subprocess; subprocess.Popen(['sleep', '975']); open(out + '/begun', 'w').close(); re.match('(a+)+$', 'a' * 45 + 'b')",
    ],
    ids=["a child in another session", "a kernel that lets no thread run"],
)
def test_nothing_of_a_kernel_outlives_the_process_that_ran_it(line, tmp_path):
    (tmp_path / "left.py").write_text(LEFT, encoding="utf-8")
    variables = os.environ | {"PYTHONPATH": os.pathsep.join([str(PROJECT), str(PROJECT / "src")])}
    build = subprocess.Popen([sys.executable, str(tmp_path / "left.py"), str(tmp_path), line], cwd=PROJECT, env=variables)
    while not (tmp_path / "run" / "begun").exists():
        assert build.poll() is None
        time.sleep(0.05)
    time.sleep(0.3)
    build.kill()
    build.wait()

    time.sleep(1)
    assert not running("sleep 976" if "setsid" in line else "sleep 975")
    assert [path for path in Path("/proc").glob("[0-9]*/cwd") if f"{tmp_path}" in os.path.realpath(path)] == []


def test_a_kernel_that_is_ended_before_it_began_does_not_begin(tmp_path, monkeypatch):
    """Its home is gone by then: what it says of that, and it would, is none of the user's."""
    begun, real = [], kernels._started
    monkeypatch.setattr(kernels, "_started", lambda *told: begun.append(real(*told)) or begun[-1])

    with pytest.raises(kernels.NotStarted), kernels.kernel(str(tmp_path), str(tmp_path), 0):
        pass
    begun[0]._process.join(20)

    assert begun[0]._process.exitcode in (-9, 0)  # ended, or gone by itself as the guard of what was ended; 1 would be an error that it told


def test_a_kernel_need_not_judge_the_tables_of_the_book_nor_search_what_its_server_holds(tmp_path):
    asked = "import gc; from evidence.tables import gate; print(bool(gate._JUDGED), gc.get_freeze_count() > 10_000)"

    with kernels.kernel(str(PROJECT), str(tmp_path), 60) as kernel:
        kernel.run(asked)
        said = next(message["content"]["text"] for message in kernel.messages(60) if message["msg_type"] == "stream")

    assert said == "True True\n"
