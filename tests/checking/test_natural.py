"""A paper that cites as people write is understood: by edition and number, by title, by the page of all editions; what can be several is asked."""

import pypdf
import pytest

from evidence.checking import natural, papers, review, sentences
from evidence.checking.published_site import Site
from evidence.citing import bibliography
from tests.checking.test_review import OLD, folder, pdf, reviewed, value  # noqa: F401
from tests.checking.test_verification import publish
from tests.files.test_exports import made


@pytest.mark.parametrize(
    "text",
    [
        "（2026-11-c1版）図2-1",
        "(2026-11-c1 版) 図 ２－１", "図2-1（2026-11-c1版）", "Edition 2026-11-c1, Figure 2-1", "Fig. 2-1 (edition 2026-11-c1)",
        "2026-11-c1/figures/GROWTH/", "出典：エビデンスブック2026-11-c1版（growth、算出）",
        "Source: Evidence Book, edition 2026-11-c1 (growth; computed)",
        "国際共同研究支援エビデンスブック（2026-11-c1版）の図2-1による。",
        "図2-1（エビデンスブック2026-11-c1版）では、伸びた。",
        "Figure 2-1 of the 2026-11-c1 edition", "See Figure 2-1 (2026-11-c1 edition).", "図2-1、10-15件（2026-11-c1版）",
        "図2-1の10～15件、2026-11-c1版",
        "Figure 2-1, 10-15 projects (edition 2026-11-c1)", "図2-1、1.3-1.6倍（2026-11-c1版）",
        "「要覧2019-09版」により作成した。図2-1（エビデンスブック2026-11-c1版）",
    ],
)  # fmt: skip
def test_a_natural_form_is_the_exhibit_of_its_edition(folder, tmp_path, text):  # noqa: F811
    (found,) = reviewed(folder, text, tmp_path)

    assert (found["id"], found["edition"], found["verdict"]) == ("growth", "2026-11-c1", "current")


@pytest.mark.parametrize("text", ["2026年11月版 図2-1", "（２０２６年１１月版）図２－１", "2026年 11月 版の図2-1", "図2-1（2026年11月版）"])
def test_an_edition_is_also_named_by_its_year_and_month(folder, tmp_path, text):  # noqa: F811
    (found,) = reviewed(folder, text, tmp_path)

    assert (found["id"], found["edition"]) == ("growth", "2026-11")


def test_a_month_of_one_digit_is_the_edition_of_that_month():
    assert [name for _, name in natural.editions("2019年9月版と2019年09月版、2019-09 版")] == ["2019-09"] * 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("図2-9、2-1（2026-11-c1版）", ["図2-9", "growth"]), ("2026-11-c1版の図2-1及び2-9", ["growth", "図2-9"]),
        ("Figs. 2-1 and 2-9 of edition 2026-11-c1", ["growth", "Fig. 2-9"]), ("図二―一（2026-11-c1版）", ["growth"]),
        ("図２ー１（2026-11-c1版）", ["growth"]), ("図3-2 2026-11-c1版の図2-1を加工", ["growth"]),
    ],
)  # fmt: skip
def test_each_number_of_a_row_is_a_citation_of_its_own(folder, tmp_path, text, told):  # noqa: F811
    assert sorted(one["id"] for one in reviewed(folder, text, tmp_path)) == sorted(told)


@pytest.mark.parametrize(
    "text",
    [
        "図2-1のとおり。", "2026-11版の計画は図2-1とは別の資料にあり、ここでは扱わない。", "第2-1図（2026-11版）",
        "科学技術白書（2026年11月版）の図9-8及び表9-9によれば、", "「研究の動向」（2026-11版）の表9-9", "OECD Outlook (edition 2026-11), Table 9-9",
    ],
)  # fmt: skip
def test_a_number_of_the_papers_own_is_no_citation(folder, tmp_path, text):  # noqa: F811
    assert reviewed(folder, text, tmp_path) == []


BOOK = "国際共同研究支援エビデンスブックによれば増えた。"


