"""An exhibit as linked data (schema.org), for search engines and reference managers that read a page by machine."""

from typing import Any

from evidence import words
from evidence.citations import line
from evidence.package import LICENSE


def data(edition: str, both: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """JSON-LD: a `Dataset` with its files, and of a drawing an `ImageObject` in each language; dated by the edition, never by the build."""
    ja, en = both["ja"], both["en"]
    creator = {"@type": "Organization", "name": words.word("book.author", "ja"), "alternateName": words.word("book.author", "en")}
    common = {
        "creator": creator, "license": LICENSE["path"], "version": edition, "datePublished": "-".join(edition.split("-")[:2]),
        "isPartOf": {"@type": "Report", "name": words.word("book.title", "ja"), "alternateName": words.word("book.title", "en"), "version": edition},
    }  # fmt: skip
    files = {file["name"]: file for record in both.values() for file in record["offer"]["files"]}
    told = {
        "@type": "Dataset", "@id": f"{edition}/figures/{ja['id']}/", "identifier": f"{edition}/{ja['id']}#{ja['offer']['hash']}",
        "name": line(ja["title"]), "alternateName": line(en["title"]), "description": line(f"{ja['subtitle']} {ja['alt']}").strip(),
        "inLanguage": ["ja", "en"], "isBasedOn": [{"@type": "CreativeWork", "name": source["title"]} for source in ja["sources"]],
        "distribution": [{"@type": "DataDownload", "contentUrl": name, "encodingFormat": _FORMATS[ending]}
                         for name in sorted(files) if (ending := name.rpartition(".")[2]) in _FORMATS], **common,
    }  # fmt: skip
    images = [
        {"@type": "ImageObject", "contentUrl": f"{record['id']}.{lang}.svg", "name": line(record["title"]), "caption": line(record["alt"]),
         "inLanguage": lang, "creditText": record["offer"]["formats"]["short"], **common}
        for lang, record in both.items() if record["svg"]
    ]  # fmt: skip
    return {"@context": "https://schema.org", "@graph": [told, *images]}


_FORMATS = {
    "csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "zip": "application/zip",
    "json": "application/json",
}  # fmt: skip
