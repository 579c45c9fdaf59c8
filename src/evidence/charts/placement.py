"""The drawing of each programme's place: programmes by tiers and forms, full where determined, open where the source leaves a range."""

from typing import Any

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look
from evidence.charts.shapes import DEEP, Row, Sheet, label, lines_of, span
from evidence.tables import columns

NAMES, LEFT, CELL, SPACE = 52, 196, 66, 8  # where names start; where places start; a place; space between tiers
TOP, HIGH = 72, 44  # room for the names of places; a programme
STYLE: dict[str, dict[str, Any]] = {  # from the firmest: full; pale with a full edge; white with a dashed edge
    "place": {"fill": DEEP, "stroke": DEEP},
    "tier": {"fill": "#bcd4ea", "stroke": DEEP},
    "open": {"fill": look.PAPER, "stroke": "#56708a", "strokeDash": [4, 3]},
}
Columns = dict[str, float]


def placement(table: pd.DataFrame, places: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """One line a programme, a tile in every place that it may have, and at the right what the source leaves unstated."""
    across = _columns(places)
    rows: list[Row] = table.to_dict("records")
    order = list(dict.fromkeys(row["_programme"] for row in rows))
    for row in rows:
        row["y"] = TOP + HIGH * (order.index(row["_programme"]) + 0.5)
        row["x"] = across[row["_place"]]
        where = f"{row[f'tier_{lang}']} {row[f'form_{lang}']}".strip()
        row["says"] = words.word("says.place", lang, agency=row["agency"], a=row[f"short_{lang}"], b=where, n=row[f"certainty_{lang}"])
    foot = TOP + HIGH * len(order)
    sheet = Sheet(foot + 46)
    _heads(sheet, places, across, foot, lang)
    _names(sheet, rows, lang)
    for code in (code for code in STYLE if any(row["_certainty_code"] == code for row in rows)):
        sheet.boxes([_tile(row) | {"says": row["says"]} for row in rows if row["_certainty_code"] == code], strokeWidth=1.5, **STYLE[code])
    _key(sheet, rows, foot + 28, lang)
    return sheet.drawn()


def _tile(row: Row) -> Row:
    x, y = row["x"], row["y"]
    return span(x - CELL / 2 + 5, y - 12, x + CELL / 2 - 5, y + 12)


def _columns(places: pd.DataFrame) -> Columns:
    """The middle of each place's column; tiers stand a little apart."""
    tiers = list(places["tier"].unique())
    return {row.place: LEFT + CELL * (number + 0.5) + SPACE * tiers.index(row.tier) for number, row in enumerate(places.itertuples())}


def _heads(sheet: Sheet, places: pd.DataFrame, across: Columns, foot: float, lang: str) -> None:
    """Tiers above, their forms below them, a pale band down each tier."""
    for _, group in places.groupby("tier", sort=False):
        left, right = across[group["place"].iloc[0]] - CELL / 2, across[group["place"].iloc[-1]] + CELL / 2
        sheet.boxes([span(left, 28, right, foot)], fill="#f4f7fa", stroke=None)
        sheet.boxes([span(left, 0, right, 26)], fill=DEEP if len(group) > 1 else "#56708a", stroke=None, cornerRadius=3)
        sheet.texts([label(group[f"tier_{lang}"].iloc[0], (left + right) / 2, 13)], fontWeight="bold", color=look.PAPER)
    forms = [label(row[f"form_{lang}"], across[row["place"]], 49) for row in places.to_dict("records") if row["form"]]
    sheet.texts(forms, fontSize=12)
    end = max(across.values()) + CELL / 2 + 12
    sheet.texts(lines_of(columns.label("unstated", lang), lang, 16, end, 49), align="left", fontSize=12, color=look.SOFT)


def _names(sheet: Sheet, rows: list[Row], lang: str) -> None:
    """Agencies and programmes at the left, unstated matters at the right, a thin line under each programme."""
    seen = ""
    end = max(row["x"] for row in rows) + CELL / 2 + 12
    for row in {row["_programme"]: row for row in rows}.values():
        y, new = row["y"], row["agency"] != seen
        seen = row["agency"]
        sheet.lines([span(0 if new else NAMES, y - HIGH / 2, look.WIDTH, y - HIGH / 2)], color="#9aa6b2" if new else look.RULE, strokeWidth=1)
        if new:
            sheet.texts([label(seen, 0, y)], align="left", fontWeight="bold")
        sheet.texts(lines_of(row[f"short_{lang}"], lang, 22, NAMES, y), align="left", fontSize=12)
        sheet.texts(lines_of(row[f"unstated_{lang}"] or "―", lang, 15, end, y), align="left", fontSize=12, color=look.SOFT)


def _key(sheet: Sheet, rows: list[Row], y: float, lang: str) -> None:
    """What the three kinds of tile mean."""
    known = {row["_certainty_code"]: row[f"certainty_{lang}"] for row in rows}
    for place, code in enumerate(code for code in STYLE if code in known):
        x = 2 + 213 * place
        sheet.boxes([span(x, y - 9, x + 34, y + 9)], strokeWidth=1.5, **STYLE[code])
        sheet.texts([label(known[code], x + 43, y)], align="left", fontSize=12)
