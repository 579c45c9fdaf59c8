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


def test_the_count_of_those_sent_has_breaks_too():
    breaks = pd.DataFrame(
        [["researchers-received", "FY2013", "S1"], ["researchers-sent", "FY2008", "S2"], ["researchers-sent-long", "FY2008", "S2"]],
        columns=["measure", "from_period", "source"],
    ).assign(id=["a", "b", "c"], reason_ja="", reason_en="", locator="")
    measures = pd.DataFrame(
        [["researchers-received", "受入れ", "received"], ["researchers-sent", "派遣", "sent"]], columns=["id", "name_ja", "name_en"]
    )

    told = mobility.broken(breaks, measures)

    assert told[["measure_en", "fiscal_year", "source"]].values.tolist() == [["received", 2013, "S1"], ["sent", 2008, "S2"]]


def test_a_share_that_the_source_gives_stands_where_the_applicants_are_not_known():
    rows = observed([("a", "fellowship-applicants", "FY2015", 1000.0), ("b", "fellowships-adopted", "FY2015", 200.0),
                     ("c", "fellowships-adopted", "FY2022", 150.0), ("d", "fellowship-rate", "FY2022", 26.4)])  # fmt: skip
    entities = pd.DataFrame([["fellows", "海外特別研究員", "fellows"]], columns=["id", "name_ja", "name_en"])

    told = mobility.fellowships(rows.assign(entity="fellows"), entities)

    assert told[["fiscal_year", "adopted_pct"]].values.tolist() == [[2015, 20.0], [2022, 26.4]]
    assert told["claims"].tolist() == ["a b", "c d"]
