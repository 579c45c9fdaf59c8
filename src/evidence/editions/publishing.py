"""Publishes an edition: registered, signed, and set beside those that a site has, of which none is made again."""

import datetime
import os
from pathlib import Path

import minisign

from evidence import disk
from evidence.checking import published_site, signatures
from evidence.curation import identifiers
from evidence.editions import datacite, downloads, exchange, freezing, imprint, register, site
from evidence.errors import Place, Refusal, Refusals


def lacking(project: Path, folder: Path, to: Path, sealed: str = "") -> list[Refusal]:
    """What keeps the edition in this folder of a built site from being published into the site `to`, without touching anything; `sealed` as
    `register.altered` has it.

    E501 a file that is not what it was when the edition was frozen, E502 other bytes than were promised, or than it has in the site, E503 publisher,
    contact or address, E512 metadata for a deposit that say too little, E513 a publisher or address that was set after the edition was built: its
    citations name another.
    """
    told = imprint.read(project / "data").lacking(downloads.base(project))
    described = folder / datacite.FILE
    if lacks := datacite.lacking(described):
        told += [Refusal("E512", Place(f"{folder.name}/{datacite.FILE}"), what) for what in lacks]
    elif not told and folder.name not in register.promised(project / "data"):  # what is published stays, whoever publishes now
        differs = datacite.differing(described, downloads.issuer(project))
        told += [Refusal("E513", Place(f"{folder.name}/{datacite.FILE}"), what) for what in differs]
    altered = register.altered(project / "data", folder, sealed)
    return told + (altered or register.broken({folder.name: register.total(folder)}, _there(to)))


def _there(to: Path) -> list[Path]:
    """The editions of the site."""
    return [path.parent for path in to.glob(f"*/{published_site.SUMS}")]


def owned(data: Path, key: minisign.SecretKey) -> None:
    """Returns where the key is the publisher's.

    Raises:
        Refusal: E505 one that is not the one in data/publisher.pub.
    """
    public = data / signatures.PUBLIC
    if signatures.public_key(public) != key.get_public_key():
        raise Refusal("E505", Place(f"data/{signatures.PUBLIC}"))


def publish(project: Path, folder: Path, to: Path, key: minisign.SecretKey, sealed: str = "") -> dict[str, str]:
    """Enters ids and sum of the edition in this folder, signs its list, and sets it into the site `to`; gives what the signature proves.

    An edition that stands in the site stays as it is, byte for byte; the site is whole at every moment.

    Raises:
        Refusals: as `lacking`.
        Refusal: as `owned`.
    """
    if problems := lacking(project, folder, to, sealed):
        raise Refusals(problems)
    data = project / "data"
    owned(data, key)
    exchange.beside(Path(os.path.realpath(to))).rmdir()  # where no site can be made, nothing is promised
    name, day = folder.name, datetime.datetime.now().astimezone().date().isoformat()
    identifiers.append(data, identifiers.missing(identifiers.registered(data), name, freezing.published(folder)))
    register.enter(data, folder, day)
    signature = data / signatures.FOLDER / f"{name}{signatures.ENDING}"
    if not signature.exists():  # the day stays the one on which it was published first
        _written(signature, _signed(folder, key, signatures.comment(name, day, imprint.read(data).publisher["en"])))
    proved = signatures.checked(folder, signature, data / signatures.PUBLIC)
    known = site.known(data)
    site.site(site.parts(to, folder.parent, [name, *(one.name for one in _there(to))], known.promised), to, known)
    return proved


def new_key(secret: Path, public: Path, password: str) -> str:
    """Makes a key pair: the secret key, locked with the password where there is one, and the public key, which is returned as it is told.

    Raises:
        Refusal: E506 a file that stands there already.
    """
    for path in (secret, public):
        if path.exists():
            raise Refusal("E506", Place(str(path)))
    pair = minisign.KeyPair.generate()
    told = pair.public_key
    if password:
        pair.secret_key.encrypt(password)
    secret.parent.mkdir(parents=True, exist_ok=True)
    with open(secret, "wb", opener=lambda name, flags: os.open(name, flags | os.O_EXCL, 0o600)) as stream:
        stream.write(bytes(pair.secret_key) + b"\n")
    _written(public, bytes(told) + b"\n")
    return told.to_base64().decode()


def opened(path: Path, password: str = "") -> minisign.SecretKey:
    """The secret key in this file, unlocked.

    Raises:
        Refusal: E507 no key, or another password.
    """
    try:
        key = minisign.SecretKey.from_bytes(disk.raw(path))
        key.decrypt(password)
    except (minisign.Error, Refusal, UnicodeDecodeError, ValueError) as error:
        raise Refusal("E507", Place(path.name), str(error)) from error
    return key


def _signed(folder: Path, key: minisign.SecretKey, told: str) -> bytes:
    sums = disk.raw(folder / published_site.SUMS)
    return bytes(key.sign(sums, untrusted_comment=f"{folder.name}/{published_site.SUMS}", trusted_comment=told)) + b"\n"


def _written(path: Path, raw: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    disk.replace(path, raw)
