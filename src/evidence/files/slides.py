"""An exhibit as a PowerPoint slide: its title, an editable chart where it is bars, dots or lines, else its picture, a table where it is one,
the source line, and a notes page with alt text, notes and citation.
"""

import datetime
import io
import itertools
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu, Inches, Length, Pt

from evidence import words, zips
from evidence.citing.citations import Cited, line, processed, short
from evidence.exhibits.data_files import Cell
from evidence.files import blank, line_names, spread, workbooks
from evidence.files.blank import PALETTE, WIDE
from evidence.files.plots import Plot

INK = "1B2733"
EDGE = Inches(0.5)
TOP, BOTTOM = Inches(1.75), Inches(6.55)  # between them stands the chart, the picture or the table
ROWS, TABLES = 12, 4  # rows of a table on a slide at most, and slides a table may take; the rest stands in the workbook
DOWN = Inches(4.5)  # of a table, below which it is said what was left out
COLUMNS = 8
LABELS = 40  # numbers written beside bars and dots; of more, none could be read
ALONG = 16  # places along a line, beyond which numbers would be written over one another
BETWEEN, ACROSS = Length(BOTTOM - TOP), Length(WIDE - 2 * EDGE)
CELL = 90  # characters of a cell on a slide
_KINDS = {
    ("bar", False): XL_CHART_TYPE.BAR_CLUSTERED, ("bar", True): XL_CHART_TYPE.COLUMN_CLUSTERED,
    ("stacked", False): XL_CHART_TYPE.BAR_STACKED, ("stacked", True): XL_CHART_TYPE.COLUMN_STACKED,
}  # fmt: skip


@dataclass(frozen=True)
class Content:
    """What the slides show in one language: the panels, the picture (PNG, empty where there is none), alt text, and the table as it is read."""

    plots: list[Plot]
    picture: bytes
    alt: str
    columns: list[str]
    rows: list[list[str]]
    guards: tuple[str, ...] = ()


def pptx(cited: Cited, content: Content, told: dict[str, str], time: str) -> bytes:
    """The slides; `told` are the properties of the exhibit's files, `time` the time they bear (YYYY-MM-DDThh:mm:ssZ)."""
    deck = blank.deck()
    for plot in content.plots:
        _chart(_slide(deck, cited, content, told), plot, content.alt, told, time)
    if not content.plots and content.picture:
        _picture(_slide(deck, cited, content, told), content, told)
    if not content.plots:
        for table in _tables(content):
            _table(_slide(deck, cited, content, told), table, content.alt, told)
    _properties(deck, told)
    stream = io.BytesIO()
    deck.save(stream)
    return zips.office(stream.getvalue(), time)


def _slide(deck: Deck, cited: Cited, content: Content, told: dict[str, str]) -> Slide:
    """A slide with title, subtitle, source line and notes page."""
    lang, said = told["language"], cited.told[told["language"]]
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    title = slide.shapes.title
    assert title is not None
    title.left, title.top, title.width, title.height = EDGE, Inches(0.3), ACROSS, Inches(0.95)
    write(title.text_frame, told["title"], 26 if _across(told["title"]) * 26 < 2 * ACROSS.pt else 20, lang, bold=True)
    fits = _across(said.subtitle) * 16 < ACROSS.pt - 2 * 7.2  # within what a box leaves free on both sides
    boxes = [(said.subtitle, Inches(1.25), Inches(0.45), 16 if fits else 12)] if said.subtitle else []
    boxes += [(" / ".join(content.guards), Inches(6.52), Inches(0.4), 12)] if content.guards else []
    for text, top, height, size in [*boxes, (short(cited, lang), Inches(6.85), Inches(0.55), 11)]:
        box = slide.shapes.add_textbox(EDGE, top, ACROSS, height)
        box.text_frame.word_wrap = True
        write(box.text_frame, text, size, lang)
    label = words.word("ui.notes", lang)
    parts = [content.alt, *(f"{label}: {note}" for note in said.notes), told["citation"], processed(cited, lang), told["identifier"]]
    notes = slide.notes_slide.notes_text_frame
    assert notes is not None
    notes.text = "\n".join(line(part) for part in parts if part)
    return slide


def _across(text: str) -> float:
    """How wide the text is in letters of a size of one, in bold; a Latin letter is taken for 0.65 of its size.

    >>> _across("図1")
    1.65
    """
    return sum(0.65 if ord(letter) < 0x2E80 else 1.0 for letter in text)


def write(frame: Any, text: str, size: int, lang: str, *, bold: bool = False, colour: str = INK) -> None:
    """Writes the text as one paragraph: `frame` is a frame of text or a paragraph of one."""
    frame.text = line(text)
    for run in frame.runs if hasattr(frame, "runs") else frame.paragraphs[0].runs:
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = RGBColor.from_string(colour)
        run.font.language_id = {"ja": MSO_LANGUAGE_ID.JAPANESE, "en": MSO_LANGUAGE_ID.ENGLISH_UK}[lang]


