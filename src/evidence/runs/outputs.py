"""What a cell may show: text, tables and pictures. Whatever a browser would run, or fill from elsewhere, is none of it.

Markup is parsed and its addresses and styles are decoded before they are judged, and what is not known to be harmless is refused: another spelling of
what is refused is not known either.
"""

import html
import re
from collections.abc import Iterator

import nbformat
from lxml import etree
from markdown_it import MarkdownIt

from evidence import unseen
from evidence.runs import styles

KINDS = ("text/plain", "text/markdown", "text/latex", "text/html", "image/png", "image/jpeg", "image/svg+xml")
_MARKUP = ("text/html", "text/markdown", "image/svg+xml")
_JUDGED = (*_MARKUP, "text/latex")
_WRITTEN = ("text/plain", *_JUDGED)
_KNOWN = (
    "html head body div span p br hr h1 h2 h3 h4 h5 h6 b i u s em strong small sub sup mark code pre kbd samp var tt q blockquote cite abbr dfn"
    " del ins ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td figure figcaption img a ruby rt rp rb time bdi wbr"
    " center font details summary section article header footer style title"
    " svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textpath desc metadata image clippath mask pattern marker stop"
    " lineargradient radialgradient filter feblend fecolormatrix fecomposite feflood fegaussianblur femerge femergenode feoffset"
)
_ELEMENTS = frozenset(_KNOWN.split())
_NOTES = re.compile(r"(?:rdf|cc|dc):[a-z]+")  # with which a program tells in a drawing how it was made
_ADDRESSES = ("href", "src", "srcset", "background", "poster", "data", "cite", "longdesc", "action", "formaction", "ping", "usemap", "base")
_FOLLOWED = re.compile(r"(?:https?:|mailto:)", re.I)  # by the reader, if at all
_DECLARED = re.compile(r"<!(?:doctype[^>]*\[|entity)|<\?xml-stylesheet|<(?:html|body)[\s/]", re.I)  # the last give the page's own what they have
_STYLING = ("fill", "stroke", "filter", "mask", "clip-path", "cursor", "marker", "marker-start", "marker-mid", "marker-end")
_ORDER = {
    "hidden": (), "dir": ("ltr",), "direction": ("ltr",), "unicode-bidi": ("normal",), "writing-mode": ("lr", "lr-tb", "horizontal-tb"),
    "visibility": ("visible",), "display": ("inline", "block"), "popover": (), "inert": (),
}  # fmt: skip
# Of mathematics alone: no command that leads or loads, defines another, or gives what it sets a style or a place in the page.
_FORMULA = (
    "frac dfrac tfrac sqrt binom sum prod int oint iint lim limsup liminf sup inf max min arg det dim exp ln log sin cos tan sec csc cot sinh"
    " cosh tanh arcsin arccos arctan gcd ker Pr mod bmod pmod cdot cdots ldots dots vdots ddots times div pm mp ast star circ bullet oplus"
    " otimes wedge vee neg lnot cap cup setminus subset subseteq supset supseteq in ni notin emptyset varnothing forall exists nexists land"
    " lor to gets mapsto rightarrow leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow implies iff uparrow downarrow le leq ge geq"
    " ne neq lt gt ll gg approx sim simeq cong equiv propto perp parallel mid nmid infty partial nabla prime degree angle triangle hbar ell Re"
    " Im aleph alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho sigma varsigma"
    " tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega left right middle big Big bigg Bigg bigl"
    " bigr Bigl Bigr langle rangle lfloor rfloor lceil rceil lbrace rbrace lvert rvert vert Vert hat widehat tilde widetilde bar overline"
    " underline vec dot ddot acute grave check breve overbrace underbrace overset underset stackrel mathrm mathbf mathit mathsf mathtt mathcal"
    " mathbb mathfrak mathscr boldsymbol bm operatorname text textrm textbf textit textsf texttt mbox quad qquad enspace thinspace space"
    " limits nolimits displaystyle textstyle scriptstyle scriptscriptstyle begin end hline not choose over"
)
_MATHEMATICS = frozenset(_FORMULA.split())
_SIGNS = frozenset("\\,;:!{}%$#&_|()[]> ")  # which stand alone after a backslash
_ARRANGED = re.compile(r"\\(?:begin|end)\{(?:[bpBvV]?matrix|smallmatrix|array|cases|aligned|alignedat|gathered|split|align|gather|equation)\*?\}")
_COMMAND = re.compile(r"\\([A-Za-z]+|.|$)", re.S)
_NO_FORMULA = re.compile(r"(?<!\\)(?:\\\\)*%|\^\^|<[A-Za-z/!?]")  # a comment, a letter by its number, markup
_MARKDOWN = MarkdownIt("commonmark", {"html": True})
_MARKDOWN.validateLink = lambda url: True  # type: ignore[method-assign]  # else an address that runs something would pass as words


