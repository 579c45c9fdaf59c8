"""A new chapter begun: a notebook that shows what was observed of some entities, a page in each language with places to fill in, and its exhibit."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from evidence import disk, root
from evidence.curation import intake, scaffold
from evidence.curation.merging import Taken
from evidence.errors import Place, Refusal, Refusals
from evidence.nearest import near
from evidence.words import LANGUAGES

KIND = "chapter"
COLUMNS = ("id", "title_ja", "title_en", "entities")
_PART = "  - caption: toc.evidence"
_CAPTION, _ENTRY = "  - caption: ", "      - file: "
_TEMPLATES = Path(__file__).parent / "templates"


def owed(data: Path, edition: str, told: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """What must be told and is not: each with the ids that it may hold."""
    for column in COLUMNS:
        if not told.get(column):
            yield column, _entities(data, edition) if column == "entities" else []


def planned(folder: Path, edition: str, told: Mapping[str, str]) -> tuple[dict[Path, str], Taken]:
    """The files of the chapter with their text, and what adding its exhibit would do; nothing is written.

    Raises:
        Refusals: E2109 what must be told and is not, all at once.
        Refusal: E233 something else, E297 what cannot be an id, E2112 a chapter or exhibit that is there, E2101 an entity that is not,
            E422 a table of contents without the part for chapters.
    """
    data = folder / "data"
    if strange := [name for name in told if name not in COLUMNS]:
        raise Refusal("E233", Place("evidence add"), near(strange[0], list(COLUMNS)))
    if missing := [scaffold.needed(column, ids) for column, ids in owed(data, edition, told)]:
        raise Refusals([Refusal("E2109", Place("evidence add", column=KIND), one) for one in missing])
    id, known = root.identifier(told["id"], "evidence add"), _entities(data, edition)
    if unknown := [one for one in told["entities"].split() if one not in known]:
        raise Refusal("E2101", Place("evidence add", column="entities"), near(unknown[0], known))
    made = {folder / "notebooks" / f"{id}.ipynb": "chapter.ipynb"}
    made |= {folder / "book" / lang / f"{id}.md": f"chapter.{lang}.md" for lang in LANGUAGES}
    if there := [path for path in made if path.exists()]:
        raise Refusal("E2112", Place(there[0].relative_to(folder).as_posix()), id)
    listed = told["entities"].replace(" ", '\\", \\"')  # within a string of the notebook's JSON
    texts = {path: _filled(template, {**told, "edition": edition, "entities": listed}) for path, template in made.items()}
    row = scaffold.begun(data, edition, "exhibit", {"id": f"{id}-observed", "chapter": id, "kind": "table"})
    return texts | {folder / "_toc.yml": _listed(folder, id)}, scaffold.planned(data, edition, "exhibit", row)


def write(folder: Path, edition: str, texts: Mapping[Path, str], taken: Taken) -> None:
    """Writes the files, and the exhibit last: by it the edition has the chapter."""
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    intake.write(folder / "data", edition, scaffold.TABLES["exhibit"], taken)


def _entities(data: Path, edition: str) -> list[str]:
    """The entities of which something was observed."""
    return sorted({row["entity"] for row in scaffold.rows(data / edition, "observations")})


def _filled(template: str, told: Mapping[str, str]) -> str:
    text = disk.text(_TEMPLATES / template)
    for name, said in told.items():
        text = text.replace(f"<{name}>", said)
    return text


def _listed(folder: Path, id: str) -> str:
    """The table of contents with the chapter as the last of those on evidence; every other line as it is."""
    lines = disk.text(folder / "_toc.yml").splitlines(keepends=True)
    start = next((number for number, line in enumerate(lines) if line.startswith(_PART)), None)
    if start is None:
        raise Refusal("E422", Place("_toc.yml"), _PART.strip())
    end = next((number for number, line in enumerate(lines) if number > start and line.startswith(_CAPTION)), len(lines))
    return "".join([*lines[:end], f"{_ENTRY}{id}\n", *lines[end:]])
