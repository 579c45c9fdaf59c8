"""Routes to a claimed growth: ways to compute it from observations, and the refusal to divide unlike money.

A route is one observation over another, now and then with a part taken off the latter. It needs the same unit and, for money, the same stated
price basis. A number that the source gives as "more than" makes the result a bound, not a point.
"""

from typing import Any

import pandas as pd

from evidence import words
from evidence.errors import Place, Refusal

MONEY = ("eur", "usd", "gbp", "cny", "jpy")
UNKNOWN_PRICES = ("", "not-stated", "constant-unstated")
# What a source's qualifier makes of a quotient: of the number above the line, and of the one below it.
ABOVE = {"more-than": "at-least", "nearly": "at-most", "about": "about", "": "exact"}
QUALIFIER = {"at-least": "more-than", "at-most": "less-than", "about": "about", "exact": "", "open": ""}  # of a number so bounded
BELOW = {"more-than": "at-most", "nearly": "at-least", "about": "about", "": "exact"}
Row = dict[str, Any]


def computed(table: pd.DataFrame, observations: pd.DataFrame, claimed: pd.DataFrame) -> pd.DataFrame:
    """Every route computed, beside the claim it tests, in the order of the table.

    `claimed` gives each check its claimed growth (`claimed`). Columns: check, name, above and below (the numbers divided), unit, price_basis,
    growth_pct, multiple, limit, claimed_pct, claimed_multiple, difference_points (growth_pct less claimed_pct), comparable, note,
    observations, claims; periods of both as `first` and `last`.

    Raises:
        Refusal: E308 for a route that mixes units or price bases.
    """
    known = observations.set_index("id")
    wanted = claimed.set_index("check")
    rows = [_route(row, known, wanted) for row in table.to_dict("records")]
    return pd.DataFrame(rows)


def _route(row: Row, known: pd.DataFrame, wanted: pd.DataFrame) -> Row:
    above, below, deducted = (known.loc[row[part].split()] for part in ("numerator", "denominator", "deducted"))
    growth = growth_pct(above, below, deducted, row["id"])
    asked = wanted.loc[row["check"]]
    minus = "".join(f" − {words.number(value, 3).rstrip('0').rstrip('.')}" for value in deducted["value"])
    told: Row = {
        "check": row["check"],
        "_funder": asked["name"],
        "name_ja": row["name_ja"],
        "name_en": row["name_en"],
        "above": _sum(above),
        "below": _sum(below) + minus,
    }
    unit, price = above["unit"].iloc[0], above["price_basis"].iloc[0]
    for lang in words.LANGUAGES:
        told[f"unit_{lang}"] = words.word(f"unit_name.{unit}", lang)
        told[f"price_basis_{lang}"] = words.word(f"price.{price}", lang) if price else ""
    return told | {
        "growth_pct": growth, "multiple": 1 + growth / 100, "limit": limit(*(list(part["qualifier"]) for part in (above, below, deducted))),
        "claimed_pct": asked["claimed_pct"], "claimed_multiple": asked["claimed_multiple"],
        "difference_points": growth - asked["claimed_pct"], "comparable": row["comparable"], "note_ja": row["note_ja"], "note_en": row["note_en"],
        "first": below["period"].iloc[0], "last": above["period"].iloc[0],
        "observations": " ".join(f"{row[part]}" for part in ("numerator", "denominator", "deducted") if row[part]), "claims": asked["claims"],
    }  # fmt: skip


def stated(checks: pd.DataFrame, observations: pd.DataFrame, measures: pd.DataFrame, claimed: pd.DataFrame) -> pd.DataFrame:
    """Growth that a source states outright as a factor, shaped like a route; nothing is computed but its percentage.

    Columns: those of `computed` that apply (check, name, multiple, growth_pct, limit, claimed_multiple, claimed_pct, comparable, first, last, note,
    observations, claims).
    """
    known, names, wanted = observations.set_index("id"), measures.set_index("id"), claimed.set_index("check")
    rows = []
    for check, ids in zip(checks["id"], checks["observations"], strict=True):
        for id in (id for id in ids.split() if known.loc[id, "unit"] == "multiple"):
            found, asked = known.loc[id], wanted.loc[check]
            rows.append(
                {"check": check, "_funder": asked["name"], **_called(found, names.loc[found["measure"]]),
                 "multiple": found["value"], "growth_pct": 100 * (found["value"] - 1),
                 "limit": ABOVE[found["qualifier"]], "claimed_multiple": asked["claimed_multiple"], "claimed_pct": asked["claimed_pct"],
                 "difference_points": float("nan"), "comparable": "partly", "first": found["period"], "last": found["period"],
                 "note_ja": found["note_ja"], "note_en": found["note_en"], "observations": id, "claims": asked["claims"]}
            )  # fmt: skip
    return pd.DataFrame(rows)


