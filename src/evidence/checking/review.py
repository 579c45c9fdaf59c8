"""What a committee paper cites of this book, and whether it still holds: current, superseded, corrected, altered or unknown."""

from itertools import islice
from pathlib import Path
from typing import Any

from evidence import words
from evidence.checking import mentions, papers, verification
from evidence.checking.mentions import Mention
from evidence.checking.papers import joined
from evidence.checking.published_site import Edition, Site
from evidence.errors import Place, Refusal
from evidence.nearest import near
from evidence.words import LANGUAGES

MOST = 2_000  # citations in one paper
SHOWN = 5  # changed cells told of a figure; all are counted


def review(paper: Path, site: Site, corrections: list[dict[str, str]], lang: str = "en") -> list[dict[str, Any]]:
    """A record for each citation in the paper, in its order; `corrections` are the rows of the register of corrections.

    Each record: place, id, kind (figures, values), edition, hash, verdict (current, superseded, corrected, altered, unknown), latest (the newest
    edition that has it), changed (whether its numbers differ in the newest edition), was and now (those numbers), detail (in words, in this
    language), corrections (the rows that concern it).

    Raises:
        Refusal: E290 a paper that cannot be read, E298 one that is too large.
    """
    read = papers.read(paper)
    found = [mention for place, text in read.passages for mention in mentions.mentions(place, text, site)]
    if len(found) > MOST:
        raise Refusal("E298", Place(paper.name), f"{len(found):,} > {MOST:,}")
    records = [_judged(mention, site, corrections, lang) for mention in found]
    for place, name, raw in read.pictures:
        records += _picture(place, name, raw, site, lang)
    return records


def _record(mention: Mention, verdict: str, **parts: Any) -> dict[str, Any]:
    empty = {"latest": "", "changed": False, "was": "", "now": "", "detail": "", "corrections": []}
    return {"place": mention.place, "id": mention.id, "kind": mention.kind, "edition": mention.edition, "hash": mention.hash} | {
        "verdict": verdict
    } | empty | parts  # fmt: skip


def _judged(mention: Mention, site: Site, corrections: list[dict[str, str]], lang: str) -> dict[str, Any]:
    having = site.having(mention.kind, mention.id)
    if not having:
        return _record(mention, "unknown", detail=words.word("review.no_id", lang, near=near(mention.id, site.ids(mention.kind))))
    latest = having[-1].name
    by_hash = [one.name for one in having if one.digits(mention.kind, mention.id) == mention.hash]
    edition = mention.edition or (by_hash[-1] if by_hash else "")
    cited = next((one for one in having if one.name == edition), None)
    if cited is None:
        known = ", ".join(one.name for one in having)
        key = "altered" if mention.hash and not edition else "unknown"
        told = words.word("review.not_in_edition" if edition else "review.no_edition", lang, edition=edition, known=known)
        return _record(mention, key, latest=latest, detail=told)
    if told := _altered(mention, cited, by_hash, lang):
        return _record(mention, "altered", latest=latest, detail=told)
    return _standing(mention, cited, site, corrections, lang)


def _altered(mention: Mention, cited: Edition, by_hash: list[str], lang: str) -> str:
    """What the passage says of the exhibit or value that the edition does not; empty where it says the same."""
    published = cited.digits(mention.kind, mention.id)
    if mention.hash and mention.hash != published:
        of = words.word("review.digits_of", lang, edition=by_hash[-1]) if by_hash else ""
        return words.word("review.digits", lang, found=mention.hash, published=published) + of
    record = cited.records[mention.kind][mention.id]
    for other in LANGUAGES:
        number = joined(words.word("cite.value", other) if mention.kind == "values" else record["number"][other])
        title = joined(record["text" if mention.kind == "values" else "title"][other])
        if said := _otherwise(mention.text, number, title, other):
            return words.word("review.title", lang, found=said[:60], published=title)
    return ""


def _otherwise(text: str, number: str, title: str, lang: str) -> str:
    """What stands beside the number in place of the title, in the form of a citation; empty where it is the title or nothing.

    >>> _otherwise("図 2-1「減少」(…)", "図 2-1", "増加", "ja"), _otherwise("“Growth” (Figure 2-1)", "Figure 2-1", "Growth", "en")
    ('減少', '')
    """
    if lang == "ja":
        told = (part for part in text.split(f"{number}「")[1:] if not part.startswith(f"{title}」"))
        return next((part.partition("」")[0] for part in told), "")
    told = (part for part in text.split(f"” ({number})")[:-1] if not part.endswith(f"“{title}"))
    return next((part.rpartition("“")[2] for part in told), "")


