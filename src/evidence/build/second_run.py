"""Every notebook run a second time, beside the first: what differs between the two came of chance, of the clock or of something not told."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from evidence import disk
from evidence.book import contents
from evidence.build.progress import Board
from evidence.build.state import WORK
from evidence.errors import Place, Refusal, Refusals
from evidence.runs import execution, promises
from evidence.runs.promises import Run
from evidence.tables.edition import Edition
from evidence.words import LANGUAGES

AT_ONCE = 2


def differences(folder: Path, editions: list[Edition], board: Board) -> list[Refusal]:
    """E323 for each notebook of these editions that leaves something else when it is run again, with the names of the files; what else goes wrong."""
    again = Path("_build", "twice")
    disk.remove(folder / again)
    runs = [
        (run, replace(run, out=again / edition.name / lang / run.name))
        for edition in editions
        for lang in LANGUAGES
        for run in contents.runs(folder, edition, lang, contents.pages(folder, edition), WORK / edition.name / lang)
    ]

    def compared(both: tuple[Run, Run]) -> list[Refusal]:
        with board.running(f"{both[0].edition}: run {both[0].name} ({both[0].lang}) again"):
            return _compared(folder, *both)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = [problem for problems in pool.map(compared, runs) for problem in problems]
    disk.remove(folder / again)
    return found


def _compared(folder: Path, first: Run, second: Run) -> list[Refusal]:
    try:
        execution.execute(second, folder)
    except Refusal as refused:
        return [refused]
    except Refusals as refused:
        return refused.problems
    names = [name for name in promises.promised(first) if left(folder / first.out / name) != left(folder / second.out / name)]
    return [Refusal("E323", Place(f"{first.notebook.name} ({first.lang})"), ", ".join(names))] if names else []


def left(path: Path) -> Any:
    """What a run left in this file; of the notebook what its cells show, without the parameters, which name the folder of the run."""
    if path.suffix != ".ipynb":
        return disk.raw(path)
    cells = disk.loaded(path)["cells"]
    return [cell.get("outputs") for cell in cells if cell["id"] != "injected-parameters"]
