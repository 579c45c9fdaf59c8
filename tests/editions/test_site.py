"""The published site is whole at every moment: while it is made anew, after a kill at any step, and for whoever reads meanwhile."""

import contextlib
import json
import os
import random
import signal
import sys
import time
from functools import partial
from pathlib import Path

import lxml.html
import pytest

from evidence import disk
from evidence.checking import published_site
from evidence.citing.citations import EDITORS
from evidence.editions import datacite, exchange, freezing, site
from evidence.errors import Refusals

FIRST, SECOND = "2020-01", "2021-01"
KILLS = int(os.environ.get("EVIDENCE_KILLS", "40"))
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
STEPS = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "shutil.copytree", "shutil.copyfile", "open")


def frozen(work: Path, name: str, mark: str = "1") -> Path:
    """A tiny frozen edition, every page of which says which one it is."""
    folder = work / name
    for part in ("ja/index.html", "en/index.html", "figures.json", "values.json"):
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        (folder / part).write_text("[]\n" if part.endswith(".json") else mark * 500, encoding="utf-8")
    (folder / "edition.json").write_text(json.dumps({} if name == FIRST else {"succeeds": FIRST}), encoding="utf-8")
    (folder / datacite.FILE).write_bytes(datacite.metadata(name, EDITORS, {}))
    freezing.seal(folder)
    return folder


def marks(html: Path) -> list[str]:
    """What the pages of the site say, each once; more than one is a torn site."""
    return sorted({(html / FIRST / lang / "index.html").read_text(encoding="utf-8") for lang in ("ja", "en")})


def published(work: list[Path], html: Path) -> None:
    site.site(work, html, site.Known())


def killed(action, step: int | None, delay: float) -> bool:
    """Whether a process that did this was killed: before this step of its work on files, or after this time. It leaves no process of its own."""
    child = os.fork()
    if child == 0:
        try:
            os.setsid()
            if step is not None:
                _dies_at(step)
            action()
        finally:
            os._exit(0)
    if step is None:
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    ended = os.waitpid(child, 0)[1]
    assert of_session(child) == []
    return os.WIFSIGNALED(ended)


