"""Ten questions that a member of the committee has ten minutes for: each is answered within two clicks of the front page, in both languages.

The first click opens the edition, the second follows a link in the text of its first page; what only the contents in the margin lead to is too far.
"""

import csv
import json
import re
from pathlib import Path

import pytest
from lxml import html

EDITION, ROOT = "2026-11", "overview"
QUESTIONS = list(csv.DictReader((Path(__file__).parent / "questions.csv").open(encoding="utf-8", newline="")))


def unanswered(site: Path, lang: str, question: dict[str, str]) -> list[str]:
    """What keeps the question from being answered: links that are missing, words and values that do not stand in the section."""
    folder = site / EDITION / lang
    values = {one["id"]: one["text"][lang] for one in json.loads((site / EDITION / "values.json").read_text(encoding="utf-8"))}
    told = [question[f"words_{lang}"], *(values[id] for id in question["values"].split())]
    text = section(folder / f"{question['page']}.html", question["section"])
    first = {f"{EDITION}/{lang}/index.html"} - links(site / "index.html", "//body")
    second = {ROOT, question["page"]} - {ROOT} - {link.partition(".html")[0] for link in links(folder / f"{ROOT}.html", "//article")}
    return [*first, *second, *(one for one in told if one not in text)]


def links(page: Path, part: str) -> set[str]:
    return set(html.parse(page).getroot().xpath(f"{part}//a/@href"))


def section(page: Path, id: str) -> str:
    """The words of the section, without those of the sections in it; a page's own is what stands before its first heading."""
    (found,) = html.parse(page).getroot().xpath(f"//article//section[@id='{id}' or .//span[@id='{id}']][not(.//section[@id='{id}'])]")
    for inner in found.xpath("./section"):
        found.remove(inner)
    return re.sub(r"\s+", " ", found.text_content())


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("question", QUESTIONS, ids=[row["id"] for row in QUESTIONS])
def test_each_question_is_answered_within_two_clicks_of_the_front_page(book, question, lang):
    assert unanswered(book / "_build" / "html", lang, question) == []


def test_a_question_that_the_book_does_not_answer_is_told(book):
    question = QUESTIONS[0] | {"page": "workings", "section": "workings", "values": "gap-count"}

    assert "workings" in unanswered(book / "_build" / "html", "ja", question)


def test_there_are_ten_questions_in_both_languages():
    assert len({row["id"] for row in QUESTIONS}) == 10
    assert all(row["question_ja"] and row["question_en"] and row["words_ja"] and row["words_en"] for row in QUESTIONS)
