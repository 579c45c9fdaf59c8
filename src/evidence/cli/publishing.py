"""The commands of who publishes: a key pair, and an edition set into the site for good."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from evidence import root, words
from evidence.cli import speech
from evidence.errors import Place, Refusal, Refusals

SECRET = Path("~/.config/evidence-book/publisher.key")
PASSWORD = "EVIDENCE_KEY_PASSWORD"  # instead of being asked for it


def publish(
    edition: Annotated[str, typer.Argument(metavar="EDITION")],
    to: Annotated[Path, typer.Option("--to", metavar="SITE", file_okay=False)],
    key: Annotated[Path, typer.Option("--key", metavar="FILE", dir_okay=False)] = SECRET,
    check: Annotated[bool, typer.Option("--check")] = False,
) -> None:
    """Publish a built edition into a site: registered, signed, and never changed again."""
    from evidence.checking import published_site
    from evidence.editions import publishing

    folder = root.folder()
    built = sorted(path.parent.name for path in (folder / "_build" / "html").glob(f"*/{published_site.SUMS}"))
    if edition not in built:
        speech.absent(edition, Place("_build/html"), built)
    made, sealed = folder / "_build" / "html" / edition, speech.sealed(folder, edition)
    if check:
        if problems := publishing.lacking(folder, made, to, sealed):
            raise Refusals(problems)
        if key != SECRET:  # whoever only asks need not hold one
            publishing.owned(folder / "data", publishing.opened(key.expanduser(), _password("cli.password")))
        typer.echo(speech.said("publishable", edition=edition))
        return typer.echo(speech.said("deposit", edition=edition, folder=f"_build/html/{edition}", file=f"{edition}/datacite.json"))
    with speech.into(to):
        told = publishing.publish(folder, made, to, publishing.opened(key.expanduser(), _password("cli.password")), sealed)
    typer.echo(speech.said("promised", edition=edition, file="data/published.csv"))
    typer.echo(speech.said("signed", name=edition, **told))
    typer.echo(speech.said("commit", files=f"data/ids.csv data/published.csv data/signatures/{edition}.minisig"))
    typer.echo(str(to / "index.html"))


def reproduce(
    edition: Annotated[str, typer.Argument(metavar="EDITION")],
    site: Annotated[Path | None, typer.Option("--site", metavar="DIR", file_okay=False)] = None,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", dir_okay=False)] = None,
) -> None:
    """Make a published edition anew from the commit that it names, and certify that it is the same, or say which files differ."""
    import json

    from evidence.checking import published_site
    from evidence.editions import reproduction

    project = root.folder()
    folder = (site or project / "_build" / "html") / root.valid(edition)
    there = sorted(path.parent.name for path in folder.parent.glob(f"*/{published_site.SUMS}"))
    if edition not in there and site:
        raise Refusal("E221", Place(str(site)), f"{edition} ({', '.join(there)})")
    if edition not in there:
        speech.absent(edition, Place("_build/html"), there)
    told = reproduction.reproduce(project, folder)
    certificate = json.dumps(told, ensure_ascii=False, indent=1)
    if to:
        try:
            to.write_text(certificate + "\n", encoding="utf-8")
        except OSError as error:
            raise Refusal("E287", Place(str(to)), str(error)) from error
    typer.echo(certificate)
    if not told["same"]:
        raise Refusals([Refusal("E622", Place(f"{edition}/{path}"), f"{path} ({how})") for path, how in told["differing"].items()])
    typer.echo(speech.said("reproduced", edition=edition, n=told["files"], commit=told["commit"][:12]), err=True)


def key(
    to: Annotated[Path, typer.Option("--to", metavar="FILE", dir_okay=False)] = SECRET,
) -> None:
    """Make the key pair of the publisher: the secret key outside the project, the public one in data/publisher.pub."""
    from evidence.checking import signatures
    from evidence.editions import publishing

    folder, secret = root.folder(), to.expanduser().absolute()
    if secret.is_relative_to(folder):
        raise Refusal("E508", Place(str(to)))
    with speech.into(to):
        told = publishing.new_key(secret, folder / "data" / signatures.PUBLIC, _password("cli.new_password", twice=True))
    typer.echo(speech.said("key", secret=str(secret), public=f"data/{signatures.PUBLIC}", told=told))


def _password(asked: str, twice: bool = False) -> str:
    """The password of the key, from the environment or the terminal; none where there is no terminal to ask on."""
    if PASSWORD in os.environ:
        return os.environ[PASSWORD]
    if not sys.stdin.isatty():
        return ""
    return str(typer.prompt(words.word(asked, speech.lang()), default="", hide_input=True, confirmation_prompt=twice, show_default=False))


def register(app: typer.Typer) -> None:
    """Gives the app these commands."""
    for command in (publish, reproduce, key):
        app.command()(command)
