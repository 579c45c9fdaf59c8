"""The commands for whoever cites: cite, export, review, register; they read the published site and write nothing into it."""

from pathlib import Path
from typing import Annotated, Any

import typer

from evidence import disk, root, words
from evidence.cli import sites, speech, verifying
from evidence.cli.sites import EDITION, SITE
from evidence.errors import Place, Refusal, Refusals
from evidence.nearest import near

ID = Annotated[str, typer.Argument(metavar="ID")]
LANG = Annotated[speech.Lang | None, typer.Option("--lang")]


def cite(
    id: ID,
    edition: EDITION = "",
    lang: LANG = None,
    format: Annotated[str, typer.Option(metavar="FORMAT")] = "text",
    site: SITE = None,
) -> None:
    """Print a citation: the same words as under the figure, table or value in the book; as text, with how it was computed and what is known since."""

    from evidence.checking import catalogues
    from evidence.citing import bibliography

    if format not in bibliography.FORMATS:
        raise Refusal("E284", Place("--format"), f"{near(format, list(bibliography.FORMATS))} ({', '.join(bibliography.FORMATS)})")
    place = sites.opened(site)
    id = sites.named(id)
    kind = "values" if place.having("values", id) and not place.having("figures", id) else "figures"
    one, told = _having(place, kind, id, edition, _wrong(site)), lang or speech.lang()
    typer.echo(catalogues.cited(one.folder, id, format)[told][format].rstrip("\n"))
    for line in catalogues.beside(one.records[kind][id], told) if format == "text" else ():
        typer.echo(line)


def export(
    id: Annotated[str, typer.Argument(metavar="ID")] = "",
    edition: EDITION = "",
    to: Annotated[Path, typer.Option(metavar="DIR")] = Path(),
    formats: Annotated[str, typer.Option(metavar="LIST")] = "",
    every: Annotated[bool, typer.Option("--all")] = False,
    site: SITE = None,
) -> None:
    """Take the files of a figure or table out of the site, byte for byte as published, or those of a value."""
    from evidence.checking import published_value

    if not id and not every:
        raise Refusal("E285", Place("ID | --all"))
    if id and every:
        raise Refusal("E296", Place("evidence export"), f"{id}, --all")
    place = sites.opened(site)
    if every:
        name = edition or place.editions[-1].name
        one = sites.edition(place, name)
        wanted = {own: _figure(one, own, formats) for own in sorted(one.records["figures"])}
    else:
        id = sites.named(id)
        kind = "values" if place.having("values", id) and not place.having("figures", id) else "figures"
        one = _having(place, kind, id, edition, _wrong(site))
        wanted = {id: published_value.files(one, id) if kind == "values" else _figure(one, id, formats)}
    for own, found in wanted.items():
        files = _asked(found, formats)
        folder = to / own if every else to
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, raw in files.items():
                disk.put(folder / name, raw)
                typer.echo(str(folder / name))
        except OSError as error:
            raise Refusal("E287", Place(str(to)), str(error)) from error


def _figure(one: Any, id: str, formats: str) -> dict[str, bytes]:
    """The files of a figure by name; where it is asked for, the archive of them as well, which the site does not hold."""
    from evidence.checking import published_figure

    packed = {f"{id}.zip": published_figure.archive(one, id)} if "zip" in formats else {}
    return published_figure.files(one, id) | packed


def _asked(files: dict[str, bytes], formats: str) -> dict[str, bytes]:
    """Those of the files that end as was asked for."""
    wanted = [f".{ending.strip().lstrip('.')}" for ending in formats.split(",")] if formats else [""]
    unknown = [ending.lstrip(".") for ending in wanted if not any(name.endswith(ending) for name in files)]
    if unknown:  # that one of several was left out would be seen only where it is missed
        known = sorted({name.partition(".")[2] for name in files} | {"zip"})
        raise Refusal("E284", Place("--formats"), f"{', '.join(unknown)} ({', '.join(known)})")
    return {name: raw for name, raw in files.items() if name.endswith(tuple(wanted))}


