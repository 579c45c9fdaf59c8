"""Each programme's place in the framework: the tier and the form that its stated attributes allow, and the reason.

Four questions lead to one place; an answer that the source does not state rules out nothing, so that a range is left instead of a guess. An answer
also decides the questions before it: where both sides call, their agencies act together, and the tier is the third whatever else is unstated.
"""

import pandas as pd

from evidence import words
from evidence.analysis import programmes as portfolio
from evidence.analysis.framework import DIVIDED, QUESTIONS, places
from evidence.errors import Place, Refusal

RENAMED = {"name": "programme_name", "attributes_note": "ground"}
PLACE = ["tier_ja", "tier_en", "form_ja", "form_en"]


def implied(places: pd.DataFrame) -> pd.DataFrame:
    """The places with what their definitions imply for the questions that they leave open.

    Calls on both sides are the mark of a form, so that no other tier has them. What has no explicit support has neither a partner's agency in it nor
    new funding. A form that needs no new funding (twinning) may be told as support or as none: what makes it Tier 3 is that agencies act together.

    >>> rows = [["tier-1", "no", "", "", ""], ["tier-3", "yes", "yes", "no", "no"]]
    >>> implied(pd.DataFrame(rows, columns=["tier", *QUESTIONS]))[list(QUESTIONS)].values.tolist()
    [['no', 'no', 'no', 'no'], ['', 'yes', 'no', 'no']]
    """
    divided, alone = places["tier"].eq(DIVIDED), places["explicit_support"].eq("no")
    support = places["explicit_support"].mask(divided & places["new_funding"].eq("no"), "")
    calls = places["both_call"].where(divided, "no")
    return places.assign(
        explicit_support=support, partner_agency_cooperates=places["partner_agency_cooperates"].mask(alone, "no"), both_call=calls,
        new_funding=places["new_funding"].mask(alone, "no"),
    )  # fmt: skip


def possible(answers: dict[str, str], places: pd.DataFrame) -> list[tuple[str, str, pd.DataFrame]]:
    """For each question its answer (`not-asked` where nothing is left for it to divide) and the places that are still possible after it.

    Raises:
        Refusal: E333 for answers that no place allows together.

    >>> places = pd.DataFrame({"place": ["one", "two"], "both_call": ["yes", "no"], "new_funding": ["", "yes"]})
    >>> answers = {"both_call": "unstated", "new_funding": "yes"}
    >>> [(question, answer, list(left["place"])) for question, answer, left in possible(answers, places)]
    [('both_call', 'unstated', ['one', 'two']), ('new_funding', 'not-asked', ['one', 'two'])]
    """
    path, left, asked = [], places, [name for name in QUESTIONS if name in places]
    if not any(all(row[name] in ("", answers[name]) or answers[name] == "unstated" for name in asked) for row in places.to_dict("records")):
        told = ", ".join(f"{name}={answers[name]}" for name in asked if answers[name] != "unstated")
        raise Refusal("E333", Place("programmes.csv", column=answers.get("id", "")), told)
    for question in asked:
        answer = answers[question] if {"yes", "no"} <= set(left[question]) else "not-asked"
        if answer in ("yes", "no"):
            left = left[left[question].isin([answer, ""])]
        path.append((question, answer, left))
    return path


def decision_path(programmes: pd.DataFrame, tiers: pd.DataFrame, forms: pd.DataFrame) -> pd.DataFrame:
    """Every question put to every programme, the answer that the source gives, and what is possible after it.

    Columns: agency, short (name), question, answer, left (all in words); in the data only: programme, question_code, answer_code
    (yes, no, unstated, not-asked), tiers, forms (possible ids, space-separated). Programmes by four questions.

    Raises:
        Refusal: E333 for answers that contradict each other.
    """
    known, rows = implied(places(tiers, forms)), []
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


def _range(left: pd.DataFrame, kind: str, lang: str) -> str:
    """The possible tiers, or the possible forms, in words."""
    tiers = list(left[f"tier_{lang}"].unique())
    if kind == "tier":
        return _listed(tiers, lang, "tiers.either")
    forms = [form.lower() for form in left[f"form_{lang}"] if form]
    if not forms:
        return words.word("tiers.no_form", lang)
    told, divided = _listed(forms, lang, "tiers.either"), left.loc[left["form"].ne(""), f"tier_{lang}"].iloc[0]
    return told if len(tiers) == 1 else words.word("tiers.if_tier", lang, tier=divided, forms=told)


