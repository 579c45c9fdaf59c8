"""An id, once published, never means another thing and never vanishes."""

import hashlib
from pathlib import Path

import pytest

from evidence.curation import identifiers
from evidence.editions import site
from evidence.errors import Refusals

DATA = Path(__file__).parents[2] / "data"
# The first lines of the register as each edition was published with them; a new edition adds a line here, and none is ever changed.
PUBLISHED = {
    "2019-09": (148, "09942858cedf806e89c4d058a47345b8fb0e902fdc24b451c9a2dc437f913a5c"),
    "2026-11": (229, "313a0ba52f3058705364af350cc31439944f76fa3e29ce509c2662cea2b24bf9"),
}
EXHIBIT = {"id": "growth", "kind": "figure", "subtitle": {"ja": "倍率", "en": "Factor"}, "sha256": "a" * 64}
VALUE = {"id": "ratio", "unit": "multiple", "formula": {"ja": "乙÷甲", "en": "b / a"}}
TOLD = {"figures": [EXHIBIT], "values": [VALUE]}


@pytest.mark.parametrize("edition", PUBLISHED)
def test_rows_are_only_added_at_the_end(edition):
    lines, digest = PUBLISHED[edition]
    first = b"".join((DATA / identifiers.FILE).read_bytes().splitlines(keepends=True)[:lines])

    assert hashlib.sha256(first).hexdigest() == digest
    assert {row["first_edition"] for row in identifiers.registered(DATA)[: lines - 1]} == {name for name in PUBLISHED if name <= edition}


def test_what_is_new_is_entered_once_after_the_rows_that_are_there(tmp_path):
    (tmp_path / "schema").symlink_to(DATA / "schema")
    identifiers.append(tmp_path, identifiers.missing([], "2019-09", {"figures": [EXHIBIT], "values": []}))
    before = (tmp_path / identifiers.FILE).read_bytes()

    new = identifiers.missing(identifiers.registered(tmp_path), "2026-11", TOLD)
    identifiers.append(tmp_path, new)

    assert [row["id"] for row in new] == ["ratio"]
    assert (tmp_path / identifiers.FILE).read_bytes().startswith(before)
    assert identifiers.missing(identifiers.registered(tmp_path), "2026-11", TOLD) == []
    assert identifiers.registered(tmp_path)[1]["about_en"] == "b / a"


@pytest.mark.parametrize(
    ("part", "change", "told"),
    [("figures", {"kind": "table"}, "table ← figure (2019-09)"), ("values", {"unit": "pct"}, "value pct ← value multiple (2019-09)")],
)
def test_an_id_that_means_something_else_is_refused(part, change, told):
    known = identifiers.rows("2019-09", TOLD)
    changed = TOLD | {part: [TOLD[part][0] | change]}

    with pytest.raises(Refusals) as refused:
        identifiers.missing(known, "2026-11", changed)

    assert [(problem.code, problem.found) for problem in refused.value.problems] == [("E286", told)]


def test_a_count_that_is_given_its_counter_means_the_same():
    bare, counted = ({"figures": [], "values": [VALUE | {"unit": unit}]} for unit in ("count", "count-cases"))

    assert identifiers.missing(identifiers.rows("2019-09", bare), "2026-11", counted) == []


def test_a_register_that_names_an_id_twice_is_refused(tmp_path):
    (tmp_path / "schema").symlink_to(DATA / "schema")
    identifiers.append(tmp_path, identifiers.rows("2019-09", TOLD))
    identifiers.append(tmp_path, identifiers.rows("2019-09", TOLD)[:1])

    with pytest.raises(Refusals) as refused:
        identifiers.registered(tmp_path)

    assert refused.value.problems[0].code == "E248"


def test_an_exhibit_that_a_later_edition_drops_keeps_its_page_and_says_since_when():
    told = {"2019-09": TOLD, "2026-11": {"figures": [EXHIBIT | {"id": "other"}], "values": []}, "2028-01": {"figures": [], "values": []}}
    ids = identifiers.rows("2019-09", TOLD)

    dropped, other = site.histories(told, ids)

    assert (dropped["id"], dropped["first"], dropped["gone"], [one["name"] for one in dropped["editions"]]) == (
        "growth",
        "2019-09",
        "2026-11",
        ["2019-09"],
    )
    assert (other["first"], other["gone"]) == ("2026-11", "2028-01")
    only = site.histories({"2028-01": told["2028-01"]}, ids)
    assert [(one["id"], one["first"], one["editions"]) for one in only] == [("growth", "2019-09", [])]
