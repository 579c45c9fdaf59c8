"""What an edition says of itself to other programs: its citations as files, CITATION.cff, a Data Package of its data, and an RO-Crate."""

import json
from collections.abc import Iterable
from pathlib import Path

from evidence.citing.citations import Cited
from evidence.editions import catalogues, crate
from evidence.editions.freezing import sha256
from evidence.editions.provenance import Origin

CRATE = "ro-crate-metadata.json"


def write(folder: Path, cited: list[Cited], runs: Iterable[crate.Run], base: str) -> None:
    """Writes the descriptions into the folder of an edition whose pages, figures and `edition.json` are there.

    `cited` are its exhibits and values, `runs` the runs of its notebooks; what a run made is named by the paths of the edition.
    """
    told = json.loads((folder / "edition.json").read_text(encoding="utf-8"))
    exhibits = [(one, (folder / "figures" / one.id / f"{one.id}.csv").read_bytes()) for one in cited if one.kind != "value"]
    made = catalogues.citations(told["id"], cited)
    made |= {"CITATION.cff": catalogues.cff(told["id"], base).encode(), "datapackage.json": catalogues.datapackage(told["id"], exhibits)}
    for path, raw in made.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(raw)
    files = {path.relative_to(folder).as_posix(): (sha256(path), path.stat().st_size) for path in folder.rglob("*") if path.is_file()}
    edition = crate.Edition(told["id"], Origin(told["code"], told["commit"], told["clean"]), told["inputs"], files)
    (folder / CRATE).write_bytes(crate.metadata(edition, list(runs), base))
