"""The site of all editions: what stands beside them, and how it takes the place of the one before."""

import json
import shutil
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, select_autoescape

from evidence import words
from evidence.editions.freezing import published
from evidence.tables import lineage
from evidence.tables.lineage import Lineage
from evidence.words import LANGUAGES

_LOADER = ChoiceLoader([PackageLoader("evidence.editions"), PackageLoader("evidence.book")])
_TEMPLATES = Environment(loader=_LOADER, autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True)


def site(editions: list[Path], to: Path, corrections: list[dict[str, str]], ids: list[dict[str, str]]) -> Path:
    """The site beside the published one, then in its place: the last good book stays up until the new one is whole.

    What changes as editions follow, such as the errata and what became of each exhibit of the register `ids`, stands outside the editions,
    whose bytes stay as they were published.
    """
    beside, old = to.with_name(f"{to.name}.new"), to.with_name(f"{to.name}.old")
    for left in (beside, old):
        shutil.rmtree(left, ignore_errors=True)
    beside.mkdir(parents=True)
    for folder in editions:
        shutil.copytree(folder, beside / folder.name)
    order = lineage.published(editions)
    names = order.order[::-1]
    (beside / "editions.js").write_text(f"window.evidenceEditions = {json.dumps(listed(order))};\n", encoding="utf-8")
    told = {name: published(beside / name) for name in order.order}
    errata = {"rows": [row | _resting(told.get(row["edition"]), row) for row in corrections]}
    pages: dict[str, tuple[str, dict[str, Any]]] = {"index.html": ("index", {"editions": names}), "errata.html": ("errata", errata)}
    pages |= {f"figures/{record['id']}/index.html": ("history", record) for record in histories(told, ids)}
    for path, (template, record) in pages.items():
        fonts = f"{'../' * path.count('/')}{names[0]}/ja/_static/drawings.css" if names else ""
        html = _TEMPLATES.get_template(f"{template}.html").render(record, languages=LANGUAGES, word=words.word, fonts=fonts)
        (beside / path).parent.mkdir(parents=True, exist_ok=True)
        (beside / path).write_text(html, encoding="utf-8")
    if to.exists():
        to.rename(old)
    beside.replace(to)
    shutil.rmtree(old, ignore_errors=True)
    return to


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


def histories(told: dict[str, dict[str, list[dict[str, Any]]]], ids: list[dict[str, str]]) -> list[dict[str, Any]]:
    """What became of every exhibit that these editions or the register have: id, first (edition), about, editions (newest first), gone.

    `told` gives figures and values by edition, the oldest first. `gone` is the edition since which an exhibit is no longer in the book, empty while
    it is.
    """
    by_edition = {name: {record["id"]: record for record in told[name]["figures"]} for name in told}
    known = {row["id"]: row for row in ids if row["kind"] != "value"}
    found = []
    for id in sorted(known.keys() | {id for records in by_edition.values() for id in records}):
        having = [name for name in by_edition if id in by_edition[name]]
        after = list(told)[list(told).index(having[-1]) + 1 :] if having else []
        row = known.get(id, {})
        shown = [{"name": name, **by_edition[name][id]} for name in reversed(having)]
        about = {lang: row.get(f"about_{lang}", "") for lang in LANGUAGES}
        first = row.get("first_edition") or having[0]
        found.append({"id": id, "first": first, "about": about, "editions": shown, "gone": after[0] if after else ""})
    return found


def _resting(edition: dict[str, list[dict[str, Any]]] | None, correction: dict[str, str]) -> dict[str, list[str]]:
    """The ids of the corrected edition's exhibits and values that rest on the claim in question."""
    if edition is None or correction["table"] != "claims":
        return {"resting": []}
    return {"resting": sorted({record["id"] for part in edition.values() for record in part if correction["row"] in record["basis"]})}
