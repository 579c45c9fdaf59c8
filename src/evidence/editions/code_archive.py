"""What an edition was made with, as one archive: code, notebooks, prose, tables and lock. Unpacked, it makes the edition again."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evidence import disk, words, zips
from evidence.editions import provenance
from evidence.words import LANGUAGES

PROJECT = "pyproject.toml"
BESIDE = ("_toc.yml", PROJECT, "requirements.lock", "LICENSE")  # what a build reads beside prose and tables, and the terms of the code


_PARTS = {"package": "src/evidence/", "notebooks": "notebooks/", "tables": "data/", "prose": "book/", "packages": "requirements.lock"}
_STEPS = {
    "run": (
        "python3 -m venv .venv", ".venv/bin/pip install --require-hashes -r requirements.lock",
        "PYTHONPATH=src .venv/bin/python -m evidence build {edition}",
    ),
    "windows": (
        "py -3 -m venv .venv", r".venv\Scripts\python -m pip install --require-hashes -r requirements.lock", '$env:PYTHONPATH = "src"',
        r".venv\Scripts\python -m evidence build {edition}",
    ),
}  # fmt: skip


def archive(folder: Path, told: dict[str, Any], paths: Iterable[Path]) -> bytes:
    """The archive of the edition that says `told` of itself (`edition.json`): these files of the project, the code that runs, and README.txt."""
    files = {path.relative_to(folder).as_posix(): disk.raw(path) for path in paths}
    files |= {name: disk.raw(path) for name, path in provenance.named().items()}
    python = tomllib.loads(files[PROJECT].decode())["project"]["requires-python"] if PROJECT in files else ""
    readme = "\n\n\n".join(_readme(told, python, lang) for lang in LANGUAGES)
    return zips.zipped(files | {"README.txt": f"{readme}\n".encode("utf-8-sig")})


def _readme(told: dict[str, Any], python: str, lang: str) -> str:
    """What the folders hold, which code and packages they are, and how the edition is made again."""
    known = {"commit": told["commit"] or "–", "code": told["code"], "lock": told["lock"] or "–", "python": python or "–"}
    unclean = [words.word("code.unclean", lang)] if told["clean"] is False else []
    steps = [
        (words.word(f"code.{system}", lang), "", *(f"    {line.format(edition=told['id'])}" for line in lines), "")
        for system, lines in _STEPS.items()
    ]
    return "\n".join([
        words.word("code.title", lang, book=words.word("book.title", lang), edition=words.word("ui.edition", lang, name=told["id"])), "",
        *(f"{name:18}{words.word(f'code.{part}', lang)}" for part, name in _PARTS.items()), "",
        *(f"{words.word(f'code.of.{part}', lang)}: {text}" for part, text in known.items()), *unclean, "",
        *(line for system in steps for line in system), words.word("code.result", lang, edition=told["id"]),
    ])  # fmt: skip
