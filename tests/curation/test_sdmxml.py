"""Data messages of SDMX-ML, with made-up numbers: each number is read with all that is said of it, wherever in the message that stands."""

import time

import pytest

from evidence.curation import spreadsheet
from evidence.curation.recipes import Recipe
from evidence.errors import Refusal
from tests.curation.test_recipes import data
from tests.curation.test_shapes import ROWS, read

__all__ = ["data"]
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<mes:{kind} xmlns:mes="http://www.sdmx.org/resources/sdmxml/schemas/{version}/message" '
    'xmlns:gen="http://www.sdmx.org/resources/sdmxml/schemas/{version}/data/generic" '
    'xmlns:com="http://www.sdmx.org/resources/sdmxml/schemas/{version}/common" '
    'xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/{version}/data/structurespecific" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><mes:Header><mes:ID>A</mes:ID>'
    '<mes:Structure structureID="RD" dimensionAtObservation="{observed}"/></mes:Header>'
)


def message(kind: str, *sets: str, version: str = "v2_1", observed: str = "TIME_PERIOD") -> str:
    """A message of this kind with these datasets."""
    return _HEAD.format(kind=kind, version=version, observed=observed) + "".join(sets) + f"</mes:{kind}>"


def dataset(content: str, more: str = 'ss:action="Replace" ss:structureRef="RD" xsi:type="ns1:DataSetType"') -> str:
    return f"<mes:DataSet {more}>{content}</mes:DataSet>"


SERIES = (
    '<Series FREQ="A" REF_AREA="DEU" xsi:type="ns1:SeriesType"><Obs TIME_PERIOD="2030" OBS_VALUE="12.5"/>'
    '<Obs TIME_PERIOD="2031" OBS_VALUE="13" OBS_STATUS="P"/></Series>'
    '<Series FREQ="A" REF_AREA="JPN"><Obs TIME_PERIOD="2030" OBS_VALUE="9.5"/><Obs TIME_PERIOD="2031" OBS_VALUE="10"/></Series>'
)
FLAT = "".join(f'<Obs REF_AREA="{area}" TIME_PERIOD="{year}" OBS_VALUE="{value}"/>' for area, year, value in ROWS)
GENERIC = "".join(
    f'<gen:Series><gen:SeriesKey><gen:Value id="FREQ" value="A"/><gen:Value id="REF_AREA" value="{area}"/></gen:SeriesKey>'
    + "".join(f'<gen:Obs><gen:ObsDimension value="{year}"/><gen:ObsValue value="{value}"/></gen:Obs>' for _, year, value in rows)
    + "</gen:Series>"
    for area, rows in (("DEU", ROWS[:2]), ("JPN", ROWS[2:]))
)
GENERIC_FLAT = "".join(
    f'<gen:Obs><gen:ObsKey><gen:Value id="REF_AREA" value="{area}"/><gen:Value id="TIME_PERIOD" value="{year}"/></gen:ObsKey>'
    f'<gen:ObsValue value="{value}"/><gen:Attributes><gen:Value id="OBS_STATUS" value="A"/></gen:Attributes></gen:Obs>'
    for area, year, value in ROWS
)
BY_AREA = (
    '<Series TIME_PERIOD="2030"><Obs REF_AREA="DEU" OBS_VALUE="12.5"/></Series>'
    '<Series TIME_PERIOD="2031"><Obs REF_AREA="DEU" OBS_VALUE="13"/></Series>'
)
OLD_GENERIC = (
    '<gen:Series><gen:SeriesKey><gen:Value concept="REF_AREA" value="DEU"/></gen:SeriesKey><gen:Obs><gen:Time>2030</gen:Time>'
    '<gen:ObsValue value="12.5"/></gen:Obs></gen:Series>'
)


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (message("StructureSpecificData", dataset(SERIES)), ROWS),
        (message("StructureSpecificTimeSeriesData", dataset(SERIES)), ROWS),
        (message("StructureSpecificData", dataset(SERIES), version="v3_0"), ROWS),
        (message("StructureSpecificData", dataset(FLAT), observed="AllDimensions"), ROWS),
        (message("StructureSpecificData", dataset(BY_AREA), observed="REF_AREA"), ROWS[:2]),
        (message("GenericData", dataset(GENERIC)), ROWS),
        (message("GenericTimeSeriesData", dataset(GENERIC)), ROWS),
        (message("GenericData", dataset(GENERIC_FLAT), observed="AllDimensions"), ROWS),
        (message("GenericData", dataset(OLD_GENERIC)), ROWS[:1]),
        (message("CompactData", dataset(SERIES, "")), ROWS),
        (message("StructureSpecificData", dataset(SERIES)).partition("\n")[2], ROWS),
    ],
    ids=["series", "time series", "3.0", "flat", "by area", "generic", "generic time series", "generic flat", "generic 2.0", "compact 2.0", "bare"],
)  # fmt: skip
def test_a_data_message_is_read(data, content, rows):
    (data.parent / "a.xml").write_text(content, encoding="utf-8")

    assert read(data, data.parent / "a.xml")[0] == rows


def lines(folder, content: str, sheet: str = "") -> list[dict[str, str]]:
    """The lines of the message, by the names of its head."""
    (folder / "a.xml").write_text(content, encoding="utf-8")
    (_, head), *found = spreadsheet.grid(folder / "a.xml", sheet).lines
    return [dict(zip(head, row, strict=True)) for _, row in found]


