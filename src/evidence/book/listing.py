"""The list of exhibits: every figure and table of the edition below the page that shows it, in reading order, each a link with its id.

On a profile it is the list of those elsewhere in the book that rest on what was read of its subject.
"""

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from evidence import words
from evidence.book.frame import records


class listing(nodes.Element):  # docutils names nodes in lower case
    """Where the list will stand, once the titles of all pages are known."""


class ExhibitsDirective(SphinxDirective):
    """`{exhibits}`: the list of all exhibits."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Where it will stand."""
        return [listing()]


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Puts the list in its place."""
    for place in list(doctree.findall(listing)):
        place.replace_self(list(_listed(app, docname)))


def _listed(app: Sphinx, docname: str) -> Iterator[nodes.Element]:
    made = _wanted(records(app.config)["exhibits"], docname)
    if not made:
        yield nodes.paragraph("", words.word("ui.elsewhere_none", app.config.language))
    for page in _pages(app.env, app.config.root_doc):
        own = sorted((one for one in made if one["page"] == page), key=lambda one: (int(one["number"].rpartition("-")[2] or 0), one["id"]))
        if own:
            title = app.env.titles[page].astext()
            yield nodes.paragraph("", "", nodes.strong("", "", _link(app, docname, page, "", title)))
            yield nodes.bullet_list("", *(_item(app, docname, one) for one in own))


def _wanted(made: dict[str, dict[str, Any]], page: str) -> list[dict[str, Any]]:
    """All records, or on the page of a profile those that are told of its subject."""
    own = [record for record in made.values() if record["page"] == page and "elsewhere" in record]
    told = {id for record in own for id in record["elsewhere"]}
    return [record for id, record in made.items() if not own or id in told]


def _item(app: Sphinx, docname: str, record: dict[str, str]) -> nodes.list_item:
    link = _link(app, docname, record["page"], record["id"], record["title"])
    return nodes.list_item("", nodes.paragraph("", f"{record['number']} ", link, nodes.Text(" "), nodes.literal(record["id"], record["id"])))


def _link(app: Sphinx, docname: str, page: str, anchor: str, text: str) -> nodes.reference:
    address = app.builder.get_relative_uri(docname, page) + (f"#{anchor}" if anchor else "")
    return nodes.reference(text, text, refuri=address, internal=True)


def _pages(env: BuildEnvironment, page: str) -> Iterator[str]:
    """The page and all below it, in reading order."""
    yield page
    for below in env.toctree_includes.get(page, []):
        yield from _pages(env, below)
