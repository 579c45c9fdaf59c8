"""What a cell shows is text, tables and pictures, however else it is spelled."""

import nbformat
import pandas as pd
import pytest

from evidence.runs import outputs
from tests.runs.test_surroundings import notebook, refused

ACTIVE = (
    "<script>1</script>",
    "<SCRIPT\n>1</script >",
    "<img src=x onerror=1>",
    "<img/onerror=1 src=x>",
    "<p OnClick='x'>",
    "<iframe src=x>",
    "<object data=x>",
    "<embed src=x>",
    "<link rel=stylesheet href=x>",
    "<base href=x>",
    "<form action=x>",
    "<meta http-equiv=refresh content='0;url=x'>",
    "<a href='javascript:x'>",
    "<a href='java&#x0a;script:x'>",
    "<a href='java&Tab;script&colon;x'>",
    "<a href='&#1;javascript:x'>",
    "<a href=' JaVaScRiPt:x'>",
    "<a href='vbscript:x'>",
    "<a href='data:text/html,x'>",
    "<a href='da&#9;ta:text/html,x'>",
    "<a href='blob:x'>",
    "<svg><a xlink:href='java&#10;script:x'>",
    "<svg><x:script xmlns:x='http://www.w3.org/2000/svg'>1</x:script></svg>",
    "<svg><script>1</script></svg>",
    "<svg><animate attributeName=href to='javascript:x'>",
    "<svg><set attributeName=href to='java\nscript:x'>",
    "<svg><foreignObject><p>x",
    "<svg><use href='//x.example/a#b'>",
    "<svg><use href='data:text/xml,x'>",
    "<svg><image href='https://x.example/a'>",
    "<math href='javascript:x'>",
    "<svg><style><img src=x onerror=1></style></svg>",
    "<!--><script>1</script>-->",
    "<noscript><p title='</noscript><img src=x onerror=1>'>",
    "<style>@import 'x'</style>",
    "<style>@\\69mport 'x'</style>",
    "<style>@IMPORT url(x)</style>",
    "<style>@i\\6d port\\\n 'x'</style>",
    "<style>a{b:url(//x.example/c)}</style>",
    "<style>a{b:u\\72 l('https://x.example/c')}</style>",
    "<style>a{b:image-set('//x.example/c' 1x)}</style>",
    "<style>a{b:url(java\\script:x)}</style>",
    "<p style='b:u&#92;72l(//x.example/c)'>",
    "<p style='width:expression(x)'>",
    "<svg><path fill='url(https://x.example/a#b)'>",
    "<img src='https://x.example/a'>",
    "<img src='//x.example/a'>",
    "<img src='/\\\tx.example/a'>",
    "<img srcset='a.png 1x, //x.example/a 2x'>",
    "<img srcset='a.png 1x,//x.example/a 2x'>",
    "<body onload=x>",
    "<html\tonclick=x>",
    "<body/background='//x.example/a'>",
    "<table background='//x.example/a'>",
    "<img src='data:text/html,x'>",
    "<?xml-stylesheet href='x'?><svg/>",
    "<!DOCTYPE svg [<!ENTITY a 'java'>]><svg/>",
    "<a href=x ping='https://x.example'>",
    "<template><p></template>",
    "<bdo dir=rtl>123</bdo>",
    "<p dir=rtl>123",
    "<svg><text direction='rtl'>123</text></svg>",
    "<p style='direction: rtl; unicode-bidi: bidi-override'>123",
    "<style>td{unicode-bidi:bidi-override}</style>",
    "<p hidden>x",
    "<p style='display:none'>x",
    "<p style='DISPLAY:/**/none'>x",
    "<p style='d\\69splay:none'>x",
    "<p style='visibility:hidden'>x",
    "<svg><text visibility='hidden'>x</text></svg>",
    "<svg><g display='none'><text>x</text></g></svg>",
    "<p style='opacity:0'>x",
    "<p style='font-size:0'>x",
    "<p style='color:transparent'>x",
    "<p style='position:absolute;left:-9999px'>x",
    "<p style='text-indent:-9999px'>x",
    "<p style='transform:scaleX(-1)'>x",
    "<p style='writing-mode:vertical-rl'>x",
    "<p style='order:1'>x",
    "<p style='flex-direction:row-reverse'>x",
    "<p style='float:right'>x",
    "<p style='clip-path:inset(100%)'>x",
    "<style>td::after{content:'9'}</style>",
    "<style>@media print{td{display:none}}</style>",
)
MARKDOWN = (
    "[a](javascript:x)",
    "[a](java&#x0a;script:x)",
    "[a](<java\\script:x>) <a href='java&#9;script:x'>b</a>",
    "[a]\n\n[a]: javascript:x",
    "<javascript:x>",
    "![a](https://x.example/a.png)",
    "<script>1</script>",
    "[a](\tJAVASCRIPT:x)",
)
TABLE = pd.DataFrame({"a": [1, 2], "b": ["<script>1</script>", "javascript:x"]})
HARMLESS = (
    TABLE.to_html(),
    TABLE._repr_html_(),
    TABLE[["a"]].style.highlight_max().set_properties(**{"text-align": "right"}).to_html(),
    "<svg><style>*{stroke-linejoin: round; stroke-linecap: butt}</style><text style='font: 9px serif; text-anchor: middle; opacity: .8'>1</text>"
    "<rect fill='transparent' opacity='0'/><path display='none' d='M0,0'/></svg>",
    "<style>/* @import 'x' */ td { color: red; fill: url(#a) } a:hover { font-family: '@import // url(x:y)' }</style>",
    "<p title='javascript: (import) url(x)'>behavior</p>",
    "<a href='https://x.example/a?b=c:d#e'>a</a> <a href='mailto:a@x.example'>b</a> <a href='#a:b'>c</a>",
    "<img src='data:image/png;base64,AAAA'>",
    "<p>a &lt;script&gt; javascript:x</p>",
    "<td>\u3000年 &amp; か</td>",
    "<html><head></head><body><img srcset='data:image/png;base64,iVBO 1x,a.png 2x'></body></html>",
    "<?xml version='1.0'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'x'><svg><metadata><rdf:RDF><cc:Work/></rdf:RDF></metadata>"
    "<!-- 年 --><g clip-path='url(#p)'><use xlink:href='#m' style='fill: #1f77b4'/></g></svg>",
)


