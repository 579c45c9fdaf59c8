"""Which claims of fact on the world outside the briefing were tested, which could be and with what, and which cannot be.

That a claim was tested follows from the tables that test it and is never typed; `claim_tests` speaks of the others alone.
"""

from collections.abc import Iterable

import pandas as pd

from evidence import words
from evidence.errors import Place, Refusal

OUTSIDE = ("world", "japan", "eu", "nih", "bmbf", "nsfc", "anr", "uk")  # what a claim of fact is about that others could have measured
TESTED, TESTABLE = "tested", "testable"


def listed(
    claims: pd.DataFrame, claim_tests: pd.DataFrame, results: pd.DataFrame, growth: Iterable[str], citations: Iterable[str]
) -> pd.DataFrame:  # fmt: skip
    """Every claim of fact on the world outside, in the order of the ledger, with how it stands and what tests it or would.

    `results` are those of the claim checks: what is not verifiable there could be tested with what is missing. `growth` and `citations` are the
    claims that the numbers of papers and of citations test. Columns: text, testing (in words), needed (what tested it, what is missing, or why
    nothing can), claims; in the data only: status.

    Raises:
        Refusal: E335 for a claim of fact without a row, and for a row of a claim that the data test.
    """
    told = _told(results, growth, citations)
    typed = claim_tests.set_index("id")
    facts = claims[claims["status"].eq("stated") & claims["about"].isin(OUTSIDE)]["id"]
    amiss = [*(id for id in facts if id not in told and id not in typed.index), *(id for id in typed.index if id in told)]
    if amiss:
        raise Refusal("E335", Place("claim_tests.csv"), " ".join(amiss))
    told |= {row["id"]: (row["testable"], row["needed_ja"], row["needed_en"]) for row in claim_tests.to_dict("records")}
    table = claims[claims["id"].isin(told)].reset_index(drop=True)
    state, *needed = zip(*(told[id] for id in table["id"]), strict=True)
    table = table.assign(claims=table["id"], _status=list(state), needed_ja=list(needed[0]), needed_en=list(needed[1]))
    for lang in words.LANGUAGES:
        table[f"testing_{lang}"] = [words.word(f"testing.{one}", lang) for one in state]
    return table[["text_ja", "text_en", "testing_ja", "testing_en", "needed_ja", "needed_en", "claims", "_status"]]


def _told(results: pd.DataFrame, growth: Iterable[str], citations: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    told = {}
    for row in results.to_dict("records"):
        for claim in row["claims"].split():
            missing = (TESTABLE, row["missing_ja"], row["missing_en"])
            told[claim] = missing if row["_grade"] == "not-verifiable" else _by("check")
    return told | dict.fromkeys(growth, _by("growth")) | dict.fromkeys(citations, _by("citations"))


def _by(kind: str) -> tuple[str, str, str]:
    return TESTED, words.word(f"tested-by.{kind}", "ja"), words.word(f"tested-by.{kind}", "en")


def counted(table: pd.DataFrame, state: str) -> int:
    """How many of the claims listed are in this state.

    >>> counted(pd.DataFrame({"_status": ["tested", "testable"]}), "tested")
    1
    """
    return int(table["_status"].eq(state).sum())
