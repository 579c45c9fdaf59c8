"""A workbook to fill in is made for a table, and what comes back filled is read without a recipe."""

import openpyxl
import pytest

from evidence.curation import forms, intake
from evidence.curation.intake import Asked
from evidence.errors import Refusal
from tests.cli.test_correcting import project, run
from tests.curation.test_recipes import EDITION, TOLD, data

__all__ = ["data", "project"]
FILLED = {"id": "satreps-adopted-jst-amed-fy2030", "entity": "satreps", "period": "FY2030", "value": 10, "locator": "表1: 2030年度", **TOLD}


def made(data, lang="ja"):
    schema = intake.schema_of(data / EDITION, Asked(data, "observations"))
    return forms.workbook(data / EDITION, schema, "observations", lang)


def test_a_template_that_is_filled_in_is_read_without_a_recipe(data):
    book = made(data)
    sheet = book["observations"]
    heads = [cell.value for cell in sheet[1]]
    for name, value in FILLED.items():
        sheet.cell(2, heads.index(name) + 1, value)
    book.save(data.parent / "filled.xlsx")

    taken = intake.plan(data, EDITION, Asked(data.parent / "filled.xlsx", "observations"))

    assert taken.new == [FILLED["id"]]


def test_a_template_offers_the_ids_of_the_edition_and_explains_every_column(data):
    book = made(data, "en")
    sheet = book["observations"]
    heads = [cell.value for cell in sheet[1]]
    offered = {str(one.sqref)[0] for one in sheet.data_validations.dataValidation}

    assert openpyxl.utils.get_column_letter(heads.index("entity") + 1) in offered
    assert set(heads) <= {row[0] for row in book["Explained"].values}


def test_a_template_never_writes_over_a_file_that_is_there(project):
    (project / "filled.xlsx").write_bytes(b"mine")

    with pytest.raises(Refusal) as refused:
        run("template", "measures", "--out", str(project / "filled.xlsx"))

    assert refused.value.code == "E2089"
    assert (project / "filled.xlsx").read_bytes() == b"mine"