def _describe(shape: Any, alt: str, stamp: str) -> None:
    """The alternative text, and as its title the stamp: both stay where a chart or picture is pasted."""
    named = shape._element.xpath(".//p:cNvPr")[0]
    named.set("descr", line(alt))
    named.set("title", stamp)


def _chart(slide: Slide, plot: Plot, alt: str, told: dict[str, str], time: str) -> None:
    data: Any = CategoryChartData()
    data.categories = [line(name) for name in plot.categories]
    for name, numbers in plot.series.items():
        data.add_series(line(name or plot.axis), [None if number is None else float(f"{number:.12g}") for number in numbers])
    kind = _KINDS.get((plot.kind, plot.upright), XL_CHART_TYPE.LINE_MARKERS)
    frame: Any = slide.shapes.add_chart(kind, EDGE, TOP, ACROSS, BETWEEN, data)
    _describe(frame, alt, told["identifier"])
    chart, lang = frame.chart, told["language"]
    chart.has_title = bool(plot.title)
    if plot.title:
        write(chart.chart_title.text_frame, plot.title, 16, lang)
    colours = _colours(plot)
    behind = plot.kind == "line" and len(colours) > 1 and not _numbered(plot) and line_names.apart(plot, BETWEEN)
    chart.has_legend = len(colours if plot.kind == "line" else plot.series) > 1 and not behind
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.font.size = Pt(14)
    _axes(chart, plot, lang)
    for series, name in zip(chart.plots[0].series, plot.series, strict=True):
        colour = colours[plot.subject(name)]
        _colour(series, colour, plot.kind)
        if plot.kind == "stacked" and chart.plots[0].has_data_labels:
            series.data_labels.font.color.rgb = RGBColor.from_string("FFFFFF" if _dark(colour) else INK)
    if behind:
        across = max(map(_across, colours)) * Pt(line_names.SIZE) / ACROSS
        line_names.name(chart, plot, across, lambda frame, text: write(frame, text, line_names.SIZE, lang, colour=colours[text]))
    rows: list[list[Cell]] = [["", *(line(name or plot.axis) for name in plot.series)]]
    rows += [[line(name), *(numbers[place] for numbers in plot.series.values())] for place, name in enumerate(plot.categories)]
    # The library's own workbook would turn a name that starts with "=" into a formula.
    chart.part.chart_workbook.update_from_xlsx_blob(workbooks.plain(rows, time))


def _colours(plot: Plot) -> dict[str, str]:
    """The colour of each subject: a line that breaks has one."""
    subjects = dict.fromkeys(map(plot.subject, plot.series))
    return dict(zip(subjects, itertools.cycle((*PALETTE, INK)), strict=False))


def _numbered(plot: Plot) -> bool:
    """Whether each number is written beside its mark."""
    return len(plot.numbers) <= LABELS and (plot.kind != "line" or len(plot.categories) <= ALONG)


def _axes(chart: Any, plot: Plot, lang: str) -> None:
    drawn, numbers = chart.plots[0], plot.numbers
    drawn.has_data_labels = _numbered(plot)
    if drawn.has_data_labels:
        for labels in (drawn.data_labels, *(series.data_labels for series in drawn.series if plot.kind == "stacked")):
            labels.number_format, labels.number_format_is_linked = _written(numbers, plot), False
            labels.font.size, labels.show_value = Pt(12), True
    if plot.kind in ("bar", "stacked"):
        drawn.gap_width = 60
    chart.value_axis.has_title = True
    write(chart.value_axis.axis_title.text_frame, plot.axis, 14, lang)
    if max(numbers) >= 1000:
        chart.value_axis.tick_labels.number_format, chart.value_axis.tick_labels.number_format_is_linked = "#,##0", False
    chart.value_axis.major_gridlines.format.line.color.rgb = RGBColor.from_string("D5DBE1")
    if plot.kind in ("bar", "stacked") and not plot.upright:
        chart.category_axis.reverse_order = True  # the first name on top, as in the picture
        # And the numbers stay below; the library's own `category_axis.crosses` leaves the file as it is, without a word.
        (crosses,) = chart.value_axis._element.xpath("c:crosses")
        crosses.set("val", "max")


