"""The result of a review is a page that needs nothing else, and a copy of the Word document with a comment at each place."""

import io
import re

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from typer.testing import CliRunner

from evidence.checking import report, review
from evidence.checking.published_site import Site
from evidence.citing import citations
from evidence.cli import app
from tests.checking.test_review import NEW, OLD, figure, folder, value  # noqa: F401
from tests.files.test_exports import made


@pytest.fixture(scope="module")
def paper(folder, tmp_path_factory):  # noqa: F811
    """A Word document that cites in a paragraph, a table, a footer and a picture."""
    document, path = docx.Document(), tmp_path_factory.mktemp("paper") / "委員会資料.docx"
    document.add_paragraph("はじめに <script>alert(1)</script>")
    document.add_paragraph("伸びは9.6倍だった（2026-11-c1/ja/trends.html#value-ratio）。<b>2019-09/figures/growth/</b>")
    document.add_table(1, 1).cell(0, 0).text = citations.short(figure("2026-11-c1", NEW), "ja")
    document.sections[0].footer.paragraphs[0].text = "2019-09/figures/growth/"
    document.add_picture(io.BytesIO(made(NEW, edition="2026-11-c1")["growth.ja.png"]), width=Cm(15))
    document.save(str(path))
    return path


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_page_tells_every_citation_and_loads_and_runs_nothing(folder, paper, lang):  # noqa: F811
    records = review.review(paper, Site(folder), {}, lang)
    page = report.page(paper.name, records, ["2019-09", "2026-11-c1"], lang)

    assert page.count('<li class="one ') == len(records) == 5
    assert "9.6倍" in page and "1.6倍" in page and "委員会資料.docx" in page
    assert re.findall(r"<script|<link|<img|src=|href=|<b>2019", page) == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_copy_has_a_comment_at_each_place_and_the_paper_is_as_it_was(folder, paper, lang):  # noqa: F811
    before, records = paper.read_bytes(), review.review(paper, Site(folder), {}, lang)
    copy = docx.Document(io.BytesIO(report.annotated(paper, records, lang)))
    marked = copy.element.xpath("//w:commentRangeStart")
    places = ["".join(next(mark.iterancestors("{*}p")).itertext())[:4] for mark in marked]

    assert paper.read_bytes() == before
    assert [len(list(copy.comments)), len(marked)] == [5, 5]
    assert sorted(places) == sorted(["はじめに", "伸びは9", "伸びは9", "出典：国", ""])
    assert any("9.6倍" in comment.text and "1.6倍" in comment.text for comment in copy.comments)
    assert [paragraph.text for paragraph in copy.paragraphs] == [paragraph.text for paragraph in docx.Document(str(paper)).paragraphs]


@pytest.mark.parametrize(("kind", "reltype"), [("footnote", RT.FOOTNOTES), ("endnote", RT.ENDNOTES)])
@pytest.mark.parametrize(("lang", "said"), [("ja", "注番号に付けた"), ("en", "at the number of the note")])
def test_what_a_note_cites_is_told_at_its_number_in_the_text(folder, tmp_path, kind, reltype, lang, said):  # noqa: F811
    document = docx.Document()
    document.add_paragraph("はじめに")
    run = document.add_paragraph("伸びた。").add_run()
    run._r.append(parse_xml(f'<w:{kind}Reference {nsdecls("w")} w:id="2"/>'))
    note = f'<w:{kind}s {nsdecls("w")}><w:{kind} w:id="2"><w:p><w:r><w:t>2019-09/figures/growth/</w:t></w:r></w:p></w:{kind}></w:{kind}s>'
    content = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
    document.part.relate_to(Part(PackURI(f"/word/{kind}s.xml"), content, note.encode(), document.part.package), reltype)
    document.save(str(tmp_path / "a.docx"))

    records = review.review(tmp_path / "a.docx", Site(folder), {}, lang)
    copy = docx.Document(io.BytesIO(report.annotated(tmp_path / "a.docx", records, lang)))
    (comment,) = copy.comments
    marked = copy.element.xpath(f"//w:r[preceding-sibling::w:commentRangeStart and following-sibling::w:commentRangeEnd]/w:{kind}Reference")

    assert [one["id"] for one in records] == ["growth"]
    assert len(marked) == 1 and said in comment.text


def test_the_command_writes_both_beside_what_it_tells(folder, paper, tmp_path):  # noqa: F811
    done = CliRunner().invoke(app.app, ["review", str(paper), "--site", str(folder), "--report", str(tmp_path / "out")])

    assert done.exit_code == 6
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["委員会資料.review.docx", "委員会資料.review.html"]
    assert "9.6倍" in done.stdout


def test_a_paper_that_is_no_word_document_has_the_page_alone(folder, tmp_path):  # noqa: F811
    (tmp_path / "a.md").write_text("nothing", encoding="utf-8")
    done = CliRunner().invoke(app.app, ["review", str(tmp_path / "a.md"), "--site", str(folder), "--report", str(tmp_path / "out")])

    assert (done.exit_code, [path.name for path in (tmp_path / "out").iterdir()]) == (0, ["a.review.html"])
