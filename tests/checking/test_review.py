"""A paper's citations of this book are found in every kind of file, and each is judged by what was published."""

import io
import json
import re
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pypdf
import pytest
from docx.oxml import OxmlElement
from docx.shared import Cm
from pptx import Presentation
from pptx.util import Inches
from typer.testing import CliRunner

from evidence.checking import known_wrong, papers, review
from evidence.checking.published_site import Site
from evidence.checking.rejoined import rejoined
from evidence.citing import bibliography, citations
from evidence.cli import app
from evidence.errors import Refusal
from evidence.files import exports
from tests.checking.test_verification import VALUE, publish
from tests.files.test_exports import TABLE, data, made, record

CORRECTION = {
    "id": "c1", "date": "2026-12-01", "edition": "2026-11", "corrected_edition": "2026-11-c1", "table": "claims", "row": "a", "column": "value",
    "wrong": "1.4", "right": "1.6", "reason_ja": "誤記", "reason_en": "typing error", "effect_ja": "なし", "effect_en": "none",
}  # fmt: skip
OLD = TABLE.assign(multiple=[1.3, 2.0])
NEW = TABLE.assign(multiple=[1.6, 2.0])


def figure(edition, table=TABLE):
    """The exhibit as the test's editions hold it, with the titles that they publish."""
    titles = {"ja": "伸び", "en": "Growth"}
    return exports.cited(
        edition, {lang: record(lang, svg="", title=titles[lang]) for lang in titles}, data(table), citations.Issuer("https://example.go.jp")
    )


