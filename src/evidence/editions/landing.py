"""What the page of an exhibit or value tells programs: schema.org for search engines, the meta tags by which Zotero files it, and Signposting."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from evidence import words
from evidence.checking.published_site import sha256
from evidence.citing import stamps
from evidence.citing.citations import Cited, line
from evidence.editions.crate import kind
from evidence.files import descriptions
from evidence.tables.package import LICENSE
from evidence.words import LANGUAGES

DATA = (".csv", ".xlsx")


def jsonld(cited: Cited, files: dict[str, bytes], texts: dict[str, dict[str, str]]) -> str:
    """JSON-LD of the exhibit as a Dataset, with an ImageObject in each language that it is drawn in, safe within a script element.

    `texts` gives the `subtitle` in both languages. Addresses of files are relative to the exhibit's page.
    """
    return _embedded([_dataset(cited, files, texts), *(_picture(cited, lang, texts) for lang in LANGUAGES if f"{cited.id}.{lang}.png" in files)])


def of_value(cited: Cited, record: dict[str, Any]) -> str:
    """JSON-LD of the value, from its row of values.json, as a Dataset of the one number."""
    number: Any = record["number"] if "number_high" not in record else f"{record['number']:g}/{record['number_high']:g}"
    measured = {"@type": "PropertyValue", "name": record["name"]["en"], "value": number, "unitText": record["unit"]}
    described = " / ".join(f"{cited.told[lang].title}. {record['formula'][lang]}".strip() for lang in LANGUAGES)
    listed = {"@type": "DataDownload", "contentUrl": "../../values.json", "encodingFormat": kind("values.json")}  # the row stands in it
    return _embedded([_known(cited, described) | {"variableMeasured": [measured], "distribution": [listed]}])


def of_history(record: Mapping[str, Any], creator: str) -> str:
    """JSON-LD of what became of an exhibit or value, as `site.histories` tells it: one Dataset, with its editions, the newest first."""
    if not (editions := record["editions"]):
        return ""
    titles = editions[0]["title"]
    what = {lang: words.word("ui.offer_editions", lang, what=words.word(f"ui.what.{record['what']}", lang)) for lang in LANGUAGES}
    graph = {
        "@type": "Dataset", "@id": "#data", "name": titles["ja"], "alternateName": titles["en"], "identifier": record["id"],
        "description": " / ".join(line(f"{titles[lang]}. {record['about'][lang]} {what[lang]}.") for lang in LANGUAGES),
        "inLanguage": list(LANGUAGES),
        "creator": {"@type": "Organization", "name": creator}, "license": LICENSE["path"],
        "workExample": [
            {"@type": "Dataset", "name": one["title"]["ja"], "alternateName": one["title"]["en"], "version": one["name"], "identifier": one["digits"],
             "url": _landing(record, one)} for one in editions
        ],
    }  # fmt: skip
    return _embedded([graph])


def of_editions(record: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Relation, address and kind of what a program may ask for from there (Signposting): the newest edition, and each."""
    pages = [_landing(record, one) for one in record["editions"]]
    return [*(("latest-version", page, "text/html") for page in pages[:1]), *(("item", page, "text/html") for page in pages)]


def _landing(record: Mapping[str, Any], edition: Mapping[str, Any]) -> str:
    return f"../../{edition['name']}/{record['folder']}/{record['id']}/index.html"


def links(cited: Cited, files: Iterable[str]) -> list[tuple[str, str, str]]:
    """Relation, address and kind of what a program that finds the page may ask for (Signposting); addresses are relative to the page.

    Where the site has no address there is none to be cited as.
    """
    lasting = [("canonical", cited.address("en"), ""), ("cite-as", cited.address("en"), "")] if cited.base else []
    described = [("describedby", name, kind(name)) for name in sorted(files) if name.endswith(descriptions.CITATIONS)]
    items = [("item", name, kind(name)) for name in sorted(files) if not name.endswith((*descriptions.CITATIONS, ".vl.json"))]
    catalogue = "values" if cited.kind == "value" else "figures"
    return [
        *lasting, *described, ("describedby", f"../../{catalogue}.json", kind(f"{catalogue}.json")), *items,
        ("collection", "../../datapackage.json", kind("datapackage.json")), ("license", LICENSE["path"], ""),
        ("type", "https://schema.org/AboutPage", ""), ("type", "https://schema.org/Dataset", ""),
    ]  # fmt: skip