def review(
    paper: Annotated[Path, typer.Argument(metavar="PAPER", exists=True, dir_okay=False)],
    as_json: Annotated[bool, typer.Option("--json")] = False,
    report: Annotated[Path | None, typer.Option("--report", metavar="DIR", file_okay=False)] = None,
    site: SITE = None,
) -> None:
    """Find what a committee paper cites of the book, and say whether it still holds; ends with 6 where anything is not current."""
    import json

    from evidence.checking import report as written
    from evidence.checking import review as reviewed

    lang = speech.lang()
    place = sites.opened(site)
    found = reviewed.review(paper, place, _wrong(site), lang)
    if report:
        _reported(paper, found, [one.name for one in place.editions], report)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for record in found:
            head, *more = written.lines(record, lang)
            typer.echo("\n    ".join([f"{record['place']}: {head}", *more]))
        if not found:
            typer.echo(words.word("cli.nothing_cited", lang))
    if any(record["verdict"] != "current" for record in found):
        raise typer.Exit(6)


def _reported(paper: Path, found: list[dict[str, Any]], editions: list[str], to: Path) -> None:
    """Writes the page of the review, and the annotated copy of a Word document, and tells their names."""
    from evidence.checking import report as written

    made = {to / f"{paper.stem}.review.html": written.page(paper.name, found, editions, speech.lang()).encode()}
    if paper.suffix.lower() == ".docx":
        made[to / f"{paper.stem}.review.docx"] = written.annotated(paper, found, speech.lang())
    try:
        to.mkdir(parents=True, exist_ok=True)
        for path, raw in made.items():
            disk.put(path, raw)
            typer.echo(str(path), err=True)
    except OSError as error:
        raise Refusal("E287", Place(str(to)), str(error)) from error


def register_ids(edition: Annotated[str, typer.Argument(metavar="EDITION")], site: SITE = None) -> None:
    """Enter the edition's new ids into data/ids.csv and the sum of its files into data/published.csv: from then on neither changes."""
    import datetime

    from evidence.curation import identifiers
    from evidence.editions import freezing, register

    one = sites.edition(sites.opened(site), edition)
    data = root.folder() / "data"
    if altered := register.altered(data, one.folder, speech.sealed(data.parent, edition)):  # what was changed is not read
        raise Refusals(altered)
    new = identifiers.missing(identifiers.registered(data), edition, freezing.published(one.folder))
    entered = register.enter(data, one.folder, datetime.datetime.now().astimezone().date().isoformat())
    identifiers.append(data, new)
    typer.echo(speech.said("registered", n=len(new), file=f"data/{identifiers.FILE}"))
    if entered:
        typer.echo(speech.said("promised", edition=edition, file=f"data/{register.FILE}"))


def _having(site: Any, kind: str, id: str, edition: str, wrong: dict[str, list[dict[str, str]]]) -> Any:
    """The edition asked for, else the newest in which the figure or value is not known to be wrong; what is known against it is told."""
    from evidence.checking import known_wrong, review

    if edition:
        sites.edition(site, edition)
    having = [one for one in site.having(kind, id) if not edition or one.name == edition]
    if not having:
        known = sorted({id for kind in ("figures", "values") for id in site.ids(kind)})
        raise Refusal("E285", Place(edition), near(id, known))
    one = known_wrong.best(having, kind, id, site, wrong) or having[-1]
    for row in known_wrong.rows(one, kind, id, site, wrong):
        typer.echo(speech.said("known_wrong", edition=one.name, id=id, told=review.correction(row, speech.lang())), err=True)
    return one


def _wrong(site: Path | None) -> dict[str, list[dict[str, str]]]:
    """What is known to be wrong in the editions: as the site that was named says, else as the project's own register does, which may know more
    than the site that was last built.
    """
    from evidence.checking import known_wrong
    from evidence.tables import corrections

    if site is None:
        return corrections.wrong(root.folder() / "data")
    told = known_wrong.of_site(site)
    if told is None:
        typer.echo(speech.said("uncorrected", site=str(site)), err=True)
    return told or {}


def register(app: typer.Typer) -> None:
    """Gives the app these commands."""
    for command in (cite, export, verifying.verify, review):
        app.command()(command)
    app.command("register")(register_ids)
