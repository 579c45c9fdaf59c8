"""Whether what an edition says was not found is still not there, before a kernel starts."""

from collections.abc import Iterator

from evidence.analysis import japan_funds
from evidence.build.outline import Outline
from evidence.errors import Place, Refusal, Refusals


def problems(outline: Outline) -> Iterator[Refusal]:
    """E2141 for a row of gaps.csv whose number the observations have; nothing where a table cannot be read, which is told elsewhere."""
    edition = outline.edition
    if not edition.has("gaps"):
        return
    try:
        gaps, observations = edition.table("gaps"), edition.table("observations")
    except (Refusal, Refusals, KeyError):
        return
    for line, row in outline.lines("gaps"):
        found = japan_funds.filled(gaps[gaps["id"].eq(row["id"])], observations)["id"].tolist()
        if found:
            yield Refusal("E2141", Place(outline.tables["gaps"].file, line), f"{row['id']}: {', '.join(found[:3])}")