@pytest.mark.parametrize("markup", ACTIVE)
def test_what_a_browser_would_run_or_fill_from_elsewhere_is_refused_however_it_is_spelled(markup):
    assert not outputs.harmless(markup)
    assert not outputs.harmless(f"<div><b>a</b>{markup}", "text/markdown")


@pytest.mark.parametrize("markup", MARKDOWN)
def test_the_same_in_markdown(markup):
    assert not outputs.harmless(markup, "text/markdown")


@pytest.mark.parametrize("markup", HARMLESS)
def test_text_tables_and_pictures_are_shown(markup):
    assert outputs.harmless(markup)


def test_a_kind_that_a_page_does_not_show_is_named():
    output = nbformat.v4.new_output("display_data", {"application/javascript": "1", "text/plain": "<script>", "text/html": "<b>a</b>"})

    assert list(outputs.active(output)) == ["application/javascript"]


LATEX = (
    r"\href{javascript:x}{a}", r"\url{https://x.example}", r"\includegraphics{https://x.example/a.png}", r"\input{/etc/hostname}", r"\require{html}",
    r"\style{background: url(//x.example/a)}{b}", r"\class{a}{b}", r"\def\a{\href}", r"\newcommand{\a}{b}", r"\unicode{x202e}", r"\HREF{x}{y}",
    r"\begin{html}a\end{html}", "<img src=x onerror=1>", "a</script>", r"\mathrm{\htmlData{a}{b}}", r"\char`a", r"a^^5chref{x}", "% a\n",
)  # fmt: skip
FORMULAS = (
    r"$$\displaystyle \frac{1}{\sqrt{2 \pi}} \int_{0}^{\infty} e^{- \alpha x^{2}}\, dx \leq 5 \%$$",
    r"$\left[\begin{matrix}1 & 2\\3 & 4\end{matrix}\right]$",
    r"\text{予算}_{t+1} = \text{予算}_t \times \left(1 + r\right)", r"\begin{aligned} a &< b \\ c &> d \end{aligned}", r"\{a, \ldots\}",
)  # fmt: skip


