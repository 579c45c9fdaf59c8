"""Exhibits and values: what a notebook shows, written with its words, sources and data under one permanent id.

A notebook opens one `Chapter` and hands it tables, charts and numbers. What comes out are files:
`<id>.json` (the record the book shows), `<id>.csv` (the data), `<id>.svg` (the drawing), `<id>.vl.json` (its specification in
Vega-Lite) and `values.json`.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd

from evidence import disk, root, words
from evidence.charts import look, narrow
from evidence.citing.citations import DIGITS
from evidence.errors import Place, Refusal
from evidence.exhibits import data_files, indicators, parts, printed, subjects
from evidence.exhibits.basis import Basis, Grounds, document, undated
from evidence.nearest import near
from evidence.runs import selection
from evidence.tables.edition import Edition

GUARD = "! "  # before a note without which the figure misleads: it is set in the picture itself and goes wherever that goes
ROW = 8  # cells by which a refusal names a row
ALT_ROWS = 12  # rows read out in an alt text; the rest stand in the data table below the figure
_PLACEHOLDER = re.compile(r"\{([a-z0-9-]+)\}")


class Shown:
    """What a notebook cell displays: the text always, the drawing or table where there is one, and which exhibit that is."""

    def __init__(self, text: str, html: str = "", exhibit: str = "") -> None:
        self._shown = {"text/plain": text} | ({"text/html": html} if html else {}), {"exhibit": exhibit} if exhibit else {}

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, str]]:
        return self._shown


class Chapter:
    """One run of one notebook: its exhibits and values, in one language.

    `subject` is the programme or funder a profile is about; it ends the ids of the profile's exhibits, and `{name}` in
    their words is its name. In a title, subtitle, note or alt text `{id}` stands for the value of that id, set before.
    `turned` are cells of an indicator's row that the run is told otherwise; its words follow.
    """

    def __init__(self, name: str, edition: Edition, lang: str, out: str, subject: str = "", *, turned: Mapping[str, str] | None = None) -> None:
        self._name, self._lang, self._subject = name, lang, subject
        self._out = root.folder() / out  # wherever the notebook is run by hand
        self._out.mkdir(parents=True, exist_ok=True)
        self._register = indicators.register(edition, name, subject, turned or {})
        self._edition, self._sources = edition, parts.rows(edition, "sources")
        self._names, self._grounds = parts.values(edition), Grounds(edition)
        self._called = subjects.called(edition, lang, name)[subject] if subject else ""
        self._texts: dict[str, str] = {}
        self._values: dict[str, dict[str, Any]] = {}

    def figure(
        self, id: str, chart: alt.TopLevelMixin, table: pd.DataFrame, *, counted: str = "", assumed: str = "", may_be_empty: bool = False,
        holds: pd.DataFrame | tuple[pd.DataFrame, ...] = (),
    ) -> Shown:  # fmt: skip
        """The drawing of the table, kept under this id; the chart's described marks must be the table's rows, one each.

        Its basis is what the rows name in `claims` and `observations`; `counted` names the tables whose rows it counts or lists, `assumed` the
        parameters of a what-if. `may_be_empty` is for exhibits where "none" is a result, such as the numbers that an edition revised; `holds` are
        the rows that break what the title says, as `analysis.findings` gives them: there must be none.

        Raises:
            Refusal: E310 when a row was not drawn, E311 when the id is not in exhibits.csv, E312 when nothing is to draw, E315 when its words
                name a value that was not set before, E340 or E341 when it or one of its rows rests on what is not there or on nothing, E347 when
                its title no longer holds.
        """
        if table.empty and not may_be_empty:
            raise Refusal("E312", Place("exhibits.csv", column=id), id)
        guards = self._guards(id)
        told, other = narrow.parted(chart.to_dict(validate=False))
        spec = look.guarded(told, guards, self._lang)
        svg = look.drawn(spec, published=True)
        marks = look.descriptions(svg)
        if len(marks) != len(table):
            raise Refusal("E310", Place("exhibits.csv", column=id), f"{len(marks)} / {len(table)}")
        record = self._record(id, table, "figure", counted, assumed)
        self._held(record["title"], id, holds)
        record["alt"] = " ".join([_sentence(record["alt"], marks, self._lang), *map(_ended, guards)])
        svg = look.own_ids(svg, record["id"])
        slim = look.own_ids(narrow.narrow(other, guards, self._lang), f"{record['id']}-narrow")
        for name, drawing in (("svg", svg), ("narrow.svg", slim)):  # the latter is empty where there is none
            (self._out / f"{record['id']}.{name}").write_text(drawing, encoding="utf-8")
        _write(self._out / f"{record['id']}.vl.json", spec)  # what others draw it with, and the slide its bars
        self._keep(record, table)
        return Shown(record["alt"], f'<div class="drawing" role="img" tabindex="0" aria-label="{escape(record["title"])}">{svg}</div>', record["id"])

    def table(
        self, id: str, table: pd.DataFrame, *, counted: str = "", assumed: str = "", may_be_empty: bool = False,
        holds: pd.DataFrame | tuple[pd.DataFrame, ...] = (),
    ) -> Shown:  # fmt: skip
        """The table, kept under this id; its basis, and whether its title holds, are told as those of a figure.

        Raises:
            Refusal: E311 when the id is not in exhibits.csv, E312 when the table has no rows, E315 to E347 as for a figure.
        """
        if table.empty and not may_be_empty:
            raise Refusal("E312", Place("exhibits.csv", column=id), id)
        record = self._record(id, table, "table", counted, assumed)
        self._held(record["title"], id, holds)
        self._keep(record, table)
        return Shown(record["title"], printed.seen(table, self._lang).to_html(index=False, border=0), record["id"])

    def value(
        self, id: str, number: float | tuple[float, float], *, basis: str = "", counted: str = "", assumed: str = "", formula: str = "",
        tests: str = "", qualifier: str = "",
    ) -> Shown:  # fmt: skip
        """One number that sentences may quote as `{value}` by this id; its name, unit and digits stand in values.csv.

        `basis` are the claims and observations it rests on, `counted` the tables whose rows it counts, `assumed` the parameters it depends on;
        `formula` names a word (`formula.<name>`), and a number without one must stand in a row it rests on. `tests` are the claims it is held
        against, on which it does not rest.

        Raises:
            Refusal: E340 a row or table that is not there, E341 a number that rests on nothing, E342 one that stands in no row it rests on,
                E343 one that values.csv does not name, E351 one that has neither a period nor the reason why not.
        """
        named = self._named(root.identifier(id, self._name))
        low, high = number if isinstance(number, tuple) else (number, number)
        pair, unit, ids = (float(low), float(high)), named["unit"], basis.split()
        if not (formula or counted or assumed):  # read: in which of the rows
            ids = [one for one in ids if self._grounds.says(one, pair, unit)] or ids
        found = self._grounds.basis(id, ids, counted, assumed)
        making = self._grounds.making(found, pair, unit, formula, id)
        read = self._grounds.rows(found.ids) if making == "read" else []
        qualifier = qualifier or (read[0].qualifier if read else "")
        digits = None if pd.isna(named["digits"]) else int(named["digits"])
        text = words.quantity(number, unit, self._lang, digits, qualifier, found.period)
        reason = named.get("undated", "")
        if undated(found.period, making, reason):
            raise Refusal("E351", Place("values.csv", column=id, edition=self._edition.name), f"{id}: {' '.join([*ids[:3], reason])}".rstrip())
        own = f"{id}-{self._subject}" if self._subject and found.ids != (id,) else id
        self._texts[own] = text
        self._values[own] = found.record() | {
            "id": own, "chapter": self._name, "period": found.period or reason,
            "name": named[f"name_{self._lang}"].replace("{name}", self._called), "number": pair[0],
            "number_high": pair[1], "unit": unit, "qualifier": qualifier, "text": text, "making": making, "tests": tests.split(),
            "formula": words.word(f"formula.{formula or 'count'}", self._lang) if making != "read" else "",
            "sources": self._documents(found), "tables": sorted(self._edition.read),
        }  # fmt: skip
        _write(self._out / "values.json", sorted(self._values.values(), key=lambda value: value["id"]))
        return Shown(f"{own} = {text}")

    def claim(self, id: str) -> Shown:
        """The number of this claim as a value of the same id; a range where the source gives one."""
        row = self._grounds.row(id)
        if row is None:
            raise Refusal("E340", Place("claims.csv", column=id), id)
        return self.value(id, row.value if pd.isna(row.value_high) else (row.value, row.value_high), basis=id)

    def _named(self, id: str) -> dict[str, Any]:
        """The row of values.csv."""
        if id not in self._names.index:
            raise Refusal("E343", Place("values.csv", column=id), near(id, list(self._names.index)))
        return dict(self._names.loc[id])

    def _record(self, id: str, table: pd.DataFrame, kind: str, counted: str, assumed: str) -> dict[str, Any]:
        if id not in self._register.index or self._register.kind[id] != kind:
            raise Refusal("E311", Place("exhibits.csv", column=id), id)
        row, lang = self._register.loc[id], self._lang
        shown = printed.seen(table, lang)
        assumed = self._supposed(row, assumed)
        basis = self._basis(id, table, counted, assumed)
        told = {name: self._filled(row[f"{name}_{lang}"]) for name in ("title", "subtitle", "alt")}
        computed, quoted = self._grounds.computed(basis, printed.numbers(table)), self._quoted(row)
        making = self._grounds.shown(basis, computed, [value["making"] for value in quoted])
        return (
            told
            | basis.record()
            | {
                "id": selection.own(id, self._subject),
                "base": id,
                "kind": kind,
                "chapter": self._name,
                "subject": self._subject,
                "notes": [note.removeprefix(GUARD) for note in self._notes(id)],
                "guards": self._guards(id),
                "sources": self._documents(basis),
                "making": making,
                "formula": printed.formula(computed, quoted, lang) if making in ("computed", "assumed") else "",
                "tables": sorted(self._edition.read),
                "columns": printed.heads(table, shown, lang),
                "rows": shown.to_numpy().tolist(),
                "anchors": table["anchor"].tolist() if "anchor" in table else [],
            }
        )

    def _basis(self, id: str, table: pd.DataFrame, counted: str, assumed: str) -> Basis:
        """What its rows rest on together; each of them names something, unless rows are counted or assumed, or it says that no number was found."""
        rested = self._grounds.rested(table)
        shown = set(table["_id"]) if "_id" in table.columns else set()
        found = self._grounds.basis(id, sorted({one for ids in rested for one in ids}), counted, assumed, shown)
        numbers = table.select_dtypes("number")
        unfound = numbers.isna().all(axis=1).tolist() if len(numbers.columns) else [False] * len(table)
        bare = [not (ids or counted or assumed or none) for ids, none in zip(rested, unfound, strict=True)]
        if True in bare:
            cells = [str(cell) for cell in table[printed.own(table, self._lang)].iloc[bare.index(True)]]
            raise Refusal("E341", Place("exhibits.csv", column=id, edition=self._edition.name), f"{id}: {', '.join(cells[:ROW])}")
        return found

    def _supposed(self, row: pd.Series, told: str) -> str:
        """The parameters that an exhibit depends on: those told, and those of the values that its title quotes."""
        return " ".join(dict.fromkeys([*told.split(), *(one for value in self._quoted(row) for one in value["assumed"])]))

    def _quoted(self, row: pd.Series) -> list[dict[str, Any]]:
        """The values that the title of an exhibit quotes, as far as they were set before."""
        return [self._values[id] for id in _PLACEHOLDER.findall(row[f"title_{self._lang}"]) if id in self._values]

    def _held(self, title: str, id: str, holds: pd.DataFrame | tuple[pd.DataFrame, ...]) -> None:
        for broken in (holds,) if isinstance(holds, pd.DataFrame) else holds:
            if len(broken):
                row = [str(cell) for cell in broken[printed.own(broken, self._lang)].iloc[0]]
                raise Refusal("E347", Place("exhibits.csv", column=id, edition=self._edition.name), f"{title} ← {', '.join(row[:ROW])}")

    def _notes(self, id: str) -> list[str]:
        """The notes of an exhibit, guards still marked; none of one that is not registered."""
        told = self._register[f"notes_{self._lang}"].get(id, "")
        return [self._filled(note) for note in told.split(" | ") if note]

    def _guards(self, id: str) -> list[str]:
        return [note.removeprefix(GUARD) for note in self._notes(id) if note.startswith(GUARD)]

    def _documents(self, basis: Basis) -> list[dict[str, str]]:
        """The documents of the basis; the tables of the editions of this book that were compared, or of this one where no row names a document."""
        compared = [name for name in basis.counted if not self._edition.has(name)] or ([] if basis.sources else [self._edition.name])
        own = [{"id": "", "title": words.word("cite.own_tables", self._lang, edition=name), "publisher": "", "published": ""} for name in compared]
        return own + [self._source(key) for key in basis.sources]

    def _source(self, id: str) -> dict[str, str]:
        return document(id, self._sources.loc[id].to_dict(), self._lang)

    def _filled(self, text: str) -> str:
        texts = {key.removesuffix(f"-{self._subject}"): told for key, told in self._texts.items()} | {"name": self._called}
        unknown = [name for name in _PLACEHOLDER.findall(text) if name not in texts]
        if unknown:
            raise Refusal("E315", Place("exhibits.csv", column=self._name), near(unknown[0], list(texts)))
        return _PLACEHOLDER.sub(lambda match: texts[match[1]], text)

    def _keep(self, record: dict[str, Any], table: pd.DataFrame) -> None:
        # `_event` is the number that the text in `event` stands for: no two columns of a file share a name.
        names = {name: name[1:] if name[1:] not in table.columns else f"{name[1:]}_number" for name in table.columns if name.startswith("_")}
        data = data_files.apart(table.drop(columns="anchor", errors="ignore").rename(columns=names))
        data.to_csv(self._out / f"{record['id']}.csv", index=False, lineterminator="\n", float_format="%.15g")
        _write(self._out / f"{record['id']}.json", record)


def made(folder: str, without: str = "") -> tuple[pd.DataFrame, pd.DataFrame]:
    """The values and the exhibits that the runs below this folder left, but those of one chapter: id, content, claims, tables, chapter.

    The content of a value is its number and unit, of an exhibit the hash of its data; both tables are empty where nothing was run.
    """
    values, exhibits = [], []
    for path in sorted(Path(folder).glob("*/*.json")) if folder else []:
        if path.parent.name == without or path.name.endswith(".vl.json"):
            continue
        record = disk.loaded(path)
        if path.name == "values.json":
            values += [[one["id"], _content(one), " ".join(one["basis"]), " ".join(one["tables"]), one["chapter"]] for one in record]
        else:
            hash = hashlib.sha256(data_files.csv_bytes(disk.raw(path.with_suffix(".csv")))).hexdigest()[:DIGITS]
            exhibits.append([record["id"], hash, " ".join(record["basis"]), " ".join(record["tables"]), record["chapter"]])
    heads = ["id", "content", "claims", "tables", "chapter"]
    frames = [pd.DataFrame(found, columns=heads, dtype="str").drop_duplicates("id") for found in (values, exhibits)]
    return frames[0], frames[1]


def _content(value: dict[str, Any]) -> str:
    low, high = (f"{value[part]:.15g}" for part in ("number", "number_high"))
    return f"{low} {value['unit']}" if low == high else f"{low}–{high} {value['unit']}"


def _sentence(lead: str, marks: list[str], lang: str) -> str:
    """The alt text: what the figure shows, then what it says, mark by mark."""
    told = words.word("ui.alt_joint", lang).join(marks[:ALT_ROWS])
    rest = len(marks) - ALT_ROWS
    return f"{lead} {told}" + (words.word("ui.alt_more", lang, n=rest) if rest > 0 else "")


def _ended(note: str) -> str:
    """The note as a sentence.

    >>> _ended("Not a forecast"), _ended("予測ではない"), _ended("Not a forecast. Growth is assumed.")
    ('Not a forecast.', '予測ではない。', 'Not a forecast. Growth is assumed.')
    """
    return note if note.endswith((".", "。")) else note + ("." if note.isascii() or note[-1].isascii() else "。")


def _write(path: Path, record: Any) -> None:
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
