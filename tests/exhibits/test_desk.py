"""What a notebook shows becomes files under one id, and nothing that was not drawn passes."""

import json
import os
import subprocess
import sys
from types import SimpleNamespace

import altair as alt
import pandas as pd
import pytest

from evidence import words
from evidence.charts import look
from evidence.errors import Refusal
from evidence.exhibits import desk

REGISTER = pd.DataFrame(
    {
        "id": ["growth", "facts"], "chapter": ["trends", "trends"], "kind": ["figure", "table"],
        "title_ja": ["要求は{request}", "事実"], "title_en": ["The request is {request}", "Facts"],
        "subtitle_ja": ["百万円", ""], "subtitle_en": ["JPY million", ""], "notes_ja": ["一 | 二", ""], "notes_en": ["one | two", ""],
        "alt_ja": ["棒グラフ。", ""], "alt_en": ["Bar chart.", ""],
    }
)  # fmt: skip
SOURCE = {
    "id": ["S01"], "title_ja": ["説明資料"], "title_en": ["Briefing"], "publisher_ja": ["文部科学省"], "publisher_en": ["MEXT"], "published": [""],
}  # fmt: skip
HOSTILE = '</script><script>document.title="run"</script><img src=x onerror=alert(1)>'


def opened_chapter(tmp_path, lang="en"):
    claims = pd.DataFrame({
        "id": ["request", "growth-stated", "bare"], "source": ["S01"] * 3, "measure": ["budget", "growth", "growth"], "value": [2386.0, 2.0, 1.9],
        "value_high": [float("nan")] * 3, "period": ["FY2020", "2014/2019", ""], "qualifier": ["estimate", "more-than", ""],
    })  # fmt: skip
    values = pd.DataFrame({
        "id": ["request", "annual", "growth-stated", "what-if", "bare"], "name_ja": ["要求額", "年平均伸び率", "伸び", "試算", "倍率"],
        "name_en": ["request", "annual growth", "growth", "what-if", "factor"], "unit": ["jpy-m", "pct", "multiple", "pct", "multiple"],
        "digits": [float("nan"), 1, None, 0, None], "undated": ["", "", "", "", "unstated"],
    })  # fmt: skip
    names = {"programmes": pd.DataFrame(columns=["id"]), "funders": pd.DataFrame({"id": [], "name_ja": [], "name_en": []})}
    tables = names | {
        "exhibits": REGISTER, "sources": pd.DataFrame(SOURCE),
        "claims": claims, "values": values, "measures": pd.DataFrame({"id": ["budget", "growth"], "unit": ["jpy-m", "multiple"]}),
    }  # fmt: skip
    edition = SimpleNamespace(name="2019-09", table=tables.__getitem__, has=tables.__contains__, read=set(), **tables)
    return desk.Chapter("trends", edition, lang, str(tmp_path))


def bars(table):
    return alt.Chart(table).mark_bar().encode(x="value:Q", y="id:N", description="says:N")


TABLE = pd.DataFrame({"id": ["a", "b"], "value": [1.0, 2.5], "says": ["a: 1", "b: 2.5"], "claims": ["request", "request"]})


def test_the_alt_text_says_every_mark(tmp_path):
    chapter = opened_chapter(tmp_path)
    chapter.claim("request")

    chapter.figure("growth", bars(TABLE), TABLE[["id", "claims"]])

    record = json.loads((tmp_path / "growth.json").read_text(encoding="utf-8"))
    assert record["alt"] == "Bar chart. a: 1; b: 2.5"
    assert record["title"] == "The request is JPY 2.386 billion (estimate)"
    assert record["notes"] == ["one", "two"]


def test_the_data_of_a_figure_is_the_same_file_in_both_languages(tmp_path):
    table = pd.DataFrame({"id": ["a"], "text_ja": ["一"], "text_en": ["one"], "anchor": ["row-a"]})

    for lang in ("ja", "en"):
        opened_chapter(tmp_path / lang, lang).table("facts", table, counted="claims")

    assert (tmp_path / "ja" / "facts.csv").read_text(encoding="utf-8") == "id,text_ja,text_en\na,一,one\n"
    assert (tmp_path / "ja" / "facts.csv").read_bytes() == (tmp_path / "en" / "facts.csv").read_bytes()