@pytest.mark.parametrize("formula", LATEX)
def test_a_formula_leads_nowhere_loads_nothing_and_defines_nothing(formula):
    assert not outputs.harmless(formula, "text/latex")


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_of_mathematics_is_shown(formula):
    assert outputs.harmless(formula, "text/latex")


UNSEEN = ("\u200b", "\u202e", "\u2066", "\U000e0041", "\u3164", "\ue000", "\u2028", "\udcff", "\u00ad")
TEXTS = ("text/plain", "text/html", "text/latex", "text/markdown", "image/svg+xml")


@pytest.mark.parametrize("char", UNSEEN, ids=ascii)
def test_no_text_of_an_output_has_what_cannot_be_seen(char):
    for kind in TEXTS:
        assert list(outputs.hidden(nbformat.v4.new_output("display_data", {kind: f"a{char}b"}))) == [f"{kind} {ascii(char)[1:-1]}"]
    for written in (f"a&#{ord(char)};b", f"a&#x{ord(char):x};b") if char != "\udcff" else ():
        for kind in ("text/html", "text/markdown", "image/svg+xml"):
            assert list(outputs.hidden(nbformat.v4.new_output("display_data", {kind: written}))) == [f"{kind} {ascii(char)[1:-1]}"]
    assert list(outputs.hidden(nbformat.v4.new_output("stream", name="stderr", text=f"a{char}b"))) == [f"stderr {ascii(char)[1:-1]}"]


def test_what_japanese_and_programs_write_is_seen():
    text = "葛\U000e0100城　髙﨑 か\u3099\x1b[31m red\x1b[0m\n\ta\u00a0b &amp; &lt;"

    assert [*outputs.hidden(nbformat.v4.new_output("stream", name="stdout", text=text))] == []
    assert [*outputs.hidden(nbformat.v4.new_output("display_data", dict.fromkeys(TEXTS, text)))] == []


@pytest.mark.parametrize(
    "line",
    [
        "print('a\\u202eb')",
        "import pandas; pandas.Series(['a\\u200bb'])",
        "display.HTML('a&zwj;b')",
        "import sys; print('a\\u200b', file=sys.stderr)",
    ],
)
def test_a_run_that_shows_what_cannot_be_seen_is_refused(line, tmp_path):
    found = refused(notebook(tmp_path, "from IPython import display", line))

    assert (found.code, found.place.column, (tmp_path / "run").exists()) == ("E327", "cell 3", False)


LINKS = {
    "a link in the place of a file": "os.symlink('/etc/hostname', out + '/values.json')",
    "a link to nothing": "os.symlink('no such file', out + '/values.json')",
    "a link in the place of the notebook": "os.symlink({path!r}, out + '/notebook.ipynb')",
    "a folder that is a link": "os.symlink('/etc', out + '/etc')",
    "a second name": "open(out + '/a', 'w').close(); os.link(out + '/a', out + '/b')",
    "a pipe": "os.mkfifo(out + '/values.json')",
    "folders that lie deeper than Python reaches": "os.system('mkdir -p ' + out + '/a' * 1100)",
}


@pytest.mark.parametrize("line", LINKS.values(), ids=LINKS)
def test_only_plain_files_are_taken_from_the_folder_of_a_run(line, tmp_path):
    (tmp_path / "table.csv").write_text("as it was", encoding="utf-8")

    found = refused(notebook(tmp_path, "import os", line.format(path=str(tmp_path / "table.csv"))))

    assert (found.code, (tmp_path / "run").exists(), (tmp_path / "table.csv").read_text(encoding="utf-8")) == ("E326", False, "as it was")
