"""The drawings of indicators: axes, labels and breaks follow the data, a colour belongs to an entity and is never used for two in one drawing."""

import math
from collections.abc import Callable
from typing import Any

import altair as alt
import pandas as pd

from evidence import words
from evidence.analysis import indicators
from evidence.charts import look, multiples, spans, timelines
from evidence.charts.timelines import COLOURS, CONTEXT
from evidence.tables import facts

_OVER = -26  # where a line of words stands over the numbers of the highest bars


def drawn(table: pd.DataFrame, indicator: pd.Series, lang: str) -> alt.TopLevelMixin:
    """The series in the form that its indicator asks for, a described mark a row."""
    told, indicator = _counted(_told(table, indicator, lang), indicator, lang)
    forms: dict[str, Callable[..., alt.TopLevelMixin]] = {"line": _lines, "multiples": _multiples, "bars": _bars, "slope": _slope, "dots": _dots}
    return forms[indicator["form"]](told, indicator, lang)


def _told(table: pd.DataFrame, indicator: pd.Series, lang: str) -> pd.DataFrame:
    shade = timelines.colours(list(table["entity"].unique()), indicator["reference"])
    if not indicator["reference"] and CONTEXT in shade.values():
        shade = dict.fromkeys(shade, COLOURS[0])  # each is named beside its row, and none is told apart from the others
    digits = _digits(table, indicator)
    said = [indicators.marked(_number(row, indicator["unit"], lang, digits), row["_status"], lang) for row in table.to_dict("records")]
    told = table.assign(
        name=table[f"name_{lang}"],
        shade=table["entity"].map(shade),
        text=said,
        short=[_short(words.number(value, digits), limit, lang) for value, limit in zip(table["value"], table["qualifier"], strict=True)],
        when=_labels(table, lang),
    )
    told["fill"] = told["shade"].mask(told["_status"].eq(facts.PRELIMINARY), look.PALE)
    if "first_value" in table:
        told["first_text"] = [words.quantity(value, indicator["unit"], lang, digits) for value in table["first_value"]]
    pairs = zip(told["name"], table["period"], said, strict=True)
    told["says"] = [words.word("says.of_period", lang, a=name, period=words.period(period, lang), n=n) for name, period, n in pairs]
    return told


def _counted(told: pd.DataFrame, indicator: pd.Series, lang: str) -> tuple[pd.DataFrame, pd.Series]:
    """Money in the unit that the language counts in, along the axis as in its labels."""
    tens, unit = words.counted(told["value"], indicator["unit"], lang)
    if not tens:
        return told, indicator
    moved = told.assign(**{name: (told[name] * 10.0**tens).round(9) for name in ("value", "value_high", "first_value") if name in told})
    pairs = zip(moved["value"], moved["qualifier"], strict=True)
    moved["short"] = [_short(words.amount(value), limit, lang) for value, limit in pairs]
    return moved, pd.concat([indicator.drop(f"unit_{lang}"), pd.Series({f"unit_{lang}": unit})])


def _digits(table: pd.DataFrame, indicator: pd.Series) -> int | None:
    """As many decimals as any number of an index has, which are read one below the other; of other numbers each has its own."""
    numbers = pd.concat([table[name] for name in ("value", "first_value") if name in table])
    return max(len(words.number(one).partition(".")[2]) for one in numbers) if indicator["unit"] == indicators.INDEX else None


def _number(row: dict[str, object], unit: str, lang: str, digits: int | None) -> str:
    low, high = float(str(row["value"])), float(str(row["value_high"]))
    return words.quantity(low if math.isnan(high) else (low, high), unit, lang, digits, str(row["qualifier"]))


def _short(told: str, qualifier: str, lang: str) -> str:
    return words.word(f"short.{qualifier}", lang, n=told) if qualifier else told


def _labels(table: pd.DataFrame, lang: str) -> list[str]:
    """Each period as the axis names it: a bare year where all are years, for the axis says of which kind."""
    bare = [period.removeprefix("FY") for period in table["period"]]
    return bare if all(period.isdecimal() for period in bare) else [words.period(period, lang) for period in table["period"]]


def _time(table: pd.DataFrame, lang: str) -> str | None:
    return words.word("axis.fiscal_years", lang) if table["period"].str.startswith("FY").all() else None


def _title(indicator: pd.Series, lang: str) -> list[str]:
    """What the axis of values measures, in lines no longer than the axis."""
    return words.wrapped(_measured(indicator, lang), lang, 44)


def _measured(indicator: pd.Series, lang: str) -> str:
    """What is measured, and in what; an index is counted in nothing."""
    name = str(indicator[f"measure_{lang}"])
    return name if indicator["unit"] == indicators.INDEX else words.word("axis.measure", lang, a=name, unit=indicator[f"unit_{lang}"])