def _standing(mention: Mention, cited: Edition, site: Site, corrections: list[dict[str, str]], lang: str) -> dict[str, Any]:
    """Whether the edition cited is the newest that has the exhibit or value, and if not, what became of it."""
    having = site.having(mention.kind, mention.id)
    newest, last = having[-1], site.editions[-1]
    changed = newest.digits(mention.kind, mention.id) != cited.digits(mention.kind, mention.id)
    was, now, more = _difference(mention, cited, newest, lang) if changed else ("", "", 0)
    rows = [row for row in corrections if row["edition"] == cited.name and _concerns(row, mention, cited, site)]
    parts: dict[str, Any] = {"latest": newest.name, "changed": changed, "was": was, "now": now, "corrections": rows}
    if rows:
        told = "; ".join(_correction(row, lang) for row in rows)
        return _record(mention, "corrected", **parts, detail=told)
    if newest is cited and last is cited:
        return _record(mention, "current", **parts)
    if newest is cited:
        return _record(mention, "superseded", **parts, detail=words.word("review.withdrawn", lang, edition=last.name))
    told = words.word("review.changed" if changed else "review.same", lang, edition=newest.name)
    return _record(mention, "superseded", **parts, detail=told + (words.word("review.more", lang, n=more) if more else ""))


def _concerns(row: dict[str, str], mention: Mention, cited: Edition, site: Site) -> bool:
    """Whether a correction touches the exhibit or value: it rests on the row, or has other digits in the corrected edition."""
    corrected = site.edition(row["corrected_edition"])
    if row["table"] == "claims" and row["row"] in cited.records[mention.kind][mention.id]["basis"]:
        return True
    digits = corrected.digits(mention.kind, mention.id) if corrected else ""
    return bool(digits) and digits != cited.digits(mention.kind, mention.id)


def _correction(row: dict[str, str], lang: str) -> str:
    return words.word("review.correction", lang, **(row | {"reason": row[f"reason_{lang}"], "effect": row[f"effect_{lang}"]}))


def _difference(mention: Mention, cited: Edition, newest: Edition, lang: str) -> tuple[str, str, int]:
    """The numbers then and now, and how many more cells of a figure differ."""
    if mention.kind == "values":
        return *(one.records["values"][mention.id]["text"][lang] for one in (cited, newest)), 0
    old, new = cited.data(mention.id), newest.data(mention.id)
    cells = list(_cells(old, new))
    shown = list(islice(cells, SHOWN))
    sides = ("; ".join(f"{name}: {pair[place] or '–'}" for name, *pair in shown) for place in (0, 1))
    was, now = sides
    return was, now, len(cells) - len(shown)


def _cells(old: list[dict[str, str]], new: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    """(row and column, then, now) of every cell that differs, rows told apart by the texts that lead them."""
    before, after = _keyed(old), _keyed(new)
    found = []
    for key in [*before, *(key for key in after if key not in before)]:
        one, other = before.get(key), after.get(key)
        if one is None or other is None:
            found.append((key, "" if one is None else "+", "" if other is None else "+"))
            continue
        found += [(f"{key} {name}", one[name], other[name]) for name in one if name in other and one[name] != other[name]]
    return found


def _keyed(rows: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    """The rows by the fewest leading columns that tell them apart; by their number where none do."""
    names = list(rows[0]) if rows else []
    for count in range(1, len(names) + 1):
        keys = [" ".join(row[name] for name in names[:count] if row[name]) for row in rows]
        if len(set(keys)) == len(keys):
            return dict(zip(keys, rows, strict=True))
    return {str(number): row for number, row in enumerate(rows, start=1)}


def _picture(place: str, name: str, raw: bytes, site: Site, lang: str) -> list[dict[str, Any]]:
    """A record for a picture that this site published, or that says so of itself; none for any other."""
    said = verification.stamp(name, raw)
    try:
        known = verification.content(name, raw, site)
    except Refusal as refused:
        if said is None:
            return []
        mention = Mention(place, said.id, said.kind, said.edition, said.hash, "")
        return [_record(mention, "altered" if refused.code == "E610" else "unknown", detail=refused.text(lang))]
    if not known.id:
        return []
    latest = site.having("figures", known.id)[-1]
    edition = said.edition if said else known.editions[0]
    mention = Mention(place, known.id, "figures", edition, said.hash if said else "", "")
    current = latest.name in (*known.editions, edition)
    return [_record(mention, "current" if current else "superseded", latest=latest.name)]
