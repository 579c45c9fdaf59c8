"""Whether each value that is read or computed has a period, or a reason why it has none, as far as the rows it rests on are written out."""

from collections.abc import Iterator

from evidence.build.outline import Outline
from evidence.errors import Place, Refusal
from evidence.exhibits import basis
from evidence.runs.selection import EXHIBITS, Call
from evidence.tables.facts import LEDGERS


def problems(outline: Outline) -> Iterator[Refusal]:
    """E351 for a value of which neither a row that it rests on nor values.csv says when it is; rows found by computing are judged by its run."""
    periods = {row["id"]: row.get("period", "") for table in LEDGERS for _, row in outline.lines(table)}
    calls = {call.id: call for chapter in outline.chapters for _, call in chapter.calls if call.method not in EXHIBITS}
    for line, row in outline.lines("values"):
        call = calls.get(row["id"])
        ids = _rows(call) if call else ()
        if call and ids and not call.assumed and periods.keys() >= set(ids):
            reason, making = row.get("undated", ""), "computed" if call.formula else "read"
            if basis.undated(basis.spanned(periods[id] for id in ids), making, reason):
                found = f"{row['id']}: {' '.join([*ids[:3], reason])}".rstrip()
                yield Refusal("E351", Place(outline.tables["values"].file, line, "undated"), found)


def _rows(call: Call) -> tuple[str, ...]:
    return (call.id,) if call.method == "claim" else call.rests
