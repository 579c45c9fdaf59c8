"""A ministry's sheet, as it comes, becomes rows by a recipe that is proposed, kept, and used again next year."""

import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from evidence.curation import intake, looking, recipes, succession
from evidence.curation.intake import Asked
from evidence.curation.recipes import Recipe
from evidence.errors import Refusal, Refusals
from evidence.tables import gate
from tests.curation.test_succession import PROJECT

EDITION = "2027-03"
TOLD = {"measure": "adopted-jst-amed", "unit": "projects", "status": "actual", "source": "S173", "confidence": "high"}
SHEET = [
    ["表1 採択件数"], ["（単位：件）"], [], ["事業", "2030年度", "2031年度"], ["SATREPS", 10, 11], ["合計", 10, 11], ["（注）速報値"],
]  # fmt: skip


@pytest.fixture
def data(tmp_path) -> Path:
    for folder in ("schema", "2019-09", "2026-11"):
        shutil.copytree(PROJECT / "data" / folder, tmp_path / "data" / folder)
    succession.begin(tmp_path / "data", EDITION, "2026-11")
    return tmp_path / "data"


def workbook(data: Path, rows: list[list[object]], name: str = "adopted.xlsx") -> Path:
    book = openpyxl.Workbook()
    book.active.title = "表1"
    for row in rows:
        book.active.append(row)
    book.save(data.parent / name)
    return data.parent / name


def looked(data: Path, file: Path, recipe: Recipe | None = None) -> looking.Looked:
    found = looking.looked(data, EDITION, Asked(file, "observations", filled=TOLD), recipe or Recipe("observations"), as_it_is=False)
    assert found
    return found


def taken(data: Path, found: looking.Looked, file: Path) -> intake.Taken:
    return intake.plan(data, EDITION, Asked(file, found.recipe.table, filled=found.constants(), laid=found.laid))


def cells(data: Path, found: looking.Looked, *names: str) -> list[tuple[str, ...]]:
    sheet = found.laid.sheet
    return [tuple(row[sheet.header.index(name)] for name in names) for row in sheet.rows]


def test_a_wide_sheet_with_titles_a_total_and_a_note_becomes_one_row_for_each_number(data):
    file = workbook(data, SHEET)

    found = looked(data, file)
    made = taken(data, found, file)

    assert cells(data, found, "entity", "period", "value", "locator") == [
        ("satreps", "FY2030", "10", "表1: SATREPS, 2030年度"), ("satreps", "FY2031", "11", "表1: SATREPS, 2031年度"),
    ]  # fmt: skip
    assert made.new == ["satreps-adopted-jst-amed-fy2030", "satreps-adopted-jst-amed-fy2031"]
    assert {notice.code for notice in made.notices} == {"N2080", "N2082", "N2083", "N2085", "N2089"}


def test_a_recipe_that_is_kept_reads_the_next_file_and_says_what_differs(data):
    file = workbook(data, SHEET)
    found = looked(data, file)
    made = taken(data, found, file)
    texts = dict(zip(("adopted.yml", "adopted.json"), recipes.kept(found.recipe, file, made.new), strict=True))
    intake.write(data, EDITION, "observations", made, texts)
    later = workbook(data, [["速報"], *[[*row, 12] if len(row) == 3 else row for row in SHEET]], "later.xlsx")
    book = openpyxl.load_workbook(later)
    book.active["D5"] = "2032年度"
    book.save(later)

    again = looked(data, later, recipes.opened(data / EDITION, "adopted"))

    assert recipes.opened(data / EDITION, "adopted") == found.recipe
    assert [str(notice.place.column) for notice in again.changed] == ["head"]
    assert taken(data, again, later).new == ["satreps-adopted-jst-amed-fy2032"]
    assert gate.check(data / EDITION) == []


def test_a_mark_or_total_that_the_recipe_did_not_know_is_read_as_the_first_file_would_be_and_told(data):
    first = looked(data, workbook(data, [["事業", "2030年度", "2031年度"], ["SATREPS", 10, "－"], ["合計", 10, 11]]))
    later = workbook(data, [["事業", "2030年度", "2031年度"], ["SATREPS", "…", 12], ["合計", 10, 12], ["総計", 10, 12]], "later.xlsx")

    again = looked(data, later, first.recipe)

    assert cells(data, again, "period", "value") == [("FY2031", "12")]
    assert [(one.place.column, one.found) for one in again.laid.notices if one.code == "N2090"] == [("missing", "…"), ("skip", "総計")]


