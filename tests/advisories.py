"""Which pinned packages have a known vulnerability, by the open database OSV: `make advisories`, on a machine that reaches it.

Ends with 1 where one is known, and with 2 where the database cannot be asked: what was not looked at is not called sound. The site carries no
script of others but Sphinx's, which the lock pins.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import requests

from evidence.editions.reproduction import pinned

DATABASE = "https://api.osv.dev/v1/querybatch"
LOCKS = ("requirements.lock", "requirements-test.lock")


class Known(NamedTuple):
    """A pinned package and the ids of what is known against it."""

    package: str
    version: str
    advisories: tuple[str, ...]


def known(packages: Iterable[tuple[str, str]], database: str = DATABASE) -> list[Known]:
    """What the database knows against these packages.

    Raises:
        requests.RequestException: it does not answer, or not for each of them.
    """
    every = sorted(set(packages))
    queries = [{"package": {"name": name, "ecosystem": "PyPI"}, "version": version} for name, version in every]
    answer = requests.post(database, json={"queries": queries}, timeout=60)
    answer.raise_for_status()
    results = answer.json().get("results", [])
    if len(results) != len(every):
        raise requests.RequestException(f"{len(results)} of {len(every)} packages answered")
    found = [tuple(one["id"] for one in result.get("vulns", [])) for result in results]
    return [Known(name, version, ids) for (name, version), ids in zip(every, found, strict=True) if ids]


def main() -> int:
    folder = Path(__file__).parents[1]
    packages = [pin for lock in LOCKS for pin in pinned((folder / lock).read_text(encoding="utf-8"))]
    try:
        found = known(packages)
    except requests.RequestException as error:
        print(f"The database of advisories could not be asked: {error}", file=sys.stderr)
        return 2
    for one in found:
        print(f"{one.package} {one.version}: {', '.join(one.advisories)}")
    print(f"{len(set(packages))} packages asked, {len(found)} with a known vulnerability")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
