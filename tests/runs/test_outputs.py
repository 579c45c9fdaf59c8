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
    "<style>/* @import 'x' */ td { color: red; fill: url(#a) } a::after { content: '@import // url(x:y)' }</style>",
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
