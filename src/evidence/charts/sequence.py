"""The drawing of a joint call: its steps from above to below, its actors as lanes, what passes between them as arrows."""

import altair as alt
import pandas as pd

from evidence import words
from evidence.charts import look
from evidence.charts.shapes import DEEP, PALE, Row, Sheet, lines_of

SIDES = {"japan": ("researcher", "experts", "agency"), "partner": ("agency", "experts", "researcher")}  # lanes, from the left
LANES = [f"{actor}-{side}" for side, actors in SIDES.items() for actor in actors]
LEFT, WIDE, APART = 206, 69, 10  # room for the steps' words; a lane; space between the two sides
TOP, HIGH = 74, 50  # room for the names of lanes; a step


def joint_call(table: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """A band for each step with its number and words, arrows between the lanes; dashed and hollow where the source does not state it."""
    steps: list[Row] = [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]
    for place, step in enumerate(steps):
        step["y"] = TOP + HIGH * (place + 0.5)
        step["says"] = words.word(
            "says.step", lang, order=step["order"], actor=step[f"actor_{lang}"], a=step[f"step_{lang}"], basis=step[f"step_basis_{lang}"]
        )
    foot = TOP + HIGH * len(steps)
    sheet = Sheet(foot + 44)
    bands = [{"x": 0, "y": _at(step, -HIGH / 2), "x2": look.WIDTH, "y2": _at(step, HIGH / 2), "says": step["says"]} for step in steps]
    sheet.boxes(bands, fill=look.PAPER, stroke=None, cornerRadius=0)
    sheet.lines([{"x": 0, "y": band["y2"], "x2": look.WIDTH, "y2": band["y2"]} for band in bands], color=look.RULE, strokeWidth=1)
    _lanes(sheet, foot, lang)
    for step in steps:
        _step(sheet, step, lang)
    _key(sheet, steps, foot + 26, lang)
    return sheet.drawn()


def _lane(name: str) -> float:
    place = LANES.index(name)
    return LEFT + WIDE * (place + 0.5) + (APART if place >= len(LANES) / 2 else 0)


def _lanes(sheet: Sheet, foot: float, lang: str) -> None:
    """The two sides with their actors, and a thin line down from each actor."""
    for side, actors in SIDES.items():
        places = [_lane(f"{actor}-{side}") for actor in actors]
        left, right = places[0] - WIDE / 2 + 1, places[-1] + WIDE / 2 - 1
        sheet.boxes([{"x": left, "y": 0, "x2": right, "y2": 26}], fill=DEEP, stroke=None, cornerRadius=3)
        sheet.texts([{"text": words.word(f"side.{side}", lang), "x": (left + right) / 2, "y": 13}], fontWeight="bold", color=look.PAPER)
        sheet.boxes([{"x": left, "y": 28, "x2": right, "y2": TOP - 4}], fill=PALE, stroke=None, cornerRadius=3)
        for actor, x in zip(actors, places, strict=True):
            sheet.texts(lines_of(words.word(f"lane.{actor}", lang), lang, 11, x, 49), fontSize=12)
    sheet.lines([{"x": _lane(lane), "y": TOP, "x2": _lane(lane), "y2": foot} for lane in LANES], color="#b4bec8", strokeDash=[2, 3], strokeWidth=1)


def _step(sheet: Sheet, step: Row, lang: str) -> None:
    stated = step["_basis"] == "stated"
    _number(sheet, str(step["order"]), 13, _at(step), stated)
    sheet.texts(lines_of(str(step[f"step_{lang}"]), lang, 26, 32, _at(step)), align="left")
    dash = {} if stated else {"strokeDash": [5, 4]}
    for arrow in str(step["_arrows"]).split():
        both = "<>" in arrow
        start, _, end = arrow.replace("<>", ">").partition(">")
        line = {"x": _lane(start), "y": step["y"], "x2": _lane(end), "y2": step["y"]}
        sheet.arrows([line], both=both, color=DEEP, strokeWidth=2, **dash)


def _number(sheet: Sheet, number: str, x: float, y: float, stated: bool) -> None:
    """The step's number in a full circle where the source states it, else in a hollow one."""
    fill = DEEP if stated else look.PAPER
    sheet.points([{"x": x, "y": y}], "circle", size=480, fill=fill, stroke=DEEP, strokeWidth=1.5)
    sheet.texts([{"text": number, "x": x, "y": y}], fontWeight="bold", color=look.PAPER if stated else DEEP)


def _key(sheet: Sheet, steps: list[Row], y: float, lang: str) -> None:
    """What full and dashed arrows mean."""
    known = {bool(step["_basis"] == "stated"): str(step[f"step_basis_{lang}"]) for step in steps}
    for place, (stated, label) in enumerate(sorted(known.items(), reverse=True)):
        x = LEFT + 10 + 210 * place
        dash = {} if stated else {"strokeDash": [5, 4]}
        sheet.arrows([{"x": x, "y": y, "x2": x + 46, "y2": y}], color=DEEP, strokeWidth=2, **dash)
        sheet.texts([{"text": label, "x": x + 56, "y": y}], align="left")


def _at(row: Row, down: float = 0) -> float:
    return float(str(row["y"])) + down
