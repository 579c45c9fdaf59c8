"""Sphinx extension: each page as a plain tree of elements and text, from which the PDF is typeset.

It is taken from the same doctree as the HTML page, when all its links have been found. What a page may hold is a short list (`markup`), and so is
what stands here: an element that is not on it stops the build, for on paper it would be missing without a word.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

FOLDER = "trees"  # beside the folder of the HTML
_ELEMENTS = {
    "block_quote", "bullet_list", "definition", "definition_list", "definition_list_item", "emphasis", "enumerated_list", "exhibit", "inline",
    "list_item", "literal", "paragraph", "reference", "register", "section", "strong", "term", "title", "transition", "value",
}  # fmt: skip
_PASSED = {"container", "compact_paragraph", "compound", "document", "gallery"}  # only their content is set
_LEFT_OUT = {"comment", "target", "toctree", "index", "substitution_definition", "meta"}  # nothing of them is seen
_TAGS = {"i": "emphasis", "b": "strong", "sub": "subscript", "sup": "superscript"}
_JAPANESE = r"[\u3000-\u9fff\uff00-\uffef]"
_BROKEN = re.compile(rf"(?<={_JAPANESE})\n(?={_JAPANESE})")
_LOG = logging.getLogger(__name__)
Tree = dict[str, Any]


def tree(node: nodes.Node, page: str) -> Iterator[Tree | str]:
    """What is set of this node: text in one line, elements as `is` (their kind), `of` (their content) and what else they need."""
    name = node.tagname
    if isinstance(node, nodes.Text):
        yield _line(node.astext())
    elif name == "container" and "message" in node["classes"]:
        yield {"is": "message", "of": _content(node, page)}
    elif name == "container" and "tiles" in node["classes"]:
        yield {"is": "tiles", "ids": [one["record"]["id"] for one in node.findall() if isinstance(one, nodes.Element) and one.tagname == "value"]}
    elif name in _PASSED:
        yield from _content(node, page)
    elif name == "literal_block":
        yield {"is": name, "text": node.astext()}
    elif name == "table":
        yield {"is": "table", "head": _rows(node, nodes.thead, page), "rows": _rows(node, nodes.tbody, page)}
    elif name == "paragraph" and _to_workings(node):
        return
    elif name in _ELEMENTS:
        yield {"is": name, **_more(node, page), "of": [] if name in ("exhibit", "register") else _content(node, page)}
    elif name not in _LEFT_OUT:
        _LOG.warning("the PDF cannot set this element: %s", name, location=node)


def _to_workings(node: nodes.Element) -> bool:
    """Whether the paragraph is nothing but the link to the chapter's workings, which are not on paper."""
    return len(node) == 1 and isinstance(node[0], nodes.reference) and "workings-" in node[0].get("refuri", "")


def _line(text: str) -> str:
    """The text without the line ends of the file: none is a space between two Japanese characters.

    >>> _line("国際\\n共同 a\\nb")
    '国際共同 a b'
    """
    return _BROKEN.sub("", text).replace("\n", " ")


def _content(node: nodes.Element, page: str) -> list[Tree | str]:
    """The content of an element; what stands between a tag and its end, which are nodes of their own, is put into an element."""
    open_: list[Tree] = [{"of": []}]
    for child in node.children:
        tag = re.fullmatch(r'<(/?)(\w+)(?: href="([^"]*)")?>', child.astext().strip()) if isinstance(child, nodes.raw) else None
        if tag is None:
            open_[-1]["of"].extend(tree(child, page))
        elif tag[1]:
            open_.pop()
        elif tag[2] == "br":
            open_[-1]["of"].append({"is": "break", "of": []})
        else:
            begun: Tree = {"is": _TAGS[tag[2]], "of": []} if tag[2] in _TAGS else {"is": "reference", "to": _target(tag[3], page), "of": []}
            open_[-1]["of"].append(begun)
            open_.append(begun)
    return open_[0]["of"]


def _more(node: nodes.Element, page: str) -> Tree:
    if node.tagname == "section":
        return {"ids": [f"{page}#{id}" for id in node["ids"]]}
    if node.tagname == "reference":
        return {"to": _target(node.get("refuri") or "#" + node.get("refid", ""), page)}
    if node.tagname in ("exhibit", "value"):
        return {"id": node["record"]["id"]}
    return {}


def _target(address: str, page: str) -> str:
    """The address as seen from the folder of the book: `trends.html#growth`, also where it stood without its page."""
    return f"{page}.html{address}" if address.startswith("#") else address


def _rows(node: nodes.Element, part: type[nodes.Element], page: str) -> list[list[list[Tree | str]]]:
    return [[_content(entry, page) for entry in row.findall(nodes.entry)] for found in node.findall(part) for row in found.findall(nodes.row)]


def _keep(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if docname.startswith("workings-"):
        return  # code and its outputs, whose exhibits stand in the chapter
    to = Path(app.outdir).with_name(FOLDER) / f"{docname}.json"
    to.parent.mkdir(exist_ok=True)
    to.write_text(json.dumps(list(tree(doctree, docname)), ensure_ascii=False), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Takes each page when its links have been found."""
    app.connect("doctree-resolved", _keep, priority=950)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
