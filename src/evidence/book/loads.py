"""What a file of the site would load from another host: pages, style sheets and drawings are parsed, not searched for a spelling."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from evidence import disk
from evidence.errors import Place, Refusal

_SPACE = re.compile(r"[\x00-\x20]+")
_FOREIGN = re.compile(r"(?:https?|wss?|ftp|file):|[/\\]{2,}[^/\\\s]", re.IGNORECASE)
_PROGRAM = re.compile(r"(?:javascript|vbscript):", re.IGNORECASE)
_PACKED = re.compile(r"data:", re.IGNORECASE)
# Attributes that load by themselves, whatever element they stand on; of the rest, the elements on which they do.
_LOADING = (
    "src", "srcset", "imagesrcset", "poster", "data", "background", "action", "formaction", "ping", "classid", "codebase", "archive", "manifest",
    "attributionsrc",
)  # fmt: skip
_ANIMATED = ("to", "from", "by", "values")
_STYLING = ("style", "fill", "stroke", "filter", "mask", "clip-path", "cursor", "marker", "marker-start", "marker-mid", "marker-end")
_LOOKED = frozenset((*_LOADING, *_ANIMATED, *_STYLING, "href", "xlink:href", "srcdoc", "content"))
_INERT = ("a", "area")  # a link is followed by the reader only
_NAMED_ONLY = {
    "alternate", "author", "bookmark", "canonical", "cite-as", "collection", "describedby", "external", "help", "index",
    "item", "license", "next", "nofollow", "prev", "search", "type",
}  # fmt: skip
_FRAMES = ("script", "iframe", "frame", "embed", "object")  # what is packed into their address runs
_LISTS = ("importmap", "speculationrules")  # every address in them is loaded
_DATA_BLOCKS = ("application/ld+json", "application/json", "text/plain")
_CSS = re.compile(
    r"""/\*.*?\*/|@namespace[^;]*;|"(?P<double>(?:\\.|[^"\\\n])*)(?:"|\Z)|'(?P<single>(?:\\.|[^'\\\n])*)(?:'|\Z)|\(\s*(?P<bare>[^"'()\s]+)""",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(\r\n|[\s\S]))")
# A program is not run here: named is what a call or an assignment that loads is given as a text.
_ADDRESS = re.compile(r"""["'`]((?:https?|wss?|ftp):[^"'`]*|[/\\]{2}[^/\\\s"'`][^"'`]*)""", re.IGNORECASE)
_GIVEN_TO = re.compile(
    r"""(?:\b(?:fetch|import|importScripts|open|sendBeacon|WebSocket|EventSource|Worker|SharedWorker|Request|get|post|load|getScript|setAttribute|location\.(?:assign|replace))\s*\(+\s*"""
    r"""(?:["'`][\w-]+["'`]\s*,\s*)?|(?:\.(?:src|srcset|href|action|data|location)|\blocation|\[["'](?:src|srcset|href|action|data|location)["']\])\s*=\s*|\b(?:from|import)\s*)$""",
    re.IGNORECASE,
)
_BEFORE = 80  # characters before an address in which the call stands
_HTML = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)


def foreign(folder: Path, passed: tuple[str, ...] = ()) -> list[Refusal]:
    """E410 for everything that a file in this folder would load from another host; folders of these names at its top are passed over."""
    readers = {".html": page, ".htm": page, ".css": style, ".svg": drawing, ".js": program}
    problems = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if (reader := readers.get(path.suffix.lower())) and name.partition("/")[0] not in passed:
            problems += [Refusal("E410", Place(name), told[:80]) for told in dict.fromkeys(reader(disk.text(path)))]
    return problems


def page(text: str) -> Iterator[str]:
    """What the page would load from elsewhere, or run out of an address: each as element, attribute and address.

    >>> list(page("<IMG SRC=//x.example/a.png><p>"))
    ['img src //x.example/a.png']
    """
    root = etree.fromstring(text.encode(), _HTML) if text.strip() else None
    yield from _tree(root) if root is not None else ()