def _domain(table: pd.DataFrame, whole: bool, line: float = math.nan) -> list[float]:
    """From zero, or from a little below the lowest value where that lies far above it, to a little above the highest, of a line to compare with too.

    >>> _domain(pd.DataFrame({"value": [90.0, 100.0], "value_high": float("nan")}), False)
    [88.8, 101.2]
    >>> _domain(pd.DataFrame({"value": [1.0], "value_high": float("nan")}), True, 2.0)
    [0.0, 2.12]
    """
    numbers = pd.concat([table["value"], table["value_high"], pd.Series([line])])
    low, high = float(numbers.min()), float(numbers.max())
    room = 0.12 * ((high - low) or abs(high) or 1)
    from_zero = whole or 0 <= low < 0.6 * high
    return [min(0.0, low) if from_zero else round(low - room, 6), max(0.0, round(high + room, 6))]


def _lines(told: pd.DataFrame, indicator: pd.Series, lang: str) -> alt.TopLevelMixin:
    """Lines by entity over time; none is drawn across a break or a gap."""
    domain = _domain(told, False, indicator["line"])
    scale = alt.Scale(nice=False, zero=False, padding=8)
    x = alt.X("_moment:Q", scale=scale, **look.axis("year", lang, _time(told, lang) or "", values=timelines.ticks(told["_moment"])))
    y = alt.Y("value:Q", title=_title(indicator, lang), scale=alt.Scale(domain=domain, nice=False), axis=alt.Axis(tickCount=6))
    drawn, wide = timelines.lines(told, x, y, domain, indicator["reference"])
    marks = timelines.breaks(indicator["breaks"].split(), x, lang) + _compared(indicator, lang, alt.Y, domain, align="left", x=3, dy=-8)
    return alt.layer(*marks, *drawn).properties(width=wide, height=timelines.HIGH)


def _multiples(told: pd.DataFrame, indicator: pd.Series, lang: str) -> alt.TopLevelMixin:
    """A panel an entity, with the same axes."""
    broken = [indicators.when(one) for one in indicator["breaks"].split()]
    drawing = multiples.Panels(
        told, _measured(indicator, lang), _time(told, lang) or "", lang, indicator["reference"], broken, _domain(told, whole=False)
    )
    return drawing.drawn()


