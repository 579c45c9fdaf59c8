"""What a style in an output may tell: colours, lines, letters, room. It loads nothing, and neither hides text nor puts it in another order."""

import re
from collections.abc import Iterable

import tinycss2
from tinycss2 import color3

PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml)[;,]", re.I)
WITHIN = re.compile(r"(?![/\\]{2})[^:]*(?:[/?#].*)?", re.S)  # an address without a scheme or a host
PASSED_OVER = re.compile(r"[\x00-\x20]+")  # by a browser that reads a scheme
_LOADING = ("url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "expression")
_KNOWN = re.compile(
    r"color|background(?:-color)?|opacity|border(?:-[a-z-]+)?|text-(?:align|anchor|decoration|rendering)|vertical-align|white-space|line-height"
    r"|font(?:-(?:family|size|weight|style|variant|stretch))?|(?:margin|padding)(?:-[a-z]+)?|(?:min-|max-)?(?:width|height)|letter-spacing"
    r"|list-style(?:-type)?|(?:fill|stroke)(?:-[a-z]+)?|stop-(?:color|opacity)|clip-(?:path|rule)|mask|marker(?:-[a-z]+)?|filter|cursor"
    r"|(?:shape|image|color)-rendering|(?:dominant|alignment)-baseline|paint-order|pointer-events"
)
_SEEN = ("opacity", "font", "font-size", "line-height")  # at nothing, what is there is not seen
_MOVING = re.compile(r"(?:margin|padding)(?:-[a-z]+)?|letter-spacing|font-size")  # below nothing, it lies upon something else
_FUNCTIONS = ("url", "rgb", "rgba", "hsl", "hsla")  # what is reckoned could be nothing


def plain(style: str, within: bool = True) -> bool:
    """Whether this style, of a `style` element or (not `within` one) of an attribute, has known properties alone and leaves the text to be seen.

    >>> [plain(text) for text in ("td { color: red }", "td { display: none }", "@media print { td { color: red } }", "td { font-size: 0 }")]
    [True, False, False, False]
    """
    if not still(style):
        return False
    if not within:
        return all(map(_declared, tinycss2.parse_declaration_list(style, skip_comments=True, skip_whitespace=True)))
    rules = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    return all(
        rule.type == "qualified-rule" and all(map(_declared, tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True)))
        for rule in rules
    )


def _declared(part: tinycss2.ast.Node) -> bool:
    if part.type != "declaration" or not _KNOWN.fullmatch(part.lower_name):
        return False
    numbers = [token.value for token in part.value if token.type in ("number", "percentage", "dimension")]
    functions = [token.lower_name for token in part.value if token.type == "function"]
    colours = [color3.parse_color(token) for token in part.value] if part.lower_name == "color" else []
    return (
        all(name in _FUNCTIONS for name in functions)
        and not (part.lower_name in _SEEN and any(number <= 0 for number in numbers))
        and not (_MOVING.fullmatch(part.lower_name) and any(number < 0 for number in numbers))
        and not any(isinstance(colour, color3.RGBA) and colour.alpha <= 0 for colour in colours)
    )


def still(style: str) -> bool:
    r"""Whether this style loads and runs nothing.

    >>> [still(text) for text in ("td { fill: url(#a) } /* @import */", "@\\69mport 'x'", "a { b: u\\72l(//x.example/c) }")]
    [True, False, False]
    """
    return _still(tinycss2.parse_component_value_list(style))


def _still(tokens: Iterable[tinycss2.ast.Node], addresses: bool = False) -> bool:
    """The same of its tokens; a text among them is an address where a function loads it."""
    for token in tokens:
        if token.type == "at-keyword" and token.lower_value == "import":
            return False
        if (token.type == "url" or (addresses and token.type == "string")) and not _own(token.value):
            return False
        if token.type == "error" and token.kind in ("bad-url", "bad-string"):
            return False
        if token.type == "function" and token.lower_name == "expression":
            return False
        inner = token.arguments if token.type == "function" else getattr(token, "content", None) or ()
        if not _still(inner, addresses or (token.type == "function" and token.lower_name in _LOADING)):
            return False
    return True


def _own(address: str) -> bool:
    plain = PASSED_OVER.sub("", address)
    return bool(PICTURE.match(plain) or WITHIN.fullmatch(plain))
