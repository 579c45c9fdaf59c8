"""What profiles are about: the programmes and the funders of an edition, and how each is called."""

from typing import TYPE_CHECKING

from evidence import words

if TYPE_CHECKING:
    from evidence.tables.edition import Edition

KINDS = {"programme": "programmes", "funder": "funders"}


def called(edition: "Edition", lang: str) -> dict[str, str]:
    """Name of every programme, with its agency, and of every funder in this language, by id."""
    told = {row["id"]: words.word("ui.programme_name", lang, **row) for row in edition.programmes.to_dict("records")}
    return told | dict(zip(edition.funders["id"], edition.funders[f"name_{lang}"], strict=True))
