"""A store of finished work: what a task left, kept under a hash of all that it depends on, outside the build folder.

A clone, a cleaned folder or another edition takes from it what was made already. It is a folder of archives, `<key>-<sha256 of the archive>.tar`: it
may be copied, shared or thrown away at any time. What does not hash to its own name is thrown away. Whoever may write into the store may change
what a build publishes, as whoever may write into `src/` can.
"""

import contextlib
import hashlib
import json
import os
import platform
import shutil
import sys
import tarfile
import tempfile
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from evidence import disk
from evidence.errors import Place, Refusal

VARIABLE = "EVIDENCE_STORE"  # the folder of the store, or its address for fsspec, or `off`
MOST = 2 << 30  # bytes; what was used longest ago goes first


@dataclass(frozen=True)
class Store:
    """The store in this folder; without a folder nothing is found and nothing kept. No fault of the store is one of the build."""

    folder: Path | None

    def __str__(self) -> str:
        return str(self.folder)

    def take(self, key: str, kept: Sequence[Path]) -> bool:
        """Whether what was kept under this key now stands at these paths, and what stood there is gone."""
        for path in self.folder.glob(f"{key}-*.tar") if self.folder and kept else ():
            with contextlib.suppress(OSError, tarfile.TarError, Refusal):
                if path.stem != f"{key}-{disk.sha256(path)}":
                    path.unlink()
                    continue
                _put_back(path, kept)
                os.utime(path)
                return True
        return False

    def put(self, key: str, kept: Sequence[Path]) -> None:
        """Keeps the files and folders at these paths under this key."""
        if not self.folder or not kept:
            return
        with contextlib.suppress(OSError, Refusal):
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".new-", dir=self.folder) as beside:
                made = _archived(Path(beside, "new.tar"), kept)
                made.rename(self.folder / f"{key}-{disk.sha256(made)}.tar")

    def made(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The bytes kept under this key, else those that are made now, and kept."""
        with tempfile.TemporaryDirectory(prefix="evidence-made-") as beside:
            path = Path(beside, "made")
            if not self.take(key, [path]):
                path.write_bytes(make())
                self.put(key, [path])
            return disk.raw(path)

    def part(self, name: str) -> "Store":
        """A store of its own beside this one's archives: for much that is small."""
        return Store(self.folder / name if self.folder else None)

    def prune(self, most: int = MOST) -> None:
        """Throws away what was used longest ago, until no more than so many bytes are left."""
        if not self.folder:
            return
        with contextlib.suppress(OSError):
            found = sorted(((path.stat().st_mtime, path.stat().st_size, path) for path in self.folder.glob("*.tar")), reverse=True)
            used = 0
            for _, size, path in found:
                used += size
                if used > most:
                    path.unlink(missing_ok=True)


@dataclass(frozen=True)
class Distant(Store):
    """The store at an address that fsspec can read and write. Its owner prunes it: when an archive was used last is not known here."""

    address: str

    def __str__(self) -> str:
        return self.address

    def take(self, key: str, kept: Sequence[Path]) -> bool:
        """As `Store.take`."""
        files, top = _files(self.address)
        with contextlib.suppress(OSError, tarfile.TarError, Refusal), tempfile.TemporaryDirectory(prefix="evidence-taken-") as beside:
            files.invalidate_cache()  # others put there too
            for found in files.glob(f"{top}/{key}-*.tar") if kept else ():
                path = Path(beside, found.rpartition("/")[2])
                files.get_file(found, str(path))
                if path.stem == f"{key}-{disk.sha256(path)}":
                    _put_back(path, kept)
                    return True
                files.rm_file(found)
        return False

    def put(self, key: str, kept: Sequence[Path]) -> None:
        """As `Store.put`."""
        files, top = _files(self.address)
        with contextlib.suppress(OSError, Refusal), tempfile.TemporaryDirectory(prefix=".new-") as beside:
            if kept:
                made = _archived(Path(beside, "new.tar"), kept)
                files.makedirs(f"{top}/.new", exist_ok=True)
                files.put_file(str(made), new := f"{top}/.new/{uuid.uuid4().hex}")
                files.mv(new, f"{top}/{key}-{disk.sha256(made)}.tar")

    def part(self, name: str) -> Store:
        """As `Store.part`."""
        return Distant(None, f"{self.address.rstrip('/')}/{name}")


@cache
def _files(address: str) -> tuple[Any, str]:
    """What reads and writes there, and the folder there.

    Raises:
        Refusal: E437 a kind of address that nothing installed can read.
    """
    import fsspec

    try:
        return fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise Refusal("E437", Place(VARIABLE), f"{address}: {error}") from error


def opened() -> Store:
    """The store of this user: the folder or address that EVIDENCE_STORE names, else a folder in the user's cache; none where it says `off`.

    Raises:
        Refusal: E437 a kind of address that nothing installed can read.
    """
    named = os.environ.get(VARIABLE, "")
    if named == "off":
        return Store(None)
    if "://" in named:
        _files(named)
        return Distant(None, named)
    if named:
        return Store(Path(named).absolute())
    own = os.environ.get("XDG_CACHE_HOME")
    try:
        return Store((Path(own) if own else Path("~/.cache").expanduser()) / "evidence-book")
    except RuntimeError:  # a user without a home
        return Store(None)


def key(task: str, read: Mapping[str, str], kept: Sequence[str]) -> str:
    """The hash of what a task depends on: its name, the hashes of the files it reads by their way, where it leaves what, and the programs it uses.

    >>> key("2019-09: font bold", {"used.txt": "ab"}, ["noto.woff2"]) == key("2019-09: font bold", {"used.txt": "ac"}, ["noto.woff2"])
    False
    """
    told = json.dumps([task, sorted(read.items()), list(kept), programs()], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


@cache
def programs() -> str:
    """Python, the kind of machine and every installed package with its version: the lock says what should be there, this what is."""
    packages = sorted({f"{one.name}=={one.version}" for one in metadata.distributions()})
    return "\n".join([sys.version, platform.system(), platform.machine(), *packages])


def _archived(made: Path, kept: Sequence[Path]) -> Path:
    """The archive, made of the files and folders at these paths."""
    with tarfile.open(made, "w", format=tarfile.PAX_FORMAT) as archive:
        for place, path in enumerate(kept):
            archive.add(path, str(place), filter=_plain)
    return made


def _put_back(archive: Path, kept: Sequence[Path]) -> None:
    kept[0].parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".taken-", dir=kept[0].parent) as beside:
        with tarfile.open(archive) as opened_archive:
            opened_archive.extractall(beside, filter=_dated_now)
        for place, path in enumerate(kept):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            Path(beside, str(place)).replace(path)


def _dated_now(member: tarfile.TarInfo, to: str) -> tarfile.TarInfo:
    """Nothing that leads out of the folder, and with the time at which it is taken: who remembers a file by its time has not seen it."""
    return tarfile.data_filter(member, to).replace(mtime=None, deep=False)  # type: ignore[arg-type]


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without what differs from user to user and from time to time."""
    member.uid = member.gid = member.mtime = 0
    member.uname = member.gname = ""
    return member
