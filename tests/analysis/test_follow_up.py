"""What may be said of a recommendation afterwards, and what silence means."""

import pandas as pd

from evidence import charts
from evidence.analysis import follow_up

RECOMMENDATIONS = pd.DataFrame(
    {
        "id": ["R1.1.1", "R1.1.2", "R2.1.1"], "pillar": ["II.1", "II.1", "II.2"], "formal": ["yes", "yes", "no"],
        "heading_ja": "", "heading_en": "", "text_ja": "項目", "text_en": "item",
    }
)  # fmt: skip
ROWS = pd.DataFrame(
    {
        "id": ["follow-r1-1-1-a", "follow-r1-1-1-b", "follow-r1-1-2-a"], "recommendation": ["R1.1.1", "R1.1.1", "R1.1.2"],
        "status": ["partly", "adopted", "not-found"], "headline": ["yes", "no", "yes"], "source": ["S301", "S302", ""],
        "confidence": ["low", "high", ""], "layer": ["programme", "programme", "searched"], "read_extent": ["excerpt", "whole", "none"],
        "evidence_ja": "根拠", "evidence_en": "evidence", "locator": "", "note_ja": "", "note_en": "",
    }
)  # fmt: skip
SOURCES = pd.DataFrame({"id": ["S301", "S302"], "title_ja": ["甲", "乙"], "title_en": ["A", "B"]})


def test_the_headline_row_carries_the_status_whatever_the_other_rows_say():
    assert follow_up.headline(RECOMMENDATIONS, ROWS).set_index("id").loc["R1.1.1", "status"] == "partly"


def test_a_recommendation_without_a_row_was_not_looked_for_and_is_no_failure_to_find():
    told = follow_up.headline(RECOMMENDATIONS, ROWS).set_index("id")["status"]

    assert (told["R2.1.1"], told["R1.1.2"]) == ("not-looked-for", "not-found")


def test_adoption_known_from_secondary_sources_alone_is_adoption_in_part():
    sources = SOURCES.assign(read_as=["secondary", "copy"])
    rows = ROWS.assign(status=["adopted", "adopted", "adopted"], recommendation=["R1", "R1", "R2"], source=["S301", "S302", "S301"])

    assert follow_up.at_second_hand(rows.assign(headline="yes"), sources)["recommendation"].tolist() == ["R2"]
    assert follow_up.at_second_hand(rows.assign(headline="no"), sources).empty


def test_every_recommendation_is_counted_once():
    counted = follow_up.counts(follow_up.headline(RECOMMENDATIONS, ROWS))

    assert (len(counted), counted["recommendations"].sum(), counted["low_confidence"].sum()) == (8, 3, 1)


def test_a_square_stands_for_each_recommendation_and_none_on_another():
    squares = follow_up.squares(pd.concat([follow_up.headline(RECOMMENDATIONS, ROWS).assign(pillar="I", status="partly")] * 4))
    placed = charts.follow_up.placed(squares, 5)

    assert len(squares) == 4 * len(RECOMMENDATIONS)
    assert placed.duplicated(["pillar", "status", "column", "row"]).sum() == 0
    assert placed["column"].max() == 4


def test_a_row_without_a_document_adds_nothing_to_what_was_read():
    assert follow_up.reading(ROWS)["documents"].tolist() == [1, 1, 0]


def test_the_register_names_the_document_and_leaves_it_empty_where_there_is_none():
    told = follow_up.register(follow_up.headline(RECOMMENDATIONS, ROWS), SOURCES)

    assert told["document_en"].tolist() == ["A", "", ""]
    assert told["outcome_en"].tolist() == ["In part", "Not found", "Not examined"]


def test_what_is_not_formal_is_not_counted():
    told = follow_up.formal(follow_up.headline(RECOMMENDATIONS, ROWS))

    assert (told["id"].tolist(), follow_up.counts(told)["recommendations"].sum()) == (["R1.1.1", "R1.1.2"], 2)


def test_an_aim_that_is_stated_is_no_adoption():
    rows = ROWS.assign(shows=["", "statement", ""])

    assert follow_up.unacted(rows)["id"].tolist() == ["follow-r1-1-1-b"]
    assert follow_up.unacted(rows.assign(shows="decision")).empty
