"""What a legend says of the bars above it."""

import pandas as pd
import pytest

from evidence import words
from evidence.analysis.plans import STATUSES
from evidence.charts import look, plans, recommendations

COUNTED = {
    "plans": (plans.outcomes, pd.DataFrame([("eu", status, 2 * (status == "done")) for status in STATUSES], columns=["about", "status", "plans"])),
    "strength": (recommendations.strength, pd.DataFrame({"pillar": ["II.1"], "modality": ["must"], "formal": ["yes"], "recommendations": [3]})),
    "grounds": (recommendations.grounds, pd.DataFrame({"pillar": ["II.1"], "ground": ["claim"], "recommendations": [3]})),
}
ABSENT = {"plans": "became.not-done", "strength": "modality.continue", "grounds": "ground.programme"}
THERE = {"plans": "became.done", "strength": "modality.must", "grounds": "ground.claim"}


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("name", COUNTED)
def test_a_legend_names_no_part_that_no_bar_has(name, lang):
    draw, table = COUNTED[name]
    svg = look.drawn(draw(table, lang).to_dict())

    assert f">{words.word(THERE[name], lang)}<" in svg
    assert f">{words.word(ABSENT[name], lang)}<" not in svg
