"""Gathers prose, exhibits and workings of one language, and binds them once with Jupyter Book into an empty folder."""

import json
import re
import shutil
from collections.abc import Set
from pathlib import Path
from typing import Any

import yaml

from evidence import disk, root, words
from evidence.book import contents, explore, fonts, leads, markup, settings, workings
from evidence.book.contents import Page
from evidence.errors import Place, Refusal, Refusals

WITH = re.compile(r"^% (?P<how>with|without) (?P<name>[a-z0-9_-]+)\n(?P<text>.*?)^% end\n", re.S | re.M)


def records(pages: list[Page], runs: Path, rows: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What the pages may show: every exhibit and value that the runs left, by id, with its page.

    `rows` gives the address of the row of every claim and observation; `rests` those of a record.

    Raises:
        Refusals: E411 an id that two notebooks made, or that both an exhibit and a value have, E412 a value that rests on a row that no register has.
    """
    made: dict[str, dict[str, Any]] = {"exhibits": {}, "values": {}}
    problems = []
    for page in pages:
        for path in sorted((runs / page.name).glob("*.json")):
            if path.name.endswith(".vl.json"):
                continue  # how it is drawn, not what it says
            found = disk.loaded(path)
            kind = "values" if path.name == "values.json" else "exhibits"
            for record in found if kind == "values" else [found | _drawing(path)]:
                earlier = made[kind].get(record["id"])
                if earlier and record["basis"] == [record["id"]]:
                    continue  # a claim's own number may be quoted by several notebooks
                if earlier:
                    problems.append(Refusal("E411", Place(page.name), record["id"]))
                made[kind][record["id"]] = record | {"page": page.name, "rests": {claim: rows.get(claim, "") for claim in record["basis"]}}
                missing = sorted(set(record["basis"]) - rows.keys())
                problems += [Refusal("E412", Place(page.name, column=record["id"]), claim) for claim in missing]
    problems += [Refusal("E411", Place(made["values"][id]["page"]), id) for id in sorted(made["exhibits"].keys() & made["values"].keys())]
    if problems:
        raise Refusals(problems)
    leads.attach(made, pages)
    return made


def _drawing(path: Path) -> dict[str, Any]:
    drawn = {"svg": path.with_suffix(".svg"), "narrow": path.with_suffix(".narrow.svg")}
    told = {name: disk.text(svg) if svg.exists() else "" for name, svg in drawn.items()}
    return told | {"explore": explore.asked(path.with_suffix(".vl.json"))}


def called(kind: str, number: str, lang: str) -> str:
    """What a figure or table of this number is called.

    >>> called("figure", "2-1", "en"), called("table", "1-NIH-2", "ja")
    ('Figure 2-1', '表 1-NIH-2')
    """
    return words.word(f"ui.{kind}_number", lang, number=number)


def stage(folder: Path, pages: list[Page], names: dict[str, str], made: dict[str, Any], lang: str, work: Path) -> Path:
    """A fresh folder with all that Jupyter Book reads: pages, workings, records, configuration, styles.

    `names` gives the name of each profile's subject in this language.

    Raises:
        Refusals: E413 an exhibit that no page of its chapter shows, E423 and E424 what only the passages left out kept a page from holding.
    """
    staged = work / "staged"
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    shown: set[str] = set()
    had = {page.name for page in pages}.union(*made.values(), (record.get("base", id) for id, record in made["exhibits"].items()))
    hidden: list[Refusal] = []
    for page in pages:
        prose = disk.text(folder / "book" / lang / f"{page.file}.md")
        prose = kept(prose, had).replace("@subject@", page.subject).replace("@name@", plain(names.get(page.subject, "")))
        hidden += [Refusal(code, Place(f"book/{lang}/{page.file}.md"), found) for _, code, found in markup.faults(prose)]
        (staged / f"{page.name}.md").write_text(_headed(prose, page, lang), encoding="utf-8")
        shown.update(contents.EXHIBIT.findall(prose))
    own = {page.name for page in pages}  # what another page shows, one that is looked at alone may quote
    unseen = sorted(id for id, record in made["exhibits"].items() if id not in shown and record["page"] in own)
    if hidden or unseen:
        raise Refusals([*hidden, *(Refusal("E413", Place(made["exhibits"][id]["page"]), id) for id in unseen)])
    worked = [page.name for page in pages if (work / "runs" / page.name / "notebook.ipynb").exists()]
    for name in worked:
        told = json.dumps(workings.led(disk.loaded(work / "runs" / name / "notebook.ipynb"), made["exhibits"], lang), ensure_ascii=False)
        (staged / f"workings-{name}.ipynb").write_text(told, encoding="utf-8")
    (staged / "records.json").write_text(json.dumps(made, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    (staged / "_toc.yml").write_text(yaml.safe_dump(contents.toc(pages, worked, lang), allow_unicode=True), encoding="utf-8")
    (staged / "_config.yml").write_text(_configuration(folder, lang, made.get("edition", "")), encoding="utf-8")
    root.copy(folder / "book" / "_static", staged / "_static")
    root.copy(Path(__file__).parent / "templates", staged / "_templates")
    (staged / "_static" / "drawings.css").write_text(fonts.stylesheet(), encoding="utf-8")
    (staged / "_static" / "edition.css").write_text(_margins(made.get("edition", ""), lang), encoding="utf-8")
    return staged


def _margins(edition: str, lang: str) -> str:
    """The style sheet by which a browser prints the edition and the number of the sheet in the margin of each; a draft has no edition yet.

    >>> "Edition 2019-09" in _margins("2019-09", "en")
    True
    """
    told = {"top-left": json.dumps(_running(edition, lang), ensure_ascii=False), "bottom-right": 'counter(page) " / " counter(pages)'}
    style = 'font: 8pt var(--ev-sans, "Noto Sans CJK JP plain", sans-serif); color: #4b5865;'
    return "".join(f"@page {{ @{place} {{ content: {content}; {style} }} }}\n" for place, content in told.items())


def _running(edition: str, lang: str) -> str:
    """The book with its edition, as it stands in titles and in the margin of a sheet; a draft has no edition yet."""
    title = words.word("book.title", lang)
    return words.word("pdf.running", lang, title=title, edition=words.word("ui.edition", lang, name=edition)) if edition else title


def _headed(prose: str, page: Page, lang: str) -> str:
    """The prose with the number of its chapter in its heading; the root is the book itself, and a profile bears a name."""
    if page.number in ("", "0") or page.subject:
        return prose
    return re.sub(r"^# (.*)$", lambda head: f"# {words.word('ui.heading', lang, number=page.number, title=head[1])}", prose, count=1, flags=re.M)


def kept(prose: str, had: Set[str], lines: bool = False) -> str:
    """The prose without the passages that go with a page, exhibit or value this edition does not have, or go without one that it has.

    With `lines`, what is taken away leaves its line ends, so that what stays keeps its line numbers.

    >>> kept("All.\\n% with changes\\nSee [changes](changes.md).\\n% end\\n", {"tiers"})
    'All.\\n'
    >>> kept("% without tiers\\nOne briefing.\\n% end\\n% without changes\\nOnly this.\\n% end\\n", {"tiers"})
    'Only this.\\n'
    >>> kept("% with tiers\\nOne.\\n% end\\n% with map\\nTwo.\\n% end\\n", {"tiers"}, lines=True)
    '\\nOne.\\n\\n\\n\\n\\n'
    """

    def passage(match: re.Match[str]) -> str:
        if (match["name"] in had) == (match["how"] == "with"):
            return f"\n{match['text']}\n" if lines else match["text"]
        return "\n" * match[0].count("\n") if lines else ""

    return WITH.sub(passage, prose)


def plain(text: str) -> str:
    """The text as Markdown that shows it as it is: data never becomes markup.

    >>> print(plain("<img src=x> *a* {b}`c`"))
    \\<img src\\=x\\> \\*a\\* \\{b\\}\\`c\\`
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def _configuration(folder: Path, lang: str, edition: str) -> str:
    config = settings.configuration(folder)
    config |= {name: words.word(f"book.{name}", lang) for name in ("title", "author", "copyright")}
    sphinx = config["sphinx"]["config"]
    sphinx |= {"language": lang, "evidence_records": "records.json", "templates_path": ["_templates"]}
    sphinx["html_title"] = _running(edition, lang)
    sphinx["html_theme_options"] |= {
        "search_bar_text": words.word("ui.search", lang), "logo": {"text": words.word("book.title", lang)},
    }  # fmt: skip
    return yaml.safe_dump(config, allow_unicode=True, sort_keys=True)
