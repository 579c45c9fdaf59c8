"""What the page of an exhibit or value tells programs."""

from dataclasses import replace

from evidence.citing.citations import Issuer
from evidence.editions import landing
from tests.checking.test_review import value

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
