"""Files in the shape in which statistical offices publish, with made-up numbers: each is read, or what it is is told."""

import json
import re
import time
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from evidence.curation import heads, intake, looking, spreadsheet
from evidence.curation.intake import Asked
from evidence.curation.recipes import Recipe
from evidence.errors import Refusal, Refusals
from tests.curation.test_recipes import EDITION, data

__all__ = ["data"]
TOLD = {"measure": "budget-increase", "unit": "pct", "status": "actual", "source": "S173", "confidence": "high"}
ROWS = [("germany", "2030", "12.5"), ("germany", "2031", "13"), ("japan", "2030", "9.5"), ("japan", "2031", "10")]

EUROSTAT = (
    "freq,unit,sectperf,geo\\TIME_PERIOD\t2030 \t2031 \nA,PC_TOT,TOTAL,DE\t12.5 \t13 p\nA,PC_TOT,TOTAL,JP\t9.5 e\t10 \nA,PC_GDP,TOTAL,DE\t3.1 \t: \n"
)
WORLD_BANK = (
    '"Data Source","World Development Indicators",\n\n"Last Updated Date","2032-01-01",\n\n'
    '"Country Name","Country Code","Indicator Name","Indicator Code","2029","2030","2031",\n'
    '"Germany","DEU","Articles","IP.JRN.ARTC.SC","","12.5","13",\n"Japan","JPN","Articles","IP.JRN.ARTC.SC","","9.5","10",\n'
)
OWID = "Entity,Code,Year,Annual articles\nGermany,DEU,2030,12.5\nGermany,DEU,2031,13\nJapan,JPN,2030,9.5\nJapan,JPN,2031,10\n"
ESTAT = (
    '"統計名：","科学技術研究調査"\n"表番号：","1"\n\n"tab_code","表章項目","area_code","地域","time_code","時間軸（年次）","unit","value"\n'
    '"01","論文数","1","ドイツ","2030000000","2030年","本","12.5"\n"01","論文数","1","ドイツ","2031000000","2031年","本","13"\n'
    '"01","論文数","2","日本","2030000000","2030年","本","9.5"\n"01","論文数","2","日本","2031000000","2031年","本","10"\n'
    '"01","論文数","3","日本","2032000000","2032年","本","***"\n'
)
OECD = (
    "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,Reference area,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
    "DATAFLOW,OECD.STI:DSD(1.0),I,DEU,Germany,NB,2030,12.5,A\nDATAFLOW,OECD.STI:DSD(1.0),I,DEU,Germany,NB,2031,13,P\n"
    "DATAFLOW,OECD.STI:DSD(1.0),I,JPN,Japan,NB,2030,9.5,A\nDATAFLOW,OECD.STI:DSD(1.0),I,JPN,Japan,NB,2031,10,A\n"
)
SEMICOLON = 'Country;Year;"Articles; all fields"\nGermany;2030;12.5\nGermany;2031;13\nJapan;2030;9.5\nJapan;2031;10\n'
JSON_STAT = json.dumps(
    {
        "version": "2.0", "class": "dataset", "id": ["geo", "time"], "size": [2, 2],
        "dimension": {
            "geo": {"label": "geo", "category": {"index": {"DE": 0, "JP": 1}, "label": {"DE": "Germany", "JP": "Japan"}}},
            "time": {"label": "Time", "category": {"index": ["2030", "2031"]}},
        },
        "value": {"0": 12.5, "1": 13, "2": 9.5, "3": 10}, "status": {"1": "p"},
    }
)  # fmt: skip


EUROSTAT_LABELS = (
    "STRUCTURE,STRUCTURE_ID,freq,Time frequency,geo,Geopolitical entity (reporting),TIME_PERIOD,OBS_VALUE,OBS_FLAG,"
    "Observation status (Flag) V2 structure\ndataflow,ESTAT:A(1.0),A,Annual,DE,Germany,2030,12.5,,\n"
    "dataflow,ESTAT:A(1.0),A,Annual,DE,Germany,2031,13,p,provisional\ndataflow,ESTAT:A(1.0),A,Annual,JP,Japan,2030,9.5,,\n"
    "dataflow,ESTAT:A(1.0),A,Annual,JP,Japan,2031,10,,\n"
)
DATABANK = (
    '"Country Name","Country Code","Series Name","Series Code","2030 [YR2030]","2031 [YR2031]"\n"Germany","DEU","Articles","IP.X","12.5","13"\n'
    '"Japan","JPN","Articles","IP.X","9.5","10"\n"","","","","",""\n"Data from database: Indicators","","","","",""\n'
)
ESTAT_WIDE = (
    '"統計名：","科学技術研究調査"\n"表番号：","3"\n\n"","","時間軸（年次）","2030年","2031年"\n"地域 コード","地域 補助コード","地域","",""\n'
    '"1","","ドイツ","12.5","13"\n"2","","日本","9.5","10"\n'
)
UIS = (
    "INDICATOR_ID,COUNTRY_ID,YEAR,VALUE,MAGNITUDE\nEXPGDP.TOT,DEU,2030,12.5,\nEXPGDP.TOT,DEU,2031,13,\nEXPGDP.TOT,JPN,2030,9.5,\n"
    "EXPGDP.TOT,JPN,2031,10,\n"
)


