"""The numbers of an exhibit or value in two editions: what they were, what they are, and how many more differ."""

from collections import Counter
from itertools import islice

from evidence import words
from evidence.checking.published_site import Edition
from evidence.tables.cells import language
from evidence.words import LANGUAGES

SHOWN = 5  # changed cells told of a figure; all are counted


def difference(kind: str, id: str, sides: tuple[Edition, Edition], lang: str) -> tuple[str, str, int]:
    """The numbers then and now, and how many more cells of a figure differ."""
    if kind == "values":
        return *(one.records["values"][id]["text"][lang] for one in sides), 0
    old, new = sides
    cells = _cells(_worded(old, id, lang), _worded(new, id, lang), lang) or _cells(old.data(id), new.data(id), lang)
    shown = [(name, *_apart(*pair)) for name, *pair in islice(cells, SHOWN)]
    empty = words.word("review.cell_empty", lang)
    was, now = ("; ".join(f"{name}: {pair[place] or empty}" for name, *pair in shown) for place in (0, 1))
    return was, now, len(cells) - len(shown)


def _worded(one: Edition, id: str, lang: str) -> list[dict[str, str]]:
    """The rows of the figure's data by the words of its columns in this language; without those of the other, and without keys, which have none."""
    told = one.columns.get(f"figures/{id}/{id}.csv", {})
    named = {name: parts[LANGUAGES.index(lang)] for name, title in told.items() if len(parts := title.split(" / ")) == len(LANGUAGES)}
    rows, often = one.data(id), Counter(named.values())
    kept = [name for name in rows[0] if often[named.get(name, "")] == 1 and language(name) in ("", lang)] if rows else []
    return [{named[name]: row[name] for name in kept} for row in rows] if kept else rows


def _apart(was: str, now: str) -> tuple[str, str]:
    """Two numbers with as many decimals as tell them apart, two at least; what is no number as it stands.

    >>> _apart("6.77899723724409", "7.79123358892526"), _apart("0.12341", "0.12342"), _apart("北国", "")
    (('6.78', '7.79'), ('0.12341', '0.12342'), ('北国', ''))
    """
    try:
        pair = float(was), float(now)
    except ValueError:
        return was, now
    for places in range(2, 12):
        short = [f"{one:.{places}f}".rstrip("0").rstrip(".") for one in pair]
        if short[0] != short[1]:
            return short[0], short[1]
    return was, now


def _cells(old: list[dict[str, str]], new: list[dict[str, str]], lang: str) -> list[tuple[str, str, str]]:
    """(row and column, then, now) of every cell that differs, rows told apart by the texts that lead them; that one lacks a row, in words."""
    before, after = _keyed(old), _keyed(new)
    found = []
    for key in [*before, *(key for key in after if key not in before)]:
        one, other = before.get(key), after.get(key)
        if one is None or other is None:
            there, absent = (words.word(f"review.row_{part}", lang) for part in ("there", "absent"))
            found.append((key, there if one else absent, there if other else absent))
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