def value(edition, number):
    told = VALUE | {"number": number, "text": {"ja": f"{number:g}倍", "en": f"{number:g} times"}}
    return citations.value(told, {lang: [{"id": "S01", "title": "資料"}] for lang in ("ja", "en")}, edition)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Three editions: 2019-09 with other numbers, 2026-11, and 2026-11-c1, which corrects it."""
    site = tmp_path_factory.mktemp("site")
    publish(site, "2019-09", made(OLD, edition="2019-09"), 1.4)
    publish(site, "2026-11", made(TABLE, edition="2026-11"), 1.5, {"succeeds": "2019-09"})
    publish(site, "2026-11-c1", made(NEW, edition="2026-11-c1"), 1.6, {"corrects": "2026-11"})
    return site


def reviewed(folder, text, tmp_path, lang="en"):
    paper = tmp_path / "paper.md"
    paper.write_text(text, encoding="utf-8")
    return review.review(paper, Site(folder), {"2026-11": [CORRECTION]}, lang)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", bibliography.FORMATS)
def test_every_format_of_a_citation_is_found_once_and_is_current(folder, tmp_path, lang, name):
    for one, kind in ((figure("2026-11-c1", NEW), "figures"), (value("2026-11-c1", 1.6), "values")):
        text = bibliography.formats(one, lang)[name]

        (found,) = reviewed(folder, text.replace("\n\n", "\n"), tmp_path)
        if name == "caption":  # which has no digits
            one = replace(one, hash="")
        assert (found["id"], found["kind"], found["edition"], found["hash"], found["verdict"]) == (one.id, kind, "2026-11-c1", one.hash, "current")


@pytest.mark.parametrize(
    ("lang", "form", "was", "became"),
    [
        ("en", "apa", "Growth [", "Decline ["), ("en", "sist02", "Growth [", "Decline ["), ("ja", "apa", "「伸び」", "「減少」"),
        ("en", "text", "“Growth” (Figure 2-1)", "“Growth” (Figure 2-2)"), ("ja", "text", "図 2-1「", "図 2-2「"),
    ],
)  # fmt: skip
def test_a_changed_title_or_number_is_told_in_every_form_that_has_one(folder, tmp_path, lang, form, was, became):
    text = bibliography.formats(figure("2026-11-c1", NEW), lang)[form]
    assert was in text

    (found,) = reviewed(folder, text.replace(was, became), tmp_path)
    assert found["verdict"] == "altered"


def test_what_a_pdf_breaks_is_whole_again(folder, tmp_path):
    one = figure("2026-11-c1", NEW)
    text = (
        bibliography.formats(one, "ja")["text"]
        .replace("2026-11-c1/", "2026-1 1-c1/")
        .replace(f"（データ {one.hash}", f"（データ{one.hash[:5]} {one.hash[5:]} ")
    )

    (found,) = reviewed(folder, text.replace("2026-11-c1 版", ""), tmp_path)
    assert (found["edition"], found["hash"], found["verdict"]) == ("2026-11-c1", one.hash, "current")


def test_digits_altered_in_a_pdf_are_told(folder, tmp_path):
    one = figure("2026-11-c1", NEW)

    (found,) = reviewed(folder, f"2026-11-c1 版 識別子:growth(データ{'0' * 5} {'1' * 7} )", tmp_path)
    assert (found["hash"], found["verdict"]) == ("0" * 5 + "1" * 7, "altered") != (one.hash, "current")


BROWSER = str.maketrans({"文": "⽂", "長": "⻑", "民": "⺠", "・": "‧", "～": "〜", "“": '"', "”": '"', "’": "'"})  # as a browser's PDF has them


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("form", ["text", "apa", "sist02", "processed"])
@pytest.mark.parametrize("written", [BROWSER, str.maketrans({'"': "“", "'": "’"})])
def test_letters_that_look_the_same_are_the_same_whatever_a_program_wrote(tmp_path, lang, form, written):
    titles = {"ja": "文部科学省の民間・“長期”の割合は22～27%", "en": "Japan’s “long” stays’ share"}
    one = publish_titled(tmp_path / "site", titles)
    spread = " ".join("識別子：") if lang == "ja" else "Id:"
    text = bibliography.formats(one, lang)[form].replace("識別子：", spread).translate(written)

    (found,) = reviewed(tmp_path / "site", text, tmp_path)
    assert (found["hash"], found["verdict"]) == (one.hash, "current")


def publish_titled(site, titles):
    """An edition whose exhibit has these titles."""
    records = {lang: record(lang, svg="", title=titles[lang]) for lang in titles}
    one = exports.cited("2026-12", records, data(TABLE), citations.Issuer("https://example.go.jp"))
    publish(site, "2026-12", made(TABLE, edition="2026-12"), 1.5)
    catalogue = site / "2026-12" / "figures.json"
    told = json.loads(catalogue.read_text(encoding="utf-8"))
    catalogue.write_text(json.dumps([row | {"title": titles} for row in told]), encoding="utf-8")
    return one


@pytest.mark.parametrize("form", ["apa", "text", "short"])
def test_markdown_that_a_program_wrote_shows_what_it_shows(tmp_path, form):
    one = publish_titled(tmp_path / "site", {"ja": "伸び", "en": "Growth of 7.0–8.8% & more [range]"})
    text = re.sub(r"([][_.%'\"()-])", r"\\\1", bibliography.formats(one, "en")[form])
    escaped = text.replace("–", "--").replace("&", "&amp;").replace("growth,", "_growth_,")

    (found,) = reviewed(tmp_path / "site", escaped, tmp_path)
    assert (found["hash"], found["verdict"]) == (one.hash, "current")


@pytest.mark.parametrize("note", [r"{\footnote \pard %s}", r"{\*\footnote\chftn\~\plain\pard {\pard %s\par}}", r"{\*\annotation %s}"])
def test_what_a_note_of_a_rich_text_cites_is_found(folder, tmp_path, note):
    one = figure("2026-11-c1", NEW)
    (tmp_path / "a.rtf").write_text(rf"{{\rtf1\ansi A claim.{note % citations.short(one, 'en')} More.}}", encoding="ascii")

    (found,) = review.review(tmp_path / "a.rtf", Site(folder), {})
    assert (found["id"], found["hash"], found["verdict"]) == ("growth", one.hash, "current")


def opendocument(path, text):
    with zipfile.ZipFile(path, "w") as archive:
        names = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        half = len(text) // 2
        spans = f"<text:span>{text[:half]}</text:span>{text[half:]}"
        archive.writestr("content.xml", f"<office:document-content {names}><text:p>{spans}</text:p></office:document-content>")


def web(path, text):
    half = len(text) // 2
    path.write_text(f"<html><script>{text}</script><body><p>{text[:half]}<b>{text[half:]}</b></p></body></html>", encoding="utf-8")


def workbook(path, text):
    book = openpyxl.Workbook()
    book.active["B3"] = text
    book.save(path)


def rich(path, text):
    letters = "".join(letter if letter.isascii() else rf"\u{ord(letter)}?" for letter in text)
    path.write_text(rf"{{\rtf1\ansi\ansicpg932 {{\*\hidden growth}}{letters}\par}}", encoding="ascii")


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.odt", opendocument), ("a.odp", opendocument), ("a.ods", opendocument), ("a.html", web), ("a.htm", web), ("a.xlsx", workbook),
        ("a.RTF", rich),
    ],
)  # fmt: skip
def test_a_paper_of_another_office_says_what_it_cites(folder, tmp_path, name, write):
    one = figure("2026-11-c1", NEW)
    write(tmp_path / name, citations.short(one, "ja"))

    (found,) = review.review(tmp_path / name, Site(folder), {})
    assert (found["id"], found["hash"], found["verdict"]) == ("growth", one.hash, "current")


@pytest.mark.parametrize(("name", "newer"), [("a.doc", ".docx"), ("a.PPT", ".pptx"), ("a.xls", ".xlsx")])
def test_an_old_binary_paper_is_told_how_to_be_saved(folder, tmp_path, name, newer):
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")

    with pytest.raises(Refusal, match="E290") as refused:
        review.review(tmp_path / name, Site(folder), {})
    assert f"→ {newer}" in refused.value.text("en")


@pytest.mark.parametrize(("edition", "table", "code"), [("2026-11-c1", NEW, 0), ("2019-09", OLD, 6)])
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_the_command_ends_with_six_where_anything_is_not_current(folder, tmp_path, edition, table, code, form):
    (tmp_path / "paper.md").write_text(citations.short(figure(edition, table), "en"), encoding="utf-8")

    done = CliRunner().invoke(app.app, ["review", str(tmp_path / "paper.md"), "--site", str(folder), *form])
    assert done.exit_code == code


def test_an_id_in_capitals_is_the_same_id():
    assert rejoined("2026-11/figures/Budget-GROWTH/", ["budget-growth"]) == "2026-11/figures/budget-growth/"


def test_an_earlier_edition_is_superseded_and_the_numbers_are_told(folder, tmp_path):
    found = reviewed(folder, f"{citations.full(figure('2019-09', OLD), 'ja')}\n\n{citations.full(value('2019-09', 1.4), 'ja')}", tmp_path)

    assert [(one["verdict"], one["latest"], one["changed"], one["was"], one["now"]) for one in found] == [
        ("changed", "2026-11-c1", True, "NIH Factor: 1.3", "NIH Factor: 1.6"), ("changed", "2026-11-c1", True, "1.4 times", "1.6 times"),
    ]  # fmt: skip


def test_numbers_that_changed_are_told_in_words_of_the_readers_language_and_with_as_many_digits_as_tell_them_apart(tmp_path):
    old = TABLE.assign(multiple=[1.25, 2.0], growth_pct=[6.77899723724409, 1.0])
    for edition, table, tie in (
        ("2019-09", old, None),
        ("2021-01", old.assign(multiple=[1.3, 2.0], growth_pct=[6.7785, 1.0]), {"succeeds": "2019-09"}),
    ):
        publish(tmp_path / "site", edition, made(table, edition=edition), 1.4, tie, table)

    (ja,), (en,) = (reviewed(tmp_path / "site", "2019-09/figures/growth/", tmp_path, lang) for lang in ("ja", "en"))

    assert (ja["was"], ja["now"]) == ("NIH 倍率: 1.25; NIH 伸び（%）: 6.779", "NIH 倍率: 1.3; NIH 伸び（%）: 6.7785")
    assert en["was"] == "NIH Factor: 1.25; NIH Growth (%): 6.779"


@pytest.mark.parametrize(("lang", "there", "absent"), [("ja", "この行がある", "この行はない"), ("en", "row present", "no such row")])
def test_a_row_that_was_added_or_left_out_is_told_in_words(tmp_path, lang, there, absent):
    for name, table, parts in (("2019-09", TABLE, None), ("2021-01", TABLE.iloc[:-1], {"succeeds": "2019-09"})):
        publish(tmp_path / "site", name, made(table, edition=name), 1.5, parts, table)

    (found,) = reviewed(tmp_path / "site", "2019-09/figures/growth/", tmp_path, lang)
    assert (found["was"].rpartition(": ")[2], found["now"].rpartition(": ")[2]) == (there, absent)


def test_a_corrected_edition_is_told_with_the_row_of_the_register(folder, tmp_path):
    for lang, told in (("ja", "理由：誤記"), ("en", "Why: typing error")):
        (found,) = reviewed(folder, citations.short(figure("2026-11"), "ja"), tmp_path, lang)

        assert (found["verdict"], found["latest"], found["corrections"]) == ("corrected", "2026-11-c1", [CORRECTION])
        assert told in found["detail"]


EARLIER = CORRECTION | {"edition": "2019-09", "corrected_edition": "2019-09-c1", "wrong": "1.4", "right": "1.6"}


@pytest.fixture(scope="module")
def still_wrong(tmp_path_factory):
    """2019-09 is corrected by 2019-09-c1, and 2026-11 still has the wrong numbers."""
    site = tmp_path_factory.mktemp("still_wrong")
    publish(site, "2019-09", made(TABLE, edition="2019-09"), 1.4)
    publish(site, "2019-09-c1", made(NEW, edition="2019-09-c1"), 1.6, {"corrects": "2019-09"})
    publish(site, "2026-11", made(TABLE, edition="2026-11"), 1.4, {"succeeds": "2019-09"})
    return Site(site)


WRONG = {"2019-09": [EARLIER], "2026-11": [EARLIER]}


@pytest.mark.parametrize("id", ["figures/growth/", "en/trends.html#value-ratio"])
@pytest.mark.parametrize(
    ("edition", "verdict", "latest", "now"),
    [("2019-09", "corrected", "2019-09-c1", "1.6"), ("2019-09-c1", "current", "2019-09-c1", ""), ("2026-11", "corrected", "2019-09-c1", "1.6")],
)
def test_a_wrong_number_is_known_wrong_in_every_edition_and_never_recommended(still_wrong, tmp_path, id, edition, verdict, latest, now):
    (tmp_path / "paper.md").write_text(f"{edition}/{id}", encoding="utf-8")

    (found,) = review.review(tmp_path / "paper.md", still_wrong, WRONG)

    assert (found["verdict"], found["latest"], now in found["now"]) == (verdict, latest, True)
    assert ("wrong 1.4, right 1.6" if found["corrections"] else "2026-11 still says") in found["detail"]


def test_the_edition_to_cite_is_the_newest_that_is_not_known_to_be_wrong(still_wrong):
    having = still_wrong.having("values", "ratio")

    assert [one.name for one in having] == ["2019-09", "2019-09-c1", "2026-11"]
    assert known_wrong.best(having, "values", "ratio", still_wrong, WRONG).name == "2019-09-c1"
    assert known_wrong.best(having, "values", "ratio", still_wrong, {}).name == "2026-11"


def test_a_picture_with_a_wrong_number_is_known_wrong(still_wrong, tmp_path):
    document = docx.Document()
    document.add_picture(io.BytesIO(made(TABLE, edition="2026-11")["growth.en.png"]), width=Cm(8))
    document.save(tmp_path / "paper.docx")

    (found,) = review.review(tmp_path / "paper.docx", still_wrong, WRONG)

    assert (found["verdict"], found["corrections"]) == ("corrected", [EARLIER])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text, hash: text.replace(hash, f"{hash[:-1]}{'0' if hash[-1] != '0' else '1'}"), "The digits in the paper"),
        (lambda text, hash: text.replace(hash, hash[:-1]), "The digits in the paper"),
        (lambda text, hash: text.replace("Growth", "Decline").replace("伸び", "減少"), "The paper says"),
        (lambda text, hash: text.replace("2026-11-c1", "2019-09"), "They are those of edition 2026-11-c1"),
    ],
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_citation_that_says_something_else_is_altered(folder, tmp_path, lang, change, told):
    one = figure("2026-11-c1", NEW)

    (found,) = reviewed(folder, change(citations.full(one, lang), one.hash), tmp_path)

    assert found["verdict"] == "altered" and told in found["detail"]


def test_a_value_quoted_with_another_number_is_altered(folder, tmp_path):
    (found,) = reviewed(folder, citations.full(value("2026-11-c1", 1.6), "ja").replace("1.6倍", "9.6倍"), tmp_path)

    assert (found["verdict"], found["id"]) == ("altered", "ratio")


@pytest.mark.parametrize(
    ("text", "id", "told"),
    [
        ("https://example.go.jp/2019-09/figures/growth-of-all/", "growth-of-all", "No edition ever published"),
        ("evidence-book:2019-09/figures/grow#0123456789ab", "grow", "The nearest id is growth."),
        ("2020-01/figures/growth/", "growth", "Edition 2020-01 does not have it"),
        ("「国際共同研究支援エビデンスブック」2026-11 版 図 9-9", "図 9-9", "No edition ever published"),
    ],
)
def test_what_was_never_published_is_unknown(folder, tmp_path, text, id, told):
    (found,) = reviewed(folder, text, tmp_path)

    assert (found["verdict"], found["id"]) == ("missing", id)
    assert told in found["detail"]


def test_a_citation_by_title_and_number_is_found(folder, tmp_path):
    (found,) = reviewed(folder, "出典：「国際共同研究支援エビデンスブック」2026-11-c1 版、図 ２－１", tmp_path)

    assert (found["id"], found["verdict"]) == ("growth", "current")


def test_digits_alone_are_known(folder, tmp_path):
    (found,) = reviewed(folder, f"see {figure('2019-09', OLD).hash}.", tmp_path)

    assert (found["id"], found["edition"], found["verdict"]) == ("growth", "2019-09", "changed")


def test_two_editions_of_one_figure_in_one_passage_are_two_citations(folder, tmp_path):
    found = reviewed(folder, "Compare 2019-09/figures/growth/ with 2026-11-c1/figures/growth/.", tmp_path)

    assert [(one["edition"], one["verdict"]) for one in found] == [("2019-09", "changed"), ("2026-11-c1", "current")]


def test_a_paper_that_cites_nothing_has_no_record(folder, tmp_path):
    assert reviewed(folder, "Growth was strong in 2019-09, see https://example.com/figures/x and 0123456789ab.\n\n図 2-1", tmp_path) == []


def test_word_papers_are_read_with_tables_footers_boxes_and_pictures(folder, tmp_path):
    paper, text = docx.Document(), citations.full(figure("2026-11-c1", NEW), "ja")
    paragraph = paper.add_paragraph()
    for start in range(0, len(text), 7):
        paragraph.add_run(text[start : start + 7])  # as Word splits what was edited
    paper.add_table(1, 1).cell(0, 0).text = citations.short(value("2026-11-c1", 1.6), "en")
    paper.sections[0].footer.paragraphs[0].text = "2019-09/figures/growth/"
    paper.add_picture(io.BytesIO(made(NEW, edition="2026-11-c1")["growth.ja.png"]), width=Cm(15))
    paper.save(str(tmp_path / "paper.docx"))

    found = review.review(tmp_path / "paper.docx", Site(folder), {}, "ja")

    assert sorted((one["place"].split()[0], one["id"], one["verdict"]) for one in found) == [
        ("document", "growth", "current"), ("document", "ratio", "current"), ("footer1", "growth", "changed"), ("image1.png", "growth", "current"),
    ]  # fmt: skip


@pytest.mark.parametrize("at", ["figures/growth/", "Id: growth", "2026-11-c1,"])
def test_breaks_and_hyphens_of_a_word_processor_are_read(folder, tmp_path, at):
    paper, text = docx.Document(), bibliography.formats(figure("2026-11-c1", NEW), "en")["text"]
    assert at in text
    for part in re.split(f"({re.escape(at)})", text):
        run = paper.add_paragraph().add_run() if not paper.paragraphs else paper.paragraphs[0].add_run()
        for number, piece in enumerate(part.split("-")):
            if number:
                run._r.append(OxmlElement("w:noBreakHyphen"))
            run.add_text(piece)
        run.add_break()
    paper.save(str(tmp_path / "paper.docx"))

    (found,) = review.review(tmp_path / "paper.docx", Site(folder), {})
    assert (found["edition"], found["hash"], found["verdict"]) == ("2026-11-c1", figure("2026-11-c1", NEW).hash, "current")


def test_the_address_of_a_field_is_read(folder, tmp_path):
    paper = docx.Document()
    code = OxmlElement("w:instrText")
    code.text = ' HYPERLINK "https://example.go.jp/2019-09/figures/growth/" '
    paper.add_paragraph("see there").add_run()._r.append(code)
    paper.save(str(tmp_path / "paper.docx"))

    (found,) = review.review(tmp_path / "paper.docx", Site(folder), {})
    assert (found["id"], found["edition"], found["verdict"]) == ("growth", "2019-09", "changed")


def test_slides_are_read_with_notes_and_tables(folder, tmp_path):
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Growth"
    slide.shapes.add_table(1, 1, Inches(1), Inches(1), Inches(5), Inches(1)).table.cell(0, 0).text = citations.short(figure("2019-09", OLD), "en")
    slide.notes_slide.notes_text_frame.text = citations.full(value("2026-11-c1", 1.6), "en")
    deck.save(str(tmp_path / "paper.pptx"))

    found = review.review(tmp_path / "paper.pptx", Site(folder), {})

    assert [(one["place"], one["id"], one["verdict"]) for one in found] == [
        ("notesSlide1 ¶1", "ratio", "current"), ("slide1 ¶2", "growth", "changed"),
    ]  # fmt: skip


def test_our_own_slide_is_current(folder, tmp_path):
    (tmp_path / "own.pptx").write_bytes(made(NEW, edition="2026-11-c1")["growth.en.pptx"])

    found = review.review(tmp_path / "own.pptx", Site(folder), {})

    assert found and {(one["id"], one["edition"], one["verdict"]) for one in found} == {("growth", "2026-11-c1", "current")}


def pdf(lines):
    """A page of these lines of ASCII, as a program that knows only what PDF readers must know would write it."""
    text = "BT /F1 9 Tf 12 TL 20 700 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]  # fmt: skip
    raw, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(raw))
        raw += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    raw += f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(raw)}\n%%EOF"
    return raw.encode()


def test_a_pdf_is_read_across_its_lines(folder, tmp_path):
    hash = figure("2026-11-c1", NEW).hash
    (tmp_path / "paper.pdf").write_bytes(
        pdf(["Source: edition 2026-11-", "c1, Figure 2-1, https://example.go.jp/2026-11-c1/", f"figures/growth/. Id: growth \\(data {hash}\\)."])
    )

    (found,) = review.review(tmp_path / "paper.pdf", Site(folder), {})

    assert (found["place"], found["id"], found["hash"], found["verdict"]) == ("p. 1", "growth", hash, "current")


def test_a_citation_goes_on_over_what_is_printed_on_every_page(folder, tmp_path):
    text = bibliography.formats(figure("2026-11-c1", NEW), "en")["apa"]
    half = text.index("Growth") + 3
    writer = pypdf.PdfWriter()
    for number, part in enumerate((text[:half], text[half:], "The end."), start=1):
        told = [line.replace("(", r"\\(").replace(")", r"\\)") for line in ("Material 2-1 (draft)", part, f"- {number} / 3 -")]
        writer.append(io.BytesIO(pdf(told)))
    writer.write(tmp_path / "paper.pdf")

    (found,) = review.review(tmp_path / "paper.pdf", Site(folder), {})
    assert (found["place"], found["id"], found["verdict"]) == ("p. 2", "growth", "current")


def test_text_in_the_encoding_of_japanese_windows_is_read(folder, tmp_path):
    (tmp_path / "paper.txt").write_bytes("一行目\r\n\r\n出典：（growth）2019-09/figures/growth/".encode("cp932"))

    (found,) = review.review(tmp_path / "paper.txt", Site(folder), {})

    assert (found["place"], found["verdict"]) == ("l. 3", "changed")


@pytest.mark.parametrize("name", ["a.docx", "a.pptx", "a.pdf", "a.doc", "a"])
def test_a_paper_that_cannot_be_read_is_refused(tmp_path, folder, name):
    (tmp_path / name).write_bytes(b"PK\x03\x04 nothing")

    with pytest.raises(Refusal) as refused:
        review.review(tmp_path / name, Site(folder), {})
    assert (refused.value.code, refused.value.place.file) == ("E290", name)


def test_a_paper_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refusal) as refused:
        papers.read(tmp_path / "none.md")

    assert refused.value.code == "E290"
