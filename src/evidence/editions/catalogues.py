"""Citations and descriptions of a whole edition: CITATION.cff, lists for reference managers, and a Data Package of all its published data."""

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from evidence import words
from evidence.citing import bibliography
from evidence.citing.citations import EDITORS, Cited, Issuer
from evidence.files import descriptions
from evidence.tables.package import LICENSE, PROFILE
from evidence.words import LANGUAGES

CFF = "1.2.0"


def citations(edition: str, cited: Sequence[Cited]) -> dict[str, bytes]:
    """The lists of every exhibit and value of the edition by their paths in it: BibTeX, RIS and CSL-JSON, in both languages."""
    made = bibliography.lists(bibliography.whole(cited))
    return {f"citations/evidence-{edition}.{ending}": text.encode() for ending, text in made.items()}


def cff(edition: str, issuer: Issuer = EDITORS, issued: str = "", repository: str = "") -> str:
    """The text of CITATION.cff for this edition; `issued` is the day it was published (YYYY-MM-DD), left out where it is not known."""
    author, institution = [{"name": issuer.written_by("en")}], {"name": issuer.published_by("en")}
    title = words.word("book.title", "en")
    year, month = (issued or edition).split("-")[:2]
    address = {"url": f"{issuer.address.rstrip('/')}/{edition}/en/index.html"} if issuer.address else {}
    report = {
        "type": "report", "title": title, "authors": author, "institution": institution, "year": int(year), "month": int(month),
        "notes": words.word("ui.edition", "en", name=edition), **address,
    }  # fmt: skip
    told: dict[str, Any] = {
        "cff-version": CFF, "message": " / ".join(words.word("file.cff.message", lang) for lang in ("en", "ja")), "type": "dataset", "title": title,
        "abstract": " / ".join(words.word("book.lead", lang) for lang in ("en", "ja")), "authors": author, "version": edition,
        **({"contact": [{**institution, "email": issuer.contact}]} if "@" in issuer.contact else {}),
        **({"date-released": issued} if issued else {}), "license": LICENSE["name"], **address,
        **({"repository-code": repository} if repository else {}), "preferred-citation": report,
    }  # fmt: skip
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=1000)


def datapackage(edition: str, exhibits: Sequence[tuple[Cited, bytes]], lists: Mapping[str, bytes] | None = None) -> bytes:
    """The descriptor (v2) of all data that the edition publishes, for its root: each exhibit with its CSV as it lies in `figures/<id>/`, and the
    list of them in each language (`lists`, by its path there).
    """
    year, month = edition.split("-")[:2]
    told = {
        "$schema": PROFILE, "name": f"evidence-{edition}-published",
        "title": " / ".join(f"{words.word('book.title', lang)} {words.word('ui.edition', lang, name=edition)}" for lang in LANGUAGES),
        "version": edition, "created": f"{year}-{month}-01T00:00:00Z", "licenses": [LICENSE], "sources": _sources(exhibits),
        "contributors": descriptions.contributors(exhibits[0][0].issuer if exhibits else EDITORS),
        "resources": [descriptions.resource(one, f"figures/{one.id}/{one.id}.csv", raw) for one, raw in exhibits]
        + [_list(path, raw) for path, raw in sorted((lists or {}).items())],
    }  # fmt: skip
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _list(path: str, raw: bytes) -> dict[str, Any]:
    """The list of exhibits in the language of its folder, as a resource: its heads are words, and so are its fields."""
    lang = path.partition("/")[0]
    heads = next(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    return {
        "name": f"exhibits-{lang}", "type": "table", "path": path, "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": len(raw),
        "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}", "title": words.word("ui.listed_list", lang),
        "schema": {"fields": [{"name": head, "type": "string"} for head in heads], "missingValues": [""]},
    }  # fmt: skip


def _sources(exhibits: Sequence[tuple[Cited, bytes]]) -> list[dict[str, Any]]:
    named: dict[str, dict[str, Any]] = {}
    for one, _ in exhibits:
        for source in descriptions.sources(one):
            named.setdefault(source["title"], source)
    return list(named.values())
