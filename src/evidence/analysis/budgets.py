"""Whether money for international work grew faster than the same government's budget for R&D: both growths are computed over the same years."""

import pandas as pd

from evidence import words
from evidence.analysis.indicators import when
from evidence.analysis.routes import QUALIFIER, growth_pct, limit
from evidence.errors import Place, Refusal

ENDS = ("money_last", "money_first", "budget_last", "budget_first")
PRICES = "gdp-deflator-growth"
NONE = "none"  # the pace of a country without a comparison


def compared(
    comparisons: pd.DataFrame, observations: pd.DataFrame, entities: pd.DataFrame, measures: pd.DataFrame, breaks: pd.DataFrame
) -> pd.DataFrame:
    """The two growths of each country, and which is the faster, in the order of the table; why there is none, where there is none.

    Columns: name, money (what its measure is called), period, money_growth_pct, bounded (in words), budget_growth_pct, price_growth_pct (of the
    country's GDP deflator), price_basis (in words), pace (in words), note, observations; in the data only: entity, status (of the pace), limit.

    Raises:
        Refusal: E308 when a growth mixes units or price bases, E334 when the two growths are not of the same years at the same prices,
            E336 when the money or the budget is counted otherwise from a year on that lies between.
    """
    known, kinds = observations.set_index("id"), measures.set_index("id")
    rows = [_row(row, known, breaks) for row in comparisons.sort_values("order").to_dict("records")]
    table = pd.DataFrame(rows).merge(entities[["id", "name_ja", "name_en"]].rename(columns={"id": "_entity"}), on="_entity", validate="many_to_one")
    for lang in words.LANGUAGES:
        table[f"money_{lang}"] = [kinds[f"name_{lang}"][measure] if measure else "" for measure in table["measure"]]
        for name, group, code in (("bounded", "bounded", "_limit"), ("price_basis", "price", "price"), ("pace", "pace", "_status")):
            table[f"{name}_{lang}"] = [words.word(f"{group}.{one}", lang) if one else "" for one in table[code]]
    return table[
        ["name_ja", "name_en", "money_ja", "money_en", "period", "money_growth_pct", "bounded_ja", "bounded_en", "budget_growth_pct",
         "price_growth_pct", "price_basis_ja", "price_basis_en", "pace_ja", "pace_en", "note_ja", "note_en", "observations", "_entity",
         "_status", "_limit"]
    ]  # fmt: skip


def _row(row: dict[str, str], known: pd.DataFrame, breaks: pd.DataFrame) -> dict[str, object]:
    told: dict[str, object] = {"_entity": row["entity"], "note_ja": row["note_ja"], "note_en": row["note_en"]}
    if not row["money_last"]:
        empty = {"measure": "", "period": "", "price": "", "observations": "", "_limit": "", "_status": NONE}
        return told | empty | dict.fromkeys(("money_growth_pct", "budget_growth_pct", "price_growth_pct"), float("nan"))
    ends = {end: known.loc[[row[end]]] for end in ENDS}
    years = {end: part["period"].iloc[0].removeprefix("FY") for end, part in ends.items()}
    bases = {end: part["price_basis"].iloc[0] for end, part in ends.items()}
    unlike = [years[f"money_{end}"] != years[f"budget_{end}"] or bases[f"money_{end}"] != bases[f"budget_{end}"] for end in ("first", "last")]
    if any(unlike):
        found = " / ".join(f"{years[end]} {bases[end]}" for end in ENDS)
        raise Refusal("E334", Place("budget_comparisons.csv", column=row["id"]), found)
    for kind in ("money", "budget"):
        first, last = ends[f"{kind}_first"].iloc[0], ends[f"{kind}_last"].iloc[0]
        if crossed := across(breaks, first["entity"], first["measure"], (first["period"], last["period"])):
            raise Refusal("E336", Place("budget_comparisons.csv", column=row["id"]), f"{first['measure']} {' '.join(crossed)}")
    none = known.iloc[:0]
    money = growth_pct(ends["money_last"], ends["money_first"], none, row["id"])
    budget = growth_pct(ends["budget_last"], ends["budget_first"], none, row["id"])
    bound = limit(list(ends["money_last"]["qualifier"]), list(ends["money_first"]["qualifier"]), [])
    period = f"{years['budget_first']}/{years['budget_last']}"
    rise, rests = prices(known.reset_index(), row["entity"], period)
    return told | {
        "measure": ends["money_last"]["measure"].iloc[0], "period": period, "money_growth_pct": money,
        "budget_growth_pct": budget, "price_growth_pct": rise, "price": bases["money_last"], "_limit": bound, "_status": pace(money, budget, bound),
        "observations": " ".join([*(row[end] for end in ENDS), rests]).strip(),
    }  # fmt: skip