OLD_EUROSTAT = "indic_de,geo\\time\t2030 \t2031 \nJAN,DE\t12.5 \t13p\nJAN,JP\t9.5\t10 \n"
OECD_STAT = (
    '"LOCATION","INDICATOR","SUBJECT","MEASURE","FREQUENCY","TIME","Value","Flag Codes"\n"DEU","X","TOT","PC","A","2030",12.5,\n'
    '"DEU","X","TOT","PC","A","2031",13,"P"\n"JPN","X","TOT","PC","A","2030",9.5,\n"JPN","X","TOT","PC","A","2031",10,\n'
)
NCSES = "table_id,country,field_2030,field_2031\n12604,Germany,12.5,13\n12604,Japan,9.5,10\n"
FAO = "Area Code,Area,Y2030,Y2031\n79,Germany,12.5,13\n110,Japan,9.5,10\n"


def stat(label: str, *values: float, **more: object) -> dict[str, object]:
    """A dataset of JSON-stat: two countries by two years."""
    geo = {"label": "geo", "category": {"index": ["DE", "JP"], "label": {"DE": "Germany", "JP": "Japan"}}}
    time = {"label": "Time", "category": {"index": ["2030", "2031"]}}
    return {
        "class": "dataset",
        "label": label,
        "id": ["geo", "time"],
        "size": [2, 2],
        "dimension": {"geo": geo, "time": time},
        "value": values,
    } | more


BOTH = {"Articles": stat("Articles", 12.5, 13, 9.5, 10), "Authors": stat("Authors", 1, 2, 3, 4)}
COLLECTION = {"version": "2.0", "class": "collection", "link": {"item": list(BOTH.values())}}
LINKED = {"version": "2.0", "class": "collection", "link": {"item": [
    {"class": "dataset", "href": "https://example.org/articles.json", "label": "Articles"},
]}}  # fmt: skip


def read(data: Path, file: Path, recipe: Recipe | None = None, **told: str) -> tuple[list[tuple[str, ...]], list[str]]:
    """The entity, period and value of each row that would stand, and the codes of what is told."""
    asked = Asked(file, "observations", filled=TOLD | told)
    found = looking.looked(data, EDITION, asked, recipe or Recipe("observations"), as_it_is=True)
    assert found
    taken = intake.plan(data, EDITION, Asked(file, "observations", filled=found.constants(), far=True, laid=found.laid))
    rows = [found.constants() | dict(zip(found.laid.sheet.header, row, strict=True)) for row in found.laid.sheet.rows]
    return [(row["entity"], row["period"], row["value"]) for row in rows], [notice.code for notice in taken.notices]


@pytest.mark.parametrize(
    ("name", "content", "only", "codes"),
    [
        ("eurostat.tsv", EUROSTAT, {"unit": ["PC_TOT"]}, {"N2084", "N2085", "N2087", "N2089"}),
        ("eurostat-none.tsv", EUROSTAT.replace("A,PC_GDP,TOTAL,DE\t3.1 \t: \n", "A,PC_TOT,TOTAL,KR\t: z\t:cd\n"), {}, {"N2085", "N2086"}),
        ("world-bank.csv", WORLD_BANK, {}, {"N2080", "N2085", "N2086", "N2089"}),
        ("owid.csv", OWID, {}, {"N2089"}),
        ("e-stat.csv", ESTAT.encode("cp932"), {}, {"N2080", "N2086", "N2089"}),
        ("oecd.csv", OECD, {}, {"N2087", "N2089"}),
        ("semicolon.csv", SEMICOLON, {}, {"N2089"}),
        ("utf-16.csv", OWID.replace(",", "\t").encode("utf-16"), {}, {"N2089"}),
        ("stat.json", JSON_STAT, {}, {"N2087", "N2089"}),
        ("eurostat-labels.csv", EUROSTAT_LABELS, {}, {"N2087", "N2089"}),
        ("databank.csv", DATABANK, {}, {"N2082", "N2085", "N2089"}),
        ("e-stat-wide.csv", ESTAT_WIDE.encode("cp932"), {}, {"N2080", "N2085", "N2089"}),
        ("uis.csv", UIS, {}, {"N2089"}),
        ("eurostat-old.tsv", OLD_EUROSTAT, {}, {"N2085", "N2087", "N2089"}),
        ("oecd-stat.csv", OECD_STAT, {}, {"N2087", "N2089"}),
        ("ncses.csv", NCSES, {}, {"N2085", "N2089", "N2094"}),
        ("fao.csv", FAO, {}, {"N2085", "N2089"}),
        ("status.json", json.dumps(stat("A", 12.5, 13, 9.5, 10, status={"value": ["", "p", "", ""]})), {}, {"N2087", "N2089"}),
        ("one-status.json", json.dumps(stat("A", 12.5, 13, 9.5, 10, status=["e"])), {}, {"N2087", "N2089"}),
    ],
)
def test_a_file_in_the_shape_of_a_statistical_office_is_read(data, name, content, only, codes):
    file = data.parent / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())

    rows, told = read(data, file, Recipe("observations", only=only))

    assert [(entity, period.removesuffix("年"), value) for entity, period, value in rows] == ROWS
    assert codes <= set(told)


@pytest.mark.parametrize("other", ["LOCATION", "Country", "geo", "Region"])
@pytest.mark.parametrize("first", [True, False])
def test_the_area_that_sdmx_names_is_taken_before_any_other_and_the_other_is_told(data, other, first):
    areas = ["DEU", "DEU", "JPN", "JPN"], ["FRA", "USA", "KOR", "FRA"]
    lines = [",".join([*["REF_AREA", other][:: -1 if first else 1], "TIME_PERIOD", "OBS_VALUE"])]
    for area, beside, (_, period, value) in zip(*areas, ROWS, strict=True):
        lines.append(",".join([*[area, beside][:: -1 if first else 1], period, value]))
    file = data.parent / "sdmx.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    rows, _ = read(data, file)
    found = looking.looked(data, EDITION, Asked(file, "observations", filled=TOLD), Recipe("observations"), as_it_is=True)

    assert rows == ROWS
    assert [one.found for one in found.laid.notices if one.code == "N2094"] == [f"{other}: FRA … (4)"]


