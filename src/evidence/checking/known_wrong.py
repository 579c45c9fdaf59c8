"""What of the published is known to be wrong, and which edition to read instead: a number that was corrected is never recommended."""

import json
from collections.abc import Sequence
from pathlib import Path

from evidence.checking import catalogues
from evidence.checking.published_site import Edition, Site
from evidence.tables.facts import LEDGERS

FILE = "corrections.json"  # of a site, which says with it what is known to be wrong in its editions
Wrong = dict[str, list[dict[str, str]]]  # by edition, the rows of the register of corrections whose wrong text it holds


def told(wrong: Wrong) -> str:
    """What is known to be wrong, as a site tells it."""
    return json.dumps(wrong, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def of_site(folder: Path) -> Wrong | None:
    """What the site in this folder says is wrong in its editions; None where it does not say.

    Raises:
        Refusal: E608 a list that cannot be read or is not made as it was published.
    """
    found: Wrong | None = catalogues.read(folder, FILE) if (folder / FILE).is_file() else None
    return found


def rows(one: Edition, kind: str, id: str, site: Site, wrong: Wrong) -> list[dict[str, str]]:
    """The corrections that say of this figure or value of the edition that it is wrong; none where nothing is known against it."""
    return [row for row in wrong.get(one.name, []) if _concerns(row, one, kind, id, site)]


def best(having: Sequence[Edition], kind: str, id: str, site: Site, wrong: Wrong) -> Edition | None:
    """The newest of these editions, given oldest first, in which the figure or value is not known to be wrong; None where it is in all."""
    return next((one for one in reversed(having) if not rows(one, kind, id, site, wrong)), None)


def instead(cited: Edition, kind: str, id: str, site: Site, wrong: Wrong) -> Edition | None:
    """The edition to cite in place of this one, or itself: the newest from it on that is right, else the one that corrected an earlier."""
    having, order = site.having(kind, id), site.lineage.order
    sources = [order.index(row["edition"]) for row in rows(cited, kind, id, site, wrong) if row["edition"] in order]
    corrected = [one for one in having if one.name in order[min(sources) + 1 :]] if sources else []
    return best(having[having.index(cited) :], kind, id, site, wrong) or best(corrected, kind, id, site, wrong)


def _concerns(row: dict[str, str], one: Edition, kind: str, id: str, site: Site) -> bool:
    """Whether a correction touches it: it rests on the row, or it got other digits when the row was corrected."""
    if row["table"] in LEDGERS and row["row"] in one.records[kind][id]["basis"]:
        return True
    sides = [site.edition(row[name]) for name in ("edition", "corrected_edition")]
    digits = [side.digits(kind, id) if side else "" for side in sides]
    return all(digits) and digits[0] != digits[1]
