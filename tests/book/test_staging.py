"""What may be bound: ids that are one thing, values that rest on the ledger, exhibits that are shown."""

import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from evidence.book import contents, markup, staging
from evidence.book.contents import Page
from evidence.editions import site as site_module
from evidence.errors import Refusal, Refusals
from evidence.tables.edition import Edition, opened
from evidence.words import LANGUAGES

PROJECT = Path(__file__).parents[2]
VALUE = {"id": "request", "text": "1", "basis": ["request-fy2020"], "formula": "", "number": 1.0, "number_high": 1.0, "unit": "jpy-m"}
EXHIBIT = {"id": "map", "chapter": "tiers", "kind": "table", "basis": []}


def made(folder: Path, page: str, values=(), exhibits=()) -> None:
    (folder / page).mkdir(parents=True)
    (folder / page / "values.json").write_text(json.dumps(list(values)), encoding="utf-8")
    for record in exhibits:
        (folder / page / f"{record['id']}.json").write_text(json.dumps(record), encoding="utf-8")


def refused(action, *arguments) -> list[tuple[str, str]]:
    with pytest.raises(Refusals) as found:
        action(*arguments)
    return [(problem.code, problem.found) for problem in found.value.problems]


def test_an_id_made_by_two_notebooks_is_refused(tmp_path):
    for page in ("tiers", "trends"):
        made(tmp_path, page, values=[VALUE])

    assert refused(staging.records, [Page("tiers", "tiers"), Page("trends", "trends")], tmp_path, {"request-fy2020": "ledger.html"}) == [
        ("E411", "request")
    ]


def test_an_id_of_both_an_exhibit_and_a_value_is_refused(tmp_path):
    made(tmp_path, "tiers", values=[VALUE], exhibits=[EXHIBIT | {"id": VALUE["id"]}])

    assert ("E411", "request") in refused(staging.records, [Page("tiers", "tiers")], tmp_path, {"request-fy2020": "ledger.html"})


def test_a_value_on_a_claim_that_the_ledger_does_not_have_is_refused(tmp_path):
    made(tmp_path, "tiers", values=[VALUE])

    assert refused(staging.records, [Page("tiers", "tiers")], tmp_path, {}) == [("E412", "request-fy2020")]


def test_an_exhibit_that_no_page_shows_is_refused(tmp_path):
    (tmp_path / "book" / "en").mkdir(parents=True)
    (tmp_path / "book" / "en" / "tiers.md").write_text("# Tiers\n", encoding="utf-8")
    records = {"exhibits": {"map": {**EXHIBIT, "page": "tiers"}}, "values": {}}

    assert refused(staging.stage, tmp_path, [Page("tiers", "tiers")], {}, records, "en", tmp_path / "work") == [("E413", "map")]


def looked_at(folder: Path, text: str, exhibits: dict[str, dict], others: list[str]) -> str:
    """The page as it is staged where it is the only one, of a book that has others."""
    shutil.copytree(PROJECT / "book" / "_static", folder / "book" / "_static")
    shutil.copy(PROJECT / "_config.yml", folder)
    (folder / "book" / "en").mkdir(parents=True)
    (folder / "book" / "en" / "tiers.md").write_text(text, encoding="utf-8")
    made = {"exhibits": exhibits, "values": {}, "others": others}
    return (staging.stage(folder, [Page("tiers", "tiers")], {}, made, "en", folder / "work") / "tiers.md").read_text(encoding="utf-8")


def test_a_page_that_is_looked_at_alone_quotes_what_another_page_shows(tmp_path):
    quoting = "# Tiers\n\nSee {exhibit}`map`.\n"

    assert looked_at(tmp_path, quoting, {"map": {**EXHIBIT, "page": "trends"}}, ["trends"]) == quoting


def test_a_page_that_is_looked_at_alone_keeps_the_passages_that_go_with_others(tmp_path):
    assert "Both." in looked_at(tmp_path, "# Tiers\n\n% with trends\nBoth.\n% end\n", {}, ["trends"])


def test_what_a_passage_left_out_hid_is_refused(tmp_path):
    (tmp_path / "book" / "en").mkdir(parents=True)
    hiding = "# Tiers\n\n% with changes\n````text\n% end\n```{include} /etc/hostname\n```\n````\n"
    (tmp_path / "book" / "en" / "tiers.md").write_text(hiding, encoding="utf-8")

    assert markup.faults(hiding) == []
    assert ("E423", "{include}") in refused(staging.stage, tmp_path, [Page("tiers", "tiers")], {}, {"exhibits": {}, "values": {}}, "en", tmp_path)


def edition_pages(name: str) -> tuple[Edition, list[Page]]:
    edition = opened(name)
    return edition, contents.pages(PROJECT, edition)


