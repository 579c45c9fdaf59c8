"""Where an edition comes from: a hash of the code that made it, and the commit, if these files are that commit's.

An archive has no repository, or lies in that of somebody else, and a working copy may hold what was never committed. So the code is named by
its own bytes, always; the commit only where the folder is the top of a repository that holds the files in question.
"""

import hashlib
import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evidence import disk, root


@dataclass(frozen=True)
class Origin:
    """What is known of the origin: SHA-256 of the code, the commit (empty where there is none), and whether all is as it was committed.

    `clean` is None where there is no commit to compare with.
    """

    code: str
    commit: str
    clean: bool | None


def origin(folder: Path, inputs: Iterable[str]) -> Origin:
    """The origin of an edition that was made in this folder from these inputs (paths in the folder) by the code that runs now."""
    own = folder / "src" / "evidence"
    mine = own.is_dir() and own.samefile(root.CODE)
    commit, clean = committed(folder, [*inputs, *(named() if mine else ())])
    return Origin(code(), commit, clean and mine)


def note(folder: Path, inputs: Iterable[str], to: Path) -> Path:
    """The file `to`, which differs from the last time where the edition has to say something else of its origin.

    Another commit of the same files is no reason: what the edition says stays true.
    """
    now = origin(folder, inputs)
    told = f"{now.code} {now.clean}\n"
    if not to.exists() or disk.text(to) != told:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(told, encoding="utf-8")
    return to


@cache
def code() -> str:
    """SHA-256 of the files of the package that runs: of the list of their hashes and paths, as `sha256sum` writes it.

    So anyone can check it in the project's folder:
    `find src/evidence -type f ! -path '*/__pycache__/*' | LC_ALL=C sort | xargs sha256sum | sha256sum`.
    """
    lines = "".join(f"{disk.sha256(path)}  {name}\n" for name, path in sorted(named().items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def committed(folder: Path, paths: Iterable[str]) -> tuple[str, bool | None]:
    """The commit that is checked out and whether these files are as it has them; empty and None where it has none of them.

    A repository around the folder is not the project's, nor is one that does not hold its files. What is gone beside these files is a change too;
    a lost executable bit is none.
    """
    asked = sorted(set(paths))
    top = git(folder, "rev-parse", "--show-toplevel").rstrip("\n")
    if not top or not asked or not folder.samefile(top):
        return "", None
    commit = git(folder, "rev-parse", "--verify", "HEAD").strip()
    known = _known(folder) if commit else {}
    if known.keys().isdisjoint(asked):
        return "", None
    tops = {name.partition("/")[0] for name in asked}
    there = all(os.path.lexists(folder / name) for name in known if name.partition("/")[0] in tops)
    return commit, there and all(known.get(name) == _hash(folder / name, known.get(name, "")) for name in asked)


def _known(folder: Path) -> dict[str, str]:
    """Git's hash of each file of the commit that is checked out, by its path."""
    told = (line.partition("\t") for line in git(folder, "ls-tree", "-r", "-z", "HEAD").split("\0") if line)
    return {name: entry.split()[2] for entry, _, name in told}


def _hash(path: Path, known: str) -> str:
    """Git's hash of the file as it is on the disk, of the kind of the one that is known; of a link, of where it leads.

    Git is not asked what has changed: it does not look where the user told it not to, or where size and time are the same, and what a filter or
    another encoding makes of a file counts as the same to it.
    """
    if not (path.is_symlink() or path.is_file()):
        return ""
    raw = os.fsencode(path.readlink()) if path.is_symlink() else disk.raw(path)
    return hashlib.new("sha256" if len(known) == 64 else "sha1", b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()


def named() -> dict[str, Path]:
    """The files of the package that runs, by their paths in the project."""
    return {f"src/evidence/{path.relative_to(root.CODE).as_posix()}": path for path in root.files(root.CODE)}


def git(folder: Path, *asked: str) -> str:
    """What git answers in this folder, whatever the user's settings; empty where it cannot.

    Variables such as GIT_DIR, which a hook sets, would lead to another repository. A folder of another user is trusted as far as its code, which
    runs, is.
    """
    mine = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")} | {"GIT_OPTIONAL_LOCKS": "0"}
    settings = [f"safe.directory={folder.resolve()}", "core.fsmonitor=false"]
    command = ["git", "-C", str(folder), *(part for one in settings for part in ("-c", one)), *asked]
    try:
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, env=mine).stdout
    except (OSError, ValueError, subprocess.CalledProcessError):
        return ""
