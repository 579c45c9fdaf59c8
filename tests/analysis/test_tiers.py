"""The framework and the places: definitions, tree, steps, and what stated and unstated attributes decide."""

import pandas as pd
import pytest

from evidence.analysis import framework, tiers
from evidence.charts import look, placement, sequence
from evidence.charts import tiers as charts
from evidence.errors import Refusal
from evidence.tables.edition import opened

TIERS = pd.DataFrame(
    {
        "id": ["tier-1", "tier-2", "tier-3"], "number": [1, 2, 3],
        "name_ja": ["第1階層", "第2階層", "第3階層"], "name_en": ["Tier 1", "Tier 2", "Tier 3"],
        "definition_ja": ["甲", "乙", "丙"], "definition_en": ["A", "B", "C"], "locator": ["L"] * 3, "as_printed": ["x", "y", "z"],
        "support_by_ja": ["無", "一", "二"], "support_by_en": ["none", "one", "two"],
    }
)  # fmt: skip
FORMS = pd.DataFrame(
    {
        "id": ["joint-call", "co-funding", "twinning"], "order": [1, 2, 3],
        "name_ja": ["公", "支", "連"], "name_en": ["Joint call", "Co-funding", "Twinning"],
        "both_call": ["yes", "no", "no"], "new_funding": ["yes", "yes", "no"],
        "also_called": [""] * 3, "locator": ["M"] * 3, "as_printed": ["p", "q", "r"],
        "definition_ja": ["丁", "戊", "己"], "definition_en": ["D", "E", "F"],
    }
)  # fmt: skip


def programme(support: str, cooperates: str, both: str, funding: str) -> pd.DataFrame:
    answers = {"explicit_support": support, "partner_agency_cooperates": cooperates, "both_call": both, "new_funding": funding}
    told = {f"{name}_{lang}": "" for name in ("name", "attributes_note") for lang in ("ja", "en")}
    return pd.DataFrame([{"id": "one", "agency": "JST", "abbreviation": "ONE", "locator": "", "as_printed": ""} | told | answers])


def classified(*answers: str) -> pd.Series:
    return tiers.classify(programme(*answers), TIERS, FORMS).iloc[0]


@pytest.mark.parametrize(
    ("answers", "tier", "form"),
    [
        (("no", "no", "unstated", "unstated"), "Tier 1", "Does not apply"),
        (("yes", "no", "unstated", "unstated"), "Tier 2", "Does not apply"),
        (("yes", "yes", "yes", "unstated"), "Tier 3", "Joint call"),
        (("yes", "yes", "no", "yes"), "Tier 3", "Co-funding"),
        (("yes", "yes", "no", "no"), "Tier 3", "Twinning"),
    ],
)
def test_stated_answers_lead_to_one_place(answers, tier, form):
    found = classified(*answers)

    assert (found["tier_en"], found["form_en"]) == (tier, form)


@pytest.mark.parametrize("support", ["yes", "unstated"])
@pytest.mark.parametrize("cooperates", ["yes", "unstated"])
@pytest.mark.parametrize("funding", ["yes", "unstated"])
def test_both_sides_calling_is_tier_3_whatever_else_is_unstated(support, cooperates, funding):
    found = classified(support, cooperates, "yes", funding)

    assert (found["tier_en"], found["form_en"]) == ("Tier 3", "Joint call")


@pytest.mark.parametrize("support", ["yes", "no", "unstated"])
@pytest.mark.parametrize("both", ["no", "unstated"])
def test_agencies_acting_together_without_money_are_twinning_and_not_tier_1(support, both):
    found = classified(support, "yes", both, "no")

    assert (found["tier_en"], found["form_en"]) == ("Tier 3", "Twinning")


def test_no_support_alone_leaves_open_whether_agencies_act_together():
    assert classified("no", "unstated", "unstated", "unstated")["_tiers"] == "tier-1 tier-3"


def test_new_funding_is_support():
    assert classified("unstated", "unstated", "unstated", "yes")["_tiers"] == "tier-2 tier-3"


@pytest.mark.parametrize(
    "answers",
    [
        ("yes", "no", "yes", "unstated"),  # both sides call, yet the partner's agency takes no part
        ("no", "unstated", "yes", "unstated"),  # both sides call, yet there is no support
        ("no", "no", "unstated", "yes"),  # new money, yet no support
        ("yes", "yes", "yes", "no"),  # a joint call without new money, which the table of forms gives it
    ],
)
def test_answers_that_contradict_each_other_are_refused(answers):
    with pytest.raises(Refusal) as refused:
        classified(*answers)

    assert (refused.value.code, str(refused.value.place)) == ("E333", "programmes.csv:one")


