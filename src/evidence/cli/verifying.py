"""The command `verify`: what an edition, a file or an id was held against, and whether its publisher's word for it is proved."""

import unicodedata
from pathlib import Path
from typing import Annotated

import typer

from evidence import root
from evidence.cli import sites, speech
from evidence.cli.sites import EDITION, SITE
from evidence.errors import Place, Refusal, Refusals


def verify(
    paths: Annotated[list[str], typer.Argument(metavar="PATH")],
    site: SITE = None,
    key: Annotated[Path | None, typer.Option("--key", metavar="FILE", dir_okay=False)] = None,
    edition: EDITION = "",
) -> None:
    """Say whether an edition, a file or an id with its digits is as published; exit 6 where it is not."""
    problems: list[Refusal] = []
    for told in paths:
        try:
            problems += _folder(Path(told), site, key, edition) if Path(told).is_dir() else _one(told, site, key, edition)
        except FileNotFoundError:
            problems.append(Refusal("E619", Place(told), told))
        except Refusal as refused:
            problems.append(refused)
    if problems:
        typer.echo(speech.refused(Refusals(problems)), err=True)
        raise typer.Exit(6)


def _one(told: str, site: Path | None, key: Path | None, asked: str) -> list[Refusal]:
    """Says of a file, or of an id with its digits, what it is: as published in the editions of which that is proved, the same as in the others."""
    from evidence.checking import verification

    path, (id, colon, digits) = Path(told), unicodedata.normalize("NFKC", told).rpartition(":")
    as_file, held = path.is_file() or not colon, sites.opened(site)
    known = verification.file(path, held, asked) if as_file else verification.digits(sites.named(id), digits, held, asked)
    folder, problems, proved = sites.folder(site), [], []
    for name in known.editions:
        try:
            proved += [name] if _proof(folder / name, key) else []
        except Refusal as refused:
            problems.append(refused.of(name))
    parts = {"name": told, "path": known.path or known.id, "site": folder}
    for kind, names in (("verify_known", proved), ("verify_there", [name for name in known.editions if name not in proved])):
        if names and not problems:
            typer.echo(speech.said(kind, **parts, editions=", ".join(names)))
    return problems


def _folder(path: Path, site: Path | None, key: Path | None, asked: str) -> list[Refusal]:
    """Says what the folder of an edition, or each edition of a site and what stands around them, was held against; gives what differs."""
    from evidence.checking import verification

    editions = sorted(one.parent for one in path.glob("*/SHA256SUMS"))  # of a site
    if asked and editions:
        raise Refusal("E296", Place("evidence verify"), f"{path}, --edition {asked}")
    if asked and path.resolve().name != asked:
        return [Refusal("E618", Place(str(path)), f"{asked} → {path.resolve().name}")]
    problems = [problem.of(one.resolve().name) for one in editions or [path] for problem in _edition(one, site, key)]
    if not editions:
        return problems
    around = verification.around(path)
    if around or (path / "SHA256SUMS").is_file():
        typer.echo(speech.said("verify_fails" if around else "verify_around", name=path, n=len(around)))
    return problems + around  # which are of no edition


def _edition(folder: Path, site: Path | None, key: Path | None) -> list[Refusal]:
    """Says of the edition in this folder whether it is as published, or else what it was held against; gives what differs."""
    from evidence.checking import verification

    edition = folder.resolve()
    published = _published(site, edition.name)
    problems, proof = verification.edition(folder, published), ""
    try:
        proof = _proof(edition, key, published)
    except Refusal as refused:
        problems += [refused] if refused.code != "E502" or not problems else []  # what was told once
    other = published is not None and published.resolve() != edition.parent
    verdict = "verify_fails" if problems else "verify_holds" if proof else "verify_same" if other else "verify_listed"
    typer.echo(speech.said(verdict, name=folder, n=len(problems), site=published))
    if not problems and (proof or _signature(edition, published).is_file()):
        typer.echo(proof or speech.said("unproven", name=edition.name))
    return problems


def _proof(edition: Path, key: Path | None, published: Path | None = None) -> str:
    """Who published the edition in this folder, in words; empty where nothing proves it. Sums can be written anew by anybody: they prove nothing.

    Raises:
        Refusal: E615 to E617 a signature that is lacking or does not fit, E502 other bytes than the project registered.
    """
    from evidence.checking import signatures
    from evidence.editions import register

    data, signature, told = _data(), _signature(edition, published), ""
    promised = register.promised(data) if data else {}
    # The key is the one named, else the project's own. The one beside the edition proves nothing: who forges an edition can forge that too.
    public = key or (data / signatures.PUBLIC if data and (data / signatures.PUBLIC).is_file() else None)
    if public and (signature.is_file() or key or edition.name in promised):  # else nobody says that it is published
        told = speech.said("signed", name=edition.name, **signatures.checked(edition, signature, public))
    for refused in register.broken(promised, [edition]):
        raise refused
    if not told and edition.name in promised:
        return speech.said("verify_registered", name=edition.name, file=f"data/{register.FILE}")
    return told


def _signature(edition: Path, published: Path | None) -> Path:
    """Where the signature of the edition lies: beside it; of a copy that came alone in the project, or in the site it is held against."""
    from evidence.checking import signatures

    data, beside = _data(), signatures.beside(edition)
    others = [data / signatures.FOLDER / beside.name] if data else []
    others += [signatures.beside(published / edition.name)] if published else []
    return next((path for path in (beside, *others) if path.is_file()), beside)


def _data() -> Path | None:
    """The data of the project that the command was called in; None outside of one."""
    try:
        return root.folder() / "data"
    except Refusal:
        return None


def _published(site: Path | None, edition: str) -> Path | None:
    """The site to hold the edition against: one that is named must have it, the project's own may not; outside a project there is none."""
    try:
        folder = sites.folder(site)
    except Refusal:
        return None
    if (folder / edition / "SHA256SUMS").is_file():
        return folder
    if site is None:
        return None
    raise Refusal("E221", Place("site"), f"{edition} ({', '.join(one.name for one in sites.opened(site).editions)})")
