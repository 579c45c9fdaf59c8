"""That a claim was tested follows from what tests it, and a claim of fact without a word on its test is refused."""

import pandas as pd
import pytest

from evidence.analysis import tested
from evidence.errors import Refusal

CLAIMS = pd.DataFrame(
    [
        ("growth", "nih", "stated"),
        ("papers", "world", "stated"),
        ("offers", "japan", "stated"),
        ("view", "world", "opinion"),
        ("call", "jst", "stated"),
    ],
    columns=["id", "about", "status"],
).assign(text_ja="文", text_en="sentence")
RESULTS = pd.DataFrame({"claims": ["growth"], "_grade": ["not-verifiable"], "missing_ja": ["件数"], "missing_en": ["counts"]})


def rows(*ids: str) -> pd.DataFrame:
    return pd.DataFrame([{"id": id, "testable": "not-testable", "needed_ja": "理由", "needed_en": "reason"} for id in ids])


def test_what_a_check_could_not_verify_is_testable_with_what_is_missing():
    found = tested.listed(CLAIMS, rows("offers"), RESULTS, ["papers"], [])

    assert found[["claims", "_status"]].values.tolist() == [["growth", "testable"], ["papers", "tested"], ["offers", "not-testable"]]
    assert found["needed_en"][0] == "counts"


@pytest.mark.parametrize(("typed", "found"), [((), "offers"), (("offers", "papers"), "papers")])
def test_a_claim_of_fact_has_a_test_or_a_row_and_never_both(typed, found):
    asked = rows(*typed).reindex(columns=["id", "testable", "needed_ja", "needed_en"])

    with pytest.raises(Refusal) as refused:
        tested.listed(CLAIMS, asked, RESULTS, ["papers"], [])

    assert (refused.value.code, refused.value.found) == ("E335", found)
