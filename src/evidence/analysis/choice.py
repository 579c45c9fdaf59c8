"""The rows of the entities that a run is told to show."""

import pandas as pd


def chosen(table: pd.DataFrame, entities: str, always: str = "") -> pd.DataFrame:
    """The rows of these entities, whose ids are parted by spaces, and of the one that is `always` shown; every row where none is told.

    >>> table = pd.DataFrame({"entity": ["japan", "germany", "france"]})
    >>> chosen(table, "")["entity"].tolist(), chosen(table, "france", "japan")["entity"].tolist()
    (['japan', 'germany', 'france'], ['japan', 'france'])
    """
    named = entities.split()
    return table[table["entity"].isin([*named, always])].reset_index(drop=True) if named else table
