"""Whether what pages state as findings is tested by the exhibits they quote, before a kernel starts and when a test fails."""

import re
from collections.abc import Iterator
from pathlib import Path

from evidence import disk, words
from evidence.book import sentences, staging
from evidence.book.contents import Page
from evidence.build.outline import Outline
from evidence.errors import Place, Refusal
from evidence.runs import promises

_BROKEN = re.compile(r"\bE347 (?:\S+ )?exhibits\.csv:(?P<id>[a-z0-9-]+)")  # what a kernel says of a title


def problems(outline: Outline) -> Iterator[Refusal]:
    """E417 for a sentence of a chapter that states a finding and quotes no exhibit whose title a test holds."""
    tested = {
        promises.full(call, subject) for chapter in outline.chapters for subject in chapter.subjects for _, call in chapter.calls() if call.holds
    }  # fmt: skip
    had = {page.name for page in outline.pages} | outline.made(exhibits=True).keys() | outline.made(exhibits=False).keys()
    had |= {call.id for chapter in outline.chapters for _, call in chapter.calls()}
    found = {}
    for page, lang in ((page, lang) for page in outline.pages if page.evidence for lang in words.LANGUAGES):
        file = f"book/{lang}/{page.file}.md"
        for one in _stated(outline.folder / file, page, lang, had):
            if not tested.intersection(one.exhibits):
                found[file, one.line, one.text.removesuffix(page.subject)] = Refusal("E417", Place(file, one.line), one.text)
    yield from found.values()


def explained(refused: Refusal, folder: Path, pages: list[Page]) -> list[Refusal]:
    """The refusal of a run and, where a title no longer holds (E347), E418 for every sentence that rests on it."""
    broken = _BROKEN.search(refused.found)
    found = [refused]
    for page, lang in ((page, lang) for page in pages if broken for lang in words.LANGUAGES):
        file = f"book/{lang}/{page.file}.md"
        for one in sentences.stated(disk.text(folder / file).replace("@subject@", page.subject), lang):
            if broken and broken["id"] in one.exhibits:
                found.append(Refusal("E418", Place(file, one.line), one.text))
    return found


def _stated(path: Path, page: Page, lang: str, had: set[str]) -> Iterator[sentences.Stated]:
    prose = staging.kept(disk.text(path), had, lines=True).replace("@subject@", page.subject)
    return sentences.stated(prose, lang)
