"""What the page on which a reader checks a paper knows of the published editions: nothing of the paper leaves the reader's machine.

The page finds citations by the same forms as `evidence review`; whether each still holds is judged here, once for all, by the same rules. Charts,
pictures and numbers in sentences it does not compare, and says so.
"""

import json
import re
from typing import Any

from evidence import words
from evidence.checking import mentions, review
from evidence.checking.known_wrong import Wrong
from evidence.checking.mentions import Mention
from evidence.checking.published_site import KINDS, Site
from evidence.citing import citations
from evidence.words import LANGUAGES

PAGE, SCRIPT, DATA = "review.html", "review.js", "review-data.js"
SAID = ("no_id", "not_in_edition", "digits", "no_edition")  # what the page says itself, as `review.<name>`
OF_PAGE = ("none", "count", "unread", "place", "cited", "verdict", "edition", "why")  # words around the result, `local.<name>`


def data(site: Site, wrong: Wrong) -> str:
    """The script with all that the page knows: forms of citations, verdicts in words, and of every exhibit and value in each edition its digits,
    title, verdict, the edition to cite instead and why.
    """
    told = {
        "forms": [_form(*form) for form in mentions.FORMS],
        "edition": citations.EDITION,
        "editions": site.lineage.order,
        "words": {lang: _words(lang) for lang in LANGUAGES},
        **{kind: {id: _editions(kind, id, site, wrong) for id in site.ids(kind)} for kind in KINDS},
    }
    return f"window.evidenceReview = {json.dumps(told, ensure_ascii=False, separators=(',', ':'), sort_keys=True)};\n"


def _form(name: str, form: re.Pattern[str]) -> dict[str, str]:
    """A form of citation as a script reads it."""
    return {"name": name, "text": form.pattern.replace("(?P<", "(?<"), "flags": "gi" if form.flags & re.IGNORECASE else "g"}


def _words(lang: str) -> dict[str, Any]:
    left = {name: f"{{{name}}}" for name in ("edition", "known", "found", "published", "n")}  # filled in by the page
    said = {name: words.word(f"review.{name}", lang, **left) for name in SAID}
    said |= {name: words.word(f"local.{name}", lang, **left) for name in OF_PAGE}
    return said | {"verdicts": {name: words.word(f"review.verdict.{name}", lang) for name in review.VERDICTS}}


def _editions(kind: str, id: str, site: Site, wrong: Wrong) -> dict[str, dict[str, Any]]:
    return {one.name: _told(kind, id, one, site, wrong) for one in site.having(kind, id)}


def _told(kind: str, id: str, one: Any, site: Site, wrong: Wrong) -> dict[str, Any]:
    mention = Mention("", id, kind, one.name, "", "")
    judged = {lang: review.standing(mention, one, site, wrong, lang) for lang in LANGUAGES}
    record, same = one.records[kind][id], judged[LANGUAGES[0]]
    titles = {lang: citations.called(record, lang) for lang in LANGUAGES}
    detail = {lang: judged[lang]["detail"] for lang in LANGUAGES} if same["detail"] else {}
    return {"digits": one.digits(kind, id), "title": titles, "verdict": same["verdict"], "latest": same["latest"], "detail": detail}