@pytest.mark.parametrize(
    ("show", "code"),
    [
        (lambda chapter: chapter.figure("growth", bars(TABLE), TABLE.head(0)), "E312"),
        (lambda chapter: chapter.figure("growth", bars(TABLE.head(1)), TABLE), "E310"),
        (lambda chapter: chapter.figure("facts", bars(TABLE), TABLE), "E311"),
        (lambda chapter: chapter.table("unknown", TABLE), "E311"),
        (lambda chapter: chapter.table("facts", TABLE.head(0)), "E312"),
    ],
)
def test_what_was_not_drawn_or_not_registered_is_refused(tmp_path, show, code):
    chapter = opened_chapter(tmp_path)
    chapter.claim("request")

    with pytest.raises(Refusal) as refused:
        show(chapter)

    assert refused.value.code == code


def test_words_that_name_a_value_not_set_before_are_refused_with_the_nearest(tmp_path):
    with pytest.raises(Refusal) as refused:
        opened_chapter(tmp_path).figure("growth", bars(TABLE), TABLE[["id", "value", "claims"]])

    assert (refused.value.code, refused.value.found[:7]) == ("E315", "request")


def test_a_hostile_label_is_text_in_the_drawing():
    svg = look.drawn(bars(pd.DataFrame({"id": [HOSTILE], "value": [1.0], "says": [HOSTILE]})).to_dict())

    assert "<script" not in svg and "<img" not in svg
    assert look.descriptions(svg) == [HOSTILE]


def test_two_drawings_of_one_chart_are_the_same_bytes():
    assert look.drawn(bars(TABLE).to_dict()) == look.drawn(bars(TABLE).to_dict())


def test_a_value_of_a_range_keeps_both_ends(tmp_path):
    opened_chapter(tmp_path).value("annual", (7.0, 8.8), basis="request", formula="annual")

    (value,) = json.loads((tmp_path / "values.json").read_text(encoding="utf-8"))
    assert (value["number"], value["number_high"], value["text"]) == (7.0, 8.8, "7.0–8.8%")


def test_a_figure_leaves_its_specification_and_where_its_sources_were_published(tmp_path):
    chapter = opened_chapter(tmp_path)
    chapter.claim("request")

    chapter.figure("growth", bars(TABLE), TABLE[["id", "value", "claims"]])

    spec = json.loads((tmp_path / "growth.vl.json").read_text(encoding="utf-8"))
    record = json.loads((tmp_path / "growth.json").read_text(encoding="utf-8"))
    assert spec["encoding"]["x"]["field"] == "value"
    assert record["sources"] == [{"id": "S01", "title": "Briefing", "publisher": "MEXT", "published": ""}]


def test_no_two_columns_of_a_data_file_share_a_name(tmp_path):
    table = pd.DataFrame({"id": ["a"], "_value": [1.5], "value": ["1.5%"], "_unit": ["pct"]})

    opened_chapter(tmp_path).table("facts", table, counted="claims")

    assert (tmp_path / "facts.csv").read_text(encoding="utf-8") == "id,value_number,value,unit\na,1.5,1.5%,pct\n"


def kept(tmp_path, id):
    return next(value for value in json.loads((tmp_path / "values.json").read_text(encoding="utf-8")) if value["id"] == id)


def test_a_number_that_stands_in_the_row_it_rests_on_was_read_and_keeps_its_qualifier(tmp_path):
    opened_chapter(tmp_path).claim("growth-stated")

    value = kept(tmp_path, "growth-stated")
    assert (value["making"], value["text"], value["period"], value["name"]) == ("read", "more than 2 times", "2014/2019", "growth")
    assert [source["id"] for source in value["sources"]] == ["S01"]


@pytest.mark.parametrize(
    ("told", "making"),
    [
        ({"basis": "request", "formula": "annual"}, "computed"), ({"counted": "claims"}, "counted"),
        ({"basis": "request", "assumed": "growth_pct", "formula": "what_if"}, "assumed"),
    ],
)  # fmt: skip
def test_how_a_number_was_made_follows_from_what_it_rests_on(tmp_path, told, making):
    opened_chapter(tmp_path).value("what-if", 5.0, **told)

    assert kept(tmp_path, "what-if")["making"] == making


