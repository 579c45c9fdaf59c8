"""A disk that is really full, at every stage of a build: one refusal, and the book that was published stays as it was."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.projects import FIRST

pytestmark = pytest.mark.build
# In a space of its own the build folder lies on a disk of so many megabytes, with the book that was published on it.
ON_A_SMALL_DISK = """
set -e
cp -a "$1/_build/html" "$1/html.kept"
mount -t tmpfs -o size="$2" tmpfs "$1/_build"
cp -a "$1/html.kept" "$1/_build/html"
set +e
"$3" -m evidence build "$4"
code=$?
diff -r "$1/html.kept" "$1/_build/html" >/dev/null && echo "the book is as it was"
exit $code
"""
ALONE = ["unshare", "--user", "--map-root-user", "--mount"]


def megabytes(folder) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


@pytest.mark.parametrize("room", [1, 4, 12, 24])
def test_a_full_disk_is_one_refusal_at_every_stage_and_the_old_book_stays(changing, room):
    """The first leaves no room for the runs, then none for the files of citers, for the binder, for freezing."""
    if not shutil.which("unshare") or subprocess.run([*ALONE, "true"], capture_output=True).returncode:
        pytest.skip("this system lets no one mount a disk of their own")
    table = changing / "data" / FIRST / "entities.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Southland", "The Southland"), encoding="utf-8")
    variables = {**os.environ, "EVIDENCE_ROOT": str(changing), "EVIDENCE_LANG": "en"}
    subprocess.run([sys.executable, "-m", "evidence", "package", FIRST], cwd=changing, env=variables, check=True, capture_output=True)
    size = f"{megabytes(changing / '_build' / 'html') * 1.3 + room:.0f}m"

    command = [*ALONE, "sh", "-c", ON_A_SMALL_DISK, "sh", str(changing), size, sys.executable, FIRST]
    done = subprocess.run(command, cwd=changing, env=variables, capture_output=True, text=True)

    assert (done.returncode in (2, 3, 4, 5), "Traceback" in done.stderr) == (True, False), done.stderr
    assert "No space left on device" in done.stderr
    assert "the book is as it was" in done.stdout