def active(output: nbformat.NotebookNode) -> Iterator[str]:
    """The kinds of this output that a browser would run, or fill from elsewhere."""
    for kind, content in output.get("data", {}).items():
        if kind not in KINDS or (kind in _JUDGED and not harmless("".join(content), kind)):
            yield kind


def hidden(output: nbformat.NotebookNode) -> Iterator[str]:
    r"""The characters of this output that no reader sees, each with the kind of text that has it; markup may name them by their numbers.

    >>> list(hidden(nbformat.v4.new_output("stream", name="stdout", text="a\u200bb")))
    ['stdout \\u200b']
    """
    texts = {kind: "".join(content) for kind, content in output.get("data", {}).items() if kind in _WRITTEN}
    texts |= {output.get("name", "stdout"): "".join(output["text"])} if "text" in output else {}
    for kind, text in texts.items():
        whole = text + html.unescape(text) if kind in _MARKUP else text
        whole = whole.replace("\ufffd", "")  # what stands for bytes that are no text: it is seen
        yield from (f"{kind} {ascii(char)[1:-1]}" for char in sorted(unseen.among(unseen.selected(whole))))


def harmless(markup: str, kind: str = "text/html") -> bool:
    """Whether this is text, tables and pictures and no more; text that only looks like a program is text.

    >>> [harmless(text) for text in ("<td>&lt;script&gt; [a](javascript:x)</td>", "<IMG SRC=x onError=x>", "<a href='java&#x0a;script:x'>")]
    [True, False, False]
    >>> harmless("[a](javascript:x)", "text/markdown")
    False
    """
    if kind == "text/latex":
        return _mathematics(markup)
    whole = _MARKDOWN.render(markup) if kind == "text/markdown" else markup
    if _DECLARED.search(whole):
        return False
    root = etree.HTML(f"<body>{whole}")
    return all(_comment(node) if not isinstance(node.tag, str) else _element(node) for node in root.iter())


def _mathematics(formula: str) -> bool:
    """Whether every command of the formula is one of mathematics."""
    told = _COMMAND.findall(formula)
    known = all(name in _MATHEMATICS if name.isalpha() and name.isascii() else name in _SIGNS and name for name in told)
    arranged = sum(name in ("begin", "end") for name in told) == len(_ARRANGED.findall(formula))
    return known and arranged and not _NO_FORMULA.search(formula)


def _comment(node: etree._Element) -> bool:
    """Where parsers do not agree on the end of a comment, it holds the beginning of something."""
    return "<" not in (node.text or "") and not (node.text or "").startswith((">", "->"))


def _element(element: etree._Element) -> bool:
    tag = element.tag.lower()
    if tag not in _ELEMENTS and not _NOTES.fullmatch(tag):
        return False
    if tag == "style" and ("<" in (element.text or "") or not styles.plain(element.text or "")):  # within a drawing the text of a style is markup
        return False
    return all(_attribute(tag, name.lower().rpartition(":")[2], value) for name, value in element.attrib.items())


def _attribute(tag: str, name: str, value: str) -> bool:
    address = styles.PASSED_OVER.sub("", value)
    if name.startswith("on"):
        return False
    if name == "srcset":
        return all(styles.PICTURE.match(part) or styles.WITHIN.fullmatch(part) for part in re.split(r"[\s,]+", value))
    if name in _ADDRESSES:
        followed = tag == "a" and name == "href"
        return bool(styles.WITHIN.fullmatch(address) or (_FOLLOWED if followed else styles.PICTURE).match(address))
    if name == "style":
        return styles.plain(value, within=False)
    if name in _ORDER:  # of what is read, or whether it is seen at all
        return value.strip().lower() in _ORDER[name] or (tag, name) == ("path", "display")  # lines without data, as Vega writes them, hold no text
    return name not in _STYLING or styles.still(value)
