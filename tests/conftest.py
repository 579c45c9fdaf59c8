"""The whole book and the small one, each built once for all tests that look at it; and a browser, where there is one."""

import fcntl
import functools
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.projects import building, copied, small

USERS = os.environ.get("EVIDENCE_STORE", "")  # the store of whoever runs the tests, as a build finds it


@pytest.fixture(scope="session", autouse=True)
def store(request, tmp_path_factory) -> None:
    """What one test built, another takes from the store of this session; what is tried on builds that run each task is told so.

    The whole book alone is taken from the user's own store, where `make book` and earlier tests left what they made, and leaves there what it makes.
    Of several processes the first begins it, so that it is there when the tests that look at it come, which are the last.
    """
    worker, top = os.environ.get("PYTEST_XDIST_WORKER"), tmp_path_factory.getbasetemp()
    os.environ["EVIDENCE_STORE"] = str((top.parent if worker else top) / "store")
    if worker == "gw0" and any("book" in getattr(item, "fixturenames", ()) for item in request.session.items):
        begun = _Shared(tmp_path_factory, "book").begun(copied, EVIDENCE_STORE=USERS)
        threading.Thread(target=begun, daemon=True).start()


@pytest.fixture(scope="session")
def book(tmp_path_factory) -> Path:
    """A copy of the project with its book built."""
    return _Shared(tmp_path_factory, "book").made(copied, EVIDENCE_STORE=USERS)


@pytest.fixture(scope="session")
def small_book(tmp_path_factory) -> Path:
    """The small book, built: its three editions; a test that changes it takes `changing`."""
    return _Shared(tmp_path_factory, "small").made(small)


@pytest.fixture
def changing(small_book, tmp_path) -> Path:
    """A copy of the small book as it was built, to change and build again."""
    return Path(shutil.copytree(small_book, tmp_path / "project", symlinks=True))


class _Shared:
    """The project of this name, built by the first process of the tests that asks for it; the others wait for it."""

    def __init__(self, factory: pytest.TempPathFactory, name: str) -> None:
        top = factory.getbasetemp()
        top = top.parent if os.environ.get("PYTEST_XDIST_WORKER") else top
        self._project, self._built, self._lock = top / name, top / f"{name}.built", top / f"{name}.lock"

    def made(self, make: Callable[[Path], Path], **environment: str) -> Path:
        """The project, built."""
        self.begun(make, **environment)()
        return self._project

    def begun(self, make: Callable[[Path], Path], **environment: str) -> Callable[[], None]:
        """Begins to build it, with the environment as it is now; what is given waits until it is built, and asserts that nothing was refused."""
        lock = self._lock.open("w")
        fcntl.flock(lock, fcntl.LOCK_EX)
        if self._built.exists():
            return lock.close
        shutil.rmtree(self._project, ignore_errors=True)
        running = building(make(self._project), **environment)

        def done() -> None:
            with lock:
                _, said = running.communicate()
                assert running.returncode == 0, said
                self._built.touch()

        return done


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium; with CI=true a missing browser is a failure, elsewhere the test says why it is skipped."""
    named = os.environ.get("EVIDENCE_CHROMIUM")
    found = named or next((path for path in map(shutil.which, ("chromium", "google-chrome", "chromium-browser")) if path), "")
    if not found:
        reason = "no browser: install chromium or google-chrome, or set EVIDENCE_CHROMIUM"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return found


@pytest.fixture(scope="module")
def browser(chromium) -> Iterator[Browser]:
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def served(site) -> Iterator[str]:
    """Address at which the module's site is served over HTTP."""
    yield from serving(site)


def serving(site: Path, **headers: str) -> Iterator[str]:
    """Serves the site over HTTP, each file with these headers, and gives its address."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            super().end_headers()

        def log_message(self, *_: object) -> None:
            pass

    yield from answering(functools.partial(Handler, directory=str(site)))


def answering(handler: Callable[..., http.server.BaseHTTPRequestHandler]) -> Iterator[str]:
    """A host on this machine that answers so, and its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are cores where books are built and browsers asked: who waits for either leaves a core to another."""
    return (os.cpu_count() or 2) + ("not build" not in config.option.markexpr)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for a built book or a browser is marked as such, so that `make check` leaves it out.

    What looks at the whole book comes last, when it is there, and what looks at the small one after what needs neither.
    """
    needs = {"book": "build", "small_book": "build", "chromium": "browser"}
    for item in items:
        for mark in {needs[name] for name in getattr(item, "fixturenames", ()) if name in needs}:
            item.add_marker(mark)
    items.sort(key=lambda item: [name in getattr(item, "fixturenames", ()) for name in ("book", "small_book")])
