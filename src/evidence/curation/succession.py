"""A new edition begins as a copy of an earlier one, which it names; nothing that is published is ever written over."""

import shutil
from pathlib import Path

from evidence import root
from evidence.errors import Place, Refusal, Refusals
from evidence.tables import gate, package


def begin(data: Path, name: str, before: str) -> Path:
    """The folder of the new edition `name`: every table of `before`, and a descriptor that records it as the previous edition.

    The folder appears whole or not at all.

    Raises:
        Refusal: E267 a malformed name, E268 an edition that exists, E221 when `before` is none, E269 a name that cannot follow it: an earlier month,
            or a correction or revision of another month.
        Refusals: E2xx whatever is wrong in `before`: faults are not carried forward.
    """
    root.valid(name)
    source = root.edition(data, before)
    if name.casefold() in {path.name.casefold() for path in data.iterdir()}:
        raise Refusal("E268", Place("data"), name)
    month = before[: len("2026-11")]
    if name[: len(month)] < month or (name != name[: len(month)] and not name.startswith(month)):
        raise Refusal("E269", Place("data"), f"{name} ← {before}")
    if problems := gate.check(source):
        raise Refusals(problems)
    beside = data / f".new-{name}"
    shutil.rmtree(beside, ignore_errors=True)
    (beside / name).mkdir(parents=True)
    for table in root.tables(source):
        shutil.copyfile(table, beside / name / table.name)
    root.copy(data / "schema", beside / "schema")
    package.write(beside / name, before)
    (beside / name).rename(data / name)
    shutil.rmtree(beside)
    return data / name
