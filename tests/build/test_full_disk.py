"""A disk that is really full, at every stage of a build: one refusal, and the book that was published stays as it was."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import FIRST

pytestmark = pytest.mark.build
# In a space of its own the build folder lies on a disk of so many kilobytes, with the book that was published on it.
ON_A_SMALL_DISK = """
set -e
rm -rf "$1/html.kept"
cp -a "$1/_build/html" "$1/html.kept"
mount -t tmpfs -o size="$2k" tmpfs "$1/_build"
cp -a "$1/html.kept" "$1/_build/html"
set +e
"$3" -m evidence build "$4"
code=$?
diff -r "$1/html.kept" "$1/_build/html" >/dev/null && echo "the book is as it was"
ls "$1/_build"
exit $code
"""
ALONE = ["unshare", "--user", "--map-root-user", "--mount"]


def kilobytes(folder: Path) -> int:
    """What the files take on a disk of pages of four kilobytes."""
    return sum(-(-max(path.lstat().st_size, 1) // 4096) * 4 for path in folder.rglob("*"))


# The part of what the edition's own work takes that there is room for, and the last kind of task that is begun at least.
STAGES = {0.02: "check", 0.4: "run", 0.8: "files", 1.6: "bind", 3.2: "freeze"}


def test_a_full_disk_is_one_refusal_at_every_stage_and_the_old_book_stays(changing):
    """One stage after the other: what is done before the disk is full, the next takes from the store."""
    if not shutil.which("unshare") or subprocess.run([*ALONE, "true"], capture_output=True).returncode:
        pytest.skip("this system lets no one mount a disk of their own")
    table = changing / "data" / FIRST / "entities.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Southland", "The Southland"), encoding="utf-8")
    variables = {**os.environ, "EVIDENCE_ROOT": str(changing), "EVIDENCE_LANG": "en"}
    subprocess.run([sys.executable, "-m", "evidence", "package", FIRST], cwd=changing, env=variables, check=True, capture_output=True)
    published, work = kilobytes(changing / "_build" / "html"), kilobytes(changing / "_build" / "work" / FIRST)

    for room, done in STAGES.items():
        command = [*ALONE, "sh", "-c", ON_A_SMALL_DISK, "sh", str(changing), str(published + int(room * work)), sys.executable, FIRST]
        ended = subprocess.run(command, cwd=changing, env=variables, capture_output=True, text=True)

        assert (ended.returncode, "Traceback" in ended.stderr) == (4, False), (done, ended.stderr[-2000:])
        assert "E430" in ended.stderr and "the disk is full" in ended.stderr
        assert f"{FIRST}: {done}" in ended.stderr
        assert "the book is as it was" in ended.stdout
        assert "html.new" not in ended.stdout
