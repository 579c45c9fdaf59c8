"""A page brings in nothing but words, exhibits and values: every other way is refused at its line."""

from pathlib import Path

import nbformat
import pytest

from evidence.book import markup, prose, settings

PROJECT = Path(__file__).parents[2]
BROUGHT_IN = {
    "include": ("```{include} /etc/hostname\n```", "E423"),
    "literalinclude": ("```{literalinclude} ../../../etc/hostname\n```", "E423"),
    "include between colons": (":::{include} /etc/hostname\n:::", "E423"),
    "include between tildes": ("~~~{include} /etc/hostname\n~~~", "E423"),
    "include in an allowed block": ("::::{div} message\n```{include} /etc/hostname\n```\n::::", "E423"),
    "include in a list": ("- a\n\n  ```{include} /etc/hostname\n  ```", "E423"),
    "include in a quotation": ("> ```{include} /etc/hostname\n> ```", "E423"),
    "reStructuredText": ("```{eval-rst}\n.. include:: /etc/hostname\n```", "E423"),
    "raw": ("```{raw} html\n<script></script>\n```", "E423"),
    "a cell of code": ("```{code-cell} python\nopen('/etc/hostname')\n```", "E423"),
    "a picture directive": ("```{image} https://x.example/a.png\n```", "E423"),
    "a block of colons": (":::note\na\n:::", "E423"),
    "a role": ("a {eval}`one` b", "E423"),
    "a download": ("{download}`/etc/hostname`", "E423"),
    "a script": ("<script>alert(one)</script>", "E423"),
    "a script in a sentence": ("a <script src=x.js></script> b", "E423"),
    "a style": ("<style>@import '//x.example/a.css';</style>", "E423"),
    "a handler": ("a <i onclick=alert(one)>b</i>", "E423"),
    "a tag that closes nothing": ("a </i> b", "E423"),
    "a tag that is not closed": ("a <b>b", "E423"),
    "tags that cross": ("a <i>b <b>c</i></b>", "E423"),
    "a line feed that is closed": ("a</br>b", "E423"),
    "an iframe": ("<iframe src='https://x.example/'></iframe>", "E423"),
    "upper case": ("a <IMG SRC=x ONERROR=alert(one)> b", "E423"),
    "a link in HTML": ('a <a href="javascript:alert(one)">b</a>', "E423"),
    "a link out of the book in HTML": ('a <a href="../../../../etc/hostname.html">b</a>', "E423"),
    "a comment": ("<!-- a -->", "E423"),
    "settings of a page": ("---\nmyst:\n  enable_extensions: [html_image]\n---\na", "E423"),
    "javascript": ("[a](javascript:alert(one))", "E424"),
    "javascript, hidden": ("[a](<java&#115;cript:alert(one)>)", "E424"),
    "javascript by reference": ("[a][b]\n\n[b]: JavaScript:alert(one)", "E424"),
    "javascript in brackets": ("<javascript:alert(one)>", "E424"),
    "data": ("[a](data:text/html,b)", "E424"),
    "a picture of another host": ("![a](https://x.example/a.png)", "E424"),
    "a picture from anywhere": ("![a](../../secret.png)", "E424"),
    "a file to download": ("[a](/etc/hostname)", "E424"),
    "a heading by its page, which is no address": ("[a](tiers.md#tiers-care)", "E424"),
    "a file above": ("[a](../../../etc/hostname)", "E424"),
    "an inventory": ("[a](inv:python#print)", "E424"),
}


@pytest.mark.parametrize(("text", "code"), BROUGHT_IN.values(), ids=BROUGHT_IN)
def test_what_would_bring_something_in_is_refused_at_its_line(tmp_path, text, code):
    before = "" if text.startswith("---") else "# 題\n\n語\n\n"
    (tmp_path / "page.md").write_text(before + text + "\n\n語\n", encoding="utf-8")
    own = next(number for number, line in enumerate(text.split("\n")) if not line.startswith((":::{div", "::::", ":class", "- a")) and line)

    problems = prose.page(tmp_path / "page.md", "page.md")

    assert code in {problem.code for problem in problems}
    assert {(problem.place.file, problem.place.line) for problem in problems} == {("page.md", before.count("\n") + own + 1)}
    assert all(problem.text(lang) for problem in problems for lang in ("ja", "en"))


