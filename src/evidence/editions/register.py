"""The register of published editions, `data/published.csv`: which bytes were promised, and since when. Rows are only ever added at the end.

What is promised is everything a reader or citer sees: the SHA-256 of the lines of SHA256SUMS without those of `edition.json`,
`ro-crate-metadata.json` and `code.zip`. These say and hold what an edition was made of, and differ with every commit though nothing else does:

    grep -v -e '  edition.json$' -e '  ro-crate-metadata.json$' -e '  code.zip$' SHA256SUMS | sha256sum
"""

import csv
import hashlib
import io
from pathlib import Path

from evidence import disk
from evidence.checking import published_site
from evidence.checking.published_site import CODE
from evidence.editions import freezing
from evidence.errors import Place, Refusal, Refusals
from evidence.tables import gate

FILE = "published.csv"
COLUMNS = ("edition", "date", "sha256")
MADE_OF = ("edition.json", "ro-crate-metadata.json", CODE)


def promised(data: Path) -> dict[str, str]:
    """The sum of every published edition, by its name; none where nothing was published."""
    return {row["edition"]: row["sha256"] for row in gate.register(data, Path(FILE).stem)}


def total(folder: Path) -> str:
    """The sum of all files of a frozen edition but those that say what it was made of."""
    lines = disk.text(folder / published_site.SUMS).splitlines(keepends=True)
    kept = "".join(line for line in lines if line.rstrip("\n").partition("  ")[2] not in MADE_OF)
    return hashlib.sha256(kept.encode()).hexdigest()


def broken(known: dict[str, str], folders: list[Path]) -> list[Refusal]:
    """E502 for each of these editions that is not what was promised of it."""
    found = [(folder.name, known[folder.name], total(folder)) for folder in folders if folder.name in known]
    return [Refusal("E502", Place(f"data/{FILE}", column=name), f"{name} {was[:12]} → {now[:12]}") for name, was, now in found if was != now]


def altered(data: Path, folder: Path, sealed: str = "") -> list[Refusal]:
    """E501 for each file that is not what it was when the edition in this folder was frozen; else E502 where its sum is not the one promised.

    `sealed` is the hash of its list as the build made it, where that is known: else a list that was changed with a file tells of neither.
    """
    differing = [published_site.SUMS] if sealed and disk.sha256(folder / published_site.SUMS) != sealed else []
    changed = [Refusal("E501", Place(f"{folder.name}/{file}")) for file in (*differing, *freezing.changed(folder))]
    return changed or broken(promised(data), [folder])


def enter(data: Path, folder: Path, day: str) -> bool:
    """Whether the edition in this folder was entered with its sum; one that stands there already is not entered again.

    Raises:
        Refusals: as `altered`.
    """
    if problems := altered(data, folder):
        raise Refusals(problems)
    if folder.name in promised(data):
        return False
    text, path = io.StringIO(), data / FILE
    rows = csv.writer(text, lineterminator="\n")
    rows.writerows([*([] if path.exists() else [COLUMNS]), (folder.name, day, total(folder))])
    disk.append(path, text.getvalue().encode())
    return True
