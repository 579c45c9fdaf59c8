"""The page of a funder or programme leads to the exhibits of other chapters that rest on what was read of it."""

from lxml import html

from evidence.book import elsewhere
from evidence.tables.edition import opened
from tests.projects import SECOND


def exhibit(id: str, *basis: str, chapter: str = "trends", subject: str = "") -> dict:
    return {"id": id, "basis": list(basis), "chapter": chapter, "subject": subject}


def told(subject: str, *others: dict) -> list[str]:
    made = {"exhibits": {one["id"]: one for one in (exhibit("own", chapter="funder", subject=subject), *others)}}
    elsewhere.attach(made, opened("2026-11"))
    return made["exhibits"]["own"]["elsewhere"]


def test_what_rests_on_a_claim_about_the_funder_or_on_an_observation_of_it_is_told():
    claim, observed = exhibit("a", "uk-message-quantity"), exhibit("b", "anr-international-funding-2014")

    assert (told("uk", claim, observed), told("anr", claim, observed)) == (["a"], ["b"])


def test_a_register_and_the_profile_of_another_are_about_none_of_them():
    assert (
        told("uk", exhibit("all", "uk-message-quantity", chapter="ledger"), exhibit("nih", "uk-message-quantity", chapter="funder", subject="nih"))
        == []
    )


def test_an_indicator_is_told_although_its_page_has_a_subject_of_its_own():
    assert told("anr", exhibit("i", "anr-international-funding-2014", chapter="indicator", subject="anr-international-funding")) == ["i"]


def test_the_observations_of_a_programme_are_those_of_its_agency():
    both, jica = exhibit("both", "satreps-adopted-fy2008"), exhibit("jica", "satreps-adopted-announced-jica-fy2013")

    assert (told("jst-satreps", both, jica), told("amed-satreps", both, jica)) == (["both"], ["both"])


def test_the_page_of_a_funder_lists_them_as_links_and_no_others(small_book):
    site = small_book / "_build" / "html" / SECOND
    for lang in ("ja", "en"):
        pages = {path.name: html.parse(path).getroot() for path in (site / lang).glob("funder-*.html")}
        links = {name: page.xpath("//section[contains(@id, '-elsewhere')]//li//a/@href") for name, page in pages.items()}

        assert links and all("#" in address and not address.startswith("funder-") for several in links.values() for address in several)
        assert any(links.values())
