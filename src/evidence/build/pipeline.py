"""The build as a graph of tasks in pytask: only what depends on a change is done again, several at a time.

Every task names the files it reads and the files it makes. pytask compares those that one task hands to another; what comes from outside,
of which a task reads some hundred files, is compared here, for pytask takes a hundredth of a second for each.
"""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytask
from _pytask import state as pytask_state
from _pytask.console import console as pytask_console
from pytask_parallel import execute

from evidence import disk, root
from evidence.book import standby
from evidence.build import cluster, drawing, second_run, state, store, tasks
from evidence.build.job import Job
from evidence.build.progress import Board
from evidence.build.remote import Listing
from evidence.build.state import Reasons
from evidence.build.store import Store
from evidence.build.workers import AT_ONCE, Workers
from evidence.checking import published_site
from evidence.curation import identifiers
from evidence.editions import freezing, site
from evidence.errors import Place, Refusal, Refusals
from evidence.runs import processes
from evidence.tables import corrections, lineage
from evidence.tables.edition import opened

# pytask looks for tasks that ended once a second when few are running; a build has some ten steps that wait for each other.
execute._Sleeper = partial(execute._Sleeper, timings=[0.01, 0.05])  # type: ignore[assignment,misc]
# What a file was is kept in pytask's lock file, from which alone it tells what is still good; its database, which older versions of it read, took a
# commit to the disk for each file of each task, and nothing was begun meanwhile.
pytask_state.update_states_in_database = lambda *_: None
pytask_state.db_has_node_changed = lambda **_: True  # where there is no lock file yet


def build(folder: Path, names: list[str], board: Board, inputs: dict[str, str], twice: bool = False, most: int | None = None) -> dict[str, str]:
    """Brings `_build/html` up to date with these editions; gives the tasks that were done, each with its reason.

    `inputs` are the hashes of all inputs as they were when the build began; what was saved since is in none or half of it.
    Where asked, every notebook is run `twice`, and nothing is published if the second run leaves something else than the first. At `most` so
    many tasks are done at a time, without it as many as this machine, or the cluster, has cores for.

    Raises:
        Refusals: everything that was refused, from whichever task refused it; the published book is untouched then.
    """
    work = folder / state.WORK
    names = with_previous(folder / "data", names)
    told = done(tasks.editions(folder, names), work, board, partial(tasks.checked, names=names), most)
    if twice and (differing := second_run.differences(folder, [opened(name) for name in names], board)):
        raise Refusals(differing)
    state.unchanged(folder, inputs)
    html = folder / "_build" / "html"
    known = site.known(folder / "data")
    site.site(site.parts(work / "editions", html, root.editions(folder / "data"), known.promised), html, known)
    return told


def unregistered(folder: Path) -> list[str]:
    """The ids of the published editions that `data/ids.csv` lacks."""
    known = identifiers.registered(folder / "data")
    built = [path.parent for path in sorted((folder / "_build" / "html").glob(f"*/{published_site.SUMS}"))]
    return sorted({row["id"] for path in built for row in identifiers.missing(known, path.name, freezing.published(path))})


def draft(folder: Path, names: list[str], languages: tuple[str, ...], board: Board, most: int | None = None) -> tuple[list[Path], dict[str, str]]:
    """The first pages of these editions in these languages, each book a folder in `_build/draft`, and the tasks done, each with its reason.

    It has no files for citers and no PDF. The published book is not touched.

    Raises:
        Refusals: as `build`.
    """
    work = folder / state.WORK
    listing = partial(tasks.checked, names=with_previous(folder / "data", names), draft=languages)
    told = done(drafted(folder, names, languages), work, board, listing, most)
    made = {folder / "_build" / "draft" / name / lang: work / name / lang / "html" for name in names for lang in languages}
    for to, html in made.items():
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(html, to)
    return [to / "index.html" for to in made], told


def drafted(folder: Path, names: list[str], languages: tuple[str, ...]) -> list[Job]:
    """The tasks of a draft: those of these editions, and of others only what they read, as the notebooks that an edition is compared with.

    Raises:
        Refusals: as `with_previous`.
    """
    found = tasks.editions(folder, with_previous(folder / "data", names), languages)
    return needed(found, [job for job in found if job.edition in names])


def needed(found: list[Job], wanted: list[Job]) -> list[Job]:
    """Of the tasks `found` those that are wanted, and those that make what these read."""
    by = {path: job for job in found for path in job.makes}
    kept = {job.name: job for job in wanted}
    waiting = list(wanted)
    while waiting:
        for job in {by[path].name: by[path] for path in waiting.pop().reads if path in by}.values():
            if job.name not in kept:
                kept[job.name] = job
                waiting.append(job)
    return [job for job in found if job.name in kept]


