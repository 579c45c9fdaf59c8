"""A new edition begins as a copy of an earlier one, which it names; nothing that is published is ever written over."""

import shutil
from pathlib import Path

from evidence import root
from evidence.errors import Place, Refusal, Refusals
from evidence.tables import corrections, gate, lineage, package
from evidence.tables.ties import Tie


def begin(data: Path, name: str, before: str) -> Path:
    """The folder of the new edition `name`: every table of `before`, and a descriptor that says how it goes back to it.

    A name that ends in -c1 or the like corrects, one in -r1 revises, any other succeeds `before`. The folder appears whole or not at all.

    Raises:
        Refusal: E267 a malformed name, E268 an edition that exists, E221 when `before` is none, E269 a name that cannot follow it: an earlier month,
            or a correction or revision of another month; E288 when another edition stands in the place of `before`.
        Refusals: E2xx whatever is wrong in `before`: faults are not carried forward; E269 also when another edition succeeds it already.
    """
    root.valid(name)
    source = root.edition(data, before)
    if name.casefold() in {path.name.casefold() for path in data.iterdir()}:
        raise Refusal("E268", Place("data"), name)
    month = before[: len("2026-11")]
    if name[: len(month)] < month or (name != name[: len(month)] and not name.startswith(month)):
        raise Refusal("E269", Place("data"), f"{name} ← {before}")
    tie = Tie({"c": "corrects", "r": "revises"}.get(name[len(month) + 1 :][:1], "succeeds"), before)
    if problems := _tied(data, name, tie) or gate.check(source):
        raise Refusals(problems)
    beside = data / f".new-{name}"
    shutil.rmtree(beside, ignore_errors=True)
    (beside / name).mkdir(parents=True)
    for table in root.tables(source):
        shutil.copyfile(table, beside / name / table.name)
    for kept in root.imports(source):
        (beside / name / kept.parent.name).mkdir(exist_ok=True)
        shutil.copyfile(kept, beside / name / kept.parent.name / kept.name)
    root.copy(data / "schema", beside / "schema")
    package.write(beside / name, tie)
    (beside / name).rename(data / name)
    shutil.rmtree(beside)
    return data / name


def unpublished(data: Path, edition: str, asked: Place) -> None:
    """Nothing where the edition may still be written into, wherever it stands among the others.

    Raises:
        Refusal: E2090 an edition whose bytes are promised in `data/published.csv`.
    """
    if edition in {row["edition"] for row in gate.register(data, "published")}:
        raise Refusal("E2090", asked, edition)


def _tied(data: Path, name: str, tie: Tie) -> list[Refusal]:
    """Why the edition cannot go back to that one, if anything: E288 and E269; E200 what only a correction may carry forward, to mend it."""
    known = lineage.opened(data)
    if (standing := known.standing(tie.to)) != tie.to:
        return [Refusal("E288", Place("data"), f"{tie.to} → {standing}")]
    held = [] if tie.kind == "corrects" else corrections.held(data).get(tie.to, [])
    return lineage.faults({**known.ties, name: tie}) or held
