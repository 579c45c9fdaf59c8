"""Sphinx extension: shows exhibits and values on the pages, and links each page to its twin in the other language.

A page says `{exhibit}` and an id, or `{value}` and an id, and nothing else; words, numbers and drawings come from
the records that the notebooks left. Data reaches the page only through autoescaping templates.
"""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst.directives.body import Container
from jinja2 import Environment, FileSystemLoader, select_autoescape
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.writers.html5 import HTML5Translator

from evidence import words
from evidence.book import explore, frame, listing
from evidence.book.frame import records as _records
from evidence.citing import citations
from evidence.citing.bibliography import FORMATS, LABELS
from evidence.citing.stamps import Stamp, stamped

EDITION_FILES = (
    "citations/evidence-{edition}.bib", "citations/evidence-{edition}.ris", "citations/evidence-{edition}.csl.json", "CITATION.cff",
    "{lang}/exhibits.csv", "datapackage.json", "datacite.json", "ro-crate-metadata.json", "code.zip", "SHA256SUMS",
)  # fmt: skip
SOURCES = 3  # documents named below an exhibit or value; all of them stand in the list behind it
ROWS = 12  # that a value is said to rest on; a count of a table rests on a thousand, which values.json tells
_OF_VALUES = ("value_id", "value_unit", "value_formula", "value_rests", "source", "later")  # what is told of a value, `ui.<name>`
_TEMPLATES = Environment(loader=FileSystemLoader(str(files("evidence.book").joinpath("templates"))), autoescape=select_autoescape(), trim_blocks=True)


class exhibit(nodes.Element):  # docutils names nodes in lower case
    """An exhibit on a page; its words and rows are its record."""


class value(nodes.inline):
    """A value in a sentence; its text is its child."""


class register(nodes.Element):
    """Every value of the edition."""


class ExhibitDirective(SphinxDirective):
    """`{exhibit} id`: the exhibit of this id."""

    required_arguments = 1
    has_content = False

    def run(self) -> list[nodes.Node]:
        """The exhibit; an unknown id stops the build."""
        record = _records(self.config)["exhibits"].get(self.arguments[0])
        if record is None:
            raise self.error(f"no exhibit {self.arguments[0]!r} was made for this edition and language")
        node = exhibit(record=record)
        self.set_source_info(node)
        return [node]


class ValuesDirective(SphinxDirective):
    """`{values}`: every value of the edition, one a row."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """The register of values."""
        node = register()
        self.set_source_info(node)
        return [node]


class CitationDirective(SphinxDirective):
    """`{citation} id format`: the citation of this exhibit or value as it stands under it, so that an example is never out of date."""

    required_arguments = 2
    has_content = False

    def run(self) -> list[nodes.Node]:
        """The citation as text to copy; an unknown id or format stops the build."""
        id, format = self.arguments
        made = _records(self.config)
        record = made["exhibits"].get(id) or made["values"].get(id)
        if record is None or format not in FORMATS:
            raise self.error(f"no citation of {id!r} in the format {format!r}")
        text = record["offer"]["formats"][format].rstrip("\n") if "offer" in record else id
        return [nodes.literal_block(text, text, language="none", classes=["citation-example"])]


class EditionFilesDirective(SphinxDirective):
    """`{edition-files}`: links to the files that describe the whole edition."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """A list of links; a draft has no such files and shows none."""
        edition = _records(self.config).get("edition", "")
        told = nodes.bullet_list()
        for name in EDITION_FILES if edition else ():
            path = name.format(edition=edition, lang=self.config.language)
            link = nodes.reference("", path.rpartition("/")[2], refuri=f"../{path}", internal=False)
            named = path[path.index(".") :] if path.startswith("citations/") else f".{path.removeprefix(self.config.language + '/')}"
            kind = words.word(f"file.edition{named}", self.config.language)
            told += nodes.list_item("", nodes.paragraph("", f"{kind}{words.word('ui.colon', self.config.language)}", link))
        return [told]


class ValueRole(SphinxRole):
    """`{value}` and an id: the number of this id with its unit."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The value; an unknown id stops the build."""
        record = _records(self.config)["values"].get(self.text)
        if record is None:
            problem = self.inliner.reporter.error(f"no value {self.text!r} was made for this edition and language", line=self.lineno)
            return [], [problem]
        return [value(record["text"], record["text"], record=record)], []


