"""The sockets over which processes meet have short paths, wherever temporary files go."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from evidence.runs import scratch

FORKED = """
from evidence.runs import scratch
from multiprocessing import get_context
if __name__ == "__main__":
    process = get_context("forkserver").Process(target=print, args=("spoke",))
    process.start()
    process.join()
    print(len(str(scratch.folder())), process.exitcode)
"""


def test_a_folder_that_is_too_long_or_not_to_be_written_is_passed_over(tmp_path):
    long, short = tmp_path / ("x" * 100), tmp_path / "missing"
    long.mkdir()

    assert scratch.short(["", str(long), str(short), "/tmp"]).as_posix() == "/tmp"


def test_a_process_is_forked_where_temporary_files_go_far_away(tmp_path):
    """As a batch system or CI sets TMPDIR; the server that forks listens in the folder of this process, as kernels do."""
    far = tmp_path / ("x" * 120)
    far.mkdir()
    (tmp_path / "forked.py").write_text(FORKED.replace("    process = ", "    scratch.folder()\n    process = "), encoding="utf-8")
    variables = {**os.environ, "TMPDIR": str(far)}
    done = subprocess.run([sys.executable, str(tmp_path / "forked.py")], env=variables, capture_output=True, text=True, timeout=60)

    assert done.stderr == ""
    assert done.stdout.split("\n")[0] == "spoke"
    assert int(done.stdout.split()[1]) < scratch.LONGEST - len("/listener-12345678")


KILLED = "import os, signal; from evidence.runs import scratch; (scratch.folder() / 'left').mkdir(); print(scratch.folder(), flush=True); {end}"


def made(place: str, end: str) -> Path:
    """The scratch folder of a process that had one in this place and ended so."""
    variables = os.environ | {"TMPDIR": place}
    return Path(subprocess.run([sys.executable, "-c", KILLED.format(end=end)], env=variables, capture_output=True, text=True).stdout.strip())


def test_what_a_killed_process_left_is_removed_by_the_next_and_nothing_that_is_held_or_anothers():
    with tempfile.TemporaryDirectory(dir="/tmp") as top:
        others = Path(top, "pymp-abc")
        others.mkdir()
        left, ours = made(top, "os.kill(os.getpid(), signal.SIGKILL)"), scratch._held(Path(top))
        assert left.is_dir()

        ended = made(top, "None")

        assert (str(ended.parent), sorted(Path(top).iterdir())) == (top, sorted([others, ours]))
