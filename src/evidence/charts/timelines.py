"""Lines over time, each named at its end: the lines of one drawing are told apart by colour, and their names never lie on each other."""

import math

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look

COLOURS = [*look.PALETTE, "#d55e00", "#1b2733"]  # as many lines as can be told apart
CONTEXT = "#aab4be"  # of the others, where there are more
INKS = {CONTEXT: look.SOFT, COLOURS[1]: "#8a5f00", COLOURS[4]: "#1c6f9f"}  # the hues that are too pale for letters
FORMS = ("line", "multiples")  # of an indicator whose axis is time: the others draw no line across a break
TICKS, PITCH, HIGH = 8, 17, 340  # labels on the axis of time; from one name at the end of a line to the next; the plot
_LETTER, _ROOM, _NAMES = 7.2, 70, 250  # points of half a letter; of the axis; the most that names may take
_ROWS = 3  # of years of breaks, one above the other


def colours(entities: list[str], reference: str) -> dict[str, str]:
    """The colour of each entity: the first is the reference's; the others' are grey where there are more than can be told apart.

    >>> colours(["japan", "uk"], "uk") == {"japan": COLOURS[1], "uk": COLOURS[0]}, sorted(set(colours([*"abcdefghi"], "a").values()))
    (True, ['#0b5394', '#aab4be'])
    """
    others = [entity for entity in entities if entity != reference]
    free = COLOURS[1:] if reference else COLOURS
    shades = free if len(others) <= len(free) else [CONTEXT] * len(others)
    return ({reference: COLOURS[0]} if reference else {}) | dict(zip(others, shades, strict=False))


def lines(told: pd.DataFrame, x: alt.X, y: alt.Y, domain: list[float], reference: str) -> tuple[list[alt.Chart], int]:
    """A line a part of the series, a described dot an observation, a name and the last number at the end of each line; and how wide the plot is.

    A line that is alone is named by the axis; its highest number stands above it.

    `told` has _moment, value, _stretch, shade, entity, name, short and says; `domain` is that of the axis of values.
    """
    names = _names(told, reference, domain)
    base = alt.Chart(told).encode(x=x, y=y, color=alt.Color("shade:N", scale=None), detail=alt.Detail("_stretch:N"))
    strong = alt.condition(alt.datum.entity == reference, alt.value(3.5), alt.value(1.8))
    drawn = base.mark_line(aria=False).encode(strokeWidth=strong)
    points = base.mark_point(filled=True, size=22).encode(description=alt.Description("says:N"))
    ends = alt.Chart(names).mark_text(align="left", dx=8, aria=False, fontWeight="bold").encode(
        x=x, y=alt.Y("beside:Q", scale=alt.Scale(domain=domain, nice=False)), text=alt.Text("line:N"), color=alt.Color("ink:N", scale=None)
    )  # fmt: skip
    top = told[told["value"].eq(told["value"].max())].head(1 if told["entity"].nunique() == 1 else 0)
    peak = alt.Chart(top).mark_text(dy=-12, aria=False).encode(x=x, y=y, text=alt.Text("short:N"))
    room = look.WIDTH - _ROOM - min(_NAMES, int(max(names["line"].map(words.wide)) * _LETTER))
    return [drawn, points, ends, *([peak] if len(top) else [])], room


def breaks(periods: list[str], x: alt.X, lang: str) -> list[alt.Chart]:
    """A dotted line before each of these periods, from which on it is counted otherwise: said where there is one, else the year is named."""
    years = [one.removeprefix("FY")[:4] for one in periods]
    text = [words.word("fact.series_break", lang)] if len(years) == 1 else years
    gap = pd.DataFrame({"_moment": [int(year) - 0.5 for year in years], "text": text})
    if gap.empty:
        return []
    rule = alt.Chart(gap).mark_rule(**look.BREAK).encode(x=x)
    several = min(_ROWS, len(gap))
    rows = [(gap.iloc[place::several], HIGH - 12 - PITCH * place) for place in range(several)]  # neighbours do not lie on each other
    texts = [alt.Chart(part).mark_text(align="left", dx=6, y=high, color=look.SOFT, aria=False) for part, high in rows]
    return [rule, *(text.encode(x=x, text=alt.Text("text:N")) for text in texts)]


def ticks(moments: pd.Series) -> list[int]:
    """Whole years from the first to the last, at most so many.

    >>> ticks(pd.Series([1996.0, 2022.5])), ticks(pd.Series([2015.0, 2017.0]))
    ([1996, 2000, 2004, 2008, 2012, 2016, 2020], [2015, 2016, 2017])
    """
    first, last = math.ceil(moments.min()), math.floor(moments.max())
    return list(range(first, last + 1, max(1, math.ceil((last - first) / TICKS))))


def _names(told: pd.DataFrame, reference: str, domain: list[float]) -> pd.DataFrame:
    """The name and the last number of each line, moved apart where lines end close together; of lines drawn as context, the outermost only."""
    last = told.groupby("entity", sort=False).nth(-1).sort_values("value")
    if (last["shade"] == CONTEXT).any():
        last = last[last["entity"].isin({last["entity"].iloc[0], last["entity"].iloc[-1], reference})]
    last = last.assign(line=last["short"] if len(last) == 1 else last["name"] + " " + last["short"], ink=last["shade"].replace(INKS))
    return last.assign(beside=apart(list(last["value"]), PITCH * (domain[1] - domain[0]) / HIGH))


def apart(places: list[float], least: float) -> list[float]:
    """These places, ascending, moved so that each is at least so far from the one below it, and all as little as that takes.

    >>> apart([1.0, 1.0, 5.0], 2.0)
    [0.0, 2.0, 5.0]
    """
    groups: list[tuple[int, float]] = []  # of places that touch: how many, and the sum of their places
    for place in places:
        groups.append((1, place))
        while len(groups) > 1 and _lowest(groups[-1], least) < _lowest(groups[-2], least) + groups[-2][0] * least:
            (count, total), (before, sum_before) = groups.pop(), groups.pop()
            groups.append((before + count, sum_before + total))
    return [_lowest(group, least) + least * number for group in groups for number in range(group[0])]


def _lowest(group: tuple[int, float], least: float) -> float:
    return group[1] / group[0] - least * (group[0] - 1) / 2
