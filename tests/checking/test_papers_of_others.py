"""Papers that other programs made: none of their citations is accused wrongly, nearly all are found, and every dishonest change is told."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import PROJECT


def lacking() -> str:
    """The program of those that make the papers which is not installed."""
    office = shutil.which("soffice")
    writer = office and (Path(office).resolve().parent / "libswlo.so").exists()
    return next((name for name, there in (("LibreOffice Writer", writer), ("pandoc", shutil.which("pandoc"))) if not there), "")


@pytest.mark.build
@pytest.mark.slow
@pytest.mark.skipif(bool(lacking()), reason=f"{lacking()} is not installed")
def test_no_citation_is_accused_wrongly_and_every_change_is_told(book):
    command = [sys.executable, str(PROJECT / "benchmarks" / "papers.py"), str(book / "_build" / "html")]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, encoding="utf-8")
    counts = {line.split()[0]: [int(number) for number in line.split()[1:]] for line in done.stdout.splitlines() if re.search(r" \d+$", line)}
    cited, found, wrongly, changes, told = counts["all"]

    assert done.returncode == 0, done.stdout + done.stderr
    assert (len(counts) - 1 >= 8, cited >= 400, found >= 0.99 * cited, wrongly, told) == (True, True, True, 0, changes)
