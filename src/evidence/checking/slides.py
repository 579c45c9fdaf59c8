"""Slides by what they say: texts, tables, notes, the numbers behind their charts, and their pictures."""

import io
from collections.abc import Iterator
from typing import Any

from pptx import Presentation
from pptx.slide import Slide

from evidence.checking import differences, pixels
from evidence.checking.differences import Compared


def slides(published: bytes, found: bytes) -> Compared:
    """The slides of two presentations compared, each thing on a slide by its kind and its place among those of its kind."""
    old, new = (Presentation(io.BytesIO(raw)) for raw in (published, found))
    said = differences.compared(*(dict(_said(deck)) for deck in (old, new)))
    pictures = pixels.several(*(dict(_pictures(deck)) for deck in (old, new)))
    return Compared([*said.found, *pictures.found], said.share, pictures.sure)


def _said(deck: Any) -> Iterator[tuple[str, Any]]:
    for number, slide in enumerate(deck.slides, start=1):
        counted: dict[str, int] = {}
        for shape in slide.shapes:
            for kind, parts in _parts(shape, slide):
                counted[kind] = counted.get(kind, 0) + 1
                yield from ((f"{number}. {kind} {counted[kind]}{name}", part) for name, part in parts)
        if slide.has_notes_slide and (frame := slide.notes_slide.notes_text_frame) is not None:
            yield f"{number}. notes", frame.text


def _parts(shape: Any, slide: Slide) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """What a shape says: its kind, and its parts by their place in it."""
    if shape.has_text_frame and shape.text_frame.text.strip():
        yield "title" if shape == slide.shapes.title else "text", [("", shape.text_frame.text)]
    if getattr(shape, "has_table", False) and shape.has_table:
        cells = [(f" ({row + 1}, {place + 1})", cell.text) for row, line in enumerate(shape.table.rows) for place, cell in enumerate(line.cells)]
        yield "table", cells
    if getattr(shape, "has_chart", False) and shape.has_chart:
        yield "chart", list(charted(shape.chart))
    if hasattr(shape, "shapes"):
        for inner in shape.shapes:
            yield from _parts(inner, slide)


def charted(chart: Any) -> Iterator[tuple[str, Any]]:
    """The numbers that a chart shows, by series and category."""
    for plot in chart.plots:
        names = [*plot.categories]
        for series in plot.series:
            yield from (
                (key(series.name, name), None if number is None else float(number)) for name, number in zip(names, series.values, strict=False)
            )


def key(series: Any, category: Any) -> str:
    """How a number of a chart is named."""
    return f" {series} {category}"


def _pictures(deck: Any) -> Iterator[tuple[str, bytes]]:
    for number, slide in enumerate(deck.slides, start=1):
        shown = [shape for shape in slide.shapes if hasattr(shape, "image")]
        yield from ((f"{number}. picture {place}", shape.image.blob) for place, shape in enumerate(shown, start=1))
