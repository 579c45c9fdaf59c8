"""The whole corpus: every seeded fault is refused, or set right with a notice, at its line and column; nothing sound is refused."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.curation import intake
from evidence.curation.intake import Asked
from evidence.errors import Refusal, Refusals
from evidence.tables import cells, gate
from tests.tables.corpus import NAMES, SCHEMA, Case, faulty, odd, text

FAULTY, ODD = faulty(), odd()


def refused(content: bytes, folder: Path) -> list[Refusal]:
    path = folder / "series.csv"
    path.write_bytes(content)
    return gate.rows(path, SCHEMA)[1]


def places(problems: list[Refusal]) -> list[tuple[str, int | None, str]]:
    return [(problem.code, problem.place.line, problem.place.column) for problem in problems]


def test_the_corpus_is_large_enough_and_covers_the_list():
    assert (len(FAULTY) >= 60, len(ODD) >= 10) == (True, True)
    assert {case.row for case in FAULTY} >= {f"B{number}" for number in (*range(1, 6), *range(6, 19), 20)}
    assert len({case.content for case in FAULTY}) == len(FAULTY)


@pytest.mark.parametrize("case", FAULTY, ids=lambda case: case.name)
def test_every_fault_is_refused_at_its_line_and_column_and_nothing_else_is(case: Case, tmp_path):
    problems = refused(case.content, tmp_path)

    assert sorted(places(problems), key=str) == sorted(case.refused, key=str)
    for problem in problems:
        for lang, stop in (("ja", "規則"), ("en", "Rule")):
            assert "series.csv" in problem.text(lang)
            assert stop in problem.text(lang)


@pytest.fixture
def edition(tmp_path) -> Path:
    """An edition with an empty place for the table."""
    (tmp_path / "data" / "schema").mkdir(parents=True)
    (tmp_path / "data" / "schema" / "series.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    (tmp_path / "data" / "2026-11").mkdir()
    intake.package.write(tmp_path / "data" / "2026-11")
    return tmp_path / "data"


@pytest.mark.parametrize("case", FAULTY, ids=lambda case: case.name)
def test_an_import_sets_right_what_is_beyond_doubt_and_refuses_the_rest(case: Case, edition):
    path = edition.parent / "sheet.csv"
    path.write_bytes(case.content)
    try:
        taken = intake.plan(edition, "2026-11", Asked(path, "series"))
    except (Refusal, Refusals) as said:
        problems = said.problems if isinstance(said, Refusals) else [said]
        assert case.notices is None
        absent = {"E2095"} if case.name == "B7-missing" else set()  # what an import must be told is asked for with what may fill it
        assert {problem.code for problem in problems} <= {code for code, *_ in case.refused} | absent
    else:
        missing_column = case.name == "B7-missing"  # on import a column that is not there keeps what the table has
        assert missing_column or case.notices is not None
        assert places(taken.notices) == list(case.notices or ())
        for notice in taken.notices:
            assert " → " in notice.text("ja")
            assert " → " in notice.text("en")


@pytest.mark.parametrize("name", ODD)
def test_nothing_sound_is_refused(name: str, tmp_path, edition):
    path = edition.parent / "sheet.csv"
    path.write_bytes(ODD[name])

    assert places(refused(ODD[name], tmp_path)) == []
    assert intake.plan(edition, "2026-11", Asked(path, "series")).notices == []


def test_cp932_reads_the_same_text_as_its_twin_in_utf_8(edition):
    path = edition.parent / "sheet.csv"
    texts = []
    for encoding in ("utf-8", "cp932"):
        path.write_bytes(text().encode(encoding))
        texts.append(intake.plan(edition, "2026-11", Asked(path, "series")).text)

    assert texts[0] == texts[1]
    assert "①髙﨑" in texts[0]


def test_the_corpus_can_fail(tmp_path, monkeypatch):
    """With one rule switched off, the files that it is for are no longer refused."""
    seeded = [case for case in FAULTY if case.refused[0][0] == "E206"]
    monkeypatch.setitem(cells._TYPED, "number", lambda value: "" if any(sign in value for sign in "−－△▲(–") else cells.number(value))

    assert len(seeded) >= 5
    assert [case.name for case in seeded if "E206" in {code for code, *_ in places(refused(case.content, tmp_path))}] == []


BASE = text().encode()


PIECES = [b"", b",", b'"', b"\n", b"\r", b"\0", b"0", b"-", "△".encode(), "　".encode(), b"\xff", b"="]
EDITS = st.lists(st.tuples(st.integers(0, len(BASE) - 1), st.sampled_from(PIECES)), min_size=1, max_size=4)


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS)
def test_never_a_traceback_and_never_a_silent_change(tmp_path, edits):
    """However a file is damaged, it is refused in words, or its rows are those that any CSV reader reads."""
    content = BASE
    for place, piece in edits:
        content = content[:place] + piece + content[place + 1 :]
    path = tmp_path / "series.csv"
    path.write_bytes(content)

    rows, problems = gate.rows(path, SCHEMA)

    if problems:
        assert all(problem.text(lang) for problem in problems for lang in ("ja", "en"))
    else:
        plain = csv.DictReader(io.StringIO(content.decode("utf-8-sig").replace("\r\n", "\n"), newline=""))
        assert list(rows) == [{name: row[name] for name in plain.fieldnames or NAMES} for row in plain]