def done(
    found: list[Job], work: Path, board: Board, listing: Listing | None = None, most: int | None = None, ready: "Hands | None" = None
) -> dict[str, str]:
    """The tasks that had to be done, each with its reason.

    With `listing`, which finds them in a copy of the project that was checked, a cluster does them, where there is one; those that are `ready`, where
    there are. More are handed out than are done at a time, so that none waits until pytask has seen that another ended.
    """
    board.expect(len(found))
    work.mkdir(parents=True, exist_ok=True)
    settings = work / "pytask.toml"  # pytask keeps its records beside its settings
    settings.write_text("[tool.pytask.ini_options]\n", encoding="utf-8")
    reasons = Reasons(work / "reasons.json")
    for job in [job for job in found if reasons.stale(job.name, job.reads)]:  # all are asked before any is touched: what one makes another reads
        job.makes[0].unlink(missing_ok=True)  # pytask knows what a file was when a task ended, which is too late
    handed = {path for job in found for path in job.makes}
    pytask_console.quiet = True  # the board shows what runs, refusals say what went wrong
    with contextlib.nullcontext(ready) if ready else hands_for(found, work, listing, most) as hands:
        do = partial(_do, board=board, reasons=reasons, hands=hands)
        session = pytask.build(
            tasks=[_task(job, handed, do) for job in found], paths=work, config=settings, verbose=0,
            n_workers=2 * hands.most + 2, parallel_backend="threads", show_errors_immediately=False, show_traceback=False, capture="no",
        )  # fmt: skip
    if session.exit_code == pytask.ExitCode.CONFIGURATION_FAILED:  # it could not read its own records
        raise Refusal("E407", Place("_build/work/.pytask"), ".pytask")
    reasons.keep()
    hands.kept.prune()
    if processes.stopped():
        raise KeyboardInterrupt
    refused = [problem for report in session.execution_reports if report.exc_info for problem in _problems(report.exc_info[1])]
    if refused:
        raise Refusals(refused)
    if len(session.execution_reports) < len(found):
        raise KeyboardInterrupt  # pytask ends quietly when it is interrupted
    if session.exit_code != pytask.ExitCode.OK:
        raise RuntimeError(f"pytask ended with {session.exit_code!r}")
    return {job.told(board.lang): reasons.why(job.name, board.lang) for job in found if job.name in reasons.told}


def with_previous(data_folder: Path, names: list[str]) -> list[str]:
    """These editions and those they go back to, each once, in order: an edition is compared with the one before it.

    Raises:
        Refusals: E221 and E269 editions without one order; E200 what was found wrong and still stands in the newest edition, if that is among them.
    """
    known = lineage.opened(data_folder)
    if known.newest in names and (wrong := corrections.held(data_folder).get(known.newest)):
        raise Refusals(wrong)
    wanted = {before for name in names for before in known.chain(name)}
    return [name for name in known.order if name in wanted]


def _problems(error: BaseException | None) -> list[Refusal]:
    if isinstance(error, Refusals):
        return error.problems
    if isinstance(error, Refusal):
        return [error]
    if isinstance(error, OSError) and (told := disk.refused(error)):
        return [told]
    if error is not None and type(error).__name__ != "SkippedAncestorFailed" and "Skipped" not in type(error).__name__:
        raise error
    return []


def _task(job: Job, handed: set[Path], do: Callable[[Job], None]) -> pytask.TaskWithoutPath:
    """The job as pytask knows it: by its name alone, for where this program stands may differ between two builds of one folder."""

    def run(reads: list[Path], produces: list[Path]) -> None:
        do(job)

    waited = [pytask.PathNode.from_path(path) for path in job.reads if path in handed]
    made = [pytask.PathNode.from_path(path) for path in job.makes]
    return pytask.TaskWithoutPath(name=job.name, function=run, depends_on={"reads": waited}, produces={"produces": made})


@dataclass(frozen=True)
class Hands:
    """What does the tasks, so many at a time: a cluster those whose work is kept, where there is one; this machine, once `begin` made it draw."""

    most: int
    kept: Store
    begin: Callable[[], None]
    workers: Workers
    away: Callable[[Job, dict[str, str], str], None] | None

    def do(self, job: Job) -> None:
        """Does the job here."""
        if job.step == "run":
            self.begin()
        self.workers.do(job.action) if job.apart else job.action()


@contextlib.contextmanager
def hands_for(found: list[Job], work: Path, listing: Listing | None = None, most: int | None = None) -> Iterator[Hands]:
    """What does these tasks, ended afterwards; whatever it draws is set in a font that has the characters of these, or in the whole one."""
    kept, font = store.opened(), drawing.Font(drawing.texts(found), work / "font")
    with cluster.joined(work.parents[1], kept) if listing else contextlib.nullcontext() as joined:
        most = most or (joined.width if joined else AT_ONCE)
        away = partial(joined.do, listing=listing) if joined and listing else None
        with drawing.ready(AT_ONCE, font, kept) as begin, Workers(most, font) as workers, standby.ready():
            yield Hands(most, kept, begin, workers, away)


def _do(job: Job, board: Board, reasons: Reasons, hands: Hands) -> None:
    """Takes from the store what the job makes, or does it; what was read of a file that was saved meanwhile is not known, and not kept in store."""
    with hands.workers.turn, board.running(job.told(board.lang)):
        if processes.stopped():
            raise processes.Stopped
        read = reasons.read(job.reads)
        key = store.key(job.name, read, reasons.ways(job.keeps))
        if hands.kept.take(key, job.keeps):
            reasons.taken.add(job.name)
        elif hands.away and job.keeps:
            hands.away(job, read, key)
        else:
            hands.do(job)
            if reasons.read(job.reads) == read:
                hands.kept.put(key, job.keeps)
    reasons.note(job.name, read)
