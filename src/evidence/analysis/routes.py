"""Routes to a claimed growth: ways to compute it from observations, and the refusal to divide unlike money.

A route is one observation over another, now and then with a part taken off the latter. It needs the same unit and, for money, the same stated
price basis. A number that the source gives as "more than" makes the result a bound, not a point. Where nothing is divided, the observation itself
states the growth, or a level. Each route says whether its measure and its span are those of the claim (same_measure, same_span: yes, partly, no).
"""

from typing import Any

import pandas as pd

from evidence import words
from evidence.errors import Place, Refusal

MONEY = ("eur", "usd", "gbp", "cny", "jpy")
UNKNOWN_PRICES = ("", "not-stated", "constant-unstated")
# What a source's qualifier makes of a quotient: of the number above the line, and of the one below it.
ABOVE = {
    "more-than": "at-least", "at-least": "at-least", "less-than": "at-most", "at-most": "at-most", "nearly": "at-most",
    "about": "about", "as-a-rule": "about", "estimate": "about", "cumulative": "exact", "": "exact",
}  # fmt: skip
QUALIFIER = {"at-least": "more-than", "at-most": "less-than", "about": "about", "exact": "", "open": ""}  # of a number so bounded
BELOW = {one: {"at-least": "at-most", "at-most": "at-least"}.get(bound, bound) for one, bound in ABOVE.items()}
NEAR_POINTS = 1  # "near the claim": less than so many percentage points away
SAME = ("same_measure", "same_span")
ADOPTED = {  # the EU's adopted budget over the one before, as it stands and like for like
    "current": ("eu-horizon-europe-budget", "eu-horizon-2020-budget"),
    "alike": ("eu-horizon-europe-budget-constant-2018", "eu-horizon-2020-budget-eu27-reported-constant-2018"),
}
Row = dict[str, Any]


def computed(table: pd.DataFrame, observations: pd.DataFrame, claimed: pd.DataFrame) -> pd.DataFrame:
    """Every route that divides one observation by another, computed beside the claim it tests, in the order of the table.

    `claimed` gives each check its claimed growth (`claimed`). Columns: route, check, name, above and below (the numbers divided), deducted (from
    below), unit, price_basis, growth_pct, multiple, limit, claimed_pct, claimed_multiple, difference_points (growth_pct less claimed_pct),
    same_measure, same_span, note, observations, claims; periods of both as `first` and `last`.

    Raises:
        Refusal: E308 for a route that mixes units or price bases.
    """
    known = observations.set_index("id")
    wanted = claimed.set_index("check")
    divided = table[table["denominator"].ne("")]
    return pd.DataFrame([_route(row, known, wanted) for row in divided.to_dict("records")])


def _route(row: Row, known: pd.DataFrame, wanted: pd.DataFrame) -> Row:
    above, below, deducted = (known.loc[row[part].split()] for part in ("numerator", "denominator", "deducted"))
    growth = growth_pct(above, below, deducted, row["id"])
    asked = wanted.loc[row["check"]]
    told: Row = {
        "route": row["id"],
        "check": row["check"],
        **{f"_funder_{lang}": asked[f"name_{lang}"] for lang in words.LANGUAGES},
        "name_ja": row["name_ja"],
        "name_en": row["name_en"],
        **{part: rows["value"].sum(min_count=1) for part, rows in (("above", above), ("below", below), ("deducted", deducted))},
        "unit": above["unit"].iloc[0],
    }
    price = above["price_basis"].iloc[0]
    for lang in words.LANGUAGES:
        told[f"price_basis_{lang}"] = words.word(f"price.{price}", lang) if price else ""
    return told | {
        "growth_pct": growth, "multiple": 1 + growth / 100, "limit": limit(*(list(part["qualifier"]) for part in (above, below, deducted))),
        "claimed_pct": asked["claimed_pct"], "claimed_multiple": asked["claimed_multiple"],
        "difference_points": growth - asked["claimed_pct"], **{name: row[name] for name in (*SAME, "note_ja", "note_en")},
        "first": below["period"].iloc[0], "last": above["period"].iloc[0],
        "observations": " ".join(f"{row[part]}" for part in ("numerator", "denominator", "deducted") if row[part]), "claims": asked["claims"],
    }  # fmt: skip


