"""The numbers of an exhibit or value in two editions: what they were, what they are, and how many more differ."""

from itertools import islice

from evidence.checking.published_site import Edition

SHOWN = 5  # changed cells told of a figure; all are counted


def difference(kind: str, id: str, sides: tuple[Edition, Edition], lang: str) -> tuple[str, str, int]:
    """The numbers then and now, and how many more cells of a figure differ."""
    if kind == "values":
        return *(one.records["values"][id]["text"][lang] for one in sides), 0
    cells = list(_cells(*(one.data(id) for one in sides)))
    shown = list(islice(cells, SHOWN))
    was, now = ("; ".join(f"{name}: {pair[place] or '–'}" for name, *pair in shown) for place in (0, 1))
    return was, now, len(cells) - len(shown)


def _cells(old: list[dict[str, str]], new: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    """(row and column, then, now) of every cell that differs, rows told apart by the texts that lead them."""
    before, after = _keyed(old), _keyed(new)
    found = []
    for key in [*before, *(key for key in after if key not in before)]:
        one, other = before.get(key), after.get(key)
        if one is None or other is None:
            found.append((key, "" if one is None else "+", "" if other is None else "+"))
            continue
        found += [(f"{key} {name}", one[name], other[name]) for name in one if name in other and one[name] != other[name]]
    return found


def _keyed(rows: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    """The rows by the fewest leading columns that tell them apart; by their number where none do."""
    names = list(rows[0]) if rows else []
    for count in range(1, len(names) + 1):
        keys = [" ".join(row[name] for name in names[:count] if row[name]) for row in rows]
        if len(set(keys)) == len(keys):
            return dict(zip(keys, rows, strict=True))
    return {str(number): row for number, row in enumerate(rows, start=1)}
