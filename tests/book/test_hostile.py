"""Text that would like to be a program stays text: on pages, in drawings, in search results, on the pages outside the book, in both languages."""

import csv
import re
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import sync_playwright

from evidence.book import staging
from evidence.words import LANGUAGES
from tests.build.test_pipeline import copied, evidence
from tests.citing.test_citations import PAYLOADS

EDITION, PAGES = "2019-09", ("overview", "trends", "sources", "glossary")
pytestmark = [pytest.mark.browser, pytest.mark.build]
TOC = "format: jb-book\nroot: overview\nparts:\n  - caption: toc.evidence\n    chapters:\n"


def small(project: Path) -> Path:
    """A project with one edition, four chapters and no prose of its own beside the exhibits and values."""
    copied(project)
    shutil.rmtree(project / "data" / "2026-11")
    (project / "_toc.yml").write_text(TOC + "".join(f"      - file: {name}\n" for name in (*PAGES[1:], "values")), encoding="utf-8")
    for lang in LANGUAGES:
        for name in PAGES:
            path = project / "book" / lang / f"{name}.md"
            text = staging.kept(path.read_text(encoding="utf-8"), set(PAGES))
            told = re.findall(r"```\{exhibit\} [a-z0-9-]+\n```" + (r"|\{value\}`[a-z0-9-]+`" if name == "trends" else ""), text)
            path.write_text(f"# {name}\n\n" + "\n\n".join(told) + "\n", encoding="utf-8")
        (project / "book" / lang / "values.md").write_text("# values\n\n```{values}\n```\n", encoding="utf-8")
    return project


def poison(project: Path, table: str, text: str, *columns: str) -> None:
    """The text after the content of these columns, in the first row of the table."""
    path = project / "data" / EDITION / f"{table}.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    rows[0] |= {column: f"{rows[0][column]} {text}".strip() for column in columns}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_runs_in_a_spreadsheet_or_cannot_be_seen_is_refused_and_nothing_else(payload, tmp_path):
    project = copied(tmp_path / "project")
    with (project / "data" / EDITION / "glossary.csv").open(encoding="utf-8", newline="") as stream:
        header, first, *rest = list(csv.reader(stream))
    with (project / "data" / EDITION / "glossary.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, [first[0], payload, *first[2:]], *rest])
    evidence(project, "package", EDITION)

    done = evidence(project, "check", EDITION, EVIDENCE_LANG="en")

    assert "Traceback" not in done.stderr
    hidden = "\u202e" in payload or payload.startswith(("=", "@", "-"))
    assert done.returncode == (2 if hidden else 0), done.stderr
    assert not hidden or f"data/{EDITION}/glossary.csv:2" in done.stderr


def test_nothing_that_a_table_holds_runs_on_any_page(chromium, tmp_path):
    text = " ".join(payload for payload in PAYLOADS if "\u202e" not in payload and not payload.startswith(("=", "@")))
    project = small(tmp_path / "project")
    for table, columns in {
        "funders": ("name_ja", "name_en", "abbreviation"), "glossary": ("term_ja", "term_en", "definition_ja", "definition_en"),
        "sources": ("title_ja", "title_en", "publisher_ja", "publisher_en", "address"),
    }.items():  # fmt: skip
        poison(project, table, text, *columns)
    # In the words of an exhibit, braces stand for values.
    words = re.sub(r"\{[a-z0-9]+\}", "", text)
    poison(project, "exhibits", words, *(f"{part}_{lang}" for part in ("title", "subtitle", "notes", "alt") for lang in LANGUAGES))
    evidence(project, "package", EDITION)

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
            page.goto(f"{(site / EDITION / lang).as_uri()}/search.html?q={quote('onerror')}")
            page.wait_for_timeout(2000)
            seen += [("search", lang)] if page.evaluate("window.ran") else []
        for path in looked:
            page.goto(path.as_uri())
            page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
            if page.evaluate("window.ran || document.querySelector('img[src=x], a[href^=\"javascript:\"], svg[onload]') !== null"):
                seen.append(("page", path.relative_to(site).as_posix()))
        page.goto((site / EDITION / "en" / "glossary.html").as_uri())
        shown = page.locator("table").first.inner_text()
        browser.close()

    assert seen == []
    assert len(looked) > 30
    assert "<img src=x onerror=window.ran=1>" in shown and "{eval}`1+1`" in shown
