"""An exhibit in one archive, all as the edition published it: its files, the code that made them, what they are and how they are cited, and sums.

The site holds the files alone: an archive of them would be every byte once more. Whoever makes one, here or years later, makes the same bytes.
"""

import json
from typing import Any

from evidence import words, zips
from evidence.checking import catalogues
from evidence.checking.published_site import CODE, SUMS, Edition, sha256
from evidence.citing.citations import line
from evidence.citing.stamps import Stamp
from evidence.errors import Place, Refusal
from evidence.tables.package import LICENSE
from evidence.words import LANGUAGES

PAGE = "index.html"  # is for a browser, beside the book


def files(one: Edition, id: str) -> dict[str, bytes]:
    """The files of this exhibit by name, without its page; raises as `Edition.raw`."""
    named = {path.rpartition("/")[2]: path for path in sorted(one.files(id))}
    return {name: one.raw(path) for name, path in named.items() if name != PAGE}


def archive(one: Edition, id: str) -> bytes:
    """The files, the code that made them, README.txt in both languages, datapackage.json and SHA256SUMS; the comment of the archive is the stamp."""
    made_by = code(one, id)
    held = files(one, id) | made_by
    held |= {"README.txt": _readme(one, id, sorted(made_by)).encode("utf-8-sig"), "datapackage.json": _described(one, id)}
    held[SUMS] = "".join(f"{sha256(held[name])}  {name}\n" for name in sorted(held)).encode()
    return zips.zipped(held, str(_stamp(one, id)))


def code(one: Edition, id: str) -> dict[str, bytes]:
    """The notebook that made this exhibit, and the modules of analysis and chart that it uses; none of an edition that did not publish its code."""
    page = one.records["figures"][id]["page"][LANGUAGES[0]].rpartition("/")[2].partition(".")[0]
    named = catalogues.read(one.folder, "edition.json").get("programs", {}).get(page, []) if one.code else []
    if missing := [name for name in named if name not in one.code]:
        raise Refusal("E608", Place(f"{one.name}/{CODE}"), missing[0])
    return {f"code/{name}": one.code[name] for name in named}


def _stamp(one: Edition, id: str) -> Stamp:
    return Stamp(one.name, id, one.digits("figures", id))


def _readme(one: Edition, id: str, code: list[str]) -> str:
    """What the archive holds, how it is cited and verified and under what terms it may be used, in Japanese and then in English."""
    record, told = one.records["figures"][id], catalogues.cited(one.folder, id, "text", "processed")
    parts = []
    for lang in LANGUAGES:
        said: dict[str, Any] = {name: record.get(name, {}).get(lang, "") for name in ("number", "title", "subtitle", "notes")}
        known = {"edition": one.name, "id": id, "hash": one.digits("figures", id)}
        licence = words.word("archive.licence", lang, licence=words.word("cite.licence", lang), address=LICENSE["path"])
        parts += [
            line(f"{said['number']} {said['title']}"), line(said["subtitle"]),
            *(f"{words.word('file.cover.note', lang)}: {line(note)}" for note in said["notes"]), "",
            f"{words.word('file.cover.citation', lang)}:", told[lang]["text"].rstrip("\n"), "",
            f"{words.word('file.cover.processed', lang)}:", told[lang]["processed"].rstrip("\n"), "",
            *(f"{words.word(f'file.cover.{name}', lang)}: {text}" for name, text in known.items()),
            "", *_made_by(one, code, lang), words.word("archive.verify", lang), licence, "", "",
        ]  # fmt: skip
    return "\n".join(parts)


def _made_by(one: Edition, code: list[str], lang: str) -> list[str]:
    """Which of the files made the exhibit, which state of the code they are, and how they are run."""
    if not code:
        return []
    told = catalogues.read(one.folder, "edition.json")
    notebook = next(name for name in code if name.endswith(".ipynb"))
    known = {name: told.get(name) or "–" for name in ("commit", "code", "lock")}
    state, run = words.word("archive.state", lang, **known), words.word("archive.run", lang, file=CODE)
    return [words.word("archive.code", lang, notebook=notebook), state, run, ""]


def _described(one: Edition, id: str) -> bytes:
    """The data file as a Data Package: what the edition's own says of it, with the way it has in the archive."""
    whole, place = catalogues.read(one.folder, "datapackage.json"), f"figures/{id}/{id}.csv"
    told = {name: whole[name] for name in ("$schema", "version", "created", "licenses", "contributors")}
    resources = [part | {"path": f"{id}.csv"} for part in whole["resources"] if part["path"] == place]
    if not resources:
        raise Refusal("E608", Place(f"{one.name}/datapackage.json"), place)
    package = told | {"name": f"evidence-{one.name}-{id}", "id": str(_stamp(one, id)), "title": resources[0]["title"], "resources": resources}
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()
