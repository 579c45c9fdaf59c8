"""Japan's programmes and funds by fiscal year: what was adopted, what was asked for and what was given, each stage in a column of its own.

Counts of one agency and of several are different measures and are never mixed; a one-off fund is no yearly budget.
"""

import pandas as pd

from evidence import words
from evidence.analysis.follow_up import sureness

STAGES = ("request", "draft", "enacted", "actual")
AGENCIES = {
    "-jst-amed": "JST/AMED",
    "-jst": "JST",
    "-amed": "AMED",
    "-jica": "JICA",
    "-mext": "MEXT",
    "-jsps": "JSPS",
    "-maff": "MAFF",
}  # the longest ending first
NEARLY_PCT = 3  # a total "nearly agrees" with a sum where they differ by no more percent of it
ALL_FIELDS_UNTIL = 2014  # in April 2015 infectious diseases moved to AMED: a JST count of a later year leaves them out


def agency(measure: str) -> str:
    """The agency or agencies that a measure counts.

    >>> agency("adopted-jst-amed"), agency("budget-jst")
    ('JST/AMED', 'JST')
    """
    return next((name for ending, name in AGENCIES.items() if measure.endswith(ending)), "")


def fiscal_year(period: str) -> int:
    """The fiscal year of a period, of a span the last one.

    >>> fiscal_year("FY2008"), fiscal_year("FY2008/FY2024")
    (2008, 2024)
    """
    return int(period.split("/")[-1].removeprefix("FY")[:4])


def adopted(observations: pd.DataFrame, entity: str) -> pd.DataFrame:
    """Projects adopted in each fiscal year, all fields and both agencies, as counted today.

    Columns: fiscal_year, projects, claims; years ascending.
    """
    table = observations[observations["entity"].eq(entity) & observations["measure"].eq("adopted-jst-amed")]
    out = pd.DataFrame({"fiscal_year": [fiscal_year(period) for period in table["period"]], "projects": table["value"], "claims": table["id"]})
    return out.sort_values("fiscal_year").reset_index(drop=True)


def unlike(totals: pd.DataFrame) -> pd.DataFrame:
    """The totals that do not even nearly agree with the sum of the yearly numbers.

    >>> unlike(pd.DataFrame({"stated": [99.0, 60.0], "summed": [101.0, 50.0], "difference": [-2.0, 10.0]}))["stated"].tolist()
    [60.0]
    """
    return totals[totals["difference"].abs() > NEARLY_PCT / 100 * totals["summed"]]


def moved(announced: pd.DataFrame) -> pd.DataFrame:
    """The years whose number today is more than one away from the number first announced.

    >>> moved(pd.DataFrame({"fiscal_year": [2009, 2011], "difference": [-1.0, -2.0]}))["fiscal_year"].tolist()
    [2011]
    """
    return announced[announced["difference"].abs() > 1]


def totals(observations: pd.DataFrame, yearly: pd.DataFrame, entity: str) -> pd.DataFrame:
    """Every total that a source states, beside the sum of the yearly numbers to the same year.

    Columns: period, agency, stated, summed, difference (stated less summed), note_ja, note_en, claims; by last year, then as read.
    A difference is shown, not explained away.

    >>> observed = pd.DataFrame({"id": ["t"], "entity": ["satreps"], "measure": ["adopted-total-jst-amed"], "period": ["FY2008/FY2009"],
    ...     "value": [33.0], "note_ja": [""], "note_en": [""]})
    >>> yearly = pd.DataFrame({"fiscal_year": [2008, 2009, 2010], "projects": [12.0, 20.0, 17.0]})
    >>> totals(observed, yearly, "satreps")[["stated", "summed", "difference"]].values.tolist()
    [[33.0, 32.0, 1.0]]
    """
    table = observations[observations["entity"].eq(entity) & observations["measure"].str.startswith("adopted-total")].copy()
    table["last"] = [fiscal_year(period) for period in table["period"]]
    table["agency"] = [agency(measure) for measure in table["measure"]]
    table["stated"] = table["value"]
    table["summed"] = [float(yearly[yearly["fiscal_year"] <= last]["projects"].sum()) for last in table["last"]]
    table["difference"] = table["stated"] - table["summed"]
    table = table.sort_values("last", kind="stable").rename(columns={"id": "claims"})
    return table[["period", "agency", "stated", "summed", "difference", "note_ja", "note_en", "claims"]].reset_index(drop=True)