def test_a_number_stands_as_it_is_printed_and_one_that_is_missing_stays_so_with_its_status(tmp_path):
    content = dataset('<Series A="x"><Obs TIME_PERIOD="2030" OBS_VALUE="1.50"/><Obs TIME_PERIOD="2031" OBS_STATUS="C"/></Series>')

    found = lines(tmp_path, message("StructureSpecificData", content))

    assert [(row["OBS_VALUE"], row["OBS_STATUS"]) for row in found] == [("1.50", ""), ("", "C")]


@pytest.mark.parametrize(
    ("kind", "version", "content"),
    [
        ("StructureSpecificData", "v2_1", '<Group REF_AREA="DEU" UNIT_MULT="3" xsi:type="ns1:Sibling"/>' + SERIES),
        ("StructureSpecificData", "v3_0", '<Atts REF_AREA="DEU" UNIT_MULT="3"/>' + SERIES),
        ("StructureSpecificData", "v2_1", SERIES + '<Group REF_AREA="DEU" UNIT_MULT="3"/>'),
        ("GenericData", "v2_1", '<gen:Group type="Sibling"><gen:GroupKey><gen:Value id="REF_AREA" value="DEU"/></gen:GroupKey><gen:Attributes>'
                                '<gen:Value id="UNIT_MULT" value="3"/></gen:Attributes></gen:Group>' + GENERIC),
    ],
)  # fmt: skip
def test_what_is_said_of_a_group_of_series_is_said_of_each_of_their_numbers_and_of_no_other(tmp_path, kind, version, content):
    found = lines(tmp_path, message(kind, dataset(content), version=version))

    assert [(row["REF_AREA"], row["UNIT_MULT"]) for row in found] == [("DEU", "3"), ("DEU", "3"), ("JPN", ""), ("JPN", "")]


def test_what_is_said_of_the_whole_dataset_or_of_a_series_is_said_of_each_number(tmp_path):
    whole = dataset(SERIES, 'ss:action="Replace" UNIT="PC"')
    within = dataset('<gen:Attributes><gen:Value id="UNIT" value="PC"/></gen:Attributes>' + GENERIC)

    assert {row["UNIT"] for row in lines(tmp_path, message("StructureSpecificData", whole))} == {"PC"}
    assert {row["UNIT"] for row in lines(tmp_path, message("GenericData", within))} == {"PC"}


def test_a_part_with_several_texts_is_told_with_all_of_them(tmp_path):
    content = '<Series A="x"><Obs TIME_PERIOD="2030" OBS_VALUE="1"><Comp id="NOTE"><Value>one</Value><Value>two</Value></Comp></Obs></Series>'

    assert lines(tmp_path, message("StructureSpecificData", dataset(content), version="v3_0"))[0]["NOTE"] == "one; two"


def test_of_several_datasets_one_is_to_be_chosen(data):
    content = message("StructureSpecificData", dataset(SERIES), dataset(FLAT.replace("12.5", "1"), 'ss:structureRef="OTHER"'))
    (data.parent / "a.xml").write_text(content, encoding="utf-8")

    with pytest.raises(Refusal) as refused:
        spreadsheet.grid(data.parent / "a.xml", "")

    assert (refused.value.code, refused.value.found) == ("E270", "(RD, OTHER)")
    assert read(data, data.parent / "a.xml", Recipe("observations", sheet="RD"))[0] == ROWS
    assert read(data, data.parent / "a.xml", Recipe("observations", sheet="2"))[0][0] == ("germany", "2030", "1")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (message("Structure", "<mes:Structures><com:Name>Codes</com:Name></mes:Structures>"), "Structure"),
        (message("Error", '<mes:ErrorMessage code="100"><com:Text>No results found</com:Text></mes:ErrorMessage>'), "Error: No results found"),
        (message("StructureSpecificData", dataset("")), "StructureSpecificData"),
        (message("GenericData"), "GenericData"),
        (message("StructureSpecificData", dataset(SERIES, 'ss:action="Delete"')), "StructureSpecificData: action=Delete"),
    ],
    ids=["structure", "error", "empty", "none", "what was deleted"],
)
def test_a_message_without_data_is_told_as_such(tmp_path, content, told):
    (tmp_path / "a.xml").write_text(content, encoding="utf-8")

    with pytest.raises(Refusal) as refused:
        spreadsheet.grid(tmp_path / "a.xml", "")

    assert (refused.value.code, refused.value.found) == ("E2125", told)


@pytest.mark.parametrize(
    "content",
    [
        message("StructureSpecificData", dataset(SERIES))[:-20],
        '<!DOCTYPE a [<!ENTITY b "12">]>' + message("StructureSpecificData", dataset(SERIES)).partition("\n")[2].replace('"13"', '"&b;"'),
    ],
    ids=["cut off", "with entities"],
)
def test_a_message_that_is_no_sound_xml_is_refused(tmp_path, content):
    (tmp_path / "a.xml").write_text(content, encoding="utf-8")

    with pytest.raises(Refusal) as refused:
        spreadsheet.grid(tmp_path / "a.xml", "")

    assert (refused.value.code, refused.value.found.startswith("SDMX-ML")) == ("E2087", True)


def test_a_hundred_thousand_numbers_are_read_in_seconds(tmp_path):
    one = '<Series A="{}">' + "".join(f'<Obs TIME_PERIOD="{year}" OBS_VALUE="{year}.5"/>' for year in range(1900, 2000)) + "</Series>"
    content = message("StructureSpecificData", dataset("".join(map(one.format, range(1_000)))))
    began = time.process_time()

    assert len(lines(tmp_path, content)) == 100_000
    assert time.process_time() - began < 5