def stated(table: pd.DataFrame, observations: pd.DataFrame, claimed: pd.DataFrame, unit: str = "multiple") -> pd.DataFrame:
    """What an observation states outright by itself, shaped like a route: a growth as a factor, or with `unit` "index" a level.

    Columns: those of `computed` that apply (route, check, name, multiple and growth_pct of a growth, level of an index, limit, claimed_multiple,
    claimed_pct, same_measure, same_span, first, last, note, observations, claims).
    """
    known, wanted = observations.set_index("id"), claimed.set_index("check")
    rows = []
    for row in table[table["denominator"].eq("")].to_dict("records"):
        found, asked = known.loc[row["numerator"]], wanted.loc[row["check"]]
        if found["unit"] != unit:
            continue
        value = found["value"]
        told = {"multiple": value, "growth_pct": 100 * (value - 1)} if unit == "multiple" else {"level": value}
        rows.append(
            {"route": row["id"], "check": row["check"], "_funder_ja": asked["name_ja"], "_funder_en": asked["name_en"],
             "name_ja": row["name_ja"], "name_en": row["name_en"], **told,
             "limit": ABOVE[found["qualifier"]], "claimed_multiple": asked["claimed_multiple"], "claimed_pct": asked["claimed_pct"],
             "difference_points": float("nan"), **{name: row[name] for name in (*SAME, "note_ja", "note_en")}, "first": found["period"],
             "last": found["period"], "observations": row["numerator"], "claims": asked["claims"]}
        )  # fmt: skip
    return pd.DataFrame(rows)


def between(observations: pd.DataFrame, above: str, below: str) -> float:
    """The growth from the observation `below` to the observation `above`, in percent.

    Raises:
        Refusal: E308 when their units or price bases differ.
    """
    known = observations.set_index("id")
    return growth_pct(known.loc[[above]], known.loc[[below]], known.iloc[:0], above)


def adopted(observations: pd.DataFrame) -> pd.DataFrame:
    """The growth by the budget that the EU adopted in the end: at current prices, and at constant prices for the same countries.

    Columns: route (its name), above, below, unit, price_basis, growth_pct, note (what differs), observations; in the data only: way.
    """
    known, rows = observations.set_index("id"), []
    for way, (above, below) in ADOPTED.items():
        row: Row = {"_way": way, "growth_pct": between(observations, above, below), "observations": f"{above} {below}"}
        row |= {"above": known["value"][above], "below": known["value"][below], "unit": known["unit"][above]}
        for lang in words.LANGUAGES:
            row[f"route_{lang}"], row[f"note_{lang}"] = words.word(f"adopted.{way}", lang), words.word(f"adopted.{way}.note", lang)
            row[f"price_basis_{lang}"] = words.word(f"price.{known['price_basis'][above]}", lang)
        rows.append(row)
    both = [f"{name}_{lang}" for name in ("route", "price_basis", "note") for lang in words.LANGUAGES]
    columns = [*both[:2], "above", "below", "unit", *both[2:4], "growth_pct", *both[4:], "observations", "_way"]
    return pd.DataFrame(rows)[columns]


def far(adopted: pd.DataFrame, claimed_pct: float) -> pd.DataFrame:
    """The like-for-like growth if it is not near the claim.

    >>> rows = pd.DataFrame({"_way": ["current", "alike"], "growth_pct": [24.0, 26.6]})
    >>> len(far(rows, 26.0)), len(far(rows, 30.0))
    (0, 1)
    """
    return adopted[adopted["_way"].eq("alike") & (adopted["growth_pct"] - claimed_pct).abs().ge(NEAR_POINTS)]


def first(table: pd.DataFrame, check: str) -> pd.Series:
    """The first route of this check, the one that its claim is set against."""
    return table[table["check"].eq(check)].iloc[0]


def every(table: pd.DataFrame, observations: pd.DataFrame, claimed: pd.DataFrame) -> pd.DataFrame:
    """All routes in the order of the table: a growth computed, a growth that a source states, a level; what does not apply is empty.

    Columns: as of `computed` and `stated`.

    Raises:
        Refusal: E308 for a route that mixes units or price bases.
    """
    parts = [computed(table, observations, claimed), *(stated(table, observations, claimed, unit) for unit in ("multiple", "index"))]
    found = pd.concat([part for part in parts if len(part)], ignore_index=True)
    found = found.reindex(columns=list(dict.fromkeys([*found.columns, "multiple", "level"])))
    places = {route: place for place, route in enumerate(table["id"])}
    found = found.sort_values("route", key=lambda ids: ids.map(places), ignore_index=True)
    texts = [name for name in found.columns if not pd.api.types.is_numeric_dtype(found[name])]
    return found.assign(**{name: found[name].fillna("") for name in texts})


def growing(routes: pd.DataFrame) -> pd.DataFrame:
    """The routes that give a growth, without the levels."""
    return routes[routes["multiple"].notna()].drop(columns="level").reset_index(drop=True)


