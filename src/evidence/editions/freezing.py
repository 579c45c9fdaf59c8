"""Freezes a bound book as an edition: its exhibits and values as files, what it is made of, and the hash of every file."""

import csv
import io
import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, select_autoescape

from evidence import disk, words
from evidence.book import extension, loads
from evidence.checking.published_site import CODE, SUMS
from evidence.citing import fingerprint
from evidence.citing.bibliography import FILES, FORMATS, LABELS
from evidence.editions import downloads, provenance
from evidence.errors import Place, Refusal, Refusals
from evidence.tables import ties
from evidence.words import LANGUAGES

PDFS = "pdf"  # the folder, beside that of the bound book, of the book and its chapters as PDF
MOST = 10  # rows of its data that the page of an exhibit shows; the page in the book and the files beside it have them all
LANDED = "ja/_static/landing.css"  # how the pages of exhibits and values look, told once and not on each of them
PROGRAMS = ("linked", "links", "meta", "contact")  # what of a card the page of an exhibit or value tells programs, and where errors are reported
OF_WORDS = ("number", "title", "subtitle", "alt", "notes", "guards", "formula")
OF_BASIS = ("basis", "counted", "assumed", "making", "period", "sure")  # what a record says of how it is known
_LOADER = ChoiceLoader([PackageLoader("evidence.editions"), PackageLoader("evidence.book")])
_TEMPLATES = Environment(loader=_LOADER, autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True)


def sums(folder: Path) -> str:
    """One line a file in the form of sha256sum, sorted, for every file of the folder but the list itself."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    return "".join(f"{disk.sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths)


def listed(folder: Path) -> dict[str, str]:
    """The hash of every file of a frozen edition, by its path, as its list has them."""
    lines = disk.text(folder / SUMS).splitlines()
    return {path: hash for hash, _, path in (line.partition("  ") for line in lines)}


def changed(folder: Path) -> list[str]:
    """The files of a frozen edition that are not what its list says: changed, added or gone, by their paths."""
    told = set(disk.raw(folder / SUMS).decode(errors="replace").splitlines())
    return sorted({line.partition("  ")[2] for line in told ^ set(sums(folder).splitlines())})


def freeze(folder: Path, edition: str, work: Path, inputs: dict[str, str], programs: dict[str, list[str]], to: Path) -> dict[str, dict[str, Any]]:
    """Fills the edition's folder: both bound books, figures, values, citations and the list of inputs (path -> SHA-256).

    `programs` gives the paths of what made the exhibits of a page, its notebook first, by the page. Returns
    the records of its exhibits and values, by language; `seal` ends the work.

    Raises:
        Refusals: E414 an exhibit or value that differs between the languages or stands in one only.
    """
    made = {lang: disk.loaded(work / lang / "staged" / "records.json") for lang in LANGUAGES}
    _same_in_both(made, work)
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    for lang in LANGUAGES:
        shutil.copytree(work / lang / "html", to / lang)
        shutil.copytree(work / lang / PDFS, to / lang, dirs_exist_ok=True)
    offered = {id: downloads.offered(work / "offers", id) for id in made["ja"]["exhibits"]}
    figures = [one | _later(made, "exhibits", one["id"]) for one in _figures(made, offered, work, programs, to)]
    values = [one | _later(made, "values", one["id"]) for one in downloads.values(made)]
    _write(to / "figures.json", figures)
    _write(to / "values.json", values)
    cards = disk.loaded(work / "offers" / downloads.VALUES)
    _value_pages(edition, made, cards, to)
    (to / LANDED).write_text(_TEMPLATES.get_template("landing.css").render(), encoding="utf-8")
    formats = {id: {lang: card[lang]["formats"] for lang in LANGUAGES} for id, card in cards.items()}
    listed = {
        id: {lang: {name: said for name, said in told.items() if name not in FILES} for lang, told in card["formats"].items()}
        for id, card in offered.items()
    }
    _write(to / "citations.json", listed | formats)
    counts = {"exhibits": len(figures), "values": len(values), "pages": len(list((to / LANGUAGES[0]).glob("*.html")))}
    made_of = {
        **asdict(provenance.origin(folder, inputs)),
        "lock": inputs.get("requirements.lock", ""),
        "parameters": _parameters(work),
        "programs": programs,
        "inputs": inputs,
    }
    tie = ties.of(folder / "data" / edition)
    _write(to / "edition.json", {"id": edition, **(tie.record if tie else {}), "languages": list(LANGUAGES), "counts": counts, **made_of})
    return made


def published(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The figures and values of an edition as its folder has them."""
    return {part: disk.loaded(folder / f"{part}.json") for part in ("figures", "values")}


def seal(folder: Path) -> None:
    """Writes the hash of every file: from now on the edition is what it is.

    Raises:
        Refusals: E410 a page, drawing or style outside the bound books, which were asked when they were bound, that loads from another host.
    """
    if foreign := loads.foreign(folder, LANGUAGES):
        raise Refusals(foreign)
    (folder / SUMS).write_text(sums(folder), encoding="utf-8")


