"""Measures a draft of one edition with many more programmes, made up as an analyst would add them: CPU seconds, memory, and what the pages weigh.

    python benchmarks/programmes.py FOLDER 0 10 40

A project for each number is copied into FOLDER; programmes are rows of tables only. Each is built with an empty store.
"""

import csv
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import BIN, adopt, copied, worked

EDITION, LANG = "2019-09", "en"
# An agency of the book and a new one; those of the first would break what titles say of it.
AGENCIES = {"AMED": ("日本医療研究開発機構", "Japan Agency for Medical Research and Development"), "NEW": ("架空の機構", "Made-up Agency")}
PRINTED = {"source": "S01", "locator": "事業一覧 ¶13", "as_printed": "国際共同研究を支援"}
ANSWERS = {"explicit_support": "yes", **dict.fromkeys(("partner_agency_cooperates", "both_call", "new_funding"), "unstated")}
HEADS = ("programmes added", "CPU s", "of it the check", "memory of a process (MB)", "pages", "largest page (KB)", "search (KB)", "draft (MB)")
Row = dict[str, str]


def added(number: int) -> Iterator[tuple[str, Row]]:
    """The rows of one programme, each with its table; every second programme has no abbreviation."""
    agency = list(AGENCIES)[number % 2]
    id, (ja, en) = f"made-up-{number:04}", AGENCIES[agency]
    yield "programmes", ANSWERS | PRINTED | {
        "id": id, "agency": agency, "agency_ja": ja, "agency_en": en, "abbreviation": f"MADEUP{number}" if number % 2 else "",
        "name_ja": f"架空の国際共同研究支援事業（その{number}）", "name_en": f"Made-up programme of international joint research {number}",
        "objective_ja": f"共同研究を支える（{number}）。", "objective_en": f"Support joint research ({number}).",
        "partner_type_ja": "相手を限らない", "partner_type_en": "Not limited",
        "attributes_note_ja": "測定のために作った行である。", "attributes_note_en": "A row made up to measure with.",
    }  # fmt: skip
    for aspect in ("scheme", "review"):
        told = {"order": "1", "item_ja": f"架空の内容（その{number}）", "item_en": f"Something made up, {number}"}
        yield "programme_details", PRINTED | told | {"id": f"{id}-{aspect}", "programme": id, "aspect": aspect}
    for kind, code in (("partner", "world"), ("aim", "joint-research")):
        yield "programme_scope", PRINTED | {"id": f"{id}-{code}", "programme": id, "kind": kind, "code": code, "basis": "stated"}
    told = {"text_ja": f"架空の事業{number}は、共同研究を支える。", "text_en": f"Made-up programme {number} supports joint research."}
    yield "claims", PRINTED | told | {"id": f"{id}-supports", "about": id, "status": "stated"}


def main() -> None:
    """Adds, checks and builds, for each number in a project of its own; prints one line of a table for each."""
    adopt()
    folder = Path(sys.argv[1])
    print(f"| {' | '.join(HEADS)} |\n|{' ---: |' * len(HEADS)}")
    for many in (int(text) for text in sys.argv[2:]):
        project = copied(folder / str(many) / "project")
        for table, row in [row for number in range(1, many + 1) for row in added(number)]:
            _append(project / "data" / EDITION / f"{table}.csv", row)
        _run(project, "package", EDITION)
        before = worked()
        _run(project, "check", EDITION)
        checked = worked()
        _run(project, "build", EDITION, "--lang", LANG)
        spent, most = worked() - before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"| {many} | {spent:.0f} | {checked - before:.0f} | {most:.0f} | {' | '.join(_weighed(project))} |", flush=True)


def _append(path: Path, row: Row) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        names = next(csv.reader(stream))
    with path.open("a", encoding="utf-8", newline="") as stream:
        csv.DictWriter(stream, names, restval="", lineterminator="\n").writerow(row)


def _run(project: Path, *command: str) -> None:
    own = {"EVIDENCE_ROOT": str(project), "EVIDENCE_STORE": str(project.parent / "store"), "PYTHONPATH": str(project / "src")}
    done = subprocess.run([str(BIN / "evidence"), *command], cwd=project, env=os.environ | own, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed\n{done.stdout[-3000:]}{done.stderr[-3000:]}")


def _weighed(project: Path) -> Iterator[str]:
    """How many pages there are, the largest of them, the largest file of the search, and all files."""
    draft = project / "_build" / "draft" / EDITION / LANG
    sizes = {path: path.stat().st_size for path in draft.rglob("*") if path.is_file()}
    pages = {size: path.name for path, size in sizes.items() if path.suffix == ".html"}
    yield from (f"{len(list(draft.glob('*.html')))}", f"{max(pages) / 1e3:.0f} ({pages[max(pages)]})")
    yield from (f"{max(sizes[path] for path in draft.glob('hits*.js')) / 1e3:.0f}", f"{sum(sizes.values()) / 1e6:.0f}")


if __name__ == "__main__":
    main()