@pytest.mark.parametrize(
    ("told", "making"),
    [({}, "read"), ({"formula": "annual"}, "computed"), ({"assumed": "growth_pct", "formula": "what_if"}, "assumed")],
)
def test_an_exhibit_was_made_as_what_its_title_quotes(tmp_path, told, making):
    chapter = opened_chapter(tmp_path)
    chapter.value("request", 2386.0, basis="request", **told)
    chapter.figure("growth", bars(TABLE), TABLE[["id", "claims"]])

    record = json.loads((tmp_path / "growth.json").read_text(encoding="utf-8"))
    assert (record["making"], record["assumed"]) == (making, told.get("assumed", "").split())


@pytest.mark.parametrize(
    ("shown", "making"),
    [
        ({"value": [2386.0, 2.0]}, "read"), ({"value": [2386.0, 2.1]}, "computed"), ({"value": [2386.0, float("nan")]}, "read"),
        ({"value": [2386.0, 2.0], "year": [2019, 2020], "order": [1, 2]}, "read"), ({"multiple": [2.0, 1.19]}, "computed"),
        ({"_multiple": [2.0, 1.19], "_moment": [2019.25, 2020.0], "_x": [1, 2]}, "computed"), ({"_moment": [2019.25, 2020.0], "_x": [1, 2]}, "read"),
    ],
)  # fmt: skip
def test_an_exhibit_with_a_number_that_stands_in_no_row_it_rests_on_was_computed(tmp_path, shown, making):
    rows = {"id": ["a", "b"], "claims": ["request", "growth-stated"], "unit": ["jpy-m", "multiple"]}
    opened_chapter(tmp_path).table("facts", pd.DataFrame(rows | shown))

    assert json.loads((tmp_path / "facts.json").read_text(encoding="utf-8"))["making"] == making


@pytest.mark.parametrize(
    ("multiple", "formula"),
    [([2386.0, 2.0], ""), ([2.0, 1.19], "Factor: Growth as the ratio of end to start, a percentage increase being added to one")],
)  # without what the definition says of empty cells
def test_a_computed_exhibit_tells_how_by_the_definitions_of_its_computed_columns(tmp_path, multiple, formula):
    rows = {"id": ["a", "b"], "claims": ["request", "growth-stated"], "_multiple": multiple, "value": [2386.0, 2.0], "unit": ["jpy-m", "multiple"]}
    opened_chapter(tmp_path).table("facts", pd.DataFrame(rows))

    assert json.loads((tmp_path / "facts.json").read_text(encoding="utf-8"))["formula"] == formula


def test_an_exhibit_whose_title_quotes_a_computed_value_tells_the_formula_of_that(tmp_path):
    chapter = opened_chapter(tmp_path, "ja")
    chapter.value("request", 2386.0, basis="request", formula="annual")
    chapter.figure("growth", bars(TABLE), TABLE[["id", "claims"]])

    assert json.loads((tmp_path / "growth.json").read_text(encoding="utf-8"))["formula"] == f"要求額：{words.word('formula.annual', 'ja')}"


def test_what_a_number_is_held_against_is_not_what_it_rests_on(tmp_path):
    opened_chapter(tmp_path).value("annual", 3.0, basis="request", tests="growth-stated", formula="annual")

    assert (kept(tmp_path, "annual")["basis"], kept(tmp_path, "annual")["tests"]) == (["request"], ["growth-stated"])


@pytest.mark.parametrize(
    ("id", "told", "code"),
    [
        ("annual", {}, "E341"), ("annual", {"basis": "requets"}, "E340"), ("annual", {"counted": "no_table"}, "E340"),
        ("annual", {"basis": "bare", "formula": "annual"}, "E351"), ("bare", {"basis": "request", "formula": "annual"}, "E351"),
        ("annual", {"basis": "request"}, "E342"), ("anual", {"basis": "request", "formula": "annual"}, "E343"),
    ],
)  # fmt: skip
def test_a_value_without_basis_name_or_row_is_refused(tmp_path, id, told, code):
    with pytest.raises(Refusal) as refused:
        opened_chapter(tmp_path).value(id, 7.0, **told)

    assert refused.value.code == code


