"""The verdict on each statement of the briefing: computed from what was claimed and what was found, by the numbers of `verdict_grades.csv`.

A statement of growth is set on a scale of the found growth in percent of that claimed; the view that something is few, on a scale of the found number
in percent of that expected. Of the routes whose measure and span agree best with the statement, the one least in its favour decides.
"""

from typing import Any

import pandas as pd

from evidence import words
from evidence.analysis.routes import SAME, bounded
from evidence.errors import Place, Refusal

RANKS = {"yes": 2, "partly": 1, "no": 0}
NONE = "not-verifiable"
Row = dict[str, Any]


def graded(checks: pd.DataFrame, claimed: pd.DataFrame, found: pd.DataFrame, grades: pd.DataFrame) -> pd.DataFrame:
    """The verdict on each check, with the number that gave it.

    `found` holds the routes of all checks: multiple of a growth, level of an index (1: as many as expected). Columns: check, scale (growth or
    level), grade, stance, computed (before an editor lowered it), share_pct (empty where no route is of the same measure and span, even in part),
    limit (how the sources bound it), same_measure, same_span, route, lowered_why.
    Formula: share_pct = 100 (found factor − 1) / (claimed factor − 1), or 100 × level.

    Raises:
        Refusal: E330 a verdict raised by hand or lowered without a reason, E331 a span called the same that is not, E332 no grade for a number.

    >>> grades = pd.DataFrame([["growth", "near", 2, "for", 80.0, 120.0], ["growth", "smaller", 3, "for", 20.0, 80.0]],
    ...     columns=["scale", "grade", "order", "stance", "from_pct", "to_pct"]).assign(same_measure="partly", same_span="partly")
    >>> checks = pd.DataFrame({"id": ["a"], "lowered_to": "", "lowered_why_ja": "", "lowered_why_en": ""})
    >>> claimed = pd.DataFrame({"check": ["a"], "claimed_multiple": [3.0], "span_years": [6.0]})
    >>> found = pd.DataFrame({"check": ["a"], "route": "r", "multiple": [2.0], "level": float("nan"), "limit": "exact", "same_measure": "yes",
    ...     "same_span": "yes", "first": "2014", "last": "2019"})
    >>> graded(checks, claimed, found, grades)[["grade", "share_pct"]].values.tolist()
    [['smaller', 50.0]]
    """
    asked = claimed.set_index("check")
    rows = [_check(row, asked.loc[row["id"]], found[found["check"].eq(row["id"])], grades) for row in checks.to_dict("records")]
    return pd.DataFrame(rows)


def _check(check: Row, claim: pd.Series, found: pd.DataFrame, grades: pd.DataFrame) -> Row:
    """The verdict on one check: its best routes graded, the one least in favour of the claim taken, then lowered where an editor did so."""
    scale = "level" if pd.isna(claim["claimed_multiple"]) else "growth"
    own = grades[grades["scale"].eq(scale)]
    routes = [_measured(row, claim, scale) for row in found.to_dict("records") if pd.notna(row["level" if scale == "level" else "multiple"])]
    best = max((_agreement(row) for row in routes), default=(0, 0))
    rows = [row | {"computed": _grade(row, own)} for row in routes if _agreement(row) == best]
    order = dict(zip(own["grade"], own["order"], strict=True))
    empty = {"computed": NONE, "share_pct": float("nan"), "limit": "exact", "route": ""} | dict.fromkeys(SAME, "no")
    decided: Row = max(rows, key=lambda row: (order[row["computed"]], abs(row["share_pct"] - 100)), default=empty)
    grade = _lowered(check, decided["computed"], own)
    stances = dict(zip(own["grade"], own["stance"], strict=True))
    told = {"check": check["id"], "scale": scale, "grade": grade, "stance": stances[grade]}
    told |= {name: decided[name] for name in ("computed", "share_pct", "limit", *SAME, "route")}
    if decided["computed"] == NONE:
        told["share_pct"] = float("nan")
    return told | {name: check[name] for name in ("lowered_why_ja", "lowered_why_en")}


def _measured(row: Row, claim: pd.Series, scale: str) -> Row:
    """The route with what was found in percent of what was claimed, or expected."""
    years = claim["span_years"]
    if row["same_span"] == "yes" and pd.notna(years) and not years - 1 <= _length(row["first"], row["last"]) <= years:
        raise Refusal("E331", Place("claim_check_routes.csv", column=row["route"]), f"{row['first']}, {row['last']} / {words.number(years)}")
    share = 100 * row["level"] if scale == "level" else 100 * (row["multiple"] - 1) / (claim["claimed_multiple"] - 1)
    return row | {"share_pct": float(round(share, 9))}


def _length(first: str, last: str) -> int:
    """The years from the start of a growth to its end.

    >>> _length("2014", "2019"), _length("2009/2015", "2009/2015")
    (5, 6)
    """
    ends = sorted(int(part.removeprefix("FY")[:4]) for code in (first, last) for part in code.split("/"))
    return ends[-1] - ends[0]


