"""The growth claims of 2019 against what was found since: a verdict for each, and the observations behind it.

Nothing of a verdict is typed: it is computed by `analysis.verdicts` from the routes of `analysis.routes`.
"""

import pandas as pd

from evidence import words
from evidence.analysis import trends, verdicts
from evidence.analysis.follow_up import sureness
from evidence.analysis.routes import SAME, Row, bounded, years

FOUND = ("growth_pct", "multiple", "level", "first", "last")  # numbers of the route that decided a verdict


def claimed(checks: pd.DataFrame, trends_table: pd.DataFrame, claims: pd.DataFrame, funders: pd.DataFrame) -> pd.DataFrame:
    """What each check tests, in the order of the briefing: who, and the growth as printed and as a number where there is one.

    Columns: check, funder, name, measure_kind, growth_kind, as_printed, claimed_multiple, claimed_pct (both empty for a statement without
    growth), span_years (empty where none is stated), scope, claims.
    """
    ledger = claims.set_index("id")
    tested = checks[["id", "trend", "claims"]].rename(columns={"id": "check", "claims": "tested"})
    table = trends_table.merge(tested, left_on="id", right_on="trend")
    table = table.assign(**trends.short(table["funder"], funders))
    table["as_printed"] = table["growth_claim"].map(ledger["as_printed"]).fillna("")
    pairs = zip(table["growth_claim"], table["growth_kind"], strict=True)
    table["claimed_multiple"] = [trends.multiple(ledger["value"][claim], kind) if claim else float("nan") for claim, kind in pairs]
    table["claimed_pct"] = 100 * (table["claimed_multiple"] - 1)
    table["span_years"] = table["span_claim"].map(ledger["value"])
    table["claims"] = (table["growth_claim"] + " " + table["span_claim"] + " " + table["tested"]).str.split().str.join(" ")
    return table[
        ["check", "funder", "name_ja", "name_en", "measure_kind", "growth_kind", "as_printed", "claimed_multiple", "claimed_pct", "span_years",
         "scope_ja", "scope_en", "claims"]
    ]  # fmt: skip


def results(
    checks: pd.DataFrame, claimed: pd.DataFrame, routes: pd.DataFrame, observations: pd.DataFrame, grades: pd.DataFrame
) -> pd.DataFrame:  # fmt: skip
    """Each claim, what was found of it, and the verdict, in the order of the briefing.

    `routes` holds the routes of all checks, computed and stated. Columns: name, scope, claimed, found, verdict_told (the grade in words), share_told
    (the number that gave it), same_measure, same_span, why (with an editor's reason for lowering), missing, note, claims; in the data only: check,
    claimed_pct, claimed_multiple, span_years, of the route that decided growth_pct, multiple, level, first and last, then limit, grade, stance,
    computed, share_pct, route and observations.
    """
    graded = verdicts.graded(checks, claimed, routes, grades)
    table = claimed.merge(checks.drop(columns=["trend", "claims", "lowered_why_ja", "lowered_why_en"]), left_on="check", right_on="id").merge(
        graded, on="check"
    )
    table = table.merge(verdicts.told(graded, grades), on="check")
    known = observations.set_index("id")
    found = routes.set_index("route").reindex(table["route"])[list(FOUND)].reset_index(drop=True)
    table = pd.concat([table.drop(columns=list(FOUND), errors="ignore"), found.fillna({"first": "", "last": ""})], axis=1)
    hidden = (
        "check", "claimed_pct", "claimed_multiple", "span_years", *FOUND, "limit", "grade", "stance", "computed", "share_pct", "route",
        "observations",
    )  # fmt: skip
    table = table.assign(limit=table["limit"].where(table["route"].ne(""), ""))
    table = table.assign(**{f"_{name}": table[name] for name in hidden})
    for lang in words.LANGUAGES:
        table[f"claimed_{lang}"] = [_claimed(row, lang) for row in table.to_dict("records")]
        table[f"found_{lang}"] = [_found(row, routes, known, lang) for row in table.to_dict("records")]
        table[f"why_{lang}"] = [" ".join(filter(None, [row[f"why_{lang}"], row[f"lowered_why_{lang}"]])) for row in table.to_dict("records")]
        for name in SAME:
            table[f"{name}_{lang}"] = [words.word(f"{name}.{row[name]}", lang) if row["route"] else "" for row in table.to_dict("records")]
    both = ("name", "scope", "claimed", "found", "verdict_told", "share_told", *SAME, "why", "missing", "note")
    return table[[*(f"{name}_{lang}" for name in both for lang in words.LANGUAGES), "claims", *(f"_{name}" for name in hidden)]]


def reasons(results: pd.DataFrame, observations: pd.DataFrame) -> pd.DataFrame:
    """Why each claim got its verdict, and what is missing to say more.

    Columns: name, claimed, verdict_told, share_told, same_measure, same_span, why, missing, note, source (ids of the documents that the
    observations come from), claims; in the data only: share_pct, the computed number that the verdict follows from.
    """
    read = observations.set_index("id")["source"]
    told = results.assign(source=[" ".join(sorted({read[id] for id in ids.split()})) for ids in results["_observations"]])
    both = ("name", "claimed", "verdict_told", "share_told", *SAME, "why", "missing", "note")
    return told[[*(f"{name}_{lang}" for name in both for lang in words.LANGUAGES), "source", "claims", "_share_pct"]]


