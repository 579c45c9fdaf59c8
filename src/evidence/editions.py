"""Freezes a bound book as an edition: its exhibits and values as files, what it is made of, and the hash of every file."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape

from evidence import linked, offers, words
from evidence.bibliography import FORMATS
from evidence.errors import Place, Refusal, Refusals
from evidence.words import LANGUAGES

SUMS = "SHA256SUMS"
_TEMPLATES = Environment(loader=PackageLoader("evidence"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True)


def sha256(path: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sums(folder: Path) -> str:
    """One line a file in the form of sha256sum, sorted, for every file of the folder but the list itself."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    return "".join(f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths)


def freeze(folder: Path, edition: str, work: Path, inputs: dict[str, str], to: Path, origins: offers.Origins) -> Path:
    """The edition's folder: both bound books, figures, values, the list of inputs (path -> SHA-256), and SHA256SUMS last.

    `origins` gives, in each language, the source of every claim and observation.

    Raises:
        Refusals: E414 an exhibit or value that differs between the languages or stands in one only.
    """
    made = {lang: json.loads((work / lang / "staged" / "records.json").read_text(encoding="utf-8")) for lang in LANGUAGES}
    _same_in_both(made, work)
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    for lang in LANGUAGES:
        shutil.copytree(work / lang / "html", to / lang)
    base = offers.base(folder)
    figures, values = _figures(made, work, to), _values(made)
    _write(to / "figures.json", figures)
    _write(to / "values.json", values)
    _write(to / "citations.json", {id: _cards(work, id) for id in made["ja"]["exhibits"]} | offers.of_values(values, origins, edition, base))
    counts = {"exhibits": len(figures), "values": len(values), "pages": len(list((to / LANGUAGES[0]).glob("*.html")))}
    made_of = {"commit": commit(folder), "lock": inputs.get("requirements.lock", ""), "parameters": _parameters(work), "inputs": inputs}
    _write(to / "edition.json", {"id": edition, "languages": list(LANGUAGES), "counts": counts, **made_of})
    (to / SUMS).write_text(sums(to), encoding="utf-8")
    return to


def commit(folder: Path) -> str:
    """The commit of the checked-out code; empty outside a repository."""
    asked = ["git", "-C", str(folder), "rev-parse", "HEAD"]
    try:
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _same_in_both(made: dict[str, Any], work: Path) -> None:
    ja, en = (made[lang] for lang in LANGUAGES)
    problems = []
    for kind in ("exhibits", "values"):
        problems += [Refusal("E414", Place(kind), id) for id in sorted(ja[kind].keys() ^ en[kind].keys())]
    for id in sorted(ja["values"].keys() & en["values"].keys()):
        if any(ja["values"][id][part] != en["values"][id][part] for part in ("number", "number_high", "unit", "claims")):
            problems.append(Refusal("E414", Place("values"), id))
    for id, record in sorted(ja["exhibits"].items()):
        tables = {(work / lang / "runs" / record["page"] / f"{id}.csv").read_bytes() for lang in LANGUAGES if id in made[lang]["exhibits"]}
        if len(tables) > 1:
            problems.append(Refusal("E414", Place(f"{id}.csv"), id))
    if problems:
        raise Refusals(problems)


def _figures(made: dict[str, Any], work: Path, to: Path) -> list[dict[str, Any]]:
    figures = []
    for id, record in sorted(made["ja"]["exhibits"].items()):
        told = {name: {lang: made[lang]["exhibits"][id][name] for lang in LANGUAGES} for name in ("number", "title", "subtitle", "alt")}
        folder = to / "figures" / id
        shutil.copytree(work / "offers" / id, folder, ignore=shutil.ignore_patterns(offers.CARD))
        page = {lang: f"{lang}/{record['page']}.html#{id}" for lang in LANGUAGES}
        both = {lang: made[lang]["exhibits"][id] for lang in LANGUAGES}
        (folder / "index.html").write_text(_landing(to.name, both, page), encoding="utf-8")
        files = sorted(f"figures/{id}/{path.name}" for path in folder.iterdir())
        figures.append({
            "id": id, "kind": record["kind"], **told, "page": page, "files": files, "claims": record["claims"],
            "sources": [source["id"] for source in record["sources"]], "sha256": sha256(folder / f"{id}.csv"),
        })  # fmt: skip
    return figures