def announced(observations: pd.DataFrame, yearly: pd.DataFrame, entity: str) -> pd.DataFrame:
    """The number first announced beside today's count, for the announcements that cover all fields.

    Columns: fiscal_year, agency (who announced), announced, today, difference (today less announced), claims; years ascending.
    Announcements of JST after the move of infectious diseases to AMED are left out: they count something else.
    """
    table = observations[observations["entity"].eq(entity) & observations["measure"].isin(["adopted-announced-jst", "adopted-announced-jica"])].copy()
    table["fiscal_year"] = [fiscal_year(period) for period in table["period"]]
    table["agency"] = [agency(measure) for measure in table["measure"]]
    table = table[table["agency"].ne("JST") | table["fiscal_year"].le(ALL_FIELDS_UNTIL)]
    both = table.merge(yearly, on="fiscal_year", suffixes=("", "_today"))
    both["announced"], both["today"] = both["value"], both["projects"]
    both["difference"] = both["today"] - both["announced"]
    both["claims"] = both["id"] + " " + both["claims"]
    return both.sort_values(["fiscal_year", "agency"])[["fiscal_year", "agency", "announced", "today", "difference", "claims"]].reset_index(drop=True)


def budgets(observations: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """Yearly budgets across the agencies: one row a programme, agency and fiscal year, one column a stage.

    Columns: name, agency, fiscal_year, request_jpy_m, draft_jpy_m, enacted_jpy_m, actual_jpy_m (empty where not found), note, claims; in the
    order of the register.
    """
    table = observations[observations["measure"].str.match("(first-year-)?budget-") & observations["unit"].eq("jpy-m")].copy()
    table["fiscal_year"] = [fiscal_year(period) for period in table["period"]]
    table["agency"] = [agency(measure) for measure in table["measure"]]
    key = ["entity", "agency", "fiscal_year"]
    wide = table.pivot(index=key, columns="status", values="value").reindex(columns=list(STAGES)).add_suffix("_jpy_m")
    for name, parted in (("claims", " "), ("note_ja", "、"), ("note_en", "; ")):
        wide[name] = table.groupby(key)[name if name != "claims" else "id"].agg(
            lambda cells, parted=parted: parted.join(dict.fromkeys(filter(None, parted.join(cells).split(parted))))
        )
    named = wide.reset_index().merge(entities, left_on="entity", right_on="id", suffixes=("", "_of")).sort_values(["order", "fiscal_year", "agency"])
    stages = [f"{stage}_jpy_m" for stage in STAGES]
    return named[["name_ja", "name_en", "agency", "fiscal_year", *stages, "note_ja", "note_en", "claims"]].reset_index(drop=True)


def unexecuted(budgets: pd.DataFrame, agencies: list[str]) -> pd.DataFrame:
    """The agencies of this list for which the table has no executed amount: agency.

    >>> budgets = pd.DataFrame({"agency": ["AMED", "JST"], "actual_jpy_m": [824.0, float("nan")]})
    >>> unexecuted(budgets, ["AMED", "JST"])["agency"].tolist()
    ['JST']
    """
    known = set(budgets[budgets["actual_jpy_m"].notna()]["agency"])
    return pd.DataFrame({"agency": [name for name in agencies if name not in known]})


def one_off(observations: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """Money given once, over several years or at an agency's discretion, kept apart from yearly budgets.

    Columns: name, agency, period, money_jpy_m, note, claims.
    """
    table = observations[observations["measure"].str.match("one-off-fund|discretionary")]
    named = table.merge(entities[["id", "name_ja", "name_en"]], left_on="entity", right_on="id", suffixes=("", "_of"))
    named = named.assign(agency=[agency(measure) for measure in named["measure"]], money_jpy_m=named["value"], claims=named["id"])
    return named[["name_ja", "name_en", "agency", "period", "money_jpy_m", "note_ja", "note_en", "claims"]]


def otherwise_funded(observations: pd.DataFrame, fund: str) -> pd.DataFrame:
    """The row of this one-off fund, where no more than half of it is known to come from a supplementary budget.

    >>> measures = ["one-off-fund-jst-amed", "one-off-fund-supplementary-jst-amed"]
    >>> rows = pd.DataFrame({"id": ["fund", "part"], "entity": "aspire", "measure": measures, "value": [502.0, 501.0], "period": "FY2022"})
    >>> len(otherwise_funded(rows, "fund")), len(otherwise_funded(rows.assign(value=[502.0, 251.0]), "fund"))
    (0, 1)
    """
    row = observations[observations["id"].eq(fund)].iloc[0]
    part = row["measure"].replace("one-off-fund", "one-off-fund-supplementary")
    own = observations[observations["entity"].eq(row["entity"]) & observations["measure"].eq(part)]
    known = own[own["period"].map(fiscal_year) <= fiscal_year(row["period"])]["value"].sum()  # a later payment is not part of it
    return observations[observations["id"].eq(fund) & (2 * known <= row["value"])]


def dots(observations: pd.DataFrame, measures: pd.DataFrame, entity: str) -> pd.DataFrame:
    """Applications and partner countries of the years for which a number was found; the years between are unknown and stay empty.

    Columns: kind (applications or countries), measure, fiscal_year, number, note, claims; by kind and year.
    """
    kinds = {"applications-jst": "applications", "partner-countries-total-jst": "countries", "partner-countries-total-jst-amed": "countries"}
    table = observations[observations["entity"].eq(entity) & observations["measure"].isin(kinds)]
    named = table.merge(measures[["id", "name_ja", "name_en"]], left_on="measure", right_on="id", suffixes=("", "_of"))
    named = named.assign(
        kind=named["measure"].map(kinds), fiscal_year=[fiscal_year(period) for period in named["period"]], number=named["value"], claims=named["id"],
        measure_ja=named["name_ja"], measure_en=named["name_en"],
    )  # fmt: skip
    columns = ["measure_ja", "measure_en", "fiscal_year", "number", "note_ja", "note_en", "kind", "claims"]
    return named.sort_values(["kind", "fiscal_year"])[columns].rename(columns={"kind": "_kind"}).reset_index(drop=True)


def calls(results: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """Joint calls of which proposals or adoptions were found, one a row; a sample from announcements, from which no rate follows.

    Columns: name, period (empty where the source gives no year), partner, field, proposals (empty where not given), selected, note, sureness,
    source.
    """
    named = sureness(results).merge(entities[["id", "name_ja", "name_en", "order"]], left_on="scheme", right_on="id", suffixes=("", "_of"))
    named = named.assign(selected=named["adopted"], year=pd.to_numeric(named["period"].str.removeprefix("FY"))).sort_values(
        ["order", "year"], kind="stable"
    )
    both = ["name", "partner", "field"]
    columns = [f"{name}_{lang}" for name in both for lang in ("ja", "en")]
    return named[[*columns, "period", "proposals", "selected", "note_ja", "note_en", "sureness_ja", "sureness_en", "source"]].reset_index(drop=True)


def running(observations: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """Projects supported at the time, by programme and fiscal year, in the order of the register; years without a number are left out.

    Columns: name, agency, fiscal_year, running, note, claims.
    """
    table = observations[observations["measure"].str.startswith("live-projects-")]
    named = table.merge(entities[["id", "name_ja", "name_en", "order"]], left_on="entity", right_on="id", suffixes=("", "_of"))
    named = named.assign(
        agency=[agency(measure) for measure in named["measure"]], fiscal_year=[fiscal_year(period) for period in named["period"]],
        running=named["value"], claims=named["id"],
    ).sort_values(["order", "fiscal_year"])  # fmt: skip
    return named[["name_ja", "name_en", "agency", "fiscal_year", "running", "note_ja", "note_en", "claims"]].reset_index(drop=True)


def unused(unused: pd.DataFrame) -> pd.DataFrame:
    """What was gathered and is not used, in the order of the list: subject, gathered (rows), reason (in words), note."""
    table = unused.sort_values("order").reset_index(drop=True)
    reasons = {f"reason_{lang}": [words.word(f"unused.{code}", lang) for code in table["reason"]] for lang in words.LANGUAGES}
    return table.assign(gathered=table["rows"], **reasons)[["subject_ja", "subject_en", "gathered", "reason_ja", "reason_en", "note_ja", "note_en"]]


def gaps(gaps: pd.DataFrame) -> pd.DataFrame:
    """What was looked for and not found, in the order of the register."""
    return gaps.sort_values("order")[["subject_ja", "subject_en", "what_ja", "what_en", "note_ja", "note_en"]].reset_index(drop=True)


def filled(gaps: pd.DataFrame, observations: pd.DataFrame) -> pd.DataFrame:
    """The observations that a gap says were not found: of its entity and measure (any where it names none), after its fiscal year.

    Columns: subject and what of the gap, id and period of the observation.

    >>> gap = {"subject_en": "SATREPS (JST)", "what_en": "budget after FY2020", "entity": "satreps", "measure": "budget-jst", "after": "FY2020"}
    >>> rows = pd.DataFrame({"id": ["a", "b"], "entity": "satreps", "measure": "budget-jst", "period": ["FY2020", "FY2021"]})
    >>> filled(pd.DataFrame([gap]), rows)["id"].tolist()
    ['b']
    """
    both = observations.merge(gaps, on="entity", suffixes=("", "_sought"))
    sought = both["measure_sought"].eq("") | both["measure"].eq(both["measure_sought"])
    later = both.apply(lambda row: not row["after"] or fiscal_year(row["period"]) > fiscal_year(row["after"]), axis=1).astype("bool")
    columns = ["subject_ja", "subject_en", "what_ja", "what_en", "id", "period"]
    return both[sought & later][[name for name in columns if name in both]]
