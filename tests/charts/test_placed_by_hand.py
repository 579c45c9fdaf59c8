"""Drawings of the programmes and tiers chapters: what is too wide for a narrow screen has a form there that leaves out no row."""

import pytest

from evidence.analysis import framework, outcomes, programmes, tiers
from evidence.charts import cases, look, narrow, placement
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
    "partners and aims": lambda lang: grids.scope(programmes.scope(EVIDENCE.programme_scope, EVIDENCE.programmes), lang),
    "what is stated": lambda lang: grids.stated(STATED, lang),
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
