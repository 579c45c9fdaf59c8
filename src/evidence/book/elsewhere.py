"""What the rest of the book shows of the subject of a profile: the exhibits that rest on a claim about it or on an observation of it."""

from typing import Any

from evidence.analysis import japan_funds
from evidence.tables.edition import Edition

LISTS = ("overview", "ledger", "observations", "changes")  # what rests on nearly every row is about none of them


def attach(made: dict[str, Any], edition: Edition) -> None:
    """Gives each exhibit of a profile, as `elsewhere`, the ids of those in other chapters that rest on what was read of its subject."""
    subjects = [id for table in ("funders", "programmes") if edition.has(table) for id in edition.table(table)["id"]]
    read = {subject: _read(edition, subject) for subject in subjects}
    others = [record for record in made["exhibits"].values() if record["chapter"] not in LISTS and record["subject"] not in read]
    for record in made["exhibits"].values():
        if rows := read.get(record["subject"]):
            record["elsewhere"] = [other["id"] for other in others if not rows.isdisjoint(other["basis"])]


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
