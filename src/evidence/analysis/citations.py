"""Whether papers written with authors abroad are cited more than domestic ones, where a source tells the two apart: a correlation, no cause."""

import pandas as pd

CITED = ("top1-share", "citation-impact")  # measures of citation told apart by authorship


def less(observations: pd.DataFrame) -> pd.DataFrame:
    """The countries whose domestic papers are cited as much as internationally co-authored ones or more: entity, abroad, home.

    >>> rows = pd.DataFrame({"entity": "uk", "measure": ["citation-impact-international", "citation-impact-domestic"], "value": [1.9, 1.1]})
    >>> len(less(rows)), len(less(rows.assign(value=[1.1, 1.9])))
    (0, 1)
    """
    abroad = observations[observations["measure"].isin([f"{kind}-international" for kind in CITED])].set_index("entity")["value"]
    home = observations[observations["measure"].isin([f"{kind}-domestic" for kind in CITED])].set_index("entity")["value"]
    both = pd.DataFrame({"abroad": abroad, "home": home}).reset_index()
    return both[~both["abroad"].gt(both["home"])]