def test_what_the_edition_says_of_its_programmes_is_what_it_said_before_answers_went_upwards():
    evidence = opened("2019-09")
    table = tiers.classify(evidence.programmes, evidence.tiers, evidence.tier3_forms)

    # Four since the agreement of AMED's SICORP with the partner country counts as it does for JST's.
    assert (len(table), tiers.settled(table, "tier"), tiers.settled(table, "form")) == (9, 4, 1)


def test_an_unstated_answer_leaves_a_range_of_tiers_and_not_a_guess():
    assert classified("yes", "unstated", "unstated", "unstated")["tier_en"] == "Not determinable (Tier 2 or Tier 3)"


def test_a_later_answer_narrows_the_range_that_an_unstated_one_left():
    assert classified("yes", "yes", "unstated", "yes")["_forms"] == "joint-call co-funding"


def test_unstated_calls_and_no_new_funding_leave_twinning():
    assert classified("yes", "yes", "unstated", "no")["form_en"] == "Twinning"


def test_where_nothing_is_stated_every_place_stays_possible():
    assert classified(*["unstated"] * 4)["_tiers"] == "tier-1 tier-2 tier-3"


def test_the_explanation_names_what_is_unstated():
    told = classified("yes", "yes", "unstated", "yes")["explanation_en"]

    assert told.endswith(
        "Is there new funding? Yes (joint call or co-funding). The source says nothing of calls on both sides, so the form cannot be determined."
    )


def test_a_question_that_can_divide_nothing_is_not_asked():
    path = tiers.decision_path(programme("yes", "yes", "yes", "yes"), TIERS, FORMS)

    assert path["_answer_code"].tolist() == ["yes", "yes", "yes", "not-asked"]


def test_a_form_follows_the_table_of_forms():
    turned = FORMS.assign(both_call=["no", "yes", "yes"])

    assert tiers.classify(programme("yes", "yes", "no", "unstated"), TIERS, turned)["form_en"].tolist() == ["Joint call"]


def test_a_programme_in_doubt_has_a_row_for_every_place_it_may_have():
    placed = tiers.placement(programme("yes", "unstated", "unstated", "unstated"), TIERS, FORMS)

    assert placed["_place"].tolist() == ["tier-2", "joint-call", "co-funding", "twinning"]


def test_a_tier_without_its_form_counts_as_settled_for_the_tier_alone():
    table = tiers.classify(programme("yes", "yes", "unstated", "unstated"), TIERS, FORMS)

    assert (tiers.settled(table, "tier"), tiers.settled(table, "form"), tiers.unsettled(table)) == (1, 0, 0)


def test_each_leaf_of_the_tree_hangs_on_the_question_that_tells_it_from_the_rest():
    found = framework.tree(TIERS, FORMS)

    assert list(found["_question_code"]) == ["explicit_support", "partner_agency_cooperates", "both_call", "new_funding", "new_funding"]


def test_forms_that_no_question_tells_apart_are_refused():
    with pytest.raises(ValueError, match="co-funding"):
        framework.tree(TIERS, FORMS.assign(new_funding="yes"))


def test_definitions_point_to_the_claim_with_the_same_printed_words():
    claims = pd.DataFrame({"id": ["other", "mine"], "locator": ["L", "M"], "as_printed": ["p", "p"]})

    assert framework.definitions(TIERS, FORMS, claims)["claims"].tolist() == ["", "", "", "mine", "", ""]


@pytest.mark.slow
def test_every_row_of_the_edition_is_drawn_in_both_languages():
    evidence = opened("2019-09")
    places = framework.places(evidence.tiers, evidence.tier3_forms)
    placed = tiers.placement(evidence.programmes, evidence.tiers, evidence.tier3_forms)
    steps = framework.sequence(evidence.joint_call_steps, evidence.claims)
    for lang in ("ja", "en"):
        drawn = [charts.diagram(framework.diagram(evidence.tiers), lang), charts.tree(framework.tree(evidence.tiers, evidence.tier3_forms), lang)]
        drawn += [sequence.joint_call(steps, lang), placement.placement(placed, places, lang)]

        assert [len(look.descriptions(look.drawn(chart.to_dict()))) for chart in drawn] == [len(evidence.tiers), len(places), len(steps), len(placed)]


def test_every_step_of_the_edition_has_its_arrows():
    steps = framework.sequence(opened("2019-09").joint_call_steps, opened("2019-09").claims)

    assert steps.loc[steps["_arrows"].eq(""), "step_en"].tolist() == []