def _embedded(graph: list[dict[str, Any]]) -> str:
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    # Within a script element nothing is an entity: what could end the element or begin a comment is written as JSON's own escape.
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def meta(cited: Cited, lang: str) -> list[tuple[str, str]]:
    """Names and contents of the meta tags in this language, for a template that escapes them."""
    told = stamps.properties(cited, lang)
    year, month = cited.dated
    tags = [
        ("citation_title", told["title"]), ("citation_author", told["creator"]), ("citation_publication_date", f"{year}/{month:02}"),
        ("citation_inbook_title", told["book"]), ("citation_technical_report_number", words.word("ui.edition", lang, name=cited.edition)),
        ("citation_technical_report_institution", told["publisher"]), ("citation_language", lang),
    ]  # fmt: skip
    return tags + ([("citation_public_url", told["address"])] if cited.base else [])


def _dataset(cited: Cited, files: dict[str, bytes], texts: dict[str, dict[str, str]]) -> dict[str, Any]:
    described = " / ".join(line(f"{cited.told[lang].title}. {texts[lang]['subtitle']}") for lang in LANGUAGES)
    return _known(cited, described) | {
        "variableMeasured": _variables(cited, files[f"{cited.id}.csv"]),
        "distribution": [
            {"@type": "DataDownload", "contentUrl": name, "encodingFormat": kind(name), "contentSize": str(len(raw)), "sha256": sha256(raw)}
            for name, raw in sorted(files.items())
            if name.endswith(DATA)  # what else there is of it, and what it was drawn with, is told by the links
        ],
    }  # fmt: skip


def _known(cited: Cited, described: str) -> dict[str, Any]:
    """What is said of an exhibit and of a value alike."""
    told = {lang: stamps.properties(cited, lang) for lang in LANGUAGES}
    year, month = cited.dated
    found: dict[str, Any] = {
        "@type": "Dataset", "@id": "#data", "name": told["ja"]["title"], "alternateName": told["en"]["title"], "description": described,
        "identifier": str(stamps.stamp(cited)), "version": cited.edition, "datePublished": f"{year}-{month:02}", "inLanguage": list(LANGUAGES),
        "creator": {"@type": "Organization", "name": told["en"]["creator"]},
        "publisher": {"@type": "Organization", "name": told["en"]["publisher"]}, "license": LICENSE["path"],
        "isPartOf": {"@type": "Report", "name": told["en"]["book"], "version": cited.edition},
        "isBasedOn": descriptions.works(cited),
    }  # fmt: skip
    return found | ({"url": cited.address("en")} if cited.base else {})


def _variables(cited: Cited, raw: bytes) -> list[dict[str, str]]:
    """The columns with numbers; of a table without, every column."""
    fields = descriptions.resource(cited, "", raw)["schema"]["fields"]
    measured = [field for field in fields if field["type"] == "number"] or fields
    named = [{"@type": "PropertyValue", "name": field["title"], "unitText": field.get("unit", "")} for field in measured]
    return [{name: text for name, text in one.items() if text} for one in named]


def _picture(cited: Cited, lang: str, texts: dict[str, dict[str, str]]) -> dict[str, Any]:
    told = stamps.properties(cited, lang)
    return {
        "@type": "ImageObject", "@id": f"#picture-{lang}", "contentUrl": f"{cited.id}.{lang}.png", "name": told["title"], "inLanguage": lang,
        "description": line(texts[lang]["subtitle"]), "creditText": told["citation"], "license": LICENSE["path"], "copyrightNotice": told["creator"],
        "acquireLicensePage": LICENSE["path"], "creator": {"@type": "Organization", "name": told["creator"]},
    }  # fmt: skip