@pytest.mark.parametrize(
    "text",
    [
        "「科学計量学」第5版の図2-1も見よ。", "令和元年版科学技術白書 図9-8も見よ。", "科学技術白書（令和元年版）の図2-1", "『研究の動向』の図9-8",
        "科学技術指標2019の図2-1", "図9-8（『要覧』第5版）", "図2-1（科学技術白書、2019年）", "科学技術白書第1章の図2-1", "平成30年度版要覧、図2-1",
        "White Paper, 5th edition, Figure 2-1.", "See Handbook, 5th ed., Figure 9-8.", "OECD Outlook 2018, Figure 2-1, says otherwise.",
        "Figure 2-1 of the fifth edition of the Handbook", "Figure 9-8 in Science Indicators 2018, too", "Figure 2-1 (Handbook, 5th ed.)",
    ],
)  # fmt: skip
def test_a_number_of_another_work_is_left_alone_though_the_passage_names_the_book(folder, tmp_path, text):  # noqa: F811
    assert reviewed(folder, BOOK + text, tmp_path) == []


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("科学技術要覧2019-09版の図2-1", "科学技術要覧"), ("「要覧」（2019-09版）の図2-1", "「要覧」"), ("『要覧』2019年9月版 図2-1", "『要覧』"),
        ("平成30年版科学技術白書の図2-1（2019-09版）", "平成30年版科学技術白書"), ("STI Scoreboard (edition 2019-09), Figure 2-1", "STI Scoreboard"),
    ],
)  # fmt: skip
def test_an_edition_of_ours_right_behind_another_work_is_a_question(folder, tmp_path, text, work):  # noqa: F811
    (found,) = reviewed(folder, text, tmp_path)

    assert (found["verdict"], found["detail"]) == (
        "ambiguous", f"“{'Figure' if 'Fig' in text else '図'}{' ' * ('Fig' in text)}2-1” may be of the work named beside it, {work}, "
        "or this exhibit of ours: growth (2019-09).",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "白書によれば減ったが、エビデンスブック2026-11-c1版の図2-1では増えた。", "「増えた」（2026-11-c1版、図2-1）。", "「伸び」2026-11-c1版 図2-1",
        "これは科学技術白書（図2-1、2026-11-c1版）とは違う。", "第5版の白書に従う。増加は2026-11-c1版の図2-1に示す。",
        "科学技術白書の図9-8と違い、本書2026-11-c1版の図2-1は増えた。",
        "科学技術白書は減ったとするが、図2-1（エビデンスブック2026-11-c1版）では増えた。",
        "Unlike the Handbook, Figure 2-1 of edition 2026-11-c1 grew.", "“Growth” (edition 2026-11-c1), Figure 2-1",
    ],
)  # fmt: skip
def test_what_names_this_book_or_its_edition_beside_the_number_is_ours_whatever_else_is_named(folder, tmp_path, text):  # noqa: F811
    assert [(one["id"], one["verdict"]) for one in reviewed(folder, text, tmp_path)] == [("growth", "current")]


@pytest.fixture(scope="module")
def renamed(tmp_path_factory):
    """An edition in which the figure is 3-1 and has a long title, and one that has it with the same numbers."""
    site = tmp_path_factory.mktemp("renamed")
    for edition, tie in (("2019-09", None), ("2026-11", {"succeeds": "2019-09"})):
        publish(site, edition, made(OLD, edition="2019-09"), 1.4, tie)
    return site


def test_without_an_edition_the_citation_is_a_question_where_the_numbers_differ(folder, renamed, tmp_path):  # noqa: F811
    text = "figures/growth/ は伸びを示す。"

    assert [(one["verdict"], "2019-09, 2026-11, 2026-11-c1" in one["detail"]) for one in reviewed(folder, text, tmp_path)] == [("ambiguous", True)]
    assert [one["verdict"] for one in review.review(tmp_path / "paper.md", Site(renamed), {})] == ["current"]


def test_a_newer_edition_with_the_same_numbers_is_another_verdict_than_one_that_changed_them(folder, renamed, tmp_path):  # noqa: F811
    (tmp_path / "paper.md").write_text("2019-09/figures/growth/", encoding="utf-8")

    assert [review.review(tmp_path / "paper.md", Site(site), {})[0]["verdict"] for site in (renamed, folder)] == ["same", "changed"]