def of(routes: pd.DataFrame, checks: list[str]) -> pd.DataFrame:
    """The routes of these checks, in this order of checks.

    >>> of(pd.DataFrame({"check": ["eu", "anr"]}), ["anr", "eu"])["check"].tolist()
    ['anr', 'eu']
    """
    kept = routes[routes["check"].isin(checks)]
    return kept.sort_values("check", key=lambda ids: ids.map(checks.index), kind="stable", ignore_index=True)


def growth_pct(above: pd.DataFrame, below: pd.DataFrame, deducted: pd.DataFrame, route: str = "") -> float:
    """The growth from `below` (less what is deducted) to `above`, in percent; each is a set of observations that are added up.

    Formula: 100 (above / (below - deducted) - 1).

    Raises:
        Refusal: E308 when units differ, when price bases of money differ or are not stated, or when nothing positive is left to divide by.

    >>> row = {"unit": ["eur-bn"], "price_basis": ["current"]}
    >>> growth_pct(pd.DataFrame(row | {"value": [9.0]}), pd.DataFrame(row | {"value": [8.0]}), pd.DataFrame(row | {"value": [2.0]}))
    50.0
    """
    place = Place("claim_check_routes.csv", column=route)
    every = pd.concat([part for part in (above, below, deducted) if len(part)])
    units, prices = sorted(set(every["unit"])), sorted(set(every["price_basis"]))
    if len(units) > 1:
        raise Refusal("E308", place, " / ".join(units))
    if len(prices) > 1 or (units[0].startswith(MONEY) and prices[0] in UNKNOWN_PRICES):
        raise Refusal("E308", place, " / ".join(basis or "-" for basis in prices))
    base = below["value"].sum() - deducted["value"].sum()
    if not base > 0:
        raise Refusal("E308", place, str(base))
    return float(100 * (above["value"].sum() / base - 1))


def limit(above: list[str], below: list[str], deducted: list[str]) -> str:
    """What the qualifiers of the sources make of the growth: exact, about, at-least, at-most, or open where they pull both ways.

    >>> limit(["more-than"], [""], []), limit([""], ["more-than"], []), limit(["about"], [""], []), limit(["more-than"], ["more-than"], [])
    ('at-least', 'at-most', 'about', 'open')
    """
    # What is taken off below the line works as if it stood above it.
    found = {ABOVE[one] for one in [*above, *deducted]} | {BELOW[one] for one in below}
    bounds = found & {"at-least", "at-most"}
    if len(bounds) > 1:
        return "open"
    return bounds.pop() if bounds else "about" if "about" in found else "exact"


def bounded(value: float, limit: str, unit: str, lang: str, digits: int | None) -> str:
    """The number with its unit and what bounds it: "more than 1.42 times".

    >>> bounded(1.416, "at-least", "multiple", "en", 2), bounded(57.9, "exact", "eur-m", "ja", None)
    ('more than 1.42 times', '5,790万ユーロ')
    """
    told = words.quantity(value, unit, lang, digits)
    return told if limit == "exact" else words.word(f"limit.{limit}", lang, n=told)


def years(first: str, last: str, lang: str) -> str:
    """The two ends of a growth: "2014–2019".

    >>> years("2014", "2019", "en")
    '2014–2019'
    """
    ends = sorted({part.removeprefix("FY")[:4] for code in (first, last) for part in code.split("/")})
    kind = "fiscal-year" if first.startswith("FY") else "calendar-year"
    return words.quantity((int(ends[0]), int(ends[-1])), kind, lang)


def told(table: pd.DataFrame) -> pd.DataFrame:
    """The routes with codes in words, as a reader sees them, in the order of the claims.

    Columns: name (the funder), route, above, below, deducted, unit, price_basis, growth_pct, multiple, bounded, claimed_pct, difference_points,
    same_measure, same_span (in words), note, observations, claims; in the data only: check, limit.
    """
    shown = table.assign(_check=table["check"], _limit=table["limit"])
    for lang in words.LANGUAGES:
        shown[f"route_{lang}"], shown[f"name_{lang}"] = table[f"name_{lang}"], table[f"_funder_{lang}"]
        shown[f"bounded_{lang}"] = [words.word(f"bounded.{limit}", lang) for limit in table["limit"]]
        for name in SAME:
            shown[f"{name}_{lang}"] = [words.word(f"{name}.{one}", lang) for one in table[name]]
    return shown[
        ["name_ja", "name_en",
         "route_ja", "route_en", "above", "below", "deducted", "unit", "price_basis_ja", "price_basis_en", "growth_pct", "multiple",
         "bounded_ja", "bounded_en", "claimed_pct", "difference_points", "same_measure_ja", "same_measure_en", "same_span_ja", "same_span_en",
         "note_ja", "note_en", "observations", "claims", "_check", "_limit"]
    ]  # fmt: skip
