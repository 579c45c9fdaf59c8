"""What Python's audit cannot see, the system refuses: programs that a notebook starts, libraries in C, a notebook that changes our own code."""

import pytest

from evidence.runs import landlock
from tests.runs.test_surroundings import notebook, refused, shown

pytestmark = pytest.mark.skipif(not landlock.version(), reason="this system has no Landlock")
IMPORTS = "import ctypes, io, multiprocessing, os, sqlite3, subprocess, sys, time; from lxml import etree; from evidence.runs import limits"


@pytest.fixture
def table(tmp_path):
    """A table of a project, and nothing beside it."""
    path = tmp_path / "data" / "table.csv"
    path.parent.mkdir()
    path.write_text("as it was", encoding="utf-8")
    return path


def whole(table) -> bool:
    return [path.name for path in table.parent.iterdir()] == ["table.csv"] and table.read_text(encoding="utf-8") == "as it was"


@pytest.mark.parametrize(
    "line",
    [
        "subprocess.run(['touch', {path!r} + '.new'])",
        "subprocess.run(['rm', {path!r}])",
        "subprocess.run(['sh', '-c', 'echo changed > {path}'])",
        "subprocess.Popen(['sh', '-c', 'mv {path} {path}.old'], start_new_session=True).wait()",
        "subprocess.run([sys.executable, '-c', 'import sys; open(sys.argv[1], chr(119))', {path!r}])",
        "ctypes.CDLL(None).open({path!r}.encode(), os.O_WRONLY | os.O_TRUNC)",
        "ctypes.CDLL(None).unlink({path!r}.encode())",
        "real = time.sleep; time.sleep = lambda s: (subprocess.run(['touch', {path!r} + '.new']), real(s)); real(2.5)",  # a thread of ours calls it
        "process = multiprocessing.get_context('fork').Process(target=os.unlink, args=({path!r},)); process.start(); process.join()",
    ],
)
def test_what_a_notebook_starts_or_loads_changes_nothing_outside_its_folder(line, table, tmp_path):
    assert shown(notebook(tmp_path, IMPORTS, line.format(path=str(table)), "'went on'")) == "'went on'"
    assert whole(table)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("subprocess.run(['mkdir', {path!r} + '.new'], check=True)", "E301"),
        ("etree.ElementTree(etree.Element('a')).write({path!r})", "E301"),
        ("sqlite3.connect(':memory:').execute('ATTACH ? AS other', ({path!r} + '.db',))", "E301"),
        ("limits._judged = lambda *a, **k: None; open({path!r}, 'w')", "E317"),
        ("limits._judged = lambda *a, **k: None; os.remove({path!r})", "E317"),
        ("limits._judged = lambda *a, **k: None; os.mkdir({path!r} + '.folder')", "E317"),
    ],
)
def test_what_it_is_told_by_ends_the_run(line, code, table, tmp_path):
    found = refused(notebook(tmp_path, IMPORTS, line.format(path=str(table))))

    assert (found.code, found.place.column) == (code, "cell 3")
    assert whole(table)


def test_programs_may_write_into_its_folder_its_home_and_nowhere(tmp_path):
    lines = "subprocess.run(['sh', '-c', f'touch {out}/x; mkdir {out}/y; mv {out}/x {out}/y; echo z > $HOME/z; echo gone > /dev/null'], check=True)"

    assert shown(notebook(tmp_path, IMPORTS, lines, "sorted(os.listdir(out + '/y')), os.listdir(os.environ['HOME']).count('z')")) == "(['x'], 1)"


def test_processes_work_together_through_pipes_and_share_no_memory(tmp_path):
    lines = "ours, theirs = multiprocessing.Pipe(); process = multiprocessing.get_context('fork').Process(target=theirs.send, args=(2,))"

    assert shown(notebook(tmp_path, IMPORTS, lines, "process.start(); process.join(); ours.recv()")) == "2"
    assert refused(notebook(tmp_path, IMPORTS, "multiprocessing.get_context('fork').Lock()")).code == "E317"


def test_an_input_that_nobody_may_read_is_no_write(tmp_path):
    assert refused(notebook(tmp_path, IMPORTS, "raise PermissionError(13, 'Permission denied', out)")).code == "E301"
