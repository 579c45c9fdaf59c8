"""Whether each row of `indicators.csv` gives a figure, and one that says what its title says, before a kernel starts."""

import re
from collections.abc import Iterator

import pandas as pd

from evidence import words
from evidence.analysis import indicators
from evidence.book import sentences
from evidence.build.outline import Outline
from evidence.charts import timelines
from evidence.errors import Place, Refusal, Refusals
from evidence.exhibits import subjects
from evidence.nearest import near

_BRACES = re.compile(r"\{([^{}]*)\}")
_UNLINED = ("multiples", "table")  # forms in which no line is drawn to compare with
_TOLD = 3  # of what there is instead, named in a refusal


def problems(outline: Outline) -> list[Refusal]:
    """What is wrong with the indicators of the edition; nothing where a table they need cannot be read, which is told elsewhere."""
    edition = outline.edition
    if not edition.has("indicators"):
        return []
    try:
        tables = [edition.table(name) for name in ("indicators", "measures", "observations", "entities")]
    except (Refusal, Refusals, KeyError):
        return []
    known, found = {*tables[1]["id"]}, []
    for line, row in outline.lines("indicators"):
        if row["measure"] in known:
            place = Place(outline.tables["indicators"].file, line)
            one = indicators.described(tables[0], tables[1], row["id"])
            shown = indicators.series(one, tables[2], tables[3])
            told = [*_named(outline, row["id"]), *_of(one, shown, tables[2]), *(_unbroken(outline, one, shown) if len(shown) else ())]
            found += [Refusal(code, Place(place.file, line, column), said) for code, column, said in told]
    return found


def _named(outline: Outline, id: str) -> Iterator[tuple[str, str, str]]:
    """E2106 for an id that something else of the edition has."""
    others = {row["id"] for table in ("exhibits", "values", *subjects.KINDS.values()) if table != "indicators" for _, row in outline.lines(table)}
    if id in others:
        yield "E2106", "id", id


def _of(one: pd.Series, table: pd.DataFrame, observations: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """(code, column, what was found) of what is wrong with this indicator."""
    if table.empty:
        rows = observations[observations["measure"].eq(one["measure"])]
        there = (rows["status"] + " " + rows["price_basis"]).str.strip().value_counts().index[:_TOLD]
        yield "E2100", "measure", f"{one['measure']}, {one['status']} {one['price_basis']}".strip() + f" → {', '.join(there) or '―'}"
        return
    if absent := [*_shown(one, table)]:
        yield from absent
        return
    if unfit := _unfit(one, table):
        yield "E2102", "form", unfit
    yield from _lined(one)
    yield from _said(one, table)


def _shown(one: pd.Series, table: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """E2101 for an entity that is named and has nothing to show, and for a finding that speaks of none; E2107 for a break beyond the series."""
    there = sorted(table["entity"].unique())
    for column in ("entities", "reference"):
        yield from (("E2101", column, near(id, there)) for id in one[column].split() if id not in there)
    stated = " ".join(filter(None, [one["finding"] if one["finding"] not in indicators.OF_ALL else "", one["line_side"]]))
    if stated and not indicators.reference(one, table):
        yield "E2101", "reference", f"{stated} → {', '.join(there[:_TOLD])}"
    inside = table["_moment"].min(), table["_moment"].max()
    yield from (("E2107", "breaks", period) for period in one["breaks"].split() if not inside[0] < indicators.when(period) <= inside[1])


def _unbroken(outline: Outline, one: pd.Series, table: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """E2116 for a break that breaks.csv tells of what is shown, and the row does not."""
    if outline.edition.has("breaks"):
        for _, row in outline.lines("breaks"):
            own = row["measure"] == one["measure"] and row["entity"] in set(table["entity"])
            if own and row["from_period"] not in one["breaks"].split() and table["_moment"].min() < indicators.when(row["from_period"]):
                yield "E2116", "breaks", f"{row['entity']} {row['from_period']}"


def _unfit(one: pd.Series, table: pd.DataFrame) -> str:
    """Why the form cannot show the series; nothing where it can."""
    form, entities, periods = one["form"], table["entity"].nunique(), table["period"].nunique()
    twice = table[table.duplicated(["entity", "_moment"], keep=False)]
    if form not in ("dots", "table") and len(twice):
        return f"{form}: {' '.join(twice['claims'].head(2))}"
    if form in timelines.FORMS and (table["period"].str.contains("/").any() or table["period"].str.startswith("FY").nunique() > 1):
        return f"{form}: {', '.join(table['period'].unique()[:_TOLD])}"
    if form in (*timelines.FORMS, "slope") and periods < 2:
        return f"{form}: {table['period'].iloc[0]}"
    if form == "slope" and one["breaks"]:  # what it draws would be a change across the break
        return f"{form}: {one['breaks']}"
    crowded = form == "line" and entities > len(timelines.COLOURS) and not one["reference"]
    if crowded or (form == "multiples" and entities < 2) or (form == "bars" and entities > 1 and periods > 1):
        return f"{form}: {entities} × {periods}"
    return ""


def _lined(one: pd.Series) -> Iterator[tuple[str, str, str]]:
    """E2117 for a line without words, words or a side without a line, and a line in a form that has none."""
    lined, told = not pd.isna(one["line"]), [name for name in ("line_side", "line_ja", "line_en") if one[name]]
    if lined and one["form"] in _UNLINED:
        yield "E2117", "line", f"{one['form']}: {one['line']:g}"
    elif lined and not one["line_ja"]:  # words in one language alone are refused wherever they stand
        yield "E2117", "line_ja", f"{one['line']:g}"
    elif told and not lined:
        yield "E2117", "line", f"{told[0]} = {one[told[0]]}"


def _said(one: pd.Series, table: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """E2103 for braces that name nothing, E2104 for a finding without a test, E2105 for one that the series does not bear out."""
    known = indicators.quoted(one, table)
    for column in ("title_ja", "title_en"):
        yield from (("E2103", column, near(name, sorted(known))) for name in _BRACES.findall(one[column]) if name not in known)
    stating = [f"title_{lang}" for lang in words.LANGUAGES if sentences.TITLES[lang].search(_BRACES.sub("", one[f"title_{lang}"]))]
    if stating and not one["finding"] and not one["line_side"]:
        yield "E2104", stating[0], one[stating[0]]
    broken = indicators.untrue(one, table) if indicators.reference(one, table) or one["finding"] in indicators.OF_ALL else table.iloc[:0]
    if len(broken):
        row = broken.iloc[0]
        first = f"{row['first_period']} {row['first_value']:g}" if "first_period" in row else ""
        stated = ", ".join(filter(None, [one["finding"], f"{one['line_side']} {one['line']:g}" if one["line_side"] else ""]))
        yield "E2105", "finding" if one["finding"] else "line_side", f"{stated}: {row['entity']} {first} → {row['period']} {row['value']:g}"
