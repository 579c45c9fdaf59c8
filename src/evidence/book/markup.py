"""What a page may hold besides words: a short list. Whatever else Markdown, MyST or HTML could bring in is refused where it stands.

A page is read with the parser that the book is bound with, so that what is judged is what would be bound.
"""

import re
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

EXTENSIONS = {"colon_fence", "deflist", "attrs_inline", "attrs_block"}  # as in _config.yml
DIRECTIVES = {"exhibit", "exhibits", "values", "citation", "edition-files", "div"}
ROLES = {"value", "exhibit"}
_TEXT = {
    "blockquote", "bullet_list", "code_block", "code_inline", "colon_fence", "dd", "dl", "dt", "em", "fence", "hardbreak", "heading", "hr", "inline",
    "link", "list_item", "myst_line_comment", "myst_role", "myst_target", "ordered_list", "paragraph", "softbreak", "strong", "table", "tbody", "td",
    "text", "th", "thead", "tr",
}  # fmt: skip
_HTML = re.compile(r'</?(?:i|b|sub|sup|br)>|</a>|<a href="(?:\.\./){0,2}[a-z0-9_-]+\.html(?:#[\w-]+)?">', re.ASCII)
_ADDRESS = re.compile(r"#[\w@-]+|[\w@-]+\.(?:md|ipynb)|https?://[^\s]+|mailto:[^\s]+", re.ASCII)
Fault = tuple[int, str, str]  # line (the first is 1), code, what was found


@cache
def _parser() -> MarkdownIt:
    parser = create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), RendererHTML)
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # else an address that runs something would pass as words
    return parser


def faults(text: str, first: int = 1) -> list[Fault]:
    """Everything in this text, whose first line has the number `first`, that a page may not hold: E423 markup, E424 an address.

    >>> faults("Words.\\n\\n```{include} /etc/hostname\\n```\\n")
    [(3, 'E423', '{include}')]
    >>> faults("[a](tiers.md) [b](#tiers-care) {value}`b` [c](javascript:alert)")
    [(1, 'E424', 'javascript:alert')]
    """
    return [fault for token in _parser().parse(text) for fault in _block(token, first)]


def _block(token: Token, first: int) -> Iterator[Fault]:
    line = first + (token.map[0] if token.map else 0)
    if token.type in ("fence", "colon_fence"):
        yield from _fence(token, line)
    for child in token.children or [token]:
        yield from ((line, code, found) for code, found in _judged(child))
        line += child.content.count("\n") + (child.type in ("softbreak", "hardbreak"))


def _fence(token: Token, line: int) -> Iterator[Fault]:
    name = token.info.strip().partition(" ")[0].partition("\n")[0]
    directive = name.startswith("{") and name.endswith("}")
    if (directive and name[1:-1] not in DIRECTIVES) or (not directive and (token.type == "colon_fence" or "{" in name)):
        yield line, "E423", name or token.markup
    elif name == "{div}":
        yield from faults(token.content, line + 1)


def _judged(token: Token) -> Iterator[tuple[str, str]]:
    """(code, what was found) of what is wrong with this piece by itself."""
    kind = token.type.removesuffix("_open").removesuffix("_close")
    if kind in ("html_inline", "html_block"):
        if any(not _HTML.fullmatch(tag) for tag in re.findall(r"<[^>]*>?", token.content)):
            yield "E423", token.content.strip()
    elif kind == "image":
        yield "E424", str(token.attrs.get("src", ""))
    elif kind == "myst_role" and token.meta["name"] not in ROLES:
        yield "E423", f"{{{token.meta['name']}}}"
    elif kind not in _TEXT:
        yield "E423", token.content.strip() or token.markup or kind
    if kind == "link" and "href" in token.attrs and not _ADDRESS.fullmatch(str(token.attrs["href"])):
        yield "E424", str(token.attrs["href"])
