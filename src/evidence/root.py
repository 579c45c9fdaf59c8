"""Where the project and its editions are, what may name them, and which files are its own: found without importing anything heavy."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from evidence import disk, unseen
from evidence.errors import Place, Refusal, Refusals, visible

CODE = Path(__file__).parent  # of the code that runs
_LEFT = re.compile(  # by systems, editors, merges and hosts of files
    r"\..*|_build|__pycache__|.*~|~\$.*|#.*#|.*\.(?:pyc|orig|rej|bak)|(?i:thumbs\.db|desktop\.ini)|Icon\r|@eaDir|__MACOSX", re.DOTALL
)


def folder() -> Path:
    """Folder of the project: the nearest folder at or above this one that holds data/schema, or EVIDENCE_ROOT.

    Raises:
        Refusal: E220 when there is none; E295 when the code that runs is that of another project and EVIDENCE_ROOT does not ask for it.
    """
    named = os.environ.get("EVIDENCE_ROOT")
    here = Path(named).absolute() if named else Path.cwd()
    for candidate in (here, *here.parents):
        if (candidate / "data" / "schema").is_dir():
            return candidate if named else _at_home(candidate)
    raise Refusal("E220", Place(str(here)))


def _at_home(project: Path) -> Path:
    """The project, if the code that runs is its own: in a copy, the command may still be that of the original."""
    own, whose = project / "src" / "evidence", CODE.parents[1]
    if own.is_dir() and own.samefile(CODE):
        return project
    if not own.is_dir() and not (whose / "data" / "schema").is_dir():  # data alone, read with an installed package
        return project
    raise Refusal("E295", Place(str(project)), str(whose))


def files(top: Path) -> Iterator[Path]:
    """The files at or below `top` that people wrote: what systems, editors and runs by hand leave beside them is not among them.

    Hidden files are such leavings (`.DS_Store`, `._claims.csv`, LibreOffice's `.~lock.claims.csv#`), as are backups, `__pycache__` and the
    `_build` of a notebook that was run where it stands. A link is followed within the project only: what lies elsewhere is in no commit,
    and would be published though it was never put into the project.

    Raises:
        Refusals: E292 what is neither file nor folder, E2120 a link that leads out of the project, to what is no file of its own or to a folder that
            stands here already, E2122 a name that is not in UTF-8 or has what cannot be seen: all of them.
    """
    found: list[Path] = []
    faults: list[Refusal] = []
    if top.is_dir():
        _listed(top, {top.resolve()}, found, faults)
    elif os.path.lexists(top):
        found, faults = ([top], []) if top.is_file() else ([], [Refusal("E292", Place(disk.shown(top)), _strange(top))])
    if faults:
        raise Refusals(faults)
    return iter(found)


def _listed(folder: Path, known: set[Path], found: list[Path], faults: list[Refusal]) -> None:
    """Adds the files of this folder and of those below it, and what is wrong with them; a folder that is `known` is not entered again."""
    below: list[Path] = []
    with os.scandir(folder) as entries:
        for entry in sorted((entry for entry in entries if not _LEFT.fullmatch(entry.name)), key=lambda entry: entry.name):
            path = folder / entry.name
            if fault := _fault(path, entry, known):
                faults.append(fault)
            elif entry.is_dir():
                below.append(path)
                known.update([path.resolve()] if entry.is_symlink() else ())
            else:
                found.append(path)
    for path in below:
        _listed(path, known, found, faults)


def _fault(path: Path, entry: os.DirEntry[str], known: set[Path]) -> Refusal | None:
    """What keeps this from being a file or folder of the project."""
    place = disk.shown(path)
    if unseen.odd(entry.name):
        return Refusal("E2122", Place(_written_out(place)))
    if not (path.is_file() or path.is_dir()) if entry.is_symlink() else not (entry.is_file() or entry.is_dir()):
        return Refusal("E292", Place(place), _strange(path))
    if entry.is_symlink():
        to = path.resolve()
        if strayed(path) or (entry.is_dir() and any(one.is_relative_to(to) or to.is_relative_to(one) for one in known)):
            return Refusal("E2120", Place(place), str(path.readlink()))
    return None


def strayed(path: Path) -> bool:
    """Whether this is a link to something that is no file or folder of the project's own; one that leads nowhere is told by who reads it."""
    if not path.is_symlink() or not path.exists():
        return False
    to = path.resolve()
    home = next((one for one in path.parents if (one / "data" / "schema").is_dir()), path.parents[-1]).resolve()
    return not to.is_relative_to(home) or any(_LEFT.fullmatch(part) for part in to.relative_to(home).parts)


def _written_out(name: str) -> str:
    """The name with bytes that are no text, and characters that break the line, as their escapes."""
    return visible(os.fsencode(name).decode("utf-8", "backslashreplace")).replace("\n", "\\n")


def _strange(path: Path) -> str:
    """Why this is no file that can be read: a link that leads nowhere or in a circle in the system's words."""
    try:
        path.stat()
    except OSError as error:
        return error.strerror or ""
    return "no plain file"


def copy(top: Path, to: Path) -> None:
    """Copies the own files of a folder, their bytes alone: a copy of what may not be written can be written."""
    for path in files(top):
        target = to / path.relative_to(top)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def tables(edition: Path) -> list[Path]:
    """The tables in the folder of an edition."""
    return [path for path in sorted(edition.glob("*.csv")) if not _LEFT.fullmatch(path.name)]


def imports(edition: Path) -> list[Path]:
    """What the edition keeps of its imports: recipes, and beside each what it was used on."""
    return [path for path in sorted((edition / "imports").glob("*")) if path.suffix in (".yml", ".json") and not _LEFT.fullmatch(path.name)]


LONGEST = 200  # characters of an id; with language and kind it is still the name of a file
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE | re.DOTALL)
_NAME = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])(?:-[cr][1-9][0-9]{0,2})?", re.ASCII)


def valid(name: str) -> str:
    """The name, if it may be an edition's: the month of its evidence, with -c1 for a correction or -r1 for a revision.

    >>> valid("2026-11"), valid("2019-09-c1")
    ('2026-11', '2019-09-c1')

    Raises:
        Refusal: E267 for anything else, paths and look-alike letters included.
    """
    if not _NAME.fullmatch(name):
        raise Refusal("E267", Place("data"), name)
    return name


def device(name: str) -> bool:
    """Whether a file or folder of this name is a device of Windows: a site that has one cannot be copied to a share there.

    >>> device("aux.csv"), device("con-a"), device("LPT1")
    (True, False, True)
    """
    return bool(_DEVICE.fullmatch(name))


def identifier(text: str, place: str = "") -> str:
    """The text, if it may be an id: asked before any path is made of it.

    >>> identifier("budget-growth-range")
    'budget-growth-range'

    Raises:
        Refusal: E297 for anything else: paths, dots, other letters, a text longer than a file's name may be, a device of Windows.
    """
    if not _ID.fullmatch(text) or len(text) > LONGEST or device(text):
        raise Refusal("E297", Place(place), text)
    return text


def editions(data: Path) -> list[str]:
    """The names of the editions in this folder, those of its folders that have a datapackage.json; sorted, which is not their order in time."""
    return sorted(path.parent.name for path in data.glob("*/datapackage.json"))


def edition(data: Path, name: str) -> Path:
    """The folder of the edition of this name in the folder `data`.

    Raises:
        Refusal: E221 when there is none, with the names of the editions there are; a name that is a path is none of them.
    """
    known = editions(data)
    if name not in known:
        raise Refusal("E221", Place("data"), f"{name} ({', '.join(known)})")
    return data / name
