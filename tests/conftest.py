"""The book, built once for all tests that look at it; and a browser, where there is one."""

import os
import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def book(tmp_path_factory) -> Path:
    """A copy of the project with its book built."""
    from tests.build.test_pipeline import copied, evidence

    project = copied(tmp_path_factory.mktemp("book") / "project")
    done = evidence(project, "build")
    assert done.returncode == 0, done.stderr
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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for a built book or a browser is marked as such, so that `make check` leaves it out."""
    needs = {"book": "build", "small_book": "build", "chromium": "browser"}
    for item in items:
        for mark in {needs[name] for name in getattr(item, "fixturenames", ()) if name in needs}:
            item.add_marker(mark)
