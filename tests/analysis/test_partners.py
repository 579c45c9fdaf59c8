"""Who took part in which call, and what is counted of projects."""

import pandas as pd

from evidence.analysis import partners

ROWS = pd.DataFrame(
    {
        "scheme": ["b", "a", "a", "a"], "kind": ["call", "call", "call", "field"], "period": ["2012", "2016", "2012", "FY2008"],
        "subject_ja": ["タイ", "タイ", "ラオス", "防災"], "subject_en": ["Thailand", "Thailand", "Laos", "disaster prevention"],
        "number": [1, 1, 1, 3], "field_ja": "", "field_en": "", "source": "S1", "locator": "", "note_ja": "", "note_en": "",
        "confidence": ["high", "high", "medium", "medium"],
    }
)  # fmt: skip
NAMES = pd.DataFrame({"id": ["a", "b"], "name_ja": ["甲", "乙"], "name_en": ["A", "B"], "order": [1, 2]})


def test_calls_stand_by_programme_and_year_and_the_country_in_most_of_them_first():
    told = partners.calls(ROWS, NAMES)

    assert told[["partner_en", "name_en", "period", "_down", "_across"]].values.tolist() == [
        ["Thailand", "A", "2016", 1, 2], ["Thailand", "B", "2012", 1, 3], ["Laos", "A", "2012", 2, 1],
    ]  # fmt: skip


def test_numbers_of_projects_leave_out_mere_participation():
    assert partners.projects(ROWS, NAMES)[["partner_en", "projects_found"]].values.tolist() == [["disaster prevention", 3]]


def test_how_sure_a_row_is_stands_beside_it():
    calls, projects = partners.calls(ROWS, NAMES), partners.projects(ROWS, NAMES)

    assert calls["sureness_en"].tolist() == ["high", "high", "medium"]
    assert projects["sureness_ja"].tolist() == ["中"]
