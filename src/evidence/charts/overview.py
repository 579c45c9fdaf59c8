"""Drawings of the overview."""

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look, narrow
from evidence.charts.shapes import Row, Sheet, label, span

BOX, GAP, LINE = 78, 12, 20  # heights in pixels: of a row's box, between two boxes, of a line of text
HALF = {"ja": 7.0, "en": 7.8}  # pixels of a half-width character at most, a bold one too


def book_map(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Four questions on the left, the chapter's short answer on the right, one row each; on a narrow screen each answer below its question."""
    told = table.assign(
        says=[words.word("says.answer", lang, a=row[f"question_{lang}"], b=row[f"answer_{lang}"]) for _, row in table.iterrows()],
        left=0, split=215, right=look.WIDTH, top=[row * (BOX + GAP) for row in range(len(table))],
    ).assign(bottom=lambda rows: rows["top"] + BOX)  # fmt: skip
    height = len(table) * (BOX + GAP)
    down = alt.Scale(domain=[height, 0], nice=False)
    across = alt.Scale(domain=[0, look.WIDTH], nice=False)
    left, split = (alt.X(f"{name}:Q", axis=None, scale=across) for name in ("left", "split"))
    base = alt.Chart(told).encode(y=alt.Y("top:Q", axis=None, scale=down), y2=alt.Y2("bottom:Q"))
    asked = base.mark_rect(color=look.PALETTE[0], cornerRadius=3).encode(x=left, x2=alt.X2("split:Q"), description=alt.Description("says:N"))
    answered = base.mark_rect(color="#eaf1f8", cornerRadius=3, aria=False).encode(x=split, x2=alt.X2("right:Q"))
    asks = _lines(told, f"question_{lang}", lang, 26).mark_text(align="left", dx=14, fontSize=14, fontWeight="bold", color=look.PAPER, aria=False)
    answers = _lines(told, f"answer_{lang}", lang, 54).mark_text(align="left", dx=16, fontSize=14, color=look.INK, aria=False)
    middle = alt.Y("middle:Q", axis=None, scale=down)
    texts = asks.encode(x=left, y=middle, text=alt.Text("line:N")) + answers.encode(x=split, y=middle, text=alt.Text("line:N"))
    return narrow.also((answered + asked + texts).properties(width=look.WIDTH, height=height), _down(told, lang))


def _down(told: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    letters, top = int((narrow.SHEET - 24) / HALF[lang]), 0  # of a line within a box
    asked: list[Row] = []
    answered: list[Row] = []
    said: dict[bool, list[Row]] = {True: [], False: []}
    for row in told.to_dict("records"):
        for question, boxes in ((True, asked), (False, answered)):
            text = row[f"{'question' if question else 'answer'}_{lang}"]
            lines = words.wrapped(text, lang, letters)
            boxes.append(span(0, top, narrow.SHEET, top + LINE * len(lines) + 16) | ({"says": row["says"]} if question else {}))
            said[question] += [label(line, 12, top + 8 + LINE * (number + 0.5)) for number, line in enumerate(lines)]
            top += LINE * len(lines) + 16
        top += GAP
    sheet = Sheet(top, narrow.SHEET)
    sheet.boxes(answered, fill="#eaf1f8", stroke=None, cornerRadius=3)
    sheet.boxes(asked, fill=look.PALETTE[0], stroke=None, cornerRadius=3)
    sheet.texts(said[True], align="left", fontSize=14, fontWeight="bold", color=look.PAPER)
    sheet.texts(said[False], align="left", fontSize=14)
    return sheet.drawn()


def _lines(table: pd.DataFrame, column: str, lang: str, width: int) -> alt.Chart:
    """The text of each row cut into lines, each line at its place around the middle of the row's box."""
    rows = []
    for row in table.to_dict("records"):
        lines = words.wrapped(row[column], lang, width)
        middles = [row["top"] + BOX / 2 + LINE * (number - (len(lines) - 1) / 2) for number in range(len(lines))]
        rows += [{"line": line, "middle": middle, "left": row["left"], "split": row["split"]} for line, middle in zip(lines, middles, strict=True)]
    return alt.Chart(pd.DataFrame(rows))


def by_part(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Bars of the number of claims by part of the document, numbers and facts told apart."""
    kinds = [words.word(f"kind.{kind}", lang) for kind in ("number", "fact")]
    told = table.assign(
        part=table[f"part_{lang}"],
        kind_told=table["kind"].map(dict(zip(("number", "fact"), kinds, strict=True))),
        says=[
            words.word(
                "says.pair",
                lang,
                a=row[f"part_{lang}"],
                b=words.word(f"kind.{row['kind']}", lang),
                n=words.quantity(row["claims_count"], "claims", lang),
            )
            for _, row in table.iterrows()
        ],
    )
    told = told.assign(high=told.groupby("part")["claims_count"].cumsum(), low=lambda rows: rows["high"] - rows["claims_count"])
    part = alt.Y("part:N", sort=list(told["part"].unique()), title=None, axis=alt.Axis(labelLimit=260, labelPadding=8))
    shades = alt.Scale(domain=kinds, range=[look.PALETTE[0], "#8db8e0"])
    bars = alt.Chart(told).mark_bar(height=20).encode(
        y=part, x=alt.X("low:Q", **look.axis("claims_count", lang, words.word("axis.claims", lang), tickCount=6)),
        x2=alt.X2("high:Q"), description=alt.Description("says:N"),
        color=alt.Color("kind_told:N", title=None, scale=shades, legend=alt.Legend(orient="bottom")),
    )  # fmt: skip
    return bars.properties(width=400, height=alt.Step(32))


def by_status(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Bars of the number of claims by how firm they are."""
    told = table.assign(
        name=[words.word(f"status.{status}", lang) for status in table["status"]],
        label=[words.quantity(count, "claims", lang) for count in table["claims_count"]],
    )
    told["says"] = told["name"] + words.word("ui.colon", lang) + told["label"]
    name = alt.Y("name:N", sort=list(told["name"]), title=None, axis=alt.Axis(labelPadding=8))
    base = alt.Chart(told).encode(y=name, x=alt.X("claims_count:Q", **look.axis("claims_count", lang, words.word("axis.claims", lang), tickCount=6)))
    bars = base.mark_bar(height=20, color=look.PALETTE[0]).encode(description=alt.Description("says:N"))
    labels = base.mark_text(align="left", dx=6, aria=False).encode(text=alt.Text("label:N"))
    return (bars + labels).properties(width=420, height=alt.Step(34))
