"""The framework of three tiers as the source defines it: the tiers, the forms of Tier 3, the questions that tell them apart, a joint call's steps.

A place is a tier, or a form of Tier 3.
"""

import pandas as pd

from evidence import words

# What each question divides; asked in this order.
QUESTIONS = {"explicit_support": "tier", "partner_agency_cooperates": "tier", "both_call": "form", "new_funding": "form"}
# The answers that a tier stands for, by its definition; those of a form stand in the table of forms.
TIERS = {
    "tier-1": {"explicit_support": "no"},
    "tier-2": {"explicit_support": "yes", "partner_agency_cooperates": "no"},
    "tier-3": {"explicit_support": "yes", "partner_agency_cooperates": "yes"},
}
DIVIDED = "tier-3"  # the tier that has forms
# Who passes what to whom in each step of a joint call (lanes of the drawing), as `from>to`; `<>` is an arrow with two heads.
ARROWS = {
    "agree": ["agency-japan<>agency-partner"],
    "align": ["agency-japan<>agency-partner"],
    "call-japan": ["agency-japan>researcher-japan"],
    "call-partner": ["agency-partner>researcher-partner"],
    "propose": ["researcher-japan>agency-japan", "researcher-partner>agency-partner"],
    "review-japan": ["experts-japan>agency-japan"],
    "review-partner": ["experts-partner>agency-partner"],
    "select": ["agency-japan<>agency-partner"],
    "support": ["researcher-japan<>researcher-partner"],
}


def places(tiers: pd.DataFrame, forms: pd.DataFrame) -> pd.DataFrame:
    """Every place with the answers that lead to it; an empty answer does not matter.

    Columns: place, tier, form (ids; form is empty but for Tier 3), tier_ja/_en, form_ja/_en (names), definition, locator, as_printed,
    and one column for each of QUESTIONS (yes, no or empty).
    """
    kept = ["definition_ja", "definition_en", "locator", "as_printed"]
    rows = []
    for tier in tiers.sort_values("number").to_dict("records"):
        own = {"tier": tier["id"], "tier_ja": tier["name_ja"], "tier_en": tier["name_en"]} | TIERS[tier["id"]]
        if tier["id"] != DIVIDED:
            rows.append(own | {"place": tier["id"], "form": "", "form_ja": "", "form_en": ""} | {name: tier[name] for name in kept})
            continue
        for form in forms.sort_values("order").to_dict("records"):
            named = {"place": form["id"], "form": form["id"], "form_ja": form["name_ja"], "form_en": form["name_en"]}
            rows.append(own | named | {name: form[name] for name in [*kept, "both_call", "new_funding"]})
    return pd.DataFrame(rows).fillna("")


