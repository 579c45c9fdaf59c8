"""A fingerprint of the values of a table, whatever file they stand in: the Universal Numerical Fingerprint, version 6, of Dataverse.

Numbers count with seven digits, texts with their first 128 letters; names and order of the columns do not count, the order of the rows does.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence

DIGITS, LETTERS, BYTES = 7, 128, 16
Cell = float | str | None


def unf(columns: Iterable[Sequence[Cell]]) -> str:
    """The fingerprint of a table, given by its columns; a column that holds a text is one of texts.

    The examples are those of the guides of Dataverse and of the R package UNF.

    >>> unf([[1.23456789, None, 0]]), unf([[4, 5, 6], [1, 2, 3], [7, 8, 9]])
    ('UNF:6:Do5dfAoOOFt4FSj0JcByEw==', 'UNF:6:ukDZSJXck7fn4SlPJMPFTQ==')
    """
    found = sorted(_hash(_elements(column)) for column in columns)
    return f"UNF:6:{found[0] if len(found) == 1 else _hash(map(_text, found))}"


def columns(rows: Sequence[Sequence[object]]) -> list[list[Cell]]:
    """The columns of rows of cells, numbers as numbers where a whole column is numbers; an empty cell is missing.

    >>> columns([["a", "1"], ["", "2.5"]])
    [['a', None], [1.0, 2.5]]
    """
    wide = max(map(len, rows), default=0)
    turned = [[row[place] if place < len(row) else None for row in rows] for place in range(wide)]
    return [_typed([None if cell is None or cell == "" else cell for cell in column]) for column in turned]


def _typed(column: list[object]) -> list[Cell]:
    try:
        return [None if cell is None else float(str(cell)) for cell in column]
    except ValueError:
        return [None if cell is None else str(cell) for cell in column]


def _elements(column: Sequence[Cell]) -> Iterable[bytes]:
    texts = any(isinstance(cell, str) for cell in column)
    return (b"\0\0\0" if cell is None else _text(str(cell)) if texts else _number(float(cell)) for cell in column)


def _number(number: float) -> bytes:
    """The number as the fingerprint writes it.

    >>> _number(0), _number(-300), _number(0.00073)
    (b'+0.e+\\n\\x00', b'-3.e+2\\n\\x00', b'+7.3e-4\\n\\x00')
    """
    head, exponent = f"{number:+.{DIGITS - 1}e}".split("e")
    whole, _, parts = head.partition(".")
    return f"{whole}.{parts.rstrip('0')}e{exponent[0]}{exponent[1:].lstrip('0')}\n\0".encode()


def _text(text: str) -> bytes:
    return f"{text[:LETTERS]}\n\0".encode()


def _hash(parts: Iterable[bytes]) -> str:
    return base64.b64encode(hashlib.sha256(b"".join(parts)).digest()[:BYTES]).decode()
