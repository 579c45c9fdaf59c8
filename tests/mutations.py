"""A file as a person, a program or a disk may have damaged it: a part taken away or of another kind, or the end cut off."""

import random
from collections.abc import Callable
from typing import Any

WRONG = (None, [], {}, 0, -1.5, "", "x", True, [None], {"a": 1}, "(", [[]], "2019-99-99", "[" * 200)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every part of a record, as what holds it and its key or number there."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, part in pairs for place in [(value, key), *places(part)]]


def mutated(text: str, chance: random.Random, read: Callable[[str], Any], written: Callable[[Any], str]) -> str:
    """The text with a part taken away or of another kind, or cut short."""
    if chance.random() < 0.1:
        return text[: chance.randrange(len(text))]
    record = read(text)
    for holder, key in chance.choices(places(record), k=chance.randint(1, 2)):
        if chance.random() < 0.3:
            holder.pop(key) if key in holder or (isinstance(holder, list) and key < len(holder)) else None
        elif isinstance(holder, dict) or key < len(holder):
            holder[key] = chance.choice(WRONG)
    return written(record)
