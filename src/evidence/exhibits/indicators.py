"""The words of an indicator as those of an exhibit: what its row says and, where the data say it, what is derived from them."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from evidence import words
from evidence.analysis import indicators
from evidence.charts import timelines
from evidence.exhibits import basis, parts
from evidence.runs.selection import INDICATOR, TABLE
from evidence.tables import facts
from evidence.tables.edition import Edition

LIST = "indicator-list"  # the exhibit that lists them


def register(edition: Edition, chapter: str, subject: str, turned: Mapping[str, str]) -> pd.DataFrame:
    """The exhibits of this chapter with their kind and words, by id: rows of exhibits.csv or, of indicators, what `indicators.csv` makes them."""
    if chapter not in (INDICATOR, "indicators"):
        return parts.exhibits(edition, chapter)
    row = _listed() if chapter != INDICATOR else told(edition, subject, turned)
    return pd.DataFrame([row]).set_index("id")


def told(edition: Edition, id: str, turned: Mapping[str, str]) -> dict[str, str]:
    """Title, subtitle, notes and alt text of this indicator, as a run has `turned` it, in both languages, their numbers filled in."""
    indicator = indicators.described(edition.table("indicators"), edition.table("measures"), id, turned)
    table = indicators.series(indicator, edition.table("observations"), edition.table("entities"))
    row = {"id": TABLE, "kind": "table"} if indicator["form"] == "table" else {"id": INDICATOR, "kind": "figure"}
    for lang in words.LANGUAGES:
        row[f"title_{lang}"] = filled(indicator[f"title_{lang}"], indicator, table, lang)
        row[f"subtitle_{lang}"] = _subtitle(indicator, table, lang)
        row[f"notes_{lang}"] = " | ".join([*_notes(indicator, table, lang)])
        row[f"alt_{lang}"] = _alt(indicator, lang)
    return row


def _alt(indicator: pd.Series, lang: str) -> str:
    """What is drawn, and where the line is that it is compared with."""
    alt = words.word(f"indicator.alt.{indicator['form']}", lang, measure=indicator[f"measure_{lang}"])
    if pd.isna(indicator["line"]):
        return alt
    return words.word("indicator.alt.at", lang, alt=alt, n=words.quantity(indicator["line"], indicator["unit"], lang), a=indicator[f"line_{lang}"])


def filled(text: str, indicator: pd.Series, table: pd.DataFrame, lang: str) -> str:
    """The text with its numbers and periods filled in; braces that name none of them are left as they are."""
    for name, value in indicators.quoted(indicator, table).items():
        text = text.replace(f"{{{name}}}", words.period(value, lang) if isinstance(value, str) else _number(value, lang))
    return text


def _number(value: tuple[float | tuple[float, float], str, str, str], lang: str) -> str:
    number, unit, qualifier, status = value
    return indicators.marked(words.quantity(number, unit, lang, qualifier=qualifier), status, lang)


def _subtitle(indicator: pd.Series, table: pd.DataFrame, lang: str) -> str:
    """What is measured, in which unit and prices, at which stage, over which span."""
    price = indicator["price_basis"]
    counted = words.counted(table["value"], indicator["unit"], lang)[1] if words.money(indicator["unit"]) else indicator[f"unit_{lang}"]
    unit = "" if indicator["unit"] == indicators.INDEX else counted
    parts = [indicator[f"measure_{lang}"], unit, words.word(f"price.{price}", lang) if price not in ("", "not-stated") else ""]
    parts += [words.word(f"observed.{indicator['status']}", lang), words.period(basis.spanned(table["period"]), lang)]
    said = words.word("indicator.part", lang).join(dict.fromkeys(part for part in parts if part))
    return said[:1].upper() + said[1:]


def _notes(indicator: pd.Series, table: pd.DataFrame, lang: str) -> list[str]:
    """The notes of its row, then how to read its form."""
    own = [note for note in indicator[f"notes_{lang}"].split(" | ") if note]
    broken, early = (_in_words(periods, lang) for periods in (indicator["breaks"].split(), _preliminary(table)))
    form, told = indicator["form"], table.set_index("entity")[f"name_{lang}"].groupby(level=0).first()
    read = {
        "breaks": bool(broken) and form in timelines.FORMS, "broken": bool(broken) and form not in timelines.FORMS,
        "pale": bool(early) and form == "bars", "context": form == "line" and len(told) > len(timelines.COLOURS), "multiples": form == "multiples",
        "dashed": form == "multiples" and bool(indicator["reference"]), "slope": form == "slope",
    }  # fmt: skip
    filled = {"period": broken, "early": early, "a": told.get(indicator["reference"], "")}
    return own + [words.word(f"indicator.note.{name}", lang, **filled) for name, holds in read.items() if holds]


def _preliminary(table: pd.DataFrame) -> list[str]:
    return list(table.loc[table["_status"].eq(facts.PRELIMINARY), "period"].unique())


def _in_words(periods: list[str], lang: str) -> str:
    return words.word("indicator.note.joint", lang).join(words.period(one, lang) for one in periods)


def _listed() -> dict[str, Any]:
    row = {"id": LIST, "kind": "table", **{f"notes_{lang}": "" for lang in words.LANGUAGES}}
    return row | {f"{part}_{lang}": words.word(f"indicator.list.{part}", lang) for part in ("title", "subtitle", "alt") for lang in words.LANGUAGES}