def definitions(tiers: pd.DataFrame, forms: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """The tiers and the forms of Tier 3 with their meaning, who supports, and what a form is also called; the forms follow their tier.

    Columns: tier, form (empty for a tier), definition, support_by (tiers only), also_called (forms only), locator, as_printed, claims, anchor.
    """
    tiers = tiers.sort_values("number").assign(also_called="", form_ja="", form_en="", _rank=range(len(tiers)))
    tiers = tiers.rename(columns={"name_ja": "tier_ja", "name_en": "tier_en"})
    divided = tiers[tiers["id"] == DIVIDED].iloc[0]
    forms = forms.sort_values("order").rename(columns={"name_ja": "form_ja", "name_en": "form_en"})
    forms = forms.assign(tier_ja=divided["tier_ja"], tier_en=divided["tier_en"], support_by_ja="", support_by_en="", _rank=divided["_rank"])
    table = pd.concat([tiers, forms]).sort_values("_rank", kind="stable", ignore_index=True)
    columns = [f"{name}_{lang}" for name in ("tier", "form", "definition", "support_by") for lang in words.LANGUAGES]
    table = table.assign(claims=_claims(table, claims), anchor="definition-" + table["id"])
    return table[[*columns, "also_called", "locator", "as_printed", "claims", "anchor"]]


def diagram(tiers: pd.DataFrame) -> pd.DataFrame:
    """The tiers with what sets them apart, from the loosest to the closest.

    Columns: tier, definition, support_by, locator, as_printed; in the data only: supported and cooperating (yes, no or empty).
    """
    table = tiers.sort_values("number").rename(columns={"name_ja": "tier_ja", "name_en": "tier_en"})
    for name, question in (("_supported", "explicit_support"), ("_cooperating", "partner_agency_cooperates")):
        table[name] = [TIERS[id].get(question, "") for id in table["id"]]
    columns = [f"{name}_{lang}" for name in ("tier", "definition", "support_by") for lang in words.LANGUAGES]
    return table[[*columns, "locator", "as_printed", "_supported", "_cooperating"]].reset_index(drop=True)


def tree(tiers: pd.DataFrame, forms: pd.DataFrame) -> pd.DataFrame:
    """Every place with the question that tells it from the places after it, and the answer that leads to it; the last takes the other answer.

    Columns: tier, form, question, answer (in words), definition, locator, as_printed; in the data only: question_code, answer_code.

    Raises:
        ValueError: no question tells a place from those after it.
    """
    table = places(tiers, forms)
    asked = [_telling(table.iloc[row:]) for row in range(len(table) - 1)]
    table["_question_code"] = [*asked, asked[-1]]
    table["_answer_code"] = [row[row["_question_code"]] for row in table.to_dict("records")]
    for lang in words.LANGUAGES:
        table[f"question_{lang}"] = [words.word(f"tiers.question.{code}", lang) for code in table["_question_code"]]
        table[f"answer_{lang}"] = [words.word(f"tiers.answer.{code}", lang) for code in table["_answer_code"]]
    columns = [f"{name}_{lang}" for name in ("tier", "form", "question", "answer", "definition") for lang in words.LANGUAGES]
    return table[[*columns, "locator", "as_printed", "_question_code", "_answer_code"]]


def _telling(rest: pd.DataFrame) -> str:
    """The question that the first place answers one way and all others the other way."""
    for question in QUESTIONS:
        first, others = rest[question].iloc[0], set(rest[question].iloc[1:])
        if first and len(others) == 1 and not others & {first, ""}:
            return question
    raise ValueError(f"no question tells {rest['place'].iloc[0]} from the places after it")


def sequence(steps: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """The steps of a joint call in order, each with whom it concerns and whether the source states it.

    Columns: order, actor, step, step_basis (in words), note, locator, as_printed, claims; in the data only: basis (stated, example,
    inferred), arrows (lanes as `from>to` or `from<>to`, space-separated; ours, and empty for a step that has none yet).
    """
    table = steps.sort_values("order", ignore_index=True).assign(_basis=lambda rows: rows["basis"])
    for lang in words.LANGUAGES:
        table[f"step_basis_{lang}"] = [words.word(f"step_basis.{basis}", lang) for basis in table["basis"]]
    table = table.assign(claims=_claims(table, claims), _arrows=[" ".join(ARROWS.get(id, [])) for id in table["id"]])
    columns = [f"{name}_{lang}" for name in ("actor", "step", "step_basis", "note") for lang in words.LANGUAGES]
    return table[["order", *columns, "locator", "as_printed", "claims", "_basis", "_arrows"]]


def resting(sequence: pd.DataFrame, basis: str) -> int:
    """The number of steps that rest on this basis (stated, example or inferred).

    >>> resting(pd.DataFrame({"_basis": ["stated", "inferred", "stated"]}), "stated")
    2
    """
    return int(sequence["_basis"].eq(basis).sum())


def _claims(table: pd.DataFrame, claims: pd.DataFrame) -> list[str]:
    """The claims that rest on the same printed words as each row, space-separated."""
    found = claims.groupby(["locator", "as_printed"])["id"].agg(" ".join)
    return [found.get(place, "") for place in zip(table["locator"], table["as_printed"], strict=True)]