class PeriodRole(SphinxRole):
    """`{period}` and the id of a value: what time that value refers to, so that a sentence dates its number as the number is dated."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The period in words; an unknown id, and a value that has none, stops the build."""
        record = _records(self.config)["values"].get(self.text)
        if record is None or not record["period"]:
            return [], [self.inliner.reporter.error(f"no period of a value {self.text!r} is known in this edition", line=self.lineno)]
        return [nodes.Text(words.period(record["period"], self.config.language))], []


class ExhibitRole(SphinxRole):
    """`{exhibit}` and an id in a sentence: the number of the figure or table that shows what the sentence says, linked."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The link; an unknown id stops the build."""
        record = _records(self.config)["exhibits"].get(self.text)
        if record is None:
            problem = self.inliner.reporter.error(f"no exhibit {self.text!r} was made for this edition and language", line=self.lineno)
            return [], [problem]
        up = "../" * self.env.docname.count("/")
        link = nodes.reference("", record["number"], refuri=f"{up}{record['page']}.html#{record['id']}", internal=True, classes=["exhibit-quoted"])
        return [link], []


def visit_exhibit(self: HTML5Translator, node: exhibit) -> None:
    """Writes the exhibit."""
    record, lang, edition = node["record"], self.builder.config.language, _records(self.builder.config).get("edition", "")
    more = words.word("ui.sources_rest", lang, n=len(record["sources"]) - SOURCES)
    told = {
        "offer": None,
        "few": SOURCES,
        "more": more,
        **record,
        "record": record,
        "level": min(self.section_level + 1, 6),
        **_words(
            self,
            "source",
            "notes",
            "later",
            "data_table",
            "offer_page",
            "theme_link",
            "sort",
            "order",
            "unsorted",
            "filter",
            "filtered",
            "columns",
            "row_rest",
            "explore",
            *LABELS,
        ),
    }
    if edition:  # a draft has no digits
        told["asked"] = bool(record["explore"])
        told["svg"] = stamped(record["svg"], Stamp(edition, record["id"], record["offer"]["hash"]))
    self.body.append(_TEMPLATES.get_template("exhibit.html").render(told))
    raise nodes.SkipNode


def visit_value(self: HTML5Translator, node: value) -> None:
    """Writes the value as a link to its row in the register of values, with what it is as a tip that needs no script."""
    record = node["record"]
    self._shown = {**getattr(self, "_shown", {})}
    times = self._shown[record["id"]] = self._shown.get(record["id"], 0) + 1
    anchor = f"value-{record['id']}" + (f"-{times}" if times > 1 else "")
    told, tiled = quoted(record, self.builder.config.language), _within(node, "tiles")
    template = _TEMPLATES.get_template("tile.html" if tiled else "value.html")
    self.body.append(template.render(anchor=anchor, value=told, **_words(self, *_OF_VALUES, "sure")).rstrip("\n"))
    raise nodes.SkipNode


def _within(node: nodes.Node, name: str) -> bool:
    """Whether the node stands in a `{div}` of this name."""
    while node.parent is not None and not (isinstance(node, nodes.container) and name in node["classes"]):
        node = node.parent
    return isinstance(node, nodes.container)


def visit_register(self: HTML5Translator, node: register) -> None:
    """Writes a row for each value: number, unit, how it was found, the rows and sources it rests on, its citations."""
    lang = self.builder.config.language
    values = [quoted(record, lang) for _, record in sorted(_records(self.builder.config)["values"].items())]
    told = {"values": values, **_words(self, *_OF_VALUES, *LABELS, "value", "offer_value", "offer_value_page")}
    self.body.append(_TEMPLATES.get_template("values.html").render(told))
    raise nodes.SkipNode


def visit_gallery(self: HTML5Translator, node: listing.gallery) -> None:
    """Writes the table of all exhibits."""
    lang, edition = self.builder.config.language, _records(self.builder.config).get("edition", "")
    self.body.append(_TEMPLATES.get_template("exhibits.html").render(listing.shown(node["rows"], lang, edition)))
    raise nodes.SkipNode


