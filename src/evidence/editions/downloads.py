"""What a citer is offered of an exhibit: its files in a folder, and a card with its citations, its digits and the size of every file."""

import json
import shutil
from pathlib import Path
from typing import Any

from evidence import disk
from evidence.book import settings, staging
from evidence.citing import bibliography, citations
from evidence.citing.citations import Issuer
from evidence.editions import imprint, landing
from evidence.files import descriptions, exports
from evidence.words import LANGUAGES

CARD = "card.json"  # stands in the folder while the book is made, and is left out of what is published
VALUES = "values.json"


def make(edition: str, id: str, runs: dict[str, Path], to: Path, number: str, issuer: Issuer) -> None:
    """Writes the files of this exhibit and its card into an empty folder `to`.

    `runs` gives the folder of the run that left the exhibit, by language; `number` is that of the exhibit in its edition, `issuer` who
    answers for it.
    """
    both = {lang: _record(folder, id, lang, number) for lang, folder in runs.items()}
    specs = {lang: disk.loaded(path) for lang, folder in runs.items() if (path := folder / f"{id}.vl.json").exists()}
    data = disk.raw(runs[LANGUAGES[0]] / f"{id}.csv")
    files = exports.files(edition, both, data, specs, issuer)
    one = exports.cited(edition, both, data, issuer)
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    for name, raw in files.items():
        (to / name).write_bytes(raw)
    card = {
        "id": id, "hash": one.hash, "formats": {lang: bibliography.formats(one, lang) for lang in LANGUAGES},
        "address": {lang: one.address(lang) for lang in LANGUAGES}, "sizes": {name: len(raw) for name, raw in sorted(files.items())},
        "linked": landing.jsonld(one, files, both), "links": landing.links(one, files), "contact": issuer.contact,
        "meta": {lang: landing.meta(one, lang) for lang in LANGUAGES},
    }  # fmt: skip
    (to / CARD).write_text(json.dumps(card, ensure_ascii=False, sort_keys=True), encoding="utf-8")


def _record(folder: Path, id: str, lang: str, number: str) -> dict[str, Any]:
    record = disk.loaded(folder / f"{id}.json")
    svg = folder / f"{id}.svg"
    return record | {"number": staging.called(record["kind"], number, lang), "svg": disk.text(svg) if svg.exists() else ""}


def offered(folder: Path, id: str) -> dict[str, Any]:
    """The card of this exhibit, in all languages."""
    found: dict[str, Any] = disk.loaded(folder / id / CARD)
    return found


def card(folder: Path, lang: str) -> dict[str, Any]:
    """The card as a page of this language shows it: citations by format, digits, and the files in the order of use, with kind and size in words."""
    found = disk.loaded(folder / CARD)
    other = next(one for one in LANGUAGES if one != lang)
    own = [name for name in found["sizes"] if f".{other}." not in name]
    files = [{"name": name, "kind": descriptions.kind(name, lang), "size": size(found["sizes"][name])} for name in sorted(own, key=_use)]
    return {"hash": found["hash"], "formats": found["formats"][lang], "address": found["address"][lang], "files": files}


def add(made: dict[str, Any], folder: Path, lang: str) -> None:
    """Puts into the records of one language what their cards offer."""
    for id, record in made["exhibits"].items():
        record["offer"] = card(folder / id, lang)
    cards = disk.loaded(folder / VALUES)
    for id, record in made["values"].items():
        if id in cards:  # one that the other language lacks is refused when the edition is frozen
            record["offer"] = {"hash": cards[id]["hash"], **cards[id][lang]}


def values(made: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The values of an edition as it publishes them, from the records of both languages; one that a language lacks is left out."""
    ja, en = (made[lang]["values"] for lang in LANGUAGES)
    found = []
    for id in sorted(ja.keys() & en.keys()):
        told = {name: {lang: made[lang]["values"][id][name] for lang in LANGUAGES} for name in ("name", "text", "formula")}
        same = {name: ja[id][name] for name in ("period", "unit", "qualifier", "basis", "counted", "assumed", "tests", "making", "sure")}
        page = {lang: f"{lang}/{ja[id]['page']}.html" for lang in LANGUAGES}
        high = {"number_high": ja[id]["number_high"]} if ja[id]["number_high"] != ja[id]["number"] else {}
        documents = [source["id"] for source in ja[id]["sources"] if source["id"]]
        found.append({"id": id, "number": ja[id]["number"], **high, **told, **same, "sources": documents, "page": page})
    return found


def cited_values(edition: str, made: dict[str, dict[str, Any]], issuer: Issuer) -> list[citations.Cited]:
    """Every value of the edition, to be cited from what it says of itself."""
    return [one for _, one in _cited(edition, made, issuer)]


def _cited(edition: str, made: dict[str, dict[str, Any]], issuer: Issuer) -> list[tuple[dict[str, Any], citations.Cited]]:
    """Each value as it is published, and to be cited."""
    sources = {id: {lang: made[lang]["values"][id]["sources"] for lang in LANGUAGES} for id in made[LANGUAGES[0]]["values"]}
    return [(record, citations.value(record, sources[record["id"]], edition, issuer)) for record in values(made)]


def make_values(edition: str, made: dict[str, dict[str, Any]], issuer: Issuer, to: Path) -> None:
    """Writes the cards of the values: digits, what their pages tell programs, and in each language the address and the citations by format."""
    cards = {
        one.id: {
            "hash": one.hash, "linked": landing.of_value(one, record), "links": landing.links(one, ()), "contact": one.issuer.contact,
            "meta": {lang: landing.meta(one, lang) for lang in LANGUAGES},
        } | {lang: {"address": one.address(lang), "formats": bibliography.formats(one, lang)} for lang in LANGUAGES}
        for record, one in _cited(edition, made, issuer)
    }  # fmt: skip
    to.mkdir(parents=True, exist_ok=True)
    (to / VALUES).write_text(json.dumps(cards, ensure_ascii=False, sort_keys=True), encoding="utf-8")


def cited_exhibits(edition: str, made: dict[str, dict[str, Any]], work: Path, issuer: Issuer) -> list[citations.Cited]:
    """Every exhibit of the edition, to be cited, from the records of both languages and the data files that the runs left."""
    found = []
    for id, record in sorted(made[LANGUAGES[0]]["exhibits"].items()):
        data = disk.raw(work / LANGUAGES[0] / "runs" / record["page"] / f"{id}.csv")
        found.append(exports.cited(edition, {lang: made[lang]["exhibits"][id] for lang in LANGUAGES}, data, issuer))
    return found


def _use(name: str) -> int:
    """Where the file stands in the list: what a committee paper needs comes first, what a program reads last."""
    return descriptions.ENDINGS.index(descriptions.ending(name))


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
    return str((settings.configuration(folder).get("html") or {}).get("baseurl") or "")


def issuer(folder: Path) -> Issuer:
    """Who answers for the book of the project in this folder, and the address of its site."""
    told = imprint.read(folder / "data")
    return Issuer(base(folder), told.author, told.publisher, told.contact)
