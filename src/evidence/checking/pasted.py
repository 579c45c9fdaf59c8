"""A chart that was pasted into a paper as a chart: the numbers it shows, and those of the workbook behind it, beside those of the published one."""

import io
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