def test_a_kept_recipe_is_hashed_by_the_descriptor_and_goes_into_the_next_edition(data):
    file = workbook(data, SHEET)
    found = looked(data, file)
    made = taken(data, found, file)
    intake.write(data, EDITION, "observations", made, {"adopted.yml": recipes.kept(found.recipe, file, made.new)[0]})

    succession.begin(data, "2028-03", EDITION)
    (data / EDITION / "imports" / "adopted.yml").write_text("table: observations\n", encoding="utf-8")

    assert [problem.code for problem in gate.check(data / EDITION)] == ["E264"]
    assert recipes.opened(data / "2028-03", "adopted") == found.recipe
    assert gate.check(data / "2028-03") == []


def test_a_fact_that_the_table_has_keeps_its_id(data):
    file = workbook(data, [["事業", "2020年度"], ["SATREPS", 12]])

    assert list(taken(data, looked(data, file), file).changed) == ["satreps-adopted-fy2020"]


def test_a_label_that_is_no_name_is_told_once_with_its_rows_and_the_nearest_id(data):
    file = workbook(data, [["国", "2020", "2021"], ["Germny", 1, 2], ["Atlantis", 3, 4], ["Germany", 5, 6]])
    found = looked(data, file)

    with pytest.raises(Refusals) as refused:
        _ = found.laid

    assert [(problem.code, problem.found) for problem in refused.value.problems] == [
        ("E2080", "Germny (2) → germany"), ("E2080", "Atlantis (2)"),
    ]  # fmt: skip
    settled = looking.answered(found, {("entity", "Germny"): "germany", ("entity", "Atlantis"): ""})
    assert cells(data, settled, "entity", "value") == [("germany", "1"), ("germany", "2"), ("germany", "5"), ("germany", "6")]


@pytest.mark.parametrize(("text", "code"), [("table: [", "E2082"), ("table: observations\ncolums: {a: b}\n", "E2082"), ("head: x", "E2082")])
def test_what_is_no_recipe_is_refused(data, text, code):
    (data / EDITION / "imports").mkdir()
    (data / EDITION / "imports" / "odd.yml").write_text(text, encoding="utf-8")

    with pytest.raises(Refusal) as refused:
        recipes.opened(data / EDITION, "odd")

    assert refused.value.code == code


def test_a_recipe_that_is_not_there_is_refused_with_the_nearest(data):
    (data / EDITION / "imports").mkdir()
    (data / EDITION / "imports" / "adopted.yml").write_text("table: observations\n", encoding="utf-8")

    with pytest.raises(Refusal) as refused:
        recipes.opened(data / EDITION, "adoptd")

    assert (refused.value.code, refused.value.found) == ("E2081", "adoptd → adopted")


def test_a_column_that_a_recipe_names_and_the_file_lacks_is_refused(data):
    file = workbook(data, SHEET)

    with pytest.raises(Refusal) as refused:
        looked(data, file, Recipe("observations", columns={"事業名": "entity"}))

    assert (refused.value.code, refused.value.found) == ("E2083", "事業名 → 事業")


def test_every_column_that_the_file_lacks_is_named_at_once_and_where_it_was_asked_for(data):
    file = workbook(data, SHEET)

    with pytest.raises(Refusal) as refused:
        looked(data, file, Recipe("observations", columns={"事業名": "entity", "備考": ""}))

    assert refused.value.found == "事業名 → 事業, 備考"
    assert "--map" in refused.value.text("en") and "--map" in refused.value.text("ja")


def test_a_country_whose_code_is_a_word_of_yaml_stays_a_label(data):
    recipe = replace(Recipe("observations"), labels={"entity": {"NO": "norway", "2019": ""}})
    file = workbook(data, SHEET)
    (data / EDITION / "imports").mkdir()
    recipes.path(data / EDITION, "odd").write_text(recipes.kept(recipe, file, [])[0].replace("'NO'", "NO"), encoding="utf-8")

    assert recipes.opened(data / EDITION, "odd") == recipe