def quoted(record: dict[str, Any], lang: str) -> dict[str, Any]:
    """The record of a value with its unit, the way it was found and how sure it is in words."""
    making = words.word(f"cite.making.{record['making']}.value", lang, formula=record["formula"])
    named = citations.named(record["name"], record["period"], lang)
    sureness = words.word(f"sureness.{record['sure']}", lang) if record["sure"] else ""
    unit, documents = words.counted([record["number"]], record["unit"], lang)[1], listed(record, lang)
    rests = dict(list(record["rests"].items())[:ROWS])
    left = words.word("ui.rows_rest", lang, n=len(record["rests"]) - ROWS) if len(record["rests"]) > ROWS else ""
    told = {"named": named, "unit": unit, "formula": making, "sureness": sureness, "documents": documents}
    return {"offer": None, **record, **told, "rests": rests, "left": left}


def listed(record: dict[str, Any], lang: str) -> str:
    """The titles of the sources in one line, the first few of many."""
    titles = [source["title"] for source in record["sources"]]
    told = words.word("cite.joint", lang).join(titles[:SOURCES])
    return words.word("ui.sources_more", lang, named=told, n=len(titles) - SOURCES) if len(titles) > SOURCES else told


def _words(self: HTML5Translator, *names: str) -> dict[str, Any]:
    """What every template is given: language, way to the root of the book, words of the interface, names of the formats of a citation."""
    lang = self.builder.config.language
    ui = {name: words.word(f"ui.{name}", lang) for name in names}
    formats = {name: words.word(f"format.{name}", lang) for name in FORMATS}
    return {"ui": ui, "formats": formats, "lang": lang, "root": "../" * self.builder.current_docname.count("/")}


def _anchor_by_label(app: Sphinx, doctree: nodes.document) -> None:
    """Lets every section be addressed by its label alone: an id made from a heading or counted (`id2`) moves with the text.

    The page's own section is addressed by the page's name; one without a label keeps what docutils made.
    """
    for place, section in enumerate(doctree.findall(nodes.section)):
        labels = [doctree.nameids[name] for name in section["names"] if doctree.nametypes.get(name)]
        section["ids"] = labels or ([app.env.docname.replace("_", "-")] if place == 0 else section["ids"])


def _search_of_our_own(app: Sphinx) -> None:
    """Sphinx makes no index of words: `hits` lists what is found once the pages are bound."""
    vars(app.builder)["search"] = False


def _ask(app: Sphinx, failed: Exception | None) -> None:
    """Writes what a reader may ask of the figures beside the pages."""
    if failed is None:
        explore.write(Path(app.outdir), _records(app.config), app.config.language)


def _search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The page that the fields to search with lead to."""
    names = ("title", "no_scripts", "exhibits", "found", "none", "hint")
    yield "search", {"seek": {name: words.word(f"ui.search_{name}", app.config.language) for name in names}}, "search.html"


def setup(app: Sphinx) -> dict[str, Any]:
    """Registers the directives, the roles, the search page and the twin links."""
    app.add_config_value("evidence_records", "", "html")
    app.add_config_value("comments_config", {}, "")  # Jupyter Book always sets it; its comments, from other hosts, stay out
    app.add_node(exhibit, html=(visit_exhibit, lambda *_: None))
    app.add_node(value, html=(visit_value, lambda *_: None))
    app.add_node(register, html=(visit_register, lambda *_: None))
    app.add_node(listing.gallery, html=(visit_gallery, lambda *_: None))
    app.add_directive("exhibit", ExhibitDirective)
    app.add_directive("exhibits", listing.ExhibitsDirective)
    app.add_directive("values", ValuesDirective)
    app.add_directive("citation", CitationDirective)
    app.add_directive("edition-files", EditionFilesDirective)
    app.add_directive("div", Container)
    app.add_role("value", ValueRole())
    app.add_role("period", PeriodRole())
    app.add_role("exhibit", ExhibitRole())
    app.connect("builder-inited", _search_of_our_own)
    app.connect("html-collect-pages", _search_page)
    app.connect("build-finished", _ask)
    app.connect("build-finished", listing.write)
    app.connect("html-page-context", frame.around, priority=100)  # before the theme, which asks its templates whether they are empty
    app.connect("html-page-context", frame.escaped, priority=900)  # after it
    app.connect("doctree-resolved", listing.fill, priority=900)  # before the trees are kept
    app.connect("doctree-read", _anchor_by_label, priority=100)  # before the contents are collected
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
