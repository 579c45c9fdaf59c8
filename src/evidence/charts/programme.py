"""The drawing of a programme's profile: what the source states of it and what it leaves out."""

from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look, narrow

HIGH = 58  # of a card


class Cards(NamedTuple):
    """How many cards stand in a row, how wide one is, the space between them and before their words, and the width of the sheet."""

    across: int
    wide: float
    space: float
    indent: float
    sheet: int


SCREEN, PHONE = Cards(4, 152, 10, 12, look.WIDTH + 2), Cards(2, 141, 6, 6, narrow.SHEET)


def stated(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Cards of what one would ask of a programme: full with the number of statements, or empty and dashed."""
    return narrow.also(_cards(table, lang, SCREEN), _cards(table, lang, PHONE))


def _cards(table: pd.DataFrame, lang: str, on: Cards) -> alt.TopLevelMixin:
    place = pd.Series(range(len(table)), index=table.index)
    left, top = place % on.across * (on.wide + on.space) + 1, place // on.across * (HIGH + on.space) + 1
    told = table.assign(
        left=left, right=left + on.wide, top=top, low=top + HIGH, inside=left + on.indent, title_at=top + 20, count_at=top + 42,
        asked=table[f"asked_{lang}"],
        told=[words.quantity(n, "statements", lang) if n else words.word("ui.not_stated", lang) for n in table["statements"]],
    )  # fmt: skip
    told["says"] = told["asked"] + words.word("ui.colon", lang) + told["told"]
    height = int(told["low"].max()) + 1
    across = alt.Scale(domain=[0, on.sheet], nice=False)
    down = alt.Scale(domain=[height, 0], nice=False)
    x, inside = (alt.X(f"{field}:Q", axis=None, scale=across) for field in ("left", "inside"))
    y, title, count = (alt.Y(f"{field}:Q", axis=None, scale=down) for field in ("top", "title_at", "count_at"))
    layers: list[Any] = []
    cards: list[tuple[str, dict[str, Any], str]] = [
        ("yes", {"fill": look.PALETTE[0]}, look.PAPER), ("no", {"fill": look.PAPER, "strokeDash": [4, 3]}, look.SOFT),
    ]  # fmt: skip
    for answer, card, ink in cards:
        base = alt.Chart(told[told["is_stated"] == answer])
        layers += [
            base.mark_rect(cornerRadius=4, stroke="#9aa6b2", **card).encode(
                x=x, x2=alt.X2("right:Q"), y=y, y2=alt.Y2("low:Q"), description=alt.Description("says:N")
            ),
            base.mark_text(align="left", fontSize=12, fontWeight="bold", color=ink, aria=False).encode(x=inside, y=title, text=alt.Text("asked:N")),
            base.mark_text(align="left", fontSize=12, color=ink, aria=False).encode(x=inside, y=count, text=alt.Text("told:N")),
        ]
    return alt.layer(*layers).properties(width=min(on.sheet, look.WIDTH), height=height)