def _listed(names: list[str], lang: str, key: str) -> str:
    """The names in one phrase: with commas, and the word of this key before the last."""
    if len(names) == 1:
        return names[0]
    return words.word(key, lang, first=words.word("tiers.joint", lang).join(names[:-1]), last=names[-1])


def _verdict(left: pd.DataFrame, kind: str, lang: str) -> str:
    """The tier or the form where one is left, and otherwise that it is not determinable, with the range."""
    told = [name for name in left[f"{kind}_{lang}"].unique() if name]
    if not told:
        return words.word("tiers.no_form", lang)
    if len(told) == 1 and left["tier"].nunique() == 1:
        return str(told[0])
    return words.word("tiers.undetermined", lang, range=_range(left, kind, lang))


def _explanation(path: pd.DataFrame, lang: str) -> str:
    """Each question asked with its answer and what it leaves, and what the source would have to say to decide more."""
    told, last = "", path.iloc[-1]
    for row in path[path["_answer_code"].ne("not-asked")].to_dict("records"):
        kind = "unstated" if row["_answer_code"] == "unstated" else "stated"
        told += words.word(f"tiers.step.{kind}", lang, question=row[f"question_{lang}"], answer=row[f"answer_{lang}"], left=row[f"left_{lang}"])
    code = _certainty(last["_tiers"].split(), last["_forms"].split())
    if code == "place":
        return told.strip()
    unstated = [words.word(f"tiers.unstated.{row}", lang) for row in path.loc[path["_answer_code"].eq("unstated"), "_question_code"]]
    return told + words.word(f"tiers.reason.{code}", lang, unstated=_listed(unstated, lang, "tiers.or"))


def _certainty(tiers: list[str], forms: list[str]) -> str:
    """How firm a place is: `place` when one is left, `tier` when one tier is left but several forms, `open` when several tiers are left.

    >>> _certainty(["tier-3"], ["joint-call"]), _certainty(["tier-3"], ["joint-call", "twinning"]), _certainty(["tier-1", "tier-2"], [])
    ('place', 'tier', 'open')
    """
    if len(tiers) > 1:
        return "open"
    return "place" if len(forms) <= 1 else "tier"


def settled(classified: pd.DataFrame, kind: str) -> int:
    """The number of programmes whose tier, or whose tier and form, is determined; `kind` is "tier" or "form".

    >>> settled(pd.DataFrame({"_tiers": ["tier-3", "tier-2 tier-3"], "_forms": ["joint-call", "joint-call"]}), "form")
    1
    """
    certainty = [_certainty(tiers.split(), forms.split()) for tiers, forms in zip(classified["_tiers"], classified["_forms"], strict=True)]
    return sum(code != "open" if kind == "tier" else code == "place" for code in certainty)


def unsettled(classified: pd.DataFrame) -> int:
    """The number of programmes that may be in more than one tier.

    >>> unsettled(pd.DataFrame({"_tiers": ["tier-3", "tier-2 tier-3"], "_forms": ["joint-call", "joint-call"]}))
    1
    """
    return len(classified) - settled(classified, "tier")


def placement(programmes: pd.DataFrame, tiers: pd.DataFrame, forms: pd.DataFrame) -> pd.DataFrame:
    """Every place that each programme may have, and how firm it is.

    Columns: agency, short (name), tier, form, certainty, unstated (what the source leaves open), all in words; in the data only:
    programme, place, certainty_code (place: the only one left; tier: its tier is settled but not its form; open: neither).
    """
    known, rows = implied(places(tiers, forms)), []
    names = portfolio.named(programmes).set_index("programme")
    for programme in programmes.to_dict("records"):
        path = possible(programme, known)
        left = path[-1][2]
        code = _certainty(list(left["tier"].unique()), list(filter(None, left["form"])))
        own = {"agency": programme["agency"], "_programme": programme["id"], "_certainty_code": code}
        for lang in words.LANGUAGES:
            unstated = [words.word(f"tiers.short.{question}", lang) for question, answer, _ in path if answer == "unstated"]
            own |= {f"short_{lang}": names.loc[programme["id"], f"short_{lang}"], f"certainty_{lang}": words.word(f"certainty.{code}", lang)}
            own |= {f"unstated_{lang}": words.word("tiers.joint", lang).join(unstated)}
        rows += [own | {name: place[name] for name in PLACE} | {"_place": place["place"]} for place in left.to_dict("records")]
    columns = [f"{name}_{lang}" for name in ("short", "tier", "form", "certainty", "unstated") for lang in words.LANGUAGES]
    return pd.DataFrame(rows)[["agency", *columns, "_programme", "_place", "_certainty_code"]]
