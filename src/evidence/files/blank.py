"""What slides begin with: one layout, a theme of the book's colours and of fonts that every office has, Japanese ones among them; nothing else.

The library's own template brings eleven layouts, fonts of thirty scripts, a thumbnail and a printer's settings: half of the bytes of most slides.
"""

import io
from functools import cache
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER as Holder
from pptx.opc.constants import RELATIONSHIP_TYPE as REL
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck
from pptx.util import Inches

from evidence.charts import look

WIDE, HIGH = Inches(13.333), Inches(7.5)
PALETTE = tuple(colour.removeprefix("#").upper() for colour in look.PALETTE)
LATIN, JAPANESE = "Calibri", "Yu Gothic"
_TITLE_ONLY = "Title Only"
_UNUSED = (REL.THUMBNAIL, REL.PRINTER_SETTINGS, REL.EXTENDED_PROPERTIES, REL.VIEW_PROPS)


def deck() -> Deck:
    """Slides without any slide, for a wide screen."""
    return Presentation(io.BytesIO(_deck()))


@cache
def _deck() -> bytes:
    made: Any = Presentation()  # what it takes away, the library has no public name for
    made.slide_width, made.slide_height = WIDE, HIGH
    for layout in [one for one in made.slide_layouts if one.name != _TITLE_ONLY]:
        made.slide_layouts.remove(layout)
    for relations in (made.part.package._rels, made.part._rels):
        for id in [id for id, relation in relations.items() if relation.reltype in _UNUSED]:
            relations.pop(id)
    for master, kept in (
        (made.slide_master, (Holder.TITLE,)),
        (made.slide_layouts[0], (Holder.TITLE,)),
        (made.notes_master, (Holder.SLIDE_IMAGE, Holder.BODY)),
    ):
        for holder in [one for one in master.placeholders if one.placeholder_format.type not in kept]:
            holder._element.getparent().remove(holder._element)
    made.slide_master.part.part_related_by(REL.THEME)._blob = theme().encode()
    made.notes_master.part.part_related_by(REL.THEME)._element = parse_xml(theme().encode())
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@cache
def theme() -> str:
    """The theme of slides and texts: the book's colours, and fonts that every office has."""
    colours = {"dk2": "1B2733", "lt2": "F3F6F9"} | {f"accent{place}": colour for place, colour in enumerate(PALETTE, start=1)}
    colours |= {"hlink": PALETTE[0], "folHlink": PALETTE[3]}
    scheme = "".join(f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in colours.items())
    fonts = f'<a:latin typeface="{LATIN}"/><a:ea typeface="{JAPANESE}"/><a:cs typeface=""/><a:font script="Jpan" typeface="{JAPANESE}"/>'
    fill, effect = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>', "<a:effectStyle><a:effectLst/></a:effectStyle>"
    lines = "".join(f'<a:ln w="{width}">{fill}</a:ln>' for width in (9525, 25400, 38100))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Evidence book"><a:themeElements>'
        '<a:clrScheme name="Evidence book"><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
        f'<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>{scheme}</a:clrScheme>'
        f'<a:fontScheme name="Evidence book"><a:majorFont>{fonts}</a:majorFont><a:minorFont>{fonts}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="Evidence book"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{lines}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )
