"""A mark behind a year, such as 速報, says of which stage its numbers are; where that is not known it is asked for, and no number loses it."""

from dataclasses import replace

import pytest

from evidence.curation import intake, looking
from evidence.curation.intake import Asked
from evidence.curation.recipes import Recipe
from evidence.errors import Refusals
from tests.curation.test_recipes import EDITION, cells, data, workbook
from tests.curation.test_shapes import TOLD

__all__ = ["data"]
SHAPES = {
    "wide": [["表1"], ["国", "2030年度", "2031年度{mark}"], ["ドイツ", 12.5, 13]],
    "long": [["国", "年度", "値"], ["ドイツ", "2030年度", 12.5], ["ドイツ", "2031年度{mark}", 13]],
    "ours": [["entity", "period", "value"], ["germany", "FY2030", 12.5], ["germany", "FY2031{mark}", 13]],
    "two heads": [["国", "予算の伸び", ""], ["", "2030年度", "2031年度{mark}"], ["ドイツ", 12.5, 13]],
}


def looked(data, shape: str, mark: str, recipe: Recipe | None = None, **told: str) -> looking.Looked:
    file = workbook(data, [[cell.format(mark=mark) if isinstance(cell, str) else cell for cell in row] for row in SHAPES[shape]])
    asked = Asked(file, "observations", filled=TOLD | told, far=True)
    found = looking.looked(data, EDITION, asked, recipe or Recipe("observations"), as_it_is=True)
    assert found
    return found


@pytest.mark.parametrize("mark", ["（速報）", "速報", "\n（速報値）", "(p)", "p", " p", " (Prelim.)", "［暫定］", "（ｐ）", "（preliminary）"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_mark_behind_a_year_says_of_which_stage_its_numbers_are(data, shape, mark):
    found = looked(data, shape, mark)

    assert cells(data, found, "period", "status", "value") == [
        ("FY2030" if shape in ("wide", "two heads", "ours") else "2030年度", "actual", "12.5"),
        ("FY2031", "preliminary", "13"),
    ]
    assert list(found.recipe.labels["status"].values()) == ["preliminary"]
    assert [one.code for one in found.laid.notices if one.found.endswith("→ preliminary (1)")] == ["N2089"]


@pytest.mark.parametrize("shape", SHAPES)
def test_numbers_of_a_stage_that_a_mark_gives_are_taken_in_as_such(data, shape):
    found = looked(data, shape, "（速報）")
    made = intake.plan(data, EDITION, Asked(data.parent / "adopted.xlsx", "observations", filled=found.constants(), far=True, laid=found.laid))

    assert made.new == ["germany-budget-increase-fy2030", "germany-budget-increase-fy2031"]
    assert [row[list(made.head).index("status")] for row in made.rows] == ["actual", "preliminary"]


@pytest.mark.parametrize("mark", ["（見込み）", "見込み", "e", "（r）", "（改定）"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_mark_of_which_the_stage_is_not_known_is_refused_with_the_year_it_stands_behind_until_it_is_told(data, shape, mark):
    bare = mark.strip("（）")

    with pytest.raises(Refusals) as refused:
        assert looked(data, shape, mark).laid

    (problem,) = refused.value.problems
    assert (problem.code, problem.place.column) == ("E2080", "status")
    assert problem.found.startswith(f"{bare} (1, ")
    assert f"2031{mark}" in problem.found.replace("年度", "")
    told = looked(data, shape, mark, Recipe("observations", labels={"status": {bare: "part-year"}}))
    assert [status for _, status in cells(data, told, "period", "status")] == ["actual", "part-year"]


@pytest.mark.parametrize("marks", [("確報", "確報", "速報"), ("", "", "（速報）"), ("", "（確報値）", "p")])
def test_a_line_of_marks_below_years_is_no_line_of_units_and_no_row(data, marks):
    file = workbook(data, [["国", "2029年度", "2030年度", "2031年度"], ["", *marks], ["ドイツ", 12.5, 13, 14]])
    found = looking.looked(data, EDITION, Asked(file, "observations", filled=TOLD), Recipe("observations"), as_it_is=True)

    assert found
    assert [status for _, status in cells(data, found, "period", "status")] == ["actual", "actual", "preliminary"]
    assert "N2081" not in {one.code for one in found.laid.notices}


def test_numbers_told_to_be_of_another_stage_than_an_actual_one_are_not_called_preliminary_unasked(data):
    found = looked(data, "wide", "（速報）", status="enacted")

    assert [(one.column, one.label, one.id) for one in found.doubts] == [("status", "速報", "preliminary")]


def test_rows_whose_mark_stands_for_nothing_are_left_out(data):
    found = looked(data, "wide", "（速報）", Recipe("observations", labels={"status": {"速報": ""}}))

    assert cells(data, found, "period", "status") == [("FY2030", "actual")]


def test_a_mark_is_left_where_it_stands_in_a_table_without_stages(data):
    file = workbook(data, [["期間", "課題"], ["2031年度（速報）", 1]])
    asked = Asked(file, "partners", renamed={"期間": "period", "課題": "number"})
    found = looking.looked(data, EDITION, asked, Recipe("partners"), as_it_is=False)

    assert found
    assert cells(data, found, "period") == [("2031年度（速報）",)]


def test_a_head_that_is_told_to_be_a_period_is_one(data):
    rows = [["国", "2030年度", "2031年度（注1）"], ["ドイツ", 12.5, 13]]
    asked = Asked(workbook(data, rows), "observations", filled=TOLD)

    found = looking.looked(data, EDITION, asked, Recipe("observations", labels={"period": {"2031年度（注1）": "FY2031"}}), as_it_is=True)

    assert found
    assert cells(data, found, "period", "value") == [("FY2030", "12.5"), ("FY2031", "13")]


@pytest.mark.parametrize("head", ["entity,measure,period,value,unit,status,source,locator,confidence", "entity,period,value,measure"])
def test_rows_of_ours_without_an_id_get_one_as_those_of_any_other_file(data, head):
    row = {"entity": "germany", "period": "2031", "value": "13", "locator": "1", **TOLD}
    file = data.parent / "a.csv"
    file.write_text(f"{head}\n{','.join(row[name] for name in head.split(','))}\n", encoding="utf-8")
    filled = {name: text for name, text in TOLD.items() if name not in head.split(",")}

    found = looking.looked(data, EDITION, Asked(file, "observations", filled=filled), Recipe("observations"), as_it_is=True)

    assert found
    made = intake.plan(data, EDITION, replace(Asked(file, "observations", filled=found.constants(), far=True), laid=found.laid))
    assert made.new == ["germany-budget-increase-2031"]
