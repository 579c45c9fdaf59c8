"""What a program that the build starts finds around it: the same on every machine and for every user, whatever they have set.

A line in ~/.ipython, a style in ~/.config/matplotlib, a locale or a time zone would otherwise change what a notebook draws.
"""

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

FIXED = {
    "PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": "1546300800",
    "PYTHONNOUSERSITE": "1", "JUPYTER_NO_CONFIG": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # a preloaded debugger would print a note of its own
}  # fmt: skip
_KEPT = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV", "TMPDIR")  # where programs and packages are, not how they behave
_OWN = "EVIDENCE_"
_HOMES = {"IPYTHONDIR": "ipython", "MPLCONFIGDIR": "matplotlib", "JUPYTER_CONFIG_DIR": "jupyter", "JUPYTER_DATA_DIR": "jupyter"}
_LOCK = threading.Lock()


def variables(home: Path) -> dict[str, str]:
    """The whole environment of a program that calls this folder its home.

    >>> variables(Path("/tmp/empty"))["IPYTHONDIR"]
    '/tmp/empty/ipython'
    """
    kept = {name: value for name, value in os.environ.items() if name in _KEPT or name.startswith(_OWN)}
    return {**kept, **FIXED, "HOME": str(home), **{name: str(home / part) for name, part in _HOMES.items()}}


@contextlib.contextmanager
def worn(home: Path) -> Iterator[None]:
    """This process has that environment for a moment: for what inherits it and cannot be given one."""
    with _LOCK:
        before = dict(os.environ)
        put_on(variables(home))
        try:
            yield
        finally:
            put_on(before)


def put_on(wanted: dict[str, str]) -> None:
    """This process has exactly these variables from now on."""
    os.environ.update(wanted)  # before the rest goes: what both have is missing at no moment
    for name in os.environ.keys() - wanted.keys():
        del os.environ[name]