@pytest.mark.parametrize(
    ("sentence", "verdict", "said"),
    [
        ("伸びは1.6倍だった", "current", "1.6倍"),
        ("伸びは 1.60 倍だった", "current", "1.60倍"), ("伸びは9.6倍だった", "altered", "9.6倍"),
        ("前は9.6倍だったが1.6倍になった", "current", "1.6倍"), ("伸びた", "current", ""), ("35件あった", "current", ""),

        ("3.2倍とする報告もある。伸びは大きい", "current", ""), ("it grew 1.6 times", "current", "1.6 times"),
        ("it grew 16 times", "altered", "16 times"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("citation", ["（2026-11-c1/ja/trends.html#value-ratio）", "（2026-11-c1 版、ratio）2026-11-c1/ja/trends.html#value-ratio"])
def test_the_number_in_the_sentence_is_shown_beside_the_published_one(folder, tmp_path, sentence, verdict, said, citation):  # noqa: F811
    (found,) = reviewed(folder, f"{sentence}{citation}。", tmp_path, "ja")
    published = "1.6 times" if "times" in said else "1.6倍"

    assert (found["id"], found["verdict"], found["said"], found["published"]) == ("ratio", verdict, said, published)


def test_a_sentence_that_says_another_number_than_its_own_citation_is_altered(folder, tmp_path):  # noqa: F811
    for lang, sentence in (("ja", "伸びは{}倍だった。"), ("en", "It grew {} times.")):
        for form in ("text", "apa", "short", "processed", "sist02"):
            citation = bibliography.formats(value("2026-11-c1", 1.6), lang)[form]
            found = [reviewed(folder, f"{sentence.format(number)} {citation}", tmp_path)[0] for number in ("1.6", "9.6")]

            assert [(one["verdict"], one["said"][:3]) for one in found] == [("current", "1.6"), ("altered", "9.6")], form


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("図2-9（2026-11版）", "No edition ever published an exhibit of this number. The nearest number is 図 2-1."),
        ("Figure 2-2 of edition 2026-11", "No edition ever published an exhibit of this number. The nearest number is Figure 2-1."),
        ("図2-1（2031-01版）", "Edition 2031-01 does not have it; those that do: 2019-09, 2026-11, 2026-11-c1."),
    ],
)
def test_a_number_that_an_edition_does_not_have_is_told_with_the_nearest(folder, tmp_path, text, told):  # noqa: F811
    (found,) = reviewed(folder, text, tmp_path)

    assert (found["verdict"], found["detail"]) == ("missing", told)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("7countries", "7 countries"), ("10to35millionyen", "10 to 35 million yen"), ("JPY50.2billion", "JPY 50.2 billion"),
        ("JPY10milliontoJPY25million", "JPY 10 million to JPY 25 million"), ("7.8-10.5%", "7.8-10.5%"),
        ("between7.8and10.5%", "between 7.8 and 10.5%"), ("1,000万円から2,500万円", "1,000万円から2,500万円"),
        ("38countries(cumulative)", "38 countries (cumulative)"),
    ],
)  # fmt: skip
def test_the_number_of_a_sentence_is_shown_with_the_spaces_of_its_language(said, shown):
    assert sentences.spaced(said) == shown


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("エビデンスブック2026-11-c1版図 2-7（growth、算出）", "altered"), ("Edition 2026-11-c1, Figure 2-7 (growth; computed)", "altered"),
        ("エビデンスブック2026-11-c1版表 2-7-JSPS-CORE-TO-CORE-2-1（growth、算出）", "altered"),
        ("エビデンスブック2026-11-c1版図 2-1（growth、算出）", "current"),
        ("本稿の図2-7（2026-11-c1/figures/growth/）", "current"), ("Our Figure 2-7 (growth, 2026-11-c1/figures/growth/)", "current"),
    ],
)  # fmt: skip
def test_a_number_of_the_edition_that_is_not_the_ids_is_told(folder, tmp_path, text, verdict, lang):  # noqa: F811
    (found,) = reviewed(folder, text, tmp_path, lang)

    assert (found["id"], found["verdict"]) == ("growth", verdict)
    assert verdict == "current" or ("2-7" in found["detail"] and "2-1" in found["detail"])


RATE = {"id": "rate", "number": 7.79, "number_high": 10.52, "unit": "pct", "name": {"ja": "増加率", "en": "rate"}, "period": ""}
RATE |= {"text": {"ja": "7.8～10.5%", "en": "7.8–10.5%"}}
GRANT = RATE | {"number": 10.0, "number_high": 25.0, "unit": "jpy-m", "text": {"ja": "1,000～2,500万円", "en": "JPY 10–25 million"}}
WIDE = RATE | {"number": 5.0, "number_high": 100.0, "unit": "jpy-m", "text": {"ja": "500万円～1億円", "en": "JPY 5–100 million"}}
FUND = {"id": "rate", "number": 50200.0, "unit": "jpy-m", "name": {"ja": "基金", "en": "fund"}, "period": ""}
FUND |= {"text": {"ja": "502億円", "en": "JPY 50.2 billion"}}
LIMITED = RATE | {"number": 1.416, "unit": "multiple", "text": {"ja": "1.42倍超", "en": "more than 1.42 times"}}
LIMITED.pop("number_high")


