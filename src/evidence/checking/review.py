"""What a committee paper cites of this book, and whether it still holds: current, superseded, corrected, altered or unknown."""

from itertools import islice
from pathlib import Path
from typing import Any

from evidence import words
from evidence.checking import contents, known_wrong, mentions, papers, stamped, wording
from evidence.checking.known_wrong import Wrong
from evidence.checking.mentions import Mention
from evidence.checking.published_site import Edition, Site
from evidence.errors import Place, Refusal
from evidence.nearest import near

MOST = 2_000  # citations in one paper
SHOWN = 5  # changed cells told of a figure; all are counted


def review(paper: Path, site: Site, wrong: Wrong, lang: str = "en") -> list[dict[str, Any]]:
    """A record for each citation in the paper, in its order; `wrong` gives the corrections that are known of each edition.

    Each record: place, id, kind (figures, values), edition, hash, verdict (current, superseded, corrected, altered, unknown), latest (the edition to
    cite: the newest that has it and is not known to be wrong; empty where none is), changed (whether its numbers differ there), was and now (those
    numbers), detail (in words, in this language), corrections (the rows that concern it). Corrected is what is known to be wrong, also in an edition
    that followed and still says so.

    Raises:
        Refusal: E290 a paper that cannot be read, E298 one that is too large.
    """
    read = papers.read(paper)
    found = [mention for place, text in read.passages for mention in mentions.mentions(place, text, site)]
    if len(found) > MOST:
        raise Refusal("E298", Place(paper.name), f"{len(found):,} > {MOST:,}")
    records = [_judged(mention, site, wrong, lang) for mention in found]
    for place, name, raw in read.pictures:
        records += _picture(place, name, raw, site, wrong, lang)
    return records


def _record(mention: Mention, verdict: str, **parts: Any) -> dict[str, Any]:
    empty = {"latest": "", "changed": False, "was": "", "now": "", "detail": "", "corrections": []}
    return {"place": mention.place, "id": mention.id, "kind": mention.kind, "edition": mention.edition, "hash": mention.hash} | {
        "verdict": verdict
    } | empty | parts  # fmt: skip


def _judged(mention: Mention, site: Site, wrong: Wrong, lang: str) -> dict[str, Any]:
    having = site.having(mention.kind, mention.id)
    if not having:
        return _record(mention, "unknown", detail=words.word("review.no_id", lang, near=near(mention.id, site.ids(mention.kind))))
    best = known_wrong.best(having, mention.kind, mention.id, site, wrong)
    latest = best.name if best else ""
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
    return _standing(mention, cited, site, wrong, lang)


def _altered(mention: Mention, cited: Edition, by_hash: list[str], lang: str) -> str:
    """What the passage says of the exhibit or value that the edition does not; empty where it says the same."""
    published = cited.digits(mention.kind, mention.id)
    if mention.hash and mention.hash != published:
        of = words.word("review.digits_of", lang, edition=by_hash[-1]) if by_hash else ""
        return words.word("review.digits", lang, found=mention.hash, published=published) + of
    return wording.altered(mention, cited, lang)


def _standing(mention: Mention, cited: Edition, site: Site, wrong: Wrong, lang: str) -> dict[str, Any]:
    """Whether the edition cited is the newest that has the exhibit or value and is right, and if not, what became of it."""
    having = site.having(mention.kind, mention.id)
    known = known_wrong.rows(cited, mention.kind, mention.id, site, wrong)
    newest = known_wrong.instead(cited, mention.kind, mention.id, site, wrong)
    changed = newest is not None and newest.digits(mention.kind, mention.id) != cited.digits(mention.kind, mention.id)
    was, now, more = _difference(mention, cited, newest, lang) if newest and changed else ("", "", 0)
    parts: dict[str, Any] = {"latest": newest.name if newest else "", "changed": changed, "was": was, "now": now, "corrections": known}
    if known or newest is None:
        return _record(mention, "corrected", **parts, detail="; ".join(correction(row, lang) for row in known))
    if newest is not cited:
        told = words.word("review.changed" if changed else "review.same", lang, edition=newest.name)
        return _record(mention, "superseded", **parts, detail=told + (words.word("review.more", lang, n=more) if more else ""))
    if later := having[having.index(cited) + 1 :]:
        return _record(mention, "current", **parts, detail=words.word("review.later_wrong", lang, editions=", ".join(one.name for one in later)))
    if (last := site.editions[-1]) is not cited:
        return _record(mention, "superseded", **parts, detail=words.word("review.withdrawn", lang, edition=last.name))
    return _record(mention, "current", **parts)


def correction(row: dict[str, str], lang: str) -> str:
    """A row of the register of corrections in words."""
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


def _picture(place: str, name: str, raw: bytes, site: Site, wrong: Wrong, lang: str) -> list[dict[str, Any]]:
    """A record for a picture that this site published, or that says so of itself; none for any other."""
    known, said = contents.judged(name, raw, site), stamped.stamp(name, raw)
    if not known.id:
        mention = said and Mention(place, said.id, said.kind, said.edition, said.hash, "")
        return [_record(mention, "unknown", detail=words.word("review.no_id", lang, near=str(said)))] if mention else []
    having = site.having("figures", known.id)
    named = [one for one in having if one.name in (*known.editions, *([said.edition] if said else []))]
    mention = Mention(place, known.id, "figures", named[-1].name, said.hash if said else "", "")
    if known.verdict in ("differs", "edition", "untold"):
        return [_record(mention, "altered", detail=words.word(f"review.picture.{known.verdict}", lang, told=str(known.compared)))]
    record = _standing(mention, named[-1], site, wrong, lang)
    seen = words.word("review.picture.seen", lang) if known.verdict == "seen" else ""
    return [record | {"detail": " ".join(part for part in (record["detail"], seen) if part)}]
