"""The text of papers that are neither Office Open XML documents nor PDF: OpenDocument, HTML and workbooks."""

import io
import re
import zipfile
from collections.abc import Iterator

import openpyxl
from lxml import etree, html

from evidence import disk

Passages = Iterator[tuple[str, str]]
Pictures = list[tuple[str, str, bytes]]

_SPACES = {"s": " ", "tab": " ", "line-break": "\n"}
_UNSEEN = "script|style|template"
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
})  # fmt: skip
_PICTURE = re.compile(r"(?:^|/)(?:Pictures|media)/[^/]+$")


def opendocument(raw: bytes) -> Passages:
    """The paragraphs, headings and links of a text, slides or a workbook; of a paragraph inside another only its own text."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for part in ("content.xml", "styles.xml"):
            root = disk.tree(archive.read(part)) if part in archive.namelist() else None
            found = [] if root is None else [*root.iter("{*}p", "{*}h", "{*}a")]
            for number, node in enumerate(found, start=1):
                name = etree.QName(node).localname
                text = node.get("{http://www.w3.org/1999/xlink}href", "") if name == "a" else "".join(_own(node))
                yield f"{part.removesuffix('.xml')} {'→' if name == 'a' else f'¶{number}'}", text


def _own(node: etree._Element) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name == "s":
            yield " " * min(int(next((value for key, value in child.attrib.items() if str(key).endswith("}c")), 1)), 100)
        elif name in _SPACES:
            yield _SPACES[name]
        elif name and name not in ("p", "h", "note", "frame", "annotation"):
            yield from _own(child)
        yield child.tail or ""


def pictures(raw: bytes) -> Pictures:
    """The pictures in an archive, by their names."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = [name for name in archive.namelist() if _PICTURE.search(name)]
        return [(name.rpartition("/")[2], name.rpartition("/")[2], archive.read(name)) for name in names]


def web(text: str) -> Passages:
    """The blocks of a page as they are seen, the words for its pictures and the addresses of its links."""
    root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text) or "<p></p>")
    for node in root.xpath(f"//*[{' or '.join(f'self::{name}' for name in _UNSEEN.split('|'))}] | //comment()"):
        node.drop_tree()
    for node in root.iter("br"):
        node.text = "\n"
    for number, node in enumerate(root.iter(*_BLOCKS), start=1):
        yield f"<{node.tag}> {number}", "".join(_inline(node))
    for name in ("href", "alt"):
        yield from ((f"{name} {number}", str(told)) for number, told in enumerate(root.xpath(f"//@{name}"), start=1))


def _inline(node: etree._Element) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        if child.tag not in _BLOCKS:
            yield from _inline(child)
        yield child.tail or ""


def workbook(raw: bytes) -> Passages:
    """Every row of every sheet, and the links and comments in it."""
    for sheet in openpyxl.load_workbook(io.BytesIO(raw), data_only=True).worksheets:
        for number, row in enumerate(sheet.iter_rows(), start=1):
            told = [str(cell.value) for cell in row if cell.value is not None]
            told += [str(cell.comment.text) for cell in row if cell.comment] + [str(cell.hyperlink.target) for cell in row if cell.hyperlink]
            yield f"{sheet.title} {number}", "\n".join(told)
