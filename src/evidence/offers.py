"""What a citer is offered of an exhibit: its files in a folder, and a card with its citations, its digits and the size of every file."""

import json
import shutil
from pathlib import Path
from typing import Any

from evidence import bibliography, book, citations, exports, parcels, settings
from evidence.words import LANGUAGES

_ORDER = (".word.png", ".pptx", ".xlsx", ".csv", ".svg", ".3x.png", ".png", ".pdf", ".zip", ".bib", ".ris", ".csl.json", ".vl.json")
Origins = dict[str, dict[str, dict[str, str]]]  # language -> id of a claim or observation -> title, publisher and date of its source
CARD = "card.json"  # stands in the folder while the book is made, and is left out of what is published


def make(edition: str, id: str, runs: dict[str, Path], to: Path, base: str) -> None:
    """Writes the files of this exhibit and its card into an empty folder `to`.

    `runs` gives the folder of the run that left the exhibit, by language; `base` is the address that the site stands under, or empty.
    """
    both = {lang: _record(folder, id, lang) for lang, folder in runs.items()}
    specs = {lang: json.loads(path.read_text(encoding="utf-8")) for lang, folder in runs.items() if (path := folder / f"{id}.vl.json").exists()}
    data = (runs[LANGUAGES[0]] / f"{id}.csv").read_bytes()
    files = exports.files(edition, both, data, specs, base)
    one = exports.cited(edition, both, data, base)
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    for name, raw in files.items():
        (to / name).write_bytes(raw)
    card = {
        "id": id, "hash": one.hash, "formats": {lang: bibliography.formats(one, lang) for lang in LANGUAGES},
        "address": {lang: one.address(lang) for lang in LANGUAGES}, "sizes": {name: len(raw) for name, raw in sorted(files.items())},
        "upstream": {lang: citations.upstream(one, lang) for lang in LANGUAGES},
    }  # fmt: skip
    (to / CARD).write_text(json.dumps(card, ensure_ascii=False, sort_keys=True), encoding="utf-8")


def _record(folder: Path, id: str, lang: str) -> dict[str, Any]:
    record = json.loads((folder / f"{id}.json").read_text(encoding="utf-8"))
    svg = folder / f"{id}.svg"
    return record | {"number": book.numbered(record, lang), "svg": svg.read_text(encoding="utf-8") if svg.exists() else ""}


def card(folder: Path, lang: str) -> dict[str, Any]:
    """The card as a page of this language shows it: citations by format, digits, and the files in the order of use, with kind and size in words."""
    told = json.loads((folder / CARD).read_text(encoding="utf-8"))
    other = next(one for one in LANGUAGES if one != lang)
    own = [name for name in told["sizes"] if f".{other}." not in name]
    files = [{"name": name, "kind": parcels.kind(name, lang), "size": size(told["sizes"][name])} for name in sorted(own, key=_use)]
    return {"hash": told["hash"], "formats": told["formats"][lang], "address": told["address"][lang], "files": files}


def of_values(values: list[dict[str, Any]], origins: Origins, edition: str, base: str) -> dict[str, dict[str, dict[str, str]]]:
    """The citations of every value by id, language and format; its sources are those of the claims and observations it rests on."""
    made = {}
    for record in values:
        sources = {lang: list({one["title"]: one for id in record["claims"] if (one := origins[lang].get(id))}.values()) for lang in LANGUAGES}
        cited = citations.value(record, sources, edition, base)
        made[record["id"]] = {lang: bibliography.formats(cited, lang) for lang in LANGUAGES}
    return made


def _use(name: str) -> int:
    """Where the file stands in the list: what a committee paper needs comes first, what a program reads last."""
    return next(place for place, ending in enumerate(_ORDER) if name.endswith(ending))


def size(bytes: int) -> str:
    """The size of a file as a reader wants it.

    >>> size(980), size(20480), size(3 * 1024 * 1024)
    ('980 B', '20 KB', '3.0 MB')
    """
    if bytes < 1024:
        return f"{bytes} B"
    return f"{bytes / 1024:.0f} KB" if bytes < 1024 * 1024 else f"{bytes / 1024 / 1024:.1f} MB"


def base(folder: Path) -> str:
    """The address that the site stands under, from `html.baseurl` of `_config.yml`; empty where the book has no fixed host."""
    return str((settings.read(folder / "_config.yml").get("html") or {}).get("baseurl") or "")
