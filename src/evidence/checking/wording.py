"""What a passage says of an exhibit or value beside its id, against what its edition says."""

import re

from evidence import words
from evidence.checking.mentions import Mention
from evidence.checking.natural import closed
from evidence.checking.numbered import NUMBER, WORD, numbers
from evidence.checking.papers import joined
from evidence.checking.published_site import Edition
from evidence.citing import citations
from evidence.citing.citations import EDITION
from evidence.words import LANGUAGES

_CAPTION = re.compile(rf"(?:{EDITION}版|[Ee]dition{EDITION},?)[)、,]?の?(?P<number>(?:{WORD}){NUMBER})\($")
_NUMBERED = r"(?:図|表|Figure|Table)[0-9A-Z]+(?:-[0-9A-Z]+){1,9}"  # as spaces are left out


def altered(mention: Mention, cited: Edition, lang: str) -> str:
    """What the passage says of the exhibit or value that the edition does not, in words; empty where it says the same or says nothing of it."""
    record = cited.records[mention.kind][mention.id]
    told = []
    for other in LANGUAGES:
        number = joined(words.word("cite.value", other) if mention.kind == "values" else record["number"][other])
        title = joined(citations.title(record, other) if mention.kind == "values" else record["title"][other])
        if not (said := otherwise(mention.text, mention.id, number, title)):
            continue
        if said != closed(title):
            return words.word("review.title", lang, found=said[:60], published=title)
        told.append(words.word("review.number", lang, published=number))
    return told[0] if told else _disagreeing(mention, cited, lang)


def _disagreeing(mention: Mention, cited: Edition, lang: str) -> str:
    """What a caption says that numbers the exhibit as the edition does not, in words; empty where it does not."""
    head, id, _ = mention.text.partition(mention.id)
    match = _CAPTION.search(closed(head)) if id and mention.kind == "figures" else None
    published = cited.records["figures"][mention.id]["number"] if match else {}
    if match is None or {closed(number) for number in published.values()}.intersection(numbers(match["number"])):
        return ""
    return words.word("review.disagree", lang, found=match["number"], id=mention.id, published=published[lang])


def otherwise(text: str, id: str, number: str, title: str) -> str:
    """What stands in place of the title before the id; the title itself where it has the number of another; empty where both are as published.

    Spaces do not count: a PDF has others between Japanese and Latin letters than the page it was made of.

    >>> otherwise("図 2-1「減少」(growth)", "growth", "図 2-1", "増加"), otherwise("図2-1「FY 2024の 増加」(…)", "growth", "図 2-1", "FY2024 の増加")
    ('減少', '')
    >>> otherwise("Figure 2-1. Growth [growth]", "growth", "Figure 2-1", "Fall")
    'Growth'
    >>> otherwise("図 5-SATREPS-2「伸び」(growth)", "growth", "図 5-SATREPS-1", "伸び")
    '伸び'
    >>> otherwise("“Fall” (Figure 2-2) Id: growth", "growth", "Figure 2-1", "Fall")
    'Fall'
    """
    whole, id_at = closed(text), re.search(rf"(?<![a-z0-9-]){re.escape(id)}(?![a-z0-9-])", text)
    head = closed(text[: id_at.start()] if id_at else text)
    number, title = closed(number), closed(title)
    unquoted = [form.replace('"', "") for form in (f"{number}「{title}」", f"{number}.{title}[")]  # a PDF may have lost the place of a Latin quote
    if f'"{title}"({number})' in whole or any(form in whole.replace('"', "") for form in unquoted):
        return ""
    for form in (rf"({_NUMBERED}|{number})「(?P<said>.*?)」(?=[^」]|$)", rf'"(?P<said>[^"]*)"\(({_NUMBERED}|{number})\)'):
        found = [match["said"] for match in re.finditer(form, head) if number in match[0] or match["said"] == title]
        if found:
            return found[-1]
    said = head.rpartition(f"{number}.")[2] if head.endswith("[") and f"{number}." in head else ""
    return said.removesuffix("[")
