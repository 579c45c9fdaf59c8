"""What may be bound: ids that are one thing, values that rest on the ledger, exhibits that are shown."""

import json
from pathlib import Path

import pandas as pd
import pytest

from evidence.book import contents, markup, staging
from evidence.book.contents import Page
from evidence.editions import site as site_module
from evidence.errors import Refusal, Refusals
from evidence.tables.edition import Edition

PROJECT = Path(__file__).parents[2]
VALUE = {"id": "request", "text": "1", "basis": ["request-fy2020"], "formula": "", "number": 1.0, "number_high": 1.0, "unit": "jpy-m"}
EXHIBIT = {"id": "map", "chapter": "tiers", "kind": "table", "order": 1, "basis": []}


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

    assert refused(staging.records, [Page("tiers", "tiers"), Page("trends", "trends")], tmp_path, {"request-fy2020": "ledger.html"}, "en") == [
        ("E411", "request")
    ]


def test_an_id_of_both_an_exhibit_and_a_value_is_refused(tmp_path):
    made(tmp_path, "tiers", values=[VALUE], exhibits=[EXHIBIT | {"id": VALUE["id"]}])

    assert ("E411", "request") in refused(staging.records, [Page("tiers", "tiers")], tmp_path, {"request-fy2020": "ledger.html"}, "en")


def test_a_value_on_a_claim_that_the_ledger_does_not_have_is_refused(tmp_path):
    made(tmp_path, "tiers", values=[VALUE])

    assert refused(staging.records, [Page("tiers", "tiers")], tmp_path, {}, "en") == [("E412", "request-fy2020")]


def test_an_exhibit_that_no_page_shows_is_refused(tmp_path):
    (tmp_path / "book" / "en").mkdir(parents=True)
    (tmp_path / "book" / "en" / "tiers.md").write_text("# Tiers\n", encoding="utf-8")
    records = {"exhibits": {"map": {**EXHIBIT, "page": "tiers"}}, "values": {}}

    assert refused(staging.stage, tmp_path, [Page("tiers", "tiers")], {}, records, "en", tmp_path / "work") == [("E413", "map")]


def test_what_a_passage_left_out_hid_is_refused(tmp_path):
    (tmp_path / "book" / "en").mkdir(parents=True)
    hiding = "# Tiers\n\n% with changes\n````text\n% end\n```{include} /etc/hostname\n```\n````\n"
    (tmp_path / "book" / "en" / "tiers.md").write_text(hiding, encoding="utf-8")

    assert markup.faults(hiding) == []
    assert ("E423", "{include}") in refused(staging.stage, tmp_path, [Page("tiers", "tiers")], {}, {"exhibits": {}, "values": {}}, "en", tmp_path)


def test_exhibits_are_numbered_in_the_order_of_their_page():
    import csv
    import re

    rows = list(csv.DictReader((PROJECT / "data" / "2019-09" / "exhibits.csv").open(encoding="utf-8")))
    for lang in ("ja", "en"):
        for chapter in {row["chapter"] for row in rows}:
            prose = (PROJECT / "book" / lang / f"{chapter}.md").read_text(encoding="utf-8")
            shown = [id.removesuffix("-@subject@") for id in re.findall(r"\{exhibit\} *([a-z0-9@-]+)", prose)]
            assert shown == [row["id"] for row in sorted((r for r in rows if r["chapter"] == chapter), key=lambda r: int(r["order"]))], (
                lang,
                chapter,
            )


def test_both_languages_have_the_same_pages_with_the_same_exhibits_values_and_labels():
    import re

    for path in sorted((PROJECT / "book" / "ja").glob("*.md")):
        pages = [(PROJECT / "book" / lang / path.name).read_text(encoding="utf-8") for lang in ("ja", "en")]
        told = [[sorted(set(re.findall(pattern, page))) for pattern in (r"\{exhibit\} *(\S+)", r"^\(([a-z0-9-]+)\)=$")] for page in pages]
        values = [sorted(set(re.findall(r"\{value\}`([^`]+)`", page))) for page in pages]
        assert (told[0], values[0]) == (told[1], values[1]), path.name
    assert {p.name for p in (PROJECT / "book" / "ja").glob("*.md")} == {p.name for p in (PROJECT / "book" / "en").glob("*.md")}


def test_the_published_book_stays_until_the_new_one_is_whole(tmp_path):
    site = tmp_path / "html"
    site.mkdir()
    (site / "index.html").write_text("the last good book", encoding="utf-8")

    with pytest.raises(FileNotFoundError):
        site_module.site([tmp_path / "not-there"], site, [], [])

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
