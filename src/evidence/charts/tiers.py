"""Drawings of the tiers chapter: the three tiers, the tree of decisions, and each programme's place."""

from itertools import pairwise

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look, narrow
from evidence.charts.shapes import DEEP, LINE, PALE, Row, Sheet, at, label, lines_at, lines_from, lines_of, span

PANEL, BETWEEN = 204, 14  # a tier's panel; space between panels
SHADE = {True: DEEP, False: "#56708a"}  # head of a panel: Tier 3, which the source is about, and the others


def diagram(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """One panel a tier: who supports the joint research of the researchers, and below it the definition; on a narrow screen one below the other."""
    told: list[Row] = table.to_dict("records")
    for row in told:
        row["says"] = row[f"tier_{lang}"] + words.word("ui.colon", lang) + row[f"definition_{lang}"].rstrip("。.")
    across = [row | {"left": place * (PANEL + BETWEEN), "top": 0, "wide": PANEL} for place, row in enumerate(told)]
    down = [row | {"left": 0, "top": 0, "wide": narrow.SHEET} for row in told]
    high = max(_height(row, lang) for row in across)
    for one, after in pairwise(down):
        after["top"] = one["top"] + _height(one, lang) + BETWEEN
    sheets = Sheet(high), Sheet(down[-1]["top"] + _height(down[-1], lang), narrow.SHEET)
    for sheet, rows in zip(sheets, (across, down), strict=True):
        sheet.boxes([_framed(row, high if rows is across else _height(row, lang)) for row in rows], fill="#fafbfc")
        for row in rows:
            _panel(sheet, row, lang)
            sheet.texts(_definition(row, lang), align="left")
    return narrow.also(sheets[0].drawn(), sheets[1].drawn())


def _definition(row: Row, lang: str) -> list[Row]:
    letters = int((row["wide"] - 28) / 6.5)  # half-width characters that a line of the panel holds
    return lines_from(row[f"definition_{lang}"], lang, letters, row["left"] + 14, row["top"] + 262)


def _height(row: Row, lang: str) -> float:
    return float(max(line["y"] for line in _definition(row, lang)) - row["top"] + 20)


def _framed(row: Row, high: float) -> Row:
    return span(row["left"] + 1, row["top"] + 1, row["left"] + row["wide"] - 1, row["top"] + high - 1) | {"says": row["says"]}


def _panel(sheet: Sheet, row: Row, lang: str) -> None:
    left, top, right = row["left"], row["top"], row["left"] + row["wide"]
    middle, one, other, closest = left + row["wide"] / 2, left + 50, right - 50, row["_cooperating"] == "yes"
    sheet.boxes([span(left + 1, top + 1, right - 1, top + 36)], fill=SHADE[closest], stroke=None)
    sheet.texts([label(row[f"tier_{lang}"], middle, top + 19)], fontSize=15, fontWeight="bold", color=look.PAPER)
    sides = (("one", one), ("other", other))
    sheet.texts([label(words.word(f"diagram.{side}", lang), x, top + 54) for side, x in sides], fontSize=12, color=look.SOFT)
    for x, acts in ((one, row["_supported"] == "yes"), (other, closest)):
        _agency(sheet, x, top, acts, lang)
    if closest:
        sheet.arrows([span(one + 37, top + 92, other - 37, top + 92)], both=True, color=DEEP, strokeWidth=2)
        sheet.texts([label(words.word("diagram.joint_support", lang), middle, top + 135)], fontSize=12)
    elif row["_supported"] == "yes":
        sheet.texts([label(words.word("diagram.support", lang), one + 10, top + 135)], align="left", fontSize=12)
    _research(sheet, row, lang)


def _research(sheet: Sheet, row: Row, lang: str) -> None:
    """The joint research that every tier is about: researchers of two countries who work together."""
    left, top, right = row["left"], row["top"], row["left"] + row["wide"]
    one, other = left + 55, right - 55
    sheet.boxes([span(left + 12, top + 156, right - 12, top + 240)], fill=PALE, stroke="#b9cde2")
    sheet.texts([label(words.word("diagram.research", lang), left + row["wide"] / 2, top + 173)], fontWeight="bold")
    sheet.boxes([span(x - 36, top + 190, x + 36, top + 228) for x in (one, other)], cornerRadius=19)
    sheet.texts([label(words.word("diagram.researcher", lang), x, top + 209) for x in (one, other)], fontSize=12)
    sheet.arrows([span(one + 37, top + 209, other - 37, top + 209)], both=True)


def _agency(sheet: Sheet, x: float, top: float, acts: bool, lang: str) -> None:
    """An agency that supports the joint research; where it takes no part, an empty dashed place."""
    box = [span(x - 36, top + 68, x + 36, top + 116)]
    if not acts:
        sheet.boxes(box, fill=None, stroke="#b4bec8", strokeDash=[4, 4])
        return
    sheet.boxes(box, fill=DEEP, stroke=None)
    sheet.texts(lines_at(words.word("diagram.agency", lang).split("|"), x, top + 92), fontSize=12, fontWeight="bold", color=look.PAPER)
    sheet.arrows([span(x, top + 117, x, top + 155)], color=DEEP, strokeWidth=2)


ASK, LEAF = 250, 332  # right edge of the questions; left edge of the places
STEP, BAND = 98, 36  # from one question to the next; room for the name of the tier that has forms


def tree(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Questions down the left, and to the right the place each leads to; the forms stand in the band of their tier. On a narrow screen a place stands
    below its question.
    """
    return narrow.also(_across(table, lang), _down(table, lang))


def _across(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
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
    below = [label(_other(row, lang), middle + 10, at(row, 47)) for row in asked]
    sheet.texts(said)
    sheet.texts(below, align="left")


def _other(row: Row, lang: str) -> str:
    """The answer that leads on to the next question."""
    return words.word(f"tiers.answer.{'no' if row['_answer_code'] == 'yes' else 'yes'}", lang)


def _leaf(sheet: Sheet, row: Row, lang: str) -> None:
    sheet.boxes([span(LEAF, at(row, -42), look.WIDTH - 14, at(row, 42)) | {"says": _leads(row, lang)}], stroke=DEEP if row[f"form_{lang}"] else LINE)
    top = at(row) - 8.5 * len(words.wrapped(row[f"definition_{lang}"], lang, 45))
    _told(sheet, row, (LEAF + 14, top), 45, lang)


def _leads(row: Row, lang: str) -> str:
    name, form = row[f"tier_{lang}"], row[f"form_{lang}"]
    said = {"a": f"{name} {form}" if form else name, "b": row[f"definition_{lang}"].rstrip("。."), "question": row[f"question_{lang}"]}
    return words.word("says.leaf", lang, answer=row[f"answer_{lang}"], **said)


def _told(sheet: Sheet, row: Row, corner: tuple[float, float], letters: int, lang: str) -> None:
    """What a place is called and how it is defined, from this corner."""
    left, top = corner
    name = str(row[f"form_{lang}"] or row[f"tier_{lang}"])
    sheet.texts([label(name, left, top)], align="left", fontSize=14, fontWeight="bold", color=DEEP if row[f"form_{lang}"] else look.INK)
    sheet.texts(lines_from(row[f"definition_{lang}"], lang, letters, left, top + 19), align="left", fontSize=12)


TRUNK, BRANCH, INDENT, NEXT, ASKED = 26, 165, 52, 38, 44  # where the way to the next question and that to a place run; a place; an arrow; a question


def _down(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Each question over its place, the way past the place to the next question at the left."""
    rows: list[Row] = table.to_dict("records")
    first = next(place for place, row in enumerate(rows) if row["form_en"])
    end, right, foot = rows[-1], narrow.SHEET - 10, 0.0
    for place, row in enumerate(rows):
        row["top"] = foot + (0 if not place else NEXT + 28 * (place == first))
        row["leaf"] = row["top"] + (0 if row is end else ASKED + NEXT)
        foot = row["foot"] = row["leaf"] + 38 + 17 * len(words.wrapped(row[f"definition_{lang}"], lang, 33))
    sheet = Sheet(foot + 12, narrow.SHEET)
    band = rows[first]["top"] - 36
    sheet.boxes([span(1, band, narrow.SHEET - 1, foot + 11)], fill=PALE, stroke="#b9cde2", cornerRadius=6)
    sheet.texts([label(rows[first][f"tier_{lang}"], right, band + 18)], align="right", fontSize=15, fontWeight="bold", color=DEEP)
    sheet.boxes([span(10, row["top"], right, row["top"] + ASKED) for row in rows[:-1]], stroke=DEEP, strokeWidth=1.5, cornerRadius=22)
    for row, after in pairwise(rows):
        below = row["top"] + ASKED
        sheet.texts(lines_of(row[f"question_{lang}"], lang, 34, (10 + right) / 2, below - ASKED / 2), fontWeight="bold")
        sheet.arrows([span(BRANCH, below + 1, BRANCH, row["leaf"] - 2)])
        if after is end:
            middle = (after["leaf"] + after["foot"]) / 2
            sheet.lines([span(TRUNK, below + 1, TRUNK, middle)])
            sheet.arrows([span(TRUNK, middle, INDENT - 2, middle)])
        else:
            sheet.arrows([span(TRUNK, below + 1, TRUNK, after["top"] - 2)])
        sheet.texts([label(row[f"answer_{lang}"], BRANCH + 12, below + 18), label(_other(row, lang), TRUNK + 10, row["foot"] + 18)], align="left")
    for row in rows:
        sheet.boxes([span(INDENT, row["leaf"], right, row["foot"]) | {"says": _leads(row, lang)}], stroke=DEEP if row[f"form_{lang}"] else LINE)
        _told(sheet, row, (INDENT + 12, row["leaf"] + 18), 33, lang)
    return sheet.drawn()
