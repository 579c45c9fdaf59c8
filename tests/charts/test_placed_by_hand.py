"""Drawings of the programmes and tiers chapters: what is too wide for a narrow screen has a form there that leaves out no row."""

import re

import pandas as pd
import pytest

from evidence.analysis import framework, outcomes, programmes, tiers
from evidence.charts import cases, legible, look, narrow, placement
from evidence.charts import programmes as grids
from evidence.charts import tiers as diagrams
from evidence.tables.edition import opened
from evidence.words import LANGUAGES

GUARD = "Beware"
EVIDENCE = opened("2026-11")
PLACED = tiers.placement(EVIDENCE.programmes, EVIDENCE.tiers, EVIDENCE.tier3_forms)
PLACES = framework.places(EVIDENCE.tiers, EVIDENCE.tier3_forms)
STATED = programmes.stated(EVIDENCE.programmes, EVIDENCE.programme_details, EVIDENCE.outcomes, EVIDENCE.claims)
CHARTS = {
    "partners and aims": lambda lang: grids.scope(programmes.scope(EVIDENCE.programme_scope, EVIDENCE.programmes), EVIDENCE.programmes, lang),
    "what is stated": lambda lang: grids.stated(STATED, EVIDENCE.programmes, lang),
    "cases": lambda lang: cases.timeline(outcomes.timeline(EVIDENCE.outcomes, EVIDENCE.claims, EVIDENCE.programmes), lang),
    "tree": lambda lang: diagrams.tree(framework.tree(EVIDENCE.tiers, EVIDENCE.tier3_forms), lang),
    "places": lambda lang: placement.placement(PLACED, PLACES, lang),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CHARTS)
def test_what_is_placed_by_hand_has_a_form_for_a_narrow_screen(name, lang):
    published, other = narrow.parted(CHARTS[name](lang).to_dict())
    whole, svg = look.drawn(published), narrow.narrow(other, [GUARD], lang)

    assert narrow.wide(whole) > narrow.WIDTH >= narrow.wide(svg) > 0  # drawn at all, which it is only where it can be read
    assert sorted(look.descriptions(svg)) == sorted(look.descriptions(whole))
    assert GUARD in svg


LONG = {
    "ja": "架空の国際共同研究を支援する名称の長い事業（その{}）",
    "en": "Programme with a rather long name for joint research, no. {}",
}


def added(many: int) -> pd.DataFrame:
    """The programmes with so many more, of an agency of the book and of a new one, every second without an abbreviation, none with a label."""
    first = EVIDENCE.programmes.iloc[0].to_dict()
    rows = [
        first | {"id": f"added-{number}", "agency": ("AMED", "NEW")[number % 2], "abbreviation": f"ADD{number}" * (number % 2)}
        | {"label_ja": "", "label_en": ""} | {f"name_{lang}": told.format(number) for lang, told in LONG.items()}
        for number in range(many)
    ]  # fmt: skip
    return pd.concat([EVIDENCE.programmes, pd.DataFrame(rows)], ignore_index=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_programmes_that_an_analyst_adds_are_drawn_under_their_agencies_without_a_word_in_code(lang):
    every = added(30)
    table = programmes.stated(every, EVIDENCE.programme_details, EVIDENCE.outcomes, EVIDENCE.claims)
    (few, _), (many, _) = (
        narrow.parted(grids.stated(rows, names, lang).to_dict()) for rows, names in ((STATED, EVIDENCE.programmes), (table, every))
    )
    svg = look.drawn(many)

    assert len(look.descriptions(svg)) == len(table) and narrow.wide(svg) <= narrow.wide(look.drawn(few))
    assert legible.legible(svg)  # no name lies on another
    assert set(re.findall(r">(JST|AMED|JSPS|NEW)<", svg)) == {"JST", "AMED", "JSPS", "NEW"}
