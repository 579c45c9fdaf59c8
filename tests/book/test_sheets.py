"""A style sheet keeps each rule that a page or script of the book may meet, and no other."""

from pathlib import Path

import pytest

from evidence.book import sheets
from tests.projects import SECOND

PAGE = '<html class="top"><body id="whole"><p class="met">text</p></body></html>'


def cut(tmp_path: Path, sheet: str, script: str = "") -> str:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "page.js").write_text(script, encoding="utf-8")
    (tmp_path / "page.css").write_text(sheet, encoding="utf-8")
    sheets.cut(tmp_path)
    return (tmp_path / "page.css").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("sheet", "kept"),
    [
        (".met,.never{top:0}", ".met{top:0}"),
        ("#whole .never{top:0}", ""),
        ("@container (max-width: 9rem){.met{top:0}.never{top:0}}", "@container (max-width: 9rem){.met{top:0}}"),
        ("@media print{.never{top:0}}", ""),
        (":root{--used:1;--idle:var(--gone);--gone:2}p{top:var(--used)}", ":root{--used:1}p{top:var(--used)}"),
        ("p::before{content:\"a;b\"!important}", "p::before{content:\"a;b\"!important}"),
        ("p:not(.never)>a[href$=\".never\"]{top:0}", "p:not(.never)>a[href$=\".never\"]{top:0}"),
        ("@page{@top-left{content:\"x\"}}", "@page{@top-left{content:\"x\"}}"),
        ("p{background:url(data:,a\\(b\\))}", 'p{background:url("data:,a(b)")}'),
    ],
)  # fmt: skip
def test_a_rule_stays_exactly_if_something_may_match_it(tmp_path, sheet, kept):
    assert cut(tmp_path, sheet) == kept


def test_a_class_that_only_a_script_gives_is_kept(tmp_path):
    assert cut(tmp_path, ".later{top:0}", script="part.classList.add('later')") == ".later{top:0}"


def test_the_sheets_of_a_bound_book_are_a_third_of_what_the_theme_brings(small_book):
    made = sum(path.stat().st_size for path in (small_book / "_build" / "html" / SECOND / "ja" / "_static").rglob("*.css"))

    assert made < 150_000
