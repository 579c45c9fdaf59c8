"""Citations name edition, number, id, address, sources and processing, in every format, and hold nothing that runs."""

import json
from dataclasses import replace

import bibtexparser
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_string

from evidence import words
from evidence.citing import bibliography, citations
from evidence.citing.citations import Cited, Issuer, Source, Told
from evidence.words import LANGUAGES

PAYLOADS = [
    '</script><script>window.ran=1</script>', "<img src=x onerror=window.ran=1>", "<svg onload=window.ran=1>", "javascript:window.ran=1",
    "[text](javascript:window.ran=1)", "{eval}`1+1`", "{include} /etc/hostname", "$\\frac{1}{0}$", "a\u202etxt.exe", "--><!--", "=1+1", "@SUM(A1)",
]  # fmt: skip
SOURCES = {
    "ja": (Source("説明資料", "文部科学省"), Source("提言", "", "2019-06-21")),
    "en": (Source("Briefing", "MEXT"), Source("Advice", "", "2019-06-21")),
}


def cited(kind="figure", title="", base="https://example.go.jp/book/", **parts):
    told = {
        "ja": Told("図 2-1", title or "予算の伸び", "読み取り、図にした", SOURCES["ja"]),
        "en": Told("Figure 2-1", title or "Growth of budgets", "drawn by the editors", SOURCES["en"]),
    }
    places = dict.fromkeys(told, "2019-09/figures/budget-growth/")
    return Cited("budget-growth", kind, "2019-09", "0123456789ab", places, told, issuer=Issuer(base), **parts)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("kind", ["figure", "table", "value"])
@pytest.mark.parametrize("base", ["", "https://example.go.jp/book"])
def test_every_format_names_edition_number_id_address_source_and_processing(lang, kind, base):
    number, source, processing = {"ja": ("図 2-1", "説明資料", "図にした"), "en": ("Figure 2-1", "Briefing", "drawn by the editors")}[lang]

    texts = bibliography.formats(cited(kind, base=base), lang)
    brief = [texts.pop(name) for name in ("caption", "short")]
    for name, text in texts.items():
        for part in ("2019-09", number, "budget-growth", f"{base}/2019-09/figures/budget-growth/".lstrip("/"), "0123456789ab", source, processing):
            plain = text.replace("\\", "")
            assert part in plain, (name, part, text)
    assert all(part in one for one in brief for part in ("2019-09", number, "budget-growth"))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_citation_of_two_hundred_sources_names_the_first_few_and_says_how_many_are_left(lang):
    one = cited()
    many = replace(one, told={lang: replace(one.told[lang], sources=tuple(Source(f"document-{n}") for n in range(1, 201)))})

    texts = bibliography.formats(many, lang)
    assert texts.pop("caption") and texts.pop("short")
    for name, text in texts.items():
        assert ("document-5" in text, "document-6" in text, "195" in text) == (True, False, True), (name, text)


@pytest.mark.parametrize(("lang", "most"), [("ja", 60), ("en", 150)])
def test_the_line_under_a_figure_is_short_and_says_how_it_was_made(lang, most):
    record = {
        "id": "budget-growth-range", "kind": "figure", "making": "computed", "number": "図 2-1", "title": "", "subtitle": "", "notes": [],
        "sources": [], "basis": [],
    }  # fmt: skip

    under = citations.caption(citations.exhibit(dict.fromkeys(("ja", "en"), record), "2019-09", b""), lang)

    assert len(under) <= most
    assert {"ja": "（budget-growth-range、算出）", "en": "(budget-growth-range; computed)"}[lang] in under


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("form", ["caption", "short"])
@pytest.mark.parametrize("id", ["growth", "budget-growth-range", "satreps-derived-expansion-duration", "programme-claims-jsps-core-to-core"])
def test_a_line_on_a_page_or_slide_fits_whatever_the_id_and_keeps_what_never_moves(lang, form, id):
    number = (
        {"ja": "表 5-JSPS-CORE-TO-CORE-3", "en": "Table 5-JSPS-CORE-TO-CORE-3"}[lang] if id.startswith("programme") else cited().told[lang].number
    )
    sources = (Source("t", "Council for Science, Technology and Innovation of the Cabinet Office, Government of Japan"), Source("u"))
    told = replace(cited().told[lang], number=number, made=words.word("cite.made.read", lang), sources=sources)

    line = getattr(citations, form)(replace(cited(), id=id, told={lang: told}), lang)

    assert len(line) <= (citations.CAPTION[lang] if form == "caption" else citations.SHORT), line
    assert all(part in line for part in (words.word("cite.brief_book", lang), "2019-09", id, told.made))
    assert form == "caption" or "0123456789ab" in line