def _claimed(row: Row, lang: str) -> str:
    """The claimed growth as a quantity; a statement without growth in the words of its check."""
    if row["growth_kind"] == "none":
        return words.word(f"claimed.{row['check']}", lang)
    grown = words.quantity(row["claimed_multiple"], "multiple", lang)
    if row["growth_kind"] == "pct-increase":
        grown = words.word("claimed.pct", lang, n=words.quantity(row["claimed_pct"], "pct", lang))
    span = words.word("span.none", lang) if pd.isna(row["span_years"]) else words.word("span.years", lang, n=words.number(row["span_years"]))
    return words.word("claimed.told", lang, kind=words.word(f"measured.{row['measure_kind']}", lang), n=grown, span=span)


def _found(row: Row, routes: pd.DataFrame, known: pd.DataFrame, lang: str) -> str:
    """What was found of a claim: the word `found.<check>`, its numbers filled in from the check's routes and observations."""
    own = routes[routes["check"].eq(row["check"]) & routes["multiple"].notna()]
    parts = {"first": "", "years": "", "routes": "", "latest": "", "period": ""}
    if len(own):
        kind = "growth_pct" if row["growth_kind"] == "pct-increase" else "multiple"
        unit, digits = ("pct", 1) if kind == "growth_pct" else ("multiple", 2)
        parts["first"] = bounded(own[kind].iloc[0], own["limit"].iloc[0], unit, lang, digits)
        parts["years"] = years(own["first"].iloc[0], own["last"].iloc[0], lang)
        parts["routes"] = words.quantity((own[kind].min(), own[kind].max()), unit, lang, digits)
    ids = str(row["observations"]).split()
    if ids:
        last = known.loc[ids[-1]]
        parts["latest"] = words.quantity(last["value"], last["unit"], lang, qualifier=last["qualifier"])
        parts["period"] = words.period(last["period"], lang)
    return words.word(f"found.{row['check']}", lang, **parts)


def budgets(observations: pd.DataFrame, entities: pd.DataFrame, sources: pd.DataFrame, measures: list[str]) -> pd.DataFrame:
    """Adopted budgets of the EU's framework programmes at current prices, by programme; sources that disagree stand side by side.

    Columns: name, period, scope (measure: with or without Euratom), budget_eur_bn, note, source, document, sureness; in the data only: id, entity,
    measure.
    """
    kept = observations["measure"].isin(measures) & observations["status"].eq("adopted") & observations["price_basis"].eq("current")
    names = entities[["id", "name_ja", "name_en", "order"]].rename(columns={"id": "entity"})
    table = observations[kept & observations["unit"].eq("eur-bn")].merge(names, on="entity")
    table = table.sort_values(["period", "order", "value"], kind="stable", ignore_index=True).rename(columns={"value": "budget_eur_bn"})
    return _told(table, sources)[
        ["name_ja", "name_en", "period", "scope_ja", "scope_en", "budget_eur_bn", "sureness_ja", "sureness_en", "note_ja", "note_en", "document_ja",
         "document_en", "source", "locator", "_id", "_entity", "_measure"]
    ]  # fmt: skip


def listed(observations: pd.DataFrame, entities: pd.DataFrame, measures: pd.DataFrame, sources: pd.DataFrame, wanted: list[str]) -> pd.DataFrame:
    """Everything observed of these entities, a row an observation, in their order.

    Columns: name, measure (its name), period, quantity (number with unit), state (status in words), note, document, source, locator; in the
    data only: id, value, unit.
    """
    names, kinds = entities.set_index("id"), measures.set_index("id")
    table = observations[observations["entity"].isin(wanted)]
    table = table.assign(_order=table["entity"].map(wanted.index)).sort_values(["_order", "period"], kind="stable", ignore_index=True)
    told = _told(table, sources).assign(period=table["period"], _value=table["value"])
    for lang in words.LANGUAGES:
        told[f"name_{lang}"] = table["entity"].map(names[f"name_{lang}"])
        told[f"measure_{lang}"] = table["measure"].map(kinds[f"name_{lang}"])
        rows = zip(table["value"], table["qualifier"], table["unit"], strict=True)
        told[f"quantity_{lang}"] = [words.quantity(value, unit, lang, qualifier=qualifier) for value, qualifier, unit in rows]
    return told[
        ["name_ja", "name_en", "measure_ja", "measure_en", "period", "quantity_ja", "quantity_en", "state_ja",
         "state_en", "note_ja", "note_en", "document_ja", "document_en", "source", "locator", "_id", "_value", "_unit"]
    ]  # fmt: skip


def _told(table: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The observations with document, status, scope and confidence in words."""
    titles = sources.set_index("id")
    told = sureness(table).assign(_id=table["id"], _entity=table["entity"], _measure=table["measure"], _status=table["status"], _unit=table["unit"])
    for lang in words.LANGUAGES:
        told[f"document_{lang}"] = table["source"].map(titles[f"title_{lang}"])
        told[f"state_{lang}"] = [words.word(f"observed.{status}", lang) for status in table["status"]]
        told[f"scope_{lang}"] = [words.word(f"euratom.{'with' if 'euratom' in measure else 'without'}", lang) for measure in table["measure"]]
    return told
