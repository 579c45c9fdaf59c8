"""A name that is not known, with the known name nearest to it."""

import difflib


def near(name: str, names: list[str]) -> str:
    """The name, and the known name nearest to it, if one is near.

    >>> near("valeu", ["id", "value"]), near("zzz", ["id", "value"])
    ('valeu → value', 'zzz')
    """
    found = nearest(name, names)
    return f"{name} → {found}" if found else name


def nearest(name: str, names: list[str]) -> str:
    """The known name nearest to it; empty where none is near.

    >>> nearest("valeu", ["id", "value"]), nearest("zzz", ["id", "value"])
    ('value', '')
    """
    # Longer texts are not misspelt names, and comparing them takes long.
    return next(iter(difflib.get_close_matches(name, names, n=1) if len(name) < 100 else []), "")
