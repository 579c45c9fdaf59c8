"""What the rest of the book shows of the subject of a profile: the exhibits that rest on a claim about it or on an observation of it.

And the other way round: what each exhibit is of.
"""

from typing import Any

from evidence.analysis import japan_funds
from evidence.exhibits import subjects
from evidence.exhibits.basis import spanned
from evidence.tables.edition import Edition
from evidence.tables.facts import LEDGERS

LISTS = ("overview", "ledger", "observations", "changes")  # what rests on nearly every row is about none of them


def attach(made: dict[str, Any], edition: Edition) -> None:
    """Gives each exhibit of a profile, as `elsewhere`, the ids of those in other chapters that rest on what was read of its subject."""
    profiles = [id for table in ("funders", "programmes") if edition.has(table) for id in edition.table(table)["id"]]
    read = {subject: _read(edition, subject) for subject in profiles}
    others = [record for record in made["exhibits"].values() if record["chapter"] not in LISTS and record["subject"] not in read]
    for record in made["exhibits"].values():
        if rows := read.get(record["subject"]):
            record["elsewhere"] = [other["id"] for other in others if not rows.isdisjoint(other["basis"])]


def name(made: dict[str, Any], edition: Edition, lang: str) -> None:
    """Gives each exhibit, as `entities`, the names of all that it is of: what its claims are about, its observations are of, and its own subject;
    and, as `years`, the period that they span. One that lists a ledger is of all that stands there.

    Names stand in the order of the tables that have them; what a claim is about and no table names (a plan as a whole) is no name for a reader.
    """
    ledgers = {table: edition.table(table) for table in LEDGERS if edition.has(table)}
    of = {table: dict(zip(rows["id"], rows["about" if table == "claims" else "entity"], strict=True)) for table, rows in ledgers.items()}
    ids = {row: id for table in of.values() for row, id in table.items()}
    called: dict[str, str] = {}
    for table in ("entities", "tiers"):
        if edition.has(table):
            called |= dict(zip(edition.table(table)["id"], edition.table(table)[f"name_{lang}"], strict=True))
    called |= subjects.called(edition, lang)
    for record in made["exhibits"].values():
        listed = [table for table in record["counted"] if table in of]
        found = {record["subject"], *(ids.get(row) for row in record["basis"]), *(id for table in listed for id in of[table].values())}
        record["entities"] = list(dict.fromkeys(name for id, name in called.items() if id in found))
        record["years"] = spanned([record["period"], *(period for table in listed for period in ledgers[table]["period"])])


def _read(edition: Edition, subject: str) -> set[str]:
    """The claims about it and the observations of it; of a programme those of its own agency."""
    claims = edition.claims
    rows = set(claims["id"][claims["about"].eq(subject)])
    if not edition.has("observations"):
        return rows
    observations = edition.observations
    own = observations["entity"].eq(subject)
    if edition.has("programmes") and edition.programmes["id"].eq(subject).any():
        programme = edition.programmes.set_index("id").loc[subject]
        agency = observations["measure"].map(japan_funds.agency).str.split("/").map(lambda agencies: programme["agency"] in agencies)
        own |= observations["entity"].eq(programme["abbreviation"].lower()) & agency
    return rows | set(observations["id"][own])