@pytest.mark.parametrize(
    "text",
    [
        "```{exhibit} tier-diagram\n```", "::::{div} message\na\n::::", "```{citation} a short\n```", "```latex\n\\cite{KEY}\n```", "{value}`a-b`",
        "<i>n</i> に <a href=\"../../errata.html\">b</a>", "[a](#tiers-care)", "[a](workings-funder-@subject@.ipynb)", "[a](https://x.example/b)",
        "% with changes\na\n% end", "(label)=\n## a", "|a|b|\n|-|:-:|\n|c|d|", "**a** `{include}` <https://x.example/>", "a\n: b",
    ],
)  # fmt: skip
def test_what_the_book_is_written_with_is_let_through(text):
    assert markup.faults(text + "\n") == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (":::{div} message\n:style: top: 0\na\n:::", 2), ("```{div} message\n---\nstyle: x\n---\na\n```", 2), (":::{div} wide\na\n:::", 1),
        ("```{exhibit} a\n:name: b\n```", 2), ("```{exhibit} a b\n```", 1), ("```{exhibit}\n```", 1), ("```{values} a\n```", 1),
        ("```{exhibits}\na\n```", 2), ("```{citation} a\n```", 1), ("```{citation} a nosuch\n```", 1), ("{.wide}\na", 2), ("[a](b.md){.wide}", 1),
        ("```nosuch\na\n```", 1), ("a\n\n---", 3), (":::{div} message\n## a\n:::", 2), ("- # a", 1), ("> # a", 1),
    ],
)  # fmt: skip
def test_what_the_binder_would_refuse_or_a_directive_does_not_have_is_refused_at_its_line(text, line):
    assert {(code, place) for place, code, _ in markup.faults(text + "\n")} == {("E423", line)}


@pytest.mark.parametrize("char", ["\x00", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x85"], ids=ascii)
def test_a_control_character_is_refused_at_its_line(char):
    assert markup.faults(f"a\n\nb{char}c\n")[0][:2] == (3, "E241")


def test_headings_that_skip_a_level_and_labels_that_stand_twice_are_refused(tmp_path):
    (tmp_path / "page.md").write_text("# 題\n\n(a)=\n### 語\n\n(a)=\n## 語\n", encoding="utf-8")

    assert [(problem.code, problem.place.line) for problem in prose.page(tmp_path / "page.md", "page.md")] == [("E423", 4), ("E423", 6)]


def test_a_page_is_judged_with_the_parser_that_binds_it():
    assert set(settings.read(PROJECT / "_config.yml")["parse"]["myst_enable_extensions"]) == markup.EXTENSIONS


@pytest.mark.parametrize("path", sorted((PROJECT / "book").glob("*/*.md")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_page_of_the_book_passes(path):
    assert prose.page(path, path.name) == []


@pytest.mark.parametrize(("text", "code"), [("国\u200b際", "E242"), ("か\u3099", "E253"), ("S\u0410TREPS", "E254")])
def test_what_deceives_the_eye_is_refused_in_prose_too(tmp_path, text, code):
    (tmp_path / "page.md").write_text(f"# 題\n\n{text}\n", encoding="utf-8")

    assert [(problem.code, problem.place.line) for problem in prose.page(tmp_path / "page.md", "page.md")] == [(code, 3)]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (nbformat.v4.new_code_cell("one = two\n# a\u202eb"), ("E242", 2, "cell 1")),
        (nbformat.v4.new_code_cell("# S\u0410TREPS"), ("E254", 1, "cell 1")),
        (nbformat.v4.new_code_cell("\n# か\u3099"), ("E253", 2, "cell 1")),
        (nbformat.v4.new_code_cell("# a\x1b[2J"), ("E241", 1, "cell 1")),
        (nbformat.v4.new_code_cell('one = two\nshow("\\u202e")'), ("E242", 2, "cell 1")),
        (nbformat.v4.new_code_cell('lang = "ja"  # 言語\u200b', metadata={"tags": ["parameters"]}), ("E242", 1, "cell 1")),
        (nbformat.v4.new_markdown_cell("a\n\n国\u200b際"), ("E242", 3, "cell 1")),
    ],
)
def test_what_deceives_the_eye_is_refused_in_a_notebook_too(tmp_path, cell, found):
    """It is published with the workings, code and all."""
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "own.ipynb")

    problems = prose.notebook(tmp_path / "own.ipynb", "own.ipynb")

    assert [(problem.code, problem.place.line, problem.place.column) for problem in problems] == [found]