HEADS = {
    "above": "表1,,\n（単位：千人）,,\n国,2030,2031\n{de},{a},{b}\n",
    "english": '"Table 1. Researchers (in thousands)",,\nCountry,2030,2031\n{de},{a},{b}\n',
    "beside": "国,年,unit,値\n{de},2030,千人,{a}\n{de},2031,千人,{b}\n",
    "row": "国,2030,2031\n,（千人）,（千人）\n{de},{a},{b}\n",
    "name": "国,年,研究者数（千人）\n{de},2030,{a}\n{de},2031,{b}\n",
    "sdmx": "REF_AREA,TIME_PERIOD,UNIT_MULT,OBS_VALUE\n{de},2030,3,{a}\n{de},2031,3,{b}\n",
}


def counted(data, text, unit):
    """The numbers of a file that are taken into this unit, and what is told of what it counts in."""
    file = data.parent / "a.csv"
    file.write_text(text.format(de="germany", a="12.5", b="13"), encoding="utf-8")
    asked = Asked(file, "observations", filled=TOLD | {"unit": unit})
    found = looking.looked(data, EDITION, asked, Recipe("observations"), as_it_is=True)
    place = found.laid.sheet.header.index("value")
    return [float(row[place]) for row in found.laid.sheet.rows], [one.found for one in found.laid.notices if one.code == "N2098"]


@pytest.mark.parametrize("shape", HEADS)
def test_what_a_file_says_it_counts_in_is_brought_into_the_unit_and_told(data, shape):
    numbers, told = counted(data, HEADS[shape], "persons")

    assert (numbers, len(told)) == ([12500, 13000], 1)


SAID = [("百万円", "jpy-m", 12.5), ("億円", "jpy-m", 1250), ("円", "jpy-m", 0.0000125), ("％", "pct", 12.5), ("人", "persons", 12.5)]


@pytest.mark.parametrize(("said", "unit", "first"), SAID)
def test_a_number_is_brought_into_the_unit_of_the_measure_whatever_the_file_counts_it_in(data, said, unit, first):
    numbers, told = counted(data, HEADS["above"].replace("千人", said), unit)

    assert (numbers[0], bool(told)) == (first, first != 12.5)


TWO = '表1,,,,\n"（単位：{units}）",,,,\n国,研究者,,予算,\n,2030,2031,2030,2031\n{{de}},{{a}},{{a}},{{b}},{{b}}\n'
NAMED = "表1,,,,\n国,研究者（{0}）,,予算（{1}）,\n,2030,2031,2030,2031\n{{de}},{{a}},{{a}},{{b}},{{b}}\n"


@pytest.mark.parametrize(("units", "persons", "money"), [("人、千円", 12.5, 0.013), ("千人・百万円", 12500, 13), ("百万円, 人", 12.5, 13)])
@pytest.mark.parametrize("text", [TWO, NAMED], ids=["above", "in the heads"])
def test_of_several_units_that_a_file_states_the_one_that_the_numbers_taken_are_in_is_meant(data, units, persons, money, text):
    both = sorted(re.split("[、・,]", units), key=lambda unit: "円" in unit)
    made = text.format(*(one.strip() for one in both), units=units)
    file = data.parent / "a.csv"
    file.write_text(made.format(de="germany", a="12.5", b="13"), encoding="utf-8-sig")
    heads_ = ["研究者", "予算"] if text == TWO else made.splitlines()[1].split(",")[1::2]
    numbers = []
    for unit, kept, left in (("persons", *heads_), ("jpy-m", *reversed(heads_))):
        told = {name: cell for name, cell in TOLD.items() if name != "measure"} | {"unit": unit}
        recipe = Recipe("observations", labels={"measure": {kept: "budget-increase", left: ""}})
        found = looking.looked(data, EDITION, Asked(file, "observations", filled=told), recipe, as_it_is=True)
        numbers += [float(row[found.laid.sheet.header.index("value")]) for row in found.laid.sheet.rows]

    assert numbers == [persons, persons, money, money]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        (HEADS["row"].replace("千人", "人", 1), "persons"), (HEADS["above"], "pct"), (HEADS["above"].replace("千人", "名、千円"), "persons"),
        (HEADS["above"].replace("千人", "件、千円"), "persons"), (HEADS["above"].replace("千人", "人、千人"), "persons"),
    ],
)  # fmt: skip
def test_a_file_that_counts_in_several_ways_or_a_ratio_in_thousands_is_refused(data, text, unit):
    with pytest.raises(Refusal) as refused:
        counted(data, text, unit)

    assert refused.value.code == "E2139"


YEARS = {
    "{}年（PY）": "{}",
    "{}年（CY）": "{}",
    "{}（暦年）": "{}",
    "{}年(出版年)": "{}",
    "{}年（FY）": "FY{}",
    "{}（年度）": "FY{}",
    "{}年度": "FY{}",
}


