"""The page "What changed" of one edition in which everything changes once: each change is called by its name, in both languages."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pandas as pd
import pytest

from evidence import words
from evidence.curation import succession
from evidence.exhibits import printed
from evidence.tables import package
from tests.projects import PROJECT, SECOND, small

EDITION = "2022-03"
# What is changed, the row it stands in on the page, and the cause it has there; a row without a cause is not on the page.
KINDS: dict[str, tuple[str, str]] = {
    "a number that a newer document revised": ("northland-total-2015", "revised"),
    "a number that the import says was wrong": ("southland-total-2015", "correction"),
    "a number that is counted otherwise, the import says": ("southland-international-2015", "method"),
    "a number, and nothing says why": ("southland-total-2016", "unstated"),
    "a preliminary number that became the final one": ("northland-total-2018", "revised"),
    "the same amount in another unit": ("north-budget", "unit"),
    "the same number read in another document": ("northland-international-2015", "other-source"),
    "a renamed row": ("northland-articles-2016", "renamed"),
    "another period under the same id": ("southland-international-2018", "other-fact"),
    "a row that is gone": ("northland-international-2017", "withdrawn"),
    "a number written otherwise": ("northland-total-2017", ""),
    "a row moved": ("southland-total-2017", ""),
}
SERIES = {"a further period of a series": ("new-period", {"ja": "北国／国際共著論文数", "en": "Northland; internationally co-authored articles"})}
TABLES = {"another series": ("observations", "new-evidence"), "our own words": ("claims", "wording"), "a title": ("exhibits", "wording")}


def rows(folder: Path, table: str, change: Callable[[dict[str, dict[str, str]]], None]) -> None:
    """Changes the rows of a table, which are handed over by their ids."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        known = {row["id"]: row for row in csv.DictReader(stream)}
    head = list(next(iter(known.values())))
    change(known)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, head, lineterminator="\n")
        writer.writeheader()
        writer.writerows(known.values())


def observed(known: dict[str, dict[str, str]]) -> None:
    known["northland-total-2015"].update(value="201", source="S01", locator="p. 1")
    known["southland-total-2015"].update(value="91")
    known["southland-international-2015"].update(value="17")
    known["southland-total-2016"].update(value="101")
    known["northland-total-2018"].update(status="actual", value="251")
    known["northland-international-2015"].update(source="S01", locator="p. 1")
    known["northland-total-2016"]["id"] = "northland-articles-2016"
    known["southland-international-2018"]["period"] = "2019"
    known["northland-total-2017"]["value"] = "240.0"
    known["x"] = known["northland-international-2017"] | {"id": "northland-international-2019", "period": "2019", "value": "99"}
    known["y"] = known["southland-total-2018"] | {"id": "southland-sent-2018", "measure": "partner-countries", "unit": "countries", "value": "5"}
    del known["northland-international-2017"]
    known["z"] = known.pop("southland-total-2017")


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """The small book with one more edition, in which everything changes once."""
    made = small(tmp_path_factory.mktemp("changes") / "project")
    old, new = made / "data" / SECOND, made / "data" / EDITION
    rows(old, "observations", lambda known: known["northland-total-2018"].update(status="preliminary"))
    rows(old, "measures", lambda known: known["budget"].update(unit="eur-m"))
    package.write(old)
    succession.begin(made / "data", EDITION, SECOND)
    rows(new, "observations", observed)
    rows(new, "measures", lambda known: known["budget"].update(unit="eur-bn"))
    rows(new, "claims", lambda known: known["north-budget"].update(value="1.25"))
    rows(new, "claims", lambda known: known["bridge-hope"].update(text_en="A grant helps once it is used."))
    rows(new, "exhibits", lambda known: known["growth-bars"].update(title_en="Budgets grew at different speeds"))
    stated = {"southland-total-2015": ("91", "correction"), "southland-international-2015": ("17", "method")}
    cells = [
        {"table": "observations", "row": row, "column": "value", "right": right, "cause": cause, "far": ""}
        for row, (right, cause) in stated.items()
    ]  # fmt: skip
    (new / "imports").mkdir(exist_ok=True)
    (new / "imports" / "articles.json").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    package.write(new)
    return made


class Shown:
    """Takes what a notebook shows, in place of the desk that keeps it."""

    def __init__(self, *_: object) -> None:
        self.tables: dict[str, pd.DataFrame] = {}

    def value(self, id: str, number: float, **_: object) -> None:
        self.tables[id] = pd.DataFrame([[number]])

    def figure(self, id: str, _chart: object, table: pd.DataFrame, **_: object) -> None:
        self.tables[id] = table

    def table(self, id: str, table: pd.DataFrame, **_: object) -> None:
        self.tables[id] = table


