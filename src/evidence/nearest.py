"""A name that is not known, with the known name nearest to it."""

import difflib


def near(name: str, names: list[str]) -> str:
    """The name, and the known name nearest to it, if one is near.

    >>> near("valeu", ["id", "value"]), near("zzz", ["id", "value"])
    ('valeu → value', 'zzz')
    """
    # Longer texts are not misspelt names, and comparing them takes long.
    found = difflib.get_close_matches(name, names, n=1) if len(name) < 100 else []
    return f"{name} → {found[0]}" if found else name
