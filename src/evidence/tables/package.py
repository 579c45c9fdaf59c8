"""An edition as a Data Package: the descriptor that tells other programs what its files hold, made from the files themselves.

`evidence package 2019-09` writes `data/2019-09/datapackage.json` anew after a table has changed.
"""

import csv
import hashlib
import io
import json
import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from evidence import disk, root, shapes, words
from evidence.errors import Place, Refusal
from evidence.tables import encoding, ties
from evidence.tables.schema_shape import SCHEMA
from evidence.tables.ties import Tie

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
LICENSE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International / クリエイティブ・コモンズ 表示 4.0 国際",
}


def titles(text: str) -> tuple[str, str]:
    """Both halves of what a schema writes as `Japanese / English`; a text without the sign is the same in both.

    >>> titles("値 / Value"), titles("value")
    (('値', 'Value'), ('value', 'value'))
    """
    ja, _, en = text.partition(" / ")
    return ja, en or ja


def schema(folder: Path, table: str) -> dict[str, Any] | None:
    """The Table Schema of this table, one for all editions; None if there is none."""
    path = folder.parent / "schema" / f"{table}.json"
    return _sound(disk.text(path), disk.shown(path)) if path.exists() else None


@lru_cache(maxsize=256)
def _sound(told: str, file: str) -> dict[str, Any]:
    """The schema that is told so, if it has what the gate asks of it: its parts, each of its kind, and patterns that can be looked for.

    It is the same object for the same text, so that what was judged by it is known again; whoever needs another makes a copy.
    """
    found = disk.recorded(told, Path(file))
    if wrong := shapes.fault(found, SCHEMA):
        raise Refusal("E294", Place(file), wrong)
    try:
        for field in found["fields"]:
            re.compile(field.get("constraints", {}).get("pattern", ""))
    except (re.error, RecursionError, OverflowError) as error:
        raise Refusal("E294", Place(file), f"{field['name']}: {error}") from error
    return found


def schemas(folder: Path) -> dict[str, dict[str, Any]]:
    """The schema of every table as the edition's descriptor keeps it: what it was when the edition was made.

    Raises:
        Refusal: E261 a table that the descriptor does not list, E265 a descriptor or a schema in it that cannot be read.
    """
    ties.of(folder)  # refuses a descriptor that cannot be read
    file = folder / "datapackage.json"
    try:
        found = {part["name"]: part.get("schema", {}) for part in disk.record(file).get("resources", []) if part.get("format", "csv") == "csv"}
    except (KeyError, TypeError, AttributeError) as error:
        raise Refusal("E265", Place(disk.shown(file)), str(error)) from error
    if missing := sorted({path.stem for path in root.tables(folder)} - found.keys()):
        raise Refusal("E261", Place(disk.shown(file), column="resources"), f"{missing[0]}.csv")
    if wrong := next((f"{name}: {told}" for name, one in found.items() if one != {} and (told := shapes.fault(one, SCHEMA))), ""):
        raise Refusal("E265", Place(disk.shown(file)), wrong)
    return found


def descriptor(folder: Path, tie: Tie | None = None) -> dict[str, Any]:
    """The descriptor of the edition in this folder; it depends on nothing but the edition's name, tables, schemas and its tie, kept unless given."""
    tie = tie or ties.of(folder)
    month = folder.name.split("-")[:2]
    return {
        "$schema": PROFILE,
        "name": f"evidence-{folder.name}",
        "title": " / ".join(f"{words.word('book.title', lang)} {folder.name}" for lang in words.LANGUAGES),
        "version": folder.name,
        "created": f"{'-'.join(month)}-01T00:00:00Z",  # the month of the evidence: a clock would make every run differ
        "licenses": [LICENSE],
        **(tie.record if tie else {}),
        "sources": _sources(folder / "sources.csv"),
        "resources": _resources(folder),
    }


def _sources(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    rows = csv.DictReader(io.StringIO(encoding.decoded(disk.raw(path), path.name), newline=""))
    titles = {"title": "{title_ja} / {title_en}", "path": "{address}", "version": "{published}"}
    told = [{name: text.format_map(defaultdict(str, row)) for name, text in titles.items()} for row in rows]
    return [{name: text for name, text in source.items() if text} for source in told]


def _resources(folder: Path) -> list[dict[str, Any]]:
    paths = root.tables(folder)
    return [_resource(path, {path.stem for path in paths}) for path in paths] + [_import(path) for path in root.imports(folder)]


def _import(path: Path) -> dict[str, Any]:
    """What is kept of an import, the recipe or what it was used on: a file that is hashed, not a table."""
    raw = disk.raw(path)
    kind = {".yml": ("yaml", "application/yaml"), ".json": ("json", "application/json")}[path.suffix]
    return {
        "name": f"import-{path.stem}-{kind[0]}",
        "path": f"{path.parent.name}/{path.name}",
        "format": kind[0],
        "mediatype": kind[1],
        "encoding": "utf-8",
        "bytes": len(raw),
        "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}",
    }


def _resource(path: Path, tables: set[str]) -> dict[str, Any]:
    raw = disk.raw(path)
    found = {
        "name": path.stem,
        "type": "table",
        "path": path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(raw),
        "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}",
    }
    told = schema(path.parent, path.stem)
    # Standing in the descriptor, not beside it: a path with `..` is unsafe by the standard and refused by its tools.
    return found | {"schema": _within(told, tables, raw)} if told else found


def _within(schema: dict[str, Any], tables: set[str], raw: bytes) -> dict[str, Any]:
    """The schema without optional columns that the file does not have, and without foreign keys into tables that the edition does not have."""
    head = raw.partition(b"\n")[0].decode("utf-8-sig", errors="replace").strip().split(",")
    schema = schema | {"fields": [field for field in schema["fields"] if field["name"] in head or not field.get("optional")]}
    keys = [key for key in schema.get("foreignKeys", []) if key["reference"].get("resource", "") in tables | {""}]
    return {name: part for name, part in schema.items() if name != "foreignKeys"} | ({"foreignKeys": keys} if keys else {})


def problems(folder: Path, file: str) -> list[Refusal]:
    """E261 a table that the descriptor does not list, E262 one it lists that is not there, E264 one that it describes as it was."""
    try:
        listed = {part["path"]: part for part in disk.parsed(disk.raw(folder / file.rpartition("/")[2]))["resources"]}
        if strange := [path for path in listed if not isinstance(path, str)]:
            raise TypeError(f"path: {strange[0]!r}")
    except (ValueError, KeyError, TypeError) as error:
        return [Refusal("E265", Place(file), str(error))]
    made = {part["path"]: part for part in _resources(folder)}
    found = [Refusal("E261", Place(file, column="resources"), path) for path in sorted(made.keys() - listed.keys())]
    found += [Refusal("E262", Place(file, column="resources"), path) for path in sorted(listed.keys() - made.keys())]
    both = sorted(made.keys() & listed.keys())
    return found + [Refusal("E264", Place(file, column="resources"), path) for path in both if made[path] != listed[path]]


def write(folder: Path, tie: Tie | None = None) -> Path:
    """The descriptor, written into the folder of the edition; `tie` says which edition it goes back to, if it is new."""
    path = folder / "datapackage.json"
    path.write_text(json.dumps(descriptor(folder, tie), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path
