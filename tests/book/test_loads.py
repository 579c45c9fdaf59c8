"""No file of the site loads from another host, however the load is written; names, links and data load nothing."""

import pytest

from evidence.book import loads
from evidence.errors import Refusal

LOADS = {
    "quoted": '<script src="https://x.example/a.js"></script>',
    "no quotes": "<script src=https://x.example/a.js></script>",
    "single quotes": "<img src='https://x.example/a.png'>",
    "upper case": "<IMG SRC=HTTPS://X.EXAMPLE/A.PNG>",
    "no scheme": '<img src="//x.example/a.png">',
    "backslashes": r'<img src="\\x.example/a.png">',
    "no slashes": '<img src="https:x.example/a.png">',
    "a line break within": '<img src="ht\ntps://x.example/a.png">',
    "spaces before": '<img src="  https://x.example/a.png">',
    "entities": '<img src="&#104;ttps://x.example/a.png">',
    "srcset": '<img src="a.png" srcset="a.png 1x, https://x.example/a.png 2x">',
    "picture": '<picture><source srcset="https://x.example/a.webp"></picture>',
    "style sheet": '<link rel="stylesheet" href="https://x.example/a.css">',
    "preconnect": "<link rel=preconnect href=https://x.example>",
    "icon": '<link href="//x.example/a.ico" rel="shortcut icon">',
    "object": '<object data="https://x.example/a.swf"></object>',
    "embed": "<embed src=https://x.example/a.swf>",
    "iframe": '<iframe src="https://x.example/"></iframe>',
    "srcdoc": '<iframe srcdoc="&lt;img src=https://x.example/a.png&gt;"></iframe>',
    "video": '<video poster="https://x.example/a.jpg"></video>',
    "meta refresh": '<meta http-equiv="Refresh" content="0; URL=https://x.example/">',
    "base": '<base href="https://x.example/">',
    "form": '<form action="https://x.example/send"></form>',
    "button": '<button formaction="https://x.example/send"></button>',
    "ping": '<a href="a.html" ping="https://x.example/seen">a</a>',
    "background": '<table background="https://x.example/a.png"></table>',
    "@import": "<style>@import 'https://x.example/a.css';</style>",
    "url()": "<style>p { background: URL( https://x.example/a.png ) }</style>",
    "escaped url()": r"<style>p { background: u\72l(\68ttps://x.example/a.png) }</style>",
    "image-set": '<style>p { background: image-set("https://x.example/a.png" 1x) }</style>',
    "style attribute": '<p style="background: url(&quot;//x.example/a.png&quot;)">a</p>',
    "fetch": '<script>fetch("https://x.example/a")</script>',
    "import()": "<script type=module>import('https://x.example/a.js')</script>",
    "import from": '<script type="module">import a from "https://x.example/a.js"</script>',
    "script sets src": '<script>new Image().src = "//x.example/a.png"</script>',
    "handler": """<img src="a.png" onerror="fetch('//x.example/a')">""",
    "SVG image": '<svg><image href="https://x.example/a.png"/></svg>',
    "SVG use": '<svg><use xlink:href="https://x.example/a.svg#b"/></svg>',
    "SVG filter image": '<svg><feImage href="https://x.example/a.png"/></svg>',
    "SVG fill": '<svg><rect fill="url(https://x.example/a.svg#b)"/></svg>',
    "SVG set": '<svg><image><set attributeName="href" to="https://x.example/a.png"/></image></svg>',
    "javascript link": '<a href="javascript:alert(1)">a</a>',
    "javascript link, hidden": '<a href=" java\tscript:alert(1)">a</a>',
    "script as data": '<script src="data:text/javascript,alert(1)"></script>',
    "frame as data": '<iframe src="data:text/html,a"></iframe>',
    "three slashes": '<img src="///x.example/a.png">',
    "an import without an end": '<style>@import "https://x.example/a.css</style>',
    "SVG animate, one of several": '<svg><image><animate attributeName="href" values="a.png; https://x.example/a.png"/></image></svg>',
    "SVG animate, a script": '<svg><a><animate attributeName="href" values="#;javascript:alert(1)"/></a></svg>',
    "import map": '<script type="importmap">{"imports": {"a": "https://x.example/a.js"}}</script>',
    "speculation": '<script type="speculationrules">{"prefetch": [{"urls": ["https://x.example/"]}]}</script>',
    "attribution": '<img src="a.png" attributionsrc="https://x.example/seen">',
    "script goes elsewhere": '<script>location = "https://x.example/"</script>',
    "script is sent elsewhere": '<script>window.location.replace("https://x.example/")</script>',
    "script sets an attribute": """<script>image.setAttribute("src", '//x.example/a.png')</script>""",
    "script sets by name": """<script>image["src"] = 'https://x.example/a.png'</script>""",
    "fetch in brackets": '<script>fetch(("https://x.example/a"))</script>',
    "after a broken string": "<style>p { content: 'x }\n@import url(//x.example/a.css);</style>",
}
SOUND = {
    "a link to follow": '<a href="https://x.example/">a</a> <area href="https://x.example/">',
    "names": '<link rel="canonical license" href="https://x.example/"><svg xmlns="http://www.w3.org/2000/svg"></svg>',
    "words": '<p title="https://x.example/">https://x.example/ url(https://x.example/)</p><meta name="a" content="https://x.example/">',
    "data for programs": '<script type="application/ld+json">{"url": "https://x.example/", "src": "https://x.example/"}</script>',
    "a name in a script": "<script>var space = 'http://www.w3.org/2000/svg'</script>",
    "own files": '<script src="a.js"></script><img src="../a.png" srcset="a.png 2x"><meta http-equiv="refresh" content="0; url=overview.html">',
    "a picture as data": '<style>p { background: url("data:image/svg+xml,%3csvg xmlns=%27http://www.w3.org/2000/svg%27/%3e") }</style>',
    "a comment": "<!-- <script src=https://x.example/a.js> --><style>/* url(//x.example) */</style>",
}


@pytest.mark.parametrize("html", LOADS.values(), ids=LOADS)
def test_a_load_from_another_host_is_found_however_it_is_written(html):
    assert len(list(loads.page(f"<!DOCTYPE html><html><head></head><body>{html}</body></html>"))) == 1


@pytest.mark.parametrize("html", SOUND.values(), ids=SOUND)
def test_what_loads_nothing_from_elsewhere_is_let_through(html):
    assert list(loads.page(f"<!DOCTYPE html><html><body>{html}</body></html>")) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_static/a.css", "@import '//x.example/a.css';"),
        ("_static/a.js", "importScripts('https://x.example/a.js')"),
        ("figures/a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://x.example/a.png"/></svg>'),
        ("index.html", "<img src=//x.example/a.png>"),
        ("figures/b.svg", '<?xml-stylesheet href="https://x.example/a.css"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
    ],
)
def test_every_kind_of_file_is_asked(tmp_path, name, text):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(text, encoding="utf-8")

    (problem,) = loads.foreign(tmp_path)

    assert isinstance(problem, Refusal) and (problem.code, problem.place.file) == ("E410", name)
    assert "x.example" in problem.text("ja") and "x.example" in problem.text("en")