@pytest.mark.parametrize(("written", "used"), YEARS.items())
@pytest.mark.parametrize("shape", ["long", "wide", "ours"])
def test_a_year_is_the_year_that_it_says_it_is_whichever_way_the_file_comes(data, written, used, shape):
    years = [written.format(year) for year in ("2030", "2031")]
    head = {"long": "国,年,値", "ours": "entity,period,value"}
    texts = {name: f"{columns}\n" + "".join(f"germany,{year},{n}\n" for n, year in enumerate(years, 12)) for name, columns in head.items()}
    texts["wide"] = f"国,{','.join(years)}\ngermany,12,13\n"
    file = data.parent / "a.csv"
    file.write_text(texts[shape], encoding="utf-8")
    told = TOLD | {"id": "x-{period}", "locator": "1"}
    asked = Asked(file, "observations", filled=told, far=True)
    if found := looking.looked(data, EDITION, asked, Recipe("observations"), as_it_is=True):
        asked = Asked(file, "observations", filled=found.constants(), far=True, laid=found.laid)

    taken = intake.plan(data, EDITION, asked)

    assert (bool(found), list(taken.new)) == (shape != "ours", [f"x-{used.format(year).lower()}" for year in ("2030", "2031")])
    assert shape == "wide" or [one.found for one in taken.notices if one.code in ("N201", "N203")] == [
        f"{year} → {used.format(plain)}" for year, plain in zip(years, ("2030", "2031"), strict=True)
    ]  # fmt: skip


@pytest.mark.parametrize("content", [BOTH, COLLECTION], ids=["bundle", "collection"])
@pytest.mark.parametrize("chosen", ["Articles", "1"])
def test_the_dataset_that_is_chosen_of_several_in_one_file_is_read(data, content, chosen):
    (data.parent / "a.json").write_text(json.dumps(content), encoding="utf-8")

    assert read(data, data.parent / "a.json", Recipe("observations", sheet=chosen))[0] == ROWS


@pytest.mark.parametrize("content", [BOTH, COLLECTION], ids=["bundle", "collection"])
def test_of_several_datasets_in_one_file_one_is_to_be_chosen_and_they_are_named(tmp_path, content):
    (tmp_path / "a.json").write_text(json.dumps(content), encoding="utf-8")

    with pytest.raises(Refusal) as refused:
        spreadsheet.grid(tmp_path / "a.json", "")

    assert (refused.value.code, refused.value.found) == ("E270", "(Articles, Authors)")


def test_a_collection_that_only_links_to_its_datasets_says_where_they_are(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(LINKED), encoding="utf-8")

    with pytest.raises(Refusal) as refused:
        spreadsheet.grid(tmp_path / "a.json", "")

    assert (refused.value.code, refused.value.found) == ("E2096", "Articles: https://example.org/articles.json")


def test_months_of_e_stat_are_months(data):
    lines = "".join(f'"件数","ドイツ","{month}","件","{number}"\n' for month, number in (("2030年1月", 5), ("令和12年11月", 6)))
    (data.parent / "a.csv").write_text('"表章項目","地域","時間軸(月次)","unit","value"\n' + lines, encoding="utf-8")
    asked = Asked(data.parent / "a.csv", "observations", filled=TOLD)

    found = looking.looked(data, EDITION, asked, Recipe("observations"), as_it_is=True)
    taken = intake.plan(data, EDITION, Asked(asked.file, "observations", filled=found.constants(), far=True, laid=found.laid))

    assert [line.split(",")[3] for line in taken.text.splitlines()[-2:]] == ["2030-01", "2030-11"]


def sheet(path: Path, rows: list[list[object]], *merged: str) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    book.save(path)
    return path


def test_a_table_of_nsf_with_titles_marks_and_notes_is_read(data):
    file = sheet(data.parent / "nsf.xlsx", [
        ["Table 1"], ["Articles, by country: 2030–31"], ["(Number)"], ["Country", 2030, 2031], ["Germany", "12.5", 13], ["Japan", 9.5, "10 e"],
        ["Total", 22, 23], ["e = estimated."], ["SOURCE(S):"], ["National Center, Survey."],
    ], "A1:C1", "A2:C2")  # fmt: skip

    rows, told = read(data, file)

    assert rows == ROWS
    assert {"N2080", "N2082", "N2083", "N2087"} <= set(told)


@pytest.mark.parametrize("mark", ["na", "NA", "n.a.", "n.d.", "..", ":", "…", "－"])
def test_a_mark_in_place_of_a_number_leaves_it_out_and_is_told(data, mark):
    file = sheet(data.parent / "a.xlsx", [["Country", 2030, 2031], ["Germany", 12.5, 13], ["Japan", 9.5, mark]])

    rows, told = read(data, file)

    assert (rows, "N2086" in told) == (ROWS[:3], True)


def test_a_table_of_jst_with_years_of_an_era_and_a_total_is_read(data):
    file = sheet(
        data.parent / "jst.xlsx", [["採択課題"], ["年度", "採択課題数", "備考"], ["令和12年度", 12, ""], ["令和13年度", "１４", ""], ["合計", 26, ""]]
    )

    rows, _ = read(data, file, entity="satreps", measure="adopted-jst-amed", unit="projects")

    assert rows == [("satreps", "令和12年度", "12"), ("satreps", "令和13年度", "１４")]


def test_a_table_of_nistep_with_two_heads_is_read(data):
    file = sheet(data.parent / "nistep.xlsx", [
        ["国・地域名", "論文数", None, "国際共著論文数", None], [None, "2030年", "2031年", "2030年", "2031年"],
        ["ドイツ", 12.5, 13, 5, 6], ["日本", 9.5, 10, 3, 4],
    ], "A1:A2", "B1:C1", "D1:E1")  # fmt: skip
    recipe = Recipe("observations", labels={"measure": {"論文数": "budget-increase", "国際共著論文数": ""}})
    asked = Asked(file, "observations", filled={name: text for name, text in TOLD.items() if name != "measure"})

    found = looking.looked(data, EDITION, asked, recipe, as_it_is=True)
    made = found.laid.sheet

    places = [made.header.index(name) for name in ("entity", "measure", "period", "value")]
    assert [row[places[0]] for row in made.rows] == ["germany", "germany", "japan", "japan"]
    assert {row[places[1]] for row in made.rows} == {"budget-increase"}
    assert [row[places[3]] for row in made.rows] == ["12.5", "13", "9.5", "10"]


