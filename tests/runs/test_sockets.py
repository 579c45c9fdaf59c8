"""The sockets over which processes meet have short paths, wherever temporary files go."""

import os
import subprocess
import sys

from evidence.runs import sockets

FORKED = """
from evidence.runs import sockets
from multiprocessing import get_context
if __name__ == "__main__":
    process = get_context("forkserver").Process(target=print, args=("spoke",))
    process.start()
    process.join()
    print(len(str(sockets.folder())), process.exitcode)
"""


def test_a_folder_that_is_too_long_or_not_to_be_written_is_passed_over(tmp_path):
    long, short = tmp_path / ("x" * 100), tmp_path / "missing"
    long.mkdir()

    assert sockets.short(["", str(long), str(short), "/tmp"]).as_posix() == "/tmp"


def test_a_process_is_forked_where_temporary_files_go_far_away(tmp_path):
    """As a batch system or CI sets TMPDIR; the server that forks listens in the folder of this process, as kernels do."""
    far = tmp_path / ("x" * 120)
    far.mkdir()
    (tmp_path / "forked.py").write_text(FORKED.replace("    process = ", "    sockets.folder()\n    process = "), encoding="utf-8")
    variables = {**os.environ, "TMPDIR": str(far)}
    done = subprocess.run([sys.executable, str(tmp_path / "forked.py")], env=variables, capture_output=True, text=True, timeout=60)

    assert done.stderr == ""
    assert done.stdout.split("\n")[0] == "spoke"
    assert int(done.stdout.split()[1]) < sockets.LONGEST - len("/kernel-123456789012-5")