def _called(found: pd.Series, measure: pd.Series) -> Row:
    """The period and the measure of an observation, as the name of a route."""
    told = {lang: {"period": period(found["period"], lang), "name": measure[f"name_{lang}"]} for lang in words.LANGUAGES}
    return {f"name_{lang}": words.word("route.stated", lang, **parts) for lang, parts in told.items()}


def between(observations: pd.DataFrame, above: str, below: str) -> float:
    """The growth from the observation `below` to the observation `above`, in percent.

    Raises:
        Refusal: E308 when their units or price bases differ.
    """
    known = observations.set_index("id")
    return growth_pct(known.loc[[above]], known.loc[[below]], known.iloc[:0], above)


def first(table: pd.DataFrame, check: str) -> pd.Series:
    """The first route of this check, the one that its claim is set against."""
    return table[table["check"].eq(check)].iloc[0]


def joined(computed: pd.DataFrame, stated: pd.DataFrame, checks: list[str]) -> pd.DataFrame:
    """The computed routes of these checks, each check led by what a source states outright; cells that do not apply are empty."""
    every = pd.concat([stated, computed], ignore_index=True)
    kept = every[every["check"].isin(checks)]
    kept = kept.assign(_order=kept["check"].map(checks.index)).sort_values("_order", kind="stable", ignore_index=True).drop(columns="_order")
    texts = kept.columns[kept.dtypes.eq(object) | kept.dtypes.astype(str).str.startswith("str")]
    return kept.assign(**{name: kept[name].fillna("") for name in texts})


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


def _sum(rows: pd.DataFrame) -> str:
    return " + ".join(words.number(value, 3).rstrip("0").rstrip(".") for value in rows["value"])


def bounded(value: float, limit: str, unit: str, lang: str, digits: int | None) -> str:
    """The number with its unit and what bounds it: "more than 1.42 times".

    >>> bounded(1.416, "at-least", "multiple", "en", 2), bounded(57.9, "exact", "eur-m", "ja", None)
    ('more than 1.42 times', '5,790万ユーロ')
    """
    told = words.quantity(value, unit, lang, digits)
    return told if limit == "exact" else words.word(f"limit.{limit}", lang, n=told)


def period(code: str, lang: str) -> str:
    """A period as a reader writes it: a year, a fiscal year or a span; a month or a day stays in ISO form, an unknown one empty.

    >>> period("FY2019", "ja"), period("2014/2020", "en"), period("2014/2020", "ja")
    ('2019年度', '2014–2020', '2014～2020年')
    """
    if not code or "-" in code:
        return code
    kind = "fiscal-year" if code.startswith("FY") else "calendar-year"
    both = [int(part.removeprefix("FY")[:4]) for part in code.split("/")]
    return words.quantity((both[0], both[-1]) if len(both) > 1 else both[0], kind, lang)


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

    Columns: name (the funder), route, above, below, unit, price_basis, growth_pct, multiple, bounded, claimed_pct, difference_points,
    comparable, note, observations, claims; in the data only: check, limit.
    """
    shown = table.assign(name=table["_funder"], _check=table["check"], _limit=table["limit"])
    for lang in words.LANGUAGES:
        shown[f"route_{lang}"] = table[f"name_{lang}"]
        shown[f"bounded_{lang}"] = [words.word(f"bounded.{limit}", lang) for limit in table["limit"]]
        shown[f"comparable_{lang}"] = [words.word(f"comparable.{one}", lang) for one in table["comparable"]]
    return shown[
        ["name", "route_ja", "route_en", "above", "below", "unit_ja", "unit_en", "price_basis_ja", "price_basis_en", "growth_pct", "multiple",
         "bounded_ja", "bounded_en", "claimed_pct", "difference_points", "comparable_ja", "comparable_en", "note_ja", "note_en", "observations",
         "claims", "_check", "_limit"]
    ]  # fmt: skip
