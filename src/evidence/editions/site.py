"""The site of all editions: what stands beside them, and how it takes the place of the one before."""

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, select_autoescape

from evidence import disk, words
from evidence.book import loads
from evidence.checking import known_wrong, published_site
from evidence.checking.known_wrong import Wrong
from evidence.checking.published_site import KINDS, Site
from evidence.citing import citations
from evidence.citing.citations import Issuer
from evidence.curation import identifiers
from evidence.editions import exchange, feed, freezing, imprint, landing, local_review, register
from evidence.editions.freezing import SUMS, published
from evidence.editions.imprint import Imprint
from evidence.errors import Place, Refusal, Refusals
from evidence.tables import corrections, lineage
from evidence.tables.lineage import Lineage
from evidence.words import LANGUAGES

_LOADER = ChoiceLoader([PackageLoader("evidence.editions"), PackageLoader("evidence.book")])
_TEMPLATES = Environment(loader=_LOADER, autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True)


@dataclass(frozen=True)
class Known:
    """What the folder `data` says beside the editions: what was `corrected`, every id there was, the sums of editions that are `promised`, who
    publishes, and what is known to be wrong in each edition.
    """

    corrected: list[dict[str, str]] = field(default_factory=list)
    ids: list[dict[str, str]] = field(default_factory=list)
    promised: dict[str, str] = field(default_factory=dict)
    imprint: Imprint = field(default_factory=Imprint)
    wrong: Wrong = field(default_factory=dict)


def known(data: Path) -> Known:
    """What is known in the folder `data`."""
    ids, promised = identifiers.registered(data), register.promised(data)
    return Known(corrections.register(data), ids, promised, imprint.read(data), corrections.wrong(data))


def site(editions: list[Path], to: Path, known: Known) -> Path:
    """The site beside the published one, then in its place: the last good book stays up until the new one is whole.

    What changes as editions follow, such as the errata and what became of each exhibit, stands outside the editions, whose bytes stay as they were
    published.

    Raises:
        Refusals: E501 a file of an edition that is not what it was when the edition was frozen, E502 a published edition that would change.
    """
    place = Path(os.path.realpath(to))  # a link to where the site is served stays a link; one that leads in a circle is told as what it is
    beside = exchange.beside(place)
    try:
        _put_together(beside, editions, known)
        if editions:
            _reviewed(beside, known.wrong)
        _listed(beside, {folder.name for folder in editions})
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)  # half a site is of use to nobody, and may be what filled the disk
        raise
    exchange.swap(beside, place)
    return to


def _put_together(beside: Path, editions: list[Path], known: Known) -> None:
    for folder in editions:
        shutil.copytree(folder, beside / folder.name)
    altered = [Refusal("E501", Place(f"{_shown(folder)}/{file}")) for folder in editions for file in freezing.changed(beside / folder.name)]
    if problems := altered or register.broken(known.promised, [beside / folder.name for folder in editions]):
        raise Refusals(problems)
    for path, raw in known.imprint.proofs.items():
        (beside / path).parent.mkdir(exist_ok=True)
        (beside / path).write_bytes(raw)
    (beside / ".nojekyll").touch()  # GitHub Pages would leave out _static
    (beside / "front.js").write_bytes(files("evidence.editions").joinpath("templates", "front.js").read_bytes())
    order = lineage.published(editions)
    names = order.order[::-1]
    (beside / "editions.js").write_text(f"window.evidenceEditions = {json.dumps(listed(order))};\n", encoding="utf-8")
    (beside / feed.NAME).write_bytes(feed.feed(order, known.corrected))
    told = {name: published(beside / name) for name in order.order}
    errata = {"rows": [row | _resting(told.get(row["edition"]), row) for row in known.corrected]}
    front = {"editions": introduced(order, told), "imprint": known.imprint}
    pages: dict[str, tuple[str, dict[str, Any]]] = {"index.html": ("index", front), "errata.html": ("errata", errata)}
    pages |= {local_review.PAGE: ("review", {})} if names else {}
    creator = Issuer(author=known.imprint.author).written_by("en")
    for kind in KINDS:
        for record in histories(told, known.ids, kind):
            machines = {"linked": landing.of_history(record, creator), "links": landing.of_editions(record)}
            pages[f"{kind}/{record['id']}/index.html"] = ("history", record | machines)
    for path, (template, record) in pages.items():
        top = "../" * path.count("/")
        around = {"top": top, "static": f"{top}{names[0]}/ja/_static" if names else "", "languages": LANGUAGES}
        html = _TEMPLATES.get_template(f"{template}.html").render(record, word=words.word, period=words.period, **around)
        (beside / path).parent.mkdir(parents=True, exist_ok=True)
        (beside / path).write_text(html, encoding="utf-8")


def _reviewed(beside: Path, wrong: Wrong) -> None:
    """Writes what is known to be wrong, and the scripts of the page on which a reader checks a paper: what it does, what it knows of the editions."""
    (beside / known_wrong.FILE).write_text(known_wrong.told(wrong), encoding="utf-8")
    (beside / local_review.SCRIPT).write_bytes(files("evidence.editions").joinpath("templates", local_review.SCRIPT).read_bytes())
    (beside / local_review.DATA).write_text(local_review.data(Site(beside), wrong), encoding="utf-8")


