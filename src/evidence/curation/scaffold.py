"""A new row begun: what is told of it, what follows from the table, and in both languages a place to fill in where words are still to be written."""

import csv
import io
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evidence import words
from evidence.curation import intake, names, units
from evidence.curation.intake import Asked
from evidence.curation.merging import Taken
from evidence.errors import Place, Refusal, Refusals
from evidence.nearest import near
from evidence.runs import scratch
from evidence.tables import gate, package
from evidence.tables.facts import UNWRITTEN

TABLES = {"source": "sources", "entity": "entities", "measure": "measures", "indicator": "indicators", "value": "values", "exhibit": "exhibits"}
NAMED = ("measure",)  # kinds whose texts are a few words each, asked for with the rest; other texts are left to write
_TEXT = re.compile(r"_(?:ja|en)$")
_NUMBERED = re.compile(r"([A-Z]+)(\d+)")
SHOWN = 16  # choices named in a question


def schema(data: Path, edition: str, kind: str) -> dict[str, Any]:
    """The schema of the table that a row of this kind goes into.

    Raises:
        Refusal: E2111 an unknown kind, and as `intake.opened`.
    """
    if kind not in TABLES:
        raise Refusal("E2111", Place("evidence add"), near(kind, list(TABLES)))
    return intake.opened(data, edition, Asked(Path(), TABLES[kind]))


def begun(data: Path, edition: str, kind: str, told: Mapping[str, str]) -> dict[str, str]:
    """The row as far as it is known: what is told, what follows from the rows there are, and places to fill in for words.

    Raises:
        Refusal: as `schema`; E233 a column that the table does not have.
    """
    fields = schema(data, edition, kind)["fields"]
    columns = [field["name"] for field in fields]
    if strange := [name for name in told if name not in columns]:
        raise Refusal("E233", Place("evidence add"), near(strange[0], columns))
    there = rows(data / edition, TABLES[kind])
    row = {name: told.get(name, "") for name in columns}
    row["id"] = row["id"] or _id(there, row)
    if "order" in row and not row["order"]:
        row["order"] = str(1 + max((int(other["order"]) for other in there if other["order"].isdecimal()), default=0))
    row |= _unit_words(there, row)
    for name in columns if kind not in NAMED else ():
        twin = _TEXT.sub("", name)
        beside = any(row.get(f"{twin}_{lang}") for lang in ("ja", "en"))  # one language is told, so the other is owed
        if _TEXT.search(name) and not row[name] and (_required(fields, name) or beside):
            row[name] = UNWRITTEN
    return row


def owed(data: Path, edition: str, kind: str, row: Mapping[str, str]) -> Iterator[tuple[str, str, list[str]]]:
    """What must be chosen and is not yet: its column, what it is, and the ids or codes that it may be; words of a unit once the unit is told."""
    told = schema(data, edition, kind)
    choices = {column: sorted(set(ids.values())) for column, ids in names.known(data / edition, told).items()}
    for field in told["fields"]:
        if _required(told["fields"], field["name"]) and not row[field["name"]] and (row.get("unit") or field["name"] not in units.SAID):
            yield field["name"], field.get("title", ""), choices.get(field["name"], [])


def planned(data: Path, edition: str, kind: str, row: Mapping[str, str]) -> Taken:
    """What adding the row would do; nothing is written.

    Raises:
        Refusals: E2109 what must be told and is not, all at once; E2112 a row that is there already; and as `intake.plan`.
    """
    table = TABLES[kind]
    if missing := [needed(column, ids) for column, _, ids in owed(data, edition, kind, row)]:
        raise Refusals([Refusal("E2109", Place("evidence add", column=kind), one) for one in missing])
    if row["id"] in {other["id"] for other in rows(data / edition, table)}:
        raise Refusal("E2112", Place(f"data/{edition}/{table}.csv", column="id"), row["id"])
    with tempfile.TemporaryDirectory(dir=scratch.folder()) as folder:
        file = Path(folder) / f"{table}.csv"
        text = io.StringIO()
        writer = csv.DictWriter(text, list(row), lineterminator="\n")
        writer.writeheader()
        writer.writerow(row)
        file.write_text(text.getvalue(), encoding="utf-8")
        units.learnt(row)
        return intake.plan(data, edition, Asked(file, table))


def needed(column: str, ids: list[str]) -> str:
    """What must be told, as one tells it, with some of what it may be."""
    told = ", ".join(ids[:SHOWN]) + (", …" if len(ids) > SHOWN else "")
    return f"{column}=… ({told})" if ids else f"{column}=…"


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table of the edition in this folder; none where it has no such table."""
    path, told = folder / f"{table}.csv", package.schema(folder, table)
    return list(gate.rows(path, told)[0]) if path.exists() and told else []


def _required(fields: list[dict[str, Any]], name: str) -> bool:
    return any(field["name"] == name and field.get("constraints", {}).get("required") for field in fields)


def _unit_words(rows: list[dict[str, str]], row: Mapping[str, str]) -> dict[str, str]:
    """The words of the row's unit, where every row that has the unit words it alike, or none has it and the book knows it.

    >>> _unit_words([{"unit": "jpy-m", "unit_ja": "百万円"}, {"unit": "pct", "unit_ja": "%"}], {"unit": "jpy-m", "unit_ja": ""})
    {'unit_ja': '百万円'}
    >>> _unit_words([], {"unit": "persons", "unit_en": ""}), _unit_words([], {"unit": "k-persons", "unit_en": ""})
    ({'unit_en': 'persons'}, {})
    """
    found: dict[str, str] = {}
    for name in (name for name in row if name.startswith("unit_") and not row[name]):
        said = {other[name] for other in rows if row["unit"] and other["unit"] == row["unit"]}
        said = said or ({words.unit(row["unit"], name.removeprefix("unit_"), " ")} if units.known(row["unit"]) else said)
        found |= {name: said.pop()} if len(said) == 1 else {}
    return found


def _id(rows: list[dict[str, str]], row: Mapping[str, str]) -> str:
    """The next number where the rows are numbered; else what its English name or title makes.

    >>> _id([{"id": "S01"}, {"id": "S102"}], {}), _id([], {"name_en": "Articles with authors abroad"}), _id([], {})
    ('S103', 'articles-with-authors-abroad', '')
    """
    numbered = [found for other in rows if (found := _NUMBERED.fullmatch(other["id"]))]
    if rows and len(numbered) == len(rows):
        last = max(numbered, key=lambda found: int(found[2]))
        return f"{last[1]}{int(last[2]) + 1:0{len(last[2])}}"
    said = row.get("name_en") or row.get("title_en") or ""
    return re.sub(r"[^a-z0-9]+", "-", said.lower()).strip("-") if said.isascii() else ""
