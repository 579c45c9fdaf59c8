"""What the lists of a published edition are made of, as far as anything here reads them; what an older edition lacks is not asked for."""

from pathlib import Path
from typing import Any

from evidence import disk, root, shapes, words
from evidence.citing.bibliography import FILES
from evidence.errors import Place, Refusal
from evidence.shapes import TEXT, TEXTS, each, every, record
from evidence.tables import corrections
from evidence.words import LANGUAGES

_BOTH = record(dict.fromkeys(LANGUAGES, TEXT))
_LINES = record(dict.fromkeys(LANGUAGES, TEXTS))
_NUMBER = {"type": "number", "minimum": -1e300, "maximum": 1e300}  # what JSON calls a number may be infinite
_ALL = {"id": TEXT, "basis": TEXTS, "page": each(TEXT)}
_FIGURE = {**_ALL, "kind": {"enum": ["figure", "table"]}, "number": _BOTH, "title": _BOTH, "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}}
_VALUE = {**_ALL, "name": _BOTH, "text": _BOTH, "period": TEXT, "number": _NUMBER, "unit": TEXT, "making": TEXT}
_SINCE = {"formula": _BOTH, "later": _LINES}
_CITED = record(dict.fromkeys(LANGUAGES, each(TEXT)))
_PACKAGE = ("$schema", "version", "created", "licenses", "contributors")
_COLUMNS = record({"fields": every(record({"name": TEXT}, {"title": TEXT}))})
_SHAPES = {
    "figures.json": every(record(_FIGURE, {"subtitle": _BOTH, "notes": _LINES, "guards": _LINES, "alt": _BOTH, "files": TEXTS, **_SINCE})),
    "values.json": every(record(_VALUE, {"number_high": _NUMBER, **_SINCE})),
    "citations.json": each(_CITED),
    "corrections.json": each(every(record(dict.fromkeys(corrections.COLUMNS, TEXT)))),
    "edition.json": record({}, {"code": TEXT, "commit": TEXT, "lock": TEXT, "programs": each(TEXTS)}),
    "datapackage.json": record({**{name: {} for name in _PACKAGE}, "resources": every(record({"path": TEXT, "title": {}}, {"schema": _COLUMNS}))}),
}


def read(folder: Path, name: str) -> Any:
    """What the list of this name says in the folder of an edition.

    Raises:
        Refusal: E608 a list that cannot be read or is not made as it was published, with what is wrong.
    """
    place = Place(f"{folder.name}/{name}")
    try:
        found = disk.loaded(folder / name)
    except Refusal as refused:
        raise Refusal("E608", place, refused.found) from refused
    if wrong := shapes.fault(found, _SHAPES[name]):
        raise Refusal("E608", place, wrong[:200])
    return found


def records(folder: Path, name: str) -> dict[str, dict[str, Any]]:
    """The records of such a list by their ids; raises as `read`, and E297 an id that is none."""
    return {root.identifier(record["id"], f"{folder.name}/{name}"): record for record in read(folder, name)}


def beside(record: dict[str, Any], lang: str) -> list[str]:
    """What a citer is told below the citation of a figure or value: how a figure was computed, where its citation names no formula, and what is
    known since of what it rests on; nothing of an older edition, which does not say.

    >>> beside({"kind": "table", "formula": {"en": "share: a ÷ b"}, "later": {"en": ["checked: near"]}}, "en")
    ['Method of calculation: share: a ÷ b', 'Since then: checked: near']
    >>> beside({"formula": {"en": "a ÷ b"}}, "en")
    []
    """
    how = record.get("formula", {}).get(lang, "") if "kind" in record else ""
    told = {"how": [how] if how else [], "later": record.get("later", {}).get(lang, [])}
    return [words.word(f"cite.beside.{name}", lang, text=text) for name, texts in told.items() for text in texts]


def cited(folder: Path, id: str, *forms: str) -> dict[str, dict[str, str]]:
    """The citations of this figure or value, by language and form; raises as `read`, and E608 where there is none of it in one of these forms.

    The forms that programs read lie beside a figure, and the list does not say them again.
    """
    listed: dict[str, dict[str, str]] = read(folder, "citations.json").get(id, {})
    found = {
        lang: {form: disk.text(path) for form, path in _beside(folder, id, lang).items() if form in forms} | told for lang, told in listed.items()
    }
    missing = [] if found else [id]
    missing += [f"{id}: {form} ({lang})" for lang, told in found.items() for form in forms if form not in told]
    if missing:
        raise Refusal("E608", Place(f"{folder.name}/citations.json"), missing[0])
    return found


def _beside(folder: Path, id: str, lang: str) -> dict[str, Path]:
    files = {form: folder / "figures" / id / f"{id}.{lang}.{ending}" for form, ending in FILES.items()}
    return {form: path for form, path in files.items() if path.is_file()}
