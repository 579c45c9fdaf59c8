"""The book as PDF: what stands on its sheets, what its tags say, and that it is the same bytes wherever it is made."""

import io
import json
import re
from pathlib import Path
from urllib.parse import unquote

import pikepdf
import pytest
from docutils import nodes
from pptx import Presentation
from pypdf import PdfReader

from evidence.book import contents, paper, pdf, trees
from evidence.book.contents import Page
from evidence.checking import papers
from evidence.errors import Refusal
from evidence.tables.edition import Edition
from tests.projects import FIRST

LANGUAGES = ("ja", "en")


@pytest.fixture(scope="session")
def site(small_book) -> Path:
    return small_book / "_build" / "html" / FIRST


@pytest.fixture(params=LANGUAGES)
def lang(request) -> str:
    return request.param


@pytest.fixture
def sheets(site, lang) -> list[str]:
    """The text of every sheet of the book."""
    return texts((site / lang / "book.pdf").read_bytes())


def texts(raw: bytes) -> list[str]:
    return [papers.joined(page.extract_text()) for page in PdfReader(io.BytesIO(raw)).pages]


def close(text: str) -> str:
    """The text without spaces and line ends, which a sheet sets as it needs them."""
    return re.sub(r"\s", "", papers.joined(text))


def figures(site: Path) -> list[dict]:
    return json.loads((site / "figures.json").read_text(encoding="utf-8"))


