"""What the book says before its first exhibit as slides for a meeting: a first slide with its message, then one a section, key numbers as tiles."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from evidence import words, zips
from evidence.files import blank
from evidence.files.slides import ACROSS, EDGE, write

ACROSS_TILES, TILE, GAP = 4, Inches(2.35), Inches(0.18)
TOP = Inches(1.45)


@dataclass(frozen=True)
class Opening:
    """The tree of the first page up to its first exhibit, as `trees` keeps it, and the values that it quotes, told in words, by id."""

    tree: list[Any]
    values: dict[str, dict[str, Any]]
    title: str
    citation: str
    lang: str


def pptx(opening: Opening, time: str) -> bytes:
    """The slides; `time` is the time they bear (YYYY-MM-DDThh:mm:ssZ)."""
    deck = blank.deck()
    page, colon = opening.tree[0]["of"], words.word("ui.colon", opening.lang)
    lead = _slide(deck, opening, opening.title)
    _paragraphs(
        lead, [(text, 22, kind == "message") for kind, text in _lines((node for node in page[1:] if node["is"] != "section"), colon)], opening.lang
    )
    for section in (node for node in page if node["is"] == "section"):
        head, *content = section["of"]
        slide = _slide(deck, opening, _text(head))
        ids = [id for node in content if node["is"] == "tiles" for id in node["ids"]]
        for place, id in enumerate(ids):
            _tile(slide, opening.values[id], place, opening.lang)
        _paragraphs(slide, [(text, 18, False) for _, text in _lines(content, colon)], opening.lang)
    known = deck.core_properties
    known.title, known.comments, known.language = opening.title, opening.citation[:255], opening.lang
    known.author = known.last_modified_by = words.word("book.author", opening.lang)
    stream = io.BytesIO()
    deck.save(stream)
    return zips.office(stream.getvalue(), time)


def _slide(deck: Deck, opening: Opening, title: str) -> Slide:
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    shape = slide.shapes.title
    assert shape is not None
    shape.left, shape.top, shape.width, shape.height = EDGE, Inches(0.35), ACROSS, Inches(0.9)
    write(shape.text_frame, title, 28, opening.lang, bold=True)
    box = slide.shapes.add_textbox(EDGE, Inches(6.9), ACROSS, Inches(0.4))
    write(box.text_frame, opening.citation, 11, opening.lang, colour="4B5865")
    return slide


def _tile(slide: Slide, value: dict[str, Any], place: int, lang: str) -> None:
    """A key number with its name and period, how sure it is, and its source."""
    wide = Emu((ACROSS - GAP * (ACROSS_TILES - 1)) // ACROSS_TILES)
    across, down = place % ACROSS_TILES, place // ACROSS_TILES
    box = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(EDGE + across * (wide + GAP)), Emu(TOP + down * (TILE + GAP)), wide, TILE)
    box.fill.solid()
    box.fill.fore_color.rgb = RGBColor.from_string("F3F6F9")
    box.line.color.rgb, box.shadow.inherit = RGBColor.from_string("0B5394"), False
    sure = f"{words.word('ui.sure', lang)} {value['sureness']}" if value["sureness"] else value["formula"]
    box.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    said = [(value["text"], 18, True), (value["named"], 12, True), (sure, 10, False)]
    _paragraphs(slide, [*said, (f"{words.word('ui.source', lang)} {value['documents']}", 10, False)], lang, box.text_frame)


def _paragraphs(slide: Slide, said: list[tuple[str, int, bool]], lang: str, frame: Any = None) -> None:
    """Text, size and whether it is bold, a paragraph each, in this frame or in one of its own."""
    if not said:
        return
    if frame is None:
        frame = slide.shapes.add_textbox(EDGE, TOP, ACROSS, Inches(5.2)).text_frame
    frame.word_wrap = True
    for number, (text, size, bold) in enumerate(said):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after, paragraph.alignment = Pt(size / 3), PP_ALIGN.LEFT
        write(paragraph, text, size, lang, bold=bold)


def _lines(nodes: Iterable[dict[str, Any]], colon: str) -> Iterator[tuple[str, str]]:
    """Kind and text of every paragraph, message and item of a list; what an item begins with in bold is its heading.

    >>> item = {"is": "list_item", "of": [{"is": "paragraph", "of": [{"is": "strong", "of": ["Money"]}, " One fund."]}]}
    >>> list(_lines([{"is": "bullet_list", "of": [item]}], ": "))
    [('list_item', '• Money: One fund.')]
    """
    for node in nodes:
        if node["is"] == "bullet_list":
            for item in node["of"]:
                head, *rest = [part for part in item["of"][0]["of"] if part]  # text may be empty
                titled = isinstance(head, dict) and head["is"] == "strong"
                text = f"{_text(head)}{colon}{''.join(map(_text, rest)).strip()}" if titled else _text(item)
                yield "list_item", f"• {text}"
        elif node["is"] in ("message", "paragraph"):
            yield node["is"], _text(node)


def _text(node: Any) -> str:
    return node if isinstance(node, str) else "".join(map(_text, node.get("of", ())))