def test_a_sheet_of_e_stat_asks_for_the_whole_country_and_is_read_without_it(data):
    file = sheet(data.parent / "e-stat.xlsx", [
        ["統計名：", "科学技術研究調査"], ["表番号：", "3"], [], ["地域", None, "2030年", "2031年"], [None, None, "論文数", "論文数"],
        ["全国", None, 22, 23], ["ドイツ", None, 12.5, 13], ["日本", None, 9.5, 10], ["注1）速報値を含む。"], ["出典：総務省"],
    ], "A4:B5")  # fmt: skip

    with pytest.raises(Refusals) as refused:
        read(data, file)
    rows, told = read(data, file, Recipe("observations", labels={"entity": {"全国": ""}}))

    assert [(problem.code, problem.found) for problem in refused.value.problems] == [("E2080", "全国 (2)")]
    assert ([(entity, period.removesuffix("年"), value) for entity, period, value in rows], {"N2080", "N2082"} <= set(told)) == (ROWS, True)


def test_a_sheet_of_jst_with_years_of_an_era_over_what_is_counted_is_read(data):
    file = sheet(data.parent / "jst.xlsx", [
        ["国際共同研究の採択件数"], [None, "令和12年度", None, "令和13年度", None], ["国", "件数", "うち新規", "件数", "うち新規"],
        ["ドイツ", 12.5, 1, 13, 2], ["日本", 9.5, 1, 10, 2], ["合計", 22, 2, 23, 4],
    ], "A1:E1", "B2:C2", "D2:E2")  # fmt: skip
    recipe = Recipe("observations", labels={"measure": {"件数": "budget-increase", "うち新規": ""}})
    asked = Asked(file, "observations", filled={name: text for name, text in TOLD.items() if name != "measure"})

    made = looking.looked(data, EDITION, asked, recipe, as_it_is=True).laid.sheet

    rows = [dict(zip(made.header, row, strict=True)) for row in made.rows]
    assert [(row["entity"], row["period"].replace("FY", ""), row["value"]) for row in rows] == ROWS


TWO_HEADS: list[list[object]] = [
    ["国別・年度別の論文数"], ["作成 令和32年10月"], [None, None, None, "（単位：本）"], ["相手国", "論文数", None, "備考"],
    [None, "2030年", "2031年", None], ["ドイツ", 12.5, 13, None], ["日本", 9.5, 10, "速報"], ["合計", 22, 23, None], ["注1）会計年度ではない。"],
]  # fmt: skip


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_an_upper_head_that_names_the_first_column_and_spans_the_others_is_found(data, name):
    file = data.parent / name
    if name.endswith("xlsx"):
        sheet(file, TWO_HEADS, "A1:D1", "A2:D2", "A4:A5", "B4:C4", "D4:D5")
    else:
        lines = (",".join("" if cell is None else str(cell) for cell in (row + [None] * 4)[:4]) for row in TWO_HEADS)
        file.write_bytes("\n".join(lines).encode("cp932"))

    rows, told = read(data, file)

    assert [(entity, period.removesuffix("年"), value) for entity, period, value in rows] == ROWS
    assert {"N2080", "N2082", "N2083", "N2094"} <= set(told)


