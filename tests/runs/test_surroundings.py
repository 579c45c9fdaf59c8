"""A notebook finds the same around it for every user, writes into its own folder only, and leaves no process behind."""

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import pytest

from evidence.errors import Refusal
from evidence.runs import execution, processes
from evidence.runs.kernels import NotStarted
from evidence.runs.promises import Run

PROJECT = Path(__file__).parents[2]
PARAMETERS = 'edition = "2019-09"\nlang = "ja"\nout = ""'


def notebook(tmp_path: Path, *cells: str) -> Run:
    """A run of a notebook with these cells, its own folder being `run`."""
    parameters = nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
    made = nbformat.v4.new_notebook(cells=[parameters, *map(nbformat.v4.new_code_cell, cells)])
    nbformat.write(made, tmp_path / "own.ipynb")
    return Run(tmp_path / "own.ipynb", "2019-09", "en", tmp_path / "run")


def shown(run: Run) -> str:
    """What the last cell of the executed notebook shows."""
    return nbformat.read(execution.execute(run, PROJECT, seconds=60), as_version=4).cells[-1].outputs[0].data["text/plain"]


def refused(run: Run) -> Refusal:
    with pytest.raises(Refusal) as found:
        execution.execute(run, PROJECT, seconds=20)
    return found.value


ASKED = """
import altair, builtins, locale, os, pandas, pathlib, sys, time
found = [pandas.options.display.max_rows, altair.theme.active, hasattr(builtins, "MARKED"), time.tzname[0], locale.getlocale()[1]]
[*found, sys.flags.hash_randomization, os.environ.get("PYTHONSTARTUP", ""), str(pathlib.Path.home()) == {home!r}]
"""
ALONE = """
from pathlib import Path
from tests.runs.test_surroundings import Run, shown
print(shown(Run(Path({folder!r}, "own.ipynb"), "2019-09", "en", Path({folder!r}, "run"))))
"""


@pytest.mark.slow
def test_the_users_own_settings_do_not_reach_a_notebook(tmp_path):
    """One line in the start-up folder of IPython once changed all drawings; the run is a process of its own, as a build is."""
    startup = tmp_path / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    line = "import altair, builtins, pandas; builtins.MARKED = 1; pandas.options.display.max_rows = 7; altair.theme.enable('dark')"
    (startup / "00-own.py").write_text(line, encoding="utf-8")
    notebook(tmp_path, ASKED.format(home=str(tmp_path)))
    own = {"HOME": str(tmp_path), "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONSTARTUP": str(startup / "00-own.py")}

    program = [sys.executable, "-c", ALONE.format(folder=str(tmp_path))]
    done = subprocess.run(program, cwd=PROJECT, env={**os.environ, **own}, capture_output=True, text=True)

    assert done.stdout.strip() == "[60, 'evidence', False, 'UTC', 'UTF-8', 0, '', False]", done.stderr


@pytest.mark.parametrize(
    "line",
    [
        "open({path!r}, 'w')",
        "pathlib.Path({path!r}).write_text('changed')",
        "os.open({path!r}, os.O_WRONLY | os.O_CREAT)",
        "open('/dev/..' + {path!r}, 'w')",
        "os.remove({path!r})",
        "os.rename({path!r}, 'elsewhere')",
        "shutil.rmtree({folder!r})",
        "os.symlink({path!r}, {path!r} + '.link')",
        "os.link({path!r}, {path!r} + '.link')",
        "os.mkdir({folder!r} + '/new')",
        "os.mkfifo({folder!r} + '/pipe')",
        "os.truncate({path!r}, 0)",
        "os.symlink({folder!r}, out + '/link'); open(out + '/link/table.csv', 'w')",
        "sqlite3.connect({folder!r} + '/new.db')",
    ],
)
def test_a_notebook_that_writes_outside_its_own_folder_is_refused_before_it_happens(line, tmp_path):
    table = tmp_path / "data" / "table.csv"
    table.parent.mkdir()
    table.write_text("as it was", encoding="utf-8")

    found = refused(notebook(tmp_path, "import os, pathlib, shutil, sqlite3", line.format(path=str(table), folder=str(table.parent))))

    assert (found.code, found.place.column) == ("E317", "cell 3")
    assert ([path.name for path in table.parent.iterdir()], table.read_text(encoding="utf-8")) == (["table.csv"], "as it was")


def test_a_notebook_may_write_into_its_own_folder_and_into_the_empty_home_it_is_given(tmp_path):
    lines = "import pathlib, tempfile; own = pathlib.Path(out, 'x'); own.mkdir(); (own / 'y').write_text('1'); (own / 'y').unlink()"

    made = shown(notebook(tmp_path, lines, "pathlib.Path.home().joinpath('z').write_text('22'), tempfile.TemporaryFile().write(b'333')"))

    assert made == "(2, 3)"


@pytest.mark.parametrize("line", ["shutil.rmtree(out)", "os.rename(out, out + '-gone')"])
def test_a_notebook_cannot_take_away_its_own_folder(line, tmp_path):
    assert refused(notebook(tmp_path, "import os, shutil", line)).code == "E317"


