"""What a committee paper cites of this book, and whether it still holds."""

from pathlib import Path
from typing import Any

from evidence import words
from evidence.checking import changes, contents, known_wrong, mentions, natural, papers, pasted, sentences, stamped, wording
from evidence.checking.differences import Compared
from evidence.checking.known_wrong import Wrong
from evidence.checking.mentions import Mention
from evidence.checking.pasted import Chart
from evidence.checking.published_site import Edition, Site
from evidence.citing import citations, stamps
from evidence.errors import Place, Refusal
from evidence.nearest import nearest

PARTS = ("shown", "behind")  # of a chart: what it shows, and what its workbook holds
VERDICTS = ("current", "same", "changed", "withdrawn", "corrected", "wrong", "altered", "ambiguous", "missing", "unreadable")


def review(paper: Path, site: Site, wrong: Wrong, lang: str = "en") -> list[dict[str, Any]]:
    """A record for each citation in the paper, in its order; `wrong` gives the corrections that are known of each edition.

    Each record: place, id, kind (figures, values), edition, hash, title, text (the passage), verdict, latest (the edition to cite: the newest that
    has it and is not known to be wrong; empty where none is), changed (whether its numbers differ there), was and now (those numbers), published and
    said (the number of a value, and the one that the sentence gives), detail (in words, in this language), corrections (the rows that concern it).

    The verdicts: current; a newer edition has the same numbers or has changed them, or no longer has it (withdrawn); corrected is what is known to be
    wrong, also in an edition that followed and still says so, and wrong what is right in no edition; altered; ambiguous, with what it can be;
    missing, what no edition has; unreadable, a page or picture that holds no text.

    Raises:
        Refusal: E290 a paper that cannot be read, E298 one that is too large.
    """
    read = papers.read(paper)
    found = mentions.alone(_cited(paper.name, read, site))
    records = [_told(_judged(mention, site, wrong, lang), mention, site, lang) for mention in found]
    for place, name, raw in read.pictures:
        records += _picture(place, name, raw, site, wrong, lang)
    for chart in read.charts:
        records += _chart(chart, found, site, wrong, lang)
    nowhere = (Mention(place, "", "figures", "", "", "") for place in read.unread)
    return records + [_record(mention, "unreadable", detail=words.word("review.unread", lang)) for mention in nowhere]


def _cited(name: str, read: papers.Paper, site: Site) -> list[Mention]:
    """The citations of the paper as they come, so that none too many is looked for."""
    found: list[Mention] = []
    try:
        for mention in (mentions.flowing if read.flows else mentions.all_of)(read.passages, site):
            found.append(mention)
            if len(found) > mentions.MOST:
                raise Refusal("E298", found=f"{len(found):,} > {mentions.MOST:,}")
    except Refusal as refused:
        if refused.code == "E298":
            raise Refusal("E298", Place(name), refused.found) from refused
        raise
    return found


def _record(mention: Mention, verdict: str, **parts: Any) -> dict[str, Any]:
    empty = {"latest": "", "changed": False, "was": "", "now": "", "published": "", "said": "", "detail": "", "corrections": []}
    named = {"place": mention.place, "id": mention.id, "kind": mention.kind, "edition": mention.edition, "hash": mention.hash, "title": ""}
    return named | {"text": mention.text, "verdict": verdict} | empty | parts


def shown(record: dict[str, Any], lang: str) -> dict[str, str]:
    """The parts of a record as a reader sees them: the verdict in words, and the latest edition where it is another than the one cited."""
    texts = {name: told for name, told in record.items() if isinstance(told, str)}
    latest = record["latest"] if record["latest"] != record["edition"] else ""
    return texts | {"verdict": words.word(f"review.verdict.{record['verdict']}", lang), "latest": latest}


def _told(record: dict[str, Any], mention: Mention, site: Site, lang: str) -> dict[str, Any]:
    """The record with the title, and for a value the number that was published and the one in the sentence, which must agree."""
    having = site.having(mention.kind, mention.id)
    one = next((one for one in having if one.name == record["edition"]), having[-1] if having else None)
    if one is None:
        return record
    told = one.records[mention.kind][mention.id]
    title = {"title": citations.called(told, lang)}
    if mention.kind == "figures":
        return record | title
    said = sentences.said(mention.text, told)
    published = told["text"][sentences.language(said, told, lang)]
    parts = title | {"published": published, "said": sentences.spaced(said)}
    if said and not sentences.agrees(said, told) and record["verdict"] not in ("ambiguous", "altered"):
        detail = words.word("review.sentence", lang, said=sentences.spaced(said), published=published)
        parts |= {"verdict": "altered", "detail": " ".join(part for part in (detail, record["detail"]) if part)}
    return record | parts