@pytest.mark.parametrize(
    ("record", "sentence", "said", "agrees"),
    [
        (RATE, "年7.8〜10.5％であった", "7.8~10.5%", True), (RATE, "年３－５％であった", "3-5%", False),
        (RATE, "年7.8%から10.5%", "7.8%から10.5%", True), (RATE, "between 7.8 and 10.5 %", "7.8and10.5%", True),
        (RATE, "from 8 to 11 percent", "8to11%", True), (RATE, "7.8–12.5 %", "7.8-12.5%", False),
        (RATE, "年8.8〜10.5%", "8.8~10.5%", False), (RATE, "年10.5%", "10.5%", True),
        (RATE, "年12パーセント", "12%", False), (RATE, "3〜5件", "", True),
        (RATE, "5〜6%の国もあるが、7.8〜10.5%", "7.8~10.5%", True), (GRANT, "1,000万円から2,500万円", "1,000万円から2,500万円", True),
        (GRANT, "1,000～2,500万円", "1,000~2,500万円", True), (GRANT, "1,000～3,500万円", "1,000~3,500万円", False),
        (GRANT, "JPY 10–25 million", "JPY10-25million", True), (GRANT, "10 to 35 million yen", "10to35millionyen", False),
        (FUND, "a fund of JPY 50.2 billion", "JPY50.2billion", True), (WIDE, "500万円から1億円", "500万円から1億円", True),
        (WIDE, "500万～1億円", "500万~1億円", True), (WIDE, "600万～1億円", "600万~1億円", False),
        (FUND, "a fund of JPY 60.2 billion", "JPY60.2billion", False), (FUND, "a fund of 60.2 billion yen", "60.2billionyen", False),
        (LIMITED, "it grew 2.42 times", "2.42times", False), (LIMITED, "1.4倍になった", "1.4倍", True),
        (LIMITED, "2.4倍になった", "2.4倍", False),
    ],
)  # fmt: skip
def test_a_range_an_amount_and_a_limited_number_in_the_sentence_are_held_against_the_published_one(record, sentence, said, agrees):
    found = sentences.said(papers.joined(f"{sentence}（rate）"), record)

    assert (found, not found or sentences.agrees(found, record), not found or sentences.language(found, record, "en") in ("ja", "en")) == (
        said,
        agrees,
        True,
    )


def test_the_anchor_of_a_value_that_a_line_end_broke_is_whole(folder, tmp_path):  # noqa: F811
    from evidence.checking.rejoined import rejoined

    assert "value-ratio" in Site(folder).names
    assert rejoined("a/ja/trends.html#value- rat io (", Site(folder).names) == "a/ja/trends.html#value-ratio ("


def test_a_page_without_text_is_said_not_to_be_readable(folder, tmp_path):  # noqa: F811
    writer = pypdf.PdfWriter(clone_from=__import__("io").BytesIO(pdf(["See 2026-11-c1/figures/growth/"])))
    page = writer.add_blank_page(100, 100)
    stream = pypdf.generic.DecodedStreamObject()
    stream.set_data(b"0 0 50 50 re f")
    page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
    writer.add_blank_page(100, 100)
    stream = pypdf.generic.DecodedStreamObject()
    stream.set_data(b"0.1 w q 0 0 100 100 re W* n Q")  # as an office program writes a page with nothing on it
    writer.add_blank_page(100, 100)[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
    writer.write(tmp_path / "paper.pdf")

    assert [(one["place"], one["verdict"]) for one in review.review(tmp_path / "paper.pdf", Site(folder), {})] == [
        ("p. 1", "current"), ("p. 2", "unreadable"),
    ]  # fmt: skip


def test_a_number_written_alike_in_both_languages_is_told_in_that_of_the_reader():
    assert [sentences.language(said, RATE, "en") for said in ("9to12%", "9から12%", "12%")] == ["en"] * 3
    assert [sentences.language(said, GRANT, "en") for said in ("10to35millionyen", "3,500万円", "")] == ["en", "ja", "en"]
