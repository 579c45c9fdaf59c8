"""What every bound page still lacks: no script or style library that it does not need, nothing that a strict policy of contents forbids.

Under `script-src 'self'` no script stands in a page and none makes another from text, under `form-action 'none'` a form is sent by a script of ours.
The theme's icons, 1.5 MB of script, are nine small drawings of our own.
"""

import hashlib
import re
import shutil
from pathlib import Path

from evidence import disk, words
from evidence.book import hits, sheets

# Drawn in a square of 16: lines, but for the half of a circle, which is filled.
ICONS = {
    "angle-left": '<path d="M10 3 5 8l5 5"/>',
    "angle-right": '<path d="m6 3 5 5-5 5"/>',
    "arrow-up": '<path d="M8 14V3M3.5 7.5 8 3l4.5 4.5"/>',
    "bars": '<path d="M2 4h12M2 8h12M2 12h12"/>',
    "chevron-down": '<path d="m3 6 5 5 5-5"/>',
    "circle-half-stroke": '<circle cx="8" cy="8" r="6"/><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor"/>',
    "list": '<path d="M6 4h8M6 8h8M6 12h8M2 4h1M2 8h1M2 12h1"/>',
    "magnifying-glass": '<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 4 4"/>',
    "moon": '<path d="M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5z"/>',
    "sun": '<circle cx="8" cy="8" r="3"/><path d="M8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.5 1.5M11.5 11.5 13 13M13 3l-1.5 1.5M4.5 11.5 3 13"/>',
}
# What the theme says in English on every page, and the word that says it.
THEME = {
    "Color mode": "ui.theme_mode", "Link to this heading": "ui.theme_link", "Main": "ui.theme_pages", "Page": "ui.theme_page",
    "System Settings": "ui.theme_auto", "Toggle primary sidebar": "ui.theme_contents", "Toggle secondary sidebar": "ui.theme_outline",
}  # fmt: skip
_ICON = re.compile(r'<(?P<tag>i|span) class="(?P<before>[^"]*)fa-solid fa-(?P<name>[a-z-]+)(?P<after>[^"]*)"(?P<more>[^>]*)></(?P=tag)>')
_SAID = re.compile(rf'\b(title|aria-label)="({"|".join(THEME)})"')
_SCRIPT = re.compile(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(?P<text>.*?)</script>", re.S)
# The library of icons, and the scripts of theme and Sphinx with the one they stand on: page.js and search.js do what a page of ours needs of them.
SPHINX = ("doctools", "documentation_options", "language_data", "searchtools", "sphinx_highlight", "translations")
_LIBRARY = re.compile(
    rf"\s*<(?:script|link)[^>]*(?:fontawesome|_static/scripts/|_static/(?:{'|'.join(SPHINX)})\.js|searchindex\.js)[^>]*>(?:</script>)?"
)
_OPTION = re.compile(r"\s*<script>DOCUMENTATION_OPTIONS\.[^<]*</script>")  # asked for by those scripts
_MESSAGE = re.compile(r'<div class="message[^"]*">\s*<p>(?P<text>.*?)</p>', re.S)
_PREFORMATTED = re.compile(r"(<(?:pre|textarea)\b.*?</(?:pre|textarea)>)", re.S)
_TITLE = re.compile(r"<title>(?P<text>.*?)</title>", re.S)


def finish(html: Path, lang: str, whole: bool = True) -> None:
    """Finishes every page, script and style of a bound book, in place, and writes the list in which its search looks.

    Where it is not the `whole` book, nothing is searched in it, and its styles are not cut: that takes longer than the rest.
    """
    for path in sorted(html.rglob("*.html")):
        path.write_text(_page(disk.text(path), path, html, lang), encoding="utf-8")
    shutil.rmtree(html / "_static" / "scripts")
    for path in sorted((html / "_static").rglob("*"), reverse=True):  # what lies in a folder before the folder
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
        elif path.is_file() and "fontawesome" in path.as_posix().removeprefix(html.as_posix()):
            path.unlink()
    for name in SPHINX:
        (html / "_static" / f"{name}.js").unlink(missing_ok=True)
    if whole:
        hits.write(html, lang)
        sheets.cut(html)


def _page(text: str, path: Path, html: Path, lang: str) -> str:
    up = "../" * (len(path.relative_to(html).parts) - 1)
    text = _OPTION.sub("", _LIBRARY.sub("", text))
    text = _SCRIPT.sub(lambda script: _apart(script["text"], html, up), text)
    text = text.replace("<summary><span", f'<summary aria-label="{words.word("ui.toggle", lang)}"><span')  # the theme's arrows have no name
    text = _SAID.sub(lambda said: f'{said[1]}="{words.word(THEME[said[2]], lang)}"', text)
    if 'rel="icon"' not in text:  # the page that only leads on: a browser would ask for an icon that no server has
        text = f'<link rel="icon" href="{up}_static/icon.svg">\n{text}'
    text = text.replace("</title>", f"</title>\n{_card(text, lang)}", 1)
    return _tight(_ICON.sub(_drawn, text))


def _tight(text: str) -> str:
    """The page without comments, and without the lines and spaces that templates leave between elements; what is preformatted stays.

    >>> _tight("<p>a</p>\\n\\n  <!-- b --> <p>c</p><pre>d\\n\\n  e</pre>")
    '<p>a</p>\\n<p>c</p><pre>d\\n\\n  e</pre>'
    """
    parts = _PREFORMATTED.split(text)
    parts[::2] = [re.sub(r"\s*\n\s*", "\n", re.sub(r"[ \t]*<!--.*?-->[ \t]*", "", part, flags=re.S)) for part in parts[::2]]
    return "".join(parts)


def _card(text: str, lang: str) -> str:
    """What others show of the page before it is opened: its title, and its message or what the book is."""
    message, title = _MESSAGE.search(text), _TITLE.search(text)
    told = (
        " ".join(re.sub(r'<span class="value-tip".*?</span></span></span>|<[^>]+>', "", message["text"]).split())
        if message
        else words.word("book.lead", lang)
    )
    shown = {"og:title": title["text"].strip() if title else "", "og:description": told, "og:type": "article"}
    card = [f'<meta name="description" content="{told}">', *(f'<meta property="{name}" content="{said}">' for name, said in shown.items())]
    return "\n".join(card)


def _drawn(icon: re.Match[str]) -> str:
    """The icon as a drawing in the page, in an element of the classes that the theme's scripts and styles know.

    >>> _drawn(_ICON.match('<i class="fa-solid fa-bars fa-lg" data-mode="x"></i>'))[:51]
    '<span class="icon" data-mode="x"><svg viewBox="0 0 '
    """
    kept = " ".join(["icon", *(name for name in f"{icon['before']} {icon['after']}".split() if not name.startswith("fa"))])
    return f'<span class="{kept}"{icon["more"]}><svg viewBox="0 0 16 16" aria-hidden="true">{ICONS[icon["name"]]}</svg></span>'


def _apart(text: str, html: Path, up: str) -> str:
    """The script in a file of its own, named by its content; what many pages say stands there once."""
    name = f"page-{hashlib.sha256(text.encode()).hexdigest()[:12]}.js"
    (html / "_static" / name).write_text(text.strip() + "\n", encoding="utf-8")
    return f'<script src="{up}_static/{name}"></script>'
