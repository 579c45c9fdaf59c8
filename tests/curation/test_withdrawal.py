"""A row that the source no longer has is named, and is taken out only with a reason."""

import shutil

import pytest

from evidence.curation import intake, recipes
from evidence.curation.intake import Asked
from evidence.tables import gate
from tests.cli.test_correcting import run
from tests.curation.test_recipes import EDITION, PROJECT, TOLD, data

__all__ = ["data"]
GONE = "satreps-again-fy2025"
SET = TOLD | {"source": "S449", "entity": "satreps", "id": "satreps-again-{period}", "locator": "採択"}


@pytest.fixture
def refreshed(data):
    """The edition after the first of the two files, of which the second lacks a row."""
    for name in ("refresh_1.xlsx", "refresh_2.xlsx"):
        shutil.copy(PROJECT / "tests" / "curation" / "files" / name, data.parent)
    intake.write(data, EDITION, "observations", planned(data, "refresh_1.xlsx"))
    return data


def planned(data, name, withdraw=""):
    asked = Asked(data.parent / name, "observations", renamed={"年度": "period", "採択件数": "value"}, filled=SET, far=True, withdraw=withdraw)
    return intake.plan(data, EDITION, asked)


def test_a_row_that_the_file_no_longer_has_is_named_and_stays(refreshed):
    taken = planned(refreshed, "refresh_2.xlsx")

    assert [(one.code, one.found) for one in taken.notices if one.code.startswith("N209")] == [("N2092", f"{GONE} (1)")]
    assert f"\n{GONE}," in taken.text
    assert len(taken.equal) == 1


def test_a_row_is_withdrawn_with_its_reason_and_every_other_line_keeps_its_bytes(refreshed):
    before = (refreshed / EDITION / "observations.csv").read_text(encoding="utf-8").splitlines()
    taken = planned(refreshed, "refresh_2.xlsx", "採択の取消し")

    intake.write(refreshed, EDITION, "observations", taken)

    after = (refreshed / EDITION / "observations.csv").read_text(encoding="utf-8").splitlines()
    assert taken.withdrawn == [GONE]
    assert after == [line for line in before if not line.startswith(f"{GONE},")]
    assert gate.check(refreshed / EDITION) == []


def test_a_file_of_new_years_alone_withdraws_nothing(refreshed):
    (refreshed.parent / "new.csv").write_text("年度,採択件数\n2031年度,7\n", encoding="utf-8")

    taken = planned(refreshed, "new.csv", "誤って付けた理由")

    assert not [one for one in taken.notices if one.code in ("N2092", "N2093")]
    assert not taken.withdrawn


def test_rows_of_another_source_are_not_missed(data):
    shutil.copy(PROJECT / "tests" / "curation" / "files" / "refresh_2.xlsx", data.parent)
    taken = planned(data, "refresh_2.xlsx")

    assert not [one for one in taken.notices if one.code == "N2092"]


def test_the_reason_is_kept_beside_the_recipe_and_stays_when_it_is_used_again(refreshed, monkeypatch):
    monkeypatch.setenv("EVIDENCE_ROOT", str(refreshed.parent))
    told = [part for name, text in SET.items() for part in ("--set", f"{name}={text}")]
    file = str(refreshed.parent / "refresh_2.xlsx")

    run("import", file, "--table", "observations", "--edition", EDITION, "--withdraw", "採択の取消し", *told)
    run("import", file, "--recipe", "refresh-2", "--edition", EDITION)

    assert recipes.withdrawn(refreshed / EDITION, "refresh-2") == {GONE: "採択の取消し"}
    assert gate.check(refreshed / EDITION) == []


@pytest.mark.parametrize(("years", "gone"), [(["2024年度"], [GONE]), (["2031年度"], [])])
def test_a_row_that_the_recipe_made_and_the_file_of_a_new_source_lacks_is_gone(data, monkeypatch, years, gone):
    monkeypatch.setenv("EVIDENCE_ROOT", str(data.parent))
    told = [part for name, text in SET.items() for part in ("--set", f"{name}={text}")]
    file = data.parent / "a.csv"
    file.write_text("年度,採択件数\n2024年度,7\n2025年度,8\n", encoding="utf-8")
    run("import", str(file), "--table", "observations", "--edition", EDITION, "--keep", "again", "--accept-jumps", *told)
    file.write_text("年度,採択件数\n" + "".join(f"{year},7\n" for year in years), encoding="utf-8")

    again = ("--recipe", "again", "--edition", EDITION, "--set", "source=S01", "--accept-jumps")
    run("import", str(file), *again, "--withdraw", "採択の取消し", "--cause", "revised")

    assert list(recipes.withdrawn(data / EDITION, "again")) == gone


MANY = "年度,採択件数\n" + "".join(f"{year}年度,{year - 2000}\n" for year in range(2026, 2046))
SERIES = "機関,年度,採択件数\n" + "".join(f"{name},{year}年度,{year - 2000}\n" for name in ("satreps", "sicorp") for year in range(2026, 2060))


def named(data, before, after, told):
    """What N2092 says once a file came and another after it, of which rows are gone."""
    renamed = {"年度": "period", "採択件数": "value", "機関": "entity"}
    for text in (before, after):
        (data.parent / "a.csv").write_text(text, encoding="utf-8")
        used = {own: name for own, name in renamed.items() if own in text.split("\n")[0]}
        taken = intake.plan(data, EDITION, Asked(data.parent / "a.csv", "observations", renamed=used, filled=told, far=True))
        intake.write(data, EDITION, "observations", taken)
    return [one.found for one in taken.notices if one.code == "N2092"]


def test_every_row_that_is_gone_is_named(data):
    gone = [f"satreps-again-fy{year}" for year in range(2029, 2046)]

    assert named(data, MANY, "\n".join(MANY.split("\n")[:4]) + "\n", SET) == [f"{', '.join(gone)} (17)"]


def test_of_very_many_rows_each_series_is_named_with_its_first_and_last(data):
    told = {name: text for name, text in SET.items() if name != "entity"} | {"id": "{entity}-again-{period}"}
    kept = [line for line in SERIES.split("\n") if line[:1] not in "s" or line.endswith((",26", ",27"))]

    assert named(data, SERIES, "\n".join(kept), told) == [
        "satreps-again-fy2028 – satreps-again-fy2059 (32), sicorp-again-fy2028 – sicorp-again-fy2059 (32) (64)"
    ]