def _judged(mention: Mention, site: Site, wrong: Wrong, lang: str) -> dict[str, Any]:
    if len(mention.ids) > 1 or mention.work:
        found = natural.having(mention.said, site, mention.edition)
        told = "; ".join(f"{id} ({', '.join(names)})" for id, names in found.items())
        of = "work" if mention.work else "several"
        return _record(mention, "ambiguous", detail=words.word(f"review.{of}", lang, said=mention.said, found=told, work=mention.work))
    having = site.having(mention.kind, mention.id)
    if not having:
        return _unknown(mention, site, lang)
    best = known_wrong.best(having, mention.kind, mention.id, site, wrong)
    latest = best.name if best else ""
    by_hash = [one.name for one in having if one.digits(mention.kind, mention.id) == mention.hash]
    if not mention.edition and not by_hash:
        return _without(mention, having, latest, lang) or standing(mention, having[-1], site, wrong, lang)
    edition = mention.edition or by_hash[-1]
    cited = next((one for one in having if one.name == edition), None)
    if cited is None:
        told = words.word("review.not_in_edition", lang, edition=edition, known=", ".join(one.name for one in having))
        return _record(mention, "missing", latest=latest, detail=told)
    if told := _altered(mention, cited, by_hash, lang):
        return _record(mention, "altered", latest=latest, detail=told)
    return standing(mention, cited, site, wrong, lang)


def _unknown(mention: Mention, site: Site, lang: str) -> dict[str, Any]:
    """What to say of an id that no edition published, with the nearest one where one is near, or that the edition named did not."""
    if having := site.having(mention.kind, mention.id):
        known = ", ".join(one.name for one in having)
        return _record(mention, "missing", detail=words.word("review.not_in_edition", lang, edition=mention.edition, known=known))
    if mention.said:
        return _no_number(mention, site, lang)
    found = nearest(mention.id, site.ids(mention.kind))
    told = [words.word("review.no_id", lang), *([words.word("review.nearest", lang, near=found)] if found else [])]
    return _record(mention, "missing", detail=" ".join(told))


def _no_number(mention: Mention, site: Site, lang: str) -> dict[str, Any]:
    """What to say of a number that the edition named has not: the editions that do, else the nearest number where one is near."""
    if elsewhere := {name for names in natural.having(mention.said, site).values() for name in names}:
        known = ", ".join(name for name in site.lineage.order if name in elsewhere)
        return _record(mention, "missing", detail=words.word("review.not_in_edition", lang, edition=mention.edition, known=known))
    found = natural.nearest_number(mention.said, site, mention.edition)
    told = [words.word("review.no_number", lang), *([words.word("review.nearest_number", lang, near=found)] if found else [])]
    return _record(mention, "missing", detail=" ".join(told))


def _without(mention: Mention, having: list[Edition], latest: str, lang: str) -> dict[str, Any] | None:
    """What to say of a citation that names no edition; None where it is the same in all."""
    digits = {one.name: one.digits(mention.kind, mention.id) for one in having}
    if not mention.hash and len(set(digits.values())) == 1:
        return None
    known = ", ".join(one.name + (f": {one.records['values'][mention.id]['text'][lang]}" if mention.kind == "values" else "") for one in having)
    told = words.word("review.no_edition", lang, known=known)
    return _record(mention, "altered" if mention.hash else "ambiguous", latest=latest, detail=told)


def _altered(mention: Mention, cited: Edition, by_hash: list[str], lang: str) -> str:
    """What the passage says of the exhibit or value that the edition does not; empty where it says the same."""
    published = cited.digits(mention.kind, mention.id)
    if mention.hash and mention.hash != published:
        of = words.word("review.digits_of", lang, edition=by_hash[-1]) if by_hash else ""
        return words.word("review.digits", lang, found=mention.hash, published=published) + of
    return wording.altered(mention, cited, lang)


