"""What an edition says of itself to other programs: its citations as files, CITATION.cff, a Data Package of its
data, DataCite metadata for its deposit, and an RO-Crate."""

from collections.abc import Iterable
from pathlib import Path

from evidence import disk
from evidence.book import listing
from evidence.citing.citations import Cited, Issuer
from evidence.editions import catalogues, crate, datacite
from evidence.editions.provenance import Origin
from evidence.files import descriptions
from evidence.tables.ties import KINDS

CRATE = "ro-crate-metadata.json"


def write(folder: Path, cited: list[Cited], runs: Iterable[crate.Run], issuer: Issuer) -> None:
    """Writes the descriptions into the folder of an edition whose pages, figures and `edition.json` are there.

    `cited` are its exhibits and values, `runs` the runs of its notebooks; what a run made is named by the paths of the edition.
    """
    told = disk.loaded(folder / "edition.json")
    exhibits = [(one, disk.raw(folder / "figures" / one.id / f"{one.id}.csv")) for one in cited if one.kind != "value"]
    lists = {f"{lang}/{listing.FILE}": disk.raw(folder / lang / listing.FILE) for lang in told["languages"]}
    made = catalogues.citations(told["id"], cited)
    made |= {"CITATION.cff": catalogues.cff(told["id"], issuer).encode(), "datapackage.json": catalogues.datapackage(told["id"], exhibits, lists)}
    ties = {kind: told[kind] for kind in KINDS if kind in told}
    made |= {datacite.FILE: datacite.metadata(told["id"], issuer, ties)}
    for path, raw in made.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(raw)
    files = {path.relative_to(folder).as_posix(): (disk.sha256(path), path.stat().st_size) for path in folder.rglob("*") if path.is_file()}
    works = {work["name"]: work for one in cited for work in descriptions.works(one)}
    origin = Origin(told["code"], told["commit"], told["clean"])
    edition = crate.Edition(told["id"], origin, told["inputs"], files, works=tuple(works[name] for name in sorted(works)))
    (folder / CRATE).write_bytes(crate.metadata(edition, list(runs), issuer))
