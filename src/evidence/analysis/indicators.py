"""A series as a row of `indicators.csv` describes it: which observations it shows, and whether they still say what its title says."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from evidence import words
from evidence.analysis import findings, registers
from evidence.tables.facts import FINAL, PRELIMINARY

MONTHS = 12
INDEX = "index"  # the unit of a number that is counted in nothing
OF_ALL = ("all-rise", "all-fall", "complete")  # findings that speak of no entity more than of others
STAGES = {"actual-preliminary": [FINAL, PRELIMINARY]}  # the stages that a status of an indicator stands for, where it is not one itself
_SHOWN = ["name_ja", "name_en", "period", "value", "value_high", "qualifier", "unit", "entity", "claims", "_status", "_moment", "_stretch"]


def described(indicators: pd.DataFrame, measures: pd.DataFrame, id: str, turned: Mapping[str, str] | None = None) -> pd.Series:
    """The row of this indicator, with what its measure is called and counted in: measure_ja, measure_en, unit, unit_ja, unit_en.

    `turned` are cells that a run is told other than the row says; empty ones are as the row says.

    >>> rows = pd.DataFrame({"id": ["papers"], "measure": ["m"], "first": ["2001"], "last": ["2009"], "breaks": ["2003 2006"]})
    >>> names = pd.DataFrame({"id": ["m"], "name_ja": ["論文"], "name_en": ["Papers"], "unit": [""], "unit_ja": [""], "unit_en": [""]})
    >>> described(rows, names, "papers", {"first": "2005", "last": ""})[["first", "last", "breaks"]].tolist()
    ['2005', '2009', '2006']

    Raises:
        KeyError: the table has none of this id.
    """
    row = indicators.set_index("id").loc[id].copy()
    for name, text in (turned or {}).items():
        row[name] = text or row[name]
    if turned:
        row["breaks"] = " ".join(one for one in row["breaks"].split() if _within(one, row["first"], row["last"]))
    measure = measures.set_index("id").loc[row["measure"]]
    told = {"id": id, "measure_ja": measure["name_ja"], "measure_en": measure["name_en"]}
    return pd.concat([row, pd.Series(told), measure[["unit", "unit_ja", "unit_en"]]])


def series(indicator: pd.Series, observations: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """The observations that the indicator shows, entities in the order of their register, periods ascending.

    A line is drawn within a part: a new one begins at each break and where a period is missing.
    Columns: name_ja, name_en, period, value, value_high, qualifier, unit, entity, claims (the observation); in the data only: status, moment (the
    period as a number of years), stretch.

    >>> one = pd.Series({"measure": "m", "entities": "", "first": "2001", "last": "", "status": "actual", "price_basis": "", "breaks": "2003"})
    >>> rows = pd.DataFrame({"id": list("abcd"), "entity": "japan", "measure": "m", "period": ["2000", "2001", "2002", "2003"], "status": "actual",
    ...     "price_basis": "", "value": [1.0, 2.0, 3.0, 4.0], "value_high": float("nan"), "qualifier": "", "unit": "pct"})
    >>> names = pd.DataFrame({"id": ["japan"], "name_ja": ["日本"], "name_en": ["Japan"], "order": [1]})
    >>> series(one, rows, names)[["period", "value", "_stretch"]].values.tolist()
    [['2001', 2.0, 'japan 0'], ['2002', 3.0, 'japan 0'], ['2003', 4.0, 'japan 1']]
    """
    found = chosen(indicator, observations)
    known = entities.rename(columns={"id": "entity"})[["entity", "name_ja", "name_en", "order"]]
    table = found.merge(known, on="entity", how="left", validate="many_to_one").assign(claims=found["id"].to_numpy())
    table = table.rename(columns={"status": "_status"})
    table["_moment"] = [when(period) for period in table["period"]]
    table = table.sort_values(["order", "entity", "_moment"], kind="stable").reset_index(drop=True)
    return table.assign(_stretch=_parts(table, indicator["breaks"].split()))[_SHOWN]


def chosen(indicator: pd.Series, observations: pd.DataFrame) -> pd.DataFrame:
    """The observations of its measure, stage and price basis, its entities and its span, as they stand in their table.

    A preliminary number stands only where there is no actual one.

    >>> one = pd.Series({"measure": "m", "status": "actual-preliminary", "price_basis": "", "entities": "", "first": "", "last": ""})
    >>> rows = pd.DataFrame({"entity": "nih", "measure": "m", "period": ["2001", "2001", "2002"], "price_basis": "",
    ...     "status": ["preliminary", "actual", "preliminary"]})
    >>> chosen(one, rows)[["period", "status"]].values.tolist()
    [['2001', 'actual'], ['2002', 'preliminary']]
    """
    stages = STAGES.get(indicator["status"], [indicator["status"]])
    same = observations[["measure", "price_basis"]].eq(indicator[["measure", "price_basis"]]).all(axis=1)
    found = observations[[*(same & observations["status"].isin(stages))]]
    later = found["status"].map(stages.index)
    found = found[later.eq(later.groupby([found["entity"], found["period"]]).transform("min"))]
    named = indicator["entities"].split()
    inside = pd.Series([_within(period, indicator["first"], indicator["last"]) for period in found["period"]], index=found.index, dtype=bool)
    return found[inside & (found["entity"].isin(named) if named else True)]


def _within(period: str, first: str, last: str) -> bool:
    return bool(period) and (not first or when(period) >= when(first)) and (not last or when(period) <= when(last))


def when(period: str) -> float:
    """The moment a period begins, in years; that of a span is its end, by which what it adds up to is reached.

    >>> when("2019"), when("FY2019"), when("2019-07"), when("2014/2020")
    (2019.0, 2019.0, 2019.5, 2020.0)
    """
    year, _, month = period.rpartition("/")[2].removeprefix("FY").partition("-")
    return int(year) + (int(month[:2]) - 1) / MONTHS if month else float(year)


def _parts(table: pd.DataFrame, breaks: list[str]) -> list[str]:
    """The entity of each row and how many breaks and gaps lie before it."""
    later = sum((table["_moment"] >= when(one)).astype(int) for one in breaks) if breaks else 0
    number = _after_gap(table).groupby(table["entity"], sort=False).cumsum().astype(int) + later
    return [f"{entity} {place}" for entity, place in zip(table["entity"], number, strict=True)]


def _after_gap(table: pd.DataFrame) -> pd.Series:
    """Whether more than the usual step of the table lies between each row and the one of its entity before it."""
    steps = table.groupby("entity", sort=False)["_moment"].diff()
    return steps > steps[steps > 0].min() * 1.5


def shown(table: pd.DataFrame, indicator: pd.Series) -> pd.DataFrame:
    """The rows of the series that its figure draws: all, or for a slope the two ends of each entity as one row."""
    told = ends(table)
    return table if indicator["form"] != "slope" else told[told["period"].ne(told["first_period"])].reset_index(drop=True)


def rows(table: pd.DataFrame) -> pd.DataFrame:
    """The series as a table to read: one row an observation, its number in words with unit, range and limit.

    Columns: name_ja, name_en, period, quantity_ja, quantity_en, claims; in the data only: value, value_high, qualifier, unit, entity, status.
    """
    told = table.rename(columns={name: f"_{name}" for name in ("value", "value_high", "qualifier", "unit", "entity")})
    numbers = [told[name] for name in ("_value", "_value_high", "_unit", "_qualifier", "period", "_status")]
    for lang in words.LANGUAGES:
        told[f"quantity_{lang}"] = [
            marked(registers.quantity(low, high, unit, limit, period, lang), status, lang)
            for low, high, unit, limit, period, status in zip(*numbers, strict=True)
        ]
    both = ["name_ja", "name_en", "period", "quantity_ja", "quantity_en", "claims"]
    return told[[*both, "_value", "_value_high", "_qualifier", "_unit", "_entity", "_status"]]


def marked(said: str, status: str, lang: str) -> str:
    """The number in words, and that it is preliminary where it is.

    >>> marked("274", "preliminary", "en"), marked("258", "actual", "en")
    ('274 (preliminary)', '258')
    """
    return words.word("fact.preliminary", lang, n=said) if status == PRELIMINARY else said


def ends(table: pd.DataFrame) -> pd.DataFrame:
    """The last observation of each entity, in the order of the table, with first_period and first_value; it rests on both.

    >>> rows = pd.DataFrame({"entity": ["japan"] * 2, "period": ["2001", "2002"], "value": [1.0, 2.0], "claims": ["a", "b"]})
    >>> ends(rows)[["first_value", "value", "claims"]].values.tolist()
    [[1.0, 2.0, 'a b']]
    """
    groups = table.groupby("entity", sort=False)
    first, last = groups.nth(0).set_index("entity"), groups.nth(-1).reset_index(drop=True)
    began = first.loc[last["entity"]].reset_index(drop=True)
    rests = [" ".join(dict.fromkeys(pair)) for pair in zip(began["claims"], last["claims"], strict=True)]
    return last.assign(first_period=began["period"], first_value=began["value"], claims=rests)


def listed(indicators: pd.DataFrame, measures: pd.DataFrame, observations: pd.DataFrame) -> pd.DataFrame:
    """The indicators in the order of their table, each with what it measures and the span of what it shows.

    Columns: id, name_ja, name_en, measure_ja, measure_en, period.
    """
    rows = []
    for id in indicators["id"]:
        one = described(indicators, measures, id)
        periods = sorted(chosen(one, observations)["period"], key=when)
        span = " – ".join(dict.fromkeys([periods[0], periods[-1]])) if periods else ""
        rows.append([id, one["name_ja"], one["name_en"], one["measure_ja"], one["measure_en"], span])
    return pd.DataFrame(rows, columns=["id", "name_ja", "name_en", "measure_ja", "measure_en", "period"], dtype="str")


def reference(indicator: pd.Series, table: pd.DataFrame) -> str:
    """The entity that the title speaks of: the one named, or the only one shown; empty where there are several and none is named."""
    known = table["entity"].unique()
    return str(indicator["reference"] or (known[0] if len(known) == 1 else ""))


def untrue(indicator: pd.Series, table: pd.DataFrame) -> pd.DataFrame:
    """The rows of the series that break what the title says, by its finding or of the line; none where it holds, or states nothing.

    >>> rows = pd.DataFrame({"entity": ["japan", "japan", "uk", "uk"], "period": ["2001", "2002"] * 2, "value": [1.0, 2.0, 4.0, 3.0],
    ...     "claims": list("abcd")})
    >>> one = pd.Series({"finding": "", "reference": "japan", "line": 2.0, "line_side": ""})
    >>> said = [{"finding": finding} for finding in ("rises", "all-rise", "highest", "lowest")] + [{"line_side": "below"}]
    >>> [untrue(pd.Series({**one, **told}), rows)["entity"].tolist() for told in said]
    [[], ['uk'], ['uk'], [], ['japan']]
    """
    last = ends(table)
    own = last["entity"].eq(reference(indicator, table))
    side = {"above": own & (last["value"] <= indicator["line"]), "below": own & (last["value"] >= indicator["line"])}
    broken = _against(indicator, table)
    return broken if len(broken) or not indicator["line_side"] else last[side[indicator["line_side"]]]


def _against(indicator: pd.Series, table: pd.DataFrame) -> pd.DataFrame:
    """The rows that break the finding."""
    finding, entity, last = indicator["finding"], reference(indicator, table), ends(table)
    if finding == "complete":
        return table[_after_gap(table)]
    own = last["entity"].eq(entity)
    rules: dict[str, Any] = {"rises": "value > first_value", "falls": "value < first_value"}
    kind = {"all-rise": "rises", "all-fall": "falls"}.get(finding, finding)
    if kind in rules:
        return findings.every(last if finding in OF_ALL else last[own], rules[kind])
    latest = last[last["period"].eq(last.loc[own, "period"].max())]
    if finding == "highest":
        return findings.largest(latest, "value", f"entity == {entity!r}")
    return findings.below(latest, "value", f"entity == {entity!r}", f"entity != {entity!r}") if finding == "lowest" else last.iloc[:0]


def quoted(indicator: pd.Series, table: pd.DataFrame) -> dict[str, Any]:
    """What a title may quote of the entity that it speaks of, or of all rows where there is none, by name.

    A number with its unit, qualifier and status, or a period:
    first and last with first_period and last_period, low, high and range (both), sum; what cannot be told of several entities is not among them.
    """
    entity = reference(indicator, table)
    own = table[table["entity"].eq(entity)] if entity else table
    unit, low, high = indicator["unit"], own["value"].min(), own["value"].max()
    told: dict[str, Any] = {"low": (low, unit, "", ""), "high": (high, unit, "", ""), "range": ((low, high), unit, "", "")}
    ends_at = own.sort_values("_moment")["period"]
    told |= {"first_period": ends_at.iloc[0], "last_period": ends_at.iloc[-1]}
    if entity:
        first, last = own.iloc[0], own.iloc[-1]
        told |= {name: (one["value"], unit, one["qualifier"], one["_status"]) for name, one in (("first", first), ("last", last))}
        told |= {"sum": (own["value"].sum(), unit, "", "")}
    return told
