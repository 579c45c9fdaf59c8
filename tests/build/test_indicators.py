"""A row of indicators.csv makes a page and a figure in both languages; what it cannot show or bear out is refused before a kernel starts."""

import json

import pytest

from evidence.build import checks
from evidence.editions import register
from evidence.tables import package
from tests.projects import SECOND, evidence, small

HEAD = (
    "id,measure,entities,first,last,status,price_basis,form,reference,breaks,finding,line,line_side,line_ja,line_en,name_ja,name_en,title_ja,title_en,"
    "notes_ja,notes_en"
)
ROW = {
    "id": "papers", "measure": "articles-total", "status": "actual", "form": "line", "reference": "northland", "finding": "rises",
    "name_ja": "論文数", "name_en": "Articles", "title_ja": "{first_period}の{first}から{last}に増えた", "title_en": "It rose from {first} to {last}",
    "notes_ja": "! 見本である", "notes_en": "! A sample",
}  # fmt: skip


def listed(project, edition=SECOND, *more, **told) -> None:
    """Gives the edition one indicator, but for what is told, and more of them."""
    lines = [",".join((ROW | row).get(name, "") for name in HEAD.split(",")) for row in (told, *more)]
    (project / "data" / edition / "indicators.csv").write_text("\n".join([HEAD, *lines, ""]), encoding="utf-8")
    package.write(project / "data" / edition)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return small(tmp_path_factory.mktemp("indicators") / "project")


@pytest.mark.parametrize(
    ("told", "code", "found"),
    [
        ({"status": "draft"}, "E2100", "articles-total, draft → actual"),
        ({"reference": "", "title_en": "It rose", "title_ja": "増えた"}, "E2101", "rises → northland, southland"),
        ({"entities": "southland"}, "E2101", "northland → southland"),
        ({"form": "bars"}, "E2102", "bars: 2 × 4"),
        ({"form": "multiples", "entities": "northland"}, "E2102", "multiples: 1 × 4"),
        ({"form": "slope", "breaks": "2017"}, "E2102", "slope: 2017"),
        ({"form": "slope", "first": "2018", "finding": "", "title_en": "Articles", "title_ja": "論文"}, "E2102", "slope: 2018"),
        ({"title_en": "It came to {lst}"}, "E2103", "lst → last"),
        ({"finding": ""}, "E2104", "It rose from {first} to {last}"),
        ({"finding": "falls"}, "E2105", "falls: northland 2015 200 → 2018 250"),
        (
            {"finding": "", "line": "300", "line_side": "above", "line_ja": "目標", "line_en": "Target"},
            "E2105",
            "above 300: northland 2015 200 → 2018 250",
        ),
        ({"line": "300"}, "E2117", "300"),
        ({"line_side": "below"}, "E2117", "line_side = below"),
        ({"form": "multiples", "line": "300", "line_ja": "目標", "line_en": "Target"}, "E2117", "multiples: 300"),
        ({"id": "tier-diagram"}, "E2106", "tier-diagram"),
        ({"breaks": "2012"}, "E2107", "2012"),
    ],
)
def test_what_a_row_cannot_show_or_say_is_refused_by_the_check(project, told, code, found):
    listed(project, **told)

    assert [(one.code, one.place.line, one.found) for one in checks.check(project, SECOND) if one.code != "E417"] == [(code, 2, found)]


def test_a_break_that_another_table_tells_of_is_not_left_out(project):
    head = "id,entity,measure,from_period,reason_ja,reason_en,source,locator"
    told = "northland-2017,northland,articles-total,2017,対象を改めた,the scope changed,S02,table 1"
    table = project / "data" / SECOND / "breaks.csv"
    table.write_text(f"{head}\n{told}\n", encoding="utf-8")
    listed(project)
    assert [(one.code, one.found) for one in checks.check(project, SECOND) if one.code != "E417"] == [("E2116", "northland 2017")]

    listed(project, breaks="2017")

    assert [one for one in checks.check(project, SECOND) if one.code != "E417"] == []
    table.unlink()


def test_rows_and_a_written_chapter_make_their_pages_in_both_languages_and_other_editions_are_as_they_were(changing):
    """A chapter that `add` began, and indicators of three forms, in an edition that was begun for them."""
    html = changing / "_build" / "html"
    before = {path.parent.name: register.total(path.parent) for path in html.glob("20*/SHA256SUMS")}
    begun = evidence(changing, "new", "2022-01")
    told = ("id=energy", "title_ja=エネルギー", "title_en=Energy", "entities=northland southland")
    added = evidence(changing, "add", "chapter", *told, "--edition", "2022-01")
    for path in [*changing.glob("book/*/energy.md"), changing / "data" / "2022-01" / "exhibits.csv"]:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("___", "北国の値" if path.parent.name == "ja" else "Values of Northland"), encoding="utf-8")
    panels, table = {"id": "articles-by-country", "form": "multiples", "last": "2017"}, {"id": "articles-table", "form": "table"}
    listed(changing, "2022-01", panels, table)

    done = evidence(changing, "build", "2022-01")

    assert (begun.returncode, added.returncode, done.returncode) == (0, 0, 0), added.stderr + done.stderr
    assert "energy-observed" in (html / "2022-01" / "ja" / "energy.html").read_text(encoding="utf-8")
    records = {one["id"]: one for one in json.loads((html / "2022-01" / "figures.json").read_text(encoding="utf-8"))}
    record = records["papers"]
    assert record["title"] == {"ja": "2015年の200本から250本に増えた", "en": "It rose from 200 articles to 250 articles"}
    assert (record["alt"]["en"].endswith(" A sample."), record["sources"]) == (True, ["S02"])
    assert "It rose from 200 articles" in (html / "2022-01" / "en" / "indicator-papers.html").read_text(encoding="utf-8")
    assert records["articles-by-country"]["notes"]["en"][1:] == [
        "All panels have the same axes; grey lines are those of the other panels", "The dashed line is Northland"
    ]  # fmt: skip
    assert (records["articles-table"]["kind"], records["articles-table"]["sources"]) == ("table", ["S02"])
    assert ">200 articles</td>" in (html / "2022-01" / "en" / "indicator-articles-table.html").read_text(encoding="utf-8")
    assert len(before) == 3
    assert {name: register.total(html / name) for name in before} == before
    assert list(html.glob("2021-01/*/indicator*")) == [*html.glob("2021-01/*/energy*")] == []
