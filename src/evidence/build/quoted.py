"""Whether pages and what will be made agree: pages name what the edition has, and every exhibit is on a page."""

import re
from collections.abc import Iterator

from evidence import disk, root, words
from evidence.book import staging
from evidence.book.contents import Page
from evidence.build.outline import Outline
from evidence.errors import Place, Refusal
from evidence.nearest import near

_FENCE = re.compile(r"^(`{3,}|~{3,}|:{3,}) *\{(?P<kind>exhibit|citation)\} *(?P<id>\S+)")
_ROLE = re.compile(r"\{(?P<kind>value|exhibit)\}`(?P<id>[^`]*)`")
_LINK = re.compile(r"\]\((?P<id>[A-Za-z0-9_@-]+)\.(?P<end>md|ipynb)\)")
_PLACE = re.compile(r"\]\(#(?P<id>[\w@-]+)\)")
_LABEL = re.compile(r"^\((?P<id>[a-z0-9-]+)\)=$", re.M)
_OPENS = re.compile(r"^% (?:(?:with|without)\b *(?P<id>.*)|end)$")


def problems(outline: Outline) -> list[Refusal]:
    """E416 for every exhibit, value, page and heading that a page names and the edition has not, E413 for every exhibit that no page shows,
    E423 for a label that stands on two pages.
    """
    exhibits, values = outline.made(exhibits=True), outline.made(exhibits=False)
    pages = {page.name for page in outline.pages}
    known = {
        "exhibit": exhibits.keys(), "quoted exhibit": exhibits.keys(), "value": values.keys(),
        "citation": exhibits.keys() | values.keys(), "md": pages,
        "ipynb": {f"workings-{page.name}" for page in outline.pages if (outline.folder / "notebooks" / f"{page.file}.ipynb").exists()},
    }  # fmt: skip
    anywhere = _anywhere(outline)
    found: dict[tuple[str, str], Refusal] = {}
    for lang in words.LANGUAGES:
        shown = set()
        texts = {page.file: disk.text(outline.folder / "book" / lang / f"{page.file}.md") for page in outline.pages}
        known["heading"] = {label["id"] for text in texts.values() for label in _LABEL.finditer(staging.kept(text, outline.had))}
        for file, line, id in _twice(outline, texts):
            found.setdefault((f"book/{lang}/{file}.md", f"({id})="), Refusal("E423", Place(f"book/{lang}/{file}.md", line), f"({id})="))
        for page in outline.pages:
            file, text = f"book/{lang}/{page.file}.md", texts[page.file]
            for refused in _passages(anywhere, text, file):
                found.setdefault((file, str(refused.place)), refused)  # a page of profiles is read once for each subject
            for line, kind, id in named(staging.kept(text, outline.had, lines=True), page):
                shown |= {id} if kind == "exhibit" else set()
                if id not in known[kind]:
                    told = near(id, sorted(known[kind]))
                    found.setdefault((file, f"{line} {id.removesuffix(page.subject)}"), Refusal("E416", Place(file, line), told))
        for id in sorted(exhibits.keys() - shown):
            file = next(f"book/{lang}/{page.file}.md" for page in outline.pages if page.name == exhibits[id])
            found.setdefault((file, id), Refusal("E413", Place(file), id))
    return list(found.values())


def _twice(outline: Outline, texts: dict[str, str]) -> Iterator[tuple[str, int, str]]:
    """Each label of a heading that a page before has as well: file, line and label."""
    first: dict[str, str] = {}
    for file, text in texts.items():
        prose = staging.kept(text, outline.had, lines=True)
        for label in _LABEL.finditer(prose):
            if first.setdefault(label["id"], file) != file:
                yield file, prose.count("\n", 0, label.start()) + 1, label["id"]


def named(prose: str, page: Page) -> Iterator[tuple[int, str, str]]:
    """What the prose names: line (the first is 1), kind (exhibit, quoted exhibit, value, citation; md, ipynb or heading for links) and id.

    >>> list(named("See [it](tiers.md).\\n\\n```{exhibit} facts-@subject@\\n```\\n", Page("funder-nih", "funder", subject="nih")))
    [(1, 'md', 'tiers'), (3, 'exhibit', 'facts-nih')]
    """
    for number, line in enumerate(prose.replace("@subject@", page.subject).split("\n"), start=1):
        if fence := _FENCE.match(line):
            yield number, fence["kind"], fence["id"]
        yield from ((number, {"exhibit": "quoted exhibit"}.get(role["kind"], "value"), role["id"]) for role in _ROLE.finditer(line))
        yield from ((number, link["end"], link["id"]) for link in _LINK.finditer(line))
        yield from ((number, "heading", link["id"]) for link in _PLACE.finditer(line))


def _anywhere(outline: Outline) -> set[str]:
    """What some edition has: the pages there are, what notebooks name and tables list."""
    known = {call.id for chapter in outline.chapters for _, call in chapter.named()}.union(*outline.anywhere.values())
    prose = root.files(outline.folder / "book" / words.LANGUAGES[0])
    return known | {path.stem for path in prose if path.suffix == ".md"} | {page.name for page in outline.pages}


def _passages(known: set[str], text: str, file: str) -> Iterator[Refusal]:
    """E416 for a passage that is said to go with what no edition has, or that has no beginning or no end."""
    whole = {text.count("\n", 0, match.start()) + 1: match[0].count("\n") for match in staging.WITH.finditer(text)}
    paired = {*whole, *(start + lines - 1 for start, lines in whole.items())}
    for number, line in enumerate(text.split("\n"), start=1):
        if not (mark := _OPENS.match(line)):
            continue
        if mark["id"] is not None and mark["id"] not in known:
            yield Refusal("E416", Place(file, number), f"{line.removesuffix(mark['id'])}{near(mark['id'], sorted(known))}")
        elif number not in paired:
            yield Refusal("E416", Place(file, number), line)
