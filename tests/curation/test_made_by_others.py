"""What files of statistical offices have besides their numbers, with made-up ones: each is read for what it is, or told."""

import pytest

from evidence.curation import intake, looking, spreadsheet
from evidence.curation.intake import Asked
from evidence.curation.recipes import Recipe
from evidence.errors import Refusal, Refusals
from tests.curation.test_recipes import EDITION, data
from tests.curation.test_shapes import HEADS, TOLD, counted, read

__all__ = ["data"]


@pytest.mark.parametrize(("said", "unit", "first"), [
    ("CP_MEUR", "eur-m", 12.5), ("CLV10_MEUR", "eur-bn", 0.0125), ("MIO_EUR", "eur-m", 12.5), ("KEUR", "eur-m", 0.0125),
    ("THS_PER", "persons", 12500),
    ("EUR", "eur-m", 0.0000125), ("NR", "persons", 12.5),
])  # fmt: skip
def test_a_code_of_a_unit_says_what_is_counted_as_words_do(data, said, unit, first):
    numbers, _ = counted(data, HEADS["beside"].replace("千人", said), unit)

    assert numbers[0] == pytest.approx(first)


@pytest.mark.parametrize("said", ["XDC", "I15", "PPS_HAB", "単価"])
def test_a_code_that_is_not_known_is_not_taken_for_single_ones(data, said):
    with pytest.raises(Refusal, match="E2139"):
        counted(data, HEADS["beside"].replace("千人", said), "eur-m")


@pytest.mark.parametrize("head", ["研究者数【千人】", "研究者数〔千人〕", "研究者数［千人］"])
def test_what_is_counted_may_stand_in_any_brackets(data, head):
    assert counted(data, HEADS["name"].replace("研究者数（千人）", head), "persons")[0] == [12500, 13000]


@pytest.mark.parametrize(("written", "number"), [(".125", "0.125"), ("-.5", "-0.5"), ("+3.5", "3.5")])
def test_a_number_that_a_program_writes_without_its_zero_is_one(data, written, number):
    file = data.parent / "a.csv"
    file.write_text(f"Country,Year,Share\nGermany,2030,{written}\n", encoding="utf-8")

    found = looking.looked(data, EDITION, Asked(file, "observations", filled=TOLD), Recipe("observations"), as_it_is=True)
    assert found
    made = intake.plan(data, EDITION, Asked(file, "observations", filled=found.constants(), far=True, laid=found.laid))
    assert [row[list(made.head).index("value")] for row in made.rows] == [number]
    assert [one.found for one in made.notices if one.code == "N208"] == [f"{written} → {number}"]


def test_a_scale_that_is_told_holds_where_the_file_counts_in_several_ways(data):
    file = data.parent / "a.csv"
    file.write_text("表1,,\n（単位：名、千円）,,\n国,2030,2031\ngermany,12.5,13\n", encoding="utf-8")
    asked = Asked(file, "observations", filled=TOLD | {"unit": "persons"})
    found = looking.looked(data, EDITION, asked, Recipe("observations", scale="10"), as_it_is=True)

    assert found
    assert [row[found.laid.sheet.header.index("value")] for row in found.laid.sheet.rows] == ["125.0", "130"]


@pytest.mark.parametrize("text", ['[{"page":1},[{"date":"2030","value":1}]]', '\ufeff[ {"date": "2030"} ]', "[[1,2],[3,4]]"])
def test_a_list_of_json_is_told_as_such(tmp_path, text):
    (tmp_path / "a.json").write_text(text, encoding="utf-8")

    with pytest.raises(Refusal) as refused:
        spreadsheet.grid(tmp_path / "a.json", "")

    assert (refused.value.code, refused.value.found) == ("E2087", "JSON")


def test_a_column_that_names_what_another_codes_is_left_out_and_told(data):
    file = data.parent / "a.csv"
    file.write_text("geo,geo_name,year,value\nDE,Germany,2030,12.5\nDE,Germany,2031,13\nJP,Japan,2030,9.5\n", encoding="utf-8")
    found = looking.looked(data, EDITION, Asked(file, "observations", filled=TOLD), Recipe("observations"), as_it_is=True)

    assert found
    assert [one.found for one in found.laid.notices if one.code == "N2094"] == ["geo_name: Germany … (3)"]


def test_a_column_beside_another_that_parts_its_rows_is_not_left_out(data):
    file = data.parent / "a.csv"
    file.write_text("geo,geo_kind,year,value\nDE,old,2030,12.5\nDE,new,2030,13\nJP,old,2030,9.5\n", encoding="utf-8")

    with pytest.raises(Refusals, match="E2088"):
        read(data, file)


def test_lines_of_codes_above_the_heads_are_no_heads(data):
    lines = [
        '"統計名：","調査","","",""', '"表番号：","1","","",""', '"","","","/項目 コード","040"', '"","","","/項目 補助コード","-"',
        '"国 コード","国","年","/項目","論文数"', '"1","ドイツ","2030年","","12.5"', '"1","ドイツ","2031年","","13"',
        '"2","日本","2030年","","9.5"', '"2","日本","2031年","","10"',
    ]  # fmt: skip
    file = data.parent / "a.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = looking.looked(data, EDITION, Asked(file, "observations", filled=TOLD), Recipe("observations"), as_it_is=True)

    assert found
    assert (found.head.lines, found.recipe.columns["論文数"]) == ([5], "value")
