"""The drawing of a joint call: its steps from above to below, its actors as lanes, what passes between them as arrows."""

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look, narrow
from evidence.charts.shapes import DEEP, PALE, PITCH, Row, Sheet, at, label, lines_at, lines_of, span

SIDES = {"japan": ("researcher", "experts", "agency"), "partner": ("agency", "experts", "researcher")}  # lanes, from the left
LANES = [f"{actor}-{side}" for side, actors in SIDES.items() for actor in actors]
LEFT, WIDE, APART = 196, 72, 10  # room for the steps' words; a lane; space between the two sides
TOP, HIGH = 74, 50  # room for the names of lanes; a step
SOLID, DASHED = [1, 0], [5, 4]
ROUND = 12.4  # from the middle of a step's number to its edge
LETTERS = 34  # half-width characters of a line on a narrow screen


def joint_call(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """A band for each step with its number and words, arrows between the lanes; dashed and hollow where the source does not state it.

    On a narrow screen the actors of a step stand in words below it.
    """
    steps: list[Row] = table.to_dict("records")
    for place, step in enumerate(steps):
        step["y"] = TOP + HIGH * (place + 0.5)
        step["says"] = words.word(
            "says.step", lang, order=step["order"], actor=step[f"actor_{lang}"], a=step[f"step_{lang}"], basis=step[f"step_basis_{lang}"]
        )
    foot = TOP + HIGH * len(steps)
    sheet = Sheet(foot + 44)
    bands = [span(0, at(step, -HIGH / 2), look.WIDTH, at(step, HIGH / 2)) | {"says": step["says"]} for step in steps]
    sheet.boxes(bands, fill=look.PAPER, stroke=None, cornerRadius=0)
    sheet.lines([span(0, band["y2"], look.WIDTH, band["y2"]) for band in bands], color=look.RULE, strokeWidth=1)
    _lanes(sheet, foot, lang)
    for step in steps:
        _step(sheet, step, lang)
    _key(sheet, steps, foot + 26, lang)
    return narrow.also(sheet.drawn(), _down(steps, lang))


def _down(steps: list[Row], lang: str) -> alt.TopLevelMixin:
    parts = [(words.wrapped(step[f"step_{lang}"], lang, LETTERS), words.wrapped(step[f"actor_{lang}"], lang, LETTERS)) for step in steps]
    heights = [PITCH * (len(said) + len(actors)) + 16 for said, actors in parts]
    foot = sum(heights)
    sheet = Sheet(foot + 60, narrow.SHEET)
    tops = [float(sum(heights[:place])) for place in range(len(steps))]
    bands = [span(0, top, narrow.SHEET, top + high) | {"says": step["says"]} for step, top, high in zip(steps, tops, heights, strict=True)]
    sheet.boxes(bands, fill=look.PAPER, stroke=None, cornerRadius=0)
    sheet.lines([span(0, band["y2"], narrow.SHEET, band["y2"]) for band in bands], color=look.RULE, strokeWidth=1)
    for step, top, high, (said, actors) in zip(steps, tops, heights, parts, strict=True):
        _number(sheet, step["order"], 13, top + high / 2, step["_basis"] == "stated")
        middle = top + 8 + PITCH * len(said) / 2
        sheet.texts(lines_at(said, 36, middle), align="left")
        sheet.texts(lines_at(actors, 36, middle + PITCH * (len(said) + len(actors)) / 2), align="left", fontSize=12, color=look.SOFT)
    for place, (stated, told) in enumerate(sorted(_bases(steps, lang).items(), reverse=True)):
        y = foot + 20 + 24 * place
        sheet.points([{"x": 13, "y": y}], "circle", size=200, fill=DEEP if stated else look.PAPER, stroke=DEEP, strokeWidth=1.5)
        sheet.texts([label(told, 36, y)], align="left", fontSize=12)
    return sheet.drawn()


def _bases(steps: list[Row], lang: str) -> dict[bool, str]:
    """What is said of steps that the source states, and of those that it does not."""
    return {bool(step["_basis"] == "stated"): step[f"step_basis_{lang}"] for step in steps}


def _lane(name: str) -> float:
    place = LANES.index(name)
    return LEFT + WIDE * (place + 0.5) + (APART if place >= len(LANES) / 2 else 0)


def _lanes(sheet: Sheet, foot: float, lang: str) -> None:
    """The two sides with their actors, and a thin line down from each actor."""
    for side, actors in SIDES.items():
        places = [_lane(f"{actor}-{side}") for actor in actors]
        left, right = places[0] - WIDE / 2 + 1, places[-1] + WIDE / 2 - 1
        sheet.boxes([span(left, 0, right, 26)], fill=DEEP, stroke=None, cornerRadius=3)
        sheet.texts([label(words.word(f"side.{side}", lang), (left + right) / 2, 13)], fontWeight="bold", color=look.PAPER)
        sheet.boxes([span(left, 28, right, TOP - 4)], fill=PALE, stroke=None, cornerRadius=3)
        for actor, x in zip(actors, places, strict=True):
            sheet.texts(lines_at(words.word(f"lane.{actor}", lang).split("|"), x, 49), fontSize=12)
    sheet.lines([span(_lane(lane), TOP, _lane(lane), foot) for lane in LANES], color="#b4bec8", strokeDash=[2, 3], strokeWidth=1)


def _step(sheet: Sheet, step: Row, lang: str) -> None:
    stated = step["_basis"] == "stated"
    _number(sheet, step["order"], 13, at(step), stated)
    sheet.texts(lines_of(step[f"step_{lang}"], lang, 26, 32, at(step)), align="left")
    dash = SOLID if stated else DASHED
    for arrow in step["_arrows"].split():
        both = "<>" in arrow
        start, _, end = arrow.replace("<>", ">").partition(">")
        line = span(_lane(start), step["y"], _lane(end), step["y"])
        sheet.arrows([line], both=both, color=DEEP, strokeWidth=2, strokeDash=dash)


def _number(sheet: Sheet, number: str, x: float, y: float, stated: bool) -> None:
    """The step's number in a full circle where the source states it, else in a hollow one."""
    circle = span(x - ROUND, y - ROUND, x + ROUND, y + ROUND)  # a box, for a letter that lies on a sign of a chart cannot be read
    sheet.boxes([circle], fill=DEEP if stated else look.PAPER, stroke=DEEP, strokeWidth=1.5, cornerRadius=ROUND)
    sheet.texts([label(number, x, y)], fontWeight="bold", color=look.PAPER if stated else DEEP)


def _key(sheet: Sheet, steps: list[Row], y: float, lang: str) -> None:
    """What full and dashed arrows mean."""
    for place, (stated, told) in enumerate(sorted(_bases(steps, lang).items(), reverse=True)):
        x = LEFT + 10 + 210 * place
        dash = SOLID if stated else DASHED
        sheet.arrows([span(x, y, x + 46, y)], color=DEEP, strokeWidth=2, strokeDash=dash)
        sheet.texts([label(told, x + 56, y)], align="left")