def test_a_footnote_mark_set_above_a_number_is_told_and_no_digit_of_it(data):
    marked = CellRichText("12", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    file = sheet(data.parent / "a.xlsx", [["Country", 2030, 2031], ["Germany", marked, 13], ["Japan", 9.5, 10]])

    rows, told = read(data, file)

    assert (rows[0], "N2087" in told) == (("germany", "2030", "12"), True)


UNREAD = {
    "E274": lambda cell: setattr(cell, "number_format", "0.0%"),
    "E272": lambda cell: setattr(cell, "value", "=B2/C2"),
    "E2084": lambda cell: setattr(cell, "font", Font(strike=True)),
    "E2085": lambda cell: setattr(cell.parent.column_dimensions[cell.column_letter], "hidden", True),
}


def marked(path: Path, cell: str, code: str) -> Path:
    """The workbook with a cell that is not read as it is shown."""
    book = openpyxl.load_workbook(path)
    UNREAD[code](book.active[cell])
    book.save(path)
    return path


WIDE: list[list[object]] = [
    ["表1 派遣数"], ["国", "2030年", None, "2031年", None], [None, "派遣数", "前年比", "派遣数", "前年比"],
    ["ドイツ", 12.5, "－", 13, 0.04], ["日本", 9.5, "－", 10, 0.05], ["計", 22, "－", 23, 0.05],
]  # fmt: skip


@pytest.mark.parametrize("code", UNREAD)
@pytest.mark.parametrize(("cell", "refused"), [("E4", False), ("D4", True)])
def test_a_cell_that_is_not_read_as_it_is_shown_is_refused_where_it_is_used_and_only_there(data, code, cell, refused):
    file = marked(sheet(data.parent / "a.xlsx", WIDE, "A2:A3", "B2:C2", "D2:E2"), cell, code)
    recipe = Recipe("observations", labels={"measure": {"派遣数": "budget-increase", "前年比": ""}})
    told = {name: text for name, text in TOLD.items() if name != "measure"}
    found = looking.looked(data, EDITION, Asked(file, "observations", filled=told), recipe, as_it_is=True)

    if refused:
        with pytest.raises(Refusals, match=code):
            found.laid  # noqa: B018
    else:
        values = [row[found.laid.sheet.header.index("value")] for row in found.laid.sheet.rows]
        assert values == ["12.5", "13", "9.5", "10"]


@pytest.mark.parametrize("code", UNREAD)
@pytest.mark.parametrize(("cell", "refused"), [("D2", False), ("C2", True)])
def test_the_same_holds_for_a_column_left_out_of_a_file_in_our_form(data, code, cell, refused):
    file = marked(sheet(data.parent / "a.xlsx", [["entity", "period", "value", "前年比"], ["japan", "2031", 10, 0.05]]), cell, code)
    told = TOLD | {"id": "x-{period}", "locator": "1"}
    asked = Asked(file, "observations", renamed={"前年比": ""}, filled=told, far=True)

    if refused:
        with pytest.raises(Refusals, match=code):
            intake.plan(data, EDITION, asked)
    else:
        assert intake.plan(data, EDITION, asked).new == ["x-2031"]


@pytest.mark.parametrize("code", [code for code in UNREAD if code != "E2085"])
def test_a_cell_of_a_row_that_is_left_out_is_not_used(data, code):
    file = marked(sheet(data.parent / "a.xlsx", [["国", "2030年"], ["ドイツ", 12.5], ["日本", 9.5], ["計", 22]]), "B4", code)

    assert [value for _, _, value in read(data, file)[0]] == ["12.5", "9.5"]


def test_a_column_in_question_that_is_not_read_as_it_is_shown_says_both(data):
    file = sheet(data.parent / "a.xlsx", [["国", "2030年", "構成比"], ["ドイツ", 12.5, 0.57], ["日本", 9.5, 0.43]])

    with pytest.raises(Refusals) as refused:
        read(data, marked(file, "C2", "E274"))

    assert {"E274", "E2140"} == {one.code for one in refused.value.problems}


@pytest.mark.parametrize(
    ("value", "form", "told"), [(12.345, "0.0", ["12.345 (0.0) (1)"]), (12.5, "0.00", []), (12, "0", []), (12.345, "General", [])]
)
@pytest.mark.parametrize("second", ["General", "#,##0"])
def test_a_number_of_which_fewer_digits_are_shown_is_read_whole_and_told(data, value, form, told, second):
    book = openpyxl.Workbook()
    for row in [["Country", "2030", "2031"], ["Germany", value, 1300], ["Japan", 9, 10]]:
        book.active.append(row)
    book.active["B2"].number_format, book.active["C2"].number_format = form, second
    book.save(data.parent / "a.xlsx")

    found = spreadsheet.grid(data.parent / "a.xlsx", "")

    assert (found.lines[1][1][1], [one.found for one in found.notices if one.code == "N2096"]) == (str(value), told)


def test_three_heads_name_each_column_and_none_is_lost():
    rows = [
        ["", "全論文", "", "共著", ""],
        ["国名", "2030年", "", "2031年", ""],
        ["", "論文数", "割合", "論文数", "割合"],
        ["ドイツ", "12.5", "3", "13", "4"],
    ]
    found = heads.found(list(enumerate([["図表1"], *rows, ["日本", "9.5", "2", "10", "5"]], start=1)), set())

    assert (found.lines, len(set(found.names)), "" in found.names) == ([2, 3, 4], 5, False)
    assert [row[0] for _, row in found.rows] == ["ドイツ", "日本"]


def test_a_column_without_a_name_that_holds_something_is_told(data):
    file = sheet(data.parent / "a.xlsx", [["Country", "2030", None, "2031"], ["Germany", 12.5, "p", 13], ["Japan", 9.5, None, 10]])
    found = looking.looked(data, EDITION, Asked(file, "observations", filled=TOLD), Recipe("observations"), as_it_is=True)

    assert [one.found for one in found.laid.notices if one.code == "N2094"] == ["C: p (1)"]


def test_countries_across_the_head_become_rows_and_a_note_of_two_cells_is_none(data):
    file = sheet(data.parent / "a.xlsx", [["図表1"], ["年", "ドイツ", "日本"], [2030, 12.5, 9.5], [2031, 13, 10], ["注：", "1)日本は推計値。", None]])

    rows, told = read(data, file)

    assert (sorted(rows), "N2082" in told, "N2085" in told) == (sorted(ROWS), True, True)


def test_countries_below_a_head_that_says_what_is_counted_become_rows(data):
    file = sheet(data.parent / "a.xlsx", [
        ["図表1"], ["年", "論文数", None], [None, "ドイツ", "日本"], [2030, 12.5, 9.5], [2031, 13, 10],
    ], "A1:C1", "A2:A3", "B2:C2")  # fmt: skip

    rows, told = read(data, file)

    assert (sorted(rows), "N2085" in told) == (sorted(ROWS), True)


def test_of_two_heads_the_one_that_says_what_is_counted_is_asked_for_once_where_it_is_not_told(data):
    file = sheet(data.parent / "a.xlsx", [["年", "論文数", None], [None, "ドイツ", "日本"], [2030, 12.5, 9.5], [2031, 13, 10]], "B1:C1")
    asked = Asked(file, "observations", filled={name: text for name, text in TOLD.items() if name != "measure"})

    doubts = looking.looked(data, EDITION, asked, Recipe("observations"), as_it_is=True).doubts

    assert [(doubt.column, doubt.label, doubt.rows) for doubt in doubts] == [("measure", "論文数", 4)]


def test_countries_below_heads_of_two_kinds_are_not_taken_for_the_one_that_is_told(data):
    head = [["年", "論文数", None, "特許数", None], [None, "ドイツ", "日本", "ドイツ", "日本"]]
    file = sheet(data.parent / "a.xlsx", [*head, [2030, 12.5, 9.5, 3, 4], [2031, 13, 10, 5, 6]], "B1:C1", "D1:E1")

    with pytest.raises(Refusals) as refused:
        read(data, file)

    assert {problem.code for problem in refused.value.problems} == {"E2140"}


@pytest.mark.parametrize("years", [[2030, 2031], ["令和12年度", "令和13年度"], ["2030年度", "2031年度"]])
def test_a_head_over_years_that_says_they_are_fiscal_ones_is_no_measure_and_makes_them_so(data, years):
    rows = [["国名", "会計年度", ""], ["", *years], ["ドイツ", 12.5, 13], ["日本", 9.5, 10]]
    found = looking.looked(data, EDITION, Asked(sheet(data.parent / "a.xlsx", rows), "observations"), Recipe("observations"), as_it_is=True)

    assert (found.recipe.long["into"], found.doubts) == (["period"], [])
    assert [period for _, period, _ in read(data, data.parent / "a.xlsx")[0]] == ["FY2030", "FY2031"] * 2


@pytest.mark.parametrize(("head", "years"), [("年度", ["FY2030", "FY2031"]), ("Fiscal year", ["FY2030", "FY2031"]), ("年", ["2030", "2031"])])
@pytest.mark.parametrize("ours", [False, True])
def test_a_year_below_a_head_of_fiscal_years_is_a_fiscal_year(data, head, years, ours):
    file = data.parent / "a.csv"
    file.write_text(f"国,{head},値\nドイツ,2030,12.5\nドイツ,2031,13\n", encoding="utf-8")
    told = TOLD | {"id": "x-{period}", "locator": "1", "entity": "germany"}
    asked = Asked(file, "observations", renamed={"国": "", head: "period", "値": "value"}, filled=told, far=True)
    if not ours:
        found = looking.looked(data, EDITION, Asked(file, "observations", filled=TOLD), Recipe("observations"), as_it_is=True)
        asked = Asked(file, "observations", filled=found.constants(), far=True, laid=found.laid)

    made = intake.plan(data, EDITION, asked).new

    assert [id.endswith(f"-{year.lower()}") for id, year in zip(made, years, strict=True)] == [True, True]


@pytest.mark.parametrize("upper", [["表1", "", "（単位：本）"], ["表1 論文数", "", ""], ["表1", "", "令和12年10月"]])
def test_a_title_with_what_stands_beside_it_is_no_upper_head(upper):
    found = heads.found([(1, upper), (2, ["", "2030", "2031"]), (3, ["ドイツ", "12.5", "13"]), (4, ["日本", "9.5", "10"])], set())

    assert (found.names, found.lines) == (["", "2030", "2031"], [2])


def test_a_file_without_the_column_that_says_what_a_number_is_about_is_told_so(data):
    (data.parent / "a.csv").write_text("Whose,2030,2031\nGermany,12.5,13\n", encoding="utf-8")

    with pytest.raises(Refusals) as refused:
        read(data, data.parent / "a.csv")

    assert ("E2095", "entity (entities.csv: id)") in [(problem.code, problem.found) for problem in refused.value.problems]


def test_a_column_that_every_row_must_fill_is_told_with_the_codes_it_may_hold(data):
    (data.parent / "a.csv").write_text("Country,2030\nGermany,12.5\n", encoding="utf-8")
    asked = Asked(data.parent / "a.csv", "observations", filled={"measure": "budget-increase"})
    found = looking.looked(data, EDITION, asked, Recipe("observations"), as_it_is=True)

    with pytest.raises(Refusals) as refused:
        intake.plan(data, EDITION, Asked(asked.file, "observations", filled=found.constants(), laid=found.laid))

    told = {problem.place.column: problem.found for problem in refused.value.problems if problem.code == "E2095"}
    assert set(told) >= {"unit", "status", "source", "confidence"}
    assert ("actual" in told["status"], told["source"]) == (True, "source (sources.csv: id)")


@pytest.mark.parametrize("label", ["大韓民国", "Korea, Rep.", "Republic of Korea", "KOR", "Korea"])
def test_a_country_is_known_by_its_formal_name_and_by_those_of_statistical_offices(data, label):
    (data.parent / "a.csv").write_text(f'Country,2030\n"{label}",12.5\n', encoding="utf-8")

    assert read(data, data.parent / "a.csv")[0] == [("south-korea", "2030", "12.5")]


@pytest.mark.parametrize("label", ["AUS", "AUT", "Austria", "North Korea", "Niger", "UKR", "JPX", "DE1", "FX", "DD"])
def test_a_country_is_never_taken_for_another_whose_name_or_code_is_like_its_own(data, label):
    (data.parent / "a.csv").write_text(f"Country,2030\n{label},12.5\n", encoding="utf-8")

    found = looking.looked(data, EDITION, Asked(data.parent / "a.csv", "observations", filled=TOLD), Recipe("observations"), as_it_is=True)

    assert [(one.label, one.id) for one in found.doubts] == [(label, "")]


def test_a_name_that_was_mistyped_is_still_proposed(data):
    (data.parent / "a.csv").write_text("Country,2030\nGermny,12.5\n", encoding="utf-8")

    found = looking.looked(data, EDITION, Asked(data.parent / "a.csv", "observations", filled=TOLD), Recipe("observations"), as_it_is=True)

    assert [(one.label, one.id) for one in found.doubts] == [("Germny", "germany")]


@pytest.mark.parametrize("names", ["Germany,Japan,Aruba", "germany,japan,Aruba"])
def test_every_other_name_is_left_out_and_those_that_are_known_stay(data, names):
    lines = "".join(f"{name},12.5\n" for name in names.split(","))
    (data.parent / "a.csv").write_text("Country,2030\n" + lines, encoding="utf-8")

    rows, told = read(data, data.parent / "a.csv", Recipe("observations", labels={"entity": {"*": ""}}))

    assert (rows, "N2083" in told) == ([("germany", "2030", "12.5"), ("japan", "2030", "12.5")], True)


def test_a_file_of_which_no_row_is_left_is_refused(data):
    (data.parent / "a.csv").write_text("Country,2030\nAruba,12.5\n", encoding="utf-8")

    with pytest.raises(Refusals, match="E2097"):
        read(data, data.parent / "a.csv", Recipe("observations", labels={"entity": {"*": ""}}))


def test_a_recipe_made_of_a_sheet_reads_the_same_table_as_csv_and_says_so(data):
    (data.parent / "a.csv").write_text(OWID, encoding="utf-8")

    rows, told = read(data, data.parent / "a.csv", Recipe("observations", sheet="表1", head=[1]))

    assert (rows, "N2090" in told) == (ROWS, True)


def test_cells_merged_downwards_hold_for_each_of_their_lines(data):
    file = sheet(
        data.parent / "a.xlsx",
        [["国", "年", "論文数"], ["ドイツ", 2030, 12.5], [None, 2031, 13], ["日本", 2030, 9.5], [None, 2031, 10]],
        "A2:A3",
        "A4:A5",
    )

    assert read(data, file)[0] == ROWS


def test_a_stata_file_is_read(data):
    pd.DataFrame(ROWS, columns=["country", "year", "articles"]).astype({"articles": float, "year": int}).to_stata(
        data.parent / "a.dta", write_index=False
    )

    assert read(data, data.parent / "a.dta")[0] == ROWS


@pytest.mark.parametrize(
    ("name", "content", "code", "told"),
    [
        ("a.xml", b'<?xml version="1.0"?><rows/>', "E2087", "XML"),
        ("a.pdf", b"%PDF-1.7", "E2087", "PDF"),
        ("a.json", b'{"a": 1}', "E2087", "JSON"), ("a.parquet", b"PAR1", "E2086", "formats"), ("a.zip", b"PK\x03\x04", "E2087", "ZIP"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_told_by_its_kind(tmp_path, name, content, code, told):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(Refusal) as refused:
        spreadsheet.grid(tmp_path / name, "")

    assert refused.value.code == code
    assert told in refused.value.found


@pytest.mark.parametrize("renamed", [{}, {"国": "entity"}])
def test_below_a_head_of_ours_names_become_ids_as_below_any_other(data, renamed):
    head = "国" if renamed else "entity"
    file = data.parent / "a.csv"
    file.write_text(f"{head},period,value\nGermany,2030,12.5\ngermany,2031,13\n日本,2030,9.5\njapan,2031,10\n", encoding="utf-8")
    asked = Asked(file, "observations", renamed=renamed, filled=TOLD)

    found = looking.looked(data, EDITION, asked, Recipe("observations"), as_it_is=True)

    assert found is not None
    assert found.recipe.labels["entity"] == {"Germany": "germany", "日本": "japan"}
    assert len(intake.plan(data, EDITION, replace(asked, renamed={}, filled=found.constants(), laid=found.laid)).new) == 4


def test_a_column_with_several_values_that_is_none_of_ours_is_not_left_out_unasked(data):
    (data.parent / "a.tsv").write_text(EUROSTAT, encoding="utf-8")

    with pytest.raises(Refusals) as refused:
        read(data, data.parent / "a.tsv")

    assert ("E2088", "unit: PC_TOT, PC_GDP") in [(problem.code, problem.found) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("cells", "code"),
    [("新規 継続 新規 継続", "E2088"), ("再集計  数え直し 確認中", "E2140"), ("1 2 1 2", "E2140"), ("新規 継続 完了 中止", "E2140")],
)
def test_a_column_that_parts_the_rows_is_chosen_from_and_any_other_is_told_what_it_is(data, cells, code):
    file = data.parent / "a.csv"
    rows = "".join(f"germany,{year},{year - 2000},{cell}\n" for year, cell in enumerate(cells.split(" "), 2030))
    file.write_text(f"国,年,値,区分\n{rows}", encoding="utf-8")

    with pytest.raises(Refusals) as refused:
        read(data, file)

    assert [problem.code for problem in refused.value.problems] == [code]


def test_a_file_of_a_hundred_thousand_numbers_is_laid_out_in_a_few_seconds(data):
    lines = ["Country," + ",".join(str(year) for year in range(1900, 2000))]
    lines += [f"{country}," + ",".join(str(number) for number in range(100)) for country in ["Germany", "Japan"] * 500]
    (data.parent / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    began = time.process_time()

    found = looking.looked(data, EDITION, Asked(data.parent / "a.csv", "observations", filled=TOLD), Recipe("observations"), as_it_is=True)

    assert found
    assert len(found.laid.sheet.rows) == 100_000
    assert time.process_time() - began < 10
