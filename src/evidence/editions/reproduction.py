"""An edition made once more from the commit that it names, beside the published one: the same bytes, or which files differ."""

import os
import platform
import re
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import Any

from evidence import disk
from evidence.checking import published_site
from evidence.editions import freezing, provenance, register
from evidence.errors import Place, Refusal
from evidence.runs import scratch

SHOWN = 400  # characters of what another program says


def reproduce(project: Path, folder: Path) -> dict[str, Any]:
    """The certificate of the edition in this folder, rebuilt from the repository of the project in a folder that is thrown away.

    edition, commit, code, lock (SHA-256 of what it says it was made of), python, system, unlike (packages whose version is not that of the lock),
    files (how many), promised (the sum that `data/published.csv` has, empty for one that was never published), published and rebuilt (such sums
    of both), sha256sums, same, and differing (paths: changed, missing or added).

    Raises:
        Refusal: E509 an edition that names no commit, or that was made from files which the commit does not hold; E510 a commit that the repository
            does not have; E511 a build that failed.
    """
    told = disk.record(folder / "edition.json")
    commit, clean = told.get("commit"), told.get("clean")
    if not isinstance(commit, str) or not re.fullmatch("[0-9a-f]{40,64}", commit) or clean is not True:
        raise Refusal("E509", Place(f"{folder.name}/edition.json"), f"commit: {commit or '–'}, clean: {clean}")
    with tempfile.TemporaryDirectory(dir=scratch.folder()) as top:
        beside = Path(top, "project")
        _checked_out(project, commit, beside)
        _built(beside, folder.name)
        made = beside / "_build" / "html" / folder.name
        differing = compared(folder, made)
        lock = beside / "requirements.lock"
        return {
            "edition": folder.name, "commit": commit, "code": told.get("code"), "lock": told.get("lock"),
            "python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}", "unlike": unlike(disk.text(lock)),
            "files": len(freezing.listed(folder)), "promised": register.promised(project / "data").get(folder.name, ""),
            "published": register.total(folder), "rebuilt": register.total(made),
            "sha256sums": disk.sha256(folder / published_site.SUMS), "same": not differing, "differing": differing,
        }  # fmt: skip


def compared(published: Path, made: Path) -> dict[str, str]:
    """What became of each file that is not the same in both editions, by its path: changed, missing or added; the lists of both must be true."""
    old, new = freezing.listed(published), freezing.listed(made)
    told = {path: "changed" if path in new else "missing" for path in old if new.get(path) != old[path]}
    told |= {path: "changed" for folder in (published, made) for path in freezing.changed(folder)}
    return dict(sorted((told | {path: "added" for path in new if path not in old}).items()))


def unlike(lock: str) -> list[str]:
    """The packages of the lock that are installed in another version, as `name locked → installed`; those that are not installed are left out.

    >>> unlike("pytest-of-nowhere==1.0 \\\\\\n    --hash=sha256:00\\n")
    []
    """
    versions: dict[str, list[str]] = {}  # a package may have a version for each Python
    for name, version in pinned(lock):
        versions.setdefault(_plain(name), []).append(version)
    there = {_plain(one.name): one.version for one in metadata.distributions()}
    return [
        f"{name} {', '.join(versions[name])} → {there[name]}" for name in sorted(versions) if there.get(name, versions[name][0]) not in versions[name]
    ]


def pinned(lock: str) -> list[tuple[str, str]]:
    """Name and version of each package that a lock pins.

    >>> pinned("altair==6.3.0 --hash=sha256:00"), pinned("colorama==0.4 ; sys_platform == 'win32'")
    ([('altair', '6.3.0')], [('colorama', '0.4')])
    """
    return re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock, re.MULTILINE)


def _plain(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


def _checked_out(project: Path, commit: str, to: Path) -> None:
    """The files of the commit as a repository of their own, so that what is made of them can name it."""
    provenance.git(project, "clone", "--quiet", "--shared", "--no-checkout", str(project), str(to))
    provenance.git(to, "checkout", "--quiet", "--detach", commit)
    if not (to / "data" / "schema").is_dir():
        raise Refusal("E510", Place("git"), commit)


def _built(project: Path, edition: str) -> None:
    """Builds the edition, and those it goes back to, here, with the project's own code and nothing from the store."""
    named = {"PYTHONPATH": str(project / "src"), "EVIDENCE_ROOT": str(project), "EVIDENCE_STORE": "off", "EVIDENCE_CLUSTER": ""}
    command = [sys.executable, "-m", "evidence", "build", edition]
    done = subprocess.run(command, cwd=project, env={**os.environ, **named}, capture_output=True, text=True, encoding="utf-8", errors="replace")
    if done.returncode or not (project / "_build" / "html" / edition / published_site.SUMS).is_file():
        raise Refusal("E511", Place("evidence build"), f"{done.returncode}: {done.stderr.strip()[-SHOWN:]}")
