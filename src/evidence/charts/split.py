"""Bars split into parts: how many of each row are of each kind, with the number written in every part."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look


@dataclass(frozen=True)
class Split:
    """What a table counts: codes of the column `of`, a bar each, by codes of the column `into`, a part each, with the number in `count`.

    `families` tell both codes in words; `shades` gives each part its colour, in the order of the legend; in the `dark` ones numbers are white.
    """

    of: str
    into: str
    count: str
    families: tuple[str, str]
    shades: Mapping[str, str]
    dark: tuple[str, ...]


def bars(table: pd.DataFrame, by: Split, lang: str, thick: int, title: str | None = None, **legend: Any) -> alt.LayerChart:
    """The bars, so thick in points, with a legend below that has this title."""
    row, part = f"{by.of}_told", f"{by.families[1]}_told"
    told = table.assign(
        **{row: [words.word(f"{by.families[0]}.{code}", lang) for code in table[by.of]]},
        **{part: [words.word(f"{by.families[1]}.{code}", lang) for code in table[by.into]]},
        high=table.groupby(by.of, sort=False)[by.count].cumsum(),
    )
    told["low"] = told["high"] - told[by.count]
    told["mid"] = (told["low"] + told["high"]) / 2
    numbers = [words.quantity(count, by.count, lang) for count in told[by.count]]
    told["says"] = [words.word("says.pair", lang, a=a, b=b, n=n) for a, b, n in zip(told[row], told[part], numbers, strict=True)]
    y = alt.Y(f"{row}:N", sort=list(told[row].unique()), title=None, axis=alt.Axis(labelPadding=8, domain=False, ticks=False))
    x = alt.X("low:Q", **look.axis(by.count, lang, words.word(f"axis.{by.count}", lang), tickMinStep=5))
    scale = alt.Scale(domain=[words.word(f"{by.families[1]}.{code}", lang) for code in by.shades], range=list(by.shades.values()))
    colour = alt.Color(f"{part}:N", title=title, scale=scale, legend=key(told, part, by.count, scale, **legend))
    drawn = alt.Chart(told).mark_bar(height=thick, stroke=look.PAPER, strokeWidth=1)
    ink = alt.condition(alt.FieldOneOfPredicate(by.into, list(by.dark)), alt.value(look.PAPER), alt.value(look.INK))
    numbered = alt.Chart(told[told[by.count] > 0]).mark_text(fontSize=12, fontWeight="bold", aria=False)
    return drawn.encode(y=y, x=x, x2=alt.X2("high:Q"), description=alt.Description("says:N"), color=colour) + numbered.encode(
        y=y, x=alt.X("mid:Q"), text=alt.Text(f"{by.count}:Q"), color=ink
    )


def key(told: pd.DataFrame, part: str, count: str, scale: alt.Scale, **more: Any) -> alt.Legend:
    """The legend below such bars: of the parts in the order of their scale those that some bar has, for no one looks for a colour that is nowhere."""
    there = set(told[told[count] > 0][part])
    return alt.Legend(orient="bottom", symbolType="square", values=[name for name in scale.to_dict()["domain"] if name in there], **more)