def _cards(work: Path, id: str) -> dict[str, dict[str, str]]:
    """The citations of an exhibit by language and format."""
    return json.loads((work / "offers" / id / offers.CARD).read_text(encoding="utf-8"))["formats"]


def _landing(edition: str, both: dict[str, dict[str, Any]], page: dict[str, str]) -> str:
    """The exhibit's own page, in both languages, with what reference managers and search engines read."""
    ui = {lang: {name: words.word(f"ui.{name}", lang) for name in ("offer", "offer_id", "offer_hash", "copy", "copied")} for lang in LANGUAGES}
    formats = {lang: {name: words.word(f"format.{name}", lang) for name in FORMATS} for lang in LANGUAGES}
    told = {"edition": edition, "made": both, "page": page, "word": words.word, "linked": linked.data(edition, both), "ui": ui, "formats": formats}
    return _TEMPLATES.get_template("figure.html").render(told).lstrip()


def _values(made: dict[str, Any]) -> list[dict[str, Any]]:
    values = []
    for id, record in sorted(made["ja"]["values"].items()):
        told = {name: {lang: made[lang]["values"][id][name] for lang in LANGUAGES} for name in ("text", "formula")}
        page = {lang: f"{lang}/{record['page']}.html" for lang in LANGUAGES}
        high = {"number_high": record["number_high"]} if record["number_high"] != record["number"] else {}
        values.append({"id": id, "number": record["number"], **high, "unit": record["unit"], **told, "claims": record["claims"], "page": page})
    return values


def _parameters(work: Path) -> dict[str, str]:
    """The cell that Papermill added to each executed notebook, by the notebook's name."""
    found = {}
    for path in sorted((work / LANGUAGES[0] / "runs").glob("*/notebook.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        found[path.parent.name] = next("".join(cell["source"]) for cell in cells if cell["id"] == "injected-parameters")
    return found


def site(editions: list[Path], to: Path, corrections: list[dict[str, str]]) -> Path:
    """The site beside the published one, then in its place: the last good book stays up until the new one is whole.

    Notices that change, such as the errata, stand outside the editions, whose bytes stay as they were published.
    """
    beside, old = to.with_name(f"{to.name}.new"), to.with_name(f"{to.name}.old")
    for left in (beside, old):
        shutil.rmtree(left, ignore_errors=True)
    beside.mkdir(parents=True)
    for folder in editions:
        shutil.copytree(folder, beside / folder.name)
    names = sorted((folder.name for folder in editions), reverse=True)
    (beside / "editions.js").write_text(f"window.evidenceEditions = {json.dumps(names)};\n", encoding="utf-8")
    for page, told in (("index", {"editions": names}), ("errata", {"rows": [row | _resting(editions, row) for row in corrections]})):
        html = _TEMPLATES.get_template(f"{page}.html").render(told, languages=LANGUAGES, word=words.word)
        (beside / f"{page}.html").write_text(html, encoding="utf-8")
    if to.exists():
        to.rename(old)
    beside.replace(to)
    shutil.rmtree(old, ignore_errors=True)
    return to


def _resting(editions: list[Path], correction: dict[str, str]) -> dict[str, list[str]]:
    """The ids of the corrected edition's exhibits and values that rest on the claim in question."""
    folder = next((folder for folder in editions if folder.name == correction["edition"]), None)
    if folder is None or correction["table"] != "claims":
        return {"resting": []}
    told = [record for part in ("figures", "values") for record in json.loads((folder / f"{part}.json").read_text(encoding="utf-8"))]
    return {"resting": sorted({record["id"] for record in told if correction["row"] in record["claims"]})}


def _write(path: Path, record: Any) -> None:
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