def test_the_government_forms_follow_the_public_data_licence():
    texts = bibliography.formats(cited(), "ja")

    assert texts["text"].startswith("出典：「国際共同研究支援エビデンスブック」2019-09 版 図 2-1「予算の伸び」（")
    assert "）（https://example.go.jp/book/2019-09/figures/budget-growth/）、CC BY 4.0（https://" in texts["text"]
    assert "（https://example.go.jp/book/2019-09/figures/budget-growth/）を加工して作成" in texts["processed"]
    assert texts["short"] == "出典：国際共同研究支援エビデンスブック2019-09版図 2-1（budget-growth、0123456789ab）、文部科学省ほかの資料を基に"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_access_date_is_left_open(lang):
    texts = bibliography.formats(cited(), lang)
    open_date = {"ja": "（○年○月○日に利用）", "en": "(accessed ____-__-__)"}[lang]

    assert all(open_date in texts[name] for name in ("text", "processed", "apa", "sist02"))
    assert not any(field in texts["bibtex"] + texts["ris"] + texts["csl-json"] for field in ("urldate", "Y2  -", "accessed"))


def test_apa_and_sist02_are_what_the_styles_say():
    apa, sist02 = bibliography.styled(cited(), "en", "apa"), bibliography.styled(cited(), "ja", "sist02")

    assert apa.startswith(
        "The evidence book editors. (2019). Figure 2-1. Growth of budgets [budget-growth] [Figure]. "
        "In Evidence Book on Support for International Joint Research (Edition 2019-09). https://example.go.jp/"
    )
    assert sist02.startswith(
        "エビデンスブック編集者. “図 2-1「予算の伸び」［budget-growth］”. 国際共同研究支援エビデンスブック. "
        "2019-09 版, エビデンスブック編集者, 2019. https://example.go.jp/"
    )


NAMED = {"ja": {"number": "図 2-1", "edition": "2019-09 版"}, "en": {"number": "Figure 2-1", "edition": "Edition 2019-09"}}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_other_programs_read_the_entries_whatever_a_title_holds(payload):
    one = bibliography.whole([cited(title=payload)])
    shown = {lang: citations.line(words.word("cite.reference", lang, title=payload, id="budget-growth", **NAMED[lang])) for lang in NAMED}

    texts = bibliography.lists(one)

    entries = parse_string(texts["bib"], "bibtex").entries
    assert list(entries) == ["evidence-2019-09-ja", "evidence-2019-09-en", "evidence-2019-09-ja-budget-growth", "evidence-2019-09-en-budget-growth"]
    assert entries["evidence-2019-09-en-budget-growth"].fields["title"] == f"{{{bibliography.latex(shown['en'])}}}"
    library = bibtexparser.parse_string(texts["bib"])
    assert (len(library.entries), library.failed_blocks) == (4, [])
    read = rispy.loads(texts["ris"])
    assert [entry["title"] for entry in read[2:]] == [*shown.values()]
    assert [entry["type_of_reference"] for entry in read] == ["RPRT", "RPRT", "FIGURE", "FIGURE"]
    assert str(CiteProcJSON(json.loads(texts["csl.json"]))["evidence-2019-09-ja-budget-growth"]["number"]) == "図 2-1"


