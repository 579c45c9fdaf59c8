"""How editions follow each other is what their descriptors say, whatever the editions are called."""

import json

import pytest

from evidence.errors import Refusal, Refusals
from evidence.tables import lineage, ties
from evidence.tables.lineage import Lineage, Tie

BOOK = {
    "2019-09": None, "2019-09-c2": Tie("corrects", "2019-09"), "2019-09-c10": Tie("corrects", "2019-09-c2"), "2026-11": Tie("succeeds", "2019-09"),
    "2026-11-r1": Tie("revises", "2026-11"), "2027-03": Tie("succeeds", "2026-11"),
}  # fmt: skip
ORDER = list(BOOK)


@pytest.fixture
def data(tmp_path):
    """The folder of these editions, each no more than its descriptor."""

    def told(book, file="datapackage.json"):
        for name, tie in book.items():
            (tmp_path / name).mkdir()
            (tmp_path / name / file).write_text(json.dumps(tie.record if tie else {}), encoding="utf-8")
        return tmp_path

    return told


def test_a_tenth_correction_comes_after_the_second_and_before_the_edition_that_succeeded(data):
    known = lineage.opened(data(dict(reversed(BOOK.items()))))

    assert known.order == ORDER
    assert known.newest == "2027-03"


def test_a_correction_of_an_earlier_edition_is_not_the_newest():
    assert Lineage({name: BOOK[name] for name in ("2019-09-c2", "2026-11", "2019-09")}).newest == "2026-11"


def test_a_correction_of_the_newest_edition_is_the_newest():
    assert Lineage({"2019-09": None, "2019-09-c1": Tie("corrects", "2019-09")}).newest == "2019-09-c1"


def test_an_edition_called_by_an_earlier_month_may_follow_a_later_one():
    assert Lineage({"2026-11": None, "2020-01": Tie("succeeds", "2026-11")}).order == ["2026-11", "2020-01"]


def test_the_chain_of_an_edition_is_what_it_goes_back_to():
    assert Lineage(BOOK).chain("2027-03") == ["2019-09", "2026-11", "2027-03"]


@pytest.mark.parametrize(
    ("name", "standing", "corrected", "superseded"),
    [
        ("2019-09", "2019-09-c10", "2019-09-c10", "2019-09-c10"), ("2019-09-c2", "2019-09-c10", "2019-09-c10", "2019-09-c10"),
        ("2019-09-c10", "2019-09-c10", "", "2027-03"), ("2026-11", "2026-11-r1", "", "2026-11-r1"), ("2027-03", "2027-03", "", ""),
    ],
)  # fmt: skip
def test_what_stands_in_the_place_of_an_edition_what_corrects_it_and_what_supersedes_it(name, standing, corrected, superseded):
    known = Lineage(BOOK)

    assert (known.standing(name), known.corrected(name), known.superseded(name)) == (standing, corrected, superseded)


@pytest.mark.parametrize(
    ("book", "code", "place", "found"),
    [
        ({"2019-09": Tie("succeeds", "2026-11"), "2026-11": Tie("succeeds", "2019-09")}, "E269", "2019-09/datapackage.json:succeeds",
         "2019-09 → 2026-11 → 2019-09"),
        ({"2019-09": None, "2026-11": Tie("succeeds", "2019-09"), "2027-03": Tie("succeeds", "2019-09")}, "E269",
         "2027-03/datapackage.json:succeeds", "2026-11, 2027-03 → 2019-09"),
        ({"2019-09": None, "2019-09-c1": Tie("corrects", "2019-09"), "2026-11": Tie("succeeds", "2019-09"), "2027-03": Tie("succeeds", "2019-09-c1")},
         "E269", "2027-03/datapackage.json:succeeds", "2026-11, 2027-03 → 2019-09"),
        ({"2019-09": None, "2019-09-c1": Tie("corrects", "2019-09"), "2019-09-r1": Tie("revises", "2019-09")}, "E269",
         "2019-09-r1/datapackage.json:revises", "2019-09-c1, 2019-09-r1 → 2019-09"),
        ({"2019-09": None, "2026-11": None}, "E269", "2026-11/datapackage.json", "2019-09, 2026-11"),
        ({"2026-11": Tie("succeeds", "2019-09")}, "E221", "2026-11/datapackage.json:succeeds", "2019-09 (2026-11)"),
    ],
)  # fmt: skip
def test_editions_without_one_order_are_refused_at_the_descriptor_to_be_mended(data, book, code, place, found):
    (problem,) = lineage.problems(data(book))

    assert (problem.code, str(problem.place), problem.found) == (code, f"data/{place}", found)
    with pytest.raises(Refusals):
        Lineage(book)


@pytest.mark.parametrize("told", [{"succeeds": "2019-09", "corrects": "2019-09"}, {"revises": "2026-11"}, {"succeeds": "../x"}, {"succeeds": 2019}])
def test_a_descriptor_that_names_several_itself_or_no_edition_is_refused(data, told):
    folder = data({"2026-11": None})
    (folder / "2026-11" / "datapackage.json").write_text(json.dumps(told), encoding="utf-8")

    assert [(problem.code, problem.place.column) for problem in lineage.problems(folder)] == [("E265", next(iter(told)))]


def test_a_copy_of_a_site_without_the_first_edition_has_an_order(data):
    folder = data({name: BOOK[name] for name in ("2026-11-r1", "2026-11")}, "edition.json")

    assert lineage.published(folder.iterdir()).order == ["2026-11", "2026-11-r1"]


def test_published_editions_that_do_not_hang_together_are_refused(data):
    folder = data({name: BOOK[name] for name in ("2019-09", "2027-03")}, "edition.json")

    with pytest.raises(Refusal) as refused:
        lineage.published(folder.iterdir())

    assert (refused.value.code, refused.value.found) == ("E609", "2019-09, 2027-03")


def test_no_edition_is_the_newest_of_none(tmp_path):
    with pytest.raises(Refusal) as refused:
        _ = lineage.opened(tmp_path).newest

    assert refused.value.code == "E221"
    assert ties.of(tmp_path) is None