def across(breaks: pd.DataFrame, entity: str, measure: str, years: tuple[str, str]) -> list[str]:
    """The first years of another count that lie after the first of these years and not after the last.

    >>> across(pd.DataFrame({"entity": ["nih"], "measure": ["m"], "from_period": ["FY2021"]}), "nih", "m", ("FY2019", "FY2023"))
    ['FY2021']
    """
    own = breaks[breaks["entity"].eq(entity) & breaks["measure"].eq(measure)]["from_period"]
    return [one for one in own if when(years[0]) < when(one) <= when(years[1])]


def prices(observations: pd.DataFrame, entity: str, period: str) -> tuple[float, str]:
    """The rise in percent of the country's prices over these years, and the ids it rests on; not a number where a year is missing.

    >>> yearly = pd.DataFrame({"id": ["p"], "measure": PRICES, "entity": "france", "period": "2015", "value": 10.0})
    >>> rise, rests = prices(yearly, "france", "2014/2015")
    >>> round(rise, 6), rests
    (10.0, 'p')
    """
    first, last = (int(year) for year in period.split("/"))
    own = observations[observations["measure"].eq(PRICES) & observations["entity"].eq(entity)].set_index("period")
    asked = own.reindex([str(year) for year in range(first + 1, last + 1)])
    rise = 100 * (asked["value"].div(100).add(1).prod(skipna=False) - 1)
    return float(rise), " ".join(asked["id"].dropna())


def pace(money: float, budget: float, limit: str) -> str:
    """Whether the money grew faster or slower than the budget: a bound tells on its own side alone, and an approximate growth does not tell.

    >>> pace(41.6, 9.2, "at-least"), pace(66.9, 62.3, "at-most"), pace(15.7, 32.7, "exact"), pace(36.0, 35.0, "about")
    ('faster', 'unknown', 'slower', 'unknown')
    """
    if money > budget and limit in ("exact", "at-least"):
        return "faster"
    return "slower" if money < budget and limit in ("exact", "at-most") else "unknown"


def of(table: pd.DataFrame, entity: str) -> pd.Series:
    """The row of this country, with the qualifier of its money's growth (`qualifier`) and what each growth rests on (`rests_money`, `rests_budget`,
    `rests_prices`).

    >>> rows = pd.DataFrame({"_entity": ["france"], "_limit": ["at-least"], "observations": ["late early budget-late budget-early p15 p16"]})
    >>> of(rows, "france")[["qualifier", "rests_money", "rests_budget", "rests_prices"]].tolist()
    ['more-than', 'late early', 'budget-late budget-early', 'p15 p16']
    """
    row = table.set_index("_entity").loc[entity]
    parts = row["observations"].split()
    rests = {"rests_money": " ".join(parts[:2]), "rests_budget": " ".join(parts[2:4]), "rests_prices": " ".join(parts[4:])}
    return pd.concat([row, pd.Series({"qualifier": QUALIFIER[row["_limit"]]} | rests)])


def untrue(table: pd.DataFrame, paces: dict[str, str]) -> pd.DataFrame:
    """The rows of these countries whose pace is not the one said of them: "faster in France, slower in the United States".

    >>> rows = pd.DataFrame({"_entity": ["france", "japan"], "_status": ["faster", "none"]})
    >>> len(untrue(rows, {"france": "faster"})), untrue(rows, {"france": "slower"})["_entity"].tolist()
    (0, ['france'])
    """
    said = table["_entity"].map(paces)
    return table[said.notna() & table["_status"].ne(said)]
