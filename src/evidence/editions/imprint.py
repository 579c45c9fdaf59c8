"""Who publishes the book and where an error is reported, from `data/publisher.yml`, and what a site carries to prove it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evidence import disk
from evidence.book import settings
from evidence.checking import signatures
from evidence.errors import Place, Refusal
from evidence.words import LANGUAGES

FILE = "publisher.yml"


@dataclass(frozen=True)
class Imprint:
    """`publisher` and `author` by language, and the `contact`; `closed` is a site of a closed network, which has no address.

    `proofs` are files of the site by their path.
    """

    publisher: Mapping[str, str] = field(default_factory=dict)
    contact: str = ""
    closed: bool = False
    author: Mapping[str, str] = field(default_factory=dict)
    proofs: Mapping[str, bytes] = field(default_factory=dict)

    def lacking(self, address: str) -> list[Refusal]:
        """E503 for each thing that an edition is not published without."""
        lacks = [f"publisher: {lang}" for lang in LANGUAGES if not self.publisher.get(lang)]
        lacks += [] if self.publisher.get("en", "").isascii() else ["publisher: en (ASCII)"]  # it is signed, and minisign takes no other
        lacks += [] if self.contact else ["contact"]
        lacks += [] if address or self.closed else ["html.baseurl (_config.yml) | closed_network: true"]
        return [Refusal("E503", Place(f"data/{FILE}"), what) for what in lacks]


def read(data: Path) -> Imprint:
    """What the folder `data` says of the publisher; nothing where it has no file of it.

    Raises:
        Refusal: E422 a file that is no plain YAML, E504 a key in it that means nothing, or a value of another kind.
    """
    told = settings.read(data / FILE) if (data / FILE).is_file() else {}
    kinds: dict[str, type] = {"publisher": dict, "author": dict, "contact": str, "closed_network": bool}
    for name, value in told.items():
        if name not in kinds or not isinstance(value, kinds[name]):
            raise Refusal("E504", Place(f"data/{FILE}", column=str(name)), f"{name}: {value}")
    publisher, author = (_named(told.get(name, {})) for name in ("publisher", "author"))
    return Imprint(publisher, told.get("contact", ""), told.get("closed_network", False), author, _proofs(data))


def _named(given: dict[str, Any]) -> dict[str, str]:
    return {lang: str(given.get(lang) or "") for lang in LANGUAGES}


def _proofs(data: Path) -> dict[str, bytes]:
    """The public key and the signatures, by their path in the site."""
    found = [data / signatures.PUBLIC, *sorted((data / signatures.FOLDER).glob(f"*{signatures.ENDING}"))]
    return {path.relative_to(data).as_posix(): disk.raw(path) for path in found if path.is_file()}
