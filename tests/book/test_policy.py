"""Under a strict policy of contents nothing of the site is held back, on a first visit nothing goes wrong, and little is loaded."""

import contextlib
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from evidence.words import LANGUAGES
from tests.book.test_browser import UNFOLD, opened
from tests.conftest import serving
from tests.projects import FIRST, SECOND

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
FIRST_LOAD = 200 * 1024  # bytes of all that a page fetches on a first visit, as a server sends it
KEPT = (
    "window.held = []; document.addEventListener('securitypolicyviolation', one => window.held.push(one.violatedDirective + ' ' + one.blockedURI));"
)
pytestmark = [pytest.mark.browser, pytest.mark.build]


@pytest.fixture(scope="module")
def site(small_book) -> Path:
    return small_book / "_build" / "html"


@pytest.fixture(scope="module")
def served(site) -> Iterator[str]:
    yield from serving(site, content_security_policy=POLICY)


def visited(browser: Browser, addresses: list[str]) -> Iterator[tuple[str, Page, list[str]]]:
    """Each address on a first visit under the policy, its page, and what the browser says went wrong; several wait at once until all is still."""
    for some in (addresses[at : at + 12] for at in range(0, len(addresses), 12)):
        with contextlib.ExitStack() as stack:
            visits = []
            for address in some:
                page, said = stack.enter_context(opened(browser)), []
                page.add_init_script(KEPT)
                page.on("console", lambda message, said=said: said.append(message.text) if message.type == "error" else None)
                page.on("pageerror", lambda error, said=said: said.append(str(error)))
                page.goto(address, wait_until="commit")
                visits.append((address, page, said))
            for address, page, said in visits:
                page.wait_for_load_state("networkidle")
                yield address, page, said


def every(site: Path) -> list[str]:
    """A page of each kind: all of one edition in both languages, an exhibit's own pages, and those around the editions."""
    pages = [path for lang in LANGUAGES for path in sorted((site / SECOND / lang).glob("*.html"))]
    pages += [site / name for name in ("index.html", "errata.html", "review.html")]
    pages += [site / path / "index.html" for path in ("figures/growth-bars", "values/north-budget")]
    pages += [site / edition / path / "index.html" for edition in (FIRST, SECOND) for path in ("figures/growth-bars", "values/north-budget")]
    return [path.relative_to(site).as_posix() for path in pages]


def test_no_page_breaks_a_strict_policy_and_none_says_that_something_went_wrong(browser, site, served):
    wrong = {}
    for address, page, said in visited(browser, [f"{served}/{path}" for path in every(site)]):
        page.evaluate(UNFOLD)
        if found := [*page.evaluate("window.held"), *said]:
            wrong[address.removeprefix(served)] = found

    assert wrong == {}


def test_the_policy_holds_back_what_a_page_should_not_have(browser, site, served):
    """That the check can fail: a script in the page and one made from text."""
    for _, page, _ in visited(browser, [f"{served}/{SECOND}/en/trends.html"]):
        page.evaluate("document.body.appendChild(Object.assign(document.createElement('script'), {textContent: 'window.ran = true'}))")

        assert page.evaluate("window.held") == ["script-src-elem inline"]
        assert page.evaluate("window.ran") is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_search_is_sent_under_the_policy(browser, site, served, lang):
    for _, page, _ in visited(browser, [f"{served}/{SECOND}/{lang}/search.html"]):
        page.locator("form input[name=q]:visible").first.fill("Northland")
        page.locator("form input[name=q]:visible").first.press("Enter")
        page.wait_for_url("**/search.html?q=Northland*")

        assert page.evaluate("window.held") == []


@pytest.mark.parametrize("path", ["index.html", *(f"{SECOND}/{lang}/{name}.html" for lang in LANGUAGES for name in ("overview", "trends", "values"))])
def test_a_first_visit_loads_little(browser, site, served, path):
    """The fonts of the real book hold half as many characters again and weigh 100 KB more: what passes 200 KB here passes 300 KB there."""
    fetched = {}
    with opened(browser) as page:
        page.on("requestfinished", lambda request: fetched.update({request.url: request.response().body()}))
        page.goto(f"{served}/{path}")
        page.wait_for_load_state("networkidle")
    packed = {address: len(body if address.endswith((".woff2", ".png")) else gzip.compress(body, mtime=0)) for address, body in fetched.items()}

    assert len(packed) > 2 and sum(packed.values()) <= FIRST_LOAD, packed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_label_of_the_theme_is_in_another_language_and_no_icon_is_a_font(site, lang):
    for path in sorted((site / SECOND / lang).glob("*.html")):
        text = path.read_text(encoding="utf-8")

        assert "fa-solid" not in text and "fontawesome" not in text
        assert lang == "en" or not [word for word in ("Toggle", "Color mode", "System Settings", "Link to this") if word in text], path.name
    assert not [path for path in site.rglob("*") if "fontawesome" in path.name and path.is_file()]