def test_a_whole_edition_is_one_list_with_the_edition_once():
    several = bibliography.whole([cited(), cited("value")])

    assert list(parse_string(bibliography.bibtex(several), "bibtex").entries) == [
        "evidence-2019-09-ja", "evidence-2019-09-en", "evidence-2019-09-ja-budget-growth", "evidence-2019-09-en-budget-growth",
        "evidence-2019-09-ja-value-budget-growth", "evidence-2019-09-en-value-budget-growth",
    ]  # fmt: skip


def test_files_of_several_exhibits_are_used_together_without_a_key_twice():
    keys = [key for kind in ("figure", "value") for lang in LANGUAGES for key, *_ in [bibliography.entry(cited(kind), lang)]]

    assert len(keys) == len(set(keys)) == 4
    assert "yomi = {えびでんすぶっくへんしゅうしゃ}" in bibliography.bibtex([bibliography.entry(cited(), "ja")])
    assert "langid = {english}" in bibliography.bibtex([bibliography.entry(cited(), "en")])


STYLES = (
    "acm-sig-proceedings", "american-chemical-society", "american-medical-association", "apa", "chicago-author-date", "chicago-notes-bibliography",
    "elsevier-harvard", "harvard-cite-them-right", "ieee", "modern-language-association", "nature", "springer-basic-author-date", "sist02",
)  # fmt: skip


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("kind", ["figure", "value"])
def test_whatever_the_style_the_reference_keeps_number_edition_and_id(style, kind):
    for lang in LANGUAGES:
        item = json.loads(bibliography.csl([bibliography.entry(cited(kind, base=""), lang)]))
        made = CitationStylesBibliography(bibliography._style(style, bibliography.LOCALES[lang]), CiteProcJSON(item), formatter.plain)
        made.register(Citation([CitationItem(item[0]["id"])]))
        told = str(made.bibliography()[0]).lower()

        assert [part for part in (*NAMED[lang].values(), "budget-growth") if part.lower() not in told] == []


def test_a_value_is_cited_by_its_number_and_formula():
    record = {
        "id": "ratio", "number": 1.5, "unit": "multiple", "text": {"ja": "1.5倍", "en": "1.5 times"}, "formula": {"ja": "乙÷甲", "en": "b / a"},
        "name": {"ja": "伸び", "en": "growth"}, "period": "2014/2019", "making": "computed", "basis": ["a", "b"],
        "page": {"ja": "ja/trends.html", "en": "en/trends.html"},
    }  # fmt: skip
    one = citations.value(record, {lang: [{"id": "S01", "title": "資料"}] for lang in ("ja", "en")}, "2019-09")

    assert "数値「伸び（2014年から2019年まで）：1.5倍」（エビデンスブック編集者）（2019-09/values/ratio/）" in citations.full(one, "ja")
    assert "computed by the editors from the sources: b / a" in citations.full(one, "en")
    assert len(one.hash) == 12


NAMES = {"author": {"ja": "調査班", "en": "Study Team"}, "publisher": {"ja": "研究振興課", "en": "Research Division"}}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_author_and_publisher_are_those_that_were_given_in_every_form(lang):
    author, publisher = NAMES["author"][lang], NAMES["publisher"][lang]
    texts = bibliography.formats(replace(cited(), issuer=Issuer("https://example.go.jp", **NAMES)), lang)
    own = bibliography.formats(cited(), lang)

    assert [name for name in texts if name not in ("caption", "short") and author not in texts[name]] == []
    assert [name for name in texts if name not in ("caption", "short") and publisher not in texts[name]] == []
    assert [name for name in texts if "編集者" in texts[name].replace("編集者作成", "") or "The evidence book editors" in texts[name]] == []
    assert all("発行：" not in text and "published by" not in text for text in own.values())
