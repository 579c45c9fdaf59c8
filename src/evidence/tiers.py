"""The three tiers of support for joint research, the forms of Tier 3, the steps of a joint call, and each programme's place among them.

A place is a tier, or a form of Tier 3. Four questions lead to one place; an answer that the source does not state rules out nothing.
"""

import pandas as pd

from evidence import programmes as portfolio
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
# Who passes what to whom in each step of a joint call (lanes of the drawing); "both" is an arrow with two heads.
ARROWS = {
    "agree": [("agency-japan", "agency-partner", "both")],
    "align": [("agency-japan", "agency-partner", "both")],
    "call-japan": [("agency-japan", "researcher-japan", "one")],
    "call-partner": [("agency-partner", "researcher-partner", "one")],
    "propose": [("researcher-japan", "agency-japan", "one"), ("researcher-partner", "agency-partner", "one")],
    "review-japan": [("experts-japan", "agency-japan", "one")],
    "review-partner": [("experts-partner", "agency-partner", "one")],
    "select": [("agency-japan", "agency-partner", "both")],
    "support": [("researcher-japan", "researcher-partner", "both")],
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


def possible(answers: dict[str, str], places: pd.DataFrame) -> list[tuple[str, str, pd.DataFrame]]:
    """For each question its answer (`not-asked` where nothing is left for it to divide) and the places that are still possible after it.

    >>> places = pd.DataFrame({"place": ["one", "two"], "both_call": ["yes", "no"], "new_funding": ["", "yes"]})
    >>> answers = {"both_call": "unstated", "new_funding": "yes"}
    >>> [(question, answer, list(left["place"])) for question, answer, left in possible(answers, places)]
    [('both_call', 'unstated', ['one', 'two']), ('new_funding', 'not-asked', ['one', 'two'])]
    """
    path, left = [], places
    for question in (name for name in QUESTIONS if name in places):
        answer = answers[question] if {"yes", "no"} <= set(left[question]) else "not-asked"
        if answer in ("yes", "no"):
            left = left[left[question].isin([answer, ""])]
        path.append((question, answer, left))
    return path


def decision_path(programmes: pd.DataFrame, tiers: pd.DataFrame, forms: pd.DataFrame) -> pd.DataFrame:
    """Every question put to every programme, the answer that the source gives, and what is possible after it.

    Columns: agency, short (name), question, answer, left (all in words); in the data only: programme, question_code, answer_code
    (yes, no, unstated, not-asked), tiers, forms (possible ids, space-separated). Programmes by four questions.
    """
    known, rows = places(tiers, forms), []
    names = portfolio.named(programmes).set_index("programme")
    for programme in programmes.to_dict("records"):
        short = names.loc[programme["id"]]
        for question, answer, left in possible(programme, known):
            told = {"agency": programme["agency"], "short_ja": short["short_ja"], "short_en": short["short_en"]}
            for lang in words.LANGUAGES:
                told[f"question_{lang}"] = words.word(f"tiers.question.{question}", lang)
                told[f"answer_{lang}"] = words.word(f"tiers.answer.{answer}", lang)
                told[f"left_{lang}"] = _range(left, QUESTIONS[question], lang)
            codes = {"_programme": programme["id"], "_question_code": question, "_answer_code": answer}
            rows.append(told | codes | {"_tiers": " ".join(left["tier"].unique()), "_forms": " ".join(filter(None, left["form"]))})
    return pd.DataFrame(rows)


def classify(programmes: pd.DataFrame, tiers: pd.DataFrame, forms: pd.DataFrame) -> pd.DataFrame:
    """The tier and the form of every programme, as far as its stated attributes decide them, with the reason; else the range that is left.

    Columns: agency, programme_name, tier, form, explanation (each question asked, its answer and what it leaves), ground (of the
    answers), locator, as_printed, anchor (`tier-of-<id>`); in the data only: programme, tiers, forms (possible ids, space-separated).
    """
    path = decision_path(programmes, tiers, forms)
    last = path.groupby("_programme", sort=False).last()
    known = places(tiers, forms)
    table = programmes.rename(columns={f"{old}_{lang}": f"{new}_{lang}" for lang in words.LANGUAGES for old, new in RENAMED.items()})
    table = table.assign(_programme=table["id"], _tiers=list(last["_tiers"]), _forms=list(last["_forms"]), anchor="tier-of-" + table["id"])
    left = [known[known["tier"].isin(row["_tiers"].split()) & known["form"].isin(["", *row["_forms"].split()])] for row in table.to_dict("records")]
    for lang in words.LANGUAGES:
        for kind in ("tier", "form"):
            table[f"{kind}_{lang}"] = [_verdict(one, kind, lang) for one in left]
        table[f"explanation_{lang}"] = [_explanation(path[path["_programme"] == id], lang) for id in table["id"]]
    shown = [f"{name}_{lang}" for name in ("programme_name", "tier", "form", "explanation", "ground") for lang in words.LANGUAGES]
    return table[["agency", *shown, "locator", "as_printed", "anchor", "_programme", "_tiers", "_forms"]]


RENAMED = {"name": "programme_name", "attributes_note": "ground"}


def _range(left: pd.DataFrame, kind: str, lang: str) -> str:
    """The possible tiers, or the possible forms, in words."""
    tiers = list(left[f"tier_{lang}"].unique())
    if kind == "tier":
        return _either(tiers, lang)
    forms = [form.lower() for form in left[f"form_{lang}"] if form]
    if not forms:
        return words.word("tiers.no_form", lang)
    return _either(forms, lang) if len(tiers) == 1 else words.word("tiers.if_tier_3", lang, forms=_either(forms, lang))


def _either(names: list[str], lang: str) -> str:
    if len(names) == 1:
        return names[0]
    return words.word("tiers.either", lang, first=words.word("tiers.joint", lang).join(names[:-1]), last=names[-1])


def _verdict(left: pd.DataFrame, kind: str, lang: str) -> str:
    """The tier or the form where one is left, and otherwise that it is not determinable, with the range."""
    told = [name for name in left[f"{kind}_{lang}"].unique() if name]
    if not told:
        return words.word("tiers.no_form", lang)
    if len(told) == 1 and left["tier"].nunique() == 1:
        return str(told[0])
    return words.word("tiers.undetermined", lang, range=_range(left, kind, lang))


def _explanation(path: pd.DataFrame, lang: str) -> str:
    steps = []
    for row in path[path["_answer_code"].ne("not-asked")].to_dict("records"):
        one = len(row["_tiers"].split()) == 1 and (QUESTIONS[row["_question_code"]] == "tier" or len(row["_forms"].split()) == 1)
        kind = "unstated" if row["_answer_code"] == "unstated" else "settled" if one else "open"
        told = {name: row[f"{name}_{lang}"] for name in ("question", "answer", "left")}
        steps.append(words.word(f"tiers.step.{kind}", lang, **told))
    return words.word("tiers.step.joint", lang).join(steps)


def settled(classified: pd.DataFrame, kind: str) -> int:
    """The number of programmes whose tier, or whose tier and form, is determined; `kind` is "tier" or "form".

    >>> settled(pd.DataFrame({"_tiers": ["tier-3", "tier-2 tier-3"], "_forms": ["joint-call", "joint-call"]}), "form")
    1
    """
    one = classified["_tiers"].str.split().str.len().eq(1)
    return int((one if kind == "tier" else one & classified["_forms"].str.split().str.len().le(1)).sum())


def placed(classified: pd.DataFrame, tier: str) -> int:
    """The number of programmes that are in this tier and cannot be in another.

    >>> placed(pd.DataFrame({"_tiers": ["tier-3", "tier-2 tier-3"]}), "tier-3")
    1
    """
    return int(classified["_tiers"].eq(tier).sum())
