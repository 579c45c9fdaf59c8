"""Whether an edition is the one that its publisher signed: sums can be written anew by anybody, a signature only with the publisher's key.

Signatures are those of minisign (Ed25519): `minisign -Vm 2026-11/SHA256SUMS -x signatures/2026-11.minisig -p publisher.pub` says the same as this.
What is signed is the edition's SHA256SUMS, with a comment that names edition, day and publisher.
"""

from pathlib import Path

import minisign

from evidence import disk
from evidence.checking.published_site import SUMS
from evidence.errors import Place, Refusal

PUBLIC, FOLDER, ENDING = "publisher.pub", "signatures", ".minisig"


def beside(edition: Path) -> Path:
    """Where a site keeps the signature of the edition in this folder."""
    return edition.parent / FOLDER / f"{edition.name}{ENDING}"


def comment(edition: str, day: str, publisher: str) -> str:
    r"""What is signed along with the list.

    >>> comment("2026-11", "2026-11-26", "Ministry")
    'edition:2026-11\tpublished:2026-11-26\tpublisher:Ministry'
    """
    return f"edition:{edition}\tpublished:{day}\tpublisher:{publisher}"


def checked(edition: Path, signature: Path, public: Path) -> dict[str, str]:
    """What the signature proves of the edition in this folder: `edition`, `published` (a day) and `publisher`, and the `public` key.

    Raises:
        Refusal: E615 a signature that does not fit the list, the key or the edition; E616 none; E617 no public key.
    """
    key, place = public_key(public), Place(f"{edition.name}/{SUMS}")
    if not signature.is_file():
        raise Refusal("E616", place, signature.name)
    try:
        signed = minisign.Signature.from_bytes(disk.raw(signature))
        key.verify(disk.raw(edition / SUMS), signed)
    except (minisign.Error, Refusal, UnicodeDecodeError) as error:
        raise Refusal("E615", place, f"{signature.name}: {error}") from error
    told = dict(part.partition(":")[::2] for part in signed.trusted_comment.split("\t"))
    if told.get("edition") != edition.name:
        raise Refusal("E615", place, f"{signature.name}: {signed.trusted_comment}")
    return {"published": "", "publisher": "", **told, "public": key.to_base64().decode()}


def public_key(path: Path) -> minisign.PublicKey:
    """The public key in this file.

    Raises:
        Refusal: E617 when there is none.
    """
    try:
        return minisign.PublicKey.from_bytes(disk.raw(path))
    except (minisign.Error, Refusal, UnicodeDecodeError) as error:
        raise Refusal("E617", Place(path.name), str(error)) from error
