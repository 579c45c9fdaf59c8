"""Drawing of the chapter on plans: how many plans of each subject came to what."""

import altair as alt
import pandas as pd

from evidence.analysis.plans import STATUSES
from evidence.charts import look, split

FILL = dict(zip(STATUSES, [look.PALETTE[0], "#4a86c5", "#9cc4e8", "#8c2d5f", "#e69f00", "#d9dee4"], strict=True))
SPLIT = split.Split("about", "status", "plans", ("planned_of", "became"), FILL, ("done", "partly", "not-done"))


def outcomes(counts: pd.DataFrame, lang: str) -> alt.TopLevelMixin:
    """Bars of the number of plans by subject, split by what became of them."""
    return split.bars(counts, SPLIT, lang, 24, columns=3).properties(width=440, height=alt.Step(38))
