"""How editions follow each other: their ties are walked, and their names never compared.

An edition `succeeds` another (later evidence), `corrects` it (it was wrong) or `revises` it (a source moved on). What corrects or revises an
edition stands in its place; what succeeds it comes after it and after everything that stands in its place.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from evidence import root
from evidence.errors import Place, Refusal, Refusals
from evidence.tables import ties
from evidence.tables.ties import Tie, Ties

__all__ = ["Lineage", "Tie", "faults", "opened", "problems", "published"]


class Lineage:
    """Editions in their order, which is that of their ties.

    >>> told = {"2026-11": Tie("succeeds", "2019-09"), "2019-09-c10": Tie("corrects", "2019-09-c2"), "2019-09-c2": Tie("corrects", "2019-09")}
    >>> Lineage(told | {"2019-09": None}).order
    ['2019-09', '2019-09-c2', '2019-09-c10', '2026-11']

    Raises:
        Refusals: E221 and E269, whatever keeps them from having one.
    """

    def __init__(self, told: Ties) -> None:
        if found := faults(told):
            raise Refusals(found)
        self.ties = told
        self._instead = {tie.to: name for name, tie in told.items() if tie and tie.kind != "succeeds"}
        after = {_first(told, tie.to): name for name, tie in told.items() if tie and tie.kind == "succeeds"}
        self.order: list[str] = []
        at = next((name for name, tie in told.items() if tie is None), "")
        while at:
            self.order.append(at)
            at = self._instead.get(at) or after.get(_first(told, at), "")

    @property
    def newest(self) -> str:
        """The edition that nothing supersedes.

        Raises:
            Refusal: E221 when there is no edition.
        """
        if not self.order:
            raise Refusal("E221", Place("data"))
        return self.order[-1]

    def chain(self, name: str) -> list[str]:
        """The edition and all that it goes back to, the oldest first."""
        found = [name]
        while tie := self.ties[found[-1]]:
            found.append(tie.to)
        return found[::-1]

    def later(self, name: str) -> list[str]:
        """The editions after this one, the oldest first."""
        return self.order[self.order.index(name) + 1 :]

    def standing(self, name: str) -> str:
        """The edition that stands in the place of this one: the last that corrects or revises it; itself where none does."""
        while name in self._instead:
            name = self._instead[name]
        return name

    def corrected(self, name: str) -> str:
        """The last edition that corrects this one or what took its place; empty where it was never corrected."""
        found = ""
        while name in self._instead:
            name = self._instead[name]
            found = name if (tie := self.ties[name]) and tie.kind == "corrects" else found
        return found

    def superseded(self, name: str) -> str:
        """The edition to be read instead: what stands in its place, else the newest; empty for the newest itself."""
        standing = self.standing(name)
        return standing if standing != name else "" if name == self.newest else self.newest


def opened(data: Path) -> Lineage:
    """The lineage of the editions in this folder.

    Raises:
        Refusal: E265 a descriptor that cannot be read.
        Refusals: E221 and E269.
    """
    return Lineage({name: ties.of(data / name) for name in root.editions(data)})


def published(folders: Iterable[Path]) -> Lineage:
    """The lineage of frozen editions; one that goes back to an edition which is not among them counts as a first.

    Raises:
        Refusal: E609 an `edition.json` that cannot be read, or editions that do not hang together.
    """
    told = {folder.name: ties.frozen(folder) for folder in folders}
    try:
        return Lineage({name: tie if tie and tie.to in told else None for name, tie in told.items()})
    except Refusals as refused:
        raise Refusal("E609", Place("edition.json"), refused.problems[0].found) from refused


def problems(data: Path) -> list[Refusal]:
    """Everything that keeps the editions in this folder from having one order: E265 and E221 and E269, at the descriptor to be mended."""
    try:
        opened(data)
    except Refusal as refused:
        return [refused]
    except Refusals as refused:
        return refused.problems
    return []


def faults(told: Ties) -> list[Refusal]:
    """E221 a tie to an edition that is not there, E269 ties in a circle; where there are none, several editions in one place.

    >>> [(problem.code, problem.found) for problem in faults({"a": Tie("succeeds", "b"), "b": Tie("corrects", "a")})]
    [('E269', 'a → b → a')]
    """
    found = [ties.missing(name, tie, told) for name, tie in sorted(told.items()) if tie and tie.to not in told]
    seen: set[str] = set()
    for name in sorted(told):
        walked: list[str] = []
        while name in told and name not in seen:
            seen.add(name)
            walked.append(name)
            name = tie.to if (tie := told[name]) else ""
        if name in walked:
            found.append(Refusal("E269", ties.place(name, told[name]), " → ".join([*walked[walked.index(name) :], name])))
    return found or list(_crowded(told))


def _crowded(told: Ties) -> Iterator[Refusal]:
    """E269 for editions of which each would be the one that follows, or the first; told once, at the last of their names."""
    places: dict[tuple[bool, str], list[str]] = {}
    for name, tie in sorted(told.items()):
        follows = tie is not None and tie.kind == "succeeds"
        to = "" if tie is None else _first(told, tie.to) if follows else tie.to
        places.setdefault((follows, to), []).append(name)
    for (_, to), names in sorted(places.items()):
        if len(names) > 1:
            yield Refusal("E269", ties.place(names[-1], told[names[-1]]), f"{', '.join(names)}{f' → {to}' if to else ''}")


def _first(told: Ties, name: str) -> str:
    """The edition in whose place this one stands, or itself."""
    while (tie := told[name]) and tie.kind != "succeeds":
        name = tie.to
    return name
