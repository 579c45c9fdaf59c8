"""The list of exhibits: every figure and table of the edition below the page that shows it, in reading order, each a link with its id.

On a page it is a table that is filtered as the registers are, with what each is of, its years, its files and a small picture, and it lies beside
the page as a CSV file too. On a profile it is the list of those elsewhere in the book that rest on what was read of its subject.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from evidence import words
from evidence.book.frame import records
from evidence.exhibits import data_files

FILE = "exhibits.csv"  # in the folder of each language
HEADS = ("number", "id", "kind", "title", "chapter", "entities", "years", "files", "page")  # of that file, `ui.listed_<name>`
COLUMNS = ("number", "picture", "title", "chapter", "entities", "years", "files")  # of the table on the page
TAKEN = ("docx", "pptx", "xlsx", "csv", "svg", "png", "pdf")  # files that a row offers; citations stand with the exhibit
NAMES = 6  # of what an exhibit is of that are told at once, the rest on demand
LINES = 7  # of the small picture of a table


class listing(nodes.Element):  # docutils names nodes in lower case
    """Where the list will stand, once the titles of all pages are known."""


class gallery(nodes.Element):
    """The list of all exhibits: on a page the table of `rows`, on paper the list that is its content."""


class ExhibitsDirective(SphinxDirective):
    """`{exhibits}`: the list of all exhibits."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Where it will stand."""
        return [listing()]


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Puts the list in its place."""
    for place in list(doctree.findall(listing)):
        told = list(_listed(app, docname))
        if not _profile(records(app.config)["exhibits"], docname):
            told = [gallery("", *told, rows=rows(app, docname))]
        place.replace_self(told)


def rows(app: Sphinx, docname: str) -> list[dict[str, Any]]:
    """Every exhibit in reading order as the table and the file tell it; `files` are names and addresses seen from the page."""
    lang, up, found = app.config.language, "../" * (docname.count("/") + 1), []
    for page in _pages(app.env, app.config.root_doc):
        for one in _own(list(records(app.config)["exhibits"].values()), page):
            offered = [file["name"] for file in one["offer"]["files"]] if one.get("offer") else []  # a draft has no files
            folder, drawing = f"{up}figures/{one['id']}/", f"{one['id']}.{lang}.svg"
            files = {name.rpartition(".")[2]: folder + name for name in offered if name.rpartition(".")[2] in TAKEN}
            found.append({
                "number": one["number"], "id": one["id"], "kind": words.word(f"ui.listed_{one['kind']}", lang), "title": one["title"],
                "chapter": app.env.titles[page].astext(), "entities": one["entities"], "files": files, "folder": folder if offered else "",
                "years": words.period(one["years"], lang) if one["years"] else "",
                "page": app.builder.get_relative_uri(docname, page), "picture": folder + drawing if drawing in offered else "",
                "drawn": _drawn(one),
            })  # fmt: skip
    return found


def _drawn(record: dict[str, Any]) -> list[list[int]]:
    """A table as the small picture of it: for each column where it begins, how wide it is, and how many lines it has."""
    wide = {"long": 3, "number": 1}
    widths = [wide.get(column["kind"], 2) for column in record["columns"][:LINES]] if record["kind"] == "table" else []
    return [[sum(widths[:place]), width, min(LINES, len(record["rows"]) + 1)] for place, width in enumerate(widths)]


def write(app: Sphinx, failed: Exception | None) -> None:
    """Writes the list as a file beside the pages: heads in words, addresses from the folder of the edition."""
    if failed is None and records(app.config).get("edition"):
        lang, stream = app.config.language, io.StringIO()
        told = csv.writer(stream, lineterminator="\n")
        told.writerow(words.word(f"ui.listed_{head}", lang) for head in HEADS)
        for row in rows(app, app.config.root_doc):
            files = " ".join(address.removeprefix("../") for address in row["files"].values())
            listed = row | {"entities": _joined(row["entities"], lang), "files": files, "page": f"{lang}/{row['page']}#{row['id']}"}
            told.writerow(listed[head] for head in HEADS)
        (Path(app.outdir) / FILE).write_bytes(data_files.csv_bytes(stream.getvalue().encode()))


def _joined(names: list[str], lang: str) -> str:
    return words.word("ui.listed_joint", lang).join(names)


def shown(found: list[dict[str, Any]], lang: str, edition: str) -> dict[str, Any]:
    """What the template of the table is given."""
    told = [row | {"first": _joined(row["entities"][:NAMES], lang), "rest": _joined(row["entities"][NAMES:], lang)} for row in found]
    more = {len(row["entities"]): words.word("ui.listed_more", lang, n=len(row["entities"]) - NAMES) for row in found}
    heads = {name: words.word(f"ui.listed_{name}", lang) for name in (*COLUMNS, "all", "list", "file")}
    ui = {name: words.word(f"ui.{name}", lang) for name in ("sort", "order", "unsorted", "filter", "filtered", "columns", "row_rest")}
    labels = [heads[name] for name in COLUMNS]
    return {"rows": told, "more": more, "heads": heads, "labels": labels, "columns": COLUMNS, "file": FILE if edition else "", "ui": ui}


def _listed(app: Sphinx, docname: str) -> Iterator[nodes.Element]:
    made = _wanted(records(app.config)["exhibits"], docname)
    if not made:
        yield nodes.paragraph("", words.word("ui.elsewhere_none", app.config.language))
    for page in _pages(app.env, app.config.root_doc):
        own = _own(made, page)
        if own:
            title = app.env.titles[page].astext()
            yield nodes.paragraph("", "", nodes.strong("", "", _link(app, docname, page, "", title)))
            yield nodes.bullet_list("", *(_item(app, docname, one) for one in own))


def _own(made: list[dict[str, Any]], page: str) -> list[dict[str, Any]]:
    """The records that the page shows, in the order of their numbers."""
    return sorted((one for one in made if one["page"] == page), key=lambda one: (int(one["number"].rpartition("-")[2] or 0), one["id"]))


def _profile(made: dict[str, dict[str, Any]], page: str) -> list[dict[str, Any]]:
    """The records of the page of a profile."""
    return [record for record in made.values() if record["page"] == page and "elsewhere" in record]


def _wanted(made: dict[str, dict[str, Any]], page: str) -> list[dict[str, Any]]:
    """All records, or on the page of a profile those that are told of its subject."""
    own = _profile(made, page)
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
