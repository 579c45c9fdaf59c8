"""An edition as an RO-Crate: its files with their hashes, the inputs they were made from, and each run of a notebook that made them."""

import json
import mimetypes
import warnings
from dataclasses import dataclass
from typing import Any

from rocrate.model import ContextEntity
from rocrate.rocrate import ROCrate

from evidence import words
from evidence.checking import published_site
from evidence.citing.citations import EDITORS, Issuer
from evidence.editions.provenance import Origin
from evidence.tables.package import LICENSE
from evidence.words import LANGUAGES

VERSION = "1.1"  # the version that validators and repositories know best
CODE = "src/evidence"  # its hash is that of the list of its files, as `provenance.code` says
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
_TYPES = {".csl.json": "application/vnd.citationstyles.csl+json", ".bib": "application/x-bibtex", ".ris": "application/x-research-info-systems"}
_TYPES |= {".vl.json": "application/vnd.vegalite.v6+json", ".json": "application/json", ".csv": "text/csv", ".js": "text/javascript"}
_TYPES |= {".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".woff2": "font/woff2"}
_TYPES |= {".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
_TYPES |= {".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation"}


@dataclass(frozen=True)
class Run:
    """One run of a notebook: its path in the project, the inputs it read, and the files of the edition that came of it."""

    name: str
    notebook: str
    reads: tuple[str, ...]
    makes: tuple[str, ...]


@dataclass(frozen=True)
class Edition:
    """What is described: the edition, where it comes from, SHA-256 of every input, and SHA-256 and size of every file, by path; and the upstream
    documents that it is based on, as schema.org names them.
    """

    name: str
    origin: Origin
    inputs: dict[str, str]
    files: dict[str, tuple[str, int]]
    issued: str = ""
    works: tuple[dict[str, Any], ...] = ()


def metadata(edition: Edition, runs: list[Run], issuer: Issuer = EDITORS) -> bytes:
    """The content of `ro-crate-metadata.json`, which stands in the edition's folder and describes it; `issuer` answers for it.

    The date is that of the edition and nothing in it comes from a clock.
    """
    crate = ROCrate(version=VERSION)
    _root(crate, edition, issuer)
    for path, (hash, size) in sorted(edition.files.items()):
        said = {"name": path, "encodingFormat": kind(path), "contentSize": str(size), "sha256": hash}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the files are described here, not copied
            crate.add_file(dest_path=path, properties=said)
    for path, hash in sorted(edition.inputs.items()):
        code = {"@type": "SoftwareSourceCode", "programmingLanguage": {"@id": "#python"}}
        told: dict[str, Any] = code if path.endswith(".ipynb") else {"@type": "CreativeWork"}
        crate.add(ContextEntity(crate, f"#{path}", properties=told | {"name": path, "sha256": hash, "version": _version(edition)}))
    for run in sorted(runs, key=lambda run: run.name):
        _action(crate, run, edition)
    graph = crate.metadata.generate()
    graph["@graph"] = sorted(graph["@graph"], key=lambda entity: (entity["@id"] not in ("ro-crate-metadata.json", "./"), entity["@id"]))
    return (json.dumps(graph, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n").encode()


def _version(edition: Edition) -> str:
    """The commit, where it has what the edition was made from; else the edition."""
    return edition.origin.commit if edition.origin.clean else edition.name


def kind(path: str) -> str:
    """The media type of a file by its name, the same on every machine.

    >>> kind("figures/a/a.csv"), kind("figures/a/a.csl.json")
    ('text/csv', 'application/vnd.citationstyles.csl+json')
    """
    known = next((_TYPES[ending] for ending in _TYPES if path.endswith(ending)), None)
    return known or mimetypes.MimeTypes().guess_type(path)[0] or "application/octet-stream"


def _root(crate: ROCrate, edition: Edition, issuer: Issuer) -> None:
    year, month, *day = [*(edition.issued or edition.name).split("-"), "01"]
    author = ContextEntity(crate, "#editors", properties={"@type": "Organization", "name": issuer.written_by("en")})
    publisher = ContextEntity(crate, "#publisher", properties={"@type": "Organization", "name": issuer.published_by("en")})
    licence = ContextEntity(crate, LICENSE["path"], properties={"@type": "CreativeWork", "name": LICENSE["title"], "identifier": LICENSE["path"]})
    python = ContextEntity(crate, "#python", properties={"@type": "ComputerLanguage", "name": "Python", "identifier": "https://www.python.org/"})
    process = ContextEntity(crate, PROFILE, properties={"@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"})
    code: dict[str, Any] = {"@type": "SoftwareSourceCode", "programmingLanguage": {"@id": "#python"}, "name": CODE, "sha256": edition.origin.code}
    code |= {"encoding": {"@id": published_site.CODE}} if published_site.CODE in edition.files else {}
    crate.add(author, publisher, licence, python, process, ContextEntity(crate, f"#{CODE}", properties=code | {"version": _version(edition)}))
    told: dict[str, Any] = {
        "name": " / ".join(f"{words.word('book.title', lang)} {words.word('ui.edition', lang, name=edition.name)}" for lang in LANGUAGES),
        "description": " / ".join(words.word("book.lead", lang) for lang in LANGUAGES),
        "datePublished": f"{year}-{month}-{day[0] if day[0].isdigit() else '01'}", "version": edition.name, "inLanguage": list(LANGUAGES),
        "identifier": f"{issuer.address.rstrip('/')}/{edition.name}/" if issuer.address else f"evidence-book:{edition.name}",
    }  # fmt: skip
    for name, content in told.items():
        crate.root_dataset[name] = content
    crate.root_dataset["license"], crate.root_dataset["publisher"], crate.root_dataset["author"] = licence, publisher, author
    crate.root_dataset["conformsTo"] = process
    crate.root_dataset.append_to("mentions", {"@id": f"#{CODE}"})
    for number, work in enumerate(edition.works, start=1):
        upstream = ContextEntity(crate, f"#document-{number}", properties=work)
        crate.add(upstream)
        crate.root_dataset.append_to("isBasedOn", upstream)


def _action(crate: ROCrate, run: Run, edition: Edition) -> None:
    made = [path for path in run.makes if path in edition.files]
    properties: dict[str, Any] = {
        "@type": "CreateAction", "name": run.name, "instrument": {"@id": f"#{run.notebook}"}, "agent": {"@id": "#editors"},
        "object": [{"@id": f"#{path}"} for path in sorted(run.reads) if path in edition.inputs], "result": [{"@id": path} for path in sorted(made)],
        "actionStatus": {"@id": "http://schema.org/CompletedActionStatus"},
    }  # fmt: skip
    action = ContextEntity(crate, f"#run-{run.name}", properties=properties)
    crate.add(action)
    crate.root_dataset.append_to("mentions", action)
