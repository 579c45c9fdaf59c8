"""Whether papers written with authors abroad are cited more than domestic ones, where a source tells the two apart: a correlation, no cause."""

import pandas as pd

CITED = ("top1-share", "citation-impact")  # measures of citation told apart by authorship
CLAIM = "coauthorship-citations"  # what the recommendation says of citations


def compared(observations: pd.DataFrame) -> pd.DataFrame:
    """The countries for which both kinds of papers were found: entity, abroad (number for papers with authors abroad), home (for domestic ones)."""
    kinds = {"abroad": "international", "home": "domestic"}
    told = {name: observations[observations["measure"].isin([f"{kind}-{by}" for kind in CITED])] for name, by in kinds.items()}
    return pd.DataFrame({name: rows.set_index("entity")["value"] for name, rows in told.items()}).dropna().reset_index()


def less(observations: pd.DataFrame) -> pd.DataFrame:
    """The countries whose domestic papers are cited as much as internationally co-authored ones or more: entity, abroad, home.

    >>> rows = pd.DataFrame({"entity": "uk", "measure": ["citation-impact-international", "citation-impact-domestic"], "value": [1.9, 1.1]})
    >>> len(less(rows)), len(less(rows.assign(value=[1.1, 1.9])))
    (0, 1)
    """
    both = compared(observations)
    return both[both["abroad"].le(both["home"])]
