"""The drawing of each programme's place: programmes by tiers and forms, full where determined, open where the source leaves a range."""

from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look, narrow
from evidence.charts.shapes import DEEP, Row, Sheet, label, lines_from, lines_of, span
from evidence.tables import columns

NAMES, TOP = 52, 72  # where names start; room for the names of places
STYLE: dict[str, dict[str, Any]] = {  # from the firmest: full; pale with a full edge; white with a dashed edge
    "place": {"fill": DEEP, "stroke": DEEP},
    "tier": {"fill": "#bcd4ea", "stroke": DEEP},
    "open": {"fill": look.PAPER, "stroke": "#56708a", "strokeDash": [4, 3]},
}


class Form(NamedTuple):
    """How the drawing is laid: where places start, how wide one is that is a whole tier and one that is a form, the space between tiers; how high a
    programme is, how far below its top its name and its tiles are, and what is unstated, none where that stands beside them; letters of heads.
    """

    left: int
    tier: int
    form: int
    space: int
    high: int
    name: int
    tile: int
    below: int
    wide: int
    letters: tuple[float, float]


SCREEN = Form(196, 66, 66, 8, 44, 22, 22, 0, look.WIDTH, (13, 12))
PHONE = Form(0, 47, 62, 4, 82, 16, 40, 66, narrow.SHEET, (12, 11.5))
Columns = dict[str, tuple[float, float]]


def placement(table: pd.DataFrame, places: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """One line a programme, a tile in every place that it may have, and at the right what the source leaves unstated; on a narrow screen below."""
    return narrow.also(_placement(table, places, lang, SCREEN), _placement(table, places, lang, PHONE))


def _placement(table: pd.DataFrame, places: pd.DataFrame, lang: str, form: Form) -> alt.TopLevelMixin:
    across = _columns(places, form)
    rows: list[Row] = table.to_dict("records")
    order = list(dict.fromkeys(row["_programme"] for row in rows))
    for row in rows:
        row["top"] = float(TOP + form.high * order.index(row["_programme"]))
        where = f"{row[f'tier_{lang}']} {row[f'form_{lang}']}".strip()
        row["says"] = words.word("says.place", lang, agency=row["agency"], a=row[f"short_{lang}"], b=where, n=row[f"certainty_{lang}"])
    foot = TOP + form.high * len(order)
    known = {row["_certainty_code"]: row[f"certainty_{lang}"] for row in rows}
    kinds = [(code, known[code]) for code in STYLE if code in known]
    sheet = Sheet(foot + (20 + 26 * len(kinds) if form.below else 46), form.wide)
    end = max(right for _, right in across.values()) + 12
    _heads(sheet, places, across, foot, lang, form)
    if not form.below:
        sheet.texts(lines_of(columns.label("unstated", lang), lang, 16, end, 49), align="left", fontSize=12, color=look.SOFT)
    _names(sheet, rows, end, lang, form)
    for code, _ in kinds:
        tiles = [_tile(row, across, form) | {"says": row["says"]} for row in rows if row["_certainty_code"] == code]
        sheet.boxes(tiles, strokeWidth=1.5, **STYLE[code])
    _key(sheet, kinds, foot + 28, form)
    return sheet.drawn()


def _tile(row: Row, across: Columns, form: Form) -> Row:
    (left, right), y = across[row["_place"]], row["top"] + form.tile
    return span(left + 5, y - 12, right - 5, y + 12)


def _columns(places: pd.DataFrame, form: Form) -> Columns:
    """Both edges of each place's column; tiers stand a little apart."""
    found: Columns = {}
    left = float(form.left)
    for _, group in places.groupby("tier", sort=False):
        for row in group.itertuples():
            found[str(row.place)] = (left, left := left + (form.form if row.form else form.tier))
        left += form.space
    return found


def _heads(sheet: Sheet, places: pd.DataFrame, across: Columns, foot: float, lang: str, form: Form) -> None:
    """Tiers above, their forms below them, a pale band down each tier."""
    for _, group in places.groupby("tier", sort=False):
        left, right = across[group["place"].iloc[0]][0], across[group["place"].iloc[-1]][1]
        sheet.boxes([span(left, 28, right, foot)], fill="#f4f7fa", stroke=None)
        sheet.boxes([span(left, 0, right, 26)], fill=DEEP if len(group) > 1 else "#56708a", stroke=None, cornerRadius=3)
        sheet.texts([label(group[f"tier_{lang}"].iloc[0], (left + right) / 2, 13)], fontSize=form.letters[0], fontWeight="bold", color=look.PAPER)
    forms = [label(row[f"form_{lang}"], sum(across[row["place"]]) / 2, 49) for row in places.to_dict("records") if row["form"]]
    sheet.texts(forms, fontSize=form.letters[1])


def _names(sheet: Sheet, rows: list[Row], end: float, lang: str, form: Form) -> None:
    """Agencies and programmes at the left, unstated matters at the right or below, a thin line above each programme."""
    seen = ""
    for row in {row["_programme"]: row for row in rows}.values():
        y, new = row["top"] + form.name, row["agency"] != seen
        seen = row["agency"]
        start = 0 if new or form.below else NAMES
        sheet.lines([span(start, row["top"], form.wide, row["top"])], color="#9aa6b2" if new else look.RULE, strokeWidth=1)
        if new or form.below:
            sheet.texts([label(seen, 0, y)], align="left", fontWeight="bold")
        unstated = row[f"unstated_{lang}"] or "―"
        sheet.texts(lines_of(row[f"short_{lang}"], lang, 38 if form.below else 22, NAMES, y), align="left", fontSize=12)
        if form.below:
            told = columns.label("unstated", lang) + words.word("ui.colon", lang) + unstated
            sheet.texts(lines_from(told, lang, 46, 0, row["top"] + form.below), align="left", fontSize=12, color=look.SOFT)
        else:
            sheet.texts(lines_of(unstated, lang, 15, end, y), align="left", fontSize=12, color=look.SOFT)


def _key(sheet: Sheet, kinds: list[tuple[str, str]], y: float, form: Form) -> None:
    """What the three kinds of tile mean, side by side or on a narrow screen one below the other."""
    for place, (code, told) in enumerate(kinds):
        x, down = (2, 26 * place) if form.below else (2 + 213 * place, 0)
        sheet.boxes([span(x, y + down - 9, x + 34, y + down + 9)], strokeWidth=1.5, **STYLE[code])
        sheet.texts([label(told, x + 43, y + down)], align="left", fontSize=12)
