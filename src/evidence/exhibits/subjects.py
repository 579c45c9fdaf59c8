"""What profiles are about: the programmes, the funders and the indicators of an edition, and how each is called."""

from typing import TYPE_CHECKING

from evidence import words
from evidence.runs.selection import INDICATOR

if TYPE_CHECKING:
    from evidence.tables.edition import Edition

KINDS = {"programme": "programmes", "funder": "funders", INDICATOR: "indicators"}


def called(edition: "Edition", lang: str, kind: str = "") -> dict[str, str]:
    """Name of every programme, with its agency, of every funder and every indicator in this language, by id; or of the indicators alone."""
    indicators = edition.table("indicators") if edition.has("indicators") else None
    told = {} if indicators is None else dict(zip(indicators["id"], indicators[f"name_{lang}"], strict=True))
    if kind == INDICATOR:
        return told
    if edition.has("programmes"):
        told |= {row["id"]: words.word("ui.programme_name", lang, **row) for row in edition.programmes.to_dict("records")}
    return told | (dict(zip(edition.funders["id"], edition.funders[f"name_{lang}"], strict=True)) if edition.has("funders") else {})