def standing(mention: Mention, cited: Edition, site: Site, wrong: Wrong, lang: str) -> dict[str, Any]:
    """A record that says whether the edition cited is the newest that has the exhibit or value and is right, and if not, what became of it."""
    having = site.having(mention.kind, mention.id)
    known = known_wrong.rows(cited, mention.kind, mention.id, site, wrong)
    newest = known_wrong.instead(cited, mention.kind, mention.id, site, wrong)
    changed = newest is not None and newest.digits(mention.kind, mention.id) != cited.digits(mention.kind, mention.id)
    was, now, more = changes.difference(mention.kind, mention.id, (cited, newest), lang) if newest and changed else ("", "", 0)
    parts: dict[str, Any] = {"latest": newest.name if newest else "", "changed": changed, "was": was, "now": now, "corrections": known}
    if known or newest is None:
        verdict = "corrected" if newest else "wrong"
        return _record(mention, verdict, **parts, detail="; ".join(correction(row, lang) for row in known))
    if newest is not cited:
        told = words.word("review.changed" if changed else "review.same", lang, edition=newest.name)
        detail = told + (words.word("review.more", lang, n=more) if more else "")
        return _record(mention, "changed" if changed else "same", **parts, detail=detail)
    if later := having[having.index(cited) + 1 :]:
        return _record(mention, "current", **parts, detail=words.word("review.later_wrong", lang, editions=", ".join(one.name for one in later)))
    if (last := site.editions[-1]) is not cited:
        return _record(mention, "withdrawn", **parts, detail=words.word("review.withdrawn", lang, edition=last.name))
    return _record(mention, "current", **parts)


def correction(row: dict[str, str], lang: str) -> str:
    """A row of the register of corrections in words."""
    return words.word("review.correction", lang, **(row | {"reason": row[f"reason_{lang}"], "effect": row[f"effect_{lang}"]}))


def _picture(place: str, name: str, raw: bytes, site: Site, wrong: Wrong, lang: str) -> list[dict[str, Any]]:
    """A record for a picture that this site published, or that says so of itself; none for any other."""
    known, said = contents.judged(name, raw, site), stamped.stamp(name, raw)
    if not known.id:
        mention = said and Mention(place, said.id, said.kind, said.edition, said.hash, "")
        return [_unknown(mention, site, lang)] if mention else []
    having = site.having("figures", known.id)
    named = [one for one in having if one.name in (*known.editions, *([said.edition] if said else []))]
    mention = Mention(place, known.id, "figures", named[-1].name, said.hash if said else "", "")
    if known.verdict in ("differs", "edition", "untold"):
        return [_record(mention, "altered", detail=words.word(f"review.picture.{known.verdict}", lang, told=str(known.compared)))]
    record = standing(mention, named[-1], site, wrong, lang)
    seen = words.word("review.picture.seen", lang) if known.verdict == "seen" else ""
    title = named[-1].records["figures"][known.id]["title"][lang]
    return [record | {"title": title, "detail": " ".join(part for part in (record["detail"], seen) if part)}]


def _chart(chart: Chart, cited: list[Mention], site: Site, wrong: Wrong, lang: str) -> list[dict[str, Any]]:
    """A record for a chart of the exhibit that its frame names, or else of one that the paper cites; none for any other."""
    said = stamps.read(chart.said)
    if said and said.edition not in [one.name for one in site.having("figures", said.id)]:
        mention = Mention(chart.place, said.id, "figures", said.edition, said.hash, "")
        return [_unknown(mention, site, lang)]
    named = [(said.edition, said.id)] if said else [(one.edition, one.id) for one in cited if one.kind == "figures" and one.id]
    for name, id in dict.fromkeys(named):
        for one in reversed([one for one in site.having("figures", id) if name in ("", one.name)]):
            if (differs := pasted.differing(chart, one, id)) is None:
                continue
            mention = Mention(chart.place, id, "figures", one.name, said.hash if said else "", "")
            told = [words.word(f"review.chart.{part}", lang, told=str(Compared(found))) for part, found in zip(PARTS, differs, strict=True) if found]
            record = _record(mention, "altered", detail=" ".join(told)) if told else standing(mention, one, site, wrong, lang)
            return [record | {"title": one.records["figures"][id]["title"][lang]}]
    return []
