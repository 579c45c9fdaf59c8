"""International budget trends: what each funder's growth claim says, and what one can and cannot compute from it.

The claims measure unlike things over unlike spans. They stand in the order of the source and are never sorted by value.
"""

from typing import Any

import pandas as pd

from evidence import words
from evidence.errors import Place, Refusal

COMPUTED = ("multiple", "annual_low_pct", "annual_high_pct")  # what is computed of one claim of growth
MOST_YEARS = 30  # a what-if longer than this says nothing about a budget


def multiple(value: float, kind: str) -> float:
    """The growth as a factor: end over start.

    >>> multiple(40, "pct-increase"), multiple(2, "doubling"), multiple(1.8, "multiple")
    (1.4, 2, 1.8)
    """
    return 1 + value / 100 if kind == "pct-increase" else value


def annual_range(factor: float, years: float) -> tuple[float, float]:
    """Annual growth in percent for both readings of "in n years": n intervals, and one fewer.

    Formula: 100 (m^(1/n) - 1) and 100 (m^(1/(n-1)) - 1), the compound annual growth rate of a factor m.

    >>> [round(rate, 1) for rate in annual_range(1.4, 5)]
    [7.0, 8.8]
    """
    low, high = (100 * (factor ** (1 / intervals) - 1) for intervals in (years, years - 1))
    return low, high


def annualised(trends: pd.DataFrame, claims: pd.DataFrame, funders: pd.DataFrame) -> pd.DataFrame:
    """Each funder's growth claim with its factor and its annual growth, in the order of the source.

    Columns: funder, name (abbreviated), as_printed (growth), multiple, span_years (empty where none is stated), annual_low_pct and annual_high_pct
    (empty without a span), measure_kind, claims. Funders without a growth claim are left out.

    >>> claims = pd.DataFrame({"id": ["g", "s"], "value": [40.0, 5.0], "as_printed": ["40%増", "5カ年"]})
    >>> trends = pd.DataFrame({"funder": ["nih"], "growth_claim": ["g"], "growth_kind": ["pct-increase"], "span_claim": ["s"],
    ...     "measure_kind": ["project-count"]})
    >>> funders = pd.DataFrame({"id": ["nih"], "abbreviation_ja": ["NIH"], "abbreviation_en": ["NIH"]})
    >>> annualised(trends, claims, funders)[["multiple", "annual_low_pct"]].round(2).values.tolist()
    [[1.4, 6.96]]
    """
    ledger = claims.set_index("id")
    table = trends[trends["growth_claim"].ne("")].copy()
    table["as_printed"] = table["growth_claim"].map(ledger["as_printed"])
    table["multiple"] = [multiple(ledger["value"][claim], kind) for claim, kind in zip(table["growth_claim"], table["growth_kind"], strict=True)]
    table["span_years"] = table["span_claim"].map(ledger["value"])
    rates = [annual_range(m, n) if pd.notna(n) else (None, None) for m, n in zip(table["multiple"], table["span_years"], strict=True)]
    table["annual_low_pct"], table["annual_high_pct"] = (pd.array(column, dtype="Float64") for column in zip(*rates, strict=True))
    table = table.assign(**short(table["funder"], funders))
    table["claims"] = (table["growth_claim"] + " " + table["span_claim"]).str.strip()
    columns = ["funder", "name_ja", "name_en", "as_printed", "multiple", "span_years", "annual_low_pct", "annual_high_pct", "measure_kind", "claims"]
    return table[columns].reset_index(drop=True).astype({"annual_low_pct": float, "annual_high_pct": float})


def short(ids: pd.Series, funders: pd.DataFrame) -> dict[str, pd.Series]:
    """The abbreviation of each of these funders in both languages, as the columns of a name."""
    known = funders.set_index("id")
    return {f"name_{lang}": ids.map(known[f"abbreviation_{lang}"]) for lang in words.LANGUAGES}


def arithmetic(ranges: pd.DataFrame) -> pd.DataFrame:
    """How the annual rates were computed, a row a funder.

    Columns: name, as_printed, multiple, span_years, annual_low_pct, annual_high_pct, claims.
    """
    return ranges[["name_ja", "name_en", "as_printed", "multiple", "span_years", "annual_low_pct", "annual_high_pct", "claims"]]


