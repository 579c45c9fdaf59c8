"""The data of an exhibit described as a Data Package does it, and what each of its files is, in words."""

import hashlib
from collections.abc import Iterator
from typing import Any

from evidence import words
from evidence.citing.citations import Cited, Issuer, Source, line
from evidence.exhibits.data_files import sheet
from evidence.words import LANGUAGES

CITATIONS = (".bib", ".ris", ".csl.json")
ENDINGS = (".docx", ".pptx", ".xlsx", ".csv", ".svg", ".png", ".pdf", *CITATIONS, ".vl.json")  # of an exhibit's files, in the order of use


def kind(name: str, lang: str) -> str:
    """What a file of an exhibit is, in words, by the ending of its name.

    >>> kind("growth.ja.docx", "en")
    'block for a text, with picture, source line and table (Word)'
    """
    return words.word(f"file.kind{ending(name)}", lang)


def ending(name: str) -> str:
    """The ending by which a file of an exhibit is known."""
    return next(one for one in ENDINGS if name.endswith(one))


def contributors(issuer: Issuer) -> list[dict[str, Any]]:
    """Who wrote and who publishes the data, as a Data Package says it."""
    author, publisher = issuer.written_by("en"), issuer.published_by("en")
    told: list[dict[str, Any]] = [{"title": author, "roles": ["author"]}]
    return told if publisher == author else [*told, {"title": publisher, "roles": ["publisher"]}]


def resource(cited: Cited, path: str, raw: bytes) -> dict[str, Any]:
    """The data file of the exhibit as a resource of a Data Package."""
    both = {lang: {column.name: column for column in sheet(raw, lang).columns} for lang in LANGUAGES}
    fields = []
    for column in sheet(raw).columns:
        labels = [both[lang][column.name].label if column.name in both[lang] else column.name for lang in LANGUAGES]
        units = [both[lang][column.name].stored for lang in LANGUAGES if column.name in both[lang]]
        unit = " / ".join(one for one in units if one)
        typed = {"name": column.name, "type": "number" if column.numeric else "string", "title": " / ".join(dict.fromkeys(labels))}
        told = list(dict.fromkeys(both[lang][column.name].definition for lang in LANGUAGES if column.name in both[lang]))
        fields.append(typed | {"description": " / ".join(told)} | ({"unit": unit} if unit else {}))
    return {
        "name": cited.id, "type": "table", "path": path, "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": len(raw),
        "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}", "title": " / ".join(line(cited.told[lang].title) for lang in LANGUAGES),
        "schema": {"fields": fields, "missingValues": [""]},
    }  # fmt: skip


def sources(cited: Cited) -> list[dict[str, Any]]:
    """The upstream documents of the exhibit as a Data Package names them: titles in both languages and, where known, date, address and licence."""
    return [
        _known(
            {
                "title": title,
                "version": one.published,
                "path": one.address,
                "licenses": [{"name": one.licence, "path": one.terms}] * bool(one.licence),
            }
        )
        for title, one in _upstream(cited)
    ]


def works(cited: Cited) -> list[dict[str, Any]]:
    """The same as schema.org names them; the address of a copy is where the document is kept, not its own."""
    return [
        _known({"@type": "CreativeWork", "name": title, "archivedAt" if one.copied else "url": one.address, "license": one.terms})
        for title, one in _upstream(cited)
    ]


def _upstream(cited: Cited) -> Iterator[tuple[str, Source]]:
    """Each document under its titles in both languages."""
    for pair in zip(*(cited.told[lang].sources for lang in LANGUAGES), strict=True):
        yield " / ".join(dict.fromkeys(line(one.title) for one in pair)), pair[0]


def _known(told: dict[str, Any]) -> dict[str, Any]:
    return {name: content for name, content in told.items() if content}
