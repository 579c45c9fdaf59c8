"""All files of one exhibit in one archive, with what a reader needs who has nothing else: README, description of the data, licence, sums."""

import hashlib
import json
from typing import Any

from evidence import words
from evidence.citing import stamps
from evidence.citing.citations import Cited, Issuer, full, line, processed
from evidence.exhibits.data_files import sheet
from evidence.files import zips
from evidence.tables.package import LICENSE, PROFILE
from evidence.words import LANGUAGES


def parcel(cited: Cited, files: dict[str, bytes]) -> bytes:
    """The archive: the files, README.txt in both languages, datapackage.json, LICENSE.txt and SHA256SUMS; its comment is the stamp."""
    data = f"{cited.id}.csv"
    packed = files | {
        "README.txt": readme(cited, sorted(files)).encode("utf-8-sig"),
        "datapackage.json": _json(descriptor(cited, {data: files[data]})),
        "LICENSE.txt": "\n\n".join(licence(cited, lang) for lang in LANGUAGES).encode("utf-8-sig"),
    }
    packed["SHA256SUMS"] = "".join(f"{hashlib.sha256(packed[name]).hexdigest()}  {name}\n" for name in sorted(packed)).encode()
    return zips.zipped(packed, str(stamps.stamp(cited)))


def readme(cited: Cited, names: list[str]) -> str:
    """What the archive holds and how it is cited and verified, in Japanese and then in English."""
    parts = []
    for lang in LANGUAGES:
        told, said = stamps.properties(cited, lang), cited.told[lang]
        parts += [
            told["title"], line(said.subtitle), *(f"{words.word('ui.notes', lang)}: {line(note)}" for note in said.notes), "",
            f"{words.word('file.cover.citation', lang)}:", told["citation"], "", f"{words.word('file.cover.processed', lang)}:",
            processed(cited, lang), "", f"{words.word('file.cover.edition', lang)}: {cited.edition}",
            f"{words.word('file.cover.id', lang)}: {cited.id}", f"{words.word('file.cover.hash', lang)}: {cited.hash}",
            f"{words.word('file.cover.address', lang)}: {told['address']}", "", words.word("file.readme.verify", lang), "",
            f"{words.word('file.readme.files', lang)}:", *(f"- {name}: {kind(name, lang)}" for name in names), "", "",
        ]  # fmt: skip
    return "\n".join(parts)


def kind(name: str, lang: str) -> str:
    """What a file of an exhibit is, in words, by the ending of its name.

    >>> kind("growth.ja.3x.png", "en")
    'picture, three times enlarged (PNG)'
    """
    endings = (".3x.png", ".word.png", ".vl.json", ".csl.json", ".png", ".svg", ".pdf", ".csv", ".xlsx", ".pptx", ".bib", ".ris", ".zip")
    found = next(ending for ending in endings if name.endswith(ending))
    return words.word(f"file.kind{found}", lang)


def licence(cited: Cited, lang: str) -> str:
    """Under what terms the files may be used."""
    return words.word("file.licence", lang, licence=words.word("cite.licence", lang), address=LICENSE["path"], creator=cited.issuer.named(lang))


def descriptor(cited: Cited, tables: dict[str, bytes]) -> dict[str, Any]:
    """The data file of the exhibit as a Data Package (v2): columns with types, titles, definitions and units, sources, licence."""
    year, month = cited.dated
    title = " / ".join(line(f"{cited.told[lang].number} {cited.told[lang].title}") for lang in LANGUAGES)
    return {
        "$schema": PROFILE, "name": f"evidence-{cited.edition}-{cited.id}", "id": str(stamps.stamp(cited)), "title": title,
        "description": "\n".join(full(cited, lang) for lang in LANGUAGES), "version": cited.edition, "created": f"{year}-{month:02}-01T00:00:00Z",
        "licenses": [LICENSE], "sources": sources(cited), "contributors": contributors(cited.issuer),
        "resources": [resource(cited, name, raw) for name, raw in tables.items()],
    }  # fmt: skip


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


def sources(cited: Cited) -> list[dict[str, str]]:
    """The upstream documents of the exhibit as a Data Package names them: titles in both languages and, where known, the date."""
    pairs = zip(*(cited.told[lang].sources for lang in LANGUAGES), strict=True)
    told = [{"title": " / ".join(dict.fromkeys(line(one.title) for one in pair)), "version": pair[0].published} for pair in pairs]
    return [{name: text for name, text in source.items() if text} for source in told]


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
