"""Drawings of the recommendations chapter."""

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look
from evidence.recommendations import GROUNDS, MODALITIES

ROW = 44  # height of a row that holds a two-line label


def strength(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Bars of the number of recommendations by pillar, split by the strength of their wording."""
    told = _counted(table, "modality", lang)
    colours = ["#0b3d6e", "#0b5394", "#4a86c5", "#8db8e0", "#e69f00", "#c9b37e", "#9aa3ad"]
    scale = alt.Scale(domain=[words.word(f"modality.{name}", lang) for name in MODALITIES], range=colours)
    return _stacked(told, scale, words.word("modality.title", lang), lang)


def grounds(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Bars of the number of formal recommendations by pillar, split by what they rest on in the source."""
    told = _counted(table, "ground", lang)
    scale = alt.Scale(domain=[words.word(f"ground.{name}", lang) for name in GROUNDS], range=[look.PALETTE[0], "#7fb2dd", "#e8c37a"])
    return _stacked(told, scale, words.word("ground.title", lang), lang)


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


def _stacked(told: pd.DataFrame, scale: alt.Scale, title: str, lang: str) -> alt.TopLevelMixin:
    pillar = alt.Y("pillar_name:N", title=None, sort=list(told["pillar_name"].unique()), axis=alt.Axis(labelLineHeight=17, labelPadding=8))
    told = told.assign(
        high=told.groupby("pillar")["recommendations"].cumsum(),
        low=lambda rows: rows["high"] - rows["recommendations"],
        mid=lambda rows: (rows["low"] + rows["high"]) / 2,
    )
    length = alt.X("low:Q", title=words.word("axis.recommendations", lang), axis=alt.Axis(tickMinStep=5))
    bars = alt.Chart(told).mark_bar(height=26, stroke=look.PAPER, strokeWidth=1).encode(
        y=pillar, x=length, x2="high:Q", description="says:N",
        color=alt.Color("part:N", title=title, scale=scale, legend=alt.Legend(orient="bottom", columns=4, symbolType="square")),
    )  # fmt: skip
    dark = list(scale.to_dict()["range"][:3]) if lang else []
    numbers = alt.Chart(told).mark_text(fontSize=12, fontWeight="bold", aria=False).encode(
        y=pillar, x="mid:Q", text="recommendations:Q",
        color=alt.condition(alt.FieldOneOfPredicate("part", scale.to_dict()["domain"][: len(dark)]), alt.value(look.PAPER), alt.value(look.INK)),
    )  # fmt: skip
    return (bars + numbers).properties(width=430, height=alt.Step(ROW + 8))


def matrix(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Grid of groups of recommendations by programmes: a filled square where the source ties them, a ring where we read it so."""
    told = table.assign(
        group=["\n".join(words.wrapped(f"{row['parent']} {row[f'heading_{lang}']}", lang, 42)[:2]) for _, row in table.iterrows()],
        name=["\n".join(words.wrapped(name, lang, 12)) for name in table[f"programme_name_{lang}"]],
        says=[
            words.word(
                "says.link", lang, a=row["parent"], b=row[f"programme_name_{lang}"], n=row["links"], basis=words.word(f"basis.{row['basis']}", lang)
            )
            for _, row in table.iterrows()
        ],
        tie=[words.word(f"basis.{basis}", lang) for basis in table["basis"]],
    )
    group = alt.Y(
        "group:N",
        title=None,
        sort=list(told["group"].unique()),
        axis=alt.Axis(labelLineHeight=16, labelLimit=380, domain=False, ticks=False, grid=True),
    )
    name = alt.X(
        "name:N", title=None, sort=None, axis=alt.Axis(orient="top", labelAngle=0, labelLineHeight=15, domain=False, ticks=False, labelFontSize=12)
    )
    domain = [words.word("basis.stated", lang), words.word("basis.reading", lang)]
    squares = alt.Chart(told).mark_point(size=420, strokeWidth=2, filled=True).encode(
        x=name, y=group, description="says:N",
        shape=alt.Shape("tie:N", title=words.word("basis.title", lang), scale=alt.Scale(domain=domain, range=["square", "circle"]), legend=alt.Legend(orient="bottom")),
        color=alt.Color("tie:N", scale=alt.Scale(domain=domain, range=[look.PALETTE[0], "#8db8e0"]), title=words.word("basis.title", lang)),
    )  # fmt: skip
    numbers = alt.Chart(told).mark_text(fontSize=12, fontWeight="bold", aria=False).encode(
        x=name, y=group, text="links:Q",
        color=alt.condition(alt.datum.tie == domain[0], alt.value(look.PAPER), alt.value(look.INK)),
    )  # fmt: skip
    return (squares + numbers).properties(width=alt.Step(68), height=alt.Step(ROW - 4))
