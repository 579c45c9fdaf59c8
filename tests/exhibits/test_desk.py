"""What a notebook shows becomes files under one id, and nothing that was not drawn passes."""

import json
from types import SimpleNamespace

import altair as alt
import pandas as pd
import pytest

from evidence.charts import look
from evidence.errors import Refusal
from evidence.exhibits import desk

REGISTER = pd.DataFrame(
    {
        "id": ["growth", "facts"], "chapter": ["trends", "trends"], "kind": ["figure", "table"], "order": [1, 2],
        "title_ja": ["要求は{request}", "事実"], "title_en": ["The request is {request}", "Facts"],
        "subtitle_ja": ["百万円", ""], "subtitle_en": ["JPY million", ""], "notes_ja": ["一 | 二", ""], "notes_en": ["one | two", ""],
        "alt_ja": ["棒グラフ。", ""], "alt_en": ["Bar chart.", ""], "sources": ["S01", "S01"],
    }
)  # fmt: skip
SOURCE = {
    "id": ["S01"], "title_ja": ["説明資料"], "title_en": ["Briefing"], "publisher_ja": ["文部科学省"], "publisher_en": ["MEXT"], "published": [""],
}  # fmt: skip
HOSTILE = '</script><script>document.title="run"</script><img src=x onerror=alert(1)>'


def opened_chapter(tmp_path, lang="en"):
    claims = pd.DataFrame({"id": ["request"], "measure": ["budget"], "value": [2386.0], "value_high": [float("nan")]})
    names = {"programmes": pd.DataFrame(columns=["id"]), "funders": pd.DataFrame({"id": [], "name_ja": [], "name_en": []})}
    tables = names | {
        "exhibits": REGISTER, "sources": pd.DataFrame(SOURCE),
        "claims": claims, "measures": pd.DataFrame({"id": ["budget"], "unit": ["jpy-m"]}),
    }  # fmt: skip
    edition = SimpleNamespace(table=tables.__getitem__, read=set(), **tables)
    return desk.Chapter("trends", edition, lang, str(tmp_path))


def bars(table):
    return alt.Chart(table).mark_bar().encode(x="value:Q", y="id:N", description="says:N")


TABLE = pd.DataFrame({"id": ["a", "b"], "value": [1.0, 2.5], "says": ["a: 1", "b: 2.5"]})


def test_the_alt_text_says_every_mark(tmp_path):
    chapter = opened_chapter(tmp_path)
    chapter.claim("request")

    chapter.figure("growth", bars(TABLE), TABLE[["id", "value"]])

    record = json.loads((tmp_path / "growth.json").read_text(encoding="utf-8"))
    assert record["alt"] == "Bar chart. a: 1; b: 2.5"
    assert record["title"] == "The request is JPY 2,386 million"
    assert record["notes"] == ["one", "two"]


def test_the_data_of_a_figure_is_the_same_file_in_both_languages(tmp_path):
    table = pd.DataFrame({"id": ["a"], "text_ja": ["一"], "text_en": ["one"], "anchor": ["row-a"]})

    for lang in ("ja", "en"):
        opened_chapter(tmp_path / lang, lang).table("facts", table)

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
        opened_chapter(tmp_path).figure("growth", bars(TABLE), TABLE[["id", "value"]])

    assert (refused.value.code, refused.value.found[:7]) == ("E315", "request")


def test_a_hostile_label_is_text_in_the_drawing():
    svg = look.drawn(bars(pd.DataFrame({"id": [HOSTILE], "value": [1.0], "says": [HOSTILE]})).to_dict())

    assert "<script" not in svg and "<img" not in svg
    assert look.descriptions(svg) == [HOSTILE]


def test_two_drawings_of_one_chart_are_the_same_bytes():
    assert look.drawn(bars(TABLE).to_dict()) == look.drawn(bars(TABLE).to_dict())


def test_a_value_of_a_range_keeps_both_ends(tmp_path):
    opened_chapter(tmp_path).value("annual", (7.0, 8.8), "pct", claims="request", digits=1)

    (value,) = json.loads((tmp_path / "values.json").read_text(encoding="utf-8"))
    assert (value["number"], value["number_high"], value["text"]) == (7.0, 8.8, "7.0–8.8%")


def test_a_figure_leaves_its_specification_and_where_its_sources_were_published(tmp_path):
    chapter = opened_chapter(tmp_path)
    chapter.claim("request")

    chapter.figure("growth", bars(TABLE), TABLE[["id", "value"]])

    spec = json.loads((tmp_path / "growth.vl.json").read_text(encoding="utf-8"))
    record = json.loads((tmp_path / "growth.json").read_text(encoding="utf-8"))
    assert spec["encoding"]["x"]["field"] == "value"
    assert record["sources"] == [{"id": "S01", "title": "Briefing", "publisher": "MEXT", "published": ""}]


def test_no_two_columns_of_a_data_file_share_a_name(tmp_path):
    table = pd.DataFrame({"id": ["a"], "_value": [1.5], "value": ["1.5%"], "_unit": ["pct"]})

    opened_chapter(tmp_path).table("facts", table)

    assert (tmp_path / "facts.csv").read_text(encoding="utf-8") == "id,value_number,value,unit\na,1.5,1.5%,pct\n"
