"""What can be decided without a kernel is decided by the check: each edition that could not be built is refused at its place."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from evidence import disk
from evidence.book import contents, staging
from evidence.build import checks
from evidence.curation import succession
from evidence.runs import execution, promises, selection
from evidence.tables import package
from evidence.tables.edition import Edition
from tests import projects
from tests.projects import rows

PROJECT = Path(__file__).parents[2]
EDITION, LATER = "2026-11", "2027-03"


@pytest.fixture
def project(tmp_path) -> Path:
    """A copy of what an edition is made from."""
    for part in ("data", "book", "notebooks"):
        shutil.copytree(PROJECT / part, tmp_path / part)
    for part in ("_toc.yml", "_config.yml", "requirements.lock"):
        shutil.copy(PROJECT / part, tmp_path)
    return tmp_path


def told(project: Path, edition: str = EDITION) -> list[tuple[str, str, str]]:
    return [(problem.code, str(problem.place), problem.found) for problem in checks.check(project, edition)]


def table(project: Path, name: str, edition: str = EDITION) -> Path:
    return project / "data" / edition / f"{name}.csv"


def write(path: Path, rows: list[dict[str, str]]) -> None:
    projects.write(path, rows)
    package.write(path.parent)


def change(path: Path, by: Callable[[list[dict[str, str]]], object]) -> None:
    found = rows(path)
    by(found)
    write(path, found)


def place(path: Path, id: str) -> str:
    """File and line of the row of this id, which in these tables has no line end in a cell."""
    return f"data/{path.parent.name}/{path.name}:{next(n for n, row in enumerate(rows(path), start=2) if row['id'] == id)}"


def line(path: Path, text: str) -> int:
    return next(number for number, one in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1) if text in one)


def unit_without_words(project):
    measures = table(project, "measures")
    change(measures, lambda found: found.append(found[0] | {"id": "price-level", "name_ja": "物価", "name_en": "prices", "unit": "pps-m"}))
    return [("E299", f"{place(measures, 'price-level')}:unit")]


def row_of_an_exhibit_removed(project):
    change(table(project, "exhibits"), lambda found: found.remove(next(row for row in found if row["id"] == "satreps-reach")))
    pages = [project / "book" / lang / "japan_funds.md" for lang in ("ja", "en")]
    shown = [("E416", f"{EDITION} book/{page.parent.name}/japan_funds.md:{line(page, 'satreps-reach')}") for page in pages]
    cells = nbformat.read(project / "notebooks" / "japan_funds.ipynb", as_version=4).cells
    number = next(number for number, one in enumerate(cells, start=1) if "satreps-reach" in one.source)
    return [("E324", f"{EDITION} notebooks/japan_funds.ipynb:cell {number}"), *shown]


def unknown_value_in_a_title(project):
    exhibits = table(project, "exhibits")
    change(exhibits, lambda found: next(row for row in found if row["id"] == "tier-diagram").update(title_en="{no-such-value} tiers"))
    return [("E315", f"{place(exhibits, 'tier-diagram')}:title_en")]


def unknown_value_on_a_page(project):
    page = project / "book" / "en" / "ledger.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nIn all {value}`claim-cuont`.\n", encoding="utf-8")
    return [("E416", f"{EDITION} book/en/ledger.md:{line(page, 'claim-cuont')}")]


def unknown_heading_on_a_page(project):
    page = project / "book" / "en" / "ledger.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nSee [it](#japan-funds-gap).\n", encoding="utf-8")
    return [("E416", f"{EDITION} book/en/ledger.md:{line(page, 'funds-gap')}")]


def label_of_a_heading_on_two_pages(project):
    page = project / "book" / "en" / "ledger.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n(trends-care)=\n## With care\n", encoding="utf-8")
    return [("E423", f"{EDITION} book/en/ledger.md:{line(page, '(trends-care)=')}")]  # the page that comes later


def finding_that_no_exhibit_tests(project):
    page = project / "book" / "en" / "trends.md"
    page.write_text(page.read_text(encoding="utf-8").replace("(trends-care)=", "None of them fell.\n\n(trends-care)="), encoding="utf-8")
    return [("E417", f"{EDITION} book/en/trends.md:{line(page, 'None of them')}")]


def finding_that_quotes_an_exhibit_without_a_test(project):
    page = project / "book" / "en" / "trends.md"
    stated = "None of them fell ({exhibit}`what-if-budget`).\n\n(trends-care)="
    page.write_text(page.read_text(encoding="utf-8").replace("(trends-care)=", stated), encoding="utf-8")
    return [("E417", f"{EDITION} book/en/trends.md:{line(page, 'None of them')}")]


def title_that_no_test_holds(project):
    exhibits = table(project, "exhibits")
    change(exhibits, lambda found: next(row for row in found if row["id"] == "what-if-budget").update(title_ja="最も多い"))
    return [("E419", f"{place(exhibits, 'what-if-budget')}:title_ja")]


def silence_that_nothing_counts(project):
    page = project / "book" / "en" / "trends.md"
    silence = "The briefing gives no amount for {value}`nih-annual`.\n\n(trends-care)="
    page.write_text(page.read_text(encoding="utf-8").replace("(trends-care)=", silence), encoding="utf-8")
    return [("E417", f"{EDITION} book/en/trends.md:{line(page, 'gives no amount')}")]


def rule_that_quotes_a_number(project):
    page = project / "book" / "en" / "trends.md"
    rule = "% rule\nOnly {value}`nih-annual` fell.\n\n(trends-care)="
    page.write_text(page.read_text(encoding="utf-8").replace("(trends-care)=", rule), encoding="utf-8")
    return [("E425", f"{EDITION} book/en/trends.md:{line(page, 'fell')}")]


def column_of_no_kind_and_one_without_words(project):
    register = project / "data" / "schema" / "columns.csv"
    change(register, lambda found: (found[0].update(kind="colour"), found[1].update(kind="")))
    return [("E245", f"{EDITION} data/schema/columns.csv:2:kind"), ("E244", f"{EDITION} data/schema/columns.csv:3:kind")]


def unit_of_a_column_without_words(project):
    register = project / "data" / "schema" / "columns.csv"
    change(register, lambda found: found[0].update(unit="furlongs"))
    return [("E299", f"{EDITION} data/schema/columns.csv:2:unit")]


def settings_that_are_no_yaml(project):
    (project / "_config.yml").write_text("title: [", encoding="utf-8")
    return [("E422", f"{EDITION} _config.yml:1")]


def settings_that_are_not_utf_8(project):
    (project / "_config.yml").write_bytes(b"title: \xff")
    return [("E293", f"{EDITION} _config.yml:1")]


def schema_that_is_no_json(project):
    (project / "data" / "schema" / "claims.json").write_text("{", encoding="utf-8")
    return [("E294", f"{EDITION} data/schema/claims.json:1")]


def register_of_columns_that_is_not_utf_8(project):
    (project / "data" / "schema" / "columns.csv").write_bytes(b"name,kind\n\xff")
    return [("E223", f"{EDITION} data/schema/columns.csv:2")]


def fact_under_two_ids(project):
    observations = table(project, "observations")
    change(observations, lambda found: found.append(next(row for row in found if row["id"] == "eu-fp4-budget") | {"id": "eu-fp4-again"}))
    return [("E249", f"{place(observations, 'eu-fp4-again')}:entity")]


def year_without_its_index(project):
    observations = table(project, "observations")
    old = next(row for row in rows(observations) if row["measure"] == "partner-articles")
    change(observations, lambda found: found.append(old | {"id": "partner-articles-2027", "period": "2027"}))
    return [("E257", f"{place(observations, 'partner-articles-2027')}:measure")]


def key_not_called_id(project):
    """Such a table is as good as any: what changed in it is listed (tests/analysis/test_changes.py)."""
    schema = {"title": "国 / Countries", "fields": [{"name": "code", "type": "string"}, {"name": "year", "type": "year"}], "primaryKey": ["code"]}
    (project / "data" / "schema" / "countries.json").write_text(json.dumps(schema), encoding="utf-8")
    write(table(project, "countries"), [{"code": "jp", "year": "2026"}])
    return []


def value_without_a_period(project):
    values = table(project, "values")
    change(values, lambda found: next(row for row in found if row["id"] == "sicorp-amount").update(undated=""))
    return [("E351", f"{place(values, 'sicorp-amount')}:undated")]


def value_with_a_period_and_a_reason_why_not(project):
    values = table(project, "values")
    change(values, lambda found: next(row for row in found if row["id"] == "satreps-request-fy2020").update(undated="unstated"))
    return [("E351", f"{place(values, 'satreps-request-fy2020')}:undated")]


def chapter_of_a_later_edition(project):
    later(project)
    add_chapter(project)
    return []


CASES = (
    unit_without_words, row_of_an_exhibit_removed, unknown_value_in_a_title, unknown_value_on_a_page, unknown_heading_on_a_page,
    label_of_a_heading_on_two_pages,
    fact_under_two_ids,
    finding_that_no_exhibit_tests, finding_that_quotes_an_exhibit_without_a_test, title_that_no_test_holds,
    silence_that_nothing_counts, rule_that_quotes_a_number, column_of_no_kind_and_one_without_words,
    unit_of_a_column_without_words, settings_that_are_no_yaml, settings_that_are_not_utf_8,
    schema_that_is_no_json, register_of_columns_that_is_not_utf_8,
    value_without_a_period, value_with_a_period_and_a_reason_why_not, year_without_its_index, key_not_called_id, chapter_of_a_later_edition,
)  # fmt: skip


@pytest.mark.parametrize("made", CASES, ids=lambda made: made.__name__)
def test_an_edition_that_cannot_be_built_is_refused_at_its_place(project, made):
    expected = made(project)

    assert [(code, where) for code, where, _ in told(project)] == expected


def test_the_nearest_value_is_named(project):
    unknown_value_on_a_page(project)

    assert [found for _, _, found in told(project)] == ["claim-cuont → claim-count"]


@pytest.mark.parametrize("edition", ["2019-09", EDITION])
def test_the_editions_there_are_pass(edition):
    assert told(PROJECT, edition) == []


def later(project: Path) -> None:
    succession.begin(project / "data", LATER, EDITION)


def cell(kind: str, id: str, source: str) -> nbformat.NotebookNode:
    make = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
    return make(source, id=id)


def add_chapter(project: Path) -> None:
    """A chapter as CONTRIBUTING says, listed by the later edition only."""
    whole = nbformat.read(project / "notebooks" / "glossary.ipynb", as_version=4)
    text = nbformat.writes(whole).replace("glossary-terms", "extra-terms").replace("term-count", "extra-count")
    text = text.replace('Chapter(\\"glossary\\"', 'Chapter(\\"extra\\"')
    (project / "notebooks" / "extra.ipynb").write_text(text, encoding="utf-8")
    for lang in ("ja", "en"):
        (project / "book" / lang / "extra.md").write_text("# 追加 / Extra\n\n```{exhibit} extra-terms\n```\n", encoding="utf-8")
    toc = project / "_toc.yml"
    told = "      - file: glossary\n"
    toc.write_text(toc.read_text(encoding="utf-8").replace(told, f"{told}      - file: extra\n"), encoding="utf-8")
    add_row(project, "extra-terms", "extra", "table")
    value = {"id": "extra-count", "name_ja": "追加の数", "name_en": "extra count"}
    change(table(project, "values", LATER), lambda found: found.append(found[0] | value))


def test_a_chapter_that_only_a_later_edition_lists_is_no_page_of_the_earlier(project):
    before = contents.pages(project, Edition(project / "data" / EDITION))
    chapter_of_a_later_edition(project)

    assert contents.pages(project, Edition(project / "data" / EDITION)) == before


def add_row(project: Path, id: str, chapter: str, kind: str) -> None:
    new = {"id": id, "chapter": chapter, "kind": kind, "subtitle_ja": "", "subtitle_en": "", "title_ja": id, "title_en": id}
    change(table(project, "exhibits", LATER), lambda found: found.append(found[-1] | new))


def test_a_later_edition_has_the_chapter_and_needs_no_word_of_the_code_for_it(project):
    later(project)
    add_chapter(project)

    assert told(project, LATER) == []
    assert "extra" in {page.name for page in contents.pages(project, Edition(project / "data" / LATER))}


def add_exhibit(project: Path, wrapped: bool = True) -> None:
    """An exhibit more in a chapter that both editions have, listed by the later one only."""
    later(project)
    path = project / "notebooks" / "observations.ipynb"
    notebook = nbformat.read(path, as_version=4)
    code = 'desk.table("observations-again", again)'
    notebook.cells += [
        cell("markdown", "again-heading", "## もう一度 / Again"), cell("code", "again-rows", "again = evidence.observations.head()"),
        cell("code", "again", code),
    ]  # fmt: skip
    nbformat.write(notebook, path)
    for lang in ("ja", "en"):
        page = project / "book" / lang / "observations.md"
        block = "```{exhibit} observations-again\n```\n"
        page.write_text(page.read_text(encoding="utf-8") + (f"\n% with observations-again\n{block}% end\n" if wrapped else block), encoding="utf-8")
    add_row(project, "observations-again", "observations", "table")


def of_the_edition(project: Path, name: str) -> tuple[list[str], list[str], list[str]]:
    """What the run and the page of one chapter are made from: its cells, what it promises, its prose."""
    edition = Edition(project / "data" / name)
    pages = contents.pages(project, edition)
    run = next(run for run in contents.runs(project, edition, "ja", pages, Path("work", name, "ja")) if run.name == "observations")
    prose = (project / "book" / "ja" / "observations.md").read_text(encoding="utf-8")
    ids = {id for other in contents.runs(project, edition, "ja", pages, Path("w", name, "ja")) for id in promises.exhibits(other)}
    return [one.source for one in selection.cells(run.notebook, run.listed)], promises.promised(run), [staging.kept(prose, ids).rstrip()]


def test_an_exhibit_more_in_a_later_edition_leaves_the_earlier_one_as_it_was(project):
    before = of_the_edition(project, EDITION)
    add_exhibit(project)

    assert of_the_edition(project, EDITION) == before
    assert "observations-again.json" in of_the_edition(project, LATER)[1]
    assert told(project) == told(project, LATER) == []


def test_a_run_of_the_earlier_edition_leaves_the_same_bytes(project, tmp_path):
    def left(to: str) -> dict[str, bytes]:
        own = contents.listed(Edition(PROJECT / "data" / EDITION), "observations")
        notebook = project / "notebooks" / "observations.ipynb"
        made = execution.execute(promises.Run(notebook, EDITION, "ja", tmp_path / to, listed=own), PROJECT)
        return {path.name: path.read_bytes().replace(to.encode(), b"") for path in sorted(made.parent.iterdir())}

    before = left("run-before")
    add_exhibit(project)

    assert left("run-after") == before


def test_a_page_that_shows_what_only_a_later_edition_lists_is_refused(project):
    add_exhibit(project, wrapped=False)

    assert {(code, found.partition(" ")[0]) for code, _, found in told(project)} == {("E416", "observations-again")}
    assert told(project, LATER) == []


def edit(project: Path, name: str, old: str, new: str) -> None:
    path = project / "notebooks" / f"{name}.ipynb"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_row_that_no_notebook_shows_is_refused_with_the_nearest(project):
    exhibits = table(project, "exhibits")
    change(exhibits, lambda found: found.append(found[0] | {"id": "source-register", "chapter": "sources", "kind": "table"}))

    found = [("E259", f"{place(exhibits, 'source-register')}:id", "source-register → sources-register (notebooks/sources.ipynb)")]
    assert told(project) == found


def test_a_row_of_a_chapter_that_there_is_not_is_refused(project):
    exhibits = table(project, "exhibits")
    change(exhibits, lambda found: found.append(found[0] | {"id": "new", "chapter": "trend"}))

    assert ("E259", f"{place(exhibits, 'new')}:chapter", "trend → trends (notebooks/trend.ipynb)") in told(project)


def test_another_kind_than_the_notebook_shows_is_refused(project):
    exhibits = table(project, "exhibits")
    change(exhibits, lambda found: next(row for row in found if row["id"] == "tier-diagram").update(kind="table"))

    assert told(project) == [("E259", f"{place(exhibits, 'tier-diagram')}:kind", "table → figure (notebooks/tiers.ipynb)")]


@pytest.mark.parametrize(
    ("name", "old", "new", "found"),
    [
        ("overview", 'desk.claim(\\"sicorp-projects\\")', 'desk.claim(\\"sicorp-project\\")', "sicorp-project → sicorp-projects (claims.csv)"),
        ("trends", 'formula=\\"annual\\"', 'formula=\\"anual\\"', "anual → annual (words.csv)"),
        ("sources", "sources-register", "sources-list", "sources-list → sources-register (exhibits.csv)"),
    ],
)
def test_a_name_in_a_notebook_that_is_not_there_is_refused_with_the_nearest(project, name, old, new, found):
    edit(project, name, old, new)

    assert [(where.partition(":")[0], what) for code, where, what in told(project) if code == "E324"] == [
        (f"{EDITION} notebooks/{name}.ipynb", found)
    ]


def test_a_cell_that_mixes_editions_is_refused(project):
    add_exhibit(project)
    old = 'desk.value(\\"observation-count\\"'
    edit(project, "observations", old, f'desk.table(\\"observations-again\\", again)\\n{old}')

    assert {(code, found) for code, _, found in told(project)} == {("E325", "observations-again (observation-count)")}


def test_an_exhibit_that_no_page_shows_is_refused(project):
    page = project / "book" / "ja" / "sources.md"
    page.write_text(page.read_text(encoding="utf-8").replace("```{exhibit} sources-register\n```", ""), encoding="utf-8")

    assert told(project) == [("E413", f"{EDITION} book/ja/sources.md", "sources-register")]


@pytest.mark.parametrize(
    ("added", "found"),
    [
        ("[there](extra.md)", "extra"),
        ("```{citation} tier-diagrm text\n```", "tier-diagrm → tier-diagram"),
        ("% with trend\nx\n% end", "% with trend → trends"),
        ("% with trends\nx", "% with trends"),
        ("% end", "% end"),
    ],
)
def test_what_a_page_names_and_the_edition_has_not_is_refused(project, added, found):
    page = project / "book" / "en" / "glossary.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\n{added}\n", encoding="utf-8")

    assert ("E416", f"{EDITION} book/en/glossary.md:{line(page, added.splitlines()[0])}", found) in told(project)


PINNED = f"a==1.0 \\\n    --hash=sha256:{'0' * 64}\n"
LOCKS = {
    "empty": ("", "E2124", 1),
    "no hash": ("a==1.0\n", "E2124", 1),
    "one without": (f"{PINNED}b==2.0\n", "E2124", 3),
    "half a hash": (PINNED[:-9], "E2124", 1),
    "no pin": (PINNED.replace("==1.0", ">=1.0"), "E2124", 1),
    "an option": (f"--extra-index-url https://x.example\n{PINNED}", "E2124", 1),
    "another file": (f"{PINNED}-r other.txt\n", "E2124", 3),
    "cut short": (f"{PINNED}b==2.0 \\\n", "E2124", 3),
    "only remarks": ("# nothing\n", "E2124", 1),
    "no text": (b"\0\xff\xfe", "E293", 1),
}


@pytest.mark.parametrize("what", LOCKS)
def test_a_lock_that_pins_nothing_by_hash_is_refused_before_it_is_sealed(tmp_path, what):
    content, code, line = LOCKS[what]
    (tmp_path / "requirements.lock").write_bytes(content if isinstance(content, bytes) else content.encode())

    assert [(problem.code, problem.place.line) for problem in checks._lock(tmp_path)] == [(code, line)]


@pytest.mark.parametrize("part", ["_config.yml", "_toc.yml", "requirements.lock", "book", "notebooks"])
def test_what_stands_in_the_folder_of_the_project_is_no_link_to_elsewhere(project, part, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / part
    shutil.move(project / part, elsewhere)
    (project / part).symlink_to(elsewhere)

    assert ("E2120", f"{EDITION} {part}", str(elsewhere)) in told(project)


NO_FILES = {
    "nothing": lambda path: None, "a folder": Path.mkdir, "a pipe": os.mkfifo, "a link to nothing": lambda path: path.symlink_to("nowhere"),
}  # fmt: skip


@pytest.mark.parametrize("make", NO_FILES.values(), ids=NO_FILES)
def test_a_lock_that_is_no_file_is_refused(tmp_path, make):
    """An edition whose lock is not told could not be made anew."""
    make(tmp_path / "requirements.lock")

    assert [problem.code for problem in checks._lock(tmp_path)] == ["E292"]


def test_a_lock_with_remarks_and_markers_and_that_of_the_project_are_locks(tmp_path):
    lock = tmp_path / "requirements.lock"
    for content in (f"# of the book\n\n{PINNED}b==2.0 ; python_version < '3.12' \\\n    --hash=sha512:{'0' * 128}\n", disk.text(PROJECT / lock.name)):
        lock.write_text(content, encoding="utf-8")
        assert checks._lock(tmp_path) == []


def test_the_check_of_an_edition_asks_for_its_lock(project):
    (project / "requirements.lock").write_bytes(b"")

    assert told(project) == [("E2124", f"{EDITION} requirements.lock:1", "")]


def test_what_was_not_found_is_refused_where_it_stands_once_the_observations_have_it(project):
    gaps = table(project, "gaps")
    gap = next(row for row in rows(gaps) if row["id"] == "satreps-applications")
    told_now = {"id": "found", "measure": gap["measure"], "period": "FY2020"}
    change(table(project, "observations"), lambda all: all.append(next(row for row in all if row["id"] == "satreps-adopted-fy2008") | told_now))

    assert ("E2141", place(gaps, "satreps-applications"), "satreps-applications: found") in told(project)
