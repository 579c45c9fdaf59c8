"""Drawings of the tiers chapter: the three tiers, the tree of decisions, and each programme's place."""

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look
from evidence.charts.shapes import DEEP, LINE, PALE, Row, Sheet, lines_from, lines_of

PANEL, BETWEEN = 204, 14  # a tier's panel; space between panels
SHADE = {True: DEEP, False: "#56708a"}  # head of a panel: Tier 3, which the source is about, and the others


def diagram(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """One panel a tier: who supports the joint research of the researchers, and below it the definition."""
    told = [row | {"left": place * (PANEL + BETWEEN), "says": f"{row[f'tier_{lang}']}{words.word('ui.colon', lang)}{row[f'definition_{lang}']}"}
            for place, row in enumerate(table.to_dict("records"))]  # fmt: skip
    texts = {row["left"]: lines_from(row[f"definition_{lang}"], lang, 27, row["left"] + 14, 262) for row in told}
    height = max(float(str(line["y"])) for lines in texts.values() for line in lines) + 20
    sheet = Sheet(height)
    sheet.boxes([{"x": row["left"] + 1, "y": 1, "x2": row["left"] + PANEL - 1, "y2": height - 1, "says": row["says"]} for row in told], fill="#fafbfc")
    for row in told:
        _panel(sheet, row, lang)
        sheet.texts(texts[row["left"]], align="left")
    return sheet.drawn()


def _panel(sheet: Sheet, row: Row, lang: str) -> None:
    left, right = float(str(row["left"])), float(str(row["left"])) + PANEL
    one, other, closest = left + 50, right - 50, row["_cooperating"] == "yes"
    sheet.boxes([{"x": left + 1, "y": 1, "x2": right - 1, "y2": 36}], fill=SHADE[closest], stroke=None)
    sheet.texts([{"text": row[f"tier_{lang}"], "x": left + PANEL / 2, "y": 19}], fontSize=15, fontWeight="bold", color=look.PAPER)
    sheet.texts([{"text": words.word(f"diagram.{side}", lang), "x": x, "y": 54} for side, x in (("one", one), ("other", other))], fontSize=12, color=look.SOFT)
    for x, acts in ((one, row["_supported"] == "yes"), (other, closest)):
        _agency(sheet, x, acts, lang)
    if closest:
        sheet.arrows([{"x": one + 37, "y": 92, "x2": other - 37, "y2": 92}], both=True, color=DEEP, strokeWidth=2)
        sheet.texts([{"text": words.word("diagram.joint_support", lang), "x": left + PANEL / 2, "y": 135}], fontSize=12)
    elif row["_supported"] == "yes":
        sheet.texts([{"text": words.word("diagram.support", lang), "x": one + 10, "y": 135}], align="left", fontSize=12)
    _research(sheet, left, right, lang)


def _research(sheet: Sheet, left: float, right: float, lang: str) -> None:
    """The joint research that every tier is about: researchers of two countries who work together."""
    one, other = left + 55, right - 55
    sheet.boxes([{"x": left + 12, "y": 156, "x2": right - 12, "y2": 240}], fill=PALE, stroke="#b9cde2")
    sheet.texts([{"text": words.word("diagram.research", lang), "x": left + PANEL / 2, "y": 173}], fontWeight="bold")
    sheet.boxes([{"x": x - 36, "y": 190, "x2": x + 36, "y2": 228} for x in (one, other)], cornerRadius=19)
    sheet.texts([{"text": words.word("diagram.researcher", lang), "x": x, "y": 209} for x in (one, other)], fontSize=12)
    sheet.arrows([{"x": one + 37, "y": 209, "x2": other - 37, "y2": 209}], both=True)


def _agency(sheet: Sheet, x: float, acts: bool, lang: str) -> None:
    """An agency that supports the joint research; where it takes no part, an empty dashed place."""
    box = [{"x": x - 36, "y": 68, "x2": x + 36, "y2": 116}]
    if not acts:
        sheet.boxes(box, fill=None, stroke="#b4bec8", strokeDash=[4, 4])
        return
    sheet.boxes(box, fill=DEEP, stroke=None)
    sheet.texts(lines_of(words.word("diagram.agency", lang).replace(" ", "\n"), lang, 12, x, 92), fontSize=12, fontWeight="bold", color=look.PAPER)
    sheet.arrows([{"x": x, "y": 117, "x2": x, "y2": 155}], color=DEEP, strokeWidth=2)


ASK, LEAF = 250, 332  # right edge of the questions; left edge of the places
STEP, BAND = 98, 36  # from one question to the next; room for the name of the tier that has forms


def tree(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Questions down the left, and to the right the place each leads to; the forms stand in the band of their tier."""
    rows: list[Row] = [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]
    first = next(place for place, row in enumerate(rows) if row["form_en"])
    for place, row in enumerate(rows):
        row["y"] = 43 + place * STEP + (BAND if place >= first else 0)
    height = float(str(rows[-1]["y"])) + 56
    sheet = Sheet(height)
    top = float(str(rows[first]["y"])) - 42 - BAND
    sheet.boxes([{"x": 1, "y": top, "x2": look.WIDTH - 1, "y2": height - 1}], fill=PALE, stroke="#b9cde2", cornerRadius=6)
    sheet.texts([{"text": rows[first][f"tier_{lang}"], "x": look.WIDTH - 16, "y": top + 20}], align="right", fontSize=15, fontWeight="bold", color=DEEP)
    _questions(sheet, rows[:-1], lang)
    _branches(sheet, rows, lang)
    for row in rows:
        _leaf(sheet, row, lang)
    return sheet.drawn()


def _questions(sheet: Sheet, rows: list[Row], lang: str) -> None:
    sheet.boxes([{"x": 14, "y": _at(row, -27), "x2": ASK, "y2": _at(row, 27)} for row in rows], stroke=DEEP, strokeWidth=1.5, cornerRadius=27)
    for row in rows:
        sheet.texts(lines_of(str(row[f"question_{lang}"]), lang, 28, (14 + ASK) / 2, _at(row)), fontWeight="bold")


def _branches(sheet: Sheet, rows: list[Row], lang: str) -> None:
    """Arrows with the answers: level to a place, upright to the next question, and round the corner to the last place."""
    *asked, last = rows
    middle = (14 + ASK) / 2
    sheet.arrows([{"x": ASK + 1, "y": _at(row), "x2": LEAF - 2, "y2": _at(row)} for row in asked])
    sheet.arrows([{"x": middle, "y": _at(row, 28), "x2": middle, "y2": _at(after, -29)} for row, after in zip(asked, asked[1:], strict=False)])
    sheet.lines([{"x": middle, "y": _at(asked[-1], 28), "x2": middle, "y2": _at(last)}])
    sheet.arrows([{"x": middle, "y": _at(last), "x2": LEAF - 2, "y2": _at(last)}])
    said = [{"text": row[f"answer_{lang}"], "x": (ASK + LEAF) / 2 - 4, "y": _at(row, -11)} for row in asked]
    other = {"yes": "no", "no": "yes"}
    below = [{"text": words.word(f"tiers.answer.{other[str(row['_answer_code'])]}", lang), "x": middle + 10, "y": _at(row, 47)} for row in asked]
    sheet.texts(said)
    sheet.texts(below, align="left")


def _leaf(sheet: Sheet, row: Row, lang: str) -> None:
    name = str(row[f"form_{lang}"] or row[f"tier_{lang}"])
    full = str(row[f"tier_{lang}"]) + (f" {name}" if row[f"form_{lang}"] else "")
    says = words.word("says.leaf", lang, a=full, b=row[f"definition_{lang}"], question=row[f"question_{lang}"], answer=row[f"answer_{lang}"])
    sheet.boxes([{"x": LEAF, "y": _at(row, -42), "x2": look.WIDTH - 14, "y2": _at(row, 42), "says": says}], stroke=DEEP if row[f"form_{lang}"] else LINE)
    lines = words.wrapped(str(row[f"definition_{lang}"]), lang, 45)
    top = _at(row) - 8.5 * len(lines)
    sheet.texts([{"text": name, "x": LEAF + 14, "y": top}], align="left", fontSize=14, fontWeight="bold", color=DEEP if row[f"form_{lang}"] else look.INK)
    sheet.texts(lines_from(str(row[f"definition_{lang}"]), lang, 45, LEAF + 14, top + 19), align="left", fontSize=12)


def _at(row: Row, down: float = 0) -> float:
    return float(str(row["y"])) + down