def test_a_value_whose_source_gives_no_period_says_so(tmp_path):
    opened_chapter(tmp_path).claim("bare")

    assert kept(tmp_path, "bare")["period"] == "unstated"


def test_an_exhibit_one_of_whose_rows_rests_on_nothing_is_refused_with_that_row(tmp_path):
    rows = pd.DataFrame({"id": ["a", "b", "c"], "value": [1.0, 2.0, float("nan")], "claims": ["request", "", ""]})
    with pytest.raises(Refusal, match=r"facts: b, 2\.0") as refused:
        opened_chapter(tmp_path).table("facts", rows)
    opened_chapter(tmp_path).table("facts", rows.drop(index=1))  # of which the last says that no number was found

    assert refused.value.code == "E341"


@pytest.mark.parametrize(("ids", "sources"), [(["one"], ["S01"]), (["one", "two"], ["S01", "S02"]), (None, ["S01", "S02"])])
def test_an_exhibit_that_shows_some_rows_of_a_table_names_only_their_documents(tmp_path, ids, sources):
    chapter = opened_chapter(tmp_path)
    two = {"id": ["S01", "S02"]} | {name: cells * 2 for name, cells in SOURCE.items() if name != "id"}
    tables = {"breaks": pd.DataFrame({"id": ["one", "two"], "source": ["S01", "S02"]}), "sources": pd.DataFrame(two)}
    edition, table = chapter._grounds._edition, chapter._grounds._edition.table
    edition.table, edition.has = lambda name: tables[name] if name in tables else table(name), lambda name: name in tables or name == "claims"
    shown = pd.DataFrame({"reason_en": ["a"] * len(ids or [1])}).assign(**({"_id": ids} if ids else {}))
    basis = chapter._basis("facts", shown, "breaks", "")

    assert list(basis.sources) == sources


def test_an_exhibit_that_rests_on_nothing_is_refused(tmp_path):
    with pytest.raises(Refusal) as refused:
        opened_chapter(tmp_path).table("facts", pd.DataFrame({"id": ["a"]}))

    assert refused.value.code == "E341"


DRAWS = """
import hashlib
import vl_convert
from tests.exhibits.test_desk import TABLE, bars
from evidence.charts import look
spec = bars(TABLE.assign(id=["国際共同研究", "b"])).to_dict()
drawing = look.draw(spec)
print(hashlib.sha256(drawing.encode() + vl_convert.svg_to_png(drawing)).hexdigest())
"""


@pytest.mark.slow
def test_a_drawing_needs_no_font_of_the_machine(tmp_path):
    (tmp_path / "fonts.conf").write_text("<fontconfig></fontconfig>", encoding="utf-8")
    bare = {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf"), "FONTCONFIG_PATH": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "HOME": str(tmp_path)}

    made = [subprocess.run([sys.executable, "-c", DRAWS], env=os.environ | more, capture_output=True, text=True).stdout for more in ({}, bare)]

    assert len(made[0].strip()) == 64
    assert made[0] == made[1]


def test_a_guard_is_set_in_the_drawing_in_its_specification_and_in_the_alt_text(tmp_path):
    chapter = opened_chapter(tmp_path)
    chapter._register.loc["growth", "notes_en"] = "One note | ! Not a ranking | Another"
    chapter.claim("request")

    chapter.figure("growth", bars(TABLE), TABLE[["id", "claims"]])

    record = json.loads((tmp_path / "growth.json").read_text(encoding="utf-8"))
    drawing, spec = ((tmp_path / f"growth.{ending}").read_text(encoding="utf-8") for ending in ("svg", "vl.json"))
    assert (record["notes"], record["guards"]) == (["One note", "Not a ranking", "Another"], ["Not a ranking"])
    assert record["alt"].endswith(" Not a ranking.")
    assert ">Not a ranking</text>" in drawing and '"Not a ranking"' in spec
    assert "One note" not in drawing
