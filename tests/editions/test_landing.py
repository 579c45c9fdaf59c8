"""What the page of an exhibit or value tells programs."""

import json
from dataclasses import replace

from evidence.citing.citations import Issuer, Source
from evidence.editions import landing
from evidence.files import exports
from tests.checking.test_review import value
from tests.files.test_exports import record

HOST = Issuer("https://example.go.jp/book", contact="evidence@example.go.jp")


def test_what_has_an_address_says_what_it_is_to_be_cited_as():
    cited = replace(value("2019-09", 1.5), issuer=HOST)
    own = "https://example.go.jp/book/2019-09/values/ratio/"

    assert landing.links(cited, ())[:2] == [("canonical", own, ""), ("cite-as", own, "")]
    assert "cite-as" not in [rel for rel, *_ in landing.links(replace(cited, issuer=Issuer()), ())]


def test_every_file_of_an_exhibit_is_told_as_what_it_is_for():
    told = landing.links(value("2019-09", 1.5), ("growth.csv", "growth.ja.bib", "growth.ja.png", "growth.ja.vl.json"))

    assert [(rel, name) for rel, name, _ in told if name.startswith("growth")] == [
        ("describedby", "growth.ja.bib"), ("item", "growth.csv"), ("item", "growth.ja.png")
    ]  # fmt: skip


def test_a_value_says_to_search_engines_one_name_and_where_its_number_is():
    """Google asks a Dataset for one name, and lists it with what can be downloaded of it."""
    record = {"name": {"ja": "比", "en": "ratio"}, "number": 1.5, "unit": "times", "formula": {"ja": "", "en": ""}}
    (told,) = json.loads(landing.of_value(value("2019-09", 1.5), record))["@graph"]

    assert isinstance(told["name"], str) and isinstance(told["alternateName"], str) and told["name"] != told["alternateName"]
    assert [(one["contentUrl"], one["encodingFormat"]) for one in told["distribution"]] == [("../../values.json", "application/json")]


def test_the_page_of_all_editions_describes_as_much_as_google_asks_of_a_dataset():
    edition = {"name": "2019-09", "digits": "0" * 12, "title": {"ja": "比", "en": "ratio"}}
    for what, folder in (("exhibit", "figures"), ("value", "values")):
        told = {"id": "ratio", "about": {"ja": "", "en": ""}, "editions": [edition], "folder": folder, "what": what}
        (dataset,) = json.loads(landing.of_history(told, "Editors"))["@graph"]

        assert 50 <= len(dataset["description"]) <= 5000


def test_what_a_value_is_based_on_is_named_with_its_address_and_its_licence():
    terms = "https://example.org/terms"
    told = tuple(
        Source(title, address=f"https://example.org/{title}", copied=title == "copy", licence="CC-BY-4.0", terms=terms)
        for title in ("report", "copy")
    )
    one = value("2019-09", 1.5)
    cited = replace(one, told={lang: replace(one.told[lang], sources=(*told, Source("briefing"))) for lang in one.told})
    record = {"name": {"ja": "比", "en": "ratio"}, "number": 1.5, "unit": "times", "formula": {"ja": "", "en": ""}}
    (dataset,) = json.loads(landing.of_value(cited, record))["@graph"]

    assert dataset["isBasedOn"] == [
        {"@type": "CreativeWork", "name": "report", "url": "https://example.org/report", "license": terms},
        {"@type": "CreativeWork", "name": "copy", "archivedAt": "https://example.org/copy", "license": terms},
        {"@type": "CreativeWork", "name": "briefing"},
    ]


def test_a_table_without_numbers_tells_search_engines_its_columns():
    both, raw = {lang: record(lang) for lang in ("ja", "en")}, "name,text_ja,text_en\nNIH,増,up\n".encode()
    told = json.loads(landing.jsonld(exports.cited("2019-09", both, raw), {"growth.csv": raw}, both))["@graph"]

    assert len(told[0]["variableMeasured"]) == 3 and all(one["name"] for one in told[0]["variableMeasured"])
