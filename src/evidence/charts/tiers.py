"""Drawings of the tiers chapter: the three tiers, the tree of decisions, and each programme's place."""

from itertools import pairwise

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look
from evidence.charts.shapes import DEEP, LINE, PALE, Row, Sheet, at, label, lines_at, lines_from, lines_of, span

PANEL, BETWEEN = 204, 14  # a tier's panel; space between panels
SHADE = {True: DEEP, False: "#56708a"}  # head of a panel: Tier 3, which the source is about, and the others


def diagram(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """One panel a tier: who supports the joint research of the researchers, and below it the definition."""
    told: list[Row] = table.to_dict("records")
    for place, row in enumerate(told):
        row["left"] = place * (PANEL + BETWEEN)
        row["says"] = row[f"tier_{lang}"] + words.word("ui.colon", lang) + row[f"definition_{lang}"].rstrip("。.")
    texts = {row["left"]: lines_from(row[f"definition_{lang}"], lang, 27, row["left"] + 14, 262) for row in told}
    height = max(line["y"] for lines in texts.values() for line in lines) + 20
    sheet = Sheet(height)
    sheet.boxes([span(row["left"] + 1, 1, row["left"] + PANEL - 1, height - 1) | {"says": row["says"]} for row in told], fill="#fafbfc")
    for row in told:
        _panel(sheet, row, lang)
        sheet.texts(texts[row["left"]], align="left")
    return sheet.drawn()


def _panel(sheet: Sheet, row: Row, lang: str) -> None:
    left, right = row["left"], row["left"] + PANEL
    one, other, closest = left + 50, right - 50, row["_cooperating"] == "yes"
    sheet.boxes([span(left + 1, 1, right - 1, 36)], fill=SHADE[closest], stroke=None)
    sheet.texts([label(row[f"tier_{lang}"], left + PANEL / 2, 19)], fontSize=15, fontWeight="bold", color=look.PAPER)
    sheet.texts([label(words.word(f"diagram.{side}", lang), x, 54) for side, x in (("one", one), ("other", other))], fontSize=12, color=look.SOFT)
    for x, acts in ((one, row["_supported"] == "yes"), (other, closest)):
        _agency(sheet, x, acts, lang)
    if closest:
        sheet.arrows([span(one + 37, 92, other - 37, 92)], both=True, color=DEEP, strokeWidth=2)
        sheet.texts([label(words.word("diagram.joint_support", lang), left + PANEL / 2, 135)], fontSize=12)
    elif row["_supported"] == "yes":
        sheet.texts([label(words.word("diagram.support", lang), one + 10, 135)], align="left", fontSize=12)
    _research(sheet, left, right, lang)


def _research(sheet: Sheet, left: float, right: float, lang: str) -> None:
    """The joint research that every tier is about: researchers of two countries who work together."""
    one, other = left + 55, right - 55
    sheet.boxes([span(left + 12, 156, right - 12, 240)], fill=PALE, stroke="#b9cde2")
    sheet.texts([label(words.word("diagram.research", lang), left + PANEL / 2, 173)], fontWeight="bold")
    sheet.boxes([span(x - 36, 190, x + 36, 228) for x in (one, other)], cornerRadius=19)
    sheet.texts([label(words.word("diagram.researcher", lang), x, 209) for x in (one, other)], fontSize=12)
    sheet.arrows([span(one + 37, 209, other - 37, 209)], both=True)


def _agency(sheet: Sheet, x: float, acts: bool, lang: str) -> None:
    """An agency that supports the joint research; where it takes no part, an empty dashed place."""
    box = [span(x - 36, 68, x + 36, 116)]
    if not acts:
        sheet.boxes(box, fill=None, stroke="#b4bec8", strokeDash=[4, 4])
        return
    sheet.boxes(box, fill=DEEP, stroke=None)
    sheet.texts(lines_at(words.word("diagram.agency", lang).split("|"), x, 92), fontSize=12, fontWeight="bold", color=look.PAPER)
    sheet.arrows([span(x, 117, x, 155)], color=DEEP, strokeWidth=2)


ASK, LEAF = 250, 332  # right edge of the questions; left edge of the places
STEP, BAND = 98, 36  # from one question to the next; room for the name of the tier that has forms


def tree(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Questions down the left, and to the right the place each leads to; the forms stand in the band of their tier."""
    rows: list[Row] = table.to_dict("records")
    first = next(place for place, row in enumerate(rows) if row["form_en"])
    for place, row in enumerate(rows):
        row["y"] = 43 + place * STEP + (BAND if place >= first else 0)
    height = rows[-1]["y"] + 56
    sheet = Sheet(height)
    top = rows[first]["y"] - 42 - BAND
    sheet.boxes([span(1, top, look.WIDTH - 1, height - 1)], fill=PALE, stroke="#b9cde2", cornerRadius=6)
    sheet.texts([label(rows[first][f"tier_{lang}"], look.WIDTH - 16, top + 20)], align="right", fontSize=15, fontWeight="bold", color=DEEP)
    _questions(sheet, rows[:-1], lang)
    _branches(sheet, rows, lang)
    for row in rows:
        _leaf(sheet, row, lang)
    return sheet.drawn()


def _questions(sheet: Sheet, rows: list[Row], lang: str) -> None:
    sheet.boxes([span(14, at(row, -27), ASK, at(row, 27)) for row in rows], stroke=DEEP, strokeWidth=1.5, cornerRadius=27)
    for row in rows:
        sheet.texts(lines_of(row[f"question_{lang}"], lang, 28, (14 + ASK) / 2, at(row)), fontWeight="bold")


def _branches(sheet: Sheet, rows: list[Row], lang: str) -> None:
    """Arrows with the answers: level to a place, upright to the next question, and round the corner to the last place."""
    *asked, last = rows
    middle = (14 + ASK) / 2
    sheet.arrows([span(ASK + 1, at(row), LEAF - 2, at(row)) for row in asked])
    sheet.arrows([span(middle, at(row, 28), middle, at(after, -29)) for row, after in pairwise(asked)])
    sheet.lines([span(middle, at(asked[-1], 28), middle, at(last))])
    sheet.arrows([span(middle, at(last), LEAF - 2, at(last))])
    said = [label(row[f"answer_{lang}"], (ASK + LEAF) / 2 - 4, at(row, -11)) for row in asked]
    other = {"yes": "no", "no": "yes"}
    below = [label(words.word(f"tiers.answer.{other[row['_answer_code']]}", lang), middle + 10, at(row, 47)) for row in asked]
    sheet.texts(said)
    sheet.texts(below, align="left")


def _leaf(sheet: Sheet, row: Row, lang: str) -> None:
    name = str(row[f"form_{lang}"] or row[f"tier_{lang}"])
    full = row[f"tier_{lang}"] + (f" {name}" if row[f"form_{lang}"] else "")
    says = words.word(
        "says.leaf", lang, a=full, b=row[f"definition_{lang}"].rstrip("。."), question=row[f"question_{lang}"], answer=row[f"answer_{lang}"]
    )
    sheet.boxes([span(LEAF, at(row, -42), look.WIDTH - 14, at(row, 42)) | {"says": says}], stroke=DEEP if row[f"form_{lang}"] else LINE)
    lines = words.wrapped(row[f"definition_{lang}"], lang, 45)
    top = at(row) - 8.5 * len(lines)
    sheet.texts([label(name, LEAF + 14, top)], align="left", fontSize=14, fontWeight="bold", color=DEEP if row[f"form_{lang}"] else look.INK)
    sheet.texts(lines_from(row[f"definition_{lang}"], lang, 45, LEAF + 14, top + 19), align="left", fontSize=12)
