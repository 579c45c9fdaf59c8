"""Asks the address of each source whether it still answers: what is gone, has moved, or gives another document than was read.

Nothing but this asks other hosts, and only when it is called; an address that is gone is told, for what was read is not undone by it.
"""

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import pandas as pd
import requests

WAIT = 20  # seconds for an answer
LARGEST = 50_000_000  # bytes of a document that are read to hold it against its hash
AT_ONCE = 8
STATES = ("answers", "as-read", "moved", "changed", "gone", "silent")
CALLED = {"User-Agent": "evidence-book (reads its sources again)"}


class Answer(NamedTuple):
    """What an address answered, one of `STATES` (`answers` where no hash of what was read is kept); `told` says to where or why."""

    id: str
    address: str
    state: str
    told: str = ""


def askable(sources: pd.DataFrame) -> pd.DataFrame:
    """The rows whose address is one of the web; others name a copy by another way, or none.

    >>> list(askable(pd.DataFrame({"id": ["S1", "S2", "S3"], "address": ["https://a.example", "github:a/b", ""]}))["id"])
    ['S1']
    """
    return sources[sources["address"].str.match("https?://")]


def asked(sources: pd.DataFrame, wait: float = WAIT) -> Iterator[Answer]:
    """What each address answers, in the order of the rows, as far as `askable`."""
    rows: Iterable[tuple[str, str, str]] = askable(sources)[["id", "address", "sha256"]].itertuples(index=False, name=None)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(lambda row: _answer(row[0], row[1], row[2], wait), rows)


def _answer(id: str, address: str, sha256: str, wait: float) -> Answer:
    try:
        with requests.get(address, headers=CALLED, timeout=wait, stream=True) as answer:
            if answer.status_code >= 400:
                return Answer(id, address, "gone", f"{answer.status_code} {answer.reason}")
            if sha256:
                body = answer.raw.read(LARGEST, decode_content=True)
                return Answer(id, address, "as-read" if hashlib.sha256(body).hexdigest() == sha256 else "changed")
            moved = any(step.is_permanent_redirect for step in answer.history)
            return Answer(id, address, "moved", answer.url) if moved else Answer(id, address, "answers")
    except requests.RequestException as error:
        return Answer(id, address, "silent", type(error).__name__)
