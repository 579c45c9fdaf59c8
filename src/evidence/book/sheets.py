"""The style sheets of a bound book, cut down to what its pages and scripts may use.

The theme serves every project there is; of its rules, this book's pages meet about a third.
"""

import functools
import re
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

import tinycss2

from evidence import disk
from evidence.book import hits

_NAMES = re.compile(r"""\b(?:class|id)=["']([^"']*)["']""")
_WORDS = re.compile(r"[\w-]+")  # of a script: any of them may be a class that it gives
_ASKED = re.compile(r"var\(\s*(--[\w-]+)")
_PARTS = re.compile(r"[.#](-?[A-Za-z_][\w-]*)")  # of a selector: classes and ids
_ASIDE = re.compile(r"\[[^\]]*\]|:(?:not|is|where|has)\([^()]*\)")  # what a selector asks besides, or instead
_PASSES = 3  # a variable goes, then those that only it asked for
_GROUPS = ("media", "supports", "container", "layer")


def cut(html: Path) -> None:
    """Cuts every style sheet below `html` down to what the pages and scripts there may use, in place."""
    pages = [disk.text(path) for path in sorted(html.rglob("*.html"))]
    scripts = [disk.text(path) for path in sorted(html.rglob("*.js")) if not path.name.startswith(Path(hits.FILE).stem)]
    named = {name for page in pages for names in _NAMES.findall(page) for name in names.split()}
    used = named.union(*map(_WORDS.findall, scripts))
    sheets = {path: disk.text(path) for path in sorted(html.rglob("*.css"))}
    for _ in range(_PASSES):
        asked = used.union(*map(_ASKED.findall, [*sheets.values(), *pages]))
        sheets = {path: trimmed(sheet, used, asked) for path, sheet in sheets.items()}
    for path, sheet in sheets.items():
        path.write_text(sheet, encoding="utf-8")


def trimmed(sheet: str, used: Set[str], asked: Set[str] = frozenset()) -> str:
    """The style sheet without comments, rules whose classes and ids are not among those `used`, and variables that are not `asked` for.

    >>> trimmed("/* a */ .in, .out { margin: 0 } .out a { color: red } @media print { .out { margin: 0 } } p { --a: 1; top: 0 }", {"in"})
    '.in{margin:0}p{top:0}'
    >>> trimmed("p:not(.out:has(.gone)) { top: 0 } :is(.out, .in) a { top: 0 }", {"in"})
    'p:not(.out:has(.gone)){top:0}:is(.out, .in) a{top:0}'
    """
    return "".join(_rules(_parsed(sheet), used, asked))


@functools.lru_cache(maxsize=64)
def _parsed(sheet: str) -> list[Any]:
    """The rules of a style sheet; the theme's are the same in every language and edition, and take a third of a binding to read."""
    found: list[Any] = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    return found


def _rules(rules: list[Any], used: Set[str], asked: Set[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            met = [text for text in _selectors(tinycss2.serialize(rule.prelude)) if _met(text, used)]
            told = _told(rule.content, asked) if met else ""
            if told:
                yield f"{','.join(met)}{{{told}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in _GROUPS and rule.content is not None:
            within = "".join(_rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), used, asked))
            if within:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{within}}}"
        elif rule.type == "at-rule" and not _of_icons(rule):
            yield rule.serialize()


def _of_icons(rule: Any) -> bool:
    """Whether the rule serves the theme's font of icons, of which the book has none."""
    told = f"{tinycss2.serialize(rule.prelude)}{tinycss2.serialize(rule.content or [])}"
    kind, its = ("font-face", "Awesome") if rule.lower_at_keyword == "font-face" else ("keyframes", " fa-")
    return bool(rule.lower_at_keyword.endswith(kind)) and its in told


def _told(content: list[Any], asked: Set[str]) -> str:
    """The declarations as they were, without those of variables that nothing asks for; rules within are kept whole."""
    parts = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    kept = [part for part in parts if part.type != "declaration" or not part.name.startswith("--") or part.name in asked]
    return ";".join(_declared(part) if part.type == "declaration" else part.serialize() for part in kept)


def _declared(part: Any) -> str:
    return f"{part.name}:{_value(part)}{'!important' if part.important else ''}"


def _value(part: Any) -> str:
    """The value; an address in quotes, for without them each bracket of a drawing would be escaped."""
    told = (f'url("{token.value.replace(chr(34), "%22")}")' if token.type == "url" else tinycss2.serialize([token]) for token in part.value)
    return "".join(told).strip()


def _selectors(prelude: str) -> Iterator[str]:
    """The selectors of a list, which commas part but for those within brackets."""
    depth, start = 0, 0
    for place, letter in enumerate(f"{prelude},"):
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and not depth:
            yield prelude[start:place].strip()
            start = place + 1


def _met(selector: str, used: Set[str]) -> bool:
    """Whether something of the book may match: all that the selector asks for by name is there."""
    aside = None
    while aside != selector:
        aside, selector = selector, _ASIDE.sub("", selector)
    return all(name in used for name in _PARTS.findall(selector))
