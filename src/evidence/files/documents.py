"""An exhibit as a block of a text document, to be dropped into a committee paper: caption, picture with its alternative text, source line, table.

What is pasted from it keeps its style from the paper: three styles that every word processor knows, and the picture bears the stamp of its files.
"""

import io
from functools import cache
from typing import Any

from docx import Document
from docx.document import Document as Text
from docx.opc.constants import RELATIONSHIP_TYPE as REL
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from PIL import Image

from evidence import words, zips
from evidence.citing.citations import Cited, caption, line
from evidence.files import blank, pictures, slides
from evidence.files.slides import CELL, Content

ACROSS = Cm(16)  # of the text of an A4 page
ROWS, COLUMNS = 30, 8  # of a table in a text; the rest stands in the workbook
_STYLES = ("Normal", "Caption", "Table Grid", "Default Paragraph Font", "Normal Table", "No List")
_UNUSED = (
    REL.THUMBNAIL,
    REL.CUSTOM_XML,
    REL.NUMBERING,
    REL.WEB_SETTINGS,
    REL.FONT_TABLE,
    REL.EXTENDED_PROPERTIES,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)


_SETTINGS = tuple(map(qn, ("w:defaultTabStop", "w:characterSpacingControl", "w:compat", "w:themeFontLang", "w:clrSchemeMapping")))


def docx(cited: Cited, content: Content, told: dict[str, str], time: str) -> bytes:
    """The block; `told` are the properties of the exhibit's files, `time` the time they bear (YYYY-MM-DDThh:mm:ssZ)."""
    lang, said = told["language"], cited.told[told["language"]]
    text = Document(io.BytesIO(_blank(lang)))
    _write(text, told["title"], "Caption", bold=True)
    if said.subtitle:
        _write(text, said.subtitle)
    if content.picture:
        _picture(text, content, told)
    for note in dict.fromkeys((*content.guards, *said.notes)):
        _write(text, words.word("file.document.note", lang, text=line(note)), size=9)
    _write(text, caption(cited, lang), size=9)
    _table(text, content, lang)
    slides.describe(text.core_properties, told)
    stream = io.BytesIO()
    text.save(stream)
    return zips.office(stream.getvalue(), time)


@cache
def _blank(lang: str) -> bytes:
    """A text of one A4 page without anything of the library's template but the styles that are used here, with fonts that every office has."""
    text = Document()
    for holder in (text.part.package, text.part):
        for id in [id for id, relation in holder.rels.items() if relation.reltype in _UNUSED]:
            holder.rels.pop(id)
    text.part.part_related_by(REL.THEME)._blob = blank.theme().encode()
    styles = text.styles.element
    for style in [one for one in text.styles if one.name not in _STYLES]:
        style.delete()
    styles.remove(styles.find(qn("w:latentStyles")))
    settings = text.settings.element
    for one in [one for one in settings if one.tag not in _SETTINGS]:
        settings.remove(one)
    page = text.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    fonts = text.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    for name, font in {"ascii": blank.LATIN, "hAnsi": blank.LATIN, "eastAsia": blank.JAPANESE}.items():
        fonts.set(qn(f"w:{name}"), font)
    spoken = next(styles.find(qn("w:docDefaults")).iter(qn("w:lang")))
    spoken.set(qn("w:val"), {"ja": "ja-JP", "en": "en-GB"}[lang])
    spoken.set(qn("w:eastAsia"), "ja-JP")
    text.styles["Normal"].paragraph_format.space_after = Pt(4)
    text.styles["Caption"].font.color.rgb = RGBColor.from_string("1B2733")
    stream = io.BytesIO()
    text.save(stream)
    return stream.getvalue()


def _write(text: Text, told: str, style: str = "Normal", *, size: int = 10, bold: bool = False) -> None:
    paragraph = text.add_paragraph(style=style)
    paragraph.paragraph_format.keep_with_next = True  # a caption stays with what it is of
    run = paragraph.add_run(line(told))
    run.font.size, run.bold = Pt(size), bold


def _picture(text: Text, content: Content, told: dict[str, str]) -> None:
    wide, high = Image.open(io.BytesIO(content.picture)).size
    width = min(ACROSS, Cm(wide / pictures.ENLARGED / 40))  # forty marks of the drawing a centimetre
    shape = text.add_picture(io.BytesIO(content.picture), width=width, height=int(width * high / wide))
    named = shape._inline.docPr
    named.set("descr", line(content.alt))
    named.set("title", told["identifier"])
    text.paragraphs[-1].paragraph_format.keep_with_next = True


def _table(text: Text, content: Content, lang: str) -> None:
    rows, columns = content.rows[:ROWS], min(len(content.columns), COLUMNS)
    table: Any = text.add_table(1 + len(rows), columns, "Table Grid")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # stands again on each page
    cells = table._cells
    for number, row in enumerate([content.columns, *rows]):
        for place, told in enumerate(row[:COLUMNS]):
            shown = line(told)
            run = cells[number * columns + place].paragraphs[0].add_run(shown if len(shown) <= CELL else f"{shown[: CELL - 1]}…")
            run.font.size, run.bold = Pt(8), number == 0
    cut = any(len(line(told)) > CELL for row in rows for told in row)
    if cut or len(content.rows) > ROWS or len(content.columns) > COLUMNS:
        _write(text, words.word("file.slide.more", lang), size=8)
