"""Weighs a site: what each kind of file and page takes of it, and how many exhibits are heavy.

    python benchmarks/weight.py [SITE]

SITE is the folder of a built site, `_build/html` where none is named. Bytes are counted as they lie there, unpacked.
"""

import sys
from collections import Counter
from pathlib import Path

HEAVY = 400_000  # bytes of an exhibit in all its files and both languages
PARTS = {"figures": "exhibit", "values": "value"}  # folders, in an edition or beside them: what a page there is of


def kind(path: Path) -> str:
    """What a file is, by its path within the site.

    >>> kind(Path("2019-09/ja/workings-trends.html")), kind(Path("2019-09/figures/a/index.html")), kind(Path("values/a/index.html"))
    ('workings .html', 'exhibit .html', 'history of value .html')
    >>> kind(Path("2019-09/ja/book.pdf")), kind(Path("2019-09/figures/a/a.ja.pdf"))
    ('.pdf', 'exhibit .pdf')
    """
    first, *rest = path.parts
    if first in PARTS:
        return f"history of {PARTS[first]} {path.suffix}"
    if rest and rest[0] in PARTS:
        return f"{PARTS[rest[0]]} {path.suffix}"
    return f"workings {path.suffix}" if path.name.startswith("workings-") else path.suffix or path.name


def weights(site: Path) -> Counter[str]:
    """Bytes by kind of file."""
    told: Counter[str] = Counter()
    for path in site.rglob("*"):
        if path.is_file():
            told[kind(path.relative_to(site))] += path.stat().st_size
    return told


def exhibits(site: Path) -> list[int]:
    """Bytes of each exhibit of each edition."""
    return [sum(path.stat().st_size for path in folder.iterdir()) for folder in site.glob("*/figures/*")]


def main() -> None:
    """Prints the table."""
    site = Path(sys.argv[1] if len(sys.argv) > 1 else "_build/html")
    told, own = weights(site), exhibits(site)
    for name, bytes in [*told.most_common(), ("all", told.total())]:
        print(f"{name:24} {bytes / 1e6:7.2f} MB")
    print(f"{sum(one > HEAVY for one in own)} of {len(own)} exhibits are over {HEAVY / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
