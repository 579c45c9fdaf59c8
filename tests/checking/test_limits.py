"""A small paper cannot keep the machine busy: what is beyond a limit is refused with the limit, and the rest takes time in step with its length."""

import io
import os
import re
import time
import zipfile

import docx
import pytest

from evidence.checking import contents, differences, mentions, papers, review, verification
from evidence.checking.published_site import Site
from evidence.errors import Refusal
from tests.checking.test_verification import publish
from tests.files.test_exports import made


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    publish(folder, "2019-09", made())
    return Site(folder)


def refused(action, *arguments) -> Refusal:
    with pytest.raises(Refusal) as found:
        action(*arguments)
    assert all(found.value.text(lang) for lang in ("ja", "en"))
    return found.value


def swollen(part: bytes, times: int) -> bytes:
    """A paper whose text was repeated so many times within its archive."""
    stream, packed = io.BytesIO(), io.BytesIO()
    docx.Document().save(stream)
    with zipfile.ZipFile(stream) as archive, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name in archive.namelist():
            made.writestr(name, archive.read(name).replace(b"<w:body>", b"<w:body>" + part * times if name == "word/document.xml" else b"<w:body>"))
    return packed.getvalue()


PARAGRAPH = b"<w:p><w:r><w:t>a</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("unfolds.docx", lambda: swollen(b" " * 1_000_000, 201)), ("pressed.docx", lambda: swollen(b" " * 1_000_000, 20)),
        ("paragraphs.docx", lambda: swollen(PARAGRAPH + b"<!--" + bytes(range(48, 123)).replace(b"-", b"") + b"-->", 100_001)),
        ("paragraphs.txt", lambda: b"a\n\n" * 100_001), ("letters.txt", lambda: b"a " * 2_500_001),
        ("citations.txt", lambda: "".join(f"evidence-book:2019-09/figures/growth#{number:012x} " for number in range(2_001)).encode()),
    ],
)  # fmt: skip
def test_a_paper_beyond_a_limit_is_refused_with_the_limit(tmp_path, site, name, content):
    (tmp_path / name).write_bytes(content())

    problem = refused(review.review, tmp_path / name, site, [])

    assert (problem.code, problem.place.file) == ("E298", name)
    assert ">" in problem.found


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")], ids=["a pipe", "an endless file"])
@pytest.mark.parametrize("name", ["paper.txt", "paper.docx", "paper.pdf", "paper.html", "paper.xlsx", "paper.rtf"])
def test_what_is_no_plain_file_is_neither_waited_for_nor_read_for_ever(tmp_path, site, name, make):
    make(tmp_path / name)

    assert refused(review.review, tmp_path / name, site, []).code == "E292"


@pytest.mark.parametrize("text", [" " * 20, "a- ", "\t\n", "- \n", "図\n", "a\r\n ", "\n \n", "#\n"], ids=repr)
def test_lines_are_joined_in_steps_in_step_with_their_length(text, monkeypatch):
    """Counted are the characters that the work looks at: twice the text is twice the work."""
    looked: list[int] = []
    monkeypatch.setattr(papers, "_close", lambda line, after: looked.append(len(line) + len(after)) or True)
    papers.joined(text * 500)
    once = sum(looked)
    looked.clear()
    papers.joined(text * 1000)

    assert sum(looked) <= 2 * once + 10


def test_no_pattern_of_the_review_can_be_made_to_try_again_and_again():
    """A run that a pattern may begin anywhere in is tried from each of its characters: such runs have a fence before them, or a bound."""
    patterns = [value for module in (mentions, papers) for value in vars(module).values() if isinstance(value, re.Pattern)]

    assert patterns
    assert [pattern.pattern for pattern in patterns if re.match(r"\[[^]]*\][*+](?![+])|\\s[*+](?![+])", pattern.pattern)] == []


@pytest.mark.parametrize(
    "lines", [["a", "b"], ["図", "a"], ["a", "図"], ["a-", "b"], ["a", "", "図"], ["図", "", "a"], ["a ", " \tb"], ["図 ", "", "", "表"]]
)
def test_lines_are_joined_as_ever(lines):
    text = "\r\n".join(lines)
    before = re.sub(r"(?<=[-/#])[ \t]*\r?\n[ \t]*|(?<=[^\x00-\x7f])[ \t]*\r?\n[ \t]*|[ \t]*\r?\n[ \t]*(?=[^\x00-\x7f])", "", text)

    assert papers.joined(text) == re.sub(r"\s+", " ", before).strip()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp932"])
