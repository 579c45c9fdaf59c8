"""Every file that a citer can take away of one exhibit, made from its records, its data file and its specification alone."""

import json
from typing import Any

from evidence.citing import bibliography, citations, stamps
from evidence.citing.citations import EDITORS, Cited, Issuer
from evidence.exhibits import data_files
from evidence.files import documents, pictures, plots, slides, workbooks
from evidence.words import LANGUAGES


def cited(edition: str, both: dict[str, dict[str, Any]], data: bytes, issuer: Issuer = EDITORS) -> Cited:
    """The exhibit to cite, from its records in both languages and the data file as its run left it."""
    return citations.exhibit(both, edition, data_files.csv_bytes(data), issuer)


def files(edition: str, both: dict[str, dict[str, Any]], data: bytes, specs: dict[str, dict[str, Any]], issuer: Issuer = EDITORS) -> dict[str, bytes]:
    """The exhibit's files by name: CSV, and in each language citations, XLSX, PPTX, DOCX and, of a drawing, SVG, PNG, PDF and Vega-Lite.

    `both` are the records in both languages with their numbers and drawings (`svg`, empty for a table), `data` the CSV of the run,
    `specs` the specifications of the drawing by language (none for a table), `issuer` who answers for it.
    """
    one = cited(edition, both, data, issuer)
    made = {f"{one.id}.csv": data_files.csv_bytes(data)}
    for lang in LANGUAGES:
        made |= {f"{one.id}.{lang}.{ending}": raw for ending, raw in _in_language(one, both[lang], data, specs.get(lang, {}), lang).items()}
    return made


def time(cited: Cited) -> str:
    """The time that Office files bear: the first of the month of issue, for a clock would make every run differ."""
    year, month = cited.dated
    return f"{year}-{month:02}-01T00:00:00Z"


def _in_language(one: Cited, record: dict[str, Any], data: bytes, spec: dict[str, Any], lang: str) -> dict[str, bytes]:
    told = stamps.properties(one, lang)
    made = {ending: text.encode() for ending, text in bibliography.lists([bibliography.entry(one, lang)]).items()}
    made |= {"xlsx": workbooks.xlsx(one, data_files.sheet(data, lang), told, time(one))}
    if record["svg"]:
        made |= {"svg": pictures.svg(record["svg"], told), "pdf": pictures.pdf(record["svg"], told), "png": pictures.png(record["svg"], told)}
        made["vl.json"] = (
            json.dumps(_needed(spec) | _usermeta(record, told), ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"
        ).encode()
    columns = [citations.line(column["label"]) for column in record["columns"]]
    content = slides.Content(plots.plots(spec, lang), made.get("png", b""), record["alt"], columns, record["rows"], tuple(record["guards"]))
    return made | {"pptx": slides.pptx(one, content, told, time(one)), "docx": documents.docx(one, content, told, time(one))}


def _needed(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification with those columns of its rows that it names; the data file beside it has all.

    >>> _needed({"mark": "bar", "encoding": {"x": {"field": "year"}}, "datasets": {"a": [{"year": 2019, "claims": "c1"}]}})["datasets"]
    {'a': [{'year': 2019}]}
    """
    said = json.dumps({name: part for name, part in spec.items() if name != "datasets"}, ensure_ascii=False)
    rows = {
        name: [{column: cell for column, cell in row.items() if column in said} for row in rows] for name, rows in spec.get("datasets", {}).items()
    }
    return spec | ({"datasets": rows} if rows else {})


def _usermeta(record: dict[str, Any], told: dict[str, str]) -> dict[str, Any]:
    return {"description": citations.line(record["alt"]), "usermeta": {"evidence": told}}