@pytest.mark.parametrize("name", ["2019-09", "2026-11"])
def test_chapters_and_exhibits_are_numbered_in_reading_order_and_no_number_stands_twice(name):
    """Both languages show the exhibits in one order; a profile bears the number of its chapter and its subject."""
    edition, pages = edition_pages(name)
    numbers = contents.numbers(PROJECT, edition, pages)
    chapters = [page for page in pages if page.part == "toc.evidence" and not page.parent]

    assert [page.number for page in chapters] == [str(place) for place in range(1, len(chapters) + 1)]
    assert len(set(numbers.values())) == len(numbers)
    register = edition.table("exhibits").set_index("id")["chapter"]
    of = {page.file: [other.subject for other in pages if other.file == page.file] for page in pages}
    rows = {f"{id}-{subject}" if subject else id for id, chapter in register.items() for subject in of.get(chapter, [])}
    assert set(numbers) == rows | ({"indicator-list", *edition.table("indicators")["id"]} if edition.has("indicators") else set())
    for page in pages:
        shown = [re.findall(r"\{exhibit\} *([a-z0-9@-]+)", (PROJECT / "book" / lang / f"{page.file}.md").read_text("utf-8")) for lang in LANGUAGES]
        assert shown[0] == shown[1], page.name


def test_a_chapter_more_moves_the_numbers_behind_it_and_none_before():
    before, after = (contents.numbers(PROJECT, *edition_pages(name)) for name in ("2019-09", "2026-11"))

    assert (before["budget-growth-range"], after["budget-growth-range"]) == ("2-3", "2-3")
    assert (before["portfolio-map"][0], after["portfolio-map"][0]) == ("3", "5")


def test_a_way_of_numbering_that_there_is_not_is_refused(tmp_path):
    toc = (PROJECT / "_toc.yml").read_text(encoding="utf-8").replace("numbered: letters", "numbered: stars")
    (tmp_path / "_toc.yml").write_text(toc, encoding="utf-8")

    assert ("E422", "numbered: stars") in refused(contents.pages, tmp_path, opened("2019-09"))


def test_both_languages_have_the_same_pages_with_the_same_exhibits_values_and_labels():
    import re

    for path in sorted((PROJECT / "book" / "ja").glob("*.md")):
        pages = [(PROJECT / "book" / lang / path.name).read_text(encoding="utf-8") for lang in ("ja", "en")]
        told = [
            [sorted(set(re.findall(pattern, page))) for pattern in (r"\{exhibit\} +(\S+)", r"\{exhibit\}`([^`]+)`", r"^\(([a-z0-9-]+)\)=$")]
            for page in pages
        ]
        values = [sorted(set(re.findall(r"\{value\}`([^`]+)`", page))) for page in pages]
        assert (told[0], values[0]) == (told[1], values[1]), path.name
    assert {p.name for p in (PROJECT / "book" / "ja").glob("*.md")} == {p.name for p in (PROJECT / "book" / "en").glob("*.md")}


def test_the_published_book_stays_until_the_new_one_is_whole(tmp_path):
    site = tmp_path / "html"
    site.mkdir()
    (site / "index.html").write_text("the last good book", encoding="utf-8")

    with pytest.raises(FileNotFoundError):
        site_module.site([tmp_path / "not-there"], site, site_module.Known())

    assert (site / "index.html").read_text(encoding="utf-8") == "the last good book"


class Lacking(Edition):
    """An edition without one table, that lists exhibits of these chapters only."""

    def __init__(self, lacks: str, *chapters: str) -> None:
        super().__init__(PROJECT / "data" / "2026-11")
        self.lacks, self.chapters = lacks, chapters

    def has(self, table: str) -> bool:
        return table != self.lacks and super().has(table)

    def table(self, table: str) -> pd.DataFrame:
        rows = super().table(table)
        return rows[rows["chapter"].isin(self.chapters)] if table == "exhibits" else rows


def test_a_chapter_of_which_nothing_is_listed_is_left_out():
    names = [page.name for page in contents.pages(PROJECT, Lacking("", "glossary"))]

    assert "glossary" in names
    assert not {"sources", "tiers", "changes"} & set(names)


def test_a_chapter_that_compares_editions_is_left_out_of_a_first_one():
    pages = [{page.name for page in contents.pages(PROJECT, Lacking(lacks, "changes"))} for lacks in ("previous", "")]

    assert ["changes" in names for names in pages] == [False, True]


def test_a_chapter_that_is_listed_without_its_table_is_refused():
    assert refused(contents.pages, PROJECT, Lacking("glossary", "glossary", "sources")) == [("E258", "glossary (glossary.csv)")]


@pytest.mark.parametrize("text", ["root: [", "parts: []\n", "root: overview\nparts: 3\n"])
def test_a_broken_table_of_contents_is_refused(tmp_path, text):
    (tmp_path / "_toc.yml").write_text(text, encoding="utf-8")

    with pytest.raises(Refusal) as found:
        contents.pages(tmp_path, None)  # type: ignore[arg-type]

    assert (found.value.code, found.value.place.file) == ("E422", "_toc.yml")


def test_a_page_without_its_twin_is_refused(tmp_path):
    (tmp_path / "_toc.yml").write_text("root: method\nparts: []\n", encoding="utf-8")
    (tmp_path / "book" / "ja").mkdir(parents=True)
    (tmp_path / "book" / "ja" / "method.md").write_text("# 方法\n", encoding="utf-8")

    with pytest.raises(Refusals) as found:
        contents.pages(tmp_path, None)  # type: ignore[arg-type]

    assert [(problem.code, problem.place.file) for problem in found.value.problems] == [("E415", "book/en/method.md")]


def test_a_refusal_is_not_swallowed_by_the_pipeline():
    from evidence.build import pipeline

    assert [problem.code for problem in pipeline._problems(Refusal("E301"))] == ["E301"]
    with pytest.raises(ZeroDivisionError):
        pipeline._problems(ZeroDivisionError())
