"""Text that would like to be a program stays text: on pages, in drawings, in search results, on the pages outside the book, in both languages."""

import csv
import re
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import sync_playwright

from evidence.tables import package
from evidence.words import LANGUAGES
from tests.citing.test_citations import PAYLOADS
from tests.projects import CORRECTED, FIRST, SECOND, called, evidence, rows, small, write

pytestmark = [pytest.mark.browser, pytest.mark.build]


def alone(project: Path) -> Path:
    """The small book with its last edition only, which goes back to none."""
    small(project)
    for name in (FIRST, CORRECTED):
        shutil.rmtree(project / "data" / name)
    (project / "data" / "corrections.csv").unlink()
    (project / "data" / SECOND / "datapackage.json").write_text("{}", encoding="utf-8")
    evidence(project, "package", SECOND)
    return project


def poison(project: Path, table: str, text: str, *columns: str) -> None:
    """The text after the content of these columns, in the first row of the table."""
    path = project / "data" / SECOND / f"{table}.csv"
    first, *others = rows(path)
    write(path, [first | {column: f"{first[column]} {text}".strip() for column in columns}, *others])


def test_what_runs_in_a_spreadsheet_or_cannot_be_seen_is_refused_and_nothing_else(tmp_path):
    project = small(tmp_path / "project")
    table = project / "data" / SECOND / "glossary.csv"
    with table.open(encoding="utf-8", newline="") as stream:
        header, first, *rest = list(csv.reader(stream))
    terms = [[f"term-{number}", payload, *first[2:]] for number, payload in enumerate(PAYLOADS)]
    with table.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *terms, first, *rest])
    package.write(project / "data" / SECOND)

    done = called(project, "check", SECOND, EVIDENCE_LANG="en")

    refused = {int(line) for line in re.findall(rf"data/{SECOND}/glossary.csv:(\d+)", done.stderr)}
    hidden = {line for line, payload in enumerate(PAYLOADS, start=2) if "\u202e" in payload or payload.startswith(("=", "@", "-"))}
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert refused == hidden


def test_nothing_that_a_table_holds_runs_on_any_page(chromium, tmp_path):
    text = " ".join(payload for payload in PAYLOADS if "\u202e" not in payload and not payload.startswith(("=", "@")))
    project = alone(tmp_path / "project")
    for table, columns in {
        "funders": ("name_ja", "name_en", "abbreviation_ja", "abbreviation_en"), "glossary": ("term_ja", "term_en", "definition_ja", "definition_en"),
        "sources": ("title_ja", "title_en", "publisher_ja", "publisher_en", "address"),
    }.items():  # fmt: skip
        poison(project, table, text, *columns)
    # In the words of an exhibit, braces stand for values.
    words = re.sub(r"\{[a-z0-9]+\}", "", text)
    poison(project, "exhibits", words, *(f"{part}_{lang}" for part in ("title", "subtitle", "notes", "alt") for lang in LANGUAGES))
    evidence(project, "package", SECOND)

    done = evidence(project, "build", EVIDENCE_LANG="en")

    assert done.returncode == 0, done.stderr
    site = project / "_build" / "html"
    looked = [path for path in site.rglob("*.html") if path.parent.name not in LANGUAGES or path.name != "index.html"]  # which leads on
    seen = []
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("dialog", lambda dialog: seen.append(("dialog", dialog.message)))
        for lang in LANGUAGES:
            page.goto(f"{(site / SECOND / lang).as_uri()}/search.html?q={quote('onerror')}")
            page.wait_for_timeout(2000)
            seen += [("search", lang)] if page.evaluate("window.ran") else []
            for payload in PAYLOADS:  # in the question itself, and behind the address
                page.goto(f"{(site / SECOND / lang).as_uri()}/search.html?q={quote(payload)}&highlight={quote(payload)}#{quote(payload)}")
                page.wait_for_timeout(100)
                seen += [("question", payload)] if page.evaluate("window.ran || document.querySelector('img[src=x]') !== null") else []
        for path in looked:
            page.goto(path.as_uri())
            page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
            if page.evaluate("window.ran || document.querySelector('img[src=x], a[href^=\"javascript:\"], svg[onload]') !== null"):
                seen.append(("page", path.relative_to(site).as_posix()))
        page.goto((site / SECOND / "en" / "glossary.html").as_uri())
        shown = page.locator("table").first.inner_text()
        browser.close()

    assert seen == []
    assert len(looked) > 30
    assert "<img src=x onerror=window.ran=1>" in shown and "{eval}`1+1`" in shown