def comparability(trends: pd.DataFrame, funders: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """What each claim measures, over what span, and what the source leaves out.

    Columns: name, growth (as printed), span (as printed), measured (in words), scope, unknown, locator, claims. Where no growth is claimed, the row
    rests on what the ledger has of the funder from the same place: so the message of the United Kingdom leads to what became of its views.

    >>> claims = pd.DataFrame({"id": ["few", "far"], "source": "S01", "locator": ["¶12", "¶40"], "about": "uk", "as_printed": ["few", "far"]})
    >>> row = {"funder": "uk", "growth_claim": "", "span_claim": "", "measure_kind": "none", "source": "S01", "locator": "¶12"}
    >>> trends = pd.DataFrame([row | dict.fromkeys(("scope_ja", "scope_en", "unknown_ja", "unknown_en"), "")])
    >>> comparability(trends, pd.DataFrame({"id": ["uk"], "name_ja": ["英国"], "name_en": ["UK"]}), claims)["claims"].tolist()
    ['few']
    """
    printed = claims.set_index("id")["as_printed"]
    names = funders.set_index("id")
    table = trends.assign(
        growth=trends["growth_claim"].map(printed).fillna(""),
        span=trends["span_claim"].map(printed).fillna(""),
        claims=[_rests_on(row, claims) for row in trends.to_dict("records")],
    )
    for lang in words.LANGUAGES:
        table[f"name_{lang}"] = table["funder"].map(names[f"name_{lang}"])
        table[f"measured_{lang}"] = [words.word(f"measured.{kind}", lang) for kind in table["measure_kind"]]
    return table[
        [
            "name_ja",
            "name_en",
            "growth",
            "span",
            "measured_ja",
            "measured_en",
            "scope_ja",
            "scope_en",
            "unknown_ja",
            "unknown_en",
            "locator",
            "claims",
        ]
    ]


def _rests_on(row: dict[str, Any], claims: pd.DataFrame) -> str:
    """The claims of growth and span, or what else the ledger has of the funder from this place."""
    if row["growth_claim"]:
        return f"{row['growth_claim']} {row['span_claim']}".strip()
    there = claims["about"].eq(row["funder"]) & claims["source"].eq(row["source"]) & claims["locator"].eq(row["locator"])
    return " ".join(claims["id"][there])


def request(claims: pd.DataFrame) -> pd.DataFrame:
    """The SATREPS request and the budget of the year before, in million yen.

    Columns: fiscal_year, kind (budget or request), budget_jpy_m, claims.
    """
    ledger = claims.set_index("id")
    asked, before = ledger.loc["satreps-request-fy2020"], ledger.loc["satreps-budget-fy2019"]
    year = int(ledger["value"]["satreps-request-year"])
    return pd.DataFrame(
        {
            "fiscal_year": [year - 1, year],
            "kind": ["budget", "request"],
            "budget_jpy_m": [before["value"], asked["value"]],
            "claims": ["satreps-budget-fy2019", "satreps-request-fy2020"],
        }
    )


def change(table: pd.DataFrame) -> tuple[float, float]:
    """The request less the budget before it, in million yen and in percent of the latter.

    >>> table = pd.DataFrame({"budget_jpy_m": [1777.0, 2386.0]})
    >>> difference, pct = change(table)
    >>> difference, round(pct, 1)
    (609.0, 34.3)
    """
    before, asked = table["budget_jpy_m"]
    return asked - before, 100 * (asked - before) / before


def what_if(claims: pd.DataFrame, base_claim: str, growth_pct: float, years: int) -> pd.DataFrame:
    """A budget carried forward at a growth that one assumes: arithmetic, not a forecast.

    Columns: year (0 is the year of the claim), budget_jpy_m, growth_pct, claims.

    Raises:
        Refusal: E307 for a claim that is not a budget in million yen, a growth of -100 percent or less, or a span outside 1 to 30 years.

    >>> claims = pd.DataFrame({"id": ["b"], "value": [100.0], "measure": ["budget"]})
    >>> what_if(claims, "b", 10.0, 2)["budget_jpy_m"].round(1).tolist()
    [100.0, 110.0, 121.0]
    """
    place = Place("trends.ipynb", column="parameters")
    found = claims[claims["id"].eq(base_claim) & claims["measure"].isin(["budget", "budget-request"])]
    if found.empty:
        raise Refusal("E307", place, f"base_claim = {base_claim}")
    if not -100 < growth_pct < 1000:
        raise Refusal("E307", place, f"growth_pct = {growth_pct}")
    if isinstance(years, bool) or not isinstance(years, int) or not 1 <= years <= MOST_YEARS:
        raise Refusal("E307", place, f"years = {years}")
    steps = range(years + 1)
    base = found["value"].iloc[0]
    return pd.DataFrame(
        {
            "year": list(steps),
            "budget_jpy_m": [base * (1 + growth_pct / 100) ** step for step in steps],
            "growth_pct": growth_pct,
            "claims": base_claim,
        }
    )


def beside_peers(path: pd.DataFrame, ranges: pd.DataFrame, scenario: str) -> pd.DataFrame:
    """The last year of a what-if beside what the same budget would be at the growth of other funders' budgets, low and high.

    A number of projects is no budget and is left out; so is a growth without a span, and each reading of a span (n intervals, or one fewer) that is
    shorter than the what-if: a growth stated over three years is not run for five. Where one reading is left, low and high are the same.
    Columns: name (the funder, or the scenario's name in both languages), low_jpy_m, high_jpy_m, kind (what-if or peer), claims; and, not shown,
    what the row was computed from, so that a reader can compute it with another growth.

    >>> path = pd.DataFrame({"year": [0, 1, 2], "budget_jpy_m": [100.0, 110.0, 121.0], "growth_pct": 10.0, "claims": "b"})
    >>> ranges = pd.DataFrame({"name_ja": ["A", "B"], "name_en": ["A", "B"], "measure_kind": ["budget", "project-count"], "span_years": [2.0, 5.0],
    ...     "annual_low_pct": [100.0, 7.0], "annual_high_pct": [300.0, 8.8], "claims": ["g", "h"]})
    >>> beside_peers(path, ranges, "scenario.own")[["low_jpy_m", "high_jpy_m"]].values.tolist()
    [[121.0, 121.0], [400.0, 400.0]]
    """
    base, last = path["budget_jpy_m"].iloc[[0, -1]]
    years = path["year"].iloc[-1]
    own = {"name_ja": words.word(scenario, "ja"), "name_en": words.word(scenario, "en"), "low_jpy_m": last, "high_jpy_m": last, "kind": "what-if"}
    own |= {"_budget_jpy_m": base, "_annual_low_pct": path["growth_pct"].iloc[0], "_span_years": years, "_most_years": MOST_YEARS}
    rows = [own | {"claims": path["claims"].iloc[0]}]
    for peer in ranges[ranges["measure_kind"].eq("budget")].dropna(subset="span_years").itertuples():
        readings = ((peer.annual_low_pct, peer.span_years), (peer.annual_high_pct, peer.span_years - 1))
        reached = [base * (1 + rate / 100) ** years for rate, intervals in readings if years <= intervals]
        if reached:
            told = {"name_ja": peer.name_ja, "name_en": peer.name_en, "low_jpy_m": min(reached), "high_jpy_m": max(reached), "kind": "peer"}
            rates = {"_annual_low_pct": peer.annual_low_pct, "_annual_high_pct": peer.annual_high_pct}
            rows.append(told | rates | {"_budget_jpy_m": base, "_span_years": peer.span_years, "claims": peer.claims})
    return pd.DataFrame(rows)


def beside(ranges: pd.DataFrame, funder: str, funders: pd.DataFrame) -> pd.DataFrame:
    """The annual ranges of all funders with one of them marked; one without a growth claim gets a row without numbers.

    Columns: as in `annualised`, and mine (yes or no).
    """
    table = ranges
    if not table["funder"].eq(funder).any():
        row = pd.DataFrame([{"funder": funder, "measure_kind": "none", "as_printed": "", "claims": ""}])
        table = pd.concat([table, row.assign(**short(row["funder"], funders))])
    return table.assign(mine=table["funder"].eq(funder).map({True: "yes", False: "no"})).reset_index(drop=True)


def facts(comparison: pd.DataFrame, ranges: pd.DataFrame, funder: str, trends: pd.DataFrame) -> pd.DataFrame:
    """What is known and unknown of one funder, a row a fact.

    Columns: fact, told, locator, claims; in the data only as_printed of what is quoted, and multiple, annual_low_pct and annual_high_pct of what is
    computed, each under the name whose definition says how. Rates and factors are computed, the rest is read.
    """
    place = trends.index[trends["funder"].eq(funder)][0]
    row = comparison.loc[place]
    rate = ranges[ranges["funder"].eq(funder)]
    told = {"measured": ("measured_ja", "measured_en"), "scope": ("scope_ja", "scope_en"), "unknown": ("unknown_ja", "unknown_en")}
    rows: list[dict[str, Any]] = [{"fact": name, "told_ja": row[ja], "told_en": row[en]} for name, (ja, en) in told.items()]
    quoted = [{"fact": name, **_both(row[name]), "_as_printed": row[name] or None} for name in ("growth", "span")]
    rows[1:1] = [*quoted, *_computed(rate)]
    table = pd.DataFrame(rows).assign(locator=row["locator"], claims=row["claims"])
    for lang in words.LANGUAGES:
        table[f"fact_{lang}"] = [words.word(f"fact.{name}", lang) for name in table["fact"]]
    return table[["fact_ja", "fact_en", "told_ja", "told_en", "locator", "claims", *(f"_{name}" for name in COMPUTED), "_as_printed"]]


def _both(text: str) -> dict[str, str]:
    return {f"told_{lang}": text or words.word("fact.none", lang) for lang in words.LANGUAGES}


def _computed(rate: pd.DataFrame) -> list[dict[str, Any]]:
    """The factor and the annual range of one funder, in words and as numbers; what cannot be computed says so."""
    none = float("nan")
    factor, low, high = rate[list(COMPUTED)].iloc[0] if len(rate) else (none, none, none)
    facts: list[dict[str, Any]] = [
        {"fact": "multiple", "_multiple": factor},
        {"fact": "annual", "_annual_low_pct": low, "_annual_high_pct": high},
    ]
    for lang in words.LANGUAGES:
        lacking = words.word("fact.not_computable", lang)
        facts[0][f"told_{lang}"] = lacking if pd.isna(factor) else words.quantity(factor, "multiple", lang)
        facts[1][f"told_{lang}"] = lacking if pd.isna(low) else words.quantity((low, high), "pct", lang, 1)
    return facts
