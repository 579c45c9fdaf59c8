"""Measures `evidence review` on papers of other programs: what is found, what is accused wrongly, and how many dishonest changes are told.

    python benchmarks/papers.py SITE [EDITION]

SITE is a published site. Every paper is written once, as a document of one, two or three columns, and converted by LibreOffice to each kind; slides
are made by pandoc. A value is cited behind a sentence that says its number. Ends with 1 where a goal is missed: nothing accused wrongly, 99 of 100
citations found, every change told.
"""

import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from html import escape
from pathlib import Path

from evidence.checking import review, sentences
from evidence.checking.published_site import Edition, Site
from evidence.citing import citations
from evidence.words import LANGUAGES

FILTERS = {
    "docx": "docx", "odt": "odt", "pdf": "pdf", "html": "html:HTML (StarWriter)", "rtf": "rtf", "txt": "txt:Text (encoded):UTF8",
}  # fmt: skip
FORMS = ("text", "apa", "processed", "sist02", "short")
EACH = 12  # citations in an honest paper
CHANGES = 24  # dishonest citations of each language
FOUND = 0.99  # of the citations, at least
SENTENCE = {"ja": "{name}は{text}である。", "en": "The number is {text}: {name}. "}
Cited = tuple[str, str]  # id, what the paper says

PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.3"><office:automatic-styles>
<style:style style:name="S" style:family="section"><style:section-properties><style:columns fo:column-count="{columns}" fo:column-gap="0.5cm"/>
</style:section-properties></style:style></office:automatic-styles><office:body><office:text><text:section text:name="A" text:style-name="S">
{paragraphs}</text:section></office:text></office:body></office:document-content>"""
MIMETYPE = "application/vnd.oasis.opendocument.text"
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


def main() -> None:
    """Prints, for each kind of file, citations, found, not current though honest, and dishonest changes told."""
    site = Site(Path(sys.argv[1]))
    edition = site.edition(sys.argv[2]) if len(sys.argv) > 2 else site.editions[-1]
    if edition is None:
        sys.exit(f"no edition {sys.argv[2]}")
    with tempfile.TemporaryDirectory() as scratch:
        honest, dishonest = _honest(edition), _dishonest(edition)
        files = _converted({**honest, **dishonest}, Path(scratch))
        total: Counter[str] = Counter()
        print(f"{'kind':5} {'citations':>9} {'found':>6} {'false':>6} {'changes':>8} {'told':>5}")
        for kind, papers in files.items():
            counts = _counts(papers, honest, dishonest, site)
            total += counts
            print(f"{kind:5} {counts['cited']:9} {counts['found']:6} {counts['false']:6} {counts['changes']:8} {counts['told']:5}")
    print(f"{'all':5} {total['cited']:9} {total['found']:6} {total['false']:6} {total['changes']:8} {total['told']:5}")
    sys.exit(bool(total["false"] or total["found"] < FOUND * total["cited"] or total["told"] < total["changes"]))


def _counts(papers: dict[str, Path], honest: dict[str, list[Cited]], dishonest: dict[str, list[Cited]], site: Site) -> Counter[str]:
    counts: Counter[str] = Counter()
    for name, path in papers.items():
        verdicts = [(one["id"], one["verdict"], one["detail"]) for one in review.review(path, site, {})]
        for id, said in honest.get(name, []):
            mine = [(verdict, detail) for other, verdict, detail in verdicts if other == id]
            wrongly = [(verdict, detail) for verdict, detail in mine if verdict != "current"]
            counts.update(cited=1, found=bool(mine), false=bool(wrongly))
            if wrongly or not mine:
                print(f"  {path.name}: {id} {wrongly or '–'} | {said[:90]}", file=sys.stderr)
        for id, verdict, detail in verdicts if name in honest else []:
            if id not in {cited for cited, _ in honest[name]}:
                counts.update(false=1)
                print(f"  {path.name}: {id} {verdict}, which it does not cite: {detail}", file=sys.stderr)
        for id, said in dishonest.get(name, []):
            told = any(other == id and verdict in ("altered", "missing") for other, verdict, _ in verdicts)
            counts.update(changes=1, told=told)
            if not told:
                print(f"  {path.name}: {id} not told | {said[:140]}", file=sys.stderr)
    return counts


def _citations(edition: Edition) -> dict[str, dict[str, dict[str, str]]]:
    found: dict[str, dict[str, dict[str, str]]] = json.loads((edition.folder / "citations.json").read_text(encoding="utf-8"))
    return found


def _honest(edition: Edition) -> dict[str, list[Cited]]:
    """Papers in each language and number of columns; figures and values by turns, in each form by turns."""
    cited, papers = _citations(edition), {}
    ids = _by_turns(edition)
    for lang in LANGUAGES:
        for columns in (1, 2, 3):
            some = ids[columns * EACH : (columns + 1) * EACH]
            forms = [(id, cited[id][lang][FORMS[turn % len(FORMS)]]) for turn, id in enumerate(some)]
            papers[f"{lang}-{columns}"] = [(id, _sentence(edition, id, lang) + said) for id, said in forms]
    return papers


def _sentence(edition: Edition, id: str, lang: str) -> str:
    """A sentence that says the number of a value; none for an exhibit."""
    told = edition.records["values"].get(id)
    return SENTENCE[lang].format(name=told["name"][lang], text=told["text"][lang]) if told else ""


def _by_turns(edition: Edition) -> list[str]:
    pairs = zip(*(list(edition.records[kind]) for kind in ("figures", "values")), strict=False)
    return [id for pair in pairs for id in pair]


def _dishonest(edition: Edition) -> dict[str, list[Cited]]:
    """A citation each with something changed: a digit of the hash, a number or letter of the title, the number of the sentence before it."""
    cited, ids = _citations(edition), _by_turns(edition)
    papers: dict[str, list[Cited]] = {}
    for lang in LANGUAGES:
        changed = []
        for turn, id in enumerate(ids[-CHANGES:]):
            form = FORMS[(turn // 2) % len(FORMS)]
            kind = "figures" if id in edition.records["figures"] else "values"
            record = edition.records[kind][id]
            title = record["title"][lang] if kind == "figures" else citations.title(record, lang)
            text = record["text"][lang] if kind == "values" else ""
            if turn % 6 == 5 and sentences.agrees(text, record) and sentences.said(f"{text} ({id})", record):
                new = re.sub("[0-9]+", lambda number: str(int(number[0]) * 3 + 1), text, count=1)
                changed.append((id, _sentence(edition, id, lang).replace(text, new) + cited[id][lang][form]))
                continue
            changed.append((id, _changed(cited[id][lang][form], title, edition.digits(kind, id), by_digits=form == "short" or turn % 4 == 3)))
        papers[f"{lang}-changed-2"] = changed
    return papers


def _changed(said: str, title: str, digits: str, by_digits: bool) -> str:
    """The citation as someone dishonest would have it: another digit of the hash, another last number of the title, or a letter fewer in it."""
    if by_digits:
        return said.replace(digits, digits[:5] + ("0" if digits[5] != "0" else "1") + digits[6:])
    numbers = list(re.finditer("[0-9]+", title))
    at = numbers[-1] if numbers else None
    half = next(place for place in range(len(title) // 2, len(title)) if title[place] != " ")  # spaces do not count
    new = f"{title[: at.start()]}{int(at[0]) + 1}{title[at.end() :]}" if at else title[:half] + title[half + 1 :]
    assert title in said, said
    return said.replace(title, new, 1)


def _converted(papers: dict[str, list[Cited]], scratch: Path) -> dict[str, dict[str, Path]]:
    """The papers by kind and name: Markdown as it is written, the others as LibreOffice makes them."""
    sources = []
    for name, cited in papers.items():
        paragraphs = "\n".join(f"<text:p>{escape(said)}</text:p>" for _, said in cited)
        sources.append(scratch / "written" / f"{name}.odt")
        _written(sources[-1], PAGE.format(columns=name[-1], paragraphs=paragraphs))
        (scratch / f"{name}.md").write_text("\n\n".join(said for _, said in cited), encoding="utf-8")
        (scratch / f"{name}.csv").write_text("\n".join('"' + said.replace('"', '""') + '"' for _, said in cited), encoding="utf-8-sig")
        slides = "\n\n".join(f"# Slide\n\n{_plain(said)}" for _, said in cited)
        command = ["pandoc", "--from", "markdown", "--to", "pptx", "--output", str(scratch / f"{name}.pptx")]
        subprocess.run(command, input=slides, check=True, text=True, encoding="utf-8", timeout=60)
    profile = f"-env:UserInstallation={(scratch / 'profile').as_uri()}"
    for filter in FILTERS.values():
        command = ["soffice", profile, "--headless", "--convert-to", filter, "--outdir", str(scratch), *map(str, sources)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    tables = [str(scratch / f"{name}.csv") for name in papers]
    command = ["soffice", profile, "--headless", "--infilter=CSV:44,34,76", "--convert-to", "xlsx", "--outdir", str(scratch), *tables]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {kind: {name: scratch / f"{name}.{kind}" for name in papers} for kind in ("md", *FILTERS, "pptx", "xlsx")}


def _plain(said: str) -> str:
    """The text as Markdown shows it literally."""
    return re.sub(r"([\\`*_{}\[\]()#+.!|<>$~^@'\"-])", r"\\\1", said)


def _written(path: Path, content: str) -> None:
    path.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in (("mimetype", MIMETYPE), ("content.xml", content), ("META-INF/manifest.xml", MANIFEST)):
            archive.writestr(name, text)


if __name__ == "__main__":
    main()
