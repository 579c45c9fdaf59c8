"""Drawings of the recommendations chapter."""

from typing import Any

import altair as alt
import pandas as pd

from evidence import words
from evidence.analysis.recommendations import ACROSS, GROUNDS, MODALITIES
from evidence.charts import look, split

ROW = 44  # height of a row that holds a two-line label


def strength(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Bars of the number of recommendations by pillar, split by the strength of their wording."""
    told = _counted(table, "modality", lang)
    colours = ["#0b3d6e", "#0b5394", "#4a86c5", "#8db8e0", "#e69f00", "#c9b37e", "#9aa3ad"]
    scale = alt.Scale(domain=[words.word(f"modality.{name}", lang) for name in MODALITIES], range=colours)
    return _stacked(told, scale, words.word("modality.title", lang), dark=3, lang=lang)


def grounds(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Bars of the number of formal recommendations by pillar, split by what they rest on in the source."""
    told = _counted(table, "ground", lang)
    scale = alt.Scale(domain=[words.word(f"ground.{name}", lang) for name in GROUNDS], range=[look.PALETTE[0], "#7fb2dd", "#e8c37a"])
    return _stacked(told, scale, words.word("ground.title", lang), dark=1, lang=lang)


def _counted(table: pd.DataFrame, by: str, lang: str) -> pd.DataFrame:
    told = table.assign(
        pillar_name=["\n".join(words.wrapped(words.word(f"pillar.{pillar}", lang), lang, 26)) for pillar in table["pillar"]],
        part=[words.word(f"{by}.{part}", lang) for part in table[by]],
        _order=range(len(table)),
    )
    if "formal" in told:
        told["part_told"] = told["part"] + told["formal"].map({"yes": "", "no": words.word("formal.no_bracket", lang)})
    else:
        told["part_told"] = told["part"]
    told["says"] = [
        words.word(
            "says.pair",
            lang,
            a=words.word(f"pillar.{row.pillar}", lang),
            b=row.part_told,
            n=words.quantity(row.recommendations, "recommendations", lang),
        )
        for row in told.itertuples()
    ]
    return told


def _stacked(told: pd.DataFrame, scale: alt.Scale, title: str, *, dark: int, lang: str) -> alt.TopLevelMixin:
    pillar = alt.Y("pillar_name:N", title=None, sort=list(told["pillar_name"].unique()), axis=alt.Axis(labelLineHeight=17, labelPadding=8))
    told = told.assign(
        high=told.groupby("pillar")["recommendations"].cumsum(),
        low=lambda rows: rows["high"] - rows["recommendations"],
        mid=lambda rows: (rows["low"] + rows["high"]) / 2,
    )
    length = alt.X("low:Q", **look.axis("recommendations", lang, words.word("axis.recommendations", lang), tickMinStep=5))
    bars = alt.Chart(told).mark_bar(height=26, stroke=look.PAPER, strokeWidth=1).encode(
        y=pillar, x=length, x2=alt.X2("high:Q"), description=alt.Description("says:N"),
        color=alt.Color("part:N", title=title, scale=scale, legend=split.key(told, "part", "recommendations", scale, columns=4)),
    )  # fmt: skip
    numbers = alt.Chart(told).mark_text(fontSize=12, fontWeight="bold", aria=False).encode(
        y=pillar, x=alt.X("mid:Q"), text=alt.Text("recommendations:Q"),
        color=alt.condition(alt.FieldOneOfPredicate("part", scale.to_dict()["domain"][:dark]), alt.value(look.PAPER), alt.value(look.INK)),
    )  # fmt: skip
    return (bars + numbers).properties(width=430, height=alt.Step(ROW + 8))


def matrix(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Grid of groups of recommendations by programmes: a square where the source ties them, a circle where we read it so, a dot where none does."""
    told = table.assign(
        group=[f"{row['parent']} {row[f'heading_{lang}']}" for _, row in table.iterrows()],
        name=["\n".join([row["agency"], *words.wrapped(row[f"programme_name_{lang}"], lang, 10)]) for _, row in table.iterrows()],
        tie=[words.word(f"basis.{basis}", lang) for basis in table["basis"]],
    )
    pairs = zip(told["parent"], told["name"].str.replace("\n", " "), told["links"], told["tie"], strict=True)
    told["says"] = [words.word("says.link", lang, a=a, b=b, n=n, basis=tie) for a, b, n, tie in pairs]
    parts = [_matrix(part, lang) for _, part in told.groupby((told["_across"] - 1) // ACROSS)]
    drawn = parts[0] if len(parts) == 1 else alt.vconcat(*parts)
    return drawn.configure_legend(orient="bottom", symbolSize=160, symbolOpacity=1)


def _matrix(told: pd.DataFrame, lang: str) -> Any:
    """The columns of so many programmes as stand side by side."""
    rows, columns = (list(told.sort_values(place)[name].unique()) for place, name in (("_down", "group"), ("_across", "name")))
    bare: dict[str, Any] = {"domain": False, "ticks": False, "grid": True}
    group = alt.Y("group:N", title=None, sort=rows, axis=alt.Axis(labelLimit=330, labelPadding=10, **bare))
    head = alt.Axis(orient="top", labelFontSize=12, **look.side_by_side(columns), **bare)
    ties = [words.word(f"basis.{basis}", lang) for basis in ("stated", "reading", "none")]
    marks = alt.Chart(told).mark_point(filled=True).encode(
        x=alt.X("name:N", title=None, sort=columns, axis=head), y=group, description=alt.Description("says:N"),
        shape=alt.Shape("tie:N", title=words.word("basis.title", lang), scale=alt.Scale(domain=ties, range=["square", "circle", "circle"])),
        color=alt.Color("tie:N", title=words.word("basis.title", lang), scale=alt.Scale(domain=ties, range=[look.PALETTE[0], "#9cc4e8", look.RULE])),
        size=alt.condition(alt.datum.links > 0, alt.value(420), alt.value(24)),
    )  # fmt: skip
    numbers = alt.Chart(told[told["links"] > 0]).mark_text(fontSize=12, fontWeight="bold", aria=False).encode(
        x=alt.X("name:N", sort=columns), y=alt.Y("group:N", sort=rows), text=alt.Text("links:Q"),
        color=alt.condition(alt.datum.tie == ties[0], alt.value(look.PAPER), alt.value(look.INK)),
    )  # fmt: skip
    return (marks + numbers).properties(width=alt.Step(62), height=alt.Step(30))
