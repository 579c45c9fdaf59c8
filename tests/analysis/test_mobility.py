"""What may be joined and added of researchers sent and received."""

import pandas as pd

from evidence.analysis import mobility

SURVEY = [
    ("a", "researchers-received", "FY1996", 10.0), ("b", "researchers-received", "FY1997", 20.0), ("c", "researchers-received", "FY1998", 21.0),
    ("d", "researchers-received-short", "FY1998", 15.0), ("e", "researchers-received-long", "FY1998", 6.0),
    ("f", "researchers-sent-long", "FY1998", 4.0),
]  # fmt: skip


def observed(rows: list[tuple[str, str, str, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["id", "measure", "period", "value"]).assign(note_ja="", note_en="")


def test_what_was_not_found_is_empty_and_not_zero():
    stays = mobility.stays(observed(SURVEY))

    assert (stays["fiscal_year"].tolist(), stays["sent_short"].isna().tolist(), stays["sent_long"].tolist()) == ([1998], [True], [4.0])


def test_lengths_that_do_not_add_up_are_told():
    assert mobility.unadded(mobility.stays(observed(SURVEY))).empty
    assert len(mobility.unadded(mobility.stays(observed([*SURVEY[:3], ("d", "researchers-received-short", "FY1998", 14.0), *SURVEY[4:]])))) == 1