def _bars(told: pd.DataFrame, indicator: pd.Series, lang: str) -> alt.TopLevelMixin:
    """Bars of one entity by period, or of one period by entity, the longest first; pale where the number is preliminary, dotted before a break."""
    scale = alt.Scale(domain=_domain(told, True, indicator["line"]), nice=False)
    values = alt.Axis(tickCount=5, tickMinStep=1) if _whole(told) else alt.Axis(tickCount=5)
    if told["entity"].nunique() > 1:
        return _beside(told.sort_values("value", ascending=False), scale, indicator, lang)
    x = alt.X("when:O", title=_time(told, lang), scale=alt.Scale(domain=_every(told)), axis=alt.Axis(labelAngle=0 if len(told) < 12 else -45))
    base = alt.Chart(told).encode(x=x, y=alt.Y("value:Q", title=_title(indicator, lang), scale=scale, axis=values))
    bars = base.mark_bar(size=min(40, 440 // len(_every(told)))).encode(**_filled(), description=alt.Description("says:N"))
    missing = [{"when": when, "text": words.word("label.year_not_found", lang)} for when in _every(told) if when not in set(told["when"])]
    empty = alt.Chart(pd.DataFrame(missing, columns=["when", "text"])).mark_text(dy=-18, color=look.SOFT, lineBreak="\n", aria=False)
    unfound = [empty.encode(x=x, y=alt.datum(0, scale=scale), text=alt.Text("text:N"))] if missing else []
    unfound += _compared(indicator, lang, alt.Y, scale["domain"], align="left", x="width", dx=6)
    numbers = base.mark_text(dy=-9, aria=False).encode(text=alt.Text("short:N"))
    return alt.layer(bars, numbers, *unfound, *_broken(told, indicator, lang)).properties(width=560, height=270)


def _filled() -> dict[str, Any]:
    return {"fill": alt.Fill("fill:N", scale=None), "stroke": alt.Stroke("shade:N", scale=None)}


def _broken(told: pd.DataFrame, indicator: pd.Series, lang: str) -> list[alt.Chart]:
    """A dotted line before the first bar of each way of counting."""
    first = [told.loc[told["_moment"] >= indicators.when(one)].nsmallest(1, "_moment")["when"].iloc[0] for one in indicator["breaks"].split()]
    if not first:
        return []
    gap = alt.Chart(pd.DataFrame({"when": first, "text": words.word("fact.series_break", lang)}))
    x = alt.X("when:O", bandPosition=0)
    rule = gap.mark_rule(**look.BREAK).encode(x=x)
    return [rule, gap.mark_text(align="left", y=_OVER, color=look.SOFT, aria=False).encode(x=x, text=alt.Text("text:N"))]


def _beside(told: pd.DataFrame, scale: alt.Scale, indicator: pd.Series, lang: str) -> alt.TopLevelMixin:
    shade = told["entity"].eq(indicator["reference"]).map({True: COLOURS[0], False: CONTEXT if indicator["reference"] else COLOURS[0]})
    fill = shade.mask(told["fill"].eq(look.PALE), look.PALE)
    base = alt.Chart(told.assign(shade=shade, fill=fill)).encode(
        y=alt.Y("name:N", sort=None, title=None), x=alt.X("value:Q", title=_title(indicator, lang), scale=scale, axis=alt.Axis(tickCount=5))
    )
    bars = base.mark_bar(height=20).encode(**_filled(), description=alt.Description("says:N"))
    texts = base.mark_text(align="left", dx=6, aria=False).encode(text=alt.Text("text:N"))
    return alt.layer(bars, texts, *_compared(indicator, lang, alt.X, scale["domain"])).properties(width=400, height=alt.Step(32))


def _compared(indicator: pd.Series, lang: str, axis: type[alt.X | alt.Y], domain: list[float], **place: Any) -> list[alt.Chart]:
    """The line that the values on this axis are compared with, with what it means, at this place where it is level; nothing where there is none."""
    if math.isnan(indicator["line"]):
        return []
    at = alt.Chart(pd.DataFrame({"line": [indicator["line"]], "text": [indicator[f"line_{lang}"]]}))
    along = axis("line:Q", scale=alt.Scale(domain=domain, nice=False))
    text = {"align": "center", "y": -14} if axis is alt.X else place
    rule = at.mark_rule(color=look.INK, strokeDash=[4, 3], aria=False).encode(along)
    return [rule, at.mark_text(color=look.SOFT, aria=False, **text).encode(along, text=alt.Text("text:N"))]


def _every(told: pd.DataFrame) -> list[str]:
    """The names of all periods from the first to the last, those without an observation too, where they are years."""
    if not told["when"].str.isdecimal().all():
        return list(told["when"].unique())
    return [str(year) for year in range(int(told["_moment"].min()), int(told["_moment"].max()) + 1)]


def _whole(told: pd.DataFrame) -> bool:
    return bool((told["value"] % 1 == 0).all())


def _slope(told: pd.DataFrame, indicator: pd.Series, lang: str) -> alt.TopLevelMixin:
    """From the first to the last value of each entity."""
    told = told.sort_values("value", ascending=False)
    digits = _digits(told, indicator)
    told["says"] = [
        words.word("says.from_period", lang, a=row["name"], old=first, new=row["text"],
                   first=words.period(row["first_period"], lang), last=words.period(row["period"], lang))
        for row, first in zip(told.to_dict("records"), told["first_text"], strict=True)
    ]  # fmt: skip
    told["text"] = [f"{words.number(first, digits)} → {last}" for first, last in zip(told["first_value"], told["short"], strict=True)]
    both = pd.concat([told, told.assign(value=told["first_value"])])
    domain = _domain(both, True, indicator["line"])
    under = _compared(indicator, lang, alt.X, domain)
    return spans.spans(told, ("first_value", "value"), _title(indicator, lang), alt.Scale(domain=domain, nice=False), under)


def _dots(told: pd.DataFrame, indicator: pd.Series, lang: str) -> alt.TopLevelMixin:
    """A dot a number, with the range that its source gives; nothing is drawn between dots."""
    scale = alt.Scale(domain=_domain(told, False, indicator["line"]), nice=False)
    row = told["name"] if told["when"].nunique() == 1 else told["when"] if told["entity"].nunique() == 1 else told["name"] + " " + told["when"]
    told = told.assign(row=row, upper=told["value_high"].fillna(told["value"]))
    base = alt.Chart(told).encode(y=alt.Y("row:N", sort=None, title=None), color=alt.Color("shade:N", scale=None))
    x = alt.X("value:Q", title=_title(indicator, lang), scale=scale, axis=alt.Axis(tickCount=6))
    ranges = base.mark_rule(strokeWidth=3, aria=False).encode(x=x, x2=alt.X2("upper:Q"))
    dots = base.mark_point(filled=True, size=120).encode(x=x, description=alt.Description("says:N"))
    texts = base.mark_text(align="left", dx=10, aria=False).encode(
        x=alt.X("upper:Q", scale=scale), text=alt.Text("text:N"), color=alt.value(look.INK)
    )
    return alt.layer(*_compared(indicator, lang, alt.X, scale["domain"]), ranges, dots, texts).properties(width=380, height=alt.Step(28))