def of_session(leader: int) -> list[str]:
    """The commands of the processes that are of the session of this one, whether or not it is still there."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # one that ended meanwhile
            name, _, told = path.read_text(encoding="utf-8", errors="replace").rpartition(")")
            found += [name.partition("(")[2]] if int(told.split()[3]) == leader else []
    return found


def _dies_at(step: int) -> None:
    left = [step]

    def count(*_: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, arguments: tuple) -> None:
        if event in STEPS and (event != "open" or (isinstance(arguments[2], int) and arguments[2] & WRITING)):
            count()

    for name in ("exchanged", "_settle"):
        whole = getattr(exchange, name)
        setattr(exchange, name, lambda *paths, whole=whole: (count(), whole(*paths), count())[1])
    sys.addaudithook(hook)


def reading(html: Path, told: Path) -> int:
    """A process that reads the site all the time; it writes how often, and every fault."""
    child = os.fork()
    if child:
        return child
    faults, reads, going = [], 0, [True]
    signal.signal(signal.SIGTERM, lambda *_: going.clear())
    while going:
        try:
            before = marks(html)
            pages = [(html / name).read_bytes() for name in ("index.html", "editions.js", f"{FIRST}/{published_site.SUMS}")]
            after = marks(html)
            if before == after and (len(before) != 1 or not all(pages)):
                faults.append(f"torn: {[mark[:1] for mark in before]}")
        except OSError as error:
            faults.append(str(error))
        reads += 1
    told.write_text("\n".join([str(reads), *faults]), encoding="utf-8")
    os._exit(0)


@pytest.mark.slow
@pytest.mark.parametrize("round_", [1, 2])
@pytest.mark.parametrize("at_once", [True, False], ids=["exchange", "two renames"])
def test_a_killed_publication_leaves_the_old_site_or_the_new_one(at_once, round_, tmp_path, monkeypatch):
    """Killed at each step, then at random; a second process reads all the while. With two renames, the next start mends what a kill left."""
    html, chance = tmp_path / "html", random.Random(round_)
    versions = [[frozen(tmp_path / f"work{mark}", FIRST, mark)] for mark in "12"]
    published(versions[0], html)
    if not at_once:
        monkeypatch.setattr(exchange, "exchanged", lambda *_: False)
    started = time.perf_counter()
    published(versions[1], html)
    usual = time.perf_counter() - started
    reader = reading(html, tmp_path / "told.txt") if at_once else 0
    died, lost, step = 0, [], 0
    while died < KILLS:
        was_killed = killed(partial(published, versions[died % 2], html), step, chance.uniform(0, usual))
        step = step + 1 if was_killed and step is not None else None  # past the last step, at random
        died += was_killed
        if not at_once:
            exchange.recovered(html)
        whole = html.is_dir() and len(marks(html)) == 1 and not freezing.changed(html / FIRST) and (html / "index.html").read_text(encoding="utf-8")
        lost += [] if whole else [died]
    if reader:
        os.kill(reader, signal.SIGTERM)
        os.waitpid(reader, 0)
        reads, *faults = (tmp_path / "told.txt").read_text(encoding="utf-8").splitlines()
        print(f"{died} kills, {len(lost)} sites lost; {reads} reads, {len(faults)} faults")
        assert faults == []

    published(versions[0], html)
    assert lost == []
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("html")) == ["html"]


def test_a_process_that_a_kill_leaves_is_counted(tmp_path):
    def leaves() -> None:
        if os.fork() == 0:
            (tmp_path / "pid").write_text(str(os.getpid()), encoding="utf-8")
        time.sleep(30)

    with pytest.raises(AssertionError):
        killed(leaves, None, 0.5)

    os.kill(int((tmp_path / "pid").read_text(encoding="utf-8")), signal.SIGKILL)


def test_a_site_that_was_moved_away_by_a_killed_swap_returns(tmp_path):
    html = tmp_path / "html"
    published([frozen(tmp_path / "work", FIRST)], html)
    html.rename(tmp_path / "html.old")
    (tmp_path / "html.new").mkdir()

    exchange.recovered(html)

    assert marks(html) == ["1" * 500]
    assert not (tmp_path / "html.new").exists()


def test_an_edition_without_a_frozen_copy_stays_as_it_was_published(tmp_path):
    html, work = tmp_path / "html", tmp_path / "work"
    published([frozen(work, FIRST), frozen(tmp_path / "gone", SECOND, "2")], html)
    before = (html / SECOND / published_site.SUMS).read_bytes()

    published(site.parts(work, html, [FIRST, SECOND], []), html)

    assert (html / SECOND / published_site.SUMS).read_bytes() == before
    assert SECOND in (html / "editions.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("fault", ["changed", "added", "removed"])
def test_a_frozen_copy_that_was_changed_on_disk_is_not_published(fault, tmp_path):
    html, folder = tmp_path / "_build" / "html", frozen(tmp_path / "_build" / "work" / "editions", FIRST)
    published([folder], html)
    page = folder / "en" / ("new.html" if fault == "added" else "index.html")
    page.unlink() if fault == "removed" else page.write_text("2", encoding="utf-8")

    with pytest.raises(Refusals) as refused:
        published([folder], html)

    assert [(problem.code, problem.place.file) for problem in refused.value.problems] == [("E501", f"_build/work/editions/{FIRST}/en/{page.name}")]
    assert refused.value.exit_code == 5
    assert marks(html) == ["1" * 500]


@pytest.mark.parametrize("make", [Path.touch, os.mkfifo, lambda path: path.symlink_to(path.name)], ids=["a file", "a pipe", "a link to itself"])
def test_what_is_no_folder_is_not_taken_away_for_a_site(make, tmp_path):
    """A pipe was exchanged for the site, and who would remove it waited for ever."""
    work, html = frozen(tmp_path / "work", FIRST), tmp_path / "html"
    make(html)
    before = html.lstat()

    with pytest.raises(OSError) as refused:
        published([work], html)

    told = disk.refused(refused.value)
    assert (told and told.code, html.lstat().st_ino, [path.name for path in tmp_path.glob("html*")]) == ("E432", before.st_ino, ["html"])


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("ja", ("識別子のない引用", "番号と題名", "evidence review だけ")),
        ("en", ("Only the command evidence review", "without an id", "number and title")),
    ],
)
def test_the_page_that_checks_a_paper_says_what_the_command_alone_checks(tmp_path, lang, told):
    html = tmp_path / "html"
    site.site([frozen(tmp_path / "work", FIRST)], html, site.Known())
    (section,) = lxml.html.parse(html / "review.html").getroot().xpath(f"//section[@lang='{lang}']")

    assert [one for one in told if one not in section.text_content()] == []
