"""Text documents by what they say: paragraphs, cells of tables, and their pictures."""

import io
from collections.abc import Iterator
from typing import Any

import docx

from evidence.checking import differences, pixels
from evidence.checking.differences import Compared


def documents(published: bytes, found: bytes) -> Compared:
    """Two text documents compared, each paragraph and cell by its place; empty paragraphs, which programs add, do not count."""
    old, new = (docx.Document(io.BytesIO(raw)) for raw in (published, found))
    said = differences.compared(*(dict(_said(text)) for text in (old, new)))
    pictures = pixels.several(*(dict(_pictures(text)) for text in (old, new)))
    return Compared([*said.found, *pictures.found], said.share, pictures.sure)


def _said(text: Any) -> Iterator[tuple[str, str]]:
    filled = [paragraph.text for paragraph in text.paragraphs if paragraph.text.strip()]
    yield from ((f"¶{number}", told) for number, told in enumerate(filled, start=1))
    for number, table in enumerate(text.tables, start=1):
        for row, line in enumerate(table.rows, start=1):
            yield from ((f"table {number} ({row}, {place})", cell.text) for place, cell in enumerate(line.cells, start=1))


def _pictures(text: Any) -> Iterator[tuple[str, bytes]]:
    """The pictures by their place in the order in which the text shows them."""
    shown = [blip.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed") for blip in text.element.body.iter("{*}blip")]
    known = [text.part.related_parts[id].blob for id in shown if id in text.part.related_parts]
    yield from ((f"picture {place}", raw) for place, raw in enumerate(known, start=1))
