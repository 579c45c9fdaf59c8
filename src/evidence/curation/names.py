"""Names by which a foreign file may call what our tables know by an id: theirs in both languages, words of codes, units, codes of countries."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global

from evidence import words
from evidence.curation import marks
from evidence.tables import reading

_OTHERS = {"DD", "DDR", "FX", "FXX", "VD", "VDR", "YD", "YMD"}  # a part of what is one country now, such as France without its overseas parts
_TEXTS = ("name_en", "name_ja", "title_en", "title_ja")


def known(folder: Path, schema: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Ids by the names that stand for them, by the columns that refer to another table, hold one of a few codes, or a unit."""
    found: dict[str, dict[str, str]] = {}
    for key in schema.get("foreignKeys", []):
        rows = reading.records(folder / f"{key['reference'].get('resource') or schema['name']}.csv")  # a table may refer to itself
        if len(key["fields"]) == 1 and rows and "id" in rows[0]:
            named = {row[name]: row["id"] for row in rows for name in _TEXTS if row.get(name)}
            found[key["fields"][0]] = {**_countries(named), **named, **{row["id"]: row["id"] for row in rows}}
    for field in schema["fields"]:
        if codes := field.get("constraints", {}).get("enum"):
            families = [f"{family}.{code}" for family in field.get("words", []) for code in codes]
            told = {words.word(name, lang): name.rpartition(".")[2] for name in families if words.has(name) for lang in words.LANGUAGES}
            stages = {mark: stage for mark, stage in marks.listed().items() if stage in codes} if field["name"] == "status" else {}
            found[field["name"]] = stages | told | {str(code): str(code) for code in codes}
        elif field["name"] == "unit":
            units = {
                row[name]: row["unit"] for row in reading.records(folder / "measures.csv") for name in ("unit_en", "unit_ja", "unit") if row.get(name)
            }
            found["unit"] = units
    return found


def _countries(named: Mapping[str, str]) -> dict[str, str]:
    """The codes of two and three letters and the usual names of the countries among these names.

    >>> _countries({"Germany": "germany"})["DEU"], _countries({"英国": "uk", "United Kingdom": "uk"})["イギリス"]
    ('germany', 'uk')
    """
    return {other: named[name] for name in named for other in _territories().get(name, ())}


@cache
def countries() -> frozenset[str]:
    """Every name and code by which a country is known here, whether the edition has it or not."""
    return frozenset(other for name, others in _territories().items() for other in (name, *others))


@cache
def _territories() -> dict[str, list[str]]:
    """By each name of a country in Japanese and English, its other names and codes."""
    told = {lang: Locale(lang).territories for lang in words.LANGUAGES}
    codes = {code: [code] for code in map(str, told["en"]) if len(code) == len("JP") and code.isalpha()}
    for alias, now in get_global("territory_aliases").items():
        if len(now) == 1 and now[0] in codes and alias.isalpha() and alias not in _OTHERS:
            codes[now[0]].append(alias)
    found: dict[str, list[str]] = {}
    for code, aliases in codes.items():
        also = [*(told[lang][code] for lang in told if code in told[lang]), *_formal().get(code, ())]
        found |= {name: [*also, *aliases] for name in also}
    return found


@cache
def _formal() -> dict[str, list[str]]:
    """By code, the formal names of a country and those by which the World Bank, the United Nations, the OECD or Eurostat call it."""
    found: dict[str, list[str]] = {}
    for row in reading.records(Path(str(files("evidence.curation").joinpath("countries.csv")))):
        found.setdefault(row["code"], []).append(row["name"])
    return found
