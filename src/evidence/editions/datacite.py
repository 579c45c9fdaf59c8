"""An edition as a repository wants it described that gives it a DOI: metadata by the DataCite schema, but for the DOI itself."""

import json
from pathlib import Path
from typing import Any

from evidence import disk, words
from evidence.citing.citations import Issuer
from evidence.tables.package import LICENSE
from evidence.words import LANGUAGES

FILE = "datacite.json"
SCHEMA = "http://datacite.org/schema/kernel-4"
NEEDED = ("creators", "titles", "publisher", "publicationYear", "types")  # that DataCite takes nothing without, beside the DOI


def metadata(edition: str, issuer: Issuer, ties: dict[str, str]) -> bytes:
    """The content of `datacite.json`; `ties` says which edition this one `succeeds`, `corrects` or `revises`."""
    year, month = edition.split("-")[:2]
    names, titles = [{lang: word(lang) for lang in LANGUAGES} for word in (issuer.written_by, _title)]
    told: dict[str, Any] = {
        "schemaVersion": SCHEMA, "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Evidence book"},
        "creators": [{"name": names["ja"], "nameType": "Organizational", "lang": "ja"}],
        "titles": [{"title": titles["ja"], "lang": "ja"}, {"title": titles["en"], "lang": "en", "titleType": "TranslatedTitle"}],
        "publisher": {"name": issuer.published_by("ja"), "lang": "ja"}, "publicationYear": year, "version": edition, "language": "ja",
        "contributors": [{"name": names["en"], "nameType": "Organizational", "contributorType": "Other", "lang": "en"}],
        "dates": [{"date": f"{year}-{month}", "dateType": "Issued"}],
        "rightsList": [{
            "rights": LICENSE["title"], "rightsUri": LICENSE["path"], "rightsIdentifier": LICENSE["name"].lower(), "rightsIdentifierScheme": "SPDX",
        }],
        "descriptions": [{"description": words.word("book.lead", lang), "descriptionType": "Abstract", "lang": lang} for lang in LANGUAGES],
        "alternateIdentifiers": [{"alternateIdentifier": f"evidence-book:{edition}", "alternateIdentifierType": "Evidence book edition"}],
        "formats": ["text/html", "text/csv", "application/pdf"],
    }  # fmt: skip
    if issuer.address:
        told["relatedIdentifiers"] = _related(edition, issuer, ties)
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def lacking(path: Path) -> list[str]:
    """What a repository asks for that this file does not say; the file itself where there is none."""
    if not path.is_file():
        return [path.name]
    told = disk.loaded(path)
    try:
        empty = [name for name in NEEDED if not told.get(name)]
        named = [("publisher", told.get("publisher", {}).get("name")), ("creators", [one.get("name") for one in told.get("creators", [])])]
    except (AttributeError, TypeError):  # of another form than any that we wrote
        return [path.name]
    return sorted({*empty, *(name for name, text in named if not text or text == [""])})


def differing(path: Path, issuer: Issuer) -> list[str]:
    """What this file says of author, publisher and address that is no longer so, and what is: it stands for every citation of the edition."""
    edition = path.parent.name
    before, now = (_issued(told, edition) for told in (disk.loaded(path), json.loads(metadata(edition, issuer, {}))))
    return [f"{name}: {before[name] or '–'} → {now[name] or '–'}" for name in now if before[name] != now[name]]


def _issued(told: dict[str, Any], edition: str) -> dict[str, str]:
    """Author, publisher and address of an edition, from its metadata."""
    related = [one for one in told.get("relatedIdentifiers", []) if one.get("relationType") == "IsIdenticalTo"]
    people = [one["name"] for name in ("creators", "contributors") for one in told.get(name, [])]
    return {
        "author": " / ".join(people), "publisher": told["publisher"]["name"],
        "address": related[0]["relatedIdentifier"].partition(f"/{edition}/")[0] if related else "",
    }  # fmt: skip


def _title(lang: str) -> str:
    return words.word("book.title", lang)


def _related(edition: str, issuer: Issuer, ties: dict[str, str]) -> list[dict[str, str]]:
    """The addresses of the edition itself and of the one that it goes back to."""
    pairs = [("IsIdenticalTo", edition), *(("IsNewVersionOf", name) for name in ties.values())]
    site = issuer.address.rstrip("/")
    return [
        {"relatedIdentifier": f"{site}/{name}/ja/index.html", "relatedIdentifierType": "URL", "relationType": relation} for relation, name in pairs
    ]
