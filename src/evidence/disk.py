"""Files that somebody gave us, read as plain UTF-8 files or refused by name; and what the system itself refuses, in the user's words."""

import contextlib
import errno
import hashlib
import io
import itertools
import json
import os
import re
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evidence.errors import Place, Refusal

_PARTS = ("_build", "data", "book", "notebooks", "src")  # folders of a project, from which on a path is told
_TOP = ("_config.yml", "_toc.yml", "pyproject.toml", "requirements.lock")  # files that stand in the project's own folder
MB = 1024 * 1024
LARGEST, TEXT = 200 * MB, 50 * MB  # of a file that is read, and of a text or table: what is more, such as a file with a hole, is none of a book
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_TOO_MANY = (errno.EMFILE, errno.ENFILE)
_ASKED = (errno.EACCES, errno.EPERM, errno.EISDIR, errno.ENOTDIR, errno.ENOENT, errno.ELOOP, errno.ENXIO, errno.EIO)  # about the file asked for


def shown(path: str | Path) -> str:
    """The path as messages name it: from the project's own folder on, so that it reads the same on every machine.

    >>> shown("/home/me/book/data/2019-09/claims.csv")
    'data/2019-09/claims.csv'
    >>> shown("/home/me/book/_config.yml")
    '_config.yml'
    """
    parts = Path(path).parts
    if parts[-1:] and parts[-1] in _TOP:
        return parts[-1]
    starts = [place for place, part in enumerate(parts[:-1]) if part in _PARTS]
    return Path(*parts[starts[-1] :]).as_posix() if starts else str(path)


@contextlib.contextmanager
def opened(path: Path, most: int = LARGEST) -> Iterator[io.BufferedReader]:
    """The plain file, open to be read: so that nothing is waited for, and none that would fill the machine.

    Raises:
        Refusal: E292 what is no plain file: a folder, a pipe, a device that never ends; E2121 a file of more than `most` bytes.
        OSError: there is none, or it may not be read.
    """
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as stream:
        told = os.fstat(stream.fileno())
        if not stat.S_ISREG(told.st_mode):
            raise Refusal("E292", Place(shown(path)), "no plain file")
        if told.st_size > most:
            raise Refusal("E2121", Place(shown(path)), f"{told.st_size // MB:,} MB > {most // MB:,} MB")
        yield stream


def plain(path: Path, most: int = LARGEST) -> bytes:
    """The bytes of a plain file; raises as `opened`."""
    with opened(path, most) as stream:
        return stream.read()


@contextlib.contextmanager
def _asked(path: Path) -> Iterator[None]:
    """Tells what the system says of the file asked for as a refusal."""
    try:
        yield
    except OSError as error:
        if error.errno in _ASKED:
            raise Refusal("E292", Place(shown(path)), error.strerror or "") from error
        raise


def raw(path: Path, most: int = LARGEST) -> bytes:
    """The bytes of a plain file.

    Raises:
        Refusal: E292 when there is none that can be read, or as `opened`.
    """
    with _asked(path):
        return plain(path, most)


def sha256(path: Path) -> str:
    """The SHA-256 of a plain file in hexadecimal; raises as `raw`."""
    with _asked(path), opened(path) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def put(path: Path, content: bytes) -> None:
    """Writes a file where there is none or a plain one, so that no reader of a pipe is waited for.

    Raises:
        Refusal: E292 what is no plain file.
        OSError: it cannot be written.
    """
    with open(path, "wb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK, 0o666)) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise Refusal("E292", Place(shown(path)), "no plain file")
        stream.write(content)


def replace(path: Path, content: bytes) -> None:
    """Puts a file there as a whole: written beside it under a hidden name and on the disk before it is renamed, so that no kill leaves half of it.

    A link that lies there is not followed.
    """
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    with beside.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)


def append(path: Path, content: bytes) -> None:
    """Adds to the end of a file, or begins it, as a whole."""
    replace(path, (raw(path) if path.exists() else b"") + content)


