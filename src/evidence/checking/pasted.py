"""A chart that was pasted into a paper as a chart: the numbers it shows, and those of the workbook behind it, beside those of the published one."""

import io
import math
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.chart.chart import Chart as Drawn
from pptx.oxml import parse_xml
from python_calamine import CalamineWorkbook

from evidence import disk
from evidence.checking import differences, slides
from evidence.checking.differences import Difference
from evidence.checking.published_site import Edition
from evidence.errors import Place, Refusal
from evidence.tables import packed
from evidence.words import LANGUAGES

_REFERENCE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LINK = "{http://www.w3.org/1999/xlink}href"
_VALUE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value"
_FRAMES = ("graphicFrame", "inline", "anchor")  # what holds a chart, and what is said of it, on a slide and in a text
_LIKE = 0.5  # of its series and categories, from which on a chart is held to be the published one


@dataclass(frozen=True)
class Chart:
    """A chart in a paper: what its frame says of it, the numbers it shows and those of the workbook behind it, by series and category."""

    place: str
    said: str
    shown: dict[str, Any]
    behind: dict[str, Any] = field(default_factory=dict)


def charts(root: etree._Element, part: Any) -> Iterator[Chart]:
    """The charts to which this part of an Office file refers.

    Raises:
        Refusal: E298 a workbook behind one that unfolds to more than the machine should hold.
    """
    for reference in root.iter("{*}chart"):
        if not (held := part.rels.get(reference.get(_REFERENCE, ""))) or held.is_external:
            continue
        frame = next((one for one in reference.iterancestors() if etree.QName(one).localname in _FRAMES), None)
        told = () if frame is None else (named for tag in ("{*}cNvPr", "{*}docPr") for named in frame.iter(tag))
        said = " ".join(named.get(name, "") for named in told for name in ("title", "descr"))
        chart = held.target_part
        workbook = next((one.target_part.blob for one in chart.rels.values() if not one.is_external and _packed(one.target_part.blob)), b"")
        shown = dict(slides.charted(Drawn(parse_xml(chart.blob), chart)))
        yield Chart(str(chart.partname).rpartition("/")[2], said, shown, dict(_cells(workbook)) if workbook else {})


def opendocument(raw: bytes) -> Iterator[Chart]:
    """The charts in a text, slides or a workbook of the Open Document kind: each is a document in the archive, with its numbers as a table."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for reference in disk.tree(archive.read("content.xml")).iter("{*}object"):
            place = reference.get(_LINK, "").removeprefix("./")
            part = f"{place}/content.xml"
            table = next(disk.tree(archive.read(part)).iter("{*}table"), None) if part in archive.namelist() else None
            if table is not None:
                frame = reference.getparent()
                said = " ".join(told.text or "" for tag in ("{*}title", "{*}desc") for told in frame.iter(tag))
                yield Chart(place, said, dict(_table(table)))


def _table(table: etree._Element) -> Iterator[tuple[str, Any]]:
    """The numbers of this table by what stands above and before them; a number that is missing is written as none at all, or as no number."""
    head, *rows = [[*row.iter("{*}table-cell")] for row in table.iter("{*}table-row")] or [[]]
    names = ["".join(cell.itertext()) for cell in head]
    for first, *cells in rows:
        for name, cell in zip(names[1:], cells, strict=False):
            number = float(cell.get(_VALUE, "nan"))
            if not math.isnan(number):
                yield slides.key(name, "".join(first.itertext())), number


def _packed(raw: bytes) -> bool:
    return raw.startswith(b"PK")


def _cells(workbook: bytes) -> Iterator[tuple[str, Any]]:
    """The numbers of the first sheet by what stands above and before them, as programs keep those of a chart."""
    if too_large := packed.fault(workbook, packed.WORKBOOK):
        raise Refusal("E298", Place("workbook"), too_large)
    head, *rows = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python() or [[]]
    for row in rows:
        yield from ((slides.key(name, row[0]), cell) for name, cell in zip(head[1:], row[1:], strict=False) if isinstance(cell, int | float))


def differing(chart: Chart, one: Edition, id: str) -> tuple[list[Difference], list[Difference]] | None:
    """What the chart shows, and what its workbook holds, otherwise than the chart of this exhibit; None where it is no chart of it.

    A series or a category that was left out is no difference: one may show a part.
    """
    found = [known for known in _published(one, id) if len(known.keys() & chart.shown.keys()) >= _LIKE * max(1, len(chart.shown))]
    if not found:
        return None
    known = max(found, key=lambda published: len(published.keys() & chart.shown.keys()))
    return tuple(differences.told({key: known[key] for key in side if key in known}, side) for side in (chart.shown, chart.behind))  # type: ignore[return-value]


def _published(one: Edition, id: str) -> Iterator[dict[str, Any]]:
    """The numbers of each chart on the exhibit's slides, in both languages."""
    for lang in LANGUAGES:
        path = one.folder / "figures" / id / f"{id}.{lang}.pptx"
        deck = Presentation(io.BytesIO(disk.raw(path))) if path.is_file() else None
        yield from (dict(slides.charted(shape.chart)) for slide in deck.slides for shape in slide.shapes if shape.has_chart) if deck else ()