def test_a_paper_in_any_encoding_that_it_tells_is_read(tmp_path, site, encoding):
    (tmp_path / "paper.txt").write_bytes("出典：2019-09/figures/growth/".encode(encoding))

    assert [one["id"] for one in review.review(tmp_path / "paper.txt", site, {})] == ["growth"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_paper_in_an_encoding_that_nothing_tells_is_refused_and_does_not_cite_nothing(tmp_path, site, encoding):
    (tmp_path / "paper.txt").write_bytes("出典：国際共同研究支援エビデンスブック 2019-09/figures/growth/、図表".encode(encoding))

    assert refused(review.review, tmp_path / "paper.txt", site, []).code == "E290"


def test_a_half_of_a_utf_16_paper_is_refused(tmp_path, site):
    (tmp_path / "paper.txt").write_bytes("国際".encode("utf-16")[:-1])

    assert refused(review.review, tmp_path / "paper.txt", site, []).code == "E290"


@pytest.mark.parametrize("cell", ["x" * 200_000, "9" * 5_000, '"' + "\n" * 150_000 + '"'], ids=["long", "digits", "lines"])
def test_a_table_with_a_cell_that_no_published_table_has_is_unknown(tmp_path, site, cell):
    (tmp_path / "table.csv").write_text(f"id,value\na,{cell}\n", encoding="utf-8")

    assert refused(verification.file, tmp_path / "table.csv", site).code == "E611"


ADDRESS, NUMBER = "2019-09/figures/growth/", "Figure 2-1 edition 2019-09"


@pytest.mark.parametrize(
    "text", [f"{ADDRESS} " * 100_000, f"{NUMBER} " * 100_000, f"{ADDRESS}\n\n" * 2_001], ids=["addresses", "numbers", "passages"]
)
def test_a_hundred_thousand_mentions_are_refused_before_each_is_held_against_the_others(tmp_path, site, text):
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    began = time.process_time()

    problem = refused(review.review, tmp_path / "paper.txt", site, [])

    assert (problem.code, problem.place.file, problem.found.endswith("> 2,000")) == ("E298", "paper.txt", True)
    assert time.process_time() - began < 20


def bomb(size: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sheet.xml", b" " * size)
    return packed.getvalue()


@pytest.mark.parametrize("name", ["growth.zip", "other.xlsx", "growth.docx", "other.pptx"])
def test_an_archive_that_unfolds_beyond_the_limit_is_refused_by_verify_before_it_is_unfolded(tmp_path, site, name):
    (tmp_path / name).write_bytes(bomb(201 << 20))

    assert refused(verification.file, tmp_path / name, site).code == "E298"


def test_a_workbook_is_read_once_however_many_published_ones_it_is_held_against(monkeypatch):
    read: list[bytes] = []
    monkeypatch.setattr(differences, "_cells", lambda book: read.append(book) or iter([("A!A1", "x")]))
    monkeypatch.setattr(differences.CalamineWorkbook, "from_filelike", lambda stream: stream.read())
    differences._workbook.cache_clear()

    for number in range(5):
        differences.workbook(b"published %d" % number, b"found")

    assert read.count(b"found") == 1


def test_what_is_many_times_longer_than_a_published_text_is_none_of_it():
    assert contents.between("growth.json", b"[1]", b"[1]" + b" " * (2 << 20)) is None
    assert contents.between("growth.json", b"[1]", b"[1]" + b" " * 1000) is not None


JSON = {
    "numbers": lambda size: b"[" + b",".join([b"1"] * (size // 2)) + b"]",
    "folds within folds": lambda size: b"[" + b",".join([b"[" * 900 + b"1" + b"]" * 900] * (size // 1801)) + b"]",
    "long names of folds": lambda size: b'{"%s":' % (b"k" * 50) * 400 + b"[" + b",".join([b"1"] * (size // 2)) + b"]" + b"}" * 400,
    "one number": lambda size: b'{"a":' + b"9" * size + b"}",
    "one fold": lambda size: b"[" * (size // 2) + b"]" * (size // 2),
    "halves of letters": lambda size: b'["' + b"\\ud800" * (size // 6) + b'"]',
}


@pytest.mark.parametrize("shape", JSON)
def test_json_of_whatever_shape_is_read_once_and_held_against_all_published_in_seconds(tmp_path, site, shape):
    raw, started = JSON[shape](900_000), time.process_time()

    problem = refused(verification.content, "any.json", raw, site)
    for number in range(100):  # as many as a book has
        differences.structure(b'{"a": %d}' % number, raw) if shape != "one number" else None

    assert problem.code == "E611"
    assert time.process_time() - started < 5