def drawing(text: str) -> Iterator[str]:
    """The same for an SVG file."""
    root = disk.tree(text.encode(), mended=True) if text.strip() else None
    if root is not None:
        yield from _tree(root)
        for sheet in root.xpath("preceding-sibling::processing-instruction('xml-stylesheet')"):
            yield from (
                f"xml-stylesheet {told}" for told in re.findall(r"""href\s*=\s*["']([^"']*)""", sheet.text or "") if _FOREIGN.match(told.strip())
            )


def style(text: str) -> Iterator[str]:
    r"""The addresses on other hosts that a style sheet names, but for the names of namespaces.

    >>> list(style("@import '//x.example/a'; p { background: u\\72l( HTTPS://x.example/b ) } /* url(//x) */ @namespace svg 'http://www.w3.org/2000/svg';"))
    ['css //x.example/a', 'css HTTPS://x.example/b']
    """
    for match in _CSS.finditer(_ESCAPED.sub(_unescaped, text) if "\\" in text else text):
        address = _plain(match["double"] or match["single"] or match["bare"] or "")
        if _FOREIGN.match(address):
            yield f"css {address}"


def program(text: str) -> Iterator[str]:
    """The addresses on other hosts that a script's calls and assignments load by their spelling.

    >>> list(program("fetch('https://x.example/a'); var name = 'http://www.w3.org/2000/svg'"))
    ['script https://x.example/a']
    """
    for match in _ADDRESS.finditer(text):
        if _GIVEN_TO.search(text[max(0, match.start() - _BEFORE) : match.start()]):
            yield f"script {match[1]}"


def _unescaped(match: re.Match[str]) -> str:
    return chr(min(int(match[1], 16), 0x10FFFF)) if match[1] else "" if match[2] in "\r\n\f" else match[2] if match[2] not in "\"'\\" else match[0]


def _plain(address: str) -> str:
    """The address as a browser reads it: without spaces around it, and without line breaks and tabs anywhere."""
    return re.sub(r"[\t\r\n]", "", _SPACE.sub(lambda run: "" if run.start() == 0 else run[0], address))


def _tree(root: etree._Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        tag = etree.QName(element).localname.lower()
        for key, value in element.attrib.items():
            name = key.lower().rpartition("}")[2]
            if name in _LOOKED or name.startswith("on"):
                yield from (f"{tag} {name} {told}" for told in _attribute(element, tag, name, str(value)))
        if element.text and tag == "style":
            yield from style(element.text)
        elif element.text and tag == "script" and (element.get("type") or "").lower() in _LISTS:
            yield from (f"script {match[1]}" for match in _ADDRESS.finditer(element.text))
        elif element.text and tag == "script" and (element.get("type") or "").lower() not in _DATA_BLOCKS:
            yield from program(element.text)


def _attribute(element: etree._Element, tag: str, name: str, value: str) -> Iterator[str]:
    """What this attribute would load or run, if anything."""
    address = _plain(value)
    if _PROGRAM.match(address) or (name in _LOADING and tag in _FRAMES and _PACKED.match(address)):
        yield address
    elif name.endswith("srcset"):
        yield from (part for part in re.split(r"[\s,]+", value) if _FOREIGN.match(part))
    elif name in _ANIMATED and tag in ("animate", "set"):
        yield from (part for part in map(_plain, value.split(";")) if _FOREIGN.match(part) or _PROGRAM.match(part))
    elif name in _LOADING or (name.endswith("href") and _fetched(element, tag)):
        yield from [address] if _FOREIGN.match(address) else []
    elif name == "srcdoc":
        yield from page(value)
    elif name == "content" and tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
        target = re.sub(r"^[\s\d.;,]*(?:url\s*=\s*)?[\"']?", "", value, flags=re.IGNORECASE)
        yield from [_plain(target)] if _FOREIGN.match(_plain(target)) or _PROGRAM.match(_plain(target)) else []
    elif name.startswith("on"):
        yield from program(value)
    elif name in _STYLING and "(" in value:
        yield from style(value)


def _fetched(element: etree._Element, tag: str) -> bool:
    """Whether the element loads what its href names; a link that says what is where, and what a reader follows, loads nothing."""
    rel = {part.lower() for part in (element.get("rel") or "").split()}
    return tag not in _INERT and not (tag == "link" and rel <= _NAMED_ONLY)