@pytest.mark.parametrize("apart", ["", ", start_new_session=True"], ids=["in its session", "in a session of its own"])
def test_what_a_notebook_leaves_running_is_ended_and_said(apart, tmp_path):
    found = refused(notebook(tmp_path, f"import subprocess; subprocess.Popen(['sleep', '987']{apart})"))

    assert (found.code, found.found) == ("E319", "sleep")
    assert not running("sleep 987")


def running(command: str) -> bool:
    """Whether a process with this command line is running, a second from now at the latest."""
    for _ in range(20):
        found = [path for path in Path("/proc").glob("[0-9]*/cmdline") if command.encode().replace(b" ", b"\0") in _read(path)]
        if not found:
            return False
        time.sleep(0.05)
    return True


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("display.Javascript('fetch(1)')", "application/javascript"),
        ("display.HTML('<SCRIPT >1</script>')", "text/html"),
        ("display.HTML('<img src=x onerror=\"1\">')", "text/html"),
        ("display.HTML('<iframe src=x>')", "text/html"),
        ("display.SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>')", "image/svg+xml"),
    ],
)
def test_an_output_that_would_run_in_a_browser_is_refused(line, kind, tmp_path):
    found = refused(notebook(tmp_path, "from IPython import display", line))

    assert (found.code, found.place.column, found.found) == ("E320", "cell 3", kind)


def test_a_kernel_that_does_not_start_is_tried_again_once_and_then_refused(tmp_path, monkeypatch):
    tried = []
    monkeypatch.setattr(execution.papermill, "execute_notebook", lambda *_, **__: tried.append(1) or (_ for _ in ()).throw(NotStarted()))

    assert (refused(notebook(tmp_path, "1")).code, len(tried)) == ("E318", 2)


def test_what_is_started_once_the_build_was_stopped_ends_at_once():
    with pytest.raises(KeyboardInterrupt), processes.stoppable():
        os.kill(os.getpid(), signal.SIGTERM)

    with subprocess.Popen(["sleep", "985"], start_new_session=True) as late, pytest.raises(processes.Stopped):
        processes.keep(late.pid, processes.end)
    processes.forget(late.pid)
    processes._STOPPED.clear()

    assert late.returncode == -signal.SIGKILL


@pytest.mark.parametrize(("soft", "hard", "ends"), [(64, 64, "E431"), (64, 4096, "")])
def test_a_limit_of_open_files_is_raised_where_it_can_be_and_refused_where_it_cannot(soft, hard, ends):
    """The library that speaks to kernels would end the whole process."""
    limited = f"""
import resource
from evidence.errors import Refusal
from evidence.runs import processes
resource.setrlimit(resource.RLIMIT_NOFILE, ({soft}, {hard}))
try:
    with processes.stoppable():
        pass
except Refusal as refused:
    print(refused.code)
"""

    done = subprocess.run([sys.executable, "-c", limited], capture_output=True, text=True)

    assert (done.stdout.strip(), done.stderr) == (ends, "")


def test_a_kernel_ends_with_its_build_also_when_both_hang(tmp_path):
    """A build that was killed while a kernel started once left it waiting for ever, with the server that had forked it."""
    build = subprocess.Popen(["sleep", "983"])
    hangs = f"""
import os, subprocess, time
from evidence.runs import processes
os.setsid()
processes.end_with({build.pid})
subprocess.Popen(["sleep", "982"])
time.sleep(981)
"""
    kernel = subprocess.Popen([sys.executable, "-c", hangs])
    while not running("sleep 982"):
        assert kernel.poll() is None
    build.kill()
    build.wait()

    assert kernel.wait(timeout=20) == -signal.SIGKILL
    assert not running("sleep 982")


def test_a_process_that_was_only_just_forked_and_leads_no_session_yet_is_ended_too():
    """A build that was stopped at that moment waited for it for ever."""
    forked = subprocess.Popen(["sleep", "984"])
    assert os.getpgid(forked.pid) != forked.pid

    processes.end(forked.pid)

    assert forked.wait(timeout=5) == -signal.SIGKILL


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="this system tells nobody that a process has ended")
def test_a_build_that_has_ended_is_gone_for_what_it_started_also_while_nobody_has_asked_how(tmp_path):
    """Who started the build may ask only once nobody has its output open, and what it started has."""
    with subprocess.Popen(["true"]) as ended:
        watching = threading.Thread(target=processes.wait_for, args=(ended.pid, 0.01), daemon=True)
        watching.start()
        watching.join(5)

        assert not watching.is_alive()


def test_a_process_that_ends_while_the_list_is_read_is_left_out(monkeypatch):
    """The system then answers "No such process", which a look whether its file is there passes on."""
    before, gone = processes.started_by(os.getpid()), ProcessLookupError(errno.ESRCH, "No such process")
    monkeypatch.setattr(Path, "exists", lambda self, **_: (_ for _ in ()).throw(gone))

    assert processes.started_by(os.getpid()) == before
