"""The status of a plan is told once, counted for each claim, and never taken for more than a document says."""

import pandas as pd

from evidence.analysis import plans

CLAIMS = pd.DataFrame({"id": ["forum", "forum-number", "call"], "status": ["planned", "planned", "stated"]}).assign(
    about="jst", text_ja="", text_en=""
)
ROWS = pd.DataFrame({"claims": ["forum forum-number", "forum"], "status": ["not-found", "done"], "headline": ["yes", "no"]}).reindex(
    columns=["claims", "status", "headline", *plans.TOLD], fill_value=""
)
SOURCES = pd.DataFrame(columns=["id", "title_ja", "title_en", "read_as"], dtype="str")


def test_one_piece_of_evidence_counts_for_each_claim_of_the_plan():
    assert plans.counts(plans.headline(CLAIMS, ROWS)).query("status == 'not-found'")["plans"].tolist() == [2]


def test_a_plan_without_a_row_was_not_looked_for():
    assert plans.headline(CLAIMS, ROWS.iloc[:0])["status"].tolist() == ["not-looked-for"] * 2


def test_what_was_no_plan_is_no_plan_of_this_chapter():
    assert plans.headline(CLAIMS, ROWS)["id"].tolist() == ["forum", "forum-number"]


def test_further_evidence_names_no_headline():
    assert plans.rows(ROWS.assign(id=["a", "b"], read_extent="none"), SOURCES, CLAIMS)["_id"].tolist() == ["b"]


def test_each_plan_has_an_anchor_that_its_claim_leads_to():
    headlines = plans.headline(CLAIMS, ROWS.assign(read_extent="none"))

    assert plans.shown(headlines, SOURCES)["anchor"].tolist() == ["plan-forum", "plan-forum-number"]


def test_a_request_is_a_plan_for_the_next_year():
    assert plans.planned(CLAIMS.assign(status=["request", "planned", "stated"]))["id"].tolist() == ["forum", "forum-number"]
