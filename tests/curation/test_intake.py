"""What an analyst's spreadsheet becomes: rows in a table, or a refusal that says where, and never a change that was not told."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.curation import intake, normal, succession
from evidence.curation.intake import Asked
from evidence.errors import Refusal, Refusals, rules
from evidence.tables import cells, gate, package
from tests.curation.test_succession import FIRST, PROJECT, contents

EDITION = "2026-11"
NUMBER, YEAR = {"name": "value", "type": "number"}, {"name": "year", "type": "year"}
PERIOD = {"name": "period", "type": "string", "constraints": {"pattern": "^(FY)?[12][0-9]{3}$"}}
TEXT = {"name": "name", "type": "string"}


@pytest.fixture(scope="module")
def begun(tmp_path_factory) -> Path:
    """An edition begun, from which each test has a copy of its own."""
    data = tmp_path_factory.mktemp("begun") / "data"
    shutil.copytree(PROJECT / "data" / "schema", data / "schema")
    shutil.copytree(PROJECT / "data" / FIRST, data / FIRST)
    succession.begin(data, EDITION, FIRST)
    return data


@pytest.fixture
def project(begun, tmp_path) -> Path:
    return Path(shutil.copytree(begun, tmp_path / "data"))


def file(project: Path, content: str | bytes, name: str = "sheet.csv") -> Path:
    path = project.parent / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


MEASURES = "id,name_ja,name_en,unit,unit_ja,unit_en\n"
NEW = "adopted,採択件数①髙﨑,Projects adopted,projects,件,projects\n"


@pytest.mark.parametrize(
    ("field", "found", "used"),
    [
        (NUMBER, "２０２５", "2025"), (NUMBER, "１，２３４", "1234"), (NUMBER, "−5", "-5"), (NUMBER, "－5", "-5"), (NUMBER, "△5", "-5"),
        (NUMBER, "▲1,234", "-1234"), (NUMBER, "1,234.5", "1234.5"), (NUMBER, "　5 ", "5"),
        (YEAR, "令和元年", "2019"), (YEAR, "平成31年", "2019"), (YEAR, "平成元年", "1989"), (YEAR, "昭和64年", "1989"), (YEAR, "R7", "2025"),
        (YEAR, "FY2025", "2025"), (YEAR, "２０２５年度", "2025"),
        (PERIOD, "令和6年度", "FY2024"), (PERIOD, "令和6年", "2024"), (PERIOD, "平成31年度", "FY2019"), (PERIOD, "令和元年度", "FY2019"),
        (PERIOD, "2024年度", "FY2024"), (PERIOD, "ＦＹ２０２４", "FY2024"), (TEXT, "　国①　", "国①"),
    ],
)  # fmt: skip
def test_what_is_beyond_doubt_is_set_right_with_a_notice(field, found, used):
    taken, code = normal.used(field, found)

    assert taken == used
    assert all(rules()[code][part] for part in ("what_ja", "what_en", "rule_ja", "rule_en", "example"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (NUMBER, "-5"), (NUMBER, "0.5"), (NUMBER, "1,23"), (NUMBER, "1,234百万円"), (NUMBER, "(1,234)"), (NUMBER, "–5"), (NUMBER, "①"),
        (NUMBER, "007"),        (NUMBER, "1e3"), (NUMBER, "NaN"), (NUMBER, "-"), (NUMBER, "△"), (NUMBER, "９００７１９９２５４７４０９９３x"),
        (YEAR, "平成32年"), (YEAR, "令和0年"), (YEAR, "昭和65年"), (YEAR, "2025/26"), (YEAR, "6年"), (PERIOD, "R6"), (PERIOD, "昭和64年度"),
        (PERIOD, "令和6年度末"), (TEXT, "２０２５"), (TEXT, "㌫①"),
    ],
)  # fmt: skip
def test_what_is_sound_or_in_doubt_stays_as_it_is(field, value):
    assert normal.used(field, value) == (value, "")


@given(st.text(alphabet="0123456789０１２３,，.．-−－△▲()　 年度令和平成FYR元百万%", max_size=10), st.sampled_from([NUMBER, YEAR, PERIOD]))
def test_setting_right_twice_is_setting_right_once_and_a_sound_number_is_never_touched(value, field):
    once, code = normal.used(field, value)

    assert normal.used(field, once) == (once, "")
    assert (code != "") == (once != value)
    if field is NUMBER and not cells.number(value) and value:
        assert once == value


@pytest.mark.parametrize(("encoding", "told"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("cp932", "CP932")])
def test_a_table_reads_the_same_in_every_accepted_encoding_and_line_end(project, encoding, told):
    texts = [
        intake.plan(project, EDITION, Asked(file(project, (MEASURES + NEW).replace("\n", end).encode(encoding)), "measures"))
        for end in ("\n", "\r\n", "\r")
    ]

    assert {taken.form for taken in texts} == {told}
    assert len({taken.text for taken in texts}) == 1
    assert texts[0].text.endswith(NEW)


def test_rows_are_new_changed_or_equal_and_every_other_line_keeps_its_bytes(project):
    table = project / EDITION / "measures.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = lines[2].replace(",", ",x", 1)

    taken = intake.plan(project, EDITION, Asked(file(project, lines[0] + lines[1] + changed + NEW), "measures"))
    intake.write(project, EDITION, "measures", taken)

    assert (len(taken.new), list(taken.changed), len(taken.equal)) == (1, [lines[2].split(",")[0]], 1)
    assert table.read_text(encoding="utf-8").splitlines(keepends=True) == [*lines[:2], changed, *lines[3:], NEW]
    assert gate.check(project / EDITION) == []


def test_columns_that_the_file_does_not_have_keep_what_the_row_said(project):
    table = project / EDITION / "measures.csv"
    first = table.read_text(encoding="utf-8").splitlines()[1].split(",")

    taken = intake.plan(project, EDITION, Asked(file(project, f"id,名称\n{first[0]},新しい名\n"), "measures", renamed={"名称": "name_ja"}))

    assert taken.changed == {first[0]: {"name_ja": (first[1], "新しい名")}}


def workbook(project: Path, rows: list[list[object]], *more: str) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for title in more:
        book.create_sheet(title)
    book.save(project.parent / "sheet.xlsx")
    return project.parent / "sheet.xlsx"


HEADER = MEASURES.strip().split(",")


def test_a_workbook_reads_as_its_csv_would(project):
    made = workbook(project, [HEADER, NEW.strip().split(","), [None] * 6])

    assert intake.plan(project, EDITION, Asked(made, "measures")).text.endswith(NEW)


def test_a_workbook_of_several_sheets_needs_one_named(project):
    made = workbook(project, [HEADER, NEW.strip().split(",")], "注")

    with pytest.raises(Refusal) as refused:
        intake.plan(project, EDITION, Asked(made, "measures"))

    assert refused.value.code == "E270"
    assert intake.plan(project, EDITION, Asked(made, "measures", sheet="Sheet")).new == ["adopted"]


@pytest.mark.parametrize(
    ("change", "code", "line", "column"),
    [
        (lambda sheet: sheet.merge_cells("A2:A3"), "E271", 2, "A"),
        (lambda sheet: sheet.__setitem__("B2", "=1+1"), "E272", 2, "B"),
        (lambda sheet: setattr(sheet["D2"], "value", 0.34) or setattr(sheet["D2"], "number_format", "0%"), "E274", 2, "D"),
        (lambda sheet: setattr(sheet["D2"], "value", 12345) or setattr(sheet["D2"], "number_format", "#,##0,"), "E274", 2, "D"),
    ],
)
def test_what_a_workbook_hides_is_refused_with_its_cell(project, change, code, line, column):
    path = workbook(project, [HEADER, NEW.strip().split(",")])
    book = openpyxl.load_workbook(path)
    change(book.active)
    book.save(path)

    with pytest.raises(Refusals) as refused:
        intake.plan(project, EDITION, Asked(path, "measures"))

    assert [(problem.code, problem.place.line, problem.place.column) for problem in refused.value.problems] == [(code, line, column)]


def test_what_is_no_workbook_is_refused_in_words(project):
    with pytest.raises(Refusal) as refused:
        intake.plan(project, EDITION, Asked(file(project, b"id,name\n", "old.xlsx"), "measures"))

    assert refused.value.code == "E273"


@pytest.mark.parametrize(
    ("content", "options", "codes"),
    [
        (MEASURES + NEW, {"table": "measure"}, ["E263"]),
        (MEASURES.replace("unit_en", "units") + NEW, {}, ["E233"]),
        (MEASURES + NEW, {"renamed": {"予算": "unit"}}, ["E232"]),
        (MEASURES + NEW, {"renamed": {"id": "idd"}}, ["E233"]),
        (MEASURES + NEW, {"filled": {"note": "x"}}, ["E233"]),
        (MEASURES + NEW, {"table": "../schema/measures"}, ["E263"]),
        (MEASURES + NEW, {"table": "ids"}, ["E263"]),
        (MEASURES + NEW, {"filled": {"unit": "pct"}}, ["E234"]),
        (MEASURES + NEW, {"filled": {"id": "a-{period}"}}, ["E234"]),
        (MEASURES.rstrip("\n") + ",\n" + NEW.rstrip("\n") + ",lost\n", {}, ["E233"]),
        (MEASURES + NEW + NEW, {}, ["E248"]),
        ("名称\n採択\n", {"renamed": {"名称": "name_ja"}}, ["E276"]),
        ("表1 指標\n" + MEASURES + NEW, {}, ["E238"]),
    ],
)  # fmt: skip
def test_a_file_that_does_not_fit_is_refused_and_nothing_is_written(project, content, options, codes):
    before = contents(project)

    with pytest.raises((Refusal, Refusals)) as refused:
        intake.plan(project, EDITION, Asked(file(project, content), **{"table": "measures"} | options))

    assert [problem.code for problem in getattr(refused.value, "problems", [refused.value])] == codes
    assert contents(project) == before


def test_what_the_whole_edition_would_have_wrong_is_refused_and_nothing_is_written(project):
    before = contents(project)
    with pytest.raises(Refusals) as refused:
        intake.plan(
            project, EDITION, Asked(file(project, "id,funder,growth_kind,measure_kind,source,locator\nzz,nobody,none,none,S01,x\n"), "trends")
        )

    assert {problem.code for problem in refused.value.problems} >= {"E260"}
    assert contents(project) == before


def test_an_edition_that_a_later_one_was_copied_from_takes_nothing_in(project):
    succession.begin(project, "2027-03", EDITION)

    with pytest.raises(Refusal) as refused:
        intake.plan(project, EDITION, Asked(file(project, MEASURES + NEW), "measures"))

    assert (refused.value.code, refused.value.found) == ("E289", EDITION)


def test_a_table_keeps_its_byte_order_mark_and_its_line_ends(project):
    path = project / EDITION / "measures.csv"
    before = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(before)
    package.write(project / EDITION)

    taken = intake.plan(project, EDITION, Asked(file(project, MEASURES + NEW), "measures"))
    intake.write(project, EDITION, "measures", taken)

    assert path.read_bytes().startswith(before) and path.read_bytes().count(b"\r\n") == before.count(b"\r\n") + 1


@pytest.mark.parametrize("raw", [b"", "識別子\n".encode("cp932"), b"idd,unit\na,b\n"])
def test_a_table_that_is_broken_already_is_refused_before_anything_is_put_into_it(project, raw):
    (project / EDITION / "measures.csv").write_bytes(raw)

    with pytest.raises((Refusal, Refusals)) as refused:
        intake.plan(project, EDITION, Asked(file(project, MEASURES + NEW), "measures"))

    assert "measures.csv" in str(getattr(refused.value, "problems", [refused.value])[0].place)


def test_an_edition_whose_ids_are_registered_counts_as_published(project):
    (project / "ids.csv").write_text(f"id,kind,unit,first_edition,about_ja,about_en\ngrowth,figure,,{EDITION},,\n", encoding="utf-8")

    assert intake.registered(project, EDITION)
    assert not intake.registered(project, "2027-03")


def test_a_number_written_with_other_decimals_is_the_same_number(observed):
    asked = Asked(file(observed, OBSERVED.format("2018年度,10.0")), "observations", renamed=RENAMED, filled=FILL)

    assert intake.plan(observed, EDITION, asked).changed == {}


def test_a_fiscal_year_that_only_the_format_of_the_cell_tells_is_a_fiscal_year(observed):
    made = workbook(observed, [["年", "採択"], [2018, 10], [2019, 12]])
    book = openpyxl.load_workbook(made)
    for cell in (book.active["A2"], book.active["A3"]):
        cell.number_format = '0"年度"'
    book.save(made)

    taken = intake.plan(observed, EDITION, Asked(made, "observations", renamed=RENAMED, filled=FILL))

    assert taken.equal == ["satreps-adopted-fy2018", "satreps-adopted-fy2019"]


OBSERVED = "年,採択\n{}\n"
FILL = {
    "entity": "satreps", "measure": "adopted", "unit": "projects", "status": "actual", "source": "S01", "locator": "表", "confidence": "high",
    "id": "satreps-adopted-{period}",
}  # fmt: skip
RENAMED = {"年": "period", "採択": "value"}


@pytest.fixture
def observed(project) -> Path:
    """An edition with a series of two years."""
    for table, text in (("entities", "id,kind,name_ja,name_en,order\nsatreps,programme,SATREPS,SATREPS,1\n"), ("measures", MEASURES + NEW)):
        intake.write(project, EDITION, table, intake.plan(project, EDITION, Asked(file(project, text), table)))
    read = Asked(file(project, OBSERVED.format("2018年度,10\n2019年度,12")), "observations", renamed=RENAMED, filled=FILL)
    intake.write(project, EDITION, "observations", intake.plan(project, EDITION, read))
    return project


def test_ids_are_made_from_the_cells_of_their_row(observed):
    lines = (observed / EDITION / "observations.csv").read_text(encoding="utf-8").splitlines()

    assert [line.split(",")[0] for line in lines] == ["id", "satreps-adopted-fy2018", "satreps-adopted-fy2019"]


@pytest.mark.parametrize(("value", "far", "codes"), [("1400", False, ["E279"]), ("0.12", False, ["E279"]), ("1400", True, []), ("30", False, [])])
def test_a_new_number_far_from_its_series_is_refused_unless_accepted(observed, value, far, codes):
    asked = Asked(file(observed, OBSERVED.format(f"2020年度,{value}")), "observations", renamed=RENAMED, filled=FILL, far=far)
    try:
        found = [] if intake.plan(observed, EDITION, asked).new else ["nothing"]
    except Refusals as refused:
        found = [problem.code for problem in refused.problems]

    assert found == codes


@pytest.mark.parametrize(
    ("period", "value", "code", "column"),
    [
        ("2020年度", "△14", "E247", "value"), ("FY2020", "-14", "E247", "value"), ("令和99年", "14", "E252", "period"),
        ("2027/2024", "14", "E252", "period"), ("FY2025/2026", "14", "E252", "period"), ("2026-02-30", "14", "E252", "period"),
    ],
)  # fmt: skip
def test_a_negative_count_and_a_period_that_is_none_are_refused(observed, period, value, code, column):
    asked = Asked(file(observed, OBSERVED.format(f"{period},{value}")), "observations", renamed=RENAMED, filled=FILL | {"id": "negative-or-odd"})

    with pytest.raises(Refusals) as refused:
        intake.plan(observed, EDITION, asked)

    assert [(problem.code, problem.place.column) for problem in refused.value.problems] == [(code, column)]


def test_a_unit_that_is_not_the_measures_is_refused_with_its_line(observed):
    asked = Asked(file(observed, OBSERVED.format("2020年度,14")), "observations", renamed=RENAMED, filled=FILL | {"unit": "jpy-m"})

    with pytest.raises(Refusals) as refused:
        intake.write(observed, EDITION, "observations", intake.plan(observed, EDITION, asked))

    assert [(problem.code, problem.place.line, problem.place.column, problem.found) for problem in refused.value.problems] == [
        ("E278", 2, "unit", "jpy-m → projects")
    ]


def test_a_number_that_jumped_against_the_edition_before_is_refused_unless_it_is_registered(project):
    table = project / EDITION / "claims.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace(",2386,", ",238600,", 1), encoding="utf-8")
    succession.package.write(project / EDITION)
    problems = gate.check(project / EDITION)

    assert [(problem.code, problem.found) for problem in problems] == [("E277", "2386 → 238600 (10^2)")]


def test_fiscal_and_calendar_years_in_one_column_are_refused_with_the_odd_line(project):
    with pytest.raises(Refusals) as refused:
        intake._set_right(intake.Sheet("s.csv", ["year"], 1, [["2024年度"], ["2025年"], ["2026"]], [2, 3, 4]), {"fields": [YEAR]})

    assert [(problem.code, problem.place.line) for problem in refused.value.problems] == [("E275", 3)]
