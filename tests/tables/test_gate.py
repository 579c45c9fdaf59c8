"""The input gate: every fault is refused with its code, line and column; odd but sound files pass; nothing gives a traceback."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.errors import Refusal, rules
from evidence.tables import gate, package

BROKEN = Path(__file__).parent / "broken_data"
NAMES = ["id", "value", "count", "year", "unit", "name_ja", "name_en", "locator", "as_printed"]
HEADER = ",".join(NAMES)
ROW = "nih-growth,1.4,5,2019,pct,共同研究,joint research,国際動向 ¶1,40%増"
SCHEMA = {
    "fields": [
        {"name": "id", "type": "string", "constraints": {"required": True, "pattern": "[a-z0-9-]+"}},
        {"name": "value", "type": "number"},
        {"name": "count", "type": "integer", "constraints": {"minimum": 0}},
        {"name": "year", "type": "year"},
        {"name": "unit", "type": "string", "constraints": {"required": True, "enum": ["pct", "multiple"]}},
        *({"name": name, "type": "string"} for name in NAMES[5:]),
    ],
    "primaryKey": ["id"],
}

# Where the one fault of each file stands: code -> physical line and column ("" where the whole line or file is meant).
PLACES: dict[str, tuple[int, str]] = {
    "E201": (3, "value"), "E202": (3, "value"), "E203": (3, "value"), "E204": (3, "value"), "E205": (3, "year"), "E206": (3, "value"),
    "E207": (3, "value"), "E208": (3, "year"), "E209": (3, "count"), "E210": (3, "count"), "E211": (3, "year"), "E212": (3, "value"),
    "E219": (3, ""), "E222": (1, ""), "E223": (2, ""), "E224": (1, ""), "E225": (3, ""), "E226": (3, "name_en"), "E227": (3, "name_ja"),
    "E228": (1, ""), "E229": (1, ""), "E230": (3, ""), "E231": (3, ""), "E232": (1, "unit"), "E233": (1, "valeu"), "E234": (1, "value"),
    "E235": (3, "value"), "E236": (3, "name_en"), "E237": (3, "id"), "E238": (4, "id"), "E239": (1, ""), "E240": (3, "name_en"),
    "E241": (3, "name_en"), "E242": (3, "name_en"), "E243": (3, "name_ja"), "E244": (3, "unit"), "E245": (3, "unit"), "E246": (3, "id"),
    "E247": (3, "count"), "E248": (4, "id"), "E250": (3, "name_en"), "E251": (3, "locator"),
    "E253": (3, "name_ja"), "E254": (3, "name_en"),
}  # fmt: skip
TESTED = {
    "build/test_pipeline.py": "E266",
    "book/test_staging.py": "E258",
    "test_disk.py": "E292 E293 E294 E2121",
    "editions/test_offered.py": "E284 E285 E287",
    "test_root.py": "E295 E2120 E2122",
    "cli/test_ids.py": "E297",
    "cli/test_publishing.py": "E2126",
    "cli/test_app.py": "E213 E214 E215 E216 E217 E218 E283 E296",
    "curation/test_corrections.py": "E280 E281 E282 E288 E291",
    "tables/test_edition.py": "E220 E221",
    "tables/test_gate.py": "E260 E263",
    "tables/test_facts.py": "E249 E256 E257 E299 E2001",
    "curation/test_identifiers.py": "E286",
    "curation/test_spreadsheet.py": "E255 E2084 E2085",
    "curation/test_recipes.py": "E2080 E2081 E2082 E2083",
    "curation/test_shapes.py": "E2139 E2140 E2086 E2087 E2088 E2095 E2096 E2097",
    "curation/test_sdmxml.py": "E2125",
    "curation/test_forms.py": "E2089",
    "build/test_indicators.py": "E2100 E2101 E2102 E2103 E2104 E2105 E2106 E2107 E2116 E2117",
    "curation/test_scaffold.py": "E2108 E2109 E2111 E2112",
    "curation/test_stated.py": "E2110",
    "build/test_preview.py": "E2113",
    "build/test_batches.py": "E2123",
    "build/test_checks.py": "E259 E2124 E2141",
    "curation/test_intake.py": "E252 E270 E271 E272 E273 E274 E275 E276 E277 E278 E279 E289",
    "tables/test_package.py": "E261 E262 E264 E265",
    "checking/test_review.py": "E290",
    "checking/test_limits.py": "E298",
    "curation/test_succession.py": "E267 E268 E269 E2090",
    "tables/test_corrections.py": "E200",
}
ELSEWHERE = {code: name for name, codes in TESTED.items() for code in codes.split()}


def refused(content: str | bytes, folder: Path) -> list[tuple[str, int | None, str, str]]:
    """What the gate says of this file: code, line, column, value found."""
    path = folder / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return [(problem.code, problem.place.line, problem.place.column, problem.found) for problem in gate.rows(path, SCHEMA)[1]]


@pytest.mark.parametrize("code", sorted(PLACES))
def test_each_broken_file_is_refused_once_with_its_code_line_and_column(code: str) -> None:
    problems = gate.rows(BROKEN / f"{code}.csv", SCHEMA)[1]

    assert [(problem.code, problem.place.line, problem.place.column) for problem in problems] == [(code, *PLACES[code])]


@pytest.mark.parametrize("code", sorted(code for code in rules() if code.startswith("E2")))
def test_every_rule_for_input_has_a_broken_file_or_a_test(code: str) -> None:
    tested = code in PLACES or f'"{code}' in (Path(__file__).parents[1] / ELSEWHERE[code]).read_text(encoding="utf-8")

    assert tested
    assert all(rules()[code][part] for part in ("what_ja", "what_en", "rule_ja", "rule_en", "example"))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("-", "E202"), ("n/a", "E202"), ("NA", "E202"), ("**", "E202"), ("#N/A", "E202"), ("不明", "E202"), ("NaN", "E202"),
        ("-Infinity", "E203"), ("1e999", "E203"), ("0.12345678901234567", "E204"), ("１，２３４", "E205"), ("１.５", "E205"),
        ("−5", "E206"), ("－5", "E206"), ("▲5", "E206"), ("–5", "E206"), ("(1,234)", "E206"), ("5-", "E206"), ("1 234", "E207"),
        ("R7", "E208"), ("H30", "E208"), ("FY2025", "E208"), ("2025/26", "E208"), ("2019年度", "E208"), ("平成31年", "E208"),
        ("01", "E209"), ("2,386百万円", "E212"), ("¥5", "E212"), ("+5", "E201"), ("1.", "E201"), (".5", "E201"), ("five", "E201"),
    ],
)  # fmt: skip
def test_no_number_is_guessed(value: str, code: str, tmp_path: Path) -> None:
    row = ROW.replace("1.4", f'"{value}"')

    assert refused(f"{HEADER}\n{row}\n", tmp_path) == [(code, 2, "value", value)]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠"])
def test_a_text_never_starts_like_a_formula(start: str, tmp_path: Path) -> None:
    row = ROW.replace("joint research", f'"{start}1+1"')

    assert refused(f"{HEADER}\n{row}\n", tmp_path) == [("E240", 2, "name_en", f"{start}1+1")]


@pytest.mark.parametrize("text", ["\u200b", "\u2066", "\u200f", "\ufeff", "\u00ad"])
def test_unseen_characters_are_refused_wherever_they_stand(text: str, tmp_path: Path) -> None:
    row = ROW.replace("joint", f"jo{text}int")

    assert refused(f"{HEADER}\n{row}\n", tmp_path) == [("E242", 2, "name_en", f"jo{text}int research")]


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\n{ROW}\n".encode("utf-8-sig"),
        f"{HEADER}\n{ROW}\n".replace("\n", "\r\n").encode(),
        f"{HEADER}\n{ROW}",
        f"{HEADER.replace('id,value', 'value,id')}\n{ROW.replace('nih-growth,1.4', '1.4,nih-growth')}\n",
        f"{HEADER}\n" + ROW.replace("joint research", '"joint,\n""research"""') + "\n",
        f"{HEADER}\n" + ROW.replace("1.4", "-5").replace("nih-growth", "01") + "\n",
        f"{HEADER}\n" + ROW.replace("1.4", "9007199254740992").replace(",5,2019", ",,") + "\n",
        f"{HEADER}\n" + ROW.replace("joint research", "NA").replace("共同研究", "－０．５ではなく髙﨑①ｾﾝﾀｰ㌫"[1:]) + "\n",
        f"{HEADER}\n" + ROW.replace("joint research", "café – “naïve” x² 5 %").replace("共同研究", "国際ｶﾞｲﾄﾞ") + "\n",
        f"{HEADER}\n" + ROW.replace("joint research", "").replace("共同研究", "") + "\n",
    ],
    ids=["mark", "crlf", "no-last-line-feed", "order", "quoted", "negative", "exact", "odd-japanese", "accents", "both-empty"],
)  # fmt: skip
def test_odd_but_sound_files_pass(content: str | bytes, tmp_path: Path) -> None:
    assert refused(content, tmp_path) == []


