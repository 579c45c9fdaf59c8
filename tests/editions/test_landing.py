"""What a page tells programs is whole, and cannot leave the element it stands in."""

import json

import pytest

from evidence.citing.citations import Issuer
from evidence.editions import landing
from evidence.files import exports
from tests.citing.test_citations import PAYLOADS
from tests.files.test_exports import data, made, record


def cited(title="Growth", base=""):
    return exports.cited("2019-09", {lang: record(lang, svg="", title=title) for lang in ("ja", "en")}, data(), Issuer(base))


TEXTS = {lang: {"alt": "Bars.", "subtitle": "Factor"} for lang in ("ja", "en")}


def test_the_dataset_lists_every_file_with_its_hash_and_the_pictures_their_credit():
    files = made()

    dataset, ja, en = json.loads(landing.jsonld(cited(base="https://example.go.jp"), files, TEXTS))["@graph"]

    assert {part["contentUrl"] for part in dataset["distribution"]} == set(files)
    assert all(len(part["sha256"]) == 64 for part in dataset["distribution"])
    assert dataset["url"] == "https://example.go.jp/2019-09/figures/growth/"
    assert {"@type": "PropertyValue", "name": "倍率 / Factor", "unitText": "倍 / times"} in dataset["variableMeasured"]
    assert (ja["contentUrl"], en["creditText"].partition(":")[0]) == ("growth.ja.png", "Source")
    assert "dateModified" not in dataset and dataset["datePublished"] == "2019-09"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_can_end_the_script_that_holds_it(payload):
    text = landing.jsonld(cited(payload), {"growth.csv": data()}, TEXTS)

    assert not set(text) & set("<>&")
    assert payload.replace("\u202e", "\\u202e") in json.loads(text)["@graph"][0]["name"][1]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_zotero_reads_title_author_date_and_address(lang):
    tags = dict(landing.meta(cited(base="https://example.go.jp"), lang))

    assert tags["citation_title"].endswith("Growth") and tags["citation_author"] and tags["citation_publication_date"] == "2019/09"
    assert tags["citation_public_url"] == "https://example.go.jp/2019-09/figures/growth/"