def parts(frozen: Path, to: Path, names: list[str], promised: Iterable[str]) -> list[Path]:
    """The folders that the site is put together of: of each edition the frozen one, else the one that stands on the site.

    Editions are those of these names and, whether or not their tables are still there, those that are promised for good.
    """
    found = [folder / name for name in sorted({*names, *promised}) for folder in (frozen, to)]
    whole = {path.name: path for path in reversed(found) if (path / published_site.SUMS).exists()}
    return [whole[name] for name in sorted(whole)]


def _shown(folder: Path) -> str:
    """The folder as messages name it: from `_build` on, so that it reads the same on every machine."""
    parts = folder.parts
    return Path(*parts[parts.index("_build") :]).as_posix() if "_build" in parts else folder.name


def _listed(beside: Path, editions: set[str]) -> None:
    """Writes the hash of every file around the editions and of the list of each, which is what their own lists cannot say.

    Raises:
        Refusals: E410 a page among them that loads from another host.
    """
    if foreign := loads.foreign(beside, tuple(editions)):
        raise Refusals(foreign)
    files = sorted(path for path in beside.rglob("*") if path.is_file())
    own = [path for path in files if path.relative_to(beside).parts[0] not in editions or (path.parent.parent == beside and path.name == SUMS)]
    (beside / SUMS).write_text("".join(f"{disk.sha256(path)}  {path.relative_to(beside).as_posix()}\n" for path in own), encoding="utf-8")


def listed(known: Lineage) -> list[dict[str, str]]:
    """What a page has to know of the editions, the newest first: `id`, what it `succeeds`, `corrects` or `revises`, and `read`, the one to be read
    instead, with `why`: corrected or newer. A page looks itself up and compares nothing.

    >>> from evidence.tables.lineage import Tie
    >>> for told in listed(Lineage({"2019-09": None, "2019-09-c1": Tie("corrects", "2019-09"), "2026-11": Tie("succeeds", "2019-09")})):
    ...     print(told)
    {'id': '2026-11', 'succeeds': '2019-09'}
    {'id': '2019-09-c1', 'corrects': '2019-09', 'read': '2026-11', 'why': 'newer'}
    {'id': '2019-09', 'read': '2019-09-c1', 'why': 'corrected'}
    """
    found = []
    for name in reversed(known.order):
        tie, read = known.ties[name], known.superseded(name)
        why = "corrected" if known.corrected(name) else "newer"
        found.append({"id": name, **(tie.record if tie else {}), **({"read": read, "why": why} if read else {})})
    return found


def introduced(known: Lineage, told: dict[str, dict[str, list[dict[str, Any]]]]) -> list[dict[str, Any]]:
    """What the front page says of each edition, the newest first: id, month, what it goes back to and how, the one to be `read` instead, counts.

    `told` gives figures and values by edition; `new` counts those whose ids the edition before it had not.
    """
    found = []
    for record in listed(known):
        tie, parts = known.ties[record["id"]], told[record["id"]]
        before = {one["id"] for part in told[tie.to].values() for one in part} if tie else set()
        new = {part: len({one["id"] for one in records} - before) for part, records in parts.items()}
        counts = {part: len(records) for part, records in parts.items()}
        found.append({"read": "", **record, "month": record["id"][:7], "tie": tie, "counts": counts, "new": new if tie else {}})
    return found


def histories(told: dict[str, dict[str, list[dict[str, Any]]]], ids: list[dict[str, str]], kind: str = "figures") -> list[dict[str, Any]]:
    """What became of every exhibit, or every value, that these editions or the register have: id, first (edition), about, editions (newest first),
    gone, and for its page `folder` and `what` it is.

    `told` gives figures and values by edition, the oldest first. `gone` is the edition since which it is no longer in the book, empty while it is.
    """
    by_edition = {name: {record["id"]: _history(record, kind) for record in told[name][kind]} for name in told}
    known = {row["id"]: row for row in ids if (row["kind"] == "value") == (kind == "values")}
    what = "value" if kind == "values" else "exhibit"
    found = []
    for id in sorted(known.keys() | {id for records in by_edition.values() for id in records}):
        having = [name for name in by_edition if id in by_edition[name]]
        after = list(told)[list(told).index(having[-1]) + 1 :] if having else []
        row = known.get(id, {})
        shown = [{**by_edition[name][id], "name": name} for name in reversed(having)]
        about = {lang: row.get(f"about_{lang}", "") for lang in LANGUAGES}
        first = row.get("first_edition") or having[0]
        gone = after[0] if after else ""
        found.append({"id": id, "first": first, "about": about, "editions": shown, "gone": gone, "folder": kind, "what": what})
    return found


def _history(record: dict[str, Any], kind: str) -> dict[str, Any]:
    """What the list of editions says of an exhibit or value in one of them: title, what stands beside the edition, digits of its data."""
    if kind == "figures":
        return record | {"digits": record.get("sha256", "")[: citations.DIGITS]}
    return record | {
        "title": {lang: citations.called(record, lang) for lang in LANGUAGES},
        "number": record["text"],
        "digits": citations.digits(record),
    }


def _resting(edition: dict[str, list[dict[str, Any]]] | None, correction: dict[str, str]) -> dict[str, list[str]]:
    """The ids of the corrected edition's exhibits and values that rest on the claim in question."""
    if edition is None or correction["table"] != "claims":
        return {"resting": []}
    return {"resting": sorted({record["id"] for part in edition.values() for record in part if correction["row"] in record["basis"]})}
