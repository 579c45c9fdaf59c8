"""One term for one meaning: what says the same in other words is refused, with its place and what to write instead."""

import csv
import itertools
import re

import pytest

from evidence import rooms, root
from evidence.book import terms
from evidence.build import checks
from tests import projects

ROWS = list(rooms.listed("terms.csv", "id").values())


@pytest.mark.parametrize(
    ("lang", "text", "told"),
    [
        ("ja", "予算は見当たらない。", "見当たら → 確認できなかった"),
        ("ja", "955億ユーロは95.5十億ユーロではない。", "十億 → 億ユーロ"),
        ("ja", "研究者どうしの交流", "どうし → 同士"),
        ("en", "There is no ground for this.", "ground → evidence"),
        ("en", "It rose by EUR 5 billion euros.", "EUR 5 billion euros → unit"),
    ],
)
def test_a_replaced_form_is_found_with_what_to_write(lang, text, told):
    assert told in [found for _, _, found in terms.wrong([text], lang)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ja", "資料は「ファンディング機関」とも記す。"),
        ("en", "The source says “on the ground that”."),
        ("ja", "機関とともに開発途上国の研究を進める。"),
        ("ja", "{value}`または` [案内](すべて.md)"),
        ("en", "The background of the playground is EUR 5 billion."),
        ("ja", "アメリカ国立衛生研究所"),
        ("ja", "どうして伸びたのかは、10億分の1までは分からない。"),
    ],
)
def test_a_quotation_and_a_word_that_only_looks_like_one_are_let_through(lang, text):
    assert list(terms.wrong([text], lang)) == []


def test_the_line_within_a_text_is_told():
    assert [place[:2] for place in terms.wrong(["根拠", "一行目\n確からしさ"], "ja")] == [(1, 2)]


def test_no_term_is_written_in_a_form_that_is_replaced():
    own = {lang: [row[lang] for row in ROWS] + [row[f"meaning_{lang}"] for row in ROWS] for lang in ("ja", "en")}

    assert [found for lang, texts in own.items() for found in terms.wrong(texts, lang)] == []


def test_each_term_has_one_row_both_languages_and_a_form_that_it_replaces():
    assert all(row["ja"] and row["en"] and row["meaning_ja"] and row["meaning_en"] and (row["not_ja"] or row["not_en"]) for row in ROWS)
    assert len({row["id"] for row in ROWS}) == len(ROWS) >= 40


def test_each_form_is_a_pattern_that_finds_something():
    patterns = [re.compile(row[f"not_{lang}"]) for row in ROWS for lang in ("ja", "en") if row[f"not_{lang}"]]

    assert [pattern.pattern for pattern in patterns if pattern.search("")] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("book/ja/trends.md", "# 階層", "# 階層の確からしさ", "確からしさ → 確度"),
        ("book/en/trends.md", "# ", "# The grounds of ", "grounds → evidence"),
        ("data/2020-01/exhibits.csv", "年平均伸び率（%）", "年平均の伸び率（%）", "年平均の伸び率 → 年平均伸び率"),
        ("data/schema/columns.csv", ",確度,Confidence,", ",確からしさ,Confidence,", "確からしさ → 確度"),
    ],
)
def test_the_check_refuses_it_in_pages_tables_and_the_column_register(tmp_path, file, old, new, told):
    project = projects.small(tmp_path / "project")
    text = (project / file).read_text(encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    (project / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    found = [(problem.place.file, problem.place.line, problem.found) for problem in checks.check(project, projects.FIRST) if problem.code == "E426"]

    assert found == [(file, line, told)]


@pytest.mark.parametrize(("lang", "unit"), [("ja", "億円"), ("ja", "百万米ドル"), ("en", "JPY million"), ("en", "EUR billion")])
def test_a_unit_of_money_typed_in_a_subtitle_is_refused(tmp_path, lang, unit):
    project = projects.small(tmp_path / "project")
    path = project / "data" / projects.FIRST / "exhibits.csv"
    old = {"ja": "各階層で費用を出す者", "en": "Who pays in each tier"}[lang]
    path.write_text(path.read_text(encoding="utf-8").replace(old, f"{old} {unit}", 1), encoding="utf-8")

    found = [(problem.place.line, problem.place.column, problem.found) for problem in checks.check(project, projects.FIRST) if problem.code == "E427"]

    assert found == [(2, f"subtitle_{lang}", unit)]


@pytest.mark.parametrize("edition", ["2019-09", "2026-11"])
@pytest.mark.parametrize(("lang", "quoted"), [("ja", "「([^」]+)」"), ("en", "“([^”]+)”")])
def test_what_a_note_quotes_from_the_book_stands_there_in_the_same_words(edition, lang, quoted):
    """A note that explains a label in other words than the drawing has explains nothing: words of the book, of its pages or of another row."""
    folder = projects.PROJECT / "data" / edition
    rows = {path.stem: list(csv.DictReader(path.open(encoding="utf-8", newline=""))) for path in root.tables(folder)}
    notes = {row["id"]: row[f"notes_{lang}"] for row in rows["exhibits"]}
    cells = [cell for table in rows.values() for row in table for name, cell in row.items() if name.endswith(f"_{lang}") and name != f"notes_{lang}"]
    pages = [path.read_text(encoding="utf-8") for path in (projects.PROJECT / "book" / lang).glob("*.md")]
    printed = [row["as_printed"] for row in rows["claims"]]
    book = [row[lang] for part in rooms.parts("words.csv") for row in rooms.rows(part)]
    heads = [path.read_text(encoding="utf-8") for path in (projects.PROJECT / "data" / "schema").iterdir()]
    said = "\n".join([*cells, *pages, *book, *heads]).lower()
    quotes = [(id, found) for id, note in notes.items() for found in re.findall(quoted, note) if not any(one and one in found for one in printed)]

    assert [(id, found) for id, found in quotes if found.lower() not in said] == []


def test_a_japanese_paragraph_stands_in_one_line():
    """A page shows the end of a line as a space, which Japanese does not have; what depends on the edition is left out first."""
    broken = []
    for path in sorted((projects.PROJECT / "book" / "ja").glob("*.md")):
        text = re.sub("^% end\n% with", "\n% with", path.read_text(encoding="utf-8"), flags=re.MULTILINE)  # one or the other, never both
        lines = [line for line in text.splitlines() if not line.startswith("%")]
        pairs = itertools.pairwise(lines)
        broken += [
            (path.name, after[:20])
            for before, after in pairs
            if re.search("[。、ぁ-んァ-ヶ一-龥）]$", before) and re.match("[「ぁ-んァ-ヶ一-龥]", after)
        ]

    assert broken == []
