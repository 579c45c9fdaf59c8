"""What has become known since stands wherever the statement does."""

import pytest

from evidence.book import later
from evidence.tables.edition import opened

ANR = {"text": "ANR, checked: Same direction, smaller than claimed", "page": "claim_check.html"}


def attached(name: str) -> dict:
    value = {"basis": ["anr-budget-growth", "anr-budget-span"]}
    ledger = {"basis": ["sicorp-projects"], "anchors": ["claim-anr-budget-growth", "claim-sicorp-projects", "recommendation-r1-2-3"]}
    made = {"values": {"anr": value}, "exhibits": {"ledger": ledger}}
    later.attach(made, opened(name), "en")
    return made


def test_a_value_on_a_claim_that_was_checked_says_how_it_fared_once():
    assert attached("2026-11")["values"]["anr"]["later"] == [ANR]


def test_each_row_of_a_register_says_what_became_of_its_statement_and_where_that_is_told():
    badges = attached("2026-11")["exhibits"]["ledger"]["badges"]

    assert badges["claim-anr-budget-growth"] == [ANR]
    assert "claim-sicorp-projects" not in badges
    assert badges["recommendation-r1-2-3"][0]["page"] == "follow_up.html#follow-up-r1-2-3"


def test_a_plan_says_what_became_of_it_wherever_it_stands():
    told = later.known(opened("2026-11"))

    assert told["claim-asean-forum-date"] == (
        {"ja": "予定の実現状況：確認できなかった", "en": "the plan since: Not found", "page": "plans.html#plan-asean-forum-date"},
    )
    assert [one["page"] for one in told["claim-eu-budget-growth"]] == ["claim_check.html", "plans.html#plan-eu-budget-growth"]


def test_an_exhibit_on_claims_that_nothing_is_known_of_says_nothing():
    assert attached("2026-11")["exhibits"]["ledger"]["later"] == []


@pytest.mark.parametrize("part", ["values", "exhibits"])
def test_an_edition_that_checks_nothing_has_no_later_knowledge(part):
    assert [record["later"] for record in attached("2019-09")[part].values()] == [[]]


def test_a_programme_says_to_which_year_its_own_agency_has_numbers_that_are_no_plan():
    told = later.known(opened("2026-11"))

    assert told["programme-amed-sicorp"][0]["page"] == "observations.html#observation-sicorp-budget-amed-fy2023"  # of 2024 there is a draft alone
    assert told["programme-jst-sicorp"][0]["en"] == "observed: most recently FY2019"
    assert told["programme-amed-ntds"][0]["en"] == "observed: most recently FY2015"  # found by its id, for it has no abbreviation


def test_a_programme_of_which_nothing_was_found_says_what_was_looked_for():
    told = later.known(opened("2026-11"))

    for programme in ("jsps-bilateral", "jsps-core-to-core", "jsps-foresight", "jsps-joint"):
        assert [(one["en"], one["page"]) for one in told[f"programme-{programme}"]] == [
            ("looked for and not found: budgets and numbers of projects by programme", "japan_funds.html#japan-funds-gaps")
        ]


def test_a_profile_says_what_is_known_of_its_subject():
    profile = {"basis": ["sicorp-projects"], "anchors": [], "subject": "amed-sicorp"}
    later.attach({"values": {}, "exhibits": {"profile": profile}}, opened("2026-11"), "ja")

    assert [one["text"] for one in profile["later"]] == ["観測値：直近は2023年度"]


def test_what_is_said_of_citations_says_where_numbers_bear_it_out():
    (told,) = later.known(opened("2026-11"))["claim-coauthorship-citations"]

    assert (told["en"][:40], told["page"]) == ("checked against later numbers: confirmed", "coauthorship.html#coauthorship-citations")