def _agreement(row: Row) -> tuple[int, int]:
    """How well a route agrees with the claim: whether in both measure and span at least in part, and the sum of the two.

    >>> _agreement({"same_measure": "yes", "same_span": "no"}), _agreement({"same_measure": "partly", "same_span": "partly"})
    ((0, 2), (1, 2))
    """
    ranks = [RANKS[row[name]] for name in SAME]
    return min(1, *ranks), sum(ranks)


def _grade(row: Row, grades: pd.DataFrame) -> str:
    """The grade whose range holds the number; of two, the one that needs more sameness, then the one more in favour of the claim."""
    number, known = row["share_pct"], grades[grades["grade"].ne(NONE)]
    low, high = known["from_pct"].fillna(float("-inf")), known["to_pct"].fillna(float("inf"))
    held = known[(low <= number) & (number <= high)]
    if held.empty:
        raise Refusal("E332", Place("verdict_grades.csv"), words.number(number, 1))
    enough = held[[all(RANKS[grade[name]] <= RANKS[row[name]] for name in SAME) for grade in held.to_dict("records")]]
    if enough.empty:
        return NONE
    needed = enough["same_measure"].map(RANKS) + enough["same_span"].map(RANKS)
    return str(enough.assign(_needed=-needed).sort_values(["_needed", "order"], kind="stable")["grade"].iloc[0])


def _lowered(check: Row, computed: str, grades: pd.DataFrame) -> str:
    """The grade that an editor lowered the computed one to, or the computed one."""
    wanted = check["lowered_to"]
    if not wanted:
        return computed
    known = grades.set_index("grade")
    place = Place("claim_checks.csv", column=check["id"])
    softened = wanted == NONE and known["stance"].get(computed) == "against"
    if computed == NONE or wanted not in known.index or softened or known["order"][wanted] <= known["order"][computed]:
        raise Refusal("E330", place, f"{computed} → {wanted}")
    if not check["lowered_why_ja"] or not check["lowered_why_en"]:
        raise Refusal("E330", place, f"{computed} → {wanted} (lowered_why)")
    return str(wanted)


def counted(results: pd.DataFrame, *grades: str) -> int:
    """The number of statements with one of these verdicts.

    >>> counted(pd.DataFrame({"_grade": ["near", "smaller", "larger"]}), "smaller", "larger")
    2
    """
    return int(results["_grade"].isin(grades).sum())


def told(graded: pd.DataFrame, grades: pd.DataFrame) -> pd.DataFrame:
    """The verdicts in words, a row a check: columns check, verdict_told (the grade), share_told (the number that gave it)."""
    names = grades.set_index(["scale", "grade"])
    rows = []
    for row in graded.to_dict("records"):
        said = {"check": row["check"]}
        for lang in words.LANGUAGES:
            said[f"verdict_told_{lang}"] = names.loc[(row["scale"], row["grade"]), f"name_{lang}"]
            said[f"share_told_{lang}"] = _share(row, lang)
        rows.append(said)
    return pd.DataFrame(rows)


def _share(row: Row, lang: str) -> str:
    if row["grade"] != row["computed"]:
        return words.word("share.lowered", lang)
    if pd.isna(row["share_pct"]):
        return words.word("share.unlike" if row["route"] else "share.none", lang)
    return words.word(f"share.{row['scale']}", lang, n=bounded(row["share_pct"], row["limit"], "pct", lang, 0))


def scale(grades: pd.DataFrame) -> pd.DataFrame:
    """The scale of the verdicts as a reader sees it, in order.

    Columns: stated (what kind of statement), verdict, range (in words), same_measure, same_span (the least needed), definition; in the data only:
    from_pct, to_pct, grade.
    """
    table = grades.assign(_order=grades["scale"].map({"growth": 0, "level": 1})).sort_values(["_order", "order"], kind="stable", ignore_index=True)
    shown = table.assign(_from_pct=table["from_pct"], _to_pct=table["to_pct"], _grade=table["grade"])
    for lang in words.LANGUAGES:
        shown[f"statement_{lang}"] = [words.word(f"scale.{one}", lang) for one in table["scale"]]
        shown[f"verdict_{lang}"] = table[f"name_{lang}"]
        shown[f"range_{lang}"] = [_range(low, high, lang) for low, high in zip(table["from_pct"], table["to_pct"], strict=True)]
        for name in SAME:
            shown[f"{name}_{lang}"] = [words.word(f"needed.{one}", lang) for one in table[name]]
    columns = [f"{name}_{lang}" for name in ("statement", "verdict", "range", *SAME, "definition") for lang in words.LANGUAGES]
    return shown[[*columns, "_grade", "_from_pct", "_to_pct"]]


def _range(low: float, high: float, lang: str) -> str:
    """The two ends of a grade in words: "20–80%"."""
    if pd.notna(low) and pd.notna(high):
        return words.quantity((low, high), "pct", lang)
    if pd.notna(low) or pd.notna(high):
        key, end = ("range.from", low) if pd.notna(low) else ("range.to", high)
        return words.word(key, lang, n=words.quantity(end, "pct", lang))
    return words.word("range.none", lang)
