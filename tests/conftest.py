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

from tests.projects import copied, evidence, small

USERS = os.environ.get("EVIDENCE_STORE", "")  # the store of whoever runs the tests, as a build finds it


@pytest.fixture(scope="session", autouse=True)
def store(tmp_path_factory) -> None:
    """What one test built, another takes from the store of this session; what is tried on builds that run each task is told so.

    The whole book alone is taken from the user's own store, where `make book` and earlier tests left what they made, and leaves there what it makes.
    """
    top = tmp_path_factory.getbasetemp()
    os.environ["EVIDENCE_STORE"] = str((top.parent if os.environ.get("PYTEST_XDIST_WORKER") else top) / "store")


@pytest.fixture(scope="session")
def book(tmp_path_factory) -> Path:
    """A copy of the project with its book built."""
    return _shared(tmp_path_factory, "book", copied, EVIDENCE_STORE=USERS)


@pytest.fixture(scope="session")
def small_book(tmp_path_factory) -> Path:
    """The small book, built: its three editions; a test that changes it takes `changing`."""
    return _shared(tmp_path_factory, "small", small)


@pytest.fixture
def changing(small_book, tmp_path) -> Path:
    """A copy of the small book as it was built, to change and build again."""
    return Path(shutil.copytree(small_book, tmp_path / "project", symlinks=True))


def _shared(factory: pytest.TempPathFactory, name: str, made: Callable[[Path], Path], **environment: str) -> Path:
    """The project of this name, built by the first process of the tests that asks for it; the others wait for it."""
    top = factory.getbasetemp()
    top = top.parent if os.environ.get("PYTEST_XDIST_WORKER") else top
    project, built = top / name, top / f"{name}.built"
    with (top / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            shutil.rmtree(project, ignore_errors=True)
            done = evidence(made(project), "build", **environment)
            assert done.returncode == 0, done.stderr
            built.touch()
    return project


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

    What looks at the whole book comes last, when it is there.
    """
    needs = {"book": "build", "small_book": "build", "chromium": "browser"}
    for item in items:
        for mark in {needs[name] for name in getattr(item, "fixturenames", ()) if name in needs}:
            item.add_marker(mark)
    items.sort(key=lambda item: "book" in getattr(item, "fixturenames", ()))