def test_nothing_is_changed_but_the_byte_order_mark_and_crlf(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(f"{HEADER}\n{ROW.replace('joint', 'ｊｏｉｎｔ　①')}\n".replace("\n", "\r\n").encode("utf-8-sig"))

    assert list(gate.rows(path, SCHEMA)[0][0].values()) == ROW.replace("joint", "ｊｏｉｎｔ　①").split(",")


def test_lines_are_counted_as_an_editor_shows_them(tmp_path: Path) -> None:
    first = ROW.replace("joint research", '"one\ntwo\nthree"')
    second = ROW.replace("nih-growth,1.4", "anr-growth,x")

    assert refused(f"{HEADER}\n{first}\n{second}\n", tmp_path) == [("E202", 5, "value", "x")]


def test_all_problems_of_a_file_are_told_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    enum = ROW.replace("pct", "percent")
    long = ROW.replace("nih-growth,1.4", "a,1,4")
    two = ROW.replace("nih-growth", "b").replace("5,2019", "x,R1")

    problems = refused("\n".join([HEADER, enum, long, "", two, ""]), tmp_path)

    places = [problem[:3] for problem in problems]
    assert places == [("E245", 2, "unit"), ("E235", 3, "as_printed"), ("E237", 4, "id"), ("E202", 5, "count"), ("E208", 5, "year")]


def test_a_title_above_the_header_is_named_and_the_rest_is_still_checked(tmp_path: Path) -> None:
    content = f"国際動向の一覧\n\n{HEADER}\n{ROW.replace('1.4', 'x')}\n"

    assert [problem[:2] for problem in refused(content, tmp_path)] == [("E238", 1), ("E237", 2), ("E202", 4)]


def test_a_renamed_column_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    assert refused(f"{HEADER.replace('value', 'value　')}\n{ROW}\n", tmp_path) == [("E233", 1, "value　", "value　 → value")]


def test_a_duplicate_column_is_named_by_its_letters(tmp_path: Path) -> None:
    assert refused(f"{HEADER},value\n{ROW},1\n", tmp_path) == [("E234", 1, "value", "value (B, J)")]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_another_separator_is_named(separator: str, tmp_path: Path) -> None:
    content = f"{HEADER}\n{ROW}\n".replace(",", separator)

    assert refused(content, tmp_path) == [("E229", 1, "", {"\t": "tab"}.get(separator, separator))]


def test_an_older_japanese_encoding_is_named_and_shown_as_it_reads(tmp_path: Path) -> None:
    for name, shown in {"cp932": "CP932 (Shift_JIS)", "euc_jp": "EUC-JP"}.items():
        content = f"{HEADER}\n{ROW.replace(' ¶1', '')}\n".encode(name)

        assert refused(content, tmp_path) == [("E223", 2, "", f"{shown}: {ROW.replace(' ¶1', '')}")]


def test_a_quote_that_is_never_closed_is_named_where_it_opens(tmp_path: Path) -> None:
    rows = [ROW, ROW.replace("joint", '"joint'), *[ROW] * 5, ROW.replace("joint research", '"joint, research"')]

    assert [problem[:2] for problem in refused("\n".join([HEADER, *rows]), tmp_path)] == [("E230", 3)]


def test_an_unknown_code_is_refused_with_the_nearest_one(tmp_path: Path) -> None:
    assert refused(f"{HEADER}\n{ROW.replace('pct', 'pc')}\n", tmp_path) == [("E245", 2, "unit", "pc → pct")]


def test_a_word_that_the_schema_declares_is_no_missing_value(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("kind\nnone\n", encoding="utf-8")

    assert gate.rows(path, {"fields": [{"name": "kind", "type": "string", "constraints": {"enum": ["none", "budget"]}}]})[1] == []
    assert [problem.code for problem in gate.rows(path, {"fields": [{"name": "kind", "type": "string"}]})[1]] == ["E202"]


def edition(folder: Path, sources: str, claims: str) -> list[tuple[str, str, str]]:
    """What the gate says of an edition of two tables: code, place, value found."""
    place = folder / "data" / "2019-09"
    place.mkdir(parents=True)
    schemas = {
        "sources": {"fields": [{"name": "id", "type": "string"}], "primaryKey": ["id"]},
        "claims": {
            "fields": [
                {"name": "source", "type": "string"},
                {"name": "sources", "type": "string", "references": {"table": "sources", "separator": " "}},
                {"name": "kind", "type": "string"},
                {"name": "target", "type": "string", "references": {"tables": {"source": "sources", "claim": "claims"}, "field": "id", "by": "kind"}},
                {"name": "about", "type": "string", "references": {"tables": ["sources"], "words": ["japan"]}},
            ],
            "primaryKey": ["source"],
            "foreignKeys": [{"fields": ["source"], "reference": {"resource": "sources", "fields": ["id"]}}],
        },
    }
    (folder / "data" / "schema").mkdir()
    for name, schema in schemas.items():
        (folder / "data" / "schema" / f"{name}.json").write_text(json.dumps(schema), encoding="utf-8")
    (place / "sources.csv").write_text(f"id\n{sources}", encoding="utf-8")
    (place / "claims.csv").write_text(f"source,sources,kind,target,about\n{claims}", encoding="utf-8")
    package.write(place)
    return [(problem.code, str(problem.place), problem.found) for problem in gate.check(place)]


def test_ids_that_stand_where_they_should_pass(tmp_path: Path) -> None:
    assert edition(tmp_path, "S01\nS02\n", "S01,S01 S02,source,S02,japan\n,,,,\n".replace(",,,,\n", "S02,,,,\n")) == []


@pytest.mark.parametrize(
    ("claim", "column", "found"),
    [
        ("S03,,,,", "source", "S03 → S02 (sources)"),
        ("S01,S01 X9,,,", "sources", "X9 (sources)"),
        ("S01,S01  S02,,,", "sources", " (sources)"),
        ("S01,,source,zzz,", "target", "zzz (source)"),
        ("S01,,,,japa", "about", "japa → japan (sources)"),
    ],
)
def test_an_id_that_stands_nowhere_is_refused_with_the_nearest(claim: str, column: str, found: str, tmp_path: Path) -> None:
    assert edition(tmp_path, "S01\nS02\n", f"{claim}\n") == [("E260", f"data/2019-09/claims.csv:2:{column}", found)]


def test_a_table_that_cannot_be_read_does_not_blame_those_that_refer_to_it(tmp_path: Path) -> None:
    assert [code for code, *_ in edition(tmp_path, "", "S01,,,,\n")] == ["E239"]


def test_a_table_without_a_schema_is_refused(tmp_path: Path) -> None:
    edition(tmp_path, "S01\n", "S01,,,,\n")
    place = tmp_path / "data" / "2019-09"
    (place / "extra.csv").write_text("id\na\n", encoding="utf-8")
    package.write(place)

    assert [(problem.code, str(problem.place)) for problem in gate.check(place)] == [("E263", "data/2019-09/extra.csv")]


def told(problems: list[Refusal]) -> bool:
    return all(problem.text("ja") and problem.text("en") and problem.record() for problem in problems)


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=400) | st.text(max_size=200).map(lambda text: f"{HEADER}\n{text}".encode("utf-8", "replace")))
def test_no_bytes_give_a_traceback(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("bytes") / "table.csv"
    path.write_bytes(content)

    assert told(gate.rows(path, SCHEMA)[1])


@settings(max_examples=100, deadline=None)
@given(cells=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=len(NAMES), max_size=len(NAMES)))
def test_cells_that_pass_are_kept_to_the_letter(cells: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([NAMES, cells])
    path = tmp_path_factory.mktemp("cells") / "table.csv"
    path.write_text(stream.getvalue(), encoding="utf-8", newline="")

    rows, problems = gate.rows(path, SCHEMA)

    assert told(problems)
    assert problems or list(rows[0].values()) == cells


def test_what_is_refused_cannot_rearrange_the_screen(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"{HEADER},\x1b[2J\n{ROW},\n".replace("joint", "jo\u202eint"), encoding="utf-8")

    shown = "".join(problem.text(lang) for problem in gate.rows(path, SCHEMA)[1] for lang in ("ja", "en"))

    assert all(char.isprintable() or char == "\u3000" for char in shown)


LINES = ["id,value,note", "a,1,x", "a,1,y", "b,2", ",3,z", "c,,", "c,1,x,4", "注：速報", "", '"d",5,"x"', "e,=1,x", "f,1 ,国", "g,1e3,x"]


def let_through(path, schema):
    rows, problems = gate.rows(path, schema)
    return list(rows), [(one.code, one.place, one.found) for one in problems]


@given(st.lists(st.sampled_from(LINES), max_size=6), st.booleans(), st.sampled_from([1, 1 << 20]))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_table_taken_apart_by_columns_is_what_it_is_row_after_row(tmp_path, monkeypatch, lines, ended, part):
    path = tmp_path / "t.csv"
    path.write_text("\n".join([LINES[0], *lines]) + "\n" * ended, encoding="utf-8")
    schema = {"fields": [{"name": "id"}, {"name": "value", "type": "number"}, {"name": "note"}], "primaryKey": ["id"]}

    monkeypatch.setattr(gate.reading, "PART", part)
    quick = let_through(path, schema)
    with monkeypatch.context() as patched:
        patched.setattr(gate.reading, "columns", lambda *_: {})
        assert let_through(path, schema) == quick
