"""A value as files to take away: its record, one row of a table, and its citations, all as the edition published them."""

import csv
import io
import json
from typing import Any

from evidence.checking import catalogues
from evidence.checking.published_site import Edition
from evidence.citing import citations
from evidence.words import LANGUAGES

FORMS = {"txt": "text", "bib": "bibtex", "ris": "ris", "csl.json": "csl-json"}  # of its citation in each language, by the ending of their files


def files(one: Edition, id: str) -> dict[str, bytes]:
    """The files of this value by name: JSON, CSV, and in each language the citation as text, BibTeX, RIS and CSL-JSON."""
    record = one.records["values"][id]
    told = catalogues.cited(one.folder, id, *FORMS.values())
    made = {"json": json.dumps(record | {"edition": one.name, "digits": citations.digits(record)}, ensure_ascii=False, indent=1) + "\n"}
    made |= {"csv": "\ufeff" + _row(record, one.name)}
    made |= {f"{lang}.{ending}": f"{told[lang][form].rstrip()}\n" for lang in LANGUAGES for ending, form in FORMS.items()}
    return {f"{id}.{ending}": text.encode() for ending, text in made.items()}


def _row(record: dict[str, Any], edition: str) -> str:
    """The value as a table of one row, its names in both languages."""
    named = {f"{part}_{lang}": record[part][lang] for part in ("name", "text") for lang in LANGUAGES}
    row = {
        "id": record["id"], **named, "period": record["period"], "number": f"{record['number']:.15g}",
        "number_high": f"{record['number_high']:.15g}" if "number_high" in record else "", "unit": record["unit"], "making": record["making"],
        "basis": " ".join(record["basis"]), "edition": edition, "digits": citations.digits(record),
    }  # fmt: skip
    text = io.StringIO()
    table = csv.DictWriter(text, list(row), lineterminator="\n")
    table.writeheader()
    table.writerow(row)
    return text.getvalue()