def remove(folder: Path) -> None:
    """Removes a folder with all that is in it, however deep; what is not there, or stays whatever is done, is passed over."""
    with contextlib.suppress(RecursionError):
        return shutil.rmtree(folder, ignore_errors=True)
    names = (folder / f"{number}" for number in itertools.count())
    while deeper := [path for outer in _folders(folder) for path in _folders(outer)]:
        outers = _folders(folder)
        for path in deeper:
            path.rename(next(name for name in names if not os.path.lexists(name)))
        for outer in outers:
            shutil.rmtree(outer, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def _folders(folder: Path) -> list[Path]:
    return [Path(entry) for entry in os.scandir(folder) if entry.is_dir(follow_symlinks=False)]


def text(path: Path) -> str:
    """The text of a plain file in UTF-8, its lines ended by LF.

    Raises:
        Refusal: E292 as `raw`, E293 another encoding, with the line.
    """
    content = raw(path, TEXT)
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        start = error.start
        raise Refusal("E293", Place(shown(path), content.count(b"\n", 0, start) + 1), f"0x{content[start]:02x}") from None


def parsed(content: str | bytes) -> Any:
    """What a text in JSON says.

    >>> parsed('{"a": 1}')
    {'a': 1}

    Raises:
        ValueError: it is no JSON, or nested too deeply to be read.
    """
    try:
        return json.loads(content)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def tree(content: bytes, *, mended: bool = False) -> Any:
    """The root of a text in XML, as an element of lxml, nothing outside it fetched and no entity unfolded; None for one that says nothing.

    What was written by others is read without its comments and no deeper than is sound; a drawing, which may be broken, is `mended` as browsers do.

    Raises:
        lxml.etree.XMLSyntaxError: it is no XML.
    """
    from lxml import etree

    return etree.fromstring(
        content,
        etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=mended, recover=mended, remove_comments=not mended,
            remove_pis=not mended,
        ),
    )  # fmt: skip


def loaded(path: Path) -> Any:
    """What a JSON file says.

    Raises:
        Refusal: E292 and E293 as `text`, E294 what is no JSON, with the line.
    """
    return _said(text(path), path)


def record(path: Path) -> dict[str, Any]:
    """The object in a JSON file; raises as `loaded`, and E294 what is no object."""
    return recorded(text(path), path)


def recorded(content: str, path: Path) -> dict[str, Any]:
    """As `record`, of a file whose text is known."""
    found = _said(content, path)
    if not isinstance(found, dict):
        raise Refusal("E294", Place(shown(path), 1), type(found).__name__)
    return found


def _said(content: str, path: Path) -> Any:
    try:
        return parsed(content)
    except json.JSONDecodeError as error:
        raise Refusal("E294", Place(shown(path), error.lineno), error.msg) from error
    except ValueError as error:
        raise Refusal("E294", Place(shown(path)), str(error)) from error


def told(text: str) -> OSError | None:
    """The first error of the system that another program's words name.

    >>> told("Handler for event 'doctree-resolved' threw an exception (exception: [Errno 28] No space left on device)")
    OSError(28, 'No space left on device')
    """
    number = re.search(r"\[Errno (\d+)\]", text)
    return OSError(int(number[1]), os.strerror(int(number[1]))) if number else None


def refused(error: OSError) -> Refusal | None:
    """What the system refused, as a refusal: E430 no room, E431 too many open files, E292 an input, E432 anything else; None for a mistake of ours.

    >>> refused(OSError(28, "No space left on device", "/srv/book/_build/work/x")).code
    'E430'
    >>> refused(shutil.Error([("_build/a", "_build/b", "[Errno 28] No space left on device: '_build/a' -> '_build/b'")])).code
    'E430'
    """
    if isinstance(error, shutil.Error):  # of many files that were not copied, the first says why, in words alone
        found = told(str(error))
        if found is None and error.args and isinstance(error.args[0], list):  # the copier itself refuses a pipe
            return Refusal("E292", Place(shown(error.args[0][0][0])), "no plain file")
        error = found or error
    name = shown(os.fsdecode(error.filename)) if isinstance(error.filename, (str, bytes)) else ""
    known = name.split("/")[0] in _PARTS
    if error.errno in _FULL:
        return Refusal("E430", Place(name or "_build"))
    if error.errno in _TOO_MANY:
        return Refusal("E431", Place(name), error.strerror or "")
    if (error.strerror or "").startswith("No usable temporary directory"):  # the library's own, of whatever kept it from writing there
        return Refusal("E432", Place("TMPDIR"), error.strerror or "")
    if error.errno is None or (error.errno == errno.ENOENT and not known):
        return None
    read = known and not name.startswith("_build") and error.errno != errno.EROFS and not _for_writing(error)
    code = "E292" if read else "E432"
    return Refusal(code, Place(name), error.strerror or type(error).__name__)


def _for_writing(error: OSError) -> bool:
    """Whether a right is missing to write there: what was asked for may be read, or is to be made in a folder that may be entered."""
    path = Path(os.fsdecode(error.filename))
    return error.errno in (errno.EACCES, errno.EPERM) and os.access(path if os.path.lexists(path) else path.parent, os.R_OK)