def tags(document: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Every element of the tags of a PDF."""
    found, waiting = [], [document.Root.StructTreeRoot]
    while waiting:
        one = waiting.pop()
        found += [one] if "/S" in one else []
        kids = one.get("/K", [])
        waiting += [kid for kid in (kids if isinstance(kids, pikepdf.Array) else [kids]) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return found


def test_a_value_stands_on_a_sheet_that_names_the_edition_and_the_chapter(site, sheets, lang):
    page = (site / lang / "trends.html").read_text(encoding="utf-8")
    quoted, chapter = re.search(r'class="value" id="value-([a-z0-9-]+)"', page)[1], re.search(r"<h1>(.*?)<", page)[1]
    value = next(one for one in json.loads((site / "values.json").read_text(encoding="utf-8")) if one["id"] == quoted)
    running = {
        "ja": f"国際共同研究支援エビデンスブック {FIRST} 版",
        "en": f"Evidence Book on Support for International Joint Research, Edition {FIRST}",
    }

    wanted = [close(text) for text in (value["text"][lang], running[lang], chapter)]
    assert any(all(one in close(text) for one in wanted) for text in sheets[3:])


def test_every_exhibit_is_listed_with_its_number_and_title_and_bears_its_id_and_digits(site, sheets, lang):
    lists = close("".join(sheets[1:3]))
    whole = close("".join(sheets))

    for one in figures(site):
        assert close(one["number"][lang] + one["title"][lang]) in lists
        assert re.search(close(one["id"]) + r".{,20}" + one["sha256"][:12], whole), one["id"]


def test_a_review_of_a_paper_finds_the_ids_of_what_it_took_from_the_pdf(site, lang):
    passages = [text for _, text in papers.read(site / lang / "book.pdf").passages]

    assert all(any(one["id"] in text for text in passages) for one in figures(site))


def test_the_tags_hold_the_alt_text_of_every_drawing_and_the_head_of_every_table(site, lang):
    document = pikepdf.open(site / lang / "book.pdf")
    found = tags(document)
    alts = {str(one.Alt) for one in found if one.S == "/Figure" and "/Alt" in one}
    tables = [one for one in found if one.S == "/Table"]

    assert alts == {one["alt"][lang] for one in figures(site) if one["kind"] == "figure"}
    assert len(tables) == 1 + len([one for one in figures(site) if one["kind"] == "table"])  # one more is that of the values
    assert sum(1 for one in found if one.S == "/TH") > len(tables)
    assert "/Formula" not in {str(one.S) for one in found}


def test_every_pdf_says_what_it_is_and_in_which_language(site, lang):
    for path in sorted((site / lang).glob("*.pdf")):
        with pikepdf.open(path) as one, one.open_metadata() as told:
            assert one.check_pdf_syntax() == []
            assert told.pdfa_status == "2A" and told["pdfuaid:part"] == "1", path.name
            assert str(one.Root.Lang).startswith(lang) and one.Root.MarkInfo.Marked and one.Root.ViewerPreferences.DisplayDocTitle
            assert FIRST in told["dc:title"] and told["xmp:CreateDate"].startswith(FIRST)


def test_every_pdf_embeds_its_font_and_has_no_other_than_that_of_the_drawings(site, lang):
    for path in sorted((site / lang).glob("*.pdf")):
        with pikepdf.open(path) as one:
            fonts = [thing for thing in one.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"]

            assert fonts and all("/FontFile3" in font for font in fonts), path.name
            assert {re.sub(r"^/[A-Z]{6}\+", "", str(font.FontName)) for font in fonts} <= {"NotoSansCJKjp-Regular", "NotoSansCJKjp-Bold"}


def test_a_link_leads_to_a_sheet_or_to_a_file_of_the_edition_or_to_the_web(site, lang):
    missing, within = [], 0
    for path in sorted((site / lang).glob("*.pdf")):
        with pikepdf.open(path) as one:
            for link in [link for page in one.pages for link in page.get("/Annots", []) if link.Subtype == "/Link"]:
                address = str(link.A.URI) if "/A" in link and "/URI" in link.A else ""
                within += not address
                file = unquote(address.partition("#")[0])
                if address and not address.startswith(("https:", "http:", "mailto:")) and not (site / lang / file).is_file():
                    missing.append((path.name, address))

    assert missing == [] and within > 20


def test_the_chapters_are_the_outline_of_the_book(site, lang):
    outline = [str(one.title) for one in PdfReader(site / lang / "book.pdf").outline if not isinstance(one, list)]

    assert [title.split()[0] for title in outline if title[0].isdigit() or title[1:2] in " \u3000"][:3] == ["1", "2", "A"]


def test_each_page_leads_to_its_chapter_as_pdf_and_the_first_to_summary_and_book(site, lang):
    for page in sorted((site / lang).glob("*.html")):
        named = re.findall(r'<a class="as-pdf" href="([^"]*)"', page.read_text(encoding="utf-8"))
        chapter = "trends" if page.stem.startswith("funder-") else page.stem
        own = [] if page.stem in ("overview", "index", "search", "genindex") or page.stem.startswith("workings") else [f"{chapter}.pdf"]

        assert named == (["handout.pdf", "handout.pptx", "book.pdf"] if page.stem == "overview" else []) + own, page.name
        assert all((site / lang / name).is_file() for name in named)


def test_the_same_book_is_the_same_bytes(small_book, site, lang):
    pages = contents.pages(small_book, Edition(small_book / "data" / FIRST))
    work = small_book / "_build" / "work" / FIRST / lang
    made = json.loads((work / "staged" / "records.json").read_text(encoding="utf-8"))

    again = dict(pdf.files(pdf.Bound(FIRST, lang, pages, work / trees.FOLDER, made, "")))
    assert again == {path.name: path.read_bytes() for path in (site / lang).glob("*.pdf")}


def typeset(folder: Path, *of: object) -> bytes:
    """A book of one page with this content."""
    head = {"is": "title", "of": ["A"]}
    (folder / "a.json").write_text(json.dumps([{"is": "section", "ids": ["a#a"], "of": [head, *of]}]), encoding="utf-8")
    bound = pdf.Bound("2020-01", "en", [Page("a", "a")], folder, {"exhibits": {}, "values": {}}, "https://example.org")
    return next(raw for name, raw in pdf.files(bound) if name == "a.pdf")


def given(folder: Path, **texts: str) -> dict[str, dict[str, bytes]]:
    """What each file of a book of these pages is made of, by its name."""
    for name, text in texts.items():
        tree = [{"is": "section", "ids": [f"{name}#{name}"], "of": [{"is": "title", "of": [name]}, {"is": "paragraph", "of": [text]}]}]
        (folder / f"{name}.json").write_text(json.dumps(tree), encoding="utf-8")
    bound = pdf.Bound("2020-01", "en", [Page(name, name) for name in texts], folder, {"exhibits": {}, "values": {}}, "")
    asked: list[dict[str, bytes]] = []
    made = [name for name, _ in pdf.files(bound, lambda of, _: asked.append(of) or b"")]
    return dict(zip(made, asked, strict=True))


def test_a_chapter_is_made_of_what_it_shows_and_of_no_other_page(tmp_path):
    before, after = given(tmp_path, a="one", b="two", c="three"), given(tmp_path, a="one", b="two", c="another")

    assert {name for name in before if before[name] != after[name]} == {"book.pdf", "c.pdf"}
    assert set(before) == {"book.pdf", "handout.pdf", "a.pdf", "b.pdf", "c.pdf"}


@pytest.mark.parametrize("text", ['#panic("x")', "*a* _b_ `c` $d$ @e <f>", "= A\\u{41} // b", "https://example.org/#a"])
def test_words_are_never_taken_for_markup(tmp_path, text):
    assert close(text) in close(texts(typeset(tmp_path, {"is": "paragraph", "of": [text]}))[0])


def test_a_link_to_a_page_that_is_not_in_the_file_leads_to_the_site(tmp_path):
    raw = typeset(tmp_path, {"is": "paragraph", "of": [{"is": "reference", "to": "b.html#c", "of": ["there"]}]})

    with pikepdf.open(io.BytesIO(raw)) as document:
        assert "https://example.org/2020-01/en/b.html#c" in [str(link.A.URI) for link in document.pages[0].Annots]


def test_a_character_that_the_font_lacks_is_refused(tmp_path):
    with pytest.raises(Refusal) as refused:
        typeset(tmp_path, {"is": "paragraph", "of": ["a \U0001f9d0"]})

    assert refused.value.code == "E440"


def record(columns: list[tuple[str, str]], rows: list[list[str]]) -> dict:
    heads = [{"label": label, "kind": kind} for label, kind in columns]
    told = dict.fromkeys(("id", "number", "title", "subtitle", "alt", "svg"), "") | {"kind": "table", "guards": [], "badges": {}}
    return told | {"columns": heads, "rows": rows, **{name: [] for name in ("notes", "sources", "later", "anchors")}}


def test_ids_of_rows_and_empty_columns_stay_in_the_data_file():
    told = paper.exhibit(record([("Year", "number"), ("Note", "long"), ("Rests on", "rows")], [["2019", "", "a-b"]]), "en")

    assert [cell["text"] for cell in told["heads"]] == ["Year"] and told["fewer"]


def test_a_wide_table_is_set_across_and_a_longer_one_than_paper_holds_is_left_out():
    wide, long = ([(f"Column {place}", "long") for place in range(14)], [(str(place), "short") for place in range(2)])

    assert paper.exhibit(record(wide, [["some words " * 9] * 14] * 6), "en")["across"]
    assert str(paper.ROWS + 1) in paper.exhibit(record(long, [["a", "b"]] * (paper.ROWS + 1)), "en")["left_out"]
    assert not paper.exhibit(record(long, [["a", "b"]] * paper.ROWS), "en")["across"]


def test_a_table_of_few_rows_and_many_columns_is_turned():
    one = record([(f"Column {place}", "short") for place in range(8)], [[f"a{place}" for place in range(8)]]) | {"anchors": ["row-a"]}
    told = paper.exhibit(one, "en")

    assert [cell["text"] for cell in told["heads"]] == ["Column 0", "a0"] and [cell["text"] for cell in told["rows"][0]] == ["Column 1", "a1"]
    assert told["heads"][1]["anchor"] == "row-a"


def test_an_element_that_the_pdf_cannot_set_is_told_and_stops_the_build(monkeypatch):
    told = []
    monkeypatch.setattr(trees, "_LOG", type("Log", (), {"warning": lambda self, *words, location: told.append(words)})())

    assert list(trees.tree(nodes.paragraph("", "", nodes.Text("a"), nodes.image(uri="b.png")), "a")) == [{"is": "paragraph", "of": ["a"]}]
    assert told == [("the PDF cannot set this element: %s", "image")]


def test_the_handout_has_the_key_numbers_on_at_most_two_sheets_and_no_exhibit(site, lang):
    told = texts((site / lang / "handout.pdf").read_bytes())
    values = {one["id"]: one["text"][lang] for one in json.loads((site / "values.json").read_text(encoding="utf-8"))}

    assert len(told) <= 2
    assert all(close(values[id]) in close("".join(told)) for id in ("north-growth", "north-share", "bridge-support"))
    assert not any(one["number"][lang] in told[0] for one in figures(site))


def test_the_slides_of_the_handout_have_the_key_numbers_and_a_slide_a_section(site, lang):
    deck = Presentation(site / lang / "handout.pptx")
    told = ["\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in deck.slides]
    values = {one["id"]: one["text"][lang] for one in json.loads((site / "values.json").read_text(encoding="utf-8"))}

    assert [slide.shapes.title.text for slide in deck.slides][1:2] == [{"ja": "主な数値", "en": "Key numbers"}[lang]]
    assert all(values[id] in told[1] for id in ("north-growth", "north-share", "bridge-support"))
    assert all(FIRST in one for one in told)
    assert not [line for one in told for line in one.splitlines() if lang == "ja" and line.endswith("index.html") and ", " in line]
