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

from evidence.citing.bibliography import FORMATS
from evidence.tables import facts

EXTENSIONS = {"colon_fence", "deflist", "attrs_inline", "attrs_block"}  # as in _config.yml
_ID = "[a-z0-9@-]+"
# What each directive is given; none has options, and only a `{div}` holds words.
DIRECTIVES = {
    "exhibit": _ID, "exhibits": "", "values": "", "edition-files": "", "citation": f"{_ID} (?:{'|'.join(FORMATS)})", "div": "message|tiles",
}  # fmt: skip
LANGUAGES = ("", "text", "latex", "bibtex", "console")  # of code that is shown
ROLES = {"value", "period", "exhibit"}
_TEXT = {
    "blockquote", "bullet_list", "code_block", "code_inline", "colon_fence", "dd", "dl", "dt", "em", "fence", "hardbreak", "heading", "inline",
    "link", "list_item", "myst_line_comment", "myst_role", "myst_target", "ordered_list", "paragraph", "softbreak", "strong", "table", "tbody", "td",
    "text", "th", "thead", "tr",
}  # fmt: skip
_HTML = re.compile(r'</?(?:i|b|sub|sup|br)>|</a>|<a href="(?:\.\./){0,2}[a-z0-9_-]+\.html(?:#[\w-]+)?">', re.ASCII)
_ADDRESS = re.compile(r"#[\w@-]+|[\w@-]+\.(?:md|ipynb)|https?://[^\s]+|mailto:[^\s]+", re.ASCII)
# What the parser itself writes to a piece; whatever else stands there was written on the page, such as a style.
_ATTRIBUTES = {
    "link_open": {"href", "title"}, "myst_target": {"class"}, "myst_line_comment": {"class"}, "ordered_list_open": {"start"},
    "th_open": {"style"}, "td_open": {"style"}, "image": {"src", "alt"},
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_OPTION = re.compile(r"\s*(?::|---)")
Fault = tuple[int, str, str]  # line (the first is 1), code, what was found


@cache
def _parser() -> MarkdownIt:
    parser = create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), RendererHTML)
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # else an address that runs something would pass as words
    return parser


def faults(text: str, first: int = 1) -> list[Fault]:
    """Everything in this text, whose first line has the number `first`, that a page may not hold: E241 a control character, E423 markup,
    E424 an address, E2108 a line that is still to be written.

    >>> faults("Words.\\n\\n```{include} /etc/hostname\\n```\\n")
    [(3, 'E423', '{include}')]
    >>> faults("[a](tiers.md) [b](#tiers-care) {value}`b` [c](javascript:alert)")
    [(1, 'E424', 'javascript:alert')]
    >>> faults("```{exhibit} map\\n:style: top: 0\\n```\\n{.wide}\\nWords")
    [(2, 'E423', '{exhibit} :style: top: 0'), (5, 'E423', 'class="wide"')]
    """
    return controls(text, first) + [fault for token in _parser().parse(text) for fault in _block(token, first)]


def controls(text: str, first: int = 1) -> list[Fault]:
    """The control characters in this text."""
    return [(first + text.count("\n", 0, found.start()), "E241", repr(found[0])) for found in _CONTROL.finditer(text)]


def order(text: str) -> list[Fault]:
    """What of the headings and labels of a page the binder refuses: a heading that skips a level, a label that stands twice.

    >>> order("# One\\n\\n### Three\\n\\n(a)=\\n## Two\\n\\n(a)=\\n## More")
    [(3, 'E423', '###'), (8, 'E423', '(a)=')]
    """
    found: list[Fault] = []
    level, labels = 0, set()
    for token in _parser().parse(text):
        line = 1 + (token.map[0] if token.map else 0)
        if token.type == "heading_open":
            found += [(line, "E423", token.markup)] if int(token.tag[1]) > level + 1 else []
            level = int(token.tag[1])
        elif token.type == "myst_target":
            found += [(line, "E423", f"({token.content})=")] if token.content in labels else []
            labels.add(token.content)
    return found


def _block(token: Token, first: int) -> Iterator[Fault]:
    line = first + (token.map[0] if token.map else 0)
    if token.type in ("fence", "colon_fence"):
        yield from _fence(token, line)
    elif token.type == "heading_open" and token.level:  # within a list or a quotation, where no section can begin
        yield line, "E423", token.markup
    yield from ((line, "E423", told) for told in _written(token))
    yield from ((line, "E423", tag) for tag in _unpaired([child for child in token.children or [token] if child.type.startswith("html_")]))
    for child in token.children or [token]:
        yield from ((line, code, found) for code, found in _judged(child))
        yield from ((line, "E423", told) for told in _written(child) if child is not token)
        line += child.content.count("\n") + (child.type in ("softbreak", "hardbreak"))


def _fence(token: Token, line: int) -> Iterator[Fault]:
    name, _, given = token.info.strip().partition(" ")
    if not (name.startswith("{") and name.endswith("}")):
        if token.type == "colon_fence" or token.info.strip() not in LANGUAGES:
            yield line, "E423", name or token.markup
    elif name[1:-1] not in DIRECTIVES:
        yield line, "E423", name
    elif not re.fullmatch(DIRECTIVES[name[1:-1]], given.strip(), re.ASCII):
        yield line, "E423", token.info.strip()
    elif token.content.strip() and (name != "{div}" or _OPTION.match(token.content)):
        above = len(token.content) - len(token.content.lstrip())
        yield line + 1 + token.content.count("\n", 0, above), "E423", f"{name} {token.content.strip().splitlines()[0]}"
    if name == "{div}":
        inside = _parser().parse(token.content)
        yield from ((line + 1 + (one.map or [0])[0], "E423", one.markup) for one in inside if one.type == "heading_open" and not one.level)
        yield from faults(token.content, line + 1)


def _unpaired(html: list[Token]) -> Iterator[str]:
    """The tags of a paragraph that close what is not open, or are not closed in it: what follows them on the page would be inside."""
    opened: list[str] = []
    for tag in (tag for piece in html for tag in re.findall(r"</?[a-z]+", piece.content)):
        name = tag.strip("</")
        if tag == f"</{name}" and (not opened or opened.pop() != name):
            yield f"{tag}>"
            return
        opened += [name] if tag == f"<{name}" and name != "br" else []
    yield from (f"<{name}>" for name in opened[:1])


def _written(token: Token) -> Iterator[str]:
    """The attributes that the page gives this piece."""
    allowed = _ATTRIBUTES.get(token.type, set())
    yield from (f'{name}="{told}"' for name, told in token.attrs.items() if name not in allowed)


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
    elif kind == "hr" and token.markup.startswith(facts.UNWRITTEN):
        yield "E2108", facts.UNWRITTEN
    elif kind not in _TEXT:
        yield "E423", token.content.strip() or token.markup or kind
    if kind == "link" and "href" in token.attrs and not _ADDRESS.fullmatch(str(token.attrs["href"])):
        yield "E424", str(token.attrs["href"])