def _written(numbers: list[float], plot: Plot) -> str:
    """How the numbers are written beside their marks: with the decimals of their column, or as many as they have, at most two; within a bar, none is
    not written.

    >>> _written([8.0, 9.78], Plot("bar", [], {})), _written([8.0, 9.78], Plot("bar", [], {}, digits=1)), _written([0, 3], Plot("stacked", [], {}))
    ('#,##0.00', '#,##0.0', '#,##0;-#,##0;')
    """
    needed = next(places for places in range(3) if places == 2 or all(round(number, places) == float(f"{number:.12g}") for number in numbers))
    form = workbooks.decimals(needed if plot.digits is None else plot.digits)
    return f"{form};-{form};" if plot.kind == "stacked" else form


def _dark(colour: str) -> bool:
    """Whether white letters stand out from this colour better than the dark ones do, by the weights of the eye for red, green and blue.

    >>> _dark("0B5394"), _dark("E69F00")
    (True, False)
    """
    red, green, blue = bytes.fromhex(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue < 120


def _colour(series: Any, colour: str, kind: str) -> None:
    if kind in ("bar", "stacked"):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(colour)
        series.invert_if_negative = False
        return
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = RGBColor.from_string(colour)
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 6 if kind == "line" else 9  # by itself each part of a line has another
    series.smooth = False
    if kind == "line":
        series.format.line.color.rgb = RGBColor.from_string(colour)
    else:
        series.format.line.fill.background()


def _picture(slide: Slide, content: Content, told: dict[str, str]) -> None:
    picture = slide.shapes.add_picture(io.BytesIO(content.picture), EDGE, TOP)
    shrink = min(ACROSS / picture.width, BETWEEN / picture.height)
    picture.width, picture.height = Emu(int(picture.width * shrink)), Emu(int(picture.height * shrink))
    picture.left = Emu((WIDE - picture.width) // 2)
    _describe(picture, content.alt, told["identifier"])


@dataclass(frozen=True)
class _Table:
    """What of a table stands on one slide: cells with the heads first, widths and heights in points, and whether something of it stands nowhere."""

    cells: list[list[str]]
    widths: list[float]
    heights: list[float]
    less: bool


def _tables(content: Content) -> list[_Table]:
    """The table part by part, each as high as there is room on a slide."""
    cells = [[_cut(text) for text in row[:COLUMNS]] for row in [content.columns, *content.rows]]
    widths = spread.widths(cells, ACROSS.pt)
    head, *heights = [spread.height(row, widths) for row in cells]
    parts = spread.slides(heights, DOWN.pt - head, ROWS)
    less = len(content.columns) > COLUMNS or any(len(line(text)) > CELL for row in [content.columns, *content.rows] for text in row)
    left = less or len(parts) > TABLES
    shown = parts[:TABLES]
    return [
        _Table([cells[0], *cells[1 + part.start : 1 + part.stop]], widths, [head, *heights[part.start : part.stop]], left and part == shown[-1])
        for part in shown
    ]


def _cut(text: str) -> str:
    shown = line(text)
    return shown if len(shown) <= CELL else f"{shown[: CELL - 1]}…"


def _table(slide: Slide, table: _Table, alt: str, told: dict[str, str]) -> None:
    lang = told["language"]
    frame: Any = slide.shapes.add_table(len(table.cells), len(table.widths), EDGE, TOP, ACROSS, Pt(sum(table.heights)))
    _describe(frame, alt, told["identifier"])
    for column, width in zip(frame.table.columns, table.widths, strict=True):
        column.width = Pt(width)
    for number, (whole, row, height) in enumerate(zip(frame.table.rows, table.cells, table.heights, strict=True)):
        whole.height = Pt(height)
        for cell, text in zip(whole.cells, row, strict=True):
            cell.margin_top = cell.margin_bottom = Emu(0)
            write(cell.text_frame, text, spread.SIZE, lang, bold=number == 0, colour="FFFFFF" if number == 0 else INK)
            if not text:  # its size is that of the end of the paragraph, and else so large that the row grows
                cell.text_frame.paragraphs[0]._p.get_or_add_endParaRPr().set("sz", str(spread.SIZE * 100))
    if table.less:
        box = slide.shapes.add_textbox(EDGE, Length(TOP + DOWN), ACROSS, Inches(0.3))
        write(box.text_frame, words.word("file.slide.more", lang), 10, lang)


def _properties(deck: Deck, told: dict[str, str]) -> None:
    describe(deck.core_properties, told)


def describe(known: Any, told: dict[str, str]) -> None:
    """Writes into the properties of an Office file what the exhibit's files say of themselves."""
    known.title, known.author, known.last_modified_by = told["title"][:255], told["creator"], told["creator"]
    known.subject, known.comments, known.keywords = told["edition"], told["citation"][:255], f"{told['licence']} {told['licence_address']}"
    known.identifier, known.language, known.version = told["identifier"], told["language"], told["edition"]
    known.created = known.modified = datetime.datetime(1980, 1, 1)  # set to the time of the edition when the archive is written anew
    known.revision = 1
