"""What has become known since of a claim, a recommendation or a programme: how it fared when it was checked, what became of it, what was observed.

It is attached to the row of the statement, by the anchor of that row, and stands wherever the statement does: in the registers, below each
exhibit and in the tip of each value that rest on it, and on landing pages.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from evidence import words
from evidence.analysis import citations, claim_check, coauthorship, follow_up, japan_funds, plans, routes
from evidence.tables.edition import Edition

TABLES = ("claim_checks", "claim_check_routes", "verdict_grades", "observations", "trends", "claims", "funders", "follow_up", "recommendations",
          "programmes", "entities", "plans", "gaps")  # fmt: skip
PLANNED = ("request", "draft")  # stages of a number that are no knowledge yet of what was done
Told = dict[str, str]  # the words in each language, and `page`: where it is told at length


@lru_cache(maxsize=8)
def known(edition: Edition) -> dict[str, tuple[Told, ...]]:
    """What is told of each statement by the anchor of its row, such as `claim-anr-budget-growth`; nothing in an edition that checks nothing."""
    found = _checked(edition) | _followed(edition) | _missing(edition) | _observed(edition)
    for anchor, told in [*_planned(edition).items(), *_grown(edition).items(), *_cited(edition).items()]:  # a plan may have been checked too
        found[anchor] = [*found.get(anchor, []), *told]
    return {anchor: tuple(several) for anchor, several in found.items()}


def _checked(edition: Edition) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = {}
    if edition.has("claim_checks"):
        claimed = claim_check.claimed(edition.claim_checks, edition.trends, edition.claims, edition.funders)
        every = routes.every(edition.claim_check_routes, edition.observations, claimed)
        for row in claim_check.results(edition.claim_checks, claimed, every, edition.observations, edition.verdict_grades).to_dict("records"):
            verdicts = {lang: row[f"verdict_told_{lang}"] for lang in words.LANGUAGES}
            told = {lang: words.word("ui.later_checked", lang, name=row[f"name_{lang}"], verdict=verdicts[lang]) for lang in words.LANGUAGES}
            for claim in row["claims"].split():
                found.setdefault(f"claim-{claim}", []).append(told | {"page": "claim_check.html"})
    return found


def _followed(edition: Edition) -> dict[str, list[Told]]:
    if not edition.has("follow_up"):
        return {}
    headlines = follow_up.headline(edition.recommendations, edition.follow_up)
    found = {}
    for row in follow_up.register(headlines, edition.sources).to_dict("records"):
        told = {lang: words.word("ui.later_followed", lang, outcome=row[f"outcome_{lang}"]) for lang in words.LANGUAGES}
        found[row["anchor"].replace("follow-up-", "recommendation-")] = [told | {"page": f"follow_up.html#{row['anchor']}"}]
    return found


def _planned(edition: Edition) -> dict[str, list[Told]]:
    if not edition.has("plans"):
        return {}
    found = {}
    for row in plans.shown(plans.headline(edition.claims, edition.plans), edition.sources).to_dict("records"):
        told = {lang: words.word("ui.later_planned", lang, outcome=row[f"became_{lang}"]) for lang in words.LANGUAGES}
        found[f"claim-{row['claims']}"] = [told | {"page": f"plans.html#{row['anchor']}"}]
    return found


def _grown(edition: Edition) -> dict[str, list[Told]]:
    """Whether the numbers of articles bear out what the recommendation says of their growth."""
    if not edition.has("observations") or not set(coauthorship.CLAIMS) <= set(edition.claims["id"]):
        return {}
    growth = coauthorship.growth(coauthorship.shares(edition.observations, edition.entities))
    if growth[growth["_over"].ne("since")].empty:
        return {}  # no years that the recommendation could have seen
    told = {id: "against" if len(rows) else "for" for id, rows in coauthorship.untrue(growth).items()}
    page = {"page": "coauthorship.html#coauthorship-numbers"}
    return {f"claim-{id}": [{lang: words.word(f"ui.later_grown_{is_true}", lang) for lang in words.LANGUAGES} | page] for id, is_true in told.items()}


def _cited(edition: Edition) -> dict[str, list[Told]]:
    """Whether the citations found bear out what the recommendation says of them; nothing where none were found."""
    if not edition.has("observations") or citations.CLAIM not in set(edition.claims["id"]) or citations.compared(edition.observations).empty:
        return {}
    is_true = "for" if citations.less(edition.observations).empty else "against"
    told = {lang: words.word(f"ui.later_cited_{is_true}", lang) for lang in words.LANGUAGES}
    return {f"claim-{citations.CLAIM}": [told | {"page": "coauthorship.html#coauthorship-citations"}]}


def _observed(edition: Edition) -> dict[str, list[Told]]:
    """To which year this book has numbers of a programme as its agency alone runs it; those of both agencies together are of neither."""
    if not edition.has("observations"):
        return {}
    entities = {row.name_en: row.id for row in edition.entities.itertuples()} | {id: id for id in edition.entities["id"]}
    done = edition.observations[~edition.observations["status"].isin(PLANNED)]
    found = {}
    for row in edition.programmes.to_dict("records"):
        entity = entities.get(row["id"], entities.get(row["abbreviation"], ""))
        own = done[done["entity"].eq(entity) & done["measure"].map(japan_funds.agency).eq(row["agency"])]
        if len(own):
            last = own.loc[own["period"].map(japan_funds.fiscal_year).idxmax()]
            told = {lang: words.word("ui.later_observed", lang, period=words.period(last["period"], lang)) for lang in words.LANGUAGES}
            found[f"programme-{row['id']}"] = [told | {"page": f"observations.html#observation-{last['id']}"}]
    return found


def _missing(edition: Edition) -> dict[str, list[Told]]:
    """What of each programme, or of all those of its agency, was looked for and not found; what is known of one takes its place."""
    if not edition.has("gaps"):
        return {}
    found: dict[str, list[Told]] = {}
    for row in edition.programmes.to_dict("records"):
        for gap in edition.gaps[edition.gaps["entity"].isin([row["id"], row["agency"].lower()])].sort_values("order").to_dict("records"):
            told = {lang: words.word("ui.later_missing", lang, what=gap[f"what_{lang}"]) for lang in words.LANGUAGES}
            found.setdefault(f"programme-{row['id']}", []).append(told | {"page": "japan_funds.html#japan-funds-gaps"})
    return found


def attach(made: dict[str, Any], edition: Edition, lang: str) -> None:
    """Adds to each record what is known since of what it rests on (`later`), and to each exhibit what is known of its rows (`badges`)."""
    since = known(edition)
    for record in [*made["exhibits"].values(), *made["values"].values()]:
        record["later"] = _shown([one for id in record["basis"] for one in since.get(f"claim-{id}", ())], lang)
    for record in made["exhibits"].values():
        record["later"] += _shown(since.get(f"programme-{record.get('subject', '')}", ()), lang)  # of a profile, what is known of its subject
        record["badges"] = {anchor: _shown(since[anchor], lang) for anchor in record["anchors"] if anchor in since}


def _shown(told: Iterable[Told], lang: str) -> list[dict[str, str]]:
    """Each text once, with the page that it leads to."""
    return list({one[lang]: {"text": one[lang], "page": one["page"]} for one in told}.values())