def _same_in_both(made: dict[str, Any], work: Path) -> None:
    ja, en = (made[lang] for lang in LANGUAGES)
    problems = []
    for kind in ("exhibits", "values"):
        problems += [Refusal("E414", Place(kind), id) for id in sorted(ja[kind].keys() ^ en[kind].keys())]
    for id in sorted(ja["values"].keys() & en["values"].keys()):
        if any(ja["values"][id][part] != en["values"][id][part] for part in ("number", "number_high", "unit", "basis", "making")):
            problems.append(Refusal("E414", Place("values"), id))
    for id, record in sorted(ja["exhibits"].items()):
        tables = {disk.raw(work / lang / "runs" / record["page"] / f"{id}.csv") for lang in LANGUAGES if id in made[lang]["exhibits"]}
        if len(tables) > 1:
            problems.append(Refusal("E414", Place(f"{id}.csv"), id))
    if problems:
        raise Refusals(problems)


def _figures(made: dict[str, Any], cards: dict[str, Any], work: Path, programs: dict[str, list[str]], to: Path) -> list[dict[str, Any]]:
    figures = []
    for id, record in sorted(made["ja"]["exhibits"].items()):
        told = {name: {lang: made[lang]["exhibits"][id][name] for lang in LANGUAGES} for name in OF_WORDS}
        folder = to / "figures" / id
        shutil.copytree(work / "offers" / id, folder, ignore=shutil.ignore_patterns(downloads.CARD))
        page = {lang: f"{lang}/{record['page']}.html#{id}" for lang in LANGUAGES}
        both = {lang: made[lang]["exhibits"][id] for lang in LANGUAGES}
        of_code = {"program": programs[record["page"]][0], "workings": f"workings-{record['page']}.html", "code": CODE}
        html = _landed("figure.html", cards[id], {"edition": to.name, "made": both, "page": page} | of_code)
        (folder / "index.html").write_text(html, encoding="utf-8")
        files = sorted(f"figures/{id}/{path.name}" for path in folder.iterdir())
        figures.append({
            "id": id, "kind": record["kind"], **told, "page": page, "files": files, **{name: record[name] for name in OF_BASIS},
            "sources": [source["id"] for source in record["sources"] if source["id"]], "sha256": disk.sha256(folder / f"{id}.csv"),
            "unf": _fingerprint(folder / f"{id}.csv"),
        })  # fmt: skip
    return figures


def _later(made: dict[str, Any], kind: str, id: str) -> dict[str, dict[str, list[str]]]:
    """What is known since of what an exhibit or value rests on, in both languages; nothing where nothing is."""
    told = {lang: [one["text"] for one in made[lang][kind][id]["later"]] for lang in LANGUAGES}
    return {"later": told} if any(told.values()) else {}


def _fingerprint(data: Path) -> str:
    """The fingerprint of the values of a data file; names of columns are none of them."""
    text = io.StringIO(disk.raw(data).decode("utf-8-sig"), newline="")
    return fingerprint.unf(fingerprint.columns(list(csv.reader(text))[1:]))


def _value_pages(edition: str, made: dict[str, Any], cards: dict[str, Any], to: Path) -> None:
    """A page for each value, in both languages, as the exhibits have."""
    for id, card in cards.items():
        both = {lang: extension.quoted(made[lang]["values"][id], lang) | {"offer": {"hash": card["hash"], **card[lang]}} for lang in LANGUAGES}
        folder = to / "values" / id
        folder.mkdir(parents=True)
        html = _landed("value.html", card, {"edition": edition, "made": both})
        (folder / "index.html").write_text(html, encoding="utf-8")


def _landed(template: str, card: dict[str, Any], told: dict[str, Any]) -> str:
    """The page of an exhibit or value, in both languages, with what reference managers and search engines read."""
    told = told | {name: card[name] for name in PROGRAMS}
    ui = {lang: {name: words.word(f"ui.{name}", lang) for name in (*LABELS, "offer_page")} for lang in LANGUAGES}
    formats = {lang: {name: words.word(f"format.{name}", lang) for name in FORMATS} for lang in LANGUAGES}
    around = {"word": words.word, "ui": ui, "formats": formats, "most": MOST, "static": "../../ja/_static", "top": "../../../"}
    return _TEMPLATES.get_template(template).render(told | around).lstrip()


def _parameters(work: Path) -> dict[str, str]:
    """The cell that Papermill added to each executed notebook, by the notebook's name."""
    found = {}
    for path in sorted((work / LANGUAGES[0] / "runs").glob("*/notebook.ipynb")):
        cells = disk.loaded(path)["cells"]
        found[path.parent.name] = next("".join(cell["source"]) for cell in cells if cell["id"] == "injected-parameters")
    return found


def _write(path: Path, record: Any) -> None:
    path.write_text(json.dumps(record, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