def run(project: Path, lang: str, made: str = "", made_before: str = "") -> dict[str, pd.DataFrame]:
    """What the notebook of the page shows for the edition in this language."""
    cells = json.loads((PROJECT / "notebooks" / "changes.ipynb").read_text(encoding="utf-8"))["cells"]
    known: dict[str, object] = {}
    with mock.patch("evidence.exhibits.desk.Chapter", Shown), mock.patch.dict("os.environ", {"EVIDENCE_ROOT": str(project)}):
        for cell in (cell for cell in cells if cell["cell_type"] == "code"):
            exec("".join(cell["source"]), known)  # it is our own
            if cell["id"] == "parameters":
                known |= {"edition": EDITION, "lang": lang, "made": made, "made_before": made_before}
    return known["desk"].tables  # type: ignore[attr-defined,no-any-return]


@pytest.fixture(scope="module", params=words.LANGUAGES)
def page(request, project) -> tuple[str, pd.DataFrame]:
    """The table of rows as a reader of one of the languages sees it."""
    return request.param, printed.seen(run(project, request.param)["changes-rows"], request.param)


def lines(page: tuple[str, pd.DataFrame]) -> Iterator[dict[str, str]]:
    for row in page[1].to_numpy().tolist():
        yield dict(zip(("table", "row", "column", "kind", "cause", "old", "new", "periods", "rows"), row, strict=True))


@pytest.mark.parametrize(("row", "cause"), KINDS.values(), ids=KINDS)
def test_a_row_stands_on_the_page_with_the_cause_that_is_its_own(page, row, cause):
    found = {line["cause"] for line in lines(page) if line["row"] == row}

    assert found == ({words.word(f"cause.{cause}", page[0])} if cause else set())


@pytest.mark.parametrize(("cause", "series"), SERIES.values(), ids=SERIES)
def test_a_further_period_stands_on_the_page_by_its_series(page, cause, series):
    assert words.word(f"cause.{cause}", page[0]) in [line["cause"] for line in lines(page) if line["row"] == series[page[0]]]


@pytest.mark.parametrize(("table", "cause"), TABLES.values(), ids=TABLES)
def test_what_is_told_by_table_has_its_cause(page, table, cause):
    title = json.loads((PROJECT / "data" / "schema" / f"{table}.json").read_text(encoding="utf-8"))["title"].split(" / ")

    assert words.word(f"cause.{cause}", page[0]) in [line["cause"] for line in lines(page) if line["table"] == title[words.LANGUAGES.index(page[0])]]


def test_the_page_names_columns_units_stages_and_periods_in_its_language(page):
    found = {(line["row"], line["column"]): (line["old"], line["new"]) for line in lines(page)}

    ja, en = {}, {}
    ja["northland-total-2018", "段階"], en["northland-total-2018", "Status"] = ("速報", "実績"), ("Preliminary", "Actual")
    ja["southland-international-2018", "期間"], en["southland-international-2018", "Period"] = ("2018年", "2019年"), ("2018", "2019")
    ja["budget", "単位の符号"], en["budget", "Unit code"] = ("百万ユーロ", "10億ユーロ"), ("EUR million", "EUR billion")
    ja["northland-international-2017", ""] = ("84本", "")
    en["northland-international-2017", ""] = ("84 articles", "")
    assert ({"ja": ja, "en": en}[page[0]].items() - found.items()) == set()


def values(folder: Path, *told: tuple[str, float, str, str]) -> str:
    (folder / "trends").mkdir(parents=True)
    made = [
        {"id": id, "number": number, "number_high": number, "unit": unit, "basis": basis.split(), "tables": ["observations"], "chapter": "trends"}
        for id, number, unit, basis in told
    ]  # fmt: skip
    (folder / "trends" / "values.json").write_text(json.dumps(made), encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_value_stands_on_the_page_with_the_cause_of_what_it_rests_on(project, tmp_path, lang):
    before = values(tmp_path / "a", ("total", 200, "articles", "northland-total-2015"),
                    ("budget", 1250, "eur-m", "north-budget"), ("wrong", 1250, "eur-m", "north-budget"),
                    ("gone", 7, "countries", "bridge-partners"), ("fewer", 17, "observations", ""), ("rows", 16, "observations", ""))  # fmt: skip
    after = values(tmp_path / "b", ("total", 201, "articles", "northland-total-2015"), ("budget", 1.25, "eur-bn", "north-budget"),
                   ("wrong", 1.25, "eur-m", "north-budget"), ("anew", 7, "countries", "bridge-partners"), ("rows", 17, "observations", ""),
                   ("fewer", 16, "observations", ""),
                   ("new", 99, "articles", "northland-international-2019"))  # fmt: skip

    shown = run(project, lang, after, before)["changes-values"]

    told = dict(zip(shown["id"], shown[f"cause_{lang}"], strict=True))
    causes = {
        "total": "revised",
        "budget": "unit",
        "wrong": "method",
        "gone": "withdrawn",
        "rows": "new-period",
        "fewer": "withdrawn",
        "anew": "quoted",
        "new": "new-evidence",
    }
    assert told == {id: words.word(f"cause.{cause}", lang) for id, cause in causes.items()}
