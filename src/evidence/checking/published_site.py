"""A published site as it lies in its folder: its editions, and what each says of its figures and values."""

import codecs
import csv
import hashlib
import io
import re
import zipfile
from functools import cached_property
from pathlib import Path
from typing import Any

from evidence import disk, zips
from evidence.checking import catalogues
from evidence.citing.citations import DIGITS, digits
from evidence.errors import Place, Refusal
from evidence.tables import lineage, packed

SUMS = "SHA256SUMS"
CODE = "code.zip"  # what the whole edition was made with
PACKAGE = "datapackage.json"
KINDS = ("figures", "values")
_DECIMAL = re.compile(r"^(-?[0-9]+),([0-9]+)$")


class Edition:
    """One edition of the site; everything is read once, when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.name = folder, folder.name

    @cached_property
    def sums(self) -> dict[str, str]:
        """SHA-256 of every file by its path in the edition.

        Raises:
            Refusal: E605 when the list is missing or a line of it is not a hash and a path inside the edition.
        """
        place = Place(f"{self.name}/{SUMS}")
        try:
            lines = disk.text(self.folder / SUMS).splitlines()
        except Refusal as refused:
            raise Refusal("E605", place, refused.found) from refused
        found = {}
        for number, text in enumerate(lines, start=1):
            hash, _, path = text.partition("  ")
            inside = path and not path.startswith("/") and ".." not in path.split("/") and path not in found
            if len(hash) != 64 or set(hash) - set("0123456789abcdef") or not inside:
                raise Refusal("E605", Place(place.file, number), text)
            found[path] = hash
        return found

    def raw(self, path: str) -> bytes:
        """The bytes of this file of the edition, which are those that its list promises.

        Raises:
            Refusal: E601 other bytes.
        """
        raw = disk.raw(self.folder / path)
        if sha256(raw) != self.sums.get(path):
            raise Refusal("E601", Place(f"{self.name}/{path}"), path)
        return raw

    @cached_property
    def records(self) -> dict[str, dict[str, dict[str, Any]]]:
        """What the edition says of its figures and values: kind -> id -> record.

        Raises:
            Refusal: E608 a list that cannot be read, E297 an id in it that is none.
        """
        return {kind: catalogues.records(self.folder, f"{kind}.json") for kind in KINDS}

    @cached_property
    def columns(self) -> dict[str, dict[str, str]]:
        """What the columns of each data file are called, by its path and their names, in both languages; of an edition that does not say, none."""
        listed = catalogues.read(self.folder, PACKAGE)["resources"] if (self.folder / PACKAGE).is_file() else []
        fields = {part["path"]: part.get("schema", {}).get("fields", []) for part in listed}
        return {path: {field["name"]: field.get("title", field["name"]) for field in told} for path, told in fields.items()}

    @cached_property
    def code(self) -> dict[str, bytes]:
        """The files that the edition was made with, by their paths in the project; none of an edition that did not publish them.

        Raises:
            Refusal: E601 an archive that is not the listed one, E608 one that cannot be read, or that unfolds to too much.
        """
        if CODE not in self.sums:
            return {}
        raw, place = self.raw(CODE), Place(f"{self.name}/{CODE}")
        try:
            if told := packed.fault(raw, packed.PAPER):
                raise Refusal("E608", place, told)
            return zips.unzipped(raw)
        except zipfile.BadZipFile as error:
            raise Refusal("E608", place, str(error)) from error

    def digits(self, kind: str, id: str) -> str:
        """The twelve digits of the figure's data or of the value; empty where the edition does not have it."""
        record = self.records[kind].get(id)
        return "" if record is None else digits(record) if kind == "values" else record["sha256"][:DIGITS]

    def files(self, id: str) -> list[str]:
        """The paths of the figure's files in the edition."""
        return [path for path in self.sums if path.startswith(f"figures/{id}/")]

    def data(self, id: str) -> list[dict[str, str]]:
        """The rows of the figure's data file."""
        return rows(disk.raw(self.folder / "figures" / id / f"{id}.csv"))


class Site:
    """The folder of a published site: `_build/html`, or a copy of it. Its editions stand in the order of their lineage, the oldest first.

    Raises:
        Refusal: E606 when it has none, E609 when they do not say how they follow each other.
    """

    def __init__(self, folder: Path) -> None:
        found = [path.parent for path in folder.glob(f"*/{SUMS}")]
        if not found:
            raise Refusal("E606", Place(str(folder)))
        self.lineage = lineage.published(found)
        self.editions = [Edition(folder / name) for name in self.lineage.order]

    def edition(self, name: str) -> Edition | None:
        """The edition of this name, if the site has it."""
        return next((edition for edition in self.editions if edition.name == name), None)

    def having(self, kind: str, id: str) -> list[Edition]:
        """The editions that have this figure or value, the oldest first."""
        return [edition for edition in self.editions if id in edition.records[kind]]

    @cached_property
    def named(self) -> dict[str, frozenset[str]]:
        """The ids of each kind, as `ids`."""
        return {kind: frozenset(self.ids(kind)) for kind in KINDS}

    @cached_property
    def names(self) -> frozenset[str]:
        """What is told apart from any other word: names of editions, digits, ids of several words, and the anchors of values."""
        ids = (id for kind in KINDS for id in self.named[kind] if "-" in id)
        anchors = (f"value-{id}" for id in self.named["values"])
        return frozenset([*ids, *anchors, *self.by_digits, *self.lineage.order])

    @cached_property
    def by_digits(self) -> dict[str, tuple[str, str, str]]:
        """Edition, kind and id of everything published, by its digits; of several editions the newest."""
        return {one.digits(kind, id): (one.name, kind, id) for one in self.editions for kind in KINDS for id in one.records[kind]}

    def ids(self, kind: str) -> list[str]:
        """Every id of this kind that was ever published here."""
        return sorted({id for edition in self.editions for id in edition.records[kind]})


def sha256(raw: bytes) -> str:
    """The SHA-256 of these bytes in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def rows(raw: bytes) -> list[dict[str, str]]:
    """The rows of a data file, whatever program saved it: in UTF-8, in UTF-16 or in the Japanese encoding of Excel, parted by commas, tabs, or by
    semicolons as Excel does where the comma is the decimal sign.

    >>> rows(b"id,value\\r\\na,1\\r\\n") == rows("id\\tvalue\\na\\t1\\n".encode("utf-16")) == rows(b"id;value\\na;1\\n")
    True
    >>> rows(b"id;value\\na;1,5\\n")
    [{'id': 'a', 'value': '1.5'}]
    """
    text = _text(raw)
    head = text.partition("\n")[0]
    parted = max(",\t;", key=head.count)
    found = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=parted))
    if parted != ";":
        return found
    return [{name: _DECIMAL.sub(r"\1.\2", cell) if isinstance(cell, str) else cell for name, cell in row.items()} for row in found]


def _text(raw: bytes) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp932", errors="replace")
