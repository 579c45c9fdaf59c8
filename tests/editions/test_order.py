"""What stands beside the editions follows their lineage, not their names."""

import json

from evidence.editions import freezing, site

TIES = {
    "2019-09": {}, "2019-09-c2": {"corrects": "2019-09"}, "2019-09-c10": {"corrects": "2019-09-c2"}, "2026-11": {"succeeds": "2019-09"},
}  # fmt: skip


def frozen(folder):
    """Frozen editions without an exhibit."""
    for name, tie in TIES.items():
        (folder / name).mkdir(parents=True)
        told = {"edition": {"id": name, **tie}, "figures": [], "values": []}
        for part, record in told.items():
            (folder / name / f"{part}.json").write_text(json.dumps(record), encoding="utf-8")
        freezing.seal(folder / name)
    return sorted(folder.iterdir())


def test_the_list_of_editions_is_in_their_order_and_says_what_to_read_instead(tmp_path):
    made = site.site(frozen(tmp_path / "editions"), tmp_path / "html", site.Known())

    text = (made / "editions.js").read_text(encoding="utf-8")
    assert json.loads(text.removeprefix("window.evidenceEditions = ").removesuffix(";\n")) == [
        {"id": "2026-11", "succeeds": "2019-09"},
        {"id": "2019-09-c10", "corrects": "2019-09-c2", "read": "2026-11", "why": "newer"},
        {"id": "2019-09-c2", "corrects": "2019-09", "read": "2019-09-c10", "why": "corrected"},
        {"id": "2019-09", "read": "2019-09-c10", "why": "corrected"},
    ]


def test_the_front_page_names_the_newest_edition_first(tmp_path):
    made = site.site(frozen(tmp_path / "editions"), tmp_path / "html", site.Known())

    html = (made / "index.html").read_text(encoding="utf-8")
    places = [html.index(f'href="{name}/ja/index.html"') for name in reversed(TIES)]
    assert places == sorted(places)


def test_an_exhibit_that_a_tenth_correction_drops_after_the_second_is_gone_since_the_tenth():
    exhibit = {"id": "growth", "kind": "figure", "subtitle": {"ja": "", "en": ""}}
    told = {name: {"figures": [exhibit] if name in ("2019-09", "2019-09-c2") else [], "values": []} for name in TIES}

    (record,) = site.histories(told, [])

    assert [one["name"] for one in record["editions"]] == ["2019-09-c2", "2019-09"]
    assert record["gone"] == "2019-09-c10"
