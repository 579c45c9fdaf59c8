"""The column register: every column is registered once, and a cell says what its column is."""

import csv
import json
import re

import pytest

from evidence import words
from evidence.errors import Refusal
from evidence.tables import columns
from tests.projects import PROJECT

DATE = re.compile(r"(FY)?[12][0-9]{3}(-[0-9]{2}){0,2}")


@pytest.mark.parametrize(
    ("name", "value", "row", "ja", "en"),
    [
        ("first_year", 2008, {}, "2008", "2008"),
        ("articles_last", 12828, {}, "12,828", "12,828"),
        ("annual_high_pct", 18.9207115, {}, "18.9", "18.9"),
        ("period", "FY2008/FY2024", {}, "2008年度から2024年度まで", "FY2008–2024"),
        ("periods", "1984/1987 – 2028/2034", {}, "1984年から2034年まで", "1984–2034"),
        ("periods", "FY2009 – 2021", {}, "2009年度から2021年まで", "FY2009 to calendar year 2021"),
        ("qualifier", "at-least", {}, "以上", "at least"),
        ("period", "2023-11", {}, "2023年11月", "November 2023"),
        ("published", "2019-06-21", {}, "2019年6月21日", "21 June 2019"),
        ("value", 2018.0, {"unit": "month", "period": "2018-10"}, "2018年10月", "October 2018"),
        ("in_summary", "partial", {}, "一部", "in part"),
        ("tier", "1/2", {}, "第1・第2階層", "Tiers 1 and 2"),
        ("note", "", {}, "", ""),
    ],
)
def test_a_cell_is_written_as_its_column_says(name, value, row, ja, en):
    assert [columns.column(name).cells([value], [row], lang) for lang in words.LANGUAGES] == [[ja], [en]]


def test_the_codes_of_a_column_have_the_words_of_one_family():
    told = columns.column("status").cells(["adopted", "not-found"], [{}, {}], "en")

    assert told == ["Adopted", "Not found"]


@pytest.mark.parametrize(
    ("name", "value", "code"), [("modality", "mustn't", "E344"), ("period", "lately", "E345"), ("unit", "parsec", "E344"), ("rank", "1", "E346")]
)
def test_what_has_no_words_or_is_not_registered_is_refused(name, value, code):
    with pytest.raises(Refusal) as refused:
        columns.column(name).cells([value], [{}], "ja")

    assert (refused.value.code, refused.value.place.column) == (code, name)


def test_every_code_of_a_schema_has_words_where_its_column_is_one_of_codes():
    """But for the kinds of rows, which tables of their own tell apart and no exhibit shows as they stand."""
    lacking = []
    for path in sorted((PROJECT / "data" / "schema").glob("*.json")):
        for field in json.loads(path.read_text(encoding="utf-8"))["fields"]:
            codes, column = field.get("constraints", {}).get("enum", []), columns.register().get(field["name"])
            if column and column.kind == "code" and column.name != "kind":
                try:
                    column.cells(codes, [{}] * len(codes), "ja")
                except Refusal as refused:
                    lacking.append((path.stem, field["name"], refused.found))

    assert lacking == []


def test_no_column_of_days_months_or_years_is_registered_as_text():
    """As text it would stand in a cell as it is stored: 2021-03-26, where its reader writes 2021年3月26日."""
    told, known = set(), columns.register()
    for path in sorted((PROJECT / "data").glob("20*/*.csv")):
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        texts = [name for name in rows[0] if name in known and known[name].kind == "text"]
        held = {name: {row[name] for row in rows} - {""} for name in texts}
        told |= {name for name, cells in held.items() if cells and all(DATE.fullmatch(cell) for cell in cells)}

    assert told == set()


def test_every_unit_and_family_of_the_register_has_words():
    for column in columns.register().values():
        assert all(column.labels.values()) and (not column.unit or words.complete(f"file.unit.{column.unit}")), column.name
        assert all(words.family(family) for family in column.codes), column.name


def test_every_number_has_a_unit_but_an_ordinal():
    assert {one.name for one in columns.register().values() if one.kind in columns.NUMERIC and not one.unit} == {"across", "down", "figure", "order"}


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_every_column_is_defined_and_none_by_its_name(lang):
    for column in columns.register().values():
        told = column.definitions[lang]
        assert told.strip() and told.casefold() not in (column.name, column.labels[lang].casefold()), column.name


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_no_two_columns_are_defined_alike(lang):
    named = {}
    for column in columns.register().values():
        named.setdefault(column.definitions[lang].casefold(), []).append(column.name)

    assert [names for names in named.values() if len(names) > 1] == []
